#pragma once

// The best affordable set: by every undominated pair of cost and worth, or by looking at all.

#include <optional>

#include "chainqual/impact/selection_parts-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline constexpr std::uint64_t most_sets = std::uint64_t{1} << 22U;
inline constexpr std::size_t most_pairs = std::size_t{1} << 21U;

/// Constant returns: items one by one join a list of pairs (cost, worth) of which none is both dearer and no better
/// than another. Nothing if the pairs grow too many.
inline std::optional<SelectionTrial> knapsack(SelectionCase& question) {
  struct Node {
    std::size_t parent;
    std::uint32_t item;
  };
  struct Pair {
    double spent;
    double worth;
    std::size_t node;  // of the last item; 0: no item
  };
  std::vector<Node> nodes{{0, 0}};
  std::vector<Pair> pairs{{0, 0, 0}};
  std::vector<Pair> merged;
  for (const std::uint32_t item : question.items) {
    question.check_cancelled();
    merged.clear();
    const double cost = question.cost[item];
    const double gain = question.alone[item];
    std::size_t old = 0;
    std::size_t fresh = 0;
    while (old < pairs.size() || fresh < pairs.size()) {
      // An old pair goes before an equal new one: the set of items first in the list stays.
      const bool take_old =
          fresh == pairs.size() ||
          (old < pairs.size() &&
           (pairs[old].spent < pairs[fresh].spent + cost ||
            (pairs[old].spent == pairs[fresh].spent + cost && pairs[old].worth >= pairs[fresh].worth + gain)));
      Pair next = take_old ? pairs[old++] : pairs[fresh++];
      if (!take_old) next = {next.spent + cost, next.worth + gain, next.node};
      if (next.spent > question.limit || (!merged.empty() && next.worth <= merged.back().worth)) continue;
      if (!take_old) {
        if (nodes.size() == most_pairs) return std::nullopt;
        nodes.push_back({next.node, item});
        next.node = nodes.size() - 1;
      }
      merged.push_back(next);
    }
    pairs.swap(merged);
  }
  SelectionTrial trial;
  trial.found_by = FoundBy::knapsack;
  for (std::size_t node = pairs.back().node; node != 0; node = nodes[node].parent) {
    trial.members.push_back(nodes[node].item);
  }
  std::reverse(trial.members.begin(), trial.members.end());
  trial.worth = pairs.back().worth;
  for (const Pair& pair : pairs) question.front.add(pair.spent, pair.worth);
  return trial;
}

/// Looks at every affordable set, some thousands at a time.
inline SelectionTrial enumerate(SelectionCase& question, std::uint64_t affordable) {
  constexpr std::size_t together = 2048;
  SelectionTrial best;
  best.found_by = FoundBy::enumeration;
  double best_spent = 0;
  std::vector<ItemSet> sets;
  std::vector<double> spent;
  std::uint64_t seen = 0;
  const auto judge = [&] {
    const std::vector<double> worth = question.worth(sets);
    for (std::size_t k = 0; k < sets.size(); ++k) {
      question.front.add(spent[k], worth[k]);
      const bool better = worth[k] != best.worth   ? worth[k] > best.worth
                          : spent[k] != best_spent ? spent[k] < best_spent
                                                   : sets[k] < best.members;
      if (!better) continue;
      best.members = sets[k];
      best.worth = worth[k];
      best_spent = spent[k];
    }
    seen += sets.size();
    question.done(0.95 * static_cast<double>(seen) / static_cast<double>(affordable));
    sets.clear();
    spent.clear();
  };
  const std::vector<std::uint32_t> order = by_cost(question.items, question.cost);
  for_affordable(order, question.cost, question.limit, [&](const std::vector<std::uint32_t>& members, double sum) {
    ItemSet set;
    for (const std::uint32_t place : members) set.push_back(order[place]);
    std::sort(set.begin(), set.end());
    sets.push_back(std::move(set));
    spent.push_back(sum);
    if (sets.size() == together) judge();
    return true;
  });
  if (!sets.empty()) judge();
  return best;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
