#pragma once

#include <string>
#include <vector>

#include "chainqual/impact/propagate.hpp"
#include "input.hpp"

namespace chainqual::cli {

/// How the cascade works, as typed.
struct CascadeFlags {
  std::string needs = "essential";
  std::string accounts;
  std::string replaceability = "none";
  std::string market;
  std::string tolerance;
  std::string max_steps;
};

/// What the tables named by flags may call things.
struct TableNames {
  NameLookup enterprises;
  std::uint32_t enterprise_count = 0;
  NameLookup sectors;
  std::uint32_t sector_count = 0;
};
[[nodiscard]] TableNames table_names(const NamedNetwork& named);
[[nodiscard]] TableNames table_names(const Chain& chain);

/// Declares --needs, --accounts, --replaceability, --market, --tolerance and --max-steps.
void add_cascade_flags(CLI::App& app, const Session& session, CascadeFlags& flags);

/// Refuses what can be refused before anything is read. @throws UsageError
void check(const CascadeFlags& flags);

/// @throws UsageError a word or number out of its domain. Error: the findings of the tables.
[[nodiscard]] CascadeOptions cascade_options(const CascadeFlags& flags, const TableNames& names);

/// How inputs count, and what was taken for revenue: for the lines under a table.
[[nodiscard]] std::string needs_in_words(const Session& session, const CascadeFlags& flags);
[[nodiscard]] std::string revenue_in_words(const Session& session, const CascadeFlags& flags);

/// Which propagation model, and its settings, as typed.
struct ModelFlags {
  std::string model;
  std::string days;
  std::string runs;
  std::string seed;
  std::string rationing;
  std::string stock_days;
  std::string smoothing_days;
  std::string poisson_floor;
  std::string variant;
  std::string recovery_days;
  CascadeFlags cascade;
};

/// Declares --model and the flags of every model. `standard` is what runs where no model is typed.
void add_model_flags(CLI::App& app, const Session& session, ModelFlags& flags, Model standard);

/// Refuses what can be refused before anything is read. @throws UsageError
void check(const ModelFlags& flags);

/// @throws UsageError an unknown model, or a number out of its domain. Error: the findings of the tables.
[[nodiscard]] ModelOptions model_options(const ModelFlags& flags, const TableNames& names);

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
