#pragma once

#include "chainqual/evaluate/evaluation.hpp"
#include "chainqual/evaluate/indicator.hpp"
#include "chainqual/evaluate/summary.hpp"
#include "chainqual/io/evaluation_files.hpp"
#include "fields.hpp"

namespace chainqual::python {

template <>
struct Fields<Indicator> {
  static constexpr auto list =
      std::tuple{member("key", &Indicator::key),           member("name", &Indicator::name),
                 member("category", &Indicator::category), member("kind", &Indicator::kind),
                 member("unit", &Indicator::unit),         member("direction", &Indicator::direction),
                 member("steps", &Indicator::steps),       member("worst", &Indicator::worst),
                 member("best", &Indicator::best)};
};

template <>
struct Fields<ReviewerStep> {
  static constexpr auto list =
      std::tuple{member("reviewer", &ReviewerStep::reviewer), member("step", &ReviewerStep::step)};
};

template <>
struct Fields<IndicatorEntry> {
  static constexpr auto list = std::tuple{member("indicator", &IndicatorEntry::indicator),
                                          member("baseline", &IndicatorEntry::baseline),
                                          member("target", &IndicatorEntry::target),
                                          member("value", &IndicatorEntry::value),
                                          member("steps", &IndicatorEntry::steps),
                                          member("evidence", &IndicatorEntry::evidence),
                                          member("date", &IndicatorEntry::date),
                                          member("source", &IndicatorEntry::source),
                                          member("action", &IndicatorEntry::action),
                                          member("owner", &IndicatorEntry::owner),
                                          member("due", &IndicatorEntry::due)};
};

template <>
struct Fields<IndicatorSheet> {
  static constexpr auto list =
      std::tuple{member("chain", &IndicatorSheet::chain), member("period", &IndicatorSheet::period),
                 member("entries", &IndicatorSheet::entries)};
};

template <>
struct Fields<FilledIndicators> {
  static constexpr auto list =
      std::tuple{member("indicators", &FilledIndicators::indicators), member("sheet", &FilledIndicators::sheet)};
};

template <>
struct Fields<IndicatorFinding> {
  static constexpr bool tabular = true;
  static constexpr auto list = std::tuple{member("indicator", &IndicatorFinding::indicator),
                                          member("attainment", &IndicatorFinding::attainment),
                                          member("value", &IndicatorFinding::value),
                                          member("gap", &IndicatorFinding::gap),
                                          member("action_missing", &IndicatorFinding::action_missing),
                                          member("overdue_days", &IndicatorFinding::overdue_days),
                                          member("owner", &IndicatorFinding::owner),
                                          member("due", &IndicatorFinding::due),
                                          member("what", &IndicatorFinding::what)};
};

template <>
struct Fields<CategoryJudgements> {
  static constexpr auto list = std::tuple{member("category", &CategoryJudgements::category),
                                          member("judgements", &CategoryJudgements::judgements)};
};

template <>
struct Fields<EvaluationOptions> {
  static constexpr auto list = std::tuple{member("normalisation", &EvaluationOptions::normalisation),
                                          member("missing", &EvaluationOptions::missing),
                                          member("weighting", &EvaluationOptions::weighting),
                                          member("weights", &EvaluationOptions::weights),
                                          member("category_judgements", &EvaluationOptions::category_judgements),
                                          member("within", &EvaluationOptions::within)};
};

template <>
struct Fields<ScoredIndicator> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("score", &ScoredIndicator::score), member("weight", &ScoredIndicator::weight),
                 member("share", &ScoredIndicator::share), member("gain", &ScoredIndicator::gain),
                 member("missing", &ScoredIndicator::missing)};
};

template <>
struct Fields<CategoryScore> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("category", &CategoryScore::category), member("score", &CategoryScore::score),
                 member("weight", &CategoryScore::weight), member("coverage", &CategoryScore::coverage)};
};

template <>
struct Fields<SheetScore> {
  static constexpr auto list =
      std::tuple{member("chain", &SheetScore::chain),           member("period", &SheetScore::period),
                 member("indicators", &SheetScore::indicators), member("categories", &SheetScore::categories),
                 member("total", &SheetScore::total),           member("coverage", &SheetScore::coverage),
                 member("lowest", &SheetScore::lowest),         member("highest", &SheetScore::highest),
                 member("movers", &SheetScore::movers)};
};

template <>
struct Fields<Evaluation> {
  static constexpr auto list = std::tuple{member("normalisation", &Evaluation::normalisation),
                                          member("missing", &Evaluation::missing),
                                          member("weighting", &Evaluation::weighting),
                                          member("weights", &Evaluation::weights),
                                          member("sheets", &Evaluation::sheets),
                                          member("left_out", &Evaluation::left_out)};
};

template <>
struct Fields<ScoreChange> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("indicator", &ScoreChange::indicator), member("before", &ScoreChange::before),
                 member("after", &ScoreChange::after), member("effect", &ScoreChange::effect)};
};

template <>
struct Fields<ScoreComparison> {
  static constexpr auto list =
      std::tuple{member("before", &ScoreComparison::before), member("after", &ScoreComparison::after),
                 member("compared", &ScoreComparison::compared), member("changes", &ScoreComparison::changes),
                 member("left_out", &ScoreComparison::left_out)};
};

template <>
struct Fields<IndicatorFile> {
  static constexpr auto list = std::tuple{
      member("indicators", &IndicatorFile::indicators), member("sheets", &IndicatorFile::sheets),
      member("weights", &IndicatorFile::weights), member("category_judgements", &IndicatorFile::category_judgements),
      member("within", &IndicatorFile::within)};
};

template <>
struct Fields<PeriodFigures> {
  static constexpr auto list = std::tuple{member("first", &PeriodFigures::from), member("last", &PeriodFigures::until),
                                          member("given", &PeriodFigures::given)};
};

template <>
struct Fields<GivenFigure> {
  static constexpr auto list = std::tuple{member("field", &GivenFigure::field), member("value", &GivenFigure::value),
                                          member("text", &GivenFigure::text), member("source", &GivenFigure::source)};
};

template <>
struct Fields<SummaryCell> {
  static constexpr auto list = std::tuple{member("origin", &SummaryCell::origin), member("value", &SummaryCell::value),
                                          member("text", &SummaryCell::text), member("basis", &SummaryCell::basis)};
};

template <>
struct Fields<SummaryRow> {
  static constexpr auto list =
      std::tuple{member("chain", &SummaryRow::chain), member("period", &SummaryRow::period),
                 member("first", &SummaryRow::from),  member("last", &SummaryRow::until),
                 member("cells", &SummaryRow::cells), member("findings", &SummaryRow::findings)};
};

template <>
struct Fields<SummaryTrend> {
  static constexpr auto list =
      std::tuple{member("field", &SummaryTrend::field), member("values", &SummaryTrend::values),
                 member("change", &SummaryTrend::change), member("ratio", &SummaryTrend::ratio),
                 member("mixed", &SummaryTrend::mixed)};
};

}  // namespace chainqual::python
