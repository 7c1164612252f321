#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/impact/propagation.hpp"

namespace chainqual {
inline namespace v1 {

/// The two published forms of DebtRank.
enum class DistressVariant : std::uint8_t {
  once,       ///< 2012: each enterprise hands on its distress once, when first hit
  unlimited,  ///< 2015: every further fall is handed on
};

template <>
struct Names<DistressVariant> {
  static constexpr std::array<Name<DistressVariant>, 2> table{{
      {DistressVariant::once, "once", "2012 年原式（只传一次）", "DebtRank 2012 (hands on once)", "2012"},
      {DistressVariant::unlimited, "unlimited", "2015 年微分式（逐次传导）", "differential DebtRank 2015", "2015"},
  }};
};

/// How `distress` runs.
struct DistressOptions {
  DistressVariant variant = DistressVariant::unlimited;
  bool downstream = true;            ///< distress of suppliers falls on customers
  bool upstream = true;              ///< distress of customers falls on suppliers
  double tolerance = 1e-9;           ///< 2015: stops when no loss grew by more than this in a step; 2012 ends by itself
  std::uint32_t max_steps = 10'000;  ///< > 0
  bool spectral_radius = true;       ///< find F's spectral radius; costs up to thousands of sweeps over cyclic parts
  std::vector<double> downstream_exposure;  ///< [m] ≥ 0 by LinkId, of the customer to its supplier; empty: d_ij · e_ij
  std::vector<double> upstream_exposure;    ///< [m] ≥ 0 by LinkId, of the supplier to its customer; empty: W_ij / o_i
  std::vector<double> weight;               ///< [n] v ≥ 0; empty: `default_weight(net)`
};

/// How one direction's distress came about. Totals are in units of v.
struct DistressRun {
  bool converged = true;        ///< the stopping rule was met before the cap on steps
  std::uint32_t steps = 0;      ///< steps taken; 0 when nothing was shocked
  double last_change = 0;       ///< largest growth of a loss in the last step
  double first = 0;             ///< Σ v h at the outset
  double last = 0;              ///< Σ v h(T)
  double index = 0;             ///< DebtRank: (last − first) / Σ v, what the spreading added; 0 where nobody weighs
  std::vector<double> history;  ///< [steps + 1] Σ v h after each step, `first` at place 0
  std::uint64_t times_kept_back = 0;   ///< 2012: growths of enterprises that had handed on already and could not again
  double kept_back = 0;                ///< these in units of v
  std::uint64_t exposures_capped = 0;  ///< given exposures above 1, taken as 1
  std::uint32_t at_cap = 0;            ///< enterprises whose loss ended at 1
  std::optional<double> spectral_radius;  ///< of F, accurate to about 1e-9; empty where not asked for
};

/// Distress h(T) by enterprise as loss; `combined` is the larger of the two directions.
struct DistressResult : Propagation {
  DistressRun downstream_run;
  DistressRun upstream_run;
  double debtrank = 0;      ///< Σ v (combined − shock) / Σ v
  std::vector<Text> notes;  ///< what a reader must know: what 2012 kept back, saturation of 2015, a cut run
};

/// DebtRank: distress handed on in proportion to exposure.
///
/// F_ij = min(1, exposure of j to i), i hands on to j; h = shock at the outset.
///   once (2012):       h_j(t) = min(1, h_j(t−1) + Σ F_ij h_i(t−1)) over the i that were first hit at t − 1.
///   unlimited (2015):  h_j(t+1) = min(1, h_j(t) + Σ_i F_ij (h_i(t) − h_i(t−1))), with h(−1) = 0.
/// The first form understates cycles, and paths of different length too: what arrives at an enterprise after its first
/// hit is not handed on (`kept_back`). The second saturates where the spectral radius of F reaches 1: distress in a
/// cycle then does not fade until the cap of 1 stops it, whatever the size of the shock.
/// Both are said in `notes` where they apply. An enterprise's exposure to itself counts like any other.
///
/// Method: frontiers. Only enterprises whose loss grew in the step before hand on; while few do, they push to their
/// neighbours in ascending order, else every row gathers. Both add the same terms in the same order.
///
/// @param net      n enterprises, m links.
/// @param shock    [n] loss at the outset, in [0, 1], by EnterpriseId.
/// @param options  variant, directions, exposures.
/// @param control  executor over rows, cancel, progress.
/// @return losses, totals after every step, index; all exactly 0 when no shock is set.
/// @throws Error{shape_mismatch}    shock, weight or exposures of the wrong length.
/// @throws Error{invalid_value}     a shock outside [0, 1], a negative or non-finite exposure or weight, link data as
/// in
///                                  `linear`; the enterprise or link is named.
/// @throws Error{invalid_argument}  a tolerance or cap out of its domain, no direction. Error{cancelled}.
/// @complexity O(n + m) once, and a step O(links of those whose loss grew), at most O(m). 2012 takes at most n steps.
///             32 bytes a link at most.
/// @numerics   Doubles; the terms of a sum are rounded products, added by ascending EnterpriseId, never fused: same
///             bits for any thread count and any compiler flags that keep IEEE arithmetic.
/// @threads    Reads only; concurrent calls on one `net` are safe.
/// @source     Battiston et al. 2012, doi:10.1038/srep00541 (Methods); Bardoscia et al. 2015,
///             doi:10.1371/journal.pone.0130406. Deviations: losses of working for losses of equity; the standard
///             exposure holds escape, e_ij, so that inspection lessens it as it does in the linear model and in
///             contagion.
/// @since 0.1, experimental.
[[nodiscard]] DistressResult distress(const Network& net, std::span<const double> shock,
                                      const DistressOptions& options = {}, const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/distress-inl.hpp"
#endif
