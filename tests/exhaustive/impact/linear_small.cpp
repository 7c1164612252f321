// linear on every network of up to three enterprises with four link weights and self-supply, and on every one of four
// enterprises with two link weights: against plain iteration from the shock.

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "chainqual/impact/linear.hpp"
#include "unit/impact/networks.hpp"

namespace {

using impact_test::Table;

/// Least fixed point by plain iteration from the shock, long enough for the weights used here (all multiples of 1/4, so
/// a loss that grows at all either reaches the cap or converges at a rate of at most about 0.95 a step).
std::vector<double> iterate(const Table& table, const std::vector<double>& shock) {
  const std::uint32_t n = table.size;
  std::vector<double> x = shock;
  for (int step = 0; step < 100'000; ++step) {
    std::vector<double> next = shock;
    for (std::uint32_t j = 0; j < n; ++j) {
      for (std::uint32_t i = 0; i < n; ++i) {
        if (!(table.cell(i, j).value < 0)) next[j] += static_cast<double>(table.cell(i, j).dependency) * x[i];
      }
      next[j] = std::min(1.0, next[j]);
    }
    double change = 0;
    for (std::uint32_t j = 0; j < n; ++j) change = std::max(change, next[j] - x[j]);
    x = next;
    if (change < 1e-16) break;
  }
  return x;
}

/// Every assignment of `weights` (−1: no link) to the pairs of n enterprises.
std::uint64_t check_all(std::uint32_t n, const std::vector<float>& weights, bool self) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      if (i != j || self) pairs.emplace_back(i, j);
    }
  }
  std::uint64_t count = 1;
  for (std::size_t k = 0; k < pairs.size(); ++k) count *= weights.size();
  chainqual::LinearOptions options;
  options.upstream = false;
  std::uint64_t wrong = 0;
  for (std::uint64_t code = 0; code < count; ++code) {
    Table table(n);
    std::uint64_t rest = code;
    for (const auto& [i, j] : pairs) {
      const float weight = weights[rest % weights.size()];
      rest /= weights.size();
      if (weight >= 0) table.link(i, j, 1, weight);
    }
    std::vector<double> shock(n, 0.0);
    shock[code % n] = 0.25;
    const auto net = impact_test::network(table, chainqual::PartsCheck::shape);
    const auto ours = chainqual::linear(net, shock, options).downstream;
    const auto theirs = iterate(table, shock);
    for (std::uint32_t v = 0; v < n; ++v) {
      if (!(std::abs(ours[v] - theirs[v]) < 1e-10)) {
        ++wrong;
        if (wrong < 5)
          ADD_FAILURE() << "network " << code << " of " << n << ", enterprise " << v << ": " << ours[v] << " for "
                        << theirs[v];
      }
    }
  }
  EXPECT_EQ(wrong, 0U);
  return count;
}

TEST(LinearExhaustive, EveryNetworkOfOneToThreeEnterprisesWithSelfSupply) {
  const std::vector<float> weights{-1, 0, 0.25F, 0.5F, 1};
  EXPECT_EQ(check_all(1, weights, true), 5U);
  EXPECT_EQ(check_all(2, weights, true), 625U);
  EXPECT_EQ(check_all(3, weights, false), 15'625U);
  EXPECT_EQ(check_all(3, {-1, 0.5F, 1}, true), 19'683U);
}

TEST(LinearExhaustive, EveryNetworkOfFourEnterprises) {
  EXPECT_EQ(check_all(4, {-1, 0.5F}, false), 4'096U);
  EXPECT_EQ(check_all(4, {-1, 0.25F, 1}, false), 531'441U);
}

}  // namespace
