#include "chainqual/map/layout.hpp"

#include <algorithm>

#include "chainqual/map/svg.hpp"
#include "chart_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using namespace chart;

/// Height that a column's list of problems takes at its foot.
double list_room(const Column& column, const Measures& m) {
  return column.list_height > 0 ? column.list_height + m.column_padding : 0;
}

/// Gives every lane and card its place; gives back the bottom that the tallest column, its list included, needs.
double place_lanes(Chart& chart, const Measures& m, double top) {
  double lowest = top;
  for (std::size_t c = 0; c < chart.columns.size(); ++c) {
    Column& column = chart.columns[c];
    measure_problem_list(column, chart, m);
    const double x = m.margin + static_cast<double>(c) * (m.column_width() + m.gutter) + m.column_padding;
    double y = top;
    for (auto& lane : column.lanes) {
      const double height = measure_lane(lane, chart, m);
      lane.box = {x, y, m.lane_width(), height};
      for (auto& card : lane.cards) {
        card.box.x += x;
        card.box.y += y;
      }
      y += height + m.lane_gap;
    }
    if (column.lanes_left_out != 0) y += 26;
    lowest = std::max(lowest, y + list_room(column, m));
  }
  return lowest;
}

/// Spare height of a shorter column goes between its lanes, as far as that looks like one column, and round them.
void stretch_lanes(Chart& chart, const Measures& m, double bottom) {
  for (auto& column : chart.columns) {
    if (column.lanes.empty() || column.lanes_left_out != 0) continue;
    const double spare = bottom - list_room(column, m) - m.lane_gap - column.lanes.back().box.bottom();
    const double between = std::min(spare / static_cast<double>(column.lanes.size()), 70.0);
    double moved = (spare - between * static_cast<double>(column.lanes.size() - 1)) / 2;
    for (auto& lane : column.lanes) {
      lane.box.y += moved;
      for (auto& card : lane.cards) card.box.y += moved;
      moved += between;
    }
  }
}

/// Where the chart's parts lie on a page of some width.
struct Plan {
  Measures m;
  double lanes_top = 0;
  double columns_bottom = 0;
  Box whole_chain;  ///< without height where nothing stands in it
  Box key;
  std::vector<std::string> notes;
  Box notes_box;
  double height = 0;
};

Plan plan_for(Chart& chart, double width) {
  Plan plan;
  plan.m = Measures(width);
  chart.cut_texts = 0;
  measure_heads(chart, plan.m);
  const Measures& m = plan.m;
  plan.lanes_top = m.margin + m.header + m.column_head + 20;
  plan.columns_bottom = std::max(place_lanes(chart, m, plan.lanes_top), plan.lanes_top + 60);
  plan.whole_chain = {m.margin, plan.columns_bottom + 16, m.inner(), measure_whole_chain(chart, m)};
  const double parts_bottom = plan.whole_chain.height > 0 ? plan.whole_chain.bottom() : plan.columns_bottom;
  plan.key = {m.margin, parts_bottom + 24, m.inner(), 0};
  plan.key.height = legend(nullptr, chart, plan.key, 0);
  plan.notes = note_lines(chart, m.inner());
  const double above = plan.key.height > 0 ? plan.key.bottom() + 18 : parts_bottom + 18;
  plan.notes_box = {m.margin, above, m.inner(), 18.0 * static_cast<double>(plan.notes.size())};
  plan.height = plan.notes_box.bottom() + m.margin - 8;
  return plan;
}

/// How large a page of this shape is on a sheet of the A series of unit height, upright or (if `upright`) across; less
/// where names must be cut.
double merit(const Plan& plan, std::size_t cut_texts, bool upright) {
  constexpr double long_to_short = 1.4142135623730951;
  const double across = std::min(long_to_short / plan.m.page, 1 / plan.height);
  const double along = upright ? std::min(1 / plan.m.page, long_to_short / plan.height) : 0;
  return std::max(across, along) / (1 + 0.03 * static_cast<double>(std::min<std::size_t>(cut_texts, 20)));
}

/// The page whose text is largest on a sheet; a chart of full cards that is for no sheet has the usual width.
Plan best_plan(Chart& chart, const SvgOptions& options) {
  constexpr double usual = 1800;
  constexpr double step = 60;
  if (!options.sheet && chart.detail != Detail::small) return plan_for(chart, usual);
  // Wide pages are for many small cards; a lane of full cards or of counts gains nothing beyond.
  const double least = options.sheet ? 1140 : usual;
  const double most = chart.detail == Detail::small ? 5400 : 2400;
  double best_width = usual;
  double best = 0;
  for (double width = least; width <= most; width += step) {
    const Plan plan = plan_for(chart, width);
    const double worth = merit(plan, chart.cut_texts, options.sheet);
    if (worth <= best) continue;
    best = worth;
    best_width = width;
  }
  return plan_for(chart, best_width);
}

void draw_columns(Painter& painter, Chart& chart, const Dossier& dossier, const SvgOptions& options, const Measures& m,
                  std::uint32_t page) {
  std::array<std::uint32_t, 3> frames{};
  for (std::size_t c = 0; c < 3; ++c) {
    const Column& column = chart.columns[c];
    painter.rect(column.box, ink::column);
    frames[c] = painter.frame(FrameRole::column, column.box, page);
  }
  for (const auto& column : chart.columns) {
    for (const auto& lane : column.lanes) {
      painter.rect(lane.box, ink::lane, lane.change ? change_ink(*lane.change) : ink::hairline, 8,
                   lane.change ? 2.5 : 1);
    }
  }
  if (options.links) draw_links(painter, chart, dossier.chain, m);
  for (std::size_t c = 0; c < 3; ++c) {
    const Column& column = chart.columns[c];
    const Box head{column.box.x, column.box.y, column.box.width, m.column_head};
    draw_column_head(painter, column, chart, head, c == 2, frames[c]);
    for (const auto& lane : column.lanes) draw_lane(painter, lane, chart, m, frames[c]);
    if (column.lanes_left_out != 0) {
      const std::string count = std::to_string(column.lanes_left_out);
      painter.text(frames[c], column.box.x + 28, column.lanes.back().box.bottom() + 24,
                   chart.language == Language::zh ? "另有 " + count + " 个环节，其企业计入“其他环节”"
                                                  : count + " more segments, counted as “Other segments”",
                   column.box.width - 56, {12, ink::quiet, false, Anchor::start});
    }
    if (column.lanes.empty()) {
      painter.text(frames[c], column.box.x + column.box.width / 2, head.bottom() + 36,
                   say(chart.language, "没有企业", "No enterprises"), column.box.width - 40,
                   {13, ink::faint, false, Anchor::middle});
    }
    if (!column.lines.empty()) {
      const Box box{column.box.x + m.column_padding, column.box.bottom() - m.column_padding - column.list_height,
                    m.lane_width(), column.list_height};
      draw_problem_list(painter, column, chart, box, frames[c]);
    }
  }
}

Scene scene_of(const Dossier& dossier, const AssessReport* report, const SvgOptions& options,
               const ChainSketch* sketch) {
  Chart chart = make_chart(dossier, report, options, sketch);
  const Plan plan = best_plan(chart, options);
  const Measures& m = plan.m;
  stretch_lanes(chart, m, plan.columns_bottom);
  const double top = m.margin + m.header;
  for (std::size_t c = 0; c < 3; ++c) {
    chart.columns[c].box = {m.margin + static_cast<double>(c) * (m.column_width() + m.gutter), top, m.column_width(),
                            plan.columns_bottom - top};
  }
  Scene scene;
  scene.width = m.page;
  scene.height = plan.height;
  scene.language = options.language;
  scene.title = chart.title;
  scene.description = chart.summary;
  Painter painter(scene);
  const Box page_box{0, 0, scene.width, scene.height};
  const std::uint32_t page = painter.frame(FrameRole::page, page_box, 0);
  painter.rect(page_box, ink::page);
  draw_header(painter, chart, m, page);
  draw_columns(painter, chart, dossier, options, m, page);
  if (plan.whole_chain.height > 0) draw_whole_chain(painter, chart, plan.whole_chain, m, page);
  if (plan.key.height > 0) legend(&painter, chart, plan.key, page);
  draw_notes(painter, plan.notes, plan.notes_box, page);
  return scene;
}

}  // namespace

Scene chain_scene(const Dossier& dossier, const AssessReport* report, const SvgOptions& options) {
  return scene_of(dossier, report, options, nullptr);
}

Scene chain_scene(const ChainSketch& sketch, const SvgOptions& options) {
  const bool whole = sketch.chosen.size() == sketch.enterprises;
  return scene_of(sketch.dossier, nullptr, options, whole ? nullptr : &sketch);
}

std::string chain_svg(const Dossier& dossier, const AssessReport* report, const SvgOptions& options) {
  return to_svg(chain_scene(dossier, report, options));
}

}  // namespace v1
}  // namespace chainqual
