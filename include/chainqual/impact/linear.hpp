#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/impact/propagation.hpp"

namespace chainqual {
inline namespace v1 {

/// How `linear` runs.
struct LinearOptions {
  bool downstream = true;             ///< compute the losses that suppliers hand to customers
  bool upstream = true;               ///< compute the losses that customers hand to suppliers
  bool capped = true;                 ///< losses end at 1; false: the plain linear system, which may have no solution
  double tolerance = 1e-12;           ///< of a cyclic component's last sweep, relative to its largest loss
  std::uint32_t max_sweeps = 10'000;  ///< per cyclic component
  friend bool operator==(const LinearOptions&, const LinearOptions&) = default;
};

/// How one direction's solution came about.
struct LinearRun {
  bool converged = true;                  ///< every component met the stopping rule before the cap
  std::uint32_t sweeps = 0;               ///< most that a component took; 1 when acyclic, 0 when nothing was shocked
  double last_change = 0;                 ///< largest change of a loss in any component's last sweep
  std::uint32_t cyclic_components = 0;    ///< strongly connected components of two enterprises or more
  std::uint32_t largest_component = 0;    ///< enterprises in the largest of them
  std::optional<double> spectral_radius;  ///< uncapped only: of the direction's matrix, accurate to about 1e-9
};

/// Where link weights came from: what a result rests on.
struct LinkWeightSources {
  std::uint64_t given = 0;           ///< links whose dependency stands in the data
  std::uint64_t from_value = 0;      ///< the others: W_ij / u_j
  std::uint64_t values_assumed = 0;  ///< links that came without a value: equal shares (`BuildSummary::values_assumed`)
  std::uint64_t escape_given = 0;    ///< links whose escape stands in the data; over the others all trouble passes
  std::uint64_t self_supply = 0;     ///< links from an enterprise to itself, where the network was built to keep them
  std::uint32_t customers_above_one = 0;  ///< customers whose dependency × escape sums to over 1; kept as given
  std::uint32_t without_output = 0;       ///< enterprises with o_i = 0: nothing reaches them from customers
  friend bool operator==(const LinkWeightSources&, const LinkWeightSources&) = default;
};

/// Losses by enterprise; `combined` is the larger of the two directions, and indices weigh by `default_weight`.
struct LinearResult : Propagation {
  LinearRun downstream_run;
  LinearRun upstream_run;
  LinkWeightSources sources;
};

/// Loss of every enterprise when shocks spread along supply links: dependency and inoperability.
///
/// Method: downstream x_j = min(1, s_j + Σ_i d_ij e_ij x_i), upstream x_i = min(1, s_i + Σ_j (W_ij / o_i) x_j), each
/// the least fixed point. d_ij is the link's dependency where given, else W_ij / u_j; inputs without values are equal
/// shares already in the network. Self-supply, where the network keeps it, is eliminated first: x = (s + rest) / (1 −
/// a). Strongly connected components are solved in topological order: a component of one enterprise in one step, so an
/// acyclic network is exact after a single sweep; others by Gauss–Seidel and, where that is slow, by finding who stands
/// still and solving for the rest (Eigen's sparse LU; BiCGSTAB for large ones). `capped = false` solves
/// (I − Dᵀ) x = s.
///
/// The two directions combine as the larger loss: both already hold the enterprise's own shock, which a product of
/// survivals would count twice, and an enterprise stops at its scarcer side. Zero rules: zero flow binds
/// nobody; an enterprise without output loses nothing from its customers.
///
/// @param net      n enterprises, m links.
/// @param shock    [n] share of working lost at the outset, in [0, 1], by EnterpriseId.
/// @param options  directions, cap, tolerance.
/// @param control  cancel and progress; the result does not depend on its executor.
/// @return losses; all exactly 0 when no shock is set.
/// @throws Error{shape_mismatch}    `shock` has not n entries.
/// @throws Error{invalid_value}     a shock, dependency or escape outside [0, 1] or not finite, a negative or infinite
///                                  value; the enterprise or link is named.
/// @throws Error{invalid_argument}  a tolerance that is not positive, no sweeps, no direction.
/// @throws Error{no_solution}       uncapped, and the spectral radius is 1 or more; the message gives it.
/// @throws Error{cancelled}         on the caller's request.
/// @complexity O(n + m) when acyclic; else O(n + Σ sweeps · links of the component). 8 m + 44 n bytes beside the
/// result, and 12 a link of the largest component.
/// @numerics   Doubles; sums run in the order of the rows. Same bits for any thread count. Multiplying all values by a
///             constant changes nothing but rounding, and by a power of two nothing at all.
/// @threads    Reads only; concurrent calls on one `net` are safe.
/// @source     Haimes & Jiang 2001, doi:10.1061/(ASCE)1076-0342(2001)7:1(1); Santos & Haimes 2004,
///             doi:10.1111/j.0272-4332.2004.00540.x (q = A* q + c*). Deviations: the cap, and escape shares.
/// @since 0.1, experimental.
[[nodiscard]] LinearResult linear(const Network& net, std::span<const double> shock, const LinearOptions& options = {},
                                  const Control& control = {});

/// Total weighted loss that each enterprise would cause if it alone stopped: all of them by one adjoint solve.
///
/// importance_i = Σ_j v_j x_j with x the uncapped answer to a unit shock at i; so importance = (I − D)⁻¹ v downstream,
/// (I − Uᵀ)⁻¹ v upstream. n single-shock solves would give the same numbers.
///
/// @param net      n enterprises, m links.
/// @param weight   [n] v ≥ 0 by EnterpriseId; empty: `default_weight(net)`.
/// @param along    which way the losses travel.
/// @param options  `tolerance` and `max_sweeps` are read; the rest is fixed.
/// @param control  cancel and progress.
/// @return [n] in units of v; at least v_i.
/// @throws Error{shape_mismatch}    `weight` is neither empty nor of length n.
/// @throws Error{invalid_value}     a negative or non-finite weight, or link data as in `linear`.
/// @throws Error{no_solution}       the spectral radius is 1 or more where anything weighs.
/// @throws Error{not_converged}     a component did not reach the tolerance within `max_sweeps`.
/// @throws Error{cancelled}         on the caller's request.
/// @complexity As `linear`, one direction.
/// @numerics   As `linear`.
/// @threads    Reads only.
/// @source     Definition; the adjoint of `linear`.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<double> linear_importance(const Network& net, std::span<const double> weight = {},
                                                    Along along = Along::downstream, const LinearOptions& options = {},
                                                    const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/linear-inl.hpp"
#endif
