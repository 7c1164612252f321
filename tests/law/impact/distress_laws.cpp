// Laws of distress on seeded random networks; a failure prints the seed.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "chainqual/impact/distress.hpp"
#include "chainqual/impact/linear.hpp"
#include "unit/impact/networks.hpp"

namespace distress_laws_test {
namespace {

using chainqual::distress;
using chainqual::DistressOptions;
using chainqual::DistressVariant;
using impact_test::network;

struct Case {
  unsigned seed;
  impact_test::Table table;
  std::vector<double> shock;
  DistressOptions options;
};

/// A hundred networks with both forms in turn; losses of every third fade by 0.6 a link.
template <class Check>
void for_networks(Check&& check) {
  for (unsigned seed = 1; seed <= 100; ++seed) {
    std::mt19937_64 random(seed);
    impact_test::Random kind;
    kind.enterprises = 2 + seed % 60;
    kind.density = 0.03 + 0.002 * static_cast<double>(seed);
    kind.acyclic = seed % 2 == 0;
    kind.self = seed % 5 == 0 && !kind.acyclic;
    kind.strength = seed % 3 == 0 ? 0.6 : 1;
    Case c{seed, impact_test::random_table(random, kind), {}, {}};
    c.shock = impact_test::random_shock(random, c.table.size);
    c.options.variant = seed % 4 < 2 ? DistressVariant::once : DistressVariant::unlimited;
    c.options.spectral_radius = false;
    c.options.max_steps = 2000;
    SCOPED_TRACE(seed);
    check(c);
  }
}

TEST(DistressLaw, NoShockIsExactlyNoDistress) {
  for_networks([](const Case& c) {
    const std::vector<double> none(c.table.size, 0.0);
    const auto result = distress(network(c.table), none, c.options);
    EXPECT_EQ(result.downstream, none);
    EXPECT_EQ(result.upstream, none);
    EXPECT_EQ(result.index, 0);
    EXPECT_EQ(result.debtrank, 0);
    EXPECT_EQ(result.steps, 0U);
    EXPECT_TRUE(result.converged);
    EXPECT_EQ(result.downstream_run.history, std::vector<double>{0.0});
  });
}

TEST(DistressLaw, LossesLieBetweenShockAndOneAndTotalsNeverFall) {
  for_networks([](const Case& c) {
    const auto result = distress(network(c.table), c.shock, c.options);
    for (std::size_t v = 0; v < c.shock.size(); ++v) {
      EXPECT_GE(result.downstream[v], c.shock[v]);
      EXPECT_GE(result.upstream[v], c.shock[v]);
      EXPECT_LE(result.combined[v], 1);
    }
    for (const auto* run : {&result.downstream_run, &result.upstream_run}) {
      EXPECT_EQ(run->history.size(), run->steps + 1U);
      EXPECT_EQ(run->history.front(), run->first);
      EXPECT_EQ(run->history.back(), run->last);
      for (std::size_t t = 1; t < run->history.size(); ++t) {
        EXPECT_GE(run->history[t], run->history[t - 1] * (1 - 1e-12));
      }
    }
    EXPECT_GE(result.debtrank, -1e-15);
  });
}

/// h(t+1) = min(1, h(t) + Fᵀ(h(t) − h(t−1))) is x ← min(1, s + Fᵀ x) step by step, so both end at one point.
TEST(DistressLaw, TheSecondFormEndsWhereTheLinearModelDoes) {
  for_networks([](Case c) {
    if (c.seed % 3 != 0) return;
    c.options.variant = DistressVariant::unlimited;
    c.options.tolerance = 1e-14;
    const auto result = distress(network(c.table), c.shock, c.options);
    const auto linear = chainqual::linear(network(c.table), c.shock);
    for (std::size_t v = 0; v < c.shock.size(); ++v) EXPECT_NEAR(result.downstream[v], linear.downstream[v], 1e-10);
  });
}

TEST(DistressLaw, TheFirstFormIsNeverAboveTheSecondAndMeetsItWhereNothingIsKeptBack) {
  int equal = 0;
  for_networks([&](Case c) {
    c.options.tolerance = 0;
    c.options.variant = DistressVariant::once;
    const auto once = distress(network(c.table), c.shock, c.options);
    c.options.variant = DistressVariant::unlimited;
    const auto unlimited = distress(network(c.table), c.shock, c.options);
    for (std::size_t v = 0; v < c.shock.size(); ++v) {
      EXPECT_LE(once.downstream[v], unlimited.downstream[v] + 1e-12);
      EXPECT_LE(once.upstream[v], unlimited.upstream[v] + 1e-12);
    }
    if (once.downstream_run.times_kept_back != 0) return;
    ++equal;
    EXPECT_EQ(once.downstream, unlimited.downstream);
  });
  EXPECT_GT(equal, 3);
}

/// Only of the second form: in the first, a small early hit spends an enterprise's one chance to hand on a large one.
TEST(DistressLaw, MoreShockIsNeverLessDistressInTheSecondForm) {
  for_networks([](Case c) {
    c.options.variant = DistressVariant::unlimited;
    c.options.tolerance = 0;
    auto more = c.shock;
    for (std::size_t v = 0; v < more.size(); ++v) more[v] = std::min(1.0, more[v] + (v % 3 == 0 ? 0.2 : 0.0));
    const auto net = network(c.table);
    const auto less = distress(net, c.shock, c.options);
    const auto result = distress(net, more, c.options);
    for (std::size_t v = 0; v < more.size(); ++v) {
      EXPECT_GE(result.downstream[v], less.downstream[v] - 1e-12);
      EXPECT_GE(result.upstream[v], less.upstream[v] - 1e-12);
    }
  });
}

TEST(DistressLaw, UnitsOfValueDoNotMatter) {
  for_networks([](const Case& c) {
    auto scaled = c.table;
    for (auto& cell : scaled.cells) cell.value *= 1024.0F;  // "no link" stays below 0
    const auto result = distress(network(c.table), c.shock, c.options);
    const auto other = distress(network(scaled), c.shock, c.options);
    EXPECT_EQ(other.downstream, result.downstream);
    EXPECT_EQ(other.upstream, result.upstream);
    EXPECT_EQ(other.debtrank, result.debtrank);
  });
}

TEST(DistressLaw, RenamingEnterprisesRenamesTheLosses) {
  for_networks([](const Case& c) {
    std::vector<std::uint32_t> name(c.table.size);
    std::iota(name.begin(), name.end(), 0U);
    std::mt19937_64 random(c.seed + 1000);
    std::shuffle(name.begin(), name.end(), random);
    impact_test::Table renamed(c.table.size);
    std::vector<double> shock(c.shock.size());
    for (std::uint32_t i = 0; i < c.table.size; ++i) {
      shock[name[i]] = c.shock[i];
      for (std::uint32_t j = 0; j < c.table.size; ++j) renamed.cell(name[i], name[j]) = c.table.cell(i, j);
    }
    const auto before = distress(network(c.table), c.shock, c.options);
    const auto after = distress(network(renamed), shock, c.options);
    for (std::uint32_t i = 0; i < c.table.size; ++i) {
      EXPECT_NEAR(after.downstream[name[i]], before.downstream[i], 1e-8);
      EXPECT_NEAR(after.upstream[name[i]], before.upstream[i], 1e-8);
    }
  });
}

TEST(DistressLaw, SameBitsForOneTwoAndSevenThreads) {
  std::mt19937_64 random(5);
  impact_test::Random kind;
  kind.enterprises = 400;
  kind.density = 0.02;
  kind.strength = 0.9;
  const auto table = impact_test::random_table(random, kind);
  const auto net = network(table);
  const auto shock = impact_test::random_shock(random, table.size, 0.02);
  for (const auto variant : {DistressVariant::once, DistressVariant::unlimited}) {
    const auto run = [&](unsigned threads) {
      chainqual::ThreadPool pool(threads);
      chainqual::Control control;
      control.executor = &pool;
      DistressOptions options;
      options.variant = variant;
      const auto result = distress(net, shock, options, control);
      return std::tuple(result.downstream, result.upstream, result.downstream_run.history, result.index,
                        *result.upstream_run.spectral_radius);
    };
    const auto one = run(1);
    EXPECT_EQ(run(2), one);
    EXPECT_EQ(run(7), one);
  }
}

}  // namespace
}  // namespace distress_laws_test
