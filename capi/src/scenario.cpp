#include "scenario.hpp"

#include "buffers.hpp"
#include "chain.hpp"
#include "chainqual/impact/place.hpp"
#include "chainqual/io/scenario_json.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "models.hpp"

using namespace chainqual;

chainqual_status chainqual_scenarios_from_json(const char* text, uint64_t length, const char* file,
                                               const chainqual_control* control, chainqual_scenarios** scenarios,
                                               chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    throw_if_cancelled(capi::control_of(control));
    const auto bytes = capi::entries(text, length, "text");
    const std::string name(file == nullptr ? "scenario.json" : file);
    capi::make_handle(scenarios, "scenarios", scenarios_from_json({bytes.data(), bytes.size()}, name));
  });
}

chainqual_status chainqual_read_scenarios(const char* path, const chainqual_control* control,
                                          chainqual_scenarios** scenarios, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    throw_if_cancelled(capi::control_of(control));
    capi::make_handle(scenarios, "scenarios", read_scenarios(&capi::required(path, "path")));
  });
}

void chainqual_scenarios_free(chainqual_scenarios* scenarios) {
  delete scenarios;
}

uint64_t chainqual_scenarios_size(const chainqual_scenarios* scenarios) {
  return scenarios == nullptr ? 0 : scenarios->scenarios.size();
}

chainqual_status chainqual_scenarios_name(const chainqual_scenarios* scenarios, uint64_t index, int32_t language,
                                          const char** name, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto& all = capi::required(scenarios, "scenarios").scenarios;
    capi::require_index(index, all.size());
    const Scenario& one = all[static_cast<std::size_t>(index)];
    const bool zh = capi::language_of(language) == Language::zh;
    capi::required(name, "name") = (zh ? one.name : one.name_en).c_str();
  });
}

chainqual_status chainqual_lasting(const double* shock, uint64_t shock_count, chainqual_placed_scenario** placed,
                                   chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto given = capi::entries(shock, shock_count, "shock");
    if (given.size() > Network::max_enterprises) capi::throw_too_long("shock");
    capi::make_handle(placed, "placed", lasting({given.begin(), given.end()}));
  });
}

chainqual_status chainqual_placed_scenario_create(uint64_t enterprises, const chainqual_disruption* disruptions,
                                                  uint64_t disruption_count, chainqual_placed_scenario** placed,
                                                  chainqual_error* error) {
  return capi::guarded(error, [&] {
    if (enterprises > Network::max_enterprises) capi::throw_too_long("enterprises");
    PlacedScenario made;
    made.disruptions = capi::disruptions_of(disruptions, disruption_count);
    check_disruptions(made.disruptions, static_cast<std::size_t>(enterprises));
    std::vector<PlacedShock> shocks;
    for (const Disruption& one : made.disruptions) shocks.push_back({one.enterprise, one.magnitude});
    made.shock = combine_shocks(static_cast<std::size_t>(enterprises), shocks);
    capi::make_handle(placed, "placed", std::move(made));
  });
}

chainqual_status chainqual_place(const chainqual_chain* chain, const chainqual_scenarios* scenarios, uint64_t index,
                                 const chainqual_assess_options* options, const chainqual_control* control,
                                 chainqual_placed_scenario** placed, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const auto content = capi::share(chain);
    const auto& all = capi::required(scenarios, "scenarios").scenarios;
    capi::require_index(index, all.size());
    capi::make_handle(
        placed, "placed",
        place(*content, all[static_cast<std::size_t>(index)], capi::options_of(options), capi::control_of(control)));
  });
}

void chainqual_placed_scenario_free(chainqual_placed_scenario* placed) {
  delete placed;
}

chainqual_status chainqual_placed_scenario_shock(const chainqual_placed_scenario* placed, double* shock,
                                                 uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return capi::guarded(error,
                       [&] { capi::hand_over(capi::required(placed, "placed").placed.shock, shock, capacity, size); });
}
