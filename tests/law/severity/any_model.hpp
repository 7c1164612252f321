// Random models and scores for the laws of severity.
#pragma once

#include <rapidcheck.h>

#include "chainqual/severity/severity_model.hpp"

namespace law {

/// Any weights of whole numbers over a common denominator up to 1000, any thresholds in hundredths, either rounding.
inline chainqual::SeverityModel any_model() {
  using chainqual::Rational;
  const int whole = *rc::gen::element(1, 3, 10, 100, 100, 997, 1000);
  const int a = *rc::gen::inRange(0, whole + 1);
  const int b = *rc::gen::inRange(0, whole - a + 1);
  const int important = *rc::gen::inRange(100, 500);
  const int critical = *rc::gen::inRange(important + 1, 501);
  return chainqual::SeverityModel({Rational(a, whole), Rational(b, whole), Rational(whole - a - b, whole)},
                                  {Rational(critical, 100), Rational(important, 100)},
                                  *rc::gen::element(chainqual::Rounding::exact, chainqual::Rounding::tenth));
}

/// Any score in hundredths.
inline chainqual::Score any_score() {
  const auto part = [] { return chainqual::Rational(*rc::gen::inRange(100, 501), 100); };
  return {part(), part(), part()};
}

}  // namespace law
