#pragma once

// What a reader of a mitigation's result is told in words.

#include <algorithm>
#include <cmath>
#include <string>

#include "chainqual/impact/mitigation.hpp"
#include "chainqual/impact/mitigation_network-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// A share in per cent, rounded down to a tenth: what is guaranteed is never overstated.
inline std::string percent_floor(double share) {
  const auto tenths = static_cast<std::uint64_t>(std::floor(share * 1000));
  return whole(tenths / 10) + "." + whole(tenths % 10) + "%";
}

inline Text how_found(const MitigationResult& result) {
  switch (result.found_by) {
    case FoundBy::enumeration:
      return {"逐一比较了预算之内的所有组合。", "Every affordable set was compared."};
    case FoundBy::knapsack:
      return {"各项措施的效果互不影响、可以相加，按背包问题精确求解。",
              "What the measures avoid adds up, so the best set was found exactly as in a knapsack."};
    default:
      break;
  }
  const auto& name = names_of(result.found_by);
  return {"组合太多，用贪心法选择（取几种做法中最好的：" + std::string(name.zh) + "）。",
          "Too many sets to compare, so measures were chosen step by step; the best of several ways was kept (" +
              std::string(name.en) + ")."};
}

inline Text selection_note(const MitigationResult& result, const MitigationOptions& options) {
  const auto count = [&](MeasureFate fate) {
    return static_cast<std::size_t>(std::count_if(result.outcomes.begin(), result.outcomes.end(),
                                                  [&](const MeasureOutcome& outcome) { return outcome.fate == fate; }));
  };
  const std::size_t unpriced = count(MeasureFate::unpriced);
  if (unpriced + count(MeasureFate::too_dear) == result.outcomes.size()) {
    if (unpriced == 0) {
      return {"每一项都超出预算，无可选择。",
              "Every measure costs more than the whole budget: there is nothing to choose."};
    }
    return {
        "没有标了价又买得起的措施，无可选择。请填写费用；费用不会凭空设定。",
        "No measure has a price within the budget, so there is nothing to choose. Fill in costs; none are made up."};
  }
  Text note = how_found(result);
  if (options.method == SelectionMethod::greedy) {
    const auto& name = names_of(result.found_by);
    note = {"按要求用贪心法选择（" + std::string(name.zh) + "）。",
            "Chosen step by step, as asked (" + std::string(name.en) + ")."};
  }
  if (result.optimal) {
    note.zh += "没有更好的组合。";
    note.en += " No affordable set avoids more.";
  } else if (result.guarantee) {
    note.zh += "至少达到最优的 " + percent_floor(*result.guarantee) + "。";
    note.en += " It avoids at least " + percent_floor(*result.guarantee) + " of the most that can be.";
  } else {
    note.zh += "措施之间会互相影响，效果不一定递减，因此不保证接近最优。";
    note.en +=
        " What the measures avoid depends on each other and need not diminish, so nothing is proved about the best.";
  }
  return note;
}

inline Text why_it_adds_loss(MeasureKind kind) {
  switch (kind) {
    case MeasureKind::alternate:
      return {"单独采用反而增加损失：改由它供应的部分受到的冲击更大。",
              "By itself it adds loss: what is drawn from the alternate is hit harder."};
    case MeasureKind::stock:
      return {"单独采用反而增加损失：为补足更多库存的订货占去了别家短缺的供应。",
              "By itself it adds loss: refilling a larger stock takes supplies that others are short of."};
    case MeasureKind::project:
      break;
  }
  return {"单独采用反而增加损失。", "By itself it adds loss."};
}

/// Why a measure leaves every scenario as it is.
inline Text why_nothing_changes(const PlacedMeasure& measure, Model model, const AlternateNetworks& networks) {
  const auto& name = names_of(model);
  switch (measure.kind) {
    case MeasureKind::stock:
      if (model != Model::dynamics) {
        return {std::string(name.zh) + "不含库存，只有库存动态仿真模型（dynamics）能体现备货。",
                "The model '" + std::string(name.en) + "' knows no stocks; only `dynamics` does."};
      }
      return {"备货天数为 0。", "The number of days is 0."};
    case MeasureKind::alternate:
      if (!(measure.amount > 0)) return {"转移份额为 0。", "The share that moves is 0."};
      if (!networks.carries(measure)) {
        return {"现有供应关系的供应额与依赖度都是 0，没有可转移的。",
                "The present link carries no value and no dependency, so nothing moves."};
      }
      return {"所给情景没有冲击。", "The scenarios shock nothing."};
    case MeasureKind::project:
      break;
  }
  if (!(measure.amount > 0)) return {"攻关效果为 0。", "The effect is 0."};
  return {"所涉问题在所比较的情景中没有冲击（已解决、未定级，或不在情景中）。",
          "None of its problems shocks anything in what is compared: solved, ungraded, or not among the scenarios."};
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
