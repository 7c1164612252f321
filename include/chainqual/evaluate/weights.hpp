#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// Weights from pairwise judgements, and how far the judgements fit together.
struct PairwiseWeights {
  std::vector<double> weights;    ///< [n] positive, sum 1
  double largest_eigenvalue = 0;  ///< n where the judgements are consistent
  double consistency_index = 0;   ///< (λ − n) / (n − 1)
  double consistency_ratio = 0;   ///< index / that of random judgements; 0 for n below 3
  std::size_t worst_row =
      0;  ///< the judgement farthest from what the weights say: a(row, column) beside w(row) / w(column)
  std::size_t worst_column = 0;  ///< equal to worst_row where all judgements fit exactly
  double worst_implied = 1;      ///< w(row) / w(column) of that judgement
};

/// Whether judgements that do not fit together are an error.
enum class Inconsistency : std::uint8_t { refuse, report };

/// Weights by the analytic hierarchy process: the principal eigenvector of a reciprocal matrix of judgements.
///
/// @param judgements  [n · n] by row, a(i, j) = how many times as important i is as j; a(i, i) = 1, a(j, i) = 1 / a(i,
/// j).
///                    One of a pair may be blank (NaN). Where both are given the larger counts, and the smaller is its
///                    reciprocal as written with two decimals or more: 0.33 for 1/3.
/// @param names       [n] for messages; empty: numbers from 1.
/// @param inconsistency  refuse: a ratio above 0.1 is an error that names the judgement which fits least; report: given
///                    back as it is.
/// @throws Error{shape_mismatch}   the matrix is not square, or `names` is of another length.
/// @throws Error{invalid_value}    all at once: entries that are not positive and finite, pairs that are not
/// reciprocal.
/// @throws Error{invalid_argument} more than 15 rows, for which there is no random index; none at all; or inconsistent.
/// @complexity  O(n² · iterations), some dozens of iterations.
/// @numerics    Power iteration in double to a relative change of 1e-14; weights to about 1e-13.
/// @threads     Pure.
/// @source  Saaty 1980, The Analytic Hierarchy Process; random indices of its table for n up to 15.
/// @since 0.1, experimental.
[[nodiscard]] PairwiseWeights pairwise_weights(std::span<const double> judgements,
                                               std::span<const std::string> names = {},
                                               Inconsistency inconsistency = Inconsistency::refuse);

/// Weights of indicators by their entropy: the more an indicator tells the rows apart, the more it weighs.
///
/// Of indicator j, p(i) = x(i, j) / Σ x(·, j), e = −Σ p ln p / ln rows, and weights ∝ 1 − e. An indicator that is the
/// same everywhere tells nothing and weighs 0; where all are, all weigh the same.
///
/// @param values   [rows · columns] by row, non-negative and finite, larger is better.
/// @param columns  indicators, at least 1.
/// @return [columns] weights ≥ 0, sum 1.
/// @throws Error{shape_mismatch}   the length is no multiple of `columns`.
/// @throws Error{invalid_value}    a value is negative or not finite, or a column is 0 throughout; all at once.
/// @throws Error{invalid_argument} no columns, or fewer than two rows.
/// @complexity  O(rows · columns).
/// @numerics    Sums in row order; identical on any machine up to the library's logarithm.
/// @threads     Pure.
/// @source  Shannon 1948 for the entropy; the weighting is the usual one of multi-criteria evaluation.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<double> entropy_weights(std::span<const double> values, std::size_t columns);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/weights-inl.hpp"
