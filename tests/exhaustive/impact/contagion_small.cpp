// contagion on every network of up to four enterprises, against the sum over all sets of live links.

#include <gtest/gtest.h>

#include <cmath>

#include "chainqual/impact/contagion.hpp"
#include "unit/impact/networks.hpp"

namespace {

using impact_test::Table;

struct Links {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
  std::vector<double> chance;
};

/// Exact probability that each enterprise is reached from `source`, by all 2^m sets of live links.
std::vector<double> enumerate(std::uint32_t n, const Links& links, std::uint32_t source) {
  std::vector<double> hit(n, 0.0);
  for (std::uint32_t live = 0; live < (1U << links.ends.size()); ++live) {
    double probability = 1;
    for (std::size_t l = 0; l < links.ends.size(); ++l) {
      probability *= (live >> l) & 1U ? links.chance[l] : 1 - links.chance[l];
    }
    if (probability == 0) continue;
    std::uint32_t reached = 1U << source;
    for (std::uint32_t round = 0; round < n; ++round) {
      for (std::size_t l = 0; l < links.ends.size(); ++l) {
        if (((live >> l) & 1U) != 0 && ((reached >> links.ends[l].first) & 1U) != 0) {
          reached |= 1U << links.ends[l].second;
        }
      }
    }
    for (std::uint32_t v = 0; v < n; ++v) hit[v] += (reached >> v) & 1U ? probability : 0;
  }
  return hit;
}

struct Outcome {
  std::uint64_t networks = 0;
  std::uint64_t uncertain = 0;  ///< probabilities strictly between 0 and 1
  std::uint64_t covered = 0;    ///< of these, inside their 95 % interval
};

/// Every assignment of `chances` (below 0: no link) to the ordered pairs of n enterprises.
Outcome check_all(std::uint32_t n, const std::vector<double>& chances, std::uint64_t runs) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      if (i != j) pairs.emplace_back(i, j);
    }
  }
  std::uint64_t count = 1;
  for (std::size_t k = 0; k < pairs.size(); ++k) count *= chances.size();
  Outcome outcome;
  for (std::uint64_t code = 0; code < count; ++code) {
    Table table(n);
    Links links;
    std::uint64_t rest = code;
    for (const auto& [i, j] : pairs) {
      const double chance = chances[rest % chances.size()];
      rest /= chances.size();
      if (chance < 0) continue;
      table.link(i, j, 1);
      links.ends.emplace_back(i, j);
      links.chance.push_back(chance);
    }
    const auto source = static_cast<std::uint32_t>(code % n);
    chainqual::ContagionOptions options;
    options.upstream = false;
    options.runs = runs;
    options.seed = code;
    options.downstream_probability = links.chance;
    std::vector<double> start(n, 0.0);
    start[source] = 1;
    const auto net = impact_test::network(table, chainqual::PartsCheck::shape);
    const auto result = chainqual::contagion(net, start, options);
    const auto exact = enumerate(n, links, source);
    ++outcome.networks;
    for (std::uint32_t v = 0; v < n; ++v) {
      const double p = exact[v];
      const double found = result.downstream[v];
      if (p < 1e-12 || p > 1 - 1e-12) {
        EXPECT_EQ(found, std::round(p)) << code << ' ' << v;
        continue;
      }
      const double sigma = std::sqrt(p * (1 - p) / static_cast<double>(runs));
      EXPECT_NEAR(found, p, 5.5 * sigma) << code << ' ' << v;
      ++outcome.uncertain;
      const auto& interval = result.downstream_spread.interval[v];
      outcome.covered += interval.low <= p && p <= interval.high ? 1U : 0U;
    }
  }
  return outcome;
}

/// Five and a half standard errors are passed once in 26 million; intervals of 95 % hold the truth in about 95 %.
void expect_calibrated(const Outcome& outcome) {
  const double share = static_cast<double>(outcome.covered) / static_cast<double>(outcome.uncertain);
  EXPECT_GT(share, 0.94);
  EXPECT_LT(share, 0.96);
}

TEST(ContagionExhaustive, EveryNetworkOfThreeEnterprisesWithFourChances) {
  const auto outcome = check_all(3, {-1, 0, 0.25, 1.0 / 3, 1}, 1024);
  EXPECT_EQ(outcome.networks, 15'625U);
  expect_calibrated(outcome);
}

TEST(ContagionExhaustive, EveryNetworkOfFourEnterprises) {
  const auto outcome = check_all(4, {-1, 0.4}, 1000);
  EXPECT_EQ(outcome.networks, 4'096U);
  expect_calibrated(outcome);
}

}  // namespace
