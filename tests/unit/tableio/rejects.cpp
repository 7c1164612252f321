#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "chainqual/io/chain_json.hpp"
#include "workspace.hpp"

// With rejects: bad rows leave byte for byte, with their findings; the rest loads; loaded + rejected = read, always.

namespace chainqual {
namespace {

using testing::Workspace;

ReadOptions into(const std::filesystem::path& folder) {
  ReadOptions options;
  options.rejects = folder;
  return options;
}

TableCount count_of(const ChainFile& file, const std::string& table) {
  for (const auto& count : file.tables) {
    if (count.table == table) return count;
  }
  ADD_FAILURE() << "no table " << table;
  return {};
}

TEST(Rejects, BadRowsLeaveByteForByteAndWhatRefersToThemFollows) {
  const Workspace workspace;
  testing::put_base(workspace);
  workspace.put("problems.csv",
                "number,stage,related,declared\r\nP1,upstream,,★\r\n\"P2\" "
                ",nowhere,,★★\r\nP3,upstream,P2,\r\nP4,upstream,P3,\r\nP5,upstream,P1,\r\n");
  workspace.put(
      "scores.csv",
      "problem,expert,impact,diffusion,urgency\nP1,A,4,4,4\nP4,A,4,4,4\nP1,A,5,5,5\nP5,\"A\nB\",9,4,4\nP5,C,1,1,1");
  const ChainFile file = read_chain(workspace.path(), into(workspace.path("bad")));
  EXPECT_EQ(count_of(file, "problems"), (TableCount{"problems", 5, 2, 3}));
  EXPECT_EQ(count_of(file, "scores"), (TableCount{"scores", 5, 2, 3}));
  EXPECT_EQ(file.dossier.problems.size(), 2U);
  EXPECT_EQ(file.dossier.scores.at(1).expert, "C");
  const auto rejected = testing::snapshot(workspace.path("bad"));
  EXPECT_EQ(rejected.at("problems.csv"),
            "number,stage,related,declared\r\n\"P2\" ,nowhere,,★★\r\nP3,upstream,P2,\r\nP4,upstream,P3,\r\n");
  EXPECT_EQ(rejected.at("scores.csv"),
            "problem,expert,impact,diffusion,urgency\nP4,A,4,4,4\nP1,A,5,5,5\nP5,\"A\nB\",9,4,4\n");
  EXPECT_EQ(rejected.size(), 3U) << "tables without bad rows have no file";
  const std::string& findings = rejected.at("findings.csv");
  EXPECT_EQ(std::count(findings.begin(), findings.end(), '\n'), 7);
  EXPECT_NE(findings.find("the row of problems that it refers to was rejected, so this row is too"), std::string::npos);
  EXPECT_NE(findings.find("所引用的质量问题库行已被剔除，本行随之剔除"), std::string::npos);
}

TEST(Rejects, ARowThatBreaksTheFormOfCsvIsRejectedToo) {
  const Workspace workspace;
  testing::put_base(workspace);
  workspace.put("links.csv", "supplier,customer,product\nE1,E2\nE1,E2,x\nE2,E1,y,z\n");
  const ChainFile file = read_chain(workspace.path(), into(workspace.path("bad")));
  EXPECT_EQ(count_of(file, "links"), (TableCount{"links", 3, 1, 2}));
  EXPECT_EQ(testing::bytes_of(workspace.path("bad/links.csv")), "supplier,customer,product\nE1,E2\nE2,E1,y,z\n");
}

TEST(Rejects, MendedRowsReadAgainAndOldRejectsAreCleared) {
  const Workspace workspace;
  testing::put_base(workspace);
  workspace.put("links.csv", "supplier,customer\nE1,E9\nE1,E2\n");
  EXPECT_EQ(count_of(read_chain(workspace.path(), into(workspace.path("bad"))), "links").rejected, 1U);
  EXPECT_TRUE(std::filesystem::exists(workspace.path("bad/links.csv")));
  workspace.put("links.csv", "supplier,customer\nE1,E2\n");
  EXPECT_EQ(count_of(read_chain(workspace.path(), into(workspace.path("bad"))), "links").rejected, 0U);
  EXPECT_FALSE(std::filesystem::exists(workspace.path("bad/links.csv")));
}

TEST(Rejects, TheBytesStayInTheFilesOwnEncoding) {
  const Workspace workspace;
  const std::string heading =
      "\xB1\xE0\xBA\xC5,\xC6\xF3\xD2\xB5\xC3\xFB\xB3\xC6,\xCE\xBB\xD6\xC3\n";  // 编号,企业名称,位置
  const std::string good =
      "E1,\xCC\xEC\xBD\xF2\xBA\xA3\xB9\xE2\xD0\xC5\xCF\xA2,\xC9\xCF\xD3\xCE\n";      // 天津海光信息,上游
  const std::string bad = "E2,\xD6\xD0\xBF\xC6\xCA\xEF\xB9\xE2,\xB1\xDF\xC9\xCF\n";  // 中科曙光,边上
  workspace.put("enterprises.csv", heading + good + bad);
  const ChainFile file = read_chain(workspace.path(), into(workspace.path("bad")));
  EXPECT_EQ(file.dossier.chain.enterprises(), 1U);
  EXPECT_EQ(file.dossier.chain.graph()[0].name, "天津海光信息");
  EXPECT_EQ(testing::bytes_of(workspace.path("bad/enterprises.csv")), heading + bad);
}

TEST(Rejects, RowsOfTheJsonTwinLeaveAsADocument) {
  const Workspace workspace;
  const std::string bad = R"({ "id":"E2",  "name": "b", "stage": "nowhere" })";
  const auto path = workspace.put("chain.json", R"({"enterprises": [{"id": "E1", "name": "a", "stage": "upstream"}, )" +
                                                    bad + R"(, 7], "links": [{"supplier": "E1", "customer": "E2"}]})");
  const ChainFile file = read_chain(path, into(workspace.path("bad")));
  EXPECT_EQ(count_of(file, "enterprises"), (TableCount{"enterprises", 3, 1, 2}));
  EXPECT_EQ(count_of(file, "links"), (TableCount{"links", 1, 0, 1}));
  const std::string document = testing::bytes_of(workspace.path("bad/rejected.json"));
  EXPECT_EQ(document, "{\n\"enterprises\": [\n" + bad +
                          ",\n7\n],\n\"links\": [\n{\"supplier\": \"E1\", \"customer\": \"E2\"}\n]\n}\n");
  EXPECT_EQ(testing::error_of_reading(workspace.path("bad/rejected.json")).code(), ErrorCode::invalid_value)
      << "the rejected rows are a document that reads, and is wrong in the same way";
}

TEST(Rejects, ErrorsOfAWholeFileStillStopEverything) {
  const Workspace workspace;
  testing::put_base(workspace);
  workspace.put("links.csv", "supplier,customre\nE1,E2\n");
  EXPECT_EQ(testing::error_of_reading(workspace.path(), into(workspace.path("bad"))).code(), ErrorCode::missing_column);
  EXPECT_FALSE(std::filesystem::exists(workspace.path("bad"))) << "nothing was made";
}

TEST(Rejects, NeverOverwriteWhatTheyWereReadFrom) {
  const Workspace workspace;
  testing::put_base(workspace);
  workspace.put("links.csv", "supplier,customer\nE1,E9\n");
  const auto before = testing::snapshot(workspace.path());
  EXPECT_EQ(testing::error_of_reading(workspace.path(), into(workspace.path() / ".")).code(),
            ErrorCode::invalid_argument);
  EXPECT_EQ(testing::snapshot(workspace.path()), before);
}

TEST(Rejects, BadRowsPlantedAnywhereLeaveTheRestAsIfTheyHadNeverBeen) {
  constexpr std::size_t rows = 100'000;
  std::mt19937 draw(20250301);
  std::set<std::size_t> planted;
  while (planted.size() < 500) planted.insert(draw() % rows);
  const std::vector<std::string> faults{"E1,E2,-1\n",  "E1,E77,1\n",    "E1,,1\n",        "E1\n",
                                        "E1,E2,3,4\n", "E1,E2,#REF!\n", "E1,\"E2\"x,1\n", "合计,,1\n"};
  std::string with = "supplier,customer,value\n";
  std::string without = with;
  std::size_t fault = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    if (planted.contains(row)) with += faults[fault++ % faults.size()];
    const std::string good = "E1,E2," + std::to_string(row) + "\n";
    with += good;
    without += good;
  }
  const Workspace clean;
  testing::put_base(clean);
  clean.put("links.csv", without);
  const Workspace dirty;
  testing::put_base(dirty);
  dirty.put("links.csv", with);
  const ChainFile read = read_chain(dirty.path(), into(dirty.path("bad")));
  EXPECT_EQ(count_of(read, "links"), (TableCount{"links", rows + planted.size(), rows, planted.size()}));
  EXPECT_TRUE(same_content(read.dossier, read_chain(clean.path()).dossier));
  EXPECT_EQ(testing::error_of_reading(dirty.path()).findings().count(FindingLevel::error), planted.size())
      << "strict reading counts each fault once";
}

}  // namespace
}  // namespace chainqual
