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

}  // namespace
}  // namespace chainqual::testing
