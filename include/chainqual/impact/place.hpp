#pragma once

#include "chainqual/core/executor.hpp"
#include "chainqual/impact/assess_options.hpp"
#include "chainqual/impact/propagate.hpp"
#include "chainqual/impact/scenario.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// Where a scenario falls on a chain.
///
/// A link that loses the share m of its deliveries is a shock m · d_ij · e_ij at its customer, the weight by which the
/// linear model lets a supplier's loss reach it. A problem without a magnitude has that of `assess`: from its severity
/// total by the experts' scores, else from its declared stars. Shocks that differ by direction are placed once for
/// each.
///
/// @param dossier   n enterprises.
/// @param scenario  at least one shock.
/// @param options   how problems are graded and located.
/// @return disruptions and the shock of every enterprise.
/// @throws Error{unknown_reference} a name that the chain does not hold; all of them in `findings()`, with the nearest.
/// @throws Error{missing_value}     a scenario without shocks, a problem without a grade and a magnitude.
/// @throws Error{invalid_value}     magnitudes outside [0, 1], durations of 0, recoveries that are none.
/// @complexity O(n · shocks + m) at most.
/// @numerics   As `combine_shocks`.
/// @threads    Reads only.
/// @source     Definition of this project.
/// @since 0.1, experimental.
[[nodiscard]] PlacedScenario place(const Dossier& dossier, const Scenario& scenario, const AssessOptions& options = {},
                                   const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/place-inl.hpp"
#endif
