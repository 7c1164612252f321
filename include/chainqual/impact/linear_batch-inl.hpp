#pragma once

// Gauss–Seidel over a plan's slices, one shock or sixteen at a time.

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/linear_plan-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Room for `count` floats, from 2 MiB on enough to be given huge pages: a million losses fall just short of that.
inline std::size_t roomy(std::size_t count) noexcept {
  constexpr std::size_t huge = (std::size_t{4} << 20U) / sizeof(float);
  return count >= huge / 2 ? std::max(count, huge) : count;
}

/// Shocks that run side by side.
///
/// Width is 1 or 16: entry place · Width + lane. All 16 rows of a slice are read before any is written, so both widths,
/// and any instructions, make the same sequence of values. A lane that has settled is not written any more.
template <std::size_t Width>
class BatchSolver {
 public:
  BatchSolver(const LinearPlan& plan, const LinearBatchOptions& options, const Control& control)
      : access_{plan},
        n_(plan.enterprises()),
        options_(options),
        control_(control),
        lanes_(usable_lanes(options.lanes, plan.size())),
        shock_(roomy(Width * plan.size())),
        x_(roomy(Width * plan.size())) {
    for (const float own : access_.self()) {
      const double self = static_cast<double>(own);
      // An enterprise that feeds on itself alone goes to the cap at the least loss: the largest float gets it there.
      const double most = static_cast<double>(std::numeric_limits<float>::max());
      scale_.push_back(self < 1 ? std::min(most, 1 / (1 - self)) : most);
    }
  }

  /// Solves `count` ≤ Width shocks, each n long, one behind the other.
  void run(const float* shocks, std::size_t count, float* losses, LinearRun* runs) {
    load(shocks, count);
    for (std::size_t k = 0; k < count; ++k) {
      if (active_[k]) runs[k].converged = false;
    }
    std::uint32_t sweep = 0;
    while (any_active(count) && sweep < options_.max_sweeps) {
      throw_if_cancelled(control_);
      settle();
      ++sweep;
      for (std::size_t k = 0; k < count; ++k) {
        if (!active_[k]) continue;
        runs[k].sweeps = sweep;
        runs[k].last_change = static_cast<double>(change_[k]);
        if (access_.plan.settles_at_once() || change_[k] <= threshold_[k]) {
          runs[k].converged = true;
          active_[k] = false;
        }
      }
    }
    for (std::size_t v = 0; v < n_; ++v) {
      const std::size_t at = Width * std::size_t{access_.plan.places()[v]};
      for (std::size_t k = 0; k < count; ++k) losses[k * n_ + v] = x_[at + k];
    }
  }

 private:
  void load(const float* shocks, std::size_t count) {
    active_.fill(false);
    threshold_.fill(0);
    shock_.fill(0);
    for (std::size_t v = 0; v < n_; ++v) {
      const std::size_t at = Width * std::size_t{access_.plan.places()[v]};
      for (std::size_t k = 0; k < count; ++k) {
        const float s = shocks[k * n_ + v];
        shock_[at + k] = s;
        threshold_[k] = std::max(threshold_[k], s);
      }
    }
    for (std::size_t k = 0; k < count; ++k) {
      active_[k] = threshold_[k] > 0;
      threshold_[k] = static_cast<float>(options_.tolerance * static_cast<double>(threshold_[k]));
    }
    std::copy(shock_.data(), shock_.data() + shock_.size(), x_.data());
  }

  [[nodiscard]] bool any_active(std::size_t count) const {
    return std::any_of(active_.begin(), active_.begin() + static_cast<std::ptrdiff_t>(count), [](bool a) { return a; });
  }

  /// One Gauss–Seidel sweep. A settled lane asks for less than any loss.
  void settle() noexcept {
    float limit[Width];
    float change[Width];
    for (std::size_t k = 0; k < Width; ++k) {
      limit[k] = active_[k] ? 1.0F : -1.0F;
      change[k] = 0;
    }
    const double* scales = scale_.empty() ? nullptr : scale_.data();
    const float* shocks = shock_.data();
    float* const x_begin = x_.data();
    const Slices slices = access_.slices();
    sum_slices<Width>(lanes_, slices, 0, slices.count, x_begin, [&](std::size_t s, double* sums) {
      float* x = x_begin + 16 * Width * s;
      const float* shock = shocks + 16 * Width * s;
      for (std::size_t r = 0; r < 16; ++r) {
        const double scale = scales == nullptr ? 1 : scales[16 * s + r];
        for (std::size_t k = 0; k < Width; ++k) {
          const std::size_t at = Width * r + k;
          const double value = (sums[at] + static_cast<double>(shock[at])) * scale;
          const float old = x[at];
          const float asked = std::min(static_cast<float>(std::min(value, 1.0)), limit[k]);
          const float fresh = std::max(old, asked);
          change[k] = std::max(change[k], fresh - old);
          x[at] = fresh;
        }
      }
    });
    for (std::size_t k = 0; k < Width; ++k) change_[k] = change[k];
  }

  PlanAccess access_;
  std::uint32_t n_;
  const LinearBatchOptions& options_;
  const Control& control_;
  Lanes lanes_;
  LargeArray<float> shock_;
  LargeArray<float> x_;
  std::vector<double> scale_;  // by place; empty when nobody supplies itself
  std::array<bool, Width> active_{};
  std::array<float, Width> threshold_{};
  std::array<float, Width> change_{};
};

inline void check_batch(const LinearPlan& plan, std::span<const float> shocks, const LinearBatchOptions& options) {
  LinearOptions same;
  same.tolerance = options.tolerance;
  same.max_sweeps = options.max_sweeps;
  check(same);
  const std::size_t n = plan.enterprises();
  if (n == 0 ? !shocks.empty() : shocks.size() % n != 0) {
    throw Error(
        ErrorCode::shape_mismatch,
        {"冲击共有 " + whole(shocks.size()) + " 个值，不是企业数 " + whole(n) + " 的整数倍。",
         "the shocks have " + whole(shocks.size()) + " entries, no multiple of the " + whole(n) + " enterprises."});
  }
  for (std::size_t k = 0; k < shocks.size(); ++k) {
    if (is_share(static_cast<double>(shocks[k]))) continue;
    const std::string value = number(static_cast<double>(shocks[k]));
    throw Error(ErrorCode::invalid_value, {"第 " + whole(k / n + 1) + " 组冲击中企业 " + whole(k % n + 1) + " 的值为 " +
                                               value + "，必须在 0 到 1 之间。",
                                           "shock " + whole(k / n + 1) + ", enterprise " + whole(k % n + 1) + ": " +
                                               value + " must lie between 0 and 1."});
  }
}

}  // namespace impact_detail

CHAINQUAL_KERNEL LinearBatchResult linear_batch(const LinearPlan& plan, std::span<const float> shocks,
                                                const LinearBatchOptions& options, const Control& control) {
  namespace detail = impact_detail;
  detail::check_batch(plan, shocks, options);
  static_cast<void>(detail::usable_lanes(options.lanes, plan.size()));
  LinearBatchResult result;
  const std::size_t n = plan.enterprises();
  const std::size_t count = n == 0 ? 0 : shocks.size() / n;
  result.loss.assign(shocks.size(), 0.0F);
  result.runs.resize(count);
  Progress progress(control, count);
  for_chunks(control, count, 16, [&](std::size_t begin, std::size_t end, std::size_t) {
    // Sixteen lanes cost about what four shocks cost one by one.
    constexpr std::size_t worth_sixteen = 4;
    if (end - begin >= worth_sixteen) {
      detail::BatchSolver<16> solver(plan, options, control);
      solver.run(shocks.data() + begin * n, end - begin, result.loss.data() + begin * n, result.runs.data() + begin);
    } else {
      detail::BatchSolver<1> solver(plan, options, control);
      for (std::size_t k = begin; k < end; ++k) {
        solver.run(shocks.data() + k * n, 1, result.loss.data() + k * n, result.runs.data() + k);
      }
    }
    progress.add(end - begin);
  });
  progress.finish();
  return result;
}

}  // namespace v1
}  // namespace chainqual
