// Steps entered by mistake and taken back: the history keeps both, the registers of every day follow.

#include "chainqual/register/correct.hpp"

#include "chainqual/register/as_of.hpp"
#include "chainqual/register/consistency.hpp"
#include "chainqual/register/due.hpp"
#include "unit/register/office.hpp"

namespace chainqual::testing {
namespace {

template <class State>
StepRecord undo(Dossier& dossier, std::string number, std::string step, const char* day, Actor who = Actor::office,
                std::string reason = "mistyped") {
  return correct_step<State>(dossier, {std::move(number), std::move(step), day, who, "Li", std::move(reason)});
}

template <class State>
Error no_undo(Dossier& dossier, std::string number, std::string step, const char* day, Actor who = Actor::office,
              std::string reason = "mistyped") {
  const Dossier before = dossier;
  try {
    undo<State>(dossier, std::move(number), std::move(step), day, who, std::move(reason));
  } catch (const Error& error) {
    EXPECT_EQ(dossier.history, before.history);
    EXPECT_EQ(dossier.projects, before.projects);
    EXPECT_EQ(dossier.problems, before.problems);
    return error;
  }
  ADD_FAILURE() << "the step was taken back";
  return {ErrorCode::ok, {}};
}

/// J1 accepted, P1 solved by it, R1 shared, L1 signed.
Dossier whole_life() {
  Dossier d = office();
  hand_everything_in(d);
  go(d, "P1", ProblemStatus::analysing, "2025-01-05", Actor::reporter);
  go(d, "J1", ProjectStatus::approved, "2025-01-08", Actor::office);
  go(d, "J1", ProjectStatus::running, "2025-01-10", Actor::lead);
  go(d, "P1", ProblemStatus::in_breakthrough, "2025-01-10", Actor::lead);
  go(d, "J1", ProjectStatus::acceptance_applied, "2025-11-01", Actor::lead);
  go(d, "J1", ProjectStatus::accepted, "2025-11-20", Actor::experts);
  go(d, "P1", ProblemStatus::solved, "2025-11-21", Actor::experts);
  go(d, "R1", ResultStatus::under_review, "2025-11-22", Actor::lead);
  go(d, "R1", ResultStatus::shared, "2025-11-25", Actor::lead);
  go(d, "L1", LicenceStatus::in_force, "2025-12-01", Actor::party);
  return d;
}

TEST(Correct, TheMistakeCountsOnNoDayAndBothEntriesStay) {
  Dossier d = office();
  go(d, "P1", ProblemStatus::analysing, "2025-03-01", Actor::reporter);
  const StepRecord row = undo<ProblemStatus>(d, "P1", "analyse", "2025-03-10");
  EXPECT_EQ(row, (StepRecord{"problem", "P1", "correct", "analysing", "identified", "2025-03-10", Actor::office, "Li",
                             "mistyped", "analyse"}));
  EXPECT_EQ(d.problems.front().status, ProblemStatus::identified);
  EXPECT_EQ(d.history.size(), 2U);
  for (const char* day : {"2025-02-28", "2025-03-01", "2025-03-05", "2025-03-10", "2025-04-01"}) {
    EXPECT_EQ(state_on(d.history, "P1", ProblemStatus::identified, on(day)), ProblemStatus::identified) << day;
    const Dossier then = as_of(d, on(day));
    EXPECT_EQ(then.problems.front().status, ProblemStatus::identified) << day;
    EXPECT_EQ(then.history.size(), *Date::parse("2025-03-10") <= on(day) ? 2U : 0U)
        << day << ": a step goes with its correction";
    EXPECT_FALSE(check_registers(then, on(day)).has_errors()) << day;
  }
}

TEST(Correct, WhatReallyHappenedIsEnteredFromTheLastStepThatStands) {
  Dossier d = office();
  go(d, "P1", ProblemStatus::analysing, "2025-03-11", Actor::reporter);  // it was the 1st
  undo<ProblemStatus>(d, "P1", "analyse", "2025-03-12");
  go(d, "P1", ProblemStatus::analysing, "2025-03-01", Actor::reporter);
  EXPECT_EQ(state_on(d.history, "P1", ProblemStatus::identified, on("2025-03-05")), ProblemStatus::analysing);
  EXPECT_EQ(as_of(d, on("2025-03-05")).problems.front().status, ProblemStatus::analysing);
  EXPECT_EQ(as_of(d, on("2025-02-05")).problems.front().status, ProblemStatus::identified);
  EXPECT_FALSE(check_registers(d, on("2025-04-01")).has_errors());
}

TEST(Correct, StepsAreTakenBackFromTheLastOneBackwards) {
  Dossier d = office();
  EXPECT_TRUE(tells(no_undo<ProblemStatus>(d, "P1", "analyse", "2025-03-01"), "no step to correct"));
  go(d, "P1", ProblemStatus::analysing, "2025-03-01", Actor::reporter);
  go(d, "P1", ProblemStatus::identified, "2025-03-02", Actor::lead, "not clear");
  const Error error = no_undo<ProblemStatus>(d, "P1", "analyse", "2025-03-03");
  EXPECT_EQ(error.code(), ErrorCode::illegal_step);
  EXPECT_TRUE(tells(error, "'set_back' of 2025-03-02"));
  undo<ProblemStatus>(d, "P1", "退回", "2025-03-03");  // by its name as by its key
  undo<ProblemStatus>(d, "P1", "analyse", "2025-03-04");
  EXPECT_EQ(d.problems.front().status, ProblemStatus::identified);
  EXPECT_TRUE(tells(no_undo<ProblemStatus>(d, "P1", "correct", "2025-03-05"), "no step to correct"));
  EXPECT_FALSE(check_registers(d, on("2025-04-01")).has_errors());
  const Dossier then = as_of(d, on("2025-03-03"));
  EXPECT_EQ(then.problems.front().status, ProblemStatus::identified);
  EXPECT_EQ(then.history.size(), 2U) << "the first went with its later correction, the second pair stands";
  EXPECT_FALSE(check_registers(then, on("2025-03-03")).has_errors());
}

TEST(Correct, WhoWhenAndWhyAreAskedForAllAtOnce) {
  Dossier d = office();
  go(d, "P1", ProblemStatus::analysing, "2025-03-01", Actor::reporter);
  const Error error = no_undo<ProblemStatus>(d, "P1", "analyse", "2025-02-28", Actor::experts, " ");
  EXPECT_EQ(error.findings().count(FindingLevel::error), 3U) << error.what();
  EXPECT_TRUE(tells(error, "experts"));
  EXPECT_TRUE(tells(error, "reason"));
  EXPECT_TRUE(tells(error, "2025-03-01"));
  undo<ProblemStatus>(d, "P1", "analyse", "2025-03-01", Actor::reporter);  // in the capacity of the step
}

TEST(Correct, WhatOthersWereBuiltUponStays) {
  Dossier d = whole_life();
  EXPECT_TRUE(tells(no_undo<ResultStatus>(d, "R1", "share", "2025-12-02"), "not shared"));
  const Error error = no_undo<ProjectStatus>(d, "J1", "accept", "2025-12-02");
  EXPECT_EQ(error.findings().count(FindingLevel::error), 2U) << "the solved problem and the shared result";
  EXPECT_TRUE(tells(error, "P1"));
  EXPECT_TRUE(tells(error, "R1"));
  undo<LicenceStatus>(d, "L1", "sign", "2025-12-02");
  EXPECT_EQ(d.licences.front().signed_on, "") << "the day of signing goes with the step";
  undo<ResultStatus>(d, "R1", "share", "2025-12-02");
  undo<ResultStatus>(d, "R1", "review", "2025-12-02");
  undo<ProblemStatus>(d, "P1", "confirm", "2025-12-02");
  undo<ProjectStatus>(d, "J1", "accept", "2025-12-02");
  EXPECT_EQ(d.projects.front().status, ProjectStatus::acceptance_applied);
  EXPECT_FALSE(check_registers(d, on("2025-12-03")).has_errors());
  // A problem in breakthrough keeps its project running.
  undo<ProjectStatus>(d, "J1", "apply", "2025-12-02");
  EXPECT_TRUE(tells(no_undo<ProjectStatus>(d, "J1", "start", "2025-12-02"), "P1"));
}

TEST(Correct, TheEndOfALicenceStaysWhileAnotherExcludesIt) {
  Dossier d = whole_life();
  d.licences.front().kind = LicenceKind::exclusive;
  d.results.front().terms = SharingTerms::agreement;
  go(d, "L1", LicenceStatus::terminated, "2025-12-02", Actor::office, "breach");
  Licence other = d.licences.front();
  other.number = "L2";
  other.licensee = "third";
  other.status = LicenceStatus::drafted;
  other.signed_on.clear();
  d.licences.push_back(other);
  go(d, "L2", LicenceStatus::in_force, "2025-12-03", Actor::party);
  EXPECT_TRUE(tells(no_undo<LicenceStatus>(d, "L1", "terminate", "2025-12-04"), "conflicts with licence"));
  undo<LicenceStatus>(d, "L2", "sign", "2025-12-04");
  undo<LicenceStatus>(d, "L1", "terminate", "2025-12-04");
  EXPECT_EQ(d.licences.front().status, LicenceStatus::in_force);
  EXPECT_EQ(d.licences.front().signed_on, "2025-12-01");
}

TEST(Correct, ADecisionTakenBackIsPendingAgainAndOneBeforeItStands) {
  Dossier d = office();
  Change change;
  change.project = "J1";
  change.number = "C1";
  change.kind = ChangeKind::end;
  change.by = "owner";
  change.applied = "2025-05-01";
  change.reason = "no demand";
  d.changes.push_back(change);
  d.projects.front().status = ProjectStatus::running;
  go(d, "J1/C1", Decision::approved, "2025-05-02", Actor::office);
  go(d, "J1/C1", Decision::refused, "2025-05-03", Actor::office, "in error");
  undo<Decision>(d, "J1/C1", "revoke", "2025-05-04");
  EXPECT_EQ(d.changes.front().decision, Decision::approved);
  EXPECT_EQ(d.changes.front().decided, "2025-05-02");
  go(d, "J1", ProjectStatus::archived, "2025-05-05", Actor::office, "no demand");
  EXPECT_TRUE(tells(no_undo<Decision>(d, "J1/C1", "approve", "2025-05-06"), "J1")) << "the project was stopped by it";
  undo<ProjectStatus>(d, "J1", "stop", "2025-05-06");
  undo<Decision>(d, "J1/C1", "approve", "2025-05-06");
  EXPECT_EQ(d.changes.front().decision, Decision::pending);
  EXPECT_EQ(d.changes.front().decided, "");
  EXPECT_EQ(d.changes.front().decided_by, "");
}

TEST(Correct, ACorrectionWithoutItsStepIsTold) {
  Dossier d = office();
  d.history.push_back(
      {"problem", "P1", "correct", "analysing", "identified", "2025-03-10", Actor::office, "Li", "x", "analyse"});
  const Findings findings = check_registers(d, on("2025-04-01"));
  ASSERT_TRUE(findings.has_errors());
  EXPECT_EQ(findings.kept().front().where.file, "history");
}

/// Every step of every lifecycle can be taken back, and leaves the record where it stood.
template <class State>
void all_steps(Dossier d, const std::string& number) {
  for (const auto& step : Lifecycle<State>::steps) {
    Dossier one = d;
    status_of(one, number, State{}) = step.to;
    one.history.push_back({std::string(Lifecycle<State>::key), number, std::string(step.key),
                           std::string(key_of(step.from)), std::string(key_of(step.to)), "2025-03-01", step.who[0],
                           "Li", ""});
    try {
      undo<State>(one, number, std::string(step.key), "2025-03-02", step.who[0]);
    } catch (const Error& error) {
      EXPECT_TRUE(tells(error, "lose its ground")) << step.key << error.what();
      continue;
    }
    EXPECT_EQ(status_of(one, number, State{}), step.from) << step.key;
    EXPECT_EQ(last_step(one.history, Lifecycle<State>::key, number), nullptr) << step.key;
  }
}

TEST(Correct, EveryStepOfEveryLifecycleIsTakenBackOrSaysWhatStandsOnIt) {
  Dossier d = office();
  hand_everything_in(d);
  d.changes.front().number = "C1";
  all_steps<ProblemStatus>(d, "P1");
  all_steps<ProjectStatus>(d, "J1");
  all_steps<ResultStatus>(d, "R1");
  all_steps<LicenceStatus>(d, "L1");
  all_steps<ConsortiumStatus>(d, "");
  all_steps<Decision>(d, "J1/C1");
}

}  // namespace
}  // namespace chainqual::testing
