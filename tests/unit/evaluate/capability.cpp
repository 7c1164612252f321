#include "chainqual/evaluate/capability.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace chainqual::testing {
namespace {

TEST(Capability, PublishedIntervalOfCp) {
  // Montgomery, Introduction to Statistical Quality Control, section 8.3: n = 20, s = 1.75, limits 38 and 62 give
  // Cp 2.29 and, at 95 %, 1.57 … 3.01 (worked out from the rounded 2.29: a unit of the last digit).
  const CapabilityIndices found = capability_indices(50, 1.75, 19, 20, {38, 62});
  EXPECT_NEAR(found.potential->value, 2.29, 0.005);
  EXPECT_NEAR(found.potential->from, 1.57, 0.01);
  EXPECT_NEAR(found.potential->to, 3.01, 0.01);
}

TEST(Capability, NistHandbookExample) {
  // NIST/SEMATECH e-Handbook, 6.1.6: limits 8 and 20, mean 16, deviation 2: Cp 1.0, Cpk 0.6667.
  const CapabilityIndices found = capability_indices(16, 2, 99, 100, {8, 20});
  EXPECT_DOUBLE_EQ(found.potential->value, 1);
  EXPECT_NEAR(found.actual.value, 0.6667, 0.0001);
  EXPECT_NEAR(found.actual.to - found.actual.value, 1.959964 * std::sqrt(1 / 900.0 + (4 / 9.0) / 198), 1e-6);
  EXPECT_NEAR(found.expected_above, 0.022750, 1e-6) << "two sigma";
  EXPECT_NEAR(found.expected_below, 3.1671e-5, 1e-9) << "four sigma";
}

TEST(Capability, WithinIsPooledAndOverallCountsAll) {
  const std::vector<std::vector<double>> samples{{9, 11}, {13, 15}, {10, 14}};
  const Capability found = capability(samples, {6, 18});
  EXPECT_EQ(found.count, 6U);
  EXPECT_EQ(found.mean, 12);
  EXPECT_NEAR(found.within.sigma, std::sqrt((2 + 2 + 8) / 3.0), 1e-14);
  EXPECT_EQ(found.within.degrees, 3);
  EXPECT_NEAR(found.overall.sigma, std::sqrt((9 + 1 + 1 + 9 + 4 + 4) / 5.0), 1e-14);
  EXPECT_NEAR(found.within.potential->value, 1, 1e-14);
  EXPECT_NEAR(found.within.actual.value, 1, 1e-14) << "centred";
  EXPECT_EQ(found.seen_outside, 0);
  EXPECT_EQ(capability(samples, {10, 14}).seen_outside, 2 / 6.0) << "a value on a limit is within";
}

TEST(Capability, OneLimitHasNoPotential) {
  const Capability found = capability(std::vector<double>{1, 2, 1, 2, 1, 2}, {{}, 3});
  EXPECT_FALSE(found.within.potential.has_value());
  EXPECT_GT(found.within.actual.value, 0);
  EXPECT_EQ(found.within.expected_below, 0);
}

TEST(Capability, MovingRangesHaveFewerDegreesThanValues) {
  std::vector<double> values;
  double state = 0.3;
  for (int k = 0; k < 1001; ++k) values.push_back(state = 3.9 * state * (1 - state));
  // In the limit d2² / (2 (2 − 4/π + 2c)) = 0.605 of the moving ranges.
  EXPECT_NEAR(capability(values, {0, 1}).within.degrees / 1000, 0.605, 0.001);
}

TEST(Capability, ConstantsAreInfinitelyCapableWithinAndNotOutside) {
  const double infinite = std::numeric_limits<double>::infinity();
  const Capability inside = capability(std::vector<double>(5, 2), {1, 3});
  EXPECT_EQ(inside.within.potential->value, infinite);
  EXPECT_EQ(inside.within.actual.from, infinite);
  EXPECT_EQ(inside.overall.expected_above, 0);
  EXPECT_EQ(capability(std::vector<double>(5, 4), {1, 3}).within.actual.value, -infinite);
  EXPECT_EQ(capability(std::vector<double>(5, 4), {1, 3}).within.expected_above, 1);
  EXPECT_EQ(capability(std::vector<double>(5, 3), {1, 3}).within.actual.value, 0);
}

TEST(CapabilityBadInput, LimitsConfidenceValues) {
  const auto code = [](const std::vector<double>& values, const SpecificationLimits& limits, double confidence = 0.95) {
    try {
      static_cast<void>(capability(values, limits, confidence));
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::ok;
  };
  EXPECT_EQ(code({1, 2, 3}, {}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({1, 2, 3}, {3, 1}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({1, 2, 3}, {1, std::nan("")}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({1, 2, 3}, {1, 3}, 1), ErrorCode::invalid_argument);
  EXPECT_EQ(code({}, {1, 3}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({1, 2}, {1, 3}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({1, 2, std::nan("")}, {1, 3}), ErrorCode::invalid_value);
  EXPECT_THROW(static_cast<void>(capability(std::vector<std::vector<double>>{{1}}, {1, 3})), Error);
  EXPECT_THROW(static_cast<void>(capability_indices(0, -1, 5, 6, {1, 3})), Error);
  EXPECT_THROW(static_cast<void>(capability_indices(0, 1, 0, 6, {1, 3})), Error);
}

}  // namespace
}  // namespace chainqual::testing
