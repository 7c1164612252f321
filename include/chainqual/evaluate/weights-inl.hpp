#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "chainqual/evaluate/checks-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

/// Mean consistency index of random reciprocal matrices of 1 … 15 rows.
inline constexpr std::array<double, 15> random_index{0,    0,    0.58, 0.90, 1.12, 1.24, 1.32, 1.41,
                                                     1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59};
inline constexpr double most_inconsistent = 0.1;

inline std::string pair_name(std::span<const std::string> names, std::size_t row, std::size_t column) {
  const auto name = [&](std::size_t k) { return names.empty() ? std::to_string(k + 1) : shown_value(names[k]); };
  return name(row) + " : " + name(column);
}

inline std::size_t side_of(std::span<const double> judgements, std::span<const std::string> names) {
  std::size_t n = 0;
  while (n * n < judgements.size()) ++n;
  if (n * n != judgements.size() || (!names.empty() && names.size() != n)) {
    throw Error(ErrorCode::shape_mismatch,
                {"判断矩阵应是 n 行 n 列，名称应有 n 个。现有 " + std::to_string(judgements.size()) + " 个数、" +
                     std::to_string(names.size()) + " 个名称。",
                 "Judgements are n rows of n, with n names. There are " + std::to_string(judgements.size()) +
                     " numbers and " + std::to_string(names.size()) + " names."});
  }
  if (n == 0 || n > random_index.size()) {
    throw Error(
        ErrorCode::invalid_argument,
        {"判断矩阵应有 1 到 15 行，现有 " + std::to_string(n) + " 行。指标多时请分层比较。",
         "Judgements have 1 to 15 rows, not " + std::to_string(n) + ". Compare in levels where there are more."});
  }
  return n;
}

/// Judgements with both of each pair: what is blank (NaN) follows from the other, and where both are given the larger
/// counts, whose reciprocal a table shows rounded.
inline std::vector<double> checked_judgements(std::span<const double> a, std::size_t n,
                                              std::span<const std::string> names) {
  Findings findings;
  const auto add = [&](std::size_t i, std::size_t j, Text rule, Text fix) {
    findings.add({FindingLevel::error,
                  ErrorCode::invalid_value,
                  {{}, 0, 0, pair_name(names, i, j), 0},
                  short_number(a[i * n + j]),
                  std::move(rule),
                  std::move(fix)});
  };
  constexpr double rounding = 0.005 + 1e-9;  // of two decimals
  std::vector<double> both(n * n, 1);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i; j < n; ++j) {
      const bool blank = std::isnan(a[j * n + i]);
      const double one = std::isnan(a[i * n + j]) ? (i == j ? 1 : 1 / a[j * n + i]) : a[i * n + j];
      const double other = blank ? 1 / one : a[j * n + i];
      if (!(one > 0 && std::isfinite(one)) || !(other > 0 && std::isfinite(other))) {
        add(i, j, {"判断应是有限正数", "a judgement is a positive finite number"},
            {"用 1/9 到 9 之间的数；一对只写一个也可以", "give 1/9 … 9; one of a pair is enough"});
      } else if (std::abs(std::min(one, other) - 1 / std::max(one, other)) > rounding) {
        add(i, j,
            {"与反向判断 " + short_number(other) + " 不互为倒数", "it is not the reciprocal of " + short_number(other)},
            {"两个判断互为倒数（两位小数即可），对角线为 1，或一对只写一个",
             "make the two reciprocal (two decimals will do), the diagonal 1, or give one of the pair"});
      } else if (i != j) {
        both[i * n + j] = one >= other ? one : 1 / other;
        both[j * n + i] = one >= other ? 1 / one : other;
      }
    }
  }
  throw_if_errors(findings);
  return both;
}

}  // namespace evaluate_detail

inline PairwiseWeights pairwise_weights(std::span<const double> written, std::span<const std::string> names,
                                        Inconsistency inconsistency) {
  namespace d = evaluate_detail;
  const std::size_t n = d::side_of(written, names);
  const std::vector<double> judgements = d::checked_judgements(written, n, names);
  PairwiseWeights result;
  result.weights.assign(n, 1.0 / static_cast<double>(n));
  std::vector<double> next(n);
  // A positive matrix: the iteration converges from any positive start (Perron).
  for (int step = 0; step < 10'000; ++step) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      next[i] = 0;
      for (std::size_t j = 0; j < n; ++j) next[i] += judgements[i * n + j] * result.weights[j];
      sum += next[i];
    }
    double change = 0;
    for (std::size_t i = 0; i < n; ++i) {
      next[i] /= sum;
      change = std::max(change, std::abs(next[i] / result.weights[i] - 1));
    }
    std::swap(result.weights, next);
    result.largest_eigenvalue = sum;  // weights sum to 1, so their image sums to λ
    if (change < 1e-14) break;
  }
  if (n > 2) {
    const auto size = static_cast<double>(n);
    result.consistency_index = std::max(0.0, (result.largest_eigenvalue - size) / (size - 1));
    result.consistency_ratio = result.consistency_index / d::random_index[n - 1];
  }
  double worst = 1e-12;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      const double implied = result.weights[i] / result.weights[j];
      const double off = std::abs(std::log(judgements[i * n + j] / implied));
      if (off <= worst) continue;
      worst = off;
      result.worst_row = i;
      result.worst_column = j;
      result.worst_implied = implied;
    }
  }
  if (inconsistency == Inconsistency::refuse && result.consistency_ratio > d::most_inconsistent) {
    const std::string pair = d::pair_name(names, result.worst_row, result.worst_column);
    const std::string given = d::short_number(judgements[result.worst_row * n + result.worst_column]);
    const std::string implied = d::short_number(result.worst_implied);
    const std::string ratio = d::short_number(result.consistency_ratio);
    throw Error(
        ErrorCode::invalid_argument,
        {"判断不一致：一致性比率 " + ratio + " 大于 0.1。最不合的判断是 " + pair + "，给的是 " + given +
             "，其余判断的含义是 " + implied + "。请先重新斟酌它。",
         "The judgements are inconsistent: their ratio is " + ratio + ", above 0.1. The one that fits least is " +
             pair + ", given as " + given + ", while the others imply " + implied + ". Think it over first."});
  }
  return result;
}

inline std::vector<double> entropy_weights(std::span<const double> values, std::size_t columns) {
  if (columns == 0 || values.size() < 2 * columns) {
    throw Error(ErrorCode::invalid_argument, {"熵权至少要一个指标、两行数值。请补齐。",
                                              "Entropy weights need one indicator and two rows at least. Give more."});
  }
  if (values.size() % columns != 0) {
    throw Error(
        ErrorCode::shape_mismatch,
        {std::to_string(values.size()) + " 个数不能分成每行 " + std::to_string(columns) + " 个。请检查行列。",
         std::to_string(values.size()) + " values are no rows of " + std::to_string(columns) + ". Check the shape."});
  }
  const std::size_t rows = values.size() / columns;
  Findings findings;
  std::vector<double> sums(columns, 0);
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (!(values[k] >= 0 && std::isfinite(values[k]))) {
      findings.add({FindingLevel::error,
                    ErrorCode::invalid_value,
                    {{}, k / columns + 1, 0, std::to_string(k % columns + 1), 0},
                    evaluate_detail::short_number(values[k]),
                    {"应是有限的非负数", "a value is finite and not negative"},
                    {"先正向化、归一化", "scale the indicator so that more is better, from 0 up"}});
    }
    sums[k % columns] += values[k];
  }
  for (std::size_t j = 0; j < columns && !findings.has_errors(); ++j) {
    if (sums[j] > 0) continue;
    findings.add({FindingLevel::error,
                  ErrorCode::invalid_value,
                  {{}, 0, 0, std::to_string(j + 1), 0},
                  "0",
                  {"指标全为 0", "the indicator is 0 throughout"},
                  {"去掉该指标", "leave it out"}});
  }
  throw_if_errors(findings);
  std::vector<double> weights(columns);
  double total = 0;
  for (std::size_t j = 0; j < columns; ++j) {
    double entropy = 0;
    bool same = true;
    for (std::size_t i = 0; i < rows; ++i) {
      same = same && values[i * columns + j] == values[j];
      const double p = values[i * columns + j] / sums[j];
      if (p > 0) entropy -= p * std::log(p);
    }
    weights[j] = same ? 0 : std::max(0.0, 1 - entropy / std::log(static_cast<double>(rows)));
    total += weights[j];
  }
  for (double& weight : weights) weight = total > 0 ? weight / total : 1.0 / static_cast<double>(columns);
  return weights;
}

}  // namespace v1
}  // namespace chainqual
