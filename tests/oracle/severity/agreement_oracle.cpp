// Agreement by the definitions written out: coincidence matrices and sums over all pairs; ranks by counting.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <vector>

#include "chainqual/severity/agreement.hpp"

namespace {

using chainqual::AlphaMetric;
using chainqual::Ratings;
using chainqual::Rational;

using Table = std::vector<std::vector<int>>;  // [rater][unit], tenths of a point; 0: empty

Ratings ratings_of(const Table& table) {
  Ratings ratings(table.size(), table[0].size());
  for (std::size_t r = 0; r < table.size(); ++r) {
    for (std::size_t u = 0; u < table[r].size(); ++u) {
      if (table[r][u] != 0) ratings.set(r, u, Rational(table[r][u], 10));
    }
  }
  return ratings;
}

/// Krippendorff (2011), section E, literally: o_ck, n_c, and the metric's difference of every two values.
std::optional<double> slow_alpha(const Table& table, AlphaMetric metric) {
  std::map<std::pair<int, int>, double> coincidences;
  std::map<int, double> frequency;
  double n = 0;
  for (std::size_t u = 0; u < table[0].size(); ++u) {
    double m = 0;
    for (const auto& rater : table) m += rater[u] != 0;
    if (m < 2) continue;
    for (std::size_t i = 0; i < table.size(); ++i) {
      for (std::size_t j = 0; j < table.size(); ++j) {
        if (i != j && table[i][u] != 0 && table[j][u] != 0) coincidences[{table[i][u], table[j][u]}] += 1 / (m - 1);
      }
      if (table[i][u] != 0) frequency[table[i][u]] += 1;
    }
    n += m;
  }
  const auto difference = [&](int c, int k) {
    if (c == k) return 0.0;
    if (metric == AlphaMetric::nominal) return 1.0;
    if (metric == AlphaMetric::interval) return std::pow((c - k) / 10.0, 2);
    double between = 0;
    for (const auto& [value, count] : frequency) {
      if (value >= std::min(c, k) && value <= std::max(c, k)) between += count;
    }
    return std::pow(between - (frequency[c] + frequency[k]) / 2, 2);
  };
  double observed = 0;
  for (const auto& [pair, count] : coincidences) observed += count * difference(pair.first, pair.second) / n;
  double expected = 0;
  for (const auto& [c, count_c] : frequency) {
    for (const auto& [k, count_k] : frequency) expected += count_c * count_k * difference(c, k) / (n * (n - 1));
  }
  if (frequency.size() < 2) return std::nullopt;
  return 1 - observed / expected;
}

/// Kendall's W by the mean-square form with ties, ranks by counting smaller and equal values.
std::optional<double> slow_w(const Table& table) {
  const auto m = static_cast<double>(table.size());
  const auto n = static_cast<double>(table[0].size());
  std::vector<double> sums(table[0].size(), 0.0);
  double ties = 0;
  for (const auto& rater : table) {
    for (std::size_t u = 0; u < rater.size(); ++u) {
      double smaller = 0;
      double equal = 0;
      for (const int other : rater) {
        smaller += other < rater[u];
        equal += other == rater[u];
      }
      sums[u] += smaller + (equal + 1) / 2;
      ties += equal * equal - 1;  // each of t tied units gives (t² − 1): together t³ − t
    }
  }
  double s = 0;
  for (const double sum : sums) s += std::pow(sum - m * (n + 1) / 2, 2);
  const double most = (m * m * (n * n * n - n) - m * ties) / 12;
  if (most < 1e-9) return std::nullopt;
  return s / most;
}

TEST(AgreementOracle, AlphaEqualsTheCoincidenceMatrixOnRandomTables) {
  std::mt19937_64 random(7);
  int defined = 0;
  for (int round = 0; round < 300; ++round) {
    const std::size_t raters = 1 + random() % 6;
    const std::size_t units = 1 + random() % 12;
    const std::uint64_t values = 1 + random() % 9;
    Table table(raters, std::vector<int>(units));
    for (auto& rater : table) {
      for (int& cell : rater) cell = random() % 4 == 0 ? 0 : static_cast<int>(10 + 5 * (random() % values));
    }
    for (const AlphaMetric metric : {AlphaMetric::nominal, AlphaMetric::ordinal, AlphaMetric::interval}) {
      const auto expected = slow_alpha(table, metric);
      const auto ours = krippendorff_alpha(ratings_of(table), metric);
      ASSERT_EQ(ours.has_value(), expected.has_value());
      if (!expected) continue;
      ++defined;
      EXPECT_NEAR(*ours, *expected, 1e-12 * (1 + std::abs(*expected)));
    }
  }
  EXPECT_GT(defined, 500);
}

TEST(AgreementOracle, ThePublishedExampleHoldsForTheOracleToo) {
  const Table table{{10, 20, 30, 30, 20, 10, 40, 10, 20, 0, 0, 0},
                    {10, 20, 30, 30, 20, 20, 40, 10, 20, 50, 0, 30},
                    {0, 30, 30, 30, 20, 30, 40, 20, 20, 50, 10, 0},
                    {10, 20, 30, 30, 20, 40, 40, 10, 20, 50, 10, 0}};
  EXPECT_NEAR(slow_alpha(table, AlphaMetric::nominal).value(), 0.743, 0.0005);
  EXPECT_NEAR(slow_alpha(table, AlphaMetric::ordinal).value(), 0.815, 0.0005);
  EXPECT_NEAR(slow_alpha(table, AlphaMetric::interval).value(), 0.849, 0.0005);
}

TEST(AgreementOracle, KendallsWEqualsTheDefinitionOnRandomTables) {
  std::mt19937_64 random(8);
  int defined = 0;
  for (int round = 0; round < 300; ++round) {
    const std::size_t raters = 2 + random() % 5;
    const std::size_t units = 2 + random() % 12;
    const std::uint64_t values = 1 + random() % 9;
    Table table(raters, std::vector<int>(units));
    for (auto& rater : table) {
      for (int& cell : rater) cell = static_cast<int>(10 + 5 * (random() % values));
    }
    const auto expected = slow_w(table);
    const auto ours = kendall_w(ratings_of(table));
    ASSERT_EQ(ours.has_value(), expected.has_value());
    if (!expected) continue;
    ++defined;
    EXPECT_NEAR(ours->w, *expected, 1e-12);
    EXPECT_GE(ours->w, 0);
    EXPECT_LE(ours->w, 1);
  }
  EXPECT_GT(defined, 200);
}

/// The tail against the integral of the density by Simpson's rule.
TEST(AgreementOracle, ChiSquareTailEqualsTheIntegralOfItsDensity) {
  for (const std::size_t degrees : {2U, 3U, 5U, 8U, 13U}) {
    const double shape = static_cast<double>(degrees) / 2;
    const auto density = [&](double x) {
      return std::exp((shape - 1) * std::log(x / 2) - x / 2) / (2 * std::tgamma(shape));
    };
    for (const double from : {0.5, 2.0, 7.5, 20.0}) {
      constexpr int steps = 20'000;
      const double width = 200.0 / steps;
      double sum = density(from) + density(from + 200);
      for (int i = 1; i < steps; ++i) sum += density(from + i * width) * (i % 2 == 1 ? 4 : 2);
      EXPECT_NEAR(chainqual::detail::chi_square_tail(from, degrees), sum * width / 3, 1e-9);
    }
  }
}

}  // namespace
