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
  const double height = problem_list_height(column);
  return height > 0 ? height + m.column_padding : 0;
}

/// Gives every lane and card its place; gives back the bottom that the tallest column, its list included, needs.
double place_lanes(Chart& chart, const Measures& m, double top) {
  double lowest = top;
  for (std::size_t c = 0; c < chart.columns.size(); ++c) {
    Column& column = chart.columns[c];
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

void draw_columns(Painter& painter, Chart& chart, const Dossier& dossier, const SvgOptions& options, const Measures& m,
                  std::uint32_t page) {
  std::array<std::uint32_t, 3> frames{};
  for (std::size_t c = 0; c < 3; ++c) {
    const Column& column = chart.columns[c];
    painter.rect(column.box, ink::column);
    frames[c] = painter.frame(FrameRole::column, column.box, page);
  }
  LinkDrawing links;
  if (options.links) links = route_links(chart, dossier.chain, m);
  const auto put = [&](std::vector<ScenePath>& paths) {
    painter.open("links");
    for (auto& path : paths) painter.add(std::move(path));
    painter.close();
  };
  put(links.behind);
  for (const auto& column : chart.columns) {
    for (const auto& lane : column.lanes) {
      painter.rect(lane.box, ink::lane, lane.change ? change_ink(*lane.change) : ink::hairline, 8,
                   lane.change ? 2.5 : 1);
    }
  }
  put(links.above);
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
      const double height = problem_list_height(column);
      const Box box{column.box.x + m.column_padding, column.box.bottom() - m.column_padding - height, m.lane_width(),
                    height};
      draw_problem_list(painter, column, chart, box, frames[c]);
    }
  }
}

Scene scene_of(const Dossier& dossier, const AssessReport* report, const SvgOptions& options,
               const ChainSketch* sketch) {
  Chart chart = make_chart(dossier, report, options, sketch);
  const Measures m;
  const double top = m.margin + m.header;
  const double lanes_top = top + m.column_head + 16;
  const double columns_bottom = std::max(place_lanes(chart, m, lanes_top), lanes_top + 60);
  stretch_lanes(chart, m, columns_bottom);
  for (std::size_t c = 0; c < 3; ++c) {
    chart.columns[c].box = {m.margin + static_cast<double>(c) * (m.column_width() + m.gutter), top, m.column_width(),
                            columns_bottom - top};
  }
  const double inner = m.page - 2 * m.margin;
  Box key{m.margin, columns_bottom + 24, inner, 0};
  key.height = legend(nullptr, chart, key, 0);
  const std::vector<std::string> notes = note_lines(chart, inner);
  const Box notes_box{m.margin, key.bottom() + 18, inner, 18.0 * static_cast<double>(notes.size())};

  Scene scene;
  scene.width = m.page;
  scene.height = notes_box.bottom() + m.margin - 8;
  scene.language = options.language;
  scene.title = chart.title;
  scene.description = chart.summary;
  Painter painter(scene);
  const Box page_box{0, 0, scene.width, scene.height};
  const std::uint32_t page = painter.frame(FrameRole::page, page_box, 0);
  painter.rect(page_box, ink::page);
  draw_header(painter, chart, m, page);
  draw_columns(painter, chart, dossier, options, m, page);
  legend(&painter, chart, key, page);
  draw_notes(painter, notes, notes_box, page);
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
