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

TEST(SystemicRisk, SuppliersOfOneMarketOfTheTableStandInForEachOther) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("chain/links.csv", "supplier,customer,value\na,b,1\nb,c,4\n");
  workspace.put("apart.csv", "enterprise,market\na,ore\nb,alloy\n");
  workspace.put("one.csv", "enterprise,market\na,ore\nb,ore\n");
  const auto with = [&](const std::string& table) {
    return Program(workspace)({"systemic-risk", "chain", "--replaceability", "market", "--market", table, "--json"});
  };
  const Outcome apart = with("apart.csv");
  ASSERT_EQ(apart.code, 0) << apart.err;
  EXPECT_EQ(ranked(apart, "a").at("downstream"), 1.0) << "a market of one: once it is gone, nobody is left";
  const Outcome one = with("one.csv");
  ASSERT_EQ(one.code, 0) << one.err;
  EXPECT_LT(ranked(one, "a").at("downstream"), 0.8) << "b sells four times as much of the same";
}

TEST(SystemicRisk, ChosenEnterprisesAloneAreClosedEachOnce) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const Program program(workspace);
  const Outcome all = program({"systemic-risk", "chain", "--json"});
  const Outcome run = program({"systemic-risk", "chain", "--enterprise", "c", "--enterprise", "Alpha", "--enterprise",
                               "c", "--out", "chosen.csv", "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.json()["closed"], 2);
  ASSERT_EQ(run.json()["ranking"].size(), 2U);
  for (const std::string id : {"a", "c"}) {
    for (const std::string column : {"index", "downstream", "upstream", "steps", "name"})
      EXPECT_EQ(ranked(run, id).at(column), ranked(all, id).at(column));
  }
  const std::string table = bytes_of(workspace.path("chosen.csv"));
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 3);
  const Outcome wrong = program({"systemic-risk", "chain", "--enterprise", "Alpa", "--lang", "en"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_TRUE(holds(wrong.err, "Alpa")) << wrong.err;
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
  const Outcome market = program({"systemic-risk", "chain", "--replaceability", "market", "--lang", "en"});
  EXPECT_EQ(market.code, 2);
  EXPECT_TRUE(holds(market.err, "--replaceability market and --market FILE go together")) << market.err;
  workspace.put("market.csv", "enterprise,market\nBetta,ore\n");
  EXPECT_EQ(program({"systemic-risk", "chain", "--market", "market.csv"}).code, 2);
  const Outcome unknown =
      program({"systemic-risk", "chain", "--replaceability", "market", "--market", "market.csv", "--lang", "en"});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_TRUE(holds(unknown.err, "the chain holds no such enterprise")) << unknown.err;
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
    const bool days = model == "dynamics" || model == "inoperability";
    const auto with = [&](std::vector<std::string> words) {
      words.insert(words.end(), {"--model", model});
      if (days) words.insert(words.end(), {"--days", "60"});
      return program(words);
    };
    const Outcome run = with({"simulate", "chain", "--scenario", "stop.json", "--json"});
    ASSERT_EQ(run.code, 0) << run.err;
    const auto scenario = run.json()["scenarios"][0];
    EXPECT_GT(scenario["index"], 0.0);
    EXPECT_EQ(scenario.contains("daily"), days);
    EXPECT_EQ(with({"simulate", "chain", "--at", "a=1"}).code, 0);
  }
}

TEST(Simulate, ACascadeTakesShocksThatDifferByDirectionAndAssessLikewise) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("customer.json",
                R"({"name_en": "No orders", "shocks": [{"enterprise": "b", "magnitude_upstream": 0.5}]})");
  const Program program(workspace);
  const Outcome run = program({"simulate", "chain", "--scenario", "customer.json", "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  const auto scenario = run.json()["scenarios"][0];
  EXPECT_EQ(scenario["index_downstream"], 0.0) << "as a supplier it works as before";
  EXPECT_EQ(scenario["index_upstream"], 0.5) << "a and b sell half";
  for (const auto& row : scenario["losses"]) EXPECT_EQ(row["downstream"], 0.0);
  const Outcome assessed =
      program({"assess", "chain", "--scenario", "customer.json", "--model", "cascade", "--json", "--out", "a"});
  ASSERT_EQ(assessed.code, 0) << assessed.err;
  const auto found = assessed.json()["report"]["scenarios"][0];
  EXPECT_EQ(found["impact"]["whole_chain"]["downstream"], 0.0) << found;
  EXPECT_EQ(found["impact"]["own_segment"]["upstream"], 0.5) << found;
  EXPECT_NEAR(found["impact"]["whole_chain"]["upstream"], 1.0 / 3, 1e-12) << "of three, weighted alike: " << found;
  ASSERT_EQ(found["placed"].size(), 1U);
  EXPECT_EQ(found["placed"][0]["magnitude_downstream"], 0.0);
  EXPECT_EQ(found["placed"][0]["magnitude_upstream"], 0.5);
  const Outcome linear =
      program({"simulate", "chain", "--scenario", "customer.json", "--model", "linear", "--lang", "en"});
  EXPECT_EQ(linear.code, 1);
  EXPECT_TRUE(holds(linear.err, "Use the cascade, or give one magnitude")) << linear.err;
}

TEST(Simulate, NotesCallEnterprisesByNameAndSayWhyAChainStaysStill) {
  const Workspace workspace;
  const Program program(workspace);
  workspace.put("stop.json", R"({"shocks": [{"enterprise": "ymtc", "start": 10, "duration": 40}]})");
  for (const std::string language : {"zh", "en"}) {
    const Outcome run = program({"simulate", dataset("advanced_computing"), "--scenario", "stop.json", "--model",
                                 "dynamics", "--days", "120", "--lang", language});
    ASSERT_EQ(run.code, 0) << run.err;
    EXPECT_TRUE(holds(run.out, language == "zh" ? "天津国芯科技有限公司收到的订货" : "C*Core Technology (Tianjin) was"))
        << run.out;
    EXPECT_TRUE(holds(run.out, language == "zh" ? "停产者不订货" : "who makes nothing orders nothing")) << run.out;
  }
}

TEST(Simulate, HelpShowsFilesThatCanBeRead) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const Program program(workspace);
  for (const std::string language : {"zh", "en"}) {
    const std::string help = program({"simulate", "--help", "--lang", language}).out;
    const auto example = [&](const std::string& begin, const std::string& end) {
      const auto from = help.find(begin);
      const auto to = help.find(end, from);
      return from == std::string::npos || to == std::string::npos ? help : help.substr(from, to + end.size() - from);
    };
    std::string scenario = example("{\"name\"", "}]}");
    EXPECT_TRUE(holds(scenario, "120000")) << help;
    for (const auto& [shown, meant] :
         {std::pair{"A01", "a"}, {"B02", "b"}, {"region", "enterprise"}, {"120000", "c"}}) {
      const auto at = scenario.find(shown);
      if (at != std::string::npos) scenario.replace(at, std::string(shown).size(), meant);
    }
    workspace.put("scenario.json", scenario);
    workspace.put("ensemble.json", example("{\"samples\"", "}]}"));
    const Outcome run = program({"simulate", "chain", "--scenario", "scenario.json", "--ensemble", "ensemble.json"});
    EXPECT_EQ(run.code, 0) << run.err << scenario;
    EXPECT_TRUE(holds(help, "exponential, s_curve") && holds(help, "healing_days")) << help;
  }
}

/// Index of the run with these words behind it.
double index_with(const Program& program, std::vector<std::string> words) {
  const std::vector<std::string> simulate{"simulate", "chain", "--at", "a=1", "--json"};
  words.insert(words.begin(), simulate.begin(), simulate.end());
  const Outcome run = program(words);
  EXPECT_EQ(run.code, 0) << run.err;
  return run.code == 0 ? run.json()["scenarios"][0]["index"].get<double>() : -1;
}

TEST(Simulate, TheDailySimulationTakesStocksAndRulesFromTheCommandLine) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const Program program(workspace);
  const auto with = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--model", "dynamics", "--days", "60"});
    return index_with(program, words);
  };
  const double standard = with({});
  EXPECT_EQ(with({"--inventory-days", "15", "--smoothing-days", "6", "--rationing", "proportional"}), standard);
  EXPECT_LT(with({"--inventory-days", "40"}), standard) << "larger stocks last longer";
  EXPECT_NE(with({"--poisson-inventory", "4", "--seed", "3"}), standard);
  EXPECT_EQ(with({"--poisson-inventory", "4", "--seed", "3"}), with({"--poisson-inventory", "4", "--seed", "3"}));
  EXPECT_LT(with({"--poisson-inventory", "50"}), with({"--inventory-days", "40"}))
      << "nobody holds less than the floor";
  for (const std::string rule : {"households_last", "lowest_relative_order_first"})
    EXPECT_GT(with({"--rationing", rule}), 0) << rule;
}

TEST(Simulate, DistressAndInoperabilityTakeTheirSettings) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const Program program(workspace);
  const double unlimited = index_with(program, {"--model", "distress"});
  EXPECT_EQ(index_with(program, {"--model", "distress", "--variant", "2015"}), unlimited);
  EXPECT_EQ(index_with(program, {"--model", "distress", "--variant", "2012"}), unlimited) << "a chain has no cycle";
  const auto heals = [&](const std::string& days) {
    return index_with(program, {"--model", "inoperability", "--days", "60", "--recovery-days", days});
  };
  EXPECT_EQ(heals("30"), index_with(program, {"--model", "inoperability", "--days", "60"}));
  EXPECT_NE(heals("10"), heals("30"));
}

TEST(Simulate, AnEnsembleGivesMeansErrorsAndQuantilesAndComparesScenariosSampleBySample) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("two.json", R"({"scenarios": [
      {"name": "一", "name_en": "one", "shocks": [{"enterprise": "a", "magnitude": 1}]},
      {"name": "二", "name_en": "two", "shocks": [{"enterprise": "a", "magnitude": 1}, {"enterprise": "c", "magnitude": 1}]}]})");
  workspace.put("study.json", R"({"samples": 50, "quantiles": [0.1, 0.9],
      "uncertain": [{"setting": "magnitude_factor", "low": 0.2, "high": 0.6}]})");
  const Program program(workspace);
  const std::vector<std::string> words{"simulate", "chain",  "--scenario", "two.json",
                                       "--model",  "linear", "--ensemble", "study.json"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), words.begin(), words.end());
    return program(more);
  };
  const Outcome run = with({"--json", "--out", "spread.csv"});
  ASSERT_EQ(run.code, 0) << run.err;
  const auto json = run.json();
  EXPECT_EQ(json["samples"], 50);
  const auto& first = json["scenarios"][0];
  EXPECT_EQ(first["losses"][0]["enterprise"], "a");
  EXPECT_NEAR(first["losses"][0]["mean"].get<double>(), 0.4, 0.4 / 50);
  EXPECT_NEAR(first["losses"][0]["quantiles"][0].get<double>(), 0.24, 0.4 / 50);
  EXPECT_GT(first["index"]["standard_error"], 0.0);
  EXPECT_FALSE(first.contains("beside_first"));
  const auto& beside = json["scenarios"][1]["beside_first"];
  EXPECT_EQ(beside["share_below"], 0.0);
  EXPECT_GE(beside["mean"], 0.0);
  const std::string table = bytes_of(workspace.path("spread.csv"));
  EXPECT_TRUE(holds(table, "mean,deviation,q0.1,q0.9")) << table;
  EXPECT_EQ(with({"--json"}).out, with({"--json", "--threads", "3"}).out);
  for (const std::string language : {"zh", "en"}) {
    const Outcome text = with({"--lang", language});
    ASSERT_EQ(text.code, 0) << text.err;
    EXPECT_TRUE(holds(text.out, language == "zh" ? "标准误" : "standard error")) << text.out;
    EXPECT_TRUE(holds(text.out, language == "zh" ? "逐个样本" : "the same samples")) << text.out;
    EXPECT_EQ(has_chinese(text.out), language == "zh") << text.out;
  }
  EXPECT_EQ(program({"simulate", "chain", "--at", "a=1", "--model", "linear", "--ensemble", "study.json"}).code, 0);
}

TEST(SimulateBadInput, AnEnsembleThatDoesNotFitIsRefusedWithTheFix) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("key.json", R"({"uncertan": []})");
  workspace.put("model.json", R"({"uncertain": [{"setting": "stock_days", "low": 5, "high": 9}]})");
  workspace.put("ways.json", R"({"shocks": [{"enterprise": "a", "magnitude_upstream": 1}]})");
  const Program program(workspace);
  const Outcome key = program({"simulate", "chain", "--at", "a=1", "--ensemble", "key.json", "--lang", "en"});
  EXPECT_EQ(key.code, 1);
  EXPECT_TRUE(holds(key.err, "uncertain")) << key.err;
  const Outcome model = program({"simulate", "chain", "--at", "a=1", "--ensemble", "model.json", "--lang", "en"});
  EXPECT_EQ(model.code, 1);
  EXPECT_TRUE(holds(model.err, "the model cascade does not read it")) << model.err;
  EXPECT_EQ(program({"simulate", "chain", "--scenario", "ways.json", "--ensemble", "model.json"}).code, 2);
  EXPECT_EQ(program({"simulate", "chain", "--ensemble", "model.json"}).code, 2);
}

TEST(SimulateBadInput, ValuesOutOfTheirDomainsSayWhatIsAllowed) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const Program program(workspace);
  const auto refused = [&](std::vector<std::string> words) {
    const std::vector<std::string> simulate{"simulate", "chain", "--at", "a=1", "--lang", "en"};
    words.insert(words.begin(), simulate.begin(), simulate.end());
    const Outcome run = program(words);
    EXPECT_EQ(run.code, 2) << run.out;
    return run.err;
  };
  EXPECT_TRUE(holds(refused({"--model", "dynamics", "--inventory-days", "0.5"}), "--inventory-days"));
  EXPECT_TRUE(holds(refused({"--model", "dynamics", "--smoothing-days", "0"}), "--smoothing-days"));
  EXPECT_TRUE(holds(refused({"--model", "dynamics", "--poisson-inventory", "nan"}), "--poisson-inventory"));
  EXPECT_TRUE(holds(refused({"--model", "dynamics", "--rationing", "households"}), "households_last"));
  EXPECT_TRUE(holds(refused({"--model", "distress", "--variant", "2013"}), "2012"));
  EXPECT_TRUE(holds(refused({"--model", "inoperability", "--recovery-days", "x"}), "--recovery-days"));
  EXPECT_TRUE(holds(refused({"--model", "dynamics", "--seed", "4"}), "without --poisson-inventory"));
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
  for (const std::string name : {"--inventory-days", "--smoothing-days", "--poisson-inventory", "--days", "--runs",
                                 "--seed", "--recovery-days", "--rationing", "--variant", "--market"}) {
    const std::string value = name == "--rationing" ? "proportional" : name == "--variant" ? "2012" : "9";
    const Outcome run = program({"simulate", "chain", "--at", "a=1", "--model", "linear", name, value, "--lang", "en"});
    EXPECT_EQ(run.code, 2) << name;
    EXPECT_TRUE(holds(run.err, name)) << run.err;
  }
}

}  // namespace
}  // namespace chainqual::testing
