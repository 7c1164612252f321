#pragma once

#include <filesystem>

#include "chainqual/core/executor.hpp"
#include "chainqual/io/arrow.hpp"

namespace chainqual {
inline namespace v1 {

/// Writes a table as CSV that `CsvReader` and `read_chain` give back: UTF-8 with byte-order mark, the columns' names as
/// heading, texts guarded and quoted where that is needed, numbers with the fewest digits that read back to the same
/// bits, decimals with all their digits, dates as ISO 8601, truths as true and false, nulls and NaN as empty cells.
///
/// @param table    any.
/// @param path     written beside and then renamed.
/// @param control  cancel, progress.
/// @throws Error{wrong_format} a column of a type that is not read, or whose buffers contradict themselves.
/// @throws Error{invalid_value} a text that is not UTF-8 or holds NUL, or an infinite number.
/// @throws Error{not_found | io_failure} as `write_atomically`. Error{cancelled}.
/// @complexity O(cells).
/// @numerics   Every number round-trips exactly.
/// @threads    Reads only; concurrent calls with different paths are safe.
/// @source     RFC 4180.
/// @since 0.1, experimental.
void write_table_csv(const ArrowTable& table, const std::filesystem::path& path, const Control& control = {});

}  // namespace v1
}  // namespace chainqual
