#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

class Rational;

/// Integers; a truth value is none.
template <class I>
concept WholeNumber = std::integral<I> && !std::same_as<I, bool>;

/// A decimal number exactly as written: coefficient / 10^scale. It keeps the written scale ("3.50" stays "3.50"), while
/// == and <=> compare values, so 3.5 == 3.50. Invariants: 0 <= scale <= 18, |coefficient| <= 2^63 − 1.
class Decimal {
 public:
  static constexpr int max_scale = 18;

  constexpr Decimal() = default;
  /// @throws Error{overflow} scale outside 0…18 or coefficient −2^63.
  constexpr Decimal(std::int64_t coefficient, int scale);

  /// Reads an optional sign, digits, and optionally a point with digits behind it; ASCII only, nothing around it.
  /// No exponent, no grouping, no full-width digits, no bare point: ".5", "5." and "1e3" are not numbers here.
  /// Zeros at the end of the fraction that do not fit are dropped, since they carry no value.
  ///
  /// @param text  any bytes.
  /// @return none if the text is no such number or the number does not fit.
  /// @throws none.
  /// @complexity  O(text.size()).
  /// @numerics Exact.
  /// @threads  Pure.
  /// @source  Definition, no paper.
  /// @since 0.1, experimental.
  [[nodiscard]] static constexpr std::optional<Decimal> parse(std::string_view text) noexcept;

  /// As parse. @throws Error{invalid_value} not a number; Error{overflow} a number that does not fit.
  [[nodiscard]] static constexpr Decimal from_string(std::string_view text);

  [[nodiscard]] constexpr std::int64_t coefficient() const noexcept { return coefficient_; }
  [[nodiscard]] constexpr int scale() const noexcept { return scale_; }
  /// The same value with the smallest scale: 3.50 → 3.5, 0.00 → 0.
  [[nodiscard]] constexpr Decimal normalized() const noexcept;
  [[nodiscard]] constexpr Rational to_rational() const noexcept;
  /// Digits with exactly scale() decimals; never "-0".
  [[nodiscard]] std::string to_string() const;

  friend constexpr bool operator==(const Decimal& a, const Decimal& b) noexcept;
  friend constexpr std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) noexcept;

 private:
  std::int64_t coefficient_ = 0;
  int scale_ = 0;
};

/// An exact fraction, always reduced, denominator > 0, |numerator| <= 2^63 − 1. Intermediates have 128 bits, so an
/// operation fails only if its reduced result does not fit; comparisons never fail. Any integer converts implicitly, no
/// floating-point number does.
class Rational {
 public:
  constexpr Rational() = default;
  /// @throws Error{overflow} an unsigned number beyond 2^63 − 1, or −2^63.
  template <WholeNumber I>
  constexpr Rational(I whole);  // NOLINT(google-explicit-constructor): whole numbers are rationals
  template <std::floating_point F>
  Rational(F) = delete;
  /// @throws Error{invalid_value} denominator 0; Error{overflow} the reduced fraction does not fit.
  constexpr Rational(std::int64_t numerator, std::int64_t denominator);
  constexpr Rational(const Decimal& value) noexcept;  // NOLINT(google-explicit-constructor): decimals are rationals

  /// Reads what Decimal reads ("3.67", "-1.5") with up to 18 decimals, or two integers with a slash ("11/3", "-1/2").
  ///
  /// @param text  any bytes.
  /// @return none if the text is neither, the denominator is 0, or the reduced value does not fit.
  /// @throws none.
  /// @complexity  O(text.size()).
  /// @numerics Exact: parse(r.to_string()) == r for every r.
  /// @threads  Pure.
  /// @source  Definition, no paper.
  /// @since 0.1, experimental.
  [[nodiscard]] static constexpr std::optional<Rational> parse(std::string_view text) noexcept;

  /// As parse. @throws Error{invalid_value} not a number; Error{overflow} a number that does not fit.
  [[nodiscard]] static constexpr Rational from_string(std::string_view text);

  [[nodiscard]] constexpr std::int64_t numerator() const noexcept { return numerator_; }
  [[nodiscard]] constexpr std::int64_t denominator() const noexcept { return denominator_; }
  [[nodiscard]] constexpr bool is_integer() const noexcept { return denominator_ == 1; }

  /// Rounds to a multiple of 10^−places, a tie towards +infinity: floor(x · 10^places + 1/2) / 10^places.
  /// So 2.45 → 2.5 and −2.45 → −2.4; scores and totals are positive, where this is everyday rounding half up.
  ///
  /// @param places  0…18.
  /// @throws Error{invalid_argument} places outside 0…18. Error{overflow} the rounded value does not fit.
  /// @complexity  O(1).
  /// @numerics Exact in 128 bits; the one rounding is the one asked for.
  /// @threads  Pure.
  /// @source  Definition, no paper.
  /// @since 0.1, experimental.
  [[nodiscard]] constexpr Rational round_half_up(int places) const;

  /// The nearest double, ties to even: correctly rounded for every Rational.
  [[nodiscard]] constexpr double to_double() const noexcept;

  /// The exact decimal if it ends within 18 places ("3.67"), else the fraction ("11/3").
  [[nodiscard]] std::string to_string() const;
  /// Rounded as round_half_up and written with exactly `places` decimals, 0…18; never "-0.0". Cannot overflow.
  /// @throws Error{invalid_argument} places outside 0…18.
  [[nodiscard]] std::string to_string(int places) const;

  constexpr Rational operator-() const noexcept;
  constexpr Rational operator+() const noexcept { return *this; }
  /// @throws Error{overflow} the reduced result does not fit (all four). `/` by zero: Error{invalid_value}.
  friend constexpr Rational operator+(const Rational& a, const Rational& b);
  friend constexpr Rational operator-(const Rational& a, const Rational& b);
  friend constexpr Rational operator*(const Rational& a, const Rational& b);
  friend constexpr Rational operator/(const Rational& a, const Rational& b);
  constexpr Rational& operator+=(const Rational& other) { return *this = *this + other; }
  constexpr Rational& operator-=(const Rational& other) { return *this = *this - other; }
  constexpr Rational& operator*=(const Rational& other) { return *this = *this * other; }
  constexpr Rational& operator/=(const Rational& other) { return *this = *this / other; }

  friend constexpr bool operator==(const Rational&, const Rational&) noexcept = default;
  friend constexpr std::strong_ordering operator<=>(const Rational& a, const Rational& b) noexcept;

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

}  // namespace v1
}  // namespace chainqual

#include "chainqual/core/decimal-inl.hpp"
