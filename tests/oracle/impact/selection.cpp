// Choice under a budget against a look at every subset.

#include "chainqual/impact/selection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "oracle/impact/set_tables.hpp"

namespace selection_test {
namespace {

using namespace chainqual;
using impact_test::Growth;
using impact_test::random_table_of_sets;
using impact_test::SetTable;

constexpr double near = 1e-9;

SelectionOptions options_for(SelectionMethod method, Returns returns) {
  SelectionOptions options;
  options.method = method;
  options.returns = returns;
  return options;
}

/// What is told must be true of the table, whatever was chosen.
void expect_true(const SetTable& table, double budget, const Selection& found) {
  ItemSet members;
  double spent = 0;
  double before = 0;
  for (const SelectionStep& step : found.steps) {
    members.insert(std::upper_bound(members.begin(), members.end(), step.item), step.item);
    spent += table.cost[step.item];
    const double worth = table.worth[SetTable::mask_of(members)] - table.worth[0];
    EXPECT_NEAR(step.worth, worth, near);
    EXPECT_NEAR(step.gain, worth - before, near);
    EXPECT_NEAR(step.spent, spent, near);
    before = worth;
  }
  EXPECT_NEAR(found.worth, before, near);
  EXPECT_NEAR(found.spent, spent, near);
  EXPECT_LE(found.spent, budget * (1 + 1e-12));
  const double best = table.best(budget);
  EXPECT_LE(found.worth, best + near);
  if (found.optimal) {
    EXPECT_NEAR(found.worth, best, near);
  }
  if (found.guarantee) {
    EXPECT_GE(found.worth, *found.guarantee * best - near);
  }
  if (found.bound) {
    EXPECT_GE(*found.bound, best - near);
  }
  for (std::size_t k = 0; k < found.frontier.size(); ++k) {
    const FrontierPoint& point = found.frontier[k];
    const double most = table.best(point.spent);
    if (found.frontier_exact) {
      EXPECT_NEAR(point.worth, most, near);
    } else {
      EXPECT_LE(point.worth, most + near);
    }
    if (k != 0) {
      EXPECT_GT(point.worth, found.frontier[k - 1].worth);
    }
    if (k != 0) {
      EXPECT_GT(point.spent, found.frontier[k - 1].spent);
    }
  }
  for (std::uint32_t k = 0; k < table.items; ++k) {
    if (table.cost[k] <= budget) {
      EXPECT_NEAR(found.alone[k], table.worth[1U << k] - table.worth[0], near);
    }
    if (table.cost[k] > budget) {
      EXPECT_TRUE(std::isnan(found.alone[k]));
    }
  }
}

/// Every budget at which the frontier steps, by brute force.
std::map<double, double> brute_frontier(const SetTable& table, double budget) {
  std::map<double, double> out{{0.0, 0.0}};
  std::vector<double> costs;
  for (std::uint32_t mask = 0; mask < table.worth.size(); ++mask) costs.push_back(table.cost_of(mask));
  std::sort(costs.begin(), costs.end());
  for (const double cost : costs) {
    if (cost > budget + near) break;
    const double most = table.best(cost);
    if (cost == 0) out[0.0] = most;
    if (most > out.rbegin()->second + near) out[cost] = most;
  }
  return out;
}

Returns returns_of(Growth growth) {
  return growth == Growth::constant      ? Returns::constant
         : growth == Growth::diminishing ? Returns::diminishing
                                         : Returns::unknown;
}

TEST(SelectionOracle, ExactFindsTheBestOfAllSubsetsAndTheWholeFrontier) {
  std::mt19937_64 random(71);
  for (int round = 0; round < 400; ++round) {
    const auto growth = static_cast<Growth>(round % 4);
    const SetTable table =
        random_table_of_sets(random, 1 + static_cast<std::uint32_t>(random() % 9), growth, round % 3 == 0);
    const double budget = std::floor(random() % 16 * 1.0);
    const Selection found = select_under_budget(table.cost, budget, table.as_worth(),
                                                options_for(SelectionMethod::exact, returns_of(growth)));
    expect_true(table, budget, found);
    EXPECT_TRUE(found.optimal);
    EXPECT_EQ(found.guarantee, 1.0);
    EXPECT_TRUE(found.frontier_exact);
    EXPECT_EQ(found.found_by, growth == Growth::constant ? FoundBy::knapsack : FoundBy::enumeration);
    const auto frontier = brute_frontier(table, budget);
    ASSERT_EQ(found.frontier.size(), frontier.size()) << "round " << round;
    auto expected = frontier.begin();
    for (const FrontierPoint& point : found.frontier) {
      EXPECT_NEAR(point.spent, expected->first, near);
      EXPECT_NEAR(point.worth, expected->second, near);
      ++expected;
    }
  }
}

TEST(SelectionOracle, GreedyKeepsWhatItGuaranteesAndClaimsNothingForUnknownReturns) {
  std::mt19937_64 random(72);
  int below_best = 0;
  int better_than_bare_factor = 0;
  for (int round = 0; round < 900; ++round) {
    const auto growth = static_cast<Growth>(round % 4);
    const Returns returns = returns_of(growth);
    SetTable table = random_table_of_sets(random, 2 + static_cast<std::uint32_t>(random() % 9), growth, false);
    if (round % 5 == 0) table.cost.assign(table.items, 1.5);
    const double budget = 1 + static_cast<double>(random() % 10);
    const Selection found =
        select_under_budget(table.cost, budget, table.as_worth(), options_for(SelectionMethod::greedy, returns));
    expect_true(table, budget, found);
    if (returns == Returns::unknown) {
      EXPECT_FALSE(found.guarantee);
      EXPECT_FALSE(found.bound);
      EXPECT_FALSE(found.optimal);
    } else {
      const bool alike = round % 5 == 0;
      const double least = returns == Returns::constant ? (alike ? 1 : 0.5) : (1 - std::exp(-1.0)) * (alike ? 1 : 0.5);
      ASSERT_TRUE(found.guarantee);
      EXPECT_GE(*found.guarantee, least - near);
      better_than_bare_factor += *found.guarantee > least + near ? 1 : 0;
    }
    below_best += found.worth < table.best(budget) - near ? 1 : 0;
  }
  EXPECT_GT(below_best, 20);                // the cases are hard enough to tell greedy from exact
  EXPECT_GT(better_than_bare_factor, 100);  // and the bound proves more than the factor
}

/// Greedy written out: adds the best that fits, by gain or by gain for the cost.
double plain_greedy(const SetTable& table, double budget, bool by_density) {
  std::uint32_t taken = 0;
  while (true) {
    double best = 0;
    std::uint32_t chosen = 0;
    for (std::uint32_t k = 0; k < table.items; ++k) {
      const std::uint32_t more = taken | 1U << k;
      if (more == taken || table.cost_of(more) > budget + near) continue;
      const double gain = table.worth[more] - table.worth[taken];
      const double value = by_density ? gain / table.cost[k] : gain;
      if (gain > near && value > best) {
        best = value;
        chosen = 1U << k;
      }
    }
    if (chosen == 0) return table.worth[taken] - table.worth[0];
    taken |= chosen;
  }
}

double best_single(const SetTable& table, double budget) {
  double best = 0;
  for (std::uint32_t k = 0; k < table.items; ++k) {
    if (table.cost[k] <= budget) best = std::max(best, table.worth[1U << k] - table.worth[0]);
  }
  return best;
}

TEST(SelectionOracle, LazyGreedyIsTheBestOfThePlainOnesAndAsksForFewerSets) {
  std::mt19937_64 random(73);
  std::uint64_t asked_lazily = 0;
  std::uint64_t asked_plainly = 0;
  for (int round = 0; round < 300; ++round) {
    const SetTable table = random_table_of_sets(random, 10, Growth::diminishing, false);
    const double budget = 4 + static_cast<double>(random() % 12);
    auto options = options_for(SelectionMethod::greedy, Returns::diminishing);
    const Selection lazy = select_under_budget(table.cost, budget, table.as_worth(), options);
    const double plain =
        std::max({plain_greedy(table, budget, true), plain_greedy(table, budget, false), best_single(table, budget)});
    EXPECT_NEAR(lazy.worth, plain, near) << "round " << round;
    options.returns = Returns::unknown;
    const Selection careful = select_under_budget(table.cost, budget, table.as_worth(), options);
    EXPECT_GE(careful.worth, plain - near);
    asked_lazily += lazy.evaluations;
    asked_plainly += careful.evaluations;
  }
  EXPECT_LT(2 * asked_lazily, asked_plainly);
}

TEST(SelectionOracle, WhereGainsGrowTheResultIsNoWorseThanGreedyWithFreshGains) {
  std::mt19937_64 random(74);
  int helped_by_dropping = 0;
  for (int round = 0; round < 300; ++round) {
    const SetTable table = random_table_of_sets(random, 9, round % 2 == 0 ? Growth::growing : Growth::any, false);
    const double budget = 4 + static_cast<double>(random() % 12);
    const Selection found = select_under_budget(table.cost, budget, table.as_worth(),
                                                options_for(SelectionMethod::greedy, Returns::unknown));
    const double plain =
        std::max({plain_greedy(table, budget, true), plain_greedy(table, budget, false), best_single(table, budget)});
    EXPECT_GE(found.worth, plain - near) << "round " << round;
    helped_by_dropping += found.found_by == FoundBy::by_dropping ? 1 : 0;
  }
  EXPECT_GT(helped_by_dropping, 10);
}

}  // namespace
}  // namespace selection_test
