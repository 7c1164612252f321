#include <gtest/gtest.h>

#include "chainqual/impact/linear.hpp"
#include "chainqual/io/network_file.hpp"
#include "unit/program/run.hpp"

namespace chainqual::testing {
namespace {

TEST(Grade, ThreeNumbersGiveTotalStarsAndAction) {
  const Workspace workspace;
  const Program program(workspace);
  const Outcome run = program({"grade", "5", "4", "4"});
  EXPECT_EQ(run.code, 0);
  for (const std::string part : {"★★★ critical", "total 4.4", "5 × 40%", "joint breakthrough"}) {
    EXPECT_TRUE(holds(run.out, part)) << part << "\n" << run.out;
  }
  const auto json = program({"grade", "5", "4", "4", "--json"}).json();
  EXPECT_EQ(json.at("total"), "4.4");
  EXPECT_EQ(json.at("grade"), "critical");
}

TEST(Grade, RoundingDecidesTheTotalOf395) {
  const Workspace workspace;
  const Program program(workspace);
  const auto grade = [&](const std::string& rounding) {
    return program({"grade", "4", "4", "3.8334", "--json", "--rounding", rounding}).json().at("grade");
  };
  EXPECT_EQ(program({"grade", "3.95", "3.95", "3.95", "--json"}).json().at("total"), "3.95");
  EXPECT_EQ(program({"grade", "3.95", "3.95", "3.95", "--json"}).json().at("grade"), "important");
  EXPECT_EQ(program({"grade", "3.95", "3.95", "3.95", "--json", "--rounding", "tenth"}).json().at("grade"), "critical");
  EXPECT_EQ(grade("exact"), "important");
  EXPECT_EQ(grade("tenth"), "critical");
}

TEST(Grade, ATableOfExpertsBecomesPanels) {
  const Workspace workspace;
  const Program program(workspace);
  workspace.put(
      "scores.csv",
      "问题编号,专家,影响程度,扩散程度,紧迫程度\nQ1,张,5,4,4\nQ1,李,4,4,4\nQ1,王,1,4,4\nQ2,张,2,2,2\nQ3,张,,,\n");
  const auto problems = [&](const std::string& panel) {
    return program({"grade", "scores.csv", "--panel", panel, "--json"}).json().at("problems");
  };
  const auto mean = problems("mean");
  ASSERT_EQ(mean.size(), 3U);
  EXPECT_EQ(mean[0].at("score").at("impact"), "10/3");
  EXPECT_EQ(mean[0].at("total"), "56/15");
  EXPECT_EQ(mean[0].at("experts"), 3);
  EXPECT_EQ(problems("median")[0].at("total"), "4");
  EXPECT_EQ(problems("median")[0].at("grade"), "critical");
  EXPECT_EQ(mean[1].at("grade"), "general");
  EXPECT_EQ(mean[2].at("grade"), "ungraded");
  EXPECT_TRUE(mean[2].at("total").is_null());
}

TEST(Grade, WritesItsTableAndKeepsNumbersExact) {
  const Workspace workspace;
  workspace.put("scores.csv", "problem,name,impact,diffusion,urgency\n1,=cmd,3.67,2,2.5\n");
  ASSERT_EQ(Program(workspace)({"grade", "scores.csv", "--out", "graded.csv"}).code, 0);
  EXPECT_EQ(bytes_of(workspace.path("graded.csv")),
            "\xEF\xBB\xBFproblem,name,declared,impact,diffusion,urgency,experts,total,grade\n"
            "1,\"'=cmd\",ungraded,3.67,2,2.5,1,2.818,important\n");
}

TEST(Grade, EveryBadScoreOfATableIsTold) {
  const Workspace workspace;
  workspace.put("scores.csv", "problem,impact,diffusion,urgency\n1,0,4,4\n2,5,,4\n3,5,4,3月4日\n");
  const Outcome run = Program(workspace)({"grade", "scores.csv", "--json"});
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.json().at("findings").at("errors"), 3) << run.out;
}

TEST(Grade, StabilityIsTheSameForEveryNumberOfThreads) {
  const Workspace workspace;
  const Program program(workspace);
  const std::string chain = dataset("advanced_computing");
  const Outcome one = program({"grade", chain, "--stability", "--json", "--threads", "1"});
  EXPECT_EQ(one.code, 0);
  EXPECT_EQ(one.out, program({"grade", chain, "--stability", "--json", "--threads", "4"}).out);
  EXPECT_TRUE(one.json().at("problems")[0].contains("kept_share"));
}

TEST(Propagate, LossIsTheProductAlongTheChain) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const auto json = Program(workspace)({"propagate", "chain", "--at", "甲厂=0.5", "--json"}).json();
  ASSERT_EQ(json.at("losses").size(), 3U);
  EXPECT_EQ(json.at("losses")[0].at("downstream"), 0.5);
  EXPECT_EQ(json.at("losses")[1].at("downstream"), 0.25);
  EXPECT_EQ(json.at("losses")[2].at("downstream"), 0.125);
  EXPECT_EQ(json.at("losses")[2].at("enterprise"), "c");
}

TEST(Propagate, ReadsLinksAloneAndNetworkFiles) {
  const Workspace workspace;
  const Program program(workspace);
  put_small_chain(workspace, "chain");
  workspace.put("links.csv", "supplier,customer,value,dependency\na,b,1,0.5\nb,c,1,0.5\n");
  ASSERT_EQ(program({"convert", "links.csv", "links.cqn"}).code, 0);
  const auto losses = [&](const std::string& input) {
    auto rows = program({"propagate", input, "--at", "a=0.5", "--json", "--quiet"}).json().at("losses");
    for (auto& row : rows) row.erase("name");
    return rows;
  };
  EXPECT_EQ(losses("links.csv"), losses("chain"));
  EXPECT_EQ(losses("links.cqn"), losses("chain"));
}

TEST(Propagate, WritesAllThatAreHit) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  ASSERT_EQ(Program(workspace)({"propagate", "chain", "--at", "a=0.5", "--top", "1", "--out", "losses.csv"}).code, 0);
  EXPECT_EQ(
      bytes_of(workspace.path("losses.csv")),
      "\xEF\xBB\xBFrank,enterprise,name,shock,downstream\n1,a,Alpha,0.5,0.5\n2,b,Beta,0,0.25\n3,c,Gamma,0,0.125\n");
}

TEST(Propagate, AnUncappedSystemWithoutSolutionIsAnErrorThatNamesTheRadius) {
  const Workspace workspace;
  workspace.put("links.csv", "supplier,customer,dependency\na,b,1\nb,a,1\n");
  const Outcome run = Program(workspace)({"propagate", "links.csv", "--at", "a=0.5", "--uncapped"});
  EXPECT_EQ(run.code, 1);
  EXPECT_TRUE(holds(run.err, "spectral radius")) << run.err;
}

TEST(Rank, OrdersByWhatTheChainLosesWithoutEach) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const auto json = Program(workspace)({"rank", "chain", "--json"}).json();
  const auto& ranking = json.at("ranking");
  ASSERT_EQ(ranking.size(), 3U);
  EXPECT_EQ(ranking[0].at("enterprise"), "a");
  EXPECT_EQ(ranking[0].at("cuts_off"), 2);
  EXPECT_EQ(ranking[1].at("joint"), true);
  EXPECT_EQ(ranking[2].at("enterprise"), "c");
  EXPECT_EQ(json.at("single_source_inputs"), 2);
  EXPECT_EQ(json.at("cycles"), 0);
}

TEST(Why, NamesSourcesPathsAndASentence) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const Program program(workspace);
  const auto json = program({"why", "chain", "c", "--at", "a=0.5", "--json"}).json();
  EXPECT_EQ(json.at("loss"), 0.125);
  ASSERT_EQ(json.at("sources").size(), 1U);
  EXPECT_EQ(json.at("sources")[0].at("share"), 1.0);
  EXPECT_EQ(json.at("paths")[0].at("enterprises"), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(has_chinese(json.at("sentence").at("zh").get<std::string>()));
  const Outcome text = program({"why", "chain", "丙厂", "--problem", "P1", "--lang", "zh"});
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_TRUE(holds(text.out, "甲厂 → 乙厂 → 丙厂")) << text.out;
}

TEST(Why, AnswersUnderEveryModel) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const Program program(workspace);
  for (const std::string model : {"linear", "cascade", "contagion", "distress", "dynamics", "inoperability"}) {
    SCOPED_TRACE(model);
    std::vector<std::string> words{"why", "chain", "c", "--at", "a=1", "--model", model, "--json"};
    if (model == "dynamics" || model == "inoperability") words.insert(words.end(), {"--days", "60"});
    const Outcome run = program(words);
    ASSERT_EQ(run.code, 0) << run.err;
    const auto json = run.json();
    EXPECT_EQ(json.at("model"), model);
    EXPECT_GT(json.at("loss"), 0);
    EXPECT_EQ(json.at("sources")[0].at("enterprise"), "a");
    EXPECT_EQ(json.at("paths")[0].at("enterprises"), (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(json.at("binding").at("neighbour"), "b");
    EXPECT_EQ(json.contains("chance"), model == "contagion");
    EXPECT_EQ(json.contains("worst"), model == "dynamics" || model == "inoperability");
    EXPECT_TRUE(has_chinese(json.at("sentence").at("zh").get<std::string>()));
    EXPECT_TRUE(holds(json.at("sentence").at("en").get<std::string>(), "Alpha → Beta → Gamma"));
  }
  const auto cascade = program({"why", "chain", "c", "--at", "a=1", "--model", "cascade", "--json"}).json();
  EXPECT_EQ(cascade.at("holds"), "essential");
  EXPECT_EQ(cascade.at("binding").at("sector"), "Parts");
  const Outcome text = program({"why", "chain", "c", "--at", "a=1", "--model", "dynamics", "--lang", "zh"});
  EXPECT_TRUE(holds(text.out, "库存动态仿真模型")) << text.out;
}

TEST(Why, ExplainsEveryScenarioOfAFile) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("flood.json",
                R"({"scenarios": [{"name": "甲停产", "name_en": "A stops", "shocks": [{"enterprise": "a"}]},)"
                R"({"name": "乙减半", "name_en": "B halves", "shocks": [{"enterprise": "b", "magnitude": 0.5}]}]})");
  const Program program(workspace);
  const Outcome run = program({"why", "chain", "c", "--scenario", "flood.json", "--model", "cascade", "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  const auto scenarios = run.json().at("scenarios");
  ASSERT_EQ(scenarios.size(), 2U);
  EXPECT_EQ(scenarios[0].at("scenario"), "A stops");
  EXPECT_EQ(scenarios[0].at("loss"), 1.0);
  EXPECT_EQ(scenarios[1].at("loss"), 0.5);
  EXPECT_EQ(scenarios[1].at("sources")[0].at("enterprise"), "b");
  const Outcome text = program({"why", "chain", "c", "--scenario", "flood.json"});
  EXPECT_TRUE(holds(text.out, "Gamma · A stops")) << text.out;
  const Outcome two = program({"why", "chain", "c", "--scenario", "flood.json", "--at", "a=1"});
  EXPECT_EQ(two.code, 2);
  EXPECT_TRUE(holds(two.err, "neither --at nor --problem")) << two.err;
  EXPECT_EQ(program({"why", "chain", "c", "--at", "a=1", "--model", "cascde"}).code, 2);
}

TEST(Convert, FolderJsonFolderIsTheSameContent) {
  const Workspace workspace;
  const Program program(workspace);
  for (const std::string name : {"advanced_computing", "connected_vehicle"}) {
    ASSERT_EQ(program({"convert", dataset(name), name + ".json"}).code, 0);
    ASSERT_EQ(program({"convert", name + ".json", name}).code, 0);
    EXPECT_TRUE(same_content(read_chain(dataset(name)).dossier, read_chain(workspace.path(name)).dossier)) << name;
    ASSERT_EQ(program({"convert", name + ".json", name + "_zh", "--headings", "zh"}).code, 0);
    EXPECT_TRUE(has_chinese(bytes_of(workspace.path(name + "_zh/links.csv")).substr(0, 60)));
    EXPECT_TRUE(same_content(read_chain(dataset(name)).dossier, read_chain(workspace.path(name + "_zh")).dossier))
        << name;
  }
}

TEST(Convert, WritesEveryFormatThatItNames) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const Program program(workspace);
  const std::map<std::string, std::string> beginnings{{"a.json", "{"},
                                                      {"a.xlsx", "PK"},
                                                      {"a.graphml", "<?xml"},
                                                      {"a.dot", "digraph"},
                                                      {"a.svg", "<"},
                                                      {"a.cqn",
                                                       "\x89"
                                                       "CQN"}};
  for (const auto& [file, beginning] : beginnings) {
    ASSERT_EQ(program({"convert", "chain", file}).code, 0) << file;
    EXPECT_TRUE(bytes_of(workspace.path(file)).starts_with(beginning)) << file;
  }
}

TEST(Generate, FolderAndNetworkFileHoldTheSameLinks) {
  const Workspace workspace;
  const Program program(workspace);
  const std::vector<std::string> recipe{"--enterprises", "300", "--mean-degree",  "5",
                                        "--seed",        "7",   "--cyclic-share", "0.1"};
  const auto make = [&](const std::string& out) {
    std::vector<std::string> arguments{"generate", out, "--json"};
    arguments.insert(arguments.end(), recipe.begin(), recipe.end());
    return program(arguments).json();
  };
  const auto folder = make("chain");
  const auto file = make("chain.cqn");
  EXPECT_EQ(folder.at("links"), file.at("links"));
  EXPECT_EQ(program({"validate", "chain"}).code, 0);
  const Network stored = open_network(workspace.path("chain.cqn"), Verify::full).network;
  ASSERT_EQ(program({"convert", "chain", "again.cqn"}).code, 0);
  const Network again = open_network(workspace.path("again.cqn"), Verify::full).network;
  ASSERT_EQ(again.enterprises(), stored.enterprises());
  EXPECT_TRUE(std::equal(again.out_targets().begin(), again.out_targets().end(), stored.out_targets().begin(),
                         stored.out_targets().end()));
  EXPECT_TRUE(std::equal(again.out_values().begin(), again.out_values().end(), stored.out_values().begin(),
                         stored.out_values().end()));
}

TEST(Generate, EqualSeedsGiveEqualFilesAndOthersDiffer) {
  const Workspace workspace;
  const Program program(workspace);
  const auto bytes = [&](const std::string& out, const std::string& seed) {
    EXPECT_EQ(program({"generate", out, "--enterprises", "200", "--seed", seed}).code, 0);
    return bytes_of(workspace.path(out + "/links.csv"));
  };
  const std::string first = bytes("one", "1");
  EXPECT_EQ(first, bytes("again", "1"));
  EXPECT_NE(first, bytes("other", "2"));
}

}  // namespace
}  // namespace chainqual::testing
