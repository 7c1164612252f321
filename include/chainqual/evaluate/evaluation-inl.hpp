#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>

#include "chainqual/evaluate/checks-inl.hpp"
#include "chainqual/evaluate/indicator_weights-inl.hpp"
#include "chainqual/evaluate/score_scale-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

inline EntryTable checked_entries(std::span<const Indicator> indicators, std::span<const IndicatorSheet> sheets) {
  if (indicators.empty() || sheets.empty()) {
    throw Error(ErrorCode::invalid_argument, {"至少要一个指标和一张指标表。请补充。",
                                              "One indicator and one sheet are wanted at least. Give them."});
  }
  Findings faults;
  const IndicatorIndex index = index_indicators(indicators, faults);
  EntryTable entries;
  for (const IndicatorSheet& sheet : sheets) entries.push_back(entries_of(index, indicators, sheet, faults));
  throw_if_errors(faults);
  return entries;
}

inline void refuse_missing(std::span<const Indicator> indicators, std::span<const SheetScore> sheets) {
  Findings faults;
  for (const SheetScore& sheet : sheets) {
    for (std::size_t k = 0; k < indicators.size(); ++k) {
      if (sheet.indicators[k].score) continue;
      blame(faults, ErrorCode::missing_value, 0, indicators[k].key, sheet.chain + " " + sheet.period,
            sheet.indicators[k].missing, {"补充数据，或允许缺失", "supply it, or let it be left out"});
    }
  }
  throw_if_errors(faults);
}

inline void add_up(SheetScore& sheet, std::span<const Indicator> indicators) {
  double weight = 0;
  double sum = 0;
  for (const ScoredIndicator& one : sheet.indicators) {
    if (!one.score) continue;
    weight += one.weight;
    sum += one.weight * *one.score;
  }
  sheet.coverage = std::min(1.0, weight);
  sheet.lowest = std::min(1.0, sum);
  sheet.highest = std::min(1.0, sum + std::max(0.0, 1 - weight));
  if (weight > 0) sheet.total = std::min(1.0, sum / weight);
  for (std::size_t k = 0; k < sheet.indicators.size(); ++k) {
    ScoredIndicator& one = sheet.indicators[k];
    if (!one.score || !(weight > 0)) continue;
    one.share = one.weight / weight * *one.score;
    one.gain = one.weight / weight * (1 - *one.score);
    sheet.movers.push_back(k);
  }
  std::stable_sort(sheet.movers.begin(), sheet.movers.end(),
                   [&](std::size_t a, std::size_t b) { return sheet.indicators[a].gain > sheet.indicators[b].gain; });
  const auto groups = by_category(indicators);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (groups[g].empty()) continue;
    CategoryScore category;
    category.category = static_cast<IndicatorCategory>(g);
    double known = 0;
    double value = 0;
    for (const std::size_t k : groups[g]) {
      const ScoredIndicator& one = sheet.indicators[k];
      category.weight += one.weight;
      if (!one.score) continue;
      known += one.weight;
      value += one.weight * *one.score;
    }
    if (known > 0) category.score = std::min(1.0, value / known);
    if (category.weight > 0) category.coverage = known / category.weight;
    sheet.categories.push_back(category);
  }
}

}  // namespace evaluate_detail

inline Evaluation evaluate(std::span<const Indicator> indicators, std::span<const IndicatorSheet> sheets,
                           const EvaluationOptions& options) {
  namespace d = evaluate_detail;
  const d::EntryTable entries = d::checked_entries(indicators, sheets);
  Evaluation evaluation;
  evaluation.normalisation = options.normalisation;
  evaluation.missing = options.missing;
  evaluation.weighting = options.weighting;
  for (const IndicatorSheet& sheet : sheets) {
    SheetScore score;
    score.chain = sheet.chain;
    score.period = sheet.period;
    evaluation.sheets.push_back(std::move(score));
  }
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    const auto column = d::score_column(indicators[k], entries, k, options.normalisation);
    for (std::size_t s = 0; s < column.size(); ++s) evaluation.sheets[s].indicators.push_back(column[s]);
  }
  if (options.missing == MissingRule::refuse) d::refuse_missing(indicators, evaluation.sheets);
  evaluation.weights = d::weights_for(indicators, evaluation.sheets, options, evaluation.left_out);
  for (SheetScore& sheet : evaluation.sheets) {
    for (std::size_t k = 0; k < indicators.size(); ++k) sheet.indicators[k].weight = evaluation.weights[k];
    d::add_up(sheet, indicators);
  }
  return evaluation;
}

inline Text rules_of(const Evaluation& evaluation) {
  const auto sentence = [&](Language language, const char* scores, const char* weights, const char* missing,
                            const char* end) {
    return scores + std::string(label_of(evaluation.normalisation, language)) + weights +
           std::string(label_of(evaluation.weighting, language)) + missing +
           std::string(label_of(evaluation.missing, language)) + end;
  };
  return {sentence(Language::zh, "得分：", "；权重：", "；缺失数据：", "。"),
          sentence(Language::en, "Scores: ", "; weights: ", "; what is missing: ", ".")};
}

inline ScoreComparison compare(const Evaluation& evaluation, std::size_t before, std::size_t after) {
  if (before >= evaluation.sheets.size() || after >= evaluation.sheets.size()) {
    throw Error(ErrorCode::out_of_range,
                {"只有 " + std::to_string(evaluation.sheets.size()) + " 张指标表。请更正序号。",
                 "There are " + std::to_string(evaluation.sheets.size()) + " sheets. Correct the positions."});
  }
  const auto& old_scores = evaluation.sheets[before].indicators;
  const auto& new_scores = evaluation.sheets[after].indicators;
  ScoreComparison comparison;
  for (std::size_t k = 0; k < old_scores.size(); ++k) {
    if (old_scores[k].score && new_scores[k].score) {
      comparison.compared += evaluation.weights[k];
      comparison.changes.push_back({k, *old_scores[k].score, *new_scores[k].score, 0});
    } else if (old_scores[k].score || new_scores[k].score) {
      comparison.left_out.push_back(k);
    }
  }
  if (!(comparison.compared > 0)) {
    throw Error(ErrorCode::no_solution,
                {"两张表没有都有得分的指标，无法比较。请补充数据。",
                 "No indicator is scored in both sheets, so they cannot be compared. Add data."});
  }
  for (ScoreChange& change : comparison.changes) {
    const double weight = evaluation.weights[change.indicator] / comparison.compared;
    change.effect = weight * (change.after - change.before);
    comparison.before += weight * change.before;
    comparison.after += weight * change.after;
  }
  std::stable_sort(comparison.changes.begin(), comparison.changes.end(),
                   [](const ScoreChange& a, const ScoreChange& b) { return std::abs(a.effect) > std::abs(b.effect); });
  return comparison;
}

}  // namespace v1
}  // namespace chainqual
