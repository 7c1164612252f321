#include <algorithm>
#include <cmath>
#include <map>

#include "chart_parts.hpp"
#include "living_content.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

/// One curve to draw: a link, or all links between two lanes taken together.
struct Strand {
  Box from;
  Box to;
  std::uint32_t from_column = 0;
  std::uint32_t to_column = 0;
  bool documented = false;
  double weight = 1;             ///< stroke width
  std::string_view colour = {};  ///< empty: by evidence
  double from_y = 0;
  double to_y = 0;
};

/// Which edge of a box a strand touches: (box, right side?).
using Edge = std::pair<std::pair<double, double>, bool>;

bool leaves_right(const Strand& s) {
  return s.from_column <= s.to_column;
}
bool enters_left(const Strand& s) {
  return s.from_column < s.to_column;
}

/// Spreads the strands' ends evenly along each edge of each box, in the order of their other ends' height.
void spread_ends(std::vector<Strand>& strands) {
  struct End {
    double other;
    std::size_t strand;
    bool outgoing;
  };
  std::map<Edge, std::vector<End>> edges;
  for (std::size_t i = 0; i < strands.size(); ++i) {
    const Strand& s = strands[i];
    edges[{{s.from.x, s.from.y}, leaves_right(s)}].push_back({s.to.y + s.to.height / 2, i, true});
    edges[{{s.to.x, s.to.y}, !enters_left(s)}].push_back({s.from.y + s.from.height / 2, i, false});
  }
  for (auto& [edge, ends] : edges) {
    std::stable_sort(ends.begin(), ends.end(), [](const End& a, const End& b) { return a.other < b.other; });
    for (std::size_t k = 0; k < ends.size(); ++k) {
      Strand& s = strands[ends[k].strand];
      const Box& box = ends[k].outgoing ? s.from : s.to;
      const double share = (static_cast<double>(k) + 1) / (static_cast<double>(ends.size()) + 1);
      (ends[k].outgoing ? s.from_y : s.to_y) = box.y + 8 + (box.height - 16) * share;
    }
  }
}

class Router {
 public:
  Router(const Chart& chart, const Measures& m) : chart_(chart), m_(m) {}

  LinkDrawing draw(std::vector<Strand> strands) {
    spread_ends(strands);
    // Inferred ones first, so that documented ones lie on top, and what changed on top of all.
    const auto level = [](const Strand& s) {
      return !s.colour.empty() && s.colour != ink::hairline ? 2 : s.documented ? 1 : 0;
    };
    std::stable_sort(strands.begin(), strands.end(),
                     [&](const Strand& a, const Strand& b) { return level(a) < level(b); });
    for (const auto& strand : strands) put(strand);
    return std::move(drawing_);
  }

 private:
  static constexpr double tip = 8;

  void put(const Strand& s) {
    const double x1 = leaves_right(s) ? s.from.right() : s.from.x;
    const double x2 = enters_left(s) ? s.to.x : s.to.right();
    if (s.from_column == s.to_column) {
      beside(s, x1, x2);
    } else if (s.to_column == s.from_column + 1) {
      PathData curve;
      const double reach = std::max(30.0, (x2 - tip - x1) * 0.5);
      curve.move(x1, s.from_y).curve(x1 + reach, s.from_y, x2 - tip - reach, s.to_y, x2 - tip, s.to_y);
      add(drawing_.above, std::move(curve), s);
      head(s, x2, 1);
    } else if (s.to_column > s.from_column) {
      across(s, x1, x2);
    } else {
      // Against the flow: from the left edge of the later column to the right edge of the earlier one.
      PathData curve;
      const double reach = std::max(30.0, (x1 - x2 - tip) * 0.5);
      curve.move(x1, s.from_y).curve(x1 - reach, s.from_y, x2 + tip + reach, s.to_y, x2 + tip, s.to_y);
      add(s.from_column == s.to_column + 1 ? drawing_.above : drawing_.behind, std::move(curve), s);
      head(s, x2, -1);
    }
  }

  /// Within a column: an arc in the gutter at its right.
  void beside(const Strand& s, double x1, double x2) {
    const double rise = std::abs(s.to_y - s.from_y);
    const bool last = s.from_column + 1 == chart_.columns.size();
    const double most = last ? m_.margin + m_.column_padding + m_.lane_padding - 26 : m_.gutter * 0.62;
    const double bulge = std::min(most, 26 + rise * 0.11) * 4 / 3;
    PathData curve;
    curve.move(x1, s.from_y).curve(x1 + bulge, s.from_y, x2 + bulge, s.to_y, x2 + tip, s.to_y);
    add(drawing_.above, std::move(curve), s);
    head(s, x2, -1);
  }

  /// Past a column: to the gutter, behind the column's lanes, and on from the next gutter.
  void across(const Strand& s, double x1, double x2) {
    const double inset = m_.column_padding + m_.lane_padding;
    const double enter = x1 + inset;
    const double leave = x2 - inset;
    PathData first;
    first.move(x1, s.from_y).line(enter, s.from_y);
    add(drawing_.above, std::move(first), s);
    PathData middle;
    const double reach = (leave - enter) * 0.42;
    middle.move(enter, s.from_y).curve(enter + reach, s.from_y, leave - reach, s.to_y, leave, s.to_y);
    add(drawing_.behind, std::move(middle), s);
    PathData end;
    end.move(leave, s.to_y).line(x2 - tip, s.to_y);
    add(drawing_.above, std::move(end), s);
    head(s, x2, 1);
  }

  void add(std::vector<ScenePath>& to, PathData data, const Strand& s) {
    to.push_back({std::move(data).take(), "", std::string(ink_of(s)), s.weight, s.documented ? "" : "6 4",
                  s.documented ? 1.0 : 0.9});
  }
  static std::string_view ink_of(const Strand& s) {
    return !s.colour.empty() ? s.colour : s.documented ? ink::documented : ink::inferred;
  }
  void head(const Strand& s, double x, double direction) {
    PathData tip_shape;
    tip_shape.move(x, s.to_y).line(x - direction * tip, s.to_y - 4.2).line(x - direction * tip, s.to_y + 4.2).close();
    drawing_.above.push_back({std::move(tip_shape).take(), std::string(ink_of(s)), "", 1, "", 1});
  }

  const Chart& chart_;
  const Measures& m_;
  LinkDrawing drawing_;
};

using living::link_key;

std::vector<Strand> single_strands(const Chart& chart, const Chain& chain) {
  std::vector<Strand> strands;
  const auto [first, last] = boost::edges(chain.graph());
  for (auto edge = first; edge != last; ++edge) {
    const EnterpriseId supplier = chain.supplier(*edge);
    const EnterpriseId customer = chain.customer(*edge);
    if (supplier == customer) continue;
    const Spot& a = chart.spots[supplier.index()];
    const Spot& b = chart.spots[customer.index()];
    const Link& link = chain.link(*edge);
    Strand strand;
    strand.from = chart.columns[a.column].lanes[a.lane].cards[*a.card].box;
    strand.to = chart.columns[b.column].lanes[b.lane].cards[*b.card].box;
    strand.from_column = a.column;
    strand.to_column = b.column;
    strand.documented = link.evidence == Evidence::documented;
    if (chart.difference) {
      const std::string key = link_key(chain.enterprise(supplier).id, chain.enterprise(customer).id, link.product);
      const auto change = chart.changed_links.find(key);
      strand.colour = change == chart.changed_links.end() ? ink::hairline : change_ink(change->second);
      if (change != chart.changed_links.end() && change->second == MapChangeKind::gone) strand.documented = false;
    }
    strand.weight = 1.1 + 3.2 * std::clamp(link.dependency.value_or(0.1), 0.0, 1.0);
    strands.push_back(std::move(strand));
  }
  return strands;
}

/// Links between lanes, taken together: wider for more links; solid when any of them is documented.
std::vector<Strand> bundled_strands(const Chart& chart) {
  std::vector<Strand> strands;
  // What became of single links does not show in a bundle: on a map of changes bundles step back.
  const std::string_view colour = chart.difference ? ink::hairline : std::string_view{};
  std::uint64_t largest = 0;
  for (const LaneBundle& bundle : chart.bundles) largest = std::max(largest, bundle.links);
  for (const LaneBundle& bundle : chart.bundles) {
    Strand strand;
    strand.from_column = bundle.from[0];
    strand.to_column = bundle.to[0];
    strand.from = chart.columns[bundle.from[0]].lanes[bundle.from[1]].box;
    strand.to = chart.columns[bundle.to[0]].lanes[bundle.to[1]].box;
    strand.documented = bundle.documented;
    strand.colour = colour;
    const auto links = static_cast<double>(bundle.links);
    // Where there are very many links, widths tell them apart by their share of the largest bundle.
    strand.weight = largest > 512 ? 0.7 + 2.8 * std::sqrt(links / static_cast<double>(largest))
                                  : 1 + std::min(3.0, 0.4 * std::log2(1.0 + links));
    strands.push_back(std::move(strand));
  }
  return strands;
}

}  // namespace

LinkDrawing route_links(const Chart& chart, const Chain& chain, const Measures& m) {
  const bool single = chart.detail == Detail::full && chain.links() <= most_single_links;
  return Router(chart, m).draw(single ? single_strands(chart, chain) : bundled_strands(chart));
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
