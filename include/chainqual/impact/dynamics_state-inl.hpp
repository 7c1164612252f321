#pragma once

// What a simulation keeps of every enterprise, and how scarce goods are dealt out. All quantities are shares of the
// enterprise's usual output P, so that the state of rest is exactly 1 or 0 whatever the units.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "chainqual/impact/apart-inl.hpp"
#include "chainqual/impact/dynamics.hpp"
#include "chainqual/impact/dynamics_links-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

// As conditional expressions these become one instruction; std::max with a constant became a jump that nobody foresees.
inline double not_negative(double value) noexcept {
  return value > 0 ? value : 0;
}
inline double lesser(double a, double b) noexcept {
  return a < b ? a : b;
}
inline double greater(double a, double b) noexcept {
  return a > b ? a : b;
}

/// What the pass over links reads and adds to, one per supplier and thread; two to a cache line.
struct alignas(32) SupplierRecord {
  double gate;             ///< deliveries are order · gate, or with lowest order first min(order, gate) / τ
  double scale;            ///< units in the usual output, over P: value · scale is a link's share in units
  std::int64_t orders;     ///< Σ share · (order − 1), in units
  std::int64_t delivered;  ///< Σ share · (delivered − 1) / τ of the day before, in units
};

struct alignas(64) EnterpriseState {
  double level;        ///< produced, of the day settled last
  double base;         ///< an order is max(0, base − excess)
  double limit;        ///< what stocks of inputs allow
  double stock_days;   ///< n
  double final_share;  ///< C / P; 1 where P is 0
  double lost;         ///< δ of the day
  double expected;     ///< `delivered` as it must come out
  double output;       ///< P
};

struct EnterpriseTally {
  double downstream = 0, upstream = 0, capacity = 0, inputs = 0, orders = 0;
  double peak_orders = 1;
  std::uint32_t first_below = DynamicsResult::never;
  std::uint32_t last_below = 0;
};

/// Sums of one day over some enterprises, in value a year (flows) and value times days a year (stocks).
struct DaySums {
  double lost_output = 0, lost_added = 0, unmet_final = 0, unmet_orders = 0, stock_change = 0;
  double largest_change = 0;
  double peak = 1, gap = 0;
  std::uint32_t peak_at = Network::none, gap_at = Network::none;
  std::uint64_t checked = 0, violations = 0;

  /// Adds those of enterprises that come after.
  void add(const DaySums& next) {
    lost_output += next.lost_output;
    lost_added += next.lost_added;
    unmet_final += next.unmet_final;
    unmet_orders += next.unmet_orders;
    stock_change += next.stock_change;
    largest_change = std::max(largest_change, next.largest_change);
    if (next.peak > peak) peak = next.peak, peak_at = next.peak_at;
    if (next.gap > gap) gap = next.gap, gap_at = next.gap_at;
    checked += next.checked;
    violations += next.violations;
  }
};

/// An order on a supplier in short supply: relative to the usual one, and the usual one as a share of P.
struct RankedOrder {
  double order;
  double share;
  std::uint64_t place;  ///< settles ties, so that every sort gives the same sequence
  friend bool operator<(const RankedOrder& a, const RankedOrder& b) {
    return a.order != b.order ? a.order < b.order : a.place < b.place;
  }
};

/// Room for settling one enterprise after another, and what must be known of them afterwards.
struct SettleRoom {
  std::vector<std::uint32_t> first_rationing;  ///< who rationed for the first time
  std::vector<RankedOrder> orders;
  std::vector<double> rest;  ///< shares from a place in the sorted orders to their end
};

/// λ with Σ share · min(order, λ) = level, where that is less than all of `room.orders`, which get sorted.
inline double lowest_first_level(SettleRoom& room, double level) {
  auto& orders = room.orders;
  auto& rest = room.rest;
  std::sort(orders.begin(), orders.end());
  rest.assign(orders.size() + 1, 0.0);
  for (std::size_t k = orders.size(); k-- > 0;) rest[k] = rest[k + 1] + orders[k].share;
  double left = level;
  for (std::size_t k = 0; k < orders.size(); ++k) {
    if (left <= orders[k].order * rest[k]) return rest[k] > 0 ? std::max(0.0, left / rest[k]) : 0;
    left -= apart(orders[k].order * orders[k].share);
  }
  return orders.empty() ? 0 : orders.back().order;
}

/// What an enterprise deals out on a day.
struct Dealt {
  double gate;        ///< see SupplierRecord
  double firms;       ///< delivered to enterprises
  double households;  ///< delivered to final demand
  bool rationed;
};

/// Everybody gets the order when `level` reaches `demand`; else by one factor, or enterprises first.
inline Dealt deal_by_factor(Rationing rule, double level, double demand, double final_share, double inverse_tau) {
  const double ordered = not_negative(demand - final_share);
  if (rule == Rationing::households_last) {
    const bool rationed = level < ordered;
    const double factor = rationed ? level / ordered : 1;
    const double left = level < demand ? std::min(final_share, level - ordered) : final_share;
    return {factor * inverse_tau, rationed ? level : ordered, not_negative(left), rationed};
  }
  const bool rationed = level < demand;
  const double factor = rationed ? level / demand : 1;
  return {factor * inverse_tau, apart(ordered * factor), apart(final_share * factor), rationed};
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
