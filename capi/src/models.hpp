#pragma once

#include "chainqual.h"
#include "chainqual/impact/cascade.hpp"
#include "chainqual/impact/linear.hpp"

// The models' options, from C to C++. Null: all defaults.

namespace chainqual::capi {

[[nodiscard]] LinearOptions options_of(const chainqual_linear_options* options);
[[nodiscard]] CascadeOptions options_of(const chainqual_cascade_options* options);

}  // namespace chainqual::capi
