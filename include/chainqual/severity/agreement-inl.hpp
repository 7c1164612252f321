#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include "chainqual/severity/agreement.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// P(X ≥ x) for chi-square X: the finite sum that whole degrees of freedom allow.
///
/// With h = x/2 and s = 1, 2, … (even) or 1/2, 3/2, … (odd): Q = [odd: erfc(√h)] + e^−h Σ_{s < degrees/2} h^s / Γ(s+1).
/// Terms are taken in logarithms, since e^−h alone may vanish while the sum is large.
inline double chi_square_tail(double x, std::size_t degrees) {
  if (degrees == 0 || !(x > 0)) return 1.0;
  const double half = x / 2;
  const bool odd = degrees % 2 == 1;
  double sum = odd ? std::erfc(std::sqrt(half)) : 0.0;
  double s = odd ? 0.5 : 0.0;
  // log of h^s / Γ(s+1); Γ(3/2) = √π / 2.
  double log_term = odd ? 0.5 * std::log(half) - 0.5 * std::log(std::acos(-1.0)) + std::log(2.0) : 0.0;
  for (; s < static_cast<double>(degrees) / 2; s += 1) {
    sum += std::exp(log_term - half);
    log_term += std::log(half) - std::log(s + 1);
  }
  return std::min(sum, 1.0);
}

/// Twice the mid-rank of every value (1 … n, ties share the middle): integers. Adds Σ (t³ − t) over ties to `ties`.
inline std::vector<std::int64_t> doubled_mid_ranks(const std::vector<Rational>& values, int128* ties = nullptr) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
  std::vector<std::int64_t> ranks(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = static_cast<std::int64_t>(begin + end + 1);
    const auto tied = static_cast<int128>(end - begin);
    if (ties != nullptr) *ties += tied * tied * tied - tied;
    begin = end;
  }
  return ranks;
}

[[noreturn]] inline void throw_no_such_cell() {
  throw Error(ErrorCode::out_of_range,
              {"评分表中没有这一格；请检查专家和问题的序号。",
               "The table of ratings has no such cell; check the rater's and the unit's number."});
}

/// The pairable values: those of units with at least two ratings, unit after unit.
struct Pairable {
  std::vector<Rational> values;
  std::vector<std::size_t> ends;  ///< of each unit's values
};

inline Pairable pairable_values(const Ratings& ratings) {
  Pairable pairable;
  for (std::size_t unit = 0; unit < ratings.units(); ++unit) {
    const std::size_t before = pairable.values.size();
    for (std::size_t rater = 0; rater < ratings.raters(); ++rater) {
      if (const auto& value = ratings.at(rater, unit)) pairable.values.push_back(*value);
    }
    if (pairable.values.size() - before < 2) {
      pairable.values.resize(before);
    } else {
      pairable.ends.push_back(pairable.values.size());
    }
  }
  return pairable;
}

/// Σ over ordered pairs of (x_i − x_j)² = 2 n Σ (x − mean)²: of one group of values.
inline double pair_distances(const double* x, std::size_t n) {
  double mean = 0;
  for (std::size_t i = 0; i < n; ++i) mean += x[i];
  mean /= static_cast<double>(n);
  double squares = 0;
  for (std::size_t i = 0; i < n; ++i) squares += (x[i] - mean) * (x[i] - mean);
  return 2 * static_cast<double>(n) * squares;
}

/// The same of ranks: 2 (n Σ x² − (Σ x)²), exact.
inline double pair_distances(const std::int64_t* x, std::size_t n) {
  int128 sum = 0;
  int128 squares = 0;
  for (std::size_t i = 0; i < n; ++i) {
    sum += x[i];
    squares += static_cast<int128>(x[i]) * x[i];
  }
  return static_cast<double>(2 * (static_cast<int128>(n) * squares - sum * sum));
}

/// Ordered pairs of different classes, classes being equal mid-ranks.
inline double pair_differences(std::vector<std::int64_t> x) {
  std::sort(x.begin(), x.end());
  auto pairs = static_cast<double>(x.size()) * static_cast<double>(x.size());
  for (auto begin = x.begin(); begin != x.end();) {
    const auto end = std::upper_bound(begin, x.end(), *begin);
    const auto equal = static_cast<double>(end - begin);
    pairs -= equal * equal;
    begin = end;
  }
  return pairs;
}

/// 1 − D_o / D_e, with D_o = Σ_units disagreement / (m_u − 1) and D_e = disagreement of all / (N − 1).
template <class Disagreement>
std::optional<double> alpha_of(const Pairable& pairable, const Disagreement& disagreement) {
  const std::size_t n = pairable.values.size();
  double observed = 0;
  std::size_t begin = 0;
  for (const std::size_t end : pairable.ends) {
    observed += disagreement(begin, end) / static_cast<double>(end - begin - 1);
    begin = end;
  }
  const double expected = disagreement(std::size_t{0}, n) / static_cast<double>(n - 1);
  return 1 - observed / expected;
}

}  // namespace detail

inline std::size_t Ratings::index_of(std::size_t rater, std::size_t unit) const {
  if (rater >= raters_ || unit >= units_) detail::throw_no_such_cell();
  return rater * units_ + unit;
}

inline const std::optional<Rational>& Ratings::at(std::size_t rater, std::size_t unit) const {
  return cells_[index_of(rater, unit)];
}

inline void Ratings::set(std::size_t rater, std::size_t unit, std::optional<Rational> value) {
  cells_[index_of(rater, unit)] = value;
}

inline std::optional<Concordance> kendall_w(const Ratings& ratings) {
  const std::size_t m = ratings.raters();
  const std::size_t n = ratings.units();
  if (m < 2 || n < 2) return std::nullopt;
  std::vector<std::int64_t> doubled_sums(n, 0);
  detail::int128 ties = 0;
  for (std::size_t rater = 0; rater < m; ++rater) {
    std::vector<Rational> values;
    for (std::size_t unit = 0; unit < n; ++unit) {
      const auto& value = ratings.at(rater, unit);
      if (!value) return std::nullopt;
      values.push_back(*value);
    }
    const auto ranks = detail::doubled_mid_ranks(values, &ties);
    for (std::size_t unit = 0; unit < n; ++unit) doubled_sums[unit] += ranks[unit];
  }
  const auto raters = static_cast<detail::int128>(m);
  const auto units = static_cast<detail::int128>(n);
  detail::int128 top = -3 * raters * raters * units * (units + 1) * (units + 1);
  for (const std::int64_t sum : doubled_sums) top += 3 * static_cast<detail::int128>(sum) * sum;
  const detail::int128 bottom = raters * raters * units * (units * units - 1) - raters * ties;
  if (bottom == 0) return std::nullopt;
  Concordance result;
  result.w = static_cast<double>(top) / static_cast<double>(bottom);
  result.degrees = n - 1;
  result.chi_square = static_cast<double>(m) * static_cast<double>(n - 1) * result.w;
  result.p_value = detail::chi_square_tail(result.chi_square, result.degrees);
  return result;
}

inline std::optional<double> krippendorff_alpha(const Ratings& ratings, AlphaMetric metric) {
  const auto pairable = detail::pairable_values(ratings);
  const auto& values = pairable.values;
  // Decided on the exact values: with one value only the expected disagreement is 0, whatever doubles would make of it.
  const bool varies = std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) != values.end();
  if (!varies) return std::nullopt;
  if (metric == AlphaMetric::interval) {
    std::vector<double> x(values.size());
    std::transform(values.begin(), values.end(), x.begin(), [](const Rational& value) { return value.to_double(); });
    return detail::alpha_of(pairable, [&](std::size_t begin, std::size_t end) {
      return detail::pair_distances(x.data() + begin, end - begin);
    });
  }
  const auto ranks = detail::doubled_mid_ranks(values);
  if (metric == AlphaMetric::ordinal) {
    return detail::alpha_of(pairable, [&](std::size_t begin, std::size_t end) {
      return detail::pair_distances(ranks.data() + begin, end - begin);
    });
  }
  return detail::alpha_of(pairable, [&](std::size_t begin, std::size_t end) {
    return detail::pair_differences({ranks.data() + begin, ranks.data() + end});
  });
}

}  // namespace v1
}  // namespace chainqual
