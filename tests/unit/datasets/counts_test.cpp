// The shipped chains against what the two plans list: numbers counted by reading the documents, not from the tables.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>
#include <string>

#include "shipped.hpp"

namespace chainqual {
namespace {

using shipped::Counts;

class ShippedCounts : public testing::TestWithParam<const char*> {
 protected:
  const Dossier& dossier() const { return shipped::file(GetParam()).dossier; }
};

TEST_P(ShippedCounts, ProblemsByStageCategoryAndStarsAreTheDocuments) {
  std::map<std::string, std::array<int, 4>> found;
  for (const auto& problem : dossier().problems) {
    const std::string cell = std::string(key_of(problem.stage)) + "/" + std::string(key_of(problem.category));
    ++found[cell][3 - static_cast<std::size_t>(problem.declared)];
  }
  int cells = 0;
  for (const auto& row : shipped::expected("problem_counts.csv")) {
    if (row.at(0) != GetParam()) continue;
    ++cells;
    const std::string cell = row.at(1) + "/" + row.at(2);
    const std::array<int, 4> expected{std::stoi(row.at(3)), std::stoi(row.at(4)), std::stoi(row.at(5)),
                                      std::stoi(row.at(6))};
    EXPECT_EQ(found[cell], expected) << cell;
    found.erase(cell);
  }
  EXPECT_EQ(cells, 15);
  EXPECT_TRUE(found.empty()) << "a stage or category beyond the annex";
}

TEST_P(ShippedCounts, EnterprisesProjectsToolsAndTargetsAreTheDocuments) {
  const Counts expected = shipped::totals(GetParam());
  const Dossier& d = dossier();
  std::map<Stage, int> home;
  std::map<Stage, int> named;
  std::set<std::string> names;
  for (std::uint32_t i = 0; i < d.chain.enterprises(); ++i) {
    const auto& enterprise = d.chain.enterprise(EnterpriseId{i});
    ++home[enterprise.stage];
    names.insert(enterprise.name);
    for (const Stage stage : {Stage::upstream, Stage::midstream, Stage::downstream}) {
      if (shipped::annex_row_names(enterprise.source, stage)) ++named[stage];
    }
  }
  EXPECT_EQ(static_cast<int>(names.size()), expected.at("enterprises"));
  EXPECT_EQ(home[Stage::upstream], expected.at("home_upstream"));
  EXPECT_EQ(home[Stage::midstream], expected.at("home_midstream"));
  EXPECT_EQ(home[Stage::downstream], expected.at("home_downstream"));
  EXPECT_EQ(named[Stage::upstream], expected.at("named_upstream"));
  EXPECT_EQ(named[Stage::midstream], expected.at("named_midstream"));
  EXPECT_EQ(named[Stage::downstream], expected.at("named_downstream"));
  EXPECT_EQ(static_cast<int>(d.problems.size()), expected.at("problems"));
  EXPECT_EQ(static_cast<int>(d.projects.size()), expected.at("projects"));
  EXPECT_EQ(static_cast<int>(d.policy_tools.size()), expected.at("policy_tools"));
  int targets = 0;
  for (const auto& indicator : d.indicators) targets += indicator.target.has_value() ? 1 : 0;
  EXPECT_EQ(targets, expected.at("numeric_targets"));
}

INSTANTIATE_TEST_SUITE_P(Both, ShippedCounts, testing::Values("advanced_computing", "connected_vehicle"),
                         [](const auto& each) { return std::string(each.param); });

TEST(ShippedTargets, RaidCardAndMainboardPassRatesStand) {
  std::map<std::string, std::string> targets;
  for (const auto& indicator : shipped::file("advanced_computing").dossier.indicators) {
    if (indicator.target) targets[indicator.project] = indicator.target->to_string() + indicator.unit;
  }
  EXPECT_EQ(targets, (std::map<std::string, std::string>{{"AC-P-01", "99%"}, {"AC-P-02", "99.5%"}}));
}

}  // namespace
}  // namespace chainqual
