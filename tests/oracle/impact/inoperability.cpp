// inoperability against a dense iteration written from the equation, and against its closed forms.

#include "chainqual/impact/inoperability.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "unit/impact/networks.hpp"

namespace {

using chainqual::Disruption;
using chainqual::EnterpriseId;
using chainqual::inoperability;
using chainqual::InoperabilityOptions;
using impact_test::network;
using impact_test::Random;
using impact_test::Table;
using Matrix = std::vector<std::vector<double>>;

/// a*_ij of downstream (what j's supplier i hands on; rows are those who are hit) or upstream.
Matrix weights(const Table& table, bool downstream) {
  const std::uint32_t n = table.size;
  Matrix a(n, std::vector<double>(n, 0.0));
  for (std::uint32_t i = 0; i < n; ++i) {
    double sum = 0;
    for (std::uint32_t j = 0; j < n; ++j) {
      sum += std::max(0.0, static_cast<double>(downstream ? table.cell(j, i).value : table.cell(i, j).value));
    }
    for (std::uint32_t j = 0; j < n; ++j) {
      const auto& cell = downstream ? table.cell(j, i) : table.cell(i, j);
      if (cell.value < 0) continue;
      a[i][j] = sum > 0 ? static_cast<double>(cell.value) / sum : 0;
      if (!downstream) continue;
      if (!std::isnan(cell.dependency)) a[i][j] = static_cast<double>(cell.dependency);
      if (!std::isnan(cell.escape)) a[i][j] *= static_cast<double>(cell.escape);
    }
  }
  return a;
}

/// [day][enterprise] q at the beginning of each day, and after the last.
Matrix iterate(const Matrix& a, const Matrix& forcing, const InoperabilityOptions& options,
               const std::vector<double>& k) {
  const std::size_t n = a.size();
  Matrix days{options.initial};
  std::vector<double> q = options.initial;
  for (const auto& c : forcing) {
    for (std::uint32_t step = 0; step < options.steps_per_day; ++step) {
      std::vector<double> next(n);
      for (std::size_t i = 0; i < n; ++i) {
        double pull = c[i] - q[i];
        for (std::size_t j = 0; j < n; ++j) pull += a[i][j] * q[j];
        next[i] = q[i] + k[i] * pull / options.steps_per_day;
        if (options.capped) next[i] = std::min(1.0, next[i]);
      }
      q = next;
    }
    days.push_back(q);
  }
  return days;
}

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
    Matrix forcing(options.days, std::vector<double>(n, 0.0));
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
    const auto down = iterate(weights(table, true), forcing, options, options.resilience);
    const auto up = iterate(weights(table, false), forcing, options, options.resilience);
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
