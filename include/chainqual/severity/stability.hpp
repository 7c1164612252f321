#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "chainqual/core/executor.hpp"
#include "chainqual/core/random.hpp"
#include "chainqual/severity/severity_model.hpp"

namespace chainqual {
inline namespace v1 {

/// A change of one score that changes the grade.
struct Flip {
  Dimension dimension = Dimension::impact;
  Rational from;
  Rational to;
  Severity result;
  friend bool operator==(const Flip&, const Flip&) = default;
};

/// What the grade becomes when one score moves by one point: only moves that change it, in the order impact −1, impact
/// +1, diffusion −1, … A move is cut at 1 and 5 (4.5 + 1 is 5), so a score at a bound moves one way only.
///
/// @param model  any model.
/// @param score  each dimension 1 … 5.
/// @throws as `SeverityModel::grade`.
/// @complexity  O(1): at most seven gradings.
/// @numerics    Exact.
/// @threads     Pure.
/// @source      Definition, no paper (one-at-a-time sensitivity).
/// @since 0.1, experimental.
[[nodiscard]] std::vector<Flip> score_flips(const SeverityModel& model, const Score& score);

/// How weight vectors are drawn about the model's own.
struct WeightStudy {
  std::uint64_t draws = 10'000;
  double concentration = 100;  ///< of the Dirichlet: a weight w has variance w (1 − w) / (concentration + 1)
  std::uint64_t seed = 1;
};

/// A share of draws with its uncertainty.
struct KeptShare {
  std::uint64_t draws = 0;
  std::uint64_t kept = 0;
  double share = 0;           ///< kept / draws
  double standard_error = 0;  ///< √(share (1 − share) / draws)
  double lower = 0;           ///< Wilson's interval, 95 %
  double upper = 1;
  friend bool operator==(const KeptShare&, const KeptShare&) = default;
};

/// One problem under varied weights.
struct ProblemStability {
  Severity severity;                      ///< by the model's own weights
  std::array<std::uint64_t, 4> grades{};  ///< draws by the number of the `Grade` they lead to
  KeptShare kept;                         ///< draws that keep the grade
  friend bool operator==(const ProblemStability&, const ProblemStability&) = default;
};

/// A set of problems under the same varied weights.
struct WeightStability {
  std::vector<ProblemStability> problems;
  KeptShare all_kept;  ///< draws under which every graded problem keeps its grade
  friend bool operator==(const WeightStability&, const WeightStability&) = default;
};

/// A weight vector in millionths: whole numbers with sum 1,000,000.
using MillionthWeights = std::array<std::uint32_t, 3>;

/// Draw `draw` of a study: Dirichlet(concentration · weights), rounded to millionths by largest remainder.
///
/// Rounding makes the weight vector itself exact, so that no decision under it passes through a double. A weight of 0
/// stays 0. The draw depends on (seed, draw) only.
///
/// @param weights  shares as `SeverityModel::weights` gives them.
/// @param study    concentration finite, > 0, at most 1e9.
/// @param draw     any number.
/// @throws Error{invalid_argument} concentration outside its domain.
/// @complexity  O(1) expected.
/// @numerics    The variates are doubles (see core/random.hpp); the result is integers with an exact sum.
/// @threads     Pure.
/// @source      Definition: independent gammas over their sum; Hamilton's rounding, ties to the earlier dimension.
/// @since 0.1, experimental.
[[nodiscard]] MillionthWeights draw_weights(const Weights& weights, const WeightStudy& study, std::uint64_t draw);

/// The share of weight vectors near the model's own under which problems keep their grades.
///
/// Every draw is applied to all problems (common random numbers), and decided by comparing whole numbers.
///
/// @param model    its weights are the centre; thresholds and rounding hold throughout.
/// @param scores   problems; none: not scored, stays ungraded in every draw and is left out of `all_kept`.
/// @param study    draws ≥ 1; else as `draw_weights`.
/// @param control  executor, cancel, progress.
/// @throws Error{invalid_value} a score outside 1 … 5: findings with rows. Error{invalid_argument} as `draw_weights`,
/// or
///         no draws. Error{overflow} the scores' common denominator is above 10^11. Error{cancelled} by `control`.
/// @complexity  O(problems · draws) time, O(problems · threads + draws) space.
/// @numerics    Decisions exact; counts, and so every number here, identical for any thread count.
/// @threads     Chunks of draws on the control's executor.
/// @source      Wilson, Journal of the American Statistical Association 22 (1927) 209, for the interval.
/// @since 0.1, experimental.
[[nodiscard]] WeightStability weight_stability(const SeverityModel& model, std::span<const std::optional<Score>> scores,
                                               const WeightStudy& study = {}, const Control& control = {});

/// Wilson's 95 % interval and the standard error of a share.
///
/// @param kept   ≤ draws.
/// @param draws  ≥ 1; with 0 draws nothing is known: share 0, interval 0 … 1.
/// @throws none.
/// @complexity  O(1).
/// @numerics    Doubles; the interval never leaves 0 … 1.
/// @threads     Pure.
/// @source      Wilson (1927), as above, z = 1.959964.
/// @since 0.1, experimental.
[[nodiscard]] KeptShare kept_share(std::uint64_t kept, std::uint64_t draws) noexcept;

}  // namespace v1
}  // namespace chainqual

#include "chainqual/severity/stability-inl.hpp"
