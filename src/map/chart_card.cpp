#include <algorithm>

#include "chart_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

constexpr double heat_width = 50;
constexpr double impact_width = 96;
constexpr double text_left = 40;
constexpr double card_name_size = 14;
constexpr double card_name_line = 18;
constexpr double product_size = 12;
constexpr double product_line = 16;
constexpr double small_name = 11.5;
constexpr double card_small_name_line = 14;
constexpr double card_small_size = 10.5;
constexpr double card_small_line = 13.5;
constexpr double small_least = 136;
constexpr double small_gap = 6;

/// On a map of changes, cards of which nothing changed step back.
bool faded(const Card& card, const Chart& chart) {
  return chart.difference && !card.change && card.impact.empty();
}

WeakSigns signs_of(const Card& card) {
  return {card.cut, card.final_cut, card.joint ? 1u : 0u, card.sole ? 1u : 0u, false};
}

double tile_width(const Card& card) {
  return !card.impact.empty() ? impact_width : card.heat || card.change ? heat_width : 0;
}

double text_right(const Card& card, double right) {
  const double tile = tile_width(card);
  return tile > 0 ? right - tile - 18 : right - 12;
}

double region_width(const Card& card) {
  return card.region.empty() ? 0 : text_width(card.region, product_size, true) + 10;
}

double measure_full_card(Card& card, Chart& chart, double width) {
  const double room = text_right(card, width) - text_left;
  const double pennant = card.role == Role::owner ? 16 : 0;
  const double ladder = card.ladder != Ladder::unstated ? 22 : 0;
  card.lines = broken(chart, card.name, room - pennant - ladder, card_name_size, true, 3);
  const double signs = weak_signs_width(signs_of(card));
  card.product_lines =
      broken(chart, card.products, room - region_width(card) - (signs > 0 ? signs + 10 : 0), product_size, false, 2);
  return 22 + card_name_line * static_cast<double>(std::max<std::size_t>(card.lines.size(), 1)) +
         product_line * static_cast<double>(std::max<std::size_t>(card.product_lines.size(), 1));
}

bool signs_below(const Card& card) {
  return card.cut != 0 || card.joint;
}

double measure_small_card(Card& card, Chart& chart, double width) {
  const double room = width - 18;
  card.lines = broken(chart, card.name, room - (card.role == Role::owner ? 14 : 0), small_name, true, 4);
  card.product_lines = wrap_text(card.products, room, card_small_size, false, 2);
  return 29 + card_small_name_line * static_cast<double>(std::max<std::size_t>(card.lines.size(), 1)) +
         card_small_line * static_cast<double>(card.product_lines.size()) + (signs_below(card) ? 16 : 0) +
         (card.impact.empty() ? 0 : 18);
}

/// A card's ground and edge: by place, and on a map of changes by what became of it.
void draw_outline(Painter& painter, const Card& card, const Chart& chart, double thin, double thick) {
  const PlaceInk colours = ink_of(card.place);
  if (card.change) {
    painter.outline(card.box, colours.corners, ink::page, change_ink(*card.change), thick + 0.6,
                    *card.change == MapChangeKind::gone ? "3 4" : "");
  } else if (faded(card, chart)) {
    painter.outline(card.box, colours.corners, ink::page, ink::hairline, thin);
  } else {
    painter.outline(card.box, colours.corners, colours.tint, colours.strong, card.role == Role::owner ? thick : thin);
  }
}

/// At a full card's right: the heat, or what became of the enterprise and of its loss.
void draw_tile(Painter& painter, const Card& card, const Chart& chart, std::uint32_t frame) {
  const double width = tile_width(card);
  if (width <= 0) return;
  const Box tile{card.box.right() - width - 8, card.box.y + 9, width, card.box.height - 18};
  const double centre = tile.y + tile.height / 2;
  const double middle = tile.x + width / 2;
  if (card.heat) {
    const HeatInk heat = heat_ink(*card.heat);
    painter.rect(tile, heat.fill, {}, 5);
    painter.text(frame, middle, centre + 4.8, percent(*card.heat), width - 4, {13.5, heat.text, true, Anchor::middle});
    return;
  }
  const std::string_view fill = card.change ? change_ink(*card.change) : ink::column;
  const std::string_view words = card.change ? ink::page : ink::text;
  painter.rect(tile, fill, card.change ? std::string_view{} : ink::hairline, 5);
  const double half = card.impact.empty() || !card.change ? 0 : 8.5;
  if (card.change) {
    painter.text(frame, middle, centre + 4 - half, label_of(*card.change, chart.language), width - 4,
                 {11.5, words, true, Anchor::middle});
  }
  if (!card.impact.empty()) {
    painter.text(frame, middle, centre + 4 + half, card.impact, width - 4, {11.5, words, true, Anchor::middle});
  }
}

void draw_full_card(Painter& painter, const Card& card, const Chart& chart, std::uint32_t frame) {
  const PlaceInk colours = ink_of(card.place);
  const Box& box = card.box;
  draw_outline(painter, card, chart, 1, 2.2);
  draw_place_mark(painter, card.place, box.x + 21, box.y + box.height / 2, 6.5);
  draw_tile(painter, card, chart, frame);
  const double right = text_right(card, box.right());
  const double left = box.x + text_left;
  const double ladder = card.ladder != Ladder::unstated ? 22 : 0;
  double baseline = box.y + 24;
  if (ladder > 0) painter.ladder(right - 7, baseline - 5, card.ladder == Ladder::leader, colours.strong);
  const double pennant = card.role == Role::owner ? 16 : 0;
  if (pennant > 0) painter.pennant(left, baseline + 2, ink::stars);
  for (const auto& line : card.lines) {
    painter.text(frame, left + pennant, baseline, line, right - left - pennant - ladder,
                 {card_name_size, faded(card, chart) ? ink::quiet : ink::text, true, Anchor::start});
    baseline += card_name_line;
  }
  const WeakSigns weak = signs_of(card);
  const double signs = weak_signs_width(weak);
  const double rest = right - (signs > 0 ? signs + 10 : 0);
  baseline += 1;
  if (signs > 0) draw_weak_signs(painter, weak, frame, right - signs, baseline - 4);
  const double from = left + region_width(card);
  painter.text(frame, left, baseline, card.region, rest - left, {product_size, colours.strong, true, Anchor::start});
  for (const auto& line : card.product_lines) {
    painter.text(frame, from, baseline, line, rest - from, {product_size, ink::quiet, false, Anchor::start});
    baseline += product_line;
  }
}

void draw_small_card(Painter& painter, const Card& card, const Chart& chart, std::uint32_t frame) {
  const PlaceInk colours = ink_of(card.place);
  const Box& box = card.box;
  draw_outline(painter, card, chart, 0.8, 2);
  const double left = box.x + 9;
  double right = box.right() - 9;
  double baseline = box.y + 16.5;
  const double pennant = card.role == Role::owner ? 14 : 0;
  if (pennant > 0) painter.pennant(left, baseline + 2, ink::stars);
  for (const auto& line : card.lines) {
    painter.text(frame, left + pennant, baseline, line, right - left - pennant,
                 {small_name, faded(card, chart) ? ink::quiet : ink::text, true, Anchor::start});
    baseline += card_small_name_line;
  }
  for (const auto& line : card.product_lines) {
    painter.text(frame, left, baseline, line, right - left, {card_small_size, ink::quiet, false, Anchor::start});
    baseline += card_small_line;
  }
  WeakSigns weak = signs_of(card);
  if (signs_below(card)) {
    draw_weak_signs(painter, weak, frame, left, baseline - 3);
    weak = {};
  }
  baseline = box.bottom() - 8;
  if (!card.impact.empty()) {
    painter.text(frame, left, baseline, card.impact, right - left, {card_small_size, ink::text, true, Anchor::start});
    baseline -= 18;
  }
  const auto tile = [&](double width, std::string_view fill, std::string_view colour, std::string_view words) {
    painter.rect({right - width + 2, baseline - 11.5, width, 15.5}, fill, {}, 3);
    painter.text(frame, right - width / 2 + 2, baseline, words, width - 2,
                 {card_small_size, colour, true, Anchor::middle});
    right -= width + 2;
  };
  if (card.heat) {
    const HeatInk heat = heat_ink(*card.heat);
    tile(36, heat.fill, heat.text, percent(*card.heat));
  } else if (card.change) {
    tile(change_word_width(*card.change, chart.language) - 6, change_ink(*card.change), ink::page,
         label_of(*card.change, chart.language));
  }
  if (card.ladder != Ladder::unstated) {
    painter.ladder(right - 6, baseline - 4, card.ladder == Ladder::leader, colours.strong);
    right -= 16;
  }
  if (const double signs = weak_signs_width(weak); signs > 0) {
    draw_weak_signs(painter, weak, frame, right - signs, baseline - 4);
    right -= signs + 5;
  }
  draw_place_mark(painter, card.place, left + 3.5, baseline - 3.8, 3.6);
  painter.text(frame, left + 12, baseline, card.region, right - left - 12,
               {card_small_size, colours.strong, false, Anchor::start});
}

}  // namespace

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

void draw_place_mark(Painter& painter, Place place, double x, double y, double r) {
  const PlaceInk colours = ink_of(place);
  if (place == Place::outside) {
    painter.diamond(x, y, r * 1.25, colours.strong);
  } else {
    painter.rect({x - r, y - r, 2 * r, 2 * r}, colours.strong, {}, place == Place::home ? r : 0);
  }
}

double measure_cards(Lane& lane, Chart& chart, const Measures& m, double top) {
  const double width = m.content_width();
  if (lane.cards.empty()) return top;
  if (chart.detail == Detail::full) {
    for (auto& card : lane.cards) {
      const double height = measure_full_card(card, chart, width);
      card.box = {m.lane_padding, top, width, height};
      top += height + m.card_gap;
    }
    return top;
  }
  const auto in_row = static_cast<std::size_t>(std::max(1.0, (width + small_gap) / (small_least + small_gap)));
  const double each = (width - small_gap * static_cast<double>(in_row - 1)) / static_cast<double>(in_row);
  for (std::size_t first = 0; first < lane.cards.size(); first += in_row) {
    const std::size_t end = std::min(first + in_row, lane.cards.size());
    double height = 0;
    for (std::size_t k = first; k < end; ++k) height = std::max(height, measure_small_card(lane.cards[k], chart, each));
    for (std::size_t k = first; k < end; ++k) {
      lane.cards[k].box = {m.lane_padding + static_cast<double>(k - first) * (each + small_gap), top, each, height};
    }
    top += height + small_gap;
  }
  return top - small_gap + m.card_gap;
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

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
