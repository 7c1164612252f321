#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "chainqual/register/step.hpp"

namespace chainqual::testing {

inline Date on(const char* day) {
  return *Date::parse(day);
}

/// A consortium's office: two segments, problem P1 with project J1, whose lead unit is the chain owner; result R1 of
/// it, and licence L1 for R1. Nothing has been stepped yet.
inline Dossier office() {
  Dossier dossier;
  dossier.info.name = "chain";
  dossier.info.date = "2025-01-01";
  dossier.chain.add_segment({"cells", "电芯", "cells", Stage::upstream, "", {}, false, ""});
  dossier.chain.add_segment({"packs", "电池包", "packs", Stage::midstream, "", {}, true, ""});
  Problem problem;
  problem.number = "P1";
  problem.segments = {"cells"};
  dossier.problems.push_back(problem);
  Project project;
  project.number = "J1";
  project.name = "purer cells";
  project.problems = {"P1"};
  project.lead = "owner";
  project.participants = {"maker"};
  project.start = "2025-01-10";
  project.end = "2025-12-31";
  project.expected = "99.5 %";
  dossier.projects.push_back(project);
  dossier.consortium.emplace();
  Member owner;
  owner.unit = "owner";
  owner.name = "Owner Ltd";
  owner.lead = true;
  owner.entered = "2025-01-02";
  Member maker;
  maker.unit = "maker";
  maker.name = "Maker Ltd";
  maker.entered = "2025-01-02";
  dossier.members = {owner, maker};
  SharedResult result;
  result.number = "R1";
  result.project = "J1";
  result.contributor = "owner";
  result.pledged = true;
  dossier.results.push_back(result);
  Licence licence;
  licence.number = "L1";
  licence.result = "R1";
  licence.licensor = "owner";
  licence.licensee = "maker";
  licence.start = "2026-01-01";
  licence.end = "2026-12-31";
  dossier.licences.push_back(licence);
  return dossier;
}

/// A target and a milestone that is done, as a task book has them.
inline void plan(Dossier& dossier) {
  dossier.milestones.push_back({"J1", "0", "plan", "", "2025-02-01", "2025-01-31", ""});
  IndicatorRow target;
  target.project = "J1";
  target.name = "pass rate";
  target.target = Decimal::from_string("99.5");
  dossier.indicators.push_back(target);
}

/// The papers, milestones and pledges that the guards ask for are all there.
inline void hand_everything_in(Dossier& dossier) {
  for (const DocumentKind kind : {DocumentKind::acceptance, DocumentKind::result, DocumentKind::summary}) {
    dossier.documents.push_back({"J1", kind, "paper", "2025-11-01", "shelf"});
  }
  Change end;
  end.project = "J1";
  end.kind = ChangeKind::end;
  end.decision = Decision::approved;
  dossier.changes.push_back(end);
  plan(dossier);
}

template <class State>
StepRecord go(Dossier& dossier, std::string number, State to, const char* day, Actor who, std::string reason = {}) {
  return take_step(dossier, StepRequest<State>{std::move(number), to, day, who, "Li", std::move(reason)});
}

/// The error of a step, which must be refused.
template <class State>
Error refusal(Dossier& dossier, std::string number, State to, const char* day, Actor who, std::string reason = {}) {
  try {
    go(dossier, std::move(number), to, day, who, std::move(reason));
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "the step was taken";
  return {ErrorCode::ok, {}};
}

inline bool tells(const Error& error, const std::string& words) {
  for (const Finding& finding : error.findings().kept()) {
    if (to_string(finding, Language::en).find(words) != std::string::npos) return true;
  }
  return error.message().en.find(words) != std::string::npos;
}

}  // namespace chainqual::testing
