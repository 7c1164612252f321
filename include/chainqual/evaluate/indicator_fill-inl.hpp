#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/evaluate/checks-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

/// The indicator that a row speaks of: one of K.1 by its name where the row is the chain's, else one of its own.
inline std::size_t indicator_for(const IndicatorRow& row, std::vector<Indicator>& indicators, std::size_t record,
                                 Findings& findings) {
  const std::string key = row.project.empty() ? row.name : row.project + "/" + row.name;
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    const Indicator& known = indicators[k];
    const bool of_chain = row.project.empty() && (known.name.zh == row.name || known.name.en == row.name);
    if (of_chain || known.key == key) return k;
  }
  Indicator indicator;
  indicator.key = key;
  indicator.name = {row.name, row.name_en.empty() ? row.name : row.name_en};
  indicator.unit = row.unit;
  indicator.direction = row.direction;
  if (const auto category = value_named<IndicatorCategory>(row.category)) {
    indicator.category = *category;
  } else if (!row.category.empty()) {
    blame(findings, ErrorCode::invalid_value, record, "category", row.category,
          {"没有这个指标分类", "there is no such category"},
          {"用 quality、innovation、coordination、economic、social、organisation 之一",
           "one of quality, innovation, coordination, economic, social, organisation"});
  }
  indicators.push_back(std::move(indicator));
  return indicators.size() - 1;
}

/// How well a row's period suits the one asked for; 0: not at all.
inline int suits(const IndicatorRow& row, std::string_view period) noexcept {
  if (period.empty()) return 1;
  return row.period == period ? 2 : (row.period.empty() ? 1 : 0);
}

inline IndicatorEntry entry_from(const IndicatorRow& row, const Indicator& indicator, std::size_t record,
                                 Findings& findings) {
  IndicatorEntry entry;
  entry.indicator = indicator.key;
  entry.baseline = row.baseline;
  entry.target = row.target;
  entry.source = row.source;
  entry.evidence = value_named<EvidenceKind>(row.evidence);
  if (!row.evidence.empty() && !entry.evidence) {
    blame(findings, ErrorCode::invalid_value, record, "evidence", row.evidence,
          {"没有这种依据", "there is no such evidence"},
          {"用 document、visit、expert_review 之一", "one of document, visit, expert_review"});
  }
  if (indicator.kind == IndicatorKind::quantitative) {
    entry.value = row.value;
  } else if (row.value) {
    // The register keeps one figure: a panel's single, agreed step.
    const auto& step = row.value->normalized();
    const bool whole = step.scale() == 0 && step.coefficient() >= 1 && step.coefficient() <= 5;
    if (whole) {
      entry.steps.push_back({"panel", static_cast<int>(step.coefficient())});
    } else {
      blame(findings, ErrorCode::invalid_value, record, "value", row.value->to_string(),
            {"定性指标填 1 到 5 的整数", "a qualitative indicator takes a whole number 1 … 5"},
            {"更正数值", "correct it"});
    }
  }
  return entry;
}

/// What the registers count for an indicator of K.1, or nothing.
inline std::optional<IndicatorEntry> counted(const Dossier& dossier, std::string_view key) {
  IndicatorEntry entry;
  entry.indicator = key;
  entry.evidence = EvidenceKind::document;
  const auto results_of = [&](ResultKind kind) {
    return std::count_if(dossier.results.begin(), dossier.results.end(),
                         [&](const SharedResult& result) { return result.kind == kind; });
  };
  if (key == "problems_solved" && !dossier.problems.empty()) {
    entry.value = Decimal(std::count_if(dossier.problems.begin(), dossier.problems.end(),
                                        [](const Problem& p) { return p.status == ProblemStatus::solved; }),
                          0);
    entry.source = "登记库：已解决的问题 / registers: problems solved";
  } else if (key == "improvement_coverage" && !dossier.problems.empty()) {
    const auto taken_up = std::count_if(dossier.problems.begin(), dossier.problems.end(), [&](const Problem& problem) {
      return std::any_of(dossier.projects.begin(), dossier.projects.end(), [&](const Project& project) {
        return std::find(project.problems.begin(), project.problems.end(), problem.number) != project.problems.end();
      });
    });
    const Rational share(100 * taken_up, static_cast<std::int64_t>(dossier.problems.size()));
    entry.value = Decimal::from_string(share.to_string(2));
    entry.source = "登记库：已立项问题占比 / registers: share of problems that a project takes up";
  } else if (key == "patents" && !dossier.results.empty()) {
    entry.value = Decimal(results_of(ResultKind::patent), 0);
    entry.source = "登记库：专利成果 / registers: results that are patents";
  } else if (key == "standards" && !dossier.results.empty()) {
    entry.value = Decimal(results_of(ResultKind::technical_standard), 0);
    entry.source = "登记库：标准成果 / registers: results that are standards";
  } else {
    return std::nullopt;
  }
  return entry;
}

}  // namespace evaluate_detail

inline FilledIndicators indicators_of(const Dossier& dossier, std::string_view period) {
  namespace d = evaluate_detail;
  FilledIndicators filled;
  filled.indicators = standard_indicators();
  filled.sheet.chain = dossier.info.name;
  filled.sheet.period = period;
  Findings findings;
  struct Chosen {
    std::size_t row = 0;
    int suits = 0;
  };
  std::vector<Chosen> chosen;
  for (std::size_t k = 0; k < dossier.indicators.size(); ++k) {
    const std::size_t at = d::indicator_for(dossier.indicators[k], filled.indicators, k + 1, findings);
    chosen.resize(filled.indicators.size());
    const int suits = d::suits(dossier.indicators[k], period);
    if (suits > 0 && suits >= chosen[at].suits) chosen[at] = {k, suits};
  }
  chosen.resize(filled.indicators.size());
  for (std::size_t k = 0; k < filled.indicators.size(); ++k) {
    const Indicator& indicator = filled.indicators[k];
    std::optional<IndicatorEntry> entry;
    if (chosen[k].suits > 0) {
      entry = d::entry_from(dossier.indicators[chosen[k].row], indicator, chosen[k].row + 1, findings);
    } else {
      entry = d::counted(dossier, indicator.key);
    }
    if (!entry) {
      entry.emplace();
      entry->indicator = indicator.key;
    }
    filled.sheet.entries.push_back(std::move(*entry));
  }
  throw_if_errors(findings);
  return filled;
}

}  // namespace v1
}  // namespace chainqual
