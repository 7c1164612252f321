#pragma once

#include "chainqual/impact/dynamics.hpp"
#include "chainqual/impact/inoperability.hpp"
#include "chainqual/impact/propagate.hpp"
#include "chainqual/impact/recovery.hpp"
#include "model_fields.hpp"

namespace chainqual::python {

template <>
struct Fields<Recovery> {
  static constexpr auto list =
      std::tuple{member("kind", &Recovery::kind), member("days", &Recovery::days), member("table", &Recovery::table)};
};

template <>
struct Fields<Disruption> {
  static constexpr auto list =
      std::tuple{member("enterprise", &Disruption::enterprise), member("magnitude", &Disruption::magnitude),
                 member("start", &Disruption::start), member("duration", &Disruption::duration),
                 member("recovery", &Disruption::recovery)};
};

template <>
struct Fields<DynamicsOptions> {
  static constexpr auto list = std::tuple{member("days", &DynamicsOptions::days),
                                          member("stock_days", &DynamicsOptions::stock_days),
                                          member("stock_days_each", &DynamicsOptions::stock_days_each),
                                          member("poisson_stock", &DynamicsOptions::poisson_stock),
                                          member("poisson_floor", &DynamicsOptions::poisson_floor),
                                          member("seed", &DynamicsOptions::seed),
                                          member("smoothing_days", &DynamicsOptions::smoothing_days),
                                          member("rationing", &DynamicsOptions::rationing),
                                          member("inputs", &DynamicsOptions::inputs),
                                          member("sectors", &DynamicsOptions::sectors),
                                          member("final_demand", &DynamicsOptions::final_demand),
                                          member("days_per_year", &DynamicsOptions::days_per_year),
                                          member("working_level", &DynamicsOptions::working_level),
                                          member("settled_change", &DynamicsOptions::settled_change),
                                          member("weight", &DynamicsOptions::weight),
                                          member("record", &DynamicsOptions::record),
                                          member("record_every", &DynamicsOptions::record_every)};
};

template <>
struct Fields<DayTotals> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("produced", &DayTotals::produced), member("value_added", &DayTotals::value_added),
                 member("stocks", &DayTotals::stocks), member("unmet_final", &DayTotals::unmet_final),
                 member("unmet_orders", &DayTotals::unmet_orders)};
};

template <>
struct Fields<Conservation> {
  static constexpr auto list =
      std::tuple{member("checked", &Conservation::checked), member("violations", &Conservation::violations),
                 member("largest", &Conservation::largest), member("enterprise", &Conservation::enterprise),
                 member("day", &Conservation::day),         member("stock_gap", &Conservation::stock_gap),
                 member("note", &Conservation::note)};
};

template <>
struct Fields<Overshoot> {
  static constexpr auto list = std::tuple{member("largest", &Overshoot::largest),
                                          member("enterprise", &Overshoot::enterprise),
                                          member("day", &Overshoot::day),
                                          member("enterprises", &Overshoot::enterprises),
                                          member("one_tier_bound", &Overshoot::one_tier_bound),
                                          member("note", &Overshoot::note)};
};

template <>
struct Fields<Standstill> {
  static constexpr auto list =
      std::tuple{member("enterprises", &Standstill::enterprises), member("note", &Standstill::note)};
};

template <>
struct Fields<DynamicsAssumptions> {
  static constexpr auto list = std::tuple{member("final_demand_assumed", &DynamicsAssumptions::final_demand_assumed),
                                          member("inputs", &DynamicsAssumptions::inputs),
                                          member("values_assumed", &DynamicsAssumptions::values_assumed),
                                          member("zero_links", &DynamicsAssumptions::zero_links),
                                          member("without_output", &DynamicsAssumptions::without_output),
                                          member("isolated", &DynamicsAssumptions::isolated)};
};

template <>
struct Fields<DynamicsResult> {
  static constexpr auto list = std::tuple_cat(
      Fields<Propagation>::list,
      std::tuple{
          member("by_capacity", &DynamicsResult::by_capacity), member("by_inputs", &DynamicsResult::by_inputs),
          member("by_orders", &DynamicsResult::by_orders), member("last_level", &DynamicsResult::last_level),
          member("peak_orders", &DynamicsResult::peak_orders), member("survive_days", &DynamicsResult::survive_days),
          member("recover_days", &DynamicsResult::recover_days), member("totals", &DynamicsResult::totals),
          member("levels", &DynamicsResult::levels), member("usual", &DynamicsResult::usual),
          member("lost_output", &DynamicsResult::lost_output),
          member("lost_value_added", &DynamicsResult::lost_value_added),
          member("unmet_final", &DynamicsResult::unmet_final), member("conservation", &DynamicsResult::conservation),
          member("overshoot", &DynamicsResult::overshoot), member("standstill", &DynamicsResult::standstill),
          member("assumptions", &DynamicsResult::assumptions)});
};

template <>
struct Fields<InoperabilityOptions> {
  static constexpr auto list = std::tuple{member("days", &InoperabilityOptions::days),
                                          member("steps_per_day", &InoperabilityOptions::steps_per_day),
                                          member("downstream", &InoperabilityOptions::downstream),
                                          member("upstream", &InoperabilityOptions::upstream),
                                          member("capped", &InoperabilityOptions::capped),
                                          member("initial", &InoperabilityOptions::initial),
                                          member("resilience", &InoperabilityOptions::resilience),
                                          member("recovery_days", &InoperabilityOptions::recovery_days),
                                          member("recovery_days_each", &InoperabilityOptions::recovery_days_each),
                                          member("recovered_share", &InoperabilityOptions::recovered_share),
                                          member("settled_change", &InoperabilityOptions::settled_change),
                                          member("weight", &InoperabilityOptions::weight),
                                          member("record_every", &InoperabilityOptions::record_every)};
};

template <>
struct Fields<InoperabilityDay> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("downstream", &InoperabilityDay::downstream), member("upstream", &InoperabilityDay::upstream),
                 member("combined", &InoperabilityDay::combined)};
};

template <>
struct Fields<InoperabilityResult> {
  static constexpr auto list = std::tuple_cat(
      Fields<Propagation>::list,
      std::tuple{member("last_downstream", &InoperabilityResult::last_downstream),
                 member("last_upstream", &InoperabilityResult::last_upstream),
                 member("peak", &InoperabilityResult::peak), member("resilience", &InoperabilityResult::resilience),
                 member("totals", &InoperabilityResult::totals), member("levels", &InoperabilityResult::levels),
                 member("economic_loss", &InoperabilityResult::economic_loss),
                 member("sources", &InoperabilityResult::sources)});
};

template <>
struct Fields<ModelOptions> {
  static constexpr auto list = std::tuple{member("model", &ModelOptions::model),
                                          member("linear", &ModelOptions::linear),
                                          member("cascade", &ModelOptions::cascade),
                                          member("contagion", &ModelOptions::contagion),
                                          member("distress", &ModelOptions::distress),
                                          member("dynamics", &ModelOptions::dynamics),
                                          member("inoperability", &ModelOptions::inoperability)};
};

template <>
struct Fields<ModelRun> {
  static constexpr auto list = std::tuple_cat(
      Fields<Propagation>::list, std::tuple{member("daily", &ModelRun::daily), member("notes", &ModelRun::notes)});
};

}  // namespace chainqual::python
