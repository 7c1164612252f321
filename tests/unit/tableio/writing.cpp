#include <gtest/gtest.h>

#include <sys/resource.h>
#include <csignal>
#include <limits>

#include "chainqual/io/chain_json.hpp"
#include "workspace.hpp"

// What is written reads back; what cannot be written leaves everything as it was.

namespace chainqual {
namespace {

using testing::Workspace;

Dossier small_dossier() {
  Dossier dossier;
  dossier.info.name = "示例链";
  dossier.info.home_region = "120000";
  dossier.info.severity = SeverityModel(Weights{{1, 3}, {1, 3}, {1, 3}}, Thresholds{{9, 2}, {3}}, Rounding::tenth);
  Enterprise a;
  a.id = "E1";
  a.name = "甲";
  a.weight = 0.1;
  Enterprise b = a;
  b.id = "E2";
  b.products = {"a;b", "c、d", "e\\", " f"};
  b.ladder = Ladder::leader;
  dossier.chain.add_enterprise(a);
  dossier.chain.add_enterprise(b);
  Link link;
  link.product = "=1+1";
  link.value = 1e20;
  dossier.chain.add_link("E1", "E2", link);
  dossier.chain.add_link("E2", "E1", link);
  Problem problem;
  problem.number = "P1";
  problem.aspect_shares[2] = Decimal::from_string("0.50");
  problem.common = false;
  dossier.problems.push_back(problem);
  return dossier;
}

/// Files of at most this many bytes while it lives: writing more fails, as on a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

ErrorCode code_of_writing(const Dossier& dossier, const std::filesystem::path& path) {
  try {
    write_chain(dossier, path);
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::ok;
}

TEST(WriteChain, EveryFormReadsBackEqual) {
  const Workspace workspace;
  const Dossier dossier = small_dossier();
  for (const char* name : {"folder", "twin.json"}) {
    write_chain(dossier, workspace.path(name));
    EXPECT_TRUE(same_content(read_chain(workspace.path(name)).dossier, dossier)) << name;
  }
  write_chain(dossier, workspace.path("chinese"), {Language::zh});
  EXPECT_TRUE(same_content(read_chain(workspace.path("chinese")).dossier, dossier));
}

TEST(WriteChain, SameContentSeesEveryPart) {
  const Dossier dossier = small_dossier();
  const auto differs = [&](auto change) {
    Dossier other = dossier;
    change(other);
    return !same_content(dossier, other);
  };
  EXPECT_TRUE(same_content(dossier, small_dossier()));
  EXPECT_TRUE(differs([](Dossier& d) { d.info.note = "x"; }));
  EXPECT_TRUE(differs([](Dossier& d) { d.chain.link(*boost::edges(d.chain.graph()).first).value = 2; }));
  EXPECT_TRUE(differs([](Dossier& d) { d.problems[0].aspect_shares[2].reset(); }));
  EXPECT_TRUE(differs([](Dossier& d) { d.scores.emplace_back(); }));
  EXPECT_TRUE(differs([](Dossier& d) { d.projects.emplace_back(); }));
  EXPECT_TRUE(differs([](Dossier& d) { d.milestones.emplace_back(); }));
  EXPECT_TRUE(differs([](Dossier& d) { d.results.emplace_back(); }));
  EXPECT_TRUE(differs([](Dossier& d) { d.policy_tools.emplace_back(); }));
  EXPECT_TRUE(differs([](Dossier& d) { d.indicators.emplace_back(); }));
}

TEST(WriteChain, NoCellStartsAFormula) {
  const Workspace workspace;
  write_chain(small_dossier(), workspace.path("c"));
  EXPECT_NE(testing::bytes_of(workspace.path("c/links.csv")).find("'=1+1"), std::string::npos);
}

TEST(WriteChain, AnExistingFoldersOtherFilesStayAndItsFormerTablesGo) {
  const Workspace workspace;
  workspace.put("c/notes.txt", "mine");
  workspace.put("c/scores.csv", "problem,expert\n");
  write_chain(small_dossier(), workspace.path("c"));
  const auto files = testing::snapshot(workspace.path("c"));
  EXPECT_EQ(files.at("notes.txt"), "mine");
  EXPECT_FALSE(files.contains("scores.csv"));
  EXPECT_EQ(files.size(), 5U) << "chain.json, enterprises, links, problems, notes";
}

TEST(WriteChain, AFullDiskLeavesTheOldContentAsItWas) {
  const Workspace workspace;
  write_chain(small_dossier(), workspace.path("c"));
  write_chain(small_dossier(), workspace.path("c.json"));
  const auto before = testing::snapshot(workspace.path("c"));
  const std::string twin = testing::bytes_of(workspace.path("c.json"));
  Dossier larger = small_dossier();
  larger.problems[0].description = std::string(100'000, 'x');
  {
    const FullDisk full(4096);
    EXPECT_EQ(code_of_writing(larger, workspace.path("c")), ErrorCode::io_failure);
    EXPECT_EQ(code_of_writing(larger, workspace.path("c.json")), ErrorCode::io_failure);
    EXPECT_EQ(code_of_writing(larger, workspace.path("new")), ErrorCode::io_failure);
  }
  EXPECT_EQ(testing::snapshot(workspace.path("c")), before) << "no file changed, none added";
  EXPECT_EQ(testing::bytes_of(workspace.path("c.json")), twin);
  EXPECT_FALSE(std::filesystem::exists(workspace.path("new"))) << "a folder made in vain is taken back";
}

TEST(WriteChain, AFileWhereTheFolderShouldBeStays) {
  const Workspace workspace;
  workspace.put("c", "mine");
  EXPECT_EQ(code_of_writing(small_dossier(), workspace.path("c")), ErrorCode::io_failure);
  EXPECT_EQ(testing::bytes_of(workspace.path("c")), "mine");
}

TEST(WriteChain, AFolderWhereATableShouldBeStopsBeforeAnythingChanges) {
  const Workspace workspace;
  workspace.put("c/problems.csv/inside", "x");
  EXPECT_EQ(code_of_writing(small_dossier(), workspace.path("c")), ErrorCode::io_failure);
  EXPECT_EQ(testing::snapshot(workspace.path("c")).size(), 1U);
}

TEST(WriteChain, WhatNoReaderTakesBackIsRefused) {
  const Workspace workspace;
  for (const std::string& text : {std::string("a\0b", 3), std::string("\xFF")}) {
    Dossier dossier = small_dossier();
    dossier.problems[0].description = text;
    EXPECT_EQ(code_of_writing(dossier, workspace.path("c")), ErrorCode::invalid_value);
    EXPECT_EQ(code_of_writing(dossier, workspace.path("c.json")), ErrorCode::invalid_value);
  }
  Dossier dossier = small_dossier();
  dossier.chain.link(*boost::edges(dossier.chain.graph()).first).value = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(code_of_writing(dossier, workspace.path("c.json")), ErrorCode::invalid_value);
  dossier = small_dossier();
  dossier.problems[0].description = std::string((1U << 20) + 1, 'x');
  EXPECT_EQ(code_of_writing(dossier, workspace.path("c")), ErrorCode::limit_exceeded);
  EXPECT_FALSE(std::filesystem::exists(workspace.path("c")));
}

TEST(WriteChain, EqualDossiersGiveEqualBytes) {
  const Workspace workspace;
  for (const char* name : {"a", "b"}) write_chain(small_dossier(), workspace.path(name));
  EXPECT_EQ(testing::snapshot(workspace.path("a")), testing::snapshot(workspace.path("b")));
  EXPECT_EQ(chain_to_json(small_dossier()), chain_to_json(small_dossier()));
}

TEST(Encodings, AGb18030FolderEqualsItsUtf8Twin) {
  const Workspace workspace;
  const auto utf8 = std::filesystem::path(CHAINQUAL_TEST_DATA) / "chains" / "utf8";
  const auto gb18030 = std::filesystem::path(CHAINQUAL_TEST_DATA) / "chains" / "gb18030";
  const ChainFile a = read_chain(utf8);
  const ChainFile b = read_chain(gb18030);
  EXPECT_TRUE(same_content(a.dossier, b.dossier));
  EXPECT_EQ(a.dossier.chain.graph()[0].name, "示例硅片（集团）有限公司");
  EXPECT_GT(b.findings.count(FindingLevel::info), a.findings.count(FindingLevel::info)) << "the encoding is reported";
}

TEST(Encodings, ChineseHeadingsEqualEnglishOnes) {
  const auto chains = std::filesystem::path(CHAINQUAL_TEST_DATA) / "chains";
  EXPECT_TRUE(same_content(read_chain(chains / "utf8").dossier, read_chain(chains / "english").dossier));
}

}  // namespace
}  // namespace chainqual
