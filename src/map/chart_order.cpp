#include <algorithm>

#include "chart_model.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {

void order_cards(Chart& chart, const Chain& chain) {
  // Height of a card by rank in its column; a sweep moves each card towards the mean height of its partners elsewhere.
  std::vector<double> height(chart.spots.size());
  const auto rank = [&] {
    for (auto& column : chart.columns) {
      std::size_t total = 0;
      for (const auto& lane : column.lanes) total += lane.cards.size();
      std::size_t at = 0;
      for (const auto& lane : column.lanes) {
        for (const auto& card : lane.cards) {
          height[card.id.index()] = (static_cast<double>(at++) + 0.5) / static_cast<double>(total);
        }
      }
    }
  };
  rank();
  for (int sweep = 0; sweep < 4; ++sweep) {
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
          if (a.role != b.role) return a.role == Role::owner;
          return pull[a.id.index()] < pull[b.id.index()];
        });
      }
    }
    rank();
  }
  for (std::uint32_t c = 0; c < chart.columns.size(); ++c) {
    for (auto& lane : chart.columns[c].lanes) {
      for (std::uint32_t k = 0; k < lane.cards.size(); ++k) chart.spots[lane.cards[k].id.index()].card = k;
    }
  }
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
