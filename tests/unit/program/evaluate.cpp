#include <gtest/gtest.h>

#include "unit/program/run.hpp"

namespace chainqual::testing {
namespace {

class Evaluate : public ::testing::Test {
 protected:
  [[nodiscard]] Outcome run(std::vector<std::string> more, const Start& start = {}) const {
    more.insert(more.begin(), "evaluate");
    return Program(workspace_)(more, start);
  }

  Workspace workspace_;
};

TEST_F(Evaluate, TianjinTargetsAreJudgedOnceTheyAreMeasured) {
  const Outcome blank = run({"indicators", dataset("advanced_computing"), "--write", "k1.json", "--json"});
  ASSERT_EQ(blank.code, 0) << blank.err;
  std::size_t aimed_at = 0;
  const auto before = blank.json();
  for (const auto& row : before.at("indicators")) {
    if (row.at("target").is_null()) continue;
    ++aimed_at;
    EXPECT_EQ(row.at("attainment"), "no_value");
  }
  EXPECT_EQ(aimed_at, 2U) << "99 % and 99.5 %";
  auto form = nlohmann::json::parse(bytes_of(workspace_.path("k1.json")));
  for (auto& entry : form["sheets"][0]["entries"]) {
    const auto key = entry["indicator"].get<std::string>();
    if (key == "AC-P-01/RAID卡生产合格率") entry["value"] = "99.2";
    if (key == "AC-P-02/服务器主板出厂合格率") entry["value"] = "99.3";
  }
  workspace_.put("filled.json", form.dump());
  const auto json = run({"indicators", "filled.json", "--json", "--today", "2026-11-21"}).json();
  std::string seen;
  for (const auto& row : json.at("indicators")) {
    if (!row.at("target").is_null()) seen += row.at("attainment").get<std::string>() + " ";
    if (row.at("attainment") == "falls_short") {
      EXPECT_EQ(row.at("gap"), "0.2");
    }
  }
  EXPECT_EQ(seen, "achieved falls_short ");
  EXPECT_EQ(json.at("scores")[0].at("total").is_null(), false);
}

TEST_F(Evaluate, PeriodsAreComparedAndBothLanguagesTellIt) {
  workspace_.put("k.csv",
                 "indicator,period,baseline,target,value,action,owner,due\nconformity_rate,2025,97,99,98,,,\n"
                 "conformity_rate,2026,97,99,98.5,new jig,王,2026-10-01\n");
  const Outcome en = run({"indicators", "k.csv", "--today", "2026-11-21"});
  EXPECT_EQ(en.code, 0) << en.err;
  for (const char* part : {"0.500 → 0.750", "falls short", "51", "changes from the first"}) {
    EXPECT_TRUE(holds(en.out, part)) << part << en.out;
  }
  const Outcome zh = run({"indicators", "k.csv", "--lang", "zh"});
  EXPECT_TRUE(holds(zh.out, "产品质量合格率")) << zh.out;
  EXPECT_TRUE(holds(zh.out, "未达成"));
  EXPECT_EQ(run({"indicators", "k.csv", "--missing", "refuse"}).code, 1);
  EXPECT_EQ(run({"indicators", "k.csv", "--weighting", "given"}).code, 2);
  EXPECT_EQ(run({"indicators", "k.csv", "--weighting", "entropy"}).code, 0);
}

TEST_F(Evaluate, EveryFaultOfAFileIsToldWithSuggestions) {
  workspace_.put("k.json", R"({"sheets": [{"entries": [{"indicator": "pattents"}, {"indcator": "jobs"}]}]})");
  const Outcome found = run({"indicators", "k.json"});
  EXPECT_EQ(found.code, 1);
  for (const char* part : {"patents", "should it be 'indicator'", "k.json"})
    EXPECT_TRUE(holds(found.err, part)) << part;
}

TEST_F(Evaluate, TheSummaryTakesTheRegistersAndGivenFigures) {
  const auto json =
      run({"summary", dataset("advanced_computing"), "--from", "2026-01-01", "--until", "2026-12-31", "--json"}).json();
  ASSERT_EQ(json.at("periods").size(), 1U);
  EXPECT_EQ(json.at("periods")[0].at("summary").size(), 14U);
  EXPECT_EQ(json.at("periods")[0].at("summary")[7].at("origin"), "registers");
  workspace_.put("f.csv", "from,field,value,source\n2025,jobs,900,survey\n2026,jobs,1200,survey\n");
  const Outcome given = run({"summary", "--figures", "f.csv", "--out", "i1.xlsx"});
  EXPECT_EQ(given.code, 0) << given.err;
  EXPECT_TRUE(holds(given.out, "300")) << given.out;
  EXPECT_TRUE(std::filesystem::exists(workspace_.path("i1.xlsx")));
  EXPECT_EQ(run({"summary", dataset("advanced_computing")}).code, 2);
  EXPECT_EQ(run({"summary", "--figures", "f.csv", "--from", "2025-01-01"}).code, 2);
}

TEST_F(Evaluate, MethodsAnswerInJsonAndTables) {
  workspace_.put("modes.csv", "name,severity,occurrence,detection\nscratch,3,5,2\nshort,9,3,4\n");
  const auto modes = run({"fmea", "modes.csv", "--json"}).json();
  EXPECT_EQ(modes.at("modes")[0].at("name"), "short");
  EXPECT_EQ(modes.at("modes")[0].at("rpn"), 108);
  workspace_.put("ap.csv", "priority,severity_to,severity_from\nlow,8,\nhigh,,9\n");
  EXPECT_EQ(run({"fmea", "modes.csv", "--priorities", "ap.csv", "--json"}).json().at("modes")[0].at("priority"),
            "high");

  workspace_.put("tree.json", R"({"top": "t", "gates": [{"name": "t", "kind": "and", "inputs": ["a", "b"]}],
                               "events": [{"name": "a", "probability": 0.5}, {"name": "b", "probability": 0.5}]})");
  EXPECT_EQ(run({"fault-tree", "tree.json", "--json"}).json().at("probability"), 0.25);
  EXPECT_TRUE(holds(run({"fault-tree", "tree.json"}).out, "a · b"));

  workspace_.put("v.csv", "value,sample\n9,1\n11,1\n10,2\n14,2\n7,3\n9,3\n");
  const auto chart = run({"chart", "v.csv", "--kind", "ranges", "--json"}).json();
  EXPECT_EQ(chart.at("centre"), 10.0);
  EXPECT_EQ(chart.at("points").size(), 3U);
  EXPECT_TRUE(holds(run({"chart", "v.csv", "--kind", "ranges"}).out, "no signal"));
  EXPECT_EQ(run({"chart", "v.csv", "--kind", "rangs"}).code, 2);
  workspace_.put("far.csv", "value\n0\n0.1\n-0.1\n9\n");
  const auto far = run({"chart", "far.csv", "--centre", "0", "--sigma", "1", "--json"}).json();
  EXPECT_EQ(far.at("signals")[0].at("list")[0].at("first"), 4);
  EXPECT_EQ(run({"chart", "far.csv", "--kind", "cusum", "--json"}).code, 0);
  EXPECT_EQ(run({"chart", "far.csv", "--kind", "ewma", "--json"}).code, 0);
  workspace_.put("c.csv", "count,size\n3,100\n0,120\n40,100\n");
  EXPECT_FALSE(run({"chart", "c.csv", "--kind", "p", "--json"}).json().at("signals")[0].at("list").empty());

  const auto able = run({"capability", "v.csv", "--lower", "4", "--upper", "16", "--json"}).json();
  EXPECT_EQ(able.at("indices")[0].at("index"), "Cp");
  EXPECT_EQ(able.at("mean"), 10.0);
  EXPECT_EQ(run({"capability", "v.csv"}).code, 2);

  const Outcome table = run({"anova", "v.csv", "--out", "anova.csv"});
  EXPECT_TRUE(holds(table.out, "between")) << table.out;
  EXPECT_TRUE(holds(bytes_of(workspace_.path("anova.csv")), "sum_of_squares"));
}

TEST_F(Evaluate, MistypedActionsNameTheNearest) {
  const Outcome found = run({"sumary"});
  EXPECT_EQ(found.code, 2);
  EXPECT_TRUE(holds(found.err, "summary")) << found.err;
  EXPECT_EQ(run({}).code, 2);
  EXPECT_EQ(run({"fmea"}).code, 2);
  EXPECT_EQ(run({"fmea", "a", "b"}).code, 2);
}

TEST_F(Evaluate, OneKeyForTwoIndicatorsIsRefusedAcrossFiles) {
  // The second file's returns in per cent were judged as hours without a failure.
  workspace_.put("a.csv",
                 "indicator,period,target,value,category,unit,direction\nmtbf,2025,1000,900,quality,h,higher\n");
  workspace_.put("b.csv", "indicator,period,target,value,category,unit,direction\nmtbf,2026,2,1,quality,%,lower\n");
  const Outcome found = run({"indicators", "a.csv", "b.csv"});
  EXPECT_EQ(found.code, 1);
  for (const char* part : {"a.csv", "b.csv", "mtbf", "its unit is h, not %"}) {
    EXPECT_TRUE(holds(found.err, part)) << part << found.err;
  }
}

TEST_F(Evaluate, PeriodsOfAChainAreComparedInOneRun) {
  put_small_chain(workspace_, "c");
  workspace_.put("c/indicators.csv",
                 "name,unit,direction,target,value,period\n产品质量合格率,%,higher,99,98,2025\n"
                 "产品质量合格率,%,higher,99,99.2,2026\n");
  const auto json = run({"indicators", "c", "--period", "2025", "--period", "2026", "--json"}).json();
  ASSERT_EQ(json.at("scores").size(), 2U);
  EXPECT_EQ(json.at("scores")[1].at("period"), "2026");
  EXPECT_EQ(json.at("changes")[0].at("indicator"), "conformity_rate");
  workspace_.put("c/indicators.csv", "name,unit,direction,target,value\n产品质量合格率,ppm,lower,4000,5000\n");
  const Outcome wrong = run({"indicators", "c"});
  EXPECT_EQ(wrong.code, 1) << "5000 ppm is not 5000 %";
  EXPECT_TRUE(holds(wrong.err, "ppm")) << wrong.err;
  EXPECT_EQ(run({"indicators", "k.json", "--period", "2025"}).code, 1);
}

TEST_F(Evaluate, TotalsTellTheirRulesWeightsAndMovers) {
  workspace_.put("k.json", R"({"sheets": [{"entries": [
      {"indicator": "conformity_rate", "baseline": 90, "target": 98, "value": 94},
      {"indicator": "patents", "target": 10, "value": 9}]}], "weights": {"conformity_rate": 3, "patents": 1}})");
  const auto json = run({"indicators", "k.json", "--json"}).json();
  EXPECT_EQ(json.at("weighting"), "given");
  EXPECT_EQ(json.at("normalisation"), "attainment");
  EXPECT_EQ(json.at("missing"), "leave_out");
  EXPECT_EQ(json.at("weights").at("conformity_rate"), 0.75);
  EXPECT_EQ(json.at("movers")[0].at("indicator"), "conformity_rate");
  EXPECT_EQ(json.at("movers")[0].at("gain"), 0.375);
  double shares = 0;
  for (const auto& row : json.at("movers")) shares += row.at("share").get<double>();
  EXPECT_NEAR(shares, json.at("scores")[0].at("total").get<double>(), 1e-12);
  EXPECT_TRUE(holds(run({"indicators", "k.json"}).out, "weights: given"));
  workspace_.put("j.json", R"({"sheets": [{"entries": [{"indicator": "conformity_rate", "target": 98, "value": 97}]}],
      "judgements": {"categories": [[1,3,3,3,3,3],[null,1,1,1,1,1],[null,null,1,1,1,1],[null,null,null,1,1,1],
                                    [null,null,null,null,1,1],[null,null,null,null,null,1]]}})");
  EXPECT_EQ(run({"indicators", "j.json", "--json"}).json().at("weighting"), "pairwise");
  EXPECT_NEAR(run({"indicators", "j.json", "--json"}).json().at("weights").at("conformity_rate").get<double>(),
              0.375 / 6, 1e-12);
  EXPECT_EQ(run({"indicators", "k.json", "--weighting", "pairwise"}).code, 2);
  workspace_.put("e.csv", "indicator,period,target,value\npatents,1,10,5\npatents,2,10,9\njobs,2,10,9\n");
  const Outcome entropy = run({"indicators", "e.csv", "--weighting", "entropy"});
  EXPECT_TRUE(holds(entropy.out, "of these measured: jobs")) << entropy.out;
}

TEST_F(Evaluate, ChartsOfSingleValuesKeepTheOrderOfTheRows) {
  workspace_.put("v.csv", "value,sample\n9,1\n10,2\n11,1\n14,2\n");
  const auto json = run({"chart", "v.csv", "--json"}).json();
  EXPECT_EQ(json.at("points")[1].at("value"), 10);
  EXPECT_NEAR(json.at("sigma").get<double>(), 5.0 / 3 / 1.128, 1e-3) << "moving ranges 1, 1, 3";
  EXPECT_EQ(json.at("spread")[0].at("point"), 2) << "the first moving range belongs to the second value";
}

TEST_F(Evaluate, OptionsWithoutEffectAreRefused) {
  workspace_.put("v.csv", "value\n1\n2\n4\n");
  for (const std::vector<std::string>& more :
       std::vector<std::vector<std::string>>{{"--lower", "3"},
                                             {"--weighting", "entropy"},
                                             {"--period", "2025"},
                                             {"--repair"},
                                             {"--kind", "ewma", "--rules", "nelson"},
                                             {"--kind", "p", "--sigma", "1"},
                                             {"--lambda", "0.3"}}) {
    std::vector<std::string> words{"chart", "v.csv"};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome found = run(words);
    EXPECT_EQ(found.code, 2) << more[0];
    EXPECT_TRUE(holds(found.err, more[more.size() > 2 ? 2 : 0])) << found.err;
  }
  const auto wide = run({"chart", "v.csv", "--kind", "ewma", "--lambda", "1", "--width", "2", "--json"}).json();
  EXPECT_EQ(wide.at("points")[0].at("value"), 1.0) << "with λ = 1 the average is the value";
  EXPECT_EQ(
      run({"chart", "v.csv", "--kind", "cusum", "--decision", "4", "--reference", "0.25", "--head-start", "2"}).code,
      0);
}

TEST_F(Evaluate, FormsAreOfTheKindTheirNameSays) {
  // A workbook stood in k.pdf.
  workspace_.put("k.csv", "indicator,target,value\npatents,10,9\n");
  const Outcome odd = run({"indicators", "k.csv", "--form", "k.docx"});
  EXPECT_EQ(odd.code, 2);
  EXPECT_FALSE(std::filesystem::exists(workspace_.path("k.docx")));
  const Outcome pdf = run({"indicators", "k.csv", "--form", "k.pdf"});
  if (pdf.code == 0) {
    EXPECT_EQ(bytes_of(workspace_.path("k.pdf")).substr(0, 5), "%PDF-");
  } else {
    EXPECT_TRUE(holds(pdf.err, "PDF")) << "built without printing";
  }
}

TEST_F(Evaluate, AYearThatEndsAPeriodEndsOnItsLastDay) {
  const auto json =
      run({"summary", dataset("advanced_computing"), "--from", "2025", "--until", "2025", "--json"}).json();
  EXPECT_EQ(json.at("periods")[0].at("from"), "2025-01-01");
  EXPECT_EQ(json.at("periods")[0].at("until"), "2025-12-31");
}

TEST_F(Evaluate, EnglishTablesNameTheChainAndUnitsInEnglish) {
  const std::string chain = dataset("advanced_computing");
  const Outcome summary = run({"summary", chain, "--from", "2025", "--until", "2025"});
  const Outcome indicators = run({"indicators", chain, "--form", "k.html"});
  for (const std::string& text : {summary.out, indicators.out, bytes_of(workspace_.path("k.html"))}) {
    EXPECT_FALSE(holds(text, "天津市先进计算产业链")) << text;
  }
  EXPECT_FALSE(holds(bytes_of(workspace_.path("k.html")), "亿元"));
  EXPECT_TRUE(holds(bytes_of(workspace_.path("k.html")), "per 100 million yuan"));
  const Outcome zh = run({"indicators", chain, "--form", "k.html", "--lang", "zh"});
  EXPECT_TRUE(holds(zh.out, "天津市先进计算产业链")) << zh.out;
  EXPECT_TRUE(holds(bytes_of(workspace_.path("k.html")), "亿元"));
}

TEST_F(Evaluate, SignalsStandInWordsInTheirPointsRow) {
  workspace_.put("x.csv", "value\n1\n2\n1\n2\n1\n2\n1\n2\n30\n");
  const Outcome zh = run({"chart", "x.csv", "--lang", "zh"});
  EXPECT_FALSE(holds(zh.out, "beyond_limits")) << zh.out;
  EXPECT_TRUE(holds(zh.out, "超出控制限"));
  const Outcome sums = run({"chart", "x.csv", "--kind", "cusum", "--lang", "zh"});
  EXPECT_TRUE(holds(sums.out, "偏高") && !holds(sums.out, "above")) << sums.out;
}

TEST_F(Evaluate, WhatAMethodRefusesNamesTheFileToo) {
  workspace_.put("modes.csv", "name,severity,occurrence,detection\na,3,5,2\n");
  workspace_.put("gaps.csv", "priority,severity_from\nlow,5\n");
  EXPECT_TRUE(holds(run({"fmea", "modes.csv", "--priorities", "gaps.csv"}).err, "gaps.csv"));
  workspace_.put("twice.csv", "first,second,judgement\na,b,3\nb,a,3\n");
  EXPECT_TRUE(holds(run({"weights", "twice.csv"}).err, "twice.csv"));
  workspace_.put("t.json", R"({"top": "t", "gates": [{"name": "t", "kind": "or", "inputs": ["none"]}], "events": []})");
  EXPECT_TRUE(holds(run({"fault-tree", "t.json"}).err, "t.json"));
  workspace_.put("falling.csv", "name,limit\nA,3\nB,2\n");
  workspace_.put("values.csv", "value\n1\n");
  EXPECT_TRUE(holds(run({"limits", "falling.csv", "values.csv"}).err, "falling.csv"));
  workspace_.put("k.csv", "indicator,value\nconformity_rate,120\n");
  EXPECT_TRUE(holds(run({"indicators", "k.csv"}).err, "k.csv"));
}

TEST_F(Evaluate, WhatIsInfiniteOrNoneSaysWhy) {
  workspace_.put("same.csv", "value\n2\n2\n2\n");
  const Outcome same = run({"capability", "same.csv", "--lower", "1"});
  EXPECT_TRUE(holds(same.out, "∞") && holds(same.out, "no interval")) << same.out;
  workspace_.put("groups.csv", "value,sample\n1,a\n1,a\n2,b\n2,b\n");
  EXPECT_TRUE(holds(run({"anova", "groups.csv"}).out, "nothing is left over"));
  workspace_.put("one.json", R"({"top": "t", "gates": [{"name": "t", "kind": "and", "inputs": ["a", "b"]}],
      "events": [{"name": "a", "probability": 0.5}, {"name": "b", "probability": 0.5}]})");
  EXPECT_TRUE(holds(run({"fault-tree", "one.json"}).out, "without that event the top cannot happen"));
}

TEST_F(Evaluate, InfiniteIndicesAreToldInJson) {
  workspace_.put("same.csv", "value\n2\n2\n2\n");
  const auto json = run({"capability", "same.csv", "--lower", "1", "--upper", "3", "--json"}).json();
  EXPECT_EQ(json.at("indices")[0].at("value"), "inf");
  EXPECT_TRUE(holds(bytes_of(workspace_.path("stdout")), "inf"));
}

TEST_F(Evaluate, WhatAFaultTreeDoesNotCountIsTold) {
  workspace_.put("t.json", R"({"top": "t", "gates": [{"name": "t", "kind": "or", "inputs": ["a"]}],
                              "events": [{"name": "a", "probability": 0.5}, {"name": "idle", "probability": 0.5}]})");
  EXPECT_TRUE(holds(run({"fault-tree", "t.json"}).err, "idle"));
  EXPECT_EQ(run({"fault-tree", "t.json", "--json"}).json().at("findings").at("warnings"), 1);
}

}  // namespace
}  // namespace chainqual::testing
