// dynamics on every network of up to three enterprises with two link values and of four with one, under every rule of
// rationing, with and without substitution: against the definition.

#include <gtest/gtest.h>

#include <cmath>

#include "chainqual/impact/dynamics.hpp"
#include "oracle/impact/dynamics_plain.hpp"
#include "unit/impact/networks.hpp"

namespace {

using chainqual::Disruption;
using chainqual::DynamicsOptions;
using impact_test::PlainDynamics;
using impact_test::Table;

constexpr std::uint32_t days = 10;

/// Largest difference of any level between the two, over all rules; conservation included.
double difference(const Table& table, std::uint64_t code) {
  const std::uint32_t n = table.size;
  DynamicsOptions options;
  options.days = days;
  options.stock_days = 2;
  options.smoothing_days = 2;
  options.record = chainqual::DynamicsRecord::enterprises;
  options.sectors.assign(n, 5);
  options.final_demand.assign(n, 0.5 * static_cast<double>(code % 3));
  const std::vector<Disruption> shocks{
      {chainqual::EnterpriseId{static_cast<std::uint32_t>(code % n)}, code % 2 == 0 ? 1.0 : 0.5, 1, 3, {}}};
  const auto net = impact_test::network(table, chainqual::PartsCheck::shape);
  PlainDynamics plain;
  plain.table = table;
  plain.kind = options.sectors;
  plain.stock_days.assign(n, 2);
  plain.final_demand = options.final_demand;
  plain.tau = 2;
  plain.lost.assign(days, std::vector<double>(n, 0.0));
  for (std::uint32_t day = 1; day < 4; ++day) plain.lost[day][shocks[0].enterprise.index()] = shocks[0].magnitude;
  double worst = 0;
  for (unsigned rule = 0; rule < 3; ++rule) {
    for (const bool substitute : {false, true}) {
      options.rationing = static_cast<chainqual::Rationing>(rule);
      options.inputs = substitute ? chainqual::InputGroups::given : chainqual::InputGroups::enterprise;
      PlainDynamics theirs = plain;
      theirs.rule = static_cast<impact_test::PlainRule>(rule);
      theirs.all_needed = !substitute;
      theirs.run();
      const auto ours = chainqual::dynamics(net, shocks, options);
      for (std::uint32_t day = 0; day < days; ++day) {
        for (std::uint32_t i = 0; i < n; ++i) {
          worst = std::max(worst, std::abs(ours.levels[std::size_t{day} * n + i] - theirs.level[day][i]));
        }
      }
      if (ours.conservation.violations != 0 || !(ours.conservation.stock_gap < 1e-12)) worst = 1;
    }
  }
  return worst;
}

/// Every assignment of `values` (below 0: no link) to the pairs of n enterprises; returns how many there are.
std::uint64_t check_all(std::uint32_t n, const std::vector<float>& values, bool self) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      if (i != j || self) pairs.emplace_back(i, j);
    }
  }
  std::uint64_t count = 1;
  for (std::size_t k = 0; k < pairs.size(); ++k) count *= values.size();
  std::uint64_t wrong = 0;
  for (std::uint64_t code = 0; code < count; ++code) {
    Table table(n);
    std::uint64_t rest = code;
    for (const auto& [i, j] : pairs) {
      const float value = values[rest % values.size()];
      rest /= values.size();
      if (value >= 0) table.link(i, j, value);
    }
    const double apart = difference(table, code);
    if (apart < 1e-10) continue;
    if (++wrong < 5) ADD_FAILURE() << "network " << code << " of " << n << " differs by " << apart;
  }
  EXPECT_EQ(wrong, 0U);
  return count;
}

TEST(DynamicsExhaustive, EveryNetworkOfOneAndTwoEnterprisesWithSelfSupply) {
  EXPECT_EQ(check_all(1, {-1, 0, 1, 3}, true), 4U);
  EXPECT_EQ(check_all(2, {-1, 0, 1, 3}, true), 256U);
}

TEST(DynamicsExhaustive, EveryNetworkOfThreeEnterprises) {
  EXPECT_EQ(check_all(3, {-1, 1, 3}, false), 729U);
}

TEST(DynamicsExhaustive, EveryNetworkOfFourEnterprises) {
  EXPECT_EQ(check_all(4, {-1, 1}, false), 4096U);
}

}  // namespace
