#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// What a characteristic may be; one limit at least.
struct SpecificationLimits {
  std::optional<double> lower;
  std::optional<double> upper;
};

/// An index and the interval that holds the process's own with the confidence asked for.
struct CapabilityIndex {
  double value = 0;
  double from = 0;
  double to = 0;
};

/// How well a spread fits between limits, by one estimate of σ.
struct CapabilityIndices {
  double sigma = 0;
  double degrees = 0;                        ///< of freedom of sigma
  std::optional<CapabilityIndex> potential;  ///< Cp or Pp: (U − L) / 6σ; none with one limit
  CapabilityIndex actual;                    ///< Cpk or Ppk: the nearer limit's distance from the mean / 3σ
  double expected_below = 0;                 ///< share below the lower limit where values are normal
  double expected_above = 0;
};

struct Capability {
  std::size_t count = 0;
  double mean = 0;
  CapabilityIndices within;   ///< Cp, Cpk: by the spread within samples
  CapabilityIndices overall;  ///< Pp, Ppk: by the spread of all values
  double seen_outside = 0;    ///< share of the values outside the limits
};

/// Indices from a mean and a standard deviation, for figures that come from elsewhere.
///
/// Cp: value √(χ²(α/2, ν) / ν) … value √(χ²(1 − α/2, ν) / ν). Cpk: value (1 ± z √(1 / (9 n value²) + 1 / (2ν))), which
/// is approximate. Where sigma is 0 an index is +∞ (the mean within), −∞ (outside) or 0 (on a limit), the interval too.
///
/// @param mean, sigma  of the process; sigma ≥ 0.
/// @param degrees      of freedom of sigma, positive.
/// @param count        values behind the mean, 1 or more.
/// @param limits       one limit at least, the lower below the upper.
/// @param confidence   in (0, 1).
/// @throws Error{invalid_argument} any of these out of its range.
/// @complexity  O(1).
/// @numerics    Quantiles of Boost.Math to full double precision.
/// @threads     Pure.
/// @source  Kane 1986 (indices); Montgomery, Introduction to Statistical Quality Control, section 8.3 (interval of Cp);
///          Bissell 1990, Applied Statistics 39 (of Cpk).
/// @since 0.1, experimental.
[[nodiscard]] CapabilityIndices capability_indices(double mean, double sigma, double degrees, std::size_t count,
                                                   const SpecificationLimits& limits, double confidence = 0.95);

/// Capability from samples: σ within is pooled, √(Σ (n_i − 1) s_i² / Σ (n_i − 1)), with Σ (n_i − 1) degrees.
///
/// @param samples  one or more, each of two values or more.
/// @throws Error{invalid_argument} as capability_indices; no samples, or one of a single value.
/// @throws Error{invalid_value} values that are not finite; all at once.
/// @complexity  O(values). @numerics Sums in twice double's precision. @threads Pure.
/// @source  As capability_indices; pooling as ISO 22514-2:2017. @since 0.1, experimental.
[[nodiscard]] Capability capability(std::span<const std::vector<double>> samples, const SpecificationLimits& limits,
                                    double confidence = 0.95);

/// Capability from single values in the order of making: σ within is the mean moving range / d2(2). Its degrees are
/// those of a χ² with the same variance, d2² / (2 Var), where of m = n − 1 moving ranges of independent normal values
/// Var = ((2 − 4/π) m + 2 (m − 1) c) / m² and c = (4/π)(√3/2 + π/12 − 1).
///
/// @param values  three or more.
/// @throws Error{invalid_argument} as capability_indices, or fewer than three values. @throws Error{invalid_value} not
/// finite. @complexity O(n). @numerics As the other. @threads Pure.
/// @source  Variance from the absolute moments of the bivariate normal law with correlation −1/2 (Nabeya 1951,
///          Annals of the Institute of Statistical Mathematics 3). @since 0.1, experimental.
[[nodiscard]] Capability capability(std::span<const double> values, const SpecificationLimits& limits,
                                    double confidence = 0.95);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/capability-inl.hpp"
