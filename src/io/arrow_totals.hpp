#pragma once

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/io/grade_table.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Grades of rows and their exact totals: hundredths, parts of a point, or fractions.
struct GradedRows {
  std::shared_ptr<LargeArray<std::uint8_t>> grade;
  std::variant<LargeArray<std::uint16_t>, LargeArray<std::uint32_t>, LargeArray<Rational>> total;
  std::uint32_t parts = 100;  ///< to a point, of totals in 32 bits
};

/// The columns total, grade and stars.
[[nodiscard]] std::vector<ArrowColumn> graded_columns(GradedRows rows, TotalForm form, const Control& control);

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
