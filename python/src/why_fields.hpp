#pragma once

#include "chainqual/impact/criticality.hpp"
#include "chainqual/impact/explain.hpp"
#include "daily_fields.hpp"

namespace chainqual::python {

template <>
struct Fields<SourceShare> {
  static constexpr bool tabular = true;
  static constexpr auto list = std::tuple{member("source", &SourceShare::source), member("shock", &SourceShare::shock),
                                          member("loss", &SourceShare::loss), member("share", &SourceShare::share),
                                          member("difference", &SourceShare::difference)};
};

template <>
struct Fields<LossPath> {
  static constexpr auto list = std::tuple{member("enterprises", &LossPath::enterprises),
                                          member("passed", &LossPath::passed), member("loss", &LossPath::loss)};
};

template <>
struct Fields<BindingInput> {
  static constexpr auto list =
      std::tuple{member("neighbour", &BindingInput::neighbour), member("loss", &BindingInput::loss),
                 member("segment", &BindingInput::segment), member("segment_loss", &BindingInput::segment_loss),
                 member("sector", &BindingInput::sector)};
};

template <>
struct Fields<WhyChance> {
  static constexpr auto list = std::tuple{member("runs", &WhyChance::runs), member("level", &WhyChance::level),
                                          member("low", &WhyChance::low), member("high", &WhyChance::high)};
};

template <>
struct Fields<WhyDay> {
  static constexpr auto list =
      std::tuple{member("days", &WhyDay::days), member("day", &WhyDay::day), member("loss", &WhyDay::loss)};
};

template <>
struct Fields<WhyOptions> {
  static constexpr auto list =
      std::tuple{member("along", &WhyOptions::along), member("paths", &WhyOptions::paths),
                 member("separate_sources", &WhyOptions::separate_sources), member("linear", &WhyOptions::linear)};
};

template <>
struct Fields<Why> {
  static constexpr auto list = std::tuple{member("enterprise", &Why::enterprise),
                                          member("model", &Why::model),
                                          member("along", &Why::along),
                                          member("loss", &Why::loss),
                                          member("own", &Why::own),
                                          member("arrived", &Why::arrived),
                                          member("capped", &Why::capped),
                                          member("holds", &Why::holds),
                                          member("binding", &Why::binding),
                                          member("chance", &Why::chance),
                                          member("worst", &Why::worst),
                                          member("rule", &Why::rule),
                                          member("sources", &Why::sources),
                                          member("paths", &Why::paths),
                                          member("notes", &Why::notes),
                                          member("sentence", &Why::sentence)};
};

template <>
struct Fields<BetweennessSampling> {
  static constexpr auto list =
      std::tuple{member("error", &BetweennessSampling::error), member("failure", &BetweennessSampling::failure),
                 member("seed", &BetweennessSampling::seed)};
};

template <>
struct Fields<CriticalityOptions> {
  static constexpr auto list = std::tuple{
      member("risk", &CriticalityOptions::risk), member("exact_betweenness", &CriticalityOptions::exact_betweenness),
      member("sampling", &CriticalityOptions::sampling), member("high", &CriticalityOptions::high),
      member("low", &CriticalityOptions::low)};
};

template <>
struct Fields<CriticalityRow> {
  static constexpr bool tabular = true;
  static constexpr auto list = std::tuple{member("enterprise", &CriticalityRow::enterprise),
                                          member("systemic_risk", &CriticalityRow::systemic_risk),
                                          member("risk_downstream", &CriticalityRow::risk_downstream),
                                          member("risk_upstream", &CriticalityRow::risk_upstream),
                                          member("importance", &CriticalityRow::importance),
                                          member("betweenness", &CriticalityRow::betweenness),
                                          member("cut", &CriticalityRow::cut),
                                          member("final_cut", &CriticalityRow::final_cut),
                                          member("sole_source", &CriticalityRow::sole_source),
                                          member("joint", &CriticalityRow::joint),
                                          member("own_concentration", &CriticalityRow::own_concentration),
                                          member("size", &CriticalityRow::size),
                                          member("disagree", &CriticalityRow::disagree),
                                          member("why", &CriticalityRow::why)};
};

template <>
struct Fields<CriticalityTable> {
  static constexpr auto list = std::tuple{member("rows", &CriticalityTable::rows),
                                          member("betweenness_exact", &CriticalityTable::betweenness_exact),
                                          member("betweenness_error", &CriticalityTable::betweenness_error),
                                          member("importance_exists", &CriticalityTable::importance_exists),
                                          member("disagreements", &CriticalityTable::disagreements),
                                          member("note", &CriticalityTable::note)};
};

}  // namespace chainqual::python
