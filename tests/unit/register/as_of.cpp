// The registers as of a day.

#include "chainqual/register/as_of.hpp"

#include <gtest/gtest.h>

#include "unit/register/office.hpp"

namespace chainqual::testing {
namespace {

Dossier stepped() {
  Dossier dossier = office();
  hand_everything_in(dossier);
  go(dossier, "P1", ProblemStatus::analysing, "2025-01-05", Actor::reporter);
  go(dossier, "J1", ProjectStatus::approved, "2025-01-08", Actor::office);
  go(dossier, "J1", ProjectStatus::running, "2025-01-10", Actor::lead);
  go(dossier, "P1", ProblemStatus::in_breakthrough, "2025-01-11", Actor::lead);
  go(dossier, "P1", ProblemStatus::analysing, "2025-02-01", Actor::lead, "no means");
  go(dossier, "", ConsortiumStatus::lead_agreed, "2025-01-12", Actor::lead);
  return dossier;
}

TEST(AsOf, StatusesAreThoseThatTheHistoryLedTo) {
  const Dossier now = stepped();
  for (Date day = on("2025-01-01"); day < on("2025-02-10"); day = day.plus_days(1)) {
    const Dossier then = as_of(now, day);
    EXPECT_EQ(then.problems.front().status, state_on(std::span(now.history), "P1", ProblemStatus::identified, day));
    EXPECT_EQ(then.projects.front().status, state_on(std::span(now.history), "J1", ProjectStatus::proposed, day));
    EXPECT_EQ(then.consortium->status, state_on(std::span(now.history), "", ConsortiumStatus::drafted, day));
    for (const StepRecord& row : then.history) EXPECT_LE(*Date::parse(row.date), day);
  }
}

TEST(AsOf, ARecordWithoutStepsIsAsItStands) {
  Dossier now = stepped();
  now.results.front().status = ResultStatus::shared;
  EXPECT_EQ(as_of(now, on("2020-01-01")).results.front().status, ResultStatus::shared);
}

TEST(AsOf, WhatIsDatedLaterIsNotYetThere) {
  Dossier now = stepped();
  Problem later;
  later.number = "P2";
  later.date = "2025-06";
  now.problems.push_back(later);
  now.problems.front().related = {"P2"};
  now.projects.front().problems.push_back("P2");
  now.scores.push_back({"P2", "e", {}, {}, {}, ""});
  now.facts.push_back({"P2", "2025-06-02", "linear", "", "", Grade::important, "", ""});
  now.milestones.push_back({"J1", "M1", "m", "", "2025-03-01", "2025-04-01", ""});
  now.changes.front().applied = "2025-01-20";
  now.changes.front().decided = "2025-03-01";
  now.members.back().left = "2025-03-01";
  now.members.back().reason = "moved";
  const Dossier then = as_of(now, on("2025-02-28"));
  EXPECT_EQ(then.problems.size(), 1U);
  EXPECT_TRUE(then.problems.front().related.empty());
  EXPECT_EQ(then.projects.front().problems, std::vector<std::string>{"P1"});
  EXPECT_TRUE(then.scores.empty());
  EXPECT_TRUE(then.facts.empty());
  EXPECT_TRUE(then.documents.empty());
  EXPECT_EQ(then.milestones.front().done, "");
  EXPECT_EQ(then.changes.front().decision, Decision::pending);
  EXPECT_EQ(then.members.back().left, "");
  EXPECT_EQ(then.members.back().reason, "");
  EXPECT_EQ(as_of(now, on("2025-06-01")).problems.size(), 2U) << "a month counts from its first day";
}

TEST(AsOf, AfterTheLastDayNothingDiffers) {
  const Dossier now = stepped();
  const Dossier then = as_of(now, on("2030-01-01"));
  EXPECT_EQ(then.problems, now.problems);
  EXPECT_EQ(then.projects, now.projects);
  EXPECT_EQ(then.history, now.history);
  EXPECT_EQ(then.documents, now.documents);
}

TEST(AsOfBadInput, ADayThatIsNoneIsTold) {
  Dossier now = stepped();
  now.reports.push_back({"J1", "soon", {}, {}, "", ""});
  EXPECT_THROW(static_cast<void>(as_of(now, on("2025-01-01"))), Error);
}

}  // namespace
}  // namespace chainqual::testing
