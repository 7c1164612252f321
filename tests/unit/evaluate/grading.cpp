#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "chainqual/evaluate/limit_grading.hpp"
#include "chainqual/evaluate/value_grading.hpp"

namespace chainqual::testing::grading_test {
namespace {

Decimal dec(const char* text) {
  return Decimal::from_string(text);
}

TEST(ValueCurve, PointsAndExponentials) {
  const ValueCurve peak = ValueCurve::points({{0, 0}, {10, 1}, {20, 0.5}});
  EXPECT_EQ(peak(-5), 0);
  EXPECT_EQ(peak(5), 0.5);
  EXPECT_EQ(peak(10), 1);
  EXPECT_EQ(peak(15), 0.75);
  EXPECT_EQ(peak(99), 0.5);
  const ValueCurve line = ValueCurve::exponential(8, 4);
  EXPECT_EQ(line(7), 0.25) << "falling: less is worth more";
  EXPECT_EQ(line(9), 0);
  const ValueCurve early = ValueCurve::exponential(0, 1, 3);
  EXPECT_NEAR(early(0.5), (1 - std::exp(-1.5)) / (1 - std::exp(-3.0)), 1e-15);
  EXPECT_GT(early(0.5), 0.5);
  EXPECT_NEAR(ValueCurve::exponential(0, 1, -3)(0.5), 1 - early(0.5), 1e-15) << "the two are mirror images";
  EXPECT_EQ(early(1), 1);
}

TEST(GradeLines, RankedGradedAndHeldBack) {
  const std::vector<GradingCriterion> criteria{{"flatness", 3, ValueCurve::exponential(10, 0), {}},
                                               {"inclusions", 1, ValueCurve::exponential(4, 0), 0.25}};
  const std::vector<GradeThreshold> grades{{"C", 0}, {"B", 0.5}, {"A", 0.8}};
  const std::vector<ProductionLine> lines{{"one", {4, 2}}, {"two", {1, 1}}, {"three", {0, 4}}, {"four", {4, 2}}};
  const auto found = grade_lines(criteria, grades, lines);
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].line, 1U);
  EXPECT_NEAR(found[0].value, 0.75 * 0.9 + 0.25 * 0.75, 1e-15);
  EXPECT_EQ(grades[found[0].grade].name, "A");
  EXPECT_EQ(found[1].line, 0U);
  EXPECT_EQ(grades[found[1].grade].name, "B");
  EXPECT_EQ(found[1].weakest, 0U);
  EXPECT_EQ(found[2].rank, 2U) << "equal lines share a rank";
  EXPECT_EQ(found[3].line, 2U) << "0.75, and yet last: its inclusions are worth less than a quarter";
  EXPECT_TRUE(found[3].held_back);
  EXPECT_EQ(found[3].grade, 0U);
  EXPECT_EQ(found[3].rank, 4U);
  EXPECT_TRUE(grade_lines(criteria, grades, {}).empty());
}

TEST(GradeLines, SumsOfTenthsReachTheirThreshold) {
  const std::vector<GradingCriterion> criteria{{"a", 0.1, ValueCurve::exponential(0, 1), {}},
                                               {"b", 0.2, ValueCurve::exponential(0, 1), {}},
                                               {"c", 0.7, ValueCurve::exponential(0, 1), {}}};
  const std::vector<GradeThreshold> grades{{"low", 0}, {"high", 0.3}};
  EXPECT_EQ(grade_lines(criteria, grades, std::vector<ProductionLine>{{"l", {1, 1, 0}}})[0].grade, 1U);
}

TEST(InheritQuality, WeightsOfStagesSumToOneAndGiveTheQualityBack) {
  std::mt19937 random(3);
  for (int round = 0; round < 100; ++round) {
    std::vector<ProcessStage> stages;
    for (int k = 0; k < 6; ++k)
      stages.push_back({"", static_cast<double>(random() % 101) / 100, static_cast<double>(random() % 101) / 100});
    const InheritedQuality found = inherit_quality(stages);
    double sum = 0;
    double quality = 0;
    for (std::size_t k = 0; k < stages.size(); ++k) {
      sum += found.from[k];
      quality += found.from[k] * stages[k].own;
    }
    ASSERT_NEAR(sum, 1, 1e-12);
    ASSERT_NEAR(quality, found.after.back(), 1e-12);
  }
}

TEST(InheritDefects, AgreeWithEveryCombinationOfDefects) {
  const std::vector<ProcessStage> stages{{"smelting", 0.1, 0.9}, {"casting", 0.2, 0.5}, {"rolling", 0.05, 0.25}};
  const InheritedQuality found = inherit_defects(stages);
  const double smelting = 0.1 * 0.5 * 0.25;
  const double casting = 0.2 * 0.25;
  EXPECT_NEAR(found.from[0], smelting, 1e-15);
  EXPECT_NEAR(found.from[1], casting, 1e-15);
  EXPECT_NEAR(found.after[2], 1 - (1 - smelting) * (1 - casting) * 0.95, 1e-15);
  EXPECT_EQ(inherit_defects(std::vector<ProcessStage>{{"all", 1, 0}}).after[0], 1);
  EXPECT_NEAR(inherit_defects(std::vector<ProcessStage>{{"few", 1e-18, 0}, {"few", 1e-18, 1}}).after[1], 2e-18, 1e-30);
}

TEST(LimitGrading, MilkBySomaticCells) {
  const LimitGrading milk = milk_by_somatic_cells();
  const auto name = [&](const char* cells) {
    const auto at = milk.grade(dec(cells));
    return at ? milk.limits()[*at].name : std::string("none");
  };
  EXPECT_EQ(name("120000"), "EU");
  EXPECT_EQ(name("400000"), "EU") << "the limit itself is admitted";
  EXPECT_EQ(name("400000.5"), "US");
  EXPECT_EQ(name("750000"), "US");
  EXPECT_EQ(name("1000000"), "CN (proposed)");
  EXPECT_EQ(name("1000001"), "none");
  const std::vector<Decimal> farm{dec("200000"), dec("300000"), dec("700000"), dec("2000000")};
  EXPECT_EQ(milk.tally(farm), (std::vector<std::size_t>{2, 1, 0, 1}));
}

TEST(LimitGrading, HigherIsBetterTurnsRound) {
  const LimitGrading protein({{"special", dec("3.4")}, {"first", dec("3.0")}}, Direction::higher_is_better);
  EXPECT_EQ(protein.grade(dec("3.40")), 0U);
  EXPECT_EQ(protein.grade(dec("3.39")), 1U);
  EXPECT_EQ(protein.grade(dec("2.99")), std::nullopt);
}

TEST(Ladder, StepsAreClimbedInOrder) {
  const auto at_least = [](const char* measure, const char* limit) {
    return LadderDemand{measure, Direction::higher_is_better, dec(limit)};
  };
  const std::vector<LadderStep> ladder{
      {"bronze", {at_least("pass rate", "98")}},
      {"silver", {at_least("pass rate", "99"), {"complaints", Direction::lower_is_better, dec("5")}}},
      {"gold", {at_least("audited years", "3")}}};
  const auto place = [&](const std::vector<SupplierMeasure>& measures) { return place_on_ladder(ladder, measures); };
  EXPECT_FALSE(place({}).step.has_value());
  EXPECT_EQ(place({}).unmeasured, std::vector<std::string>{"pass rate"});
  const LadderPlace bronze = place({{"pass rate", dec("99.0")}, {"audited years", dec("5")}});
  EXPECT_EQ(bronze.step, 0U) << "gold's demands are met, silver's are not";
  ASSERT_EQ(bronze.wanting.size(), 1U);
  EXPECT_EQ(bronze.wanting[0].measure, "complaints");
  const LadderPlace gold = place({{"pass rate", dec("99.5")}, {"complaints", dec("5")}, {"audited years", dec("3")}});
  EXPECT_EQ(gold.step, 2U);
  EXPECT_TRUE(gold.wanting.empty());
}

TEST(GradingBadInput, CurvesGradesLinesStagesLimitsLadders) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(static_cast<void>(ValueCurve::points({{0, 0}})), Error);
  EXPECT_THROW(static_cast<void>(ValueCurve::points({{0, 0}, {0, 1}})), Error);
  EXPECT_THROW(static_cast<void>(ValueCurve::points({{0, 0}, {nan, 1}})), Error);
  EXPECT_THROW(static_cast<void>(ValueCurve::points({{0, 0}, {1, 1.5}})), Error);
  EXPECT_THROW(static_cast<void>(ValueCurve::exponential(1, 1)), Error);
  EXPECT_THROW(static_cast<void>(ValueCurve::exponential(0, 1, nan)), Error);
  const std::vector<GradingCriterion> one{{"a", 1, ValueCurve::exponential(0, 1), {}}};
  const std::vector<GradeThreshold> grades{{"low", 0}, {"high", 0.5}};
  const auto code = [&](const std::vector<GradingCriterion>& criteria, const std::vector<GradeThreshold>& thresholds,
                        const std::vector<ProductionLine>& lines) {
    try {
      static_cast<void>(grade_lines(criteria, thresholds, lines));
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::ok;
  };
  EXPECT_EQ(code({}, grades, {}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({{"a", -1, one[0].curve, {}}}, grades, {}), ErrorCode::invalid_argument);
  EXPECT_EQ(code(one, {}, {}), ErrorCode::invalid_argument);
  EXPECT_EQ(code(one, {{"low", 0.2}}, {}), ErrorCode::invalid_argument) << "some lines would have no grade";
  EXPECT_EQ(code(one, {{"low", 0}, {"same", 0}}, {}), ErrorCode::invalid_argument);
  EXPECT_EQ(code(one, grades, {{"l", {}}}), ErrorCode::shape_mismatch);
  EXPECT_EQ(code(one, grades, {{"l", {nan}}}), ErrorCode::invalid_value);
  EXPECT_THROW(static_cast<void>(inherit_quality({})), Error);
  EXPECT_THROW(static_cast<void>(inherit_defects(std::vector<ProcessStage>{{"s", 0.5, 1.5}})), Error);
  EXPECT_THROW(static_cast<void>(inherit_quality(std::vector<ProcessStage>{{"s", nan, 0}})), Error);
  EXPECT_THROW(LimitGrading({}), Error);
  EXPECT_THROW(LimitGrading({{"a", dec("5")}, {"b", dec("5")}}), Error);
  EXPECT_THROW(LimitGrading({{"a", dec("5")}, {"b", dec("6")}}, Direction::higher_is_better), Error);
  EXPECT_THROW(static_cast<void>(place_on_ladder({}, {})), Error);
  EXPECT_THROW(static_cast<void>(place_on_ladder(std::vector<LadderStep>{{"empty", {}}}, {})), Error);
  const std::vector<LadderStep> ladder{{"s", {{"m", Direction::higher_is_better, dec("1")}}}};
  const std::vector<SupplierMeasure> twice{{"m", dec("1")}, {"m", dec("2")}};
  EXPECT_THROW(static_cast<void>(place_on_ladder(ladder, twice)), Error);
}

}  // namespace
}  // namespace chainqual::testing::grading_test
