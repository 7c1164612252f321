#pragma once

#include "chainqual/impact/cascade.hpp"
#include "chainqual/impact/contagion.hpp"
#include "chainqual/impact/distress.hpp"
#include "chainqual/impact/ensemble.hpp"
#include "chainqual/impact/linear.hpp"
#include "chainqual/impact/systemic_risk.hpp"
#include "fields.hpp"

namespace chainqual::python {

template <>
struct Fields<Propagation> {
  static constexpr auto list = std::tuple{member("downstream", &Propagation::downstream),
                                          member("upstream", &Propagation::upstream),
                                          member("combined", &Propagation::combined),
                                          member("index_downstream", &Propagation::index_downstream),
                                          member("index_upstream", &Propagation::index_upstream),
                                          member("index", &Propagation::index),
                                          member("steps", &Propagation::steps),
                                          member("last_change", &Propagation::last_change),
                                          member("converged", &Propagation::converged)};
};

template <>
struct Fields<LinearOptions> {
  static constexpr auto list =
      std::tuple{member("downstream", &LinearOptions::downstream), member("upstream", &LinearOptions::upstream),
                 member("capped", &LinearOptions::capped), member("tolerance", &LinearOptions::tolerance),
                 member("max_sweeps", &LinearOptions::max_sweeps)};
};

template <>
struct Fields<LinearRun> {
  static constexpr auto list = std::tuple{member("converged", &LinearRun::converged),
                                          member("sweeps", &LinearRun::sweeps),
                                          member("last_change", &LinearRun::last_change),
                                          member("cyclic_components", &LinearRun::cyclic_components),
                                          member("largest_component", &LinearRun::largest_component),
                                          member("spectral_radius", &LinearRun::spectral_radius)};
};

template <>
struct Fields<LinkWeightSources> {
  static constexpr auto list = std::tuple{member("given", &LinkWeightSources::given),
                                          member("from_value", &LinkWeightSources::from_value),
                                          member("values_assumed", &LinkWeightSources::values_assumed),
                                          member("escape_given", &LinkWeightSources::escape_given),
                                          member("self_supply", &LinkWeightSources::self_supply),
                                          member("customers_above_one", &LinkWeightSources::customers_above_one),
                                          member("without_output", &LinkWeightSources::without_output)};
};

template <>
struct Fields<LinearResult> {
  static constexpr auto list =
      std::tuple_cat(Fields<Propagation>::list, std::tuple{member("downstream_run", &LinearResult::downstream_run),
                                                           member("upstream_run", &LinearResult::upstream_run),
                                                           member("sources", &LinearResult::sources)});
};

template <>
struct Fields<Essentiality> {
  static constexpr auto list =
      std::tuple{member("otherwise", &Essentiality::otherwise), member("sectors", &Essentiality::sectors),
                 member("by_sector", &Essentiality::by_sector), member("by_link", &Essentiality::by_link)};
};

template <>
struct Fields<CascadeOptions> {
  static constexpr auto list = std::tuple{member("essentiality", &CascadeOptions::essentiality),
                                          member("sectors", &CascadeOptions::sectors),
                                          member("revenue", &CascadeOptions::revenue),
                                          member("final_demand", &CascadeOptions::final_demand),
                                          member("cost", &CascadeOptions::cost),
                                          member("replaceability", &CascadeOptions::replaceability),
                                          member("market", &CascadeOptions::market),
                                          member("tolerance", &CascadeOptions::tolerance),
                                          member("max_steps", &CascadeOptions::max_steps),
                                          member("weight", &CascadeOptions::weight)};
};

template <>
struct Fields<Binding> {
  static constexpr bool tabular = true;
  static constexpr auto list = std::tuple{member("bound", &Binding::bound), member("sector", &Binding::sector),
                                          member("supplier", &Binding::supplier), member("lack", &Binding::lack)};
};

template <>
struct Fields<SectorLoss> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("sector", &SectorLoss::sector),     member("enterprises", &SectorLoss::enterprises),
                 member("weight", &SectorLoss::weight),     member("downstream", &SectorLoss::downstream),
                 member("upstream", &SectorLoss::upstream), member("combined", &SectorLoss::combined)};
};

template <>
struct Fields<CascadeResult> {
  static constexpr auto list = std::tuple_cat(
      Fields<Propagation>::list,
      std::tuple{member("tolerance", &CascadeResult::tolerance), member("sectors_from", &CascadeResult::sectors_from),
                 member("closed_circle", &CascadeResult::closed_circle),
                 member("closed_inputs", &CascadeResult::closed_inputs), member("truncated", &CascadeResult::truncated),
                 member("truncated_downstream", &CascadeResult::truncated_downstream),
                 member("sectors", &CascadeResult::sectors), member("binding", &CascadeResult::binding),
                 member("note", &CascadeResult::note)});
};

template <>
struct Fields<SystemicRiskOptions> {
  static constexpr auto list = std::tuple{
      member("cascade", &SystemicRiskOptions::cascade), member("enterprises", &SystemicRiskOptions::enterprises),
      member("method", &SystemicRiskOptions::method), member("lanes", &SystemicRiskOptions::lanes)};
};

template <>
struct Fields<SystemicRiskResult> {
  static constexpr auto list = std::tuple{member("index", &SystemicRiskResult::index),
                                          member("index_downstream", &SystemicRiskResult::index_downstream),
                                          member("index_upstream", &SystemicRiskResult::index_upstream),
                                          member("steps", &SystemicRiskResult::steps),
                                          member("converged", &SystemicRiskResult::converged),
                                          member("tolerance", &SystemicRiskResult::tolerance),
                                          member("sectors_from", &SystemicRiskResult::sectors_from),
                                          member("closed_circle", &SystemicRiskResult::closed_circle),
                                          member("closed_inputs", &SystemicRiskResult::closed_inputs),
                                          member("truncated", &SystemicRiskResult::truncated),
                                          member("truncated_downstream", &SystemicRiskResult::truncated_downstream),
                                          member("in_lanes", &SystemicRiskResult::in_lanes),
                                          member("note", &SystemicRiskResult::note)};
};

template <>
struct Fields<Spread> {
  static constexpr auto list = std::tuple{member("mean", &Spread::mean),
                                          member("deviation", &Spread::deviation),
                                          member("standard_error", &Spread::standard_error),
                                          member("least", &Spread::least),
                                          member("most", &Spread::most),
                                          member("quantiles", &Spread::quantiles)};
};

template <>
struct Fields<UncertainParameter> {
  static constexpr auto list =
      std::tuple{member("name", &UncertainParameter::name), member("low", &UncertainParameter::low),
                 member("high", &UncertainParameter::high), member("spreading", &UncertainParameter::spreading),
                 member("mode", &UncertainParameter::mode)};
};

template <>
struct Fields<EnsembleOptions> {
  static constexpr auto list = std::tuple{member("quantiles", &EnsembleOptions::quantiles),
                                          member("by_enterprise", &EnsembleOptions::by_enterprise)};
};

template <>
struct Fields<EnsembleResult> {
  static constexpr auto list = std::tuple{member("samples", &EnsembleResult::samples),
                                          member("shares", &EnsembleResult::shares),
                                          member("indices", &EnsembleResult::indices),
                                          member("index", &EnsembleResult::index),
                                          member("index_downstream", &EnsembleResult::index_downstream),
                                          member("index_upstream", &EnsembleResult::index_upstream),
                                          member("mean", &EnsembleResult::mean),
                                          member("deviation", &EnsembleResult::deviation),
                                          member("quantiles", &EnsembleResult::quantiles),
                                          member("not_converged", &EnsembleResult::not_converged)};
};

template <>
struct Fields<PairedDifference> {
  static constexpr auto list =
      std::tuple{member("mean", &PairedDifference::mean), member("standard_error", &PairedDifference::standard_error),
                 member("share_below", &PairedDifference::share_below)};
};

template <>
struct Fields<ContagionOptions> {
  static constexpr auto list = std::tuple{member("downstream", &ContagionOptions::downstream),
                                          member("upstream", &ContagionOptions::upstream),
                                          member("runs", &ContagionOptions::runs),
                                          member("first_run", &ContagionOptions::first_run),
                                          member("seed", &ContagionOptions::seed),
                                          member("max_steps", &ContagionOptions::max_steps),
                                          member("words", &ContagionOptions::words),
                                          member("level", &ContagionOptions::level),
                                          member("quantiles", &ContagionOptions::quantiles),
                                          member("weight", &ContagionOptions::weight),
                                          member("downstream_probability", &ContagionOptions::downstream_probability),
                                          member("upstream_probability", &ContagionOptions::upstream_probability)};
};

template <>
struct Fields<Interval> {
  static constexpr bool tabular = true;
  static constexpr auto list = std::tuple{member("low", &Interval::low), member("high", &Interval::high)};
};

template <>
struct Fields<ContagionSpread> {
  static constexpr auto list = std::tuple{member("hits", &ContagionSpread::hits),
                                          member("steps_total", &ContagionSpread::steps_total),
                                          member("interval", &ContagionSpread::interval),
                                          member("enterprises", &ContagionSpread::enterprises),
                                          member("share", &ContagionSpread::share),
                                          member("count_spread", &ContagionSpread::count_spread),
                                          member("share_spread", &ContagionSpread::share_spread),
                                          member("steps", &ContagionSpread::steps),
                                          member("cut_short", &ContagionSpread::cut_short)};
};

template <>
struct Fields<ContagionResult> {
  static constexpr auto list = std::tuple_cat(
      Fields<Propagation>::list,
      std::tuple{member("downstream_spread", &ContagionResult::downstream_spread),
                 member("upstream_spread", &ContagionResult::upstream_spread),
                 member("combined_spread", &ContagionResult::combined_spread), member("runs", &ContagionResult::runs),
                 member("first_run", &ContagionResult::first_run), member("seed", &ContagionResult::seed),
                 member("level", &ContagionResult::level), member("quantiles", &ContagionResult::quantiles)});
};

template <>
struct Fields<DistressOptions> {
  static constexpr auto list = std::tuple{member("variant", &DistressOptions::variant),
                                          member("downstream", &DistressOptions::downstream),
                                          member("upstream", &DistressOptions::upstream),
                                          member("tolerance", &DistressOptions::tolerance),
                                          member("max_steps", &DistressOptions::max_steps),
                                          member("spectral_radius", &DistressOptions::spectral_radius),
                                          member("downstream_exposure", &DistressOptions::downstream_exposure),
                                          member("upstream_exposure", &DistressOptions::upstream_exposure),
                                          member("weight", &DistressOptions::weight)};
};

template <>
struct Fields<DistressRun> {
  static constexpr auto list = std::tuple{member("converged", &DistressRun::converged),
                                          member("steps", &DistressRun::steps),
                                          member("last_change", &DistressRun::last_change),
                                          member("first", &DistressRun::first),
                                          member("last", &DistressRun::last),
                                          member("index", &DistressRun::index),
                                          member("history", &DistressRun::history),
                                          member("times_kept_back", &DistressRun::times_kept_back),
                                          member("kept_back", &DistressRun::kept_back),
                                          member("exposures_capped", &DistressRun::exposures_capped),
                                          member("at_cap", &DistressRun::at_cap),
                                          member("spectral_radius", &DistressRun::spectral_radius)};
};

template <>
struct Fields<DistressResult> {
  static constexpr auto list =
      std::tuple_cat(Fields<Propagation>::list, std::tuple{member("downstream_run", &DistressResult::downstream_run),
                                                           member("upstream_run", &DistressResult::upstream_run),
                                                           member("debtrank", &DistressResult::debtrank),
                                                           member("notes", &DistressResult::notes)});
};

}  // namespace chainqual::python
