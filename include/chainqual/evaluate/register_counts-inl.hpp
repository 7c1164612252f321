#pragma once

// What the registers count for a period, for tables I.1 and K.1 alike.

#include <algorithm>
#include <cstddef>
#include <string>

#include "chainqual/core/decimal.hpp"
#include "chainqual/evaluate/period.hpp"
#include "chainqual/register/dossier.hpp"
#include "chainqual/register/history.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

/// Records by whether the history says when.
struct DatedCount {
  std::size_t dated = 0;    ///< within the period, by the history
  std::size_t undated = 0;  ///< without a history: they count in every period

  [[nodiscard]] Decimal sum() const { return Decimal(static_cast<std::int64_t>(dated + undated), 0); }
};

/// Problems whose last step by the period's end solved them within it, and those solved without a history.
inline DatedCount problems_solved_in(const Dossier& dossier, const Period& period) {
  constexpr std::string_view table = Lifecycle<ProblemStatus>::key;
  DatedCount count;
  for (const Problem& problem : dossier.problems) {
    if (last_step(dossier.history, table, problem.number) == nullptr) {
      if (problem.status == ProblemStatus::solved) ++count.undated;
      continue;
    }
    const StepRecord* last = last_step(dossier.history, table, problem.number, period.until);
    if (last == nullptr || last->to != key_of(ProblemStatus::solved)) continue;
    if (period.holds(date_from(last->date, "步骤日期", "The day of a step"))) ++count.dated;
  }
  return count;
}

/// Results of a kind whose first step lies in the period, and those without a history.
inline DatedCount results_in(const Dossier& dossier, ResultKind kind, const Period& period) {
  constexpr std::string_view table = Lifecycle<ResultStatus>::key;
  DatedCount count;
  const auto stands = standing(dossier.history);
  for (const SharedResult& result : dossier.results) {
    if (result.kind != kind) continue;
    const StepRecord* first = nullptr;
    for (std::size_t k = 0; first == nullptr && k < stands.size(); ++k) {
      const StepRecord& step = dossier.history[k];
      if (stands[k] && step.table == table && step.number == result.number) first = &step;
    }
    if (first == nullptr) {
      ++count.undated;
    } else if (period.holds(date_from(first->date, "步骤日期", "The day of a step"))) {
      ++count.dated;
    }
  }
  return count;
}

/// A project's state at the end of a day; what the register says where it has no history.
inline ProjectStatus state_of(const Dossier& dossier, const Project& project, Date on) {
  const bool told = last_step(dossier.history, Lifecycle<ProjectStatus>::key, project.number) != nullptr;
  return told ? state_on<ProjectStatus>(dossier.history, project.number, ProjectStatus::proposed, on) : project.status;
}

/// The project had begun by the day, as far as is known.
inline bool begun_by(const Project& project, Date day) {
  return project.start.empty() || date_from(project.start, "项目开始日期", "The start of a project") <= day;
}

/// Whether a problem was known by a day: those without a day always were.
inline bool known_by(const Problem& problem, Date day) {
  return problem.date.empty() || date_from(problem.date, "问题提出日期", "The day of a problem") <= day;
}

}  // namespace evaluate_detail
}  // namespace v1
}  // namespace chainqual
