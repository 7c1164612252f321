#pragma once

#include <span>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/impact/cascade.hpp"
#include "chainqual/impact/contagion.hpp"
#include "chainqual/impact/distress.hpp"
#include "chainqual/impact/dynamics.hpp"
#include "chainqual/impact/explain.hpp"
#include "chainqual/impact/inoperability.hpp"
#include "chainqual/impact/propagate.hpp"

namespace chainqual {
inline namespace v1 {

// `why` for the models beside the linear one. Common to all:
//
// `along` chooses the direction whose loss is explained; `loss` is the model's own value of that direction, to the bit,
// as a run with the same options gives it. Options of the linear model are not read. Directions that the model's
// options leave out can be explained all the same.
//
// Sources are the shocked enterprises from which loss can reach the target. Each is taken away in turn, the others
// left; the falls of the target's loss, scaled to sum to it, are the parts (`remove_one`, then `alone`, then `equal`;
// see SplitRule). A source alone needs no run and has the whole. At most `separate_sources` are told apart: those with
// the largest shock × best product of link weights to the target; the rest is taken away together and shown as none().
// Runs are spread over the executor of `control`; results do not depend on it.
//
// Paths pass only enterprises with a loss in that direction; their weights are the model's own.

/// Explains one enterprise's loss under the cascade.
///
/// Binding input: downstream `CascadeResult::binding` (`holds`, `sector`, the supplier that counts most, its part of
/// the lack in `binding.loss`), with `arrived` the whole lack; upstream the customer whose missing orders count most,
/// with `arrived` = Σ Λᵘ × loss. Paths run along binding inputs alone: what is short, but not what is shortest, hands
/// nothing on. So at the fixed point all walks along them, circles included, together give the loss; where inputs tie,
/// walks through each do. Weights are σ Λᵈ at the end, or Λᵘ. Where goods are replaceable every shocked enterprise is a
/// source, since rivals of a supplier matter without any path.
///
/// @param net      n enterprises, m links.
/// @param shock    [n] as for `cascade`; both directions alike, or apart: then that of `along` counts as own shock.
/// @param target   the enterprise to explain.
/// @param model    as the explained result was computed.
/// @param options  direction, number of paths, number of separate sources.
/// @param names    how the sentence calls enterprises, segments and sectors.
/// @param control  executor over sources, cancel, progress.
/// @throws Error{out_of_range}  `target` is beyond n. All errors of `cascade`.
/// @complexity The model's weights once, then a run a source; paths as for the linear model.
/// @numerics   As `cascade`. The stopping rule ε is part of the model: with a coarse one, differences hold ends of runs
///             of the size of ε, so together they must exceed it, and 1 % of the loss, to count (see SplitRule).
/// @threads    Reads only.
/// @source     The split and the paths are this project's definition.
/// @since 0.1, experimental.
[[nodiscard]] Why why(const Network& net, std::span<const double> shock, EnterpriseId target,
                      const CascadeOptions& model, const WhyOptions& options = {}, const WhyNames& names = {},
                      const Control& control = {});
[[nodiscard]] Why why(const Network& net, const DirectedShock& shock, EnterpriseId target, const CascadeOptions& model,
                      const WhyOptions& options = {}, const WhyNames& names = {}, const Control& control = {});

/// Explains one enterprise's probability of being hit under contagion.
///
/// All counts are exact over the model's own draws, for every source at once: one search backwards from the target
/// finds, for each source, the runs in which live links lead from it to the target, so that a removal needs no run of
/// its own. `own` is the target's start probability, `arrived` the share of runs in which its neighbours would hit it.
/// Binding input: the neighbour, and segment, that would hit the target in most runs if it were the only one: hit
/// without the target's help, and its link live. Paths: start probability × product of the links' probabilities, the
/// chance that the path is live. `chance` holds Wilson's interval. `max_steps` counts.
///
/// @param net, start  as for `contagion`.
/// @param target, model, options, names  as above.
/// @param control  executor over words of 64 runs, cancel, progress.
/// @throws Error{out_of_range}  `target` is beyond n. All errors of `contagion`.
/// @complexity About two runs of `contagion` over those from whom live links can lead to the target.
/// @numerics   Whole counts: differences are those of common random numbers, exactly.
/// @threads    Reads only.
/// @source     Definition; live edges as in `contagion`.
/// @since 0.1, experimental.
[[nodiscard]] Why why(const Network& net, std::span<const double> start, EnterpriseId target,
                      const ContagionOptions& model, const WhyOptions& options = {}, const WhyNames& names = {},
                      const Control& control = {});

/// Explains one enterprise's distress.
///
/// Binding input: the neighbour with the largest exposure × distress handed on; `arrived` is their sum, before the cap.
/// With the 2012 form an enterprise hands on what it had when first hit. Paths: shock × product of exposures. `notes`
/// are the model's own of this direction.
///
/// @param net, shock  as for `distress`.
/// @param target, model, options, names  as above.
/// @param control  executor over sources, cancel, progress.
/// @throws Error{out_of_range}  `target` is beyond n. All errors of `distress`.
/// @complexity A run a source.
/// @numerics   As `distress`.
/// @threads    Reads only.
/// @source     Definition.
/// @since 0.1, experimental.
[[nodiscard]] Why why(const Network& net, std::span<const double> shock, EnterpriseId target,
                      const DistressOptions& model, const WhyOptions& options = {}, const WhyNames& names = {},
                      const Control& control = {});

/// Explains one enterprise's lost output in the daily simulation.
///
/// `loss` is the mean over the horizon of what inputs and capacity (downstream) or orders and capacity (upstream)
/// withhold. `worst` is the day on which they withhold most, and `own`, `arrived`, `holds` and the binding input tell
/// of that day: downstream the kind of input whose stock is lowest, and of its suppliers the one whose goods are short
/// by most (parts of all sum to `arrived` = 1 − what stocks allow; a supplier whose stock exceeds a day's use lessens
/// it); upstream the customer whose orders fell most below the usual, as a share of the enterprise's output. Stocks are
/// read from the simulation as it runs, which costs the kernel nothing.
///
/// Paths: mean loss of own capacity over the horizon × products of input shares, W_ij over the customer's purchases of
/// that kind of goods, upstream W_ij over the supplier's usual output. Stocks on the way make the loss that arrives
/// smaller than that. Since orders and goods travel opposite ways, sources are all that links of either direction join
/// to the target. A source whose removal would make the loss rise counts as 0.
///
/// @param net, disruptions  as for `dynamics`.
/// @param target, model, options, names  as above.
/// @param control  executor over sources, cancel, progress.
/// @throws Error{out_of_range}  `target` is beyond n. All errors of `dynamics`.
/// @complexity A simulation a source.
/// @numerics   As `dynamics`.
/// @threads    Reads only.
/// @source     Definition.
/// @since 0.1, experimental.
[[nodiscard]] Why why(const Network& net, std::span<const Disruption> disruptions, EnterpriseId target,
                      const DynamicsOptions& model, const WhyOptions& options = {}, const WhyNames& names = {},
                      const Control& control = {});

/// Explains one enterprise's inoperability.
///
/// `loss` is the mean of q over the horizon; `worst` the day of its largest q. `own` is the mean q that an enterprise's
/// own disruptions and initial value would give it if it had no neighbours; `arrived` = Σ a* × mean q of its
/// neighbours, the binding input the largest of these. Since q follows with a lag, own and arrived do not sum to the
/// loss. Paths: own mean q of the source × product of a*, which is what would arrive without the lag. An enterprise's
/// initial value is taken away with its disruptions.
///
/// @param net, disruptions  as for `inoperability`.
/// @param target, model, options, names  as above.
/// @param control  executor over sources, cancel, progress.
/// @throws Error{out_of_range}  `target` is beyond n. All errors of `inoperability`.
/// @complexity A run of one direction a source.
/// @numerics   As `inoperability`.
/// @threads    Reads only.
/// @source     Definition.
/// @since 0.1, experimental.
[[nodiscard]] Why why(const Network& net, std::span<const Disruption> disruptions, EnterpriseId target,
                      const InoperabilityOptions& model, const WhyOptions& options = {}, const WhyNames& names = {},
                      const Control& control = {});

/// Explains one enterprise's loss under whichever model the options name.
///
/// @param scenario  as for `propagate`. Else as the model's own `why`; options of the linear model are those of
/// `model`.
/// @throws Error, @complexity, @numerics, @threads, @source  The model's.
/// @since 0.1, experimental.
[[nodiscard]] Why why(const Network& net, const PlacedScenario& scenario, EnterpriseId target,
                      const ModelOptions& model, const WhyOptions& options = {}, const WhyNames& names = {},
                      const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/explain_models-inl.hpp"
#endif
