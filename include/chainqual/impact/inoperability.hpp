#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/impact/linear.hpp"
#include "chainqual/impact/propagation.hpp"
#include "chainqual/impact/recovery.hpp"

namespace chainqual {
inline namespace v1 {

/// How `inoperability` runs.
struct InoperabilityOptions {
  std::uint32_t days = 365;                ///< horizon, ≥ 1
  std::uint32_t steps_per_day = 1;         ///< ≥ 1
  bool downstream = true;                  ///< compute what suppliers hand to customers
  bool upstream = true;                    ///< compute what customers hand to suppliers
  bool capped = true;                      ///< inoperability ends at 1; false: the plain linear equation
  std::vector<double> initial;             ///< [n] q_i(0) in [0, 1]; empty: 0
  std::vector<double> resilience;          ///< [n] k_i > 0 a day; empty: from the recovery days
  double recovery_days = 30;               ///< T: days in which an enterprise by itself heals from q(0) to q(T)
  std::vector<double> recovery_days_each;  ///< [n] T_i > 0; empty: `recovery_days` for all
  double recovered_share = 0.01;           ///< q(T) / q(0), in (0, 1)
  double settled_change = 1e-9;            ///< `converged`: no q changed by more in the last step
  std::vector<double> weight;              ///< [n] in totals; empty: `default_weight`
  std::uint32_t record_every = 0;          ///< days between records of every enterprise; 0: none
  friend bool operator==(const InoperabilityOptions&, const InoperabilityOptions&) = default;
};

/// The chain on one day: Σ v q / Σ v.
struct InoperabilityDay {
  double downstream = 0;
  double upstream = 0;
  double combined = 0;
  friend bool operator==(const InoperabilityDay&, const InoperabilityDay&) = default;
};

/// Losses are means of q over the horizon, the days' mean inoperability; `combined` is the mean of the day's larger
/// direction. Each day counts with q at its beginning.
struct InoperabilityResult : Propagation {
  std::vector<double> last_downstream;   ///< [n] q at the end of the horizon
  std::vector<double> last_upstream;     ///< [n]
  std::vector<double> peak;              ///< [n] largest q of the days and directions
  std::vector<double> resilience;        ///< [n] k_i a day, as used downstream; upstream's where only that is run
  std::vector<InoperabilityDay> totals;  ///< [days]
  std::vector<double> levels;            ///< [r · n + i]: the larger direction's q on day r · record_every
  double economic_loss = 0;              ///< Σ days Σ_i v_i q_i: in units of v times days
  LinkWeightSources sources;             ///< where link weights came from
};

/// Inoperability of every enterprise day by day: the dynamic inoperability input-output model.
///
/// Method: q(t + h) = q(t) + h K (A* q(t) + c*(t) − q(t)) with h = 1 / steps_per_day, c* the disruptions of the day and
/// A* the weights of `linear`: downstream d_ij e_ij, upstream W_ij / o_i (the model's own z_ij / x_i). k_i is given, or
/// ln(q_i(0) / q_i(T)) / (T_i (1 − a*_ii)): the rate at which i by itself heals to the recovered share in T_i days. The
/// step must not leap over its goal: h k_i ≤ 1. Under a constant c* q tends to `linear`'s answer.
///
/// @param net          n enterprises, m links.
/// @param disruptions  c*_i(t), see `recovery.hpp`; also a loss of demand, which is the model's own reading upstream.
/// @param options      see `InoperabilityOptions`.
/// @param control      executor, cancel (looked at every step), progress.
/// @return exactly 0 everywhere without disruptions and initial inoperability.
/// @throws Error{shape_mismatch}    a vector of the options is neither empty nor of length n.
/// @throws Error{invalid_value}     link data as in `linear`; disruptions as in `check_disruptions`; initial values,
///                                  resilience or recovery days out of their domains; h k_i > 1; a*_ii ≥ 1 where k_i is
///                                  to follow from recovery days. The enterprise is named.
/// @throws Error{out_of_range}      a disruption of an enterprise beyond n.
/// @throws Error{invalid_argument}  an option out of its domain, or no direction.
/// @throws Error{no_solution}       uncapped q grew beyond 1e100: the spectral radius is over 1.
/// @throws Error{cancelled}         on the caller's request.
/// @complexity O(n + m) a step and direction; 12 bytes a link and direction.
/// @numerics   Doubles; sums in the order of the rows, products rounded before they are added. Same bits for any thread
///             count and instruction set.
/// @threads    Reads only; concurrent calls on one `net` are safe.
/// @source     Lian & Haimes 2006, doi:10.1002/sys.20051, equations of the discrete dynamic model; deviations: the cap,
///             both directions, and escape shares.
/// @since 0.1, experimental.
[[nodiscard]] InoperabilityResult inoperability(const Network& net, std::span<const Disruption> disruptions,
                                                const InoperabilityOptions& options = {}, const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/inoperability-inl.hpp"
#endif
