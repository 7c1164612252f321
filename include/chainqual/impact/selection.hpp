#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// What is known beforehand of the worth f of sets of items.
enum class Returns : std::uint8_t {
  unknown,      ///< nothing: an item may be worth more, less or the opposite beside others
  constant,     ///< f(S) = Σ f({x}): an item is worth the same beside any others
  diminishing,  ///< f never falls, and an item adds at most as much to a set as to any part of it
};

template <>
struct Names<Returns> {
  static constexpr std::array<Name<Returns>, 3> table{{
      {Returns::unknown, "unknown", "不定", "not known to diminish"},
      {Returns::constant, "constant", "可加", "constant"},
      {Returns::diminishing, "diminishing", "递减", "diminishing"},
  }};
};

/// How items are to be chosen.
enum class SelectionMethod : std::uint8_t { automatic, greedy, exact };

template <>
struct Names<SelectionMethod> {
  static constexpr std::array<Name<SelectionMethod>, 3> table{{
      {SelectionMethod::automatic, "automatic", "自动", "automatic"},
      {SelectionMethod::greedy, "greedy", "贪心", "greedy"},
      {SelectionMethod::exact, "exact", "精确", "exact"},
  }};
};

/// What found the items that were chosen.
enum class FoundBy : std::uint8_t {
  enumeration,  ///< every affordable set was looked at
  knapsack,     ///< every undominated pair of cost and worth, where returns are constant
  by_density,   ///< greedy by worth added for the cost
  by_gain,      ///< greedy by worth added, blind to the cost
  by_dropping,  ///< greedy from all items, dropping the least missed for its cost until the rest is affordable
  best_single,  ///< one item alone
};

template <>
struct Names<FoundBy> {
  static constexpr std::array<Name<FoundBy>, 6> table{{
      {FoundBy::enumeration, "enumeration", "逐一比较所有组合", "every affordable set compared"},
      {FoundBy::knapsack, "knapsack", "背包精确解", "exact knapsack"},
      {FoundBy::by_density, "by_density", "按单位成本收益贪心", "greedy by worth for the cost"},
      {FoundBy::by_gain, "by_gain", "按收益贪心", "greedy by worth"},
      {FoundBy::by_dropping, "by_dropping", "从全部中逐项剔除", "greedy by dropping"},
      {FoundBy::best_single, "best_single", "最佳单项", "best single item"},
  }};
};

/// Items of a set by their position, ascending.
using ItemSet = std::vector<std::uint32_t>;

/// Worth of each of several sets, finite, in their order; only differences count. Asked from one thread, many sets at a
/// time, so that it may spread them over the control's executor.
using WorthOf = std::function<std::vector<double>(std::span<const ItemSet> sets, const Control& control)>;

/// How `select_under_budget` works.
struct SelectionOptions {
  SelectionMethod method = SelectionMethod::automatic;
  Returns returns = Returns::unknown;  ///< what the caller vouches for
  std::uint64_t exact_sets = 65'536;   ///< automatic: enumerate when so many sets or fewer are affordable
  double least_gain = 0;               ///< worth added up to this counts as none, ≥ 0
  friend bool operator==(const SelectionOptions&, const SelectionOptions&) = default;
};

/// One chosen item, beside those chosen before it.
struct SelectionStep {
  std::uint32_t item = 0;
  double gain = 0;   ///< worth added to the items before
  double worth = 0;  ///< of all so far
  double spent = 0;  ///< for all so far
  friend bool operator==(const SelectionStep&, const SelectionStep&) = default;
};

/// So much worth for so much money.
struct FrontierPoint {
  double spent = 0;
  double worth = 0;
  friend bool operator==(const FrontierPoint&, const FrontierPoint&) = default;
};

/// What was chosen. Worth is counted from that of the empty set.
struct Selection {
  std::vector<SelectionStep> steps;  ///< next is always the item that adds most for its cost
  double worth = 0;
  double spent = 0;
  FoundBy found_by = FoundBy::by_density;
  bool optimal = false;                 ///< no affordable set is worth more (by over `least_gain` an item)
  std::optional<double> guarantee;      ///< `worth` is at least this share of the best; absent: nothing is proved
  std::optional<double> bound;          ///< no affordable set is worth more than this; absent: none is known
  std::vector<double> alone;            ///< [items] worth of each by itself; NaN for those over the budget
  std::vector<FrontierPoint> frontier;  ///< from what costs nothing on, both ascending
  bool frontier_exact = false;          ///< each point is the best for its money, and none is missing
  std::uint64_t affordable = 0;         ///< affordable sets, the empty one too, as far as counted
  std::uint64_t evaluations = 0;        ///< sets whose worth was asked for
};

/// Number of sets of items that cost no more than the budget together, the empty one included; counts to `most` and
/// stops.
///
/// @param cost    [items] ≥ 0, finite.
/// @param budget  ≥ 0; sums may pass it by 1e-12 of itself, which is rounding.
/// @param most    > 0.
/// @return 1 … most.
/// @throws Error{invalid_value} a cost or budget that is negative or NaN, or an infinite cost.
/// @complexity O(items log items + result).
/// @numerics   Costs are added in ascending order.
/// @threads    Pure.
/// @source     Definition.
/// @since 0.1, experimental.
[[nodiscard]] std::uint64_t count_affordable(std::span<const double> cost, double budget, std::uint64_t most);

/// The affordable set of items of most worth, or a good one.
///
/// Exact where it can be: with constant returns by the list of undominated pairs of cost and worth, else by looking at
/// every affordable set where these are few. Otherwise the best of greedy by worth for the cost, greedy by worth alone,
/// and the best single item.
///
/// Lazy evaluation keeps the last known gain of every item as a bound and asks again only for those on top. That is
/// right if and only if gains never grow, so it is used for `diminishing` returns alone; with constant returns nothing
/// is asked twice; with unknown ones every gain is asked anew in every round, and a fourth way starts from all items
/// and drops the least missed, which finds items that help only together.
///
/// What is guaranteed, with f monotone and OPT the best affordable worth:
///   constant: ½. Fill by density until an item x first does not fit: the filling and x together are worth at least the
///     best fractional filling ≥ OPT, so the filling or x alone is worth half. All costs equal: 1.
///   diminishing: ½ (1 − 1/e). By the same step, as the filling with x is worth at least (1 − 1/e) OPT: each item added
///     by density closes at least cost / budget of the gap to OPT, and together they cost the budget or more. All costs
///     equal: 1 − 1/e.
///   unknown: nothing, and none is claimed. (Two items that are worth something only together have gains of 0, and with
///     many such pairs any greedy of single steps stays at 0 while OPT is not.)
/// Where returns are known, OPT ≤ f(S) + the best fractional filling by gains beside S, for every S: this `bound` often
/// proves more, and `guarantee` is the larger of the two.
///
/// @param cost     [items] ≥ 0, finite.
/// @param budget   ≥ 0; may be infinite.
/// @param worth    see `WorthOf`; must give the same worth whenever asked for the same set.
/// @param options  see `SelectionOptions`.
/// @param control  handed to `worth`; cancel; progress.
/// @return equal worth goes to the cheaper set, then to items first in the list.
/// @throws Error{invalid_value}     a cost or budget as in `count_affordable`; a worth that is not finite.
/// @throws Error{shape_mismatch}    `worth` answers with another number of values than sets.
/// @throws Error{invalid_argument}  a negative `least_gain`, no `exact_sets`.
/// @throws Error{limit_exceeded}    `exact` is asked for and over 2^22 sets are affordable.
/// @throws Error{cancelled}         on the caller's request.
/// @complexity Sets asked for: constant items + 1; enumeration all affordable ones; greedy O(items · chosen), lazily
///             often little more than items; dropping O(items²).
/// @numerics   Sums in double. Same result for any thread count.
/// @threads    `worth` is called from the calling thread only.
/// @source     Knapsack: Nemhauser & Ullmann 1969, doi:10.1287/mnsc.15.9.494. Greedy and best single: Khuller, Moss &
///             Naor 1999, doi:10.1016/S0020-0190(99)00031-9; Krause & Guestrin 2005, CMU-CALD-05-103. Lazy evaluation:
///             Minoux 1978, doi:10.1007/BFb0006528; Leskovec et al. 2007, doi:10.1145/1281192.1281239.
/// @since 0.1, experimental.
[[nodiscard]] Selection select_under_budget(std::span<const double> cost, double budget, const WorthOf& worth,
                                            const SelectionOptions& options = {}, const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/selection-inl.hpp"
#endif
