// Laws of explanations, on seeded random networks.

#include <gtest/gtest.h>

#include <set>

#include "chainqual/impact/explain.hpp"
#include "unit/impact/networks.hpp"

namespace {

using namespace chainqual;

TEST(WhyLaw, PartsSumToTheWholeAndTheWholeIsTheLossOfLinear) {
  int superposed = 0;
  int scaled = 0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::mt19937_64 random(seed);
    impact_test::Random kind;
    kind.enterprises = 2 + seed % 25;
    kind.density = 0.1 + 0.001 * seed;
    kind.acyclic = seed % 2 == 0;
    kind.self = seed % 7 == 0 && !kind.acyclic;
    kind.strength = seed % 3 == 0 ? 0.3 : 1;
    const auto table = impact_test::random_table(random, kind);
    const auto net = impact_test::network(table);
    const auto shock = impact_test::random_shock(random, table.size, 0.2);
    const auto losses = linear(net, shock);
    for (const Along along : {Along::downstream, Along::upstream}) {
      WhyOptions options;
      options.along = along;
      const EnterpriseId target{static_cast<std::uint32_t>(seed % table.size)};
      const Why found = why(net, shock, target, options);
      const auto& loss = along == Along::downstream ? losses.downstream : losses.upstream;
      EXPECT_EQ(found.loss, loss[target.index()]) << "seed " << seed;
      double sum = 0;
      for (const SourceShare& share : found.sources) {
        EXPECT_GE(share.loss, -1e-9) << "seed " << seed;
        sum += share.loss;
      }
      EXPECT_NEAR(sum, found.loss, 1e-14) << "seed " << seed;
      superposed += found.loss > 0 && found.rule == SplitRule::superposition ? 1 : 0;
      scaled += found.rule != SplitRule::superposition ? 1 : 0;
    }
  }
  EXPECT_GT(superposed, 50);
  EXPECT_GT(scaled, 50);
}

/// All simple paths from a shocked enterprise to the target, by brute force.
void walk(const impact_test::Table& table, const std::vector<double>& shock, std::vector<std::uint32_t>& back,
          double passed, std::multiset<double>& found) {
  const std::uint32_t v = back.back();
  if (shock[v] > 0) found.insert(passed * shock[v]);
  for (std::uint32_t u = 0; u < table.size; ++u) {
    const auto& cell = table.cell(u, v);
    if (cell.value < 0 || !(cell.dependency > 0)) continue;
    if (std::find(back.begin(), back.end(), u) != back.end()) continue;
    back.push_back(u);
    walk(table, shock, back, passed * static_cast<double>(cell.dependency), found);
    back.pop_back();
  }
}

TEST(WhyLaw, PathsAreTheBestOfAllSimplePaths) {
  int compared = 0;
  for (unsigned seed = 1; seed <= 100; ++seed) {
    std::mt19937_64 random(seed + 500);
    impact_test::Random kind;
    kind.enterprises = 7;
    kind.density = 0.4;
    kind.given = 1;
    kind.strength = 1;
    auto table = impact_test::random_table(random, kind);
    for (auto& cell : table.cells) cell.escape = impact_test::not_given;
    const auto shock = impact_test::random_shock(random, table.size, 0.4);
    WhyOptions options;
    options.paths = 12;
    const Why found = why(impact_test::network(table), shock, EnterpriseId{seed % 7}, options);
    std::multiset<double> all;
    std::vector<std::uint32_t> back{seed % 7};
    walk(table, shock, back, 1, all);
    ASSERT_EQ(found.paths.size(), std::min<std::size_t>(12, all.size())) << "seed " << seed;
    auto best = all.rbegin();
    std::set<std::vector<EnterpriseId>> distinct;
    for (const LossPath& path : found.paths) {
      EXPECT_NEAR(path.loss, *best++, 1e-12) << "seed " << seed;
      EXPECT_TRUE(distinct.insert(path.enterprises).second) << "seed " << seed;
      ++compared;
    }
  }
  EXPECT_GT(compared, 300);
}

}  // namespace
