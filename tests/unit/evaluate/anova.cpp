#include "chainqual/evaluate/anova.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace chainqual::testing {
namespace {

/// Digits to which `found` agrees with `certified`.
double digits(double found, double certified) {
  if (found == certified) return 16;
  return -std::log10(std::abs(found - certified) / std::abs(certified));
}

// NIST's Statistical Reference Datasets. SmLs: nine treatments around 1.4, 1.3 or 1.5 above a large constant; each
// begins with its centre and then goes a tenth below and above it in turn.
std::vector<std::vector<double>> simon_lesage(double constant, std::size_t replicates) {
  std::vector<std::vector<double>> groups;
  for (const int centre : {4, 3, 5, 3, 5, 3, 5, 3, 5}) {
    std::vector<double> group{constant + centre / 10.0};
    while (group.size() < replicates) {
      group.push_back(constant + (centre - 1) / 10.0);
      group.push_back(constant + (centre + 1) / 10.0);
    }
    groups.push_back(group);
  }
  return groups;
}

TEST(OneWayAnova, NistSimonLesageReachesTwelveDigitsWhereDoublesHoldTheData) {
  for (const auto& [replicates, f] : {std::pair<std::size_t, double>{21, 21}, {201, 201}, {2001, 2001}}) {
    const OneWayAnova small = one_way_anova(simon_lesage(1, replicates));
    EXPECT_GE(digits(small.between.f, f), 15) << "SmLs01 … 03";
    EXPECT_GE(digits(small.residual_deviation, 0.1), 12);
    EXPECT_EQ(small.between.degrees, 8);
    EXPECT_EQ(small.within.degrees, 9 * (static_cast<double>(replicates) - 1));
    // Of a million and some tenths a double keeps the tenths to nine digits, of a million millions to three: the
    // figures are those of the doubles, and as near to the certified ones as these are to the data.
    EXPECT_GE(digits(one_way_anova(simon_lesage(1e6, replicates)).between.f, f), 10) << "SmLs04 … 06";
    EXPECT_GE(digits(one_way_anova(simon_lesage(1e12, replicates)).between.f, f), 4) << "SmLs07 … 09";
  }
}

TEST(OneWayAnova, NistSiRstv) {
  const std::vector<std::vector<double>> groups{{196.3052, 196.1240, 196.1890, 196.2569, 196.3403},
                                                {196.3042, 196.3825, 196.1669, 196.3257, 196.0422},
                                                {196.1303, 196.2005, 196.2889, 196.0343, 196.1811},
                                                {196.2795, 196.1748, 196.1494, 196.1485, 195.9885},
                                                {196.2119, 196.1051, 196.1850, 196.0052, 196.2090}};
  const OneWayAnova found = one_way_anova(groups);
  EXPECT_GE(digits(found.between.f, 1.18046237440255), 13);
  EXPECT_GE(digits(found.between.sum_of_squares, 5.11462616000000e-02), 13);
  EXPECT_GE(digits(found.within.sum_of_squares, 2.16636560000000e-01), 13);
  EXPECT_GE(digits(found.share_explained, 1.90999039051129e-01), 13);
  EXPECT_GE(digits(found.residual_deviation, 1.04076068334656e-01), 13);
  EXPECT_NEAR(found.between.p_value, 0.3494, 0.0005);
}

/// 2k + 1 values: the centre, then a tenth below and above it in turn.
std::vector<double> accuracy(double centre, double below, double above) {
  std::vector<double> values{centre};
  while (values.size() < 1001) {
    values.push_back(below);
    values.push_back(above);
  }
  return values;
}

TEST(Summary, NistNumericalAccuracy) {
  const SeriesSummary first = summarise(std::vector<double>{10000001, 10000003, 10000002});
  EXPECT_EQ(first.mean, 10000002);
  EXPECT_EQ(first.deviation, 1);
  EXPECT_EQ(first.autocorrelation, -0.5);
  const SeriesSummary second = summarise(accuracy(1.2, 1.1, 1.3));
  EXPECT_GE(digits(second.mean, 1.2), 15);
  EXPECT_GE(digits(second.deviation, 0.1), 14);
  EXPECT_GE(digits(second.autocorrelation, -0.999), 14);
  const SeriesSummary third = summarise(accuracy(1000000.2, 1000000.1, 1000000.3));
  EXPECT_GE(digits(third.mean, 1000000.2), 15);
  EXPECT_GE(digits(third.deviation, 0.1), 9) << "as near as doubles are to the data";
  EXPECT_GE(digits(third.autocorrelation, -0.999), 11);
  const SeriesSummary fourth = summarise(accuracy(10000000.2, 10000000.1, 10000000.3));
  EXPECT_GE(digits(fourth.mean, 10000000.2), 15);
  EXPECT_GE(digits(fourth.deviation, 0.1), 8);
  EXPECT_GE(digits(fourth.autocorrelation, -0.999), 10);
}

TEST(Summary, OneValueAndEqualOnesHaveNoSpread) {
  const SeriesSummary one = summarise(std::vector<double>{3.5});
  EXPECT_EQ(one.mean, 3.5);
  EXPECT_EQ(one.deviation, 0);
  EXPECT_EQ(one.autocorrelation, 0);
  const SeriesSummary same = summarise(std::vector<double>(7, 0.1));
  EXPECT_EQ(same.mean, 0.1);
  EXPECT_EQ(same.deviation, 0);
  EXPECT_EQ(same.least, same.largest);
}

TEST(TwoWayAnova, ByHand) {
  // Two by two, two replicates: cell means 1, 3, 5, 11; within each ± 1.
  const std::vector<double> values{0, 2, 2, 4, 4, 6, 10, 12};
  const TwoWayAnova found = two_way_anova(values, 2, 2, 2);
  EXPECT_DOUBLE_EQ(found.first.sum_of_squares, 72);   // row means 2 and 8
  EXPECT_DOUBLE_EQ(found.second.sum_of_squares, 32);  // column means 3 and 7
  EXPECT_DOUBLE_EQ(found.together.sum_of_squares, 8);
  EXPECT_DOUBLE_EQ(found.residual.sum_of_squares, 8);
  EXPECT_DOUBLE_EQ(found.first.f, 36);
  EXPECT_DOUBLE_EQ(found.together.f, 4);
  EXPECT_NEAR(found.together.p_value, 0.1161, 0.0001);
  // Without replicates the interaction is what is left over.
  const TwoWayAnova single = two_way_anova(std::vector<double>{1, 3, 5, 11}, 2, 2, 1);
  EXPECT_DOUBLE_EQ(single.residual.sum_of_squares, 4);
  EXPECT_EQ(single.together.degrees, 0);
  EXPECT_DOUBLE_EQ(single.first.f, 9);
}

TEST(TwoWayAnova, PartsSumToTheWhole) {
  std::vector<double> values;
  double state = 0.3;
  for (int k = 0; k < 3 * 4 * 5; ++k) values.push_back(state = 3.9 * state * (1 - state));
  const TwoWayAnova found = two_way_anova(values, 3, 4, 5);
  const double total = std::pow(summarise(values).deviation, 2) * 59;
  EXPECT_NEAR(found.first.sum_of_squares + found.second.sum_of_squares + found.together.sum_of_squares +
                  found.residual.sum_of_squares,
              total, 1e-12);
}

TEST(AnovaBadInput, NothingOneGroupConstantsNaN) {
  const auto code = [](const std::vector<std::vector<double>>& groups) {
    try {
      static_cast<void>(one_way_anova(groups));
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::ok;
  };
  EXPECT_EQ(code({}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({{1, 2, 3}}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({{1, 2}, {}}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({{1}, {2}}), ErrorCode::invalid_argument) << "nothing left to judge by";
  EXPECT_EQ(code({{1, std::nan("")}, {2, std::numeric_limits<double>::infinity()}}), ErrorCode::invalid_value);
  const OneWayAnova constant = one_way_anova(std::vector<std::vector<double>>{{2, 2}, {2, 2}});
  EXPECT_TRUE(std::isnan(constant.between.f) && std::isnan(constant.between.p_value));
  EXPECT_EQ(constant.share_explained, 0);
  const OneWayAnova apart = one_way_anova(std::vector<std::vector<double>>{{1, 1}, {2, 2}});
  EXPECT_TRUE(std::isinf(apart.between.f));
  EXPECT_EQ(apart.between.p_value, 0);
  EXPECT_THROW(static_cast<void>(summarise({})), Error);
  EXPECT_THROW(static_cast<void>(two_way_anova(std::vector<double>(7, 1), 2, 2, 2)), Error);
  EXPECT_THROW(static_cast<void>(two_way_anova(std::vector<double>(4, 1), 1, 4, 1)), Error);
}

}  // namespace
}  // namespace chainqual::testing
