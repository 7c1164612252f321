// Laws of inoperability on seeded random networks; a failure prints the seed.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "chainqual/chain/generate.hpp"
#include "chainqual/impact/inoperability.hpp"
#include "chainqual/impact/linear.hpp"
#include "unit/impact/networks.hpp"

namespace inoperability_laws_test {
namespace {

using chainqual::Disruption;
using chainqual::EnterpriseId;
using chainqual::inoperability;
using chainqual::InoperabilityOptions;
using impact_test::network;
using impact_test::Random;
using impact_test::Table;

struct Case {
  unsigned seed;
  Table table{0};
  std::vector<double> shock;
  std::vector<Disruption> disruptions;  ///< the shock, for ever
};

template <class Check>
void for_cases(Check&& check) {
  for (unsigned seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    Random kind;
    kind.enterprises = 2 + seed % 40;
    kind.density = 0.05 + 0.002 * static_cast<double>(seed);
    kind.acyclic = seed % 3 == 0;
    kind.strength = 0.6;
    kind.given = 0;  // dependencies of a customer sum to 1, and escape leaves 0.6 of them
    Case c{seed, impact_test::random_table(random, kind), {}, {}};
    c.shock = impact_test::random_shock(random, c.table.size);
    for (double& s : c.shock) s *= 0.3;
    for (std::uint32_t i = 0; i < c.table.size; ++i) {
      c.disruptions.push_back({EnterpriseId{i}, c.shock[i], 0, Disruption::permanent, {}});
    }
    check(c);
  }
}

InoperabilityOptions settings(std::uint32_t days) {
  InoperabilityOptions options;
  options.days = days;
  options.record_every = 1;
  return options;
}

TEST(InoperabilityLaw, NoDisruptionIsExactlyNoLoss) {
  for_cases([](const Case& c) {
    const auto result = inoperability(network(c.table), {}, settings(20));
    const std::vector<double> none(c.table.size, 0.0);
    EXPECT_EQ(result.downstream, none);
    EXPECT_EQ(result.upstream, none);
    EXPECT_EQ(result.combined, none);
    EXPECT_EQ(result.economic_loss, 0.0);
    EXPECT_TRUE(result.converged);
    EXPECT_EQ(result.last_change, 0.0);
  });
}

TEST(InoperabilityLaw, AConstantDisruptionTendsToTheStaticAnswer) {
  for_cases([](const Case& c) {
    const auto net = network(c.table);
    auto options = settings(900);
    options.record_every = 0;
    options.capped = false;
    options.upstream = false;
    chainqual::LinearOptions linear;
    linear.capped = false;
    linear.upstream = false;
    const auto result = inoperability(net, c.disruptions, options);
    const auto limit = chainqual::linear(net, c.shock, linear);
    EXPECT_TRUE(result.converged);
    for (std::uint32_t i = 0; i < c.table.size; ++i) {
      EXPECT_NEAR(result.last_downstream[i], limit.downstream[i], 1e-7);
    }
    options.capped = true;
    options.upstream = true;
    options.days = 4000;
    linear.capped = true;
    linear.upstream = true;
    const auto capped = inoperability(net, c.disruptions, options);
    const auto capped_limit = chainqual::linear(net, c.shock, linear);
    for (std::uint32_t i = 0; i < c.table.size; ++i) {
      EXPECT_NEAR(capped.last_downstream[i], capped_limit.downstream[i], 1e-7);
      EXPECT_LE(capped.last_upstream[i], capped_limit.upstream[i] + 1e-9);  // slow where all output is sold in cycles
    }
  });
}

TEST(InoperabilityLaw, UnderAConstantDisruptionLossesOnlyRiseAndMoreDisruptionIsMoreLoss) {
  for_cases([](const Case& c) {
    const auto net = network(c.table);
    const auto result = inoperability(net, c.disruptions, settings(40));
    auto more = c.disruptions;
    for (auto& d : more) d.magnitude = std::min(1.0, 1.5 * d.magnitude);
    const auto other = inoperability(net, more, settings(40));
    const std::size_t n = c.table.size;
    for (std::size_t k = 0; k < result.levels.size(); ++k) {
      EXPECT_GE(result.levels[k], 0.0);
      EXPECT_LE(result.levels[k], 1.0);
      EXPECT_GE(other.levels[k], result.levels[k] - 1e-13);
      if (k < n) continue;
      EXPECT_GE(result.levels[k], result.levels[k - n] - 1e-13);
    }
    EXPECT_GE(other.economic_loss, result.economic_loss);
  });
}

TEST(InoperabilityLaw, UnitsOfValueDoNotMatter) {
  for_cases([](const Case& c) {
    const auto result = inoperability(network(c.table), c.disruptions, settings(20));
    auto scaled = c.table;
    for (auto& cell : scaled.cells) cell.value *= 0x1p-12F;
    const auto other = inoperability(network(scaled), c.disruptions, settings(20));
    EXPECT_EQ(other.levels, result.levels);
    EXPECT_EQ(other.upstream, result.upstream);
    EXPECT_EQ(other.economic_loss, result.economic_loss * 0x1p-12);
  });
}

TEST(InoperabilityLaw, RenamingEnterprisesRenamesTheLosses) {
  for_cases([](const Case& c) {
    std::vector<std::uint32_t> name(c.table.size);
    std::iota(name.begin(), name.end(), 0U);
    std::mt19937_64 random(c.seed + 1000);
    std::shuffle(name.begin(), name.end(), random);
    Table renamed(c.table.size);
    auto disruptions = c.disruptions;
    for (auto& d : disruptions) d.enterprise = EnterpriseId{name[d.enterprise.index()]};
    for (std::uint32_t i = 0; i < c.table.size; ++i) {
      for (std::uint32_t j = 0; j < c.table.size; ++j) renamed.cell(name[i], name[j]) = c.table.cell(i, j);
    }
    const auto before = inoperability(network(c.table), c.disruptions, settings(30));
    const auto after = inoperability(network(renamed), disruptions, settings(30));
    for (std::uint32_t i = 0; i < c.table.size; ++i) {
      EXPECT_NEAR(after.combined[name[i]], before.combined[i], 1e-12);
      EXPECT_NEAR(after.upstream[name[i]], before.upstream[i], 1e-12);
    }
  });
}

TEST(InoperabilityLaw, SameBitsForOneTwoAndSevenThreads) {
  chainqual::GenerateOptions kind;
  kind.enterprises = 5000;  // over two chunks
  kind.cyclic_share = 0.2;
  const auto net = chainqual::generate_network(kind);
  const std::vector<Disruption> shocks{{EnterpriseId{3}, 1, 0, 10, {}}, {EnterpriseId{4000}, 1, 2, 10, {}}};
  const auto run = [&](unsigned threads) {
    chainqual::ThreadPool pool(threads);
    chainqual::Control control;
    control.executor = &pool;
    return inoperability(net, shocks, settings(25), control);
  };
  const auto one = run(1);
  EXPECT_GT(one.index, 0.0);
  for (const unsigned threads : {2U, 7U}) {
    const auto other = run(threads);
    EXPECT_EQ(other.levels, one.levels);
    EXPECT_EQ(other.economic_loss, one.economic_loss);
    EXPECT_EQ(other.last_upstream, one.last_upstream);
    EXPECT_EQ(other.last_change, one.last_change);
  }
}

}  // namespace
}  // namespace inoperability_laws_test
