#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "chainqual/evaluate/checks-inl.hpp"

namespace chainqual {
inline namespace v1 {

inline LimitGrading::LimitGrading(std::vector<GradeLimit> limits, Direction direction)
    : limits_(std::move(limits)), direction_(direction) {
  if (limits_.empty()) {
    throw Error(ErrorCode::invalid_argument, {"没有限值。请至少给一个。", "There are no limits. Give one at least."});
  }
  Findings findings;
  for (std::size_t k = 1; k < limits_.size(); ++k) {
    const bool looser = direction_ == Direction::lower_is_better ? limits_[k - 1].limit < limits_[k].limit
                                                                 : limits_[k - 1].limit > limits_[k].limit;
    if (looser) continue;
    evaluate_detail::blame(findings, ErrorCode::invalid_value, k + 1, limits_[k].name, limits_[k].limit.to_string(),
                           {"限值应逐级放宽", "each limit is looser than the one before"},
                           {"从最严的一级排起", "put the strictest first"});
  }
  throw_if_errors(findings);
}

inline std::optional<std::size_t> LimitGrading::grade(const Decimal& value) const {
  const auto at = std::partition_point(limits_.begin(), limits_.end(), [&](const GradeLimit& grade) {
    return direction_ == Direction::lower_is_better ? grade.limit < value : grade.limit > value;
  });
  if (at == limits_.end()) return std::nullopt;
  return static_cast<std::size_t>(at - limits_.begin());
}

inline std::vector<std::size_t> LimitGrading::tally(std::span<const Decimal> values) const {
  std::vector<std::size_t> counts(limits_.size() + 1, 0);
  for (const Decimal& value : values) ++counts[grade(value).value_or(limits_.size())];
  return counts;
}

inline LimitGrading milk_by_somatic_cells() {
  return LimitGrading(
      {{"EU", Decimal(400'000, 0)}, {"US", Decimal(750'000, 0)}, {"CN (proposed)", Decimal(1'000'000, 0)}});
}

inline LadderPlace place_on_ladder(std::span<const LadderStep> ladder, std::span<const SupplierMeasure> measures) {
  const bool hollow =
      std::any_of(ladder.begin(), ladder.end(), [](const LadderStep& step) { return step.demands.empty(); });
  if (ladder.empty() || hollow) {
    throw Error(ErrorCode::invalid_argument, {"阶梯至少要一级，每级至少一项要求。请补充。",
                                              "A ladder has one step at least, and each step a demand. Give them."});
  }
  Findings findings;
  std::unordered_map<std::string_view, const Decimal*> values;
  for (std::size_t k = 0; k < measures.size(); ++k) {
    if (values.emplace(measures[k].measure, &measures[k].value).second) continue;
    evaluate_detail::blame(findings, ErrorCode::duplicate, k + 1, "measure", measures[k].measure,
                           {"同一指标给了两次", "the measure is given twice"}, {"只留一次", "keep one"});
  }
  throw_if_errors(findings);
  LadderPlace place;
  for (std::size_t k = 0; k < ladder.size(); ++k) {
    for (const LadderDemand& demand : ladder[k].demands) {
      const auto at = values.find(demand.measure);
      const bool met =
          at != values.end() &&
          (demand.direction == Direction::higher_is_better ? *at->second >= demand.limit : *at->second <= demand.limit);
      if (met) continue;
      place.wanting.push_back(demand);
      if (at == values.end()) place.unmeasured.push_back(demand.measure);
    }
    if (!place.wanting.empty()) break;
    place.step = k;
  }
  return place;
}

}  // namespace v1
}  // namespace chainqual
