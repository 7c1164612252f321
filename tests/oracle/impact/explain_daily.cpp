// why of dynamics and inoperability beside dense models run without each source.

#include <gtest/gtest.h>

#include <numeric>

#include "chainqual/impact/explain_models.hpp"
#include "oracle/impact/dense.hpp"
#include "oracle/impact/dynamics_plain.hpp"
#include "oracle/impact/explain_split.hpp"

namespace {

using namespace chainqual;
using impact_test::network;
using impact_test::PlainDynamics;
using impact_test::RulesSeen;
using impact_test::Table;

constexpr std::uint32_t horizon = 20;

WhyOptions along_only(Along along) {
  WhyOptions options;
  options.along = along;
  return options;
}

Disruption random_step(std::mt19937_64& random, std::uint32_t enterprise) {
  std::uniform_real_distribution<double> unit(0, 1);
  Disruption d;
  d.enterprise = EnterpriseId{enterprise};
  d.magnitude = random() % 3 == 0 ? 1.0 : unit(random);
  d.start = static_cast<std::uint32_t>(random() % 6);
  d.duration = 1 + static_cast<std::uint32_t>(random() % 9);
  return d;
}

/// [day][enterprise], of disruptions of which no enterprise has two.
std::vector<std::vector<double>> by_day(const std::vector<Disruption>& disruptions, std::size_t n) {
  std::vector<std::vector<double>> lost(horizon, std::vector<double>(n, 0.0));
  for (const Disruption& d : disruptions) {
    for (std::uint32_t day = d.start; day < std::min(horizon, d.start + d.duration); ++day) {
      lost[day][d.enterprise.index()] = d.magnitude;
    }
  }
  return lost;
}

std::vector<double> means(const std::vector<std::vector<double>>& lost, std::size_t n) {
  std::vector<double> mean(n, 0.0);
  for (const auto& day : lost) {
    for (std::size_t v = 0; v < n; ++v) mean[v] += day[v] / horizon;
  }
  return mean;
}

struct DailyCase {
  Table table{0};
  std::vector<Disruption> disruptions;
  std::vector<std::vector<double>> lost;
  std::vector<double> mean;
  EnterpriseId target;
};

DailyCase daily_case(std::mt19937_64& random, unsigned seed) {
  DailyCase c;
  impact_test::Random kind;
  kind.enterprises = 2 + seed % 6;
  kind.density = 0.35;
  kind.acyclic = seed % 2 == 0;
  c.table = impact_test::random_table(random, kind);
  for (std::uint32_t v = 0; v < c.table.size; ++v) {
    if (random() % 3 != 0) c.disruptions.push_back(random_step(random, v));
  }
  c.lost = by_day(c.disruptions, c.table.size);
  c.mean = means(c.lost, c.table.size);
  c.target = EnterpriseId{static_cast<std::uint32_t>(random() % c.table.size)};
  return c;
}

TEST(WhyOracle, DynamicsEqualsRemovalsOfTheDefinition) {
  RulesSeen seen;
  int stocks = 0;
  int orders = 0;
  for (unsigned seed = 1; seed <= 160; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> unit(0, 1);
    const DailyCase c = daily_case(random, seed);
    const std::uint32_t n = c.table.size;
    DynamicsOptions options;
    options.days = horizon;
    options.smoothing_days = 2 + 6 * unit(random);
    PlainDynamics plain;
    plain.table = c.table;
    for (std::uint32_t v = 0; v < n; ++v) {
      options.sectors.push_back(static_cast<std::uint32_t>(random() % 3));
      options.stock_days_each.push_back(1 + 4 * unit(random));
      options.final_demand.push_back(4 * unit(random));
    }
    plain.kind = options.sectors;
    plain.stock_days = options.stock_days_each;
    plain.final_demand = options.final_demand;
    plain.tau = options.smoothing_days;
    const auto run = [&](const std::vector<bool>& stays) {
      PlainDynamics one = plain;
      one.lost = c.lost;
      for (auto& day : one.lost) {
        for (std::size_t v = 0; v < n; ++v) day[v] = stays[v] ? day[v] : 0;
      }
      one.run();
      return one;
    };
    for (const Along along : {Along::downstream, Along::upstream}) {
      const Why found = why(network(c.table), c.disruptions, c.target, options, along_only(along));
      const auto loss = [&](const std::vector<bool>& stays) {
        const auto by = impact_test::withheld(run(stays), along == Along::downstream, c.target.index());
        return std::accumulate(by.begin(), by.end(), 0.0) / horizon;
      };
      if (found.loss < 1e-9) continue;  // rounding of the plain sums
      impact_test::expect_split(found, c.mean, loss, 1e-10, 1e-10, seen);
      const auto by =
          impact_test::withheld(run(std::vector<bool>(n, true)), along == Along::downstream, c.target.index());
      ASSERT_TRUE(found.worst);
      EXPECT_NEAR(found.worst->loss, *std::max_element(by.begin(), by.end()), 1e-10);
      EXPECT_NEAR(by[found.worst->day], found.worst->loss, 1e-10);
      EXPECT_EQ(found.own, c.lost[found.worst->day][c.target.index()]);
      EXPECT_NEAR(std::max(found.own, found.arrived), found.worst->loss, 1e-10);
      stocks += found.holds == Holds::stocks ? 1 : 0;
      orders += found.holds == Holds::orders ? 1 : 0;
    }
  }
  EXPECT_GT(seen.remove_one, 80);
  EXPECT_GT(stocks, 20);
  EXPECT_GT(orders, 10);
}

TEST(WhyOracle, InoperabilityEqualsRemovalsFromTheDenseIteration) {
  RulesSeen seen;
  for (unsigned seed = 1; seed <= 160; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> unit(0, 1);
    const DailyCase c = daily_case(random, seed);
    const std::uint32_t n = c.table.size;
    InoperabilityOptions options;
    options.days = horizon;
    options.capped = seed % 3 != 0;
    options.initial.assign(n, 0.0);
    if (seed % 2 == 0) options.initial = impact_test::random_shock(random, n, 0.3);
    for (std::uint32_t v = 0; v < n; ++v) options.resilience.push_back(0.05 + 0.9 * unit(random));
    std::vector<double> sources = c.mean;
    for (std::uint32_t v = 0; v < n; ++v) sources[v] += options.initial[v];
    for (const Along along : {Along::downstream, Along::upstream}) {
      const auto matrix = impact_test::dense_matrix(c.table, along == Along::downstream);
      const auto q_of = [&](const std::vector<bool>& stays) {
        Eigen::VectorXd q(n);
        for (std::uint32_t v = 0; v < n; ++v) q[v] = stays[v] ? options.initial[v] : 0;
        std::vector<double> by_day;
        for (const auto& day : c.lost) {
          by_day.push_back(q[c.target.value]);
          Eigen::VectorXd pull = matrix * q - q;
          for (std::uint32_t v = 0; v < n; ++v) {
            q[v] += options.resilience[v] * (pull[v] + (stays[v] ? day[v] : 0));
            if (options.capped) q[v] = std::min(1.0, q[v]);
          }
        }
        return by_day;
      };
      const auto loss = [&](const std::vector<bool>& stays) {
        const auto by = q_of(stays);
        return std::accumulate(by.begin(), by.end(), 0.0) / horizon;
      };
      const Why found = why(network(c.table), c.disruptions, c.target, options, along_only(along));
      impact_test::expect_split(found, sources, loss, 1e-10, 1e-10, seen);
      const auto by = q_of(std::vector<bool>(n, true));
      EXPECT_NEAR(found.worst->loss, *std::max_element(by.begin(), by.end()), 1e-10);
      EXPECT_NEAR(by[found.worst->day], found.worst->loss, 1e-10);
    }
  }
  EXPECT_GT(seen.remove_one, 80);
}

}  // namespace
