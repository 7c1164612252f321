#include "chainqual/severity/severity_model.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace chainqual;

Score decimal_score(const char* impact, const char* diffusion, const char* urgency) {
  return {Rational::from_string(impact), Rational::from_string(diffusion), Rational::from_string(urgency)};
}

TEST(SeverityModel, IsTheStandardsUnlessToldOtherwise) {
  const SeverityModel model;
  EXPECT_EQ(model.weights(), (Weights{Rational(2, 5), Rational(3, 10), Rational(3, 10)}));
  EXPECT_EQ(model.thresholds(), (Thresholds{4, Rational(5, 2)}));
  EXPECT_EQ(model.rounding(), Rounding::exact);
  EXPECT_EQ(model.grade({5, 4, 4}), (Severity{Rational(22, 5), Grade::critical}));
  EXPECT_EQ(model.grade({1, 1, 1}), (Severity{1, Grade::general}));
  EXPECT_EQ(model.grade({5, 5, 5}), (Severity{5, Grade::critical}));
}

TEST(SeverityModel, CountsATotalOnAThresholdToTheUpperGrade) {
  const SeverityModel model;
  EXPECT_EQ(model.grade({4, 4, 4}).grade, Grade::critical);
  EXPECT_EQ(model.grade(decimal_score("2.5", "2.5", "2.5")).grade, Grade::important);
  EXPECT_EQ(model.grade_of_total(Rational(39999, 10000)), Grade::important);
  EXPECT_EQ(model.grade_of_total(Rational(24999, 10000)), Grade::general);
}

TEST(SeverityModel, Grades395ByTheRoundingThatIsAskedFor) {
  const Score panel = decimal_score("3.5", "4.5", "4");  // 1.4 + 1.35 + 1.2
  const SeverityModel exact;
  const SeverityModel tenth({}, {}, Rounding::tenth);
  EXPECT_EQ(exact.grade(panel), (Severity{Rational(395, 100), Grade::important}));
  EXPECT_EQ(tenth.grade(panel), (Severity{Rational(395, 100), Grade::critical})) << "the stated total stays exact";
  EXPECT_EQ(exact.grade(panel).total.to_string(), "3.95");
  EXPECT_EQ(tenth.grade_of_total(Rational(39499, 10000)), Grade::important);
  EXPECT_EQ(tenth.grade_of_total(Rational(245, 100)), Grade::important);
  EXPECT_EQ(tenth.grade_of_total(Rational(2449, 1000)), Grade::general);
}

TEST(SeverityModel, TakesAnyDecimalsAndFractionsExactly) {
  const SeverityModel model;
  EXPECT_EQ(model.grade(decimal_score("3.67", "3.67", "3.67")).total, Rational(367, 100));
  EXPECT_EQ(model.grade(decimal_score("11/3", "11/3", "11/3")).total, Rational(11, 3));
  const Score close = decimal_score("3.99999999999999999", "4", "4");  // 17 decimals
  EXPECT_EQ(model.grade(close).grade, Grade::important);
  EXPECT_EQ(model.grade(close).total.to_string(), "3.999999999999999996");
}

TEST(SeverityModel, SaysSoWhereExactArithmeticEnds) {
  try {
    static_cast<void>(SeverityModel().grade(decimal_score("4.000000000000000001", "4.000000000000000003", "4.1")));
    FAIL() << "19 decimals were taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::overflow);
  }
}

TEST(SeverityModel, TakesSharesAndPercentagesAsOneModel) {
  const SeverityModel shares({Rational(1, 2), Rational(3, 10), Rational(1, 5)});
  const SeverityModel percentages({50, 30, 20});
  EXPECT_EQ(shares, percentages);
  EXPECT_EQ(percentages.weights().impact, Rational(1, 2));
  const Weights thirds{Rational(1, 3), Rational(1, 3), Rational(1, 3)};
  EXPECT_EQ(SeverityModel(thirds).grade({5, 4, 3}).total, 4);
  EXPECT_EQ(SeverityModel({1, 0, 0}).grade({5, 1, 1}).grade, Grade::critical);
}

TEST(SeverityModel, DiffersByWeightsThresholdsAndRounding) {
  const SeverityModel model;
  EXPECT_NE(model, SeverityModel({50, 25, 25}));
  EXPECT_NE(model, SeverityModel({}, {Rational(7, 2), 2}));
  EXPECT_NE(model, SeverityModel({}, {}, Rounding::tenth));
  EXPECT_EQ(model, SeverityModel({40, 30, 30}, {4, Rational(5, 2)}, Rounding::exact));
}

TEST(SeverityModel, LeavesAProblemWithoutScoresUngraded) {
  EXPECT_EQ(SeverityModel().grade_entry({}), (Severity{0, Grade::ungraded}));
  EXPECT_EQ(SeverityModel().grade_entry({5, 4, 4}), SeverityModel().grade({5, 4, 4}));
}

TEST(Weight, IsReadWithAndWithoutAPercentSign) {
  for (const char* text : {"0.4", "40 %", "40%", " 40％ ", "2/5", "0.40", "+0.4"}) {
    EXPECT_EQ(weight_from_text(text), Rational(2, 5)) << text;
  }
  EXPECT_EQ(weight_from_text("33.3 %"), Rational(333, 1000));
  EXPECT_EQ(weight_from_text("40"), 40);
  for (const char* text : {"", "%", "forty", "40 %%", "0,4", "NaN", "1e-1", "４０"}) {
    EXPECT_THROW(static_cast<void>(weight_from_text(text)), Error) << text;
  }
}

TEST(Score, IsReadFromTextExactlyOrReported) {
  Findings findings;
  EXPECT_EQ(score_from_text(Dimension::impact, " 3.67 ", findings), Rational(367, 100));
  EXPECT_EQ(score_from_text(Dimension::impact, "11/3", findings), Rational(11, 3));
  EXPECT_EQ(score_from_text(Dimension::impact, "  ", findings), std::nullopt);
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(score_from_text(Dimension::urgency, "0", findings), std::nullopt);
  EXPECT_EQ(score_from_text(Dimension::urgency, "five", findings), std::nullopt);
  ASSERT_EQ(findings.kept().size(), 2U);
  EXPECT_EQ(findings.kept()[0].where.column, "urgency");
  EXPECT_EQ(findings.kept()[1].value, "five");
}

}  // namespace
