// inoperability on every network of up to three enterprises with two weights and self-supply, and on every one of four
// with two weights but for names: both directions, capped and not, day by day against the equation.

#include <gtest/gtest.h>

#include <cmath>

#include "chainqual/impact/inoperability.hpp"
#include "exhaustive/impact/small_networks.hpp"
#include "oracle/impact/inoperability_days.hpp"

namespace inoperability_small_test {
namespace {

using namespace chainqual;
using impact_test::Cell;
using impact_test::States;
using impact_test::Table;

constexpr std::uint32_t horizon = 6;

/// Largest difference of any q between the two, over both directions, with the cap and without.
double difference(const Table& table, std::uint64_t code) {
  const std::uint32_t n = table.size;
  InoperabilityOptions options;
  options.days = horizon;
  options.record_every = 1;
  options.steps_per_day = 1 + static_cast<std::uint32_t>(code % 2);
  options.initial.assign(n, 0.0);
  options.initial[(code + 1) % n] = 0.25 * static_cast<double>(code % 3);
  for (std::uint32_t v = 0; v < n; ++v) options.resilience.push_back(0.4 + 0.2 * v);
  const EnterpriseId hit{static_cast<std::uint32_t>(code % n)};
  const std::vector<Disruption> disruptions{{hit, code % 5 == 0 ? 1.0 : 0.5, 1, 3, {}}};
  impact_test::Rectangle forcing(horizon, std::vector<double>(n, 0.0));
  for (std::uint32_t day = 1; day < 4; ++day) forcing[day][hit.index()] = disruptions[0].magnitude;
  const auto net = impact_test::network(table, PartsCheck::shape);
  double worst = 0;
  const auto compare = [&](double ours, double theirs) { worst = std::max(worst, std::abs(ours - theirs)); };
  for (const bool capped : {true, false}) {
    options.capped = capped;
    const auto found = inoperability(net, disruptions, options);
    const auto days = [&](bool downstream) {
      return impact_test::inoperability_days(impact_test::inoperability_weights(table, downstream), forcing,
                                             options.initial, options.resilience, options.steps_per_day, capped);
    };
    const auto down = days(true);
    const auto up = days(false);
    for (std::uint32_t v = 0; v < n; ++v) {
      double mean_down = 0;
      double mean_up = 0;
      for (std::uint32_t day = 0; day < horizon; ++day) {
        compare(found.levels[std::size_t{day} * n + v], std::max(down[day][v], up[day][v]));
        mean_down += down[day][v] / horizon;
        mean_up += up[day][v] / horizon;
      }
      compare(found.downstream[v], mean_down);
      compare(found.upstream[v], mean_up);
      compare(found.last_downstream[v], down[horizon][v]);
      compare(found.last_upstream[v], up[horizon][v]);
    }
  }
  return worst;
}

/// Networks whose links weigh `weights` downstream; upstream their values, which differ, decide.
struct Wrong {
  std::vector<float> weights;
  std::uint64_t count = 0;

  void check(std::uint32_t n, const States& states, bool self, std::uint64_t code) {
    const Table table = impact_test::table_of(n, states, self, [&](std::uint8_t state, std::size_t place) {
      return Cell{static_cast<float>(1 + (place + code) % 3), weights[state - 1U], impact_test::not_given};
    });
    const double apart = difference(table, code);
    if (apart < 1e-12) return;
    if (++count < 5) ADD_FAILURE() << "network " << code << " of " << n << " differs by " << apart;
  }
};

TEST(InoperabilityExhaustive, EveryNetworkOfOneToThreeEnterprisesWithSelfSupply) {
  Wrong wrong{{0.25F, 0.75F}};
  const std::uint64_t networks[]{3, 81, 19'683};
  for (std::uint32_t n = 1; n <= 3; ++n) {
    const auto seen = impact_test::for_every_network(
        n, 3, true, [&](const States& states, std::uint64_t code) { wrong.check(n, states, true, code); });
    EXPECT_EQ(seen, networks[n - 1]);
  }
  EXPECT_EQ(wrong.count, 0U);
}

TEST(InoperabilityExhaustive, EveryNetworkOfFourEnterprisesButForTheirNames) {
  Wrong wrong{{0.25F, 1.0F}};
  const auto represented = impact_test::for_every_kind(
      4, 3, [&](const States& states, std::uint64_t code) { wrong.check(4, states, false, code); });
  EXPECT_EQ(represented, 531'441U);
  EXPECT_EQ(wrong.count, 0U);
}

}  // namespace
}  // namespace inoperability_small_test
