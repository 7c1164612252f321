#pragma once

#include <vector>

#include "chainqual.h"
#include "chainqual/impact/assess_options.hpp"
#include "chainqual/impact/propagate.hpp"
#include "chainqual/impact/scenario.hpp"

struct chainqual_scenarios {
  std::vector<chainqual::Scenario> scenarios;
};

struct chainqual_placed_scenario {
  chainqual::PlacedScenario placed;
};

namespace chainqual::capi {

/// Null: all defaults. Defined beside `assess`.
[[nodiscard]] AssessOptions options_of(const chainqual_assess_options* options);

}  // namespace chainqual::capi
