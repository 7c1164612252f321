#pragma once

#include <optional>
#include <string_view>

#include "chainqual/core/date.hpp"

namespace chainqual {
inline namespace v1 {

/// Days in a row, both ends among them.
struct Period {
  Date from;
  Date until;

  [[nodiscard]] bool holds(Date day) const noexcept { return from <= day && day <= until; }
  /// Whether the other one lies in this one.
  [[nodiscard]] bool holds(const Period& other) const noexcept { return from <= other.from && other.until <= until; }
  friend bool operator==(const Period&, const Period&) = default;
};

/// The days that a period as registers write it covers.
///
/// Read are days, months and years ("2025-03-01", "2025-03", "2025"), the same in Chinese ("2025年3月", "2025年度",
/// "2025年"), and two of them with "…", "/" or "至" between them.
///
/// @param text  the period as written; blanks around it do not count.
/// @return nothing for any other text, and where the end is before the beginning.
/// @throws none. @complexity O(length). @numerics none. @threads Pure.
/// @source  ISO 8601; definition. @since 0.1, experimental.
[[nodiscard]] std::optional<Period> period_from(std::string_view text) noexcept;

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/period-inl.hpp"
