#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// What a series of measurements is like.
struct SeriesSummary {
  std::size_t count = 0;
  double mean = 0;
  double deviation = 0;        ///< standard deviation with n − 1; 0 for one value
  double autocorrelation = 0;  ///< of lag 1; 0 where it is undefined: one value, or all the same
  double least = 0;
  double largest = 0;
};

/// Mean, standard deviation, lag-1 autocorrelation and range of a series.
///
/// @param values  [n] finite, n ≥ 1.
/// @throws Error{invalid_argument} no values. @throws Error{invalid_value} a value is not finite; all are told.
/// @complexity  O(n).
/// @numerics    Sums in twice the precision of double: what the doubles hold is summed to about 30 digits, then
/// rounded. Of NIST's certified figures it reaches 14 digits on Lew, 15.6 on NumAcc1 and 2; on NumAcc3 and 4, whose
/// tenths a double beside a million or ten millions holds to 9 and 8 digits, deviations to 9.5 and 8.3.
/// @threads     Pure.
/// @source  Definitions as in NIST's Statistical Reference Datasets, univariate.
/// @since 0.1, experimental.
[[nodiscard]] SeriesSummary summarise(std::span<const double> values);

/// One source of variation.
struct Variation {
  double sum_of_squares = 0;
  double degrees = 0;      ///< of freedom
  double mean_square = 0;  ///< sum / degrees; 0 without degrees
  double f = 0;            ///< mean square / residual mean square; infinite where nothing is left over, NaN for 0 / 0
  double p_value = 1;      ///< chance of such an F or a larger one without any effect; NaN where F is
};

/// Whether groups differ by more than chance.
struct OneWayAnova {
  Variation between;
  Variation within;               ///< its f and p_value stay 0 and 1
  double share_explained = 0;     ///< R²: between / total; 0 where nothing varies
  double residual_deviation = 0;  ///< √ mean square within
};

/// One-way analysis of variance.
///
/// @param groups  two or more, each with a value or more, and more values than groups in all.
/// @throws Error{invalid_argument} too few groups or values, or an empty group. @throws Error{invalid_value} not
/// finite.
/// @complexity  O(n).
/// @numerics    As summarise; on the doubles given the figures are right to about 15 digits however large the mean.
/// Of NIST's certified figures it reaches 13 digits on SiRstv, 15.6 on SmLs01 … 03; on AtmWtAg 10.1 and without its
/// constant 14.5, on SmLs04 … 06 10.2 and on SmLs07 … 09 4.2, which is what a double keeps of such data.
/// @threads     Pure.
/// @source  Fisher 1925; p from Boost.Math's Fisher F distribution.
/// @since 0.1, experimental.
[[nodiscard]] OneWayAnova one_way_anova(std::span<const std::vector<double>> groups);

/// Two factors and how they work together.
struct TwoWayAnova {
  Variation first;
  Variation second;
  Variation together;  ///< interaction; all zero without replication, where it is what is left over
  Variation residual;
};

/// Two-way analysis of variance of a balanced design.
///
/// @param values  [rows · columns · replicates]: the replicates of (row, column) stand together, then columns, then
/// rows.
/// @param rows, columns  levels of the first and second factor, 2 or more each.
/// @param replicates     values of each pair, 1 or more.
/// @throws Error{shape_mismatch} another number of values. @throws Error{invalid_argument} fewer than two levels, or no
///         replicates. @throws Error{invalid_value} not finite.
/// @complexity  O(values).
/// @numerics    As summarise.
/// @threads     Pure.
/// @source  Fisher 1925; p from Boost.Math's Fisher F distribution.
/// @since 0.1, experimental.
[[nodiscard]] TwoWayAnova two_way_anova(std::span<const double> values, std::size_t rows, std::size_t columns,
                                        std::size_t replicates);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/anova-inl.hpp"
