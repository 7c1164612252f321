// What clerks ask of a store: the rules of the registers, former versions, what the chain says of itself.

#include "chainqual/register/conflicts.hpp"
#include "unit/store/databases.hpp"
#include "unit/tableio/full_office.hpp"

namespace chainqual::testing {
namespace {

Date day(const char* text) {
  return *Date::parse(text);
}

TEST_P(EveryStore, SaysWhatTheRulesSayOfItsContent) {
  Store store = open();
  Dossier office = full_office();
  office.results.front().status = ResultStatus::shared;
  Project proposed = office.projects.front();
  proposed.number = "J2";
  proposed.status = ProjectStatus::proposed;
  proposed.lead = office.results.front().contributor;
  office.projects.push_back(proposed);
  store.fill(office);
  const Dossier content = store.content();
  const SharedResult& result = content.results.front();
  for (const std::string unit : {"", "maker", "owner", "乙"}) {
    for (const char* on : {"2025-01-01", "2026-03-01"}) {
      const Access said = access_to(content, result, unit, day(on));
      const Access found = store.access(result.number, unit, day(on));
      EXPECT_EQ(found.see, said.see) << unit << on;
      EXPECT_EQ(found.use, said.use) << unit << on;
      EXPECT_EQ(found.reason, said.reason) << unit << on;
    }
  }
  const auto covered = coverage(content, day("2025-06-01"));
  const auto found = store.coverage(day("2025-06-01"));
  ASSERT_EQ(found.size(), covered.size());
  for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i].untested, covered[i].untested);
  const auto proposals = store.proposals();
  const auto ranked = ranked_proposals(content);
  ASSERT_EQ(proposals.size(), ranked.size());
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    EXPECT_EQ(proposals[i].project, *ranked[i].project);
    EXPECT_EQ(proposals[i].contributed, ranked[i].contributed);
  }
  EXPECT_EQ(proposals.front().contributed, 1U);
  EXPECT_EQ(store.conflicts(content.licences.front().number).size(),
            conflicts_of(content, content.licences.front()).size());
  const Error unknown = error_of([&] { static_cast<void>(store.access("R9", "", day("2025-06-01"))); });
  EXPECT_EQ(unknown.code(), ErrorCode::not_found);
  EXPECT_TRUE(says(unknown, result.number)) << "the nearest are named";
}

TEST_P(EveryStore, KeepsEveryVersionOfARecordInTexts) {
  Store store = open("王");
  store.fill(full_office());
  PlainEntry entry = *store.find(TableId::problems, "P1");
  store.change(TableId::problems, entry.number, entry.version, {{"ideas", "换料"}});
  const auto all = store.revisions(TableId::problems, entry.number);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].entry.value("ideas"), entry.value("ideas"));
  EXPECT_EQ(all[0].ended_by, "王");
  EXPECT_EQ(all[1].entry.value("ideas"), "换料");
  EXPECT_TRUE(all[1].ended_at.empty());
  EXPECT_TRUE(store.revisions(TableId::problems, 99'999).empty());
}

TEST_P(EveryStore, ChangesWhatTheChainSaysOfItselfFieldByField) {
  Store store = open("王");
  store.fill(full_office());
  const Entry<ChainInfo> before = store.info();
  const Entry<ChainInfo> after = store.change_info(before.version, InfoTexts{{"review_cycle_months", "6"},
                                                                             {"来源", "甲"},
                                                                             {"sources", "乙"},
                                                                             {"英文来源", "first"},
                                                                             {"sources_en", "second"}});
  ChainInfo expected = before.record;
  expected.review_cycle_months = 6;
  expected.sources = {"甲", "乙"};
  expected.sources_en = {"first", "second"};
  EXPECT_EQ(after.record, expected);
  EXPECT_EQ(after.version, before.version + 1);
  EXPECT_EQ(error_of([&] { store.change_info(before.version, InfoTexts{{"name", "x"}}); }).code(), ErrorCode::conflict);
  EXPECT_EQ(error_of([&] {
              store.change_info(after.version, InfoTexts{{"date", "2025-02-30"}});
            }).code(),
            ErrorCode::invalid_value);
  EXPECT_EQ(error_of([&] {
              store.change_info(after.version, InfoTexts{{"cycle", "6"}});
            }).code(),
            ErrorCode::unknown_column);
  EXPECT_EQ(store.info().record, expected) << "what is refused changes nothing";
}

TEST_P(EveryStore, TakesNoDefaultForWhatMustBeSaid) {
  Store store = open("王");
  store.fill(full_office());
  const Error bare = error_of([&] { store.add(TableId::problems, {{"number", "P9"}}); });
  EXPECT_TRUE(says(bare, "产业链位置")) << "it would have stood upstream";
  EXPECT_EQ(bare.findings().count(FindingLevel::error), 1U);
  EXPECT_FALSE(store.find(TableId::problems, "P9"));
  store.add(TableId::problems, {{"number", "P9"}, {"stage", "下游"}});
}

TEST_P(EveryStore, RefusesUnitsThatTheHeadingOrTheRowTellsAlready) {
  Store store = open("王");
  store.fill(full_office());
  const auto refused = [&](TableId table, const PlainRecord& fields) {
    return error_of([&] { store.add(table, fields); }).findings().count(FindingLevel::error);
  };
  EXPECT_EQ(refused(TableId::projects, {{"number", "J9"}, {"name", "甲"}, {"budget", "120万"}}), 1U)
      << "of 万元: 1,200,000 were written";
  EXPECT_EQ(refused(TableId::indicators, {{"name", "合格率"}, {"unit", "%"}, {"baseline", "80"}, {"target", "99%"}}),
            1U)
      << "of %: 0.99 was written";
  EXPECT_EQ(store.add(TableId::projects, {{"number", "J9"}, {"name", "甲"}, {"budget", "120"}}).value("budget"), "120");
}

TEST(InWords, WordsAreThoseOfTheLanguageAndNumbersStay) {
  PlainEntry entry;
  entry.table = TableId::problems;
  entry.fields = {{"number", "P1"},         {"stage", "upstream"}, {"status", "analysing"},
                  {"declared", "critical"}, {"common", "true"},    {"cost", "0.20"}};
  const PlainEntry said = in_words(entry, Language::zh);
  EXPECT_EQ(said.value("stage"), "上游");
  EXPECT_EQ(said.value("status"), "分析中");
  EXPECT_EQ(said.value("common"), "是");
  EXPECT_EQ(said.value("cost"), "0.20");
  EXPECT_EQ(said.value("declared").find("critical"), std::string::npos);
  EXPECT_EQ(in_words(entry, Language::en), entry);
}

}  // namespace
}  // namespace chainqual::testing
