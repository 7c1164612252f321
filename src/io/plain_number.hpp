#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace chainqual {
inline namespace v1 {
namespace detail {

inline constexpr std::array<double, 19> real_powers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                                    1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
inline constexpr std::array<std::uint64_t, 9> whole_powers{1,      10,      100,      1000,     10000,
                                                           100000, 1000000, 10000000, 100000000};
/// Up to here every whole number is a double.
inline constexpr std::uint64_t exact_wholes = std::uint64_t{1} << 53U;

/// Digits with at most one point among them, exact up to 2^53: both parts of the quotient are doubles, so one rounding
/// gives the nearest one (Clinger's fast case). @return false for anything else.
inline bool plain_number_by_steps(std::string_view cell, double& value) noexcept {
  if (cell.size() > 17 || cell.empty()) return false;
  std::uint64_t digits = 0;
  std::size_t point = cell.size();
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const auto digit = static_cast<unsigned>(static_cast<unsigned char>(cell[i])) - '0';
    if (digit <= 9) {
      digits = digits * 10 + digit;
    } else if (cell[i] == '.' && point == cell.size()) {
      point = i;
    } else {
      return false;
    }
  }
  const bool has_point = point != cell.size();
  if ((has_point && cell.size() == 1) || digits > exact_wholes) return false;
  value = static_cast<double>(digits);
  if (has_point) value /= real_powers[cell.size() - point - 1];
  return true;
}

/// The first `count` <= 8 of eight characters as one number. @return false when one of them is no digit.
inline bool digits_of(const char* characters, std::size_t count, std::uint64_t& number) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, characters, 8);
  word ^= 0x3030303030303030U;
  // Zeros come before the digits; twice half the way, since a word cannot be shifted by all its bits.
  const auto half = static_cast<unsigned>(4 * (8 - count));
  word = word << half << half;
  // A byte above 9 shows in its high bit, the lowest such byte for sure: none below it carries into it.
  if ((((word + 0x7676767676767676U) | word) & 0x8080808080808080U) != 0) return false;
  word = (word * (1 + (std::uint64_t{10} << 8U))) >> 8U & 0x00FF00FF00FF00FFU;
  word = (word * (1 + (std::uint64_t{100} << 16U))) >> 16U & 0x0000FFFF0000FFFFU;
  number = (word * (1 + (std::uint64_t{10000} << 32U))) >> 32U;
  return true;
}

/// As plain_number_by_steps, without a step for each digit where up to eight stand before and behind the point.
///
/// @param readable_end  the bytes before it may be read, those of the cell or not.
inline bool plain_number(std::string_view cell, const char* readable_end, double& value) noexcept {
  static_assert(std::endian::native == std::endian::little, "the first digit must be the lowest byte");
  if (cell.size() > 17 || readable_end - cell.data() < 32) return plain_number_by_steps(cell, value);
  constexpr std::uint64_t low = 0x7F7F7F7F7F7F7F7FU;
  // The high bit of each byte that is a point.
  const auto points = [](const char* characters) {
    std::uint64_t word = 0;
    std::memcpy(&word, characters, 8);
    word ^= 0x2E2E2E2E2E2E2E2EU;
    return ~(((word & low) + low) | word | low);
  };
  const std::uint64_t first = points(cell.data());
  std::size_t point = cell.size();
  if (first != 0) {
    point = static_cast<std::size_t>(std::countr_zero(first)) / 8;
  } else if (cell.size() > 8) {
    point = cell.data()[8] == '.' ? 8 : 9;
  }
  if (point >= cell.size()) point = cell.size();
  const bool has_point = point != cell.size();
  const std::size_t decimals = has_point ? cell.size() - point - 1 : 0;
  if (point > 8 || decimals > 8) return plain_number_by_steps(cell, value);
  std::uint64_t whole = 0;
  std::uint64_t fraction = 0;
  if (!digits_of(cell.data(), point, whole)) return false;
  if (!digits_of(cell.data() + point + 1, decimals, fraction)) return false;
  const std::uint64_t digits = whole * whole_powers[decimals] + fraction;
  if (point + decimals == 0 || digits > exact_wholes) return false;
  value = static_cast<double>(digits) / real_powers[decimals];
  return true;
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
