#include <gtest/gtest.h>

#include "unit/program/run.hpp"

namespace chainqual::testing {
namespace {

/// The names of everything in a folder that hides or looks unfinished.
std::vector<std::string> leftovers(const std::filesystem::path& folder) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(".") || holds(name, "tmp")) found.push_back(name);
  }
  return found;
}

/// Waits until a process handles SIGINT itself, as /proc tells: before that the signal would not be the program's
/// matter.
void wait_until_it_handles_interrupts(pid_t child) {
  for (int patience = 0; patience < 6000; ++patience) {
    std::ifstream status("/proc/" + std::to_string(child) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (!line.starts_with("SigCgt:")) continue;
      if ((std::stoull(line.substr(7), nullptr, 16) & (1ULL << (SIGINT - 1))) != 0) return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  FAIL() << "the program never handled interrupts";
}

TEST(BadInput, AMissingFolderIsOneAndSaysWhere) {
  const Workspace workspace;
  const Program program(workspace);
  for (const std::string command : {"assess", "validate", "rank"}) {
    const Outcome run = program({command, "nowhere"});
    EXPECT_EQ(run.code, 1) << command;
    EXPECT_TRUE(holds(run.err, "nowhere")) << run.err;
  }
}

TEST(BadInput, EveryErrorIsToldAndNothingIsWritten) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("chain/links.csv", "supplier,customer,dependency\na,b,1.5\na,nobody,0.5\nb,c,0.5\n");
  workspace.put("chain/scores.csv", "problem,expert,impact,diffusion,urgency\nP1,E1,6,4,5\n");
  const Program program(workspace);
  const Outcome run = program({"assess", "chain", "--out", "out"});
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.out, "");
  for (const std::string part :
       {"links.csv", "«1.5»", "«nobody»", "scores.csv", "«6»", "3 errors", "nothing was written"}) {
    EXPECT_TRUE(holds(run.err, part)) << part << "\n" << run.err;
  }
  EXPECT_FALSE(std::filesystem::exists(workspace.path("out")));
  EXPECT_EQ(leftovers(workspace.path()), std::vector<std::string>{});
  const Outcome chinese = program({"assess", "chain", "--out", "out", "--lang", "zh"});
  EXPECT_TRUE(holds(chinese.err, "3 处错误")) << chinese.err;
}

TEST(BadInput, ValidateIsZeroForSoundAndOneForUnsoundChains) {
  const Workspace workspace;
  put_small_chain(workspace, "sound");
  put_small_chain(workspace, "unsound");
  workspace.put("unsound/enterprises.csv", "id,name,stage\na,甲,upsteam\n");
  const Program program(workspace);
  EXPECT_EQ(program({"validate", "sound"}).code, 0);
  EXPECT_TRUE(holds(program({"validate", "sound"}).out, "Fit for use"));
  const Outcome unsound = program({"validate", "unsound"});
  EXPECT_EQ(unsound.code, 1);
  EXPECT_TRUE(holds(unsound.out, "Not fit for use")) << unsound.out;
  EXPECT_TRUE(holds(unsound.err, "upsteam")) << unsound.err;
}

TEST(BadInput, ValidateJsonListsEveryFindingWithItsPlaceAndFix) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("chain/links.csv", "supplier,customer,dependency\na,b,1.5\n");
  const Outcome run = Program(workspace)({"validate", "chain", "--json"});
  EXPECT_EQ(run.code, 1);
  const auto findings = run.json().at("findings");
  EXPECT_EQ(findings.at("errors"), 1);
  for (const auto& finding : findings.at("list")) {
    if (finding.at("level") != "error") continue;
    EXPECT_EQ(finding.at("line"), 2);
    EXPECT_EQ(finding.at("record"), 1);
    EXPECT_EQ(finding.at("column"), "dependency");
    EXPECT_EQ(finding.at("value"), "1.5");
    EXPECT_TRUE(has_chinese(finding.at("fix").at("zh").get<std::string>()));
    EXPECT_FALSE(has_chinese(finding.at("fix").at("en").get<std::string>()));
  }
}

TEST(BadInput, ShippedChainsAreFitForUse) {
  const Workspace workspace;
  const Program program(workspace);
  for (const std::string name : {"advanced_computing", "connected_vehicle"}) {
    const Outcome run = program({"validate", dataset(name)});
    EXPECT_EQ(run.code, 0) << run.err;
  }
}

TEST(BadInput, RejectsLoadTheRestAndKeepTheBadRows) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("chain/links.csv", "supplier,customer,dependency\na,b,0.5\na,nobody,0.5\nb,c,0.5\n");
  const Outcome run = Program(workspace)({"assess", "chain", "--out", "out", "--rejects", "bad"});
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(bytes_of(workspace.path("bad/links.csv")), "supplier,customer,dependency\na,nobody,0.5\n");
  const auto report = nlohmann::json::parse(bytes_of(workspace.path("out/report.json")));
  EXPECT_EQ(report.at("chain").at("links"), 2);
}

TEST(BadInput, RepairsAreTakenOnlyWhenAskedFor) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("chain/scores.csv", "problem,expert,impact,diffusion,urgency\nP1,E1,４．５,4,5\n");
  const Program program(workspace);
  EXPECT_EQ(program({"assess", "chain", "--out", "strict"}).code, 1);
  ASSERT_EQ(program({"assess", "chain", "--out", "mended", "--repair"}).code, 0);
  const auto report = nlohmann::json::parse(bytes_of(workspace.path("mended/report.json")));
  EXPECT_EQ(report.at("problems")[0].at("score").at("impact"), "4.5");
}

TEST(BadInput, NamesCannotDriveTheTerminal) {
  const Workspace workspace;
  put_small_chain(workspace, "chain");
  workspace.put("chain/enterprises.csv",
                "id,name,stage,segments\na,\"bad\x1b[31mred\",upstream,up\nb,right\u202Eleft,midstream,mid\nc,丙,"
                "downstream,down\n");
  const Outcome run = Program(workspace)({"rank", "chain"});
  EXPECT_FALSE(holds(run.out + run.err, "\x1b"));
  EXPECT_FALSE(holds(run.out + run.err, "\u202E"));
}

TEST(BadInput, CtrlCLeavesNothingHalfMade) {
  const Workspace workspace;
  const Program program(workspace);
  workspace.put("work/keep.txt", "mine");
  const auto before = snapshot(workspace.path("work"));
  Start start;
  start.from = workspace.path("work");
  for (const std::string out : {"large", "large.cqn"}) {
    const pid_t child = program.begin({"generate", out, "--enterprises", "4000000", "--mean-degree", "20"}, start);
    wait_until_it_handles_interrupts(child);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // well into the work; right at any other moment too
    ASSERT_EQ(kill(child, SIGINT), 0);
    const Outcome run = program.finished(child, start);
    EXPECT_EQ(run.code, 130) << run.err;
    EXPECT_TRUE(holds(run.err, "Interrupted")) << run.err;
    EXPECT_EQ(snapshot(workspace.path("work")), before) << out;
  }
}

}  // namespace
}  // namespace chainqual::testing
