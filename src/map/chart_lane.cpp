#include <algorithm>

#include "chart_parts.hpp"
#include "chart_words.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

constexpr double name_size = 15;
constexpr double small_size = 11.5;
constexpr double small_line = 16;
constexpr double heat_width = 50;
constexpr double card_text_left = 40;
constexpr double card_name_size = 14;
constexpr double card_name_line = 18;

/// On a map of changes, cards of which nothing changed step back.
bool faded(const Card& card, const Chart& chart) {
  return chart.difference && !card.change;
}

double text_room(const Card& card, double width) {
  return width - card_text_left - 14 - (card.heat || card.change ? heat_width + 2 : 0) -
         (card.ladder != Ladder::unstated ? 26 : 0);
}

double measure_full_card(Card& card, double width) {
  const double pennant = card.role == Role::owner ? 16 : 0;
  card.lines = wrap_text(card.name, text_room(card, width) - pennant, card_name_size, true, 2);
  return 38 + card_name_line * static_cast<double>(std::max<std::size_t>(card.lines.size(), 1));
}

double measure_cards(Lane& lane, const Chart& chart, const Measures& m, double top) {
  const double width = m.content_width();
  if (lane.cards.empty()) return top;
  if (chart.detail == Detail::full) {
    for (auto& card : lane.cards) {
      const double height = measure_full_card(card, width);
      card.box = {m.lane_padding, top, width, height};
      top += height + m.card_gap;
    }
    return top;
  }
  constexpr std::size_t in_row = 3;
  constexpr double height = 56;
  const double gap = 6;
  const double each = (width - gap * (in_row - 1)) / in_row;
  for (std::size_t k = 0; k < lane.cards.size(); ++k) {
    Card& card = lane.cards[k];
    card.lines = wrap_text(card.name, each - 18, small_size, true, 2);
    card.box = {m.lane_padding + static_cast<double>(k % in_row) * (each + gap),
                top + static_cast<double>(k / in_row) * (height + gap), each, height};
  }
  return top + static_cast<double>((lane.cards.size() + in_row - 1) / in_row) * (height + gap) + m.card_gap - gap;
}

struct PlaceInk {
  std::string_view strong;
  std::string_view tint;
  Corners corners;
};

PlaceInk ink_of(Place place) {
  switch (place) {
    case Place::home:
      return {ink::home, ink::home_tint, Corners::round};
    case Place::outside:
      return {ink::outside, ink::outside_tint, Corners::cut};
    case Place::unknown:
      break;
  }
  return {ink::unknown, ink::unknown_tint, Corners::square};
}

/// The sign at a card's left: a disc inside the province, a diamond outside, a square where unknown.
void draw_place_mark(Painter& painter, Place place, double x, double y, double r) {
  const PlaceInk colours = ink_of(place);
  if (place == Place::outside) {
    painter.diamond(x, y, r * 1.25, colours.strong);
  } else {
    painter.rect({x - r, y - r, 2 * r, 2 * r}, colours.strong, {}, place == Place::home ? r : 0);
  }
}

/// A card's ground and edge: by place, and on a map of changes by what became of it.
void draw_outline(Painter& painter, const Card& card, const Chart& chart, double thin, double thick) {
  const PlaceInk colours = ink_of(card.place);
  if (card.change) {
    painter.outline(card.box, colours.corners, ink::page, change_ink(*card.change), thick + 0.6);
  } else if (faded(card, chart)) {
    painter.outline(card.box, colours.corners, ink::page, ink::hairline, thin);
  } else {
    painter.outline(card.box, colours.corners, colours.tint, colours.strong, card.role == Role::owner ? thick : thin);
  }
}

void draw_full_card(Painter& painter, const Card& card, const Chart& chart, std::uint32_t frame) {
  const PlaceInk colours = ink_of(card.place);
  const Box& box = card.box;
  draw_outline(painter, card, chart, 1, 2.2);
  draw_place_mark(painter, card.place, box.x + 21, box.y + box.height / 2, 6.5);
  // Quiet: most enterprises of a listed chain are the only ones listed for something.
  if (card.sole) painter.triangle(box.x + 21, box.bottom() - 10, 7, ink::faint);
  double right = box.right() - 12;
  if (card.heat) {
    const HeatInk heat = heat_ink(*card.heat);
    const Box tile{box.right() - heat_width - 8, box.y + 10, heat_width, box.height - 20};
    painter.rect(tile, heat.fill, {}, 5);
    painter.text(frame, tile.x + tile.width / 2, tile.y + tile.height / 2 + 4.8, percent(*card.heat), tile.width - 4,
                 {13.5, heat.text, true, Anchor::middle});
    right = tile.x - 10;
  } else if (card.change) {
    const Box tile{box.right() - heat_width - 8, box.y + 10, heat_width, box.height - 20};
    painter.rect(tile, change_ink(*card.change), {}, 5);
    painter.text(frame, tile.x + tile.width / 2, tile.y + tile.height / 2 + 4, label_of(*card.change, chart.language),
                 tile.width - 2, {11, ink::page, true, Anchor::middle});
    right = tile.x - 10;
  }
  if (card.ladder != Ladder::unstated) {
    painter.ladder(right - 8, box.y + box.height / 2, card.ladder == Ladder::leader, colours.strong);
    right -= 24;
  }
  double left = box.x + card_text_left;
  double baseline = box.y + 24;
  const double pennant = card.role == Role::owner ? 16 : 0;
  if (pennant > 0) painter.pennant(left, baseline + 2, ink::stars);
  for (const auto& line : card.lines) {
    painter.text(frame, left + pennant, baseline, line, right - left - pennant,
                 {card_name_size, faded(card, chart) ? ink::quiet : ink::text, true, Anchor::start});
    baseline += card_name_line;
  }
  baseline = box.bottom() - 13;
  if (!card.region.empty()) {
    left +=
        painter.text(frame, left, baseline, card.region, (right - left) / 2, {12, colours.strong, true, Anchor::start});
    left += 10;
  }
  painter.text(frame, left, baseline, card.products, right - left, {12, ink::quiet, false, Anchor::start});
}

void draw_small_card(Painter& painter, const Card& card, const Chart& chart, std::uint32_t frame) {
  const PlaceInk colours = ink_of(card.place);
  const Box& box = card.box;
  draw_outline(painter, card, chart, 0.8, 2);
  double baseline = box.y + 16.5;
  for (const auto& line : card.lines) {
    painter.text(frame, box.x + 9, baseline, line, box.width - 18,
                 {small_size, faded(card, chart) ? ink::quiet : ink::text, true, Anchor::start});
    baseline += 14;
  }
  baseline = box.bottom() - 8;
  double right = box.right() - 9;
  if (card.heat) {
    const HeatInk heat = heat_ink(*card.heat);
    const Box tile{right - 32, baseline - 11, 34, 15};
    painter.rect(tile, heat.fill, {}, 3);
    painter.text(frame, tile.x + 17, baseline, percent(*card.heat), 32, {10, heat.text, true, Anchor::middle});
    right = tile.x - 4;
  } else if (card.change) {
    const Box tile{right - 44, baseline - 11, 46, 15};
    painter.rect(tile, change_ink(*card.change), {}, 3);
    painter.text(frame, tile.x + 23, baseline, label_of(*card.change, chart.language), 44,
                 {10, ink::page, true, Anchor::middle});
    right = tile.x - 4;
  }
  if (card.ladder != Ladder::unstated) {
    painter.ladder(right - 6, baseline - 4, card.ladder == Ladder::leader, colours.strong);
    right -= 16;
  }
  if (card.role == Role::owner) {
    painter.pennant(right - 10, baseline + 1, ink::stars);
    right -= 16;
  }
  if (card.sole) {
    painter.triangle(right - 5, baseline - 4, 7, ink::faint);
    right -= 14;
  }
  draw_place_mark(painter, card.place, box.x + 12.5, baseline - 3.8, 3.6);
  painter.text(frame, box.x + 21, baseline, card.region, right - box.x - 21,
               {10.5, colours.strong, false, Anchor::start});
}

/// Without a home province there is no bar of places.
double counts_height(const Chart& chart) {
  return chart.home_known ? 46 : 27;
}

void draw_counts(Painter& painter, const Lane& lane, const Chart& chart, const Box& box, std::uint32_t frame) {
  const LaneCounts& counts = lane.counts;
  const Language language = chart.language;
  const double top = box.bottom() - 14 - 42;
  const double left = box.x + 14;
  const double width = box.width - 28;
  // Shares of home, outside and unknown as one bar.
  double x = left;
  for (const Place place : {Place::home, Place::outside, Place::unknown}) {
    if (!chart.home_known) break;
    const double share = counts.enterprises == 0 ? 0
                                                 : static_cast<double>(counts.places[static_cast<std::size_t>(place)]) /
                                                       static_cast<double>(counts.enterprises);
    if (share <= 0) continue;
    painter.rect({x, top, share * width, 10}, ink_of(place).strong);
    x += share * width;
  }
  if (chart.home_known && counts.enterprises == 0) painter.rect({left, top, width, 10}, ink::column, ink::hairline);
  std::string words;
  const auto add = [&](std::string_view zh, std::string_view en, std::uint64_t value) {
    if (value == 0) return;
    if (!words.empty()) words += language == Language::zh ? "　" : "  ·  ";
    words += language == Language::zh ? std::string(zh) + " " + count_text(value)
                                      : count_text(value) + " " + std::string(en);
  };
  add("企业", "enterprises", counts.enterprises);
  if (chart.home_known) {
    add("省内", "inside", counts.places[0]);
    add("省外", "outside", counts.places[1]);
  }
  add("链主", "owners", counts.owners);
  add("领导者", "leaders", counts.ladders[1]);
  add("跟随者", "followers", counts.ladders[2]);
  double right = left + width;
  if (chart.heat && counts.enterprises != 0) {
    const double mean = counts.heat_sum / static_cast<double>(counts.enterprises);
    const HeatInk heat = heat_ink(mean);
    painter.rect({right - 44, top + 19, 44, 20}, heat.fill, {}, 4);
    painter.text(frame, right - 22, top + 33.5, percent(mean), 42, {12, heat.text, true, Anchor::middle});
    right -= 54;
  }
  painter.text(frame, left, top + 33, words, right - left, {12.5, ink::text, false, Anchor::start});
}

}  // namespace

double measure_lane(Lane& lane, const Chart& chart, const Measures& m) {
  const double width = m.content_width();
  double y = m.lane_padding + 22;
  lane.region_lines = wrap_text(lane.regions, width, small_size, false, 2);
  y += small_line * static_cast<double>(lane.region_lines.size());
  const std::string guests =
      lane.guests.empty() ? std::string() : std::string(say(chart.language, "兼营：", "Also here: ")) + lane.guests;
  lane.guest_lines = wrap_text(guests, width, small_size, false, 2);
  y += small_line * static_cast<double>(lane.guest_lines.size());
  lane.largest_lines = wrap_text(lane.largest, width, small_size, false, 2);
  y += small_line * static_cast<double>(lane.largest_lines.size());
  y += 10;
  if (chart.detail == Detail::counts) {
    y += counts_height(chart);
  } else {
    y = measure_cards(lane, chart, m, y);
    if (lane.cards.empty()) y -= 6;
  }
  lane.institution_lines = wrap_text(lane.institutions, width - 20, small_size, false, 3);
  if (!lane.institution_lines.empty()) {
    y += 4 + small_line * static_cast<double>(lane.institution_lines.size());
  }
  return y + m.lane_padding - (chart.detail == Detail::counts ? 0 : 4);
}

void draw_card(Painter& painter, const Card& card, const Chart& chart, std::uint32_t parent) {
  const std::uint32_t frame = painter.frame(FrameRole::card, card.box, parent);
  painter.open("enterprise", card.tooltip);
  if (chart.detail == Detail::full) {
    draw_full_card(painter, card, chart, frame);
  } else {
    draw_small_card(painter, card, chart, frame);
  }
  painter.close();
}

void draw_lane(Painter& painter, const Lane& lane, const Chart& chart, const Measures& m, std::uint32_t parent) {
  const Box& box = lane.box;
  const std::uint32_t frame = painter.frame(FrameRole::lane, box, parent);
  painter.open("segment", lane.name);
  const double left = box.x + m.lane_padding;
  const double right = box.right() - m.lane_padding;
  double baseline = box.y + m.lane_padding + 14;
  const double badges = draw_star_badges(painter, frame, right, baseline - 5.2, lane.problems, false);
  double room = right - badges - (badges > 0 ? 10 : 0) - left;
  const double taken =
      painter.text(frame, left, baseline, lane.name, room, {name_size, ink::text, true, Anchor::start});
  room -= taken + 10;
  if (lane.final_product && room > 62) {
    const std::string_view words = say(chart.language, "最终产品", "final product");
    const double width = text_width(words, 10.5, true) + 14;
    if (width < room) {
      painter.pill({left + taken + 10, baseline - 12.5, width, 17}, ink::head);
      painter.text(frame, left + taken + 17, baseline - 0.2, words, width - 10, {10.5, ink::page, true, Anchor::start});
      room -= width + 8;
    }
  } else if (room > 40 && lane.industry != lane.name) {
    painter.text(frame, left + taken + 10, baseline, lane.industry, room,
                 {small_size, ink::faint, false, Anchor::start});
  }
  baseline += 6;
  for (const auto* lines : {&lane.region_lines, &lane.guest_lines, &lane.largest_lines}) {
    for (const auto& line : *lines) {
      baseline += small_line;
      painter.text(frame, left, baseline, line, right - left, {small_size, ink::quiet, false, Anchor::start});
    }
  }
  const double institutions = small_line * static_cast<double>(lane.institution_lines.size());
  if (!lane.institution_lines.empty()) {
    baseline = box.bottom() - 12 - institutions + 11;
    painter.shield(left + 6, baseline - 4, ink::institution);
    for (const auto& line : lane.institution_lines) {
      painter.text(frame, left + 20, baseline, line, right - left - 20,
                   {small_size, ink::institution, false, Anchor::start});
      baseline += small_line;
    }
  }
  if (chart.detail == Detail::counts) {
    Box counted = box;
    if (!lane.institution_lines.empty()) counted.height -= institutions + 4;
    draw_counts(painter, lane, chart, counted, frame);
  }
  for (const auto& card : lane.cards) draw_card(painter, card, chart, frame);
  painter.close();
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
