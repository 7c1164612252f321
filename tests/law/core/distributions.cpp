// Moments and frequencies of a million variates from fixed seeds. Each bound is five standard errors of what it bounds,
// so an honest generator fails one of them once in a million seeds; these seeds pass.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "chainqual/core/random.hpp"

namespace {

using chainqual::PowerLaw;
using chainqual::Stream;

constexpr int draws = 1'000'000;

struct Moments {
  double mean = 0;
  double variance = 0;
};

Moments moments_of(const std::function<double()>& draw) {
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < draws; ++i) {
    const double x = draw();
    sum += x;
    squares += x * x;
  }
  const double mean = sum / draws;
  return {mean, squares / draws - mean * mean};
}

/// `fourth` is the fourth central moment, which gives the variance's standard error.
void expect_moments(const Moments& got, double mean, double variance, double fourth) {
  EXPECT_NEAR(got.mean, mean, 5 * std::sqrt(variance / draws));
  EXPECT_NEAR(got.variance, variance, 5 * std::sqrt((fourth - variance * variance) / draws));
}

TEST(Distributions, UniformHasMeanOneHalfAndVarianceOneTwelfth) {
  Stream random(101);
  expect_moments(moments_of([&] { return random.uniform(); }), 0.5, 1.0 / 12, 1.0 / 80);
}

TEST(Distributions, UniformOpenNeverTouchesItsEnds) {
  Stream random(102);
  for (int i = 0; i < draws; ++i) {
    const double u = random.uniform_open();
    ASSERT_GT(u, 0.0);
    ASSERT_LT(u, 1.0);
  }
}

TEST(Distributions, NormalHasTheMomentsAndTailsOfTheBell) {
  Stream random(103);
  expect_moments(moments_of([&] { return chainqual::normal(random); }), 0, 1, 3);
  for (const double bound : {0.5, 1.0, 2.0, 3.0}) {
    int beyond = 0;
    for (int i = 0; i < draws; ++i) beyond += std::abs(chainqual::normal(random)) > bound ? 1 : 0;
    const double share = std::erfc(bound / std::sqrt(2.0));
    EXPECT_NEAR(beyond, draws * share, 5 * std::sqrt(draws * share * (1 - share))) << bound;
  }
}

TEST(Distributions, ExponentialHasMeanAndVarianceOne) {
  Stream random(104);
  expect_moments(moments_of([&] { return chainqual::exponential(random); }), 1, 1, 9);
}

TEST(Distributions, LogNormalHasItsMoments) {
  Stream random(105);
  const double s2 = 0.25;
  const double w = std::exp(s2);
  const double mean = std::exp(1 + s2 / 2);
  const double variance = (w - 1) * mean * mean;
  const double fourth = variance * variance * (w * w * w * w + 2 * w * w * w + 3 * w * w - 3);
  expect_moments(moments_of([&] { return chainqual::log_normal(random, 1, 0.5); }), mean, variance, fourth);
}

TEST(Distributions, GammaHasMeanAndVarianceEqualToItsShape) {
  Stream random(106);
  for (const double shape : {0.1, 0.5, 1.0, 1.5, 4.0, 100.0}) {
    SCOPED_TRACE(shape);
    expect_moments(moments_of([&] { return chainqual::gamma(random, shape); }), shape, shape, 3 * shape * (shape + 2));
  }
}

TEST(Distributions, DirichletMarginalsAreBeta) {
  Stream random(107);
  const std::vector<double> shapes{4, 3, 3};
  std::vector<double> shares(3);
  std::vector<double> sum(3);
  std::vector<double> squares(3);
  constexpr int points = 300'000;
  for (int i = 0; i < points; ++i) {
    chainqual::dirichlet(random, shapes, shares);
    for (std::size_t k = 0; k < 3; ++k) {
      sum[k] += shares[k];
      squares[k] += shares[k] * shares[k];
    }
  }
  for (std::size_t k = 0; k < 3; ++k) {
    const double mean = shapes[k] / 10;
    const double variance = mean * (1 - mean) / 11;
    EXPECT_NEAR(sum[k] / points, mean, 5 * std::sqrt(variance / points));
    EXPECT_NEAR(squares[k] / points - mean * mean, variance, 0.02 * variance);
  }
}

TEST(Distributions, BelowIsUniformByChiSquare) {
  Stream random(108);
  constexpr int cells = 1000;
  std::vector<int> count(cells);
  for (int i = 0; i < draws; ++i) ++count[random.below(cells)];
  const double expected = static_cast<double>(draws) / cells;
  const double chi = std::accumulate(count.begin(), count.end(), 0.0, [&](double sum, int n) {
    return sum + (n - expected) * (n - expected) / expected;
  });
  EXPECT_NEAR(chi, cells - 1, 5 * std::sqrt(2.0 * (cells - 1)));
}

TEST(Distributions, PowerLawHasItsFrequencies) {
  Stream random(109);
  const PowerLaw law(2.3, 2, 128);
  std::vector<int> count(129);
  for (int i = 0; i < draws; ++i) ++count.at(law(random));
  double total = 0;
  for (int k = 2; k <= 128; ++k) total += std::pow(k, -2.3);
  for (int k = 2; k <= 128; ++k) {
    const double share = std::pow(k, -2.3) / total;
    EXPECT_NEAR(count[static_cast<std::size_t>(k)], draws * share, 5 * std::sqrt(draws * share) + 1) << k;
  }
  EXPECT_EQ(count[0] + count[1], 0);
}

TEST(Distributions, StreamsOfNeighbouringEntitiesAreUncorrelated) {
  double sum = 0;
  constexpr int pairs = 200'000;
  for (int i = 0; i < pairs; ++i) {
    Stream a(110, 0, 0, static_cast<std::uint64_t>(i));
    Stream b(110, 0, 0, static_cast<std::uint64_t>(i) + 1);
    sum += (a.uniform() - 0.5) * (b.uniform() - 0.5) * 12;
  }
  EXPECT_NEAR(sum / pairs, 0, 5 / std::sqrt(static_cast<double>(pairs)));
}

}  // namespace
