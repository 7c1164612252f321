#pragma once

#include <algorithm>
#include <optional>
#include <vector>

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

/// [sheets][indicators]: entries, null where a sheet has none.
using EntryTable = std::vector<std::vector<const IndicatorEntry*>>;

inline double cut(double score) noexcept {
  return std::clamp(score, 0.0, 1.0);
}

inline std::optional<double> number(const std::optional<Decimal>& value) {
  if (!value) return std::nullopt;
  return Rational(*value).to_double();
}

inline ScoredIndicator unscored(const char* zh, const char* en) {
  ScoredIndicator result;
  result.missing = {zh, en};
  return result;
}

inline ScoredIndicator scored(double score) {
  ScoredIndicator result;
  result.score = cut(score);
  return result;
}

inline ScoredIndicator by_attainment(const Indicator& indicator, const IndicatorEntry& entry, double value) {
  const auto target = number(entry.target);
  if (!target) return unscored("没有目标值", "it has no target");
  const bool higher = indicator.direction == Direction::higher_is_better;
  const bool met = higher ? value >= *target : value <= *target;
  if (met) return scored(1);
  if (const auto baseline = number(entry.baseline)) {
    const double way = *target - *baseline;
    // A target behind the baseline has been met by any value that is not below it: what falls short of it scores 0.
    const bool ahead = higher ? way > 0 : way < 0;
    return scored(ahead ? (value - *baseline) / way : 0);
  }
  if (value < 0 || *target < 0) {
    return unscored("数值或目标为负，又没有基准值", "its value or target is negative and there is no baseline");
  }
  return scored(higher ? value / *target : *target / value);  // neither divisor is 0: the target is not met
}

inline ScoredIndicator by_bounds(const Indicator& indicator, double value) {
  const auto worst = number(indicator.worst);
  const auto best = number(indicator.best);
  if (!worst || !best || *worst == *best) return unscored("没有上下界", "it has no bounds");
  return scored((value - *worst) / (*best - *worst));
}

/// Scores of one indicator over all sheets.
inline std::vector<ScoredIndicator> score_column(const Indicator& indicator, const EntryTable& entries, std::size_t at,
                                                 Normalisation how) {
  std::vector<std::optional<double>> values;
  for (const auto& sheet : entries) {
    const auto value = sheet[at] == nullptr ? std::nullopt : value_of(*sheet[at]);
    values.push_back(value ? std::optional<double>(value->to_double()) : std::nullopt);
  }
  std::optional<double> least;
  std::optional<double> largest;
  for (const auto& value : values) {
    if (!value) continue;
    least = std::min(least.value_or(*value), *value);
    largest = std::max(largest.value_or(*value), *value);
  }
  std::vector<ScoredIndicator> column;
  for (std::size_t s = 0; s < values.size(); ++s) {
    if (!values[s]) {
      column.push_back(unscored("没有数据", "it has not been measured"));
    } else if (indicator.kind == IndicatorKind::qualitative) {
      column.push_back(scored((*values[s] - 1) / 4));
    } else if (how == Normalisation::attainment) {
      column.push_back(by_attainment(indicator, *entries[s][at], *values[s]));
    } else if (how == Normalisation::bounds) {
      column.push_back(by_bounds(indicator, *values[s]));
    } else if (*least == *largest) {
      column.push_back(scored(1));
    } else {
      const double up = (*values[s] - *least) / (*largest - *least);
      column.push_back(scored(indicator.direction == Direction::higher_is_better ? up : 1 - up));
    }
  }
  return column;
}

}  // namespace evaluate_detail
}  // namespace v1
}  // namespace chainqual
