#include "chainqual/register/due.hpp"

#include "unit/register/office.hpp"

namespace chainqual::testing {
namespace {

std::vector<DueItem> due(const Dossier& d, const char* day, DueKind kind, DueOptions options = {}) {
  std::vector<DueItem> found;
  for (const DueItem& item : due_items(d, on(day), options)) {
    if (item.kind == kind) found.push_back(item);
  }
  return found;
}

Dossier running() {
  Dossier d = office();
  d.projects.front().status = ProjectStatus::running;
  return d;
}

std::vector<ProjectWarning> warned(const Dossier& d, const char* day, WarningKind kind) {
  std::vector<ProjectWarning> found;
  for (const ProjectWarning& warning : project_warnings(d, on(day))) {
    if (warning.kind == kind) found.push_back(warning);
  }
  return found;
}

TEST(Due, ReviewsComeAYearAfterTheLastOne) {
  Dossier d = office();
  EXPECT_TRUE(due(d, "2025-12-01", DueKind::review).empty()) << "31 days before";
  ASSERT_EQ(due(d, "2025-12-02", DueKind::review).size(), 4U) << "30 days before";
  EXPECT_EQ(due(d, "2025-12-02", DueKind::review).front().overdue_days, -30);
  d.reviews.push_back({ReviewSubject::problem_library, "2025-06-30", "office", ""});
  const auto rest = due(d, "2026-01-11", DueKind::review);
  ASSERT_EQ(rest.size(), 3U);
  EXPECT_EQ(rest.front().number, "map");
  EXPECT_EQ(rest.front().overdue_days, 10);
  d.info.review_cycle_months = 6;
  EXPECT_EQ(due(d, "2025-12-30", DueKind::review).back().number, "problem_library");
}

TEST(Due, ReviewsOfRegistersBegunByHandCountFromTheirFirstDay) {
  Dossier d = office();
  d.info.date.clear();
  const auto first = due(d, "2026-01-02", DueKind::review);
  ASSERT_EQ(first.size(), 4U) << "the first member entered on 2025-01-02";
  EXPECT_EQ(first.front().overdue_days, 0);
  EXPECT_NE(first.front().what.en.find("never held"), std::string::npos);
  DueOptions options;
  options.begun = on("2025-09-01");
  EXPECT_TRUE(due(d, "2026-01-02", DueKind::review, options).empty());
  EXPECT_EQ(due(d, "2026-09-01", DueKind::review, options).size(), 4U);
  d.members.clear();
  EXPECT_TRUE(due(d, "2026-01-02", DueKind::review).empty()) << "nothing to count from";
}

TEST(Due, AGraveEventAsksForANewMapUntilItIsDrawn) {
  Dossier d = office();
  ChainEvent event;
  event.number = "E1";
  event.date = "2025-04-01";
  event.name = "breakthrough";
  d.events.push_back(event);
  EXPECT_TRUE(due(d, "2025-04-02", DueKind::map_trigger).empty()) << "not a trigger";
  d.events.front().trigger = true;
  ASSERT_EQ(due(d, "2025-04-02", DueKind::map_trigger).size(), 1U);
  d.reviews.push_back({ReviewSubject::map, "2025-04-03", "office", ""});
  EXPECT_TRUE(due(d, "2025-04-04", DueKind::map_trigger).empty());
}

TEST(Due, RunningProjectsReportEveryQuarter) {
  Dossier d = running();
  EXPECT_EQ(due(d, "2025-04-10", DueKind::progress_report).front().due.to_string(), "2025-04-10");
  d.reports.push_back({"J1", "2025-04-08", Decimal::from_string("0.25"), {}, "", ""});
  EXPECT_TRUE(due(d, "2025-04-10", DueKind::progress_report).empty());
  EXPECT_EQ(due(d, "2025-08-08", DueKind::progress_report).front().overdue_days, 31);
  EXPECT_EQ(due(d, "2025-05-08", DueKind::progress_report, {1, 0}).size(), 1U) << "a cycle of one month";
  d.info.report_cycle_months = 2;
  EXPECT_EQ(due(d, "2025-06-08", DueKind::progress_report).front().overdue_days, 0) << "the chain's cycle";
  EXPECT_EQ(due(d, "2025-05-08", DueKind::progress_report, {1, 0}).size(), 1U) << "the cycle asked for goes before it";
  d.info.report_cycle_months = 0;
  EXPECT_THROW(due(d, "2025-06-08", DueKind::progress_report), Error);
  d.info.report_cycle_months = 3;
  d.projects.front().status = ProjectStatus::accepted;
  EXPECT_TRUE(due(d, "2025-08-08", DueKind::progress_report).empty());
}

TEST(Due, MilestonesEndsAndLicencesFallDue) {
  Dossier d = running();
  d.milestones = {{"J1", "1", "pilot", "", "2025-06", "", ""}, {"J1", "2", "done", "", "2025-06", "2025-05-01", ""}};
  ASSERT_EQ(due(d, "2025-06-30", DueKind::milestone).size(), 1U);
  EXPECT_EQ(due(d, "2025-06-30", DueKind::milestone).front().overdue_days, 0) << "a month: its last day";
  EXPECT_EQ(due(d, "2025-12-31", DueKind::project_end).size(), 1U);
  d.licences.front().status = LicenceStatus::in_force;
  EXPECT_EQ(due(d, "2027-01-01", DueKind::licence_end).front().overdue_days, 0);
}

TEST(Due, AnAcceptedProjectAsksForConfirmationOfItsProblem) {
  Dossier d = running();
  d.problems.front().status = ProblemStatus::in_breakthrough;
  EXPECT_TRUE(due(d, "2025-12-01", DueKind::confirmation).empty());
  hand_everything_in(d);
  go(d, "J1", ProjectStatus::acceptance_applied, "2025-11-01", Actor::lead);
  go(d, "J1", ProjectStatus::accepted, "2025-11-20", Actor::experts);
  const auto items = due(d, "2025-12-01", DueKind::confirmation);
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items.front().number, "P1");
  EXPECT_EQ(items.front().overdue_days, 11);
  go(d, "J1", ProjectStatus::archived, "2025-11-30", Actor::office);
  EXPECT_EQ(due(d, "2025-12-01", DueKind::confirmation).size(), 1U) << "filed by now, and accepted all the same";
}

TEST(Due, ItemsComeByDay) {
  Dossier d = running();
  d.milestones = {{"J1", "1", "pilot", "", "2025-02-01", "", ""}};
  const auto items = due_items(d, on("2026-06-01"), {});
  ASSERT_GE(items.size(), 6U);
  for (std::size_t k = 1; k < items.size(); ++k) EXPECT_LE(items[k - 1].due, items[k].due);
}

TEST(DueBadInput, DaysThatAreNoneAndCyclesOfNothing) {
  Dossier d = running();
  EXPECT_THROW(static_cast<void>(due_items(d, on("2026-01-01"), {0, 30})), Error);
  d.milestones = {{"J1", "1", "pilot", "", "June", "", ""}};
  EXPECT_THROW(static_cast<void>(due_items(d, on("2026-01-01"))), Error);
}

TEST(Warnings, AMilestoneSlipsTheDayAfterItWasDue) {
  Dossier d = running();
  d.milestones = {{"J1", "1", "pilot", "", "2025-06-30", "", ""}};
  EXPECT_TRUE(warned(d, "2025-06-30", WarningKind::milestone_slipped).empty());
  ASSERT_EQ(warned(d, "2025-07-01", WarningKind::milestone_slipped).size(), 1U);
  d.milestones.front().done = "2025-07-01";
  EXPECT_TRUE(warned(d, "2025-07-01", WarningKind::milestone_slipped).empty());
}

TEST(Warnings, ATargetIsUnlikelyWhenItLagsFarBehindTheCalendar) {
  Dossier d = running();
  d.projects.front().start = "2025-01-01";
  d.projects.front().end = "2025-12-31";  // 364 days
  IndicatorRow row;
  row.project = "J1";
  row.name = "pass rate";
  row.baseline = Decimal::from_string("95");
  row.target = Decimal::from_string("99");
  row.value = Decimal::from_string("95.5");  // an eighth of the way
  d.indicators.push_back(row);
  EXPECT_TRUE(warned(d, "2025-07-01", WarningKind::target_unlikely).empty()) << "181 of 364 days: not yet half";
  EXPECT_EQ(warned(d, "2025-07-02", WarningKind::target_unlikely).size(), 1U) << "half of the period";
  d.indicators.front().value = Decimal::from_string("96");  // a quarter of the way at half the time
  EXPECT_TRUE(warned(d, "2025-07-02", WarningKind::target_unlikely).empty());
  // Lower is better is no other case: the way leads down.
  d.indicators.front().baseline = Decimal::from_string("5");
  d.indicators.front().target = Decimal::from_string("1");
  d.indicators.front().value = Decimal::from_string("4.5");
  EXPECT_EQ(warned(d, "2025-07-02", WarningKind::target_unlikely).size(), 1U);
}

TEST(Warnings, MembersThatLeaveEventsAndGraveRisks) {
  Dossier d = running();
  EXPECT_TRUE(project_warnings(d, on("2025-03-01")).empty());
  d.members.back().left = "2025-02-15";
  EXPECT_TRUE(warned(d, "2025-02-14", WarningKind::member_left).empty());
  EXPECT_EQ(warned(d, "2025-02-15", WarningKind::member_left).front().since, on("2025-02-15"));
  ChainEvent event;
  event.date = "2025-02-20";
  event.name = "tool ban";
  event.dimension = WatchDimension::supply;
  event.segments = {"packs"};
  d.events.push_back(event);
  EXPECT_TRUE(warned(d, "2025-03-01", WarningKind::event).empty()) << "another segment";
  d.events.front().segments = {"cells"};
  ASSERT_EQ(warned(d, "2025-03-01", WarningKind::event).size(), 1U) << "the segment of its problem";
  EXPECT_EQ(warned(d, "2025-03-01", WarningKind::event).front().what.en, "purchasing and supply: tool ban");
  d.reports.push_back({"J1", "2025-02-25", {}, {}, "", ""});
  EXPECT_TRUE(warned(d, "2025-03-01", WarningKind::event).empty()) << "reported on since";
  ProjectRisk risk;
  risk.project = "J1";
  risk.raised = "2025-02-26";
  risk.description = "no ore";
  d.risks.push_back(risk);
  EXPECT_TRUE(warned(d, "2025-03-01", WarningKind::grave_risk).empty()) << "not grave";
  d.risks.front().grave = true;
  EXPECT_EQ(warned(d, "2025-03-01", WarningKind::grave_risk).size(), 1U);
  EXPECT_EQ(warned(d, "2026-01-01", WarningKind::period_over).size(), 1U);
  d.projects.front().status = ProjectStatus::archived;
  EXPECT_TRUE(project_warnings(d, on("2026-01-01")).empty()) << "only running projects";
}

/// A chain of two enterprises at one segment each; J1 runs for P1.
Dossier placed() {
  Dossier d = running();
  for (const char* id : {"owner", "maker"}) {
    Enterprise enterprise;
    enterprise.id = id;
    enterprise.name = std::string(id) + " Ltd";
    enterprise.segments = {std::string(id) == "owner" ? "packs" : "cells"};
    enterprise.stage = std::string(id) == "owner" ? Stage::midstream : Stage::upstream;
    d.chain.add_enterprise(enterprise);
  }
  d.projects.front().lead = "institute";
  d.projects.front().participants.clear();
  d.problems.front().segments.clear();
  d.problems.front().stage = Stage::upstream;
  return d;
}

bool touched(Dossier d, std::vector<std::string> segments, std::vector<std::string> enterprises) {
  ChainEvent event;
  event.date = "2025-02-20";
  event.segments = std::move(segments);
  event.enterprises = std::move(enterprises);
  d.events.push_back(event);
  return !warned(d, "2025-03-01", WarningKind::event).empty();
}

TEST(Warnings, AProblemOfAWholeStageSitsInAllItsSegmentsAndEnterprises) {
  const Dossier d = placed();
  EXPECT_TRUE(touched(d, {"cells"}, {}));
  EXPECT_FALSE(touched(d, {"packs"}, {}));
  EXPECT_TRUE(touched(d, {}, {"maker"}));
  EXPECT_FALSE(touched(d, {}, {"owner"}));
}

TEST(Warnings, AProblemOfASegmentSitsAtItsEnterprisesAndOneOfAnEnterpriseInItsSegment) {
  Dossier d = placed();
  d.problems.front().segments = {"packs"};
  EXPECT_TRUE(touched(d, {}, {"owner"}));
  EXPECT_FALSE(touched(d, {}, {"maker"}));
  d.problems.front().segments.clear();
  d.problems.front().enterprises = {"owner"};
  EXPECT_TRUE(touched(d, {"packs"}, {}));
  EXPECT_FALSE(touched(d, {"cells"}, {}));
}

TEST(Warnings, AnEventAtTheLeadOrAParticipantTouchesTheProject) {
  Dossier d = placed();
  d.problems.front().segments = {"cells"};
  EXPECT_FALSE(touched(d, {}, {"owner"}));
  d.projects.front().participants = {"owner Ltd"};
  EXPECT_TRUE(touched(d, {}, {"owner"})) << "by its name";
  d.projects.front().participants.clear();
  d.projects.front().lead = "owner";
  EXPECT_TRUE(touched(d, {}, {"owner"}));
}

}  // namespace
}  // namespace chainqual::testing
