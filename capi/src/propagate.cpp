#include "chainqual/impact/propagate.hpp"

#include "control.hpp"
#include "handles.hpp"
#include "model_run.hpp"
#include "models.hpp"
#include "network.hpp"
#include "propagation.hpp"
#include "scenario.hpp"

using namespace chainqual;

namespace {

chainqual_model_run::Result run_of(const Network& net, const PlacedScenario& scenario, const ModelOptions& options,
                                   const Control& how) {
  require_directions_known(scenario, options.model);
  const std::span<const double> shock(scenario.shock);
  switch (options.model) {
    case Model::linear:
      return linear(net, shock, options.linear, how);
    case Model::cascade:
      return cascade(net, directions_of(scenario), options.cascade, how);
    case Model::contagion:
      return contagion(net, shock, options.contagion, how);
    case Model::distress:
      return distress(net, shock, options.distress, how);
    case Model::dynamics:
      return dynamics(net, scenario.disruptions, options.dynamics, how);
    case Model::inoperability:
      return inoperability(net, scenario.disruptions, options.inoperability, how);
  }
  capi::throw_unknown_number(static_cast<std::int64_t>(options.model), "model");
}

/// Days and notes of a run, as the library's own `propagate` takes them from the models.
struct Aside {
  std::vector<double> daily;
  std::vector<Text> notes;

  void operator()(const LinearResult&) {}
  void operator()(const ContagionResult&) {}
  void operator()(const CascadeResult& result) { note(result.note); }
  void operator()(const DistressResult& result) { notes = result.notes; }
  void operator()(const DynamicsResult& result) {
    for (const DayTotals& day : result.totals) {
      daily.push_back(result.usual.produced > 0 ? day.produced / result.usual.produced : 1.0);
    }
    note(result.conservation.note);
    note(result.overshoot.note);
    note(result.standstill.note);
  }
  void operator()(const InoperabilityResult& result) {
    for (const InoperabilityDay& day : result.totals) daily.push_back(1 - day.combined);
  }
  void note(const Text& text) {
    if (!text.en.empty()) notes.push_back(text);
  }
};

}  // namespace

chainqual_status chainqual_propagate(const chainqual_network* network, const chainqual_placed_scenario* scenario,
                                     const chainqual_model_options* options, const chainqual_control* control,
                                     chainqual_model_run** run, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const Network& net = capi::network_of(network);
    const PlacedScenario& placed = capi::required(scenario, "scenario").placed;
    auto result = run_of(net, placed, capi::options_of(options), capi::control_of(control));
    Aside aside;
    std::visit(aside, result);
    capi::make_handle(run, "run", std::move(result), std::move(aside.daily), std::move(aside.notes));
  });
}

void chainqual_model_run_free(chainqual_model_run* run) {
  delete run;
}

chainqual_status chainqual_model_run_losses(const chainqual_model_run* run, chainqual_propagation* losses,
                                            chainqual_error* error) {
  return capi::guarded(error, [&] {
    std::visit(
        [&](const Propagation& result) {
          capi::PropagationOut(losses, static_cast<std::uint32_t>(result.combined.size()), {}).write(result);
        },
        capi::required(run, "run").result);
  });
}

uint64_t chainqual_model_run_notes(const chainqual_model_run* run) {
  return run == nullptr ? 0 : run->notes.size();
}

chainqual_status chainqual_model_run_note(const chainqual_model_run* run, uint64_t index, int32_t language,
                                          const char** note, chainqual_error* error) {
  return capi::guarded(error, [&] { capi::hand_over(capi::required(run, "run").notes, index, language, note); });
}
