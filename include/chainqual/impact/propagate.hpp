#pragma once

#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/impact/cascade.hpp"
#include "chainqual/impact/contagion.hpp"
#include "chainqual/impact/distress.hpp"
#include "chainqual/impact/dynamics.hpp"
#include "chainqual/impact/inoperability.hpp"
#include "chainqual/impact/linear.hpp"
#include "chainqual/impact/propagation.hpp"
#include "chainqual/impact/recovery.hpp"

namespace chainqual {
inline namespace v1 {

/// A scenario on the enterprises of one chain.
struct PlacedScenario {
  std::vector<Disruption> disruptions;  ///< for models with days, in the order of the shocks, then by enterprise
  std::vector<double> shock;            ///< [n] for models without: all shocks at full magnitude, 1 − Π (1 − s)
  /// [n] both, where some shock differs by direction; `shock` and `disruptions` then hold the larger of the two. Else
  /// both are empty.
  std::vector<double> shock_downstream = {};
  std::vector<double> shock_upstream = {};

  [[nodiscard]] bool directed() const noexcept { return !shock_downstream.empty() || !shock_upstream.empty(); }
};

/// The shocks of both directions, which the scenario must outlive.
[[nodiscard]] DirectedShock directions_of(const PlacedScenario& scenario) noexcept;

/// @throws Error{invalid_argument} the scenario's shocks differ by direction and the model is not the cascade, which
///         alone tells a lost supplier from a lost customer.
void require_directions_known(const PlacedScenario& scenario, Model model);

/// The scenario of a shock that begins on day 0 and never heals.
///
/// @param shock  [n] in [0, 1]; what is outside is told by the model.
/// @return a disruption for every enterprise whose shock is not 0.
/// @throws std::bad_alloc.
/// @complexity O(n).
/// @numerics   None.
/// @threads    Pure.
/// @source     Definition.
/// @since 0.1, experimental.
[[nodiscard]] PlacedScenario lasting(std::vector<double> shock);

/// A model and how it runs; the options of the others are not read.
struct ModelOptions {
  Model model = Model::linear;
  LinearOptions linear;
  CascadeOptions cascade;
  ContagionOptions contagion;
  DistressOptions distress;
  DynamicsOptions dynamics;
  InoperabilityOptions inoperability;
  EnterpriseName name;  ///< for notes
};

/// What any model gives.
struct ModelRun : Propagation {
  std::vector<double> daily;  ///< [days] share of usual working left, of the whole chain; empty for models without days
  std::vector<Text> notes;    ///< what a reader must know of this run
};

/// Runs a scenario through whichever model the options name.
///
/// The model's own function gives the same losses and more; this is for callers who let their user choose.
///
/// @param net       n enterprises, m links.
/// @param scenario  `disruptions` for dynamics and inoperability, `shock` [n] for the others; shocks that differ by
///                  direction for the cascade alone.
/// @param options   the model and its options.
/// @param control   executor, cancel, progress.
/// @return losses, by day too where the model has days (`dynamics` unless its record is none).
/// @throws Error as `linear`, `cascade`, `contagion`, `distress`, `dynamics`, `inoperability`,
///         `require_directions_known`.
/// @complexity that of the model.
/// @numerics   The model's: same bits as its own function gives.
/// @threads    Reads only.
/// @source     The models' own.
/// @since 0.1, experimental.
[[nodiscard]] ModelRun propagate(const Network& net, const PlacedScenario& scenario, const ModelOptions& options,
                                 const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/propagate-inl.hpp"
#endif
