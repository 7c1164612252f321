#pragma once

#include "chainqual/chain/structure.hpp"
#include "fields.hpp"

namespace chainqual::python {

template <>
struct Fields<SingleSource> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("customer", &SingleSource::customer), member("supplier", &SingleSource::supplier),
                 member("sector", &SingleSource::sector), member("share", &SingleSource::share)};
};

template <>
struct Fields<SingleSourceProduct> {
  static constexpr auto list =
      std::tuple{member("product", &SingleSourceProduct::product), member("supplier", &SingleSourceProduct::supplier),
                 member("customers", &SingleSourceProduct::customers), member("makers", &SingleSourceProduct::makers)};
};

template <>
struct Fields<SinglePointOfFailure> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("enterprise", &SinglePointOfFailure::enterprise), member("cut", &SinglePointOfFailure::cut),
                 member("final_cut", &SinglePointOfFailure::final_cut)};
};

template <>
struct Fields<Relation> {
  static constexpr bool tabular = true;
  static constexpr auto list = std::tuple{member("first", &Relation::first), member("second", &Relation::second)};
};

template <>
struct Fields<Articulation> {
  static constexpr auto list =
      std::tuple{member("points", &Articulation::points), member("bridges", &Articulation::bridges)};
};

template <>
struct Fields<SampledBetweenness> {
  static constexpr auto list =
      std::tuple{member("values", &SampledBetweenness::values), member("error", &SampledBetweenness::error),
                 member("samples", &SampledBetweenness::samples),
                 member("longest_path_bound", &SampledBetweenness::longest_path_bound)};
};

template <>
struct Fields<InputConcentration> {
  static constexpr bool tabular = true;
  static constexpr auto list = std::tuple{member("customer", &InputConcentration::customer),
                                          member("sector", &InputConcentration::sector),
                                          member("suppliers", &InputConcentration::suppliers),
                                          member("herfindahl", &InputConcentration::herfindahl),
                                          member("largest", &InputConcentration::largest),
                                          member("largest_share", &InputConcentration::largest_share),
                                          member("input_share", &InputConcentration::input_share)};
};

template <>
struct Fields<RegionShare> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("region", &RegionShare::region), member("enterprises", &RegionShare::enterprises),
                 member("share", &RegionShare::share)};
};

template <>
struct Fields<RegionConcentration> {
  static constexpr auto list = std::tuple{member("segment", &RegionConcentration::segment),
                                          member("herfindahl", &RegionConcentration::herfindahl),
                                          member("shares", &RegionConcentration::shares)};
};

template <>
struct Fields<StrongComponents> {
  static constexpr auto list =
      std::tuple{member("component", &StrongComponents::component), member("offsets", &StrongComponents::offsets),
                 member("members", &StrongComponents::members)};
};

template <>
struct Fields<DominatorForest> {
  static constexpr auto list =
      std::tuple{member("immediate", &DominatorForest::immediate), member("order", &DominatorForest::order)};
};

}  // namespace chainqual::python
