#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/dynamics.hpp"
#include "chainqual/impact/dynamics_day-inl.hpp"
#include "chainqual/impact/dynamics_setup-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline constexpr double notable_overshoot = 1.05;

/// Means over the horizon, and days to survive and recover.
inline void fill_losses(DynamicsResult& result, const Simulation& run, std::uint32_t days, std::uint32_t first_day) {
  const auto& tallies = run.tally();
  const std::size_t n = tallies.size();
  for (auto* column : {&result.downstream, &result.upstream, &result.combined, &result.by_capacity, &result.by_inputs,
                       &result.by_orders, &result.last_level, &result.peak_orders}) {
    column->resize(n);
  }
  result.survive_days.assign(n, DynamicsResult::never);
  result.recover_days.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const EnterpriseTally& tally = tallies[i];
    result.downstream[i] = tally.downstream / days;
    result.upstream[i] = tally.upstream / days;
    result.by_capacity[i] = tally.capacity / days;
    result.by_inputs[i] = tally.inputs / days;
    result.by_orders[i] = tally.orders / days;
    result.combined[i] = (tally.capacity + tally.inputs + tally.orders) / days;
    result.last_level[i] = run.state()[i].level;
    result.peak_orders[i] = tally.peak_orders;
    if (tally.peak_orders > notable_overshoot) ++result.overshoot.enterprises;
    if (tally.first_below == DynamicsResult::never) continue;
    result.survive_days[i] = tally.first_below - first_day;
    result.recover_days[i] =
        tally.last_below + 1 == days ? DynamicsResult::never : tally.last_below + 1 - tally.first_below;
  }
}

inline void add_day(DynamicsResult& result, std::uint32_t day, const DaySums& sums) {
  if (sums.peak > result.overshoot.largest) {
    result.overshoot.largest = sums.peak;
    result.overshoot.enterprise = EnterpriseId{sums.peak_at};
    result.overshoot.day = day;
  }
  // What a day finds are the deliveries of the day before.
  if (sums.gap > result.conservation.largest) {
    result.conservation.largest = sums.gap;
    result.conservation.enterprise = EnterpriseId{sums.gap_at};
    result.conservation.day = day - 1;
  }
  result.conservation.checked += sums.checked;
  result.conservation.violations += sums.violations;
}

/// Stocks link by link against the flows that should have led to them.
inline double stock_gap(const Simulation& run, double usual_stocks, double change_by_flows, double tau) {
  const InputLinks& links = run.links();
  double change = 0;
  for (std::uint64_t k = 0; k < links.links; ++k) {
    change += apart(static_cast<double>(links.value[k]) * links.excess[k]);
  }
  return usual_stocks > 0 ? std::abs(change * tau - change_by_flows) / usual_stocks : 0;
}

inline Text conservation_note(const Conservation& found) {
  if (found.violations == 0) return {};
  const std::string times = whole(found.violations);
  const std::string checked = whole(found.checked);
  const std::string who = found.enterprise.is_none() ? "" : whole(found.enterprise.index() + std::uint64_t{1});
  const std::string day = whole(found.day + std::uint64_t{1});
  return {"守恒检查有 " + times + " 处不符（共检查 " + checked + " 个供方日），差额最大为平时产量的 " +
              number(found.largest) + (who.empty() ? "" : "，在第 " + day + " 天的企业 " + who) +
              "：货物在分配中凭空增减。这次结果不可信，请连同数据一起报告。",
          "The check of conservation failed " + times + " times in " + checked + " supplier-days, by at most " +
              number(found.largest) + " of the usual output" +
              (who.empty() ? "" : ", at enterprise " + who + " on day " + day) +
              ": goods were made or lost in dealing them out. Do not rely on this run; report it with its data."};
}

/// @pre `result` holds its losses.
inline Standstill standstill_of(const DynamicsResult& result, const Simulation& run, const DisruptionPlan& plan,
                                const DynamicsOptions& options) {
  Standstill found;
  for (std::size_t k = 0; k < plan.enterprises().size(); ++k) {
    if (1 - plan.loss(k, options.days - 1) < options.working_level) return found;
  }
  for (std::size_t i = 0; i < result.last_level.size(); ++i) {
    if (run.state()[i].output > 0 && result.last_level[i] <= options.settled_change) ++found.enterprises;
  }
  if (found.enterprises == 0) return found;
  const std::string many = whole(found.enterprises);
  found.note = {
      "冲击已过，但最后一天仍有 " + many +
          " 家企业停产：投入库存已用尽，而模型按前一天的产出订货，停产者不订货，也就不会自行恢复。这是模型规则的结果，"
          "不是预测；目标库存天数长于冲击时不会出现。",
      "The shocks are over, yet on the last day " + many +
          (found.enterprises == 1 ? " enterprise stands" : " enterprises stand") +
          " still: stocks ran out, and orders follow the output of the day before, so who makes nothing orders nothing "
          "and does not start again. The model's rule brings this about, it is no forecast; stocks that outlast the "
          "shock avoid it."};
  return found;
}

/// Totals from values a year to values a day.
inline void to_days(DynamicsResult& result, double days_per_year) {
  const auto convert = [&](DayTotals& day) {
    for (double* value : {&day.produced, &day.value_added, &day.stocks, &day.unmet_final, &day.unmet_orders}) {
      *value /= days_per_year;
    }
  };
  convert(result.usual);
  for (DayTotals& day : result.totals) convert(day);
  for (double* value : {&result.lost_output, &result.lost_value_added, &result.unmet_final}) *value /= days_per_year;
}

inline void run_days(DynamicsResult& result, Simulation& run, const DisruptionPlan& plan,
                     const DynamicsOptions& options, const Control& control) {
  Progress progress(control, options.days);
  double stock_change = 0;
  const auto n = run.state().size();
  for (std::uint32_t day = 0; day < options.days; ++day) {
    throw_if_cancelled(control);
    const DaySums sums = run.run_day(day, plan);
    stock_change += sums.stock_change;
    add_day(result, day, sums);
    result.lost_output += sums.lost_output;
    result.lost_value_added += sums.lost_added;
    result.unmet_final += sums.unmet_final;
    result.last_change = sums.largest_change;
    if (options.record != DynamicsRecord::none) {
      result.totals.push_back({result.usual.produced - sums.lost_output, result.usual.value_added - sums.lost_added,
                               result.usual.stocks + stock_change, sums.unmet_final, sums.unmet_orders});
    }
    if (options.record == DynamicsRecord::enterprises && day % options.record_every == 0) {
      for (std::size_t i = 0; i < n; ++i) result.levels.push_back(run.state()[i].level);
    }
    progress.add(1);
  }
  const DaySums rest = run.close();
  stock_change += rest.stock_change;
  add_day(result, options.days, rest);
  result.conservation.stock_gap = stock_gap(run, result.usual.stocks, stock_change, options.smoothing_days);
  progress.finish();
}

}  // namespace impact_detail

CHAINQUAL_KERNEL DynamicsResult dynamics(const Network& net, std::span<const Disruption> disruptions,
                                         const DynamicsOptions& options, const Control& control) {
  namespace detail = impact_detail;
  detail::check(options);
  detail::check_links(net);
  const std::vector<double> weight = weights_in_totals(net, options.weight);
  const DisruptionPlan plan(disruptions, net.enterprises());
  detail::RestState rest = detail::rest_state(net, options);
  DynamicsResult result;
  result.usual = rest.usual;
  result.assumptions = rest.assumptions;
  const auto kinds = detail::kinds_of_goods(net, options, result.assumptions.inputs);
  detail::InputLinks links = detail::make_input_links(net, kinds, control);
  result.assumptions.zero_links = net.links() - links.links;
  for (const auto& s : rest.state.view()) {
    result.overshoot.one_tier_bound =
        std::max(result.overshoot.one_tier_bound, 1 + s.stock_days / options.smoothing_days);
  }
  detail::Simulation run(net, options, std::move(rest.state), std::move(rest.purchases), std::move(links), control);
  detail::run_days(result, run, plan, options, control);
  detail::fill_losses(result, run, options.days, plan.first_day());
  result.overshoot.note = overshoot_note(result.overshoot);
  result.standstill = detail::standstill_of(result, run, plan, options);
  result.conservation.note = detail::conservation_note(result.conservation);
  detail::to_days(result, options.days_per_year);
  result.index_downstream = weighted_mean_loss(result.downstream, weight);
  result.index_upstream = weighted_mean_loss(result.upstream, weight);
  result.index = weighted_mean_loss(result.combined, weight);
  result.steps = options.days;
  result.converged = result.last_change <= options.settled_change;
  return result;
}

CHAINQUAL_KERNEL Text overshoot_note(const Overshoot& overshoot, const EnterpriseName& name) {
  if (!(overshoot.largest > impact_detail::notable_overshoot)) return {};
  const auto who = [&](Language language) {
    if (name) return name(overshoot.enterprise, language);
    return (language == Language::zh ? "企业 " : "enterprise ") +
           impact_detail::whole(overshoot.enterprise.index() + 1);
  };
  const auto shown = [](double value) { return impact_detail::number(std::round(value * 100) / 100); };
  const std::string day = impact_detail::whole(overshoot.day + std::uint64_t{1});
  const std::string many = impact_detail::whole(overshoot.enterprises);
  return {
      "出现订货放大（牛鞭效应）：第 " + day + " 天，" + who(Language::zh) + "收到的订货为平时的 " +
          shown(overshoot.largest) + " 倍，共有 " + many +
          " 家企业曾超过平时的 1.05 倍。这是下游补库存所致（每一级最多放大 " + shown(overshoot.one_tier_bound) +
          " 倍），不是最终需求上升；加大订货平滑天数或减少目标库存天数可使其减弱。",
      "Orders overshot (bullwhip): on day " + day + " " + who(Language::en) + " was asked for " +
          shown(overshoot.largest) + " times the usual, and " + many +
          (overshoot.enterprises == 1 ? " enterprise was" : " enterprises were") +
          " at some time asked for over 1.05 times. Customers refilling stocks cause this (one tier multiplies by " +
          shown(overshoot.one_tier_bound) +
          " at most); final demand did not rise. More smoothing days or fewer stock days lessen it."};
}

}  // namespace v1
}  // namespace chainqual
