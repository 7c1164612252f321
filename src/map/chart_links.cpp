#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

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
  std::optional<MapChangeKind> change;
  double from_y = 0;
  double to_y = 0;
  std::optional<std::size_t> gap;  ///< of the column between, for strands that pass one
  double via_y = 0;                ///< where it passes
  double first_turn = 0.5;         ///< where it turns in its first gutter, as a share of that from left to right;
                                   ///< within a column, how much of the room for arcs it takes
  double last_turn = 0.5;          ///< and in its last

  [[nodiscard]] bool forward() const { return from_column < to_column; }
  [[nodiscard]] bool passes() const { return from_column + 2 == to_column || to_column + 2 == from_column; }
  [[nodiscard]] double from_centre() const { return from.y + from.height / 2; }
  [[nodiscard]] double to_centre() const { return to.y + to.height / 2; }
};

/// Which edge of a box a strand touches: (box, right side?).
using Edge = std::pair<std::pair<double, double>, bool>;

bool leaves_right(const Strand& s) {
  return s.from_column <= s.to_column;
}
bool enters_left(const Strand& s) {
  return s.from_column < s.to_column;
}

/// A free strip across a column.
struct Gap {
  double top = 0;
  double bottom = 0;
  [[nodiscard]] double middle() const { return (top + bottom) / 2; }
};

/// Between a column's lanes, above the first and below the last: nothing is drawn there.
std::vector<Gap> gaps_of(const Column& column, const Measures& m) {
  std::vector<Gap> gaps;
  double top = column.box.y + m.column_head + 2;
  for (const auto& lane : column.lanes) {
    gaps.push_back({top, lane.box.y - 2});
    top = lane.box.bottom() + 2;
  }
  const double list = column.list_height > 0 ? column.list_height + m.column_padding : 0;
  const double foot = column.box.bottom() - list - 2;
  // The line that counts lanes left out stands below the last one.
  if (column.lanes_left_out == 0) gaps.push_back({top, foot});
  return gaps;
}

/// Gives strands that pass the column between a gap to pass through: the one of least detour, and not too full.
void choose_gaps(std::vector<Strand>& strands, const std::vector<Gap>& gaps) {
  std::vector<std::vector<Strand*>> through(gaps.size());
  for (Strand& s : strands) {
    if (!s.passes()) continue;
    double least = 0;
    for (std::size_t g = 0; g < gaps.size(); ++g) {
      const double room = gaps[g].bottom - gaps[g].top;
      if (room < 2) continue;
      const double nearest = std::clamp((s.from_centre() + s.to_centre()) / 2, gaps[g].top, gaps[g].bottom);
      const double detour = std::abs(s.from_centre() - nearest) + std::abs(s.to_centre() - nearest);
      const double cost = detour + 60 * static_cast<double>(through[g].size()) / std::max(room / 3, 1.0);
      if (!s.gap || cost < least) {
        s.gap = g;
        least = cost;
      }
    }
    if (s.gap) through[*s.gap].push_back(&s);
  }
  for (std::size_t g = 0; g < gaps.size(); ++g) {
    auto& all = through[g];
    std::stable_sort(all.begin(), all.end(), [](const Strand* a, const Strand* b) {
      return a->from_centre() + a->to_centre() < b->from_centre() + b->to_centre();
    });
    const double room = gaps[g].bottom - gaps[g].top;
    const double step = std::min(room / (static_cast<double>(all.size()) + 1), 14.0);
    double wanted = 0;
    for (const Strand* s : all) wanted += (s->from_centre() + s->to_centre()) / 2 / static_cast<double>(all.size());
    const double half = step * (static_cast<double>(all.size()) - 1) / 2;
    const double middle = std::clamp(wanted, gaps[g].top + half + step,
                                     std::max(gaps[g].top + half + step, gaps[g].bottom - half - step));
    for (std::size_t k = 0; k < all.size(); ++k) all[k]->via_y = middle - half + step * static_cast<double>(k);
  }
}

/// Spreads the strands' ends evenly along each edge of each box, in the order of where they go.
void spread_ends(std::vector<Strand>& strands) {
  struct End {
    double other;
    std::size_t strand;
    bool outgoing;
  };
  std::map<Edge, std::vector<End>> edges;
  for (std::size_t i = 0; i < strands.size(); ++i) {
    const Strand& s = strands[i];
    edges[{{s.from.x, s.from.y}, leaves_right(s)}].push_back({s.gap ? s.via_y : s.to_centre(), i, true});
    edges[{{s.to.x, s.to.y}, !enters_left(s)}].push_back({s.gap ? s.via_y : s.from_centre(), i, false});
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

/// Lets strands turn side by side in a gutter, so that they do not run together into one band in its middle. Of those
/// that go down the ones that begin higher turn further right, of those that go up the ones that begin lower: so they
/// do not cross for turning.
void spread_turns(std::vector<Strand>& strands) {
  struct Leg {
    double left_y;
    double* turn;
  };
  std::array<std::array<std::vector<Leg>, 2>, 2> gutters;  // by gutter; going down, going up
  const auto add = [&](std::size_t gutter, double left_y, double right_y, double& turn) {
    gutters[gutter][right_y > left_y ? 0 : 1].push_back({left_y, &turn});
  };
  for (Strand& s : strands) {
    if (s.from_column == s.to_column) continue;
    const std::size_t first = s.forward() ? s.from_column : s.from_column - 1;
    const double from_next = s.gap ? s.via_y : s.to_y;
    s.forward() ? add(first, s.from_y, from_next, s.first_turn) : add(first, from_next, s.from_y, s.first_turn);
    if (!s.gap) continue;
    const std::size_t last = s.forward() ? s.to_column - 1 : s.to_column;
    s.forward() ? add(last, s.via_y, s.to_y, s.last_turn) : add(last, s.to_y, s.via_y, s.last_turn);
  }
  for (auto& gutter : gutters) {
    for (std::size_t up = 0; up < 2; ++up) {
      auto& legs = gutter[up];
      std::stable_sort(legs.begin(), legs.end(),
                       [&](const Leg& a, const Leg& b) { return up == 1 ? a.left_y < b.left_y : a.left_y > b.left_y; });
      // Few have no need of all the room.
      const double room = std::min(0.6, 0.06 * static_cast<double>(legs.size()));
      for (std::size_t k = 0; k < legs.size(); ++k) {
        *legs[k].turn = 0.5 + room * ((static_cast<double>(k) + 0.5) / static_cast<double>(legs.size()) - 0.5);
      }
    }
  }
}

/// Arcs within a column lie beside each other, longer ones outside of shorter ones; few take no more room than they
/// need.
void nest_arcs(std::vector<Strand>& strands) {
  std::array<std::vector<Strand*>, 3> arcs;  // by column
  for (Strand& s : strands) {
    if (s.from_column == s.to_column) arcs[s.from_column].push_back(&s);
  }
  const auto rise = [](const Strand* s) { return std::abs(s->to_y - s->from_y); };
  for (auto& all : arcs) {
    if (all.empty()) continue;
    std::stable_sort(all.begin(), all.end(), [&](const Strand* a, const Strand* b) { return rise(a) < rise(b); });
    const auto count = static_cast<double>(all.size());
    const double room = std::min(1.0, std::max(9 * count, 0.11 * rise(all.back())) / 70);
    for (std::size_t k = 0; k < all.size(); ++k) all[k]->first_turn = room * (static_cast<double>(k) + 1) / count;
  }
}

class Router {
 public:
  Router(Painter& painter, const Chart& chart, const Measures& m) : painter_(painter), chart_(chart), m_(m) {}

  void draw(std::vector<Strand> strands) {
    choose_gaps(strands, gaps_of(chart_.columns[1], m_));
    spread_ends(strands);
    spread_turns(strands);
    nest_arcs(strands);
    // Inferred ones first, so that documented ones lie on top, and what changed on top of all.
    const auto level = [](const Strand& s) { return s.change ? 2 : s.documented ? 1 : 0; };
    std::stable_sort(strands.begin(), strands.end(),
                     [&](const Strand& a, const Strand& b) { return level(a) < level(b); });
    painter_.open("links");
    for (const auto& strand : strands) put(strand);
    for (const auto& [x, y, kind] : signs_) painter_.change_sign(x, y, kind);
    painter_.close();
  }

 private:
  static constexpr double tip = 8;

  void put(const Strand& s) {
    const double x1 = leaves_right(s) ? s.from.right() : s.from.x;
    const double x2 = enters_left(s) ? s.to.x : s.to.right();
    if (s.from_column == s.to_column) {
      beside(s, x1, x2);
    } else if (s.gap) {
      through(s, x1, x2);
    } else {
      // Against the flow it goes from the left edge of the later column to the right edge of the earlier one.
      const double way = s.forward() ? 1 : -1;
      const double end = x2 - way * tip;
      const double turn = std::min(x1, end) + s.first_turn * std::abs(end - x1);
      PathData curve;
      curve.move(x1, s.from_y).curve(turn, s.from_y, turn, s.to_y, end, s.to_y);
      add(std::move(curve), s);
      head(s, x2, way);
      sign(s, (x1 + end) / 2, (s.from_y + s.to_y) / 2);
    }
  }

  /// Within a column: an arc in the gutter at its right.
  void beside(const Strand& s, double x1, double x2) {
    const bool last = s.from_column + 1 == chart_.columns.size();
    const double most = last ? m_.margin + m_.column_padding + m_.lane_padding - 26 : m_.gutter * 0.62;
    const double bulge = (20 + (most - 20) * s.first_turn) * 4 / 3;
    PathData curve;
    curve.move(x1, s.from_y).curve(x1 + bulge, s.from_y, x2 + bulge, s.to_y, x2 + tip, s.to_y);
    add(std::move(curve), s);
    head(s, x2, -1);
    sign(s, (x1 + x2 + tip) / 2 + bulge * 0.75, (s.from_y + s.to_y) / 2);
  }

  /// Past a column: a curve in the gutter, a straight line through a gap between the lanes, and on from the next
  /// gutter.
  void through(const Strand& s, double x1, double x2) {
    const Box& column = chart_.columns[1].box;
    const double way = s.forward() ? 1 : -1;
    const double enter = s.forward() ? column.x : column.right();
    const double leave = s.forward() ? column.right() : column.x;
    const double end = x2 - way * tip;
    const double near = std::min(x1, enter) + s.first_turn * std::abs(enter - x1);
    const double far = std::min(leave, end) + s.last_turn * std::abs(end - leave);
    PathData path;
    path.move(x1, s.from_y).curve(near, s.from_y, near, s.via_y, enter, s.via_y);
    path.line(leave, s.via_y).curve(far, s.via_y, far, s.to_y, end, s.to_y);
    add(std::move(path), s);
    head(s, x2, way);
    sign(s, (enter + leave) / 2, s.via_y);
  }

  void add(PathData data, const Strand& s) {
    const std::string_view dash = s.change == MapChangeKind::gone ? "1.5 5" : s.documented ? "" : "6 4";
    painter_.path(std::move(data), "", ink_of(s), s.weight, dash, s.documented ? 1.0 : 0.9);
  }
  static std::string_view ink_of(const Strand& s) {
    return !s.colour.empty() ? s.colour : s.documented ? ink::documented : ink::inferred;
  }
  void head(const Strand& s, double x, double direction) {
    PathData tip_shape;
    tip_shape.move(x, s.to_y).line(x - direction * tip, s.to_y - 4.2).line(x - direction * tip, s.to_y + 4.2).close();
    painter_.path(std::move(tip_shape), ink_of(s));
  }
  void sign(const Strand& s, double x, double y) {
    if (s.change) signs_.push_back({x, y, *s.change});
  }

  struct Sign {
    double x;
    double y;
    MapChangeKind kind;
  };

  Painter& painter_;
  const Chart& chart_;
  const Measures& m_;
  std::vector<Sign> signs_;
};

using living::link_key;

/// Many single links are thinner, so that they can be told apart.
double thinner(std::size_t links) {
  constexpr double few = 60;
  return std::clamp(std::sqrt(few / static_cast<double>(std::max<std::size_t>(links, 1))), 0.45, 1.0);
}

std::vector<Strand> single_strands(const Chart& chart, const Chain& chain) {
  std::vector<Strand> strands;
  const double thin = thinner(chain.links());
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
      if (change != chart.changed_links.end()) strand.change = change->second;
    }
    strand.weight = thin * (1.1 + 3.2 * std::clamp(link.dependency.value_or(0.1), 0.0, 1.0));
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

void draw_links(Painter& painter, const Chart& chart, const Chain& chain, const Measures& m) {
  Router(painter, chart, m).draw(chart.single_links ? single_strands(chart, chain) : bundled_strands(chart));
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
