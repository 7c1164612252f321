#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "chainqual/evaluate/checks-inl.hpp"
#include "chainqual/evaluate/standard_indicators-inl.hpp"

namespace chainqual {
inline namespace v1 {

inline bool is_share(const Indicator& indicator) noexcept {
  return indicator.unit == "%" && indicator.worst && indicator.best &&
         std::min(*indicator.worst, *indicator.best) == Decimal() &&
         std::max(*indicator.worst, *indicator.best) == Decimal(100, 0);
}

namespace evaluate_detail {

using IndicatorIndex = std::unordered_map<std::string_view, std::size_t>;

inline IndicatorIndex index_indicators(std::span<const Indicator> indicators, Findings& findings) {
  IndicatorIndex index;
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    if (indicators[k].key.empty() || !index.emplace(indicators[k].key, k).second) {
      blame(findings, ErrorCode::duplicate, k + 1, "key", indicators[k].key,
            {"指标编码为空或重复", "an indicator's key is empty, or stands twice"}, {"改为唯一编码", "make it unique"});
    }
  }
  return index;
}

inline void check_figures(const IndicatorEntry& entry, const Indicator& indicator, std::size_t record,
                          Findings& findings) {
  const bool judged_by_steps = indicator.kind == IndicatorKind::qualitative;
  if (judged_by_steps ? entry.value.has_value() : !entry.steps.empty()) {
    blame(findings, ErrorCode::invalid_value, record, judged_by_steps ? "value" : "steps", entry.indicator,
          {"定性指标由评审人打分，定量指标填数值",
           "a qualitative indicator takes reviewers' steps, a quantitative one a value"},
          {"改填相应一栏", "fill the other column"});
  }
  for (const auto& [column, number] :
       {std::pair{"baseline", &entry.baseline}, {"target", &entry.target}, {"value", &entry.value}}) {
    if (!is_share(indicator) || !*number || (**number >= Decimal() && **number <= Decimal(100, 0))) continue;
    blame(findings, ErrorCode::invalid_value, record, column, (*number)->to_string() + " %",
          {"“" + indicator.name.zh + "”是占比，应在 0 到 100 之间",
           "'" + indicator.name.en + "' is a share, from 0 to 100"},
          {"更正数值或单位", "correct the number or its unit"});
  }
  std::unordered_set<std::string_view> seen;
  for (const ReviewerStep& step : entry.steps) {
    if (step.step < 1 || step.step > 5) {
      blame(findings, ErrorCode::invalid_value, record, "steps", std::to_string(step.step),
            {"评分应是 1 到 5 的整数", "a step is a whole number 1 … 5"}, {"更正评分", "correct it"});
    }
    if (!seen.insert(step.reviewer).second) {
      blame(findings, ErrorCode::duplicate, record, "steps", step.reviewer,
            {"同一评审人评了两次", "one reviewer judged twice"}, {"只留一次", "keep one"});
    }
  }
  if (judged_by_steps && entry.target && !(*entry.target >= Decimal(1, 0) && *entry.target <= Decimal(5, 0))) {
    blame(findings, ErrorCode::invalid_value, record, "target", entry.target->to_string(),
          {"定性指标的目标在 1 到 5 之间", "the target of a qualitative indicator lies in 1 … 5"},
          {"更正目标", "correct it"});
  }
}

/// The sheet's entries by indicator, checked.
inline std::vector<const IndicatorEntry*> entries_of(const IndicatorIndex& index, std::span<const Indicator> indicators,
                                                     const IndicatorSheet& sheet, Findings& findings) {
  std::vector<const IndicatorEntry*> entries(indicators.size(), nullptr);
  for (std::size_t k = 0; k < sheet.entries.size(); ++k) {
    const IndicatorEntry& entry = sheet.entries[k];
    const auto at = index.find(entry.indicator);
    if (at == index.end()) {
      blame(findings, ErrorCode::unknown_reference, k + 1, "indicator", entry.indicator,
            {"没有这个指标", "there is no such indicator"},
            {"先定义指标，或更正编码", "define it, or correct the key"});
      continue;
    }
    if (entries[at->second] != nullptr) {
      blame(findings, ErrorCode::duplicate, k + 1, "indicator", entry.indicator,
            {"同一指标填了两行", "the indicator has two rows"}, {"只留一行", "keep one"});
    }
    entries[at->second] = &entry;
    check_figures(entry, indicators[at->second], k + 1, findings);
    for (const auto& [column, text] : {std::pair{"date", &entry.date}, {"due", &entry.due}}) {
      if (text->empty() || Date::parse(*text)) continue;
      blame(findings, ErrorCode::invalid_value, k + 1, column, *text, {"不是日期", "it is no date"},
            {"写成 2026-11-21", "write it as 2026-11-21"});
    }
  }
  return entries;
}

/// The value, of qualitative indicators the mean step.
inline std::optional<Rational> value_of(const IndicatorEntry& entry) {
  if (entry.value) return Rational(*entry.value);
  if (entry.steps.empty()) return std::nullopt;
  std::int64_t sum = 0;
  for (const ReviewerStep& step : entry.steps) sum += step.step;
  return Rational(sum, static_cast<std::int64_t>(entry.steps.size()));
}

inline std::string shown(const Rational& value) {
  return Decimal::parse(value.to_string()) ? value.to_string() : value.to_string(2);
}

inline Text told(const Indicator& indicator, const IndicatorEntry& entry, const IndicatorFinding& finding) {
  const auto amount = [&](const std::string& number) {
    const auto in = [&](Language language) {
      return number + (indicator.unit.empty() ? "" : " " + unit_in(indicator.unit, language));
    };
    return Text{in(Language::zh), in(Language::en)};
  };
  const Text value = amount(finding.value ? shown(*finding.value) : "");
  const Text target = amount(entry.target ? entry.target->to_string() : "");
  const auto& [zh, en] = indicator.name;
  switch (finding.attainment) {
    case Attainment::achieved:
      return {zh + "为 " + value.zh + "，达到目标 " + target.zh + "。",
              en + " is " + value.en + ", which meets " + target.en + "."};
    case Attainment::falls_short: {
      const Text gap = amount(shown(*finding.gap));
      Text text{zh + "为 " + value.zh + "，目标 " + target.zh + "，差 " + gap.zh + "。",
                en + " is " + value.en + "; the target is " + target.en + ", so " + gap.en + " are missing."};
      if (finding.action_missing) {
        text.zh += "请明确改进措施、责任单位和完成日期。";
        text.en += " Name the action, who takes it, and by when.";
      } else {
        text.zh += "措施：" + entry.action + "（" + entry.owner + "，" + entry.due + "）。";
        text.en += " Action: " + entry.action + " (" + entry.owner + ", " + entry.due + ").";
      }
      return text;
    }
    case Attainment::no_target:
      return {zh + "为 " + value.zh + "，没有目标值。", en + " is " + value.en + "; it has no target."};
    case Attainment::no_value:
      break;
  }
  return {zh + "没有数据，不按 0 计。", en + " has not been measured; that does not count as 0."};
}

}  // namespace evaluate_detail

inline Text difference(const Indicator& known, const Indicator& other) {
  Text told;
  const auto differs = [&](const Text& what, const Text& one, const Text& two) {
    told.zh += (told.zh.empty() ? "" : "；") + what.zh + "是 " + one.zh + "，不是 " + two.zh;
    told.en += (told.en.empty() ? "" : "; ") + std::string("its ") + what.en + " is " + one.en + ", not " + two.en;
  };
  const auto both = [](auto value) {
    return Text{std::string(label_of(value, Language::zh)), std::string(label_of(value, Language::en))};
  };
  const auto unit_of = [](const Indicator& one) { return one.unit == "％" ? std::string("%") : one.unit; };
  const auto plain = [](const std::string& text) { return text.empty() ? Text{"空", "none"} : Text{text, text}; };
  if (known.category != other.category) differs({"类别", "category"}, both(known.category), both(other.category));
  if (known.kind != other.kind) differs({"性质", "kind"}, both(known.kind), both(other.kind));
  if (!other.unit.empty() && unit_of(known) != unit_of(other)) {
    differs({"单位", "unit"}, plain(known.unit), plain(other.unit));
  }
  if (known.direction != other.direction) {
    differs({"方向", "direction"}, both(known.direction), both(other.direction));
  }
  const auto bounds = [&](const Text& name, const std::optional<Decimal>& one, const std::optional<Decimal>& two) {
    const auto shown = [&](const std::optional<Decimal>& bound) { return plain(bound ? bound->to_string() : ""); };
    if (two && one != two) differs(name, shown(one), shown(two));
  };
  bounds({"最差值", "worst"}, known.worst, other.worst);
  bounds({"最好值", "best"}, known.best, other.best);
  for (std::size_t k = 0; k < known.steps.size(); ++k) {
    if (other.steps[k].zh.empty() || known.steps[k].zh == other.steps[k].zh) continue;
    const std::string number = std::to_string(k + 1);
    differs({"第 " + number + " 档", "step " + number}, known.steps[k], other.steps[k]);
  }
  return told;
}

inline std::vector<IndicatorFinding> judge(std::span<const Indicator> indicators, const IndicatorSheet& sheet,
                                           Date today) {
  namespace d = evaluate_detail;
  Findings faults;
  const auto index = d::index_indicators(indicators, faults);
  static_cast<void>(d::entries_of(index, indicators, sheet, faults));
  throw_if_errors(faults);
  std::vector<IndicatorFinding> findings;
  for (const IndicatorEntry& entry : sheet.entries) {
    const Indicator& indicator = indicators[index.at(entry.indicator)];
    IndicatorFinding finding;
    finding.indicator = entry.indicator;
    finding.value = d::value_of(entry);
    finding.owner = entry.owner;
    finding.due = entry.due;
    if (finding.value) {
      finding.attainment = Attainment::no_target;
      if (entry.target) {
        const Rational gap = indicator.direction == Direction::higher_is_better
                                 ? Rational(*entry.target) - *finding.value
                                 : *finding.value - Rational(*entry.target);
        finding.gap = gap;
        finding.attainment = gap > Rational(0) ? Attainment::falls_short : Attainment::achieved;
      }
    }
    if (finding.attainment == Attainment::falls_short) {
      finding.action_missing = entry.action.empty() || entry.owner.empty() || entry.due.empty();
      if (!entry.due.empty()) finding.overdue_days = today.days_since(*Date::parse_last(entry.due));
    }
    finding.what = d::told(indicator, entry, finding);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/indicator_fill-inl.hpp"
