#pragma once

#include <algorithm>
#include <cmath>
#include <string>

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

inline void check_length(std::size_t given, std::size_t wanted, const Text& what) {
  if (given == wanted) return;
  throw Error(ErrorCode::shape_mismatch,
              {what.zh + "有 " + whole(given) + " 个值，而网络有 " + whole(wanted) + " 家企业，二者必须相等。",
               what.en + " has " + whole(given) + " entries for " + whole(wanted) + " enterprises; they must agree."});
}

inline void check_shock(std::span<const double> shock, std::size_t enterprises) {
  check_length(shock.size(), enterprises, {"冲击", "the shock"});
  for (std::size_t v = 0; v < shock.size(); ++v) {
    if (!is_share(shock[v])) {
      reject_enterprise(v, shock[v], {"冲击", "shock"}, {"必须在 0 到 1 之间", "must lie between 0 and 1"});
    }
  }
}

/// The larger loss of the two directions; of one where the other was not computed.
inline std::vector<double> combine(const std::vector<double>& downstream, const std::vector<double>& upstream) {
  if (downstream.empty()) return upstream;
  std::vector<double> combined = downstream;
  for (std::size_t v = 0; v < upstream.size(); ++v) combined[v] = std::max(combined[v], upstream[v]);
  return combined;
}

}  // namespace impact_detail

inline LinearResult linear(const Network& net, std::span<const double> shock, const LinearOptions& options,
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
  result.combined = detail::combine(result.downstream, result.upstream);
  return result;
}

inline std::vector<double> default_weight(const Network& net) {
  impact_detail::check_links(net);
  std::vector<double> weight = impact_detail::row_sums(net.out_offsets(), net.out_values());
  const auto given = net.weight();
  for (std::size_t v = 0; v < given.size(); ++v) {
    if (std::isnan(given[v])) continue;
    if (!(given[v] >= 0 && std::isfinite(given[v]))) {
      impact_detail::reject_enterprise(v, given[v], {"权重", "weight"},
                                       {"必须是不小于 0 的有限数", "must be finite and not negative"});
    }
    weight[v] = given[v];
  }
  return weight;
}

inline std::vector<double> linear_importance(const Network& net, std::span<const double> weight, Along along,
                                             const LinearOptions& options, const Control& control) {
  namespace detail = impact_detail;
  LinearOptions uncapped = options;
  uncapped.capped = false;
  detail::check(uncapped);
  detail::check_links(net);
  std::vector<double> own;
  if (weight.empty() && net.enterprises() != 0) {
    own = default_weight(net);
    weight = own;
  }
  detail::check_length(weight.size(), net.enterprises(), {"权重", "the weight"});
  for (std::size_t v = 0; v < weight.size(); ++v) {
    if (!(weight[v] >= 0 && std::isfinite(weight[v]))) {
      detail::reject_enterprise(v, weight[v], {"权重", "weight"},
                                {"必须是不小于 0 的有限数", "must be finite and not negative"});
    }
  }
  const detail::LinearSystem system(net, along, detail::Side::cause);
  std::vector<double> importance(net.enterprises(), 0.0);
  const LinearRun run = system.solve(weight, importance, uncapped, control);
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
