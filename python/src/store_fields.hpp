#pragma once

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
                 member("reason", &StepRecord::reason)};
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

}  // namespace chainqual::python
