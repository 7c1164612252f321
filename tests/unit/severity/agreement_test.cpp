#include "chainqual/severity/agreement.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <initializer_list>
#include <vector>

namespace {

using namespace chainqual;

/// Rows are raters; a negative number is an empty cell; values are in halves.
Ratings halves(std::initializer_list<std::initializer_list<int>> rows) {
  Ratings ratings(rows.size(), rows.begin()->size());
  std::size_t rater = 0;
  for (const auto& row : rows) {
    std::size_t unit = 0;
    for (const int value : row) {
      if (value >= 0) ratings.set(rater, unit, Rational(value, 2));
      ++unit;
    }
    ++rater;
  }
  return ratings;
}

/// Krippendorff (2011), section E: four observers, twelve units, seven cells empty.
Ratings krippendorff_example() {
  return halves({{2, 4, 6, 6, 4, 2, 8, 2, 4, -1, -1, -1},
                 {2, 4, 6, 6, 4, 4, 8, 2, 4, 10, -1, 6},
                 {-1, 6, 6, 6, 4, 6, 8, 4, 4, 10, 2, -1},
                 {2, 4, 6, 6, 4, 8, 8, 2, 4, 10, 2, -1}});
}

TEST(KrippendorffAlpha, MeetsThePublishedExample) {
  const Ratings ratings = krippendorff_example();
  EXPECT_NEAR(krippendorff_alpha(ratings, AlphaMetric::nominal).value(), 0.743, 0.0005);
  EXPECT_NEAR(krippendorff_alpha(ratings, AlphaMetric::ordinal).value(), 0.815, 0.0005);
  EXPECT_NEAR(krippendorff_alpha(ratings, AlphaMetric::interval).value(), 0.849, 0.0005);
}

TEST(KrippendorffAlpha, IsUndefinedWithoutPairsOrVariation) {
  for (const AlphaMetric metric : {AlphaMetric::nominal, AlphaMetric::ordinal, AlphaMetric::interval}) {
    EXPECT_FALSE(krippendorff_alpha(halves({{2, 4, 6}}), metric));
    EXPECT_FALSE(krippendorff_alpha(halves({{2, -1}, {-1, 4}}), metric));
    EXPECT_FALSE(krippendorff_alpha(halves({{7, 7}, {7, 7}, {7, 7}}), metric));
    EXPECT_FALSE(krippendorff_alpha(Ratings(0, 0), metric));
  }
}

TEST(KrippendorffAlpha, FallsBelowZeroWhereRatersContradictEachOther) {
  const Ratings opposed = halves({{2, 10, 2, 10}, {10, 2, 10, 2}});
  for (const AlphaMetric metric : {AlphaMetric::nominal, AlphaMetric::ordinal, AlphaMetric::interval}) {
    EXPECT_LT(krippendorff_alpha(opposed, metric).value(), 0);
  }
}

/// Siegel (1956), table 9.1: three executives rank six applicants; s = 25.5, W = 0.16.
TEST(KendallW, MeetsThePublishedExampleWithoutTies) {
  const auto result = kendall_w(halves({{2, 12, 6, 4, 10, 8}, {2, 10, 12, 8, 4, 6}, {12, 6, 4, 10, 8, 2}}));
  ASSERT_TRUE(result.has_value());
  EXPECT_DOUBLE_EQ(result->w, 306.0 / 1890.0);
  EXPECT_EQ(result->degrees, 5U);
  EXPECT_DOUBLE_EQ(result->chi_square, 3 * 5 * 306.0 / 1890.0);
}

/// Siegel (1956), the example with ties: ten items, three rankings, s = 591, sum of T = 9.5, W = 591 / 714.
TEST(KendallW, MeetsThePublishedExampleWithTies) {
  const auto result = kendall_w(halves(
      {{2, 9, 4, 9, 6, 15, 12, 18, 15, 20}, {5, 2, 5, 9, 9, 16, 18, 13, 20, 13}, {4, 2, 9, 9, 9, 9, 16, 16, 16, 20}}));
  ASSERT_TRUE(result.has_value());
  EXPECT_DOUBLE_EQ(result->w, 591.0 / 714.0);
}

TEST(KendallW, IsUndefinedForOneRaterOneUnitEmptyCellsAndFullTies) {
  EXPECT_FALSE(kendall_w(halves({{2, 4, 6}})));
  EXPECT_FALSE(kendall_w(halves({{2}, {4}})));
  EXPECT_FALSE(kendall_w(krippendorff_example()));
  EXPECT_FALSE(kendall_w(halves({{4, 4, 4}, {6, 6, 6}})));
  EXPECT_FALSE(kendall_w(Ratings(0, 0)));
}

TEST(KendallW, IsOneForOneOrderAndZeroForOpposedOnes) {
  EXPECT_DOUBLE_EQ(kendall_w(halves({{2, 4, 6}, {3, 4, 5}}))->w, 1);
  EXPECT_DOUBLE_EQ(kendall_w(halves({{2, 4, 6}, {6, 4, 2}}))->w, 0);
}

TEST(ChiSquareTail, MeetsTheTablesOfItsQuantiles) {
  EXPECT_NEAR(detail::chi_square_tail(3.841458820694124, 1), 0.05, 1e-12);
  EXPECT_NEAR(detail::chi_square_tail(5.991464547107979, 2), 0.05, 1e-12);
  EXPECT_NEAR(detail::chi_square_tail(16.918977604620448, 9), 0.05, 1e-12);
  EXPECT_NEAR(detail::chi_square_tail(23.209251158954356, 10), 0.01, 1e-12);
  EXPECT_EQ(detail::chi_square_tail(0, 4), 1.0);
  EXPECT_EQ(detail::chi_square_tail(5000, 4), 0.0);
  EXPECT_NEAR(detail::chi_square_tail(3000, 3000), 0.4966, 0.0005) << "far beyond where e^-h vanishes";
}

TEST(Ratings, RefuseCellsThatTheyDoNotHave) {
  Ratings ratings(2, 3);
  EXPECT_THROW(ratings.set(2, 0, Rational(1)), Error);
  EXPECT_THROW(ratings.set(0, 3, Rational(1)), Error);
  EXPECT_THROW(static_cast<void>(ratings.at(5, 5)), Error);
  ratings.set(1, 2, Rational(4));
  EXPECT_EQ(ratings.at(1, 2), Rational(4));
  ratings.set(1, 2, std::nullopt);
  EXPECT_EQ(ratings.at(1, 2), std::nullopt);
}

}  // namespace
