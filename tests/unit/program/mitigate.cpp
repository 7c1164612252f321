#include <gtest/gtest.h>

#include "unit/program/run.hpp"

namespace chainqual::testing {
namespace {

/// The small chain with a second maker of ore, a project without a budget, and three measures with prices.
class Mitigate : public ::testing::Test {
 protected:
  void SetUp() override {
    put_small_chain(workspace_, "chain");
    workspace_.put("chain/enterprises.csv",
                   "id,name,name_en,stage,segments,products,weight\n"
                   "a,甲厂,Alpha,upstream,up,ore,1\nd,丁厂,Delta,upstream,up,ore,1\nb,乙厂,Beta,midstream,mid,,1\n"
                   "c,丙厂,Gamma,downstream,down,,1\n");
    workspace_.put("chain/projects.csv", "number,name,name_en,kind,problems\nX1,止裂,No cracks,design,P1\n");
    workspace_.put("measures.json", R"({"measures": [
      {"project": {"problems": ["P1"], "effect": 0.5}, "cost": 30, "name": "半数", "name_en": "Half of it"},
      {"alternate": {"customer": "b", "supplier": "a", "alternate": "d", "share": "50%"}, "cost": 10},
      {"stock": {"enterprise": "b", "days": 5}, "cost": 1}]})");
    // One enterprise fails, the other maker of ore does not.
    workspace_.put("fail.json", R"({"shocks": [{"enterprise": "a", "magnitude": 0.8}]})");
  }

  [[nodiscard]] Outcome run(std::vector<std::string> more) const {
    std::vector<std::string> words{"mitigate", "chain"};
    words.insert(words.end(), more.begin(), more.end());
    return Program(workspace_)(words);
  }

  Workspace workspace_;
};

TEST_F(Mitigate, ChoosesUnderTheBudgetAndSaysWhatEachAvoids) {
  const auto json = run({"--budget", "12", "--measures", "measures.json", "--scenario", "fail.json", "--json", "--loss",
                         "downstream"})
                        .json();
  EXPECT_EQ(json.at("command"), "mitigate");
  // a loses 0.8, b half of it, c half of that; with the alternate b loses half as much.
  EXPECT_NEAR(json.at("loss_before").get<double>(), 0.8 + 0.4 + 0.2, 1e-6);
  EXPECT_NEAR(json.at("loss_after").get<double>(), 0.8 + 0.2 + 0.1, 1e-6);
  EXPECT_EQ(json.at("spent"), 10);
  EXPECT_EQ(json.at("optimal"), true);
  ASSERT_EQ(json.at("chosen").size(), 1U);
  EXPECT_EQ(json.at("chosen")[0].at("measure"), 2);
  EXPECT_NEAR(json.at("chosen")[0].at("avoided_per_cost").get<double>(), 0.03, 1e-6);
  const auto& measures = json.at("measures");
  EXPECT_EQ(measures[0].at("fate"), "too_dear");
  EXPECT_EQ(measures[1].at("fate"), "chosen");
  EXPECT_EQ(measures[2].at("fate"), "useless");
  EXPECT_TRUE(holds(measures[2].at("why"), "knows no stocks"));
}

TEST_F(Mitigate, TellsTheSameInBothLanguages) {
  const std::vector<std::string> words{"--budget", "50", "--measures", "measures.json"};
  const Outcome en = run(words);
  EXPECT_EQ(en.code, 0) << en.err;
  for (const std::string part : {"registered problems: 1", "Half of it", "budget: 50", "loss avoided by money spent",
                                 "Beta: 5 more days of stock", "Shares are of the loss"}) {
    EXPECT_TRUE(holds(en.out, part)) << part << "\n" << en.out;
  }
  EXPECT_FALSE(has_chinese(en.out)) << en.out;
  auto zh_words = words;
  zh_words.insert(zh_words.end(), {"--lang", "zh"});
  const Outcome zh = run(zh_words);
  for (const std::string part :
       {"登记的质量问题 1 个", "半数", "预算 50 万元", "乙厂：多备 5 天库存", "甲厂 的 50% 改由 丁厂 供应"}) {
    EXPECT_TRUE(holds(zh.out, part)) << part << "\n" << zh.out;
  }
}

TEST_F(Mitigate, SuggestsFromTheChainAndNeverMakesUpAPrice) {
  auto json = run({"--budget", "50", "--json"}).json();
  ASSERT_EQ(json.at("measures").size(), 2U);  // the project, and d for a's ore
  for (const auto& measure : json.at("measures")) {
    EXPECT_EQ(measure.at("fate"), "unpriced");
    EXPECT_TRUE(measure.at("cost").is_null());
  }
  EXPECT_GT(json.at("measures")[0].at("avoided_alone"), 0);
  json = run({"--budget", "50", "--json", "--cost-alternate", "4", "--scenario", "fail.json"}).json();
  EXPECT_EQ(json.at("spent"), 4);
  json = run({"--budget", "50", "--json", "--measures", "measures.json", "--suggest"}).json();
  EXPECT_EQ(json.at("measures").size(), 4U);  // the file has the alternate, with its price
}

TEST_F(Mitigate, WritesWhatThereIsToChooseFromAndWhatWasChosen) {
  EXPECT_EQ(run({"--write", "all.json"}).code, 0);
  const std::string written = bytes_of(workspace_.path("all.json"));
  EXPECT_TRUE(holds(written, "\"number\": \"X1\""));
  EXPECT_TRUE(holds(written, "\"alternate\": \"d\""));
  EXPECT_EQ(run({"--measures", "all.json", "--budget", "1"}).code, 0);
  EXPECT_EQ(run({"--measures", "measures.json", "--budget", "31", "--out", "out.csv"}).code, 0);
  const std::string csv = bytes_of(workspace_.path("out.csv"));
  EXPECT_TRUE(holds(csv, "order,measure,kind,title,fate,cost"));
  EXPECT_TRUE(holds(csv, "1,1,project,Half of it,chosen,30,"));
  EXPECT_TRUE(holds(csv, ",3,stock,"));
}

TEST_F(Mitigate, WeighsScenariosAsTold) {
  workspace_.put("two.json",
                 R"({"scenarios": [{"shocks": [{"enterprise": "a"}]}, {"shocks": [{"enterprise": "c"}]}]})");
  const auto json = run({"--budget", "50", "--measures", "measures.json", "--scenario", "two.json", "--weight", "3",
                         "--weight", "1", "--loss", "downstream", "--json"})
                        .json();
  EXPECT_NEAR(json.at("loss_before").get<double>(), (3 * 1.75 + 1) / 4, 1e-9);
}

TEST_F(Mitigate, RefusesWhatMakesNoSense) {
  const auto refused = [&](std::vector<std::string> more, int code, const std::string& words) {
    const Outcome outcome = run(std::move(more));
    EXPECT_EQ(outcome.code, code) << words;
    EXPECT_TRUE(holds(outcome.err, words)) << words << "\n" << outcome.err;
  };
  refused({}, 2, "Give the budget");
  refused({"--budget", "-1"}, 2, "--budget");
  refused({"--budget", "many"}, 2, "--budget");
  refused({"--budget", "5", "--exact", "--greedy"}, 2, "not both");
  refused({"--budget", "5", "--weight", "1"}, 2, "no such file is given");
  refused({"--budget", "5", "--loss", "all"}, 2, "--loss");
  refused({"--budget", "5", "--measures", "none.json"}, 1, "none.json");
  workspace_.put("bad.json", R"({"measures": [{"stock": {"enterprise": "zzz", "days": 1}, "cost": 1},
    {"project": {"problems": ["P9"]}}]})");
  refused({"--budget", "5", "--measures", "bad.json"}, 1, "zzz");
  refused({"--budget", "5", "--measures", "bad.json"}, 1, "P9");
}

TEST_F(Mitigate, TheShippedChainsChooseTheSameWithAnyNumberOfThreads) {
  for (const std::string name : {"advanced_computing", "connected_vehicle"}) {
    const auto ask = [&](const std::string& threads) {
      return Program(workspace_)({"mitigate", dataset(name), "--budget", "100", "--cost-alternate", "30", "--share",
                                  "0.4", "--same-segment", "--model", "cascade", "--threads", threads, "--json", "-q"});
    };
    const Outcome one = ask("1");
    EXPECT_EQ(one.code, 0) << one.err;
    EXPECT_EQ(one.out, ask("3").out);
    EXPECT_LE(one.json().at("spent"), 100);
    EXPECT_GT(one.json().at("measures").size(), 3U);
  }
}

}  // namespace
}  // namespace chainqual::testing
