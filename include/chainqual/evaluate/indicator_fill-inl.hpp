#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/evaluate/checks-inl.hpp"
#include "chainqual/evaluate/register_counts-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

/// What a row says of its indicator; a category that there is none of is told and read as quality.
inline Indicator said_by(const IndicatorRow& row, std::size_t record, Findings& findings) {
  Indicator said;
  said.key = row.project.empty() ? row.name : row.project + "/" + row.name;
  said.name = {row.name, row.name_en.empty() ? row.name : row.name_en};
  said.unit = row.unit;
  said.direction = row.direction;
  if (!row.steps.empty()) said.kind = IndicatorKind::qualitative;
  if (const auto category = value_named<IndicatorCategory>(row.category)) {
    said.category = *category;
  } else if (!row.category.empty()) {
    blame(findings, ErrorCode::invalid_value, record, "category", row.category,
          {"没有这个指标分类", "there is no such category"},
          {"用 quality、innovation、coordination、economic、social、organisation 之一",
           "one of quality, innovation, coordination, economic, social, organisation"});
  }
  return said;
}

/// The indicator that a row speaks of: one of K.1, the first `standard`, by its name where the row is the chain's, else
/// one of its own.
inline std::size_t indicator_for(const IndicatorRow& row, std::vector<Indicator>& indicators, std::size_t standard,
                                 std::size_t record, Findings& findings) {
  Indicator said = said_by(row, record, findings);
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    Indicator& known = indicators[k];
    const bool of_chain = row.project.empty() && (known.name.zh == row.name || known.name.en == row.name);
    if (!of_chain && known.key != said.key) continue;
    // An indicator of one's own is qualitative where any of its rows has steps: the table has no column for that.
    if (k >= standard && !row.steps.empty()) known.kind = IndicatorKind::qualitative;
    said.kind = known.kind;
    said.steps = known.steps;
    if (row.category.empty()) said.category = known.category;
    if (Text told = difference(known, said); !told.en.empty()) {
      blame(
          findings, ErrorCode::invalid_value, record, "name", row.name,
          {"指标“" + shown_value(row.name) + "”：" + told.zh, "indicator '" + shown_value(row.name) + "': " + told.en},
          {"改正该行；若是另一个指标，请换一个名称", "correct the row; if it is another indicator, name it otherwise"});
    }
    return k;
  }
  indicators.push_back(std::move(said));
  return indicators.size() - 1;
}

/// How well a row's period suits the one asked for; 0: not at all.
inline int suits(const IndicatorRow& row, std::string_view period) noexcept {
  if (period.empty()) return 1;
  return row.period == period ? 2 : (row.period.empty() ? 1 : 0);
}

/// The reviewers' own steps, each written "reviewer=4".
inline void take_steps(const IndicatorRow& row, std::size_t record, IndicatorEntry& entry, Findings& findings) {
  for (const std::string& one : row.steps) {
    const auto at = one.rfind('=');
    const bool step = at != std::string::npos && at + 2 == one.size() && one.back() >= '1' && one.back() <= '5';
    const auto first = one.find_first_not_of(' ');
    const auto last = at == std::string::npos || at == 0 ? std::string::npos : one.find_last_not_of(' ', at - 1);
    if (!step || last == std::string::npos || first > last) {
      blame(findings, ErrorCode::invalid_value, record, "steps", one,
            {"评审分档写成“评审人=1 到 5”", "a step is written as reviewer=1 … 5"},
            {"写成 王=4", "write it as Wang=4"});
      continue;
    }
    std::string reviewer = one.substr(first, last - first + 1);
    const bool twice = std::any_of(entry.steps.begin(), entry.steps.end(),
                                   [&](const ReviewerStep& known) { return known.reviewer == reviewer; });
    if (twice) {
      blame(findings, ErrorCode::duplicate, record, "steps", one, {"同一评审人评了两次", "the reviewer stands twice"},
            {"只留一次", "keep one"});
      continue;
    }
    entry.steps.push_back({std::move(reviewer), one.back() - '0'});
  }
}

/// Whether a value written beside the reviewers' steps is their mean, to the digits that it has.
inline bool is_mean(const Decimal& value, const std::vector<ReviewerStep>& steps) {
  std::int64_t sum = 0;
  for (const ReviewerStep& one : steps) sum += one.step;
  const Rational mean(sum, static_cast<std::int64_t>(steps.size()));
  return Decimal::from_string(mean.to_string(value.scale())) == value;
}

/// The value of a qualitative indicator: each reviewer's step where the row has them, else a panel's single, agreed
/// one.
inline void take_judgement(const IndicatorRow& row, std::size_t record, IndicatorEntry& entry, Findings& findings) {
  take_steps(row, record, entry, findings);
  if (!row.value) return;
  if (!row.steps.empty()) {
    if (entry.steps.size() != row.steps.size() || is_mean(*row.value, entry.steps)) return;
    blame(findings, ErrorCode::invalid_value, record, "value", row.value->to_string(),
          {"数值不是各评审分档的平均", "the value is not the mean of the reviewers' steps"},
          {"更正数值，或留空", "correct it, or leave it empty"});
    return;
  }
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

/// A day as registers keep it; one that is none is told.
inline std::string day_of(const std::string& text, const char* column, std::size_t record, Findings& findings) {
  if (text.empty() || Date::parse(text)) return text;
  blame(findings, ErrorCode::invalid_value, record, column, text, {"不是日期", "this is no date"},
        {"写成 2026-03-01", "write it as 2026-03-01"});
  return {};
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
  entry.date = day_of(row.date, "date", record, findings);
  entry.action = row.action;
  entry.owner = row.owner;
  entry.due = day_of(row.due, "due", record, findings);
  if (indicator.kind == IndicatorKind::qualitative) {
    take_judgement(row, record, entry, findings);
  } else {
    entry.value = row.value;
    if (!row.steps.empty()) {
      blame(findings, ErrorCode::invalid_value, record, "steps", row.steps.front(),
            {"定量指标没有评审分档", "a quantitative indicator has no steps"},
            {"把数据填在“实际值”一列", "give its value in the column value"});
    }
  }
  return entry;
}

/// The share of the problems known by the period's end that a project begun by then is to solve.
inline std::optional<Decimal> improvement_coverage(const Dossier& dossier, const std::optional<Period>& period) {
  std::int64_t problems = 0;
  std::int64_t taken_up = 0;
  for (const Problem& problem : dossier.problems) {
    if (period && !known_by(problem, period->until)) continue;
    ++problems;
    const bool any = std::any_of(dossier.projects.begin(), dossier.projects.end(), [&](const Project& project) {
      if (std::find(project.problems.begin(), project.problems.end(), problem.number) == project.problems.end()) {
        return false;
      }
      return !period || begun_by(project, period->until);
    });
    if (any) ++taken_up;
  }
  if (problems == 0) return std::nullopt;
  return Decimal::from_string(Rational(100 * taken_up, problems).to_string(2));
}

/// All records, or those of a period with how many of them bear no day.
inline void count_into(IndicatorEntry& entry, std::size_t all, const std::optional<DatedCount>& of_period, Text what,
                       Language language) {
  entry.value = of_period ? of_period->sum() : Decimal(static_cast<std::int64_t>(all), 0);
  if (of_period) {
    const std::string dated = std::to_string(of_period->dated);
    const std::string undated = std::to_string(of_period->undated);
    what.zh += "，本期 " + dated + " 个，无日期的 " + undated + " 个";
    what.en += ", " + dated + " of the period, " + undated + " without a day";
  }
  entry.source = Text{"登记库：" + what.zh, "registers: " + what.en}.in(language);
}

/// What the registers count for an indicator of K.1, or nothing.
inline std::optional<IndicatorEntry> counted(const Dossier& dossier, std::string_view key,
                                             const std::optional<Period>& period, Language language) {
  IndicatorEntry entry;
  entry.indicator = key;
  entry.evidence = EvidenceKind::document;
  const auto results = [&](ResultKind kind, const Text& what) {
    const auto all = std::count_if(dossier.results.begin(), dossier.results.end(),
                                   [&](const SharedResult& result) { return result.kind == kind; });
    count_into(entry, static_cast<std::size_t>(all),
               period ? std::optional(results_in(dossier, kind, *period)) : std::nullopt, what, language);
  };
  if (key == "problems_solved" && !dossier.problems.empty()) {
    const auto all = std::count_if(dossier.problems.begin(), dossier.problems.end(),
                                   [](const Problem& p) { return p.status == ProblemStatus::solved; });
    count_into(entry, static_cast<std::size_t>(all),
               period ? std::optional(problems_solved_in(dossier, *period)) : std::nullopt,
               {"已解决的问题", "problems solved"}, language);
  } else if (key == "improvement_coverage") {
    entry.value = improvement_coverage(dossier, period);
    if (!entry.value) return std::nullopt;
    entry.source =
        Text{"登记库：已有项目的问题占比", "registers: share of problems that a project takes up"}.in(language);
  } else if (key == "patents" && !dossier.results.empty()) {
    results(ResultKind::patent, {"专利成果", "results that are patents"});
  } else if (key == "standards" && !dossier.results.empty()) {
    results(ResultKind::technical_standard, {"标准成果", "results that are standards"});
  } else {
    return std::nullopt;
  }
  return entry;
}

}  // namespace evaluate_detail

inline FilledIndicators indicators_of(const Dossier& dossier, std::string_view period, Language language) {
  namespace d = evaluate_detail;
  FilledIndicators filled;
  filled.indicators = standard_indicators();
  filled.sheet.chain = dossier.info.name;
  filled.sheet.period = period;
  const std::optional<Period> days = period_from(period);
  Findings findings;
  struct Chosen {
    std::size_t row = 0;
    int suits = 0;
  };
  std::vector<Chosen> chosen;
  const std::size_t standard = filled.indicators.size();
  for (std::size_t k = 0; k < dossier.indicators.size(); ++k) {
    const std::size_t at = d::indicator_for(dossier.indicators[k], filled.indicators, standard, k + 1, findings);
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
      entry = d::counted(dossier, indicator.key, days, language);
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
