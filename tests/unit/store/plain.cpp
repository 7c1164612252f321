// Records and steps as texts: what the program and other languages pass.

#include "unit/store/databases.hpp"
#include "unit/tableio/full_office.hpp"

namespace chainqual::testing {
namespace {

TEST_P(EveryStore, TakesAndGivesRecordsAsTexts) {
  Store store = open();
  store.fill(full_office());
  const PlainEntry entry = store.add(TableId::problems, {{"编号", "P2"},
                                                         {"产业链位置", "中游"},
                                                         {"segments", "packs；cells"},
                                                         {"date", "2025年3月1日"},
                                                         {"cost", "50%"},
                                                         {"name", "虚焊"}});
  const Entry<Problem> typed = *store.find<Problem>("P2");
  EXPECT_EQ(typed.record.stage, Stage::midstream);
  EXPECT_EQ(typed.record.segments, (std::vector<std::string>{"packs", "cells"}));
  EXPECT_EQ(typed.record.date, "2025-03-01");
  EXPECT_EQ(entry.value("stage"), "midstream");
  EXPECT_EQ(entry.value("cost"), typed.record.aspect_shares[0]->to_string());
  EXPECT_EQ(entry.value("ideas"), "");
  EXPECT_EQ(store.find(TableId::problems, "P2"), entry);
  EXPECT_EQ(store.get(TableId::problems, entry.number), entry);
  EXPECT_EQ(store.list(TableId::problems).total, 2U);
  EXPECT_EQ(store.list(TableId::problems).entries.back(), entry);
  EXPECT_TRUE(store.check().empty());
}

TEST_P(EveryStore, ChangesTheFieldsGivenAndNoOthers) {
  Store store = open();
  store.fill(full_office());
  const PlainEntry seen = *store.find(TableId::problems, "P1");
  const PlainEntry changed =
      store.change(TableId::problems, seen.number, seen.version, {{"ideas", "换料"}, {"name", ""}});
  EXPECT_EQ(changed.value("ideas"), "换料");
  EXPECT_EQ(changed.value("name"), "");
  EXPECT_EQ(changed.value("segments"), seen.value("segments"));
  EXPECT_EQ(error_of([&] {
              store.change(TableId::problems, seen.number, seen.version, {{"ideas", "x"}});
            }).code(),
            ErrorCode::conflict);
  const PlainEntry added = store.add(TableId::risks, {{"project", "J1"}, {"grave", "是"}});
  EXPECT_EQ(added.value("grave"), "true");
  store.remove(TableId::risks, added.number, added.version);
  EXPECT_EQ(store.list(TableId::risks).total, 1U);
}

TEST_P(EveryStore, TellsWhatIsWrongWithTexts) {
  Store store = open();
  store.fill(full_office());
  const auto add = [&](TableId table, const PlainRecord& fields) {
    return error_of([&] { store.add(table, fields); });
  };
  EXPECT_EQ(add(TableId::problems, {{"nmae", "x"}}).code(), ErrorCode::unknown_column);
  EXPECT_TRUE(says(add(TableId::problems, {{"nmae", "x"}}), "name"));
  const Error two = add(TableId::problems, {{"number", "P3"}, {"stage", "上上游"}, {"date", "2025-13-01"}});
  EXPECT_EQ(two.findings().count(FindingLevel::error), 2U) << "all at once";
  EXPECT_TRUE(says(add(TableId::problems, {{"name", "x"}}), "number"));
  EXPECT_EQ(add(TableId::history, {{"table", "problem"}, {"to", "solved"}, {"date", "2025-01-01"}}).code(),
            ErrorCode::invalid_argument);
  EXPECT_EQ(add(TableId::none, {}).code() == ErrorCode::ok, false);
  EXPECT_TRUE(says(error_of([] { static_cast<void>(table_named("problem")); }), "problems"));
  EXPECT_EQ(table_named("质量问题库"), TableId::problems);
}

TEST_P(EveryStore, TakesStepsInWords) {
  Store store = open();
  Dossier planned = full_office();
  plan(planned);
  store.fill(planned);
  Entry<Project> project = *store.find<Project>("J1");
  EXPECT_EQ(store.step({"project", "J1", "已立项", "2025-01-08", "办公室"}, project.version).step, "approve");
  const auto refused = [&](const PlainStep& step) { return error_of([&] { store.step(step); }); };
  EXPECT_TRUE(says(refused({"project", "J1", "done", "2025-01-09", "lead"}), "running"));
  EXPECT_TRUE(says(refused({"project", "J1", "running", "2025-01-09", "boss"}), "lead"));
  EXPECT_TRUE(says(refused({"projects", "J1", "running", "2025-01-09", "lead"}), "lifecycle"));
  EXPECT_EQ(refused({"project", "J1", "accepted", "2025-01-09", "lead"}).code(), ErrorCode::illegal_step);
  EXPECT_EQ(store.step({"problem", "P1", "identified", "2025-01-09", "lead", "王", "重写"}).step, "set_back");
}

}  // namespace
}  // namespace chainqual::testing
