#include <gtest/gtest.h>

#include "unit/program/run.hpp"

namespace chainqual::testing {
namespace {

// The small chain is a → b → c; by the cascade each takes down all downstream of it, and upstream too, since what it
// buys is all that its supplier sells.

/// The row of an enterprise in the ranking of a run with `--json`.
nlohmann::json ranked(const Outcome& run, const std::string& enterprise) {
  const nlohmann::json answer = run.json();
  for (const auto& row : answer.at("ranking")) {
    if (row.at("enterprise") == enterprise) return row;
  }
  ADD_FAILURE() << enterprise << " is not ranked: " << run.out;
  return {{"upstream", -1}, {"downstream", -1}};
}

TEST(SystemicRisk, RanksTheSmallChainByHand) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const Program program(workspace);
  const Outcome run = program({"systemic-risk", "chain", "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  const auto json = run.json();
  ASSERT_EQ(json["ranking"].size(), 3U);
  for (const auto& row : json["ranking"]) EXPECT_EQ(row["index"], 1.0) << row;
  EXPECT_EQ(json["tolerance"], 0.01);
  const Outcome text = program({"systemic-risk", "chain", "--lang", "en"});
  EXPECT_TRUE(holds(text.out, "no revenue is given")) << text.out;
}

TEST(SystemicRisk, AccountsBoundWhatCustomersTakeFromTheirSuppliers) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  // a and b sell as much again outside the chain.
  workspace.put("accounts.csv", "enterprise,final_demand\na,1\nb,1\n");
  const Outcome run = Program(workspace)({"systemic-risk", "chain", "--accounts", "accounts.csv", "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  // c closed: b sells half, and a half of that half less; each weighs 1 of 2.
  EXPECT_DOUBLE_EQ(ranked(run, "c").at("upstream").get<double>(), (0.5 + 0.25) / 2);
  const Outcome text = Program(workspace)({"systemic-risk", "chain", "--accounts", "accounts.csv", "--lang", "en"});
  EXPECT_TRUE(holds(text.out, "from accounts.csv")) << text.out;
}

TEST(SystemicRisk, NeedsOfATableReplaceTheStandardOnes) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("needs.csv", "supplier,customer,need\n*,*,essential\nMaterial,mid,negligible\n");
  const Outcome run = Program(workspace)({"systemic-risk", "chain", "--needs", "needs.csv", "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(ranked(run, "a").at("downstream"), 0.5) << "b works on without a; a weighs half";
}

TEST(SystemicRiskBadInput, TablesThatAreWrongAreToldAndNothingRuns) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("needs.csv", "supplier,customer,need\nmide,down,essential\n");
  workspace.put("accounts.csv", "enterprise,revenue\na,0.5\n");
  const Program program(workspace);
  const Outcome needs = program({"systemic-risk", "chain", "--needs", "needs.csv", "--lang", "en"});
  EXPECT_EQ(needs.code, 1);
  EXPECT_TRUE(holds(needs.err, "did you mean 'mid'?")) << needs.err;
  const Outcome revenue = program({"systemic-risk", "chain", "--accounts", "accounts.csv", "--lang", "en"});
  EXPECT_EQ(revenue.code, 1) << "less than it sells in the chain";
  EXPECT_EQ(program({"systemic-risk", "chain", "--needs", "esential"}).code, 2);
  EXPECT_EQ(program({"systemic-risk", "chain", "--replaceability", "market"}).code, 2);
  EXPECT_EQ(program({"systemic-risk", "chain", "--needs", "absent.csv"}).code, 1);
}

TEST(Criticality, JoinsTheMeasuresAndSaysWhereTheyDiffer) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const Program program(workspace);
  const Outcome run = program({"criticality", "chain", "--json", "--out", "critical.csv"});
  ASSERT_EQ(run.code, 0) << run.err;
  const auto json = run.json();
  ASSERT_EQ(json["ranking"].size(), 3U);
  EXPECT_TRUE(json["betweenness_exact"]);
  for (const auto& row : json["ranking"]) {
    EXPECT_EQ(row["systemic_risk"], 1.0);
    EXPECT_EQ(row["betweenness"], row["enterprise"] == "b" ? 0.5 : 0.0) << "of the two pairs b lies between one";
    EXPECT_EQ(row["joint"], row["enterprise"] == "b");
    EXPECT_EQ(row["cut"], row["enterprise"] == "a" ? 2 : row["enterprise"] == "b" ? 1 : 0);
    EXPECT_EQ(row["sole_source"], row["enterprise"] == "c" ? 0 : 1);
  }
  const std::string table = bytes_of(workspace.path("critical.csv"));
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 4);
  for (const std::string language : {"zh", "en"}) {
    const Outcome text = program({"criticality", "chain", "--lang", language});
    ASSERT_EQ(text.code, 0);
    EXPECT_TRUE(holds(text.out, language == "zh" ? "甲厂" : "Alpha")) << text.out;
    EXPECT_EQ(has_chinese(text.out), language == "zh") << text.out;
    EXPECT_TRUE(holds(text.out, language == "zh" ? "向上游" : "upstream")) << text.out;
    EXPECT_TRUE(holds(text.out, language == "zh" ? "只看向下游" : "downstream only")) << text.out;
  }
}

TEST(Criticality, BetweennessIsSampledBeyondTheSizeAskedFor) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const auto json = Program(workspace)({"criticality", "chain", "--exact-betweenness", "2", "--json"}).json();
  EXPECT_FALSE(json["betweenness_exact"]);
  EXPECT_GT(json["betweenness_error"], 0.0);
}

TEST(Simulate, EveryModelRunsAScenarioOrShocks) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("stop.json", R"({"name_en": "Stop", "shocks": [{"enterprise": "a", "duration": 40}]})");
  const Program program(workspace);
  for (const std::string model : {"linear", "cascade", "contagion", "distress", "dynamics", "inoperability"}) {
    SCOPED_TRACE(model);
    const Outcome run =
        program({"simulate", "chain", "--scenario", "stop.json", "--model", model, "--days", "60", "--json"});
    ASSERT_EQ(run.code, 0) << run.err;
    const auto scenario = run.json()["scenarios"][0];
    EXPECT_GT(scenario["index"], 0.0);
    EXPECT_EQ(scenario.contains("daily"), model == "dynamics" || model == "inoperability");
    EXPECT_EQ(program({"simulate", "chain", "--at", "a=1", "--model", model, "--days", "60"}).code, 0);
  }
}

TEST(SimulateBadInput, OptionsThatTheModelDoesNotReadAreWrongUse) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("accounts.csv", "enterprise,final_demand\na,1\n");
  const Program program(workspace);
  const Outcome needs =
      program({"simulate", "chain", "--at", "a=1", "--model", "distress", "--needs", "ordinary", "--lang", "en"});
  EXPECT_EQ(needs.code, 2);
  EXPECT_TRUE(holds(needs.err, "--needs goes with --model cascade only")) << needs.err;
  EXPECT_EQ(program({"simulate", "chain", "--at", "a=1", "--model", "linear", "--accounts", "accounts.csv"}).code, 2);
  EXPECT_EQ(program({"simulate", "chain", "--at", "a=1", "--model", "dynamics", "--accounts", "accounts.csv"}).code, 0);
  EXPECT_EQ(program({"simulate", "chain"}).code, 2);
}

}  // namespace
}  // namespace chainqual::testing
