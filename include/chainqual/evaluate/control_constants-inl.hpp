#pragma once

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

/// P(W > w) of the range of n standard normal values.
inline double range_tail(double w, std::size_t n) {
  constexpr double step = 0.125;
  constexpr int reach = 70;  // φ(8.75) is below 1e-17
  const auto normal = [](double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); };
  double sum = 0;
  for (int k = -reach; k <= reach; ++k) {
    const double x = k * step;
    // Of two values that both lie far to the right the tails are subtracted, which keeps their digits.
    const double between = x > 0 ? normal(-x) - normal(-x - w) : normal(x + w) - normal(x);
    sum += std::exp(-x * x / 2) * std::pow(between, static_cast<double>(n - 1));
  }
  const double below = static_cast<double>(n) * sum * step / std::sqrt(2 * std::numbers::pi);
  return std::max(0.0, 1 - below);
}

struct RangeMoments {
  double mean = 0;
  double deviation = 0;
};

inline RangeMoments range_moments(std::size_t n) {
  using Rule = boost::math::quadrature::gauss<double, 30>;
  constexpr double panel = 2;
  double mean = 0;
  double square = 0;
  for (int k = 0; k < 7; ++k) {  // to 14: the tail beyond is below 1e-18
    const double middle = panel * (k + 0.5);
    for (std::size_t node = 0; node < Rule::abscissa().size(); ++node) {
      for (const double side : {-1.0, 1.0}) {
        const double w = middle + side * Rule::abscissa()[node] * panel / 2;
        const double tail = Rule::weights()[node] * panel / 2 * range_tail(w, n);
        mean += tail;
        square += 2 * w * tail;
      }
    }
  }
  return {mean, std::sqrt(square - mean * mean)};
}

}  // namespace evaluate_detail

inline double deviation_bias(std::size_t n) {
  if (n < 2) {
    throw Error(ErrorCode::invalid_argument,
                {"样本至少要有 2 个值。请更正。", "A sample has two values at least. Correct it."});
  }
  const auto size = static_cast<double>(n);
  // The quotient of two gammas as a product of halves: log-gammas of large n would cancel.
  double quotient = n % 2 == 0 ? 1 / std::sqrt(std::numbers::pi) : std::sqrt(std::numbers::pi) / 2;
  for (std::size_t k = n % 2 == 0 ? 2 : 3; k + 2 <= n; k += 2) {
    quotient *= static_cast<double>(k) / static_cast<double>(k - 1);
  }
  return std::sqrt(2 / (size - 1)) * quotient;
}

inline ControlConstants control_constants(std::size_t n) {
  if (n < 2 || n > 100) {
    throw Error(ErrorCode::invalid_argument,
                {"极差图的样本应有 2 到 100 个值，现有 " + std::to_string(n) + " 个。样本大时请用标准差图。",
                 "Samples of range charts have 2 to 100 values, not " + std::to_string(n) +
                     ". Chart standard deviations where samples are larger."});
  }
  const evaluate_detail::RangeMoments range = evaluate_detail::range_moments(n);
  ControlConstants c;
  const double root = std::sqrt(static_cast<double>(n));
  c.d2 = range.mean;
  c.d3 = range.deviation;
  c.c4 = deviation_bias(n);
  c.a2 = 3 / (c.d2 * root);
  c.a3 = 3 / (c.c4 * root);
  const double spread = 3 * std::sqrt(1 - c.c4 * c.c4) / c.c4;
  c.b3 = std::max(0.0, 1 - spread);
  c.b4 = 1 + spread;
  c.d_lower = std::max(0.0, 1 - 3 * c.d3 / c.d2);
  c.d_upper = 1 + 3 * c.d3 / c.d2;
  return c;
}

}  // namespace v1
}  // namespace chainqual
