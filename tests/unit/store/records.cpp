// Records one at a time, versions, lists.

#include "unit/store/databases.hpp"
#include "unit/tableio/full_office.hpp"

namespace chainqual::testing {
namespace {

Problem problem_of(std::string number) {
  Problem problem;
  problem.number = std::move(number);
  problem.name = "焊接虚焊";
  problem.segments = {"cells"};
  problem.date = "2025-03-01";
  return problem;
}

TEST_P(EveryStore, GivesBackWhatWasEnteredWithVersionClerkAndTime) {
  Store store = open("李四");
  store.fill(full_office());
  Problem problem = problem_of("P2");
  problem.related = {"P1"};
  const Entry<Problem> entry = store.add(problem);
  EXPECT_EQ(entry.record, problem);
  EXPECT_EQ(entry.version, 1);
  EXPECT_EQ(entry.changed_by, "李四");
  EXPECT_EQ(entry.changed_at, "2027-06-01T08:30:00Z");
  EXPECT_EQ(open().find<Problem>("P2"), entry);
  EXPECT_EQ(open().get<Problem>(entry.number), entry);
  EXPECT_FALSE(store.find<Problem>("P3"));
  EXPECT_TRUE(store.check().empty());
}

TEST_P(EveryStore, TakesTextsAsTheReaderTakesThem) {
  Store store = open();
  store.fill(full_office());
  Problem problem = problem_of("  P2 ");
  problem.date = "2025/3/1";
  const Entry<Problem> entry = store.add(problem);
  EXPECT_EQ(entry.record.number, "P2");
  EXPECT_EQ(entry.record.date, "2025-03-01");
}

TEST_P(EveryStore, TellsAllThatIsWrongWithARecordAtOnce) {
  Store store = open();
  store.fill(full_office());
  Problem wrong = problem_of("P1");
  wrong.segments = {"cell"};
  wrong.date = "2025-02-30";
  wrong.status = ProblemStatus::solved;
  const Error error = error_of([&] { store.add(wrong); });
  EXPECT_EQ(error.findings().count(FindingLevel::error), 4U);
  EXPECT_TRUE(says(error, "cells")) << "the nearest id";
  EXPECT_TRUE(says(error, "2025-02-30"));
  EXPECT_TRUE(says(error, "such a record stands already"));
  EXPECT_TRUE(says(error, "a new record begins as identified"));
  EXPECT_EQ(store.list<Problem>().total, 1U);
  EXPECT_TRUE(says(error_of([&] {
                     store.add(ScoreRow{"P1", "甲", Decimal(3, 0), {}, Decimal(3, 0), ""});
                   }),
                   "diffusion"));
  Enterprise twin;
  twin.id = "x";
  twin.name = "X";
  twin.stage = Stage::downstream;
  twin.segments = {"cells"};
  EXPECT_TRUE(says(error_of([&] { store.add(twin); }), "home segment"));
  EXPECT_EQ(error_of([&] { store.add(Consortium{*full_office().consortium}); }).code(), ErrorCode::illegal_step);
  Consortium second;
  second.name = "另一个";
  EXPECT_TRUE(says(error_of([&] { store.add(second); }), "a chain has one"));
}

TEST_P(EveryStore, ClerksCannotOverwriteEachOther) {
  open().fill(full_office());
  Store first = open("王");
  Store second = open("李");
  const Entry<Problem> seen = *first.find<Problem>("P1");
  Problem ours = seen.record;
  ours.name = "甲";
  Problem theirs = seen.record;
  theirs.ideas = "乙";
  const Entry<Problem> changed = first.change(seen.number, seen.version, ours);
  EXPECT_EQ(changed.version, 2);
  const Error error = error_of([&] { second.change(seen.number, seen.version, theirs); });
  EXPECT_EQ(error.code(), ErrorCode::conflict);
  EXPECT_TRUE(says(error, "changed by '王' at 2027-06-01T08:30:00Z"));
  EXPECT_TRUE(says(error, "name '杂质' → '甲'")) << "what";
  EXPECT_TRUE(says(error, "问题名称“杂质”→“甲”"));
  EXPECT_EQ(error_of([&] { second.remove<Problem>(seen.number, seen.version); }).code(), ErrorCode::conflict);
  theirs.name = changed.record.name;
  EXPECT_EQ(second.change(seen.number, changed.version, theirs).record.ideas, "乙");
  const auto all = first.revisions<Problem>(seen.number);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].entry, seen);
  EXPECT_EQ(all[1].entry, changed);
  EXPECT_EQ(all[1].ended_by, "李");
  EXPECT_EQ(all[2].ended_at, "");
  EXPECT_TRUE(first.check().empty());
}

TEST_P(EveryStore, AChangeThatChangesNothingMakesNoVersion) {
  Store store = open();
  store.fill(full_office());
  const Entry<Problem> seen = *store.find<Problem>("P1");
  EXPECT_EQ(store.change(seen.number, seen.version, seen.record), seen);
}

TEST_P(EveryStore, KeysStatusAndSigningStayAsTheyWere) {
  Store store = open();
  store.fill(full_office());
  const Entry<Licence> seen = *store.find<Licence>("L1");
  Licence changed = seen.record;
  changed.number = "L2";
  changed.status = LicenceStatus::terminated;
  changed.signed_on = "2024-01-01";
  const Error error = error_of([&] { store.change(seen.number, seen.version, changed); });
  EXPECT_EQ(error.findings().count(FindingLevel::error), 3U);
  EXPECT_EQ(store.find<Licence>("L1"), seen);
}

TEST_P(EveryStore, RemovesWhatNobodyRefersToAndSaysWhoRemovedIt) {
  Store store = open("李");
  store.fill(full_office());
  const Entry<Project> project = *store.find<Project>("J1");
  const Error referred = error_of([&] { store.remove<Project>(project.number, project.version); });
  EXPECT_EQ(referred.code(), ErrorCode::unknown_reference);
  EXPECT_TRUE(says(referred, "results R1 (project)"));
  const Entry<Problem> stepped = *store.find<Problem>("P1");
  EXPECT_EQ(error_of([&] { store.remove<Problem>(stepped.number, stepped.version); }).code(), ErrorCode::illegal_step);
  const Entry<Problem> entry = store.add(problem_of("P2"));
  store.remove<Problem>(entry.number, entry.version);
  EXPECT_FALSE(store.find<Problem>("P2"));
  const Error gone = error_of([&] { static_cast<void>(store.get<Problem>(entry.number)); });
  EXPECT_EQ(gone.code(), ErrorCode::not_found);
  EXPECT_TRUE(says(gone, "removed by '李'"));
  EXPECT_TRUE(store.search({"虚焊"}).hits.empty());
  ASSERT_EQ(store.revisions<Problem>(entry.number).size(), 1U);
  EXPECT_TRUE(store.revisions<Problem>(entry.number).front().removed);
  EXPECT_GT(store.add(problem_of("P2")).number, entry.number) << "no number is given twice";
  EXPECT_TRUE(store.check().empty());
}

TEST_P(EveryStore, ListsPagesFiltersAndSortsAlike) {
  Store store = open();
  store.fill(full_office());
  for (int i = 2; i <= 25; ++i) {
    Problem problem = problem_of("Q" + std::to_string(i));
    if (i % 2 == 0) problem.segments = {"packs", "cells"};
    if (i % 3 == 0) problem.category = Category::management;
    problem.date = i % 5 == 0 ? "" : "2025-03-" + std::to_string(10 + i % 7);
    store.add(problem);
  }
  Page<Problem> page = store.list<Problem>({.offset = 20, .limit = 10});
  EXPECT_EQ(page.total, 25U);
  EXPECT_EQ(page.entries.size(), 5U);
  EXPECT_EQ(page.entries.front().record.number, "Q21");
  EXPECT_EQ(store.list<Problem>({.where = {{"segments", Match::is, "packs"}}}).total, 12U);
  EXPECT_EQ(store.list<Problem>({.where = {{"segments", Match::is_not, "packs"}}}).total, 13U);
  EXPECT_EQ(store.list<Problem>({.where = {{"质量问题分类", Match::is, "质量管理"}}}).total, 8U) << "Chinese words";
  EXPECT_EQ(
      store.list<Problem>({.where = {{"category", Match::is_not, "management"}, {"date", Match::empty, ""}}}).total,
      5U);
  EXPECT_EQ(
      store.list<Problem>({.where = {{"date", Match::from, "2025-03-15"}, {"date", Match::until, "2025-03-15"}}}).total,
      2U);
  EXPECT_EQ(store.list<Problem>({.where = {{"name", Match::contains, "虚焊"}}}).total, 24U);
  const auto numbers = [](const Page<Problem>& rows) {
    std::string all;
    for (const auto& entry : rows.entries) all += entry.record.number + " ";
    return all;
  };
  EXPECT_EQ(numbers(store.list<Problem>({.order_by = "date", .limit = 7})), "P1 Q5 Q10 Q15 Q20 Q25 Q7 ");
  EXPECT_EQ(numbers(store.list<Problem>({.order_by = "date", .descending = true, .limit = 4})), "Q6 Q13 Q12 Q19 ");
  EXPECT_EQ(numbers(store.list<Problem>({.descending = true, .limit = 2})), "Q25 Q24 ");
  EXPECT_TRUE(says(error_of([&] {
                     static_cast<void>(store.list<Problem>({.where = {{"statos", Match::is, ""}}}));
                   }),
                   "status"));
  EXPECT_THROW(static_cast<void>(store.list<Problem>({.where = {{"status", Match::is, "done"}}})), Error);
  EXPECT_THROW(static_cast<void>(store.list<Problem>({.where = {{"products", Match::is, "x"}}})), Error);
  EXPECT_EQ(store.list<Milestone>().total, 0U);
}

}  // namespace
}  // namespace chainqual::testing
