// Mitigation under the linear model against dense tables and a look at every subset of measures.

#include "chainqual/impact/mitigation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "oracle/impact/mitigation_dense.hpp"

namespace {

using namespace chainqual;
using impact_test::DenseCase;
using impact_test::DenseKind;

constexpr double near = 2e-6;  // networks hold single precision

MitigationOptions options_for(const DenseCase& c, double budget, SelectionMethod method) {
  MitigationOptions options;
  options.budget = budget;
  options.method = method;
  options.model.linear.capped = c.capped;
  options.counted = c.counted;
  return options;
}

/// What is told of the chosen set, of each measure alone and of the frontier, must be true.
void expect_true(const DenseCase& c, const std::vector<double>& losses, const MitigationResult& found) {
  EXPECT_NEAR(found.loss_before, losses[0], near);
  std::uint32_t mask = 0;
  double spent = 0;
  for (const ChosenMeasure& chosen : found.chosen) {
    const double before = losses[mask];
    mask |= 1U << chosen.measure;
    spent += chosen.cost;
    EXPECT_NEAR(chosen.loss, losses[mask], near);
    EXPECT_NEAR(chosen.avoided, before - losses[mask], 2 * near);
    EXPECT_NEAR(chosen.spent, spent, 1e-9);
    EXPECT_EQ(chosen.cost, c.measures[chosen.measure].cost);
    EXPECT_EQ(found.outcomes[chosen.measure].fate, MeasureFate::chosen);
  }
  EXPECT_NEAR(found.loss_after, losses[mask], near);
  EXPECT_NEAR(found.avoided, losses[0] - losses[mask], 2 * near);
  EXPECT_LE(found.spent, found.budget * (1 + 1e-12));
  const double best = dense_best(losses, c, found.budget);
  EXPECT_LE(found.avoided, best + near);
  if (found.optimal) {
    EXPECT_NEAR(found.avoided, best, near);
  }
  if (found.guarantee) {
    EXPECT_GE(found.avoided, *found.guarantee * best - near);
  }
  if (found.bound) {
    EXPECT_GE(*found.bound, best - near);
  }
  for (const FrontierPoint& point : found.frontier) {
    const double most = dense_best(losses, c, point.spent);
    EXPECT_LE(point.worth, most + near);
    if (found.frontier_exact) {
      EXPECT_NEAR(point.worth, most, near);
    }
  }
  for (std::size_t k = 0; k < c.measures.size(); ++k) {
    EXPECT_NEAR(found.outcomes[k].avoided_alone, losses[0] - losses[std::size_t{1} << k], near);
  }
}

TEST(MitigationOracle, ExactAvoidsWhatTheBestOfAllSubsetsAvoids) {
  std::mt19937_64 random(91);
  int alternates_chosen = 0;
  for (int round = 0; round < 240; ++round) {
    DenseKind kind;
    kind.acyclic = round % 4 == 0;
    kind.one_by_one = round % 2 == 0;
    kind.alternates = round % 5 != 0;
    DenseCase c = random_case(random, kind, 4 + round % 4, 5);
    c.capped = !kind.acyclic;
    c.counted = static_cast<LossKind>(round % 3);
    const std::vector<double> losses = dense_losses(c);
    const double budget = 1 + static_cast<double>(random() % 6);
    const auto found = mitigate(dossier_of(c), measures_of(c), scenarios_of(c, kind.one_by_one),
                                options_for(c, budget, SelectionMethod::exact));
    SCOPED_TRACE("round " + std::to_string(round));
    expect_true(c, losses, found);
    EXPECT_TRUE(found.optimal);
    EXPECT_TRUE(found.frontier_exact);
    for (const ChosenMeasure& chosen : found.chosen) {
      alternates_chosen += c.measures[chosen.measure].kind == MeasureKind::alternate ? 1 : 0;
    }
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(alternates_chosen, 50);
}

TEST(MitigationOracle, GreedyIsAtLeastItsGuaranteeOfTheBestWhereItClaimsOne) {
  std::mt19937_64 random(92);
  std::array<int, 3> seen{};
  for (int round = 0; round < 500; ++round) {
    DenseKind kind;
    kind.acyclic = true;
    kind.alternates = round % 5 == 0;
    kind.one_by_one = round % 3 == 0;
    kind.disjoint = round % 2 == 0;
    DenseCase c = random_case(random, kind, 6, 5);
    c.capped = round % 7 == 0;
    c.counted = round % 11 == 0 ? LossKind::combined : LossKind::downstream;
    const std::vector<double> losses = dense_losses(c);
    const double budget = 1 + static_cast<double>(random() % 6);
    const auto found = mitigate(dossier_of(c), measures_of(c), scenarios_of(c, kind.one_by_one),
                                options_for(c, budget, SelectionMethod::greedy));
    SCOPED_TRACE("round " + std::to_string(round));
    expect_true(c, losses, found);
    ++seen[static_cast<std::size_t>(found.returns)];
    EXPECT_EQ(found.guarantee.has_value(), found.returns != Returns::unknown);
    if (found.returns == Returns::constant) {
      EXPECT_GE(*found.guarantee, 0.5);
    }
    if (found.returns == Returns::diminishing) {
      EXPECT_GE(*found.guarantee, 0.316);
    }
    if (::testing::Test::HasFailure()) return;
  }
  for (const int count : seen) EXPECT_GT(count, 30);
}

/// Whether the tables really have the returns that were claimed, over every pair of subsets and item.
TEST(MitigationOracle, ReturnsAreWhatTheyAreSaidToBe) {
  std::mt19937_64 random(93);
  std::array<int, 3> seen{};
  int growing = 0;
  for (int round = 0; round < 600; ++round) {
    DenseKind kind;
    kind.acyclic = true;
    kind.alternates = false;
    kind.one_by_one = round % 4 == 0;
    kind.disjoint = round % 2 == 0;
    DenseCase c = random_case(random, kind, 5, 4);
    c.capped = round % 3 == 0;
    c.counted = LossKind::downstream;
    const std::vector<double> losses = dense_losses(c);
    const auto found = mitigate(dossier_of(c), measures_of(c), scenarios_of(c, kind.one_by_one),
                                options_for(c, 100, SelectionMethod::greedy));
    ++seen[static_cast<std::size_t>(found.returns)];
    bool grows = false;
    bool constant = true;
    for (std::uint32_t mask = 0; mask < losses.size(); ++mask) {
      for (std::size_t k = 0; k < c.measures.size(); ++k) {
        for (std::size_t other = 0; other < c.measures.size(); ++other) {
          const std::uint32_t x = 1U << k;
          const std::uint32_t y = 1U << other;
          if (k == other || (mask & (x | y)) != 0) continue;
          const double early = losses[mask] - losses[mask | x];
          const double late = losses[mask | y] - losses[mask | y | x];
          grows = grows || late > early + near;
          constant = constant && std::abs(late - early) < near;
        }
      }
    }
    SCOPED_TRACE("round " + std::to_string(round));
    if (found.returns == Returns::constant) {
      EXPECT_TRUE(constant);
    }
    if (found.returns == Returns::diminishing) {
      EXPECT_FALSE(grows);
    }
    growing += found.returns == Returns::unknown && grows ? 1 : 0;
  }
  for (const int count : seen) EXPECT_GT(count, 20);
  EXPECT_GT(growing, 20);  // "unknown" is not said out of caution alone
}

}  // namespace
