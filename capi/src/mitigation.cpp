#include "chainqual/impact/mitigation.hpp"

#include <limits>
#include <vector>

#include "buffers.hpp"
#include "chain.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "measures.hpp"
#include "models.hpp"
#include "network.hpp"
#include "options.hpp"
#include "propagation.hpp"
#include "records.hpp"
#include "scenario.hpp"

using namespace chainqual;

static_assert(CHAINQUAL_SELECTION_AUTOMATIC == static_cast<int>(SelectionMethod::automatic));
static_assert(CHAINQUAL_SELECTION_GREEDY == static_cast<int>(SelectionMethod::greedy));
static_assert(CHAINQUAL_SELECTION_EXACT == static_cast<int>(SelectionMethod::exact));
static_assert(CHAINQUAL_RETURNS_UNKNOWN == static_cast<int>(Returns::unknown));
static_assert(CHAINQUAL_RETURNS_CONSTANT == static_cast<int>(Returns::constant));
static_assert(CHAINQUAL_RETURNS_DIMINISHING == static_cast<int>(Returns::diminishing));
static_assert(CHAINQUAL_FOUND_BY_ENUMERATION == static_cast<int>(FoundBy::enumeration));
static_assert(CHAINQUAL_FOUND_BY_KNAPSACK == static_cast<int>(FoundBy::knapsack));
static_assert(CHAINQUAL_FOUND_BY_DENSITY == static_cast<int>(FoundBy::by_density));
static_assert(CHAINQUAL_FOUND_BY_GAIN == static_cast<int>(FoundBy::by_gain));
static_assert(CHAINQUAL_FOUND_BY_DROPPING == static_cast<int>(FoundBy::by_dropping));
static_assert(CHAINQUAL_FOUND_BY_BEST_SINGLE == static_cast<int>(FoundBy::best_single));
static_assert(CHAINQUAL_FATE_CHOSEN == static_cast<int>(MeasureFate::chosen));
static_assert(CHAINQUAL_FATE_NOT_CHOSEN == static_cast<int>(MeasureFate::not_chosen));
static_assert(CHAINQUAL_FATE_USELESS == static_cast<int>(MeasureFate::useless));
static_assert(CHAINQUAL_FATE_TOO_DEAR == static_cast<int>(MeasureFate::too_dear));
static_assert(CHAINQUAL_FATE_UNPRICED == static_cast<int>(MeasureFate::unpriced));

struct chainqual_mitigation {
  MitigationResult result;
};

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

LossKind counted_of(std::uint32_t bits) {
  const capi::Directions directions = capi::directions_of(bits);
  if (directions.downstream && directions.upstream) return LossKind::combined;
  return directions.downstream ? LossKind::downstream : LossKind::upstream;
}

MitigationOptions options_of(const chainqual_mitigation_options* options) {
  const auto own = capi::settled(options);
  MitigationOptions result;
  result.budget = own.budget;
  result.model = capi::options_of(own.model);
  result.counted = counted_of(own.counted);
  result.scenario_weight = capi::vector_of(own.scenario_weight, "scenario_weight");
  result.cost_alternate = capi::number_of(own.cost_alternate);
  result.cost_stock_day = capi::number_of(own.cost_stock_day);
  result.method = capi::enumerator<SelectionMethod>(own.method, "method");
  result.exact_runs = capi::given_or(own.exact_runs, result.exact_runs);
  result.least_gain = capi::given_or(own.least_gain, result.least_gain);
  result.assess = capi::options_of(own.assess);
  return result;
}

const MitigationResult& result_of(const chainqual_mitigation* mitigation) {
  return capi::required(mitigation, "mitigation").result;
}

}  // namespace

chainqual_status chainqual_mitigate(const chainqual_chain* chain, const chainqual_measures* measures,
                                    const chainqual_scenarios* scenarios, const chainqual_mitigation_options* options,
                                    const chainqual_control* control, chainqual_mitigation** mitigation,
                                    chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const auto content = capi::share(chain);
    const auto& list = capi::required(measures, "measures").measures;
    const std::span<const Scenario> under =
        scenarios == nullptr ? std::span<const Scenario>() : std::span<const Scenario>(scenarios->scenarios);
    capi::make_handle(mitigation, "mitigation",
                      mitigate(*content, list, under, options_of(options), capi::control_of(control)));
  });
}

void chainqual_mitigation_free(chainqual_mitigation* mitigation) {
  delete mitigation;
}

chainqual_status chainqual_mitigation_get_figures(const chainqual_mitigation* mitigation,
                                                  chainqual_mitigation_figures* figures, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const MitigationResult& own = result_of(mitigation);
    chainqual_mitigation_figures out = CHAINQUAL_MITIGATION_FIGURES_INIT;
    out.model = static_cast<int32_t>(own.model);
    out.counted = static_cast<int32_t>(own.counted);
    out.returns = static_cast<int32_t>(own.returns);
    out.found_by = static_cast<int32_t>(own.found_by);
    out.optimal = own.optimal ? 1 : 0;
    out.scenarios = own.scenarios;
    out.weight = own.weight;
    out.loss_before = own.loss_before;
    out.loss_after = own.loss_after;
    out.avoided = own.avoided;
    out.budget = own.budget;
    out.spent = own.spent;
    out.guarantee = own.guarantee.value_or(unknown);
    out.bound = own.bound.value_or(unknown);
    out.chosen = own.chosen.size();
    out.runs = own.runs;
    out.sets = own.sets;
    out.frontier_exact = own.frontier_exact ? 1 : 0;
    capi::hand_over(out, &capi::required(figures, "figures"));
  });
}

chainqual_status chainqual_mitigation_chosen(const chainqual_mitigation* mitigation, chainqual_chosen_measure* chosen,
                                             uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    std::vector<chainqual_chosen_measure> out;
    for (const ChosenMeasure& one : result_of(mitigation).chosen) {
      out.push_back(
          {one.measure, one.cost, one.avoided, one.avoided_alone, one.per_cost.value_or(unknown), one.spent, one.loss});
    }
    capi::hand_over(out, chosen, capacity, size);
  });
}

chainqual_status chainqual_mitigation_outcomes(const chainqual_mitigation* mitigation,
                                               chainqual_measure_outcome* outcomes, uint64_t capacity, uint64_t* size,
                                               chainqual_error* error) {
  return capi::guarded(error, [&] {
    std::vector<chainqual_measure_outcome> out;
    for (const MeasureOutcome& one : result_of(mitigation).outcomes) {
      out.push_back({static_cast<int32_t>(one.fate), 0, one.cost.value_or(unknown), one.avoided_alone,
                     one.per_cost.value_or(unknown)});
    }
    capi::hand_over(out, outcomes, capacity, size);
  });
}

chainqual_status chainqual_mitigation_why(const chainqual_mitigation* mitigation, uint64_t index, int32_t language,
                                          const char** why, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto& outcomes = result_of(mitigation).outcomes;
    capi::require_index(index, outcomes.size());
    const Text& text = outcomes[static_cast<std::size_t>(index)].why;
    capi::required(why, "why") = text.in(capi::language_of(language)).c_str();
  });
}

chainqual_status chainqual_mitigation_frontier(const chainqual_mitigation* mitigation, chainqual_frontier_point* points,
                                               uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    std::vector<chainqual_frontier_point> out;
    for (const FrontierPoint& one : result_of(mitigation).frontier) out.push_back({one.spent, one.worth});
    capi::hand_over(out, points, capacity, size);
  });
}

chainqual_status chainqual_mitigation_note(const chainqual_mitigation* mitigation, int32_t language, const char** note,
                                           chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Text& text = result_of(mitigation).note;
    capi::required(note, "note") = text.in(capi::language_of(language)).c_str();
  });
}
