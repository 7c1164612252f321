#pragma once

// The ways of choosing that add or drop one item at a time.

#include <queue>

#include "chainqual/impact/selection_parts-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Adds one item after another while they fit.
class GreedySelection {
 public:
  GreedySelection(SelectionCase& question, bool by_density)
      : case_(question), by_density_(by_density), gain_(question.alone) {}

  /// From `items`, or, with `all`, every one of them whatever it adds: the order in which a found set is told.
  SelectionTrial run(std::span<const std::uint32_t> items, bool all = false) {
    trial_ = {};
    trial_.found_by = by_density_ ? FoundBy::by_density : FoundBy::by_gain;
    spent_ = 0;
    if (case_.options.returns == Returns::diminishing && !all) {
      lazily(items);
    } else {
      eagerly({items.begin(), items.end()}, all);
    }
    return std::move(trial_);
  }

  /// [items] last known gain of each; where returns diminish, no less than its gain now.
  [[nodiscard]] const std::vector<double>& gains() const noexcept { return gain_; }

 private:
  [[nodiscard]] bool fits(std::uint32_t item) const { return spent_ + case_.cost[item] <= case_.limit; }

  void take(const ItemRank& best) {
    add_to(trial_.members, best.item);
    trial_.worth += best.gain;
    spent_ += case_.cost[best.item];
    trial_.steps.push_back({best.item, best.gain, trial_.worth, spent_});
    case_.front.add(spent_, trial_.worth);
    const auto among = static_cast<double>(std::max<std::size_t>(1, case_.items.size()));
    const double bought = std::isfinite(case_.limit) && case_.limit > 0 ? spent_ / case_.limit : 0;
    case_.done(0.45 * std::max(bought, static_cast<double>(trial_.members.size()) / among));
  }

  // Gains may have grown since they were last known, so each round asks for all of them. With constant returns there is
  // nothing to ask.
  void eagerly(std::vector<std::uint32_t> left, bool all) {
    const bool known = case_.options.returns == Returns::constant;
    while (true) {
      if (!all) std::erase_if(left, [&](std::uint32_t item) { return !fits(item); });
      if (left.empty()) return;
      if (!known && !trial_.members.empty()) {
        std::vector<ItemSet> sets;
        for (const std::uint32_t item : left) sets.push_back(set_with(trial_.members, item));
        const std::vector<double> worth = case_.worth(sets);
        for (std::size_t k = 0; k < left.size(); ++k) gain_[left[k]] = worth[k] - trial_.worth;
      }
      case_.check_cancelled();
      auto best = left.end();
      for (auto at = left.begin(); at != left.end(); ++at) {
        if (!all && !(gain_[*at] > case_.options.least_gain)) continue;
        if (best == left.end() || rank(*at).before(rank(*best), by_density_)) best = at;
      }
      if (best == left.end()) return;
      take(rank(*best));
      left.erase(best);
    }
  }

  [[nodiscard]] ItemRank rank(std::uint32_t item) const { return rank_of(item, gain_[item], case_.cost[item]); }

  // CELF: a gain known from a smaller set is an upper bound, so an item that leads with a fresh gain leads indeed. A
  // few stale leaders are asked for together, whatever the number of threads.
  void lazily(std::span<const std::uint32_t> items) {
    struct Entry {
      ItemRank rank;
      std::size_t asked_at;  // members when the gain was asked for
    };
    const auto behind = [this](const Entry& a, const Entry& b) { return b.rank.before(a.rank, by_density_); };
    std::priority_queue<Entry, std::vector<Entry>, decltype(behind)> queue(behind);
    for (const std::uint32_t item : items) queue.push({rank(item), 0});
    constexpr std::size_t together = 4;
    std::vector<std::uint32_t> stale;
    const auto ask = [&] {
      std::vector<ItemSet> sets;
      for (const std::uint32_t item : stale) sets.push_back(set_with(trial_.members, item));
      const std::vector<double> worth = case_.worth(sets);
      for (std::size_t k = 0; k < stale.size(); ++k) {
        gain_[stale[k]] = worth[k] - trial_.worth;
        queue.push({rank(stale[k]), trial_.members.size()});
      }
      stale.clear();
    };
    while (!queue.empty() || !stale.empty()) {
      if (queue.empty() || stale.size() == together) {
        ask();
        continue;
      }
      const Entry top = queue.top();
      const bool fresh = top.asked_at == trial_.members.size();
      if (fresh && !stale.empty()) {
        ask();
        continue;
      }
      queue.pop();
      // What does not fit now or adds too little never will.
      if (!fits(top.rank.item) || !(top.rank.gain > case_.options.least_gain)) continue;
      if (fresh) {
        take(top.rank);
      } else {
        stale.push_back(top.rank.item);
      }
    }
  }

  SelectionCase& case_;
  bool by_density_;
  std::vector<double> gain_;
  SelectionTrial trial_;
  double spent_ = 0;
};

/// From all items, drops the one whose loss costs least worth for the money it frees, until the rest fits. Items that
/// help only together are still together when their like is judged.
inline SelectionTrial drop_until_affordable(SelectionCase& question) {
  SelectionTrial trial;
  trial.found_by = FoundBy::by_dropping;
  trial.members = ItemSet(question.items.begin(), question.items.end());
  trial.worth = question.worth(trial.members);
  const auto all = static_cast<double>(std::max<std::size_t>(1, trial.members.size()));
  while (!trial.members.empty() && question.spent(trial.members) > question.limit) {
    std::vector<ItemSet> sets;
    for (const std::uint32_t item : trial.members) sets.push_back(set_without(trial.members, item));
    const std::vector<double> worth = question.worth(sets);
    std::size_t best = trial.members.size();
    ItemRank best_rank;
    for (std::size_t k = 0; k < sets.size(); ++k) {
      const std::uint32_t item = trial.members[k];
      if (!(question.cost[item] > 0)) continue;  // frees no money
      // Least missed for its cost; the later in the list goes first.
      const ItemRank rank = rank_of(item, trial.worth - worth[k], question.cost[item]);
      if (best == trial.members.size() || best_rank.before(rank, true)) {
        best = k;
        best_rank = rank;
      }
    }
    trial.members = sets[best];
    trial.worth = worth[best];
    question.done(0.9 + 0.1 * (1 - static_cast<double>(trial.members.size()) / all));
  }
  question.front.add(question.spent(trial.members), trial.worth);
  return trial;
}

/// Most worth that money can buy when every item may be bought in part, at `gain` for its whole cost: no less than what
/// whole items can give.
inline double fractional_filling(const SelectionCase& question, const std::vector<double>& gain, const ItemSet& taken) {
  std::vector<ItemRank> ranks;
  for (const std::uint32_t item : question.items) {
    if (gain[item] > 0 && !std::binary_search(taken.begin(), taken.end(), item)) {
      ranks.push_back(rank_of(item, gain[item], question.cost[item]));
    }
  }
  std::sort(ranks.begin(), ranks.end(), [](const ItemRank& a, const ItemRank& b) { return a.before(b, true); });
  double left = question.limit;
  double sum = 0;
  for (const ItemRank& rank : ranks) {
    const double cost = question.cost[rank.item];
    if (cost > left) return sum + rank.gain * (left / cost);
    sum += rank.gain;
    left -= cost;
  }
  return sum;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
