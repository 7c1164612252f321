#include <algorithm>
#include <utility>

#include "chainqual/severity/grade.hpp"
#include "chart_parts.hpp"
#include "chart_words.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

constexpr double row_height = 22;
constexpr double further_line = 17;
constexpr double list_head = 38;
constexpr double stars_room = 44;
constexpr double list_name_size = 13;
constexpr double category_size = 11.5;

double category_room(const ProblemLine& line) {
  return 16 + text_width(line.category, category_size) + 12;
}

double name_room(const ProblemLine& line, double width) {
  return width - stars_room - category_room(line);
}

}  // namespace

void measure_problem_list(Column& column, Chart& chart, const Measures& m) {
  column.list_height = 0;
  if (column.lines.empty()) return;
  double& height = column.list_height;
  height = list_head + 14 + (column.lines_left_out != 0 ? row_height : 0);
  for (auto& line : column.lines) {
    line.lines = broken(chart, line.name, name_room(line, m.lane_width() - 28), list_name_size, false, 3);
    height += row_height + further_line * static_cast<double>(std::max<std::size_t>(line.lines.size(), 1) - 1);
  }
}

void draw_problem_list(Painter& painter, const Column& column, const Chart& chart, const Box& box,
                       std::uint32_t parent) {
  const std::uint32_t frame = painter.frame(FrameRole::problem_list, box, parent);
  painter.rect(box, ink::page, ink::hairline, 6);
  const double left = box.x + 14;
  const double right = box.right() - 14;
  painter.text(frame, left, box.y + 26, say(chart.language, "质量问题", "Quality problems"), right - left,
               {15, ink::text, true, Anchor::start});
  double baseline = box.y + list_head + 14;
  for (const auto& line : column.lines) {
    painter.open("problem", line.number + " " + line.tooltip);
    const bool graded = line.grade != Grade::ungraded;
    painter.text(frame, left, baseline, graded ? stars(line.grade) : ungraded_mark, 40,
                 {11.5, graded ? ink::stars : ink::faint, true, Anchor::start});
    painter.text(frame, right - 16, baseline, line.category, category_room(line),
                 {category_size, ink::faint, false, Anchor::end});
    if (line.in_project) painter.diamond(right - 4, baseline - 4.2, 4.6, ink::institution);
    const double room = name_room(line, right - left);
    const double first_line = baseline;
    double taken = 0;
    for (const auto& each : line.lines) {
      const double width = painter.text(frame, left + stars_room, baseline, each, room,
                                        {list_name_size, ink::text, false, Anchor::start});
      if (baseline <= first_line) taken = width;
      baseline += further_line;
    }
    if (!line.lines.empty()) baseline -= further_line;
    // Where the problem is, before its category, when there is room to say it whole.
    const double where = text_width(line.where, category_size) + 14;
    if (!line.where.empty() && taken + where <= room) {
      painter.text(frame, left + stars_room + room, first_line, line.where, room - taken,
                   {category_size, ink::faint, false, Anchor::end});
    }
    painter.close();
    baseline += row_height;
  }
  if (column.lines_left_out != 0) {
    const std::string count = std::to_string(column.lines_left_out);
    painter.text(
        frame, left + stars_room, baseline,
        chart.language == Language::zh ? "另有 " + count + " 个问题未列出" : count + " more problems not listed",
        right - left - stars_room, {12, ink::faint, false, Anchor::start});
  }
}

std::vector<std::string> note_lines(const Chart& chart, double width) {
  std::vector<std::string> lines;
  std::string sources;
  for (const auto& source : chart.sources) {
    sources += sources.empty() ? say(chart.language, "资料来源：", "Sources: ") : say(chart.language, "；", "; ");
    sources += source;
  }
  for (const auto& [words, most] : {std::pair<const std::string&, std::size_t>{sources, 4}, {chart.note, 12}}) {
    for (auto& line : wrap_text(words, width, 12, false, most)) lines.push_back(std::move(line));
  }
  return lines;
}

void draw_notes(Painter& painter, const std::vector<std::string>& lines, const Box& box, std::uint32_t page) {
  const std::uint32_t frame = painter.frame(FrameRole::notes, box, page);
  double baseline = box.y + 13;
  for (const auto& line : lines) {
    painter.text(frame, box.x, baseline, line, box.width, {12, ink::quiet, false, Anchor::start});
    baseline += 18;
  }
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
