#pragma once

#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/evaluate/checks-inl.hpp"
#include "chainqual/evaluate/summary_counts-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

inline void take_given(SummaryRow& row, std::span<const GivenFigure> given) {
  std::array<bool, 14> seen{};
  Findings faults;
  for (std::size_t k = 0; k < given.size(); ++k) {
    const auto at = static_cast<std::size_t>(given[k].field);
    if (seen[at]) {
      blame(faults, ErrorCode::duplicate, k + 1, key_of(given[k].field), {},
            {"同一栏填报了两次", "the column is given twice"}, {"只留一次", "keep one"});
    }
    seen[at] = true;
  }
  throw_if_errors(faults);
  for (std::size_t k = 0; k < given.size(); ++k) {
    const GivenFigure& figure = given[k];
    SummaryCell& cell = row.cells[static_cast<std::size_t>(figure.field)];
    if (cell.origin == CellOrigin::registers) {
      if (figure.value && *figure.value == *cell.value) continue;
      row.findings.add({FindingLevel::warning,
                        ErrorCode::declared_differs,
                        {{}, k + 1, 0, std::string(key_of(figure.field)), 0},
                        figure.value ? figure.value->to_string() : shown_value(figure.text),
                        {"登记库为 " + cell.value->to_string() + "，以登记库为准",
                         "the registers say " + cell.value->to_string() + ", which stands"},
                        {"核对登记库，或撤回填报", "check the registers, or take the figure back"}});
      continue;
    }
    if (!figure.value && figure.text.empty()) continue;
    cell.origin = CellOrigin::given;
    cell.value = figure.value;
    cell.text = figure.text;
    cell.basis = figure.source.empty() ? Text{"填报，未注明来源", "given, without a source"}
                                       : Text{"填报：" + figure.source, "given: " + figure.source};
  }
}

}  // namespace evaluate_detail

inline SummaryRow summary_of(const Dossier& dossier, Date from, Date until, std::span<const GivenFigure> given) {
  if (until < from) {
    throw Error(ErrorCode::invalid_argument,
                {"期间的结束早于开始。请更正日期。", "The period ends before it begins. Correct the days."});
  }
  SummaryRow row;
  row.chain = dossier.info.name;
  row.period = from.to_string() + " … " + until.to_string();
  row.from = from;
  row.until = until;
  const evaluate_detail::PeriodCounts counts(dossier, {from, until}, row.findings);
  counts.fill(row);
  evaluate_detail::take_given(row, given);
  counts.fill_rest(row);
  return row;
}

inline std::vector<SummaryTrend> trend(std::span<const SummaryRow> rows) {
  if (rows.empty()) {
    throw Error(ErrorCode::invalid_argument, {"没有汇总表。请至少给一期。", "There are no rows. Give one at least."});
  }
  for (std::size_t k = 1; k < rows.size(); ++k) {
    if (rows[k].chain == rows[0].chain && rows[k - 1].until < rows[k].from) continue;
    throw Error(ErrorCode::invalid_argument,
                {"第 " + std::to_string(k + 1) + " 行不是同一产业链，或期间未按时间先后排列。请更正。",
                 "Row " + std::to_string(k + 1) +
                     " is of another chain, or its period does not follow the one before. Correct it."});
  }
  std::vector<SummaryTrend> trends;
  for (const auto& field : Names<SummaryField>::table) {
    SummaryTrend column;
    column.field = field.value;
    const SummaryCell* first = nullptr;
    const SummaryCell* last = nullptr;
    for (const SummaryRow& row : rows) {
      const SummaryCell& cell = row[field.value];
      column.values.push_back(cell.value);
      if (!cell.value) continue;
      column.mixed = column.mixed || (first != nullptr && cell.origin != first->origin);
      if (first == nullptr) first = &cell;
      last = &cell;
    }
    if (first != last) {
      column.change = Rational(*last->value) - Rational(*first->value);
      if (*first->value != Decimal()) column.ratio = Rational(*last->value) / Rational(*first->value);
    }
    trends.push_back(std::move(column));
  }
  return trends;
}

}  // namespace v1
}  // namespace chainqual
