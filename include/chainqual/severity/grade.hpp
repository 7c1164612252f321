#pragma once

#include <cstdint>

#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// Severity of a quality problem (5.4.4, appendix D). The number is the count of stars.
enum class Grade : std::uint8_t { ungraded = 0, general = 1, important = 2, critical = 3 };

template <>
struct Names<Grade> {
  static constexpr std::array<Name<Grade>, 4> table{{
      {Grade::ungraded, "ungraded", "未分级", "ungraded", "-|无"},
      {Grade::general, "general", "一般", "general", "★|*|I|1级|1|一级|一般问题"},
      {Grade::important, "important", "重要", "important", "★★|**|II|2级|2|二级|重要问题"},
      {Grade::critical, "critical", "关键", "critical", "★★★|***|III|3级|3|三级|关键问题"},
  }};
};

/// "★★★", "★★", "★" or "".
[[nodiscard]] constexpr std::string_view stars(Grade grade) noexcept {
  constexpr std::string_view three = "★★★";
  return three.substr(0, 3 * static_cast<std::size_t>(grade));
}

}  // namespace v1
}  // namespace chainqual
