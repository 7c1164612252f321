#include <functional>

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

std::vector<Entry> place_entries(const Chart& chart) {
  std::vector<Entry> entries;
  if (!chart.home_known) return entries;
  const Language language = chart.language;
  const auto swatch = [](Place place) {
    return [place](Painter& painter, std::uint32_t, double left, double centre) {
      const bool home = place == Place::home;
      const std::string_view strong = home ? ink::home : ink::outside;
      const Box box{left, centre - 10, 40, 20};
      if (home) {
        painter.rect(box, ink::home_tint, strong, 6);
        painter.rect({left + 15, centre - 5, 10, 10}, strong, {}, 5);
      } else {
        PathData edge;
        edge.move(box.x + 6, box.y).line(box.right() - 6, box.y).line(box.right(), box.y + 6);
        edge.line(box.right(), box.bottom() - 6).line(box.right() - 6, box.bottom()).line(box.x + 6, box.bottom());
        edge.line(box.x, box.bottom() - 6).line(box.x, box.y + 6).close();
        painter.path(std::move(edge), ink::outside_tint, strong);
        painter.diamond(left + 20, centre, 6.2, strong);
      }
    };
  };
  std::string inside(say(language, "省内（", "Inside the province ("));
  inside += chart.home_name;
  inside += say(language, "）", ")");
  entries.push_back({40, inside, swatch(Place::home)});
  entries.push_back({40, std::string(say(language, "省外", "Other provinces")), swatch(Place::outside)});
  return entries;
}

void add_role_entries(std::vector<Entry>& entries, Language language) {
  entries.push_back({12, std::string(say(language, "链主企业", "Chain owner")),
                     [](Painter& painter, std::uint32_t, double left, double centre) {
                       painter.pennant(left + 1, centre + 7, ink::stars);
                     }});
  entries.push_back({12, std::string(say(language, "领导者", "Leader")),
                     [](Painter& painter, std::uint32_t, double left, double centre) {
                       painter.ladder(left + 6, centre, true, ink::text);
                     }});
  entries.push_back({12, std::string(say(language, "跟随者", "Follower")),
                     [](Painter& painter, std::uint32_t, double left, double centre) {
                       painter.ladder(left + 6, centre, false, ink::text);
                     }});
}

void add_link_entries(std::vector<Entry>& entries, Language language) {
  const auto line = [](bool documented) {
    return [documented](Painter& painter, std::uint32_t, double left, double centre) {
      PathData curve;
      curve.move(left, centre).line(left + 32, centre);
      const std::string_view colour = documented ? ink::documented : ink::inferred;
      painter.path(std::move(curve), "", colour, documented ? 2.2 : 1.6, documented ? "" : "6 4");
      painter.arrow_head(left + 40, centre, 1, 8, colour);
    };
  };
  entries.push_back({40, std::string(say(language, "供货关系：有据", "Supply link, documented")), line(true)});
  entries.push_back({40, std::string(say(language, "供货关系：推断", "Supply link, inferred")), line(false)});
}

void add_problem_entries(std::vector<Entry>& entries, Language language) {
  const std::string_view labels_zh[] = {"", "一般", "重要", "关键"};
  const std::string_view labels_en[] = {"", "General", "Important", "Critical"};
  for (std::size_t count = 3; count >= 1; --count) {
    const double width = text_width(stars(static_cast<Grade>(count)), 12, true);
    entries.push_back({width, std::string(say(language, labels_zh[count], labels_en[count])),
                       [count, width](Painter& painter, std::uint32_t frame, double left, double centre) {
                         painter.text(frame, left, centre + 4.3, stars(static_cast<Grade>(count)), width + 1,
                                      {12, ink::stars, true, Anchor::start});
                       }});
  }
  entries.push_back({8, std::string(say(language, "未分级", "Ungraded")),
                     [](Painter& painter, std::uint32_t frame, double left, double centre) {
                       painter.text(frame, left, centre + 4.3, ungraded_mark, 9, {12, ink::quiet, true, Anchor::start});
                     }});
  entries.push_back({10, std::string(say(language, "已列入攻关项目", "Answered by a breakthrough project")),
                     [](Painter& painter, std::uint32_t, double left, double centre) {
                       painter.diamond(left + 5, centre, 4.6, ink::institution);
                     }});
}

void add_change_entries(std::vector<Entry>& entries, Language language) {
  for (const auto& kind : Names<MapChangeKind>::table) {
    entries.push_back({26, std::string(language == Language::zh ? kind.zh : kind.en),
                       [change = kind.value](Painter& painter, std::uint32_t, double left, double centre) {
                         painter.rect({left + 1, centre - 8, 24, 16}, ink::page, change_ink(change), 5, 2.8);
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
  std::vector<Entry> entries = place_entries(chart);
  add_role_entries(entries, language);
  if (chart.sole) {
    entries.push_back(
        {10, std::string(say(language, "独家供应某种产品", "Alone supplies a product")),
         [](Painter& on, std::uint32_t, double left, double centre) { on.triangle(left + 5, centre, 9, ink::quiet); }});
  }
  if (chart.documented + chart.inferred != 0) add_link_entries(entries, language);
  std::uint32_t problems = 0;
  for (const auto count : chart.problems) problems += count;
  if (problems != 0) add_problem_entries(entries, language);
  entries.push_back(
      {12, std::string(say(language, "质量技术机构", "Quality institution")),
       [](Painter& on, std::uint32_t, double left, double centre) { on.shield(left + 6, centre, ink::institution); }});
  if (chart.heat) add_heat_entry(entries, language);
  if (chart.difference) add_change_entries(entries, language);

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
