#pragma once

#include <algorithm>
#include <cmath>
#include <string>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/linear.hpp"
#include "chainqual/impact/solve-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline void check(const LinearOptions& options) {
  if (!(options.tolerance > 0 && options.tolerance < 1)) {
    throw Error(
        ErrorCode::invalid_argument,
        {"线性模型的容差为 " + number(options.tolerance) + "，必须大于 0 且小于 1。",
         "the tolerance of the linear model is " + number(options.tolerance) + "; it must be above 0 and below 1."});
  }
  if (options.max_sweeps == 0) {
    throw Error(ErrorCode::invalid_argument,
                {"线性模型的最多迭代次数为 0，至少为 1。", "the linear model needs at least one sweep, not 0."});
  }
  if (!options.downstream && !options.upstream) {
    throw Error(ErrorCode::invalid_argument,
                {"线性模型没有选择方向：请选择向下游、向上游或两者。",
                 "the linear model was given no direction: choose downstream, upstream or both."});
  }
}

inline void check_shock(std::span<const double> shock, std::size_t enterprises) {
  check_length(shock.size(), enterprises, {"冲击", "the shock"});
  for (std::size_t v = 0; v < shock.size(); ++v) {
    if (!is_share(shock[v])) {
      reject_enterprise(v, shock[v], {"冲击", "shock"}, {"必须在 0 到 1 之间", "must lie between 0 and 1"});
    }
  }
}

/// Counts what the weights rest on.
inline LinkWeightSources weight_sources(const Network& net) {
  LinkWeightSources sources;
  const auto count_given = [](std::span<const float> column) {
    std::uint64_t count = 0;
    for (const float value : column) count += std::isnan(value) ? 0U : 1U;
    return count;
  };
  sources.given = count_given(net.dependency());
  sources.from_value = net.links() - sources.given;
  sources.escape_given = count_given(net.escape());
  sources.values_assumed = net.summary().values_assumed;
  const auto offsets = net.out_offsets();
  const auto targets = net.out_targets();
  std::vector<double> sums;
  const bool may_exceed = sources.given != 0;
  const LinkWeight weight(net, Along::downstream);
  if (may_exceed) sums.assign(net.enterprises(), 0.0);
  for (std::uint32_t i = 0; i < net.enterprises(); ++i) {
    double output = 0;
    for (auto l = offsets[i]; l < offsets[i + 1]; ++l) {
      output += static_cast<double>(net.out_values()[l]);
      if (targets[l] == i) ++sources.self_supply;
      if (may_exceed) sums[targets[l]] += weight(l, i);
    }
    if (!(output > 0)) ++sources.without_output;
  }
  // Single-precision shares such as 0.3 + 0.7 may sum to a little over 1; that is not "more than 1".
  for (const double sum : sums) sources.customers_above_one += sum > 1 + 1e-6 ? 1U : 0U;
  return sources;
}

/// The larger loss of the two directions; of one where the other was not computed.
inline std::vector<double> combine(const std::vector<double>& downstream, const std::vector<double>& upstream) {
  if (downstream.empty()) return upstream;
  std::vector<double> combined = downstream;
  for (std::size_t v = 0; v < upstream.size(); ++v) combined[v] = std::max(combined[v], upstream[v]);
  return combined;
}

/// The parts of a result that follow from its two directions.
inline void sum_up(Propagation& result, const LinearRun& downstream, const LinearRun& upstream,
                   const std::vector<double>& weight) {
  result.combined = combine(result.downstream, result.upstream);
  if (!result.downstream.empty()) result.index_downstream = weighted_mean_loss(result.downstream, weight);
  if (!result.upstream.empty()) result.index_upstream = weighted_mean_loss(result.upstream, weight);
  result.index = weighted_mean_loss(result.combined, weight);
  result.steps = std::max(downstream.sweeps, upstream.sweeps);
  result.last_change = std::max(downstream.last_change, upstream.last_change);
  result.converged = downstream.converged && upstream.converged;
}

}  // namespace impact_detail

CHAINQUAL_KERNEL LinearResult linear(const Network& net, std::span<const double> shock, const LinearOptions& options,
                                     const Control& control) {
  namespace detail = impact_detail;
  detail::check(options);
  detail::check_shock(shock, net.enterprises());
  detail::check_links(net);
  throw_if_cancelled(control);
  LinearResult result;
  result.sources = detail::weight_sources(net);
  const auto solve = [&](Along along, std::vector<double>& loss, LinearRun& run, const Control& phase) {
    const detail::LinearSystem system(net, along, detail::Side::effect);
    loss.assign(net.enterprises(), 0.0);
    std::optional<double> radius;
    if (!options.capped) {
      radius = system.spectral_radius(phase);
      const bool shocked = std::any_of(shock.begin(), shock.end(), [](double s) { return s != 0; });
      if (shocked && *radius >= detail::largest_radius) detail::throw_no_solution(along, *radius);
    }
    run = system.solve(shock, loss, options, phase);
    run.spectral_radius = radius;
  };
  const double half = options.downstream && options.upstream ? 0.5 : options.downstream ? 1.0 : 0.0;
  if (options.downstream)
    solve(Along::downstream, result.downstream, result.downstream_run, phase_of(control, 0, half));
  if (options.upstream) solve(Along::upstream, result.upstream, result.upstream_run, phase_of(control, half, 1));
  detail::sum_up(result, result.downstream_run, result.upstream_run, default_weight(net));
  return result;
}

CHAINQUAL_KERNEL std::vector<double> linear_importance(const Network& net, std::span<const double> weight, Along along,
                                                       const LinearOptions& options, const Control& control) {
  namespace detail = impact_detail;
  LinearOptions uncapped = options;
  uncapped.capped = false;
  detail::check(uncapped);
  detail::check_links(net);
  const std::vector<double> own = weights_in_totals(net, weight);
  const detail::LinearSystem system(net, along, detail::Side::cause);
  std::vector<double> importance(net.enterprises(), 0.0);
  const LinearRun run = system.solve(own, importance, uncapped, control);
  if (!run.converged) {
    throw Error(
        ErrorCode::not_converged,
        {"企业重要度的求解在 " + detail::whole(run.sweeps) + " 次迭代后仍未收敛，最后一次变化为 " +
             detail::number(run.last_change) + "。请增加最多迭代次数或放宽容差。",
         "the importance of enterprises did not settle in " + detail::whole(run.sweeps) + " sweeps (last change " +
             detail::number(run.last_change) + "); allow more sweeps or a wider tolerance."});
  }
  return importance;
}

}  // namespace v1
}  // namespace chainqual
