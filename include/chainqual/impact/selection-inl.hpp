#pragma once

#include <cmath>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/selection.hpp"
#include "chainqual/impact/selection_exact-inl.hpp"
#include "chainqual/impact/selection_greedy-inl.hpp"
#include "chainqual/impact/selection_parts-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Puts a question through the ways that suit it and tells the best answer.
class Selector {
 public:
  explicit Selector(SelectionCase& question) : case_(question), returns_(question.options.returns) {}

  Selection run() {
    std::optional<SelectionTrial> found = exactly();
    result_.optimal = result_.frontier_exact = found.has_value();
    if (!found) found = by_steps();
    prune(*found);
    tell(std::move(*found));
    prove();
    result_.alone = case_.alone;
    result_.frontier = case_.front.take(case_.options.least_gain);
    result_.evaluations = case_.evaluations;
    case_.finish();
    return std::move(result_);
  }

 private:
  std::optional<SelectionTrial> exactly() {
    const SelectionMethod method = case_.options.method;
    const std::uint64_t most =
        method == SelectionMethod::exact ? most_sets : std::min(case_.options.exact_sets, most_sets);
    result_.affordable = affordable_sets(case_.items, case_.cost, case_.limit, most + 1);
    if (method == SelectionMethod::greedy) return std::nullopt;
    if (returns_ == Returns::constant) {
      if (auto found = knapsack(case_)) return found;
    }
    if (result_.affordable <= most) return enumerate(case_, result_.affordable);
    if (method == SelectionMethod::automatic) return std::nullopt;
    throw Error(ErrorCode::limit_exceeded,
                {"预算之内有超过 " + whole(most_sets) + " 个组合，无法逐一比较。请减少备选项或预算，或改用贪心。",
                 "over " + whole(most_sets) +
                     " sets are affordable, too many to compare. Give fewer items or less budget, or choose greedy."});
  }

  SelectionTrial by_steps() {
    GreedySelection dense(case_, true);
    SelectionTrial best = dense.run(case_.items);
    if (returns_ != Returns::unknown) {
      double bound = fractional_filling(case_, case_.alone, {});
      if (returns_ == Returns::diminishing) {
        bound = std::min(bound, best.worth + fractional_filling(case_, dense.gains(), best.members));
      }
      result_.bound = bound;
    }
    const auto offer = [&](SelectionTrial&& other) {
      if (other.worth > best.worth) best = std::move(other);
    };
    offer(GreedySelection(case_, false).run(case_.items));
    SelectionTrial single{FoundBy::best_single, {}, 0, {}};
    for (const std::uint32_t item : case_.items) {
      if (case_.alone[item] > single.worth) single = {FoundBy::best_single, {item}, case_.alone[item], {}};
    }
    offer(std::move(single));
    if (returns_ == Returns::unknown && !case_.items.empty()) offer(drop_until_affordable(case_));
    return best;
  }

  // Members that add no more than rounding beside the others cost money for nothing.
  void prune(SelectionTrial& found) {
    if (returns_ != Returns::unknown) return;
    std::vector<std::uint32_t> dearest = by_cost(found.members, case_.cost);
    std::reverse(dearest.begin(), dearest.end());
    const double worth = found.worth;
    for (const std::uint32_t item : dearest) {
      ItemSet less = set_without(found.members, item);
      const double left = case_.worth(less);
      if (worth - left > case_.options.least_gain) continue;
      found.members = std::move(less);
      found.worth = left;
      found.steps.clear();
    }
  }

  void tell(SelectionTrial&& found) {
    result_.found_by = found.found_by;
    if (found.found_by != FoundBy::by_density || found.steps.empty()) {
      found.steps = GreedySelection(case_, true).run(found.members, true).steps;
    }
    if (returns_ == Returns::constant && !found.steps.empty()) measure(found.steps);
    result_.steps = std::move(found.steps);
    if (result_.steps.empty()) return;
    result_.worth = result_.steps.back().worth;
    result_.spent = result_.steps.back().spent;
    case_.front.add(result_.spent, result_.worth);
  }

  // Sums of what each is worth alone are told as what the sets are worth in fact.
  void measure(std::vector<SelectionStep>& steps) {
    std::vector<ItemSet> sets;
    for (const SelectionStep& step : steps) sets.push_back(set_with(sets.empty() ? ItemSet{} : sets.back(), step.item));
    const std::vector<double> worth = case_.worth(sets);
    for (std::size_t k = 0; k < steps.size(); ++k) {
      steps[k].worth = worth[k];
      steps[k].gain = k == 0 ? worth[k] : worth[k] - worth[k - 1];
    }
  }

  void prove() {
    if (result_.optimal) result_.bound = result_.worth;
    if (!result_.bound) return;
    const double bound = *result_.bound = std::max(*result_.bound, result_.worth);
    if (bound - result_.worth <= case_.options.least_gain) {
      result_.optimal = true;
      result_.guarantee = 1;
      return;
    }
    const auto cost_of = [&](std::uint32_t item) { return case_.cost[item]; };
    const bool alike = std::all_of(case_.items.begin(), case_.items.end(),
                                   [&](std::uint32_t item) { return cost_of(item) == cost_of(case_.items.front()); });
    const double missing = std::exp(-1.0);
    const double proved = returns_ == Returns::constant ? (alike ? 1.0 : 0.5) : (1 - missing) * (alike ? 1.0 : 0.5);
    result_.guarantee = std::max(proved, result_.worth / bound);
    result_.optimal = *result_.guarantee >= 1;
  }

  SelectionCase& case_;
  Returns returns_;
  Selection result_;
};

}  // namespace impact_detail

CHAINQUAL_KERNEL std::uint64_t count_affordable(std::span<const double> cost, double budget, std::uint64_t most) {
  impact_detail::check_costs(cost, budget);
  std::vector<std::uint32_t> items(cost.size());
  std::iota(items.begin(), items.end(), 0U);
  return impact_detail::affordable_sets(std::move(items), cost, impact_detail::spendable(budget),
                                        std::max<std::uint64_t>(1, most));
}

CHAINQUAL_KERNEL Selection select_under_budget(std::span<const double> cost, double budget, const WorthOf& worth,
                                               const SelectionOptions& options, const Control& control) {
  impact_detail::check_costs(cost, budget);
  impact_detail::check(options);
  impact_detail::SelectionCase question(cost, budget, worth, options, control);
  return impact_detail::Selector(question).run();
}

}  // namespace v1
}  // namespace chainqual
