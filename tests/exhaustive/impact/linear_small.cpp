// linear on every network of up to three enterprises with self-supply, and on every one of four with two link weights
// but for names, a shock at each enterprise in turn: both directions against plain iteration from the shock.

#include <gtest/gtest.h>

#include <cmath>

#include "chainqual/impact/linear.hpp"
#include "exhaustive/impact/small_networks.hpp"

namespace linear_small_test {
namespace {

using impact_test::Cell;
using impact_test::States;
using impact_test::Table;

using Matrix = std::vector<std::vector<double>>;

/// weight[j][i]: how much of i's loss arrives at j.
Matrix weights(const Table& table, bool downstream) {
  const std::uint32_t n = table.size;
  Matrix weight(n, std::vector<double>(n, 0.0));
  for (std::uint32_t i = 0; i < n; ++i) {
    double sold = 0;
    for (std::uint32_t j = 0; j < n; ++j) sold += std::max(0.0, static_cast<double>(table.cell(i, j).value));
    for (std::uint32_t j = 0; j < n; ++j) {
      const Cell& cell = table.cell(i, j);
      if (cell.value < 0) continue;
      if (downstream) weight[j][i] = static_cast<double>(cell.dependency);
      if (!downstream) weight[i][j] = static_cast<double>(cell.value) / sold;
    }
  }
  return weight;
}

/// Least fixed point by plain iteration from the shock, long enough for the weights used here (a loss that grows at all
/// either reaches the cap or converges at a rate of at most about 0.97 a step).
std::vector<double> iterate(const Matrix& weight, const std::vector<double>& shock) {
  const std::size_t n = shock.size();
  std::vector<double> x = shock;
  for (int step = 0; step < 100'000; ++step) {
    std::vector<double> next = shock;
    double change = 0;
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t i = 0; i < n; ++i) next[j] += weight[j][i] * x[i];
      next[j] = std::min(1.0, next[j]);
      change = std::max(change, next[j] - x[j]);
    }
    x = next;
    if (change < 1e-16) break;
  }
  return x;
}

struct Wrong {
  std::vector<float> weights_of_links;
  std::uint64_t count = 0;

  void check(std::uint32_t n, const States& states, bool self, bool downstream, std::uint64_t code) {
    const Table table = impact_test::table_of(n, states, self, [&](std::uint8_t state, std::size_t) {
      return Cell{static_cast<float>(state), weights_of_links[state - 1U], impact_test::not_given};
    });
    chainqual::LinearOptions options;
    options.downstream = downstream;
    options.upstream = !downstream;
    const auto net = impact_test::network(table, chainqual::PartsCheck::shape);
    const Matrix weight = weights(table, downstream);
    for (std::uint32_t source = 0; source < n; ++source) {
      std::vector<double> shock(n, 0.0);
      shock[source] = 0.25;
      const auto found = chainqual::linear(net, shock, options);
      const auto& ours = downstream ? found.downstream : found.upstream;
      const auto theirs = iterate(weight, shock);
      for (std::uint32_t v = 0; v < n; ++v) {
        if (std::abs(ours[v] - theirs[v]) < 1e-10) continue;
        if (++count < 5) {
          ADD_FAILURE() << "network " << code << " of " << n << ", shock at " << source << ", enterprise " << v
                        << ", downstream " << downstream << ": " << ours[v] << " for " << theirs[v];
        }
      }
    }
  }
};

/// Every network of n enterprises with these link weights; returns how many there are.
std::uint64_t check_all(std::uint32_t n, const std::vector<float>& weights_of_links, bool self,
                        bool downstream = true) {
  Wrong wrong{weights_of_links};
  const auto networks = impact_test::for_every_network(
      n, static_cast<std::uint8_t>(weights_of_links.size() + 1), self,
      [&](const States& states, std::uint64_t code) { wrong.check(n, states, self, downstream, code); });
  EXPECT_EQ(wrong.count, 0U);
  return networks;
}

TEST(LinearExhaustive, EveryNetworkOfOneToThreeEnterprisesWithSelfSupply) {
  const std::vector<float> four{0, 0.25F, 0.5F, 1};
  EXPECT_EQ(check_all(1, four, true), 5U);
  EXPECT_EQ(check_all(2, four, true), 625U);
  EXPECT_EQ(check_all(3, four, false), 15'625U);
  EXPECT_EQ(check_all(3, {0.5F, 1}, true), 19'683U);
}

TEST(LinearExhaustive, UpstreamEveryNetworkOfOneToThreeEnterprisesWithSelfSupply) {
  const bool downstream = false;
  EXPECT_EQ(check_all(1, {1}, true, downstream), 2U);
  EXPECT_EQ(check_all(2, {1, 1, 1}, true, downstream), 256U);
  EXPECT_EQ(check_all(3, {1, 1}, true, downstream), 19'683U);
}

TEST(LinearExhaustive, EveryNetworkOfFourEnterprises) {
  EXPECT_EQ(check_all(4, {0.5F}, false), 4'096U);
  Wrong wrong{{0.25F, 1}};
  for (const bool downstream : {true, false}) {
    const auto represented = impact_test::for_every_kind(
        4, 3, [&](const States& states, std::uint64_t code) { wrong.check(4, states, false, downstream, code); });
    EXPECT_EQ(represented, 531'441U);
  }
  EXPECT_EQ(wrong.count, 0U);
}

}  // namespace
}  // namespace linear_small_test
