#pragma once

#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>
#include <limits>
#include <string>

#include "chainqual/evaluate/checks-inl.hpp"
#include "chainqual/evaluate/twice-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

inline Twice sum_of(std::span<const double> values) noexcept {
  Twice sum;
  for (const double value : values) sum = sum + Twice(value);
  return sum;
}

inline Twice count_of(std::size_t n) noexcept {
  return Twice(static_cast<double>(n));
}

inline Twice mean_of(std::span<const double> values) noexcept {
  return sum_of(values) / count_of(values.size());
}

inline Twice squares_about(std::span<const double> values, Twice mean) noexcept {
  Twice sum;
  for (const double value : values) {
    const Twice off = Twice(value) - mean;
    sum = sum + off * off;
  }
  return sum;
}

inline Variation variation(Twice sum, std::size_t degrees) noexcept {
  Variation source;
  source.sum_of_squares = sum.value();
  source.degrees = static_cast<double>(degrees);
  source.mean_square = degrees == 0 ? 0 : (sum / count_of(degrees)).value();
  return source;
}

/// F and p of a source beside what is left over.
inline void test_against(Variation& source, const Variation& residual) {
  if (source.degrees == 0) return;
  source.f = source.mean_square / residual.mean_square;
  if (std::isnan(source.f)) {
    source.p_value = source.f;
  } else if (std::isinf(source.f)) {
    source.p_value = 0;
  } else {
    const boost::math::fisher_f_distribution<double> law(source.degrees, residual.degrees);
    source.p_value = boost::math::cdf(boost::math::complement(law, source.f));
  }
}

}  // namespace evaluate_detail

inline SeriesSummary summarise(std::span<const double> values) {
  namespace d = evaluate_detail;
  if (values.empty()) {
    throw Error(ErrorCode::invalid_argument,
                {"没有测量值。请至少给一个。", "There are no measurements. Give one at least."});
  }
  Findings findings;
  d::check_finite(values, 0, findings);
  throw_if_errors(findings);
  SeriesSummary summary;
  summary.count = values.size();
  const d::Twice mean = d::mean_of(values);
  const d::Twice squares = d::squares_about(values, mean);
  summary.mean = mean.value();
  const auto [least, largest] = std::minmax_element(values.begin(), values.end());
  summary.least = *least;
  summary.largest = *largest;
  if (values.size() < 2 || *least == *largest) return summary;
  summary.deviation = std::sqrt((squares / d::count_of(values.size() - 1)).value());
  d::Twice lagged;
  for (std::size_t k = 1; k < values.size(); ++k) {
    lagged = lagged + (d::Twice(values[k]) - mean) * (d::Twice(values[k - 1]) - mean);
  }
  summary.autocorrelation = (lagged / squares).value();
  return summary;
}

inline OneWayAnova one_way_anova(std::span<const std::vector<double>> groups) {
  namespace d = evaluate_detail;
  std::size_t n = 0;
  bool empty = false;
  Findings findings;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    n += groups[g].size();
    empty = empty || groups[g].empty();
    d::check_finite(groups[g], g + 1, findings);
  }
  if (groups.size() < 2 || empty || n <= groups.size()) {
    throw Error(
        ErrorCode::invalid_argument,
        {"方差分析至少要两组，每组至少一个值，总数多于组数。请补充数据。",
         "Analysis of variance needs two groups, a value in each, and more values than groups. Give more data."});
  }
  throw_if_errors(findings);
  d::Twice sum;
  for (const auto& group : groups) sum = sum + d::sum_of(group);
  const d::Twice mean = sum / d::count_of(n);
  d::Twice between;
  d::Twice within;
  for (const auto& group : groups) {
    const d::Twice own = d::mean_of(group);
    const d::Twice off = own - mean;
    between = between + off * off * d::count_of(group.size());
    within = within + d::squares_about(group, own);
  }
  OneWayAnova result;
  result.between = d::variation(between, groups.size() - 1);
  result.within = d::variation(within, n - groups.size());
  d::test_against(result.between, result.within);
  const d::Twice total = between + within;
  result.share_explained = total.value() > 0 ? (between / total).value() : 0;
  result.residual_deviation = std::sqrt(result.within.mean_square);
  return result;
}

inline TwoWayAnova two_way_anova(std::span<const double> values, std::size_t rows, std::size_t columns,
                                 std::size_t replicates) {
  namespace d = evaluate_detail;
  if (rows < 2 || columns < 2 || replicates == 0) {
    throw Error(ErrorCode::invalid_argument,
                {"双因素方差分析要求两个因素各有两个以上水平、每格至少一个值。请更正。",
                 "Two-way analysis needs two levels of each factor and a value in each cell. Correct them."});
  }
  if (values.size() / columns / replicates != rows || values.size() % (columns * replicates) != 0) {
    throw Error(ErrorCode::shape_mismatch,
                {"应有 行×列×重复 个值，现有 " + std::to_string(values.size()) + " 个。请检查。",
                 "Rows · columns · replicates values are wanted, and there are " + std::to_string(values.size()) +
                     ". Check them."});
  }
  Findings findings;
  d::check_finite(values, 0, findings);
  throw_if_errors(findings);
  const auto cell = [&](std::size_t row, std::size_t column) {
    return values.subspan((row * columns + column) * replicates, replicates);
  };
  const d::Twice mean = d::mean_of(values);
  std::vector<d::Twice> by_row(rows);
  std::vector<d::Twice> by_column(columns);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      const d::Twice sum = d::sum_of(cell(i, j));
      by_row[i] = by_row[i] + sum;
      by_column[j] = by_column[j] + sum;
    }
  }
  d::Twice first;
  d::Twice second;
  d::Twice together;
  d::Twice within;
  for (auto& sum : by_row) sum = sum / d::count_of(columns * replicates) - mean;
  for (auto& sum : by_column) sum = sum / d::count_of(rows * replicates) - mean;
  for (const auto& off : by_row) first = first + off * off * d::count_of(columns * replicates);
  for (const auto& off : by_column) second = second + off * off * d::count_of(rows * replicates);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      const d::Twice own = d::mean_of(cell(i, j));
      const d::Twice off = own - mean - by_row[i] - by_column[j];
      together = together + off * off * d::count_of(replicates);
      within = within + d::squares_about(cell(i, j), own);
    }
  }
  TwoWayAnova result;
  result.first = d::variation(first, rows - 1);
  result.second = d::variation(second, columns - 1);
  const std::size_t crossed = (rows - 1) * (columns - 1);
  if (replicates > 1) {
    result.together = d::variation(together, crossed);
    result.residual = d::variation(within, rows * columns * (replicates - 1));
    d::test_against(result.together, result.residual);
  } else {
    result.residual = d::variation(together, crossed);
  }
  d::test_against(result.first, result.residual);
  d::test_against(result.second, result.residual);
  return result;
}

}  // namespace v1
}  // namespace chainqual
