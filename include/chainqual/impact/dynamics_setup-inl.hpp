#pragma once

// From a network and options to the state of rest.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/core/random.hpp"
#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/dynamics.hpp"
#include "chainqual/impact/dynamics_state-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline constexpr double most_stock_days = 36'500;
inline constexpr double most_poisson_mean = 500;
inline constexpr std::uint64_t poisson_stream = 0x73746F636B;  // "stock"

inline void require_option(bool right, const Text& name, double value, const Text& rule) {
  if (right) return;
  throw Error(ErrorCode::invalid_argument, {name.zh + "为 " + number(value) + "，" + rule.zh + "。",
                                            name.en + " is " + number(value) + "; it " + rule.en + "."});
}

inline void check(const DynamicsOptions& options) {
  const Text positive{"必须是大于 0 的有限数", "must be finite and above 0"};
  const Text at_least_one{"至少为 1", "must be at least 1"};
  const auto finite_positive = [](double value) { return value > 0 && std::isfinite(value); };
  require_option(options.days >= 1, {"仿真天数", "the number of days"}, options.days, at_least_one);
  require_option(options.record_every >= 1, {"记录间隔天数", "the number of days between records"},
                 options.record_every, at_least_one);
  require_option(options.smoothing_days >= 1 && std::isfinite(options.smoothing_days),
                 {"订货平滑天数", "the number of smoothing days"}, options.smoothing_days,
                 {"必须是不小于 1 的有限数", "must be finite and at least 1"});
  require_option(finite_positive(options.days_per_year), {"每年天数", "the number of days per year"},
                 options.days_per_year, positive);
  require_option(options.working_level > 0 && options.working_level <= 1, {"正常运行水平", "the working level"},
                 options.working_level, {"必须大于 0 且不超过 1", "must be above 0 and at most 1"});
  require_option(options.settled_change >= 0, {"稳定判据", "the change that counts as settled"}, options.settled_change,
                 {"不能为负数", "must not be negative"});
  const Text stock_rule{"必须在 1 到 36500 之间：一天的投入须先在库",
                        "must lie between 1 and 36500: a day's inputs must be in stock"};
  const auto stock_right = [](double days) { return days >= 1 && days <= most_stock_days; };
  require_option(stock_right(options.stock_days), {"目标库存天数", "the number of stock days"}, options.stock_days,
                 stock_rule);
  if (!options.poisson_stock) return;
  require_option(stock_right(options.poisson_floor), {"库存天数下限", "the least number of stock days"},
                 options.poisson_floor, stock_rule);
  require_option(options.stock_days <= most_poisson_mean,
                 {"泊松分布的库存天数均值", "the mean of the Poisson stock days"}, options.stock_days,
                 {"不能超过 500", "must be at most 500"});
}

/// Poisson variate by inversion: one word, rising in it.
inline double poisson(Stream& random, double mean) {
  const double u = random.uniform();
  double chance = std::exp(-mean);
  double cumulative = chance;
  double k = 0;
  while (u >= cumulative && k < 40 * mean + 400) {
    k += 1;
    chance = chance * mean / k;
    cumulative += chance;
  }
  return k;
}

/// n_i.
inline double stock_days_of(std::uint32_t i, const DynamicsOptions& options) {
  double days = options.stock_days;
  if (!options.stock_days_each.empty()) {
    days = options.stock_days_each[i];
    const double most = options.poisson_stock ? most_poisson_mean : most_stock_days;
    if (!(days >= 1 && days <= most)) {
      reject_enterprise(i, days, {"目标库存天数", "the number of stock days"},
                        {"必须在 1 到 " + number(most) + " 之间", "must lie between 1 and " + number(most)});
    }
  }
  if (!options.poisson_stock) return days;
  Stream random(options.seed, poisson_stream, 0, i);
  return std::max(options.poisson_floor, poisson(random, days));
}

/// C_i, in value a year.
inline double final_demand_of(std::uint32_t i, const DynamicsOptions& options, double sold, double bought) {
  if (options.final_demand.empty()) return std::max(0.0, bought - sold);
  const double given = options.final_demand[i];
  if (!(given >= 0 && std::isfinite(sold + given))) {
    reject_enterprise(i, given, {"最终需求", "final demand"},
                      {"必须是不小于 0 的有限数", "must be finite and not negative"});
  }
  return given;
}

/// Everything at rest, and what was assumed for it.
struct RestState {
  LargeArray<EnterpriseState> state;
  std::vector<double> purchases;
  DayTotals usual;  ///< in value a year, stocks in value times days a year
  DynamicsAssumptions assumptions;
};

inline RestState rest_state(const Network& net, const DynamicsOptions& options) {
  const std::uint32_t n = net.enterprises();
  const auto check_column = [&](std::size_t length, const Text& what) {
    if (length != 0) check_length(length, n, what);
  };
  check_column(options.stock_days_each.size(), {"库存天数", "the stock days"});
  check_column(options.final_demand.size(), {"最终需求", "the final demand"});
  check_column(options.sectors.size(), {"行业", "the sectors"});
  RestState rest;
  rest.purchases = row_sums(net.in_offsets(), net.in_values());
  const std::vector<double> sales = row_sums(net.out_offsets(), net.out_values());
  rest.state = LargeArray<EnterpriseState>(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    const double sold = sales[i];
    const double bought = rest.purchases[i];
    const double final_demand = final_demand_of(i, options, sold, bought);
    const double output = sold + final_demand;
    const double days = stock_days_of(i, options);
    const double final_share = output > 0 ? final_demand / output : 1;
    rest.state[i] = {1, 1,     bought > 0 ? days : std::numeric_limits<double>::infinity(), days, final_share, 0,
                     0, output};
    rest.usual.produced += output;
    rest.usual.value_added += output - bought;
    rest.usual.stocks += apart(days * bought);
    rest.assumptions.without_output += output > 0 ? 0U : 1U;
    rest.assumptions.isolated += sold > 0 || bought > 0 ? 0U : 1U;
  }
  rest.assumptions.final_demand_assumed = options.final_demand.empty();
  rest.assumptions.values_assumed = net.summary().values_assumed;
  return rest;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
