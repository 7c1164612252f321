// cascade and systemic_risk beside the plain definition, on random networks with every option.

#include "chainqual/impact/cascade.hpp"

#include <gtest/gtest.h>

#include "chainqual/impact/systemic_risk.hpp"
#include "oracle/impact/cascade_dense.hpp"

namespace {

using namespace chainqual;
using impact_test::CascadeCase;
using impact_test::dense_cascade;
using impact_test::network;

CascadeOptions options_of(const CascadeCase& c) {
  CascadeOptions options;
  options.sectors = c.sector;
  options.revenue = c.revenue;
  options.cost = c.cost;
  if (!c.market.empty()) options.replaceability = Replaceability::market;
  options.market = c.market;
  options.tolerance = c.epsilon;
  options.max_steps = c.max_steps;
  return options;
}

/// Draws needs for a case in one of four ways.
Essentiality needs_of(CascadeCase& c, unsigned seed) {
  std::mt19937_64 random(seed + 1000);
  Essentiality needs;
  if (seed % 4 == 1) {
    needs = Essentiality::all(Need::ordinary);
    std::fill(c.need.begin(), c.need.end(), std::uint8_t{1});
  } else if (seed % 4 >= 2) {
    needs.sectors = 7;
    needs.by_sector = impact_test::draw_needs(c, random, needs.sectors);
  }
  if (seed % 3 == 0) needs.by_link = impact_test::draw_link_needs(c, random);
  return needs;
}

std::vector<double> lost(const std::vector<double>& kept) {
  std::vector<double> loss;
  for (const double h : kept) loss.push_back(1 - h);
  return loss;
}

TEST(CascadeOracle, EqualsTheDefinitionOnSixHundredNetworksWithEveryOption) {
  for (unsigned seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(seed);
    CascadeCase c = impact_test::random_cascade(seed);
    CascadeOptions options = options_of(c);
    options.essentiality = needs_of(c, seed);
    const auto wanted = dense_cascade(c);
    const auto shock_down = lost(c.psi_down);
    const auto shock_up = lost(c.psi_up);
    const auto result = cascade(network(c.table), DirectedShock{shock_down, shock_up}, options);
    if (wanted.margin > 1e-12) {
      EXPECT_EQ(result.steps, wanted.steps);
    }
    if (result.steps != wanted.steps) continue;
    EXPECT_EQ(result.converged, wanted.converged);
    EXPECT_NEAR(result.last_change, wanted.last_fall, 1e-11);
    for (std::uint32_t v = 0; v < c.table.size; ++v) {
      EXPECT_NEAR(result.downstream[v], 1 - wanted.down[v], 1e-11) << v;
      EXPECT_NEAR(result.upstream[v], 1 - wanted.up[v], 1e-11) << v;
      EXPECT_EQ(result.combined[v], std::max(result.downstream[v], result.upstream[v]));
    }
    const auto weight = impact_test::sold(c.table);
    EXPECT_NEAR(result.index, wanted.index(weight), 1e-11);
    EXPECT_NEAR(result.index_downstream, wanted.index(weight, true, false), 1e-11);
    EXPECT_NEAR(result.index_upstream, wanted.index(weight, false, true), 1e-11);
  }
}

struct Agreement {
  unsigned compared = 0;
  unsigned near_the_edge = 0;  ///< a step's largest fall lies within 1e-6 of ε, and the steps differ
};

/// Closes every enterprise in turn.
void compare(CascadeCase c, CascadeOptions options, CascadeMethod method, Agreement& agreement, double near = 1e-7) {
  const auto net = network(c.table);
  SystemicRiskOptions risk;
  risk.cascade = std::move(options);
  risk.method = method;
  const auto result = systemic_risk(net, risk);
  const auto weight = impact_test::sold(c.table);
  ASSERT_EQ(result.index.size(), c.table.size);
  for (std::uint32_t closed = 0; closed < c.table.size; ++closed) {
    c.psi_down.assign(c.table.size, 1.0);
    c.psi_down[closed] = 0;
    c.psi_up = c.psi_down;
    const auto wanted = dense_cascade(c);
    ++agreement.compared;
    if (result.steps[closed] != wanted.steps) {
      EXPECT_LT(wanted.margin, 1e-6) << closed;
      ++agreement.near_the_edge;
      continue;
    }
    EXPECT_EQ(result.converged[closed], wanted.converged ? 1 : 0);
    EXPECT_NEAR(result.index[closed], wanted.index(weight), near) << closed;
    EXPECT_NEAR(result.index_downstream[closed], wanted.index(weight, true, false), near) << closed;
    EXPECT_NEAR(result.index_upstream[closed], wanted.index(weight, false, true), near) << closed;
  }
}

TEST(SystemicRiskOracle, EveryMethodGivesTheIndexOfTheDefinition) {
  Agreement agreement;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    CascadeCase c = impact_test::random_cascade(seed, 40);
    c.market.clear();
    c.epsilon = seed % 2 == 0 ? 0.01 : 0.001;
    CascadeOptions options = options_of(c);
    options.essentiality = needs_of(c, seed);
    for (const auto method : {CascadeMethod::automatic, CascadeMethod::front, CascadeMethod::lanes}) {
      // A few enterprises in single precision, which nothing but the option asks for: roundings do not average out.
      compare(c, options, method, agreement, method == CascadeMethod::lanes ? 1e-6 : 1e-7);
    }
  }
  EXPECT_GT(agreement.compared, 15'000U);
  EXPECT_LT(agreement.near_the_edge, agreement.compared / 100);
  RecordProperty("compared", static_cast<int>(agreement.compared));
  RecordProperty("near_the_edge", static_cast<int>(agreement.near_the_edge));
}

TEST(SystemicRiskOracle, ScenariosThatDifferByDirectionAreThoseOfTheDefinition) {
  Agreement agreement;
  for (unsigned seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(seed);
    CascadeCase c = impact_test::random_cascade(seed, 40);
    c.market.clear();
    SystemicRiskOptions risk;
    risk.cascade = options_of(c);
    risk.cascade.essentiality = needs_of(c, seed);
    const auto wanted = dense_cascade(c);
    const auto down = lost(c.psi_down);
    const auto up = lost(c.psi_up);
    const auto weight = impact_test::sold(c.table);
    for (const auto method : {CascadeMethod::automatic, CascadeMethod::front, CascadeMethod::lanes}) {
      if (method == CascadeMethod::lanes && c.epsilon < 1e-4) continue;  // refused: single precision
      risk.method = method;
      const auto result = systemic_risk(network(c.table), DirectedShock{down, up}, risk);
      ++agreement.compared;
      if (result.steps[0] != wanted.steps) {
        EXPECT_LT(wanted.margin, 1e-6);
        ++agreement.near_the_edge;
        continue;
      }
      const double near = method == CascadeMethod::lanes ? 1e-6 : 1e-7;
      EXPECT_NEAR(result.index[0], wanted.index(weight), near);
      EXPECT_NEAR(result.index_downstream[0], wanted.index(weight, true, false), near);
      EXPECT_NEAR(result.index_upstream[0], wanted.index(weight, false, true), near);
    }
  }
  EXPECT_GT(agreement.compared, 300U);
  EXPECT_LT(agreement.near_the_edge, agreement.compared / 20);
}

TEST(SystemicRiskOracle, ReplaceabilityAndTightTolerancesAreExactToo) {
  Agreement agreement;
  for (unsigned seed = 1; seed <= 120; ++seed) {
    SCOPED_TRACE(seed);
    CascadeCase c = impact_test::random_cascade(seed);
    c.epsilon = seed % 3 == 0 ? cascade_tight_tolerance : 0.01;
    CascadeOptions options = options_of(c);
    options.essentiality = needs_of(c, seed);
    if (seed % 2 == 0) {
      options.replaceability = Replaceability::sector;
      options.market.clear();
      c.market = c.sector;
    }
    compare(c, options, CascadeMethod::automatic, agreement);
  }
}

TEST(SystemicRiskOracle, LargerNetworksOfManyHubs) {
  Agreement agreement;
  for (unsigned seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    impact_test::Random kind;
    kind.enterprises = 120;
    kind.density = 0.02 * seed;
    kind.given = 0;
    CascadeCase c(impact_test::random_table(random, kind));
    for (auto& sector : c.sector) sector = static_cast<std::uint32_t>(random() % 9);
    CascadeOptions options = options_of(c);
    options.essentiality.sectors = 9;
    options.essentiality.by_sector = impact_test::draw_needs(c, random, 9);
    for (const auto method : {CascadeMethod::automatic, CascadeMethod::front, CascadeMethod::lanes}) {
      compare(c, options, method, agreement);
    }
  }
  EXPECT_EQ(agreement.compared, 3U * 6 * 120);
}

}  // namespace
