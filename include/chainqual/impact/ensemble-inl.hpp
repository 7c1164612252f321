#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "chainqual/core/random.hpp"
#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/ensemble.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

[[noreturn]] inline void reject_parameter(const UncertainParameter& parameter, const Text& rule) {
  const std::string name = shown_value(parameter.name);
  const std::string range = number(parameter.low) + " … " + number(parameter.high);
  throw Error(ErrorCode::invalid_value, {"参数“" + name + "”的范围 " + range + "：" + rule.zh + "。",
                                         "parameter '" + name + "', range " + range + ": " + rule.en + "."});
}

inline void check(const UncertainParameter& parameter) {
  if (!std::isfinite(parameter.low) || !std::isfinite(parameter.high) || parameter.low > parameter.high) {
    reject_parameter(parameter, {"应为有限数且下限不大于上限", "must be finite and ascending"});
  }
  if (parameter.spreading == Spreading::log_uniform && !(parameter.low > 0)) {
    reject_parameter(parameter, {"对数均匀分布的下限必须大于 0", "log-uniform needs a lower end above 0"});
  }
  if (parameter.spreading == Spreading::triangular &&
      !(parameter.mode >= parameter.low && parameter.mode <= parameter.high)) {
    reject_parameter(parameter, {"众数 " + number(parameter.mode) + " 必须在范围之内",
                                 "the mode " + number(parameter.mode) + " must lie inside"});
  }
}

inline double quantile_of(const UncertainParameter& parameter, double share) {
  const double width = parameter.high - parameter.low;
  if (width == 0) return parameter.low;
  double value = 0;
  switch (parameter.spreading) {
    case Spreading::uniform:
      value = parameter.low + share * width;
      break;
    case Spreading::log_uniform:
      value = parameter.low * std::exp(share * std::log(parameter.high / parameter.low));
      break;
    case Spreading::triangular: {
      const double left = (parameter.mode - parameter.low) / width;
      value = share < left ? parameter.low + std::sqrt(share * width * (parameter.mode - parameter.low))
                           : parameter.high - std::sqrt((1 - share) * width * (parameter.high - parameter.mode));
      break;
    }
  }
  return std::clamp(value, parameter.low, parameter.high);
}

/// Type 7 of Hyndman & Fan; `ascending` is not empty.
inline double quantile(std::span<const double> ascending, double share) {
  const double place = share * static_cast<double>(ascending.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), ascending.size() - 1);
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  return ascending[below] + (place - static_cast<double>(below)) * (ascending[above] - ascending[below]);
}

struct Moments {
  double mean = 0;
  double deviation = 0;
};

inline Moments moments(std::span<const double> values) {
  const auto count = static_cast<double>(values.size());
  Moments out;
  for (const double value : values) out.mean += value;
  out.mean /= count;
  double squares = 0;
  for (const double value : values) squares += (value - out.mean) * (value - out.mean);
  if (values.size() > 1) out.deviation = std::sqrt(squares / (count - 1));
  return out;
}

inline Spread spread_of(std::vector<double> values, std::span<const double> shares) {
  const Moments both = moments(values);
  Spread out;
  out.mean = both.mean;
  out.deviation = both.deviation;
  out.standard_error = both.deviation / std::sqrt(static_cast<double>(values.size()));
  std::sort(values.begin(), values.end());
  out.least = values.front();
  out.most = values.back();
  for (const double share : shares) out.quantiles.push_back(quantile(values, share));
  return out;
}

inline void check(const EnsembleOptions& options, std::size_t samples) {
  if (samples == 0) {
    throw Error(ErrorCode::invalid_argument, {"样本数为 0，至少为 1。", "an ensemble needs at least one sample."});
  }
  for (const double share : options.quantiles) {
    if (is_share(share)) continue;
    throw Error(ErrorCode::invalid_argument, {"分位点 " + number(share) + " 必须在 0 到 1 之间。",
                                              "the quantile " + number(share) + " must lie between 0 and 1."});
  }
}

inline void check_same_samples(std::size_t first, std::size_t second) {
  if (first == second) return;
  throw Error(ErrorCode::shape_mismatch,
              {"两组样本数不同：" + whole(first) + " 与 " + whole(second) + "，无法成对比较。",
               "the ensembles hold " + whole(first) + " and " + whole(second) + " samples, so they cannot be paired."});
}

/// Means, deviations and quantiles by enterprise, from losses [samples × n].
inline void sum_up_enterprises(EnsembleResult& result, const std::vector<std::vector<double>>& losses,
                               const Control& control) {
  const std::size_t n = losses.front().size();
  result.mean.assign(n, 0.0);
  result.deviation.assign(n, 0.0);
  result.quantiles.assign(n * result.shares.size(), 0.0);
  for_chunks(control, n, 512, [&](std::size_t begin, std::size_t end, std::size_t) {
    std::vector<double> column(losses.size());
    for (std::size_t v = begin; v < end; ++v) {
      for (std::size_t k = 0; k < losses.size(); ++k) column[k] = losses[k][v];
      const Moments both = moments(column);
      result.mean[v] = both.mean;
      result.deviation[v] = both.deviation;
      std::sort(column.begin(), column.end());
      for (std::size_t q = 0; q < result.shares.size(); ++q) {
        result.quantiles[q * n + v] = quantile(column, result.shares[q]);
      }
    }
  });
}

}  // namespace impact_detail

inline ParameterSamples latin_hypercube(std::span<const UncertainParameter> parameters, std::size_t samples,
                                        std::uint64_t seed) {
  impact_detail::check(EnsembleOptions{}, samples);
  for (const auto& parameter : parameters) impact_detail::check(parameter);
  ParameterSamples out;
  out.samples = samples;
  out.parameters = parameters.size();
  out.values.resize(samples * parameters.size());
  std::vector<std::size_t> stratum(samples);
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    std::iota(stratum.begin(), stratum.end(), std::size_t{0});
    Stream shuffle(seed, 0, p, 0);
    for (std::size_t k = samples; k > 1; --k) std::swap(stratum[k - 1], stratum[shuffle.below(k)]);
    for (std::size_t k = 0; k < samples; ++k) {
      Stream inside(seed, 1, p, k);
      const double share = (static_cast<double>(stratum[k]) + inside.uniform()) / static_cast<double>(samples);
      out.values[k * parameters.size() + p] = impact_detail::quantile_of(parameters[p], share);
    }
  }
  return out;
}

template <class Run>
EnsembleResult ensemble(std::size_t samples, Run&& run, const EnsembleOptions& options, const Control& control) {
  namespace detail = impact_detail;
  detail::check(options, samples);
  EnsembleResult result;
  result.samples = samples;
  result.shares = options.quantiles;
  result.indices.resize(samples);
  std::vector<double> downstream(samples);
  std::vector<double> upstream(samples);
  std::vector<std::vector<double>> losses(samples);
  std::vector<std::size_t> lengths(samples);
  std::vector<std::uint8_t> converged(samples);
  Control inner;
  inner.executor = &inline_executor();
  inner.cancel = control.cancel;
  Progress progress(control, samples);
  for_chunks(control, samples, 1, [&](std::size_t k, std::size_t, std::size_t) {
    auto outcome = run(k, std::as_const(inner));
    Propagation& one = outcome;
    result.indices[k] = one.index;
    downstream[k] = one.index_downstream;
    upstream[k] = one.index_upstream;
    converged[k] = one.converged ? 1 : 0;
    lengths[k] = one.combined.size();
    if (options.by_enterprise) losses[k] = std::move(one.combined);
    progress.add(1);
  });
  for (const std::size_t length : lengths) {
    if (length == lengths.front()) continue;
    throw Error(ErrorCode::shape_mismatch,
                {"各次运行的企业数不同：" + detail::whole(lengths.front()) + " 与 " + detail::whole(length) + "。",
                 "runs of different length: " + detail::whole(lengths.front()) + " and " + detail::whole(length) +
                     " enterprises."});
  }
  result.not_converged = static_cast<std::size_t>(std::count(converged.begin(), converged.end(), 0));
  result.index = detail::spread_of(result.indices, result.shares);
  result.index_downstream = detail::spread_of(std::move(downstream), result.shares);
  result.index_upstream = detail::spread_of(std::move(upstream), result.shares);
  if (options.by_enterprise) detail::sum_up_enterprises(result, losses, control);
  progress.finish();
  return result;
}

inline PairedDifference paired_difference(std::span<const double> first, std::span<const double> second) {
  impact_detail::check_same_samples(first.size(), second.size());
  impact_detail::check(EnsembleOptions{}, first.size());
  std::vector<double> differences(first.size());
  std::size_t below = 0;
  for (std::size_t k = 0; k < first.size(); ++k) {
    differences[k] = second[k] - first[k];
    below += second[k] < first[k] ? 1U : 0U;
  }
  const impact_detail::Moments both = impact_detail::moments(differences);
  const auto count = static_cast<double>(first.size());
  return {both.mean, both.deviation / std::sqrt(count), static_cast<double>(below) / count};
}

}  // namespace v1
}  // namespace chainqual
