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
    ASSERT_EQ(then.projects.size(), day < on("2025-01-08") ? 0U : 1U) << "it neither began nor took a step";
    if (!then.projects.empty()) {
      EXPECT_EQ(then.projects.front().status, state_on(std::span(now.history), "J1", ProjectStatus::proposed, day));
    }
    ASSERT_EQ(then.consortium.has_value(), day >= on("2025-01-02")) << "no member, no step";
    if (then.consortium) {
      EXPECT_EQ(then.consortium->status, state_on(std::span(now.history), "", ConsortiumStatus::drafted, day));
    }
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
  EXPECT_EQ(then.milestones.back().done, "");
  EXPECT_EQ(then.changes.front().decision, Decision::pending);
  EXPECT_EQ(then.members.back().left, "");
  EXPECT_EQ(then.members.back().reason, "");
  EXPECT_EQ(as_of(now, on("2025-06-01")).problems.size(), 2U) << "a month counts from its first day";
}

TEST(AsOf, MembersAreThereFromTheDayTheyEntered) {
  Dossier now = stepped();
  now.members.back().entered = "2025-02-01";
  EXPECT_EQ(as_of(now, on("2025-01-31")).members.size(), 1U);
  EXPECT_EQ(as_of(now, on("2025-02-01")).members.size(), 2U);
  EXPECT_TRUE(as_of(now, on("2024-01-01")).members.empty());
}

TEST(AsOf, WhatHadNotBegunIsNotThereNorWhatHangsOnIt) {
  Dossier now = stepped();
  now.results.front().status = ResultStatus::shared;
  go(now, "L1", LicenceStatus::in_force, "2025-12-04", Actor::party);
  now.milestones.push_back({"J1", "1", "pilot", "", "2025-06-30", "", ""});
  ChainEvent event;
  event.date = "2024-01-01";
  event.projects = {"J1"};
  now.events.push_back(event);
  const Dossier before = as_of(now, on("2024-06-30"));
  EXPECT_TRUE(before.projects.empty() && before.milestones.empty() && before.changes.empty());
  EXPECT_TRUE(before.results.empty() && before.licences.empty());
  EXPECT_FALSE(before.consortium);
  EXPECT_TRUE(before.events.front().projects.empty());
  EXPECT_EQ(before.problems.size(), 1U) << "it says no day";
  const Dossier then = as_of(now, on("2025-12-03"));
  EXPECT_EQ(then.results.size(), 1U);
  EXPECT_TRUE(then.licences.empty()) << "neither signed nor begun";
  EXPECT_EQ(as_of(now, on("2025-12-04")).licences.size(), 1U);
}

TEST(AsOf, ADecisionIsTheOneOfTheDay) {
  Dossier now = stepped();
  now.changes.push_back(
      {"J1", "C1", ChangeKind::leader, "owner", "maker", "moved", "2025-03-01", "owner", Decision::pending, "", ""});
  go(now, "J1/C1", Decision::approved, "2025-03-05", Actor::office);
  go(now, "J1/C1", Decision::carried_out, "2025-03-09", Actor::lead);
  const auto decision = [&](const char* day) { return as_of(now, on(day)).changes.back().decision; };
  EXPECT_EQ(decision("2025-03-04"), Decision::pending);
  EXPECT_EQ(as_of(now, on("2025-03-04")).changes.back().decided, "");
  EXPECT_EQ(decision("2025-03-08"), Decision::approved);
  EXPECT_EQ(decision("2025-03-09"), Decision::carried_out);
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
  EXPECT_THROW(static_cast<void>(as_of(now, on("2025-02-01"))), Error);
}

}  // namespace
}  // namespace chainqual::testing
