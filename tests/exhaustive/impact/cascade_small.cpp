// Every network of up to three enterprises with flows 0, 1, 2, every one of four with flows 0, 1 and a share of those
// with 2, beside the plain definition: closing each enterprise, with needs and sectors in turn.

#include "chainqual/impact/cascade.hpp"

#include <gtest/gtest.h>

#include "chainqual/impact/systemic_risk.hpp"
#include "oracle/impact/cascade_dense.hpp"

namespace {

using namespace chainqual;
using impact_test::CascadeCase;
using impact_test::Table;

/// The k-th network of n enterprises with `flows` possible flows on each of n (n − 1) pairs.
Table nth(std::uint32_t n, std::uint64_t k, std::uint64_t flows) {
  Table table(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      if (i == j) continue;
      if (k % flows != 0) table.link(i, j, static_cast<float>(k % flows));
      k /= flows;
    }
  }
  return table;
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
  std::uint64_t networks = 0;
  for (std::uint32_t n = 1; n <= 3; ++n) {
    std::uint64_t count = 1;
    for (std::uint32_t pair = 0; pair < n * (n - 1); ++pair) count *= 3;
    for (std::uint64_t k = 0; k < count; ++k) {
      for (std::uint64_t variant = 0; variant < 30; variant += 1 + k % 4) {
        SCOPED_TRACE(testing::Message() << n << " enterprises, network " << k << ", variant " << variant);
        compare(nth(n, k, 3), variant);
        if (HasFatalFailure()) return;
      }
      ++networks;
    }
  }
  EXPECT_EQ(networks, 1U + 9 + 729);
}

TEST(CascadeExhaustive, EveryNetworkOfFourEnterprisesWithEqualFlows) {
  for (std::uint64_t k = 0; k < 4096; ++k) {
    for (std::uint64_t variant = k % 5; variant < 30; variant += 7) {
      SCOPED_TRACE(testing::Message() << "network " << k << ", variant " << variant);
      compare(nth(4, k, 2), variant);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(CascadeExhaustive, NetworksOfFourEnterprisesWithUnequalFlows) {
  for (std::uint64_t k = 0; k < 531441; k += 97) {
    SCOPED_TRACE(testing::Message() << "network " << k);
    compare(nth(4, k, 3), k % 30);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
