// Every measure of criticality beside the functions and definitions that it comes from.

#include "chainqual/impact/criticality.hpp"

#include <gtest/gtest.h>

#include "chainqual/impact/criticality-inl.hpp"
#include "unit/impact/networks.hpp"

namespace {

using namespace chainqual;
using impact_test::network;
using impact_test::Table;

/// 0, 1 → 2 → 3, 4; 5 → 4.
Network funnel() {
  return network(Table(6).link(0, 2, 2).link(1, 2, 2).link(2, 3, 4).link(2, 4, 2).link(5, 4, 2));
}

const CriticalityRow& row_of(const CriticalityTable& table, std::uint32_t v) {
  for (const CriticalityRow& row : table.rows) {
    if (row.enterprise.index() == v) return row;
  }
  throw std::out_of_range("no row");
}

TEST(Criticality, JoinsWhatEachMeasureSays) {
  const Network net = funnel();
  const auto table = criticality(net);
  const auto risk = systemic_risk(net);
  const auto importance = linear_importance(net);
  double total = 0;
  for (const double weight : default_weight(net)) total += weight;
  ASSERT_EQ(table.rows.size(), 6U);
  for (const CriticalityRow& row : table.rows) {
    const std::uint32_t v = row.enterprise.index();
    EXPECT_EQ(row.systemic_risk, risk.index[v]);
    EXPECT_DOUBLE_EQ(row.importance, importance[v] / total);
  }
  EXPECT_EQ(table.rows[0].enterprise, EnterpriseId{2});
  EXPECT_EQ(row_of(table, 2).cut, 1U);  // 3; 4 has another supplier, and two sources reach 2
  EXPECT_EQ(row_of(table, 2).final_cut, 1U);
  EXPECT_EQ(row_of(table, 2).sole_source, 1U);
  EXPECT_TRUE(row_of(table, 2).joint);
  EXPECT_FALSE(row_of(table, 3).joint);
  EXPECT_DOUBLE_EQ(row_of(table, 2).betweenness, 4.0 / 20.0);  // 0→3 0→4 1→3 1→4 of 5 · 4 pairs
  EXPECT_DOUBLE_EQ(row_of(table, 2).own_concentration, 0.5);
  EXPECT_TRUE(table.betweenness_exact);
}

TEST(Criticality, StandingsCountWhoLiesBelowTiesByHalf) {
  EXPECT_EQ(impact_detail::standings({3, 1, 1, 2}), (std::vector<double>{0.75, 0.125, 0.125, 0.5}));
  const auto table = criticality(funnel());
  for (const CriticalityRow& row : table.rows) {
    for (const double standing : row.standing) EXPECT_TRUE(standing >= 0 && standing < 1);
  }
}

TEST(Criticality, FlagsThoseOnWhomTheMeasuresDisagree) {
  // A hub of ordinary trade beside a thin line: the line's middle cuts one off and carries little else.
  Table links(24);
  for (std::uint32_t i = 1; i <= 9; ++i) links.link(0, i, 100).link(i, i % 9 + 10, 50);
  links.link(20, 21, 1).link(21, 22, 1).link(23, 22, 50);
  CriticalityOptions options;
  options.high = 0.8;
  const auto table = criticality(network(links), options);
  std::uint32_t flagged = 0;
  for (const CriticalityRow& row : table.rows) {
    flagged += row.disagree ? 1U : 0U;
    EXPECT_EQ(row.disagree, !row.why.en.empty() && !row.why.zh.empty());
  }
  EXPECT_EQ(flagged, table.disagreements);
  EXPECT_GT(flagged, 0U);
}

TEST(Criticality, WithoutALinearSolutionTheRestStillStands) {
  Table links(2);
  links.link(0, 1, 1, 1.0F).link(1, 0, 1, 1.0F);
  const auto table = criticality(network(links));
  EXPECT_FALSE(table.importance_exists);
  EXPECT_TRUE(std::isnan(table.rows[0].importance));
  EXPECT_EQ(table.rows[0].enterprise, EnterpriseId{0});
  EXPECT_FALSE(table.note.en.empty());  // a closed circle
}

TEST(Criticality, SamplesBetweennessOfLargeNetworksWithABound) {
  CriticalityOptions options;
  options.exact_betweenness = 3;
  options.sampling.error = 0.02;
  const auto sampled = criticality(funnel(), options);
  EXPECT_FALSE(sampled.betweenness_exact);
  EXPECT_GT(sampled.betweenness_error, 0);
  const auto exact = criticality(funnel());
  for (std::uint32_t v = 0; v < 6; ++v) {
    EXPECT_LE(std::abs(row_of(sampled, v).betweenness - row_of(exact, v).betweenness), sampled.betweenness_error);
  }
}

TEST(CriticalityBadInput, ChosenEnterprisesAndOddThresholdsAreRefusedAndNoEnterprisesGiveNoRows) {
  CriticalityOptions options;
  options.risk.enterprises = {EnterpriseId{0}};
  EXPECT_THROW(static_cast<void>(criticality(funnel(), options)), Error);
  options = {};
  options.low = 0.95;
  EXPECT_THROW(static_cast<void>(criticality(funnel(), options)), Error);
  EXPECT_TRUE(criticality(Network()).rows.empty());
}

}  // namespace
