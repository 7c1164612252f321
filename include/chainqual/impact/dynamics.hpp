#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/impact/propagation.hpp"
#include "chainqual/impact/recovery.hpp"

namespace chainqual {
inline namespace v1 {

/// Who goes short when an enterprise makes less than was ordered.
enum class Rationing : std::uint8_t { proportional, households_last, lowest_relative_order_first };

template <>
struct Names<Rationing> {
  static constexpr std::array<Name<Rationing>, 3> table{{
      {Rationing::proportional, "proportional", "按订货比例", "proportional"},
      {Rationing::households_last, "households_last", "企业优先、居民最后", "households last"},
      {Rationing::lowest_relative_order_first, "lowest_relative_order_first", "相对订货少者优先",
       "lowest relative order first"},
  }};
};

/// Which inputs stand in for one another.
enum class InputGroups : std::uint8_t {
  automatic,   ///< `given` where `sectors` are, else `sector` where the network has that column, else `segment`, else
               ///< none
  given,       ///< suppliers of one of the options' `sectors`
  sector,      ///< suppliers of one sector
  segment,     ///< suppliers of one segment
  enterprise,  ///< none: every supplier is needed
};

template <>
struct Names<InputGroups> {
  static constexpr std::array<Name<InputGroups>, 5> table{{
      {InputGroups::automatic, "automatic", "自动", "automatic"},
      {InputGroups::given, "given", "由选项给出", "given as an option"},
      {InputGroups::sector, "sector", "按行业", "by sector"},
      {InputGroups::segment, "segment", "按环节", "by segment"},
      {InputGroups::enterprise, "enterprise", "按企业", "by enterprise"},
  }};
};

/// What a simulation writes down beside its result.
enum class DynamicsRecord : std::uint8_t {
  none,
  totals,       ///< the chain's totals of every day
  enterprises,  ///< and, every `record_every` days, the level of every enterprise
};

template <>
struct Names<DynamicsRecord> {
  static constexpr std::array<Name<DynamicsRecord>, 3> table{{
      {DynamicsRecord::none, "none", "不记录", "none"},
      {DynamicsRecord::totals, "totals", "每日合计", "totals"},
      {DynamicsRecord::enterprises, "enterprises", "每家企业", "enterprises"},
  }};
};

/// How `dynamics` runs.
struct DynamicsOptions {
  std::uint32_t days = 365;             ///< horizon, ≥ 1
  double stock_days = 15;               ///< n: target stock of every input, in days of use, ≥ 1
  std::vector<double> stock_days_each;  ///< [n_i] ≥ 1 by EnterpriseId; empty: `stock_days` for all
  bool poisson_stock = false;           ///< draw n_i from a Poisson law of that mean, by `seed` and enterprise
  double poisson_floor = 4;             ///< and raise it to this number of days at least, ≥ 1
  std::uint64_t seed = 1;
  double smoothing_days = 6;  ///< τ ≥ 1: a gap in stock is ordered over so many days
  Rationing rationing = Rationing::proportional;
  InputGroups inputs = InputGroups::automatic;
  std::vector<std::uint32_t> sectors;  ///< [n] or empty; `Network::none`: goods that nobody else makes
  std::vector<double> final_demand;    ///< [n] C_i ≥ 0 a year; empty: max(0, bought − sold in the chain)
  double days_per_year = 365;          ///< link values are per year
  double working_level = 0.95;         ///< below this share of its usual output an enterprise counts as failing
  double settled_change = 1e-6;        ///< `converged`: no level changed by more on the last day
  std::vector<double> weight;          ///< [n] in totals; empty: `default_weight`
  DynamicsRecord record = DynamicsRecord::totals;
  std::uint32_t record_every = 1;  ///< days between records of the enterprises, ≥ 1
  friend bool operator==(const DynamicsOptions&, const DynamicsOptions&) = default;
};

/// One day of the whole chain, in value a day (stocks: value).
struct DayTotals {
  double produced = 0;      ///< Σ produced
  double value_added = 0;   ///< Σ produced − inputs used
  double stocks = 0;        ///< inputs held by enterprises, before the day's use
  double unmet_final = 0;   ///< final demand not delivered
  double unmet_orders = 0;  ///< orders of enterprises not delivered
  friend bool operator==(const DayTotals&, const DayTotals&) = default;
};

/// Goods are neither made nor lost in dealing them out: what was checked every day, supplier by supplier, by adding up
/// what the customers in fact received, and that nobody received more than was ordered; and once, at the end, stocks
/// against all flows.
struct Conservation {
  std::uint64_t checked = 0;     ///< supplier-days whose deliveries could differ from the usual
  std::uint64_t violations = 0;  ///< gaps beyond rounding (1e-11 of usual output, times the largest possible order),
                                 ///< and deliveries beyond orders
  double largest = 0;            ///< largest |Σ delivered − min(produced, Σ ordered)|, as a share of usual output
  EnterpriseId enterprise;       ///< where
  std::uint32_t day = 0;         ///< when
  double stock_gap = 0;  ///< |stocks − (first stocks + delivered − used)| at the end, as a share of first stocks
  Text note;             ///< in words; empty without violations
};

/// Orders above the usual while stocks are refilled: the bullwhip. A property of the ordering rule, seen in real
/// chains, and no rise of final demand.
struct Overshoot {
  double largest = 1;       ///< most that an enterprise was asked for in a day, as a multiple of the usual
  EnterpriseId enterprise;  ///< which; none where orders never rose
  std::uint32_t day = 0;
  std::uint32_t enterprises = 0;  ///< how many were ever asked for over 1.05 of the usual
  double one_tier_bound = 1;      ///< largest 1 + n_i / τ: what one tier of customers can at most multiply orders by
  Text note;                      ///< in words; empty where orders never passed 1.05 of the usual
};

/// Enterprises that make nothing on the last day though no shock holds anybody below the working level any more. Stocks
/// ran out, and orders follow the output of the day before: who makes nothing orders nothing.
struct Standstill {
  std::uint32_t enterprises = 0;
  Text note;  ///< in words; empty where there are none
};

/// What the simulation took for granted where the data are silent.
struct DynamicsAssumptions {
  bool final_demand_assumed = false;             ///< max(0, bought − sold in the chain)
  InputGroups inputs = InputGroups::enterprise;  ///< the grouping in fact used
  std::uint64_t values_assumed = 0;              ///< links that came without a value (`BuildSummary::values_assumed`)
  std::uint64_t zero_links = 0;                  ///< links of value 0: nothing flows, nobody is bound
  std::uint32_t without_output = 0;              ///< P_i = 0: only its own shock and its inputs can stop it
  std::uint32_t isolated = 0;                    ///< neither buys nor sells in the chain
};

/// Losses are means over the horizon of the share of usual output not produced: 1 − produced_i(t) / P_i.
///
/// `downstream` counts of each day 1 − min(capacity, inputs), `upstream` 1 − min(capacity, orders), so both hold the
/// enterprise's own shock and the day's loss is the larger of the two, as in the other models. `by_…` split `combined`
/// among the terms of the minimum: a day's loss goes whole to the one that binds (capacity before inputs before orders
/// where they tie).
struct DynamicsResult : Propagation {
  static constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

  std::vector<double> by_capacity;          ///< [n] own capacity was the bottleneck
  std::vector<double> by_inputs;            ///< [n] stocks of inputs were
  std::vector<double> by_orders;            ///< [n] orders were
  std::vector<double> last_level;           ///< [n] produced / usual on the last day
  std::vector<double> peak_orders;          ///< [n] most asked for in a day, as a multiple of the usual; ≥ 1
  std::vector<std::uint32_t> survive_days;  ///< [n] days from the first disruption to the first below working_level
  std::vector<std::uint32_t> recover_days;  ///< [n] from there until it stays at or above; 0: it never fell below
  std::vector<DayTotals> totals;            ///< [days], unless record is none
  std::vector<double> levels;               ///< [r · n + i]: produced / usual on day r · record_every
  DayTotals usual;                          ///< a day without disruption
  double lost_output = 0;                   ///< value not produced over the horizon
  double lost_value_added = 0;
  double unmet_final = 0;  ///< final demand not delivered over the horizon
  Conservation conservation;
  Overshoot overshoot;
  Standstill standstill;
  DynamicsAssumptions assumptions;
};

/// Daily simulation of enterprises that hold stocks of inputs and order from their suppliers.
///
/// Method: A_ij = W_ji / days_per_year is what i uses of j's goods a day, P_i = Σ_j A_ji + C_i its usual output, S_ij
/// its stock, at first n_i A_ij. Each day, with δ_i the share of capacity lost and d_i = produced_i / P_i of the day
/// before (1 at first):
///   S_ij += delivered_ij − use_ij of the day before, use_ij = A_is d_i S_ij / S_is (s: the group of j), never below 0;
///   O_ij = max(0, A_ij d_i + (n_i A_ij d_i − S_ij) / τ);
///   produced_i = min(C_i + Σ_j O_ji, P_i (1 − δ_i), min over groups s of P_i S_is / A_is);
///   deliveries as ordered, or rationed where produced falls short. Proportional: all orders and final demand by one
///   factor. Households last: enterprises by one factor first. Lowest relative order first: A_ji min(O_ji / A_ji, λ)
///   and C_i min(1, λ), λ such that all is dealt out.
///
/// Encoding: a link's state is one double, (S_ij / A_ij − n_i) / τ, by which the state of rest is exactly 0; an order
/// is worked out anew from it where it is needed, so orders and deliveries need no arrays. A day is one pass over the
/// links in the customers' rows, which reads one record per supplier (what it deals out) and adds the new order to it
/// as a whole number of 2^−k parts of the supplier's usual output, so that any order of adding gives the same bits.
/// Enterprises that nothing has reached yet are left out: they are exactly at rest. `dependency` and `escape` of links
/// are not read: an input that is lacking stops the customer in the end, whatever its share.
///
/// @param net          n enterprises, m links with values per year.
/// @param disruptions  any number, also several of one enterprise; what begins after the horizon has no effect.
/// @param options      see `DynamicsOptions`.
/// @param control      executor, cancel (looked at every day), progress.
/// @return losses and records; without disruptions every loss is exactly 0 and every day exactly the usual one.
/// @throws Error{shape_mismatch}    a vector of the options is neither empty nor of length n.
/// @throws Error{invalid_value}     values, weights, final demand or stock days out of their domains; the link or
///                                  enterprise is named; disruptions as in `check_disruptions`.
/// @throws Error{out_of_range}      a disruption of an enterprise beyond n.
/// @throws Error{invalid_argument}  an option out of its domain, or a grouping whose column the network lacks.
/// @throws Error{cancelled}         on the caller's request.
/// @complexity O(n + m) a day, less while the disturbance has not spread; rationing by lowest order sorts the orders of
///             suppliers that are short. 16 bytes a link (lowest order first: 28) and 200 + 32 per thread an
///             enterprise.
/// @numerics   Doubles. Same bits for any thread count and instruction set; values scaled by a power of two give the
///             same levels to the bit. The ordering rule multiplies deviations by up to 1 + n / τ per tier, so late
///             days of cyclic chains without final demand are sensitive to every rounding, as they are to the data.
/// @threads    Reads only; concurrent calls on one `net` are safe.
/// @source     Hallegatte 2008, doi:10.1111/j.1539-6924.2008.01046.x; Inoue & Todo 2019,
///             doi:10.1038/s41893-019-0351-x. Deviations: rationing in closed form; stocks of a day's use or less are
///             refused, not raised.
/// @since 0.1, experimental.
[[nodiscard]] DynamicsResult dynamics(const Network& net, std::span<const Disruption> disruptions,
                                      const DynamicsOptions& options = {}, const Control& control = {});

/// `Overshoot::note` with its enterprise called by name.
///
/// @throws std::bad_alloc, and what `name` throws.
/// @complexity O(1).
/// @numerics   Figures rounded to hundredths.
/// @threads    Pure.
/// @source     Definition.
/// @since 0.1, experimental.
[[nodiscard]] Text overshoot_note(const Overshoot& overshoot, const EnterpriseName& name = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/dynamics-inl.hpp"
#endif
