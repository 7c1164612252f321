#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/core/ids.hpp"
#include "chainqual/impact/cascade.hpp"
#include "chainqual/impact/linear_plan.hpp"

namespace chainqual {
inline namespace v1 {

/// How scenarios are worked out; the same losses either way, to the accuracy of single precision.
enum class CascadeMethod : std::uint8_t {
  automatic,  ///< a front while few links are touched, lanes from then on
  front,      ///< one scenario at a time, only what changed
  lanes,      ///< sixteen scenarios side by side, every row at every step
};

template <>
struct Names<CascadeMethod> {
  static constexpr std::array<Name<CascadeMethod>, 3> table{{
      {CascadeMethod::automatic, "automatic", "自动", "automatic"},
      {CascadeMethod::front, "front", "前沿法", "front"},
      {CascadeMethod::lanes, "lanes", "并行通道法", "lanes"},
  }};
};

/// How `systemic_risk` runs.
struct SystemicRiskOptions {
  CascadeOptions cascade;
  std::vector<EnterpriseId> enterprises;  ///< whose closing, in any order, repeats allowed; empty: all in turn
  CascadeMethod method = CascadeMethod::automatic;
  Lanes lanes = Lanes::automatic;
};

/// Indices by scenario: k entries, n where every enterprise is closed in turn.
struct SystemicRiskResult {
  std::vector<double> index;             ///< Σ v (1 − min(hᵈ, hᵘ)) / Σ v, in [0, 1]
  std::vector<double> index_downstream;  ///< with hᵈ alone
  std::vector<double> index_upstream;    ///< with hᵘ alone
  std::vector<std::uint32_t> steps;
  std::vector<std::uint8_t> converged;  ///< 1: the stopping rule was met before the cap on steps
  double tolerance = 0;
  SectorSource sectors_from = SectorSource::given;
  std::uint32_t closed_circle = 0;         ///< as in CascadeResult
  std::uint32_t closed_inputs = 0;         ///< likewise
  std::uint64_t truncated = 0;             ///< scenarios of which a cascade would say `truncated`
  std::uint64_t truncated_downstream = 0;  ///< likewise
  std::uint64_t in_lanes = 0;              ///< scenarios that ended in the lanes
  Text note;                               ///< what was truncated and its cure; empty otherwise
};

/// Economic systemic risk: how much of the chain stops when one enterprise closes, for every enterprise in turn.
///
/// Each scenario is a `cascade` with ψ = 0 at one enterprise. A scenario begins as a front: each loss that grew adds
/// its growth to the sums of those that depend on it, so a step costs the links of what the last one changed, and one
/// cache line each. When a step would touch more than an eightieth of all links (from 16,384 enterprises on, a
/// twentieth) it goes on in the lanes: sixteen scenarios in one cache line an enterprise, hubs together, rows of one
/// shape in a row, and a lane that ends takes the next scenario at once. When a scenario leaves the front depends on
/// itself alone.
///
/// The front works in double precision and drops losses below 2^-34; the lanes work in single precision on sums in
/// whole units of 2^-30. Below ε = 1e-4, with replaceability, and in networks of fewer than 512 enterprises no lanes
/// are used unless asked for (the first two refuse them), and the first two drop nothing. Roundings add up where losses
/// go round undiminished: with ε below 0.01, a scenario of more than 64 steps begins anew in double precision, unless
/// lanes were asked for. Tested beside the definition in double precision: indices within 1e-7, and as many steps
/// unless a step's largest fall lies within 1e-6 of ε; lanes asked for in smaller networks, where roundings do not
/// average out, or below ε = 0.01, within 1e-6.
///
/// @param net      n enterprises, m links.
/// @param options  the model; whose closing; how.
/// @param control  executor over batches of scenarios, cancel (between steps of a front's scenarios and sweeps of the
///                 lanes), progress.
/// @throws Error{out_of_range}      an enterprise beyond the network, named; and as `cascade`.
/// @throws Error{invalid_argument}  lanes asked for where double precision is needed, or the machine lacks them; and as
///                                  `cascade`. Error{shape_mismatch}, Error{invalid_value}, Error{cancelled} likewise.
/// @complexity O(n + m) to prepare; a scenario O(links touched) in the front, O(steps · (n + m) / 16) in the lanes.
///             64 n bytes a thread for the front, 256 n for the lanes when they are needed.
/// @numerics   Same bits for any thread count, machine instructions, and whatever else is asked for in the same call.
/// @threads    Reads only.
/// @source     As `cascade`; the front and the lanes are ours.
/// @since 0.1, experimental.
[[nodiscard]] SystemicRiskResult systemic_risk(const Network& net, const SystemicRiskOptions& options = {},
                                               const Control& control = {});

/// The same for given scenarios of lost capacity in place of single closures; `options.enterprises` must be empty.
///
/// @param scenarios  [k × n] shares of capacity lost, one scenario after another, by EnterpriseId.
/// @throws Error{shape_mismatch} the length is no multiple of n. Error{invalid_value} a share outside [0, 1]; scenario
///         and enterprise are named. Else as above, and all other tags too.
[[nodiscard]] SystemicRiskResult systemic_risk(const Network& net, std::span<const double> scenarios,
                                               const SystemicRiskOptions& options = {}, const Control& control = {});

/// The same for scenarios that differ by direction.
///
/// @param scenarios  of each direction [k × n]; as many of both, else Error{shape_mismatch}.
[[nodiscard]] SystemicRiskResult systemic_risk(const Network& net, const DirectedShock& scenarios,
                                               const SystemicRiskOptions& options = {}, const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/systemic_risk-inl.hpp"
#endif
