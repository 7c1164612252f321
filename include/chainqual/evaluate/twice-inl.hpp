#pragma once

// Sums and products in twice the precision of double, about 31 digits: an unevaluated sum high + low of two doubles.
// Products use fused multiply-add by name, so that no compiler's contraction changes them.

#include <cmath>

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

struct Twice {
  double high = 0;
  double low = 0;

  Twice() = default;
  explicit constexpr Twice(double value) : high(value) {}
  constexpr Twice(double h, double l) : high(h), low(l) {}

  [[nodiscard]] constexpr double value() const noexcept { return high + low; }
};

/// a + b exactly (Knuth 1969).
inline Twice exact_sum(double a, double b) noexcept {
  const double sum = a + b;
  const double of_b = sum - a;
  return {sum, (a - (sum - of_b)) + (b - of_b)};
}

/// a · b exactly.
inline Twice exact_product(double a, double b) noexcept {
  const double product = a * b;
  return {product, std::fma(a, b, -product)};
}

inline Twice operator+(Twice a, Twice b) noexcept {
  Twice sum = exact_sum(a.high, b.high);
  const Twice rest = exact_sum(a.low, b.low);
  sum = exact_sum(sum.high, sum.low + rest.high);
  return exact_sum(sum.high, sum.low + rest.low);
}
inline Twice operator-(Twice a) noexcept {
  return {-a.high, -a.low};
}
inline Twice operator-(Twice a, Twice b) noexcept {
  return a + -b;
}
inline Twice operator*(Twice a, Twice b) noexcept {
  const Twice product = exact_product(a.high, b.high);
  return exact_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}
inline Twice operator/(Twice a, Twice b) noexcept {
  const Twice first(a.high / b.high);
  const Twice rest = a - first * b;
  const Twice second((rest.high + rest.low) / b.high);
  return first + second;
}

}  // namespace evaluate_detail
}  // namespace v1
}  // namespace chainqual
