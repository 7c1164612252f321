#pragma once

#include <variant>
#include <vector>

#include "chainqual.h"
#include "chainqual/impact/propagate.hpp"

/// A run with everything that its own model gives.
struct chainqual_model_run {
  using Result = std::variant<chainqual::LinearResult, chainqual::CascadeResult, chainqual::ContagionResult,
                              chainqual::DistressResult, chainqual::DynamicsResult, chainqual::InoperabilityResult>;
  Result result;
  std::vector<double> daily;  ///< as ModelRun
  std::vector<chainqual::Text> notes;
};
