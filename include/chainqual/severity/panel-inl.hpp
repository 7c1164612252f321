#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "chainqual/severity/panel.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Scores of a checked table by problem, in the order of first occurrence.
struct PanelTable {
  std::vector<std::string_view> problems;
  std::vector<std::string_view> experts;
  struct Cell {
    std::size_t problem;
    std::size_t expert;
    Score score;
  };
  std::vector<Cell> cells;  ///< of the rows that hold a score
};

/// The number of `name`, a new one if it is new.
inline std::size_t number_of(std::string_view name, std::map<std::string_view, std::size_t>& numbers,
                             std::vector<std::string_view>& names) {
  const auto [place, added] = numbers.try_emplace(name, names.size());
  if (added) names.push_back(name);
  return place->second;
}

inline Finding expert_twice(const ExpertScore& row, std::size_t number, std::size_t first) {
  Finding finding;
  finding.level = FindingLevel::error;
  finding.code = ErrorCode::duplicate;
  finding.where.record = number;
  finding.where.column = "expert";
  finding.value = shown_value(row.expert);
  const std::string problem = shown_value(row.problem);
  const std::string record = std::to_string(first);
  finding.rule = {"一位专家对一个问题只能评分一次；问题“" + problem + "”在第 " + record + " 条记录已有其评分",
                  "an expert scores a problem once; problem '" + problem + "' was scored in record " + record};
  finding.fix = {"请删去多余的一条，或更正专家或问题的编号",
                 "delete one of the two, or correct the expert or the problem"};
  return finding;
}

inline PanelTable checked_panel(std::span<const ExpertScore> rows) {
  PanelTable table;
  Findings findings;
  std::map<std::string_view, std::size_t> problems;
  std::map<std::string_view, std::size_t> experts;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> seen;  // (problem, expert) → record
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ExpertScore& row = rows[i];
    const std::size_t problem = number_of(row.problem, problems, table.problems);
    const std::size_t expert = number_of(row.expert, experts, table.experts);
    const auto [first, added] = seen.try_emplace({problem, expert}, i + 1);
    if (!added) findings.add(expert_twice(row, i + 1, first->second));
    const Findings cells = check_entry(row.score);
    for (Finding finding : cells.kept()) {
      finding.where.record = i + 1;
      findings.add(std::move(finding));
    }
    if (cells.empty() && row.score.impact) {
      table.cells.push_back({problem, expert, {*row.score.impact, *row.score.diffusion, *row.score.urgency}});
    }
  }
  throw_if_errors(findings);
  return table;
}

inline const Rational& part_of(const Score& score, std::size_t dimension) {
  return dimension == 0 ? score.impact : dimension == 1 ? score.diffusion : score.urgency;
}

inline Rational mean_of(std::span<const Rational> values) {
  Rational sum(0);
  for (const auto& value : values) sum += value;
  return sum / Rational(values.size());
}

inline void check_rule(const PanelRule& rule) {
  if (rule.trim >= Rational(0) && rule.trim < Rational(1, 2)) return;
  const std::string shown = rule.trim.to_string();
  throw Error(ErrorCode::invalid_argument,
              {"截尾比例 " + shown + " 无效；请取 0 到 0.5 之间（不含 0.5）的数。",
               "The share " + shown + " to trim at each end is not valid; take one from 0 to below 0.5."});
}

}  // namespace detail

inline Rational consensus_of(std::span<const Rational> values, const PanelRule& rule) {
  detail::check_rule(rule);
  if (values.empty()) {
    throw Error(ErrorCode::invalid_argument, {"没有任何评分，无法汇总。", "There is no score to take a consensus of."});
  }
  if (rule.consensus == Consensus::mean) return detail::mean_of(values);
  std::vector<Rational> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const std::size_t n = sorted.size();
  std::size_t left_out = (n - 1) / 2;  // the median keeps the middle one or two
  if (rule.consensus == Consensus::trimmed_mean) {
    const auto count = static_cast<detail::int128>(rule.trim.numerator()) * static_cast<std::int64_t>(n);
    left_out = static_cast<std::size_t>(count / rule.trim.denominator());
  }
  return detail::mean_of(std::span<const Rational>(sorted).subspan(left_out, n - 2 * left_out));
}

inline std::vector<PanelScore> panel_scores(std::span<const ExpertScore> rows, const PanelRule& rule) {
  detail::check_rule(rule);
  const auto table = detail::checked_panel(rows);
  std::vector<std::array<std::vector<Rational>, 3>> values(table.problems.size());
  for (const auto& cell : table.cells) {
    for (std::size_t i = 0; i < 3; ++i) values[cell.problem][i].push_back(detail::part_of(cell.score, i));
  }
  std::vector<PanelScore> result;
  result.reserve(values.size());
  for (std::size_t problem = 0; problem < values.size(); ++problem) {
    const auto& parts = values[problem];
    PanelScore panel{std::string(table.problems[problem]), std::nullopt, parts[0].size()};
    if (panel.experts != 0) {
      panel.score = Score{consensus_of(parts[0], rule), consensus_of(parts[1], rule), consensus_of(parts[2], rule)};
    }
    result.push_back(std::move(panel));
  }
  return result;
}

inline std::array<PanelAgreement, 3> panel_agreement(std::span<const ExpertScore> rows) {
  const auto table = detail::checked_panel(rows);
  // Who scored nothing is no rater, and what nobody scored is no unit: they would only make the table incomplete.
  std::map<std::size_t, std::size_t> raters;
  std::map<std::size_t, std::size_t> units;
  for (const auto& cell : table.cells) {
    raters.try_emplace(cell.expert, raters.size());
    units.try_emplace(cell.problem, units.size());
  }
  std::array<PanelAgreement, 3> result;
  for (std::size_t i = 0; i < result.size(); ++i) {
    Ratings ratings(raters.size(), units.size());
    for (const auto& cell : table.cells) {
      ratings.set(raters.at(cell.expert), units.at(cell.problem), detail::part_of(cell.score, i));
    }
    result[i] = {kendall_w(ratings), krippendorff_alpha(ratings, AlphaMetric::ordinal),
                 krippendorff_alpha(ratings, AlphaMetric::interval)};
  }
  return result;
}

}  // namespace v1
}  // namespace chainqual
