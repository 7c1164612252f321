#pragma once

// One scenario after another through the model that an assessment was asked for.

#include <memory>
#include <utility>
#include <vector>

#include "chainqual/impact/assess.hpp"
#include "chainqual/impact/linear-inl.hpp"
#include "chainqual/impact/solve-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// What a scenario gave, with how the linear model's solves went.
struct ScenarioRun {
  ModelRun losses;
  LinearRun downstream;
  LinearRun upstream;
};

/// The model with all that its runs share; used by several threads at once.
class Runner {
 public:
  Runner(const Network& net, ModelOptions options, const std::vector<double>& weight)
      : net_(&net), options_(std::move(options)), weight_(weight) {
    if (options_.model == Model::linear) {
      systems_ = std::make_shared<const Systems>(Systems{LinearSystem(net, Along::downstream, Side::effect),
                                                         LinearSystem(net, Along::upstream, Side::effect)});
      return;
    }
    both_directions(options_.contagion);
    both_directions(options_.distress);
    both_directions(options_.inoperability);
    weigh(options_.cascade);
    weigh(options_.contagion);
    weigh(options_.distress);
    weigh(options_.dynamics);
    weigh(options_.inoperability);
  }

  [[nodiscard]] ScenarioRun operator()(const PlacedScenario& scenario, const Control& control) const {
    require_directions_known(scenario, options_.model);
    if (!systems_) return {propagate(*net_, scenario, options_, control), {}, {}};
    ScenarioRun out;
    const auto solve = [&](const LinearSystem& system, std::vector<double>& loss, const Control& phase) {
      loss.assign(scenario.shock.size(), 0.0);
      return system.solve(scenario.shock, loss, options_.linear, phase);
    };
    out.downstream = solve(systems_->downstream, out.losses.downstream, phase_of(control, 0, 0.5));
    out.upstream = solve(systems_->upstream, out.losses.upstream, phase_of(control, 0.5, 1));
    sum_up(out.losses, out.downstream, out.upstream, weight_);
    return out;
  }

 private:
  struct Systems {
    LinearSystem downstream;
    LinearSystem upstream;
  };

  template <class Options>
  static void both_directions(Options& options) {
    options.downstream = true;
    options.upstream = true;
  }
  template <class Options>
  void weigh(Options& options) const {
    if (options.weight.empty()) options.weight = weight_;
  }

  const Network* net_;
  ModelOptions options_;
  std::vector<double> weight_;
  std::shared_ptr<const Systems> systems_;
};

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
