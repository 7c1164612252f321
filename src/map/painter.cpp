#include "painter.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace chainqual {
inline namespace v1 {
namespace chart {

void Painter::rect(const Box& box, std::string_view fill, std::string_view stroke, double radius, double width) {
  SceneRect item{box, radius, std::string(fill), std::string(stroke), width};
  scene_.items.emplace_back(std::move(item));
}

void Painter::path(PathData data, std::string_view fill, std::string_view stroke, double width, std::string_view dash,
                   double opacity) {
  add({std::move(data).take(), std::string(fill), std::string(stroke), width, std::string(dash), opacity});
}

void Painter::add(ScenePath path) {
  scene_.items.emplace_back(std::move(path));
}

void Painter::open(std::string_view role, std::string_view tooltip) {
  SceneGroup item{true, std::string(role), std::string(tooltip)};
  scene_.items.emplace_back(std::move(item));
}

void Painter::close() {
  SceneGroup item{false, {}, {}};
  scene_.items.emplace_back(std::move(item));
}

double Painter::text(std::uint32_t frame, double x, double baseline, std::string_view words, double width,
                     const Style& style) {
  std::string shown = fit_text(words, width, style.size, style.bold);
  const double taken = text_width(shown, style.size, style.bold);
  if (shown.empty()) return 0;
  SceneText item{std::move(shown), x, baseline, style.size, style.bold, style.anchor, std::string(style.fill), frame};
  scene_.items.emplace_back(std::move(item));
  return taken;
}

void Painter::outline(const Box& box, Corners corners, std::string_view fill, std::string_view stroke, double width,
                      std::string_view dash, double corner) {
  if (corners != Corners::cut && dash.empty()) {
    rect(box, fill, stroke, corners == Corners::round ? corner * 0.8 : 0, width);
    return;
  }
  const double c = corners == Corners::cut ? corner : 0;
  PathData edge;
  edge.move(box.x + c, box.y).line(box.right() - c, box.y);
  if (c > 0) edge.line(box.right(), box.y + c);
  edge.line(box.right(), box.bottom() - c);
  if (c > 0) edge.line(box.right() - c, box.bottom());
  edge.line(box.x + c, box.bottom());
  if (c > 0) edge.line(box.x, box.bottom() - c).line(box.x, box.y + c);
  edge.close();
  path(std::move(edge), fill, stroke, width, dash);
}

void Painter::pill(const Box& box, std::string_view fill, std::string_view stroke) {
  rect(box, fill, stroke, box.height / 2);
}

void Painter::ladder(double x, double y, bool leader, std::string_view colour) {
  if (!leader) {
    PathData triangle;
    triangle.move(x - 4.5, y + 3.5).line(x, y - 4).line(x + 4.5, y + 3.5).close();
    path(std::move(triangle), "", colour, 1.4);
    return;
  }
  PathData chevrons;
  for (const double shift : {-3.2, 1.8}) {
    chevrons.move(x - 5, y + shift + 3).line(x, y + shift - 2).line(x + 5, y + shift + 3);
  }
  path(std::move(chevrons), "", colour, 2);
}

void Painter::pennant(double x, double y, std::string_view colour) {
  PathData pole;
  pole.move(x, y).line(x, y - 13);
  path(std::move(pole), "", colour, 1.6);
  PathData cloth;
  cloth.move(x, y - 13).line(x + 10, y - 9.5).line(x, y - 6).close();
  path(std::move(cloth), colour);
}

void Painter::shield(double x, double y, std::string_view colour) {
  PathData edge;
  edge.move(x, y - 6).line(x + 5, y - 4).line(x + 5, y + 0.5);
  edge.curve(x + 5, y + 3.6, x + 2.4, y + 5.4, x, y + 6.4).curve(x - 2.4, y + 5.4, x - 5, y + 3.6, x - 5, y + 0.5);
  edge.line(x - 5, y - 4).close();
  path(std::move(edge), colour);
  PathData tick;
  tick.move(x - 2.4, y).line(x - 0.6, y + 2).line(x + 2.6, y - 2);
  path(std::move(tick), "", ink::page, 1.3);
}

void Painter::triangle(double x, double y, double side, std::string_view colour) {
  PathData edge;
  edge.move(x, y + side / 2).line(x - side / 2, y - side / 2).line(x + side / 2, y - side / 2).close();
  path(std::move(edge), {}, colour, 1.2);
}

void Painter::cut_point(double x, double y, bool final_product) {
  const std::string_view colour = final_product ? ink::stars : ink::text;
  PathData edge;
  edge.move(x - 5.2, y - 4.6).line(x + 5.2, y - 4.6).line(x, y + 4.2).close();
  path(std::move(edge), colour);
  if (!final_product) return;
  PathData bar;
  bar.move(x - 5.2, y + 5.2).line(x + 5.2, y + 5.2);
  path(std::move(bar), "", colour, 1.8);
}

void Painter::hourglass(double x, double y, std::string_view colour) {
  PathData edge;
  edge.move(x - 4.8, y - 5).line(x + 4.8, y - 5).line(x - 4.8, y + 5).line(x + 4.8, y + 5).close();
  path(std::move(edge), colour);
}

void Painter::target(double x, double y, std::string_view colour) {
  rect({x - 7, y - 7, 14, 14}, ink::page, colour, 7, 1.8);
  rect({x - 3.2, y - 3.2, 6.4, 6.4}, colour, {}, 3.2);
}

void Painter::change_sign(double x, double y, MapChangeKind kind) {
  const std::string_view colour = change_ink(kind);
  rect({x - 7, y - 7, 14, 14}, ink::page, colour, 7, 1.4);
  PathData sign;
  switch (kind) {
    case MapChangeKind::added:
      sign.move(x - 4, y).line(x + 4, y).move(x, y - 4).line(x, y + 4);
      break;
    case MapChangeKind::gone:
      sign.move(x - 3, y - 3).line(x + 3, y + 3).move(x - 3, y + 3).line(x + 3, y - 3);
      break;
    case MapChangeKind::changed:
      sign.move(x - 4, y + 1).curve(x - 2, y - 4, x + 2, y + 4, x + 4, y - 1);
      break;
  }
  path(std::move(sign), "", colour, 1.7);
}

void Painter::diamond(double x, double y, double radius, std::string_view fill) {
  PathData edge;
  edge.move(x, y - radius).line(x + radius, y).line(x, y + radius).line(x - radius, y).close();
  path(std::move(edge), fill);
}

void Painter::arrow_head(double x, double y, double direction, double size, std::string_view fill) {
  PathData head;
  head.move(x, y).line(x - direction * size, y - size * 0.52).line(x - direction * size, y + size * 0.52).close();
  path(std::move(head), fill);
}

HeatInk heat_ink(double loss) {
  // Five fixed steps, read off the legend; a continuous ramp would suggest more precision than there is.
  struct Step {
    double from;
    std::string_view fill;
    std::string_view text;
  };
  static constexpr std::array<Step, 5> steps{{{0.40, "#54278f", "#ffffff"},
                                              {0.25, "#756bb1", "#ffffff"},
                                              {0.15, "#a8a4cf", "#1f2a37"},
                                              {0.05, "#d4d3e8", "#1f2a37"},
                                              {0.00, "#f2f0f7", "#5b6675"}}};
  for (const auto& step : steps) {
    if (loss >= step.from) return {std::string(step.fill), step.text};
  }
  return {std::string(steps.back().fill), steps.back().text};
}

std::string percent(double share) {
  if (share <= 0) return "0";
  const long long whole = std::llround(std::min(share, 1.0) * 100);
  return whole == 0 ? "<1%" : std::to_string(whole) + "%";
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
