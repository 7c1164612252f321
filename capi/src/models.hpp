#pragma once

#include <vector>

#include "chainqual.h"
#include "chainqual/impact/propagate.hpp"

// The models' options, from C to C++. Null: all defaults.

namespace chainqual::capi {

[[nodiscard]] LinearOptions options_of(const chainqual_linear_options* options);
[[nodiscard]] CascadeOptions options_of(const chainqual_cascade_options* options);
[[nodiscard]] ContagionOptions options_of(const chainqual_contagion_options* options);
[[nodiscard]] DistressOptions options_of(const chainqual_distress_options* options);
[[nodiscard]] DynamicsOptions options_of(const chainqual_dynamics_options* options);
[[nodiscard]] InoperabilityOptions options_of(const chainqual_inoperability_options* options);
[[nodiscard]] ModelOptions options_of(const chainqual_model_options* options);

[[nodiscard]] std::vector<Disruption> disruptions_of(const chainqual_disruption* disruptions, std::uint64_t count);

}  // namespace chainqual::capi
