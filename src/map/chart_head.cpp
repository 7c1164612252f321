#include <algorithm>

#include "chart_parts.hpp"
#include "chart_words.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

constexpr double title_size = 32;
constexpr double title_line = 40;
constexpr double summary_size = 14.5;
constexpr double summary_line = 22;
constexpr double edition_size = 14;
constexpr double head_size = 12.5;
constexpr double head_line = 17;

std::string_view stage_words(Stage stage, Language language) {
  switch (stage) {
    case Stage::upstream:
      return say(language, "原材料、零部件、基础软硬件", "Materials, parts, basic hardware and software");
    case Stage::midstream:
      return say(language, "制造、集成与配套服务", "Making, integration and services");
    case Stage::downstream:
      break;
  }
  return say(language, "终端产品与市场应用", "End products and applications");
}

std::string_view stage_name(Stage stage, Language language) {
  if (language == Language::zh) return label_of(stage, language);
  return stage == Stage::upstream ? "Upstream" : stage == Stage::midstream ? "Midstream" : "Downstream";
}

std::string enterprises_words(const Column& column, Language language) {
  return count_text(column.enterprises) +
         std::string(say(language, " 家企业", column.enterprises == 1 ? " enterprise" : " enterprises"));
}

struct HeadRoom {
  double left = 20;
  double right = 16;
  double count = 0;  ///< of the number of enterprises beside the stage's name, which keeps its room; 0: it stands below
};

HeadRoom head_room(const Column& column, const Chart& chart, double width) {
  HeadRoom room;
  const double badges = star_badges_width(column.problems);
  const double free = width - room.left - room.right - (badges > 0 ? badges + 14 : 0) -
                      text_width(stage_name(column.stage, chart.language), 23, true) - 14;
  const double count = text_width(enterprises_words(column, chart.language), 13);
  if (count <= free) room.count = count;
  return room;
}

/// Badges that find no room beside the stage's name stand in the row below, before the categories.
bool badges_below(const Column& column, const Chart& chart, double width) {
  return star_badges_width(column.problems) + 50 + text_width(stage_name(column.stage, chart.language), 23, true) >
         width;
}

double below_taken(const Column& column, const Chart& chart, double width) {
  double taken = category_chips_width(column.categories, chart.language);
  if (badges_below(column, chart, width)) taken = std::max(taken, star_badges_width(column.problems));
  return taken > 0 ? taken + 14 : 0;
}

double date_width(const Chart& chart) {
  return std::max(text_width(chart.edition, edition_size), text_width(chart.due, edition_size));
}

}  // namespace

void measure_heads(Chart& chart, Measures& m) {
  chart.title_lines = broken(chart, chart.title, m.inner() - date_width(chart) - 40, title_size, true, 3);
  const double badges = star_badges_width(chart.problems) + category_chips_width(chart.categories, chart.language);
  chart.summary_lines = broken(chart, chart.summary, m.inner() - badges - 50, summary_size, false, 5);
  m.header = 104 + title_line * static_cast<double>(std::max<std::size_t>(chart.title_lines.size(), 1) - 1) +
             summary_line * static_cast<double>(std::max<std::size_t>(chart.summary_lines.size(), 1) - 1);
  m.column_head = 74;
  for (auto& column : chart.columns) {
    std::string below;
    const double width = m.column_width();
    const HeadRoom room = head_room(column, chart, width);
    if (room.count <= 0) {
      below = enterprises_words(column, chart.language) + std::string(say(chart.language, "　", "  ·  "));
    }
    below += stage_words(column.stage, chart.language);
    if (!column.regions.empty()) {
      below += say(chart.language, "　地域：", "  ·  ");
      below += column.regions;
    }
    const double taken = below_taken(column, chart, width);
    column.head_lines = broken(chart, below, width - room.left - room.right - taken, head_size, false, 6);
    const bool lower =
        badges_below(column, chart, width) && category_chips_width(column.categories, chart.language) > 0;
    const double rows = static_cast<double>(std::max<std::size_t>(column.head_lines.size(), lower ? 2 : 1));
    m.column_head = std::max(m.column_head, 74 + head_line * (rows - 1) + (lower ? 8 : 0));
  }
}

void draw_header(Painter& painter, const Chart& chart, const Measures& m, std::uint32_t page) {
  const Box box{m.margin, m.margin, m.inner(), m.header - 24};
  const std::uint32_t frame = painter.frame(FrameRole::header, box, page);
  const double meta = date_width(chart) + 1;
  painter.text(frame, box.right(), box.y + 14, chart.edition, meta, {edition_size, ink::quiet, false, Anchor::end});
  painter.text(frame, box.right(), box.y + 34, chart.due, meta, {edition_size, ink::quiet, false, Anchor::end});
  double baseline = box.y + 32;
  for (const auto& line : chart.title_lines) {
    painter.text(frame, box.x, baseline, line, m.inner() - meta - 30, {title_size, ink::text, true, Anchor::start});
    baseline += title_line;
  }
  if (chart.title_lines.empty()) baseline += title_line;
  baseline -= 5;
  const double badges = draw_star_badges(painter, frame, box.right(), baseline - 5, chart.problems, false);
  draw_category_chips(painter, frame, box.right() - badges - 18, baseline - 5, chart.categories, chart.language, false);
  for (const auto& line : chart.summary_lines) {
    painter.text(frame, box.x, baseline, line, m.inner() - 30, {summary_size, ink::quiet, false, Anchor::start});
    baseline += summary_line;
  }
}

void draw_column_head(Painter& painter, const Column& column, const Chart& chart, const Box& box, bool last,
                      std::uint32_t parent) {
  const std::uint32_t frame = painter.frame(FrameRole::column_head, box, parent);
  const double tip = 20;
  if (last) {
    painter.rect(box, ink::head);
  } else {
    PathData edge;
    edge.move(box.x, box.y).line(box.right(), box.y).line(box.right() + tip, box.y + box.height / 2);
    edge.line(box.right(), box.bottom()).line(box.x, box.bottom()).close();
    painter.path(std::move(edge), ink::head);
  }
  const HeadRoom room = head_room(column, chart, box.width);
  const double left = box.x + room.left;
  const double right = box.right() - room.right;
  const bool lower = badges_below(column, chart, box.width);
  draw_star_badges(painter, frame, right, box.y + (lower ? 53 : 25), column.problems, true);
  draw_category_chips(painter, frame, right, box.y + (lower ? 76 : 53), column.categories, chart.language, true);
  const std::string_view name = stage_name(column.stage, chart.language);
  const double taken = painter.text(frame, left, box.y + 33, name, right - left, {23, ink::page, true, Anchor::start});
  if (room.count > 0) {
    painter.text(frame, left + taken + 14, box.y + 32, enterprises_words(column, chart.language), room.count + 1,
                 {13, ink::head_quiet, false, Anchor::start});
  }
  double baseline = box.y + 57;
  for (const auto& line : column.head_lines) {
    painter.text(frame, left, baseline, line, right - left - below_taken(column, chart, box.width),
                 {head_size, ink::head_quiet, false, Anchor::start});
    baseline += head_line;
  }
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
