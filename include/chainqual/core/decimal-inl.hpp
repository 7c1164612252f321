#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <utility>

#include "chainqual/core/decimal.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

inline constexpr std::int64_t int64_most = std::numeric_limits<std::int64_t>::max();

inline constexpr auto powers_of_ten = [] {
  std::array<std::int64_t, 19> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

constexpr std::int64_t power_of_ten(int exponent) noexcept {
  return powers_of_ten[static_cast<std::size_t>(exponent)];
}

constexpr uint128 magnitude(int128 value) noexcept {
  return value < 0 ? uint128{0} - static_cast<uint128>(value) : static_cast<uint128>(value);
}

constexpr uint128 gcd128(uint128 a, uint128 b) noexcept {
  while (b != 0) {
    if ((a >> 64) == 0 && (b >> 64) == 0) {  // 64-bit division is several times faster
      auto x = static_cast<std::uint64_t>(a);
      auto y = static_cast<std::uint64_t>(b);
      while (y != 0) x = std::exchange(y, x % y);
      return x;
    }
    a = std::exchange(b, a % b);
  }
  return a;
}

enum class NumberStatus { good, not_a_number, too_large };

/// A number in writing: sign, all digits as one integer, and how many of them stand behind the point.
struct WrittenNumber {
  NumberStatus status = NumberStatus::not_a_number;
  bool negative = false;
  uint128 digits = 0;
  int scale = 0;
};

/// Digits that would pass 37 (all that 19 + 18 places need) are too large, zeros at the fraction's end aside.
constexpr WrittenNumber read_number(std::string_view text, bool allow_fraction) noexcept {
  WrittenNumber number;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    number.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const auto point = allow_fraction ? text.find('.') : std::string_view::npos;
  const std::string_view whole = text.substr(0, point);
  std::string_view fraction = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && fraction.empty())) return number;
  const auto all_digits = [](std::string_view part) {
    for (const char c : part) {
      if (c < '0' || c > '9') return false;
    }
    return true;
  };
  if (!all_digits(whole) || !all_digits(fraction)) return number;
  while (fraction.size() > Decimal::max_scale && fraction.back() == '0') fraction.remove_suffix(1);
  number.status = NumberStatus::too_large;
  if (fraction.size() > Decimal::max_scale) return number;
  for (const std::string_view part : {whole, fraction}) {
    for (const char c : part) {
      if (number.digits >= static_cast<uint128>(power_of_ten(18)) * static_cast<uint128>(power_of_ten(18)) * 10U) {
        return number;
      }
      number.digits = number.digits * 10U + static_cast<unsigned>(c - '0');
    }
  }
  number.scale = static_cast<int>(fraction.size());
  number.status = NumberStatus::good;
  return number;
}

/// A decimal with its status; drops zeros of the fraction that the coefficient has no room for.
constexpr std::pair<NumberStatus, Decimal> read_decimal(std::string_view text) noexcept {
  WrittenNumber number = read_number(text, true);
  if (number.status != NumberStatus::good) return {number.status, {}};
  while (number.digits > static_cast<uint128>(int64_most) && number.scale > 0 && number.digits % 10U == 0) {
    number.digits /= 10U;
    --number.scale;
  }
  if (number.digits > static_cast<uint128>(int64_most)) return {NumberStatus::too_large, {}};
  const auto coefficient = static_cast<std::int64_t>(number.digits);
  return {NumberStatus::good, Decimal(number.negative ? -coefficient : coefficient, number.scale)};
}

/// numerator / denominator reduced, if it fits; denominator > 0.
constexpr std::optional<std::pair<std::int64_t, std::int64_t>> reduced(int128 numerator, int128 denominator) noexcept {
  const uint128 top = magnitude(numerator);
  const auto bottom = static_cast<uint128>(denominator);
  const uint128 divisor = gcd128(top, bottom);
  const uint128 small_top = top / divisor;
  const uint128 small_bottom = bottom / divisor;
  if (small_top > static_cast<uint128>(int64_most) || small_bottom > static_cast<uint128>(int64_most)) return {};
  const auto result = static_cast<std::int64_t>(small_top);
  return std::pair{numerator < 0 ? -result : result, static_cast<std::int64_t>(small_bottom)};
}

[[noreturn]] inline void throw_rational_overflow() {
  throw Error(ErrorCode::overflow, {"精确分数的分子或分母超出 64 位整数范围；请减少小数位数或项数。",
                                    "The exact fraction's numerator or denominator leaves 64 bits; use fewer decimals "
                                    "or fewer terms."});
}

[[noreturn]] inline void throw_division_by_zero() {
  throw Error(ErrorCode::invalid_value,
              {"分母为零；请给出非零的分母。", "The denominator is zero; give one that is not zero."});
}

[[noreturn]] inline void throw_bad_places() {
  throw Error(ErrorCode::invalid_argument,
              {"小数位数必须在 0 到 18 之间。", "The number of decimals must lie between 0 and 18."});
}

[[noreturn]] inline void throw_bad_number(std::string_view text, NumberStatus status) {
  const std::string shown = shown_value(text);
  if (status == NumberStatus::too_large) {
    throw Error(
        ErrorCode::overflow,
        {"数值 «" + shown + "» 超出精确表示的范围（至多 18 位小数、约 18 位有效数字）；请减少位数。",
         "The number «" + shown +
             "» leaves the exact range (at most 18 decimals and about 18 significant digits); use fewer digits."});
  }
  throw Error(ErrorCode::invalid_value,
              {"«" + shown + "» 不是十进制数；请写成 3、-1.5 或 4.25 这样的半角数字。",
               "«" + shown + "» is not a decimal number; write it like 3, -1.5 or 4.25 in plain digits."});
}

/// Digits of value / 10^places with exactly `places` decimals.
inline std::string fixed_digits(int128 value, int places) {
  uint128 rest = magnitude(value);
  std::string out;
  for (int i = 0; rest != 0 || i <= places; ++i) {
    if (i == places && places != 0) out.push_back('.');
    out.push_back(static_cast<char>('0' + static_cast<int>(rest % 10U)));
    rest /= 10U;
  }
  if (value < 0) out.push_back('-');
  return {out.rbegin(), out.rend()};
}

constexpr int128 floor_divide(int128 numerator, int128 denominator) noexcept {
  const int128 quotient = numerator / denominator;
  return quotient * denominator > numerator ? quotient - 1 : quotient;
}

/// floor(x · 10^places + 1/2); |x| < 2^63 and 10^18 < 2^60 leave room in 128 bits.
constexpr int128 scaled_half_up(const Rational& value, int places) noexcept {
  const int128 twice = static_cast<int128>(value.numerator()) * power_of_ten(places) * 2;
  return floor_divide(twice + value.denominator(), static_cast<int128>(value.denominator()) * 2);
}

}  // namespace detail

constexpr Decimal::Decimal(std::int64_t coefficient, int scale) : coefficient_(coefficient), scale_(scale) {
  if (scale < 0 || scale > max_scale || coefficient < -detail::int64_most) detail::throw_rational_overflow();
}

constexpr std::optional<Decimal> Decimal::parse(std::string_view text) noexcept {
  const auto [status, value] = detail::read_decimal(text);
  if (status != detail::NumberStatus::good) return std::nullopt;
  return value;
}

constexpr Decimal Decimal::from_string(std::string_view text) {
  const auto [status, value] = detail::read_decimal(text);
  if (status != detail::NumberStatus::good) detail::throw_bad_number(text, status);
  return value;
}

constexpr Decimal Decimal::normalized() const noexcept {
  Decimal result = *this;
  while (result.scale_ > 0 && result.coefficient_ % 10 == 0) {
    result.coefficient_ /= 10;
    --result.scale_;
  }
  return result;
}

constexpr Rational Decimal::to_rational() const noexcept {
  return Rational(*this);
}

inline std::string Decimal::to_string() const {
  return detail::fixed_digits(coefficient_, scale_);
}

constexpr std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) noexcept {
  const auto left = static_cast<detail::int128>(a.coefficient_) * detail::power_of_ten(b.scale_);
  const auto right = static_cast<detail::int128>(b.coefficient_) * detail::power_of_ten(a.scale_);
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

constexpr bool operator==(const Decimal& a, const Decimal& b) noexcept {
  return std::is_eq(a <=> b);
}

template <WholeNumber I>
constexpr Rational::Rational(I whole) : numerator_(static_cast<std::int64_t>(whole)) {
  if (!std::in_range<std::int64_t>(whole) || numerator_ < -detail::int64_most) detail::throw_rational_overflow();
}

constexpr Rational::Rational(std::int64_t numerator, std::int64_t denominator) {
  if (denominator == 0) detail::throw_division_by_zero();
  const detail::int128 sign = denominator < 0 ? -1 : 1;
  const auto fraction = detail::reduced(sign * numerator, sign * denominator);
  if (!fraction) detail::throw_rational_overflow();
  numerator_ = fraction->first;
  denominator_ = fraction->second;
}

// A Decimal's numerator and 10^scale both fit, so the reduced fraction does too.
constexpr Rational::Rational(const Decimal& value) noexcept
    : Rational(value.coefficient(), detail::power_of_ten(value.scale())) {}

namespace detail {

constexpr std::pair<NumberStatus, Rational> read_rational(std::string_view text) noexcept {
  const auto slash = text.find('/');
  const WrittenNumber top = read_number(text.substr(0, slash), slash == std::string_view::npos);
  WrittenNumber bottom{NumberStatus::good, false, static_cast<uint128>(power_of_ten(top.scale)), 0};
  if (slash != std::string_view::npos) bottom = read_number(text.substr(slash + 1), false);
  for (const NumberStatus status : {NumberStatus::not_a_number, NumberStatus::too_large}) {
    if (top.status == status || bottom.status == status) return {status, {}};
  }
  if (bottom.digits == 0) return {NumberStatus::not_a_number, {}};
  const bool negative = top.negative != bottom.negative;
  const auto numerator = static_cast<int128>(top.digits);
  const auto fraction = reduced(negative ? -numerator : numerator, static_cast<int128>(bottom.digits));
  if (!fraction) return {NumberStatus::too_large, {}};
  return {NumberStatus::good, Rational(fraction->first, fraction->second)};
}

}  // namespace detail

constexpr std::optional<Rational> Rational::parse(std::string_view text) noexcept {
  const auto [status, value] = detail::read_rational(text);
  if (status != detail::NumberStatus::good) return std::nullopt;
  return value;
}

constexpr Rational Rational::from_string(std::string_view text) {
  const auto [status, value] = detail::read_rational(text);
  if (status != detail::NumberStatus::good) detail::throw_bad_number(text, status);
  return value;
}

constexpr Rational Rational::round_half_up(int places) const {
  if (places < 0 || places > Decimal::max_scale) detail::throw_bad_places();
  const auto fraction = detail::reduced(detail::scaled_half_up(*this, places), detail::power_of_ten(places));
  if (!fraction) detail::throw_rational_overflow();
  return {fraction->first, fraction->second};
}

constexpr double Rational::to_double() const noexcept {
  const auto top = static_cast<std::uint64_t>(numerator_ < 0 ? -numerator_ : numerator_);
  const auto bottom = static_cast<std::uint64_t>(denominator_);
  constexpr std::uint64_t exact = std::uint64_t{1} << 53;
  double result = 0;
  if (top <= exact && bottom <= exact) {
    result = static_cast<double>(top) / static_cast<double>(bottom);
  } else {
    // A quotient of 56 bits or more whose last bit also stands for all that follows rounds once, correctly, to 53.
    const int wanted = 56 + static_cast<int>(std::bit_width(bottom)) - static_cast<int>(std::bit_width(top));
    int shift = std::max(wanted, 0);
    const detail::uint128 widened = static_cast<detail::uint128>(top) << shift;
    auto quotient = static_cast<std::uint64_t>(widened / bottom);
    if (widened % bottom != 0) quotient |= 1U;
    result = static_cast<double>(quotient);
    for (; shift >= 32; shift -= 32) result /= 4294967296.0;
    result /= static_cast<double>(std::uint64_t{1} << shift);
  }
  return numerator_ < 0 ? -result : result;
}

inline std::string Rational::to_string() const {
  std::int64_t scale = 1;
  for (int places = 0; places <= Decimal::max_scale; ++places, scale *= 10) {
    if (scale % denominator_ == 0) {
      return detail::fixed_digits(static_cast<detail::int128>(numerator_) * (scale / denominator_), places);
    }
    if (places == Decimal::max_scale) break;
  }
  return std::to_string(numerator_) + '/' + std::to_string(denominator_);
}

inline std::string Rational::to_string(int places) const {
  if (places < 0 || places > Decimal::max_scale) detail::throw_bad_places();
  return detail::fixed_digits(detail::scaled_half_up(*this, places), places);
}

constexpr Rational Rational::operator-() const noexcept {
  Rational result = *this;
  result.numerator_ = -numerator_;
  return result;
}

namespace detail {
constexpr Rational reduced_or_throw(int128 numerator, int128 denominator) {
  const auto fraction = reduced(numerator, denominator);
  if (!fraction) throw_rational_overflow();
  return {fraction->first, fraction->second};
}
}  // namespace detail

constexpr Rational operator+(const Rational& a, const Rational& b) {
  // Each product is below 2^126, so their sum fits 128 bits.
  return detail::reduced_or_throw(static_cast<detail::int128>(a.numerator_) * b.denominator_ +
                                      static_cast<detail::int128>(b.numerator_) * a.denominator_,
                                  static_cast<detail::int128>(a.denominator_) * b.denominator_);
}

constexpr Rational operator-(const Rational& a, const Rational& b) {
  return a + -b;
}

constexpr Rational operator*(const Rational& a, const Rational& b) {
  return detail::reduced_or_throw(static_cast<detail::int128>(a.numerator_) * b.numerator_,
                                  static_cast<detail::int128>(a.denominator_) * b.denominator_);
}

constexpr Rational operator/(const Rational& a, const Rational& b) {
  if (b.numerator_ == 0) detail::throw_division_by_zero();
  const detail::int128 sign = b.numerator_ < 0 ? -1 : 1;
  return detail::reduced_or_throw(sign * a.numerator_ * b.denominator_, sign * b.numerator_ * a.denominator_);
}

constexpr std::strong_ordering operator<=>(const Rational& a, const Rational& b) noexcept {
  const auto left = static_cast<detail::int128>(a.numerator_) * b.denominator_;
  const auto right = static_cast<detail::int128>(b.numerator_) * a.denominator_;
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

}  // namespace v1
}  // namespace chainqual
