// distress on every network of up to three enterprises with self-supply, and of four with two exposures but for their
// names: both forms and both directions against dense double loops, to the bit.

#include <gtest/gtest.h>

#include "chainqual/impact/distress.hpp"
#include "exhaustive/impact/small_networks.hpp"
#include "oracle/impact/distress_steps.hpp"
#include "unit/impact/networks.hpp"

namespace {

using chainqual::DistressVariant;
using impact_test::Cell;
using impact_test::States;
using impact_test::Table;

/// Both forms and both directions, each against dense loops; upstream exposures are W_ij / o_i.
struct Wrong {
  std::vector<float> exposures;
  std::uint64_t count = 0;

  void check(std::uint32_t n, const States& states, bool self, std::uint64_t code) {
    const Table table = impact_test::table_of(n, states, self, [&](std::uint8_t state, std::size_t place) {
      return Cell{static_cast<float>(1 + (place + code) % 3), exposures[state - 1U], impact_test::not_given};
    });
    std::vector<double> shock(n, 0.0);
    shock[code % n] = 0.3;
    const auto net = impact_test::network(table, chainqual::PartsCheck::shape);
    for (const bool downstream : {true, false}) {
      std::vector<std::vector<double>> dense(n, std::vector<double>(n, 0.0));
      for (std::uint32_t i = 0; i < n; ++i) {
        double sold = 0;
        for (std::uint32_t j = 0; j < n; ++j) sold += std::max(0.0, static_cast<double>(table.cell(i, j).value));
        for (std::uint32_t j = 0; j < n; ++j) {
          const Cell& cell = table.cell(i, j);
          if (cell.value < 0) continue;
          (downstream ? dense[j][i] : dense[i][j]) = static_cast<double>(downstream ? cell.dependency : cell.value);
          if (!downstream) dense[i][j] /= sold;
        }
      }
      for (const bool once : {true, false}) compare(net, dense, shock, downstream, once, code);
    }
  }

  void compare(const chainqual::Network& net, const std::vector<std::vector<double>>& dense,
               const std::vector<double>& shock, bool downstream, bool once, std::uint64_t code) {
    chainqual::DistressOptions options;
    options.variant = once ? DistressVariant::once : DistressVariant::unlimited;
    options.downstream = downstream;
    options.upstream = !downstream;
    options.spectral_radius = false;
    options.tolerance = 1e-6;
    options.max_steps = 60;
    const auto ours = chainqual::distress(net, shock, options);
    const auto theirs = impact_test::dense_distress(dense, shock, once, 1e-6, 60);
    if ((downstream ? ours.downstream : ours.upstream) == theirs.losses.back() &&
        ours.steps == theirs.losses.size() - 1 && ours.converged == theirs.converged &&
        ours.last_change == theirs.last_change) {
      return;
    }
    if (++count < 5) {
      ADD_FAILURE() << "network " << code << " of " << shock.size() << ", downstream " << downstream << ", once "
                    << once;
    }
  }
};

TEST(DistressExhaustive, EveryNetworkOfOneToThreeEnterprisesWithSelfSupply) {
  Wrong four{{0, 0.25F, 0.7F, 1}};
  Wrong two{{0.7F, 1}};
  const auto with = [](Wrong& wrong, std::uint32_t n) {
    return impact_test::for_every_network(
        n, static_cast<std::uint8_t>(wrong.exposures.size() + 1), true,
        [&](const States& states, std::uint64_t code) { wrong.check(n, states, true, code); });
  };
  EXPECT_EQ(with(four, 1), 5U);
  EXPECT_EQ(with(four, 2), 625U);
  EXPECT_EQ(with(two, 3), 19'683U);
  EXPECT_EQ(four.count + two.count, 0U);
}

TEST(DistressExhaustive, EveryNetworkOfFourEnterprisesButForTheirNames) {
  Wrong wrong{{0.25F, 0.7F}};
  const auto represented = impact_test::for_every_kind(
      4, 3, [&](const States& states, std::uint64_t code) { wrong.check(4, states, false, code); });
  EXPECT_EQ(represented, 531'441U);
  EXPECT_EQ(wrong.count, 0U);
}

}  // namespace
