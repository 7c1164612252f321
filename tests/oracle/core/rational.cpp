// Rational against Boost.Multiprecision's unbounded fractions, which share no code with it.
#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <limits>
#include <optional>
#include <random>

#include "chainqual/core/decimal.hpp"

namespace {

using chainqual::Decimal;
using chainqual::Error;
using chainqual::ErrorCode;
using chainqual::Rational;
using Big = boost::multiprecision::cpp_int;
using BigFraction = boost::multiprecision::cpp_rational;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

/// Magnitudes of every size, with many at the edges and many with common factors.
class Numbers {
 public:
  explicit Numbers(unsigned seed) : engine_(seed) {}
  std::int64_t magnitude() {
    const auto bits = std::uniform_int_distribution<int>(0, 62)(engine_);
    const std::int64_t below = std::int64_t{1} << bits;
    switch (std::uniform_int_distribution<int>(0, 5)(engine_)) {
      case 0:
        return most - std::uniform_int_distribution<std::int64_t>(0, 3)(engine_);
      case 1:
        return below;
      case 2:
        return std::uniform_int_distribution<std::int64_t>(0, 99)(engine_) * 720720;
      default:
        return std::uniform_int_distribution<std::int64_t>(0, below - 1 + below)(engine_);
    }
  }
  Rational rational() {
    const std::int64_t numerator = magnitude();
    return {(engine_() & 1U) != 0 ? -numerator : numerator, std::max<std::int64_t>(1, magnitude())};
  }

 private:
  std::mt19937_64 engine_;
};

BigFraction big(const Rational& value) {
  return {Big(value.numerator()), Big(value.denominator())};
}

bool fits(const BigFraction& value) {
  return abs(boost::multiprecision::numerator(value)) <= most && boost::multiprecision::denominator(value) <= most;
}

template <class Body>
std::optional<Rational> attempt(Body body) {
  try {
    return body();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::overflow);
    return std::nullopt;
  }
}

testing::AssertionResult same(const std::optional<Rational>& got, const BigFraction& exact) {
  if (got.has_value() != fits(exact)) return testing::AssertionFailure() << exact << " fits: " << fits(exact);
  if (got && big(*got) != exact) return testing::AssertionFailure() << got->to_string() << " for " << exact;
  return testing::AssertionSuccess();
}

/// Digits with a sign and leading zeros, which cpp_int's own reader takes for octal.
Big big_of_digits(const std::string& text) {
  Big value = 0;
  for (const char c : text) {
    if (c != '-') value = value * 10 + (c - '0');
  }
  return text.front() == '-' ? Big(-value) : value;
}

TEST(Rational, EqualsUnboundedFractionsOrOverflowsExactlyWhenTheyDoNotFit) {
  Numbers numbers(20250101);
  int overflows = 0;
  for (int i = 0; i < 40000; ++i) {
    const Rational x = numbers.rational();
    const Rational y = numbers.rational();
    ASSERT_TRUE(same(attempt([&] { return x + y; }), big(x) + big(y)));
    ASSERT_TRUE(same(attempt([&] { return x - y; }), big(x) - big(y)));
    ASSERT_TRUE(same(attempt([&] { return x * y; }), big(x) * big(y)));
    if (y != 0) {
      ASSERT_TRUE(same(attempt([&] { return x / y; }), big(x) / big(y)));
    }
    ASSERT_EQ(x < y, big(x) < big(y));
    ASSERT_EQ(x == y, big(x) == big(y));
    overflows += fits(big(x) + big(y)) ? 0 : 1;
  }
  EXPECT_GT(overflows, 1000);  // both outcomes were really met
  EXPECT_LT(overflows, 39000);
}

TEST(Rational, RoundsAsUnboundedFloorDoes) {
  Numbers numbers(20250102);
  for (int i = 0; i < 40000; ++i) {
    const Rational x = numbers.rational();
    const int places = i % 19;
    const Big power = pow(Big(10), static_cast<unsigned>(places));
    const BigFraction shifted = big(x) * power + BigFraction(1, 2);
    Big floored = boost::multiprecision::numerator(shifted) / boost::multiprecision::denominator(shifted);
    if (shifted < 0 &&
        floored * boost::multiprecision::denominator(shifted) != boost::multiprecision::numerator(shifted)) {
      --floored;
    }
    ASSERT_TRUE(same(attempt([&] { return x.round_half_up(places); }), BigFraction(floored, power)));
    // The text is the same number even where the Rational would overflow.
    std::string digits = x.to_string(places);
    std::erase(digits, '.');
    ASSERT_EQ(big_of_digits(digits), floored) << x.to_string();
  }
}

TEST(Rational, ToDoubleIsTheNearestDoubleTiesToEven) {
  Numbers numbers(20250103);
  for (int i = 0; i < 40000; ++i) {
    const Rational x = numbers.rational();
    const double got = x.to_double();
    const BigFraction exact = big(x);
    const BigFraction error = abs(BigFraction(got) - exact);
    for (const double toward : {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()}) {
      const double next = std::nextafter(got, toward);
      const BigFraction other = abs(BigFraction(next) - exact);
      ASSERT_LE(error, other) << x.to_string();
      if (error == other && error != 0) {
        int exponent = 0;
        const auto significand = static_cast<std::int64_t>(std::ldexp(std::frexp(got, &exponent), 53));
        ASSERT_EQ(significand % 2, 0) << x.to_string();
      }
    }
  }
}

TEST(Decimal, ComparesAsUnboundedFractionsDo) {
  Numbers numbers(20250104);
  for (int i = 0; i < 40000; ++i) {
    const Decimal x(numbers.magnitude(), i % 19);
    const Decimal y(i % 3 == 0 ? x.normalized().coefficient() : numbers.magnitude(),
                    i % 3 == 0 ? x.normalized().scale() : (i / 19) % 19);
    const BigFraction a(Big(x.coefficient()), pow(Big(10), static_cast<unsigned>(x.scale())));
    const BigFraction b(Big(y.coefficient()), pow(Big(10), static_cast<unsigned>(y.scale())));
    ASSERT_EQ(x < y, a < b);
    ASSERT_EQ(x == y, a == b);
    ASSERT_EQ(big(x.to_rational()), a);
  }
}

}  // namespace
