#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/impact/ensemble.hpp"
#include "chainqual/impact/propagate.hpp"

namespace chainqual {
inline namespace v1 {

/// A number of a scenario or of its model that may be uncertain.
enum class Setting : std::uint8_t {
  magnitude_factor,  ///< multiplies magnitudes, which end at 1
  start,             ///< first day, rounded to a whole one
  duration,          ///< days at full magnitude, rounded
  healing_days,      ///< `Recovery::days` of shocks that heal in time
  tolerance,         ///< ε of the cascade
  stock_days,        ///< of dynamics, as the next two
  smoothing_days,
  poisson_floor,
  recovery_days,  ///< of inoperability
};

template <>
struct Names<Setting> {
  static constexpr std::array<Name<Setting>, 9> table{{
      {Setting::magnitude_factor, "magnitude_factor", "冲击幅度倍数", "factor of magnitudes"},
      {Setting::start, "start", "冲击开始日", "first day"},
      {Setting::duration, "duration", "冲击持续天数", "days at full magnitude"},
      {Setting::healing_days, "healing_days", "冲击恢复天数", "days of healing"},
      {Setting::tolerance, "tolerance", "级联容差", "tolerance of the cascade"},
      {Setting::stock_days, "stock_days", "目标库存天数", "days of stock"},
      {Setting::smoothing_days, "smoothing_days", "订货平滑天数", "days of smoothing"},
      {Setting::poisson_floor, "poisson_floor", "泊松库存下限", "floor of Poisson stocks"},
      {Setting::recovery_days, "recovery_days", "企业恢复天数", "days of recovery"},
  }};
};

/// One uncertain number and its range; the range's name is not read.
struct UncertainSetting {
  Setting setting = Setting::magnitude_factor;
  std::uint32_t shock = 0;  ///< of which shock of the scenario, from 1; 0: all. Settings of models have none
  UncertainParameter range;
  friend bool operator==(const UncertainSetting&, const UncertainSetting&) = default;
};

/// How a scenario is run many times.
struct Study {
  std::size_t samples = 200;
  std::uint64_t seed = 1;
  std::vector<double> quantiles{0.05, 0.5, 0.95};
  std::vector<UncertainSetting> uncertain;
  friend bool operator==(const Study&, const Study&) = default;
};

/// A scenario whose shocks are told apart: the disruptions of each.
struct ApartShocks {
  std::uint32_t enterprises = 0;
  std::vector<std::vector<Disruption>> shocks;
};

/// Runs a scenario once per sample of its uncertain settings, a Latin hypercube, and sums up what came out.
///
/// Samples depend on the study alone, and contagion and Poisson stocks keep their seed: so scenarios (and models) that
/// run through one study share their random numbers sample by sample, and `paired_difference` of their indices compares
/// them with the noise taken out. Settings apply in their order; a later one of the same number wins.
///
/// @param net      n enterprises.
/// @param scenario at least one shock; not by direction.
/// @param options  the model; what is certain of it.
/// @param study    at least one uncertain setting.
/// @param control  executor over samples, cancel, progress.
/// @throws Error{invalid_argument}  no samples, shocks or settings, a setting that the model does not read, a shock
/// that
///                                  the scenario does not hold or that does not heal in time, a quantile outside [0,
///                                  1].
/// @throws Error{invalid_value}     a range that is none, or outside the setting's domain; the setting is named.
/// @throws Error{shape_mismatch}    `enterprises` is not the network's. Error{cancelled}; whatever the model throws.
/// @complexity  As `ensemble` over the model.
/// @numerics    As `ensemble`: same bits for any thread count.
/// @threads     Reads only.
/// @source      As `latin_hypercube` and `ensemble`.
/// @since 0.1, experimental.
[[nodiscard]] EnsembleResult run_study(const Network& net, const ApartShocks& scenario, const ModelOptions& options,
                                       const Study& study, const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#include "chainqual/impact/study-inl.hpp"
