#include "chainqual/core/decimal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <string>

namespace {

using chainqual::Decimal;
using chainqual::Rational;

/// Small enough that no sum or product of three overflows.
Rational any_small() {
  return {*rc::gen::inRange<std::int64_t>(-1000, 1001), *rc::gen::inRange<std::int64_t>(1, 1001)};
}

Rational any_rational() {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  return {*rc::gen::inRange<std::int64_t>(-most, most), *rc::gen::inRange<std::int64_t>(1, most)};
}

RC_GTEST_PROP(Rational, AddsAndMultipliesAsAField, ()) {
  const Rational a = any_small();
  const Rational b = any_small();
  const Rational c = any_small();
  RC_ASSERT(a + b == b + a);
  RC_ASSERT((a + b) + c == a + (b + c));
  RC_ASSERT((a * b) * c == a * (b * c));
  RC_ASSERT(a * (b + c) == a * b + a * c);
  RC_ASSERT(a - a == 0);
  RC_ASSERT(-(-a) == a);
  if (b != 0) RC_ASSERT(a / b * b == a);
}

RC_GTEST_PROP(Rational, OrderAgreesWithSubtraction, ()) {
  const Rational a = any_small();
  const Rational b = any_small();
  RC_ASSERT((a < b) == (a - b < 0));
  RC_ASSERT((a <=> b) == (0 <=> (b <=> a)));
}

RC_GTEST_PROP(Rational, ItsTextReadsBackAsItself, ()) {
  const Rational a = *rc::gen::element(0, 1) == 0 ? any_rational() : Rational(any_small());
  const auto back = Rational::parse(a.to_string());
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == a);
}

RC_GTEST_PROP(Rational, RoundingMovesByAtMostHalfAUnitAndTwiceIsOnce, ()) {
  const Rational a = any_small();
  const int places = *rc::gen::inRange(0, 6);
  const Rational rounded = a.round_half_up(places);
  Rational unit = 1;
  for (int i = 0; i < places; ++i) unit /= 10;
  RC_ASSERT(rounded - a <= unit / 2);
  RC_ASSERT(a - rounded < unit / 2);
  RC_ASSERT((rounded / unit).is_integer());
  RC_ASSERT(rounded.round_half_up(places) == rounded);
}

RC_GTEST_PROP(Decimal, ItsTextReadsBackWithTheSameDigits, ()) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const Decimal a(*rc::gen::inRange<std::int64_t>(-most, most), *rc::gen::inRange(0, 19));
  const auto back = Decimal::parse(a.to_string());
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->coefficient() == a.coefficient());
  RC_ASSERT(back->scale() == a.scale());
  RC_ASSERT(a.normalized() == a);
  RC_ASSERT(a.to_rational() == a.normalized().to_rational());
}

RC_GTEST_PROP(Decimal, AnyBytesAreReadOrRefusedButNeverBoth, (const std::string& bytes)) {
  const auto decimal = Decimal::parse(bytes);
  const auto rational = Rational::parse(bytes);
  if (decimal) RC_ASSERT(rational.has_value());
  if (decimal) RC_ASSERT(*rational == decimal->to_rational());
}

}  // namespace
