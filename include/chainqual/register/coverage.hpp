#pragma once

#include <string>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// One thing that is made in a segment and tested there, or not: a product, or a parameter of it.
struct TestedItem {
  std::string product;
  std::string parameter;                  ///< empty: the product as a whole, for no scope names a parameter of it
  std::vector<std::string> methods;       ///< of the scopes that hold
  std::vector<std::string> institutions;  ///< that serve the segment and may test it under a mark; empty: a gap
  Mark mark = Mark::none;                 ///< CMA, CNAS or both, of all of them
  std::vector<std::string> unmarked;      ///< that serve the segment and test it without CMA or CNAS
  std::vector<std::string> elsewhere;     ///< of a gap: that may test it under a mark, but do not serve the segment
  std::string lapsed;                     ///< of a gap: the last day of the latest scope that ran out, else empty
  [[nodiscard]] bool gap() const noexcept { return institutions.empty(); }
};

/// How well quality institutions serve one segment (5.3.5).
struct SegmentCoverage {
  std::string segment;
  std::vector<std::string> institutions;  ///< ids of those that serve it, in the table's order
  bool cma = false;                       ///< one of them carries the mark
  bool cnas = false;
  std::vector<std::string> untested;  ///< products of the segment's enterprises of which something is a gap
  std::vector<TestedItem> items;      ///< every product of them by parameter, gaps too
};

/// The institutions of each segment, and the gaps between what is made there and what can be tested.
///
/// The parameters of a product are those of all scopes in the table, whoever holds them and whether they still hold;
/// so a scope that ran out leaves a gap, and what another segment's institution tests can be missed here. An item is
/// tested by an institution that serves the segment and has a scope for it that is valid on the day, or lists the
/// product (and the parameter, where it lists any). It counts under the scope's mark, else under the institution's; by
/// none of them it counts as tested without a mark, which closes no gap. Names are compared as they stand, after
/// trimming.
///
/// @param dossier  the registers.
/// @param on       the day.
/// @return One row for each segment, in the chain's order.
/// @throws Error{invalid_value} the last day of a scope is no date.
/// @complexity O(segments · (institutions + enterprises) + products · parameters · (institutions + scopes)).
/// @numerics none.
/// @threads  Reads only.
/// @source  5.3.5 of the standard (product × item or parameter × method, CMA or CNAS).
/// @since 0.1, experimental.
[[nodiscard]] std::vector<SegmentCoverage> coverage(const Dossier& dossier, Date on);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/register/coverage-inl.hpp"
