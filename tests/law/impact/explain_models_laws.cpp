// Laws of explanations under the models beside the linear one, on seeded random networks.

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "chainqual/impact/explain_models.hpp"
#include "unit/impact/networks.hpp"
#include "unit/impact/whys.hpp"

namespace {

using namespace chainqual;
using impact_test::network;
using impact_test::Table;

constexpr Model models[]{Model::cascade, Model::contagion, Model::distress, Model::dynamics, Model::inoperability};

struct Case {
  Table table{0};
  PlacedScenario scenario;
  EnterpriseId target;
  ModelOptions options;
  WhyOptions how;
};

/// Shocks come at day 0 and heal, or not.
Case make_case(unsigned seed, Model model) {
  Case c;
  std::mt19937_64 random(seed);
  impact_test::Random kind;
  kind.enterprises = 2 + seed % 14;
  kind.density = 0.1 + 0.3 * static_cast<double>(seed % 10) / 10;
  kind.acyclic = seed % 2 == 0;
  kind.self = seed % 7 == 0 && !kind.acyclic;
  c.table = impact_test::random_table(random, kind);
  c.scenario = lasting(impact_test::random_shock(random, c.table.size, 0.4));
  if (seed % 3 == 0) {
    for (Disruption& d : c.scenario.disruptions) d.duration = 1 + static_cast<std::uint32_t>(random() % 20);
  }
  c.target = EnterpriseId{static_cast<std::uint32_t>(random() % c.table.size)};
  c.how.along = seed % 4 < 2 ? Along::downstream : Along::upstream;
  c.how.paths = 5;
  c.options.model = model;
  c.options.cascade.tolerance = cascade_tight_tolerance;
  for (std::uint32_t v = 0; v < c.table.size; ++v) {
    c.options.cascade.sectors.push_back(static_cast<std::uint32_t>(random() % 4));
    c.options.cascade.final_demand.push_back(1 + static_cast<double>(random() % 5));
  }
  if (seed % 5 == 0) c.options.cascade.replaceability = Replaceability::sector;
  c.options.dynamics.days = c.options.inoperability.days = 30;
  c.options.dynamics.stock_days = 3;
  c.options.inoperability.resilience.assign(c.table.size, 0.2);
  c.options.contagion.runs = 200 + seed;
  if (seed % 4 == 1) c.options.contagion.max_steps = 2;
  if (seed % 2 == 1) c.options.distress.variant = DistressVariant::once;
  return c;
}

double loss_of(const Network& net, const Case& c, const PlacedScenario& scenario) {
  const ModelRun run = propagate(net, scenario, c.options);
  return (c.how.along == Along::downstream ? run.downstream : run.upstream)[c.target.index()];
}

PlacedScenario without(const PlacedScenario& scenario, EnterpriseId who) {
  PlacedScenario left = scenario;
  left.shock[who.index()] = 0;
  std::erase_if(left.disruptions, [&](const Disruption& d) { return d.enterprise == who; });
  return left;
}

template <class Check>
void for_cases(unsigned seeds, Check&& check) {
  for (const Model model : models) {
    for (unsigned seed = 1; seed <= seeds; ++seed) {
      SCOPED_TRACE(std::string(key_of(model)) + ", seed " + std::to_string(seed));
      const Case c = make_case(seed, model);
      check(c, network(c.table));
    }
  }
}

TEST(WhyModelsLaw, LossIsTheModelsOwnAndThePartsSumToIt) {
  std::map<Model, int> lost;
  for_cases(80, [&](const Case& c, const Network& net) {
    const Why found = why(net, c.scenario, c.target, c.options, c.how);
    EXPECT_EQ(found.loss, loss_of(net, c, c.scenario));
    if (!(found.loss > 0)) {
      EXPECT_TRUE(found.sources.empty());
      return;
    }
    ++lost[c.options.model];
    double parts = 0;
    double shares = 0;
    for (const SourceShare& share : found.sources) {
      EXPECT_GE(share.loss, 0);
      EXPECT_GT(share.shock, 0);
      parts += share.loss;
      shares += share.share;
    }
    EXPECT_NEAR(parts, found.loss, 1e-14);
    EXPECT_NEAR(shares, 1, 1e-12);
    EXPECT_TRUE(std::is_sorted(found.sources.begin(), found.sources.end(),
                               [](const SourceShare& a, const SourceShare& b) { return a.loss > b.loss; }));
  });
  for (const Model model : models) EXPECT_GT(lost[model], 30) << key_of(model);
}

TEST(WhyModelsLaw, ADifferenceIsToTheBitWhatTheModelGivesWithoutTheSource) {
  int compared = 0;
  for_cases(50, [&](const Case& c, const Network& net) {
    const Why found = why(net, c.scenario, c.target, c.options, c.how);
    if (found.rule != SplitRule::remove_one) return;
    for (const SourceShare& share : found.sources) {
      const double left = loss_of(net, c, without(c.scenario, share.source));
      if (found.sources.size() == 1) {
        EXPECT_EQ(share.difference, found.loss);
        EXPECT_NEAR(left, 0, 1e-4) << "nobody else has a way to the target";
      } else if (c.options.model == Model::contagion) {  // a whole number of runs
        const auto runs = static_cast<double>(c.options.contagion.runs);
        EXPECT_EQ(std::llround(share.difference * runs), std::llround(found.loss * runs) - std::llround(left * runs));
      } else {
        EXPECT_EQ(share.difference, std::max(0.0, found.loss - left));
      }
      ++compared;
    }
  });
  EXPECT_GT(compared, 300);
}

TEST(WhyModelsLaw, WithoutShocksThereIsNothingToExplain) {
  for_cases(10, [&](const Case& c, const Network& net) {
    const PlacedScenario nothing = lasting(std::vector<double>(c.table.size, 0.0));
    const Why found = why(net, nothing, c.target, c.options, c.how);
    EXPECT_EQ(found.loss, 0);
    EXPECT_EQ(found.arrived, 0);
    EXPECT_EQ(found.holds, Holds::nothing);
    EXPECT_TRUE(found.sources.empty());
    EXPECT_TRUE(found.paths.empty());
  });
}

void expect_same(const Why& a, const Why& b) {
  EXPECT_EQ(a.loss, b.loss);
  EXPECT_EQ(a.own, b.own);
  EXPECT_EQ(a.arrived, b.arrived);
  EXPECT_EQ(a.holds, b.holds);
  EXPECT_EQ(a.rule, b.rule);
  EXPECT_EQ(a.worst, b.worst);
  EXPECT_EQ(a.chance, b.chance);
  EXPECT_EQ(a.binding.neighbour, b.binding.neighbour);
  EXPECT_EQ(a.binding.loss, b.binding.loss);
  ASSERT_EQ(a.sources.size(), b.sources.size());
  for (std::size_t k = 0; k < a.sources.size(); ++k) {
    EXPECT_EQ(a.sources[k].source, b.sources[k].source);
    EXPECT_EQ(a.sources[k].loss, b.sources[k].loss);
    EXPECT_EQ(a.sources[k].difference, b.sources[k].difference);
  }
  ASSERT_EQ(a.paths.size(), b.paths.size());
  for (std::size_t k = 0; k < a.paths.size(); ++k) EXPECT_EQ(a.paths[k].enterprises, b.paths[k].enterprises);
  EXPECT_EQ(a.sentence, b.sentence);
}

TEST(WhyModelsLaw, AnyNumberOfThreadsGivesTheSameBits) {
  ThreadPool two(2);
  ThreadPool seven(7);
  for_cases(12, [&](const Case& c, const Network& net) {
    const Why one = why(net, c.scenario, c.target, c.options, c.how, {}, Control{&inline_executor(), nullptr, {}});
    expect_same(one, why(net, c.scenario, c.target, c.options, c.how, {}, Control{&two, nullptr, {}}));
    expect_same(one, why(net, c.scenario, c.target, c.options, c.how, {}, Control{&seven, nullptr, {}}));
  });
}

TEST(WhyModelsLaw, SourcesNotToldApartTakeWhatTheOthersLeave) {
  int merged = 0;
  for_cases(40, [&](const Case& c, const Network& net) {
    WhyOptions how = c.how;
    how.separate_sources = 1;
    const Why apart = why(net, c.scenario, c.target, c.options, c.how);
    const Why found = why(net, c.scenario, c.target, c.options, how);
    EXPECT_EQ(found.loss, apart.loss);
    if (!(found.loss > 0)) return;
    EXPECT_EQ(found.sources.size(), std::min<std::size_t>(apart.sources.size(), 2));
    EXPECT_NEAR(impact_test::whole(found), found.loss, 1e-14);
    for (const SourceShare& share : found.sources) merged += share.source.is_none() ? 1 : 0;
  });
  EXPECT_GT(merged, 50);
}

/// Old ids by new ones.
std::vector<std::uint32_t> shuffled(unsigned seed, std::uint32_t n) {
  std::mt19937_64 random(seed + 999);
  std::vector<std::uint32_t> order(n);
  for (std::uint32_t v = 0; v < n; ++v) order[v] = v;
  std::shuffle(order.begin(), order.end(), random);
  return order;
}

TEST(WhyModelsLaw, RenumberingEnterprisesRenumbersTheExplanation) {
  for_cases(60, [&](const Case& c, const Network& net) {
    if (c.options.model == Model::contagion) return;  // draws belong to the numbers of links
    const std::uint32_t n = c.table.size;
    const auto old = shuffled(c.target.value, n);
    Case other = c;
    std::vector<std::uint32_t> now(n);
    for (std::uint32_t v = 0; v < n; ++v) {
      now[old[v]] = v;
      other.scenario.shock[v] = c.scenario.shock[old[v]];
      other.options.cascade.sectors[v] = c.options.cascade.sectors[old[v]];
      other.options.cascade.final_demand[v] = c.options.cascade.final_demand[old[v]];
      for (std::uint32_t u = 0; u < n; ++u) other.table.cell(v, u) = c.table.cell(old[v], old[u]);
    }
    for (Disruption& d : other.scenario.disruptions) d.enterprise = EnterpriseId{now[d.enterprise.index()]};
    other.target = EnterpriseId{now[c.target.index()]};
    const Why a = why(net, c.scenario, c.target, c.options, c.how);
    const Why b = why(network(other.table), other.scenario, other.target, other.options, c.how);
    EXPECT_NEAR(a.loss, b.loss, 1e-9);
    EXPECT_NEAR(a.arrived, b.arrived, 1e-9);
    ASSERT_EQ(a.sources.size(), b.sources.size());
    std::map<std::uint32_t, double> differences;
    for (const SourceShare& share : b.sources) differences[old[share.source.index()]] = share.difference;
    for (const SourceShare& share : a.sources) {
      ASSERT_TRUE(differences.contains(share.source.value));
      EXPECT_NEAR(share.difference, differences[share.source.value], 1e-8);
    }
    ASSERT_EQ(a.paths.size(), b.paths.size());
    for (std::size_t k = 0; k < a.paths.size(); ++k) EXPECT_NEAR(a.paths[k].loss, b.paths[k].loss, 1e-9);
  });
}

TEST(WhyModelsLaw, PathsOfAnAcyclicCascadeAddUpToTheLoss) {
  int compared = 0;
  for (unsigned seed = 2; seed <= 2000; seed += 2) {
    Case c = make_case(seed, Model::cascade);
    c.options.cascade.replaceability = Replaceability::none;
    const bool one_kind = seed % 8 < 4;  // of several, some may tie, and then paths lead through each
    if (one_kind) c.options.cascade.essentiality = Essentiality::all(Need::ordinary);
    c.how.paths = 10'000;
    const Why found = why(network(c.table), c.scenario, c.target, c.options, c.how);
    double sum = 0;
    for (const LossPath& path : found.paths) {
      EXPECT_LE(path.loss, found.loss + 1e-12);
      sum += path.loss;
    }
    EXPECT_GE(sum, found.loss - 1e-9) << "seed " << seed;
    if (one_kind) {
      EXPECT_NEAR(sum, found.loss, 1e-9) << "seed " << seed;
    }
    compared += found.paths.size() > 1 ? 1 : 0;
  }
  EXPECT_GT(compared, 40);
}

}  // namespace
