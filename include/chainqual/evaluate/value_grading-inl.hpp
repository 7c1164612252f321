#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/evaluate/checks-inl.hpp"

namespace chainqual {
inline namespace v1 {

inline ValueCurve ValueCurve::points(std::vector<Point> points) {
  namespace d = evaluate_detail;
  if (points.size() < 2) {
    throw Error(ErrorCode::invalid_argument,
                {"价值曲线至少要两个点。请补充。", "A value curve has two points at least. Give more."});
  }
  Findings findings;
  for (std::size_t k = 0; k < points.size(); ++k) {
    const bool ascends = k == 0 || points[k - 1].measurement < points[k].measurement;
    if (!std::isfinite(points[k].measurement) || !ascends) {
      d::blame(findings, ErrorCode::invalid_value, k + 1, "measurement", d::short_number(points[k].measurement),
               {"测量值应是有限数，逐点增大", "measurements are finite and ascend"},
               {"按大小排列", "put them in order"});
    }
    if (!(points[k].value >= 0 && points[k].value <= 1)) {
      d::blame(findings, ErrorCode::invalid_value, k + 1, "value", d::short_number(points[k].value),
               {"价值应在 0 到 1 之间", "a value lies in 0 … 1"}, {"更正价值", "correct it"});
    }
  }
  throw_if_errors(findings);
  ValueCurve curve;
  curve.points_ = std::move(points);
  return curve;
}

inline ValueCurve ValueCurve::exponential(double worst, double best, double shape) {
  if (!std::isfinite(worst) || !std::isfinite(best) || worst == best || !(std::abs(shape) <= 50)) {
    throw Error(ErrorCode::invalid_argument,
                {"最差与最好应是不同的有限数，形状在 −50 到 50 之间。请更正。",
                 "Worst and best are finite and differ, and the shape lies in −50 … 50. Correct them."});
  }
  ValueCurve curve;
  curve.worst_ = worst;
  curve.best_ = best;
  curve.shape_ = shape;
  return curve;
}

inline double ValueCurve::operator()(double measurement) const noexcept {
  if (points_.empty()) {
    const double way = std::clamp((measurement - worst_) / (best_ - worst_), 0.0, 1.0);
    if (std::abs(shape_) < 1e-9) return way;
    return std::clamp(std::expm1(-shape_ * way) / std::expm1(-shape_), 0.0, 1.0);
  }
  if (!(measurement > points_.front().measurement)) return points_.front().value;
  if (!(measurement < points_.back().measurement)) return points_.back().value;
  const auto right = std::upper_bound(points_.begin(), points_.end(), measurement,
                                      [](double x, const Point& point) { return x < point.measurement; });
  const auto left = right - 1;
  const double way = (measurement - left->measurement) / (right->measurement - left->measurement);
  return left->value + way * (right->value - left->value);
}

namespace evaluate_detail {

inline double check_grading(std::span<const GradingCriterion> criteria, std::span<const GradeThreshold> thresholds,
                            std::span<const ProductionLine> lines) {
  double weight = 0;
  for (const GradingCriterion& criterion : criteria) weight += criterion.weight >= 0 ? criterion.weight : std::nan("");
  bool ascending = !thresholds.empty() && thresholds[0].from == 0;
  for (std::size_t k = 1; k < thresholds.size(); ++k) {
    ascending = ascending && thresholds[k - 1].from < thresholds[k].from && thresholds[k].from <= 1;
  }
  if (!(weight > 0 && std::isfinite(weight)) || !ascending) {
    throw Error(ErrorCode::invalid_argument,
                {"至少要一个准则，权重非负且不全为 0；等级下限从 0 起递增，不超过 1。请更正。",
                 "One criterion is wanted at least, weights not negative and not all 0, and grades that begin at 0 and "
                 "ascend to at most 1. Correct them."});
  }
  Findings findings;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    if (lines[k].measurements.size() != criteria.size()) {
      blame(findings, ErrorCode::shape_mismatch, k + 1, lines[k].name, std::to_string(lines[k].measurements.size()),
            {"每个准则要一个测量值", "a line has a measurement for each criterion"}, {"补齐测量值", "supply them"});
    }
    check_finite(lines[k].measurements, k + 1, findings);
  }
  throw_if_errors(findings);
  return weight;
}

inline void check_stages(std::span<const ProcessStage> stages) {
  if (stages.empty()) {
    throw Error(ErrorCode::invalid_argument, {"没有工序。请至少给一道。", "There are no stages. Give one at least."});
  }
  Findings findings;
  for (std::size_t k = 0; k < stages.size(); ++k) {
    for (const auto& [column, value] : {std::pair{"own", stages[k].own}, {"inherited", stages[k].inherited}}) {
      if (value >= 0 && value <= 1) continue;
      blame(findings, ErrorCode::invalid_value, k + 1, column, short_number(value),
            {"应在 0 到 1 之间", "it lies in 0 … 1"}, {"更正数值", "correct it"});
    }
  }
  throw_if_errors(findings);
}

}  // namespace evaluate_detail

inline std::vector<GradedLine> grade_lines(std::span<const GradingCriterion> criteria,
                                           std::span<const GradeThreshold> thresholds,
                                           std::span<const ProductionLine> lines) {
  constexpr double margin = 1e-12;
  const double weight = evaluate_detail::check_grading(criteria, thresholds, lines);
  std::vector<GradedLine> graded;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    GradedLine line;
    line.line = k;
    double worst = -1;
    for (std::size_t j = 0; j < criteria.size(); ++j) {
      const double value = criteria[j].curve(lines[k].measurements[j]);
      const double share = criteria[j].weight / weight;
      line.values.push_back(value);
      line.value += share * value;
      line.held_back = line.held_back || (criteria[j].least && value + margin < *criteria[j].least);
      if (share * (1 - value) <= worst) continue;
      worst = share * (1 - value);
      line.weakest = j;
    }
    while (!line.held_back && line.grade + 1 < thresholds.size() &&
           line.value + margin >= thresholds[line.grade + 1].from) {
      ++line.grade;
    }
    graded.push_back(std::move(line));
  }
  const auto ahead = [](const GradedLine& a, const GradedLine& b) {
    return a.held_back != b.held_back ? b.held_back : a.value > b.value;
  };
  std::stable_sort(graded.begin(), graded.end(), ahead);
  for (std::size_t k = 0; k < graded.size(); ++k) {
    const bool same = k > 0 && !ahead(graded[k - 1], graded[k]);
    graded[k].rank = same ? graded[k - 1].rank : static_cast<std::uint32_t>(k + 1);
  }
  return graded;
}

inline InheritedQuality inherit_quality(std::span<const ProcessStage> stages) {
  evaluate_detail::check_stages(stages);
  InheritedQuality result;
  for (std::size_t k = 0; k < stages.size(); ++k) {
    const double kept = k == 0 ? 0 : stages[k].inherited;
    for (double& earlier : result.from) earlier *= kept;
    result.from.push_back(1 - kept);
    result.after.push_back(kept * (k == 0 ? 0 : result.after.back()) + (1 - kept) * stages[k].own);
  }
  return result;
}

inline InheritedQuality inherit_defects(std::span<const ProcessStage> stages) {
  evaluate_detail::check_stages(stages);
  InheritedQuality result;
  for (std::size_t k = 0; k < stages.size(); ++k) {
    for (double& earlier : result.from) earlier *= stages[k].inherited;
    result.from.push_back(stages[k].own);
    double sound = 0;  // logarithm of the share without a defect
    for (const double share : result.from) sound += std::log1p(-share);
    result.after.push_back(-std::expm1(sound));
  }
  return result;
}

}  // namespace v1
}  // namespace chainqual
