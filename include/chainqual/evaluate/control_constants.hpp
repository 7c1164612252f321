#pragma once

#include <cstddef>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// Factors of control charts for samples of n from a normal distribution, limits at three standard deviations.
struct ControlConstants {
  double d2 = 0;  ///< mean range / σ
  double d3 = 0;  ///< standard deviation of the range / σ
  double c4 = 0;  ///< mean of the sample's standard deviation / σ
  double a2 = 0;  ///< limits of means by the mean range: 3 / (d2 √n)
  double a3 = 0;  ///< limits of means by the mean deviation: 3 / (c4 √n)
  double b3 = 0;  ///< limits of deviations: max(0, 1 − 3 √(1 − c4²) / c4) …
  double b4 = 0;
  double d_lower = 0;  ///< limits of ranges, D3 of the tables: max(0, 1 − 3 d3 / d2) …
  double d_upper = 0;  ///< … and D4
};

/// c4(n) = √(2 / (n − 1)) Γ(n / 2) / Γ((n − 1) / 2).
///
/// @param n  of a sample, 2 or more.
/// @throws Error{invalid_argument} n below 2.
/// @complexity  O(1).
/// @numerics    Relative error about 1e-13 for n to 1000.
/// @threads     Pure.
/// @source  ASTM Manual on Presentation of Data and Control Chart Analysis (STP 15D).
/// @since 0.1, experimental.
[[nodiscard]] double deviation_bias(std::size_t n);

/// The factors for samples of n, computed from the distribution of the range and not from a table.
///
/// The range W of n standard normal values has P(W ≤ w) = n ∫ φ(x) (Φ(x + w) − Φ(x))^(n − 1) dx; d2 = E W and
/// d3² = Var W follow by integrating its tail.
///
/// @param n  of a sample, 2 … 100.
/// @throws Error{invalid_argument} n outside 2 … 100; of larger samples the range says little.
/// @complexity  O(1), about 30 000 values of the normal distribution.
/// @numerics    d2, d3 to about 1e-12 (the inner integral by the trapezoid rule, which converges faster than any power
///              for such integrands; the outer by Gauss–Legendre).
/// @threads     Pure.
/// @source  Tippett 1925, doi:10.1093/biomet/17.3-4.364 (moments of the range); names as in ASTM STP 15D.
/// @since 0.1, experimental.
[[nodiscard]] ControlConstants control_constants(std::size_t n);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/control_constants-inl.hpp"
