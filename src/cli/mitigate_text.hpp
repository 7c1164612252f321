#pragma once

#include <string>
#include <vector>

#include "chainqual/impact/mitigation.hpp"
#include "session.hpp"

namespace chainqual::cli {

/// A choice of measures, and what it was made from.
struct MitigationView {
  const Dossier& dossier;
  const std::vector<Measure>& measures;
  const MitigationResult& result;
  bool problems = false;  ///< losses are those of the registered problems, not of scenarios
};

/// A measure in a few words: its name, else what it does. Names of enterprises and projects are in the session's
/// language.
[[nodiscard]] std::string measure_title(const Session& session, const Dossier& dossier, const Measure& measure);

/// Prints the choice as tables; of the measures left out, at most `top`.
void print_mitigation(Session& session, const MitigationView& view, std::size_t top);

}  // namespace chainqual::cli
