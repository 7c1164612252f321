// Every network of up to three enterprises with flows 0, 1, 2, and of four but for their names, beside the plain
// definition: closing each enterprise, with needs and sectors in turn; needs of single links; directions apart.

#include "chainqual/impact/cascade.hpp"

#include <gtest/gtest.h>

#include <random>

#include "chainqual/impact/systemic_risk.hpp"
#include "exhaustive/impact/small_networks.hpp"
#include "oracle/impact/cascade_dense.hpp"

namespace {

using namespace chainqual;
using impact_test::CascadeCase;
using impact_test::Cell;
using impact_test::States;
using impact_test::Table;

/// Flows 1 and 2 as the states say.
Table flows_of(std::uint32_t n, const States& states) {
  return impact_test::table_of(n, states, false, [](std::uint8_t state, std::size_t) {
    return Cell{static_cast<float>(state), impact_test::not_given, impact_test::not_given};
  });
}

void compare(const Table& table, std::uint64_t variant) {
  CascadeCase c(table);
  const std::uint32_t n = table.size;
  for (std::uint32_t v = 0; v < n; ++v) c.sector[v] = variant % 2 == 0 ? v / 2 : 0;
  const Need need = variant % 3 == 0 ? Need::essential : Need::ordinary;
  std::fill(c.need.begin(), c.need.end(), static_cast<std::uint8_t>(need));
  SystemicRiskOptions options;
  options.cascade.sectors = c.sector;
  options.cascade.essentiality = Essentiality::all(need);
  if (variant % 5 == 0) {
    options.cascade.replaceability = Replaceability::sector;
    c.market = c.sector;
  }
  const auto net = impact_test::network(table, PartsCheck::shape);
  const auto risk = systemic_risk(net, options);
  const auto weight = impact_test::sold(table);
  for (std::uint32_t closed = 0; closed < n; ++closed) {
    c.psi_down.assign(n, 1.0);
    c.psi_down[closed] = 0;
    c.psi_up = c.psi_down;
    const auto wanted = impact_test::dense_cascade(c);
    if (wanted.margin < 1e-9) continue;  // equal to ε but for rounding: either number of steps is right
    ASSERT_EQ(risk.steps[closed], wanted.steps) << "closing " << closed;
    ASSERT_NEAR(risk.index[closed], wanted.index(weight), 1e-7) << "closing " << closed;
    std::vector<double> shock(n, 0.0);
    shock[closed] = 1;
    const auto result = cascade(net, shock, options.cascade);
    ASSERT_EQ(result.steps, wanted.steps);
    for (std::uint32_t v = 0; v < n; ++v) {
      ASSERT_NEAR(result.downstream[v], 1 - wanted.down[v], 1e-12);
      ASSERT_NEAR(result.upstream[v], 1 - wanted.up[v], 1e-12);
    }
  }
}

TEST(CascadeExhaustive, EveryNetworkOfUpToThreeEnterprises) {
  const std::uint64_t networks[]{1, 9, 729};
  for (std::uint32_t n = 1; n <= 3; ++n) {
    const auto seen = impact_test::for_every_network(n, 3, false, [&](const States& states, std::uint64_t k) {
      for (std::uint64_t variant = 0; variant < 30; variant += 1 + k % 4) {
        if (HasFatalFailure()) return;
        SCOPED_TRACE(testing::Message() << n << " enterprises, network " << k << ", variant " << variant);
        compare(flows_of(n, states), variant);
      }
    });
    EXPECT_EQ(seen, networks[n - 1]);
  }
}

TEST(CascadeExhaustive, EveryNetworkOfFourEnterprisesWithEqualFlows) {
  const auto seen = impact_test::for_every_network(4, 2, false, [](const States& states, std::uint64_t k) {
    for (std::uint64_t variant = k % 5; variant < 30; variant += 7) {
      if (HasFatalFailure()) return;
      SCOPED_TRACE(testing::Message() << "network " << k << ", variant " << variant);
      compare(flows_of(4, states), variant);
    }
  });
  EXPECT_EQ(seen, 4'096U);
}

TEST(CascadeExhaustive, EveryNetworkOfFourEnterprisesWithUnequalFlowsButForTheirNames) {
  const auto represented = impact_test::for_every_kind(4, 3, [](const States& states, std::uint64_t k) {
    if (testing::Test::HasFatalFailure()) return;
    SCOPED_TRACE(testing::Message() << "network " << k);
    compare(flows_of(4, states), k % 30);
  });
  EXPECT_EQ(represented, 531'441U);
}

/// Needs by pair of sectors, of single links above them, and capacities lost by direction apart.
void compare_needs(const Table& table, std::uint64_t code) {
  CascadeCase c(table);
  const std::uint32_t n = table.size;
  std::mt19937_64 random(code);
  for (std::uint32_t v = 0; v < n; ++v) c.sector[v] = static_cast<std::uint32_t>(random() % 3);
  CascadeOptions options;
  options.sectors = c.sector;
  options.essentiality.sectors = 3;
  options.essentiality.by_sector = impact_test::draw_needs(c, random, 3);
  if (code % 2 == 0) options.essentiality.by_link = impact_test::draw_link_needs(c, random);
  c.epsilon = options.tolerance = code % 3 == 0 ? 1e-4 : 0.01;
  std::vector<double> down(n);
  std::vector<double> up(n);
  for (std::uint32_t v = 0; v < n; ++v) {
    down[v] = 0.5 * static_cast<double>(random() % 3);
    up[v] = 0.5 * static_cast<double>(random() % 3);
    c.psi_down[v] = 1 - down[v];
    c.psi_up[v] = 1 - up[v];
  }
  const auto wanted = impact_test::dense_cascade(c);
  if (wanted.margin < 1e-9) return;
  const auto net = impact_test::network(table, PartsCheck::shape);
  const auto found = cascade(net, DirectedShock{down, up}, options);
  ASSERT_EQ(found.steps, wanted.steps);
  ASSERT_EQ(found.converged, wanted.converged);
  ASSERT_NEAR(found.index, wanted.index(impact_test::sold(table)), 1e-12);
  for (std::uint32_t v = 0; v < n; ++v) {
    ASSERT_NEAR(found.downstream[v], 1 - wanted.down[v], 1e-12);
    ASSERT_NEAR(found.upstream[v], 1 - wanted.up[v], 1e-12);
  }
}

TEST(CascadeExhaustive, EveryNetworkWithNeedsBySectorAndLinkAndDirectionsApart) {
  const auto check = [](std::uint32_t n) {
    return [n](const States& states, std::uint64_t code) {
      for (std::uint64_t draw = 0; draw < 4; ++draw) {
        if (testing::Test::HasFatalFailure()) return;
        SCOPED_TRACE(testing::Message() << n << " enterprises, network " << code << ", draw " << draw);
        compare_needs(flows_of(n, states), 4 * code + draw);
      }
    };
  };
  EXPECT_EQ(impact_test::for_every_network(2, 3, false, check(2)), 9U);
  EXPECT_EQ(impact_test::for_every_network(3, 3, false, check(3)), 729U);
  EXPECT_EQ(impact_test::for_every_network(4, 2, false, check(4)), 4'096U);
  EXPECT_EQ(impact_test::for_every_kind(4, 3, check(4)), 531'441U);
}

}  // namespace
