#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "chainqual/core/text.hpp"
#include "chainqual/impact/propagate.hpp"
#include "chainqual/impact/scenario.hpp"
#include "chainqual/impact/shock.hpp"
#include "chainqual/severity/panel.hpp"

namespace chainqual {
inline namespace v1 {

/// Which loss a single figure means where only one can stand.
enum class LossKind : std::uint8_t { downstream, upstream, combined };

template <>
struct Names<LossKind> {
  static constexpr std::array<Name<LossKind>, 3> table{{
      {LossKind::downstream, "downstream", "向下游损失", "downstream loss"},
      {LossKind::upstream, "upstream", "向上游损失", "upstream loss"},
      {LossKind::combined, "combined", "综合损失", "combined loss"},
  }};
};

/// Severity total that stands for declared stars where no expert scored the problem.
///
/// `middle` of the grade's band: (1 + 2.5)/2, (2.5 + 4)/2, (4 + 5)/2 with the default thresholds. `lowest` of the band.
enum class StarsTotal : std::uint8_t { middle, lowest };

template <>
struct Names<StarsTotal> {
  static constexpr std::array<Name<StarsTotal>, 2> table{{
      {StarsTotal::middle, "middle", "等级区间中点", "middle of the band"},
      {StarsTotal::lowest, "lowest", "等级区间下限", "lowest of the band"},
  }};
};

/// Shares from which on the diffusion dimension is suggested at 5, 4 and 3. See `suggest_diffusion`.
struct DiffusionThresholds {
  double least_loss = 0.05;           ///< θ: a smaller loss does not count as hit
  double segments_systemic = 0.5;     ///< S of 5 points
  double enterprises_systemic = 0.3;  ///< E of 5 points
  double segments_major = 0.25;       ///< S of 4 points
  double products_major = 0.5;        ///< P of 4 points
  friend bool operator==(const DiffusionThresholds&, const DiffusionThresholds&) = default;
};

/// How `assess` works.
struct AssessOptions {
  PanelRule panel;  ///< how several experts' scores become one
  StarsTotal stars = StarsTotal::middle;
  ShockOptions shock;
  ModelOptions propagation;         ///< the linear model unless told otherwise; both directions are always computed
  std::vector<Scenario> scenarios;  ///< propagated beside the problems, each by itself
  LossKind measure = LossKind::downstream;  ///< loss that evidence, hits and rankings go by
  DiffusionThresholds diffusion;
  std::uint32_t stability_draws = 10'000;  ///< weight vectors drawn near the model's own; 0: none
  std::uint64_t seed = 1;                  ///< of these draws
};

}  // namespace v1
}  // namespace chainqual
