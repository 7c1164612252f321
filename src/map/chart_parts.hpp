#pragma once

#include <algorithm>

#include "chart_model.hpp"
#include "painter.hpp"

// The parts of the chart. Each `measure_…` breaks the part's texts for the width it has and says how high it is; each
// `draw_…` stays within the box it is given.
namespace chainqual {
inline namespace v1 {
namespace chart {

/// Measures of the page, px.
struct Measures {
  explicit Measures(double width = 1800) : page(width), gutter(std::clamp(width * 0.069, 92.0, 150.0)) {}

  double page;
  double gutter;
  double margin = 44;
  double header = 104;
  double column_head = 74;
  double column_padding = 14;
  double lane_padding = 14;
  double lane_gap = 16;
  double card_gap = 8;
  [[nodiscard]] double inner() const noexcept { return page - 2 * margin; }
  [[nodiscard]] double column_width() const noexcept { return (inner() - 2 * gutter) / 3; }
  [[nodiscard]] double lane_width() const noexcept { return column_width() - 2 * column_padding; }
  [[nodiscard]] double content_width() const noexcept { return lane_width() - 2 * lane_padding; }
};

/// As `wrap_text`; counts in the chart what must be cut.
[[nodiscard]] std::vector<std::string> broken(Chart& chart, std::string_view text, double width, double size, bool bold,
                                              std::size_t most_lines);

/// Breaks the lane's texts and gives its cards boxes, all relative to (0, 0); gives back the lane's height.
double measure_lane(Lane& lane, Chart& chart, const Measures& m);
void draw_lane(Painter& painter, const Lane& lane, const Chart& chart, const Measures& m, std::uint32_t parent);

/// Gives a lane's cards boxes from `top` on; gives back where they end.
double measure_cards(Lane& lane, Chart& chart, const Measures& m, double top);
void draw_card(Painter& painter, const Card& card, const Chart& chart, std::uint32_t parent);

struct PlaceInk {
  std::string_view strong;
  std::string_view tint;
  Corners corners;
};
[[nodiscard]] PlaceInk ink_of(Place place);
/// A disc inside the province, a diamond outside, a square where unknown.
void draw_place_mark(Painter& painter, Place place, double x, double y, double r);

/// What stands between an enterprise's signs of weakness and their numbers.
struct WeakSigns {
  std::uint32_t cut = 0;
  bool final_cut = false;
  std::uint32_t joint = 0;
  std::uint32_t sole = 0;
  bool numbers = false;  ///< how many stands beside every sign, not beside the first alone
};
[[nodiscard]] double weak_signs_width(const WeakSigns& signs);
void draw_weak_signs(Painter& painter, const WeakSigns& signs, std::uint32_t frame, double left, double centre);

/// Sets the column's `list_height`: 0 without problems.
void measure_problem_list(Column& column, Chart& chart, const Measures& m);
void draw_problem_list(Painter& painter, const Column& column, const Chart& chart, const Box& box,
                       std::uint32_t parent);

/// Sets the heights of the header and of the columns' heads.
void measure_heads(Chart& chart, Measures& m);
void draw_header(Painter& painter, const Chart& chart, const Measures& m, std::uint32_t page);
void draw_column_head(Painter& painter, const Column& column, const Chart& chart, const Box& box, bool last,
                      std::uint32_t parent);

/// Stands where the stars of an ungraded problem would.
inline constexpr std::string_view ungraded_mark = "–";

/// Badges such as "★★★ 5", right-aligned at `right`; gives back the width they take.
double draw_star_badges(Painter& painter, std::uint32_t frame, double right, double centre, const StarCounts& counts,
                        bool on_dark);
[[nodiscard]] double star_badges_width(const StarCounts& counts);

/// A letter for each category of problems, in a small frame, and how many; right-aligned at `right`.
void draw_category_chips(Painter& painter, std::uint32_t frame, double right, double centre,
                         const CategoryCounts& counts, Language language, bool on_dark);
[[nodiscard]] double category_chips_width(const CategoryCounts& counts, Language language);
/// The framed letter alone, `left` its left edge; gives back its width.
double draw_category_letter(Painter& painter, std::uint32_t frame, double left, double centre, std::size_t category,
                            Language language, std::string_view colour);

/// The word of what became of something, in white on its colour, right-aligned; gives back the width.
double draw_change_word(Painter& painter, std::uint32_t frame, double right, double centre, MapChangeKind kind,
                        Language language);
[[nodiscard]] double change_word_width(MapChangeKind kind, Language language);

/// The institutions that serve the whole chain, in a band of the page's width: breaks their names, and gives back the
/// band's height, 0 where there are none.
double measure_whole_chain(Chart& chart, const Measures& m);
void draw_whole_chain(Painter& painter, const Chart& chart, const Box& box, const Measures& m, std::uint32_t page);

/// All the institutions that `most` lines hold; how many more there are is said.
[[nodiscard]] std::vector<std::string> institution_lines(const std::vector<std::string>& institutions,
                                                         Language language, double width, std::size_t most);

/// Lays out the legend's entries within `width` and, with a painter, draws them at `box`; gives back the height.
double legend(Painter* painter, const Chart& chart, const Box& box, std::uint32_t page);
[[nodiscard]] std::vector<std::string> note_lines(const Chart& chart, double width);
void draw_notes(Painter& painter, const std::vector<std::string>& lines, const Box& box, std::uint32_t page);

/// Curves of links, in drawing order; on a map of changes signs on those that came, went or changed.
void draw_links(Painter& painter, const Chart& chart, const Chain& chain, const Measures& m);

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
