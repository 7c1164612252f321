#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// Numbers in rows and columns, by row.
struct DenseMatrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values;  ///< [rows · columns]

  [[nodiscard]] double operator()(std::size_t row, std::size_t column) const { return values[row * columns + column]; }
  friend bool operator==(const DenseMatrix&, const DenseMatrix&) = default;
};

/// One stage of a process: x_k = A_k x_(k−1) + B_k u_k, where x are deviations of the part's features from nominal and
/// u those that the stage itself brings (fixtures, tools, temperature).
struct DeviationStage {
  std::string name;
  DenseMatrix a;                     ///< n_k rows, n_(k−1) columns
  DenseMatrix b;                     ///< n_k rows, p_k columns; p_k may be 0
  std::vector<std::string> sources;  ///< [p_k] names
  std::vector<double> mean;          ///< [p_k] of u; empty: 0
  DenseMatrix covariance;            ///< [p_k · p_k] of u: symmetric, positive semidefinite
};

/// A process of stages and the part that comes in. Sources of different stages are independent.
struct DeviationProcess {
  std::vector<double> incoming_mean;  ///< [n_0], one or more
  DenseMatrix incoming_covariance;    ///< [n_0 · n_0]
  std::vector<DeviationStage> stages;
};

struct DeviationState {
  std::vector<double> mean;  ///< [n_k]
  DenseMatrix covariance;    ///< [n_k · n_k]
};

/// What one source brings to the finished part.
struct DeviationShare {
  std::size_t stage = 0;         ///< 0: the incoming part, k: stage k
  std::size_t source = 0;        ///< position in u_k, or in x_0
  std::vector<double> mean;      ///< [n] of the finished part's mean
  std::vector<double> variance;  ///< [n] of its variances; below 0 only where sources of a stage are correlated
};

struct DeviationResult {
  std::vector<DeviationState> states;  ///< after each stage; the first is the incoming part
  std::vector<DeviationShare> shares;  ///< sum to the finished part's means and variances
  std::vector<double> stage_share;     ///< [stages + 1] of the sum of its variances; all 0 where nothing varies
};

/// Propagates deviations through the stages, with covariance and attribution.
///
/// Σ_k = A_k Σ_(k−1) A_kᵀ + B_k U_k B_kᵀ. With G the effect of a stage's sources on the finished part, source s brings
/// G_is (U Gᵀ)_si to variance i, which is G_is² U_ss where the stage's sources are uncorrelated. Singular A_k are
/// right: a stage may cut a deviation away.
///
/// @param process  one stage or more.
/// @throws Error{invalid_argument} no stages or no features. @throws Error{shape_mismatch} matrices that do not fit.
/// @throws Error{invalid_value} entries that are not finite, covariances that are not symmetric or not positive
/// semidefinite (to 1e-9 of their largest entry); all at once.
/// @complexity  O(stages · n³).
/// @numerics    Double; products in stage order, covariances made symmetric at each stage.
/// @threads     Pure.
/// @source  Jin & Shi 1999, Journal of Manufacturing Science and Engineering 121 (state space model of multistage
/// assembly).
/// @since 0.1, experimental.
[[nodiscard]] DeviationResult propagate_deviations(const DeviationProcess& process);

/// Finds the sources' means from measured means of the finished part: least squares, incoming means being known.
///
/// @param process   the means of its sources are not read.
/// @param measured  [n] means of the finished part.
/// @return Means by source: stage 1's sources, then stage 2's …
/// @throws As propagate_deviations. @throws Error{no_solution} the sources cannot be told apart by what is measured:
/// their effects are linearly dependent; one that depends on the others is named.
/// @complexity  O(n p²). @numerics QR with column pivoting, Eigen's threshold. @threads Pure.
/// @source  Zhou, Ding, Chen & Shi 2003, Technometrics 45 (diagnosability). @since 0.1, experimental.
[[nodiscard]] std::vector<double> locate_sources(const DeviationProcess& process, std::span<const double> measured);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/deviation-inl.hpp"
