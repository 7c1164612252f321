// Every short text over an alphabet of digits and trouble, against a regular expression and the C library.
#include "chainqual/core/decimal.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>
#include <string>

namespace {

using chainqual::Decimal;
using chainqual::Rational;

TEST(Decimal, EveryTextUpToSixCharactersIsReadAsTheGrammarSays) {
  const std::string alphabet = "+-.059/e ";
  const std::regex decimal("[+-]?[0-9]+([.][0-9]+)?");
  const std::regex fraction("[+-]?[0-9]+/[+-]?[0-9]*[1-9][0-9]*");
  std::size_t read = 0;
  std::string text;
  const auto check = [&] {
    const bool is_decimal = std::regex_match(text, decimal);
    const auto value = Decimal::parse(text);
    ASSERT_EQ(value.has_value(), is_decimal) << text;
    // "5/09": the denominator may have zeros around a digit, but not be zero.
    const bool is_fraction = !is_decimal && std::regex_match(text, fraction);
    const auto rational = Rational::parse(text);
    ASSERT_EQ(rational.has_value(), is_decimal || is_fraction) << text;
    if (is_decimal) {
      ++read;
      ASSERT_EQ(*rational, value->to_rational()) << text;
      ASSERT_EQ(rational->to_double(), std::strtod(text.c_str(), nullptr)) << text;
    }
  };
  const auto visit = [&](auto&& self, std::size_t length) -> void {
    check();
    if (length == 0 || testing::Test::HasFatalFailure()) return;
    for (const char c : alphabet) {
      text.push_back(c);
      self(self, length - 1);
      text.pop_back();
    }
  };
  visit(visit, 6);
  EXPECT_EQ(read, 3708U);  // counted: signs · 3^digits · places for the point, over all lengths
}

TEST(Rational, EverySmallPairAddsMultipliesDividesAndComparesAsCrossMultiplicationSays) {
  constexpr int span = 12;
  // Values are compared through p q' = p' q, without reducing anything.
  const auto equal = [](const Rational& x, int p, int q) {
    return x.numerator() * q == static_cast<std::int64_t>(p) * x.denominator();
  };
  for (int a = -span; a <= span; ++a) {
    for (int b = 1; b <= span; ++b) {
      for (int c = -span; c <= span; ++c) {
        for (int d = 1; d <= span; ++d) {
          const Rational x(a, b);
          const Rational y(c, d);
          ASSERT_TRUE(equal(x + y, a * d + c * b, b * d));
          ASSERT_TRUE(equal(x - y, a * d - c * b, b * d));
          ASSERT_TRUE(equal(x * y, a * c, b * d));
          if (c != 0) {
            ASSERT_TRUE(equal(x / y, a * d, b * c));
          }
          ASSERT_EQ(x < y, a * d < c * b);
          ASSERT_EQ(x == y, a * d == c * b);
        }
      }
    }
  }
}

TEST(Rational, EveryThousandthRoundsToTenthsAsIntegerDivisionSays) {
  for (int thousandths = -6000; thousandths <= 6000; ++thousandths) {
    const Rational value(thousandths, 1000);
    const int tenths = (thousandths + 50 + 1000000) / 100 - 10000;  // shifted, so that division floors
    ASSERT_EQ(value.round_half_up(1), Rational(tenths, 10)) << thousandths;
    ASSERT_EQ(*Rational::parse(value.to_string(1)), Rational(tenths, 10)) << thousandths;
    ASSERT_EQ(*Rational::parse(value.to_string()), value) << thousandths;
  }
}

}  // namespace
