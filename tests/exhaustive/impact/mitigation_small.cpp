// Every chain of three enterprises, every alternate that it allows and a project for each problem, all pairs of them.

#include <gtest/gtest.h>

#include "chainqual/impact/mitigation.hpp"
#include "oracle/impact/mitigation_dense.hpp"

namespace {

using namespace chainqual;
using impact_test::DenseCase;

DenseCase chain_of(std::uint32_t links, bool given) {
  DenseCase c;
  c.n = 3;
  c.value = Eigen::MatrixXd::Constant(3, 3, -1);
  c.dependency = c.escape = Eigen::MatrixXd::Constant(3, 3, std::nan(""));
  c.weight = {1, 2, 4};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      if (i == j) continue;
      const int place = 2 * i + (j > i ? j - 1 : j);
      if ((links >> place & 1U) == 0) continue;
      c.value(i, j) = 1 + place;
      if (given && place % 2 == 0) c.dependency(i, j) = 0.25;
      if (given && place % 3 == 0) c.escape(i, j) = 0.5;
    }
  }
  const Grade grades[] = {Grade::critical, Grade::general, Grade::important};
  for (int v = 0; v < 3; ++v) {
    c.problem_seats.push_back({v});
    c.problem_grade.push_back(grades[v]);
    c.scenarios.push_back({{v, impact_test::grade_magnitude(grades[v]), v}});
    impact_test::DenseMeasure project;
    project.kind = MeasureKind::project;
    project.problems = {v};
    project.amount = v == 1 ? 1 : 0.5;
    project.cost = 1;
    c.measures.push_back(project);
  }
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      if (i == j || c.value(i, j) < 0) continue;
      impact_test::DenseMeasure measure;
      measure.supplier = i;
      measure.customer = j;
      measure.alternate = 3 - i - j;
      measure.amount = i < j ? 1 : 0.5;
      measure.cost = 1;
      c.measures.push_back(measure);
    }
  }
  return c;
}

TEST(MitigationExhaustive, EveryPairOfMeasuresOnEveryChainOfThree) {
  std::uint64_t seen = 0;
  for (std::uint32_t links = 0; links < 64; ++links) {
    for (const bool given : {false, true}) {
      for (const auto counted : {LossKind::downstream, LossKind::upstream, LossKind::combined}) {
        DenseCase c = chain_of(links, given);
        c.counted = counted;
        MitigationOptions options;
        options.budget = 2;
        options.counted = counted;
        options.method = SelectionMethod::exact;
        const auto found = mitigate(dossier_of(c), measures_of(c), {}, options);
        const double before = dense_loss(c, 0);
        double best = 0;
        for (std::size_t a = 0; a < c.measures.size(); ++a) {
          for (std::size_t b = a; b < c.measures.size(); ++b) {
            best = std::max(best, before - dense_loss(c, 1U << a | 1U << b));
            ++seen;
          }
        }
        EXPECT_NEAR(found.loss_before, before, 1e-6);
        EXPECT_NEAR(found.avoided, best, 2e-6) << "links " << links << (given ? ", given" : "");
        EXPECT_TRUE(found.optimal);
      }
    }
  }
  EXPECT_GT(seen, 5'000U);
}

}  // namespace
