#pragma once

// The daily loop: stocks and orders in one pass over links, then production and rationing in one over enterprises.
//
// Invariant: an enterprise that is not active has level 1, stocks at target, orders 1, and only suppliers that deliver
// in full; so leaving it out changes nothing. It turns active when its capacity is shocked, when a supplier first
// rations (its stocks will change), or when a customer turned active the day before (its orders may change).

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "chainqual/impact/dynamics_state-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

class Simulation {
 public:
  Simulation(const Network& net, const DynamicsOptions& options, LargeArray<EnterpriseState> state,
             std::vector<double> purchases, InputLinks links, const Control& control);

  /// Runs one day with these shares of capacity lost; `lost` is by place in `plan.enterprises()`.
  DaySums run_day(std::uint32_t day, const DisruptionPlan& plan);
  /// Deals out the last day's goods, so that they too are checked.
  DaySums close();

  [[nodiscard]] const LargeArray<EnterpriseState>& state() const noexcept { return state_; }
  [[nodiscard]] const LargeArray<EnterpriseTally>& tally() const noexcept { return tally_; }
  [[nodiscard]] const InputLinks& links() const noexcept { return links_; }

 private:
  static constexpr std::size_t grain = 4096;

  /// What all links of one customer share.
  struct RowTerms {
    double old_base, base;  ///< orders of yesterday and today are max(0, base − excess)
    double use;             ///< of every input, in days of use over τ
    double floor;           ///< excess of an empty store
    double inverse_tau;
  };

  void move_goods_and_order();
  template <bool LowestFirst>
  void pass_rows(std::uint32_t begin, std::uint32_t end, SupplierRecord* suppliers);
  template <bool LowestFirst>
  double pass_link(std::uint64_t k, const RowTerms& row, double use, SupplierRecord* suppliers);
  template <bool LowestFirst>
  double pass_group(std::uint64_t begin, const InputGroup& group, const RowTerms& row, SupplierRecord* suppliers);
  DaySums settle_all(std::uint32_t day);
  void settle(std::uint32_t i, std::uint32_t day, DaySums& sums, SettleRoom& room);
  std::int64_t check_deliveries(std::uint32_t i, DaySums& sums);
  Dealt deal(std::uint32_t i, double level, double demand, SettleRoom& room) const;
  void count_loss(std::uint32_t i, std::uint32_t day, double demand, double capacity);
  void activate(std::uint32_t i) {
    if (active_[i] != 0) return;
    active_[i] = 1;
    fresh_.push_back(i);
  }

  const Network& net_;
  const DynamicsOptions& options_;
  const Control& control_;
  LargeArray<EnterpriseState> state_;
  LargeArray<EnterpriseTally> tally_;
  std::vector<double> purchases_;  ///< usual, in value a year
  InputLinks links_;
  OrderPlaces places_;  ///< lowest order first only
  std::vector<LargeArray<SupplierRecord>> parts_;
  std::vector<std::uint32_t> bounds_;  ///< of the parts' customers
  std::vector<std::uint8_t> active_, has_rationed_;
  std::vector<std::uint32_t> fresh_;  ///< turned active since the last pass over links
  double tau_, inverse_tau_;
  double largest_order_;  ///< 1 + largest n / τ
  double unit_;           ///< of sums over a supplier's links, as a share of usual output: 1 / units_
  double units_;          ///< in an enterprise's usual output: a power of two that leaves sums of orders below 2^62
};

inline Simulation::Simulation(const Network& net, const DynamicsOptions& options, LargeArray<EnterpriseState> state,
                              std::vector<double> purchases, InputLinks links, const Control& control)
    : net_(net),
      options_(options),
      control_(control),
      state_(std::move(state)),
      tally_(state_.size()),
      purchases_(std::move(purchases)),
      links_(std::move(links)),
      active_(state_.size(), 0),
      has_rationed_(state_.size(), 0),
      tau_(options.smoothing_days),
      inverse_tau_(1 / options.smoothing_days),
      largest_order_(1) {
  const auto n = static_cast<std::uint32_t>(state_.size());
  tally_.fill({});
  for (const EnterpriseState& s : state_.view()) largest_order_ = std::max(largest_order_, 1 + s.stock_days / tau_);
  units_ = std::ldexp(1.0, 60 - std::ilogb(1 + largest_order_));
  unit_ = 1 / units_;
  const bool lowest_first = options.rationing == Rationing::lowest_relative_order_first;
  if (lowest_first) places_ = make_order_places(links_, n);

  // A part costs 32 bytes an enterprise, so it must have links enough to be worth it.
  const std::uint64_t useful = 1 + links_.links / (std::uint64_t{n} + 20'000);
  const std::uint64_t parts = std::min<std::uint64_t>({executor_of(control).concurrency(), useful, 32});
  for (std::uint64_t p = 0; p <= parts; ++p) {
    const auto* first = links_.offsets.data();
    bounds_.push_back(
        p == parts ? n
                   : static_cast<std::uint32_t>(std::lower_bound(first, first + n, links_.links / parts * p) - first));
  }
  bounds_.front() = 0;
  for (std::uint64_t p = 0; p < parts; ++p) parts_.emplace_back(n);
  for_chunks(control, parts_.size(), 1, [&](std::size_t p, std::size_t, std::size_t) {
    for (std::uint32_t i = 0; i < n; ++i) {
      const double scale = state_[i].output > 0 ? units_ / state_[i].output : 0;
      parts_[p][i] = {lowest_first ? std::numeric_limits<double>::infinity() : inverse_tau_, scale, 0, 0};
    }
  });
}

/// One link: what came in yesterday, what was used, what is ordered today. Returns the new excess.
template <bool LowestFirst>
inline double Simulation::pass_link(std::uint64_t k, const RowTerms& row, double use, SupplierRecord* suppliers) {
#if defined(__GNUC__)
  __builtin_prefetch(suppliers + links_.supplier[k + suppliers_ahead], 1);
#endif
  SupplierRecord& from = suppliers[links_.supplier[k]];
  const double excess = links_.excess[k];
  const double ordered = not_negative(row.old_base - excess);
  const double received =
      LowestFirst ? apart(lesser(ordered, from.gate) * row.inverse_tau) : apart(ordered * from.gate);
  const double flow = excess + (received - use);
  const double now = flow > row.floor ? flow : row.floor;
  links_.excess[k] = now;
  const double share = static_cast<double>(links_.value[k]) * from.scale;
  from.orders += static_cast<std::int64_t>(share * (not_negative(row.base - now) - 1));
  from.delivered += static_cast<std::int64_t>(share * (received - row.inverse_tau));
  return now;
}

/// Inputs that several suppliers deliver: used in proportion to their stocks. Returns the group's new excess.
template <bool LowestFirst>
inline double Simulation::pass_group(std::uint64_t begin, const InputGroup& group, const RowTerms& row,
                                     SupplierRecord* suppliers) {
  double weighted = 0;
  for (std::uint64_t k = begin; k < group.end; ++k) {
    weighted += apart(static_cast<double>(links_.value[k]) * links_.excess[k]);
  }
  const double stock = apart(weighted * group.inverse_use) - row.floor;
  weighted = 0;
  for (std::uint64_t k = begin; k < group.end; ++k) {
    // Days of use held from this supplier over those held from all: 1 where all stand at target.
    const double part = stock > 0 ? apart((links_.excess[k] - row.floor) / stock * row.use) : 0;
    const double now = pass_link<LowestFirst>(k, row, part, suppliers);
    weighted += apart(static_cast<double>(links_.value[k]) * now);
  }
  return apart(weighted * group.inverse_use);
}

template <bool LowestFirst>
inline void Simulation::pass_rows(std::uint32_t begin, std::uint32_t end, SupplierRecord* suppliers) {
  for (std::uint32_t i = begin; i < end; ++i) {
    if (active_[i] == 0) continue;
    EnterpriseState& s = state_[i];
    const RowTerms row{s.base, s.level - s.stock_days * (1 - s.level) / tau_, apart(s.level * inverse_tau_),
                       -s.stock_days / tau_, inverse_tau_};
    double least = std::numeric_limits<double>::infinity();
    std::uint64_t k = links_.offsets[i];
    for (const std::uint64_t shared = links_.shared[i]; k < shared; ++k) {
      least = lesser(pass_link<LowestFirst>(k, row, row.use, suppliers), least);
    }
    for (auto g = links_.first_group[i]; g < links_.first_group[i + std::size_t{1}]; ++g) {
      least = lesser(pass_group<LowestFirst>(k, links_.groups[g], row, suppliers), least);
      k = links_.groups[g].end;
    }
    s.base = row.base;
    s.limit = not_negative(s.stock_days + apart(least * tau_));
  }
}

inline void Simulation::move_goods_and_order() {
  const bool lowest_first = options_.rationing == Rationing::lowest_relative_order_first;
  for_chunks(control_, parts_.size(), 1, [&](std::size_t p, std::size_t, std::size_t) {
    SupplierRecord* suppliers = parts_[p].data();
    if (lowest_first) {
      pass_rows<true>(bounds_[p], bounds_[p + 1], suppliers);
    } else {
      pass_rows<false>(bounds_[p], bounds_[p + 1], suppliers);
    }
  });
  const std::vector<std::uint32_t> passed = std::exchange(fresh_, {});
  for (const std::uint32_t i : passed) {
    for (auto k = links_.offsets[i]; k < links_.offsets[i + std::size_t{1}]; ++k) activate(links_.supplier[k]);
  }
}

/// Takes what the pass over links added up: returns the orders, and compares yesterday's deliveries.
inline std::int64_t Simulation::check_deliveries(std::uint32_t i, DaySums& sums) {
  std::int64_t orders = 0;
  std::int64_t delivered = 0;
  for (auto& part : parts_) {
    orders += std::exchange(part[i].orders, 0);
    delivered += std::exchange(part[i].delivered, 0);
  }
  const EnterpriseState& s = state_[i];
  const double found = static_cast<double>(delivered) * unit_;
  sums.stock_change += apart(s.output * found * tau_) + apart(purchases_[i] * (1 - s.level));
  if (!(s.output > 0)) return orders;
  const double gap = std::abs(found - s.expected) * tau_;
  ++sums.checked;
  if (gap > 1e-11 * largest_order_) ++sums.violations;
  if (gap > sums.gap) sums.gap = gap, sums.gap_at = i;
  return orders;
}

inline Dealt Simulation::deal(std::uint32_t i, double level, double demand, SettleRoom& room) const {
  const EnterpriseState& s = state_[i];
  if (options_.rationing != Rationing::lowest_relative_order_first) {
    return deal_by_factor(options_.rationing, level, demand, s.final_share, inverse_tau_);
  }
  if (!(level < demand)) {
    return {std::numeric_limits<double>::infinity(), std::max(0.0, demand - s.final_share), s.final_share, false};
  }
  auto& orders = room.orders;
  orders.clear();
  orders.push_back({1, s.final_share, 0});
  const double inverse_output = s.output > 0 ? 1 / s.output : 0;
  for (auto place = places_.offsets[i]; place < places_.offsets[i + std::size_t{1}]; ++place) {
    const std::uint64_t k = places_.link[place];
    orders.push_back({std::max(0.0, state_[places_.customer[place]].base - links_.excess[k]),
                      static_cast<double>(links_.value[k]) * inverse_output, place + 1});
  }
  const double lambda = lowest_first_level(room, level);
  const double households = apart(s.final_share * std::min(1.0, lambda));
  return {lambda, std::max(0.0, level - households), households, true};
}

/// Adds the day's loss to the mean's parts, by what bound. Without branches: which term binds is hard to foresee.
inline void Simulation::count_loss(std::uint32_t i, std::uint32_t day, double demand, double capacity) {
  const EnterpriseState& s = state_[i];
  EnterpriseTally& tally = tally_[i];
  const double loss = 1 - s.level;
  const double own = capacity <= s.level ? loss : 0;
  const double scarce = s.limit <= s.level ? loss - own : 0;
  tally.downstream += not_negative(1 - lesser(capacity, s.limit));
  tally.upstream += not_negative(1 - lesser(capacity, demand));
  tally.capacity += own;
  tally.inputs += scarce;
  tally.orders += loss - own - scarce;
  tally.peak_orders = greater(tally.peak_orders, demand);
  const bool below = s.level < options_.working_level;
  tally.first_below = below ? std::min(tally.first_below, day) : tally.first_below;
  tally.last_below = below ? day : tally.last_below;
}

/// Production and rationing of one enterprise.
inline void Simulation::settle(std::uint32_t i, std::uint32_t day, DaySums& sums, SettleRoom& room) {
  const std::int64_t orders = day == 0 ? 0 : check_deliveries(i, sums);
  EnterpriseState& s = state_[i];
  const double demand = not_negative(1 + static_cast<double>(orders) * unit_);
  const double capacity = 1 - s.lost;
  const double level = lesser(lesser(demand, capacity), s.limit);
  sums.largest_change = greater(sums.largest_change, std::abs(level - s.level));
  s.level = level;
  const Dealt dealt = deal(i, level, demand, room);
  // By lowest order first a delivery is the lesser of order and gate; else the gate is the factor on every order.
  const bool factor = options_.rationing != Rationing::lowest_relative_order_first;
  if (factor && dealt.gate > inverse_tau_ * (1 + 1e-12)) ++sums.violations;
  for (auto& part : parts_) part[i].gate = dealt.gate;
  s.expected = (dealt.rationed ? dealt.firms - (1 - s.final_share) : demand - 1) * inverse_tau_;
  if (dealt.rationed && has_rationed_[i] == 0) {
    has_rationed_[i] = 1;
    room.first_rationing.push_back(i);
  }
  count_loss(i, day, demand, capacity);
  sums.lost_output += apart(s.output * (1 - level));
  sums.lost_added += apart((s.output - purchases_[i]) * (1 - level));
  sums.unmet_final += apart(s.output * not_negative(s.final_share - dealt.households));
  sums.unmet_orders += apart(s.output * not_negative(demand - s.final_share - dealt.firms));
  if (demand > sums.peak) sums.peak = demand, sums.peak_at = i;
}

inline DaySums Simulation::settle_all(std::uint32_t day) {
  const std::size_t n = state_.size();
  const std::size_t chunks = chunk_count(n, grain);
  std::vector<DaySums> sums(chunks);
  std::vector<SettleRoom> rooms(chunks);
  for_chunks(control_, n, grain, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
    DaySums own;
    for (std::size_t i = begin; i < end; ++i) {
      if (active_[i] != 0) settle(static_cast<std::uint32_t>(i), day, own, rooms[chunk]);
    }
    sums[chunk] = own;
  });
  DaySums all;
  for (const DaySums& part : sums) all.add(part);
  for (const SettleRoom& room : rooms) {
    for (const std::uint32_t supplier : room.first_rationing) {
      for (const std::uint32_t customer : net_.customers(EnterpriseId{supplier})) activate(customer);
    }
  }
  return all;
}

inline DaySums Simulation::run_day(std::uint32_t day, const DisruptionPlan& plan) {
  if (day != 0) move_goods_and_order();
  const auto shocked = plan.enterprises();
  for (std::size_t k = 0; k < shocked.size(); ++k) {
    state_[shocked[k]].lost = plan.loss(k, day);
    if (state_[shocked[k]].lost > 0) activate(shocked[k]);
  }
  return settle_all(day);
}

inline DaySums Simulation::close() {
  move_goods_and_order();
  return reduce_chunks(
      control_, state_.size(), grain, DaySums{},
      [&](std::size_t begin, std::size_t end, std::size_t) {
        DaySums own;
        for (std::size_t i = begin; i < end; ++i) {
          if (active_[i] != 0) static_cast<void>(check_deliveries(static_cast<std::uint32_t>(i), own));
        }
        return own;
      },
      [](DaySums all, const DaySums& part) {
        all.add(part);
        return all;
      });
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
