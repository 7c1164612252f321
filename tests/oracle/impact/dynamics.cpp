// dynamics against the definition with a number for every pair of enterprises, on random networks with all options.

#include "chainqual/impact/dynamics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "oracle/impact/dynamics_plain.hpp"
#include "unit/impact/networks.hpp"

namespace dynamics_test {
namespace {

using chainqual::Disruption;
using chainqual::dynamics;
using chainqual::DynamicsOptions;
using chainqual::DynamicsRecord;
using chainqual::EnterpriseId;
using chainqual::InputGroups;
using chainqual::Rationing;
using chainqual::RecoveryKind;
using impact_test::network;
using impact_test::PlainDynamics;
using impact_test::PlainRule;
using impact_test::Random;

struct Case {
  impact_test::Table table{0};
  DynamicsOptions options;
  std::vector<Disruption> disruptions;
  PlainDynamics plain;
};

/// Share of the magnitude left on the k-th day after the full ones, from the words of the definition.
double left(const chainqual::Recovery& recovery, double k) {
  const double z = std::min(1.0, k / recovery.days);
  switch (recovery.kind) {
    case RecoveryKind::step:
      return 0;
    case RecoveryKind::linear:
      return 1 - z;
    case RecoveryKind::exponential:
      return std::exp(std::log(0.01) * k / recovery.days);
    case RecoveryKind::s_curve:
      return 1 - z * z * (3 - 2 * z);
    case RecoveryKind::table:
      return k <= static_cast<double>(recovery.table.size()) ? recovery.table[static_cast<std::size_t>(k) - 1] : 0;
  }
  return 0;
}

std::vector<std::vector<double>> lost_by_day(const Case& c) {
  std::vector<std::vector<double>> lost(c.options.days, std::vector<double>(c.table.size, 0.0));
  for (std::uint32_t day = 0; day < c.options.days; ++day) {
    for (const Disruption& d : c.disruptions) {
      if (day < d.start) continue;
      const double since = static_cast<double>(day - d.start);
      const bool full = since < static_cast<double>(d.duration);
      const double share = full ? 1 : left(d.recovery, since - static_cast<double>(d.duration) + 1);
      double& all = lost[day][d.enterprise.index()];
      all = 1 - (1 - all) * (1 - d.magnitude * share);
    }
  }
  return lost;
}

Disruption random_disruption(std::mt19937_64& random, std::uint32_t n) {
  std::uniform_real_distribution<double> unit(0, 1);
  Disruption d;
  d.enterprise = EnterpriseId{static_cast<std::uint32_t>(random() % n)};
  d.magnitude = random() % 4 == 0 ? 1.0 : unit(random);
  d.start = static_cast<std::uint32_t>(random() % 12);
  d.duration = random() % 8 == 0 ? Disruption::permanent : 1 + static_cast<std::uint32_t>(random() % 15);
  d.recovery.kind = static_cast<RecoveryKind>(random() % 5);
  d.recovery.days = 1 + 10 * unit(random);
  if (d.recovery.kind == RecoveryKind::table) d.recovery.table = {unit(random), unit(random), unit(random)};
  return d;
}

Case random_case(unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  Case c;
  Random kind;
  kind.enterprises = 1 + seed % 14;
  kind.density = 0.1 + 0.4 * unit(random);
  kind.acyclic = seed % 3 == 0;
  kind.self = seed % 5 == 0 && !kind.acyclic;
  c.table = impact_test::random_table(random, kind);
  const std::uint32_t n = c.table.size;
  c.options.days = 25;
  c.options.record = DynamicsRecord::enterprises;
  c.options.rationing = static_cast<Rationing>(seed % 3);
  c.options.smoothing_days = seed % 4 == 0 ? 1 : 1 + 12 * unit(random);
  c.options.inputs = seed % 2 == 0 ? InputGroups::given : InputGroups::enterprise;
  for (std::uint32_t i = 0; i < n; ++i) {
    c.options.sectors.push_back(random() % 6 == 0 ? chainqual::Network::none
                                                  : static_cast<std::uint32_t>(random() % 3));
    c.options.stock_days_each.push_back(random() % 3 == 0 ? 1 : 1 + 8 * unit(random));
    c.options.final_demand.push_back(random() % 4 == 0 ? 0 : 6 * unit(random));
  }
  for (unsigned d = 0; d < 1 + seed % 4; ++d) c.disruptions.push_back(random_disruption(random, n));
  c.plain.table = c.table;
  c.plain.kind = c.options.sectors;
  c.plain.all_needed = c.options.inputs == InputGroups::enterprise;
  c.plain.stock_days = c.options.stock_days_each;
  c.plain.final_demand = c.options.final_demand;
  c.plain.lost = lost_by_day(c);
  c.plain.tau = c.options.smoothing_days;
  c.plain.rule = static_cast<PlainRule>(seed % 3);
  return c;
}

TEST(DynamicsOracle, EveryLevelOfEveryDayAgreesWithTheDefinition) {
  double worst = 0;
  for (unsigned seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(seed);
    Case c = random_case(seed);
    c.plain.run();
    const auto result = dynamics(network(c.table), c.disruptions, c.options);
    const std::size_t n = c.table.size;
    ASSERT_EQ(result.levels.size(), n * c.options.days);
    double apart = 0;
    for (std::uint32_t day = 0; day < c.options.days; ++day) {
      for (std::size_t i = 0; i < n; ++i) {
        apart = std::max(apart, std::abs(result.levels[day * n + i] - c.plain.level[day][i]));
      }
    }
    // Deviations, roundings among them, grow by up to 1 + n / τ a day and tier.
    EXPECT_LT(apart, 1e-7);
    worst = std::max(worst, apart);
    EXPECT_LT(c.plain.worst_balance, 1e-12L);
    EXPECT_LT(c.plain.worst_excess, 1e-15L);  // link by link, nobody receives more than was ordered
    EXPECT_EQ(result.conservation.violations, 0U);
    EXPECT_LT(result.conservation.stock_gap, 1e-12);
  }
  EXPECT_GT(worst, 0.0);  // not the same code under another name
}

TEST(DynamicsOracle, TotalsAndPartsAgreeWithTheDefinition) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    Case c = random_case(seed);
    c.plain.run();
    const auto result = dynamics(network(c.table), c.disruptions, c.options);
    const std::size_t n = c.table.size;
    std::vector<double> output(n);
    std::vector<double> bought(n, 0.0);
    for (std::uint32_t i = 0; i < n; ++i) {
      output[i] = c.options.final_demand[i];
      for (std::uint32_t j = 0; j < n; ++j) {
        output[i] += static_cast<double>(std::max(0.0F, c.table.cell(i, j).value));
        bought[i] += static_cast<double>(std::max(0.0F, c.table.cell(j, i).value));
      }
    }
    const double scale = 1 + std::accumulate(output.begin(), output.end(), 0.0);
    for (std::uint32_t day = 0; day < c.options.days; ++day) {
      double produced = 0;
      double added = 0;
      for (std::size_t i = 0; i < n; ++i) {
        produced += output[i] * c.plain.level[day][i];
        added += (output[i] - bought[i]) * c.plain.level[day][i];
      }
      const auto& total = result.totals[day];
      EXPECT_NEAR(total.produced * 365, produced, 1e-6 * scale);
      EXPECT_NEAR(total.value_added * 365, added, 1e-6 * scale);
      EXPECT_NEAR(total.stocks * 365, c.plain.stocks[day], 1e-5 * scale);
      EXPECT_NEAR(total.unmet_final * 365, c.plain.unmet_final[day], 1e-6 * scale);
      EXPECT_NEAR(total.unmet_orders * 365, c.plain.unmet_orders[day], 1e-5 * scale);
    }
    const double days = c.options.days;
    for (std::size_t i = 0; i < n; ++i) {
      double down = 0;
      double up = 0;
      double mean = 0;
      double peak = 1;
      for (std::uint32_t day = 0; day < c.options.days; ++day) {
        const double capacity = 1 - c.plain.lost[day][i];
        down += 1 - std::min({1.0, capacity, c.plain.stocks_allow[day][i]});
        up += 1 - std::min({1.0, capacity, c.plain.asked[day][i]});
        mean += 1 - c.plain.level[day][i];
        peak = std::max(peak, c.plain.asked[day][i]);
      }
      EXPECT_NEAR(result.downstream[i], down / days, 1e-7);
      EXPECT_NEAR(result.upstream[i], up / days, 1e-7);
      EXPECT_NEAR(result.combined[i], mean / days, 1e-7);
      EXPECT_NEAR(result.peak_orders[i], peak, 1e-6 * peak);
    }
  }
}

}  // namespace
}  // namespace dynamics_test
