#include <algorithm>

#include "chart_parts.hpp"
#include "chart_words.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

constexpr double lane_name_size = 15;
constexpr double lane_name_line = 19;
constexpr double lane_small_size = 11.5;
constexpr double lane_small_line = 16;
constexpr double count_size = 12.5;
constexpr double count_line = 19;
constexpr double final_sign = 22;
constexpr double heat_room = 56;

double badges_room(const Lane& lane, const Chart& chart) {
  double room = star_badges_width(lane.problems);
  if (lane.change) room += change_word_width(*lane.change, chart.language) + (room > 0 ? 6 : 0);
  return room > 0 ? room + 10 : 0;
}

/// Whether the industry stands beside the lane's name.
bool industry_beside(const Lane& lane, double room) {
  return !lane.industry.empty() && lane.industry != lane.name && lane.name_lines.size() == 1 &&
         text_width(lane.name_lines.front(), lane_name_size, true) + 10 + text_width(lane.industry, lane_small_size) <=
             room;
}

WeakSigns signs_of(const LaneCounts& counts) {
  return {counts.cut_points, false, counts.joints, counts.sole, true};
}

std::string count_words(const Lane& lane, const Chart& chart) {
  const LaneCounts& counts = lane.counts;
  const bool zh = chart.language == Language::zh;
  std::string words;
  const auto add = [&](std::string_view in_zh, std::string_view in_en, std::uint64_t value) {
    if (value == 0) return;
    if (!words.empty()) words += zh ? "　" : "  ·  ";
    words += zh ? std::string(in_zh) + " " + count_text(value) : count_text(value) + " " + std::string(in_en);
  };
  add("企业", "enterprises", counts.enterprises);
  if (chart.home_known) {
    add("省内", "inside", counts.places[0]);
    add("省外", "outside", counts.places[1]);
  }
  add("链主", "owners", counts.owners);
  add("领导者", "leaders", counts.ladders[1]);
  add("跟随者", "followers", counts.ladders[2]);
  return words;
}

/// Height of the lane's counts, from `count_lines` on.
double counts_height(const Lane& lane, const Chart& chart) {
  double height = chart.home_known ? 18 : 0;
  height += std::max(count_line * static_cast<double>(lane.count_lines.size()), chart.heat ? 24.0 : 0.0);
  return height + (weak_signs_width(signs_of(lane.counts)) > 0 ? count_line : 0);
}

void draw_counts(Painter& painter, const Lane& lane, const Chart& chart, double top, double left, double width,
                 std::uint32_t frame) {
  const LaneCounts& counts = lane.counts;
  if (chart.home_known) {
    // Shares of home, outside and unknown as one bar.
    double x = left;
    for (const Place place : {Place::home, Place::outside, Place::unknown}) {
      if (counts.enterprises == 0) break;
      const double share =
          static_cast<double>(counts.places[static_cast<std::size_t>(place)]) / static_cast<double>(counts.enterprises);
      if (share > 0) painter.rect({x, top, share * width, 10}, ink_of(place).strong);
      x += share * width;
    }
    if (counts.enterprises == 0) painter.rect({left, top, width, 10}, ink::column, ink::hairline);
    top += 18;
  }
  if (chart.heat && counts.enterprises != 0) {
    const double mean = counts.heat_sum / static_cast<double>(counts.enterprises);
    const HeatInk heat = heat_ink(mean);
    const double right = left + width;
    painter.rect({right - 44, top, 44, 20}, heat.fill, {}, 4);
    painter.text(frame, right - 22, top + 14.5, percent(mean), 42, {12, heat.text, true, Anchor::middle});
  }
  double baseline = top + 14;
  for (const auto& line : lane.count_lines) {
    painter.text(frame, left, baseline, line, width, {count_size, ink::text, false, Anchor::start});
    baseline += count_line;
  }
  draw_weak_signs(painter, signs_of(counts), frame, left, baseline - 4);
}

}  // namespace

std::vector<std::string> broken(Chart& chart, std::string_view text, double width, double size, bool bold,
                                std::size_t most_lines) {
  auto lines = wrap_text(text, width, size, bold, most_lines);
  if (!lines.empty() && lines.size() == most_lines && lines.back().ends_with("…") && !text.ends_with("…")) {
    ++chart.cut_texts;
  }
  return lines;
}

double measure_lane(Lane& lane, Chart& chart, const Measures& m) {
  const double width = m.content_width();
  const double name_room = width - badges_room(lane, chart) - (lane.final_product ? final_sign : 0);
  lane.name_lines = broken(chart, lane.name, name_room, lane_name_size, true, 3);
  double y =
      m.lane_padding + 3 + lane_name_line * static_cast<double>(std::max<std::size_t>(lane.name_lines.size(), 1));
  const double chips = category_chips_width(lane.categories, chart.language);
  const double room = width - (chips > 0 ? chips + 12 : 0);
  lane.detail_lines.clear();
  const auto add = [&](const std::string& text, std::size_t most) {
    for (auto& line : wrap_text(text, room, lane_small_size, false, most)) lane.detail_lines.push_back(std::move(line));
  };
  const bool beside = industry_beside(lane, name_room) || lane.industry == lane.name;
  add(joined({beside ? std::string() : lane.industry, lane.regions}, say(chart.language, "　", "  ·  ")), 3);
  if (!lane.guests.empty()) add(std::string(say(chart.language, "兼营：", "Also here: ")) + lane.guests, 4);
  add(lane.largest, 4);
  y += lane_small_line * static_cast<double>(std::max<std::size_t>(lane.detail_lines.size(), chips > 0 ? 1 : 0)) + 10;
  if (chart.detail == Detail::counts) {
    lane.count_lines = wrap_text(count_words(lane, chart), width - (chart.heat ? heat_room : 0), count_size, false, 3);
    y += counts_height(lane, chart);
  } else {
    y = measure_cards(lane, chart, m, y);
    if (lane.cards.empty()) y -= 6;
  }
  lane.institution_lines = institution_lines(lane.institutions, chart.language, width - 20, 10);
  if (!lane.institution_lines.empty()) {
    y += 4 + lane_small_line * static_cast<double>(lane.institution_lines.size());
  }
  return y + m.lane_padding - (chart.detail == Detail::counts ? 0 : 4);
}

void draw_lane(Painter& painter, const Lane& lane, const Chart& chart, const Measures& m, std::uint32_t parent) {
  const Box& box = lane.box;
  const std::uint32_t frame = painter.frame(FrameRole::lane, box, parent);
  painter.open("segment", lane.name);
  const double left = box.x + m.lane_padding;
  const double right = box.right() - m.lane_padding;
  double baseline = box.y + m.lane_padding + 14;
  double badges = draw_star_badges(painter, frame, right, baseline - 5.2, lane.problems, false);
  if (lane.change) {
    draw_change_word(painter, frame, right - badges - (badges > 0 ? 6 : 0), baseline - 5.2, *lane.change,
                     chart.language);
  }
  const double sign = lane.final_product ? final_sign : 0;
  if (lane.final_product) painter.target(left + 8, baseline - 5.2, ink::head);
  const double name_room = right - left - badges_room(lane, chart) - sign;
  if (industry_beside(lane, name_room)) {
    const double name = text_width(lane.name_lines.front(), lane_name_size, true);
    painter.text(frame, left + sign + name + 10, baseline, lane.industry, name_room - name - 10,
                 {lane_small_size, ink::faint, false, Anchor::start});
  }
  for (const auto& line : lane.name_lines) {
    painter.text(frame, left + sign, baseline, line, name_room, {lane_name_size, ink::text, true, Anchor::start});
    baseline += lane_name_line;
  }
  if (lane.name_lines.empty()) baseline += lane_name_line;
  baseline += 2;
  draw_category_chips(painter, frame, right, baseline - 4, lane.categories, chart.language, false);
  for (const auto& line : lane.detail_lines) {
    painter.text(frame, left, baseline, line, right - left, {lane_small_size, ink::quiet, false, Anchor::start});
    baseline += lane_small_line;
  }
  const double institutions = lane_small_line * static_cast<double>(lane.institution_lines.size());
  const double foot = box.bottom() - m.lane_padding - (institutions > 0 ? institutions + 4 : 0);
  if (chart.detail == Detail::counts) {
    draw_counts(painter, lane, chart, foot - counts_height(lane, chart), left, right - left, frame);
  }
  if (!lane.institution_lines.empty()) {
    baseline = box.bottom() - 12 - institutions + 11;
    painter.shield(left + 6, baseline - 4, ink::institution);
    for (const auto& line : lane.institution_lines) {
      painter.text(frame, left + 20, baseline, line, right - left - 20,
                   {lane_small_size, ink::institution, false, Anchor::start});
      baseline += lane_small_line;
    }
  }
  for (const auto& card : lane.cards) draw_card(painter, card, chart, frame);
  painter.close();
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
