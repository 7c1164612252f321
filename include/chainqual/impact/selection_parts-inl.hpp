#pragma once

// What every way of choosing items under a budget works with: prices, answers of the worth, and the frontier.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/selection.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// What sums of costs may reach: 0.1 + 0.2 is within a budget of 0.3.
inline double spendable(double budget) noexcept {
  constexpr double slack = 1e-12;
  return budget * (1 + slack);
}

inline void check_costs(std::span<const double> cost, double budget) {
  if (!(budget >= 0)) {
    throw Error(ErrorCode::invalid_value, {"预算为 " + number(budget) + "，必须不小于 0。",
                                           "the budget is " + number(budget) + "; it must be 0 or more."});
  }
  for (std::size_t k = 0; k < cost.size(); ++k) {
    if (cost[k] >= 0 && std::isfinite(cost[k])) continue;
    throw Error(
        ErrorCode::invalid_value,
        {"第 " + whole(k + 1) + " 项的费用为 " + number(cost[k]) + "，必须是不小于 0 的有限数。",
         "the cost of item " + whole(k + 1) + " is " + number(cost[k]) + "; it must be finite and not negative."});
  }
}

inline void check(const SelectionOptions& options) {
  if (!(options.least_gain >= 0 && std::isfinite(options.least_gain))) {
    throw Error(
        ErrorCode::invalid_argument,
        {"选择的最小收益为 " + number(options.least_gain) + "，必须是不小于 0 的有限数。",
         "the least gain of a selection is " + number(options.least_gain) + "; it must be finite and not negative."});
  }
  if (options.exact_sets == 0) {
    throw Error(ErrorCode::invalid_argument,
                {"精确选择至少要允许 1 个组合；不想用精确解请选择贪心。",
                 "exact selection needs at least one set: choose `greedy` to do without."});
  }
}

/// Walks over all sets of `items` that cost no more than `limit`, the empty one first: visit(members, spent) → go on?
/// Members are places in `items`, which must ascend by cost, so that where one does not fit, none after it does.
template <class Visit>
void for_affordable(std::span<const std::uint32_t> items, std::span<const double> cost, double limit, Visit&& visit) {
  std::vector<std::uint32_t> members;
  std::vector<double> spent{0.0};
  if (!visit(members, 0.0)) return;
  for (std::uint32_t next = 0;;) {
    if (next < items.size() && spent.back() + cost[items[next]] <= limit) {
      spent.push_back(spent.back() + cost[items[next]]);
      members.push_back(next++);
      if (!visit(members, spent.back())) return;
    } else if (members.empty()) {
      return;
    } else {
      next = members.back() + 1;
      members.pop_back();
      spent.pop_back();
    }
  }
}

inline std::vector<std::uint32_t> by_cost(std::vector<std::uint32_t> items, std::span<const double> cost) {
  std::stable_sort(items.begin(), items.end(), [&](std::uint32_t a, std::uint32_t b) { return cost[a] < cost[b]; });
  return items;
}

inline std::uint64_t affordable_sets(std::vector<std::uint32_t> items, std::span<const double> cost, double limit,
                                     std::uint64_t most) {
  std::uint64_t count = 0;
  for_affordable(by_cost(std::move(items), cost), cost, limit, [&](const auto&, double) { return ++count < most; });
  return count;
}

/// Undominated pairs of money and worth.
class WorthFrontier {
 public:
  void add(double spent, double worth) {
    auto at = points_.upper_bound(spent);
    if (at != points_.begin() && std::prev(at)->second >= worth) return;
    at = points_.lower_bound(spent);
    while (at != points_.end() && at->second <= worth) at = points_.erase(at);
    points_.emplace_hint(at, spent, worth);
  }
  /// Without steps up to `least_gain`, and with one point where rounding tells several.
  [[nodiscard]] std::vector<FrontierPoint> take(double least_gain) const {
    constexpr double rounding = 1e-12;
    const double step = std::max(least_gain, rounding * points_.rbegin()->second);
    std::vector<FrontierPoint> out;
    for (const auto& [spent, worth] : points_) {
      if (!out.empty() && worth <= out.back().worth + step) continue;
      if (!out.empty() && spent <= out.back().spent * (1 + rounding)) out.pop_back();
      out.push_back({spent, worth});
    }
    return out;
  }

 private:
  std::map<double, double> points_{{0.0, 0.0}};
};

/// How good an item is to add next: ties go to the first in the list.
struct ItemRank {
  double density = 0;
  double gain = 0;
  std::uint32_t item = 0;
  [[nodiscard]] bool before(const ItemRank& other, bool by_density) const noexcept {
    if (by_density && density != other.density) return density > other.density;
    if (gain != other.gain) return gain > other.gain;
    return item < other.item;
  }
};

inline ItemRank rank_of(std::uint32_t item, double gain, double cost) noexcept {
  constexpr double endless = std::numeric_limits<double>::infinity();
  const double free = gain > 0 ? endless : gain < 0 ? -endless : 0.0;
  return {cost > 0 ? gain / cost : free, gain, item};
}

/// A set found by one of the ways; `steps` in the order of adding, where it has one.
struct SelectionTrial {
  FoundBy found_by = FoundBy::by_density;
  ItemSet members;  // ascending
  double worth = 0;
  std::vector<SelectionStep> steps;
};

inline void add_to(ItemSet& set, std::uint32_t item) {
  set.insert(std::lower_bound(set.begin(), set.end(), item), item);
}

inline ItemSet set_with(const ItemSet& set, std::uint32_t item) {
  ItemSet more = set;
  add_to(more, item);
  return more;
}

inline ItemSet set_without(const ItemSet& set, std::uint32_t item) {
  ItemSet less = set;
  less.erase(std::lower_bound(less.begin(), less.end(), item));
  return less;
}

/// The question, and what has been asked so far.
class SelectionCase {
 public:
  SelectionCase(std::span<const double> costs, double budget, const WorthOf& worth_of, const SelectionOptions& how,
                const Control& control)
      : cost(costs),
        limit(spendable(budget)),
        options(how),
        worth_of_(worth_of),
        control_(control),
        quiet_{control.executor, control.cancel, {}},
        progress_(control, steps_of_progress) {
    alone.assign(cost.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::uint32_t k = 0; k < cost.size(); ++k) {
      if (cost[k] <= limit) items.push_back(k);
    }
    std::vector<ItemSet> sets{{}};
    for (const std::uint32_t k : items) sets.push_back({k});
    const std::vector<double> answers = answers_to(sets);
    base_ = answers.front();
    for (std::size_t k = 0; k < items.size(); ++k) {
      alone[items[k]] = answers[k + 1] - base_;
      front.add(cost[items[k]], alone[items[k]]);
    }
    if (options.returns == Returns::unknown) return;
    std::erase_if(items, [&](std::uint32_t k) { return !(alone[k] > options.least_gain); });
  }

  /// Worth of sets beyond that of the empty one.
  [[nodiscard]] std::vector<double> worth(std::span<const ItemSet> sets) {
    std::vector<double> answers = answers_to(sets);
    for (double& answer : answers) answer -= base_;
    return answers;
  }
  [[nodiscard]] double worth(const ItemSet& set) { return worth(std::span(&set, 1)).front(); }

  [[nodiscard]] double spent(const ItemSet& set) const {
    double sum = 0;
    for (const std::uint32_t k : set) sum += cost[k];
    return sum;
  }

  /// Tells how much of the work is done; never falls.
  void done(double share) {
    const auto goal = static_cast<std::uint64_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(steps_of_progress));
    if (goal <= told_) return;
    progress_.add(goal - told_);
    told_ = goal;
  }
  void finish() { progress_.finish(); }
  void check_cancelled() const { throw_if_cancelled(control_); }

  std::span<const double> cost;
  double limit;
  SelectionOptions options;
  std::vector<std::uint32_t> items;  ///< worth looking at: within the budget and, where returns are known, of use
  std::vector<double> alone;         ///< [all items]
  WorthFrontier front;
  std::uint64_t evaluations = 0;

 private:
  static constexpr std::uint64_t steps_of_progress = 10'000;

  std::vector<double> answers_to(std::span<const ItemSet> sets) {
    if (sets.empty()) return {};
    throw_if_cancelled(control_);
    std::vector<double> answers = worth_of_(sets, quiet_);
    evaluations += sets.size();
    if (answers.size() != sets.size()) {
      throw Error(
          ErrorCode::shape_mismatch,
          {"价值函数对 " + whole(sets.size()) + " 个组合给出了 " + whole(answers.size()) + " 个值。",
           "the worth function gave " + whole(answers.size()) + " values for " + whole(sets.size()) + " sets."});
    }
    for (const double answer : answers) {
      if (std::isfinite(answer)) continue;
      throw Error(ErrorCode::invalid_value, {"价值函数给出了 " + number(answer) + "，必须是有限数。",
                                             "the worth function gave " + number(answer) + "; it must be finite."});
    }
    return answers;
  }

  const WorthOf& worth_of_;
  const Control& control_;
  Control quiet_;  // for the worth: progress is told here
  Progress progress_;
  std::uint64_t told_ = 0;
  double base_ = 0;
};

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
