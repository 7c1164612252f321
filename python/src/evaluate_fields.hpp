#pragma once

#include "chainqual/evaluate/anova.hpp"
#include "chainqual/evaluate/capability.hpp"
#include "chainqual/evaluate/control_chart.hpp"
#include "chainqual/evaluate/fault_tree.hpp"
#include "chainqual/evaluate/fmea.hpp"
#include "chainqual/evaluate/weights.hpp"
#include "fields.hpp"

namespace chainqual::python {

template <>
struct Fields<SeriesSummary> {
  static constexpr auto list = std::tuple{
      member("count", &SeriesSummary::count),         member("mean", &SeriesSummary::mean),
      member("deviation", &SeriesSummary::deviation), member("autocorrelation", &SeriesSummary::autocorrelation),
      member("least", &SeriesSummary::least),         member("largest", &SeriesSummary::largest)};
};

template <>
struct Fields<FailureMode> {
  static constexpr auto list =
      std::tuple{member("name", &FailureMode::name), member("severity", &FailureMode::severity),
                 member("occurrence", &FailureMode::occurrence), member("detection", &FailureMode::detection)};
};

template <>
struct Fields<PriorityRule> {
  static constexpr auto list = std::tuple{member("severity_from", &PriorityRule::severity_from),
                                          member("severity_to", &PriorityRule::severity_to),
                                          member("occurrence_from", &PriorityRule::occurrence_from),
                                          member("occurrence_to", &PriorityRule::occurrence_to),
                                          member("detection_from", &PriorityRule::detection_from),
                                          member("detection_to", &PriorityRule::detection_to),
                                          member("priority", &PriorityRule::priority)};
};

template <>
struct Fields<RatedMode> {
  static constexpr auto list = std::tuple{member("mode", &RatedMode::mode), member("rpn", &RatedMode::rpn),
                                          member("priority", &RatedMode::priority), member("rank", &RatedMode::rank),
                                          member("cumulated_share", &RatedMode::cumulated_share)};
};

template <>
struct Fields<BasicEvent> {
  static constexpr auto list =
      std::tuple{member("name", &BasicEvent::name), member("probability", &BasicEvent::probability)};
};

template <>
struct Fields<Gate> {
  static constexpr auto list = std::tuple{member("name", &Gate::name), member("kind", &Gate::kind),
                                          member("inputs", &Gate::inputs), member("k", &Gate::k)};
};

template <>
struct Fields<FaultTree> {
  static constexpr auto list = std::tuple{member("events", &FaultTree::events), member("gates", &FaultTree::gates),
                                          member("top", &FaultTree::top)};
};

template <>
struct Fields<FaultTreeOptions> {
  static constexpr auto list = std::tuple{member("most_nodes", &FaultTreeOptions::most_nodes),
                                          member("most_cut_sets", &FaultTreeOptions::most_cut_sets)};
};

template <>
struct Fields<EventImportance> {
  static constexpr auto list =
      std::tuple{member("birnbaum", &EventImportance::birnbaum), member("criticality", &EventImportance::criticality),
                 member("fussell_vesely", &EventImportance::fussell_vesely),
                 member("achievement_worth", &EventImportance::achievement_worth),
                 member("reduction_worth", &EventImportance::reduction_worth)};
};

template <>
struct Fields<FaultTreeResult> {
  static constexpr auto list = std::tuple{
      member("probability", &FaultTreeResult::probability),     member("cut_sets", &FaultTreeResult::cut_sets),
      member("cut_set_count", &FaultTreeResult::cut_set_count), member("all_listed", &FaultTreeResult::all_listed),
      member("importance", &FaultTreeResult::importance),       member("nodes", &FaultTreeResult::nodes)};
};

template <>
struct Fields<PairwiseWeights> {
  static constexpr auto list = std::tuple{member("weights", &PairwiseWeights::weights),
                                          member("largest_eigenvalue", &PairwiseWeights::largest_eigenvalue),
                                          member("consistency_index", &PairwiseWeights::consistency_index),
                                          member("consistency_ratio", &PairwiseWeights::consistency_ratio),
                                          member("worst_row", &PairwiseWeights::worst_row),
                                          member("worst_column", &PairwiseWeights::worst_column),
                                          member("worst_implied", &PairwiseWeights::worst_implied)};
};

template <>
struct Fields<Variation> {
  static constexpr auto list =
      std::tuple{member("sum_of_squares", &Variation::sum_of_squares), member("degrees", &Variation::degrees),
                 member("mean_square", &Variation::mean_square), member("f", &Variation::f),
                 member("p_value", &Variation::p_value)};
};

template <>
struct Fields<OneWayAnova> {
  static constexpr auto list =
      std::tuple{member("between", &OneWayAnova::between), member("within", &OneWayAnova::within),
                 member("share_explained", &OneWayAnova::share_explained),
                 member("residual_deviation", &OneWayAnova::residual_deviation)};
};

template <>
struct Fields<TwoWayAnova> {
  static constexpr auto list =
      std::tuple{member("first", &TwoWayAnova::first), member("second", &TwoWayAnova::second),
                 member("together", &TwoWayAnova::together), member("residual", &TwoWayAnova::residual)};
};

template <>
struct Fields<ChartPoint> {
  static constexpr bool tabular = true;
  static constexpr auto list = std::tuple{member("value", &ChartPoint::value), member("centre", &ChartPoint::centre),
                                          member("sigma", &ChartPoint::sigma), member("lower", &ChartPoint::lower),
                                          member("upper", &ChartPoint::upper)};
};

template <>
struct Fields<ChartSignal> {
  static constexpr auto list = std::tuple{member("first", &ChartSignal::first), member("last", &ChartSignal::last),
                                          member("rule", &ChartSignal::rule)};
};

template <>
struct Fields<ControlChart> {
  static constexpr auto list =
      std::tuple{member("points", &ControlChart::points), member("signals", &ControlChart::signals)};
};

template <>
struct Fields<PairedCharts> {
  static constexpr auto list =
      std::tuple{member("location", &PairedCharts::location), member("spread", &PairedCharts::spread),
                 member("centre", &PairedCharts::centre), member("sigma", &PairedCharts::sigma)};
};

template <>
struct Fields<ChartOptions> {
  static constexpr auto list =
      std::tuple{member("rules", &ChartOptions::rules), member("width", &ChartOptions::width),
                 member("centre", &ChartOptions::centre), member("sigma", &ChartOptions::sigma)};
};

template <>
struct Fields<EwmaOptions> {
  static constexpr auto list = std::tuple{member("lambda", &EwmaOptions::lambda), member("width", &EwmaOptions::width),
                                          member("centre", &EwmaOptions::centre), member("sigma", &EwmaOptions::sigma)};
};

template <>
struct Fields<CusumOptions> {
  static constexpr auto list =
      std::tuple{member("reference", &CusumOptions::reference), member("decision", &CusumOptions::decision),
                 member("head_start", &CusumOptions::head_start), member("centre", &CusumOptions::centre),
                 member("sigma", &CusumOptions::sigma)};
};

template <>
struct Fields<CusumPoint> {
  static constexpr bool tabular = true;
  static constexpr auto list = std::tuple{member("value", &CusumPoint::value),
                                          member("above", &CusumPoint::above),
                                          member("below", &CusumPoint::below),
                                          member("above_since", &CusumPoint::above_since),
                                          member("below_since", &CusumPoint::below_since),
                                          member("signal_above", &CusumPoint::signal_above),
                                          member("signal_below", &CusumPoint::signal_below)};
};

template <>
struct Fields<CusumChart> {
  static constexpr auto list =
      std::tuple{member("points", &CusumChart::points), member("centre", &CusumChart::centre),
                 member("sigma", &CusumChart::sigma), member("decision", &CusumChart::decision)};
};

template <>
struct Fields<CapabilityIndex> {
  static constexpr auto list = std::tuple{member("value", &CapabilityIndex::value),
                                          member("low", &CapabilityIndex::from), member("high", &CapabilityIndex::to)};
};

template <>
struct Fields<CapabilityIndices> {
  static constexpr auto list = std::tuple{member("sigma", &CapabilityIndices::sigma),
                                          member("degrees", &CapabilityIndices::degrees),
                                          member("potential", &CapabilityIndices::potential),
                                          member("actual", &CapabilityIndices::actual),
                                          member("expected_below", &CapabilityIndices::expected_below),
                                          member("expected_above", &CapabilityIndices::expected_above)};
};

template <>
struct Fields<Capability> {
  static constexpr auto list = std::tuple{
      member("count", &Capability::count), member("mean", &Capability::mean), member("within", &Capability::within),
      member("overall", &Capability::overall), member("seen_outside", &Capability::seen_outside)};
};

template <>
struct Fields<ControlConstants> {
  static constexpr auto list =
      std::tuple{member("d2", &ControlConstants::d2),          member("d3", &ControlConstants::d3),
                 member("c4", &ControlConstants::c4),          member("a2", &ControlConstants::a2),
                 member("a3", &ControlConstants::a3),          member("b3", &ControlConstants::b3),
                 member("b4", &ControlConstants::b4),          member("d_lower", &ControlConstants::d_lower),
                 member("d_upper", &ControlConstants::d_upper)};
};

}  // namespace chainqual::python
