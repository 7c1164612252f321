#pragma once

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chainqual/evaluate/control_chart.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

inline void check_specification(const SpecificationLimits& limits, double confidence) {
  const auto sound = [](const std::optional<double>& limit) { return !limit || std::isfinite(*limit); };
  if ((!limits.lower && !limits.upper) || !sound(limits.lower) || !sound(limits.upper) ||
      (limits.lower && limits.upper && !(*limits.lower < *limits.upper))) {
    throw Error(ErrorCode::invalid_argument,
                {"规格限至少要有一个，应是有限数，下限小于上限。请更正。",
                 "One specification limit is wanted at least, finite, the lower below the upper. Correct them."});
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw Error(ErrorCode::invalid_argument, {"置信水平应在 0 与 1 之间，例如 0.95。请更正。",
                                              "The confidence lies between 0 and 1, as 0.95 does. Correct it."});
  }
}

/// distance / spread where the spread may be 0.
inline double index_of(double distance, double spread) noexcept {
  if (spread > 0) return distance / spread;
  return distance > 0 ? std::numeric_limits<double>::infinity()
                      : (distance < 0 ? -std::numeric_limits<double>::infinity() : 0);
}

inline Capability capability_of(std::span<const double> all, double sigma, double degrees,
                                const SpecificationLimits& limits, double confidence) {
  const SeriesSummary summary = summarise(all);
  Capability result;
  result.count = all.size();
  result.mean = summary.mean;
  result.within = capability_indices(summary.mean, sigma, degrees, all.size(), limits, confidence);
  result.overall = capability_indices(summary.mean, summary.deviation, static_cast<double>(all.size() - 1), all.size(),
                                      limits, confidence);
  const auto outside = std::count_if(all.begin(), all.end(), [&](double value) {
    return (limits.lower && value < *limits.lower) || (limits.upper && value > *limits.upper);
  });
  result.seen_outside = static_cast<double>(outside) / static_cast<double>(all.size());
  return result;
}

}  // namespace evaluate_detail

inline CapabilityIndices capability_indices(double mean, double sigma, double degrees, std::size_t count,
                                            const SpecificationLimits& limits, double confidence) {
  namespace d = evaluate_detail;
  d::check_specification(limits, confidence);
  if (!std::isfinite(mean) || !(sigma >= 0 && std::isfinite(sigma)) || count == 0) {
    throw Error(ErrorCode::invalid_argument,
                {"均值应是有限数，标准差应是非负有限数，至少一个值。请更正。",
                 "A mean is finite, a sigma finite and not negative, and there is a value. Correct them."});
  }
  d::check_positive(degrees, "自由度", "The number of degrees of freedom");
  CapabilityIndices indices;
  indices.sigma = sigma;
  indices.degrees = degrees;
  double nearest = std::numeric_limits<double>::infinity();
  if (limits.lower) nearest = std::min(nearest, mean - *limits.lower);
  if (limits.upper) nearest = std::min(nearest, *limits.upper - mean);
  const double actual = d::index_of(nearest, 3 * sigma);
  indices.actual = {actual, actual, actual};
  const double tail = (1 - confidence) / 2;
  if (limits.lower && limits.upper) {
    const double potential = d::index_of(*limits.upper - *limits.lower, 6 * sigma);
    const boost::math::chi_squared law(degrees);
    indices.potential = {potential, potential * std::sqrt(boost::math::quantile(law, tail) / degrees),
                         potential * std::sqrt(boost::math::quantile(boost::math::complement(law, tail)) / degrees)};
  }
  const boost::math::normal normal;
  if (sigma > 0) {
    const double z = boost::math::quantile(boost::math::complement(normal, tail));
    const double reach = z * std::sqrt(1 / (9 * static_cast<double>(count)) + actual * actual / (2 * degrees));
    indices.actual.from = actual - reach;
    indices.actual.to = actual + reach;
    if (limits.lower) indices.expected_below = boost::math::cdf(normal, (*limits.lower - mean) / sigma);
    if (limits.upper) {
      indices.expected_above = boost::math::cdf(boost::math::complement(normal, (*limits.upper - mean) / sigma));
    }
  } else {
    indices.expected_below = limits.lower && mean < *limits.lower ? 1 : 0;
    indices.expected_above = limits.upper && mean > *limits.upper ? 1 : 0;
  }
  return indices;
}

inline Capability capability(std::span<const std::vector<double>> samples, const SpecificationLimits& limits,
                             double confidence) {
  namespace d = evaluate_detail;
  d::check_specification(limits, confidence);
  d::check_samples(samples, false);
  std::vector<double> all;
  d::Twice squares;
  for (const auto& sample : samples) {
    squares = squares + d::squares_about(sample, d::mean_of(sample));
    all.insert(all.end(), sample.begin(), sample.end());
  }
  const std::size_t degrees = all.size() - samples.size();
  const double sigma = std::sqrt((squares / d::count_of(degrees)).value());
  return d::capability_of(all, sigma, static_cast<double>(degrees), limits, confidence);
}

inline Capability capability(std::span<const double> values, const SpecificationLimits& limits, double confidence) {
  namespace d = evaluate_detail;
  d::check_specification(limits, confidence);
  if (values.size() < 3) {
    throw Error(
        ErrorCode::invalid_argument,
        {"过程能力至少要 3 个值，现有 " + std::to_string(values.size()) + " 个。请补充。",
         "Capability wants three values at least, and there are " + std::to_string(values.size()) + ". Give more."});
  }
  const d::Process process = d::process_of(values, {}, {});
  constexpr double pi = std::numbers::pi;
  const auto m = static_cast<double>(values.size() - 1);
  const double shared = 4 / pi * (std::sqrt(3.0) / 2 + pi / 12 - 1);
  const double variance = ((2 - 4 / pi) * m + 2 * (m - 1) * shared) / (m * m);
  return d::capability_of(values, process.sigma, 4 / pi / (2 * variance), limits, confidence);
}

}  // namespace v1
}  // namespace chainqual
