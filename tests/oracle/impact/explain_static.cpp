// why of linear, cascade, contagion and distress beside dense models run without each source.

#include <gtest/gtest.h>

#include <map>

#include "chainqual/impact/explain_models.hpp"
#include "oracle/impact/cascade_dense.hpp"
#include "oracle/impact/contagion_runs.hpp"
#include "oracle/impact/dense.hpp"
#include "oracle/impact/distress_steps.hpp"
#include "oracle/impact/explain_split.hpp"

namespace explain_static_test {
namespace {

using namespace chainqual;
using impact_test::CascadeCase;
using impact_test::network;
using impact_test::RulesSeen;
using impact_test::Table;

constexpr Along both[]{Along::downstream, Along::upstream};

WhyOptions along_only(Along along) {
  WhyOptions options;
  options.along = along;
  return options;
}

void close_whoever_is_shocked(std::vector<double>& shock) {
  for (double& share : shock) share = share > 0 ? 1 : 0;
}

/// Lacks of each kind of input of j at the end, ordinary ones under the key none; and the largest part of the largest.
struct DenseLacks {
  double most = 0;
  double part = 0;
};

DenseLacks lacks_of(const CascadeCase& c, const std::vector<double>& kept, std::uint32_t j) {
  const std::uint32_t n = c.table.size;
  const auto bought = impact_test::bought(c.table);
  std::map<std::uint32_t, std::vector<double>> parts;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double value = impact_test::flow(c.table, i, j);
    const std::uint8_t need = c.need[std::size_t{i} * n + j];
    if (value == 0 || need == 0) continue;
    double alike = 0;
    for (std::uint32_t l = 0; l < n; ++l) alike += c.sector[l] == c.sector[i] ? impact_test::flow(c.table, l, j) : 0;
    double weight = need == 2 ? value / alike : value / bought[j];
    if (!c.cost.empty()) weight *= bought[j] / c.cost[j];
    parts[need == 2 ? c.sector[i] : Network::none].push_back(weight * (1 - kept[i]));
  }
  DenseLacks found;
  for (const auto& [sector, of] : parts) {
    double sum = 0;
    for (const double part : of) sum += part;
    if (!(sum > found.most)) continue;
    found = {sum, *std::max_element(of.begin(), of.end())};
  }
  return found;
}

TEST(WhyOracle, CascadeEqualsRemovalsOfTheDefinition) {
  RulesSeen seen;
  int bound = 0;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    CascadeCase c = impact_test::random_cascade(seed, 9);
    std::mt19937_64 random(seed);
    c.epsilon = 1e-9;
    c.max_steps = 10'000;
    CascadeOptions options;
    options.sectors = c.sector;
    options.revenue = c.revenue;
    options.cost = c.cost;
    if (!c.market.empty()) options.replaceability = Replaceability::market;
    options.market = c.market;
    options.tolerance = c.epsilon;
    if (seed % 2 == 0) {
      options.essentiality.sectors = 7;
      options.essentiality.by_sector = impact_test::draw_needs(c, random, 7);
    }
    auto shock = impact_test::random_shock(random, c.table.size, 0.4);
    if (seed % 3 == 0) close_whoever_is_shocked(shock);
    const auto run = [&](const std::vector<bool>& stays) {
      for (std::size_t v = 0; v < shock.size(); ++v) c.psi_down[v] = c.psi_up[v] = stays[v] ? 1 - shock[v] : 1;
      return impact_test::dense_cascade(c);
    };
    const auto net = network(c.table);
    const EnterpriseId target{static_cast<std::uint32_t>(random() % c.table.size)};
    for (const Along along : both) {
      const Why found = why(net, shock, target, options, along_only(along));
      const auto loss = [&](const std::vector<bool>& stays) {
        const auto end = run(stays);
        return 1 - (along == Along::downstream ? end.down : end.up)[target.index()];
      };
      impact_test::expect_split(found, shock, loss, 1e-9, 1e-4, seen);
      if (along == Along::upstream || !c.market.empty() || !(found.loss > 0)) continue;
      const DenseLacks wanted = lacks_of(c, run(std::vector<bool>(shock.size(), true)).down, target.value);
      EXPECT_NEAR(found.arrived, std::min(1.0, wanted.most), 1e-9);
      if (found.binding.neighbour.is_none()) continue;
      EXPECT_NEAR(found.binding.loss, wanted.part, 1e-9);
      ++bound;
    }
  }
  EXPECT_GT(seen.remove_one, 200);
  EXPECT_GT(seen.alone, 5);
  EXPECT_GT(bound, 30);
}

struct CountedArrivals {
  std::uint64_t any = 0;
  std::vector<std::uint64_t> by_neighbour;
};

/// In how many runs each neighbour, hit while the target tries nobody, would hit the target.
CountedArrivals arrivals(impact_test::DenseChances chances, const std::vector<double>& start,
                         const ContagionOptions& options, std::uint32_t target) {
  const auto full = chances;
  for (std::uint32_t to = 0; to < chances.n; ++to) chances.chance[std::size_t{target} * chances.n + to] = 0;
  CountedArrivals counted{0, std::vector<std::uint64_t>(chances.n, 0)};
  for (std::uint64_t run = options.first_run; run < options.first_run + options.runs; ++run) {
    const auto step = impact_test::one_run(chances, start, options.seed, run, static_cast<int>(options.max_steps));
    bool any = false;
    for (std::uint32_t v = 0; v < chances.n; ++v) {
      const std::size_t place = std::size_t{v} * chances.n + target;
      const bool in_time = options.max_steps == 0 || step[v] < static_cast<int>(options.max_steps);
      if (v == target || step[v] == impact_test::never || !in_time || !(full.chance[place] > 0)) continue;
      const double u = impact_test::uniform(options.seed, impact_test::link_stream, run, full.link[place]);
      if (!(u < full.chance[place])) continue;
      ++counted.by_neighbour[v];
      any = true;
    }
    counted.any += any ? 1U : 0U;
  }
  return counted;
}

TEST(WhyOracle, ContagionEqualsRunsMadeOneByOne) {
  RulesSeen seen;
  int bound = 0;
  for (unsigned seed = 1; seed <= 120; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    impact_test::Random kind;
    kind.enterprises = 2 + seed % 7;
    kind.density = 0.4;
    kind.self = seed % 3 == 0;
    Table table = impact_test::random_table(random, kind);
    auto start = impact_test::random_shock(random, table.size, 0.5);
    if (seed % 4 == 0) {  // everything certain, so that sources suffice by themselves
      close_whoever_is_shocked(start);
      for (auto& cell : table.cells) cell.dependency = cell.escape = 1;
    }
    ContagionOptions options;
    options.runs = 1 + random() % 150;
    options.first_run = random() % 200;
    options.seed = seed;
    options.max_steps = static_cast<std::uint32_t>(random() % 4);
    const auto net = network(table);
    const auto target = static_cast<std::uint32_t>(random() % table.size);
    for (const Along along : both) {
      const auto chances = impact_test::dense_chances(table, along == Along::downstream, {});
      const Why found = why(net, start, EnterpriseId{target}, options, along_only(along));
      const auto loss = [&](const std::vector<bool>& stays) {
        auto left = start;
        for (std::size_t v = 0; v < left.size(); ++v) left[v] = stays[v] ? left[v] : 0;
        std::uint64_t hit = 0;
        for (std::uint64_t run = options.first_run; run < options.first_run + options.runs; ++run) {
          const int step =
              impact_test::one_run(chances, left, options.seed, run, static_cast<int>(options.max_steps))[target];
          hit += step != impact_test::never ? 1U : 0U;
        }
        return static_cast<double>(hit) / static_cast<double>(options.runs);
      };
      impact_test::expect_split(found, start, loss, 1e-15, 1e-15, seen);
      const auto wanted = arrivals(chances, start, options, target);
      const auto runs = static_cast<double>(options.runs);
      EXPECT_EQ(found.arrived, static_cast<double>(wanted.any) / runs);
      const auto most = *std::max_element(wanted.by_neighbour.begin(), wanted.by_neighbour.end());
      EXPECT_EQ(found.binding.loss, static_cast<double>(most) / runs);
      if (most == 0) continue;
      EXPECT_EQ(wanted.by_neighbour[found.binding.neighbour.index()], most);
      ++bound;
    }
  }
  EXPECT_GT(seen.remove_one, 80);
  EXPECT_GT(seen.alone, 5);
  EXPECT_GT(bound, 60);
}

TEST(WhyOracle, DistressEqualsRemovalsFromTheDenseSteps) {
  RulesSeen seen;
  for (unsigned seed = 1; seed <= 160; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    impact_test::Random kind;
    kind.enterprises = 2 + seed % 8;
    kind.density = 0.35;
    kind.self = seed % 3 == 0;
    const Table table = impact_test::random_table(random, kind);
    auto shock = impact_test::random_shock(random, table.size, 0.4);
    if (seed % 4 == 0) shock[random() % table.size] = 1;
    DistressOptions options;
    options.variant = seed % 2 == 0 ? DistressVariant::once : DistressVariant::unlimited;
    const auto net = network(table);
    const EnterpriseId target{static_cast<std::uint32_t>(random() % table.size)};
    for (const Along along : both) {
      const auto matrix = impact_test::dense_matrix(table, along == Along::downstream);
      std::vector<std::vector<double>> exposure(table.size, std::vector<double>(table.size, 0.0));
      for (std::uint32_t i = 0; i < table.size; ++i) {
        for (std::uint32_t j = 0; j < table.size; ++j) exposure[i][j] = matrix(i, j);
      }
      const auto loss = [&](const std::vector<bool>& stays) {
        auto left = shock;
        for (std::size_t v = 0; v < left.size(); ++v) left[v] = stays[v] ? left[v] : 0;
        const auto dense =
            impact_test::dense_distress(exposure, left, seed % 2 == 0, options.tolerance, options.max_steps);
        return dense.losses.back()[target.index()];
      };
      const Why found = why(net, shock, target, options, along_only(along));
      impact_test::expect_split(found, shock, loss, 1e-12, 1e-6, seen);
      // An enterprise's loss is its shock and what arrived, its own exposure to itself aside.
      if (exposure[target.index()][target.index()] == 0) {
        EXPECT_NEAR(found.loss, std::min(1.0, found.own + found.arrived), 1e-12);
      }
    }
  }
  EXPECT_GT(seen.remove_one, 80);
  EXPECT_GT(seen.alone, 0);
}

TEST(WhyOracle, LinearIsSuperpositionOrRemovalsFromTheDenseSolution) {
  RulesSeen seen;
  for (unsigned seed = 1; seed <= 240; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    impact_test::Random kind;
    kind.enterprises = 2 + seed % 8;
    kind.density = 0.35;
    kind.acyclic = seed % 3 == 1;
    kind.self = seed % 3 == 0;
    kind.strength = seed % 2 == 0 ? 1 : 0.4;
    const Table table = impact_test::random_table(random, kind);
    auto shock = impact_test::random_shock(random, table.size, 0.4);
    if (seed % 5 == 0) close_whoever_is_shocked(shock);
    const auto net = network(table);
    const EnterpriseId target{static_cast<std::uint32_t>(random() % table.size)};
    for (const Along along : both) {
      const auto matrix = impact_test::dense_matrix(table, along == Along::downstream);
      const auto solve = [&](const std::vector<double>& of) {
        const auto x = impact_test::dense_capped(matrix, of);
        return std::vector<double>(x.data(), x.data() + x.size());
      };
      const auto loss = [&](const std::vector<bool>& stays) {
        auto left = shock;
        for (std::size_t v = 0; v < left.size(); ++v) left[v] = stays[v] ? left[v] : 0;
        return solve(left)[target.index()];
      };
      const bool binds = impact_test::cap_binds_on_the_way(
          impact_test::inoperability_weights(table, along == Along::downstream), shock, solve(shock), target.index());
      const Why found = why(net, shock, target, along_only(along));
      impact_test::expect_linear_split(found, shock, loss, binds, 1e-9, seen);
    }
  }
  EXPECT_GT(seen.superposition, 100);
  EXPECT_GT(seen.remove_one, 50);
  EXPECT_GT(seen.alone, 5);
}

}  // namespace
}  // namespace explain_static_test
