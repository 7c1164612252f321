#pragma once

#include "chainqual/evaluate/deviation.hpp"
#include "chainqual/evaluate/kano.hpp"
#include "chainqual/evaluate/limit_grading.hpp"
#include "chainqual/evaluate/quality_house.hpp"
#include "chainqual/evaluate/training.hpp"
#include "chainqual/evaluate/value_grading.hpp"
#include "fields.hpp"

namespace chainqual::python {

template <>
struct Fields<ValueCurve::Point> {
  static constexpr auto list =
      std::tuple{member("measurement", &ValueCurve::Point::measurement), member("value", &ValueCurve::Point::value)};
};

template <>
struct Fields<GradeThreshold> {
  static constexpr auto list = std::tuple{member("name", &GradeThreshold::name), member("from", &GradeThreshold::from)};
};

template <>
struct Fields<ProductionLine> {
  static constexpr auto list =
      std::tuple{member("name", &ProductionLine::name), member("measurements", &ProductionLine::measurements)};
};

template <>
struct Fields<GradedLine> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("line", &GradedLine::line),     member("value", &GradedLine::value),
                 member("values", &GradedLine::values), member("weakest", &GradedLine::weakest),
                 member("grade", &GradedLine::grade),   member("held_back", &GradedLine::held_back),
                 member("rank", &GradedLine::rank)};
};

template <>
struct Fields<ProcessStage> {
  static constexpr auto list = std::tuple{member("name", &ProcessStage::name), member("own", &ProcessStage::own),
                                          member("inherited", &ProcessStage::inherited)};
};

template <>
struct Fields<InheritedQuality> {
  static constexpr auto list =
      std::tuple{member("after", &InheritedQuality::after), member("origin", &InheritedQuality::from)};
};

template <>
struct Fields<GradeLimit> {
  static constexpr auto list = std::tuple{member("name", &GradeLimit::name), member("limit", &GradeLimit::limit)};
};

template <>
struct Fields<LadderDemand> {
  static constexpr auto list =
      std::tuple{member("measure", &LadderDemand::measure), member("direction", &LadderDemand::direction),
                 member("limit", &LadderDemand::limit)};
};

template <>
struct Fields<LadderStep> {
  static constexpr auto list = std::tuple{member("name", &LadderStep::name), member("demands", &LadderStep::demands)};
};

template <>
struct Fields<SupplierMeasure> {
  static constexpr auto list =
      std::tuple{member("measure", &SupplierMeasure::measure), member("value", &SupplierMeasure::value)};
};

template <>
struct Fields<LadderPlace> {
  static constexpr auto list = std::tuple{member("step", &LadderPlace::step), member("wanting", &LadderPlace::wanting),
                                          member("unmeasured", &LadderPlace::unmeasured)};
};

template <>
struct Fields<KanoPair> {
  static constexpr auto list = std::tuple{member("with", &KanoPair::with), member("without", &KanoPair::without)};
};

template <>
struct Fields<KanoFeature> {
  static constexpr auto list =
      std::tuple{member("counts", &KanoFeature::counts), member("feature", &KanoFeature::feature),
                 member("clear", &KanoFeature::clear), member("better", &KanoFeature::better),
                 member("worse", &KanoFeature::worse)};
};

template <>
struct Fields<QualityHouse> {
  static constexpr auto list =
      std::tuple{member("wants", &QualityHouse::wants), member("importance", &QualityHouse::importance),
                 member("characteristics", &QualityHouse::characteristics),
                 member("relations", &QualityHouse::relations), member("roof", &QualityHouse::roof)};
};

template <>
struct Fields<RoofConflict> {
  static constexpr auto list =
      std::tuple{member("first", &RoofConflict::first), member("second", &RoofConflict::second),
                 member("strength", &RoofConflict::strength), member("weight", &RoofConflict::weight)};
};

template <>
struct Fields<QualityHouseResult> {
  static constexpr auto list = std::tuple{member("importance", &QualityHouseResult::importance),
                                          member("share", &QualityHouseResult::share),
                                          member("by_want", &QualityHouseResult::by_want),
                                          member("conflicts", &QualityHouseResult::conflicts),
                                          member("rank", &QualityHouseResult::rank),
                                          member("findings", &QualityHouseResult::findings)};
};

template <>
struct Fields<HouseCascade> {
  static constexpr auto list =
      std::tuple{member("houses", &HouseCascade::houses), member("by_first_want", &HouseCascade::by_first_want)};
};

template <>
struct Fields<DenseMatrix> {
  static constexpr auto list = std::tuple{member("rows", &DenseMatrix::rows), member("columns", &DenseMatrix::columns),
                                          member("values", &DenseMatrix::values)};
};

template <>
struct Fields<DeviationStage> {
  static constexpr auto list =
      std::tuple{member("name", &DeviationStage::name), member("a", &DeviationStage::a),
                 member("b", &DeviationStage::b),       member("sources", &DeviationStage::sources),
                 member("mean", &DeviationStage::mean), member("covariance", &DeviationStage::covariance)};
};

template <>
struct Fields<DeviationProcess> {
  static constexpr auto list = std::tuple{member("incoming_mean", &DeviationProcess::incoming_mean),
                                          member("incoming_covariance", &DeviationProcess::incoming_covariance),
                                          member("stages", &DeviationProcess::stages)};
};

template <>
struct Fields<DeviationState> {
  static constexpr auto list =
      std::tuple{member("mean", &DeviationState::mean), member("covariance", &DeviationState::covariance)};
};

template <>
struct Fields<DeviationShare> {
  static constexpr auto list =
      std::tuple{member("stage", &DeviationShare::stage), member("source", &DeviationShare::source),
                 member("mean", &DeviationShare::mean), member("variance", &DeviationShare::variance)};
};

template <>
struct Fields<DeviationResult> {
  static constexpr auto list =
      std::tuple{member("states", &DeviationResult::states), member("shares", &DeviationResult::shares),
                 member("stage_share", &DeviationResult::stage_share)};
};

template <>
struct Fields<Course> {
  static constexpr auto list =
      std::tuple{member("number", &Course::number), member("name", &Course::name), member("group", &Course::group),
                 member("hours", &Course::hours), member("problems", &Course::problems)};
};

template <>
struct Fields<Lecturer> {
  static constexpr auto list = std::tuple{member("id", &Lecturer::id),
                                          member("name", &Lecturer::name),
                                          member("speciality", &Lecturer::speciality),
                                          member("years", &Lecturer::years),
                                          member("origin", &Lecturer::origin),
                                          member("grade", &Lecturer::grade),
                                          member("state", &Lecturer::state)};
};

template <>
struct Fields<CourseSession> {
  static constexpr auto list =
      std::tuple{member("number", &CourseSession::number), member("course", &CourseSession::course),
                 member("lecturer", &CourseSession::lecturer), member("date", &CourseSession::date),
                 member("observed", &CourseSession::observed)};
};

template <>
struct Fields<SurveySheet> {
  static constexpr auto list =
      std::tuple{member("session", &SurveySheet::session), member("answers", &SurveySheet::answers)};
};

template <>
struct Fields<TrainingBase> {
  static constexpr auto list =
      std::tuple{member("courses", &TrainingBase::courses), member("lecturers", &TrainingBase::lecturers),
                 member("sessions", &TrainingBase::sessions), member("sheets", &TrainingBase::sheets)};
};

template <>
struct Fields<RegradeRules> {
  static constexpr auto list = std::tuple{member("fewest_sheets", &RegradeRules::fewest_sheets),
                                          member("fewest_sessions", &RegradeRules::fewest_sessions),
                                          member("promote_from", &RegradeRules::promote_from),
                                          member("demote_below", &RegradeRules::demote_below),
                                          member("poor_below", &RegradeRules::poor_below),
                                          member("poor_for_help", &RegradeRules::poor_for_help),
                                          member("poor_for_exit", &RegradeRules::poor_for_exit),
                                          member("observed_weight", &RegradeRules::observed_weight),
                                          member("years", &RegradeRules::years)};
};

template <>
struct Fields<SessionScore> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("session", &SessionScore::session), member("sheets", &SessionScore::sheets),
                 member("survey", &SessionScore::survey), member("by_question", &SessionScore::by_question),
                 member("score", &SessionScore::score)};
};

template <>
struct Fields<RegradeDecision> {
  static constexpr bool tabular = true;
  static constexpr auto list =
      std::tuple{member("lecturer", &RegradeDecision::lecturer), member("step", &RegradeDecision::step),
                 member("grade", &RegradeDecision::grade),       member("state", &RegradeDecision::state),
                 member("sessions", &RegradeDecision::sessions), member("score", &RegradeDecision::score),
                 member("reason", &RegradeDecision::reason)};
};

template <>
struct Fields<TrainingCoverage> {
  static constexpr auto list =
      std::tuple{member("courses", &TrainingCoverage::courses),   member("uncovered", &TrainingCoverage::uncovered),
                 member("problems", &TrainingCoverage::problems), member("covered", &TrainingCoverage::covered),
                 member("by_group", &TrainingCoverage::by_group), member("idle", &TrainingCoverage::idle)};
};

}  // namespace chainqual::python
