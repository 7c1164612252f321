#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace chainqual {
inline namespace v1 {

/// A day of the Gregorian calendar, years 0001 to 9999; ordered in time.
class Date {
 public:
  constexpr Date() = default;  ///< 1970-01-01
  constexpr explicit Date(std::chrono::sys_days day) noexcept : day_(day) {}

  /// "2025-03-01", or "2025-03" and "2025" for the first day in them; nothing for any other text and for days that no
  /// calendar has. Dates of registers are written so.
  [[nodiscard]] static std::optional<Date> parse(std::string_view text) noexcept;

  /// As `parse`, but the last day that the text covers: of "2025-02" the 28th. For ends of periods.
  [[nodiscard]] static std::optional<Date> parse_last(std::string_view text) noexcept;

  [[nodiscard]] std::string to_string() const;  ///< "2025-03-01"

  [[nodiscard]] constexpr std::chrono::sys_days day() const noexcept { return day_; }
  [[nodiscard]] constexpr Date plus_days(int days) const noexcept { return Date(day_ + std::chrono::days(days)); }

  /// The same day so many months on, the last day of the month where that has fewer: 01-31 and one month is 02-28.
  [[nodiscard]] constexpr Date plus_months(int months) const noexcept;

  /// Days from `other` to this one; negative when `other` is later.
  [[nodiscard]] constexpr int days_since(Date other) const noexcept {
    return static_cast<int>((day_ - other.day_).count());
  }
  friend constexpr auto operator<=>(Date, Date) noexcept = default;

 private:
  std::chrono::sys_days day_{};
};

/// Parses a date that must be there, as Date::parse.
///
/// @param text     the date as written.
/// @param what_zh  what it is the date of, for the message; what_en likewise ("The day of the step").
/// @throws Error{invalid_value} it is no date.
/// @complexity O(1).
/// @numerics none.
/// @threads  Pure.
/// @source  ISO 8601; the calendar of the standard library.
/// @since 0.1, experimental.
[[nodiscard]] Date date_from(std::string_view text, std::string_view what_zh, std::string_view what_en);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/core/date-inl.hpp"
