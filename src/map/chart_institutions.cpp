#include <algorithm>

#include "chart_parts.hpp"
#include "chart_words.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

constexpr double name_size = 11.5;
constexpr double name_line = 16;
constexpr double heading_size = 13;
constexpr double heading_line = 22;
constexpr std::size_t most_lines = 12;

std::string_view heading(Language language) {
  return say(language, "服务全链的机构", "Institutions for the whole chain");
}

}  // namespace

std::vector<std::string> institution_lines(const std::vector<std::string>& institutions, Language language,
                                           double width, std::size_t most) {
  const std::string_view between = say(language, "；", "; ");
  for (std::size_t kept = institutions.size(); kept > 0; kept -= std::max<std::size_t>(1, kept / 8)) {
    std::vector<std::string> named(institutions.begin(), institutions.begin() + static_cast<std::ptrdiff_t>(kept));
    if (const std::size_t more = institutions.size() - kept; more != 0) {
      const std::string count = std::to_string(more);
      named.push_back(language == Language::zh ? "另有 " + count + " 家" : "and " + count + " more");
    }
    auto lines = wrap_text(joined(named, between), width, name_size, false, most + 1);
    if (lines.size() <= most) return lines;
    if (kept == 1) return wrap_text(joined(named, between), width, name_size, false, most);
  }
  return {};
}

double measure_whole_chain(Chart& chart, const Measures& m) {
  const double width = m.inner() - 2 * m.lane_padding - 20;
  chart.institution_lines = institution_lines(chart.institutions, chart.language, width, most_lines);
  if (chart.institution_lines.empty()) return 0;
  return 2 * m.lane_padding + heading_line + name_line * static_cast<double>(chart.institution_lines.size()) - 8;
}

void draw_whole_chain(Painter& painter, const Chart& chart, const Box& box, const Measures& m, std::uint32_t page) {
  painter.rect(box, ink::lane, ink::hairline, 8);
  const std::uint32_t frame = painter.frame(FrameRole::institutions, box, page);
  painter.open("institutions", heading(chart.language));
  const double left = box.x + m.lane_padding;
  const double room = box.width - 2 * m.lane_padding;
  double baseline = box.y + m.lane_padding + 11;
  painter.text(frame, left, baseline, heading(chart.language), room, {heading_size, ink::text, true, Anchor::start});
  baseline += heading_line - 2;
  painter.shield(left + 6, baseline - 4, ink::institution);
  for (const auto& line : chart.institution_lines) {
    painter.text(frame, left + 20, baseline, line, room - 20, {name_size, ink::institution, false, Anchor::start});
    baseline += name_line;
  }
  painter.close();
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
