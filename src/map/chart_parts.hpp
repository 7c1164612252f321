#pragma once

#include "chart_model.hpp"
#include "painter.hpp"

// The parts of the chart. Each `…_height` says what the part needs; each `draw_…` stays within the box it is given.
namespace chainqual {
inline namespace v1 {
namespace chart {

/// Measures of the page, px.
struct Measures {
  double page = 1800;
  double margin = 44;
  double gutter = 124;
  double header = 104;
  double column_head = 74;
  double column_padding = 14;
  double lane_padding = 14;
  double lane_gap = 12;
  double card_gap = 8;
  [[nodiscard]] double column_width() const noexcept { return (page - 2 * margin - 2 * gutter) / 3; }
  [[nodiscard]] double lane_width() const noexcept { return column_width() - 2 * column_padding; }
  [[nodiscard]] double content_width() const noexcept { return lane_width() - 2 * lane_padding; }
};

/// Breaks the lane's texts and gives its cards boxes, all relative to (0, 0); gives back the lane's height.
double measure_lane(Lane& lane, const Chart& chart, const Measures& m);
void draw_lane(Painter& painter, const Lane& lane, const Chart& chart, const Measures& m, std::uint32_t parent);
void draw_card(Painter& painter, const Card& card, const Chart& chart, std::uint32_t parent);

[[nodiscard]] double problem_list_height(const Column& column);
void draw_problem_list(Painter& painter, const Column& column, const Chart& chart, const Box& box,
                       std::uint32_t parent);

void draw_header(Painter& painter, const Chart& chart, const Measures& m, std::uint32_t page);
void draw_column_head(Painter& painter, const Column& column, const Chart& chart, const Box& box, bool last,
                      std::uint32_t parent);

/// Stands where the stars of an ungraded problem would.
inline constexpr std::string_view ungraded_mark = "–";

/// Badges such as "★★★ 5", right-aligned at `right`; gives back the width they take.
double draw_star_badges(Painter& painter, std::uint32_t frame, double right, double centre, const StarCounts& counts,
                        bool on_dark);

/// Lays out the legend's entries within `width` and, with a painter, draws them at `box`; gives back the height.
double legend(Painter* painter, const Chart& chart, const Box& box, std::uint32_t page);
[[nodiscard]] std::vector<std::string> note_lines(const Chart& chart, double width);
void draw_notes(Painter& painter, const std::vector<std::string>& lines, const Box& box, std::uint32_t page);

/// Links that pass behind the midstream column come first, then lanes are drawn, then the others.
struct LinkDrawing {
  std::vector<ScenePath> behind;
  std::vector<ScenePath> above;
};
[[nodiscard]] LinkDrawing route_links(const Chart& chart, const Chain& chain, const Measures& m);

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
