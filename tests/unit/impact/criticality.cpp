// Every measure of criticality beside the functions and definitions that it comes from.

#include "chainqual/impact/criticality.hpp"

#include <gtest/gtest.h>

#include "chainqual/chain/generate.hpp"
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
  EXPECT_EQ(row_of(table, 2).sole_source, 2U);  // without sectors nobody stands in for anybody, as in the cascade
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
  // Two hubs of one kind of goods, fed by two of another, beside a thin line whose middle cuts one off and carries
  // little else.
  Table links(17);
  for (std::uint32_t hub : {0U, 1U}) {
    links.link(2, hub, 10).link(3, hub, 10);
    for (std::uint32_t customer = 4; customer < 14; ++customer) links.link(hub, customer, 100);
  }
  links.link(14, 15, 1).link(15, 16, 1);
  CriticalityOptions options;
  options.high = 0.8;
  options.risk.cascade.sectors.assign(17, Network::none);
  for (const std::uint32_t v : {0U, 1U, 2U, 3U}) options.risk.cascade.sectors[v] = v / 2;
  const auto table = criticality(network(links), options);
  std::uint32_t flagged = 0;
  for (const CriticalityRow& row : table.rows) {
    flagged += row.disagree ? 1U : 0U;
    EXPECT_EQ(row.disagree, !row.why.en.empty() && !row.why.zh.empty());
  }
  EXPECT_EQ(flagged, table.disagreements);
  EXPECT_EQ(row_of(table, 15).why.en,
            "critical by betweenness, enterprises cut off, inputs supplied alone; harmless by systemic risk");
  EXPECT_TRUE(row_of(table, 14).disagree);
  EXPECT_FALSE(row_of(table, 0).disagree) << "that it cuts nobody off is what most do: " << row_of(table, 0).why.en;
}

TEST(Criticality, SoleSourcesFollowTheSectorsAndNeedsOfTheCascade) {
  CriticalityOptions options;
  auto& cascade = options.risk.cascade;
  cascade.sectors = {0, 0, 1, 2, 2, 1};
  // 2 buys sector 0 from 0 and 1; 4 buys sector 1 from 2 and 5; 3 buys it from 2 alone.
  EXPECT_EQ(row_of(criticality(funnel(), options), 0).sole_source, 0U);
  EXPECT_EQ(row_of(criticality(funnel(), options), 2).sole_source, 1U);
  cascade.sectors = {0, 3, 1, 2, 2, 1};
  EXPECT_EQ(row_of(criticality(funnel(), options), 0).sole_source, 1U);
  cascade.essentiality.by_link = {2, 1, 2, 2, 2};  // by supplier: 1 → 2 is ordinary
  EXPECT_EQ(row_of(criticality(funnel(), options), 0).sole_source, 1U);
  EXPECT_EQ(row_of(criticality(funnel(), options), 1).sole_source, 0U);
  cascade.essentiality = Essentiality::all(Need::ordinary);
  for (const CriticalityRow& row : criticality(funnel(), options).rows) EXPECT_EQ(row.sole_source, 0U);
}

// Betweenness is 0 by definition for pure sources and sinks: a quarter of a generated chain was flagged for it.
TEST(Criticality, AMeasureThatCannotSeeAnEnterpriseDoesNotCallItHarmless) {
  GenerateOptions chain;
  chain.enterprises = 600;
  chain.seed = 3;
  const Network net = generate_network(chain);
  const auto table = criticality(net);
  std::uint32_t ends = 0;
  for (const CriticalityRow& row : table.rows) {
    const bool sells = net.out_degree(row.enterprise) != 0;
    if (sells && net.in_degree(row.enterprise) != 0) continue;
    ++ends;
    const auto harmless = row.why.en.substr(std::min(row.why.en.size(), row.why.en.find("harmless")));
    EXPECT_EQ(harmless.find("betweenness"), std::string::npos) << row.why.en;
    if (!sells) {
      EXPECT_FALSE(row.disagree) << row.why.en;
    }
  }
  EXPECT_GT(ends, 50U);
  EXPECT_LT(table.disagreements, 600U / 8);
}

TEST(Criticality, WithoutALinearSolutionTheRestStillStands) {
  Table links(2);
  links.link(0, 1, 1, 1.0F).link(1, 0, 1, 1.0F);
  const auto table = criticality(network(links));
  EXPECT_FALSE(table.importance_exists);
  EXPECT_TRUE(std::isnan(table.rows[0].importance));
  EXPECT_EQ(table.rows[0].enterprise, EnterpriseId{0});
  EXPECT_TRUE(table.note.en.empty());  // the circle stands still, exactly
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
