#include <algorithm>

#include "chainqual/severity/grade.hpp"
#include "chart_parts.hpp"
#include "chart_words.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

constexpr double badge_size = 11;
constexpr double badge_height = 19;
constexpr double row_height = 22;
constexpr double list_head = 38;

std::string badge_words(std::size_t stars_count, std::uint32_t problems) {
  const std::string_view mark = stars_count == 0 ? ungraded_mark : stars(static_cast<Grade>(stars_count));
  return std::string(mark) + " " + std::to_string(problems);
}

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

}  // namespace

double draw_star_badges(Painter& painter, std::uint32_t frame, double right, double centre, const StarCounts& counts,
                        bool on_dark) {
  double total = 0;
  for (std::size_t stars_count = 0; stars_count < counts.size(); ++stars_count) {
    if (counts[stars_count] == 0) continue;
    const std::string words = badge_words(stars_count, counts[stars_count]);
    const double width = text_width(words, badge_size, true) + 15;
    const Box box{right - total - width, centre - badge_height / 2, width, badge_height};
    // Filled for critical, tinted for important, outlined for general: read without colour, too.
    const bool filled = stars_count == 3;
    const bool quiet = stars_count == 0;
    const std::string_view fill = filled ? ink::stars : stars_count == 2 ? ink::stars_tint : ink::page;
    painter.pill(box, fill, on_dark ? std::string_view{} : quiet ? ink::hairline : ink::stars);
    painter.text(frame, box.x + width / 2, centre + 4, words, width - 8,
                 {badge_size,
                  filled  ? ink::page
                  : quiet ? ink::quiet
                          : ink::stars,
                  true, Anchor::middle});
    total += width + 5;
  }
  return total > 0 ? total - 5 : 0;
}

void draw_header(Painter& painter, const Chart& chart, const Measures& m, std::uint32_t page) {
  const Box box{m.margin, m.margin, m.page - 2 * m.margin, m.header - 24};
  const std::uint32_t frame = painter.frame(FrameRole::header, box, page);
  const double date = chart.date.empty()
                          ? 0
                          : painter.text(frame, box.right(), box.y + 30,
                                         std::string(say(chart.language, "数据日期 ", "Data of ")) + chart.date, 300,
                                         {14, ink::quiet, false, Anchor::end});
  painter.text(frame, box.x, box.y + 32, chart.title, box.width - date - 40, {32, ink::text, true, Anchor::start});
  const double badges = draw_star_badges(painter, frame, box.right(), box.y + 62, chart.problems, false);
  painter.text(frame, box.x, box.y + 67, chart.summary, box.width - badges - 30,
               {14.5, ink::quiet, false, Anchor::start});
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
  const double left = box.x + 20;
  const double right = box.right() - 16;
  const double badges = draw_star_badges(painter, frame, right, box.y + 25, column.problems, true);
  const double room = right - badges - 14 - left;
  const double taken = painter.text(frame, left, box.y + 33, stage_name(column.stage, chart.language), room,
                                    {23, ink::page, true, Anchor::start});
  std::string count = count_text(column.enterprises);
  count += say(chart.language, " 家企业", column.enterprises == 1 ? " enterprise" : " enterprises");
  if (text_width(count, 13) <= room - taken - 14) {
    painter.text(frame, left + taken + 14, box.y + 32, count, room - taken - 14,
                 {13, ink::head_quiet, false, Anchor::start});
  }
  std::string below(stage_words(column.stage, chart.language));
  if (!column.regions.empty()) {
    below += say(chart.language, "　地域：", "  ·  ");
    below += column.regions;
  }
  painter.text(frame, left, box.y + 57, below, right - left, {12.5, ink::head_quiet, false, Anchor::start});
}

double problem_list_height(const Column& column) {
  if (column.lines.empty()) return 0;
  const std::size_t rows = column.lines.size() + (column.lines_left_out != 0 ? 1 : 0);
  return list_head + row_height * static_cast<double>(rows) + 14;
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
    const double category =
        painter.text(frame, right - 16, baseline, line.category, 120, {11.5, ink::faint, false, Anchor::end});
    if (line.in_project) painter.diamond(right - 4, baseline - 4.2, 4.6, ink::institution);
    painter.text(frame, left + 44, baseline, line.name, right - 16 - category - 12 - left - 44,
                 {13, ink::text, false, Anchor::start});
    painter.close();
    baseline += row_height;
  }
  if (column.lines_left_out != 0) {
    const std::string count = std::to_string(column.lines_left_out);
    painter.text(
        frame, left + 44, baseline,
        chart.language == Language::zh ? "另有 " + count + " 个问题未列出" : count + " more problems not listed",
        right - left - 44, {12, ink::faint, false, Anchor::start});
  }
}

std::vector<std::string> note_lines(const Chart& chart, double width) {
  std::vector<std::string> lines;
  std::string sources;
  for (const auto& source : chart.sources) {
    sources += sources.empty() ? say(chart.language, "资料来源：", "Sources: ") : say(chart.language, "；", "; ");
    sources += source;
  }
  for (const auto& [words, most] : {std::pair<const std::string&, std::size_t>{sources, 2}, {chart.note, 5}}) {
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
