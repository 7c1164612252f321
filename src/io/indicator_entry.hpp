#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chain_folder_cells.hpp"
#include "chainqual/evaluate/indicator.hpp"
#include "chainqual/io/cell.hpp"
#include "chainqual/io/csv.hpp"

// What the JSON and the CSV form of table K.1 share.

namespace chainqual {
inline namespace v1 {
namespace intake {

/// Indicators by key, and where no key says otherwise by name, case and width aside.
class IndicatorNames {
 public:
  /// Whether its key is new.
  bool add(const Indicator& indicator) {
    const std::size_t place = keys_.size();
    keys_.push_back(indicator.key);
    const bool fresh = by_key_.try_emplace(indicator.key, place).second;
    for (const std::string* name : {&indicator.key, &indicator.name.zh, &indicator.name.en}) {
      const auto [at, added] = by_name_.try_emplace(folded_word(*name), place);
      if (!added && at->second != place) at->second = several;
    }
    return fresh;
  }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const {
    if (const auto at = by_key_.find(name); at != by_key_.end()) return at->second;
    const auto at = by_name_.find(folded_word(name));
    return at == by_name_.end() || at->second == several ? std::nullopt : std::optional(at->second);
  }
  /// Why a name is not found, and what to do.
  [[nodiscard]] std::pair<Text, Text> refusal(std::string_view name) const {
    if (by_name_.contains(folded_word(name))) {
      return {{"不止一个指标叫这个名称", "more than one indicator has this name"},
              {"写它的标识（key）", "give its key"}};
    }
    return {{"没有这个指标", "there is no such indicator"},
            spelling_fix(name, std::vector<std::string_view>(keys_.begin(), keys_.end()))};
  }

 private:
  static constexpr std::size_t several = static_cast<std::size_t>(-1);
  std::map<std::string, std::size_t, std::less<>> by_key_;
  std::map<std::string, std::size_t> by_name_;
  std::vector<std::string> keys_;
};

/// Takes an entry's plain members out of `cells`: `cell(key)` and `place(key)`.
template <class Cells>
void take_entry(Cells& cells, CellConverter& converter, const Indicator& indicator, IndicatorEntry& entry) {
  for (const auto& [key, member] :
       {std::pair<std::string_view, std::optional<Decimal> IndicatorEntry::*>{"baseline", &IndicatorEntry::baseline},
        {"target", &IndicatorEntry::target},
        {"value", &IndicatorEntry::value}}) {
    const auto value = converter.decimal(cells.cell(key), cells.place(key),
                                         is_share(indicator) ? NumberRange{0, 100, false, true} : NumberRange::bare());
    if (value.has_value()) entry.*member = value.value();
  }
  const auto evidence = converter.template word<EvidenceKind>(cells.cell("evidence"), cells.place("evidence"));
  if (evidence.has_value()) entry.evidence = evidence.value();
  for (const auto& [key, member] :
       {std::pair<std::string_view, std::string IndicatorEntry::*>{"date", &IndicatorEntry::date},
        {"due", &IndicatorEntry::due}}) {
    const auto day = converter.date(cells.cell(key), cells.place(key));
    if (day.has_value()) entry.*member = day.value();
  }
  for (const auto& [key, member] :
       {std::pair<std::string_view, std::string IndicatorEntry::*>{"source", &IndicatorEntry::source},
        {"action", &IndicatorEntry::action},
        {"owner", &IndicatorEntry::owner}}) {
    entry.*member = std::string(cells.cell(key));
  }
}

/// One reviewer's step.
inline void take_step(std::string_view reviewer, std::string_view step, CellConverter& converter,
                      const CellPlace& place, IndicatorEntry& entry) {
  const auto value = converter.whole(step, place, {1, 5, false});
  const bool twice = std::any_of(entry.steps.begin(), entry.steps.end(),
                                 [&](const ReviewerStep& known) { return known.reviewer == reviewer; });
  if (twice || reviewer.empty()) {
    converter.report(
        FindingLevel::error, twice ? ErrorCode::duplicate : ErrorCode::missing_value, place, reviewer,
        twice ? Text{"同一评审人评了两次", "the reviewer stands twice"} : Text{"没有评审人", "the reviewer is missing"},
        twice ? Text{"只留一次", "keep one"} : Text{"写成 王=4", "write it as Wang=4"});
  } else if (value.has_value()) {
    entry.steps.push_back({std::string(reviewer), static_cast<int>(value.value())});
  } else if (value.is_missing()) {
    converter.report(FindingLevel::error, ErrorCode::missing_value, place, step, {"没有分档", "the step is missing"},
                     {"填 1 到 5", "give 1 to 5"});
  }
}

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
