#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "chainqual/core/decimal.hpp"

namespace rational_test {
namespace {

using chainqual::Error;
using chainqual::ErrorCode;
using chainqual::Rational;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

template <class Body>
ErrorCode code_of(Body body) {
  try {
    body();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::ok;
}

TEST(Rational, ComputesWhileCompiling) {
  static_assert(Rational(1, 3) + Rational(1, 6) == Rational(1, 2));
  static_assert(Rational(2, 5) * 4 + Rational(3, 10) * 4 + Rational(3, 10) * 4 == 4);
  static_assert(Rational(79, 20).round_half_up(1) == 4);
  static_assert(Rational(1, 3) < Rational(34, 100));
  static_assert(Rational(1, 4).to_double() == 0.25);
}

TEST(Rational, IsAlwaysReducedWithPositiveDenominator) {
  const Rational value(-6, -4);
  EXPECT_EQ(value.numerator(), 3);
  EXPECT_EQ(value.denominator(), 2);
  EXPECT_EQ(Rational(6, -4).numerator(), -3);
  EXPECT_EQ(Rational(0, -7), Rational());
  EXPECT_EQ(Rational(0, -7).denominator(), 1);
  EXPECT_TRUE(Rational(8, 4).is_integer());
  EXPECT_FALSE(Rational(8, 3).is_integer());
}

TEST(Rational, AddsExactlyWhereDoublesDoNot) {
  EXPECT_EQ(Rational(1, 10) + Rational(2, 10), Rational(3, 10));
  Rational total = 0;
  for (int i = 0; i < 30; ++i) total += Rational(1, 30);
  EXPECT_EQ(total, 1);
  total -= Rational(1, 7);
  total *= 7;
  total /= -3;
  EXPECT_EQ(total, -2);
}

TEST(Rational, AnythingThatDoesNotFitIsAnOverflow) {
  EXPECT_EQ(code_of([] { static_cast<void>(Rational(most) + 1); }), ErrorCode::overflow);
  EXPECT_EQ(code_of([] { static_cast<void>(Rational(-most) - 1); }), ErrorCode::overflow);
  EXPECT_EQ(code_of([] { static_cast<void>(Rational(most) * 2); }), ErrorCode::overflow);
  EXPECT_EQ(code_of([] { static_cast<void>(Rational(1, most) / 2); }), ErrorCode::overflow);
  EXPECT_EQ(code_of([] { static_cast<void>(Rational(1, most) + Rational(1, most - 1)); }), ErrorCode::overflow);
  EXPECT_EQ(code_of([] { static_cast<void>(Rational(std::numeric_limits<std::int64_t>::min())); }),
            ErrorCode::overflow);
  EXPECT_EQ(code_of([] { static_cast<void>(Rational(std::numeric_limits<std::uint64_t>::max())); }),
            ErrorCode::overflow);
  EXPECT_EQ(code_of([] { static_cast<void>(Rational(1, std::numeric_limits<std::int64_t>::min())); }),
            ErrorCode::overflow);
}

TEST(Rational, IntermediatesMayPass64BitsWhenTheResultFits) {
  EXPECT_EQ(Rational(most, 3) * Rational(3, most), 1);
  EXPECT_EQ(Rational(most) / Rational(most), 1);
  EXPECT_EQ(Rational(1, most) + Rational(most - 1, most), 1);
  EXPECT_EQ(Rational(most) - Rational(most), 0);
  EXPECT_EQ(Rational(std::numeric_limits<std::int64_t>::min(), 2).numerator(), -(std::int64_t{1} << 62));
}

TEST(Rational, DivisionByZeroIsAnInvalidValue) {
  EXPECT_EQ(code_of([] { static_cast<void>(Rational(1, 0)); }), ErrorCode::invalid_value);
  EXPECT_EQ(code_of([] { static_cast<void>(Rational(1) / Rational(0)); }), ErrorCode::invalid_value);
}

TEST(Rational, ComparesWithoutOverflow) {
  EXPECT_LT(Rational(most - 1, most), Rational(1));
  EXPECT_LT(Rational(most - 2, most - 1), Rational(most - 1, most));
  EXPECT_LT(Rational(-most, 1), Rational(-most, 2));
  EXPECT_GT(Rational(1, most - 1), Rational(1, most));
}

TEST(Rational, ReadsDecimalsAndFractions) {
  EXPECT_EQ(*Rational::parse("3.67"), Rational(367, 100));
  EXPECT_EQ(*Rational::parse("-1.5"), Rational(-3, 2));
  EXPECT_EQ(*Rational::parse("11/3"), Rational(11, 3));
  EXPECT_EQ(*Rational::parse("-22/-6"), Rational(11, 3));
  EXPECT_EQ(*Rational::parse("0/5"), 0);
  EXPECT_EQ(*Rational::parse("18446744073709551614/2"), Rational(most));
  for (const char* text : {"", "/", "1/", "/2", "1/0", "1.5/2", "1/2.0", "1/2/3", "1 /2", "1／2", "1e2", ".5"}) {
    EXPECT_FALSE(Rational::parse(text).has_value()) << text;
    EXPECT_EQ(code_of([&] { static_cast<void>(Rational::from_string(text)); }), ErrorCode::invalid_value) << text;
  }
  EXPECT_EQ(code_of([] { static_cast<void>(Rational::from_string("9223372036854775808")); }), ErrorCode::overflow);
  EXPECT_EQ(code_of([] { static_cast<void>(Rational::from_string("1/99999999999999999999")); }), ErrorCode::overflow);
}

TEST(Rational, WritesTheExactDecimalOrElseTheFraction) {
  EXPECT_EQ(Rational(11, 3).to_string(), "11/3");
  EXPECT_EQ(Rational(-11, 3).to_string(), "-11/3");
  EXPECT_EQ(Rational(79, 20).to_string(), "3.95");
  EXPECT_EQ(Rational(-1, 8).to_string(), "-0.125");
  EXPECT_EQ(Rational(4).to_string(), "4");
  EXPECT_EQ(Rational(1, std::int64_t{1} << 18).to_string(), "0.000003814697265625");
  EXPECT_EQ(Rational(1, std::int64_t{1} << 19).to_string(), "1/524288");
  EXPECT_EQ(Rational(most, 2).to_string(), "4611686018427387903.5");
}

TEST(Rational, RoundsHalvesTowardsPlusInfinity) {
  EXPECT_EQ(Rational(245, 100).round_half_up(1), Rational(25, 10));
  EXPECT_EQ(Rational(-245, 100).round_half_up(1), Rational(-24, 10));
  EXPECT_EQ(Rational(-251, 100).round_half_up(1), Rational(-25, 10));
  EXPECT_EQ(Rational(1, 2).round_half_up(0), 1);
  EXPECT_EQ(Rational(-1, 2).round_half_up(0), 0);
  EXPECT_EQ(Rational(4499, 1000).round_half_up(1), Rational(45, 10));
  EXPECT_EQ(Rational(2, 3).round_half_up(18), Rational(666666666666666667, 1000000000000000000));
  EXPECT_EQ(Rational(most).round_half_up(18), Rational(most));
}

TEST(Rational, WritesTheAskedNumberOfDecimals) {
  EXPECT_EQ(Rational(79, 20).to_string(1), "4.0");
  EXPECT_EQ(Rational(11, 3).to_string(2), "3.67");
  EXPECT_EQ(Rational(-1, 3).to_string(0), "0");
  EXPECT_EQ(Rational(-1, 25).to_string(1), "0.0");
  EXPECT_EQ(Rational(-1, 2).to_string(1), "-0.5");
  EXPECT_EQ(Rational(most).to_string(18), "9223372036854775807.000000000000000000");
  EXPECT_EQ(code_of([] { static_cast<void>(Rational(1).to_string(19)); }), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of([] { static_cast<void>(Rational(1).round_half_up(-1)); }), ErrorCode::invalid_argument);
}

TEST(Rational, BecomesTheNearestDouble) {
  EXPECT_EQ(Rational(1, 3).to_double(), 1.0 / 3.0);
  EXPECT_EQ(Rational(79, 20).to_double(), 3.95);
  EXPECT_EQ(Rational(0).to_double(), 0.0);
  // Above 2^53 a quotient of rounded parts would be rounded twice.
  EXPECT_EQ(Rational((std::int64_t{1} << 53) + 1).to_double(), 0x1p53);
  EXPECT_EQ(Rational((std::int64_t{1} << 53) + 3).to_double(), 0x1p53 + 4);
  EXPECT_EQ(Rational(-most).to_double(), -0x1p63);
  EXPECT_EQ(Rational(1, most).to_double(), 0x1p-63);
}

}  // namespace
}  // namespace rational_test
