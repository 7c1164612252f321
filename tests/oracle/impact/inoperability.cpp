// inoperability against a dense iteration written from the equation, and against its closed forms.

#include "chainqual/impact/inoperability.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "oracle/impact/inoperability_days.hpp"
#include "unit/impact/networks.hpp"

namespace {

using chainqual::Disruption;
using chainqual::EnterpriseId;
using chainqual::inoperability;
using chainqual::InoperabilityOptions;
using impact_test::network;
using impact_test::Random;
using impact_test::Table;

TEST(InoperabilityOracle, EveryDayAgreesWithTheDenseIteration) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> unit(0, 1);
    Random kind;
    kind.enterprises = 1 + seed % 17;
    kind.density = 0.1 + 0.3 * unit(random);
    kind.strength = seed % 3 == 0 ? 1 : 0.5;
    kind.self = seed % 4 == 0;
    const Table table = impact_test::random_table(random, kind);
    const std::uint32_t n = table.size;
    InoperabilityOptions options;
    options.days = 20;
    options.steps_per_day = 1 + seed % 3;
    options.capped = seed % 2 == 0;
    options.record_every = 1;
    options.initial = impact_test::random_shock(random, n);
    for (std::uint32_t i = 0; i < n; ++i) options.resilience.push_back(0.05 + 0.9 * unit(random));
    std::vector<Disruption> disruptions;
    impact_test::Rectangle forcing(options.days, std::vector<double>(n, 0.0));
    for (std::uint32_t i = 0; i < n; i += 2) {
      Disruption d;
      d.enterprise = EnterpriseId{i};
      d.magnitude = 0.3 * unit(random);
      d.start = static_cast<std::uint32_t>(random() % 8);
      d.duration = 1 + static_cast<std::uint32_t>(random() % 8);
      for (std::uint32_t day = d.start; day < std::min(options.days, d.start + d.duration); ++day) {
        forcing[day][i] = d.magnitude;
      }
      disruptions.push_back(d);
    }
    const auto days = [&](bool downstream) {
      return impact_test::inoperability_days(impact_test::inoperability_weights(table, downstream), forcing,
                                             options.initial, options.resilience, options.steps_per_day,
                                             options.capped);
    };
    const auto down = days(true);
    const auto up = days(false);
    const auto result = inoperability(network(table), disruptions, options);
    ASSERT_EQ(result.levels.size(), std::size_t{options.days} * n);
    for (std::uint32_t i = 0; i < n; ++i) {
      double mean = 0;
      double mean_down = 0;
      double peak = 0;
      for (std::uint32_t day = 0; day < options.days; ++day) {
        const double larger = std::max(down[day][i], up[day][i]);
        EXPECT_NEAR(result.levels[std::size_t{day} * n + i], larger, 1e-12 * std::max(1.0, larger));
        mean += larger / options.days;
        mean_down += down[day][i] / options.days;
        peak = std::max(peak, larger);
      }
      EXPECT_NEAR(result.combined[i], mean, 1e-12 * std::max(1.0, mean));
      EXPECT_NEAR(result.downstream[i], mean_down, 1e-12 * std::max(1.0, mean));
      EXPECT_NEAR(result.peak[i], peak, 1e-12 * std::max(1.0, peak));
      EXPECT_NEAR(result.last_downstream[i], down[options.days][i], 1e-12 * std::max(1.0, peak));
      EXPECT_NEAR(result.last_upstream[i], up[options.days][i], 1e-12 * std::max(1.0, peak));
    }
  }
}

TEST(InoperabilityOracle, AnEnterpriseAloneHealsToTheRecoveredShareInItsRecoveryDays) {
  // The continuous law q(T) = q(0) exp(−k (1 − a) T) is met as steps become short.
  Table table(2);
  table.link(0, 0, 1, 0.25F);  // supplies itself, and is a quarter dependent on that
  InoperabilityOptions options;
  options.upstream = false;
  options.days = 21;
  options.steps_per_day = 20'000;
  options.recovery_days = 20;
  options.recovered_share = 0.05;
  options.initial = {0.8, 0.4};
  options.record_every = 20;
  const auto result = inoperability(network(table), {}, options);
  ASSERT_EQ(result.levels.size(), 4U);
  EXPECT_NEAR(result.levels[2] / 0.8, 0.05, 2e-5);
  EXPECT_NEAR(result.levels[3] / 0.4, 0.05, 2e-5);
  EXPECT_NEAR(result.resilience[0], std::log(20.0) / (20 * 0.75), 1e-15);
  EXPECT_NEAR(result.resilience[1], std::log(20.0) / 20, 1e-15);
}

}  // namespace
