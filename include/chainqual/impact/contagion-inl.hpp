#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "chainqual/core/kernel.hpp"
#include "chainqual/core/random.hpp"
#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/contagion.hpp"
#include "chainqual/impact/contagion_worker-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline constexpr std::uint64_t most_runs = std::uint64_t{1} << 30U;

inline void check_level(double level) {
  if (level > 0 && level < 1) return;
  throw Error(ErrorCode::invalid_argument,
              {"置信水平为 " + number(level) + "，必须大于 0 且小于 1。",
               "the level of confidence is " + number(level) + "; it must be above 0 and below 1."});
}

inline void check(const ContagionOptions& options) {
  if (!options.downstream && !options.upstream) {
    throw Error(ErrorCode::invalid_argument,
                {"传染模型没有选择方向：请选择向下游、向上游或两者。",
                 "the contagion model was given no direction: choose downstream, upstream or both."});
  }
  if (options.runs == 0 || options.runs > most_runs) {
    throw Error(ErrorCode::invalid_argument,
                {"传染模型的模拟次数为 " + whole(options.runs) + "，必须在 1 到 " + whole(most_runs) + " 之间。",
                 "the contagion model was asked for " + whole(options.runs) + " runs; it takes 1 to " +
                     whole(most_runs) + "."});
  }
  if (options.first_run > std::numeric_limits<std::uint64_t>::max() - options.runs) {
    throw Error(ErrorCode::invalid_argument,
                {"传染模型的首次模拟编号为 " + whole(options.first_run) + "，加上模拟次数后超出 64 位整数。",
                 "the first run's number " + whole(options.first_run) + " and the runs exceed 64 bits."});
  }
  if (options.words != 0 && options.words != 1 && options.words != 8) {
    throw Error(ErrorCode::invalid_argument,
                {"传染模型每次并行的字数为 " + whole(options.words) + "，只能是 0（自动）、1 或 8。",
                 "the contagion model searches 1 or 8 words together, or 0 for its own choice; not " +
                     whole(options.words) + "."});
  }
  check_level(options.level);
  for (const double share : options.quantiles) {
    if (is_share(share)) continue;
    throw Error(ErrorCode::invalid_argument, {"分位点 " + number(share) + " 必须在 0 到 1 之间。",
                                              "the quantile " + number(share) + " must lie between 0 and 1."});
  }
}

inline void check_probabilities(const Network& net, std::span<const double> given) {
  if (given.empty()) return;
  check_links_length(given.size(), net.links(), {"传染概率", "the probability"});
  for (std::uint64_t l = 0; l < given.size(); ++l) {
    if (is_share(given[l])) continue;
    reject_link(net, l, given[l], {"传染概率", "probability"}, {"必须在 0 到 1 之间", "must lie between 0 and 1"});
  }
}

inline void check_starts(std::span<const double> start, std::size_t enterprises) {
  check_length(start.size(), enterprises, {"起始概率", "the start probability"});
  for (std::size_t v = 0; v < start.size(); ++v) {
    if (is_share(start[v])) continue;
    reject_enterprise(v, start[v], {"起始概率", "start probability"},
                      {"必须在 0 到 1 之间", "must lie between 0 and 1"});
  }
}

inline Interval wilson(std::uint64_t hits, std::uint64_t runs, double z) noexcept {
  if (runs == 0) return {0, 1};
  const auto n = static_cast<double>(runs);
  const double p = static_cast<double>(hits) / n;
  const double square = z * z / n;
  const double middle = (p + square / 2) / (1 + square);
  const double half = std::sqrt(square * (p * (1 - p) + square / 4)) / (1 + square);
  return {hits == 0 ? 0.0 : std::max(0.0, middle - half), hits == runs ? 1.0 : std::min(1.0, middle + half)};
}

inline double z_of(double level) noexcept {
  return normal_quantile(0.5 + level / 2);
}

/// What follows from counts and runs: intervals and statistics.
inline void sum_up(ContagionSpread& spread, double z, std::span<const double> quantiles) {
  const std::uint64_t runs = spread.share.size();
  spread.interval.resize(spread.hits.size());
  for (std::size_t v = 0; v < spread.hits.size(); ++v) spread.interval[v] = wilson(spread.hits[v], runs, z);
  spread.count_spread = spread_of({spread.enterprises.begin(), spread.enterprises.end()}, quantiles);
  spread.share_spread = spread_of(spread.share, quantiles);
}

inline std::vector<double> shares_of_runs(const std::vector<std::uint64_t>& hits, std::uint64_t runs) {
  std::vector<double> shares(hits.size());
  for (std::size_t v = 0; v < hits.size(); ++v) {
    shares[v] = static_cast<double>(hits[v]) / static_cast<double>(runs);
  }
  return shares;
}

inline void sum_up(ContagionResult& result) {
  const double z = z_of(result.level);
  const bool downstream = !result.downstream_spread.share.empty();
  const bool upstream = !result.upstream_spread.share.empty();
  if (downstream) sum_up(result.downstream_spread, z, result.quantiles);
  if (upstream) sum_up(result.upstream_spread, z, result.quantiles);
  if (downstream && upstream) {
    sum_up(result.combined_spread, z, result.quantiles);
  } else {
    result.combined_spread = downstream ? result.downstream_spread : result.upstream_spread;
  }
  result.downstream = shares_of_runs(result.downstream_spread.hits, result.runs);
  result.upstream = shares_of_runs(result.upstream_spread.hits, result.runs);
  result.combined = shares_of_runs(result.combined_spread.hits, result.runs);
  result.index_downstream = result.downstream_spread.share_spread.mean;
  result.index_upstream = result.upstream_spread.share_spread.mean;
  result.index = result.combined_spread.share_spread.mean;
  result.steps = result.combined_spread.steps;
  result.converged = result.combined_spread.cut_short == 0;
  result.last_change = static_cast<double>(result.combined_spread.cut_short) / static_cast<double>(result.runs);
}

inline void make_room(ContagionSpread& spread, std::size_t enterprises, std::uint64_t runs, bool with_steps) {
  spread.hits.assign(enterprises, 0);
  if (with_steps) spread.steps_total.assign(enterprises, 0);
  spread.enterprises.assign(runs, 0);
  spread.share.assign(runs, 0.0);
}

inline void append(ContagionSpread& spread, const ContagionSpread& more) {
  for (std::size_t v = 0; v < spread.hits.size(); ++v) spread.hits[v] += more.hits[v];
  for (std::size_t v = 0; v < spread.steps_total.size(); ++v) spread.steps_total[v] += more.steps_total[v];
  spread.enterprises.insert(spread.enterprises.end(), more.enterprises.begin(), more.enterprises.end());
  spread.share.insert(spread.share.end(), more.share.begin(), more.share.end());
  spread.steps = std::max(spread.steps, more.steps);
  spread.cut_short += more.cut_short;
}

}  // namespace impact_detail

CHAINQUAL_KERNEL Interval wilson_interval(std::uint64_t hits, std::uint64_t runs, double level) {
  impact_detail::check_level(level);
  if (hits > runs) {
    throw Error(ErrorCode::invalid_argument,
                {"命中次数 " + impact_detail::whole(hits) + " 大于模拟次数 " + impact_detail::whole(runs) + "。",
                 impact_detail::whole(hits) + " hits are more than " + impact_detail::whole(runs) + " runs."});
  }
  return impact_detail::wilson(hits, runs, impact_detail::z_of(level));
}

CHAINQUAL_KERNEL double ContagionSpread::mean_step(EnterpriseId v) const noexcept {
  if (v.index() >= steps_total.size() || hits[v.index()] == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(steps_total[v.index()]) / static_cast<double>(hits[v.index()]);
}

CHAINQUAL_KERNEL ContagionResult contagion(const Network& net, std::span<const double> start,
                                           const ContagionOptions& options, const Control& control) {
  namespace detail = impact_detail;
  const std::size_t n = net.enterprises();
  detail::check(options);
  detail::check_starts(start, n);
  const std::vector<double> weight = weights_in_totals(net, options.weight);
  if (!options.weight.empty()) detail::check_links(net);  // else the weights are made of links, and were checked
  detail::check_probabilities(net, options.downstream_probability);
  detail::check_probabilities(net, options.upstream_probability);
  throw_if_cancelled(control);
  ContagionResult result;
  result.runs = options.runs;
  result.first_run = options.first_run;
  result.seed = options.seed;
  result.level = options.level;
  result.quantiles = options.quantiles;
  if (options.downstream) detail::make_room(result.downstream_spread, n, options.runs, true);
  if (options.upstream) detail::make_room(result.upstream_spread, n, options.runs, true);
  if (options.downstream && options.upstream) detail::make_room(result.combined_spread, n, options.runs, false);
  if (std::any_of(start.begin(), start.end(), [](double p) { return p > 0; })) {
    detail::run_contagion(detail::ContagionJob(net, start, options, weight), result, control);
  }
  detail::sum_up(result);
  return result;
}

CHAINQUAL_KERNEL ContagionResult contagion(const Network& net, std::span<const EnterpriseId> sources,
                                           const ContagionOptions& options, const Control& control) {
  std::vector<double> start(net.enterprises(), 0.0);
  for (const EnterpriseId source : sources) {
    if (source.index() >= start.size()) {
      const std::string shown = impact_detail::whole(source.value);
      const std::string most = impact_detail::whole(start.size());
      throw Error(ErrorCode::out_of_range,
                  {"传染源的企业编号为 " + shown + "，而网络只有 " + most + " 家企业（编号从 0 起）。",
                   "a source has id " + shown + ", but the network has " + most + " enterprises (ids from 0)."});
    }
    start[source.index()] = 1;
  }
  return contagion(net, std::span<const double>(start), options, control);
}

CHAINQUAL_KERNEL ContagionResult merge(const ContagionResult& first, const ContagionResult& second) {
  const auto refuse = [](Text message) { throw Error(ErrorCode::invalid_argument, std::move(message)); };
  if (first.combined.size() != second.combined.size()) {
    throw Error(ErrorCode::shape_mismatch,
                {"两个传染结果的企业数不同，不能合并。", "results of networks of different size cannot be merged."});
  }
  if (first.seed != second.seed || first.level != second.level || first.quantiles != second.quantiles ||
      first.downstream.size() != second.downstream.size() || first.upstream.size() != second.upstream.size()) {
    refuse({"两个传染结果的种子、置信水平、分位点或方向不同，不能合并。",
            "results of different seed, level, quantiles or directions cannot be merged."});
  }
  if (second.first_run != first.first_run + first.runs || second.runs > impact_detail::most_runs - first.runs) {
    refuse({"两个传染结果的模拟编号不相接，不能合并：后者必须从第 " +
                impact_detail::whole(first.first_run + first.runs) + " 次开始。",
            "the runs of the two results do not adjoin: the second must begin with run " +
                impact_detail::whole(first.first_run + first.runs) + "."});
  }
  ContagionResult result = first;
  result.runs += second.runs;
  impact_detail::append(result.downstream_spread, second.downstream_spread);
  impact_detail::append(result.upstream_spread, second.upstream_spread);
  impact_detail::append(result.combined_spread, second.combined_spread);
  impact_detail::sum_up(result);
  return result;
}

}  // namespace v1
}  // namespace chainqual
