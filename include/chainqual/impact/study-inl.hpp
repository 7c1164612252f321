#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "chainqual/core/text.hpp"
#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/shock.hpp"
#include "chainqual/impact/study.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

[[noreturn]] inline void reject_setting(const UncertainSetting& which, ErrorCode code, const Text& rule) {
  const auto& name = names_of(which.setting);
  throw Error(code, {"不确定量“" + std::string(name.key) + "”（" + std::string(name.zh) + "）：" + rule.zh + "。",
                     "uncertain setting '" + std::string(name.key) + "': " + rule.en + "."});
}

/// Whether a model has days, and so a beginning and an end of shocks.
inline bool has_days(Model model) noexcept {
  return model == Model::dynamics || model == Model::inoperability;
}

inline bool of_shocks(Setting setting) noexcept {
  return setting <= Setting::healing_days;
}

inline bool reads(const ModelOptions& options, Setting setting) noexcept {
  switch (setting) {
    case Setting::magnitude_factor:
      return true;
    case Setting::start:
    case Setting::duration:
    case Setting::healing_days:
      return has_days(options.model);
    case Setting::tolerance:
      return options.model == Model::cascade;
    case Setting::stock_days:
    case Setting::smoothing_days:
      return options.model == Model::dynamics;
    case Setting::poisson_floor:
      return options.model == Model::dynamics && options.dynamics.poisson_stock;
    case Setting::recovery_days:
      return options.model == Model::inoperability;
  }
  return false;
}

inline std::pair<double, double> domain_of(Setting setting) noexcept {
  constexpr double days = 1e6;
  switch (setting) {
    case Setting::magnitude_factor:
      return {0, std::numeric_limits<double>::max()};
    case Setting::start:
      return {0, days};
    case Setting::tolerance:
      return {0, 1};
    default:
      return {1, days};
  }
}

inline bool heals_in_time(const Disruption& disruption) noexcept {
  const RecoveryKind kind = disruption.recovery.kind;
  return disruption.duration != Disruption::permanent && kind != RecoveryKind::step && kind != RecoveryKind::table;
}

inline void check(const UncertainSetting& which, const ApartShocks& scenario, const ModelOptions& options) {
  if (!reads(options, which.setting)) {
    const std::string model(key_of(options.model));
    reject_setting(
        which, ErrorCode::invalid_argument,
        {"所选模型 " + model + " 不使用它，请删除", "the model " + model + " does not read it; leave it out"});
  }
  if (which.shock > (of_shocks(which.setting) ? scenario.shocks.size() : 0)) {
    reject_setting(which, ErrorCode::invalid_argument,
                   {"没有第 " + whole(which.shock) + " 项冲击", "there is no shock " + whole(which.shock)});
  }
  const auto [least, most] = domain_of(which.setting);
  if (which.range.low < least || which.range.high > most) {
    const std::string upper = most < std::numeric_limits<double>::max() ? number(most) : "";
    reject_setting(
        which, ErrorCode::invalid_value,
        {"范围应在 " + number(least) + " 至 " + (upper.empty() ? "有限数" : upper) + " 之间",
         "its range must lie between " + number(least) + " and " + (upper.empty() ? "a finite number" : upper)});
  }
  if (which.setting != Setting::healing_days) return;
  for (std::size_t k = 0; k < scenario.shocks.size(); ++k) {
    if (which.shock != 0 && which.shock != k + 1) continue;
    if (std::any_of(scenario.shocks[k].begin(), scenario.shocks[k].end(), heals_in_time)) return;
  }
  reject_setting(which, ErrorCode::invalid_argument,
                 {"所指的冲击没有按天恢复的曲线（linear、exponential、s_curve）",
                  "no shock that it names heals in time (linear, exponential, s_curve)"});
}

inline void apply(const UncertainSetting& which, double value, Disruption& disruption) {
  switch (which.setting) {
    case Setting::magnitude_factor:
      disruption.magnitude = std::min(1.0, disruption.magnitude * value);
      break;
    case Setting::start:
      disruption.start = static_cast<std::uint32_t>(std::lround(value));
      break;
    case Setting::duration:
      disruption.duration = static_cast<std::uint32_t>(std::lround(value));
      break;
    case Setting::healing_days:
      if (heals_in_time(disruption)) disruption.recovery.days = value;
      break;
    default:
      break;
  }
}

inline void apply(const UncertainSetting& which, double value, ModelOptions& options) {
  switch (which.setting) {
    case Setting::tolerance:
      options.cascade.tolerance = value;
      break;
    case Setting::stock_days:
      options.dynamics.stock_days = value;
      break;
    case Setting::smoothing_days:
      options.dynamics.smoothing_days = value;
      break;
    case Setting::poisson_floor:
      options.dynamics.poisson_floor = value;
      break;
    case Setting::recovery_days:
      options.inoperability.recovery_days = value;
      break;
    default:
      break;
  }
}

/// The scenario of one sample.
inline PlacedScenario sampled(const ApartShocks& scenario, const Study& study, std::span<const double> sample) {
  PlacedScenario out;
  std::vector<PlacedShock> shocks;
  for (std::size_t k = 0; k < scenario.shocks.size(); ++k) {
    for (Disruption each : scenario.shocks[k]) {
      for (std::size_t s = 0; s < study.uncertain.size(); ++s) {
        const UncertainSetting& which = study.uncertain[s];
        if (which.shock == 0 || which.shock == k + 1) apply(which, sample[s], each);
      }
      shocks.push_back({each.enterprise, each.magnitude});
      out.disruptions.push_back(std::move(each));
    }
  }
  out.shock = combine_shocks(scenario.enterprises, shocks);
  return out;
}

inline void check(const Network& net, const ApartShocks& scenario, const ModelOptions& options, const Study& study) {
  if (scenario.enterprises != net.enterprises()) {
    throw Error(ErrorCode::shape_mismatch,
                {"情景有 " + whole(scenario.enterprises) + " 家企业，网络有 " + whole(net.enterprises()) + " 家。",
                 "the scenario has " + whole(scenario.enterprises) + " enterprises, the network " +
                     whole(net.enterprises()) + "."});
  }
  if (scenario.shocks.empty() || study.uncertain.empty()) {
    throw Error(ErrorCode::invalid_argument,
                {"集合仿真至少要有一项冲击和一个不确定量。", "an ensemble needs a shock and an uncertain setting."});
  }
  for (const UncertainSetting& which : study.uncertain) check(which, scenario, options);
}

}  // namespace impact_detail

inline EnsembleResult run_study(const Network& net, const ApartShocks& scenario, const ModelOptions& options,
                                const Study& study, const Control& control) {
  namespace detail = impact_detail;
  detail::check(net, scenario, options, study);
  std::vector<UncertainParameter> ranges;
  for (const UncertainSetting& which : study.uncertain) {
    ranges.push_back(which.range);
    ranges.back().name = std::string(key_of(which.setting));
  }
  const ParameterSamples samples = latin_hypercube(ranges, study.samples, study.seed);
  EnsembleOptions how;
  how.quantiles = study.quantiles;
  return ensemble(
      study.samples,
      [&](std::size_t k, const Control& inner) {
        const auto sample = samples.sample(k);
        ModelOptions model = options;
        for (std::size_t s = 0; s < study.uncertain.size(); ++s) detail::apply(study.uncertain[s], sample[s], model);
        return propagate(net, detail::sampled(scenario, study, sample), model, inner);
      },
      how, control);
}

}  // namespace v1
}  // namespace chainqual
