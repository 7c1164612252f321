// systemic_risk beside the plain definition where it hands scenarios from the front to the lanes, and from the lanes
// to double precision.

#include "chainqual/impact/systemic_risk.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "chainqual/chain/generate.hpp"
#include "oracle/impact/cascade_rows.hpp"

namespace systemic_risk_test {
namespace {

using namespace chainqual;
using impact_test::CascadeByRows;

constexpr std::uint32_t sectors = 80;

/// Mostly ordinary needs, some essential, some none.
int need(std::uint32_t of, std::uint32_t by) {
  const std::uint32_t drawn = (of * 7919 + by * 104'729 + of * by * 31) % 10;
  return drawn < 7 ? 1 : drawn < 8 ? 2 : 0;
}

struct World {
  const char* name;
  std::uint32_t tiers;
  double cyclic_share;
  double revenue_beside;  ///< of enterprise 5, as a multiple of its sales in the chain
};

struct Agreement {
  std::uint64_t compared = 0;
  std::uint64_t near_the_edge = 0;
  std::uint64_t in_lanes = 0;
};

void compare(const World& world, std::uint32_t enterprises, double epsilon, std::uint32_t stride,
             Agreement& agreement) {
  SCOPED_TRACE(world.name);
  SCOPED_TRACE(epsilon);
  GenerateOptions chain;
  chain.enterprises = enterprises;
  chain.seed = 8;
  chain.tiers = world.tiers;
  chain.cyclic_share = world.cyclic_share;
  const Network net = generate_network(chain);
  SystemicRiskOptions options;
  options.cascade.tolerance = epsilon;
  options.cascade.essentiality.sectors = sectors;
  for (std::uint32_t of = 0; of < sectors; ++of) {
    for (std::uint32_t by = 0; by < sectors; ++by) {
      options.cascade.essentiality.by_sector.push_back(static_cast<std::uint8_t>(need(of, by)));
    }
  }
  const std::vector<std::uint32_t> sector(net.sector().begin(), net.sector().end());
  const CascadeByRows plain(net, sector, need, {});
  std::vector<double> revenue = plain.sold;
  revenue[5] *= 1 + world.revenue_beside;
  options.cascade.revenue = revenue;
  const CascadeByRows oracle(net, sector, need, revenue);
  for (std::uint32_t v = 0; v < enterprises; v += stride) options.enterprises.push_back(EnterpriseId{v});
  const auto result = systemic_risk(net, options);
  agreement.in_lanes += result.in_lanes;
  for (std::size_t k = 0; k < options.enterprises.size(); ++k) {
    const auto wanted = oracle.close(options.enterprises[k].value, epsilon);
    ++agreement.compared;
    if (result.steps[k] != wanted.steps) {
      EXPECT_LT(wanted.margin, 1e-6) << options.enterprises[k].value;
      ++agreement.near_the_edge;
      continue;
    }
    EXPECT_EQ(result.converged[k], 1);
    for (const double gap : {result.index[k] - wanted.index(oracle.sold),
                             result.index_downstream[k] - wanted.index(oracle.sold, true, false),
                             result.index_upstream[k] - wanted.index(oracle.sold, false, true)}) {
      EXPECT_LE(std::abs(gap), 1e-7) << options.enterprises[k].value;
    }
  }
}

const World worlds[] = {{"all trade in one circle", 1, 0, 0},
                        {"one enterprise sells as much again outside", 1, 0, 1},
                        {"a third of the links lead back", 12, 0.3, 0}};

TEST(SystemicRiskLanesOracle, WhatTheFrontHandsToTheLanesGivesTheIndexOfTheDefinition) {
  for (const World& world : worlds) {
    Agreement agreement;
    compare(world, 1200, 0.01, 11, agreement);
    compare(world, 600, 0.01, 7, agreement);
    EXPECT_GT(agreement.in_lanes, agreement.compared / 2);
    EXPECT_LE(agreement.near_the_edge, agreement.compared / 50);
  }
}

// Below the paper's ε roundings of single precision added up to 1.2e-7 at ε = 0.001 and 4.4e-7 at 1e-4.
TEST(SystemicRiskLanesOracle, ManyStepsRoundACircleDoNotAddUpRoundings) {
  for (const World& world : worlds) {
    Agreement agreement;
    compare(world, 1200, 1e-3, 61, agreement);
    compare(world, 512, 1e-4, 103, agreement);
    EXPECT_LE(agreement.near_the_edge, 1U);
  }
}

}  // namespace
}  // namespace systemic_risk_test
