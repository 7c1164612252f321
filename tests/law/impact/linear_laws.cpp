// Laws of linear and of batches, on seeded random networks; a failure prints the seed.

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "chainqual/impact/linear.hpp"
#include "chainqual/impact/linear_plan.hpp"
#include "chainqual/impact/rows-inl.hpp"
#include "unit/impact/networks.hpp"

namespace linear_laws_test {
namespace {

using chainqual::linear;
using chainqual::linear_batch;
using chainqual::LinearOptions;
using chainqual::LinearPlan;
using impact_test::network;
using impact_test::not_given;
using impact_test::Random;
using impact_test::random_shock;
using impact_test::random_table;

struct Case {
  unsigned seed;
  impact_test::Table table;
  std::vector<double> shock;
};

/// A hundred networks, half of them cyclic, some with self-supply.
template <class Check>
void for_networks(Check&& check) {
  for (unsigned seed = 1; seed <= 100; ++seed) {
    std::mt19937_64 random(seed);
    Random kind;
    kind.enterprises = 2 + seed % 60;
    kind.density = 0.03 + 0.002 * static_cast<double>(seed);
    kind.acyclic = seed % 2 == 0;
    kind.self = seed % 5 == 0 && !kind.acyclic;
    kind.strength = seed % 3 == 0 ? 0.6 : 1;
    auto table = random_table(random, kind);
    auto shock = random_shock(random, table.size);
    SCOPED_TRACE(seed);
    check(Case{seed, std::move(table), std::move(shock)});
  }
}

std::vector<float> to_floats(const std::vector<double>& values) {
  return {values.begin(), values.end()};
}

TEST(LinearLaw, NoShockIsExactlyNoLoss) {
  for_networks([](const Case& c) {
    const auto net = network(c.table);
    const std::vector<double> none(c.table.size, 0.0);
    for (const bool capped : {true, false}) {
      LinearOptions options;
      options.capped = capped;
      const auto result = linear(net, none, options);
      EXPECT_EQ(result.downstream, none);
      EXPECT_EQ(result.upstream, none);
      EXPECT_EQ(result.combined, none);
      EXPECT_EQ(result.downstream_run.sweeps, 0U);
    }
    const auto batch = linear_batch(LinearPlan(net), to_floats(none));
    EXPECT_EQ(batch.loss, to_floats(none));
    EXPECT_TRUE(batch.runs[0].converged);
  });
}

TEST(LinearLaw, LossesLieBetweenTheShockAndOne) {
  for_networks([](const Case& c) {
    const auto result = linear(network(c.table), c.shock);
    const auto batch = linear_batch(LinearPlan(network(c.table)), to_floats(c.shock));
    for (std::size_t v = 0; v < c.shock.size(); ++v) {
      for (const double loss : {result.downstream[v], result.upstream[v]}) {
        EXPECT_GE(loss, c.shock[v]);
        EXPECT_LE(loss, 1.0);
      }
      EXPECT_EQ(result.combined[v], std::max(result.downstream[v], result.upstream[v]));
      EXPECT_GE(batch.loss[v], static_cast<float>(c.shock[v]));
      EXPECT_LE(batch.loss[v], 1.0F);
    }
  });
}

TEST(LinearLaw, MoreShockIsNeverLessLoss) {
  for_networks([](const Case& c) {
    const auto net = network(c.table);
    std::vector<double> more = c.shock;
    for (std::size_t v = 0; v < more.size(); ++v) more[v] = std::min(1.0, more[v] + (v % 3 == 0 ? 0.2 : 0.0));
    const auto less = linear(net, c.shock);
    const auto result = linear(net, more);
    for (std::size_t v = 0; v < more.size(); ++v) {
      EXPECT_GE(result.downstream[v], less.downstream[v] - 1e-11);
      EXPECT_GE(result.upstream[v], less.upstream[v] - 1e-11);
    }
  });
}

TEST(LinearLaw, ResultSatisfiesItsEquation) {
  for_networks([](const Case& c) {
    const auto net = network(c.table);
    const auto result = linear(net, c.shock);
    const auto bought = [&](std::uint32_t j) {
      double sum = 0;
      for (std::uint32_t i = 0; i < c.table.size; ++i) {
        sum += std::max(0.0, static_cast<double>(c.table.cell(i, j).value));
      }
      return sum;
    };
    for (std::uint32_t j = 0; j < c.table.size; ++j) {
      double sum = c.shock[j];
      for (std::uint32_t i = 0; i < c.table.size; ++i) {
        const auto& cell = c.table.cell(i, j);
        if (cell.value < 0) continue;
        double d = bought(j) > 0 ? static_cast<double>(cell.value) / bought(j) : 0;
        if (!std::isnan(cell.dependency)) d = static_cast<double>(cell.dependency);
        if (!std::isnan(cell.escape)) d *= static_cast<double>(cell.escape);
        sum += d * result.downstream[i];
      }
      EXPECT_NEAR(result.downstream[j], std::min(1.0, sum), 1e-11);
    }
  });
}

TEST(LinearLaw, UnitsOfValueDoNotMatter) {
  for_networks([](const Case& c) {
    const auto result = linear(network(c.table), c.shock);
    for (const float factor : {1024.0F, 0x1p-20F, 3.7F}) {
      auto scaled = c.table;
      for (auto& cell : scaled.cells) cell.value *= factor;  // "no link" stays below 0
      const auto other = linear(network(scaled), c.shock);
      if (factor != 3.7F) {
        EXPECT_EQ(other.downstream, result.downstream);
        EXPECT_EQ(other.upstream, result.upstream);
        continue;
      }
      for (std::size_t v = 0; v < c.shock.size(); ++v) {
        EXPECT_NEAR(other.downstream[v], result.downstream[v], 1e-4);
        EXPECT_NEAR(other.upstream[v], result.upstream[v], 1e-4);
      }
    }
  });
}

TEST(LinearLaw, RenamingEnterprisesRenamesTheLosses) {
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
    const auto before = linear(network(c.table), c.shock);
    const auto after = linear(network(renamed), shock);
    for (std::uint32_t i = 0; i < c.table.size; ++i) {
      EXPECT_NEAR(after.downstream[name[i]], before.downstream[i], 1e-11);
      EXPECT_NEAR(after.upstream[name[i]], before.upstream[i], 1e-11);
    }
  });
}

TEST(LinearLaw, UncappedLossesSuperpose) {
  int compared = 0;
  for_networks([&](Case c) {
    for (auto& cell : c.table.cells) {
      if (!(cell.value < 0)) cell.escape = 0.5F;
      cell.dependency = not_given;
    }
    const auto net = network(c.table);
    LinearOptions options;
    options.capped = false;
    options.upstream = false;
    const auto half = [&](bool even) {
      auto part = c.shock;
      for (std::size_t v = 0; v < part.size(); ++v) {
        if ((v % 2 == 0) != even) part[v] = 0;
      }
      return linear(net, part, options).downstream;
    };
    const auto whole = linear(net, c.shock, options).downstream;
    const auto even = half(true);
    const auto odd = half(false);
    for (std::size_t v = 0; v < whole.size(); ++v) {
      EXPECT_NEAR(whole[v], even[v] + odd[v], 1e-10);
      ++compared;
    }
  });
  EXPECT_GT(compared, 1000);
}

TEST(LinearLaw, SameBitsForOneTwoAndSevenThreads) {
  std::mt19937_64 random(5);
  Random kind;
  kind.enterprises = 400;
  kind.density = 0.02;
  kind.strength = 0.8;
  const auto table = random_table(random, kind);
  const auto net = network(table);
  const LinearPlan plan(net);
  std::vector<float> shocks;
  std::vector<double> first;
  for (int k = 0; k < 100; ++k) {
    const auto shock = random_shock(random, table.size);
    if (k == 0) first = shock;
    shocks.insert(shocks.end(), shock.begin(), shock.end());
  }
  std::vector<float> x(plan.size(), 0.25F);
  const auto run = [&](unsigned threads) {
    chainqual::ThreadPool pool(threads);
    chainqual::Control control;
    control.executor = &pool;
    std::vector<float> y(x.size(), 0.0F);
    plan.sweep(x, y, control);
    return std::tuple(linear(net, first, {}, control).combined, linear_batch(plan, shocks, {}, control).loss, y);
  };
  const auto one = run(1);
  EXPECT_EQ(run(2), one);
  EXPECT_EQ(run(7), one);
}

TEST(LinearLaw, SameBitsForEveryLaneWidthAndCompositionOfBatches) {
  for_networks([](const Case& c) {
    const LinearPlan plan(network(c.table));
    std::mt19937_64 random(c.seed);
    std::vector<float> shocks;
    for (int k = 0; k < 18; ++k) {
      const auto shock = random_shock(random, c.table.size, 0.05 * k);
      shocks.insert(shocks.end(), shock.begin(), shock.end());
    }
    chainqual::LinearBatchOptions options;
    options.max_sweeps = 200;
    options.lanes = chainqual::Lanes::baseline;
    const auto reference = linear_batch(plan, shocks, options);
    for (const auto lanes : {chainqual::Lanes::automatic, chainqual::Lanes::avx2, chainqual::Lanes::avx512}) {
      if (!chainqual::supports(lanes)) continue;
      options.lanes = lanes;
      EXPECT_EQ(linear_batch(plan, shocks, options).loss, reference.loss);
      for (std::size_t k = 0; k < 18; ++k) {  // alone, so by the kernel for one shock
        const std::span<const float> one(shocks.data() + k * c.table.size, c.table.size);
        const auto alone = linear_batch(plan, one, options);
        EXPECT_TRUE(std::equal(alone.loss.begin(), alone.loss.end(),
                               reference.loss.begin() + static_cast<std::ptrdiff_t>(k * c.table.size)));
        EXPECT_EQ(alone.runs[0].sweeps, reference.runs[k].sweeps);
      }
    }
  });
}

TEST(LinearLaw, PlainSweepsOfAllKindsAgreeWithTheDoubleSum) {
  for_networks([](const Case& c) {
    const auto net = network(c.table);
    const LinearPlan plan(net);
    const std::size_t n = c.table.size;
    std::vector<float> x(plan.size(), 0.0F);
    std::vector<float> side(16 * plan.size(), 0.0F);
    for (std::size_t v = 0; v < n; ++v) {
      const std::size_t place = plan.places()[v];
      x[place] = static_cast<float>(c.shock[v]);
      for (std::size_t lane = 0; lane < 16; ++lane) side[16 * place + lane] = x[place] / static_cast<float>(lane + 1);
    }
    const auto rows =
        chainqual::impact_detail::make_rows(net, chainqual::Along::downstream, chainqual::impact_detail::Side::effect);
    for (const auto lanes : {chainqual::Lanes::baseline, chainqual::Lanes::avx2, chainqual::Lanes::avx512}) {
      if (!chainqual::supports(lanes)) continue;
      std::vector<float> y(plan.size(), 0.0F);
      std::vector<float> wide(16 * plan.size(), 0.0F);
      plan.sweep(x, y, {}, lanes);
      plan.sweep16(side, wide, {}, lanes);
      for (std::size_t v = 0; v < n; ++v) {
        double sum = 0;
        for (auto k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
          sum += rows.weights[k] * static_cast<double>(x[plan.places()[rows.neighbours[k]]]);
        }
        const std::size_t place = plan.places()[v];
        EXPECT_NEAR(static_cast<double>(y[place]), sum, 2e-6 * std::max(1.0, sum));
        EXPECT_EQ(wide[16 * place], y[place]);
        EXPECT_NEAR(static_cast<double>(wide[16 * place + 15]), sum / 16, 2e-6 * std::max(1.0, sum));
      }
    }
  });
}

TEST(LinearLaw, ImportanceIsAtLeastTheOwnWeightAndCountsEveryLossOnce) {
  for_networks([](Case c) {
    for (auto& cell : c.table.cells) {
      if (!(cell.value < 0)) cell.escape = 0.5F;
      cell.dependency = not_given;
    }
    const auto net = network(c.table);
    const std::vector<double> weight(c.table.size, 1.0);
    const auto importance = chainqual::linear_importance(net, weight);
    LinearOptions options;
    options.capped = false;
    options.upstream = false;
    const auto loss = linear(net, c.shock, options).downstream;
    const double by_loss = std::accumulate(loss.begin(), loss.end(), 0.0);
    double by_importance = 0;
    for (std::size_t v = 0; v < weight.size(); ++v) {
      EXPECT_GE(importance[v], 1.0);
      by_importance += importance[v] * c.shock[v];
    }
    EXPECT_NEAR(by_importance, by_loss, 1e-9 * std::max(1.0, by_loss));
  });
}

}  // namespace
}  // namespace linear_laws_test
