#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/apart-inl.hpp"
#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/inoperability.hpp"
#include "chainqual/impact/linear-inl.hpp"
#include "chainqual/impact/rows-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline constexpr double runaway = 1e100;
inline constexpr std::size_t inoperability_grain = 2048;

inline void check(const InoperabilityOptions& options, std::size_t n) {
  const auto refuse = [](const Text& message) { throw Error(ErrorCode::invalid_argument, message); };
  if (options.days == 0) refuse({"仿真天数为 0，至少为 1。", "the number of days is 0; it must be at least 1."});
  if (options.steps_per_day == 0) {
    refuse({"每天步数为 0，至少为 1。", "the number of steps per day is 0; it must be at least 1."});
  }
  if (!options.downstream && !options.upstream) {
    refuse({"动态不可运行性模型没有选择方向：请选择向下游、向上游或两者。",
            "the inoperability model was given no direction: choose downstream, upstream or both."});
  }
  if (!(options.recovered_share > 0 && options.recovered_share < 1)) {
    refuse({"恢复后剩余份额为 " + number(options.recovered_share) + "，必须大于 0 且小于 1。",
            "the recovered share is " + number(options.recovered_share) + "; it must be above 0 and below 1."});
  }
  if (!(options.settled_change >= 0)) {
    refuse({"稳定判据为 " + number(options.settled_change) + "，不能为负数。",
            "the change that counts as settled is " + number(options.settled_change) + "; it must not be negative."});
  }
  if (!(options.recovery_days > 0 && std::isfinite(options.recovery_days))) {
    refuse({"恢复天数为 " + number(options.recovery_days) + "，必须是大于 0 的有限数。",
            "the number of recovery days is " + number(options.recovery_days) + "; it must be finite and above 0."});
  }
  const auto check_positive = [&](const std::vector<double>& column, const Text& what) {
    if (column.empty()) return;
    check_length(column.size(), n, what);
    for (std::size_t i = 0; i < n; ++i) {
      if (column[i] > 0 && std::isfinite(column[i])) continue;
      reject_enterprise(i, column[i], what, {"必须是大于 0 的有限数", "must be finite and above 0"});
    }
  };
  check_positive(options.resilience, {"恢复力系数", "resilience"});
  check_positive(options.recovery_days_each, {"恢复天数", "recovery days"});
  if (options.initial.empty()) return;
  check_length(options.initial.size(), n, {"初始不可运行性", "initial inoperability"});
  for (std::size_t i = 0; i < n; ++i) {
    if (is_share(options.initial[i])) continue;
    reject_enterprise(i, options.initial[i], {"初始不可运行性", "initial inoperability"},
                      {"必须在 0 到 1 之间", "must lie between 0 and 1"});
  }
}

/// a*_ii of every enterprise.
inline std::vector<double> own_weights(const Rows& rows) {
  std::vector<double> own(rows.size(), 0.0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (auto k = rows.offsets[i]; k < rows.offsets[i + 1]; ++k) {
      if (rows.neighbours[k] == i) own[i] += rows.weights[k];
    }
  }
  return own;
}

/// k_i a day.
inline std::vector<double> resilience_of(const Rows& rows, const InoperabilityOptions& options) {
  std::vector<double> rate = options.resilience;
  if (rate.empty()) {
    rate = own_weights(rows);
    const double healed = -std::log(options.recovered_share);  // ln(q(0) / q(T))
    for (std::size_t i = 0; i < rate.size(); ++i) {
      if (!(rate[i] < 1)) {
        reject_enterprise(i, rate[i], {"对自身的依赖度", "dependency on itself"},
                          {"不小于 1，无法由恢复天数求恢复力系数，请直接给出系数",
                           "is not below 1, so that no resilience follows from recovery days; give it directly"});
      }
      const double days = options.recovery_days_each.empty() ? options.recovery_days : options.recovery_days_each[i];
      rate[i] = healed / (days * (1 - rate[i]));
    }
  }
  for (std::size_t i = 0; i < rate.size(); ++i) {
    if (rate[i] <= options.steps_per_day) continue;
    reject_enterprise(i, rate[i], {"每天的恢复力系数", "resilience a day"},
                      {"超过每天步数 " + whole(options.steps_per_day) + "，一步会越过目标：请增加每天步数",
                       "exceeds the " + whole(options.steps_per_day) +
                           " steps per day, so that a step would leap over its goal; take more steps"});
  }
  return rate;
}

/// One direction of the model: q and what moves it.
class InoperabilityRun {
 public:
  InoperabilityRun(const Network& net, Along along, const InoperabilityOptions& options)
      : rows_(make_rows(net, along, Side::effect)),
        rate_(resilience_of(rows_, options)),
        capped_(options.capped),
        q_(options.initial),
        next_(net.enterprises()) {
    q_.resize(net.enterprises(), 0.0);
    step_.reserve(rate_.size());
    for (const double k : rate_) step_.push_back(k / options.steps_per_day);
  }

  /// One step under c*; returns the largest change.
  double advance(const std::vector<double>& forcing, const Control& control) {
    const double change = reduce_chunks(
        control, q_.size(), inoperability_grain, 0.0,
        [&](std::size_t begin, std::size_t end, std::size_t) {
          double largest = 0;
          for (std::size_t i = begin; i < end; ++i) {
            double pull = forcing[i];
            for (auto k = rows_.offsets[i]; k < rows_.offsets[i + 1]; ++k) {
              pull += apart(rows_.weights[k] * q_[rows_.neighbours[k]]);
            }
            const double value = std::max(0.0, q_[i] + apart(step_[i] * (pull - q_[i])));
            next_[i] = capped_ ? std::min(1.0, value) : value;
            largest = std::max(largest, std::abs(next_[i] - q_[i]));
          }
          return largest;
        },
        [](double a, double b) { return std::max(a, b); });
    q_.swap(next_);
    if (!(change <= runaway)) {
      throw Error(ErrorCode::no_solution,
                  {"不设上限的不可运行性无限增长：依赖矩阵的谱半径大于 1。请启用上限或检查依赖度。",
                   "uncapped inoperability grows without end: the spectral radius of the dependencies is over 1; use "
                   "the cap or look at the dependencies."});
    }
    return change;
  }

  [[nodiscard]] const std::vector<double>& q() const noexcept { return q_; }
  [[nodiscard]] const std::vector<double>& rate() const noexcept { return rate_; }

 private:
  Rows rows_;
  std::vector<double> rate_;
  std::vector<double> step_;
  bool capped_;
  std::vector<double> q_, next_;
};

/// Adds one day's q to the sums that become means.
inline void record_day(InoperabilityResult& result, const InoperabilityOptions& options, std::uint32_t day,
                       const std::vector<double>* down, const std::vector<double>* up,
                       const std::vector<double>& weight) {
  const std::size_t n = weight.size();
  const bool keep = options.record_every != 0 && day % options.record_every == 0;
  std::vector<double> larger(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double d = down != nullptr ? (*down)[i] : 0;
    const double u = up != nullptr ? (*up)[i] : 0;
    larger[i] = std::max(d, u);
    if (down != nullptr) result.downstream[i] += d;
    if (up != nullptr) result.upstream[i] += u;
    result.combined[i] += larger[i];
    result.peak[i] = std::max(result.peak[i], larger[i]);
    result.economic_loss += apart(weight[i] * larger[i]);
  }
  if (keep) result.levels.insert(result.levels.end(), larger.begin(), larger.end());
  InoperabilityDay total;
  if (down != nullptr) total.downstream = weighted_mean_loss(*down, weight);
  if (up != nullptr) total.upstream = weighted_mean_loss(*up, weight);
  total.combined = weighted_mean_loss(larger, weight);
  result.totals.push_back(total);
}

/// c* of a day.
inline void place_forcing(std::vector<double>& forcing, const DisruptionPlan& plan, std::uint32_t day) {
  const auto places = plan.enterprises();
  for (std::size_t k = 0; k < places.size(); ++k) forcing[places[k]] = plan.loss(k, day);
}

inline void run_days(InoperabilityResult& result, InoperabilityRun* down, InoperabilityRun* up,
                     const DisruptionPlan& plan, const InoperabilityOptions& options, const std::vector<double>& weight,
                     const Control& control) {
  std::vector<double> forcing(weight.size(), 0.0);
  Progress progress(control, options.days);
  for (std::uint32_t day = 0; day < options.days; ++day) {
    record_day(result, options, day, down != nullptr ? &down->q() : nullptr, up != nullptr ? &up->q() : nullptr,
               weight);
    place_forcing(forcing, plan, day);
    for (std::uint32_t step = 0; step < options.steps_per_day; ++step) {
      throw_if_cancelled(control);
      result.last_change = 0;
      for (InoperabilityRun* run : {down, up}) {
        if (run != nullptr) result.last_change = std::max(result.last_change, run->advance(forcing, control));
      }
      ++result.steps;
    }
    progress.add(1);
  }
  progress.finish();
}

}  // namespace impact_detail

CHAINQUAL_KERNEL InoperabilityResult inoperability(const Network& net, std::span<const Disruption> disruptions,
                                                   const InoperabilityOptions& options, const Control& control) {
  namespace detail = impact_detail;
  const std::size_t n = net.enterprises();
  detail::check(options, n);
  detail::check_links(net);
  const std::vector<double> weight = weights_in_totals(net, options.weight);
  const DisruptionPlan plan(disruptions, n);
  throw_if_cancelled(control);
  std::optional<detail::InoperabilityRun> down;
  std::optional<detail::InoperabilityRun> up;
  if (options.downstream) down.emplace(net, Along::downstream, options);
  if (options.upstream) up.emplace(net, Along::upstream, options);
  InoperabilityResult result;
  result.sources = detail::weight_sources(net);
  if (down) result.downstream.assign(n, 0.0);
  if (up) result.upstream.assign(n, 0.0);
  result.combined.assign(n, 0.0);
  result.peak.assign(n, 0.0);
  detail::run_days(result, down ? &*down : nullptr, up ? &*up : nullptr, plan, options, weight, control);
  for (auto* column : {&result.downstream, &result.upstream, &result.combined}) {
    for (double& loss : *column) loss /= options.days;
  }
  if (down) result.last_downstream = down->q();
  if (up) result.last_upstream = up->q();
  result.resilience = down ? down->rate() : up->rate();
  if (down) result.index_downstream = weighted_mean_loss(result.downstream, weight);
  if (up) result.index_upstream = weighted_mean_loss(result.upstream, weight);
  result.index = weighted_mean_loss(result.combined, weight);
  result.converged = result.last_change <= options.settled_change;
  return result;
}

}  // namespace v1
}  // namespace chainqual
