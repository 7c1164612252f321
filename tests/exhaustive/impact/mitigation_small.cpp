// Every chain of three enterprises, and of four but for names: every alternate that it allows, a project for each
// problem, and all pairs of them.

#include <gtest/gtest.h>

#include "chainqual/impact/mitigation.hpp"
#include "exhaustive/impact/small_networks.hpp"
#include "oracle/impact/mitigation_dense.hpp"

namespace {

using namespace chainqual;
using impact_test::DenseCase;
using impact_test::States;

/// A chain whose links are those in state 1, its problems, and a project for each.
DenseCase chain_of(std::uint32_t n, const States& states, bool given, const std::vector<int>& seats) {
  DenseCase c;
  c.n = static_cast<int>(n);
  c.value = Eigen::MatrixXd::Constant(c.n, c.n, -1);
  c.dependency = c.escape = Eigen::MatrixXd::Constant(c.n, c.n, std::nan(""));
  for (std::uint32_t v = 0; v < n; ++v) c.weight.push_back(1U << v);
  const auto pairs = impact_test::pairs_of(n);
  for (std::size_t place = 0; place < pairs.size(); ++place) {
    if (states[place] == 0) continue;
    const auto [i, j] = pairs[place];
    c.value(i, j) = static_cast<double>(1 + place);
    if (given && place % 2 == 0) c.dependency(i, j) = 0.25;
    if (given && place % 3 == 0) c.escape(i, j) = 0.5;
  }
  const Grade grades[] = {Grade::critical, Grade::general, Grade::important};
  for (std::size_t k = 0; k < seats.size(); ++k) {
    const int number = static_cast<int>(k);
    c.problem_seats.push_back({seats[k]});
    c.problem_grade.push_back(grades[k]);
    c.scenarios.push_back({{seats[k], impact_test::grade_magnitude(grades[k]), number}});
    impact_test::DenseMeasure project;
    project.kind = MeasureKind::project;
    project.problems = {number};
    project.amount = k == 1 ? 1 : 0.5;
    project.cost = 1;
    c.measures.push_back(project);
  }
  return c;
}

void add_alternate(DenseCase& c, int supplier, int customer, int alternate, double amount) {
  impact_test::DenseMeasure measure;
  measure.supplier = supplier;
  measure.customer = customer;
  measure.alternate = alternate;
  measure.amount = amount;
  measure.cost = 1;
  c.measures.push_back(measure);
}

/// Compares with the best of all pairs; returns how many there are.
std::uint64_t compare(const DenseCase& c) {
  MitigationOptions options;
  options.budget = 2;
  options.counted = c.counted;
  options.method = SelectionMethod::exact;
  const auto found = mitigate(dossier_of(c), measures_of(c), {}, options);
  const double before = dense_loss(c, 0);
  double best = 0;
  std::uint64_t seen = 0;
  for (std::size_t a = 0; a < c.measures.size(); ++a) {
    for (std::size_t b = a; b < c.measures.size(); ++b) {
      best = std::max(best, before - dense_loss(c, 1U << a | 1U << b));
      ++seen;
    }
  }
  EXPECT_NEAR(found.loss_before, before, 1e-6);
  EXPECT_NEAR(found.avoided, best, 2e-6);
  EXPECT_TRUE(found.optimal);
  return seen;
}

TEST(MitigationExhaustive, EveryPairOfMeasuresOnEveryChainOfThree) {
  std::uint64_t seen = 0;
  impact_test::for_every_network(3, 2, false, [&](const States& states, std::uint64_t links) {
    for (const bool given : {false, true}) {
      for (const auto counted : {LossKind::downstream, LossKind::upstream, LossKind::combined}) {
        SCOPED_TRACE(testing::Message() << "links " << links << (given ? ", given" : ""));
        DenseCase c = chain_of(3, states, given, {0, 1, 2});
        c.counted = counted;
        for (int i = 0; i < 3; ++i) {
          for (int j = 0; j < 3; ++j) {
            if (i != j && c.value(i, j) >= 0) add_alternate(c, i, j, 3 - i - j, i < j ? 1 : 0.5);
          }
        }
        seen += compare(c);
      }
    }
  });
  EXPECT_GT(seen, 5'000U);
}

TEST(MitigationExhaustive, EveryPairOfMeasuresOnEveryChainOfFourButForNames) {
  std::uint64_t seen = 0;
  const auto represented = impact_test::for_every_kind(4, 2, [&](const States& states, std::uint64_t links) {
    for (const bool given : {false, true}) {
      SCOPED_TRACE(testing::Message() << "links " << links << (given ? ", given" : ""));
      const int first = static_cast<int>(links % 4);
      DenseCase c = chain_of(4, states, given, {first, (first + 1) % 4});
      c.counted = static_cast<LossKind>((links + (given ? 1 : 0)) % 3);
      for (int i = 0; i < 4; ++i) {
        for (int j = 0; j < 4; ++j) {
          for (int other = 0; other < 4; ++other) {
            if (i == j || other == i || other == j || c.value(i, j) < 0) continue;
            add_alternate(c, i, j, other, (i + other) % 2 == 0 ? 1 : 0.5);
          }
        }
      }
      seen += compare(c);
    }
  });
  EXPECT_EQ(represented, 4'096U);
  EXPECT_GT(seen, 20'000U);
}

}  // namespace
