#include "chainqual/register/step.hpp"

#include "unit/register/office.hpp"

namespace chainqual::testing {
namespace {

TEST(Step, AProjectGoesThroughItsWholeLifeAndSolvesItsProblem) {
  Dossier d = office();
  plan(d);
  go(d, "P1", ProblemStatus::analysing, "2025-01-05", Actor::reporter);
  EXPECT_TRUE(tells(refusal(d, "P1", ProblemStatus::in_breakthrough, "2025-01-06", Actor::office), "no project"));
  go(d, "J1", ProjectStatus::approved, "2025-01-08", Actor::office);
  go(d, "J1", ProjectStatus::running, "2025-01-10", Actor::lead);
  go(d, "P1", ProblemStatus::in_breakthrough, "2025-01-10", Actor::lead);
  go(d, "J1", ProjectStatus::mid_term_check, "2025-06-01", Actor::experts);
  go(d, "J1", ProjectStatus::rectification, "2025-06-02", Actor::experts, "no measuring plan");
  go(d, "J1", ProjectStatus::mid_term_check, "2025-07-01", Actor::lead, "plan written");
  go(d, "J1", ProjectStatus::running, "2025-07-03", Actor::experts);
  d.milestones.push_back({"J1", "1", "pilot line", "", "2025-09-30", "", ""});
  EXPECT_TRUE(tells(refusal(d, "J1", ProjectStatus::acceptance_applied, "2025-11-01", Actor::lead), "acceptance"));
  hand_everything_in(d);
  go(d, "J1", ProjectStatus::acceptance_applied, "2025-11-01", Actor::lead);
  EXPECT_TRUE(tells(refusal(d, "J1", ProjectStatus::accepted, "2025-11-20", Actor::experts), "pilot line"));
  d.milestones[1].done = "2025-10-02";
  EXPECT_TRUE(tells(refusal(d, "P1", ProblemStatus::solved, "2025-11-20", Actor::experts), "accepted"));
  go(d, "J1", ProjectStatus::accepted, "2025-11-20", Actor::experts);
  go(d, "P1", ProblemStatus::solved, "2025-11-21", Actor::experts);
  go(d, "R1", ResultStatus::under_review, "2025-11-22", Actor::lead);
  go(d, "R1", ResultStatus::shared, "2025-11-25", Actor::lead);
  go(d, "J1", ProjectStatus::archived, "2025-11-30", Actor::office);
  go(d, "L1", LicenceStatus::in_force, "2025-12-01", Actor::party);
  EXPECT_EQ(d.licences.front().signed_on, "2025-12-01");
  EXPECT_TRUE(tells(refusal(d, "L1", LicenceStatus::expired, "2026-12-31", Actor::office), "last day"));
  go(d, "L1", LicenceStatus::expired, "2027-01-01", Actor::office);
  EXPECT_EQ(d.history.size(), 16U);
  // As it stood on some days, by the history alone.
  const auto project = [&](const char* day) { return state_on(d.history, "J1", ProjectStatus::proposed, on(day)); };
  EXPECT_EQ(project("2025-01-07"), ProjectStatus::proposed);
  EXPECT_EQ(project("2025-01-09"), ProjectStatus::approved);
  EXPECT_EQ(project("2025-06-15"), ProjectStatus::rectification);
  EXPECT_EQ(project("2025-07-03"), ProjectStatus::running);
  EXPECT_EQ(project("2030-01-01"), ProjectStatus::archived);
  EXPECT_EQ(state_on(d.history, "P1", ProblemStatus::identified, on("2025-11-20")), ProblemStatus::in_breakthrough);
}

TEST(Step, AConsortiumIsEstablishedByThreeConsents) {
  Dossier d = office();
  d.members.back().lead = true;
  EXPECT_TRUE(tells(refusal(d, "", ConsortiumStatus::lead_agreed, "2025-01-03", Actor::lead), "one lead unit, not 2"));
  d.members.back().lead = false;
  go(d, "", ConsortiumStatus::lead_agreed, "2025-01-03", Actor::lead);
  go(d, "", ConsortiumStatus::district_agreed, "2025-01-04", Actor::district);
  EXPECT_TRUE(tells(refusal(d, "", ConsortiumStatus::established, "2025-01-05", Actor::district), "may not"));
  go(d, "", ConsortiumStatus::established, "2025-01-05", Actor::city);
  EXPECT_EQ(d.consortium->status, ConsortiumStatus::established);
}

TEST(Step, EverythingThatIsWrongIsToldAtOnce) {
  Dossier d = office();
  plan(d);
  go(d, "J1", ProjectStatus::approved, "2025-01-08", Actor::office);
  const Error error = refusal(d, "J1", ProjectStatus::archived, "2025-01-07", Actor::lead, "  ");
  EXPECT_EQ(error.findings().count(FindingLevel::error), 3U) << "who, reason, day";
  EXPECT_TRUE(tells(error, "may not cancel"));
  EXPECT_TRUE(tells(error, "asks for a reason"));
  EXPECT_TRUE(tells(error, "before that of the step before, 2025-01-08"));
}

TEST(Step, AStepOutsideTheTableNamesTheLegalOnes) {
  Dossier d = office();
  const Error error = refusal(d, "J1", ProjectStatus::accepted, "2025-01-08", Actor::office);
  EXPECT_EQ(error.code(), ErrorCode::illegal_step);
  EXPECT_NE(error.message().en.find("From here lead: 'approved' (approve), 'archived' (decline)"), std::string::npos)
      << error.message().en;
  EXPECT_NE(error.message().zh.find("已立项"), std::string::npos);
  go(d, "J1", ProjectStatus::archived, "2025-01-08", Actor::office, "not now");
  EXPECT_TRUE(tells(refusal(d, "J1", ProjectStatus::proposed, "2025-01-09", Actor::office), "That is an end"));
}

TEST(Step, ATaskBookThatLacksPartsIsNotApproved) {
  Dossier d = office();
  d.projects.front().lead.clear();
  d.projects.front().end.clear();
  EXPECT_TRUE(tells(refusal(d, "J1", ProjectStatus::approved, "2025-01-08", Actor::office),
                    "lacks: lead unit, period, targets"));
  EXPECT_EQ(d.projects.front().status, ProjectStatus::proposed);
  EXPECT_TRUE(d.history.empty());
}

TEST(Step, PaidUseIsExplainedBeforeAResultIsShared) {
  Dossier d = office();
  d.results.front().status = ResultStatus::under_review;
  d.results.front().terms = SharingTerms::paid;
  EXPECT_TRUE(tells(refusal(d, "R1", ResultStatus::shared, "2025-12-01", Actor::office), "what is to be paid"));
  d.results.front().terms_note = "3 % of sales";
  go(d, "R1", ResultStatus::shared, "2025-12-01", Actor::office);
}

TEST(Step, ASecondLicenceThatTheFirstExcludesIsNotSigned) {
  Dossier d = office();
  d.results.front().status = ResultStatus::shared;
  d.licences.front().kind = LicenceKind::exclusive;
  go(d, "L1", LicenceStatus::in_force, "2025-12-01", Actor::party);
  Licence other = d.licences.front();
  other.number = "L2";
  other.licensee = "third";
  other.kind = LicenceKind::ordinary;
  other.status = LicenceStatus::drafted;
  other.start = "2026-12-31";
  other.end = "2027-06-30";
  d.licences.push_back(other);
  EXPECT_TRUE(
      tells(refusal(d, "L2", LicenceStatus::in_force, "2025-12-02", Actor::party), "conflicts with licence 'L1'"));
  d.licences.back().start = "2027-01-01";
  go(d, "L2", LicenceStatus::in_force, "2025-12-02", Actor::party);
}

TEST(Step, WhoTookItMustBeSaidAndAKnownUnitMustBeTheRightOne) {
  Dossier d = office();
  plan(d);
  const auto by = [&](std::string unit, Actor who = Actor::lead) {
    return StepRequest<ProjectStatus>{"J1", ProjectStatus::running, "2025-01-10", who, std::move(unit), ""};
  };
  go(d, "J1", ProjectStatus::approved, "2025-01-08", Actor::office);
  const auto refused = [&](const std::string& unit) {
    try {
      take_step(d, by(unit));
    } catch (const Error& error) {
      return error;
    }
    return Error(ErrorCode::ok, {});
  };
  EXPECT_TRUE(tells(refused(" "), "who took the step is not said"));
  EXPECT_TRUE(tells(refused("maker"), "not the lead unit here"));
  EXPECT_TRUE(tells(refused("Maker Ltd"), "let one of these take it: owner"));
  take_step(d, by("Owner Ltd"));
  EXPECT_EQ(d.projects.front().status, ProjectStatus::running) << "id and name are one unit";
  d.results.front().status = ResultStatus::shared;
  EXPECT_TRUE(tells(refusal(d, "R1", ResultStatus::withdrawn, "2025-12-01", Actor::contributor), "reason"));
  d.members.push_back(d.members.back());
  d.members.back().unit = "third";
  d.members.back().name.clear();
  const StepRequest<LicenceStatus> sign{"L1", LicenceStatus::in_force, "2025-12-01", Actor::party, "third", ""};
  EXPECT_THROW(take_step(d, sign), Error) << "no party";
  go(d, "L1", LicenceStatus::in_force, "2025-12-01", Actor::party);
}

TEST(Step, AMistypedDayInTheFutureIsRefused) {
  Dossier d = office();
  StepRequest<ProblemStatus> request{"P1", ProblemStatus::analysing, "2062-01-01", Actor::reporter, "Li", "", {}};
  request.latest = "2026-11-22";
  EXPECT_THROW(take_step(d, request), Error);
  EXPECT_TRUE(d.history.empty());
  request.date = "2026-11-22";
  take_step(d, request);
  EXPECT_EQ(d.history.size(), 1U);
}

TEST(Step, AFreeResultIsNotLicensedToOneAlone) {
  Dossier d = office();
  d.results.front().status = ResultStatus::shared;
  d.results.front().level = SharingLevel::open;
  d.results.front().terms = SharingTerms::free;
  d.licences.front().kind = LicenceKind::exclusive;
  EXPECT_TRUE(tells(refusal(d, "L1", LicenceStatus::in_force, "2025-12-01", Actor::party), "free use"));
  d.licences.front().kind = LicenceKind::ordinary;
  go(d, "L1", LicenceStatus::in_force, "2025-12-01", Actor::party);
}

TEST(StepBadInput, NumbersAndDaysThatAreNone) {
  Dossier d = office();
  EXPECT_EQ(refusal(d, "P9", ProblemStatus::analysing, "2025-01-05", Actor::lead).code(), ErrorCode::not_found);
  EXPECT_EQ(refusal(d, "P1", ProblemStatus::analysing, "soon", Actor::lead).code(), ErrorCode::invalid_value);
  EXPECT_TRUE(tells(refusal(d, "P1", ProblemStatus::analysing, "2025-01", Actor::lead), "whole date"));
  d.consortium.reset();
  EXPECT_EQ(refusal(d, "", ConsortiumStatus::lead_agreed, "2025-01-05", Actor::lead).code(), ErrorCode::not_found);
  EXPECT_TRUE(d.history.empty());
}

}  // namespace
}  // namespace chainqual::testing
