#pragma once

#include "chainqual/map/print.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {

/// A sheet in points, and where on it the drawing lies.
struct Sheet {
  double width = 0;
  double height = 0;
  double scale = 0;  ///< points per px
  double left = 0;
  double top = 0;
  // Of several sheets: `left` and `top` count from the corner of what they make together.
  std::uint32_t tiles = 1;
  double margin = 0;
  [[nodiscard]] double inner_width() const noexcept { return width - 2 * margin; }
  [[nodiscard]] double inner_height() const noexcept { return height - 2 * margin; }
};

/// @throws Error{invalid_argument} the margin leaves no room.
[[nodiscard]] Sheet sheet_for(const Scene& scene, const PrintOptions& options);

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
