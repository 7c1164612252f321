#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/impact/assess.hpp"
#include "chainqual/impact/measure.hpp"
#include "chainqual/impact/place.hpp"
#include "chainqual/impact/propagate.hpp"
#include "chainqual/impact/scenario.hpp"
#include "chainqual/impact/selection.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// How `mitigate` works. Costs are in 10 000 yuan.
struct MitigationOptions {
  double budget = 0;                      ///< ≥ 0; may be infinite
  ModelOptions model;                     ///< no options by link where a measure is an alternate: links are added
  LossKind counted = LossKind::combined;  ///< which of the model's losses is to be avoided
  std::vector<double> scenario_weight;    ///< [scenarios] ≥ 0, chances or any weights; empty: all alike
  std::optional<double> cost_alternate;   ///< of every alternate without a cost of its own
  std::optional<double> cost_stock_day;   ///< per day, of stocks without a cost of their own
  SelectionMethod method = SelectionMethod::automatic;
  std::uint64_t exact_runs = 65'536;  ///< automatic: compare all affordable sets where that takes so many runs or fewer
  double least_gain = 1e-9;           ///< share of the loss before up to which a difference is rounding
  AssessOptions assess;               ///< how problems are graded and located
};

/// What became of a measure.
enum class MeasureFate : std::uint8_t {
  chosen,
  not_chosen,  ///< it avoids loss, but others do better for the money
  useless,     ///< avoids nothing by itself, and was not chosen beside others either
  too_dear,    ///< costs more than the whole budget
  unpriced,    ///< has no cost: left out
};

template <>
struct Names<MeasureFate> {
  static constexpr std::array<Name<MeasureFate>, 5> table{{
      {MeasureFate::chosen, "chosen", "入选", "chosen"},
      {MeasureFate::not_chosen, "not_chosen", "未入选", "not chosen"},
      {MeasureFate::useless, "useless", "无效果", "avoids nothing"},
      {MeasureFate::too_dear, "too_dear", "超出预算", "beyond the budget"},
      {MeasureFate::unpriced, "unpriced", "未定价", "unpriced"},
  }};
};

/// One measure of the list, chosen or not.
struct MeasureOutcome {
  MeasureFate fate = MeasureFate::not_chosen;
  std::optional<double> cost;      ///< as given, the project's budget, or the default of its kind
  double avoided_alone = 0;        ///< loss that it avoids by itself; negative where it adds loss
  std::optional<double> per_cost;  ///< avoided_alone / cost; absent without a cost or for nothing
  Text why;                        ///< why it avoids nothing, or adds loss; empty otherwise
};

/// One chosen measure, beside those chosen before it.
struct ChosenMeasure {
  std::size_t measure = 0;  ///< place in the list
  double cost = 0;
  double avoided = 0;              ///< loss avoided when added
  double avoided_alone = 0;        ///< by itself
  std::optional<double> per_cost;  ///< avoided / cost; absent where it costs nothing
  double spent = 0;                ///< for all so far
  double loss = 0;                 ///< left with all so far
};

/// What `mitigate` chose. Losses are in units of v, the weight in totals.
struct MitigationResult {
  Model model = Model::linear;
  LossKind counted = LossKind::combined;
  std::size_t scenarios = 0;  ///< that weigh anything
  double weight = 0;          ///< Σ v: the loss of a chain that has stopped altogether
  double loss_before = 0;
  double loss_after = 0;
  double avoided = 0;  ///< before − after
  double budget = 0;
  double spent = 0;
  std::vector<ChosenMeasure> chosen;     ///< next is always what avoids most for its cost
  std::vector<MeasureOutcome> outcomes;  ///< [measures]
  std::vector<FrontierPoint> frontier;   ///< loss avoided (`worth`) against money spent
  bool frontier_exact = false;
  Returns returns = Returns::unknown;  ///< of the measures that could be chosen
  FoundBy found_by = FoundBy::by_density;
  bool optimal = false;             ///< no affordable set avoids more
  std::optional<double> guarantee;  ///< `avoided` is at least this share of the most that can be; absent: not known
  std::optional<double> bound;      ///< no affordable set avoids more than this; absent: not known
  std::uint64_t runs = 0;           ///< runs of the model
  std::uint64_t sets = 0;           ///< sets of measures whose loss was asked for
  Text note;                        ///< how the set was found, and what that proves
};

/// Chooses measures that avoid most loss under a budget.
///
/// Loss = Σ_c w_c Σ_v v · x_c,v / Σ_c w_c, with x_c the losses under scenario c by the model, and v the weight in
/// totals of the chain as it is: also for chains changed by measures. Without scenarios, each registered problem that
/// `assess` lets shock is one, lasting, and all weigh alike.
///
/// A measure changes the chain or its shocks, and the order in which measures are taken does not matter:
///   alternate: the share q of the link i → j moves to a → j: q of its value, and q of its dependency (d_ij, else
///     W_ij / u_j) where either link gives one, at most 1 for a link. What j buys and depends on in all stays. Shares
///     of one link that sum to over 1 are scaled to 1. Escapes of what comes together are means by dependency. For
///     `dynamics` final demand, for `cascade` sales outside the chain (revenue − o_i) stay as they are. A shock of a
///     link (`TargetKind::link`) is that of what is left of it.
///   stock: n_j grows by the days. `dynamics` alone knows it.
///   project: shocks of its problems shrink to 1 − effect, of several projects to Π (1 − effect).
/// For `contagion`, the links of all alternates are in the network from the start, without weight, so that every link
/// keeps its draws.
///
/// `Returns` of the choice, which say when it is proved good (`select_under_budget`):
///   constant where no two measures touch one scenario, under any model: the loss is a sum over scenarios. So it is
///   with
///     problems one by one and projects that share none.
///   constant too where only projects touch a scenario, no two of them the shocks of one enterprise, and the losses of
///     one direction answer linearly to shocks: `linear` uncapped, or capped with every loss of the scenario below 1;
///     `inoperability` uncapped. Loss = Σ importance · shock, and each project takes away its own part.
///   diminishing where, moreover, several projects touch one enterprise but only one of its shocks: 1 − Π (1 − effect).
///   unknown otherwise. Two shocks on one enterprise, s = 1 − (1 − a)(1 − b), and the cap, min(1, a + b), let the
///   second
///     solution avoid more than the first: gains grow. So do two alternates of which each alone only moves a customer
///     to another link that is hit as hard. The larger of two directions does both.
///
/// @param dossier    chain, problems, scores and projects are read.
/// @param measures   at least one; equal ones (the same change, whatever the price) are an error. Projects are equal
///                   where their numbers (without one: names) are, too.
/// @param scenarios  any number; none: the registered problems.
/// @param options    see `MitigationOptions`.
/// @param control    executor over runs of the model, cancel, progress. The result does not depend on the executor.
/// @return what to choose, and of every measure what it would avoid by itself. Prices are never invented: a measure
///         without one is left out.
/// @throws Error{missing_value}      no measure; no scenario and no problem that shocks anything.
/// @throws Error{unknown_reference}  a name that the chain does not hold, or a link: all in `findings()`.
/// @throws Error{invalid_value}      a share, effect or escape outside [0, 1], a cost or days negative or not finite:
///                                   all in `findings()`; weights of scenarios that are negative or sum to 0.
/// @throws Error{invalid_argument}   an alternate that is the customer or the present supplier; options by link beside
///                                   alternates; an option out of its domain; a direction that the model does not give.
/// @throws Error{duplicate}          two measures do the same.
/// @throws Error{shape_mismatch}     weights that are not as many as scenarios.
/// @throws Error as `place`, `propagate`, `select_under_budget`.
/// @complexity Runs of the model: scenarios · measures at least; see `select_under_budget`. A run is repeated only for
/// a
///             scenario that a newly added measure touches. Alternates rebuild the network, O(n + m).
/// @numerics   Links in single precision, as networks hold them; sums over scenarios in their order. Same bits for any
///             thread count. Guarantees hold but for `least_gain` and the model's own tolerance.
/// @threads    Reads only.
/// @source     Definition of this project; choice as `select_under_budget`.
/// @since 0.1, experimental.
[[nodiscard]] MitigationResult mitigate(const Dossier& dossier, std::span<const Measure> measures,
                                        std::span<const Scenario> scenarios, const MitigationOptions& options,
                                        const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/mitigation-inl.hpp"
#endif
