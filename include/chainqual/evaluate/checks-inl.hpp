#pragma once

// What the quality methods share in checking what they are given.

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

/// Four digits, for messages.
inline std::string short_number(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 4).ptr;
  return {text.data(), end};
}

/// Adds an error at a record (from 1, 0 for none) and column.
inline void blame(Findings& findings, ErrorCode code, std::uint64_t record, std::string_view column,
                  std::string_view value, Text rule, Text fix) {
  findings.add({FindingLevel::error,
                code,
                {{}, record, 0, std::string(column), 0},
                shown_value(value),
                std::move(rule),
                std::move(fix)});
}

/// Every value that is not finite; `group` from 1 is named as the column, 0 for none.
inline void check_finite(std::span<const double> values, std::size_t group, Findings& findings) {
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (std::isfinite(values[k])) continue;
    blame(findings, ErrorCode::invalid_value, k + 1, group == 0 ? "" : std::to_string(group), std::to_string(values[k]),
          {"测量值应是有限数", "a measurement is a finite number"}, {"更正或去掉该值", "correct it, or leave it out"});
  }
}

}  // namespace evaluate_detail
}  // namespace v1
}  // namespace chainqual
