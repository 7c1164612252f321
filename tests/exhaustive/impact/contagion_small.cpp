// contagion on every network of three and four enterprises, both directions, against the sum over all sets of live
// links.

#include <gtest/gtest.h>

#include <cmath>

#include "chainqual/impact/contagion.hpp"
#include "exhaustive/impact/small_networks.hpp"

namespace {

using impact_test::Cell;
using impact_test::States;
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
  std::uint64_t uncertain = 0;  ///< probabilities strictly between 0 and 1
  std::uint64_t covered = 0;    ///< of these, inside their 95 % interval

  void compare(const std::vector<double>& exact, const std::vector<double>& found,
               const chainqual::ContagionSpread& spread, std::uint64_t runs, std::uint64_t code) {
    for (std::size_t v = 0; v < exact.size(); ++v) {
      const double p = exact[v];
      if (p < 1e-12 || p > 1 - 1e-12) {
        EXPECT_EQ(found[v], std::round(p)) << code << ' ' << v;
        continue;
      }
      const double sigma = std::sqrt(p * (1 - p) / static_cast<double>(runs));
      EXPECT_NEAR(found[v], p, 5.5 * sigma) << code << ' ' << v;
      ++uncertain;
      covered += spread.interval[v].low <= p && p <= spread.interval[v].high ? 1U : 0U;
    }
  }
};

/// One network, both directions: a link that hits its customer with chance p hits its supplier with 1 − p.
void check(std::uint32_t n, const States& states, const std::vector<double>& chances, std::uint64_t runs,
           std::uint64_t code, Outcome& outcome) {
  const auto pairs = impact_test::pairs_of(n);
  Links down;
  Links up;
  for (std::size_t place = 0; place < pairs.size(); ++place) {
    if (states[place] == 0) continue;
    down.ends.push_back(pairs[place]);
    down.chance.push_back(chances[states[place] - 1U]);
    up.ends.emplace_back(pairs[place].second, pairs[place].first);
    up.chance.push_back(1 - down.chance.back());
  }
  const Table table = impact_test::table_of(n, states, false, [](std::uint8_t, std::size_t) {
    return Cell{1, impact_test::not_given, impact_test::not_given};
  });
  chainqual::ContagionOptions options;
  options.runs = runs;
  options.seed = code;
  options.downstream_probability = down.chance;
  options.upstream_probability = up.chance;
  const auto source = static_cast<std::uint32_t>(code % n);
  std::vector<double> start(n, 0.0);
  start[source] = 1;
  const auto result = chainqual::contagion(impact_test::network(table, chainqual::PartsCheck::shape), start, options);
  outcome.compare(enumerate(n, down, source), result.downstream, result.downstream_spread, runs, code);
  outcome.compare(enumerate(n, up, source), result.upstream, result.upstream_spread, runs, code);
}

/// Five and a half standard errors are passed once in 26 million; intervals of 95 % hold the truth in about 95 %.
void expect_calibrated(const Outcome& outcome) {
  const double share = static_cast<double>(outcome.covered) / static_cast<double>(outcome.uncertain);
  EXPECT_GT(share, 0.94);
  EXPECT_LT(share, 0.96);
}

TEST(ContagionExhaustive, EveryNetworkOfThreeEnterprisesWithFourChances) {
  Outcome outcome;
  const auto networks = impact_test::for_every_network(3, 5, false, [&](const States& states, std::uint64_t code) {
    check(3, states, {0, 0.25, 1.0 / 3, 1}, 1024, code, outcome);
  });
  EXPECT_EQ(networks, 15'625U);
  expect_calibrated(outcome);
}

TEST(ContagionExhaustive, EveryNetworkOfFourEnterprises) {
  Outcome outcome;
  const auto networks = impact_test::for_every_network(
      4, 2, false, [&](const States& states, std::uint64_t code) { check(4, states, {0.4}, 1000, code, outcome); });
  EXPECT_EQ(networks, 4'096U);
  expect_calibrated(outcome);
}

/// One of each kind of network and placing of a certain and an uncertain chance, for up to five links.
TEST(ContagionExhaustive, EveryNetworkOfFourEnterprisesWithTwoChancesButForTheirNames) {
  Outcome outcome;
  std::uint64_t checked = 0;
  const auto represented = impact_test::for_every_kind(4, 3, [&](const States& states, std::uint64_t code) {
    if (std::count(states.begin(), states.end(), std::uint8_t{0}) < 7) return;
    check(4, states, {0.25, 1}, 1000, code, outcome);
    ++checked;
  });
  EXPECT_EQ(represented, 531'441U);
  EXPECT_GT(checked, 1'000U);
  expect_calibrated(outcome);
}

}  // namespace
