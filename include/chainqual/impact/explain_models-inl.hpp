#pragma once

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/explain_cascade-inl.hpp"
#include "chainqual/impact/explain_contagion-inl.hpp"
#include "chainqual/impact/explain_distress-inl.hpp"
#include "chainqual/impact/explain_dynamics-inl.hpp"
#include "chainqual/impact/explain_inoperability-inl.hpp"
#include "chainqual/impact/explain_models.hpp"

namespace chainqual {
inline namespace v1 {

CHAINQUAL_KERNEL Why why(const Network& net, const PlacedScenario& scenario, EnterpriseId target,
                         const ModelOptions& model, const WhyOptions& options, const WhyNames& names,
                         const Control& control) {
  require_directions_known(scenario, model.model);
  const std::span<const double> shock(scenario.shock);
  const std::span<const Disruption> disruptions(scenario.disruptions);
  switch (model.model) {
    case Model::linear:
      break;
    case Model::cascade:
      return why(net, directions_of(scenario), target, model.cascade, options, names, control);
    case Model::contagion:
      return why(net, shock, target, model.contagion, options, names, control);
    case Model::distress:
      return why(net, shock, target, model.distress, options, names, control);
    case Model::dynamics:
      return why(net, disruptions, target, model.dynamics, options, names, control);
    case Model::inoperability:
      return why(net, disruptions, target, model.inoperability, options, names, control);
  }
  WhyOptions with_linear = options;
  with_linear.linear = model.linear;
  return why(net, shock, target, with_linear, names, control);
}

}  // namespace v1
}  // namespace chainqual
