#pragma once

#include "chainqual/io/design_files.hpp"
#include "chainqual/io/grading_files.hpp"
#include "chainqual/io/method_files.hpp"
#include "chainqual/io/training_files.hpp"
#include "evaluate_fields.hpp"
#include "quality_fields.hpp"

namespace chainqual::python {

template <>
struct Fields<Measurements> {
  static constexpr auto list =
      std::tuple{member("names", &Measurements::names), member("samples", &Measurements::samples),
                 member("in_order", &Measurements::in_order), member("second_names", &Measurements::second_names),
                 member("cells", &Measurements::cells)};
};

template <>
struct Fields<InspectionCounts> {
  static constexpr auto list =
      std::tuple{member("counts", &InspectionCounts::counts), member("sizes", &InspectionCounts::sizes)};
};

template <>
struct Fields<PairwiseJudgements> {
  static constexpr auto list =
      std::tuple{member("names", &PairwiseJudgements::names), member("judgements", &PairwiseJudgements::judgements)};
};

template <>
struct Fields<NamedValue> {
  static constexpr auto list = std::tuple{member("name", &NamedValue::name), member("value", &NamedValue::value)};
};

template <>
struct Fields<MeasuredSupplier> {
  static constexpr auto list =
      std::tuple{member("name", &MeasuredSupplier::name), member("measures", &MeasuredSupplier::measures)};
};

template <>
struct Fields<FeatureAnswers> {
  static constexpr auto list =
      std::tuple{member("feature", &FeatureAnswers::feature), member("pairs", &FeatureAnswers::pairs)};
};

template <>
struct Fields<DeviationFile> {
  static constexpr auto list =
      std::tuple{member("process", &DeviationFile::process), member("measured", &DeviationFile::measured)};
};

template <>
struct Fields<TrainingFile> {
  static constexpr auto list = std::tuple{member("base", &TrainingFile::base), member("rules", &TrainingFile::rules)};
};

}  // namespace chainqual::python
