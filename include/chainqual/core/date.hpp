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

/// Parses a date that must be there.
/// @throws Error{invalid_value} when it is none; `what` names it ("the date of the step") in both languages.
[[nodiscard]] Date date_from(std::string_view text, std::string_view what_zh, std::string_view what_en);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/core/date-inl.hpp"
