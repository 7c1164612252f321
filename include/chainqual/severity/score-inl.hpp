#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "chainqual/severity/score.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

inline std::string_view trim_spaces(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

inline Finding score_finding(ErrorCode code, Dimension dimension, std::string_view value, Text rule, Text fix) {
  Finding finding;
  finding.level = FindingLevel::error;
  finding.code = code;
  finding.where.column = std::string(key_of(dimension));
  finding.value = shown_value(value);
  finding.rule = std::move(rule);
  finding.fix = std::move(fix);
  return finding;
}

/// Shared by the cell, text and column checks, so that one rule has one wording.
inline Finding score_outside(Dimension dimension, std::string_view value) {
  return score_finding(
      ErrorCode::invalid_value, dimension, value, {"评分必须在 1 到 5 之间", "a score lies between 1 and 5"},
      {"请填写 1 到 5 的分值，可带小数；未评分的问题三项都留空",
       "enter a value from 1 to 5, decimals allowed; leave all three empty where a problem was not scored"});
}

inline Finding score_missing(Dimension dimension) {
  return score_finding(
      ErrorCode::missing_value, dimension, "", {"三项评分要么全填，要么全空", "a problem has all three scores or none"},
      {"请补上这一项的分值，或把另外的分值也清空", "enter the missing score, or clear the other ones too"});
}

}  // namespace detail

inline std::optional<Finding> check_score(Dimension dimension, const Rational& value) {
  if (value >= Rational(lowest_score) && value <= Rational(highest_score)) return std::nullopt;
  return detail::score_outside(dimension, value.to_string());
}

inline Findings check_entry(const ScoreEntry& entry) {
  const std::array<const std::optional<Rational>*, 3> cells{&entry.impact, &entry.diffusion, &entry.urgency};
  Findings findings;
  const bool any = entry.impact || entry.diffusion || entry.urgency;
  for (std::size_t i = 0; any && i < cells.size(); ++i) {
    const auto dimension = static_cast<Dimension>(i);
    if (!*cells[i]) {
      findings.add(detail::score_missing(dimension));
    } else if (auto finding = check_score(dimension, **cells[i])) {
      findings.add(std::move(*finding));
    }
  }
  return findings;
}

inline std::optional<Score> complete_score(const ScoreEntry& entry) {
  throw_if_errors(check_entry(entry));
  if (!entry.impact) return std::nullopt;
  return Score{*entry.impact, *entry.diffusion, *entry.urgency};
}

inline std::optional<Rational> score_from_text(Dimension dimension, std::string_view text, Findings& findings) {
  const std::string_view number = detail::trim_spaces(text);
  if (number.empty()) return std::nullopt;
  const auto value = Rational::parse(number);
  if (!value) {
    findings.add(detail::score_finding(
        ErrorCode::invalid_value, dimension, text,
        {"评分必须是可精确表示的十进制数或分数", "a score is a decimal number or a fraction that can be kept exactly"},
        {"请填写 1 到 5 的分值，例如 4 或 3.67；未评分的问题三项都留空",
         "enter a value from 1 to 5, such as 4 or 3.67; leave all three empty where a problem was not scored"}));
    return std::nullopt;
  }
  if (auto finding = check_score(dimension, *value)) {
    findings.add(std::move(*finding));
    return std::nullopt;
  }
  return value;
}

inline std::optional<Finding> compare_declared(Grade declared, const Severity& computed) {
  if (declared == Grade::ungraded || computed.grade == Grade::ungraded) return std::nullopt;
  if (declared == computed.grade) return std::nullopt;
  const auto shown = [](Grade grade, Language language) {
    return std::string(stars(grade)) + " " + std::string(label_of(grade, language));
  };
  Finding finding;
  finding.level = FindingLevel::warning;
  finding.code = ErrorCode::declared_differs;
  finding.where.column = "declared";
  finding.value = std::string(stars(declared));
  const std::string total = computed.total.to_string();
  finding.rule = {"申报的等级「" + shown(declared, Language::zh) + "」与计算的等级「" +
                      shown(computed.grade, Language::zh) + "」（总分 " + total + "）不一致",
                  "the declared grade '" + shown(declared, Language::en) + "' differs from the computed grade '" +
                      shown(computed.grade, Language::en) + "' (total " + total + ")"};
  finding.fix = {"请核对评分或申报的等级", "check the scores or the declared grade"};
  return finding;
}

}  // namespace v1
}  // namespace chainqual
