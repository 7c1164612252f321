#pragma once

#include "chainqual.h"
#include "chainqual/impact/systemic_risk.hpp"

namespace chainqual::capi {

/// Null: all defaults. Scenarios are not read.
[[nodiscard]] SystemicRiskOptions options_of(const chainqual_systemic_risk_options* options);

}  // namespace chainqual::capi
