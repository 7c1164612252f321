#pragma once

// Solves x = s + R x, or its least capped fixed point, over prepared rows.

#include <Eigen/SparseLU>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

#include "chainqual/impact/block-inl.hpp"
#include "chainqual/impact/components-inl.hpp"
#include "chainqual/impact/linear.hpp"
#include "chainqual/impact/rows-inl.hpp"
#include "chainqual/impact/settling-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// The uncapped model has no solution from this spectral radius on. Row sums of 1 give 1, which rounding may put just
/// below.
inline constexpr double largest_radius = 1 - 1e-12;

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

/// A direction prepared for solving: rows and the order to take them in.
class LinearSystem {
 public:
  LinearSystem(const Network& net, Along along, Side side) : LinearSystem(make_rows(net, along, side), along) {}
  LinearSystem(Rows rows, Along along) : rows_(std::move(rows)), order_(solve_order(rows_)), along_(along) {}

  [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
  [[nodiscard]] const Rows& rows() const noexcept { return rows_; }
  [[nodiscard]] const SolveOrder& order() const noexcept { return order_; }

  /// Spectral radius of the rows. @throws Error{cancelled}
  [[nodiscard]] double spectral_radius(const Control& control) const;

  /// Solves for `shock`, writing `loss` [n]; the run's spectral radius is left empty.
  /// @throws Error{no_solution} uncapped, and what the shock reaches grows without end. Error{cancelled}.
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
  for (std::uint32_t v = 0; v < rows_.size(); ++v) {
    for (auto k = rows_.offsets[v]; k < rows_.offsets[v + 1]; ++k) {
      if (rows_.neighbours[k] == v) radius = std::max(radius, rows_.weights[k]);
    }
  }
  if (order_.cyclic.empty()) return radius;
  Block block(rows_);
  for (const Component& part : order_.cyclic) {
    block.fill({order_.nodes.data() + part.begin, part.end - part.begin}, {}, nullptr);
    radius = std::max(radius, block.radius(control));
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
      : rows_(system.rows_),
        order_(system.order_),
        along_(system.along_),
        shock_(shock),
        loss_(x.data()),
        options_(options),
        control_(control) {}

  LinearRun run() {
    LinearRun result;
    result.sweeps = 1;
    std::uint32_t at = 0;
    auto cyclic = order_.cyclic.begin();
    const auto size = static_cast<std::uint32_t>(order_.nodes.size());
    Progress progress(control_, size);
    while (at < size) {
      if (cyclic != order_.cyclic.end() && cyclic->begin == at) {
        Settling settling(progress, cyclic->end - at, options_.tolerance, options_.max_sweeps);
        settling_ = &settling;
        component(*cyclic, result);
        settling.finish();
        at = cyclic->end;
        ++cyclic;
        continue;
      }
      const std::uint32_t next_cyclic = cyclic != order_.cyclic.end() ? cyclic->begin : size;
      const std::uint32_t end = std::min(next_cyclic, at + std::min(size - at, std::uint32_t{1} << 16U));
      throw_if_cancelled(control_);
      progress.add(end - at);
      for (; at < end; ++at) single(order_.nodes[at]);
    }
    progress.finish();
    return result;
  }

 private:
  [[nodiscard]] double capped(double value) const noexcept { return options_.capped ? std::min(value, 1.0) : value; }

  void single(std::uint32_t v) {
    const Received got = receive(rows_, v, loss_, shock_[v]);
    if (!options_.capped && got.sum != 0 && got.self >= largest_radius) throw_no_solution(along_, got.self);
    loss_[v] = capped(eliminate(got));
  }

  void component(const Component& part, LinearRun& result) {
    throw_if_cancelled(control_);
    const std::span<const std::uint32_t> nodes(order_.nodes.data() + part.begin, part.end - part.begin);
    if (!block_) block_.emplace(rows_);
    block_->fill(nodes, shock_, loss_);
    const auto& given = block_->given();
    x_.assign(nodes.size(), 0.0);
    if (std::any_of(given.begin(), given.end(), [](double value) { return value != 0; })) settle(result);
    for (std::size_t k = 0; k < nodes.size(); ++k) loss_[nodes[k]] = x_[k];
  }

  void settle(LinearRun& result) {
    if (options_.capped) {
      if (stands_still()) return;
    } else if (size() <= largest_direct) {
      refuse_growth();
      if (direct(everyone())) return;
    }
    iterate(result);
  }

  [[nodiscard]] std::uint32_t size() const noexcept { return block_->size(); }
  [[nodiscard]] std::vector<std::uint32_t> everyone() const {
    std::vector<std::uint32_t> all(size());
    std::iota(all.begin(), all.end(), 0U);
    return all;
  }

  void refuse_growth() const {
    const double radius = block_->radius(control_);
    if (radius >= largest_radius) throw_no_solution(along_, radius);
  }

  /// Whether all members at a loss of 1 keep each other there; leaves them there, else at 0.
  bool stands_still() {
    x_.assign(size(), 1.0);
    for (std::uint32_t k = 0; k < size(); ++k) {
      if (reaches_cap(k)) continue;
      x_.assign(size(), 0.0);
      return false;
    }
    return true;
  }

  /// Shares of a need sum to 1 only up to rounding, which a large component would amplify.
  [[nodiscard]] bool reaches_cap(std::uint32_t k) const noexcept { return block_->value(k, x_.data()) >= 1 - 1e-13; }

  /// Eigen's sparse LU for the members `free`, the others being given. False, with x untouched, where rounding left no
  /// usable answer.
  bool direct(const std::vector<std::uint32_t>& free) {
    constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> place(size(), none);
    for (std::size_t k = 0; k < free.size(); ++k) place[free[k]] = static_cast<std::uint32_t>(k);
    std::vector<Eigen::Triplet<double>> entries;
    Eigen::VectorXd right(static_cast<Eigen::Index>(free.size()));
    for (std::size_t k = 0; k < free.size(); ++k) {
      const auto ids = block_->ids(free[k]);
      const auto weights = block_->weights(free[k]);
      double sum = block_->given()[free[k]];
      for (std::size_t e = 0; e < ids.size(); ++e) {
        if (place[ids[e]] != none) {
          entries.emplace_back(static_cast<int>(k), static_cast<int>(place[ids[e]]), -weights[e]);
        } else {
          sum += weights[e] * x_[ids[e]];
        }
      }
      entries.emplace_back(static_cast<int>(k), static_cast<int>(k), 1 - block_->self(free[k]));
      right[static_cast<Eigen::Index>(k)] = sum;
    }
    const auto size = static_cast<Eigen::Index>(free.size());
    Eigen::SparseMatrix<double> matrix(size, size);
    matrix.setFromTriplets(entries.begin(), entries.end());
    Eigen::SparseLU<Eigen::SparseMatrix<double>> factors(matrix);
    if (factors.info() != Eigen::Success) return false;
    const Eigen::VectorXd solution = factors.solve(right);
    if (!solution.allFinite() || solution.minCoeff() < 0) return false;
    for (std::size_t k = 0; k < free.size(); ++k) x_[free[k]] = solution[static_cast<Eigen::Index>(k)];
    return true;
  }

  void iterate(LinearRun& result) {
    constexpr std::uint32_t patience = 40;
    std::uint32_t sweep = 0;
    double change = 0;
    bool settled = false;
    while (sweep < options_.max_sweeps && !settled) {
      if (sweep == patience) {
        if (!options_.capped && size() > largest_direct) refuse_growth();
        sweep += jump(options_.max_sweeps - sweep);
      }
      throw_if_cancelled(control_);
      const Swept swept = gauss_seidel();
      ++sweep;
      change = swept.change;
      settled = change <= options_.tolerance * swept.largest && std::isfinite(swept.largest);
      settling_->step(change / std::max(swept.largest, std::numeric_limits<double>::min()), sweep);
    }
    result.converged = result.converged && settled;
    result.sweeps = std::max(result.sweeps, sweep);
    result.last_change = std::max(result.last_change, change);
  }

  struct Swept {
    double change = 0;   ///< largest change of a loss
    double largest = 0;  ///< largest loss
  };

  Swept gauss_seidel() noexcept {
    Swept swept;
    for (std::uint32_t k = 0; k < size(); ++k) {
      const double value = capped(block_->value(k, x_.data()));
      swept.change = std::max(swept.change, std::abs(value - x_[k]));
      swept.largest = std::max(swept.largest, value);
      x_[k] = value;
    }
    return swept;
  }

  /// Solves for the members below the cap, the others being at it, and lets go those that the answer takes below it,
  /// until none is. From x = 1 downwards every answer lies above the next one and above the fixed point. Returns the
  /// sweeps that this cost; where a linear solve fails, Gauss–Seidel goes on from where it came.
  std::uint32_t jump(std::uint32_t most_sweeps) {
    const std::vector<double> before = x_;
    std::vector<std::uint32_t> free = options_.capped ? std::vector<std::uint32_t>{} : everyone();
    if (options_.capped) x_.assign(size(), 1.0);
    std::uint32_t sweeps = 0;
    bool solved = true;
    for (;;) {
      if (options_.capped) {
        std::vector<std::uint32_t> below;
        for (std::uint32_t k = 0; k < size(); ++k) {
          if (!reaches_cap(k)) below.push_back(k);
        }
        ++sweeps;
        if (below.size() <= free.size()) break;
        free = std::move(below);
      }
      solved =
          sweeps < most_sweeps && (free.size() <= largest_direct ? direct(free) : krylov(free, most_sweeps, sweeps));
      if (!solved || !options_.capped) break;
    }
    if (!solved) x_ = before;
    return std::min(sweeps, most_sweeps - 1);
  }

  /// Product of the block of `free` rows with `from`, which is 0 elsewhere: to = from − R from.
  void multiply(const std::vector<std::uint32_t>& free, const std::vector<double>& from, std::vector<double>& to) {
    throw_if_cancelled(control_);
    for (const auto k : free) to[k] = from[k] - eliminate({block_->sum(k, from.data(), 0), block_->self(k)});
  }

  /// BiCGSTAB on the block of `free`, the rest of x being given. Source: van der Vorst 1992, doi:10.1137/0913035.
  /// False, with x as it was, where it breaks down.
  bool krylov(const std::vector<std::uint32_t>& free, std::uint32_t most_sweeps, std::uint32_t& sweeps) {
    const std::size_t n = size();
    std::vector<double> r(n, 0.0), r0(n, 0.0), p(n, 0.0), q(n, 0.0), t(n, 0.0), y(n, 0.0);
    const auto dot = [&](const std::vector<double>& a, const std::vector<double>& b) {
      double sum = 0;
      for (const auto k : free) sum += a[k] * b[k];
      return sum;
    };
    for (const auto k : free) {
      y[k] = x_[k];
      r[k] = block_->value(k, x_.data()) - x_[k];
    }
    r0 = r;
    p = r;
    double rho = dot(r, r);
    const double wanted = 1e-28 * rho;
    while (rho != 0 && sweeps + 2 <= most_sweeps) {
      multiply(free, p, q);
      const double alpha = rho / dot(r0, q);
      for (const auto k : free) r[k] -= alpha * q[k];
      multiply(free, r, t);
      sweeps += 2;
      const double length = dot(t, t);
      const double omega = length > 0 ? dot(t, r) / length : 0;
      for (const auto k : free) {
        y[k] += alpha * p[k] + omega * r[k];
        r[k] -= omega * t[k];
      }
      const double left = dot(r, r);
      if (!std::isfinite(left)) return false;
      if (left <= wanted) break;
      const double next = dot(r0, r);
      if (next == 0 || omega == 0) break;
      const double beta = next / rho * (alpha / omega);
      for (const auto k : free) p[k] = r[k] + beta * (p[k] - omega * q[k]);
      rho = next;
    }
    for (const auto k : free) {
      if (!std::isfinite(y[k])) return false;
    }
    for (const auto k : free) x_[k] = std::max(y[k], 0.0);
    return true;
  }

  static constexpr std::size_t largest_direct = 400;
  const Rows& rows_;
  const SolveOrder& order_;
  Along along_;
  std::span<const double> shock_;
  double* loss_;
  const LinearOptions& options_;
  const Control& control_;
  Settling* settling_ = nullptr;  ///< of the component under way
  std::optional<Block> block_;    // of the component under way
  std::vector<double> x_;         // its losses
};

inline LinearRun LinearSystem::solve(std::span<const double> shock, std::span<double> loss,
                                     const LinearOptions& options, const Control& control) const {
  LinearRun run;
  if (std::any_of(shock.begin(), shock.end(), [](double s) { return s != 0; })) {
    run = Solver(*this, shock, loss, options, control).run();
  } else {
    std::fill(loss.begin(), loss.end(), 0.0);
  }
  run.cyclic_components = static_cast<std::uint32_t>(order_.cyclic.size());
  for (const Component& part : order_.cyclic)
    run.largest_component = std::max(run.largest_component, part.end - part.begin);
  return run;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
