#pragma once

#include <string>

#include "chainqual/impact/assess_options.hpp"
#include "model_flags.hpp"

namespace chainqual::cli {

/// How an assessment works, as typed.
struct AssessFlags {
  std::string measure = "downstream";
  std::string panel = "mean";
  std::string ungraded;
  std::string segment_shock = "whole";
  bool include_solved = false;
  ModelFlags model;
  std::string scenario;
};

/// Declares --measure, --panel, --ungraded, --segment-shock, --scenario, --include-solved and the flags of the model.
void add_assess_flags(CLI::App& app, const Session& session, AssessFlags& flags);

/// All but the propagation model, whose tables need the chain's names (`model_options`).
/// @throws UsageError a word or number out of its domain. Error: the scenario file's findings.
[[nodiscard]] AssessOptions assess_options(const AssessFlags& flags);

}  // namespace chainqual::cli
