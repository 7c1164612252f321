#pragma once

#include "chainqual/chain/network.hpp"
#include "chainqual/impact/criticality.hpp"
#include "chainqual/impact/propagation.hpp"
#include "chainqual/io/arrow.hpp"
#include "chainqual/io/key_table.hpp"
#include "chainqual/io/report.hpp"

// What was computed, as Arrow tables. Enterprises are named by `keys`, as text; where it is empty, by their positions
// 0 … n − 1, as uint32. A function throws Error{shape_mismatch} when `keys` are neither none nor the network's.

namespace chainqual {
inline namespace v1 {

/// Losses by enterprise: `enterprise`, then `downstream`, `upstream`, `combined` (float64), those that the model gives.
///
/// @param losses  any model's.
/// @param keys    none, or one for each enterprise.
/// @throws Error{shape_mismatch} see above.
/// @complexity O(n).
/// @numerics   The losses' own bits.
/// @threads    Reads only.
/// @source     Definition.
/// @since 0.1, experimental.
[[nodiscard]] ArrowTable table_of(const Propagation& losses, const KeyTable& keys = {});

/// The table of criticality in its own order: `enterprise` and the members of CriticalityRow by name; a standing is
/// `<measure>_standing`; `why` in both languages (`why_zh`, `why`). `importance` is null where it does not exist.
///
/// @param criticality  what `criticality` returned.
/// @param keys         none, or one for each enterprise.
/// @throws, @complexity, @numerics, @threads, @source as above. @since 0.1, experimental.
[[nodiscard]] ArrowTable table_of(const CriticalityTable& criticality, const KeyTable& keys = {});

/// The links of a network in the order of their ids: `supplier`, `customer`, `value` (float32), and `dependency` and
/// `escape` (float32, null where not given) where the network has them. Values and shares lie over the network's
/// arrays.
///
/// @param net   shared by the table.
/// @param keys  none, or one for each enterprise.
/// @throws as above; std::bad_alloc. @complexity O(n + m), with keys and their bytes. @numerics exact.
/// @threads Reads only. @source Definition. @since 0.1, experimental.
[[nodiscard]] ArrowTable table_of(const Network& net, const KeyTable& keys = {});

/// One table of an assessment (`report_tables` without a language): counts as uint32, yes and no as truths, grades as
/// ordered dictionaries, text as text, other numbers as float64 (nearest to exact ones); empty cells are null.
///
/// @param table  from report_tables, with keys as words.
/// @throws std::bad_alloc. @complexity O(cells). @numerics One rounding of exact totals. @threads Reads only.
/// @source Definition. @since 0.1, experimental.
[[nodiscard]] ArrowTable table_of(const ReportTable& table);

}  // namespace v1
}  // namespace chainqual
