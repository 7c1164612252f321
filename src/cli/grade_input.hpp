#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/severity/panel.hpp"
#include "chainqual/severity/severity_model.hpp"
#include "input.hpp"

namespace chainqual::cli {

/// Problems to grade, with what experts say of them.
struct Scores {
  std::vector<std::string> problems;   ///< numbers (else names, else rows), in the order of the input
  std::vector<std::string> names;      ///< [problems] shown beside; may be empty texts
  std::vector<Grade> declared;         ///< [problems]
  std::vector<ExpertScore> rows;       ///< any number for a problem
  std::optional<SeverityModel> model;  ///< the chain's own, where the input is a chain
  Findings findings;
};

/// From a chain folder or `.json`: its problems, scores and model. From a `.csv`: a table with columns impact,
/// diffusion and urgency (影响程度, 扩散程度, 紧迫程度), and where they stand problem, name, expert and declared;
/// several rows of one problem are a panel.
/// @throws Error with every finding when the input has errors.
[[nodiscard]] Scores read_scores(Session& session, const std::string& path, const ReadFlags& flags);

}  // namespace chainqual::cli
