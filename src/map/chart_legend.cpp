#include <array>
#include <functional>

#include "chainqual/severity/grade.hpp"
#include "chart_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

constexpr double label_size = 12.5;
constexpr double row = 30;

/// One entry: a sign of some width, drawn at (left, centre), and its label.
struct Entry {
  double sign = 0;
  std::string label;
  std::function<void(Painter&, std::uint32_t frame, double left, double centre)> draw;
};

/// What of all signs stands somewhere on the chart: a legend explains nothing else.
struct Shown {
  std::array<bool, 3> places{};
  bool owner = false;
  std::array<bool, 3> ladders{};
  bool cut = false;
  bool final_cut = false;
  bool joint = false;
  bool sole = false;
  bool final_product = false;
  bool institution = false;
  bool in_project = false;
  bool documented = false;
  bool inferred = false;
  bool bundles = false;  ///< links are taken together by segments
};

void see(const Lane& lane, const Chart& chart, Shown& shown) {
  shown.final_product = shown.final_product || lane.final_product;
  shown.institution = shown.institution || !lane.institutions.empty();
  shown.cut = shown.cut || (chart.detail == Detail::counts && lane.counts.cut_points != 0);
  shown.joint = shown.joint || (chart.detail == Detail::counts && lane.counts.joints != 0);
  shown.sole = shown.sole || (chart.detail == Detail::counts && lane.counts.sole != 0);
  for (std::size_t place = 0; place < 3 && chart.detail == Detail::counts; ++place) {
    shown.places[place] = shown.places[place] || lane.counts.places[place] != 0;
  }
  for (const auto& card : lane.cards) {
    shown.places[static_cast<std::size_t>(card.place)] = true;
    shown.ladders[static_cast<std::size_t>(card.ladder)] = true;
    shown.owner = shown.owner || card.role == Role::owner;
    shown.cut = shown.cut || (card.cut != 0 && !card.final_cut);
    shown.final_cut = shown.final_cut || card.final_cut;
    shown.joint = shown.joint || card.joint;
    shown.sole = shown.sole || card.sole;
  }
}

Shown shown_on(const Chart& chart) {
  Shown shown;
  shown.institution = !chart.institutions.empty();
  for (const auto& column : chart.columns) {
    for (const auto& lane : column.lanes) see(lane, chart, shown);
    for (const auto& line : column.lines) shown.in_project = shown.in_project || line.in_project;
  }
  if (!chart.home_known) shown.places = {};
  if (!chart.links || chart.difference) return shown;
  if (chart.single_links) {
    shown.documented = chart.documented != 0;
    shown.inferred = chart.inferred != 0;
  } else {
    shown.bundles = !chart.bundles.empty();
    for (const auto& bundle : chart.bundles) (bundle.documented ? shown.documented : shown.inferred) = true;
  }
  return shown;
}

void add_place_entries(std::vector<Entry>& entries, const Chart& chart, const Shown& shown) {
  const Language language = chart.language;
  const auto swatch = [&](Place place, std::string label) {
    if (!shown.places[static_cast<std::size_t>(place)]) return;
    entries.push_back(
        {40, std::move(label), [place](Painter& painter, std::uint32_t, double left, double centre) {
           const PlaceInk colours = ink_of(place);
           painter.outline({left, centre - 10, 40, 20}, colours.corners, colours.tint, colours.strong, 1, {}, 6);
           draw_place_mark(painter, place, left + 20, centre, 5);
         }});
  };
  std::string inside(say(language, "省内（", "Inside the province ("));
  inside += chart.home_name;
  inside += say(language, "）", ")");
  swatch(Place::home, std::move(inside));
  swatch(Place::outside, std::string(say(language, "省外", "Other provinces")));
  swatch(Place::unknown, std::string(say(language, "未填省份", "Province not stated")));
}

void add_sign(std::vector<Entry>& entries, bool shown, double width, std::string_view label,
              std::function<void(Painter&, double x, double y)> draw) {
  if (!shown) return;
  entries.push_back({width, std::string(label),
                     [draw = std::move(draw), width](Painter& painter, std::uint32_t, double left, double centre) {
                       draw(painter, left + width / 2, centre);
                     }});
}

void add_enterprise_entries(std::vector<Entry>& entries, const Shown& shown, Language language) {
  add_sign(entries, shown.owner, 12, say(language, "链主企业", "Chain owner"),
           [](Painter& painter, double x, double y) { painter.pennant(x - 5, y + 7, ink::stars); });
  add_sign(entries, shown.ladders[1], 12, say(language, "领导者", "Leader"),
           [](Painter& painter, double x, double y) { painter.ladder(x, y, true, ink::text); });
  add_sign(entries, shown.ladders[2], 12, say(language, "跟随者", "Follower"),
           [](Painter& painter, double x, double y) { painter.ladder(x, y, false, ink::text); });
  add_sign(entries, shown.final_cut, 12,
           say(language, "断供点：没有它，最终产品断了来路（数字：断供企业数）",
               "Cut point: without it supply to final products ends (number: enterprises cut off)"),
           [](Painter& painter, double x, double y) { painter.cut_point(x, y, true); });
  add_sign(entries, shown.cut, 12,
           say(language, "断供点：没有它，别家断了来路（数字：断供企业数）",
               "Cut point: without it supply to others ends (number: enterprises cut off)"),
           [](Painter& painter, double x, double y) { painter.cut_point(x, y, false); });
  add_sign(entries, shown.joint, 12,
           say(language, "瓶颈：没有它，链断成几段", "Bottleneck: without it the chain falls apart"),
           [](Painter& painter, double x, double y) { painter.hourglass(x, y, ink::text); });
  add_sign(entries, shown.sole, 10, say(language, "独家供应某种产品", "Alone supplies a product"),
           [](Painter& painter, double x, double y) { painter.triangle(x, y, 8, ink::quiet); });
  add_sign(entries, shown.final_product, 16, say(language, "出最终产品的环节", "Segment of final products"),
           [](Painter& painter, double x, double y) { painter.target(x, y, ink::head); });
}

void add_link_entries(std::vector<Entry>& entries, const Shown& shown, Language language) {
  const auto line = [&](bool documented, std::string_view label) {
    if (!(documented ? shown.documented : shown.inferred)) return;
    entries.push_back(
        {40, std::string(label), [documented](Painter& painter, std::uint32_t, double left, double centre) {
           PathData curve;
           curve.move(left, centre).line(left + 32, centre);
           const std::string_view colour = documented ? ink::documented : ink::inferred;
           painter.path(std::move(curve), "", colour, documented ? 2.2 : 1.6, documented ? "" : "6 4");
           painter.arrow_head(left + 40, centre, 1, 8, colour);
         }});
  };
  line(true, say(language, "供货关系：有据", "Supply link, documented"));
  line(false, say(language, "供货关系：推断", "Supply link, inferred"));
  if (!shown.bundles) return;
  entries.push_back({40,
                     std::string(say(language, "环节之间合为一条，越粗供货越多",
                                     "Taken together by segments: the wider, the more links")),
                     [](Painter& painter, std::uint32_t, double left, double centre) {
                       for (const auto& [y, width] : {std::pair{-4.0, 1.2}, std::pair{4.0, 4.0}}) {
                         PathData rule;
                         rule.move(left, centre + y).line(left + 40, centre + y);
                         painter.path(std::move(rule), "", ink::inferred, width);
                       }
                     }});
}

void add_problem_entries(std::vector<Entry>& entries, const Chart& chart, const Shown& shown) {
  const Language language = chart.language;
  static constexpr std::string_view labels_zh[] = {"未分级", "一般", "重要", "关键"};
  static constexpr std::string_view labels_en[] = {"Ungraded", "General", "Important", "Critical"};
  for (const std::size_t count : {3u, 2u, 1u, 0u}) {
    if (chart.problems[count] == 0) continue;
    const std::string_view mark = count == 0 ? ungraded_mark : stars(static_cast<Grade>(count));
    const double width = text_width(mark, 12, true);
    entries.push_back({width, std::string(say(language, labels_zh[count], labels_en[count])),
                       [mark, count, width](Painter& painter, std::uint32_t frame, double left, double centre) {
                         painter.text(frame, left, centre + 4.3, mark, width + 1,
                                      {12, count == 0 ? ink::quiet : ink::stars, true, Anchor::start});
                       }});
  }
  for (std::size_t k = 0; k < chart.categories.size(); ++k) {
    if (chart.categories[k] == 0) continue;
    const auto& name = Names<Category>::table[k];
    entries.push_back({15, std::string(say(language, name.zh, name.en)),
                       [k, language](Painter& painter, std::uint32_t frame, double left, double centre) {
                         draw_category_letter(painter, frame, left, centre, k, language, ink::quiet);
                       }});
  }
  add_sign(entries, shown.in_project, 10, say(language, "已列入攻关项目", "Answered by a breakthrough project"),
           [](Painter& painter, double x, double y) { painter.diamond(x, y, 4.6, ink::institution); });
}

void add_change_entries(std::vector<Entry>& entries, Language language) {
  for (const auto& kind : Names<MapChangeKind>::table) {
    entries.push_back({50, std::string(language == Language::zh ? kind.zh : kind.en),
                       [change = kind.value](Painter& painter, std::uint32_t, double left, double centre) {
                         PathData curve;
                         curve.move(left, centre).line(left + 50, centre);
                         painter.path(std::move(curve), "", change_ink(change), 2.2,
                                      change == MapChangeKind::gone ? "1.5 5" : "");
                         painter.change_sign(left + 25, centre, change);
                       }});
  }
}

void add_heat_entry(std::vector<Entry>& entries, Language language) {
  static constexpr double levels[] = {0, 0.05, 0.15, 0.25, 0.40};
  static constexpr std::string_view labels[] = {"<5%", "5%", "15%", "25%", "40%"};
  entries.push_back(
      {5 * 42,
       std::string(say(language, "平均损失：任一问题单独发生时该企业的损失，对全部问题取平均（起点值）",
                       "Mean loss of the enterprise when one of the problems strikes alone (lower ends of the steps)")),
       [](Painter& painter, std::uint32_t frame, double left, double centre) {
         for (std::size_t k = 0; k < 5; ++k) {
           const HeatInk heat = heat_ink(levels[k]);
           const Box tile{left + 42 * static_cast<double>(k), centre - 10, 42, 20};
           painter.rect(tile, heat.fill);
           painter.text(frame, tile.x + 21, centre + 4, labels[k], 40, {11, heat.text, true, Anchor::middle});
         }
       }});
}

}  // namespace

double legend(Painter* painter, const Chart& chart, const Box& box, std::uint32_t page) {
  const Language language = chart.language;
  const Shown shown = shown_on(chart);
  std::vector<Entry> entries;
  add_place_entries(entries, chart, shown);
  add_enterprise_entries(entries, shown, language);
  add_link_entries(entries, shown, language);
  add_problem_entries(entries, chart, shown);
  add_sign(entries, shown.institution, 12, say(language, "质量技术机构", "Quality institution"),
           [](Painter& on, double x, double y) { on.shield(x, y, ink::institution); });
  if (chart.heat) add_heat_entry(entries, language);
  if (chart.difference) add_change_entries(entries, language);
  if (entries.empty()) return 0;

  const double inner = box.width - 36;
  double x = 0;
  double y = 0;
  std::uint32_t frame = 0;
  if (painter != nullptr) {
    frame = painter->frame(FrameRole::legend, box, page);
    painter->rect(box, ink::column, {}, 6);
  }
  for (const auto& entry : entries) {
    const double room = inner - entry.sign - 8;
    const double width = entry.sign + 8 + std::min(room, text_width(entry.label, label_size));
    if (x > 0 && x + width > inner) {
      x = 0;
      y += row;
    }
    if (painter != nullptr) {
      const double left = box.x + 18 + x;
      const double centre = box.y + 8 + y + row / 2;
      entry.draw(*painter, frame, left, centre);
      painter->text(frame, left + entry.sign + 8, centre + 4.4, entry.label, room,
                    {label_size, ink::text, false, Anchor::start});
    }
    x += width + 30;
  }
  return y + row + 16;
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
