#pragma once

#include <algorithm>
#include <tuple>
#include <utility>

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

inline bool is_rating(int value) noexcept {
  return value >= 1 && value <= 10;
}

inline std::size_t rating_cell(int severity, int occurrence, int detection) noexcept {
  return static_cast<std::size_t>((severity - 1) * 100 + (occurrence - 1) * 10 + detection - 1);
}

inline std::string rating_name(std::size_t cell) {
  return "S " + std::to_string(cell / 100 + 1) + ", O " + std::to_string(cell / 10 % 10 + 1) + ", D " +
         std::to_string(cell % 10 + 1);
}

}  // namespace evaluate_detail

inline PriorityTable::PriorityTable(std::span<const PriorityRule> rules) {
  namespace d = evaluate_detail;
  constexpr std::uint8_t unset = 255;
  priority_.fill(unset);
  Findings findings;
  const auto add = [&](ErrorCode code, std::size_t row, std::string value, Text rule, Text fix) {
    findings.add({FindingLevel::error, code, {{}, row, 0, {}, 0}, std::move(value), std::move(rule), std::move(fix)});
  };
  for (std::size_t k = 0; k < rules.size(); ++k) {
    const PriorityRule& r = rules[k];
    const auto sound = [](int from, int to) { return d::is_rating(from) && d::is_rating(to) && from <= to; };
    if (!sound(r.severity_from, r.severity_to) || !sound(r.occurrence_from, r.occurrence_to) ||
        !sound(r.detection_from, r.detection_to)) {
      add(ErrorCode::invalid_value, k + 1, {},
          {"上下限应在 1 到 10 之间且不颠倒", "bounds lie within 1 … 10, the lower first"},
          {"更正上下限", "correct the bounds"});
      continue;
    }
    bool told = false;
    for (int s = r.severity_from; s <= r.severity_to; ++s) {
      for (int o = r.occurrence_from; o <= r.occurrence_to; ++o) {
        for (int t = r.detection_from; t <= r.detection_to; ++t) {
          std::uint8_t& cell = priority_[d::rating_cell(s, o, t)];
          const auto wanted = static_cast<std::uint8_t>(r.priority);
          if (cell != unset && cell != wanted && !told) {
            add(ErrorCode::duplicate, k + 1, d::rating_name(d::rating_cell(s, o, t)),
                {"与前面的行结论不同", "a row above says otherwise"}, {"使各行不重叠", "keep rows apart"});
            told = true;
          }
          cell = wanted;
        }
      }
    }
  }
  const auto gap = std::find(priority_.begin(), priority_.end(), unset);
  if (gap != priority_.end()) {
    const auto count = std::count(priority_.begin(), priority_.end(), unset);
    add(ErrorCode::missing_value, 0, d::rating_name(static_cast<std::size_t>(gap - priority_.begin())),
        {"还有 " + std::to_string(count) + " 种评分组合没有规定",
         std::to_string(count) + " of 1000 ratings have no priority"},
        {"补齐各行", "complete the rows"});
  }
  throw_if_errors(findings);
}

inline ActionPriority PriorityTable::of(int severity, int occurrence, int detection) const {
  namespace d = evaluate_detail;
  if (!d::is_rating(severity) || !d::is_rating(occurrence) || !d::is_rating(detection)) {
    throw Error(ErrorCode::out_of_range,
                {"评分应是 1 到 10 的整数。请更正。", "A rating is a whole number 1 … 10. Correct it."});
  }
  return static_cast<ActionPriority>(priority_[d::rating_cell(severity, occurrence, detection)]);
}

inline std::vector<RatedMode> rank_failure_modes(std::span<const FailureMode> modes, const PriorityTable* table) {
  namespace d = evaluate_detail;
  Findings findings;
  std::vector<RatedMode> rows;
  double total = 0;
  for (std::size_t k = 0; k < modes.size(); ++k) {
    const FailureMode& mode = modes[k];
    for (const auto& [column, value] :
         {std::pair{"severity", mode.severity}, {"occurrence", mode.occurrence}, {"detection", mode.detection}}) {
      if (d::is_rating(value)) continue;
      findings.add({FindingLevel::error,
                    ErrorCode::invalid_value,
                    {{}, k + 1, 0, column, 0},
                    std::to_string(value),
                    {"评分应是 1 到 10 的整数", "a rating is a whole number 1 … 10"},
                    {"更正评分", "correct it"}});
    }
    if (findings.has_errors()) continue;
    RatedMode row;
    row.mode = k;
    row.rpn = mode.severity * mode.occurrence * mode.detection;
    if (table != nullptr) row.priority = table->of(mode.severity, mode.occurrence, mode.detection);
    total += row.rpn;
    rows.push_back(row);
  }
  throw_if_errors(findings);
  std::stable_sort(rows.begin(), rows.end(), [&](const RatedMode& a, const RatedMode& b) {
    const auto key = [&](const RatedMode& row) {
      const FailureMode& mode = modes[row.mode];
      return std::tuple(row.priority.value_or(ActionPriority::low), row.rpn, mode.severity, mode.occurrence);
    };
    return key(a) > key(b);
  });
  double sum = 0;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    sum += rows[k].rpn;
    rows[k].rank = static_cast<std::uint32_t>(k + 1);
    rows[k].cumulated_share = sum / total;
  }
  return rows;
}

}  // namespace v1
}  // namespace chainqual
