#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chainqual/evaluate/anova.hpp"
#include "chainqual/evaluate/chart_rules-inl.hpp"
#include "chainqual/evaluate/checks-inl.hpp"
#include "chainqual/evaluate/control_constants.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

inline void check_positive(double value, const char* zh, const char* en) {
  if (value > 0 && std::isfinite(value)) return;
  throw Error(ErrorCode::invalid_argument,
              {std::string(zh) + "应是有限正数，现为 " + short_number(value) + "。请更正。",
               std::string(en) + " is positive and finite, not " + short_number(value) + ". Correct it."});
}

inline void check_process(const std::optional<double>& centre, const std::optional<double>& sigma, double width) {
  check_positive(width, "控制限宽度", "The width of the limits");
  if ((centre && !std::isfinite(*centre)) || (sigma && !(*sigma >= 0 && std::isfinite(*sigma)))) {
    throw Error(ErrorCode::invalid_argument, {"中心值应是有限数，标准差应是非负有限数。请更正。",
                                              "A centre is finite, a sigma finite and not negative. Correct them."});
  }
}

inline void check_samples(std::span<const std::vector<double>> samples, bool one_size) {
  if (samples.empty()) {
    throw Error(ErrorCode::invalid_argument, {"没有样本。请至少给一个。", "There are no samples. Give one at least."});
  }
  Findings findings;
  for (std::size_t k = 0; k < samples.size(); ++k) {
    if (samples[k].size() < 2) {
      blame(findings, ErrorCode::invalid_argument, k + 1, "", std::to_string(samples[k].size()),
            {"样本至少要有 2 个值", "a sample has two values at least"},
            {"补充数据，或改用单值图", "add values, or chart single values"});
    } else if (one_size && samples[k].size() != samples[0].size()) {
      blame(findings, ErrorCode::shape_mismatch, k + 1, "", std::to_string(samples[k].size()),
            {"极差图的样本大小应相同", "samples of a range chart are of one size"},
            {"改用标准差图", "chart standard deviations"});
    }
    check_finite(samples[k], k + 1, findings);
  }
  throw_if_errors(findings);
}

inline ChartPoint chart_point(double value, double centre, double sigma, double width) noexcept {
  return {value, centre, sigma, centre - width * sigma, centre + width * sigma};
}

/// As chart_point for values that cannot be negative.
inline ChartPoint spread_point(double value, double centre, double sigma, double width) noexcept {
  ChartPoint point = chart_point(value, centre, sigma, width);
  point.lower = std::max(0.0, point.lower);
  return point;
}

inline double grand_mean(std::span<const std::vector<double>> samples) noexcept {
  Twice sum;
  std::size_t n = 0;
  for (const auto& sample : samples) {
    sum = sum + sum_of(sample);
    n += sample.size();
  }
  return (sum / count_of(n)).value();
}

/// Mean moving range of two neighbours / d2(2), d2(2) = 2 / √π.
inline double moving_sigma(std::span<const double> values) noexcept {
  Twice sum;
  for (std::size_t k = 1; k < values.size(); ++k) sum = sum + Twice(std::abs(values[k] - values[k - 1]));
  return (sum / count_of(values.size() - 1)).value() * std::sqrt(std::numbers::pi) / 2;
}

struct Process {
  double centre = 0;
  double sigma = 0;
};

/// Centre and sigma as given, else from a series.
inline Process process_of(std::span<const double> values, const std::optional<double>& centre,
                          const std::optional<double>& sigma) {
  if (values.size() < (sigma ? 1U : 2U)) {
    throw Error(ErrorCode::invalid_argument, {"至少要两个值；已给标准差时至少一个。请补充。",
                                              "Two values are wanted at least, one where sigma is given. Give more."});
  }
  Findings findings;
  check_finite(values, 0, findings);
  throw_if_errors(findings);
  return {centre ? *centre : mean_of(values).value(), sigma ? *sigma : moving_sigma(values)};
}

}  // namespace evaluate_detail

inline PairedCharts mean_range_chart(std::span<const std::vector<double>> samples, const ChartOptions& options) {
  namespace d = evaluate_detail;
  d::check_process(options.centre, options.sigma, options.width);
  d::check_samples(samples, true);
  const std::size_t n = samples[0].size();
  const ControlConstants constants = control_constants(n);
  PairedCharts charts;
  std::vector<double> ranges;
  for (const auto& sample : samples) {
    const auto [least, largest] = std::minmax_element(sample.begin(), sample.end());
    ranges.push_back(*largest - *least);
  }
  charts.centre = options.centre ? *options.centre : d::grand_mean(samples);
  charts.sigma = options.sigma ? *options.sigma : d::mean_of(ranges).value() / constants.d2;
  const double of_mean = charts.sigma / std::sqrt(static_cast<double>(n));
  for (std::size_t k = 0; k < samples.size(); ++k) {
    charts.location.points.push_back(
        d::chart_point(d::mean_of(samples[k]).value(), charts.centre, of_mean, options.width));
    charts.spread.points.push_back(
        d::spread_point(ranges[k], constants.d2 * charts.sigma, constants.d3 * charts.sigma, options.width));
  }
  charts.location.signals = chart_signals(charts.location.points, options.rules);
  charts.spread.signals = chart_signals(charts.spread.points, RuleSet::limits_only);
  return charts;
}

inline PairedCharts mean_deviation_chart(std::span<const std::vector<double>> samples, const ChartOptions& options) {
  namespace d = evaluate_detail;
  d::check_process(options.centre, options.sigma, options.width);
  d::check_samples(samples, false);
  PairedCharts charts;
  std::vector<SeriesSummary> summaries;
  std::vector<double> bias;
  double weighted = 0;
  double weights = 0;
  for (const auto& sample : samples) {
    summaries.push_back(summarise(sample));
    bias.push_back(deviation_bias(sample.size()));
    const double weight = bias.back() * bias.back() / (1 - bias.back() * bias.back());
    weighted += weight * summaries.back().deviation / bias.back();
    weights += weight;
  }
  charts.centre = options.centre ? *options.centre : d::grand_mean(samples);
  charts.sigma = options.sigma ? *options.sigma : weighted / weights;
  for (std::size_t k = 0; k < samples.size(); ++k) {
    const double of_mean = charts.sigma / std::sqrt(static_cast<double>(samples[k].size()));
    const double c4 = bias[k];
    charts.location.points.push_back(d::chart_point(summaries[k].mean, charts.centre, of_mean, options.width));
    charts.spread.points.push_back(d::spread_point(summaries[k].deviation, c4 * charts.sigma,
                                                   charts.sigma * std::sqrt(1 - c4 * c4), options.width));
  }
  charts.location.signals = chart_signals(charts.location.points, options.rules);
  charts.spread.signals = chart_signals(charts.spread.points, RuleSet::limits_only);
  return charts;
}

inline PairedCharts individuals_chart(std::span<const double> values, const ChartOptions& options) {
  namespace d = evaluate_detail;
  d::check_process(options.centre, options.sigma, options.width);
  // The chart of moving ranges asks for two values, also where sigma is given.
  const d::Process process = d::process_of(values, options.centre, {});
  const ControlConstants constants = control_constants(2);
  PairedCharts charts;
  charts.centre = process.centre;
  charts.sigma = options.sigma ? *options.sigma : process.sigma;
  for (std::size_t k = 0; k < values.size(); ++k) {
    charts.location.points.push_back(d::chart_point(values[k], charts.centre, charts.sigma, options.width));
    if (k == 0) continue;
    charts.spread.points.push_back(d::spread_point(std::abs(values[k] - values[k - 1]), constants.d2 * charts.sigma,
                                                   constants.d3 * charts.sigma, options.width));
  }
  charts.location.signals = chart_signals(charts.location.points, options.rules);
  charts.spread.signals = chart_signals(charts.spread.points, RuleSet::limits_only);
  return charts;
}

inline ControlChart ewma_chart(std::span<const double> values, const EwmaOptions& options) {
  namespace d = evaluate_detail;
  d::check_process(options.centre, options.sigma, options.width);
  if (!(options.lambda > 0 && options.lambda <= 1)) {
    throw Error(ErrorCode::invalid_argument,
                {"权重 λ 应在 0 到 1 之间（不含 0）。请更正。", "The weight λ lies in (0, 1]. Correct it."});
  }
  const d::Process process = d::process_of(values, options.centre, options.sigma);
  ControlChart chart;
  double average = process.centre;
  double left = 1;  // (1 − λ)^(2i)
  for (const double value : values) {
    average += options.lambda * (value - average);  // so that a constant stays itself
    left *= (1 - options.lambda) * (1 - options.lambda);
    const double sigma = process.sigma * std::sqrt(options.lambda / (2 - options.lambda) * (1 - left));
    chart.points.push_back(d::chart_point(average, process.centre, sigma, options.width));
  }
  chart.signals = chart_signals(chart.points, RuleSet::limits_only);
  return chart;
}

inline CusumChart cusum_chart(std::span<const double> values, const CusumOptions& options) {
  namespace d = evaluate_detail;
  d::check_process(options.centre, options.sigma, options.decision);
  if (!(options.reference >= 0 && std::isfinite(options.reference)) ||
      !(options.head_start >= 0 && options.head_start < options.decision)) {
    throw Error(ErrorCode::invalid_argument,
                {"参考值 k 应非负，初始值应在 0 与判定值 h 之间。请更正。",
                 "The reference k is not negative, and the head start lies between 0 and h. Correct them."});
  }
  const d::Process process = d::process_of(values, options.centre, options.sigma);
  CusumChart chart;
  chart.centre = process.centre;
  chart.sigma = process.sigma;
  chart.decision = options.decision * process.sigma;
  const double slack = options.reference * process.sigma;
  CusumPoint last;
  last.above = last.below = options.head_start * process.sigma;
  for (const double value : values) {
    CusumPoint point;
    point.value = value;
    point.above = std::max(0.0, value - process.centre - slack + last.above);
    point.below = std::max(0.0, process.centre - slack - value + last.below);
    point.above_since = point.above > 0 ? last.above_since + 1 : 0;
    point.below_since = point.below > 0 ? last.below_since + 1 : 0;
    point.signal_above = point.above > chart.decision;
    point.signal_below = point.below > chart.decision;
    chart.points.push_back(point);
    last = point;
  }
  return chart;
}

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/attribute_chart-inl.hpp"
