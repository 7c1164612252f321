// Text as a score table: read or refused with findings in both languages; what is read is graded the same alone, in
// columns and after rounding rules; nothing crashes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "chainqual/severity/batch.hpp"
#include "chainqual/severity/panel.hpp"
#include "chainqual/severity/stability.hpp"

namespace {

using namespace chainqual;

void require(bool holds) {
  if (!holds) std::abort();
}

/// The text up to the next `mark`, which is taken away with it.
std::string_view take(std::string_view& text, char mark) {
  const auto end = text.find(mark);
  const auto part = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return part;
}

void require_shown(const Error& error) {
  require(!error.message().zh.empty() && !error.message().en.empty());
  for (const Finding& finding : error.findings().kept()) {
    require(!to_string(finding, Language::zh).empty() && !to_string(finding, Language::en).empty());
  }
}

/// "weight,weight,weight,critical,important": a model, or the standard's where that is none.
SeverityModel model_of(std::string_view line) {
  try {
    const Weights weights{weight_from_text(take(line, ',')), weight_from_text(take(line, ',')),
                          weight_from_text(take(line, ','))};
    return SeverityModel(weights, {Rational::from_string(take(line, ',')), Rational::from_string(take(line, ','))},
                         line.empty() ? Rounding::exact : Rounding::tenth);
  } catch (const Error& error) {
    require_shown(error);
    return {};
  }
}

void check_in_columns(const SeverityModel& model, const Score& score, const Severity& severity) {
  std::vector<std::int16_t> cells;
  for (const Rational& part : {score.impact, score.diffusion, score.urgency}) {
    const Rational hundredths = part.round_half_up(2) * Rational(100);
    if (hundredths != part * Rational(100)) return;
    cells.push_back(static_cast<std::int16_t>(hundredths.numerator()));
  }
  std::uint8_t grade = 0;
  std::uint32_t total = 0;
  const std::span<const std::int16_t> all(cells);
  grade_hundredths(model, {all.subspan(0, 1), all.subspan(1, 1), all.subspan(2, 1)}, {&grade, 1}, {&total, 1});
  require(grade == static_cast<std::uint8_t>(severity.grade));
  require(Rational(total, hundredths_total_scale(model)) == severity.total);
}

void check_row(const SeverityModel& model, const ScoreEntry& entry) {
  try {
    const Severity severity = model.grade_entry(entry);
    require((severity.grade == Grade::ungraded) == !entry.impact.has_value());
    const auto score = complete_score(entry);
    if (!score) return;
    for (const Flip& flip : score_flips(model, *score)) require(flip.result.grade != severity.grade);
    check_in_columns(model, *score, severity);
    static_cast<void>(weight_stability(model, std::vector<std::optional<Score>>{score}, {3, 50.0, 1}));
  } catch (const Error& error) {
    require_shown(error);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(static_cast<const char*>(static_cast<const void*>(data)), size);
  const SeverityModel model = model_of(take(text, '\n'));
  std::vector<ExpertScore> panel;
  while (!text.empty() && panel.size() < 64) {
    std::string_view line = take(text, '\n');
    Findings findings;
    ExpertScore row;
    row.problem = take(line, ',');
    row.expert = take(line, ',');
    row.score.impact = score_from_text(Dimension::impact, take(line, ','), findings);
    row.score.diffusion = score_from_text(Dimension::diffusion, take(line, ','), findings);
    row.score.urgency = score_from_text(Dimension::urgency, take(line, ','), findings);
    for (const Finding& finding : findings.kept()) require(!to_string(finding, Language::zh).empty());
    check_row(model, row.score);
    panel.push_back(row);
  }
  for (const Consensus consensus : {Consensus::mean, Consensus::trimmed_mean, Consensus::median}) {
    try {
      for (const PanelScore& score : panel_scores(panel, {consensus, Rational(1, 5)})) {
        require(score.score.has_value() == (score.experts != 0));
        if (score.score) static_cast<void>(model.grade(*score.score));
      }
      static_cast<void>(panel_agreement(panel));
    } catch (const Error& error) {
      require_shown(error);
    }
  }
  return 0;
}
