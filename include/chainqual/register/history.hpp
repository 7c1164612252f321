#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/register/lifecycle.hpp"
#include "chainqual/register/lifecycle_change.hpp"

namespace chainqual {
inline namespace v1 {

/// A step that was taken, or the correction of one entered by mistake; a row of `history.csv`. Rows are added, never
/// changed: a correction takes the last step that stands back, for all days, and both rows stay.
struct StepRecord {
  std::string table;   ///< key of the lifecycle: problem, project, result, licence, consortium, change
  std::string number;  ///< of the record; "J1/C1" for a change; empty for the consortium, of which there is one
  std::string step;    ///< key of the step
  std::string from;    ///< keys of the states
  std::string to;
  std::string date;  ///< ISO 8601
  Actor who = Actor::office;
  std::string by;  ///< the person or unit
  std::string reason;
  std::string corrects = {};  ///< key of the step that this row takes back; empty: it is a step
  friend bool operator==(const StepRecord&, const StepRecord&) = default;
};

/// What stands as the step of a correction.
inline constexpr std::string_view correction_key = "correct";

/// What an assessment found of one problem; a row of `facts.csv`. Numbers are kept as they were written, exactly.
struct AssessedFact {
  std::string problem;
  std::string date;    ///< ISO 8601 day of the assessment
  std::string model;   ///< key of the propagation model
  std::string inputs;  ///< hash of what was assessed
  std::string total;   ///< exact severity total, or empty where ungraded
  Grade grade = Grade::ungraded;
  std::string mean_loss;  ///< of the chain, all else working
  std::string suggested_diffusion;
  friend bool operator==(const AssessedFact&, const AssessedFact&) = default;
};

/// For each row of a history, the row that takes it back: its own place where it stands, and where it is a correction.
///
/// A correction takes back the last step of its record that still stands, as brackets close.
///
/// @param history  steps, oldest first.
/// @throws std::bad_alloc only.
/// @complexity O(steps · log records).
/// @numerics none.
/// @threads  Reads only.
/// @source  Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] inline std::vector<std::size_t> taken_back_by(std::span<const StepRecord> history) {
  std::vector<std::size_t> by(history.size());
  std::map<std::pair<std::string_view, std::string_view>, std::vector<std::size_t>> open;
  for (std::size_t k = 0; k < history.size(); ++k) {
    by[k] = k;
    auto& steps = open[{history[k].table, history[k].number}];
    if (history[k].corrects.empty()) {
      steps.push_back(k);
    } else if (!steps.empty()) {
      by[steps.back()] = k;
      steps.pop_back();
    }
  }
  return by;
}

/// Which rows of a history are steps that no correction takes back. As `taken_back_by`.
[[nodiscard]] inline std::vector<bool> standing(std::span<const StepRecord> history) {
  const auto by = taken_back_by(history);
  std::vector<bool> stands(history.size());
  for (std::size_t k = 0; k < history.size(); ++k) stands[k] = by[k] == k && history[k].corrects.empty();
  return stands;
}

/// The last step of a record on or before a day that no correction takes back, or null.
[[nodiscard]] inline const StepRecord* last_step(std::span<const StepRecord> history, std::string_view table,
                                                 std::string_view number, std::optional<Date> until = {}) {
  std::size_t back = 0;  // steps that corrections further on take back
  for (auto row = history.rbegin(); row != history.rend(); ++row) {
    if (row->table != table || row->number != number) continue;
    if (!row->corrects.empty()) {
      ++back;
      continue;
    }
    if (back > 0) {
      --back;
      continue;
    }
    if (!until) return &*row;
    const auto date = Date::parse(row->date);
    if (date && *date <= *until) return &*row;
  }
  return nullptr;
}

/// The state of a record at the end of a day, by its history.
///
/// @param history  steps, oldest first.
/// @param number   of the record; it need not be known to the history.
/// @param initial  the state before its first step.
/// @param on       the day.
/// @return The state that the last step on or before `on` led to, `initial` where there is none.
/// @throws Error{invalid_value} the history holds a state that the lifecycle has not.
/// @complexity O(steps in the history).
/// @numerics none.
/// @threads  Reads only.
/// @source  Definition, no paper.
/// @since 0.1, experimental.
template <class State>
[[nodiscard]] State state_on(std::span<const StepRecord> history, std::string_view number, State initial, Date on) {
  const StepRecord* row = last_step(history, Lifecycle<State>::key, number, on);
  if (row == nullptr) return initial;
  if (const auto state = value_named<State>(row->to)) return *state;
  const std::string shown = shown_value(row->to);
  throw Error(ErrorCode::invalid_value,
              {"历史记录中的状态“" + shown + "”不存在。请更正该记录。",
               "The history holds the state '" + shown + "', which there is not. Correct that record."});
}

}  // namespace v1
}  // namespace chainqual
