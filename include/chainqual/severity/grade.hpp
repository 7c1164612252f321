#pragma once

#include <cstdint>

#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// Severity of a quality problem (5.4.4, appendix D). The number is the count of stars.
///
/// Appendix D counts its levels the other way round: level 1 (1级) is critical, three stars; level 3 is general. A bare
/// "1", "3", "I" or "III" could be meant either way, so it is no name of a grade; "2" and "II" mean one thing only.
enum class Grade : std::uint8_t { ungraded = 0, general = 1, important = 2, critical = 3 };

template <>
struct Names<Grade> {
  static constexpr std::array<Name<Grade>, 4> table{{
      {Grade::ungraded, "ungraded", "未分级", "ungraded", "-|无"},
      {Grade::general, "general", "一般", "general", "★|*|3级|三级|III级|Ⅲ级|一般问题"},
      {Grade::important, "important", "重要", "important", "★★|**|2级|二级|II级|Ⅱ级|II|Ⅱ|2|重要问题"},
      {Grade::critical, "critical", "关键", "critical", "★★★|***|1级|一级|I级|Ⅰ级|关键问题"},
  }};
};

/// "★★★", "★★", "★" or "".
[[nodiscard]] constexpr std::string_view stars(Grade grade) noexcept {
  constexpr std::string_view three = "★★★";
  return three.substr(0, 3 * static_cast<std::size_t>(grade));
}

}  // namespace v1
}  // namespace chainqual
