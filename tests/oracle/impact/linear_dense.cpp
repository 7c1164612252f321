// linear, linear_importance and linear_batch against dense solutions.

#include <gtest/gtest.h>

#include "chainqual/impact/linear.hpp"
#include "chainqual/impact/linear_plan.hpp"
#include "oracle/impact/dense.hpp"

namespace {

using chainqual::Along;
using chainqual::linear;
using chainqual::LinearOptions;
using impact_test::Random;

constexpr int networks = 1000;
constexpr double tight = 1e-9;

/// The k-th of a thousand kinds: half acyclic; weak, strong and overfull dependencies; with and without self-supply.
Random kind_of(int k) {
  Random kind;
  kind.enterprises = 1 + static_cast<std::uint32_t>(k % 37);
  kind.density = 0.05 + 0.03 * (k % 9);
  kind.acyclic = k % 2 == 0;
  kind.given = k % 3 == 0 ? 0.0 : k % 3 == 1 ? 0.5 : 1.0;
  kind.strength = k % 5 == 0 ? 0.4 : 1.0;
  kind.self = k % 7 == 3 && !kind.acyclic;
  return kind;
}

double distance(const std::vector<double>& ours, const Eigen::VectorXd& theirs) {
  return ours.empty() ? 0 : (impact_test::to_eigen(ours) - theirs).cwiseAbs().maxCoeff();
}

TEST(LinearOracle, CappedEqualsDenseAnswersOnAThousandNetworks) {
  int cyclic = 0;
  for (int k = 0; k < networks; ++k) {
    std::mt19937_64 random(1000U + static_cast<unsigned>(k));
    const auto table = impact_test::random_table(random, kind_of(k));
    const auto shock = impact_test::random_shock(random, table.size, k % 4 == 0 ? 0.05 : 0.3);
    const auto net = impact_test::network(table);
    const auto result = linear(net, shock);
    EXPECT_TRUE(result.downstream_run.converged && result.upstream_run.converged) << "seed " << 1000 + k;
    EXPECT_LT(distance(result.downstream, impact_test::dense_capped(impact_test::dense_matrix(table, true), shock)),
              tight)
        << "seed " << 1000 + k;
    EXPECT_LT(distance(result.upstream, impact_test::dense_capped(impact_test::dense_matrix(table, false), shock)),
              tight)
        << "seed " << 1000 + k;
    cyclic += result.downstream_run.cyclic_components != 0 ? 1 : 0;
  }
  EXPECT_GT(cyclic, 300) << "too few cyclic networks to mean anything";
}

TEST(LinearOracle, UncappedEqualsDenseSolvesAndRefusesExactlyWhereTheRadiusReachesOne) {
  int solved = 0;
  int refused = 0;
  for (int k = 0; k < networks; ++k) {
    std::mt19937_64 random(5000U + static_cast<unsigned>(k));
    const auto table = impact_test::random_table(random, kind_of(k));
    auto shock = impact_test::random_shock(random, table.size, 0.3);
    shock[0] = 0.5;
    const auto net = impact_test::network(table);
    for (const Along along : {Along::downstream, Along::upstream}) {
      LinearOptions options;
      options.capped = false;
      options.downstream = along == Along::downstream;
      options.upstream = along == Along::upstream;
      const auto matrix = impact_test::dense_matrix(table, options.downstream);
      const double radius = impact_test::dense_radius(matrix);
      if (std::abs(radius - 1) < 1e-7 && radius < 1 - 1e-12) continue;  // the two roundings may differ here
      try {
        const auto result = linear(net, shock, options);
        const auto& ours = options.downstream ? result.downstream : result.upstream;
        const auto& run = options.downstream ? result.downstream_run : result.upstream_run;
        const Eigen::MatrixXd system = Eigen::MatrixXd::Identity(matrix.rows(), matrix.cols()) - matrix;
        const Eigen::VectorXd theirs = system.partialPivLu().solve(impact_test::to_eigen(shock));
        EXPECT_LT(distance(ours, theirs), tight * std::max(1.0, theirs.maxCoeff())) << "seed " << 5000 + k;
        // Dense eigenvalues of a nilpotent matrix are off by roots of the rounding, so 0 is asked of us alone.
        if (kind_of(k).acyclic) {
          EXPECT_EQ(*run.spectral_radius, 0.0) << "seed " << 5000 + k;
        } else if (radius > 0.1) {
          EXPECT_NEAR(*run.spectral_radius, radius, 1e-6) << "seed " << 5000 + k;
        }
        EXPECT_LT(radius, 1.0) << "seed " << 5000 + k;
        ++solved;
      } catch (const chainqual::Error& error) {
        EXPECT_EQ(error.code(), chainqual::ErrorCode::no_solution);
        EXPECT_GT(radius, 1 - 1e-9) << "seed " << 5000 + k;
        ++refused;
      }
    }
  }
  EXPECT_GT(solved, 1000);
  EXPECT_GT(refused, 100);
}

TEST(LinearOracle, LargeCyclicComponentsEqualDenseAnswers) {
  // More enterprises in one component than go to sparse LU, so that BiCGSTAB has to answer.
  for (const double strength : {0.3, 0.97, 1.0}) {
    std::mt19937_64 random(77);
    Random kind;
    kind.enterprises = 700;
    kind.density = 0.01;
    kind.given = 0;
    kind.strength = strength;
    const auto table = impact_test::random_table(random, kind);
    const auto shock = impact_test::random_shock(random, table.size, 0.02);
    const auto net = impact_test::network(table);
    const auto matrix = impact_test::dense_matrix(table, true);
    LinearOptions options;
    options.upstream = false;
    const auto capped = linear(net, shock, options);
    EXPECT_GT(capped.downstream_run.largest_component, 500U);
    EXPECT_TRUE(capped.downstream_run.converged);
    EXPECT_LT(distance(capped.downstream, impact_test::dense_capped(matrix, shock)), tight) << strength;
    if (strength == 1.0) continue;
    options.capped = false;
    const auto plain = linear(net, shock, options);
    const Eigen::MatrixXd system = Eigen::MatrixXd::Identity(matrix.rows(), matrix.cols()) - matrix;
    const Eigen::VectorXd theirs = system.partialPivLu().solve(impact_test::to_eigen(shock));
    EXPECT_LT(distance(plain.downstream, theirs), tight * std::max(1.0, theirs.maxCoeff())) << strength;
  }
}

TEST(LinearOracle, ImportanceEqualsOneDenseSolveForEachEnterprise) {
  for (int k = 0; k < 200; ++k) {
    std::mt19937_64 random(9000U + static_cast<unsigned>(k));
    Random kind = kind_of(k);
    kind.strength = 0.5;
    kind.given = 0.2;
    const auto table = impact_test::random_table(random, kind);
    const auto net = impact_test::network(table);
    std::vector<double> weight(table.size);
    for (std::size_t v = 0; v < weight.size(); ++v) weight[v] = static_cast<double>(v % 5);
    const auto matrix = impact_test::dense_matrix(table, true);
    if (impact_test::dense_radius(matrix) > 0.999) continue;
    const auto ours = chainqual::linear_importance(net, weight);
    const Eigen::MatrixXd inverse = (Eigen::MatrixXd::Identity(matrix.rows(), matrix.cols()) - matrix).inverse();
    for (std::size_t i = 0; i < weight.size(); ++i) {
      const double theirs = inverse.col(static_cast<Eigen::Index>(i)).dot(impact_test::to_eigen(weight));
      EXPECT_NEAR(ours[i], theirs, 1e-8 * std::max(1.0, theirs)) << "seed " << 9000 + k;
    }
  }
}

TEST(LinearOracle, ImportanceUpstreamEqualsSingleShockSolves) {
  std::mt19937_64 random(31);
  Random kind;
  kind.enterprises = 30;
  kind.acyclic = true;
  const auto table = impact_test::random_table(random, kind);
  const auto net = impact_test::network(table);
  const std::vector<double> weight(table.size, 1.0);
  const auto ours = chainqual::linear_importance(net, weight, Along::upstream);
  const auto matrix = impact_test::dense_matrix(table, false);
  const Eigen::MatrixXd inverse = (Eigen::MatrixXd::Identity(matrix.rows(), matrix.cols()) - matrix).inverse();
  for (std::size_t i = 0; i < weight.size(); ++i) {
    EXPECT_NEAR(ours[i], inverse.col(static_cast<Eigen::Index>(i)).sum(), 1e-9);
  }
}

TEST(LinearOracle, SinglePrecisionBatchesStayNearTheDenseAnswers) {
  for (int k = 0; k < 300; ++k) {
    std::mt19937_64 random(12'000U + static_cast<unsigned>(k));
    Random kind = kind_of(k);
    kind.given = 0;
    kind.strength = 0.9;
    const auto table = impact_test::random_table(random, kind);
    const auto net = impact_test::network(table);
    constexpr std::size_t shocks = 5;
    std::vector<float> flat;
    std::vector<std::vector<double>> rows;
    for (std::size_t r = 0; r < shocks; ++r) {
      const auto shock = impact_test::random_shock(random, table.size);
      rows.emplace_back();
      for (const double s : shock) {
        flat.push_back(static_cast<float>(s));
        rows.back().push_back(static_cast<double>(flat.back()));
      }
    }
    for (const Along along : {Along::downstream, Along::upstream}) {
      if (along == Along::upstream && !kind.acyclic) continue;  // no slack upstream: see `linear`
      const chainqual::LinearPlan plan(net, along);
      const auto result = chainqual::linear_batch(plan, flat);
      for (std::size_t r = 0; r < shocks; ++r) {
        const auto theirs =
            impact_test::dense_capped(impact_test::dense_matrix(table, along == Along::downstream), rows[r]);
        EXPECT_TRUE(result.runs[r].converged);
        for (std::size_t v = 0; v < table.size; ++v) {
          EXPECT_NEAR(static_cast<double>(result.loss[r * table.size + v]), theirs[static_cast<Eigen::Index>(v)], 2e-5)
              << "seed " << 12'000 + k;
        }
      }
    }
  }
}

}  // namespace
