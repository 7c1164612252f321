#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "chainqual/severity/stability.hpp"
#include "findings.hpp"
#include "grade_input.hpp"

namespace chainqual::cli {

/// Problems with their computed grades. All vectors are by problem.
struct Graded {
  Scores scores;
  SeverityModel model;
  std::vector<std::optional<Score>> score;
  std::vector<std::size_t> experts;
  std::vector<Severity> severity;  ///< ungraded where there is no score
  std::optional<WeightStability> stability;
  std::array<PanelAgreement, 3> agreement;
};

/// Grades every problem; varies the weights where `study` is given. @throws Error as panel_scores.
[[nodiscard]] Graded graded(Session& session, Scores scores, const SeverityModel& model, const PanelRule& rule,
                            const std::optional<WeightStudy>& study);

[[nodiscard]] Json graded_json(const Session& session, const Graded& result);
void write_graded_csv(const Graded& result, const std::string& path);

/// One line a problem, then how far the experts agree.
void print_graded(Session& session, const Graded& result);
/// One score in full: each dimension with its weight and meaning, the total, the grade, what it calls for, and which
/// changes of a point would change it.
void print_card(Session& session, const SeverityModel& model, const Score& score);

}  // namespace chainqual::cli
