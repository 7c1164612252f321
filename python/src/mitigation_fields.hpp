#pragma once

#include "assess_fields.hpp"
#include "chainqual/impact/mitigation.hpp"

namespace chainqual::python {

template <>
struct Fields<SuggestOptions> {
  static constexpr auto list = std::tuple{member("projects", &SuggestOptions::projects),
                                          member("alternates", &SuggestOptions::alternates),
                                          member("same_product", &SuggestOptions::same_product),
                                          member("most_alternates", &SuggestOptions::most_alternates),
                                          member("share", &SuggestOptions::share),
                                          member("stock_days", &SuggestOptions::stock_days),
                                          member("effect", &SuggestOptions::effect)};
};

template <>
struct Fields<MitigationOptions> {
  static constexpr auto list = std::tuple{member("budget", &MitigationOptions::budget),
                                          member("model", &MitigationOptions::model),
                                          member("counted", &MitigationOptions::counted),
                                          member("scenario_weight", &MitigationOptions::scenario_weight),
                                          member("cost_alternate", &MitigationOptions::cost_alternate),
                                          member("cost_stock_day", &MitigationOptions::cost_stock_day),
                                          member("method", &MitigationOptions::method),
                                          member("exact_runs", &MitigationOptions::exact_runs),
                                          member("least_gain", &MitigationOptions::least_gain),
                                          member("assess", &MitigationOptions::assess)};
};

template <>
struct Fields<MeasureOutcome> {
  static constexpr auto list =
      std::tuple{member("fate", &MeasureOutcome::fate), member("cost", &MeasureOutcome::cost),
                 member("avoided_alone", &MeasureOutcome::avoided_alone), member("per_cost", &MeasureOutcome::per_cost),
                 member("why", &MeasureOutcome::why)};
};

template <>
struct Fields<ChosenMeasure> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("measure", &ChosenMeasure::measure),   member("cost", &ChosenMeasure::cost),
                 member("avoided", &ChosenMeasure::avoided),   member("avoided_alone", &ChosenMeasure::avoided_alone),
                 member("per_cost", &ChosenMeasure::per_cost), member("spent", &ChosenMeasure::spent),
                 member("loss", &ChosenMeasure::loss)};
};

template <>
struct Fields<FrontierPoint> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("spent", &FrontierPoint::spent), member("worth", &FrontierPoint::worth)};
};

template <>
struct Fields<MitigationResult> {
  static constexpr auto list = std::tuple{member("model", &MitigationResult::model),
                                          member("counted", &MitigationResult::counted),
                                          member("scenarios", &MitigationResult::scenarios),
                                          member("weight", &MitigationResult::weight),
                                          member("loss_before", &MitigationResult::loss_before),
                                          member("loss_after", &MitigationResult::loss_after),
                                          member("avoided", &MitigationResult::avoided),
                                          member("budget", &MitigationResult::budget),
                                          member("spent", &MitigationResult::spent),
                                          member("chosen", &MitigationResult::chosen),
                                          member("outcomes", &MitigationResult::outcomes),
                                          member("frontier", &MitigationResult::frontier),
                                          member("frontier_exact", &MitigationResult::frontier_exact),
                                          member("returns", &MitigationResult::returns),
                                          member("found_by", &MitigationResult::found_by),
                                          member("optimal", &MitigationResult::optimal),
                                          member("guarantee", &MitigationResult::guarantee),
                                          member("bound", &MitigationResult::bound),
                                          member("runs", &MitigationResult::runs),
                                          member("sets", &MitigationResult::sets),
                                          member("note", &MitigationResult::note)};
};

}  // namespace chainqual::python
