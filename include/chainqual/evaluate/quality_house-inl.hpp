#pragma once

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/evaluate/checks-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

inline void check_house_shape(const QualityHouse& house) {
  const std::size_t rows = house.wants.size();
  const std::size_t columns = house.characteristics.size();
  if (rows == 0 || columns == 0) {
    throw Error(ErrorCode::invalid_argument, {"质量屋至少要一项需求和一项特性。请补充。",
                                              "A house has one want and one characteristic at least. Give them."});
  }
  if (house.importance.size() != rows || house.relations.size() != rows * columns ||
      (!house.roof.empty() && house.roof.size() != columns * columns)) {
    throw Error(ErrorCode::shape_mismatch,
                {"重要度应有 " + std::to_string(rows) + " 个，关系应有 " + std::to_string(rows * columns) +
                     " 个，屋顶为空或 " + std::to_string(columns * columns) + " 个。请检查。",
                 "There should be " + std::to_string(rows) + " importances, " + std::to_string(rows * columns) +
                     " relations, and a roof of none or " + std::to_string(columns * columns) + ". Check them."});
  }
}

inline void check_house(const QualityHouse& house) {
  check_house_shape(house);
  const std::size_t columns = house.characteristics.size();
  Findings findings;
  const auto check = [&](const std::vector<double>& values, std::size_t width, const char* name) {
    for (std::size_t k = 0; k < values.size(); ++k) {
      if (values[k] >= 0 && std::isfinite(values[k])) continue;
      blame(findings, ErrorCode::invalid_value, k / width + 1, name, short_number(values[k]),
            {"应是有限的非负数", "it is finite and not negative"}, {"更正数值", "correct it"});
    }
  };
  check(house.importance, 1, "importance");
  check(house.relations, columns, "relations");
  for (std::size_t i = 0; !house.roof.empty() && i < columns; ++i) {
    for (std::size_t j = i + 1; j < columns; ++j) {
      const double one = house.roof[i * columns + j];
      if (one == house.roof[j * columns + i] && std::abs(one) <= 1) continue;
      blame(findings, ErrorCode::invalid_value, i + 1, "roof", short_number(one),
            {"屋顶应对称，在 −1 到 1 之间", "the roof is symmetric and lies in −1 … 1"}, {"更正屋顶", "correct it"});
    }
  }
  throw_if_errors(findings);
}

inline void warn(Findings& findings, std::size_t record, std::string value, Text rule, Text fix) {
  findings.add({FindingLevel::warning,
                ErrorCode::suspicious,
                {{}, record, 0, {}, 0},
                shown_value(value),
                std::move(rule),
                std::move(fix)});
}

using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

inline void look_at_relations(const QualityHouse& house, QualityHouseResult& result) {
  const auto rows = static_cast<Eigen::Index>(house.wants.size());
  const auto columns = static_cast<Eigen::Index>(house.characteristics.size());
  const Eigen::Map<const RowMatrix> relations(house.relations.data(), rows, columns);
  for (Eigen::Index i = 0; i < rows; ++i) {
    if (relations.row(i).sum() > 0) continue;
    warn(result.findings, static_cast<std::size_t>(i) + 1, house.wants[static_cast<std::size_t>(i)],
         {"没有特性回应这项需求", "no characteristic answers this want"},
         {"补充特性或关系", "add one, or its relation"});
  }
  for (Eigen::Index j = 0; j < columns; ++j) {
    if (relations.col(j).sum() > 0) continue;
    warn(result.findings, 0, house.characteristics[static_cast<std::size_t>(j)],
         {"这项特性不回应任何需求", "this characteristic answers no want"},
         {"去掉它，或补充关系", "drop it, or relate it"});
  }
  result.rank = static_cast<std::size_t>(Eigen::ColPivHouseholderQR<Eigen::MatrixXd>(relations).rank());
  if (result.rank < static_cast<std::size_t>(std::min(rows, columns))) {
    warn(result.findings, 0, std::to_string(result.rank),
         {"关系矩阵不满秩，有的需求或特性彼此重复",
          "the relations repeat each other: their rank is below the smaller side"},
         {"合并重复的需求或特性", "merge those that repeat each other"});
  }
}

inline void look_at_roof(const QualityHouse& house, QualityHouseResult& result) {
  const std::size_t n = house.characteristics.size();
  for (std::size_t i = 0; !house.roof.empty() && i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      const double strength = house.roof[i * n + j];
      if (strength >= 0) continue;
      result.conflicts.push_back({i, j, strength, -strength * std::sqrt(result.share[i] * result.share[j])});
    }
  }
  std::stable_sort(result.conflicts.begin(), result.conflicts.end(),
                   [](const RoofConflict& a, const RoofConflict& b) { return a.weight > b.weight; });
}

}  // namespace evaluate_detail

inline QualityHouseResult build_house(const QualityHouse& house) {
  namespace d = evaluate_detail;
  d::check_house(house);
  const std::size_t columns = house.characteristics.size();
  QualityHouseResult result;
  result.importance.assign(columns, 0);
  result.by_want.resize(house.relations.size());
  double total = 0;
  for (std::size_t k = 0; k < house.relations.size(); ++k) {
    result.by_want[k] = house.importance[k / columns] * house.relations[k];
    result.importance[k % columns] += result.by_want[k];
    total += result.by_want[k];
  }
  if (!(total > 0 && std::isfinite(total))) {
    throw Error(ErrorCode::invalid_argument,
                {"重要的需求与任何特性都没有关系，无法得出权重。请补充关系或重要度。",
                 "No want that matters is related to a characteristic, so nothing can be weighed. Give relations or "
                 "importances."});
  }
  for (double& part : result.by_want) part /= total;
  for (const double importance : result.importance) result.share.push_back(importance / total);
  d::look_at_relations(house, result);
  d::look_at_roof(house, result);
  return result;
}

inline HouseCascade cascade_houses(std::span<const QualityHouse> houses) {
  if (houses.empty()) {
    throw Error(ErrorCode::invalid_argument, {"没有质量屋。请至少给一个。", "There are no houses. Give one at least."});
  }
  HouseCascade cascade;
  for (std::size_t k = 0; k < houses.size(); ++k) {
    if (k == 0) {
      cascade.houses.push_back(build_house(houses[0]));
      cascade.by_first_want = cascade.houses[0].by_want;
      continue;
    }
    if (houses[k].wants != houses[k - 1].characteristics) {
      throw Error(ErrorCode::shape_mismatch,
                  {"第 " + std::to_string(k + 1) + " 个质量屋的需求不是前一个的特性。请使两者一致。",
                   "The wants of house " + std::to_string(k + 1) +
                       " are not the characteristics of the one before. Make them the same."});
    }
    QualityHouse house = houses[k];
    house.importance = cascade.houses.back().share;
    QualityHouseResult next = build_house(house);
    // A first want's part in a want of this house passes to its characteristics as the want's own part does.
    const std::size_t inner = house.wants.size();
    const std::size_t columns = house.characteristics.size();
    const std::size_t first = houses[0].wants.size();
    std::vector<double> through(first * columns, 0);
    for (std::size_t i = 0; i < first; ++i) {
      for (std::size_t m = 0; m < inner; ++m) {
        if (!(house.importance[m] > 0)) continue;
        const double part = cascade.by_first_want[i * inner + m] / house.importance[m];
        for (std::size_t j = 0; j < columns; ++j) through[i * columns + j] += part * next.by_want[m * columns + j];
      }
    }
    cascade.by_first_want = std::move(through);
    cascade.houses.push_back(std::move(next));
  }
  return cascade;
}

}  // namespace v1
}  // namespace chainqual
