#pragma once

#include "chainqual/register/access.hpp"
#include "chainqual/register/coverage.hpp"
#include "chainqual/register/due.hpp"
#include "chainqual/register/history.hpp"
#include "fields.hpp"

namespace chainqual::python {

template <>
struct Fields<StepRecord> {
  static constexpr auto list =
      std::tuple{member("lifecycle", &StepRecord::table), member("number", &StepRecord::number),
                 member("step", &StepRecord::step),       member("from", &StepRecord::from),
                 member("to", &StepRecord::to),           member("date", &StepRecord::date),
                 member("who", &StepRecord::who),         member("by", &StepRecord::by),
                 member("reason", &StepRecord::reason),   member("corrects", &StepRecord::corrects)};
};

template <>
struct Fields<AssessedFact> {
  static constexpr auto list = std::tuple{
      member("problem", &AssessedFact::problem),     member("date", &AssessedFact::date),
      member("model", &AssessedFact::model),         member("inputs", &AssessedFact::inputs),
      member("total", &AssessedFact::total),         member("grade", &AssessedFact::grade),
      member("mean_loss", &AssessedFact::mean_loss), member("suggested_diffusion", &AssessedFact::suggested_diffusion)};
};

template <>
struct Fields<DueItem> {
  static constexpr auto list =
      std::tuple{member("kind", &DueItem::kind), member("number", &DueItem::number), member("due", &DueItem::due),
                 member("overdue_days", &DueItem::overdue_days), member("what", &DueItem::what)};
};

template <>
struct Fields<DueOptions> {
  static constexpr auto list =
      std::tuple{member("report_months", &DueOptions::report_months), member("ahead_days", &DueOptions::ahead_days)};
};

template <>
struct Fields<ProjectWarning> {
  static constexpr auto list =
      std::tuple{member("kind", &ProjectWarning::kind), member("project", &ProjectWarning::project),
                 member("since", &ProjectWarning::since), member("what", &ProjectWarning::what)};
};

template <>
struct Fields<Access> {
  static constexpr auto list =
      std::tuple{member("see", &Access::see), member("use", &Access::use), member("reason", &Access::reason)};
};

template <>
struct Fields<TestedItem> {
  static constexpr auto list =
      std::tuple{member("product", &TestedItem::product),     member("parameter", &TestedItem::parameter),
                 member("methods", &TestedItem::methods),     member("institutions", &TestedItem::institutions),
                 member("mark", &TestedItem::mark),           member("unmarked", &TestedItem::unmarked),
                 member("elsewhere", &TestedItem::elsewhere), member("lapsed", &TestedItem::lapsed)};
};

template <>
struct Fields<SegmentCoverage> {
  static constexpr auto list =
      std::tuple{member("segment", &SegmentCoverage::segment),   member("institutions", &SegmentCoverage::institutions),
                 member("cma", &SegmentCoverage::cma),           member("cnas", &SegmentCoverage::cnas),
                 member("untested", &SegmentCoverage::untested), member("items", &SegmentCoverage::items)};
};

}  // namespace chainqual::python
