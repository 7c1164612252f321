#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// How soon something is to be done about a failure mode.
enum class ActionPriority : std::uint8_t { low, medium, high };

template <>
struct Names<ActionPriority> {
  static constexpr std::array<Name<ActionPriority>, 3> table{{
      {ActionPriority::low, "low", "低", "low", "L"},
      {ActionPriority::medium, "medium", "中", "medium", "M"},
      {ActionPriority::high, "high", "高", "high", "H"},
  }};
};

/// One way in which something fails; ratings are whole numbers 1 … 10.
struct FailureMode {
  std::string name;
  int severity = 1;    ///< S: how grave the effect is
  int occurrence = 1;  ///< O: how often the cause comes about
  int detection = 1;   ///< D: 10 = it will not be noticed
  friend bool operator==(const FailureMode&, const FailureMode&) = default;
};

/// One row of a table of action priorities: what it says of all ratings within its bounds.
struct PriorityRule {
  int severity_from = 1, severity_to = 10;
  int occurrence_from = 1, occurrence_to = 10;
  int detection_from = 1, detection_to = 10;
  ActionPriority priority = ActionPriority::low;
  friend bool operator==(const PriorityRule&, const PriorityRule&) = default;
};

/// A table of action priorities, given as data: published summaries of the AIAG & VDA table differ, so none is built
/// in.
class PriorityTable {
 public:
  /// @throws Error with every fault at once: {invalid_value} bounds outside 1 … 10 or crossed; {duplicate} two rows
  /// that
  ///         speak of the same ratings and differ; {missing_value} ratings that no row speaks of (the first is named).
  explicit PriorityTable(std::span<const PriorityRule> rules);

  /// @throws Error{out_of_range} a rating outside 1 … 10.
  [[nodiscard]] ActionPriority of(int severity, int occurrence, int detection) const;

 private:
  std::array<std::uint8_t, 1000> priority_{};
};

/// A failure mode, ranked.
struct RatedMode {
  std::size_t mode = 0;                    ///< position in the input
  int rpn = 1;                             ///< S · O · D, 1 … 1000
  std::optional<ActionPriority> priority;  ///< by the table, where one is given
  std::uint32_t rank = 0;                  ///< from 1
  double cumulated_share = 0;              ///< of all risk priority numbers, down to this rank (Pareto)
};

/// Ranks failure modes: by action priority where a table is given, then by RPN, then severity, then occurrence, then as
/// they stand.
///
/// @param modes  failure modes.
/// @param table  action priorities, or null.
/// @return One row for each mode, in the order of rank.
/// @throws Error{invalid_value} ratings outside 1 … 10, all at once.
/// @complexity  O(n log n).
/// @numerics    Whole numbers; shares are one division each.
/// @threads     Pure.
/// @source  IEC 60812:2018 (RPN); action priorities after AIAG & VDA 2019, the table itself being data.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<RatedMode> rank_failure_modes(std::span<const FailureMode> modes,
                                                        const PriorityTable* table = nullptr);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/fmea-inl.hpp"
