// What a clerk cannot do by editing around the rules: a store refuses it, tells all of it, and keeps what stood.

#include "unit/store/databases.hpp"
#include "unit/tableio/full_office.hpp"

namespace chainqual::testing {
namespace {

/// J1 brought to running by the store's own steps; the result shared, the licence signed.
Dossier office_at_work() {
  Dossier dossier = full_office();
  dossier.projects.front().status = ProjectStatus::proposed;
  dossier.changes.clear();
  plan(dossier);
  dossier.results.front().status = ResultStatus::shared;
  return dossier;
}

void start(Store& store) {
  store.step({"project", "J1", "approved", "2025-01-08", "office", "王"});
  store.step({"project", "J1", "running", "2025-01-10", "lead", "owner"});
}

/// A store whose clock tells `now`.
Store timed(const std::string& address, const std::string& now) {
  StoreOptions options;
  options.clerk = "王";
  options.clock = [&now] { return now; };
  return Store::open(address, options);
}

PlainEntry edit(Store& store, TableId table, const char* number, const PlainRecord& fields) {
  const PlainEntry seen = *store.find(table, number);
  return store.change(table, seen.number, seen.version, fields);
}

TEST_P(EveryStore, ChangesARunningProjectThroughAnApprovedApplicationAlone) {
  Store store = open();
  store.fill(office_at_work());
  edit(store, TableId::projects, "J1", {{"lead", "maker"}});
  edit(store, TableId::projects, "J1", {{"lead", "owner"}});
  start(store);
  const Error refused = error_of([&] {
    edit(store, TableId::projects, "J1",
         {{"lead", "maker"}, {"end", "2026-12-31"}, {"expected", "别的"}, {"problems", ""}});
  });
  EXPECT_EQ(refused.findings().count(FindingLevel::error), 4U) << "all at once";
  EXPECT_TRUE(says(refused, "立项后的负责人变更须有已批准的申请"));
  const PlainRecord application{{"project", "J1"},  {"number", "C1"},       {"kind", "leader"},
                                {"after", "maker"}, {"reason", "转产"},     {"applied", "2025-02-01"},
                                {"by", "owner"},    {"decision", "pending"}};
  PlainRecord decided = application;
  decided.back().second = "approved";
  EXPECT_EQ(error_of([&] { store.add(TableId::changes, decided); }).code(), ErrorCode::illegal_step);
  store.add(TableId::changes, application);
  EXPECT_EQ(error_of([&] { store.add(TableId::changes, application); }).code(), ErrorCode::illegal_step) << "twice";
  EXPECT_EQ(error_of([&] {
              edit(store, TableId::projects, "J1", {{"lead", "maker"}});
            }).code(),
            ErrorCode::illegal_step)
      << "it is pending";
  store.step({"change", "J1/C1", "approved", "2025-02-03", "office", "王"});
  EXPECT_EQ(error_of([&] {
              edit(store, TableId::projects, "J1", {{"end", "2026-12-31"}});
            }).code(),
            ErrorCode::illegal_step)
      << "another kind of change";
  edit(store, TableId::projects, "J1", {{"lead", "maker"}});
  EXPECT_EQ(store.find<Project>("J1")->record.lead, "maker");
  store.step({"change", "J1/C1", "carried_out", "2025-02-04", "office", "王"});
  EXPECT_EQ(error_of([&] {
              edit(store, TableId::projects, "J1", {{"lead", "owner"}});
            }).code(),
            ErrorCode::illegal_step);
  const auto change = store.list<Change>().entries.front();
  EXPECT_EQ(change.record.decided, "2025-02-03");
  EXPECT_EQ(change.record.decided_by, "王");
  EXPECT_EQ(error_of([&] { store.remove<Change>(change.number, change.version); }).code(), ErrorCode::illegal_step);
  EXPECT_EQ(store.history("change", "J1/C1").size(), 2U);
  EXPECT_TRUE(store.check().empty());
}

TEST_P(EveryStore, AddsNoMilestoneOrTargetToARunningProjectByHand) {
  Store store = open();
  store.fill(office_at_work());
  const PlainEntry milestone =
      store.add(TableId::milestones, {{"project", "J1"}, {"number", "7"}, {"name", "小试"}, {"due", "2025-06-30"}});
  start(store);
  const auto refused = [&](TableId table, const PlainRecord& fields) {
    return error_of([&] { store.add(table, fields); }).code();
  };
  EXPECT_EQ(refused(TableId::milestones, {{"project", "J1"}, {"number", "8"}, {"name", "中试"}}),
            ErrorCode::illegal_step);
  EXPECT_EQ(refused(TableId::indicators, {{"project", "J1"}, {"name", "合格率"}, {"target", "90"}}),
            ErrorCode::illegal_step);
  store.add(TableId::indicators, {{"name", "全链合格率"}, {"target", "90"}});
  EXPECT_EQ(error_of([&] {
              store.change(TableId::milestones, milestone.number, milestone.version, {{"due", "2026-06-30"}});
            }).code(),
            ErrorCode::illegal_step);
  store.change(TableId::milestones, milestone.number, milestone.version, {{"done", "2025-05-30"}});
}

TEST_P(EveryStore, KeepsASignedLicenceAndASharedResultAsTheyAre) {
  Store store = open();
  store.fill(office_at_work());
  const auto refused = [&](TableId table, const char* number, const PlainRecord& fields) {
    return error_of([&] { edit(store, table, number, fields); }).findings().count(FindingLevel::error);
  };
  EXPECT_EQ(refused(TableId::licences, "L1", {{"kind", "exclusive"}, {"licensee", "甲"}, {"end", "2039-01-01"}}), 3U);
  EXPECT_EQ(refused(TableId::results, "R1", {{"pledged", "否"}, {"level", "open"}, {"terms", "free"}}), 3U);
  edit(store, TableId::results, "R1", {{"summary", "说得更清楚"}});
  const auto licence = *store.find<Licence>("L1");
  EXPECT_EQ(licence.record.kind, LicenceKind::sole);
  EXPECT_EQ(error_of([&] { store.remove<Licence>(licence.number, licence.version); }).code(), ErrorCode::illegal_step);
}

TEST_P(EveryStore, SaysWhoTookAStepAndRefusesTheWrongUnit) {
  Store store = open("李四");
  store.fill(office_at_work());
  EXPECT_EQ(store.step({"project", "J1", "approved", "2025-01-08", "office"}).by, "李四") << "the clerk";
  const auto by = [&](const char* unit) {
    return error_of([&] { store.step({"project", "J1", "running", "2025-01-10", "lead", unit}); });
  };
  EXPECT_TRUE(says(by("maker Ltd"), "owner")) << "a unit of the chain, and not the lead";
  EXPECT_TRUE(says(by("检测中心"), "owner")) << "an institution";
  EXPECT_EQ(store.step({"project", "J1", "running", "2025-01-10", "lead", "owner Ltd"}).by, "owner Ltd");
  Store nobody = open("");
  EXPECT_TRUE(says(error_of([&] {
                     nobody.step({"project", "J1", "mid_term_check", "2025-01-11", "office"});
                   }),
                   "没有写明办理人"));
}

TEST_P(EveryStore, RefusesAStepOfAMistypedFutureYear) {
  Store store = open();
  store.fill(office_at_work());
  EXPECT_TRUE(says(error_of([&] {
                     store.step({"project", "J1", "approved", "2062-01-08", "office", "王"});
                   }),
                   "lies in the future"));
  store.step({"project", "J1", "approved", "2025-01-08", "office", "王"});
  EXPECT_EQ(store.history("project", "J1").size(), 1U);
}

TEST_P(EveryStore, TellsAllThatIsWrongWithTextsAtOnce) {
  Store store = open();
  store.fill(full_office());
  const Error error = error_of([&] {
    store.add(TableId::problems, {{"number", "P1"},
                                  {"stage", "unknown"},
                                  {"date", "2025-02-30"},
                                  {"category", "foo"},
                                  {"segments", "nope"},
                                  {"status", "solved"}});
  });
  EXPECT_EQ(error.findings().count(FindingLevel::error), 6U) << "cells, reference, key and first status together";
  const Error far = error_of([&] { store.add(TableId::problems, {{"zzzzzzzzzz", "x"}}); });
  EXPECT_TRUE(says(far, "Its fields: number, name"));
  EXPECT_FALSE(says(far, "Nearest: ."));
}

TEST_P(EveryStore, KnowsWhichLifecyclesAndRecordsThereAre) {
  Store store = open();
  store.fill(full_office());
  EXPECT_TRUE(says(error_of([&] { static_cast<void>(store.history("nolife", "P1")); }), "problem, project"));
  EXPECT_EQ(error_of([&] { static_cast<void>(store.history("problem", "P9")); }).code(), ErrorCode::not_found);
  EXPECT_EQ(error_of([&] { static_cast<void>(store.history("change", "J1/C9")); }).code(), ErrorCode::not_found);
  EXPECT_TRUE(store.history("project", "J1").empty()) << "it is there, and took no step";
  EXPECT_TRUE(store.history("change", "J1/C1").empty());
}

TEST_P(EveryStore, ShowsARegisterWordForWordAsItWasRecorded) {
  std::string now = "2025-02-01T10:00:00Z";
  Store store = timed(address(), now);
  store.fill(office_at_work());
  const Dossier first = store.content();
  now = "2025-03-01T10:00:00Z";
  edit(store, TableId::projects, "J1", {{"expected", "99.9 %"}, {"end", "2026-12-31"}});
  const Entry<ProjectRisk> risk = store.list<ProjectRisk>().entries.front();
  store.remove<ProjectRisk>(risk.number, risk.version);
  now = "2025-04-01T10:00:00Z";
  Problem problem;
  problem.number = "P2";
  problem.date = "2025-01-01";
  store.add(problem);
  const auto then = [&](const char* day) { return store.as_of(on(day), Moment::recorded); };
  EXPECT_TRUE(then("2025-01-31").projects.empty()) << "nothing was recorded yet";
  EXPECT_TRUE(same_content(then("2025-02-01"), first));
  EXPECT_TRUE(same_content(then("2025-02-28"), first));
  EXPECT_EQ(then("2025-03-01").projects.front().expected, "99.9 %");
  EXPECT_TRUE(then("2025-03-01").risks.empty());
  EXPECT_EQ(then("2025-03-31").problems.size(), 1U) << "entered later, whatever day it gives";
  EXPECT_EQ(store.as_of(on("2025-03-31")).problems.size(), 2U);
  EXPECT_TRUE(same_content(then("2025-04-01"), store.content()));
}

TEST_P(EveryStore, CountsReviewsFromItsFirstRecordWhenBegunByHand) {
  std::string now = "2025-02-01T10:00:00Z";
  Store store = timed(address(), now);
  EXPECT_TRUE(store.due(on("2035-01-01")).empty()) << "nothing is entered";
  Problem problem;
  problem.number = "P1";
  store.add(problem);
  now = "2025-05-01T10:00:00Z";
  const Entry<Problem> entry = *store.find<Problem>("P1");
  problem.name = "虚焊";
  store.change(entry.number, entry.version, problem);
  EXPECT_TRUE(store.due(on("2025-12-01")).empty());
  ASSERT_EQ(store.due(on("2026-02-01")).size(), 2U) << "problem library and map";
  EXPECT_EQ(store.due(on("2026-02-01")).front().overdue_days, 0) << "from its first version";
}

TEST_P(EveryStore, FindsAMemberByItsUnit) {
  Store store = open();
  Dossier dossier = office_at_work();
  store.fill(dossier);
  const Entry<Member> maker = *store.find<Member>("maker");
  EXPECT_EQ(maker.record.name, "Maker Ltd");
  Member back = maker.record;
  back.entered = "2025-09-01";
  back.left.clear();
  const Entry<Member> again = store.add(back);
  EXPECT_EQ(store.find<Member>("maker")->number, again.number) << "the time that is open";
  EXPECT_EQ(edit(store, TableId::members, "maker", {{"left", "2026-01-01"}}).number, again.number);
  const Error none = error_of([&] { static_cast<void>(store.find<Member>("maker")); });
  EXPECT_EQ(none.code(), ErrorCode::duplicate) << "two times, none of them open";
  EXPECT_TRUE(says(none, "#" + std::to_string(maker.number)));
  EXPECT_FALSE(store.find<Member>("nobody"));
}

}  // namespace
}  // namespace chainqual::testing
