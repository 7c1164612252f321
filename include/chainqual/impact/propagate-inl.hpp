#pragma once

#include <cstdint>
#include <span>
#include <utility>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/propagate.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline void note(ModelRun& run, Text text) {
  if (!text.en.empty()) run.notes.push_back(std::move(text));
}

inline void keep(ModelRun& run, Propagation&& losses) {
  static_cast<Propagation&>(run) = std::move(losses);
}

}  // namespace impact_detail

CHAINQUAL_KERNEL PlacedScenario lasting(std::vector<double> shock) {
  PlacedScenario scenario{{}, std::move(shock)};
  for (std::uint32_t v = 0; v < scenario.shock.size(); ++v) {
    const double magnitude = scenario.shock[v];
    if (magnitude != 0) scenario.disruptions.push_back({EnterpriseId{v}, magnitude, 0, Disruption::permanent, {}});
  }
  return scenario;
}

CHAINQUAL_KERNEL DirectedShock directions_of(const PlacedScenario& scenario) noexcept {
  if (!scenario.directed()) return {scenario.shock, scenario.shock};
  return {scenario.shock_downstream, scenario.shock_upstream};
}

CHAINQUAL_KERNEL void require_directions_known(const PlacedScenario& scenario, Model model) {
  if (!scenario.directed() || model == Model::cascade) return;
  const auto& name = names_of(model);
  throw Error(ErrorCode::invalid_argument,
              {"情景中有冲击按方向给出了不同的幅度，而“" + std::string(name.zh) +
                   "”模型不区分方向。请改用 cascade 模型，或只写 magnitude。",
               "the scenario holds shocks that differ by direction, which the model '" + std::string(name.key) +
                   "' does not tell apart. Use the cascade, or give one magnitude."});
}

CHAINQUAL_KERNEL ModelRun propagate(const Network& net, const PlacedScenario& scenario, const ModelOptions& options,
                                    const Control& control) {
  namespace detail = impact_detail;
  require_directions_known(scenario, options.model);
  const std::span<const double> shock(scenario.shock);
  ModelRun run;
  switch (options.model) {
    case Model::linear:
      detail::keep(run, linear(net, shock, options.linear, control));
      break;
    case Model::cascade: {
      auto result = cascade(net, directions_of(scenario), options.cascade, control);
      detail::note(run, std::move(result.note));
      detail::keep(run, std::move(result));
      break;
    }
    case Model::contagion:
      detail::keep(run, contagion(net, shock, options.contagion, control));
      break;
    case Model::distress: {
      auto result = distress(net, shock, options.distress, control);
      run.notes = std::move(result.notes);
      detail::keep(run, std::move(result));
      break;
    }
    case Model::dynamics: {
      auto result = dynamics(net, scenario.disruptions, options.dynamics, control);
      run.daily.reserve(result.totals.size());
      for (const DayTotals& day : result.totals) {
        run.daily.push_back(result.usual.produced > 0 ? day.produced / result.usual.produced : 1.0);
      }
      detail::note(run, std::move(result.conservation.note));
      detail::note(run, options.name ? overshoot_note(result.overshoot, options.name) : result.overshoot.note);
      detail::note(run, std::move(result.standstill.note));
      detail::keep(run, std::move(result));
      break;
    }
    case Model::inoperability: {
      auto result = inoperability(net, scenario.disruptions, options.inoperability, control);
      run.daily.reserve(result.totals.size());
      for (const InoperabilityDay& day : result.totals) run.daily.push_back(1 - day.combined);
      detail::keep(run, std::move(result));
      break;
    }
  }
  return run;
}

}  // namespace v1
}  // namespace chainqual
