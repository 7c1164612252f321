#pragma once

#include "chainqual/chain/generate.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/chain/validate.hpp"
#include "fields.hpp"

namespace chainqual::python {

template <>
struct Fields<BuildSummary> {
  static constexpr auto list = std::tuple{member("links_given", &BuildSummary::links_given),
                                          member("self_supply_dropped", &BuildSummary::self_supply_dropped),
                                          member("parallel_merged", &BuildSummary::parallel_merged),
                                          member("values_assumed", &BuildSummary::values_assumed)};
};

template <>
struct Fields<GenerateOptions> {
  using G = GenerateOptions;
  static constexpr auto list = std::tuple{member("enterprises", &G::enterprises),
                                          member("mean_degree", &G::mean_degree),
                                          member("exponent", &G::exponent),
                                          member("degree_cap", &G::degree_cap),
                                          member("preference", &G::preference),
                                          member("layout", &G::layout),
                                          member("tiers", &G::tiers),
                                          member("cyclic_share", &G::cyclic_share),
                                          member("segments", &G::segments),
                                          member("sectors", &G::sectors),
                                          member("value_median", &G::value_median),
                                          member("value_spread", &G::value_spread),
                                          member("seed", &G::seed)};
};

template <>
struct Fields<ValidateOptions> {
  static constexpr auto list = std::tuple{member("enterprises_file", &ValidateOptions::enterprises_file),
                                          member("links_file", &ValidateOptions::links_file),
                                          member("institutions_file", &ValidateOptions::institutions_file),
                                          member("limit", &ValidateOptions::limit),
                                          member("missing_codes", &ValidateOptions::missing_codes),
                                          member("similar_names", &ValidateOptions::similar_names),
                                          member("structure", &ValidateOptions::structure),
                                          member("cycle_members", &ValidateOptions::cycle_members),
                                          member("input_share_tolerance", &ValidateOptions::input_share_tolerance)};
};

}  // namespace chainqual::python
