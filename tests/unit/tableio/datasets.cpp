#include <gtest/gtest.h>

#include "chainqual/io/chain_json.hpp"
#include "workspace.hpp"

// The shipped chains are read without an error and survive every way through the writers.

namespace chainqual {
namespace {

using testing::Workspace;

class ShippedChain : public ::testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] static std::filesystem::path folder() { return std::filesystem::path(CHAINQUAL_DATASETS) / GetParam(); }
};

TEST_P(ShippedChain, ReadsWithoutErrorsAndLoadsEveryRow) {
  const ChainFile file = read_chain(folder());
  for (const auto& finding : file.findings.kept())
    EXPECT_NE(finding.level, FindingLevel::error) << to_string(finding, Language::en);
  EXPECT_GT(file.dossier.chain.enterprises(), 5U);
  EXPECT_GT(file.dossier.chain.links(), 5U);
  EXPECT_FALSE(file.dossier.problems.empty());
  EXPECT_EQ(file.dossier.info.home_region, "120000");
  for (const auto& table : file.tables) {
    EXPECT_EQ(table.rejected, 0U) << table.table;
    EXPECT_EQ(table.loaded, table.read) << table.table;
    EXPECT_GT(table.read, 0U) << table.table;
  }
}

TEST_P(ShippedChain, FolderInEitherLanguageAndJsonGiveTheSameContentBack) {
  const Dossier dossier = read_chain(folder()).dossier;
  const Workspace workspace;
  for (const Language headings : {Language::en, Language::zh}) {
    const auto copy = workspace.path(headings == Language::en ? "english" : "chinese");
    write_chain(dossier, copy, {headings});
    EXPECT_TRUE(same_content(read_chain(copy).dossier, dossier));
  }
  write_chain(dossier, workspace.path("chain.json"));
  EXPECT_TRUE(same_content(read_chain(workspace.path("chain.json")).dossier, dossier));
  EXPECT_EQ(chain_to_json(read_chain(workspace.path("chain.json")).dossier),
            testing::bytes_of(workspace.path("chain.json")));
}

INSTANTIATE_TEST_SUITE_P(Both, ShippedChain, ::testing::Values("advanced_computing", "connected_vehicle"));

}  // namespace
}  // namespace chainqual
