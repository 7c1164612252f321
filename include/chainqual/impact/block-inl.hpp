#pragma once

// One cyclic component on its own: rows side by side in the order to solve in, all that comes from outside summed up.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/impact/rows-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Sum of one row apart from its own entry, and that entry.
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

/// x = sum / (1 − self), with self-supply eliminated; infinite when the enterprise feeds on itself alone.
inline double eliminate(const Received& got) noexcept {
  if (got.self == 0 || got.sum == 0) return got.sum;
  return got.self < 1 ? got.sum / (1 - got.self) : std::numeric_limits<double>::infinity();
}

/// Members are numbered 0 … size − 1 in the order of the component. Refilled for one component after another.
class Block {
 public:
  explicit Block(const Rows& rows) : rows_(&rows), place_(rows.size(), none) {}

  /// Takes up `nodes`. What lies outside hands on `x`, and each member has its own `shock`; without them nothing comes
  /// from outside.
  void fill(std::span<const std::uint32_t> nodes, std::span<const double> shock, const double* x) {
    for (std::size_t k = 0; k < nodes.size(); ++k) place_[nodes[k]] = static_cast<std::uint32_t>(k);
    std::uint64_t most = 0;
    for (const auto v : nodes) most += rows_->offsets[v + 1] - rows_->offsets[v];
    if (ids_.size() < most) {
      ids_ = LargeArray<std::uint32_t>(most);
      weights_ = LargeArray<double>(most);
    }
    offsets_.assign(1, 0);
    given_.assign(nodes.size(), 0.0);
    self_.assign(nodes.size(), 0.0);
    std::uint64_t at = 0;
    for (std::size_t k = 0; k < nodes.size(); ++k) {
      const std::uint32_t v = nodes[k];
      double outside = shock.empty() ? 0 : shock[v];
      for (auto e = rows_->offsets[v]; e < rows_->offsets[v + 1]; ++e) {
        const std::uint32_t u = rows_->neighbours[e];
        if (u == v) {
          self_[k] = rows_->weights[e];
        } else if (place_[u] != none) {
          ids_[at] = place_[u];
          weights_[at++] = rows_->weights[e];
        } else if (x != nullptr) {
          outside += rows_->weights[e] * x[u];
        }
      }
      given_[k] = outside;
      offsets_.push_back(at);
    }
    for (const auto v : nodes) place_[v] = none;
  }

  [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(given_.size()); }
  [[nodiscard]] const std::vector<double>& given() const noexcept { return given_; }
  [[nodiscard]] double self(std::uint32_t k) const noexcept { return self_[k]; }
  [[nodiscard]] std::span<const std::uint32_t> ids(std::uint32_t k) const noexcept {
    return {ids_.data() + offsets_[k], offsets_[k + 1] - offsets_[k]};
  }
  [[nodiscard]] std::span<const double> weights(std::uint32_t k) const noexcept {
    return {weights_.data() + offsets_[k], offsets_[k + 1] - offsets_[k]};
  }

  /// start + Σ weight · x over the other members.
  [[nodiscard]] double sum(std::uint32_t k, const double* x, double start) const noexcept {
    for (auto e = offsets_[k]; e < offsets_[k + 1]; ++e) start += weights_[e] * x[ids_[e]];
    return start;
  }

  /// What member k comes to when the others have `x`.
  [[nodiscard]] double value(std::uint32_t k, const double* x) const noexcept {
    return eliminate({sum(k, x, given_[k]), self_[k]});
  }

  /// Spectral radius between Collatz and Wielandt's bounds min and max of (Bx)_k / x_k, by power iteration on B + I/2,
  /// which has no second eigenvalue of the same modulus. Source: Wielandt 1950, doi:10.1007/BF02230720.
  [[nodiscard]] double radius(const Control& control) const {
    constexpr double shift = 0.5;
    const std::uint32_t steps = size() > 10'000 ? 500 : 5'000;
    std::vector<double> x(size(), 1.0);
    std::vector<double> next(size(), 0.0);
    double low = 0;
    double high = 0;
    for (std::uint32_t step = 0; step < steps; ++step) {
      throw_if_cancelled(control);
      low = std::numeric_limits<double>::infinity();
      high = 0;
      double largest = 0;
      for (std::uint32_t k = 0; k < size(); ++k) {
        next[k] = sum(k, x.data(), 0) + (self_[k] + shift) * x[k];
        low = std::min(low, next[k] / x[k]);
        high = std::max(high, next[k] / x[k]);
        largest = std::max(largest, next[k]);
      }
      // The floor keeps quotients defined where links of nearly no weight would let an entry underflow.
      for (std::uint32_t k = 0; k < size(); ++k) x[k] = std::max(next[k] / largest, 1e-290);
      if (high - low <= 1e-11 * high) break;
    }
    return std::max(0.0, (low + high) / 2 - shift);
  }

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  const Rows* rows_;
  std::vector<std::uint32_t> place_;  // by enterprise; `none` outside `fill`
  std::vector<std::uint64_t> offsets_;
  LargeArray<std::uint32_t> ids_;
  LargeArray<double> weights_;
  std::vector<double> given_;
  std::vector<double> self_;
};

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
