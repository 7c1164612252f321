// Laws of dynamics on seeded random networks; a failure prints the seed.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "chainqual/chain/generate.hpp"
#include "chainqual/impact/dynamics.hpp"
#include "unit/impact/networks.hpp"

namespace dynamics_laws_test {
namespace {

using chainqual::Control;
using chainqual::Disruption;
using chainqual::dynamics;
using chainqual::DynamicsOptions;
using chainqual::DynamicsRecord;
using chainqual::DynamicsResult;
using chainqual::EnterpriseId;
using chainqual::InputGroups;
using chainqual::Rationing;
using chainqual::RecoveryKind;
using impact_test::network;
using impact_test::Random;
using impact_test::Table;

struct Case {
  unsigned seed;
  Table table{0};
  std::vector<Disruption> shocks;
  DynamicsOptions options;
};

Case make_case(unsigned seed) {
  Case c{seed, Table(0), {}, {}};
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  Random kind;
  kind.enterprises = 2 + seed % 40;
  kind.density = 0.05 + 0.1 * unit(random);
  kind.acyclic = seed % 2 == 0;
  kind.self = seed % 7 == 0 && !kind.acyclic;
  c.table = impact_test::random_table(random, kind);
  c.options.days = 40;
  c.options.record = DynamicsRecord::enterprises;
  c.options.rationing = static_cast<Rationing>(seed % 3);
  c.options.stock_days = 1 + 6 * unit(random);
  c.options.smoothing_days = 1 + 6 * unit(random);
  if (seed % 5 == 0) c.options.poisson_stock = true;
  for (std::uint32_t i = 0; i < c.table.size; ++i) {
    c.options.sectors.push_back(static_cast<std::uint32_t>(random() % 4));
    if (seed % 2 == 1) c.options.final_demand.push_back(5 * unit(random));
    if (unit(random) > 0.2) continue;
    const Disruption d{EnterpriseId{i},
                       unit(random),
                       static_cast<std::uint32_t>(random() % 10),
                       1 + static_cast<std::uint32_t>(random() % 10),
                       {RecoveryKind::linear, 1 + 9 * unit(random), {}}};
    c.shocks.push_back(d);
  }
  return c;
}

template <class Check>
void for_cases(Check&& check, unsigned count = 150) {
  for (unsigned seed = 1; seed <= count; ++seed) {
    SCOPED_TRACE(seed);
    check(make_case(seed));
  }
}

/// The parts that depend on nothing but levels.
void expect_same(const DynamicsResult& a, const DynamicsResult& b) {
  EXPECT_EQ(a.levels, b.levels);
  EXPECT_EQ(a.combined, b.combined);
  EXPECT_EQ(a.downstream, b.downstream);
  EXPECT_EQ(a.upstream, b.upstream);
  EXPECT_EQ(a.peak_orders, b.peak_orders);
  EXPECT_EQ(a.recover_days, b.recover_days);
}

void expect_rest(const DynamicsResult& result, std::uint32_t n) {
  const std::vector<double> none(n, 0.0);
  EXPECT_EQ(result.combined, none);
  EXPECT_EQ(result.downstream, none);
  EXPECT_EQ(result.upstream, none);
  EXPECT_EQ(result.levels, std::vector<double>(result.levels.size(), 1.0));
  EXPECT_FALSE(result.levels.empty() && n != 0);
  for (const auto& day : result.totals) EXPECT_EQ(day, result.usual);
  EXPECT_EQ(result.overshoot.largest, 1.0);
  EXPECT_TRUE(result.overshoot.enterprise.is_none());
  EXPECT_TRUE(result.overshoot.note.en.empty());
  EXPECT_EQ(result.lost_output, 0.0);
  EXPECT_TRUE(result.converged);
}

TEST(DynamicsLaw, NoDisruptionIsExactlyConstantProduction) {
  for_cases([](const Case& c) { expect_rest(dynamics(network(c.table), {}, c.options), c.table.size); });
}

TEST(DynamicsLaw, RestIsExactAlsoWhereEveryLinkIsWorkedOut) {
  // A disruption of magnitude too small to round away from 1 makes everybody active, and changes nothing at all.
  for_cases([](const Case& c) {
    std::vector<Disruption> shocks;
    for (std::uint32_t i = 0; i < c.table.size; ++i) shocks.push_back({EnterpriseId{i}, 1e-17, 0, 3, {}});
    const auto result = dynamics(network(c.table), shocks, c.options);
    expect_rest(result, c.table.size);
    EXPECT_EQ(result.conservation.largest, 0.0);
  });
}

TEST(DynamicsLaw, GoodsAreConservedEveryDay) {
  std::uint64_t checked = 0;
  for_cases([&](const Case& c) {
    const auto result = dynamics(network(c.table), c.shocks, c.options);
    EXPECT_EQ(result.conservation.violations, 0U);
    EXPECT_LT(result.conservation.largest, 1e-13);
    EXPECT_LT(result.conservation.stock_gap, 1e-12);
    checked += result.conservation.checked;
    for (const auto& day : result.totals) {
      EXPECT_GE(day.stocks, -1e-9 * result.usual.stocks);
      EXPECT_GE(day.unmet_final, 0.0);
      EXPECT_GE(day.unmet_orders, 0.0);
      EXPECT_LE(day.produced, result.usual.produced);
    }
  });
  EXPECT_GT(checked, 10'000U);
}

TEST(DynamicsLaw, LossesAreSharesAndTheirPartsMakeThemUp) {
  for_cases([](const Case& c) {
    const auto result = dynamics(network(c.table), c.shocks, c.options);
    for (std::size_t i = 0; i < c.table.size; ++i) {
      for (const double loss : {result.combined[i], result.downstream[i], result.upstream[i], result.by_capacity[i],
                                result.by_inputs[i], result.by_orders[i]}) {
        EXPECT_GE(loss, 0.0);
        EXPECT_LE(loss, 1.0);
      }
      EXPECT_NEAR(result.combined[i], result.by_capacity[i] + result.by_inputs[i] + result.by_orders[i], 1e-15);
      // Each day's loss is the larger of the day's two, so the mean lies between the larger mean and their sum.
      EXPECT_GE(result.combined[i], std::max(result.downstream[i], result.upstream[i]) - 1e-15);
      EXPECT_LE(result.combined[i], result.downstream[i] + result.upstream[i] + 1e-15);
      EXPECT_GE(result.peak_orders[i], 1.0);
    }
  });
}

TEST(DynamicsLaw, DaysToSurviveAndRecoverAreThoseOfTheLevels) {
  for_cases([](const Case& c) {
    if (c.shocks.empty()) return;
    const auto result = dynamics(network(c.table), c.shocks, c.options);
    const std::uint32_t n = c.table.size;
    std::uint32_t start = DynamicsResult::never;
    for (const auto& d : c.shocks) start = std::min(start, d.start);
    for (std::uint32_t i = 0; i < n; ++i) {
      std::vector<std::uint32_t> below;
      for (std::uint32_t day = 0; day < c.options.days; ++day) {
        if (result.levels[std::size_t{day} * n + i] < c.options.working_level) below.push_back(day);
      }
      EXPECT_EQ(result.survive_days[i], below.empty() ? DynamicsResult::never : below.front() - start);
      const std::uint32_t recover = below.empty()                        ? 0
                                    : below.back() + 1 == c.options.days ? DynamicsResult::never
                                                                         : below.back() + 1 - below.front();
      EXPECT_EQ(result.recover_days[i], recover);
      EXPECT_EQ(result.last_level[i], result.levels[std::size_t{c.options.days - 1} * n + i]);
    }
  });
}

TEST(DynamicsLaw, UnitsOfValueDoNotMatter) {
  for_cases([](Case c) {
    const auto result = dynamics(network(c.table), c.shocks, c.options);
    for (const float factor : {1024.0F, 0x1p-20F}) {
      auto scaled = c.table;
      for (auto& cell : scaled.cells) cell.value *= factor;  // "no link" stays below 0
      auto options = c.options;
      for (double& demand : options.final_demand) demand *= static_cast<double>(factor);
      const auto other = dynamics(network(scaled), c.shocks, options);
      expect_same(other, result);
      for (std::size_t day = 0; day < result.totals.size(); ++day) {
        EXPECT_EQ(other.totals[day].produced, result.totals[day].produced * static_cast<double>(factor));
      }
    }
  });
}

TEST(DynamicsLaw, RenamingEnterprisesRenamesTheLosses) {
  for_cases([](Case c) {
    c.options.days = 12;
    c.options.poisson_stock = false;  // drawn by id
    std::vector<std::uint32_t> name(c.table.size);
    std::iota(name.begin(), name.end(), 0U);
    std::mt19937_64 random(c.seed + 1000);
    std::shuffle(name.begin(), name.end(), random);
    Table renamed(c.table.size);
    auto options = c.options;
    auto shocks = c.shocks;
    for (auto& d : shocks) d.enterprise = EnterpriseId{name[d.enterprise.index()]};
    for (std::uint32_t i = 0; i < c.table.size; ++i) {
      options.sectors[name[i]] = c.options.sectors[i];
      if (!options.final_demand.empty()) options.final_demand[name[i]] = c.options.final_demand[i];
      for (std::uint32_t j = 0; j < c.table.size; ++j) renamed.cell(name[i], name[j]) = c.table.cell(i, j);
    }
    const auto before = dynamics(network(c.table), c.shocks, c.options);
    const auto after = dynamics(network(renamed), shocks, options);
    for (std::uint32_t i = 0; i < c.table.size; ++i) {
      EXPECT_NEAR(after.combined[name[i]], before.combined[i], 1e-9);
      EXPECT_NEAR(after.upstream[name[i]], before.upstream[i], 1e-9);
    }
  });
}

TEST(DynamicsLaw, MoreLossOfCapacityIsNeverMoreProductionOfTheShockedAlone) {
  // Downstream of one shocked supplier without alternatives, and until orders come back round, nothing can gain.
  for_cases([](Case c) {
    c.options.inputs = InputGroups::enterprise;
    c.options.days = 3;
    c.shocks = {{EnterpriseId{0}, 0.3, 0, 3, {}}};
    const auto less = dynamics(network(c.table), c.shocks, c.options);
    c.shocks[0].magnitude = 0.6;
    const auto more = dynamics(network(c.table), c.shocks, c.options);
    EXPECT_GT(more.combined[0], less.combined[0]);
    for (std::uint32_t i = 0; i < c.table.size; ++i) EXPECT_GE(more.downstream[i], less.downstream[i] - 1e-12);
  });
}

TEST(DynamicsLaw, DisruptionsBeyondTheHorizonChangeNothing) {
  for_cases([](Case c) {
    const auto before = dynamics(network(c.table), c.shocks, c.options);
    c.shocks.push_back({EnterpriseId{0}, 1, c.options.days, 5, {}});
    expect_same(dynamics(network(c.table), c.shocks, c.options), before);
  });
}

TEST(DynamicsLaw, EnterprisesOutOfReachAreExactlyAtRest) {
  // Two chains beside each other: what happens in one does not touch a bit of the other.
  for_cases([](const Case& c) {
    const std::uint32_t n = c.table.size;
    Table both(2 * n);
    auto options = c.options;
    options.poisson_stock = false;
    auto alone = options;
    for (std::uint32_t i = 0; i < n; ++i) {
      options.sectors.push_back(c.options.sectors[i]);
      if (!c.options.final_demand.empty()) options.final_demand.push_back(c.options.final_demand[i]);
      for (std::uint32_t j = 0; j < n; ++j) {
        both.cell(i, j) = c.table.cell(i, j);
        both.cell(n + i, n + j) = c.table.cell(i, j);
      }
    }
    const auto single = dynamics(network(c.table), c.shocks, alone);
    const auto result = dynamics(network(both), c.shocks, options);
    for (std::uint32_t i = 0; i < n; ++i) {
      EXPECT_EQ(result.combined[i], single.combined[i]);
      EXPECT_EQ(result.combined[n + i], 0.0);
      EXPECT_EQ(result.last_level[n + i], 1.0);
    }
  });
}

TEST(DynamicsLaw, SameBitsForOneTwoAndSevenThreads) {
  chainqual::GenerateOptions kind;
  kind.enterprises = 9000;  // over two chunks, and links enough for several parts
  kind.mean_degree = 12;
  kind.cyclic_share = 0.2;
  const auto net = chainqual::generate_network(kind);
  std::vector<Disruption> shocks;
  for (std::uint32_t i = 0; i < 9000; i += 37) {
    shocks.push_back({EnterpriseId{i}, 0.2 + 0.7 * (i % 11) / 11, i % 3, 4, {RecoveryKind::s_curve, 8, {}}});
  }
  for (const auto rule :
       {Rationing::proportional, Rationing::households_last, Rationing::lowest_relative_order_first}) {
    DynamicsOptions options;
    options.days = 15;
    options.rationing = rule;
    options.record = DynamicsRecord::enterprises;
    options.poisson_stock = true;
    const auto run = [&](unsigned threads) {
      chainqual::ThreadPool pool(threads);
      Control control;
      control.executor = &pool;
      return dynamics(net, shocks, options, control);
    };
    const auto one = run(1);
    EXPECT_GT(one.index, 0.01);
    EXPECT_EQ(one.conservation.violations, 0U);
    for (const unsigned threads : {2U, 7U}) {
      const auto other = run(threads);
      expect_same(other, one);
      EXPECT_EQ(other.totals, one.totals);
      EXPECT_EQ(other.index, one.index);
      EXPECT_EQ(other.conservation.largest, one.conservation.largest);
      EXPECT_EQ(other.conservation.stock_gap, one.conservation.stock_gap);
      EXPECT_EQ(other.overshoot.enterprise, one.overshoot.enterprise);
    }
  }
}

}  // namespace
}  // namespace dynamics_laws_test
