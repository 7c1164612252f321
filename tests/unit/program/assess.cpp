#include <gtest/gtest.h>

#include <cctype>
#include <set>

#include "chainqual/impact/assess.hpp"
#include "chainqual/io/report.hpp"
#include "chainqual/map/print.hpp"
#include "unit/program/run.hpp"

namespace chainqual::testing {
namespace {

const std::vector<std::string> shipped{"advanced_computing", "connected_vehicle"};

std::vector<std::string> written_names() {
  std::vector<std::string> names = report_files();
  names.push_back("map.html");
  if (can_print()) {
    names.emplace_back("map.pdf");
    names.emplace_back("map.png");
  }
  names.push_back("map.svg");
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& [name, bytes] : snapshot(folder)) names.push_back(name);
  return names;
}

TEST(Assess, WritesEveryFileOfTheShippedChains) {
  for (const auto& name : shipped) {
    const Workspace workspace;
    const Outcome run = Program(workspace)({"assess", dataset(name), "--out", "out"});
    EXPECT_EQ(run.code, 0) << run.err;
    EXPECT_EQ(names_in(workspace.path("out")), written_names());
    for (const auto& [file, bytes] : snapshot(workspace.path("out"))) EXPECT_GT(bytes.size(), 50U) << file;
  }
}

TEST(Assess, WithoutOutItWritesBesideTheUserUnderTheChainsName) {
  const Workspace workspace;
  put_small_chain(workspace, "my_chain");
  const Program program(workspace);
  ASSERT_EQ(program({"assess", "my_chain/"}).code, 0);
  EXPECT_EQ(names_in(workspace.path("my_chain-assessment")), written_names());
  Start inside;
  inside.from = workspace.path("my_chain");
  ASSERT_EQ(program({"assess", "."}, inside).code, 0);
  EXPECT_TRUE(std::filesystem::exists(workspace.path("my_chain/my_chain-assessment/report.json")));
}

TEST(Assess, SpeaksOneLanguageAtATime) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  const Program program(workspace);
  const Outcome english = program({"assess", "chain", "--out", "en", "--lang", "en"});
  const Outcome chinese = program({"assess", "chain", "--out", "zh", "--lang", "zh"});
  ASSERT_EQ(english.code, 0) << english.err;
  ASSERT_EQ(chinese.code, 0) << chinese.err;
  EXPECT_FALSE(has_chinese(english.out)) << english.out;
  EXPECT_FALSE(has_chinese(english.err)) << english.err;
  for (const std::string word : {"Cracks", "Alpha", "Machines", "Enterprises: ranked by the mean impact of one problem",
                                 "Segments: ranked by the mean impact of one problem", "mean loss", "all at once",
                                 "What the figures rest on", "Written to en/"}) {
    EXPECT_TRUE(holds(english.out, word)) << word << "\n" << english.out;
  }
  for (const std::string word :
       {"=开裂", "甲厂", "整机", "企业：按单个问题的平均影响排名", "环节：按单个问题的平均影响排名", "平均损失",
        "同时发生", "数字的依据", "已写出 zh/"}) {
    EXPECT_TRUE(holds(chinese.out, word)) << word << "\n" << chinese.out;
  }
}

TEST(Assess, DataFilesAreTheSameInEveryLanguageAndLocale) {
  const Workspace workspace;
  const Program program(workspace);
  Start german;
  german.environment = {"LC_ALL=de_DE.UTF-8", "LC_NUMERIC=de_DE.UTF-8"};
  Start chinese;
  chinese.environment = {"LANG=zh_CN.UTF-8"};
  workspace.put("flood.json", R"({"name": "洪水", "shocks": [{"stage": "upstream", "magnitude": 0.5}]})");
  const auto assessed = [&](const char* folder, const char* threads, const Start& start) {
    return program({"assess", dataset("connected_vehicle"), "--scenario", "flood.json", "--out", folder, "--threads",
                    threads},
                   start)
        .code;
  };
  ASSERT_EQ(assessed("plain", "1", {}), 0);
  ASSERT_EQ(assessed("german", "1", german), 0);
  ASSERT_EQ(assessed("chinese", "3", chinese), 0);
  const auto plain = snapshot(workspace.path("plain"));
  EXPECT_EQ(plain, snapshot(workspace.path("german")));
  for (const auto& [name, bytes] : snapshot(workspace.path("chinese"))) {
    if (name.ends_with(".csv") || name.ends_with(".json")) {
      EXPECT_EQ(bytes, plain.at(name)) << name;
    }
  }
  const std::string json = plain.at("report.json");
  EXPECT_TRUE(holds(json, "\"impact\": \"0.4\"")) << "decimal point, not comma";
  for (const auto& [name, bytes] : plain) {
    if (!name.ends_with(".csv")) continue;
    const std::string line = bytes.substr(0, bytes.find('\n'));
    const auto commas = std::count(line.begin(), line.end(), ',');
    const std::string second = bytes.substr(line.size() + 1, bytes.find('\n', line.size() + 1) - line.size() - 1);
    if (!holds(second, "\"")) {
      EXPECT_EQ(std::count(second.begin(), second.end(), ','), commas) << name;
    }
  }
}

TEST(Assess, JsonIsPureAndHoldsTheReportThatWasWritten) {
  for (const auto& name : shipped) {
    const Workspace workspace;
    const Outcome run = Program(workspace)({"assess", dataset(name), "--out", "out", "--json"});
    ASSERT_EQ(run.code, 0) << run.err;
    const auto answer = run.json();
    EXPECT_EQ(answer.at("command"), "assess");
    EXPECT_EQ(answer.at("ok"), true);
    EXPECT_EQ(answer.at("written").size(), written_names().size());
    const auto report = nlohmann::json::parse(bytes_of(workspace.path("out/report.json")));
    EXPECT_EQ(answer.at("report"), report);
    EXPECT_EQ(report.at("format"), "chainqual-report");
  }
}

TEST(Assess, ReportAgreesWithTheLibraryOnTheShippedChains) {
  for (const auto& name : shipped) {
    const Workspace workspace;
    ASSERT_EQ(Program(workspace)({"assess", dataset(name), "--out", "out"}).code, 0);
    const auto report = nlohmann::json::parse(bytes_of(workspace.path("out/report.json")));
    const ChainFile file = read_chain(dataset(name));
    const AssessReport expected = assess(file.dossier);
    ASSERT_EQ(report.at("problems").size(), expected.problems.size());
    for (std::size_t k = 0; k < expected.problems.size(); ++k) {
      const auto& row = report.at("problems")[k];
      EXPECT_EQ(row.at("number"), expected.problems[k].number);
      EXPECT_EQ(row.at("grade"), key_of(expected.problems[k].grade));
      EXPECT_EQ(row.at("impact").at("whole_chain").at("downstream"),
                expected.problems[k].impact.whole_chain.downstream);
    }
    EXPECT_EQ(report.at("enterprises").size(), file.dossier.chain.enterprises());
  }
}

TEST(Assess, RankingsOfTheShippedChainsTellEnterprisesAndSegmentsApart) {
  for (const auto& name : shipped) {
    const Workspace workspace;
    const Outcome run = Program(workspace)({"assess", dataset(name), "--out", "out", "--top", "0"});
    ASSERT_EQ(run.code, 0) << run.err;
    const auto report = nlohmann::json::parse(bytes_of(workspace.path("out/report.json")));
    for (const char* table : {"enterprises", "segments"}) {
      std::set<double> means;
      double before = 1;
      for (const auto& row : report.at(table)) {
        const double mean = row.at("mean_loss");
        const double at_once =
            table == std::string("segments") ? row.at("loss").at("downstream") : row.at("downstream");
        EXPECT_LE(mean, at_once + 1e-9) << row;
        EXPECT_LE(mean, before) << "by rank: " << row;
        before = mean;
        means.insert(mean);
        if (table == std::string("segments")) {
          EXPECT_NE(row.at("enterprises"), 0) << row;
        }
      }
      EXPECT_GT(means.size() * 2, report.at(table).size()) << name << " " << table;
      EXPECT_LT(*means.rbegin(), 0.9) << name << ": no saturation";
    }
  }
}

TEST(Assess, AFolderThatStandsKeepsItsOtherFiles) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("out/notes.txt", "mine");
  workspace.put("out/report.json", "old");
  ASSERT_EQ(Program(workspace)({"assess", "chain", "--out", "out"}).code, 0);
  EXPECT_EQ(bytes_of(workspace.path("out/notes.txt")), "mine");
  EXPECT_TRUE(bytes_of(workspace.path("out/report.json")).starts_with("{"));
  EXPECT_EQ(snapshot(workspace.path("out")).size(), written_names().size() + 1);
}

TEST(Assess, OutputUnderAFileIsRefusedAndNothingIsMade) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("taken", "a file");
  const Program program(workspace);
  for (const std::string out : {"taken", "taken/below", "taken/far/below"}) {
    const Outcome run = program({"assess", "chain", "--out", out});
    EXPECT_EQ(run.code, 1) << out;
    EXPECT_TRUE(holds(run.err, "a file stands there, not a folder")) << run.err;
    EXPECT_EQ(run.out, "");
  }
  EXPECT_EQ(bytes_of(workspace.path("taken")), "a file");
  EXPECT_TRUE(
      holds(program({"assess", "chain", "--out", "taken", "--lang", "zh"}).err, "这里已有一个文件，不是文件夹"));
}

TEST(Assess, AFolderInAFilesPlaceIsRefusedBeforeAnyFileIsReplaced) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("out/graded_problems.csv", "old");
  workspace.put("out/report.json/inside", "x");
  const Outcome run = Program(workspace)({"assess", "chain", "--out", "out"});
  EXPECT_EQ(run.code, 1);
  EXPECT_TRUE(holds(run.err, "out/report.json")) << run.err;
  EXPECT_EQ(bytes_of(workspace.path("out/graded_problems.csv")), "old");
  EXPECT_EQ(snapshot(workspace.path("out")).size(), 2U);
}

TEST(Assess, AFullDiskUnderStandardOutputIsAnError) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  Start full;
  full.out_file = "/dev/full";
  const Outcome run = Program(workspace)({"grade", "chain"}, full);
  EXPECT_EQ(run.code, 1);
  EXPECT_TRUE(holds(run.err, "the disk is full")) << run.err;
}

TEST(Assess, TopLimitsRankingsAndZeroListsAll) {
  const Workspace workspace;
  const Program program(workspace);
  const auto lines = [&](const std::string& top) {
    const Outcome run = program({"assess", dataset("connected_vehicle"), "--out", "out", "--top", top});
    return std::count(run.out.begin(), run.out.end(), '\n');
  };
  EXPECT_LT(lines("3"), lines("10"));
  EXPECT_LT(lines("10"), lines("0"));
}

TEST(Assess, NoColourAndNoProgressWithoutATerminal) {
  const Workspace workspace;
  const Outcome run = Program(workspace)({"assess", dataset("advanced_computing"), "--out", "out"});
  EXPECT_FALSE(holds(run.out, "\x1b")) << "escape sequences on a pipe";
  EXPECT_FALSE(holds(run.err, "\x1b")) << run.err;
  EXPECT_FALSE(holds(run.err, "\r"));
}

TEST(Assess, JsonTwinGivesTheSameReport) {
  const Workspace workspace;
  const Program program(workspace);
  ASSERT_EQ(program({"convert", dataset("advanced_computing"), "twin.json"}).code, 0);
  ASSERT_EQ(program({"assess", dataset("advanced_computing"), "--out", "folder"}).code, 0);
  ASSERT_EQ(program({"assess", "twin.json", "--out", "twin"}).code, 0);
  EXPECT_EQ(bytes_of(workspace.path("folder/report.json")), bytes_of(workspace.path("twin/report.json")));
}

TEST(Assess, AnyModelAndScenariosBesideTheProblems) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("flood.json", R"({"name": "停工", "name_en": "Strike",
    "shocks": [{"enterprise": "a", "magnitude": 0.5}]})");
  const Program program(workspace);
  const Outcome run = program(
      {"assess", "chain", "--out", "out", "--model", "cascade", "--scenario", "flood.json", "--lang", "en", "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  const auto report = run.json()["report"];
  EXPECT_EQ(report["options"]["model"], "cascade");
  EXPECT_FALSE(report.contains("runs")) << "solves of the linear model";
  ASSERT_EQ(report["scenarios"].size(), 1U);
  EXPECT_EQ(report["scenarios"][0]["name_en"], "Strike");
  EXPECT_EQ(report["scenarios"][0]["placed"][0]["magnitude"], 0.5);
  EXPECT_GT(report["scenarios"][0]["impact"]["whole_chain"]["downstream"], 0.0);
  const std::string table = bytes_of(workspace.path("out/impact_by_scenario.csv"));
  EXPECT_NE(table.find("停工,Strike,1,"), std::string::npos) << table;
  const Outcome shown =
      program({"assess", "chain", "--out", "out", "--model", "cascade", "--scenario", "flood.json", "--lang", "en"});
  EXPECT_NE(shown.out.find("Scenarios: the impact of each by itself"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("generalised Leontief cascade"), std::string::npos) << shown.out;
}

TEST(Assess, AModelThatIsNoneIsWrongUseAndABadScenarioABadInput) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("bad.json", R"({"shocks": [{"enterprise": "nobody"}]})");
  const Program program(workspace);
  const Outcome wrong = program({"assess", "chain", "--model", "cascad", "--lang", "en"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_NE(wrong.err.find("cascade"), std::string::npos) << wrong.err;
  const Outcome bad = program({"assess", "chain", "--scenario", "bad.json", "--lang", "en"});
  EXPECT_EQ(bad.code, 1);
  EXPECT_NE(bad.err.find("nobody"), std::string::npos) << bad.err;
  EXPECT_FALSE(std::filesystem::exists(workspace.path("chain-assessment")));
}

}  // namespace
}  // namespace chainqual::testing
