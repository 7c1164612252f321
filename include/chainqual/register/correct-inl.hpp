#pragma once

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace chainqual {
inline namespace v1 {
namespace register_detail {

/// A record whose status asks something of other records, which do not give it.
struct Unsupported {
  std::string table;
  std::string number;
  Unmet lacks;
};

/// What statuses go on asking of other registers; a guard that a step asked for once is none of it.
inline std::vector<Unsupported> unsupported(const Dossier& dossier) {
  std::vector<Unsupported> found;
  const auto take = [&](const char* table, const std::string& number, std::optional<Unmet> lacks) {
    if (lacks) found.push_back({table, number, std::move(*lacks)});
  };
  for (const Problem& problem : dossier.problems) {
    if (problem.status != ProblemStatus::in_breakthrough && problem.status != ProblemStatus::solved) continue;
    auto lacks = unmet_project(dossier, problem.number, true);
    if (lacks && problem.status == ProblemStatus::in_breakthrough) {
      lacks = unmet_project(dossier, problem.number, false);
    }
    take("problems", problem.number, std::move(lacks));
  }
  for (const Project& project : dossier.projects) {
    if (project.status != ProjectStatus::archived) continue;
    const StepRecord* last = last_step(dossier.history, Lifecycle<ProjectStatus>::key, project.number);
    if (last != nullptr && last->step == "stop") take("projects", project.number, unmet_end(dossier, project.number));
  }
  for (const SharedResult& result : dossier.results) {
    if (result.status == ResultStatus::under_review || result.status == ResultStatus::shared) {
      take("results", result.number, unmet_pledge(dossier, result));
    }
  }
  for (const Licence& licence : dossier.licences) {
    if (licence.status != LicenceStatus::in_force) continue;
    take("licences", licence.number, unmet_shared_result(dossier, licence));
    take("licences", licence.number, unmet_conflict(dossier, licence));
  }
  return found;
}

/// What would lose its ground by the correction: it does not stand in `before`.
inline Findings loses_ground(const std::vector<Unsupported>& before, const std::vector<Unsupported>& after) {
  Findings findings;
  for (const Unsupported& one : after) {
    const bool known = std::any_of(before.begin(), before.end(), [&](const Unsupported& other) {
      return other.table == one.table && other.number == one.number && other.lacks.rule.en == one.lacks.rule.en;
    });
    if (known) continue;
    findings.add({FindingLevel::error,
                  ErrorCode::illegal_step,
                  {one.table, 0, 0, {}, 0},
                  shown_value(one.number),
                  {"更正后它失去依据：" + one.lacks.rule.zh, "it would lose its ground: " + one.lacks.rule.en},
                  {"先更正或退回它的步骤", "correct its own step first, or lead it back"}});
  }
  return findings;
}

template <class State>
const LegalStep<State>* step_called(const std::string& word) {
  for (const auto& step : Lifecycle<State>::steps) {
    if (step.key == word || step.zh == word || step.en == word) return &step;
  }
  return nullptr;
}

/// The step that a correction takes back. @throws Error{illegal_step} there is none, or the last one is another.
template <class State>
const StepRecord& step_to_correct(const Dossier& dossier, const Correction& wanted, State status) {
  const StepRecord* last = last_step(dossier.history, Lifecycle<State>::key, wanted.number);
  const std::string asked = shown_value(wanted.step);
  if (last == nullptr) {
    throw Error(ErrorCode::illegal_step, {"没有可更正的步骤：该记录没有有效的办理记录。",
                                          "There is no step to correct: none of the record's stands."});
  }
  const LegalStep<State>* called = step_called<State>(wanted.step);
  const std::string_view key = called == nullptr ? std::string_view(wanted.step) : called->key;
  if (last->step != key) {
    const LegalStep<State>* known = step_called<State>(last->step);
    const std::string zh(known == nullptr ? shown_value(last->step) : std::string(known->zh));
    throw Error(ErrorCode::illegal_step,
                {"不能更正“" + asked + "”：最后一个有效步骤是 " + last->date + " 的“" + zh + "”（" +
                     shown_value(last->step) + "），步骤须从最后一个起依次更正。",
                 "'" + asked + "' cannot be corrected: the last step that stands is '" + shown_value(last->step) +
                     "' of " + last->date + ", and steps are corrected from the last one backwards."});
  }
  if (last->to != key_of(status) || !value_named<State>(last->from)) {
    throw Error(ErrorCode::illegal_step,
                {"状态与历史记录不符：历史到“" + shown_value(last->to) + "”，不能更正。请先核对登记簿（check）。",
                 "The status differs from its history, which leads to '" + shown_value(last->to) +
                     "': nothing can be corrected. Check the registers first."});
  }
  return *last;
}

/// What steps write beside the status, as the steps that stand have it.
inline void follow_history(Dossier& dossier, const std::string& number, Decision decision) {
  Change& change = change_of(dossier.changes, number);
  const StepRecord* last = last_step(dossier.history, Lifecycle<Decision>::key, number);
  const bool decided = last != nullptr && decision != Decision::pending && last->to != key_of(Decision::carried_out);
  if (decision == Decision::carried_out) return;
  change.decided = decided ? last->date : std::string();
  change.decided_by = decided ? last->by : std::string();
}
inline void follow_history(Dossier& dossier, const std::string& number, LicenceStatus status) {
  if (status == LicenceStatus::drafted) row_of(dossier.licences, number).signed_on.clear();
}
template <class State>
void follow_history(Dossier&, const std::string&, State) {}

}  // namespace register_detail

template <class State>
StepRecord correct_step(Dossier& dossier, const Correction& correction) {
  namespace d = register_detail;
  const State status = status_of(dossier, correction.number, State{});
  const Date on = date_from(correction.date, "更正日期", "The day of the correction");
  const StepRecord mistaken = d::step_to_correct(dossier, correction, status);
  const State before = *value_named<State>(mistaken.from);
  const LegalStep<State> back{
      status, before, correction_key, "更正", "correct a step", {Actor::office, mistaken.who, no_actor}, true};
  const StepRequest<State> request{correction.number, before,           correction.date, correction.who, correction.by,
                                   correction.reason, correction.latest};
  Findings findings = d::against(dossier, back, request, on);
  const StepRecord row{std::string(Lifecycle<State>::key),
                       correction.number,
                       std::string(correction_key),
                       mistaken.to,
                       mistaken.from,
                       on.to_string(),
                       correction.who,
                       correction.by,
                       correction.reason,
                       mistaken.step};
  Dossier corrected = dossier;
  status_of(corrected, correction.number, State{}) = before;
  corrected.history.push_back(row);
  d::follow_history(corrected, correction.number, before);
  findings.add(d::loses_ground(d::unsupported(dossier), d::unsupported(corrected)));
  throw_if_errors(findings);
  dossier = std::move(corrected);
  return row;
}

}  // namespace v1
}  // namespace chainqual
