#pragma once
// What the forms look alike in, on screen and in a workbook.

#include <cstddef>

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Columns above which small print is used, so that each keeps a few characters a line.
inline constexpr std::size_t dense_columns = 9;
/// Rows from this height on begin at the top: they are boxes to write in.
inline constexpr double tall_mm = 20;

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
