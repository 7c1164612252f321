#pragma once

#include "chainqual/core/executor.hpp"
#include "chainqual/impact/assess_options.hpp"
#include "chainqual/impact/assess_report.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// The diffusion score that simulated impact suggests: 5 if S ≥ 0.5 or E ≥ 0.3; 4 if S ≥ 0.25 or P ≥ 0.5; 3 if S > 0
/// and P > 0; 2 if any other enterprise is hit; else 1 (the thresholds are options).
///
/// @param evidence    S, P, E and the number of other enterprises hit.
/// @param thresholds  from `AssessOptions`.
/// @return 1 … 5.
/// @throws nothing.
/// @complexity O(1).
/// @numerics   Comparisons only.
/// @threads    No shared state.
/// @source     Definition of this project, after the criteria of T/GQDA appendix D.
/// @since 0.1, experimental.
[[nodiscard]] int suggest_diffusion(const DiffusionEvidence& evidence, const DiffusionThresholds& thresholds) noexcept;

/// Grades every problem, propagates each alone and all at once along the chain, and tabulates what is lost where.
///
/// Grade: the panel's score through the dossier's severity model; declared stars are shown beside it and stand in where
/// nobody scored. Shock: see `shock_magnitude` and `locate`; solved problems and ungraded ones shock nobody unless
/// asked. A segment's members are all enterprises that list it, so one that lists several counts in each, as it does in
/// `locate`. A problem's own segments: those it names; else the homes of the enterprises it names; else all of its
/// stage. Segments downstream of a problem: those of later stages and those that its loss can reach along links, its
/// own aside. Final products: all products of the enterprises that list a segment marked final (that segment where they
/// list no product); where no segment is marked, one of the last stage that has enterprises. A group's loss is the
/// weighted mean over its members (plain mean where the weights are all 0). Enterprises and groups are ranked by their
/// mean loss under one problem alone; the loss under all problems at once stands beside it.
///
/// Models: a problem shocks from day 0 on and does not heal, so what models with days give is the mean loss over their
/// days; contagion takes a shock for the chance of being hit. Options of a model that ask for one direction only are
/// not heeded, and where its `weight` is empty the weights of this assessment stand in. Scenarios run as `place` has
/// them, with their own days.
///
/// @param dossier  chain, problems and scores are read.
/// @param options  panel, shocks, propagation, thresholds.
/// @param control  executor for the problems, cancel, progress. The result does not depend on the executor.
/// @throws Error{invalid_argument}   an option out of its domain.
/// @throws Error{unknown_reference}  a problem that names an unknown enterprise or segment; a score of an unknown
/// problem.
/// @throws Error{invalid_value}      a score outside 1 … 5 or partly missing, an aspect share outside [0, 1], link data
/// as in `linear`.
/// @throws Error                     as `place` for the scenarios, as the model for what it refuses.
/// @throws Error{duplicate}          an expert scored one problem twice.
/// @throws Error{cancelled}          on the caller's request.
/// @complexity O(problems · (n + m)) for the linear model when the chain is acyclic; else a run of the model a problem.
/// @numerics   Grades exact; losses as the model; mean losses are summed in the order of the problems. Same bits for
/// any thread count.
/// @threads    Reads only.
/// @source     T/GQDA clauses 5.4.2 to 5.4.4 and appendix D; propagation and evidence are this project's definitions.
/// @since 0.1, experimental.
[[nodiscard]] AssessReport assess(const Dossier& dossier, const AssessOptions& options = {},
                                  const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/assess-inl.hpp"
#endif
