#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/distress.hpp"
#include "chainqual/impact/distress_spread-inl.hpp"
#include "chainqual/impact/linear-inl.hpp"
#include "chainqual/impact/linear.hpp"
#include "chainqual/impact/solve-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline void check(const DistressOptions& options) {
  if (!options.downstream && !options.upstream) {
    throw Error(ErrorCode::invalid_argument,
                {"困境排序模型没有选择方向：请选择向下游、向上游或两者。",
                 "the distress model was given no direction: choose downstream, upstream or both."});
  }
  if (!(options.tolerance >= 0 && options.tolerance < 1)) {
    throw Error(ErrorCode::invalid_argument,
                {"困境排序模型的容差为 " + number(options.tolerance) + "，必须不小于 0 且小于 1。",
                 "the tolerance of the distress model is " + number(options.tolerance) +
                     "; it must be at least 0 and below 1."});
  }
  if (options.max_steps == 0) {
    throw Error(ErrorCode::invalid_argument,
                {"困境排序模型的最多步数为 0，至少为 1。", "the distress model needs at least one step, not 0."});
  }
}

/// Returns how many lie above 1.
inline std::uint64_t check_exposures(const Network& net, std::span<const double> given) {
  if (given.empty()) return 0;
  check_links_length(given.size(), net.links(), {"敞口", "the exposure"});
  std::uint64_t above = 0;
  for (std::uint64_t l = 0; l < given.size(); ++l) {
    if (!(given[l] >= 0 && std::isfinite(given[l]))) {
      reject_link(net, l, given[l], {"敞口", "exposure"},
                  {"必须是不小于 0 的有限数", "must be finite and not negative"});
    }
    above += given[l] > 1 ? 1U : 0U;
  }
  return above;
}

/// What a reader of one direction's result must know.
inline void add_notes(const DistressRun& run, Along along, const DistressOptions& options, std::vector<Text>& notes) {
  const std::string zh(names_of(along).zh);
  const std::string en(names_of(along).en);
  if (run.exposures_capped != 0) {
    notes.push_back({zh + "：有 " + whole(run.exposures_capped) + " 条供应关系的敞口大于 1，已按 1 计算。",
                     en + ": " + whole(run.exposures_capped) + " exposures above 1 were taken as 1."});
  }
  if (run.times_kept_back != 0) {
    notes.push_back({zh + "：2012 年原式中每家企业只传一次，此后又到达的困境（" + whole(run.times_kept_back) +
                         " 次，加权合计 " + number(run.kept_back) + "）不再传出，因此结果偏低。可与 2015 年式对照。",
                     en + ": in the 2012 form each enterprise hands on once; what arrived later (" +
                         whole(run.times_kept_back) + " times, " + number(run.kept_back) +
                         " in units of the weights) was not handed on, so the result is too low. Compare the 2015 "
                         "form."});
  }
  constexpr double reaches_one = 1 - 1e-9;
  if (options.variant == DistressVariant::unlimited && run.spectral_radius && *run.spectral_radius >= reaches_one) {
    notes.push_back(
        {zh + "：敞口矩阵的谱半径为 " + number(*run.spectral_radius) +
             "，不小于 1。进入循环的困境不会衰减，会一直增长到封顶为止，因此损失主要反映封顶，而不是冲击的大小。",
         en + ": the spectral radius of the exposures is " + number(*run.spectral_radius) +
             ", not below 1. Distress that enters a cycle does not fade but grows until the cap stops it, "
             "so losses tell of the cap rather than of the shock."});
  }
  if (!run.converged) {
    notes.push_back({zh + "：在 " + whole(run.steps) + " 步后中止，最后一步的最大变化为 " + number(run.last_change) +
                         "，损失尚未到达终值。",
                     en + ": cut short after " + whole(run.steps) + " steps with a last change of " +
                         number(run.last_change) + "; the losses have not reached their end."});
  }
}

}  // namespace impact_detail

CHAINQUAL_KERNEL DistressResult distress(const Network& net, std::span<const double> shock,
                                         const DistressOptions& options, const Control& control) {
  namespace detail = impact_detail;
  detail::check(options);
  detail::check_shock(shock, net.enterprises());
  detail::check_links(net);
  const std::vector<double> weight = weights_in_totals(net, options.weight);
  double all = 0;
  for (const double w : weight) all += w;
  DistressResult result;
  result.downstream_run.exposures_capped = detail::check_exposures(net, options.downstream_exposure);
  result.upstream_run.exposures_capped = detail::check_exposures(net, options.upstream_exposure);
  const auto spread = [&](Along along, std::span<const double> exposure, std::vector<double>& loss, DistressRun& run,
                          const Control& phase) {
    const detail::DistressJob job{&net, along, exposure, shock, weight, &options};
    detail::DistressSpread spreading(job);
    const std::uint64_t capped = run.exposures_capped;
    run = spreading.run(phase_of(phase, 0, options.spectral_radius ? 0.5 : 1));
    run.exposures_capped = capped;
    run.index = all > 0 ? (run.last - run.first) / all : 0;
    loss = spreading.take_losses();
    if (options.spectral_radius) {
      run.spectral_radius = detail::LinearSystem(spreading.take_rows(), along).spectral_radius(phase);
    }
    detail::add_notes(run, along, options, result.notes);
    Progress(phase, 1).finish();
  };
  const double half = options.downstream && options.upstream ? 0.5 : options.downstream ? 1.0 : 0.0;
  if (options.downstream) {
    spread(Along::downstream, options.downstream_exposure, result.downstream, result.downstream_run,
           phase_of(control, 0, half));
  }
  if (options.upstream) {
    spread(Along::upstream, options.upstream_exposure, result.upstream, result.upstream_run,
           phase_of(control, half, 1));
  }
  result.combined = detail::combine(result.downstream, result.upstream);
  if (options.downstream) result.index_downstream = weighted_mean_loss(result.downstream, weight);
  if (options.upstream) result.index_upstream = weighted_mean_loss(result.upstream, weight);
  result.index = weighted_mean_loss(result.combined, weight);
  result.debtrank = result.index - weighted_mean_loss(shock, weight);
  result.steps = std::max(result.downstream_run.steps, result.upstream_run.steps);
  result.last_change = std::max(result.downstream_run.last_change, result.upstream_run.last_change);
  result.converged = result.downstream_run.converged && result.upstream_run.converged;
  return result;
}

}  // namespace v1
}  // namespace chainqual
