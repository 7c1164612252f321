#include <array>
#include <tuple>

#include "chainqual/severity/grade.hpp"
#include "chart_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

constexpr double badge_size = 11;
constexpr double badge_height = 19;
constexpr double badge_gap = 5;
constexpr double letter_box = 15;
constexpr double chip_gap = 8;

std::string badge_words(std::size_t stars_count, std::uint32_t problems) {
  const std::string_view mark = stars_count == 0 ? ungraded_mark : stars(static_cast<Grade>(stars_count));
  return std::string(mark) + " " + std::to_string(problems);
}

double badge_width(std::size_t stars_count, std::uint32_t problems) {
  return text_width(badge_words(stars_count, problems), badge_size, true) + 15;
}

double chip_width(std::uint32_t problems) {
  return letter_box + 4 + text_width(std::to_string(problems), badge_size, true);
}

std::string_view category_letter(std::size_t category, Language language) {
  static constexpr std::array<std::string_view, 5> zh{"技", "管", "牌", "基", "他"};
  static constexpr std::array<std::string_view, 5> en{"T", "M", "B", "I", "O"};
  static_assert(zh.size() == std::tuple_size_v<CategoryCounts>);
  return language == Language::zh ? zh[category] : en[category];
}

std::string number_of(std::uint32_t count) {
  return std::to_string(count);
}

constexpr double sign = 10;
constexpr double number_size = 11;

}  // namespace

double star_badges_width(const StarCounts& counts) {
  double total = 0;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (counts[k] != 0) total += badge_width(k, counts[k]) + (total > 0 ? badge_gap : 0);
  }
  return total;
}

double draw_star_badges(Painter& painter, std::uint32_t frame, double right, double centre, const StarCounts& counts,
                        bool on_dark) {
  double at = right;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (counts[k] == 0) continue;
    const double width = badge_width(k, counts[k]);
    const Box box{at - width, centre - badge_height / 2, width, badge_height};
    // Filled for critical, tinted for important, outlined for general: read without colour, too.
    const std::string_view fill = k == 3 ? ink::stars : k == 2 ? ink::stars_tint : ink::page;
    painter.pill(box, fill, on_dark ? std::string_view{} : k == 0 ? ink::hairline : ink::stars);
    const std::string_view colour = k == 3 ? ink::page : k == 0 ? ink::quiet : ink::stars;
    painter.text(frame, box.x + width / 2, centre + 4, badge_words(k, counts[k]), width - 8,
                 {badge_size, colour, true, Anchor::middle});
    at -= width + badge_gap;
  }
  return star_badges_width(counts);
}

double category_chips_width(const CategoryCounts& counts, Language) {
  double total = 0;
  for (const auto count : counts) {
    if (count != 0) total += chip_width(count) + (total > 0 ? chip_gap : 0);
  }
  return total;
}

double draw_category_letter(Painter& painter, std::uint32_t frame, double left, double centre, std::size_t category,
                            Language language, std::string_view colour) {
  painter.rect({left, centre - letter_box / 2, letter_box, letter_box}, {}, colour, 3, 0.9);
  painter.text(frame, left + letter_box / 2, centre + 3.9, category_letter(category, language), letter_box,
               {10.5, colour, true, Anchor::middle});
  return letter_box;
}

void draw_category_chips(Painter& painter, std::uint32_t frame, double right, double centre,
                         const CategoryCounts& counts, Language language, bool on_dark) {
  double left = right - category_chips_width(counts, language);
  const std::string_view colour = on_dark ? ink::head_quiet : ink::quiet;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (counts[k] == 0) continue;
    draw_category_letter(painter, frame, left, centre, k, language, colour);
    painter.text(frame, left + letter_box + 4, centre + 4, std::to_string(counts[k]), 60,
                 {badge_size, colour, true, Anchor::start});
    left += chip_width(counts[k]) + chip_gap;
  }
}

double change_word_width(MapChangeKind kind, Language language) {
  return text_width(label_of(kind, language), badge_size, true) + 16;
}

double draw_change_word(Painter& painter, std::uint32_t frame, double right, double centre, MapChangeKind kind,
                        Language language) {
  const double width = change_word_width(kind, language);
  painter.pill({right - width, centre - badge_height / 2, width, badge_height}, change_ink(kind));
  painter.text(frame, right - width / 2, centre + 4, label_of(kind, language), width - 8,
               {badge_size, ink::page, true, Anchor::middle});
  return width;
}

double weak_signs_width(const WeakSigns& signs) {
  double total = 0;
  const auto add = [&](std::uint32_t count, bool number) {
    if (count == 0) return;
    total += (total > 0 ? 8 : 0) + sign + (number ? 3 + text_width(number_of(count), number_size, true) : 0);
  };
  add(signs.cut, true);
  add(signs.joint, signs.numbers);
  add(signs.sole, signs.numbers);
  return total;
}

void draw_weak_signs(Painter& painter, const WeakSigns& signs, std::uint32_t frame, double left, double centre) {
  const auto number = [&](std::uint32_t count, std::string_view colour) {
    left += sign + 3;
    left += painter.text(frame, left, centre + 4, number_of(count), 60, {number_size, colour, true, Anchor::start}) + 8;
  };
  if (signs.cut != 0) {
    painter.cut_point(left + sign / 2, centre, signs.final_cut);
    number(signs.cut, signs.final_cut ? ink::stars : ink::text);
  }
  if (signs.joint != 0) {
    painter.hourglass(left + sign / 2, centre, ink::text);
    if (signs.numbers) {
      number(signs.joint, ink::text);
    } else {
      left += sign + 8;
    }
  }
  if (signs.sole != 0) {
    painter.triangle(left + sign / 2, centre, 8, ink::quiet);
    if (signs.numbers) number(signs.sole, ink::quiet);
  }
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
