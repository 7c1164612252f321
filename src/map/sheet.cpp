#include "sheet.hpp"

#include <algorithm>
#include <variant>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

constexpr double points_per_mm = 72 / 25.4;
constexpr double points_per_px = 72.0 / 96;
constexpr std::uint32_t most_tiles = 8;

}  // namespace

Sheet sheet_for(const Scene& scene, const PrintOptions& options) {
  Sheet sheet;
  if (options.tiles < 1 || options.tiles > most_tiles || (options.tiles > 1 && options.paper == Paper::fit)) {
    throw Error(ErrorCode::invalid_argument, {"拼图的每边张数须在 1 到 8 之间，并给出纸张",
                                              "the sheets each way must be 1 to 8, with a paper size given"});
  }
  if (options.paper == Paper::fit) {
    sheet = {scene.width * points_per_px, scene.height * points_per_px, points_per_px, 0, 0};
    return sheet;
  }
  // A0 … A4; each is half of the one before, cut to whole millimetres.
  constexpr double sides[5][2] = {{841, 1189}, {594, 841}, {420, 594}, {297, 420}, {210, 297}};
  const auto& side = sides[static_cast<std::size_t>(Paper::a0) - static_cast<std::size_t>(options.paper)];
  const double margin = options.margin_mm;
  if (!(margin >= 0) || 2 * margin >= side[0]) {
    throw Error(ErrorCode::invalid_argument, {"页边距须不小于 0 且两边之和小于纸宽",
                                              "the margin must be 0 or more, and twice it less than the sheet"});
  }
  for (const bool across : {false, true}) {
    const double width = side[across ? 1 : 0] * points_per_mm;
    const double height = side[across ? 0 : 1] * points_per_mm;
    const double tiles = options.tiles;
    const double inner_width = tiles * (width - 2 * margin * points_per_mm);
    const double inner_height = tiles * (height - 2 * margin * points_per_mm);
    const double scale = std::min(inner_width / scene.width, inner_height / scene.height);
    if (scale <= sheet.scale) continue;
    sheet = {width,
             height,
             scale,
             (width - scene.width * scale) / 2,
             (height - scene.height * scale) / 2,
             options.tiles,
             margin * points_per_mm};
    if (options.tiles == 1) continue;
    sheet.left = (inner_width - scene.width * scale) / 2;
    sheet.top = (inner_height - scene.height * scale) / 2;
  }
  return sheet;
}

}  // namespace chart

double smallest_text_pt(const Scene& scene, const PrintOptions& options) {
  double least = 0;
  for (const auto& item : scene.items) {
    const auto* text = std::get_if<SceneText>(&item);
    if (text != nullptr && (least <= 0 || text->size < least)) least = text->size;
  }
  return least * chart::sheet_for(scene, options).scale;
}

std::optional<Paper> smallest_readable(const Scene& scene, PrintOptions options) {
  options.tiles = 1;
  for (const Paper paper : {Paper::a4, Paper::a3, Paper::a2, Paper::a1, Paper::a0}) {
    options.paper = paper;
    if (smallest_text_pt(scene, options) >= readable_pt) return paper;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> tiles_to_read(const Scene& scene, PrintOptions options) {
  if (options.paper == Paper::fit) return std::nullopt;
  for (options.tiles = 1; options.tiles <= chart::most_tiles; ++options.tiles) {
    if (smallest_text_pt(scene, options) >= readable_pt) return options.tiles;
  }
  return std::nullopt;
}

}  // namespace v1
}  // namespace chainqual
