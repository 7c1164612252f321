#pragma once

// Sums over one row, and the spectral radius of a block of rows.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "chainqual/impact/rows-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// What one enterprise receives: its row's sum without its own entry, and that entry.
struct Received {
  double sum = 0;
  double self = 0;
};

inline Received receive(const Rows& rows, std::uint32_t v, const double* x, double start) noexcept {
  Received got{start, 0};
  for (auto k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
    const std::uint32_t u = rows.neighbours[k];
    if (u == v) {
      got.self = rows.weights[k];
    } else {
      got.sum += rows.weights[k] * x[u];
    }
  }
  return got;
}

/// x = (sum) / (1 − self), with self-supply eliminated; infinite when the enterprise feeds on itself alone.
inline double eliminate(const Received& got) noexcept {
  if (got.self == 0 || got.sum == 0) return got.sum;
  return got.self < 1 ? got.sum / (1 - got.self) : std::numeric_limits<double>::infinity();
}

/// Radius of one irreducible block between Collatz and Wielandt's bounds min and max of (Bx)_v / x_v, by power
/// iteration on B + I/2, which has no second eigenvalue of the same modulus. Source: Wielandt 1950,
/// doi:10.1007/BF02230720.
inline double block_radius(const Rows& rows, std::span<const std::uint32_t> nodes, std::vector<double>& x,
                           std::vector<double>& next, const Control& control) {
  constexpr double shift = 0.5;
  const std::uint32_t steps = nodes.size() > 10'000 ? 500 : 5'000;
  for (const auto v : nodes) x[v] = 1;
  double low = 0;
  double high = 0;
  for (std::uint32_t step = 0; step < steps; ++step) {
    throw_if_cancelled(control);
    low = std::numeric_limits<double>::infinity();
    high = 0;
    double largest = 0;
    for (const auto v : nodes) {
      const Received got = receive(rows, v, x.data(), 0);
      next[v] = got.sum + (got.self + shift) * x[v];
      low = std::min(low, next[v] / x[v]);
      high = std::max(high, next[v] / x[v]);
      largest = std::max(largest, next[v]);
    }
    // The floor keeps quotients defined where links of nearly no weight would let an entry underflow.
    for (const auto v : nodes) x[v] = std::max(next[v] / largest, 1e-290);
    if (high - low <= 1e-11 * high) break;
  }
  for (const auto v : nodes) x[v] = next[v] = 0;
  return std::max(0.0, (low + high) / 2 - shift);
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
