#pragma once

#include "chainqual/impact/assess_options.hpp"
#include "chainqual/impact/assess_report.hpp"
#include "daily_fields.hpp"

namespace chainqual::python {

template <>
struct Fields<ShockOptions> {
  static constexpr auto list = std::tuple{member("lowest_total", &ShockOptions::lowest_total),
                                          member("highest_total", &ShockOptions::highest_total),
                                          member("ungraded", &ShockOptions::ungraded),
                                          member("segment", &ShockOptions::segment),
                                          member("home_segment_only", &ShockOptions::home_segment_only),
                                          member("include_solved", &ShockOptions::include_solved)};
};

template <>
struct Fields<PanelRule> {
  static constexpr auto list = std::tuple{member("consensus", &PanelRule::consensus), member("trim", &PanelRule::trim)};
};

template <>
struct Fields<DiffusionThresholds> {
  static constexpr auto list = std::tuple{member("least_loss", &DiffusionThresholds::least_loss),
                                          member("segments_systemic", &DiffusionThresholds::segments_systemic),
                                          member("enterprises_systemic", &DiffusionThresholds::enterprises_systemic),
                                          member("segments_major", &DiffusionThresholds::segments_major),
                                          member("products_major", &DiffusionThresholds::products_major)};
};

template <>
struct Fields<AssessOptions> {
  static constexpr auto list = std::tuple{member("panel", &AssessOptions::panel),
                                          member("stars", &AssessOptions::stars),
                                          member("shock", &AssessOptions::shock),
                                          member("propagation", &AssessOptions::propagation),
                                          member("measure", &AssessOptions::measure),
                                          member("diffusion", &AssessOptions::diffusion),
                                          member("stability_draws", &AssessOptions::stability_draws),
                                          member("seed", &AssessOptions::seed)};
};

}  // namespace chainqual::python
