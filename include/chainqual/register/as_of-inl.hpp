#pragma once

#include <chrono>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/register/history.hpp"
#include "chainqual/register/lifecycle.hpp"

namespace chainqual {
inline namespace v1 {
namespace register_detail {

inline bool later(const std::string& text, Date day) {
  return !text.empty() && day < date_from(text, "登记的日期", "A day in the registers");
}

template <class Row>
void drop_later(std::vector<Row>& rows, std::string Row::*date, Date day) {
  std::erase_if(rows, [&](const Row& row) { return later(row.*date, day); });
}

inline void clear_later(std::string& text, Date day) {
  if (later(text, day)) text.clear();
}

/// Where each record of one lifecycle stood, by its number: after the last step up to the day, or before the first one
/// behind it.
template <class State>
class StatesOn {
 public:
  StatesOn(const std::vector<StepRecord>& history, Date day) {
    const auto stands = standing(history);
    for (std::size_t k = 0; k < history.size(); ++k) {
      const StepRecord& row = history[k];
      if (row.table != Lifecycle<State>::key || !stands[k]) continue;
      if (!later(row.date, day)) {
        states_[row.number] = row.to;
      } else {
        states_.try_emplace(row.number, row.from);
      }
    }
  }
  [[nodiscard]] State of(const std::string& number, State now) const {
    const auto at = states_.find(number);
    if (at == states_.end()) return now;
    const StepRecord row{
        std::string(Lifecycle<State>::key), number, {}, {}, at->second, "0001-01-01", Actor::office, {}, {}, {}};
    return state_on<State>(std::span(&row, 1), number, now, Date(std::chrono::sys_days{}));
  }

 private:
  std::map<std::string, std::string> states_;
};

template <class Row>
void turn_back(std::vector<Row>& rows, const std::vector<StepRecord>& history, Date day) {
  const StatesOn<decltype(Row::status)> states(history, day);
  for (Row& row : rows) row.status = states.of(row.number, row.status);
}

/// Takes later steps out, and with a later correction the step that it takes back.
inline void drop_later_steps(std::vector<StepRecord>& history, Date day) {
  const auto by = taken_back_by(history);
  std::vector<StepRecord> kept;
  for (std::size_t k = 0; k < history.size(); ++k) {
    if (!later(history[k].date, day) && !later(history[by[k]].date, day)) kept.push_back(history[k]);
  }
  history = std::move(kept);
}

/// Takes problems that were not yet reported out, and every mention of them.
inline void drop_later_problems(Dossier& dossier, Date day) {
  std::set<std::string> gone;
  for (const Problem& problem : dossier.problems) {
    if (later(problem.date, day)) gone.insert(problem.number);
  }
  if (gone.empty()) return;
  const auto is_gone = [&](const std::string& number) { return gone.contains(number); };
  std::erase_if(dossier.problems, [&](const Problem& problem) { return is_gone(problem.number); });
  std::erase_if(dossier.scores, [&](const ScoreRow& row) { return is_gone(row.problem); });
  std::erase_if(dossier.facts, [&](const AssessedFact& row) { return is_gone(row.problem); });
  for (Problem& problem : dossier.problems) std::erase_if(problem.related, is_gone);
  for (Project& project : dossier.projects) std::erase_if(project.problems, is_gone);
  for (SharedResult& result : dossier.results) std::erase_if(result.problems, is_gone);
  for (PolicyTool& tool : dossier.policy_tools) std::erase_if(tool.problems, is_gone);
}

/// The numbers of a lifecycle's records whose first step lies behind the day.
template <class State>
[[nodiscard]] std::set<std::string> stepped_later(const std::vector<StepRecord>& history, Date day) {
  std::set<std::string> by_then;
  std::set<std::string> later_only;
  const auto stands = standing(history);
  for (std::size_t k = 0; k < history.size(); ++k) {
    const StepRecord& row = history[k];
    if (row.table == Lifecycle<State>::key && stands[k])
      (later(row.date, day) ? later_only : by_then).insert(row.number);
  }
  for (const std::string& number : by_then) later_only.erase(number);
  return later_only;
}

/// Takes projects and what hangs on them out, with every mention.
inline void drop_projects(Dossier& dossier, const std::set<std::string>& gone) {
  if (gone.empty()) return;
  const auto of_gone = [&](const auto& row) { return gone.contains(row.project); };
  std::erase_if(dossier.projects, [&](const Project& project) { return gone.contains(project.number); });
  std::erase_if(dossier.milestones, of_gone);
  std::erase_if(dossier.partners, of_gone);
  std::erase_if(dossier.indicators, of_gone);
  std::erase_if(dossier.changes, of_gone);
  std::erase_if(dossier.risks, of_gone);
  std::erase_if(dossier.reports, of_gone);
  std::erase_if(dossier.documents, of_gone);
  for (ChainEvent& event : dossier.events) {
    std::erase_if(event.projects, [&](const std::string& number) { return gone.contains(number); });
  }
  std::set<std::string> results;
  for (const SharedResult& result : dossier.results) {
    if (of_gone(result)) results.insert(result.number);
  }
  std::erase_if(dossier.results, of_gone);
  std::erase_if(dossier.licences, [&](const Licence& licence) { return results.contains(licence.result); });
}

/// Takes out what had not begun: records whose steps and days of their own all lie behind the day.
inline void drop_not_begun(Dossier& dossier, Date day) {
  const auto licences = stepped_later<LicenceStatus>(dossier.history, day);
  std::erase_if(dossier.licences, [&](const Licence& licence) {
    return licences.contains(licence.number) && (later(licence.start, day) || later(licence.signed_on, day));
  });
  const auto projects = stepped_later<ProjectStatus>(dossier.history, day);
  std::set<std::string> gone;
  for (const Project& project : dossier.projects) {
    if (projects.contains(project.number) && later(project.start, day)) gone.insert(project.number);
  }
  drop_projects(dossier, gone);
  const bool entered = std::all_of(dossier.members.begin(), dossier.members.end(),
                                   [&](const Member& member) { return later(member.entered, day); });
  if (dossier.consortium && entered && !dossier.members.empty() &&
      !stepped_later<ConsortiumStatus>(dossier.history, day).empty()) {
    dossier.consortium.reset();
  }
}

}  // namespace register_detail

inline Dossier as_of(Dossier dossier, Date day) {
  namespace d = register_detail;
  d::turn_back(dossier.problems, dossier.history, day);
  d::turn_back(dossier.projects, dossier.history, day);
  d::turn_back(dossier.results, dossier.history, day);
  d::turn_back(dossier.licences, dossier.history, day);
  if (dossier.consortium) {
    const d::StatesOn<ConsortiumStatus> states(dossier.history, day);
    dossier.consortium->status = states.of({}, dossier.consortium->status);
  }
  const d::StatesOn<Decision> decisions(dossier.history, day);
  for (Change& change : dossier.changes) change.decision = decisions.of(key_of_change(change), change.decision);
  d::drop_not_begun(dossier, day);
  d::drop_later_steps(dossier.history, day);
  d::drop_later(dossier.facts, &AssessedFact::date, day);
  d::drop_later(dossier.reports, &ProgressReport::date, day);
  d::drop_later(dossier.events, &ChainEvent::date, day);
  d::drop_later(dossier.reviews, &Review::date, day);
  d::drop_later(dossier.documents, &ProjectDocument::date, day);
  d::drop_later(dossier.risks, &ProjectRisk::raised, day);
  d::drop_later(dossier.changes, &Change::applied, day);
  d::drop_later_problems(dossier, day);
  for (Milestone& milestone : dossier.milestones) d::clear_later(milestone.done, day);
  for (ProjectRisk& risk : dossier.risks) d::clear_later(risk.closed, day);
  for (Licence& licence : dossier.licences) d::clear_later(licence.signed_on, day);
  for (Change& change : dossier.changes) {
    if (!d::later(change.decided, day)) continue;
    change.decided.clear();
    change.decided_by.clear();
    change.decision = Decision::pending;
  }
  d::drop_later(dossier.members, &Member::entered, day);
  for (Member& member : dossier.members) {
    if (!d::later(member.left, day)) continue;
    member.left.clear();
    member.reason.clear();
  }
  return dossier;
}

}  // namespace v1
}  // namespace chainqual
