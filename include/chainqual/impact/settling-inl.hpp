#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "chainqual/core/executor.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Progress of what goes on until its change has fallen to a tolerance: how far it has fallen, on a logarithmic scale,
/// or how many of the steps allowed are made, whichever is more. Counts `units` of a Progress in all.
class Settling {
 public:
  Settling(Progress& progress, std::uint64_t units, double tolerance, std::uint64_t max_steps)
      : progress_(&progress), units_(units), tolerance_(std::max(tolerance, 1e-16)), max_steps_(max_steps) {}

  void step(double change, std::uint64_t steps) {
    if (first_ == 0) first_ = change;
    double share = max_steps_ > 0 ? static_cast<double>(steps) / static_cast<double>(max_steps_) : 0;
    if (change > 0 && first_ > tolerance_)
      share = std::max(share, std::log(first_ / change) / std::log(first_ / tolerance_));
    tell(static_cast<std::uint64_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(units_)));
  }

  /// Counts what is left; called once, at the end.
  void finish() { tell(units_); }

 private:
  void tell(std::uint64_t goal) {
    if (goal <= told_) return;
    progress_->add(goal - told_);
    told_ = goal;
  }

  Progress* progress_;
  std::uint64_t units_;
  double tolerance_;
  std::uint64_t max_steps_;
  double first_ = 0;  ///< change of the first step that changed anything
  std::uint64_t told_ = 0;
};

/// Units of a Progress that counts nothing else.
constexpr std::uint64_t settling_units = 1000;

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
