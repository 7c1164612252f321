#pragma once

#include <array>
#include <string>
#include <utility>

#include "chainqual/severity/severity_model.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

inline Finding model_finding(std::string column, std::string value, Text rule, Text fix) {
  Finding finding;
  finding.level = FindingLevel::error;
  finding.code = ErrorCode::invalid_value;
  finding.where.column = std::move(column);
  finding.value = std::move(value);
  finding.rule = std::move(rule);
  finding.fix = std::move(fix);
  return finding;
}

inline void check_weights(const Weights& weights, Findings& findings) {
  const std::array<std::pair<const char*, const Rational*>, 3> parts{{
      {"weights.impact", &weights.impact},
      {"weights.diffusion", &weights.diffusion},
      {"weights.urgency", &weights.urgency},
  }};
  for (const auto& [column, weight] : parts) {
    if (*weight < Rational(0)) {
      findings.add(model_finding(column, weight->to_string(), {"权重不能为负", "a weight is never negative"},
                                 {"请填写 0 或以上的权重", "enter a weight of 0 or more"}));
    }
  }
  const Rational sum = weights.impact + weights.diffusion + weights.urgency;
  if (sum == Rational(1) || sum == Rational(100)) return;
  findings.add(model_finding("weights", sum.to_string(),
                             {"三项权重之和必须恰为 100 %", "the three weights sum to exactly 100 %"},
                             {"请调整权重，例如 40 %、30 %、30 %，或 0.4、0.3、0.3",
                              "adjust them, for example 40 %, 30 %, 30 %, or 0.4, 0.3, 0.3"}));
}

inline void check_thresholds(const Thresholds& thresholds, Findings& findings) {
  const std::array<std::pair<const char*, const Rational*>, 2> parts{{
      {"thresholds.important", &thresholds.important},
      {"thresholds.critical", &thresholds.critical},
  }};
  for (const auto& [column, threshold] : parts) {
    if (*threshold < Rational(lowest_score) || *threshold > Rational(highest_score)) {
      findings.add(model_finding(column, threshold->to_string(),
                                 {"等级界限必须在 1 到 5 之间", "a threshold lies between 1 and 5"},
                                 {"请填写总分可能达到的界限", "enter a threshold that a total can reach"}));
    }
  }
  if (thresholds.important < thresholds.critical) return;
  findings.add(model_finding(
      "thresholds", thresholds.important.to_string() + ", " + thresholds.critical.to_string(),
      {"「重要」的界限必须低于「关键」的界限", "the threshold of 'important' is below that of 'critical'"},
      {"请按升序填写，例如 2.5 和 4.0", "enter them in ascending order, for example 2.5 and 4.0"}));
}

}  // namespace detail

inline Findings check_model(const Weights& weights, const Thresholds& thresholds) {
  Findings findings;
  detail::check_weights(weights, findings);
  detail::check_thresholds(thresholds, findings);
  return findings;
}

inline SeverityModel::SeverityModel(const Weights& weights, const Thresholds& thresholds, Rounding rounding)
    : weights_(weights), thresholds_(thresholds), rounding_(rounding) {
  throw_if_errors(check_model(weights, thresholds));
  const Rational sum = weights.impact + weights.diffusion + weights.urgency;
  // The two spellings cannot be confused: no weights sum to 1 and to 100.
  if (sum == Rational(100)) weights_ = {weights.impact / sum, weights.diffusion / sum, weights.urgency / sum};
}

inline Grade SeverityModel::grade_of_total(const Rational& total) const {
  const Rational decided = rounding_ == Rounding::tenth ? total.round_half_up(1) : total;
  if (decided >= thresholds_.critical) return Grade::critical;
  return decided >= thresholds_.important ? Grade::important : Grade::general;
}

inline Severity SeverityModel::grade(const Score& score) const {
  throw_if_errors(check_entry({score.impact, score.diffusion, score.urgency}));
  const Rational total =
      weights_.impact * score.impact + weights_.diffusion * score.diffusion + weights_.urgency * score.urgency;
  return {total, grade_of_total(total)};
}

inline Severity SeverityModel::grade_entry(const ScoreEntry& entry) const {
  const auto score = complete_score(entry);
  return score ? grade(*score) : Severity{Rational(0), Grade::ungraded};
}

inline Rational weight_from_text(std::string_view text) {
  std::string_view number = detail::trim_spaces(text);
  bool percent = false;
  for (const std::string_view sign : {std::string_view("%"), std::string_view("％")}) {
    if (!percent && number.ends_with(sign)) {
      number.remove_suffix(sign.size());
      number = detail::trim_spaces(number);
      percent = true;
    }
  }
  const auto value = Rational::parse(number);
  if (!value) {
    Findings findings;
    auto finding = detail::model_finding("weights", shown_value(text), {"权重必须是数", "a weight is a number"},
                                         {"请写作 40 % 或 0.4", "write it as 40 % or 0.4"});
    finding.code = ErrorCode::bad_syntax;
    findings.add(std::move(finding));
    throw error_from(std::move(findings));
  }
  return percent ? *value / Rational(100) : *value;
}

}  // namespace v1
}  // namespace chainqual
