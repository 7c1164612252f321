#include <algorithm>
#include <boost/graph/adjacency_list.hpp>

#include "chart_model.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

/// Each card's place in its column, and how many stand there.
struct Ranks {
  std::vector<std::uint32_t> of;  ///< by EnterpriseId
  std::array<std::uint32_t, 3> total{};

  explicit Ranks(const Chart& chart) : of(chart.spots.size()) {
    for (std::size_t c = 0; c < chart.columns.size(); ++c) {
      for (const auto& lane : chart.columns[c].lanes) {
        for (const auto& card : lane.cards) of[card.id.index()] = total[c]++;
      }
    }
  }
};

/// Counts below a place, under insertion.
class Tally {
 public:
  explicit Tally(std::size_t places) : sums_(places + 1, 0) {}
  void add(std::size_t place) {
    for (++place; place < sums_.size(); place += place & (~place + 1)) ++sums_[place];
  }
  /// How many were added at places up to this one.
  [[nodiscard]] std::uint64_t up_to(std::size_t place) const {
    std::uint64_t sum = 0;
    for (++place; place != 0; place -= place & (~place + 1)) sum += sums_[place];
    return sum;
  }

 private:
  std::vector<std::uint64_t> sums_;
};

std::uint64_t crossings(const Chart& chart, const Chain& chain, const Ranks& ranks) {
  // By pair of columns, the lower one first: (rank there, rank in the other).
  std::array<std::vector<std::pair<std::uint32_t, std::uint32_t>>, 3> links;
  const auto [first, last] = boost::edges(chain.graph());
  for (auto edge = first; edge != last; ++edge) {
    auto a = chain.supplier(*edge).index();
    auto b = chain.customer(*edge).index();
    if (chart.spots[a].column == chart.spots[b].column) continue;
    if (chart.spots[a].column > chart.spots[b].column) std::swap(a, b);
    links[chart.spots[a].column + chart.spots[b].column - 1].emplace_back(ranks.of[a], ranks.of[b]);
  }
  std::uint64_t crossed = 0;
  for (std::size_t pair = 0; pair < links.size(); ++pair) {
    std::sort(links[pair].begin(), links[pair].end());
    Tally tally(std::max({ranks.total[0], ranks.total[1], ranks.total[2]}));
    // Links that share their first end do not cross; those that share their second do not either.
    std::uint64_t before = 0;
    for (std::size_t k = 0; k < links[pair].size();) {
      std::size_t end = k;
      while (end < links[pair].size() && links[pair][end].first == links[pair][k].first) ++end;
      for (std::size_t i = k; i < end; ++i) crossed += before - tally.up_to(links[pair][i].second);
      for (; k < end; ++k, ++before) tally.add(links[pair][k].second);
    }
  }
  return crossed;
}

/// One sweep: each card moves towards the mean height of its partners elsewhere, within its lane; owners stay first.
void sweep(Chart& chart, const Chain& chain) {
  const Ranks ranks(chart);
  std::vector<double> height(chart.spots.size());
  for (std::size_t i = 0; i < height.size(); ++i) {
    height[i] = (ranks.of[i] + 0.5) / ranks.total[chart.spots[i].column];
  }
  std::vector<double> pull(height);
  for (std::uint32_t i = 0; i < chart.spots.size(); ++i) {
    double sum = 0;
    std::size_t partners = 0;
    const auto add = [&](EnterpriseId other) {
      if (chart.spots[other.index()].column == chart.spots[i].column) return;
      sum += height[other.index()];
      ++partners;
    };
    const auto [out, out_end] = boost::out_edges(i, chain.graph());
    for (auto edge = out; edge != out_end; ++edge) add(chain.customer(*edge));
    const auto [in, in_end] = boost::in_edges(i, chain.graph());
    for (auto edge = in; edge != in_end; ++edge) add(chain.supplier(*edge));
    if (partners != 0) pull[i] = sum / static_cast<double>(partners);
  }
  for (auto& column : chart.columns) {
    for (auto& lane : column.lanes) {
      std::stable_sort(lane.cards.begin(), lane.cards.end(), [&](const Card& a, const Card& b) {
        if ((a.role == Role::owner) != (b.role == Role::owner)) return a.role == Role::owner;
        return pull[a.id.index()] < pull[b.id.index()];
      });
    }
  }
}

}  // namespace

std::uint64_t crossings(const Chart& chart, const Chain& chain) {
  return crossings(chart, chain, Ranks(chart));
}

void order_cards(Chart& chart, const Chain& chain) {
  constexpr int sweeps = 8;
  auto best = chart.columns;
  std::uint64_t fewest = crossings(chart, chain);
  for (int k = 0; k < sweeps && fewest != 0; ++k) {
    sweep(chart, chain);
    const std::uint64_t crossed = crossings(chart, chain);
    if (crossed >= fewest) continue;
    fewest = crossed;
    best = chart.columns;
  }
  chart.columns = std::move(best);
  for (std::uint32_t c = 0; c < chart.columns.size(); ++c) {
    for (auto& lane : chart.columns[c].lanes) {
      for (std::uint32_t k = 0; k < lane.cards.size(); ++k) chart.spots[lane.cards[k].id.index()].card = k;
    }
  }
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
