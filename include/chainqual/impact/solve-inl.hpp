#pragma once

// Solves x = s + R x, or its least capped fixed point, over prepared rows.

#include <Eigen/SparseLU>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "chainqual/impact/components-inl.hpp"
#include "chainqual/impact/radius-inl.hpp"
#include "chainqual/impact/rows-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// A direction prepared for solving: rows, order, and the spectral radius once it is asked for.
class LinearSystem {
 public:
  LinearSystem(const Network& net, Along along, Side side) : LinearSystem(make_rows(net, along, side), along) {}
  LinearSystem(Rows rows, Along along) : rows_(std::move(rows)), order_(solve_order(rows_)), along_(along) {}

  [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
  [[nodiscard]] const Rows& rows() const noexcept { return rows_; }
  [[nodiscard]] const SolveOrder& order() const noexcept { return order_; }

  /// Spectral radius of the rows. @throws Error{cancelled}
  [[nodiscard]] double spectral_radius(const Control& control) const;

  /// Solves for `shock`, writing `loss` [n]. @throws Error{no_solution, cancelled}
  LinearRun solve(std::span<const double> shock, std::span<double> loss, const LinearOptions& options,
                  const Control& control) const;

 private:
  class Solver;
  Rows rows_;
  SolveOrder order_;
  Along along_;
};

inline double LinearSystem::spectral_radius(const Control& control) const {
  double radius = 0;
  std::vector<double> x;
  std::vector<double> next;
  for (std::uint32_t v = 0; v < rows_.size(); ++v) {
    for (auto k = rows_.offsets[v]; k < rows_.offsets[v + 1]; ++k) {
      if (rows_.neighbours[k] == v) radius = std::max(radius, rows_.weights[k]);
    }
  }
  if (order_.cyclic.empty()) return radius;
  // Entries outside the block under way are 0, so rows may run over all their neighbours.
  x.assign(rows_.size(), 0.0);
  next.assign(rows_.size(), 0.0);
  for (const Component& part : order_.cyclic) {
    const std::span<const std::uint32_t> nodes(order_.nodes.data() + part.begin, part.end - part.begin);
    radius = std::max(radius, block_radius(rows_, nodes, x, next, control));
  }
  return radius;
}

/// One solution under way.
///
/// A component that receives anything has exactly one capped fixed point x > 0 (F is concave and grows with x, F(0) ≠
/// 0, and every member draws on every other): if y were another and t > 1 its largest ratio y_v / x_v, then v neither
/// receives from outside nor is capped, and the same t holds for all that v draws on, so for all; but some member
/// receives. So whatever leads to a fixed point leads to the least one, and three ways are used, the cheapest first:
/// all stand still; Gauss–Seidel from below; and, where that is slow, the right set of capped members with a linear
/// solve for the rest.
class LinearSystem::Solver {
 public:
  Solver(const LinearSystem& system, std::span<const double> shock, std::span<double> x, const LinearOptions& options,
         const Control& control)
      : rows_(system.rows_), order_(system.order_), shock_(shock), x_(x.data()), options_(options), control_(control) {}

  LinearRun run() {
    LinearRun result;
    result.sweeps = 1;
    std::uint32_t at = 0;
    auto cyclic = order_.cyclic.begin();
    const auto size = static_cast<std::uint32_t>(order_.nodes.size());
    Progress progress(control_, size);
    while (at < size) {
      if (cyclic != order_.cyclic.end() && cyclic->begin == at) {
        component(*cyclic, result);
        progress.add(cyclic->end - at);
        at = cyclic->end;
        ++cyclic;
        continue;
      }
      const std::uint32_t next_cyclic = cyclic != order_.cyclic.end() ? cyclic->begin : size;
      const std::uint32_t end = std::min(next_cyclic, at + std::min(size - at, std::uint32_t{1} << 16U));
      throw_if_cancelled(control_);
      progress.add(end - at);
      for (; at < end; ++at) x_[order_.nodes[at]] = value_at(order_.nodes[at]);
    }
    progress.finish();
    return result;
  }

 private:
  [[nodiscard]] double value_at(std::uint32_t v) const noexcept {
    const double value = eliminate(receive(rows_, v, x_, shock_[v]));
    return options_.capped ? std::min(value, 1.0) : value;
  }

  void component(const Component& part, LinearRun& result) {
    throw_if_cancelled(control_);
    const std::span<const std::uint32_t> nodes(order_.nodes.data() + part.begin, part.end - part.begin);
    for (const auto v : nodes) x_[v] = 0;
    bool idle = true;
    for (const auto v : nodes) idle = idle && receive(rows_, v, x_, shock_[v]).sum == 0;
    if (idle || (options_.capped && stands_still(nodes))) return;
    if (!options_.capped && nodes.size() <= largest_direct && direct(nodes)) return;
    iterate(nodes, result);
  }

  /// Whether all members at a loss of 1 keep each other there; leaves them there, else at 0.
  bool stands_still(std::span<const std::uint32_t> nodes) {
    for (const auto v : nodes) x_[v] = 1;
    const bool still = std::all_of(nodes.begin(), nodes.end(), [&](std::uint32_t v) { return reaches_cap(v); });
    if (!still) {
      for (const auto v : nodes) x_[v] = 0;
    }
    return still;
  }

  /// Shares of a need sum to 1 only up to rounding, which a large component would amplify.
  [[nodiscard]] bool reaches_cap(std::uint32_t v) const noexcept {
    return eliminate(receive(rows_, v, x_, shock_[v])) >= 1 - 1e-13;
  }

  /// Eigen's sparse LU on one block. False, with x untouched, where rounding left no usable answer.
  bool direct(std::span<const std::uint32_t> nodes) {
    if (place_.empty()) place_.assign(rows_.size(), none);
    for (std::size_t k = 0; k < nodes.size(); ++k) place_[nodes[k]] = static_cast<std::uint32_t>(k);
    std::vector<Eigen::Triplet<double>> entries;
    Eigen::VectorXd right(static_cast<Eigen::Index>(nodes.size()));
    for (std::size_t k = 0; k < nodes.size(); ++k) {
      const std::uint32_t v = nodes[k];
      double sum = shock_[v];
      double self = 0;
      for (auto e = rows_.offsets[v]; e < rows_.offsets[v + 1]; ++e) {
        const std::uint32_t u = rows_.neighbours[e];
        if (u == v) {
          self = rows_.weights[e];
        } else if (place_[u] != none) {
          entries.emplace_back(static_cast<int>(k), static_cast<int>(place_[u]), -rows_.weights[e]);
        } else {
          sum += rows_.weights[e] * x_[u];
        }
      }
      entries.emplace_back(static_cast<int>(k), static_cast<int>(k), 1 - self);
      right[static_cast<Eigen::Index>(k)] = sum;
    }
    for (const auto v : nodes) place_[v] = none;
    const auto size = static_cast<Eigen::Index>(nodes.size());
    Eigen::SparseMatrix<double> matrix(size, size);
    matrix.setFromTriplets(entries.begin(), entries.end());
    Eigen::SparseLU<Eigen::SparseMatrix<double>> factors(matrix);
    if (factors.info() != Eigen::Success) return false;
    const Eigen::VectorXd solution = factors.solve(right);
    if (!solution.allFinite() || solution.minCoeff() < 0) return false;
    for (std::size_t k = 0; k < nodes.size(); ++k) x_[nodes[k]] = solution[static_cast<Eigen::Index>(k)];
    return true;
  }

  void iterate(std::span<const std::uint32_t> nodes, LinearRun& result) {
    constexpr std::uint32_t patience = 40;
    std::uint32_t sweep = 0;
    double change = 0;
    bool settled = false;
    while (sweep < options_.max_sweeps && !settled) {
      if (sweep == patience) sweep += jump(nodes, options_.max_sweeps - sweep);
      throw_if_cancelled(control_);
      const Swept swept = gauss_seidel(nodes);
      ++sweep;
      change = swept.change;
      settled = change <= options_.tolerance * swept.largest;
    }
    result.converged = result.converged && settled;
    result.sweeps = std::max(result.sweeps, sweep);
    result.last_change = std::max(result.last_change, change);
  }

  struct Swept {
    double change = 0;   ///< largest change of a loss
    double largest = 0;  ///< largest loss
  };

  Swept gauss_seidel(std::span<const std::uint32_t> nodes) noexcept {
    Swept swept;
    for (const auto v : nodes) {
      const double value = value_at(v);
      swept.change = std::max(swept.change, std::abs(value - x_[v]));
      swept.largest = std::max(swept.largest, value);
      x_[v] = value;
    }
    return swept;
  }

  /// Solves for the members below the cap, the others being at it, and lets go those that the answer takes below it,
  /// until none is. From x = 1 downwards every answer lies above the next one and above the fixed point. Returns the
  /// sweeps that this cost; where a linear solve fails, Gauss–Seidel goes on from where it came.
  std::uint32_t jump(std::span<const std::uint32_t> nodes, std::uint32_t most_sweeps) {
    std::vector<double> before;
    for (const auto v : nodes) before.push_back(x_[v]);
    std::vector<std::uint32_t> free(options_.capped ? std::vector<std::uint32_t>{}
                                                    : std::vector<std::uint32_t>(nodes.begin(), nodes.end()));
    if (options_.capped) {
      for (const auto v : nodes) x_[v] = 1;
    }
    std::uint32_t sweeps = 0;
    bool solved = true;
    for (;;) {
      if (options_.capped) {
        std::vector<std::uint32_t> below;
        for (const auto v : nodes) {
          if (!reaches_cap(v)) below.push_back(v);
        }
        ++sweeps;
        if (below.size() <= free.size()) break;
        free = std::move(below);
      }
      solved =
          sweeps < most_sweeps && (free.size() <= largest_direct ? direct(free) : krylov(free, most_sweeps, sweeps));
      if (!solved || !options_.capped) break;
    }
    if (!solved) {
      for (std::size_t k = 0; k < nodes.size(); ++k) x_[nodes[k]] = before[k];
    }
    return std::min(sweeps, most_sweeps - 1);
  }

  /// Product of the block of `free` rows with `from`, which is 0 elsewhere: to = from − R from.
  void multiply(std::span<const std::uint32_t> free, const std::vector<double>& from, std::vector<double>& to) {
    throw_if_cancelled(control_);
    for (const auto v : free) to[v] = from[v] - eliminate(receive(rows_, v, from.data(), 0));
  }

  /// BiCGSTAB on the block of `free`, the rest of x being given. Source: van der Vorst 1992, doi:10.1137/0913035.
  /// False, with x as it was, where it breaks down.
  bool krylov(std::span<const std::uint32_t> free, std::uint32_t most_sweeps, std::uint32_t& sweeps) {
    const std::size_t n = rows_.size();
    std::vector<double> r(n, 0.0), r0(n, 0.0), p(n, 0.0), q(n, 0.0), t(n, 0.0), y(n, 0.0);
    const auto dot = [&](const std::vector<double>& a, const std::vector<double>& b) {
      double sum = 0;
      for (const auto v : free) sum += a[v] * b[v];
      return sum;
    };
    for (const auto v : free) {
      y[v] = x_[v];
      r[v] = eliminate(receive(rows_, v, x_, shock_[v])) - x_[v];
    }
    r0 = r;
    p = r;
    double rho = dot(r, r);
    const double wanted = 1e-28 * rho;
    while (rho != 0 && sweeps + 2 <= most_sweeps) {
      multiply(free, p, q);
      const double alpha = rho / dot(r0, q);
      for (const auto v : free) r[v] -= alpha * q[v];
      multiply(free, r, t);
      sweeps += 2;
      const double length = dot(t, t);
      const double omega = length > 0 ? dot(t, r) / length : 0;
      for (const auto v : free) {
        y[v] += alpha * p[v] + omega * r[v];
        r[v] -= omega * t[v];
      }
      const double left = dot(r, r);
      if (!std::isfinite(left)) return false;
      if (left <= wanted) break;
      const double next = dot(r0, r);
      if (next == 0 || omega == 0) break;
      const double beta = next / rho * (alpha / omega);
      for (const auto v : free) p[v] = r[v] + beta * (p[v] - omega * q[v]);
      rho = next;
    }
    for (const auto v : free) {
      if (!std::isfinite(y[v])) return false;
    }
    for (const auto v : free) x_[v] = std::max(y[v], 0.0);
    return true;
  }

  static constexpr std::size_t largest_direct = 400;
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  const Rows& rows_;
  const SolveOrder& order_;
  std::span<const double> shock_;
  double* x_;
  const LinearOptions& options_;
  const Control& control_;
  std::vector<std::uint32_t> place_;  // `none` outside direct
};

[[noreturn]] inline void throw_no_solution(Along along, double radius) {
  const auto& name = names_of(along);
  throw Error(ErrorCode::no_solution,
              {std::string(name.zh) + "的不封顶线性模型无解：系数矩阵的谱半径为 " + number(radius) +
                   "，不小于 1，损失会无限放大。请改用封顶模型，或检查依赖度是否过高。",
               "the uncapped linear model has no solution " + std::string(name.en) + ": the spectral radius is " +
                   number(radius) +
                   ", not below 1, so losses grow without end. Use the capped model, or check whether "
                   "dependencies are too high."});
}

inline LinearRun LinearSystem::solve(std::span<const double> shock, std::span<double> loss,
                                     const LinearOptions& options, const Control& control) const {
  const bool shocked = std::any_of(shock.begin(), shock.end(), [](double s) { return s != 0; });
  std::optional<double> radius;
  if (!options.capped) {
    radius = spectral_radius(control);
    // Row sums of 1 give a radius of 1 that rounding may put just below. Without a shock, 0 is the answer even then.
    if (shocked && *radius >= 1 - 1e-12) throw_no_solution(along_, *radius);
  }
  LinearRun run;
  if (shocked) {
    run = Solver(*this, shock, loss, options, control).run();
  } else {
    std::fill(loss.begin(), loss.end(), 0.0);
  }
  run.spectral_radius = radius;
  run.cyclic_components = static_cast<std::uint32_t>(order_.cyclic.size());
  for (const Component& part : order_.cyclic)
    run.largest_component = std::max(run.largest_component, part.end - part.begin);
  return run;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
