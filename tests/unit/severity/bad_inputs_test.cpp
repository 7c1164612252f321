// Bad scores, weights, thresholds, panels and stars: the exact words, in both languages.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "chainqual/severity/batch.hpp"
#include "chainqual/severity/panel.hpp"
#include "chainqual/severity/severity_model.hpp"

namespace {

using namespace chainqual;

/// What `call` throws; fails the test if it throws nothing.
template <class Call>
Error error_of(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error(ErrorCode::ok, {});
}

void expect_finding(const Finding& finding, ErrorCode code, const std::string& zh, const std::string& en) {
  EXPECT_EQ(finding.code, code);
  EXPECT_EQ(to_string(finding, Language::zh), zh);
  EXPECT_EQ(to_string(finding, Language::en), en);
}

const std::string outside_zh =
    "：评分必须在 1 到 5 之间。修改办法：请填写 1 到 5 的分值，可带小数；未评分的问题三项都留空。";
const std::string outside_en =
    ": a score lies between 1 and 5. Fix: enter a value from 1 to 5, decimals allowed; leave all three empty where a "
    "problem was not scored.";

TEST(BadScore, OutsideOneToFiveIsNamedWithItsDimension) {
  const Error error = error_of([] { static_cast<void>(SeverityModel().grade({0, 6, -1})); });
  EXPECT_EQ(error.code(), ErrorCode::invalid_value);
  EXPECT_EQ(error.message().en, "3 errors, the first: column 'impact': value «0»" + outside_en);
  EXPECT_EQ(error.message().zh, "共 3 处错误，第一处：“impact”列：值 «0»" + outside_zh);
  const auto& kept = error.findings().kept();
  ASSERT_EQ(kept.size(), 3U);
  expect_finding(kept[0], ErrorCode::invalid_value, "“impact”列：值 «0»" + outside_zh,
                 "column 'impact': value «0»" + outside_en);
  expect_finding(kept[1], ErrorCode::invalid_value, "“diffusion”列：值 «6»" + outside_zh,
                 "column 'diffusion': value «6»" + outside_en);
  expect_finding(kept[2], ErrorCode::invalid_value, "“urgency”列：值 «-1»" + outside_zh,
                 "column 'urgency': value «-1»" + outside_en);
}

TEST(BadScore, JustOutsideIsAsWrongAsFarOutside) {
  EXPECT_EQ(error_of([] {
              static_cast<void>(SeverityModel().grade({Rational(99, 100), 3, 3}));
            })
                .findings()
                .kept()[0]
                .value,
            "0.99");
  EXPECT_EQ(error_of([] {
              static_cast<void>(SeverityModel().grade({3, 3, Rational(501, 100)}));
            })
                .findings()
                .kept()[0]
                .value,
            "5.01");
}

TEST(BadScore, NotANumberIsNamedAsItStands) {
  Findings findings;
  EXPECT_FALSE(score_from_text(Dimension::diffusion, "NaN", findings));
  ASSERT_EQ(findings.kept().size(), 1U);
  expect_finding(
      findings.kept()[0], ErrorCode::invalid_value,
      "“diffusion”列：值 «NaN»：评分必须是可精确表示的十进制数或分数。修改办法：请填写 1 到 5 的分值，例如 4 或 "
      "3.67；未评分的问题三项都留空。",
      "column 'diffusion': value «NaN»: a score is a decimal number or a fraction that can be kept exactly. "
      "Fix: enter a value from 1 to 5, such as 4 or 3.67; leave all three empty where a problem was not "
      "scored.");
}

TEST(BadScore, EmptyBesideFilledIsMissingButAllEmptyIsUngraded) {
  const SeverityModel model;
  EXPECT_EQ(model.grade_entry({}).grade, Grade::ungraded);
  const Error error = error_of([&] { static_cast<void>(model.grade_entry({std::nullopt, 3, 7})); });
  EXPECT_EQ(error.code(), ErrorCode::missing_value);
  ASSERT_EQ(error.findings().kept().size(), 2U);
  expect_finding(error.findings().kept()[0], ErrorCode::missing_value,
                 "“impact”列：三项评分要么全填，要么全空。修改办法：请补上这一项的分值，或把另外的分值也清空。",
                 "column 'impact': a problem has all three scores or none. Fix: enter the missing score, or clear the "
                 "other ones too.");
  EXPECT_EQ(error.findings().kept()[1].value, "7");
}

TEST(BadModel, EveryBrokenRuleIsListedAtOnce) {
  const Error error = error_of([] {
    SeverityModel({Rational(1, 2), Rational(1, 2), Rational(-1, 10)}, {Rational(1, 2), 6});
  });
  EXPECT_EQ(error.code(), ErrorCode::invalid_value);
  const auto& kept = error.findings().kept();
  ASSERT_EQ(kept.size(), 5U);
  expect_finding(
      kept[0], ErrorCode::invalid_value,
      "“weights.urgency”列：值 «-0.1»：权重不能为负。修改办法：请填写 0 或以上的权重。",
      "column 'weights.urgency': value «-0.1»: a weight is never negative. Fix: enter a weight of 0 or more.");
  expect_finding(kept[1], ErrorCode::invalid_value,
                 "“weights”列：值 «0.9»：三项权重之和必须恰为 100 %。修改办法：请调整权重，例如 40 %、30 %、30 %，或 "
                 "0.4、0.3、0.3。",
                 "column 'weights': value «0.9»: the three weights sum to exactly 100 %. Fix: adjust them, for example "
                 "40 %, 30 %, 30 %, or 0.4, 0.3, 0.3.");
  expect_finding(kept[2], ErrorCode::invalid_value,
                 "“thresholds.important”列：值 «6»：等级界限必须在 1 到 5 之间。修改办法：请填写总分可能达到的界限。",
                 "column 'thresholds.important': value «6»: a threshold lies between 1 and 5. Fix: enter a threshold "
                 "that a total can reach.");
  EXPECT_EQ(kept[3].where.column, "thresholds.critical");
  expect_finding(
      kept[4], ErrorCode::invalid_value,
      "“thresholds”列：值 «6, 0.5»：「重要」的界限必须低于「关键」的界限。修改办法：请按升序填写，例如 2.5 和 4.0。",
      "column 'thresholds': value «6, 0.5»: the threshold of 'important' is below that of 'critical'. Fix: "
      "enter them in ascending order, for example 2.5 and 4.0.");
}

TEST(BadModel, SumsThatMissBySomeMillionthsOrEqualThresholdsAreRefused) {
  EXPECT_THROW(SeverityModel({Rational(400001, 1000000), Rational(3, 10), Rational(3, 10)}), Error);
  EXPECT_THROW(SeverityModel({Rational(333, 1000), Rational(333, 1000), Rational(333, 1000)}), Error);
  EXPECT_THROW(SeverityModel({0, 0, 0}), Error);
  EXPECT_THROW(SeverityModel({120, -10, -10}), Error);
  EXPECT_THROW(SeverityModel({}, {3, 3}), Error);
}

TEST(BadWeight, ThatIsNoNumberIsShown) {
  const Error error = error_of([] { static_cast<void>(weight_from_text("forty")); });
  EXPECT_EQ(error.code(), ErrorCode::bad_syntax);
  EXPECT_EQ(error.message().zh, "“weights”列：值 «forty»：权重必须是数。修改办法：请写作 40 % 或 0.4。");
  EXPECT_EQ(error.message().en, "column 'weights': value «forty»: a weight is a number. Fix: write it as 40 % or 0.4.");
}

TEST(BadPanel, AnExpertTwiceForOneProblemIsAnErrorNamingBothRecords) {
  const std::vector<ExpertScore> rows{
      {"Q1", "Li", {4, 4, 4}}, {"Q2", "Li", {3, 3, 3}}, {"Q1", "Wang", {5, 5, 5}}, {"Q1", "Li", {5, 9, 5}}};
  const Error error = error_of([&] { static_cast<void>(panel_scores(rows)); });
  EXPECT_EQ(error.code(), ErrorCode::duplicate);
  ASSERT_EQ(error.findings().kept().size(), 2U);
  expect_finding(error.findings().kept()[0], ErrorCode::duplicate,
                 "“expert”列（第 4 条记录）：值 «Li»：一位专家对一个问题只能评分一次；问题“Q1”在第 1 条记录已有其评分。"
                 "修改办法：请删去多余的一条，或更正专家或问题的编号。",
                 "column 'expert' (record 4): value «Li»: an expert scores a problem once; problem 'Q1' was scored in "
                 "record 1. Fix: delete one of the two, or correct the expert or the problem.");
  expect_finding(error.findings().kept()[1], ErrorCode::invalid_value,
                 "“diffusion”列（第 4 条记录）：值 «9»" + outside_zh,
                 "column 'diffusion' (record 4): value «9»" + outside_en);
}

TEST(BadColumns, ListTheirBadCellsWithRowsAndLeaveTheOutputsAlone) {
  const std::vector<std::uint8_t> a{5, 0, 3, 6};
  const std::vector<std::uint8_t> b{4, 0, 0, 3};
  const std::vector<std::uint8_t> c{4, 0, 3, 255};
  std::vector<std::uint8_t> grade(4, 77);
  std::vector<std::uint16_t> total(4, 777);
  const Error error = error_of([&] { grade_whole_scores(SeverityModel(), {a, b, c}, grade, total); });
  EXPECT_EQ(error.code(), ErrorCode::missing_value);
  const auto& kept = error.findings().kept();
  ASSERT_EQ(kept.size(), 3U);
  expect_finding(
      kept[0], ErrorCode::missing_value,
      "“diffusion”列（第 3 条记录）：三项评分要么全填，要么全空。修改办法：请补上这一项的分值，或把另外的分值也"
      "清空。",
      "column 'diffusion' (record 3): a problem has all three scores or none. Fix: enter the missing score, "
      "or clear the other ones too.");
  expect_finding(kept[1], ErrorCode::invalid_value, "“impact”列（第 4 条记录）：值 «6»" + outside_zh,
                 "column 'impact' (record 4): value «6»" + outside_en);
  expect_finding(kept[2], ErrorCode::invalid_value, "“urgency”列（第 4 条记录）：值 «255»" + outside_zh,
                 "column 'urgency' (record 4): value «255»" + outside_en);
  EXPECT_EQ(grade, std::vector<std::uint8_t>(4, 77));
  EXPECT_EQ(total, std::vector<std::uint16_t>(4, 777));
}

TEST(BadColumns, OfDifferentLengthsAreNamed) {
  const std::vector<std::uint8_t> three(3, 1);
  const std::vector<std::uint8_t> two(2, 1);
  std::vector<std::uint8_t> grade(3);
  std::vector<std::uint16_t> total(3);
  const Error error = error_of([&] { grade_whole_scores(SeverityModel(), {three, three, two}, grade, total); });
  EXPECT_EQ(error.code(), ErrorCode::shape_mismatch);
  EXPECT_EQ(error.message().zh, "列“urgency”有 2 行，而第一列有 3 行；各列行数必须相同。");
  EXPECT_EQ(error.message().en,
            "Column 'urgency' has 2 rows and the first column 3; all columns must have the same number.");
}

TEST(DeclaredStars, ThatDifferFromTheComputedGradeAreWarnedOfShowingBoth) {
  const auto finding = compare_declared(Grade::critical, {Rational(395, 100), Grade::important});
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->level, FindingLevel::warning);
  expect_finding(*finding, ErrorCode::declared_differs,
                 "“declared”列：值 «★★★»：申报的等级「★★★ 关键」与计算的等级「★★ 重要」（总分 3.95）不一致。"
                 "修改办法：请核对评分或申报的等级。",
                 "column 'declared': value «★★★»: the declared grade '★★★ critical' differs from the computed grade "
                 "'★★ important' (total 3.95). Fix: check the scores or the declared grade.");
  EXPECT_FALSE(compare_declared(Grade::critical, {4, Grade::critical}));
  EXPECT_FALSE(compare_declared(Grade::ungraded, {4, Grade::critical}));
  EXPECT_FALSE(compare_declared(Grade::critical, {0, Grade::ungraded}));
}

}  // namespace
