#pragma once

#include <string>
#include <vector>

#include "chainqual/impact/propagate.hpp"
#include "input.hpp"

namespace chainqual::cli {

/// Which propagation model, and its few settings that a command line has, as typed.
struct ModelFlags {
  std::string model;
  std::string days;
  std::string runs;
  std::string seed;
};

/// Declares --model, --days, --runs and --seed. `standard` is what runs where no model is typed.
void add_model_flags(CLI::App& app, const Session& session, ModelFlags& flags, Model standard);

/// @throws UsageError an unknown model, or a number out of its domain.
[[nodiscard]] ModelOptions model_options(const ModelFlags& flags);

/// What is to be propagated, and what to call it.
struct NamedScenario {
  std::string name;
  PlacedScenario placed;
};

/// The scenarios of a --scenario file; or else the shocks of --at, from the first day on and never healing.
/// @throws UsageError not just one of the two given, or a file for an input without a chain. Error: the file's
/// findings.
[[nodiscard]] std::vector<NamedScenario> named_scenarios(Session& session, const NamedNetwork& named,
                                                         const std::string& file, const std::vector<std::string>& at);

}  // namespace chainqual::cli
