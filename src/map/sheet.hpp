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
};

/// @throws Error{invalid_argument} the margin leaves no room.
[[nodiscard]] Sheet sheet_for(const Scene& scene, const PrintOptions& options);

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
