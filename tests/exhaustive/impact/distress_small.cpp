// distress on every network of up to three enterprises with three exposures and self-supply, and of four with one:
// both forms against dense double loops, step by step.

#include <gtest/gtest.h>

#include "chainqual/impact/distress.hpp"
#include "oracle/impact/distress_steps.hpp"
#include "unit/impact/networks.hpp"

namespace {

using chainqual::DistressVariant;
using impact_test::Table;

/// Every assignment of `exposures` (below 0: no link) to the pairs of n enterprises.
std::uint64_t check_all(std::uint32_t n, const std::vector<float>& exposures, bool self) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      if (i != j || self) pairs.emplace_back(i, j);
    }
  }
  std::uint64_t count = 1;
  for (std::size_t k = 0; k < pairs.size(); ++k) count *= exposures.size();
  std::uint64_t wrong = 0;
  for (std::uint64_t code = 0; code < count; ++code) {
    Table table(n);
    std::vector<std::vector<double>> dense(n, std::vector<double>(n, 0.0));
    std::uint64_t rest = code;
    for (const auto& [i, j] : pairs) {
      const float exposure = exposures[rest % exposures.size()];
      rest /= exposures.size();
      if (exposure < 0) continue;
      table.link(i, j, 1, exposure);
      dense[j][i] = static_cast<double>(exposure);
    }
    std::vector<double> shock(n, 0.0);
    shock[code % n] = 0.3;
    const auto net = impact_test::network(table, chainqual::PartsCheck::shape);
    for (const bool once : {true, false}) {
      chainqual::DistressOptions options;
      options.variant = once ? DistressVariant::once : DistressVariant::unlimited;
      options.upstream = false;
      options.spectral_radius = false;
      options.tolerance = 1e-6;
      options.max_steps = 60;
      const auto ours = chainqual::distress(net, shock, options);
      const auto theirs = impact_test::dense_distress(dense, shock, once, 1e-6, 60);
      if (ours.downstream == theirs.losses.back() && ours.steps == theirs.losses.size() - 1 &&
          ours.converged == theirs.converged && ours.last_change == theirs.last_change) {
        continue;
      }
      if (++wrong < 5) ADD_FAILURE() << "network " << code << " of " << n << ", once " << once;
    }
  }
  EXPECT_EQ(wrong, 0U);
  return count;
}

TEST(DistressExhaustive, EveryNetworkOfOneToThreeEnterprises) {
  EXPECT_EQ(check_all(1, {-1, 0, 0.25F, 0.7F, 1}, true), 5U);
  EXPECT_EQ(check_all(2, {-1, 0, 0.25F, 0.7F, 1}, true), 625U);
  EXPECT_EQ(check_all(3, {-1, 0.7F, 1}, true), 19'683U);
}

TEST(DistressExhaustive, EveryNetworkOfFourEnterprises) {
  EXPECT_EQ(check_all(4, {-1, 0.7F}, false), 4'096U);
}

}  // namespace
