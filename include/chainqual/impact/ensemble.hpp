#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/impact/propagation.hpp"

namespace chainqual {
inline namespace v1 {

/// How an uncertain parameter is spread over its range.
enum class Spreading : std::uint8_t { uniform, triangular, log_uniform };

template <>
struct Names<Spreading> {
  static constexpr std::array<Name<Spreading>, 3> table{{
      {Spreading::uniform, "uniform", "均匀分布", "uniform"},
      {Spreading::triangular, "triangular", "三角分布", "triangular"},
      {Spreading::log_uniform, "log_uniform", "对数均匀分布", "log-uniform"},
  }};
};

/// A parameter that is not known exactly.
struct UncertainParameter {
  std::string name;
  double low = 0;
  double high = 1;
  Spreading spreading = Spreading::uniform;
  double mode = 0;  ///< of the triangle, in [low, high]; else not read
  friend bool operator==(const UncertainParameter&, const UncertainParameter&) = default;
};

/// Values of several parameters in several samples.
struct ParameterSamples {
  std::size_t samples = 0;
  std::size_t parameters = 0;
  std::vector<double> values;  ///< [samples × parameters], one sample after another
  [[nodiscard]] std::span<const double> sample(std::size_t k) const noexcept {
    return {values.data() + k * parameters, parameters};
  }
};

/// Latin hypercube: every parameter falls once into each of `samples` strata of equal probability.
///
/// Parameter p of sample k lies at quantile (π_p(k) + u) / samples, π_p a shuffle of 0 … samples − 1 drawn from
/// Stream(seed, 0, p, 0) and u uniform from Stream(seed, 1, p, k). So a parameter keeps its values when others are
/// added behind it.
///
/// @param parameters  [k] ranges with low ≤ high, finite; log-uniform needs low > 0.
/// @param samples     > 0.
/// @param seed        of the streams.
/// @return values [samples × k].
/// @throws Error{invalid_value}     a range that is none; the parameter is named.
/// @throws Error{invalid_argument}  no samples. std::bad_alloc.
/// @complexity O(samples · k).
/// @numerics   Quantiles in closed form, in double.
/// @threads    No shared state.
/// @source     McKay, Beckman & Conover 1979, doi:10.1080/00401706.1979.10489755.
/// @since 0.1, experimental.
[[nodiscard]] ParameterSamples latin_hypercube(std::span<const UncertainParameter> parameters, std::size_t samples,
                                               std::uint64_t seed);

/// A number over the samples of an ensemble.
struct Spread {
  double mean = 0;
  double deviation = 0;       ///< sample standard deviation, 0 for a single sample
  double standard_error = 0;  ///< deviation / √samples; above the truth for Latin hypercubes of monotone models
  double least = 0;
  double most = 0;
  std::vector<double> quantiles;  ///< at the shares asked for
};

struct EnsembleOptions {
  std::vector<double> quantiles{0.05, 0.5, 0.95};  ///< shares in [0, 1]
  bool by_enterprise = true;                       ///< losses of every enterprise too: 8 bytes a sample and enterprise
};

/// What many runs of a model say together.
struct EnsembleResult {
  std::size_t samples = 0;
  std::vector<double> shares;   ///< of the quantiles
  std::vector<double> indices;  ///< [samples] index of each run
  Spread index;
  Spread index_downstream;
  Spread index_upstream;
  std::vector<double> mean;       ///< [n] of the combined loss; empty without `by_enterprise`
  std::vector<double> deviation;  ///< [n]
  std::vector<double> quantiles;  ///< [shares × n], one share after another
  std::size_t not_converged = 0;  ///< runs that met their cap on steps first
};

/// Runs a model once per sample and sums up what came out.
///
/// @param samples  > 0; run(k, control) is called for k = 0 … samples − 1 from several threads at once, in any order,
///                 and must not depend on the order.
/// @param run      callable as run(std::size_t sample, const Control& control) → Propagation (or a result derived from
///                 it); all of one length.
/// @param options  quantiles.
/// @param control  executor over samples, cancel, progress; each run gets the executor's inline form and the token.
/// @return means, deviations, quantiles (linear between order statistics: Hyndman & Fan's type 7, NumPy's default).
/// @throws Error{invalid_argument}  no samples, or a share of a quantile outside [0, 1].
/// @throws Error{shape_mismatch}    runs of different length. Error{cancelled}; whatever `run` throws.
/// @complexity O(samples · (run + n log samples)) time.
/// @numerics   Sums in double in the order of samples: same bits for any thread count.
/// @threads    See `run`.
/// @source     Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566.
/// @since 0.1, experimental.
template <class Run>
[[nodiscard]] EnsembleResult ensemble(std::size_t samples, Run&& run, const EnsembleOptions& options = {},
                                      const Control& control = {});

/// Mean difference of two ensembles whose k-th samples share their random numbers.
struct PairedDifference {
  double mean = 0;            ///< of second − first
  double standard_error = 0;  ///< of the mean, from the paired differences
  double share_below = 0;     ///< samples in which the second lies below the first
};

/// @param first, second  indices of two ensembles of the same samples, in the same order.
/// @throws Error{shape_mismatch} their lengths differ or are 0.
/// @complexity O(samples).
/// @numerics   Sums in double in the order of samples.
/// @threads    No shared state.
/// @source     Definition: common random numbers.
/// @since 0.1, experimental.
[[nodiscard]] PairedDifference paired_difference(std::span<const double> first, std::span<const double> second);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/impact/ensemble-inl.hpp"
