#pragma once

#include <array>
#include <cstddef>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {
namespace date_detail {

/// Exactly `digits` decimal digits, or -1.
constexpr int whole(std::string_view text, std::size_t digits) noexcept {
  if (text.size() != digits) return -1;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = 10 * value + (c - '0');
  }
  return value;
}

/// Year, month and day as written; the parts left out are -1.
struct Parts {
  int year = -1;
  int month = -1;
  int day = -1;
};

constexpr std::optional<Parts> parts_of(std::string_view text) noexcept {
  Parts parts;
  parts.year = whole(text.substr(0, 4), 4);
  if (parts.year < 1) return std::nullopt;
  if (text.size() == 4) return parts;
  if (text[4] != '-' || text.size() < 7) return std::nullopt;
  parts.month = whole(text.substr(5, 2), 2);
  if (parts.month < 1 || parts.month > 12) return std::nullopt;
  if (text.size() == 7) return parts;
  if (text[7] != '-') return std::nullopt;
  parts.day = whole(text.substr(8), 2);
  if (parts.day < 1) return std::nullopt;
  return parts;
}

constexpr std::optional<Date> day_of(int year, int month, int day) noexcept {
  const std::chrono::year_month_day calendar{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                             std::chrono::day(static_cast<unsigned>(day))};
  if (!calendar.ok()) return std::nullopt;
  return Date(std::chrono::sys_days(calendar));
}

constexpr int days_in(int year, int month) noexcept {
  const std::chrono::year_month_day_last last{
      std::chrono::year(year), std::chrono::month_day_last(std::chrono::month(static_cast<unsigned>(month)))};
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

}  // namespace date_detail

inline std::optional<Date> Date::parse(std::string_view text) noexcept {
  const auto parts = date_detail::parts_of(text);
  if (!parts) return std::nullopt;
  return date_detail::day_of(parts->year, parts->month < 0 ? 1 : parts->month, parts->day < 0 ? 1 : parts->day);
}

inline std::optional<Date> Date::parse_last(std::string_view text) noexcept {
  const auto parts = date_detail::parts_of(text);
  if (!parts) return std::nullopt;
  const int month = parts->month < 0 ? 12 : parts->month;
  return date_detail::day_of(parts->year, month,
                             parts->day < 0 ? date_detail::days_in(parts->year, month) : parts->day);
}

inline std::string Date::to_string() const {
  const std::chrono::year_month_day calendar(day_);
  const std::array<int, 3> parts{static_cast<int>(calendar.year()),
                                 static_cast<int>(static_cast<unsigned>(calendar.month())),
                                 static_cast<int>(static_cast<unsigned>(calendar.day()))};
  std::string text = "0000-00-00";
  constexpr std::array<std::size_t, 3> last{3, 6, 9};
  for (std::size_t k = 0; k < parts.size(); ++k) {
    std::size_t at = last[k];
    for (int rest = parts[k]; rest > 0; rest /= 10) text[at--] = static_cast<char>('0' + rest % 10);
  }
  return text;
}

constexpr Date Date::plus_months(int months) const noexcept {
  const std::chrono::year_month_day calendar(day_);
  const auto moved = calendar + std::chrono::months(months);
  if (moved.ok()) return Date(std::chrono::sys_days(moved));
  return Date(std::chrono::sys_days(moved.year() / moved.month() / std::chrono::last));
}

inline Date date_from(std::string_view text, std::string_view what_zh, std::string_view what_en) {
  if (const auto date = Date::parse(text)) return *date;
  const std::string shown = shown_value(text);
  throw Error(ErrorCode::invalid_value,
              {std::string(what_zh) + "“" + shown + "”不是日期。请写成 2025-03-01 的样子。",
               std::string(what_en) + " '" + shown + "' is no date. Write it like 2025-03-01."});
}

}  // namespace v1
}  // namespace chainqual
