#include <gtest/gtest.h>

#include "unit/program/run.hpp"

namespace chainqual::testing {
namespace {

const std::vector<std::string> commands{"assess",      "validate",      "grade",    "propagate", "rank",
                                        "criticality", "simulate",      "why",      "convert",   "generate",
                                        "map",         "systemic-risk", "mitigate", "evaluate",  "register"};

TEST(CommandLine, TellsItsVersion) {
  const Workspace workspace;
  const Program program(workspace);
  const Outcome plain = program({"--version"});
  EXPECT_EQ(plain.code, 0);
  EXPECT_TRUE(plain.out.starts_with("chainqual ")) << plain.out;
  const Outcome json = program({"--version", "--json"});
  EXPECT_EQ("chainqual " + json.json().at("version").get<std::string>() + "\n", plain.out);
}

TEST(CommandLine, HelpListsEveryCommandInBothLanguages) {
  const Workspace workspace;
  const Program program(workspace);
  for (const std::string language : {"en", "zh"}) {
    const Outcome help = program({"--help", "--lang", language});
    EXPECT_EQ(help.code, 0);
    EXPECT_EQ(help.err, "");
    EXPECT_EQ(has_chinese(help.out), language == "zh");
    for (const auto& command : commands) EXPECT_TRUE(holds(help.out, "  " + command + " ")) << command;
  }
}

TEST(CommandLine, EveryCommandExplainsItselfInBothLanguages) {
  const Workspace workspace;
  const Program program(workspace);
  for (const auto& command : commands) {
    const Outcome english = program({command, "--help", "--lang=en"});
    const Outcome chinese = program({command, "--help", "--lang=zh"});
    EXPECT_EQ(english.code, 0) << command;
    EXPECT_EQ(chinese.code, 0) << command;
    EXPECT_TRUE(has_chinese(chinese.out)) << command;
    EXPECT_TRUE(holds(english.out, "Usage: chainqual " + command)) << english.out;
    EXPECT_TRUE(holds(english.out, "--json")) << command;
    // Only an example may name a Chinese enterprise.
    const std::string before_examples = english.out.substr(0, english.out.find("Examples:"));
    EXPECT_FALSE(has_chinese(before_examples)) << before_examples;
  }
}

TEST(CommandLine, LanguageFollowsTheLocaleVariablesInTheirOrder) {
  const Workspace workspace;
  const Program program(workspace);
  const auto chinese = [&](std::vector<std::string> environment) {
    Start start;
    start.environment = std::move(environment);
    return has_chinese(program({"--help"}, start).out);
  };
  EXPECT_FALSE(chinese({}));
  EXPECT_TRUE(chinese({"LANG=zh_CN.UTF-8"}));
  EXPECT_TRUE(chinese({"LANG=en_US.UTF-8", "LC_MESSAGES=zh_TW.UTF-8"}));
  EXPECT_FALSE(chinese({"LANG=zh_CN.UTF-8", "LC_MESSAGES=zh_CN.UTF-8", "LC_ALL=C"}));
  EXPECT_TRUE(chinese({"LANG=zh_CN.UTF-8", "LC_ALL="}));
}

TEST(CommandLine, TheOptionLangStandsAboveTheLocale) {
  const Workspace workspace;
  const Program program(workspace);
  Start chinese;
  chinese.environment = {"LC_ALL=zh_CN.UTF-8"};
  EXPECT_FALSE(has_chinese(program({"grade", "5", "4", "4", "--lang", "en"}, chinese).out));
  EXPECT_TRUE(has_chinese(program({"grade", "5", "4", "4"}, chinese).out));
}

TEST(CommandLine, AMistypedOptionIsWrongUseAndNamesTheNearest) {
  const Workspace workspace;
  const Program program(workspace);
  const Outcome run = program({"assess", "chain", "--otu", "x"});
  EXPECT_EQ(run.code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err, "Wrong use: Unknown option --otu. Did you mean --out?\n");
  EXPECT_EQ(program({"rank", "chain", "--lang=zh", "--topp=3"}).err,
            "用法错误：没有这个选项：--topp。是不是 --top？\n");
  EXPECT_TRUE(holds(program({"rank", "chain", "--thr", "2"}).err, "Did you mean --threads?")) << "a beginning";
}

TEST(CommandLine, AMistypedCommandIsWrongUseAndNamesTheNearest) {
  const Workspace workspace;
  const Program program(workspace);
  const Outcome run = program({"asses", "chain"});
  EXPECT_EQ(run.code, 2);
  EXPECT_EQ(run.err, "Wrong use: Unknown command asses. Did you mean assess?\n");
  EXPECT_TRUE(holds(program({"Vlaidate", "chain"}).err, "Did you mean validate?"));
  const Outcome nothing_like_it = program({"frobnicate"});
  EXPECT_EQ(nothing_like_it.code, 2);
  EXPECT_FALSE(holds(nothing_like_it.err, "Did you mean")) << nothing_like_it.err;
}

TEST(CommandLine, AChainMayBeCalledAsACommandIs) {
  const Workspace workspace;
  put_small_chain(workspace, "map");
  const Outcome run = Program(workspace)({"validate", "map", "--json"});
  EXPECT_NE(run.code, 2) << run.err;
  EXPECT_EQ(run.json().at("command"), "validate");
}

TEST(CommandLine, WithoutACommandItShowsHelpAndIsWrongUse) {
  const Workspace workspace;
  const Outcome run = Program(workspace)({});
  EXPECT_EQ(run.code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_TRUE(holds(run.err, "Commands:")) << run.err;
}

TEST(CommandLine, WrongUseIsTwoForEveryCommandWithoutArguments) {
  const Workspace workspace;
  const Program program(workspace);
  for (const auto& command : commands) {
    const Outcome run = program({command});
    EXPECT_EQ(run.code, 2) << command;
    EXPECT_TRUE(run.err.starts_with("Wrong use: ")) << command << run.err;
  }
}

TEST(CommandLine, ValuesOutsideTheirRangeAreWrongUse) {
  const Workspace workspace;
  const Program program(workspace);
  put_small_chain(workspace, "chain");
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"assess", "chain", "--top", "many"},
           {"assess", "chain", "--measure", "sideways"},
           {"assess", "chain", "--ungraded", "1.5"},
           {"assess", "chain", "--threads", "0"},
           {"assess", "chain", "--lang", "fr"},
           {"assess", "chain", "--out"},
           {"assess", "chain", "surplus"},
           {"grade", "5", "4"},
           {"grade", "5", "4", "6"},
           {"grade", "5", "4", "-1"},
           {"grade", "5", "4", "NaN"},
           {"grade", "5", "4", "4", "--weights", "40,30,20"},
           {"grade", "5", "4", "4", "--thresholds", "2.5,4"},
           {"propagate", "chain"},
           {"propagate", "chain", "--at", "a"},
           {"propagate", "chain", "--at", "a=2"},
           {"propagate", "chain", "--at", "nobody=0.5"},
           {"why", "chain", "nobody"},
           {"why", "chain", "c", "--problem", "P9"},
           {"convert", "chain", "out.doc"},
           {"map", "chain", "out.doc"},
           {"map", "chain", "out.png", "--dpi", "10"},
           {"map", "chain", "out.pdf", "--paper", "a9"},
           {"map", "chain", "out.pdf", "--tiles", "2"},
           {"map", "chain", "out.png", "--paper", "a4", "--tiles", "2"},
           {"map", "chain", "out.pdf", "--paper", "a4", "--tiles", "9"},
           {"map", "chain", "out.csv"},
           {"map", "net.cqn", "out.html", "--compare", "chain"},
           {"map", "chain", "out.html", "--by", "height"},
           {"generate", "out", "--enterprises", "0"},
       }) {
    const Outcome run = program(arguments);
    std::string line;
    for (const auto& word : arguments) line += word + " ";
    EXPECT_EQ(run.code, 2) << line << run.err;
    EXPECT_EQ(run.out, "") << line;
    EXPECT_TRUE(holds(run.err, "Wrong use: ")) << line << run.err;
  }
  EXPECT_FALSE(std::filesystem::exists(workspace.path("chain-assessment")));
  EXPECT_FALSE(std::filesystem::exists(workspace.path("out")));
}

TEST(CommandLine, WrongUseWithJsonIsAnAnswerInJson) {
  const Workspace workspace;
  const Outcome run = Program(workspace)({"rank", "chain", "--json", "--nonsense"});
  EXPECT_EQ(run.code, 2);
  EXPECT_EQ(run.json().at("ok"), false);
  EXPECT_EQ(run.json().at("error").at("code"), "wrong_use");
  EXPECT_TRUE(has_chinese(run.json().at("error").at("message").at("zh").get<std::string>()));
}

TEST(CommandLine, UnknownEnterpriseNamesThoseNear) {
  const Workspace workspace;
  const Program program(workspace);
  const Outcome run = program({"propagate", dataset("advanced_computing"), "--at", "phytum=0.5", "--quiet"});
  EXPECT_EQ(run.code, 2);
  EXPECT_TRUE(holds(run.err, "phytium")) << run.err;
}

}  // namespace
}  // namespace chainqual::testing
