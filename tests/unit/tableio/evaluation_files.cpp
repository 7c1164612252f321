// Tables K.1 and figures of I.1 from JSON and CSV: every member, and what is wrong told with line, place and fix.

#include "chainqual/io/evaluation_files.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "workspace.hpp"

namespace chainqual::evaluation_files_test {
namespace {

using Lines = std::vector<std::string>;

template <class Read>
Lines errors_of(Read&& read, Language language = Language::en) {
  try {
    read();
  } catch (const Error& error) {
    return testing::lines_of(error.findings(), FindingLevel::error, language);
  }
  ADD_FAILURE() << "no error";
  return {};
}

IndicatorFile of_csv(const std::string& text) {
  Findings findings;
  TextFile file = decode_text(FileBytes::of(text), "k.csv", std::nullopt, findings);
  return indicators_from_table(std::move(file), std::move(findings));
}

std::vector<PeriodFigures> figures_of(const std::string& text) {
  Findings findings;
  TextFile file = decode_text(FileBytes::of(text), "f.csv", std::nullopt, findings);
  return figures_from_table(std::move(file), std::move(findings));
}

bool any_holds(const Lines& lines, const std::string& part) {
  for (const auto& line : lines) {
    if (line.find(part) != std::string::npos) return true;
  }
  return false;
}

const char* const whole = R"({"chain": "服务器",
  "indicators": [{"key": "raid", "name": "RAID卡生产合格率", "name_en": "RAID pass rate", "category": "质量提升",
                  "unit": "%", "worst": 0, "best": 100},
                 {"key": "team", "name": "协作", "kind": "定性", "category": "coordination",
                  "steps": ["差", "较差", "一般", "较好", "好"]}],
  "sheets": [{"period": "2026", "entries": [
    {"indicator": "raid", "baseline": 96.50, "target": "99", "value": 98.75, "evidence": "资料审查",
     "date": "2026/11/2", "source": "年报", "action": "换夹具", "owner": "王", "due": "2027年3月"},
    {"indicator": "协作", "target": 4, "steps": {"王": 4, "李": 5}}]}],
  "weights": {"RAID pass rate": 2, "team": 1}})";

TEST(IndicatorJson, ReadsEveryMember) {
  const IndicatorFile file = indicators_from_json(whole);
  ASSERT_EQ(file.indicators.size(), standard_indicators().size() + 2);
  const Indicator& raid = file.indicators[31];
  EXPECT_EQ(raid.key + raid.name.zh + raid.name.en + raid.unit, "raidRAID卡生产合格率RAID pass rate%");
  EXPECT_EQ(*raid.best, Decimal(100, 0));
  EXPECT_EQ(file.indicators[32].kind, IndicatorKind::qualitative);
  EXPECT_EQ(file.indicators[32].steps[4].zh, "好");
  ASSERT_EQ(file.sheets.size(), 1U);
  EXPECT_EQ(file.sheets[0].chain + file.sheets[0].period, "服务器2026");
  const IndicatorEntry& entry = file.sheets[0].entries[0];
  EXPECT_EQ(entry.baseline->to_string() + " " + entry.target->to_string() + " " + entry.value->to_string(),
            "96.50 99 98.75");
  EXPECT_EQ(entry.evidence, EvidenceKind::document);
  EXPECT_EQ(entry.date + entry.source + entry.action + entry.owner + entry.due, "2026-11-02年报换夹具王2027-03");
  EXPECT_EQ(file.sheets[0].entries[1].indicator, "team");
  EXPECT_EQ(file.sheets[0].entries[1].steps, (std::vector<ReviewerStep>{{"王", 4}, {"李", 5}}));
  EXPECT_EQ(file.weights[31], 2);
  EXPECT_EQ(file.weights[0], 0);
}

TEST(IndicatorJson, WritesWhatReadsBackTheSame) {
  const std::string written = indicators_to_json(indicators_from_json(whole));
  EXPECT_EQ(indicators_to_json(indicators_from_json(written)), written);
  EXPECT_NE(written.find("\"96.50\""), std::string::npos) << "digits as written";
}

TEST(IndicatorJson, ABlankTableOfTheStandardCanBeWrittenAndFilledIn) {
  IndicatorFile file;
  file.indicators = standard_indicators();
  file.sheets.emplace_back();
  for (const Indicator& one : file.indicators) {
    file.sheets[0].entries.emplace_back();
    file.sheets[0].entries.back().indicator = one.key;
  }
  EXPECT_EQ(indicators_from_json(indicators_to_json(file)).sheets[0].entries.size(), 31U);
}

TEST(IndicatorJson, TellsEveryFaultWithPlaceAndFix) {
  const Lines errors = errors_of([] {
    static_cast<void>(indicators_from_json(R"({"chian": "x",
      "indicators": [{"name": "x", "category": "qualitty"}, 5, {"key": "patents", "name": "y"}],
      "sheets": [{"entries": [{"indicator": "pattents", "value": 1}, {"indicator": "conformity_rate", "value": "99%"},
        {"indicator": "jobs", "steps": {"a": 7}, "due": "2026-02-30"}, {"indicator": "jobs", "vlaue": 3}]}, {}],
      "weights": {"nobody": -1}})",
                                           "k.json"));
  });
  for (const char* part :
       {"should it be 'chain'", "/indicators/0/category", "'key' is missing", "/indicators/1", "/indicators/2/key",
        "patents", "/sheets/0/entries/1/value", "99.5", "/sheets/0/entries/2/steps/a", "/sheets/0/entries/2/due",
        "already", "should it be 'value'", "'entries' is missing", "/weights/nobody"}) {
    EXPECT_TRUE(any_holds(errors, part)) << part;
  }
  EXPECT_TRUE(any_holds(errors, "k.json"));
  EXPECT_GE(errors.size(), 13U);
}

TEST(IndicatorJson, AnIndicatorMayBearTheNameOfAnotherWhereItsKeyTellsThemApart) {
  const std::string own = R"({"indicators": [{"key": "mine", "name": "我的专利", "name_en": "Patents applied for"}],
                             "sheets": [{"entries": [{"indicator": ")";
  EXPECT_EQ(indicators_from_json(own + "mine\"}]}]}").sheets[0].entries[0].indicator, "mine");
  const Lines errors = errors_of([&] { static_cast<void>(indicators_from_json(own + "patents applied for\"}]}]}")); });
  EXPECT_TRUE(any_holds(errors, "more than one indicator")) << "nothing is guessed";
}

TEST(IndicatorJson, RefusesADocumentWithoutSheets) {
  EXPECT_EQ(errors_of([] { static_cast<void>(indicators_from_json("{}")); }).size(), 1U);
  EXPECT_EQ(errors_of([] { static_cast<void>(indicators_from_json(R"({"sheets": {}})")); }).size(), 1U);
}

TEST(IndicatorTable, RowsOfOnePeriodAreOneSheet) {
  const IndicatorFile file = of_csv(
      "指标,期间,目标值,数值,评审分档,类别,单位,方向\n产品质量合格率,2025,99,98.5,,,,\n信息共享程度,2025,4,,王=4;李=5,,"
      ",\n"
      "返修率,2025,0.5,0.4,,质量提升,%,越低越好\n返修率,2026,0.5,待定,,,,\n");
  ASSERT_EQ(file.sheets.size(), 2U);
  EXPECT_EQ(file.sheets[0].entries.size(), 3U);
  EXPECT_EQ(file.sheets[0].entries[0].indicator, "conformity_rate");
  EXPECT_EQ(file.sheets[0].entries[1].steps.size(), 2U);
  EXPECT_EQ(file.indicators.back().key, "返修率");
  EXPECT_EQ(file.indicators.back().direction, Direction::lower_is_better);
  EXPECT_FALSE(file.sheets[1].entries[0].value) << "not known is not 0";
}

TEST(IndicatorTable, TellsEveryFaultAtOnce) {
  const Lines errors = errors_of([] {
    static_cast<void>(
        of_csv("indicator,value,steps\npattents,1,\n,2,\npatents,x,\ncooperation,,a=9\npatents,3,\n"
               "conformity_rate,99%,\ncooperation,,=3\n"));
  });
  EXPECT_GE(errors.size(), 8U);
  for (const char* part :
       {"should it be 'patents'", "give its category", "must not be empty", "already", "99.5", "reviewer is missing"}) {
    EXPECT_TRUE(any_holds(errors, part)) << part;
  }
  EXPECT_TRUE(any_holds(errors_of([] { static_cast<void>(of_csv("indicator,value\n")); }), "no rows"));
  EXPECT_TRUE(any_holds(errors_of([] { static_cast<void>(of_csv("value\n1\n")); }), "indicator"));
}

TEST(ReadIndicators, GoesByTheNameOfTheFile) {
  const testing::Workspace workspace;
  EXPECT_EQ(read_indicators(workspace.put("k.csv", "indicator,value\npatents,3\n")).sheets.size(), 1U);
  EXPECT_EQ(read_indicators(workspace.put("k.json", whole)).sheets.size(), 1U);
  EXPECT_THROW(static_cast<void>(read_indicators(workspace.path("none.json"))), Error);
}

TEST(Figures, ComeByPeriodInTime) {
  const auto periods = figures_of(
      "from,until,field,value,text,source\n2026-01-01,2026-06-30,带动就业情况,500,约五百,市局\n2025,,jobs,900,,survey\n"
      "2026-01-01,2026-06-30,districts,6,,\n");
  ASSERT_EQ(periods.size(), 2U);
  EXPECT_EQ(periods[0].until.to_string(), "2025-12-31");
  EXPECT_EQ(periods[0].given[0].field, SummaryField::jobs);
  EXPECT_EQ(periods[1].given.size(), 2U);
  EXPECT_EQ(periods[1].given[0].text + periods[1].given[0].source, "约五百市局");
}

TEST(Figures, TellEveryFaultAtOnce) {
  const Lines errors = errors_of([] {
    static_cast<void>(
        figures_of("from,until,field,value\n2026,2025,jobs,1\n2025-13,,jobs,1\n2025,,jbos,1\n2025,,jobs,1\n"
                   "2025,,jobs,2\n,,,\n2025,,,x\n"));
  });
  EXPECT_GE(errors.size(), 6U);
  for (const char* part : {"ends before it begins", "given twice", "jbos", "must not be empty"}) {
    EXPECT_TRUE(any_holds(errors, part)) << part;
  }
}

TEST(IndicatorTable, ARowThatDescribesAKnownIndicatorOtherwiseIsRefused) {
  // "5000 ppm, lower is better" of the conformity rate was read as 5000 %, and met its target of 4000.
  const auto told = [](const char* row) {
    return errors_of(
        [&] { static_cast<void>(of_csv(std::string("indicator,target,value,unit,direction,kind\n") + row + "\n")); });
  };
  EXPECT_TRUE(any_holds(told("conformity_rate,40,50,ppm,,"), "its unit is %, not ppm"));
  EXPECT_TRUE(any_holds(told("conformity_rate,40,50,,lower,"), "its direction is"));
  EXPECT_TRUE(any_holds(told("conformity_rate,,,,,qualitative"), "its kind is"));
  EXPECT_TRUE(any_holds(told("conformity_rate,4000,5000,%,higher,quantitative"), "100")) << "a share has bounds";
  EXPECT_NO_THROW(static_cast<void>(of_csv("indicator,value,unit,direction\nconformity_rate,98,%,higher\n")));
}

TEST(IndicatorJson, PairwiseJudgementsTravelWithTheTables) {
  const std::string text =
      R"({"sheets": [{"entries": []}], "judgements": {"categories": [[1, 3], ["1/3", 1]],
          "within": {"quality": [[1, 0.5], [null, 1]]}}})";
  const IndicatorFile file = indicators_from_json(text);
  EXPECT_EQ(file.category_judgements, (std::vector<double>{1, 3, 1.0 / 3, 1}));
  ASSERT_EQ(file.within.size(), 1U);
  EXPECT_TRUE(std::isnan(file.within[0].judgements[2])) << "a blank follows from the other of the pair";
  const std::string written = indicators_to_json(file);
  EXPECT_EQ(indicators_to_json(indicators_from_json(written)), written);
  const Lines errors = errors_of([] {
    static_cast<void>(indicators_from_json(
        R"({"sheets": [{"entries": []}], "judgements": {"categories": [[1, "x"], [1]], "within": {"taste": [[1]],
            "quality": [[1, 2]], "social": 3}, "withn": 1}})"));
  });
  for (const char* part : {"/judgements/categories/0/1", "/judgements/categories/1", "taste", "as many rows",
                           "/judgements/within/social", "withn"}) {
    EXPECT_TRUE(any_holds(errors, part)) << part;
  }
}

}  // namespace
}  // namespace chainqual::evaluation_files_test
