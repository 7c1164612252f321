#pragma once

#include <string>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// How well quality institutions serve one segment (5.3.5).
struct SegmentCoverage {
  std::string segment;
  std::vector<std::string> institutions;  ///< ids of those that serve it, in the table's order
  bool cma = false;                       ///< one of them carries the mark
  bool cnas = false;
  std::vector<std::string> untested;  ///< products of the segment's enterprises that no institution in force may test
};

/// The institutions of each segment, and the gaps between what is made there and what can be tested.
///
/// A product counts as tested when an institution that serves the segment lists it, or has a scope for it that is valid
/// on the day. Names are compared as they stand, after trimming.
///
/// @param dossier  the registers.
/// @param on       the day.
/// @return One row for each segment, in the chain's order.
/// @throws Error{invalid_value} the last day of a scope is no date.
/// @complexity O(segments · institutions + products · scopes).
/// @numerics none.
/// @threads  Reads only.
/// @source  5.3.5 of the standard.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<SegmentCoverage> coverage(const Dossier& dossier, Date on);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/register/coverage-inl.hpp"
