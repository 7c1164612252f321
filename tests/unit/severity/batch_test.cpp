#include "chainqual/severity/batch.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace {

using namespace chainqual;

TEST(HundredthColumns, GradeDecimalsAndLeaveEmptyRowsUngraded) {
  const std::vector<std::int16_t> a{350, 0, 100, 500, 400};
  const std::vector<std::int16_t> b{450, 0, 100, 500, 400};
  const std::vector<std::int16_t> c{400, 0, 100, 500, 399};
  std::vector<std::uint8_t> grade(5);
  std::vector<std::uint32_t> total(5);
  grade_hundredths(SeverityModel(), {a, b, c}, grade, total);
  EXPECT_EQ(grade, (std::vector<std::uint8_t>{2, 0, 1, 3, 2}));
  EXPECT_EQ(total, (std::vector<std::uint32_t>{39500, 0, 10000, 50000, 39970}));
  grade_hundredths(SeverityModel({}, {}, Rounding::tenth), {a, b, c}, grade, total);
  EXPECT_EQ(grade, (std::vector<std::uint8_t>{3, 0, 1, 3, 3}));
  EXPECT_EQ(total[0], 39500U) << "the stated total stays exact";
}

TEST(HundredthColumns, StateTheirScale) {
  EXPECT_EQ(hundredths_total_scale(SeverityModel()), 10'000U);
  EXPECT_EQ(hundredths_total_scale(SeverityModel({1, 0, 0})), 10'000U);
  const Rational third(1, 3);
  EXPECT_EQ(hundredths_total_scale(SeverityModel({third, third, third})), 300U);
  const Rational fine(1, 9'000'000);
  EXPECT_THROW(static_cast<void>(hundredths_total_scale(SeverityModel({fine, Rational(1) - fine, 0}))), Error);
}

TEST(HundredthColumns, RefuseValuesBetweenZeroAndOnePointAndLeaveOutputsAlone) {
  const std::vector<std::int16_t> good{400, 400, 400};
  for (const std::int16_t value : {std::int16_t{99}, std::int16_t{501}, std::int16_t{-1}, std::int16_t{0}}) {
    const std::vector<std::int16_t> bad{400, value, 400};
    std::vector<std::uint8_t> grade(3, 7);
    std::vector<std::uint32_t> total(3, 7);
    try {
      grade_hundredths(SeverityModel(), {good, bad, good}, grade, total);
      ADD_FAILURE() << value;
    } catch (const Error& error) {
      ASSERT_EQ(error.findings().kept().size(), 1U);
      EXPECT_EQ(error.findings().kept()[0].where.record, 2U);
      EXPECT_EQ(error.findings().kept()[0].where.column, "diffusion");
      EXPECT_EQ(error.code(), value == 0 ? ErrorCode::missing_value : ErrorCode::invalid_value);
    }
    EXPECT_EQ(grade, std::vector<std::uint8_t>(3, 7));
    EXPECT_EQ(total, std::vector<std::uint32_t>(3, 7));
  }
}

TEST(PanelColumns, DecideOnTheExactMeanHoweverTheSumsAreCounted) {
  // Twenty experts, means 3.95 in all dimensions; then 11/3 from three; then different counts; then nobody.
  const std::vector<std::uint32_t> sum{79, 11, 8, 0};
  const std::vector<std::uint32_t> other{79, 11, 12, 0};
  const std::vector<std::uint32_t> count{20, 3, 2, 0};
  const std::vector<std::uint32_t> others{20, 3, 3, 0};
  std::vector<std::uint8_t> grade(4);
  std::vector<std::uint16_t> total(4);
  const PanelSumColumns panels{sum, other, other, count, others, others, 1};
  grade_panel_sums(SeverityModel(), panels, grade, total);
  EXPECT_EQ(grade, (std::vector<std::uint8_t>{2, 2, 3, 0}));
  EXPECT_EQ(total, (std::vector<std::uint16_t>{395, 367, 400, 0}));
  grade_panel_sums(SeverityModel({}, {}, Rounding::tenth), panels, grade, total);
  EXPECT_EQ(grade, (std::vector<std::uint8_t>{3, 2, 3, 0}));
}

TEST(PanelColumns, RefuseImpossibleMeansAndCounts) {
  const std::vector<std::uint32_t> sum{12, 12, 16, 4};
  const std::vector<std::uint32_t> fine{9, 9, 9, 4};
  const std::vector<std::uint32_t> count{3, 3, 3, most_panel_experts + 1};
  const std::vector<std::uint32_t> some{3, 0, 3, 4};
  std::vector<std::uint8_t> grade(4, 5);
  std::vector<std::uint16_t> total(4, 5);
  try {
    grade_panel_sums(SeverityModel(), {sum, fine, fine, count, some, some, 1}, grade, total);
    FAIL() << "impossible panels were graded";
  } catch (const Error& error) {
    ASSERT_EQ(error.findings().kept().size(), 4U);
    EXPECT_EQ(error.findings().kept()[0].where.record, 2U);
    EXPECT_EQ(error.findings().kept()[0].code, ErrorCode::missing_value);
    EXPECT_EQ(error.findings().kept()[1].where.column, "urgency");
    EXPECT_EQ(error.findings().kept()[2].value, "16/3");
    EXPECT_EQ(error.findings().kept()[3].rule.en, "a problem has at most 1048576 experts");
  }
  EXPECT_EQ(grade, std::vector<std::uint8_t>(4, 5));
  EXPECT_THROW(grade_panel_sums(SeverityModel(), {sum, fine, fine, count, count, count, 0}, grade, total), Error);
}

TEST(PanelColumns, StayExactAtTheLargestPanel) {
  // A mean one part in a million below 4.
  const std::vector<std::uint32_t> sum{4 * most_panel_experts - 1};
  const std::vector<std::uint32_t> full{4 * most_panel_experts};
  const std::vector<std::uint32_t> count{most_panel_experts};
  std::vector<std::uint8_t> grade(1);
  std::vector<std::uint16_t> total(1);
  grade_panel_sums(SeverityModel(), {sum, full, full, count, count, count, 1}, grade, total);
  EXPECT_EQ(grade[0], 2);
  EXPECT_EQ(total[0], 400) << "for show only";
  // Weights of six decimals and counts that differ need 128 bits.
  const Rational weight(333'333, 1'000'000);
  const SeverityModel fine({weight, weight, Rational(333'334, 1'000'000)});
  const std::vector<std::uint32_t> fewer{most_panel_experts - 1};
  const std::vector<std::uint32_t> fewer_sum{4 * (most_panel_experts - 1)};
  grade_panel_sums(fine, {full, fewer_sum, full, count, fewer, count, 1}, grade, total);
  EXPECT_EQ(grade[0], 3);
  grade_panel_sums(fine, {sum, fewer_sum, full, count, fewer, count, 1}, grade, total);
  EXPECT_EQ(grade[0], 2);
}

TEST(Columns, OfNoRowsAreFine) {
  EXPECT_NO_THROW(grade_whole_scores(SeverityModel(), {}, {}, {}));
  EXPECT_NO_THROW(grade_hundredths(SeverityModel(), {}, {}, {}));
  EXPECT_NO_THROW(grade_panel_sums(SeverityModel(), {}, {}, {}));
}

TEST(Columns, CountEveryBadCellButListTheFirstThousand) {
  const std::vector<std::uint8_t> bad(5000, 9);
  std::vector<std::uint8_t> grade(5000);
  std::vector<std::uint16_t> total(5000);
  try {
    grade_whole_scores(SeverityModel(), {bad, bad, bad}, grade, total);
    FAIL() << "scores of 9 were graded";
  } catch (const Error& error) {
    EXPECT_EQ(error.findings().kept().size(), 1000U);
    EXPECT_EQ(error.findings().count(FindingLevel::error), 15'000U);
    EXPECT_EQ(error.findings().kept()[999].where.record, 334U);
    EXPECT_EQ(error.message().en.substr(0, 23), "15000 errors, the first");
  }
}

TEST(Columns, StopWhenCancelledAndReportProgressWhenNot) {
  const std::vector<std::uint8_t> scores(1'000'000, 4);
  std::vector<std::uint8_t> grade(scores.size());
  std::vector<std::uint16_t> total(scores.size());
  CancelToken token;
  token.cancel();
  Control stopped;
  stopped.cancel = &token;
  try {
    grade_whole_scores(SeverityModel(), {scores, scores, scores}, grade, total, stopped);
    FAIL() << "not cancelled";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
  double last = -1;
  Control control;
  control.progress = [&](double share) {
    EXPECT_GE(share, last);
    last = share;
  };
  grade_whole_scores(SeverityModel(), {scores, scores, scores}, grade, total, control);
  EXPECT_EQ(last, 1.0);
  EXPECT_EQ(grade, std::vector<std::uint8_t>(scores.size(), 3));
}

}  // namespace
