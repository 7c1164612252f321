#pragma once

#include <array>
#include <cmath>
#include <span>
#include <string>
#include <vector>

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

/// Positions of the indicators of each category, by the enumeration; categories without one stay empty.
inline std::array<std::vector<std::size_t>, 6> by_category(std::span<const Indicator> indicators) {
  std::array<std::vector<std::size_t>, 6> groups;
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    groups[static_cast<std::size_t>(indicators[k].category)].push_back(k);
  }
  return groups;
}

inline std::vector<double> given_weights(std::span<const double> weights, std::size_t count) {
  if (weights.size() != count) {
    throw Error(ErrorCode::shape_mismatch,
                {"应有 " + std::to_string(count) + " 个权重，现有 " + std::to_string(weights.size()) + " 个。请补齐。",
                 "There are " + std::to_string(count) + " indicators and " + std::to_string(weights.size()) +
                     " weights. Give one each."});
  }
  double sum = 0;
  for (const double weight : weights) sum += weight >= 0 ? weight : std::nan("");
  if (!(sum > 0 && std::isfinite(sum))) {
    throw Error(ErrorCode::invalid_argument, {"权重应是非负有限数，且不全为 0。请更正。",
                                              "Weights are finite, not negative, and not all 0. Correct them."});
  }
  std::vector<double> scaled(weights.begin(), weights.end());
  for (double& weight : scaled) weight /= sum;
  return scaled;
}

/// That there are judgements of the categories, and those within one at most for each category of several indicators.
inline void check_judgement_lists(const std::array<std::vector<std::size_t>, 6>& groups,
                                  const EvaluationOptions& options) {
  Findings faults;
  if (options.category_judgements.empty()) {
    blame(faults, ErrorCode::missing_value, 0, "category_judgements", {},
          {"层次分析法要先比较各类别", "pairwise weights want judgements of the categories"},
          {"给出各类别两两比较的矩阵，或改用其他权重",
           "give the matrix that compares the categories, or take other weights"});
  }
  std::array<bool, 6> seen{};
  for (std::size_t k = 0; k < options.within.size(); ++k) {
    const auto at = static_cast<std::size_t>(options.within[k].category);
    const std::string key(key_of(options.within[k].category));
    if (groups[at].empty()) {
      blame(faults, ErrorCode::unknown_reference, k + 1, "within", key,
            {"该类别没有指标", "the category has no indicators"}, {"去掉这组判断", "leave these judgements out"});
    }
    if (seen[at]) {
      blame(faults, ErrorCode::duplicate, k + 1, "within", key,
            {"同一类别给了两组判断", "the category is judged twice"}, {"只留一组", "keep one"});
    }
    seen[at] = true;
  }
  throw_if_errors(faults);
}

/// Weights of categories times those within each; where `own` is empty all of a category weigh the same.
inline std::vector<double> nested_weights(std::span<const Indicator> indicators, const EvaluationOptions& options) {
  const auto groups = by_category(indicators);
  std::vector<std::size_t> used;
  std::vector<std::string> names;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (groups[g].empty()) continue;
    used.push_back(g);
    names.emplace_back(key_of(static_cast<IndicatorCategory>(g)));
  }
  std::vector<double> outer(used.size(), 1.0 / static_cast<double>(used.size()));
  const bool judged_pairs = options.weighting == Weighting::pairwise;
  if (judged_pairs) check_judgement_lists(groups, options);
  if (judged_pairs) outer = pairwise_weights(options.category_judgements, names).weights;
  std::vector<double> weights(indicators.size());
  for (std::size_t c = 0; c < used.size(); ++c) {
    const auto& members = groups[used[c]];
    std::vector<double> inner(members.size(), 1.0 / static_cast<double>(members.size()));
    for (const CategoryJudgements& own : options.within) {
      if (!judged_pairs || static_cast<std::size_t>(own.category) != used[c]) continue;
      std::vector<std::string> keys;
      for (const std::size_t k : members) keys.push_back(indicators[k].key);
      inner = pairwise_weights(own.judgements, keys).weights;
    }
    for (std::size_t k = 0; k < members.size(); ++k) weights[members[k]] = outer[c] * inner[k];
  }
  return weights;
}

inline std::vector<double> entropy_of(std::span<const SheetScore> sheets, std::size_t count,
                                      std::vector<std::size_t>& left_out) {
  std::vector<std::size_t> columns;
  for (std::size_t k = 0; k < count; ++k) {
    bool everywhere = true;
    double sum = 0;
    for (const SheetScore& sheet : sheets) {
      everywhere = everywhere && sheet.indicators[k].score.has_value();
      sum += sheet.indicators[k].score.value_or(0);
    }
    (everywhere && sum > 0 ? columns : left_out).push_back(k);
  }
  if (sheets.size() < 2 || columns.empty()) {
    throw Error(ErrorCode::invalid_argument,
                {"熵权法至少要两张指标表，并有一个各表都有得分的指标。请改用其他权重，或补充数据。",
                 "Entropy weights want two sheets, and an indicator that is scored in all of them. Take other weights, "
                 "or add data."});
  }
  std::vector<double> values;
  for (const SheetScore& sheet : sheets) {
    for (const std::size_t k : columns) values.push_back(*sheet.indicators[k].score);
  }
  const std::vector<double> found = entropy_weights(values, columns.size());
  std::vector<double> weights(count, 0);
  for (std::size_t c = 0; c < columns.size(); ++c) weights[columns[c]] = found[c];
  return weights;
}

inline std::vector<double> weights_for(std::span<const Indicator> indicators, std::span<const SheetScore> sheets,
                                       const EvaluationOptions& options, std::vector<std::size_t>& left_out) {
  switch (options.weighting) {
    case Weighting::equal:
      break;
    case Weighting::given:
      return given_weights(options.weights, indicators.size());
    case Weighting::equal_categories:
    case Weighting::pairwise:
      return nested_weights(indicators, options);
    case Weighting::entropy:
      return entropy_of(sheets, indicators.size(), left_out);
  }
  return std::vector<double>(indicators.size(), 1.0 / static_cast<double>(indicators.size()));
}

}  // namespace evaluate_detail
}  // namespace v1
}  // namespace chainqual
