// Laws of contagion on seeded random networks; a failure prints the seed.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <queue>

#include "chainqual/impact/contagion.hpp"
#include "unit/impact/contagion_same.hpp"
#include "unit/impact/networks.hpp"

namespace contagion_laws_test {
namespace {

using chainqual::contagion;
using chainqual::ContagionOptions;
using chainqual::ContagionResult;
using impact_test::network;

struct Case {
  unsigned seed;
  impact_test::Table table;
  std::vector<double> start;
  ContagionOptions options;
};

template <class Check>
void for_networks(Check&& check) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    std::mt19937_64 random(seed);
    impact_test::Random kind;
    kind.enterprises = 2 + seed % 60;
    kind.density = 0.03 + 0.003 * static_cast<double>(seed);
    kind.acyclic = seed % 2 == 0;
    kind.self = seed % 5 == 1;
    Case c{seed, impact_test::random_table(random, kind), {}, {}};
    c.start = impact_test::random_shock(random, c.table.size, 0.2);
    c.options.seed = seed;
    c.options.runs = 100 + 7 * seed;
    SCOPED_TRACE(seed);
    check(c);
  }
}

TEST(ContagionLaw, NoStartIsExactlyNoHit) {
  for_networks([](const Case& c) {
    const std::vector<double> none(c.table.size, 0.0);
    const auto result = contagion(network(c.table), none, c.options);
    EXPECT_EQ(result.combined, none);
    EXPECT_EQ(result.downstream, none);
    EXPECT_EQ(result.upstream, none);
    EXPECT_EQ(result.index, 0);
    EXPECT_EQ(result.steps, 0U);
    EXPECT_TRUE(result.converged);
    EXPECT_EQ(result.combined_spread.count_spread.most, 0);
    EXPECT_EQ(result.combined_spread.interval[0].low, 0);
  });
}

TEST(ContagionLaw, ImpossibleLinksHitNobodyAndCertainLinksAllWithinReach) {
  for_networks([](Case c) {
    const auto net = network(c.table);
    for (double& s : c.start) s = s > 0.5 ? 1 : 0;
    c.options.downstream_probability.assign(net.links(), 0.0);
    c.options.upstream_probability.assign(net.links(), 0.0);
    EXPECT_EQ(contagion(net, c.start, c.options).combined, c.start);
    c.options.downstream_probability.assign(net.links(), 1.0);
    const auto result = contagion(net, c.start, c.options);
    std::vector<int> distance(c.start.size(), -1);
    std::queue<std::uint32_t> open;
    for (std::uint32_t v = 0; v < c.start.size(); ++v) {
      if (c.start[v] == 1) distance[v] = 0, open.push(v);
    }
    for (; !open.empty(); open.pop()) {
      for (const auto to : net.customers(chainqual::EnterpriseId{open.front()})) {
        if (distance[to] < 0) distance[to] = distance[open.front()] + 1, open.push(to);
      }
    }
    for (std::uint32_t v = 0; v < c.start.size(); ++v) {
      EXPECT_EQ(result.downstream[v], distance[v] >= 0 ? 1 : 0);
      const double step = result.downstream_spread.mean_step(chainqual::EnterpriseId{v});
      if (distance[v] >= 0) {
        EXPECT_EQ(step, distance[v]);
      } else {
        EXPECT_TRUE(std::isnan(step));
      }
    }
  });
}

/// In every single run, not only in the mean: that is what sharing draws is for.
TEST(ContagionLaw, MoreSourcesAndHigherChancesHitNoFewerInAnyRun) {
  for_networks([](Case c) {
    const auto net = network(c.table);
    const auto less = contagion(net, c.start, c.options);
    const auto expect_more = [&](const ContagionResult& more) {
      for (std::size_t v = 0; v < c.start.size(); ++v) {
        EXPECT_GE(more.downstream_spread.hits[v], less.downstream_spread.hits[v]);
        EXPECT_GE(more.combined_spread.hits[v], less.combined_spread.hits[v]);
      }
      for (std::size_t r = 0; r < c.options.runs; ++r) {
        EXPECT_GE(more.downstream_spread.enterprises[r], less.downstream_spread.enterprises[r]);
        EXPECT_GE(more.upstream_spread.enterprises[r], less.upstream_spread.enterprises[r]);
        EXPECT_GE(more.combined_spread.share[r], less.combined_spread.share[r]);
      }
    };
    auto start = c.start;
    for (std::size_t v = 0; v < start.size(); ++v) start[v] = std::min(1.0, start[v] + (v % 3 == 0 ? 0.3 : 0));
    expect_more(contagion(net, start, c.options));
    auto table = c.table;
    for (auto& cell : table.cells) cell.escape = impact_test::not_given;
    expect_more(contagion(network(table), c.start, c.options));
  });
}

TEST(ContagionLaw, BothDirectionsTogetherHitAtLeastEachAndAtMostTheirSum) {
  for_networks([](const Case& c) {
    const auto result = contagion(network(c.table), c.start, c.options);
    const auto& down = result.downstream_spread;
    const auto& up = result.upstream_spread;
    const auto& both = result.combined_spread;
    for (std::size_t v = 0; v < c.start.size(); ++v) {
      EXPECT_GE(both.hits[v], std::max(down.hits[v], up.hits[v]));
      EXPECT_LE(both.hits[v], down.hits[v] + up.hits[v]);
    }
    for (std::size_t r = 0; r < c.options.runs; ++r) {
      EXPECT_GE(both.enterprises[r], std::max(down.enterprises[r], up.enterprises[r]));
      EXPECT_LE(both.enterprises[r], down.enterprises[r] + up.enterprises[r]);
    }
    ContagionOptions alone = c.options;
    alone.upstream = false;
    impact_test::expect_same(contagion(network(c.table), c.start, alone).downstream_spread, down);
    alone.upstream = true;
    alone.downstream = false;
    impact_test::expect_same(contagion(network(c.table), c.start, alone).upstream_spread, up);
  });
}

TEST(ContagionLaw, CountsAndSharesAreThoseOfTheRuns) {
  for_networks([](const Case& c) {
    const auto result = contagion(network(c.table), c.start, c.options);
    for (const auto* spread : {&result.downstream_spread, &result.upstream_spread, &result.combined_spread}) {
      const auto by_run = std::accumulate(spread->enterprises.begin(), spread->enterprises.end(), std::uint64_t{0});
      EXPECT_EQ(std::accumulate(spread->hits.begin(), spread->hits.end(), std::uint64_t{0}), by_run);
      for (const double share : spread->share) EXPECT_TRUE(share >= 0 && share <= 1);
      for (std::size_t v = 0; v < spread->hits.size(); ++v) {
        const double p = static_cast<double>(spread->hits[v]) / static_cast<double>(c.options.runs);
        EXPECT_LE(spread->interval[v].low, p);
        EXPECT_GE(spread->interval[v].high, p);
      }
    }
    const auto weight = chainqual::default_weight(network(c.table));
    EXPECT_NEAR(result.index, chainqual::weighted_mean_loss(result.combined, weight), 1e-12);
    EXPECT_NEAR(result.index_upstream, chainqual::weighted_mean_loss(result.upstream, weight), 1e-12);
  });
}

TEST(ContagionLaw, RunsMadeInPartsMergeToTheWhole) {
  for_networks([](const Case& c) {
    const auto net = network(c.table);
    auto options = c.options;
    options.first_run = 5 * c.seed;
    const auto whole = contagion(net, c.start, options);
    auto left = options;
    left.runs = 1 + (c.seed * 31) % (options.runs - 2);
    auto right = options;
    right.first_run += left.runs;
    right.runs -= left.runs;
    impact_test::expect_same(merge(contagion(net, c.start, left), contagion(net, c.start, right)), whole);
  });
}

TEST(ContagionLaw, SameBitsForAnyThreadsAndWords) {
  for_networks([](const Case& c) {
    const auto net = network(c.table);
    auto options = c.options;
    options.runs *= 5;
    const auto run = [&](unsigned threads, std::uint32_t words) {
      chainqual::ThreadPool pool(threads);
      chainqual::Control control;
      control.executor = &pool;
      options.words = words;
      return contagion(net, c.start, options, control);
    };
    const auto one = run(1, 1);
    impact_test::expect_same(run(1, 8), one);
    impact_test::expect_same(run(1, 0), one);
    impact_test::expect_same(run(2, 1), one);
    impact_test::expect_same(run(7, 8), one);
    impact_test::expect_same(run(3, 0), one);
  });
}

TEST(ContagionLaw, UnitsOfValueDoNotMatter) {
  for_networks([](const Case& c) {
    auto scaled = c.table;
    for (auto& cell : scaled.cells) cell.value *= 1024.0F;  // "no link" stays below 0
    impact_test::expect_same(contagion(network(scaled), c.start, c.options),
                             contagion(network(c.table), c.start, c.options));
  });
}

TEST(ContagionLaw, AWiderCapOnStepsHitsNoFewerAndAtTheEndChangesNothing) {
  for_networks([](Case c) {
    const auto net = network(c.table);
    const auto free = contagion(net, c.start, c.options);
    std::vector<std::uint64_t> before(c.start.size(), 0);
    for (std::uint32_t cap = 1; cap <= free.steps + 1; ++cap) {
      c.options.max_steps = cap;
      const auto result = contagion(net, c.start, c.options);
      for (std::size_t v = 0; v < before.size(); ++v) EXPECT_GE(result.combined_spread.hits[v], before[v]);
      before = result.combined_spread.hits;
      EXPECT_EQ(result.converged, cap > free.steps);
    }
    EXPECT_EQ(before, free.combined_spread.hits);
  });
}

/// Links are numbered anew with the names and draw anew: certain links must agree, others as two samples do.
TEST(ContagionLaw, EnterprisesInAnotherOrderAreHitAsOften) {
  std::uint64_t uncertain = 0;
  for_networks([&](Case c) {
    const std::uint32_t n = c.table.size;
    std::vector<std::uint32_t> to(n);
    std::iota(to.begin(), to.end(), 0U);
    std::mt19937_64 random(c.seed + 100);
    std::shuffle(to.begin(), to.end(), random);
    c.options.runs = 2000;
    for (const bool certain : {false, true}) {
      impact_test::Table moved(n);
      std::vector<double> start(n);
      for (std::uint32_t i = 0; i < n; ++i) {
        if (certain) c.start[i] = c.start[i] > 0 ? 1 : 0;
        start[to[i]] = c.start[i];
        for (std::uint32_t j = 0; j < n; ++j) {
          auto& cell = c.table.cell(i, j);
          if (certain) cell.dependency = cell.escape = static_cast<float>((i + j) % 2);
          moved.cell(to[i], to[j]) = cell;
        }
      }
      c.options.upstream = !certain;
      const auto one = contagion(network(c.table), c.start, c.options);
      const auto other = contagion(network(moved), start, c.options);
      for (std::uint32_t v = 0; v < n; ++v) {
        const double p = (one.combined[v] + other.combined[to[v]]) / 2;
        if (certain) {
          EXPECT_EQ(one.downstream[v], other.downstream[to[v]]);
        } else {
          EXPECT_NEAR(one.combined[v], other.combined[to[v]], 5.5 * std::sqrt(2 * p * (1 - p) / 2000.0) + 1e-9);
          uncertain += p > 0.01 && p < 0.99 ? 1U : 0U;
        }
      }
    }
  });
  EXPECT_GT(uncertain, 500U);
}

/// A thousand times fewer runs would do: the spread of differences run by run is far below that of the means.
TEST(ContagionLaw, SharedDrawsMakeComparisonsSharp) {
  std::mt19937_64 random(9);
  impact_test::Random kind;
  kind.enterprises = 200;
  kind.density = 0.02;
  const auto table = impact_test::random_table(random, kind);
  std::vector<double> start(200, 0.0);
  for (std::size_t v = 0; v < 200; v += 4) start[v] = 0.3;
  auto more = start;
  more[1] = 0.3;
  ContagionOptions options;
  options.runs = 4096;
  const auto first = contagion(network(table), start, options);
  const auto second = contagion(network(table), more, options);
  const auto paired = chainqual::paired_difference(first.combined_spread.share, second.combined_spread.share);
  EXPECT_GE(paired.mean, 0);
  EXPECT_NEAR(paired.mean, second.index - first.index, 1e-12);
  EXPECT_EQ(paired.share_below, 0);
  const double apart =
      std::hypot(first.combined_spread.share_spread.standard_error, second.combined_spread.share_spread.standard_error);
  EXPECT_LT(paired.standard_error, 0.3 * apart);
}

}  // namespace
}  // namespace contagion_laws_test
