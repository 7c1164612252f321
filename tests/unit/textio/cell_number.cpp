#include <clocale>
#include <cmath>
#include <locale>

#include "chainqual/io/cell.hpp"
#include "unit/textio/support.hpp"

namespace cell_number_test {
namespace {

using namespace chainqual;
using namespace textio_test;

const CellPlace place{3, 4, "评分"};

struct Outcome {
  std::string value;  ///< digits, "missing" or "bad"
  Findings findings;
};

Outcome decimal(std::string_view cell, const NumberRange& range = {}, bool repair = false) {
  Outcome outcome;
  CellConverter converter("t.csv", outcome.findings, repair);
  const auto read = converter.decimal(cell, place, range);
  outcome.value = read.has_value() ? read.value().to_string() : read.is_bad() ? "bad" : "missing";
  return outcome;
}

TEST(CellNumber, TakesPlainNumbersExactlyAndKeepsTheirScale) {
  for (const auto& [cell, value] : std::vector<std::pair<std::string, std::string>>{{"3.67", "3.67"},
                                                                                    {"3.50", "3.50"},
                                                                                    {"-1.5", "-1.5"},
                                                                                    {"+2", "2"},
                                                                                    {".5", "0.5"},
                                                                                    {"5.", "5"},
                                                                                    {"007", "7"},
                                                                                    {"0.00", "0.00"},
                                                                                    {"-0", "0"},
                                                                                    {" 4\t", "4"},
                                                                                    {"　4　", "4"}}) {
    const auto outcome = decimal(cell);
    EXPECT_EQ(outcome.value, value) << cell;
    EXPECT_TRUE(outcome.findings.empty()) << cell;
  }
}

TEST(CellNumber, RefusesAUnitWhereHeadingOrColumnTellIt) {
  for (const std::string cell : {"120万", "1.2亿元", "5元", "99%", "９９％"}) {
    const auto outcome = decimal(cell, NumberRange::money());
    EXPECT_EQ(outcome.value, "bad") << cell;
    ASSERT_FALSE(outcome.findings.empty()) << cell;
    EXPECT_EQ(outcome.findings.kept().front().rule.en,
              "heading or unit column tell the unit already: the number alone belongs here")
        << cell;
  }
  EXPECT_EQ(decimal("1,200.5", NumberRange::money()).value, "1200.5");
  EXPECT_EQ(decimal("-3", NumberRange::bare()).value, "-3");
  EXPECT_EQ(decimal("-3", NumberRange::money()).value, "bad");
}

TEST(CellNumber, TakesGroupsExponentsPerCentAndUnits) {
  for (const auto& [cell, value] : std::vector<std::pair<std::string, std::string>>{{"1,234", "1234"},
                                                                                    {"12,345,678.90", "12345678.90"},
                                                                                    {"1e3", "1000"},
                                                                                    {"1.5E-2", "0.015"},
                                                                                    {"12%", "0.12"},
                                                                                    {"12.5 %", "0.125"},
                                                                                    {"3万", "30000"},
                                                                                    {"1.5亿", "150000000"},
                                                                                    {"1,200万", "12000000"},
                                                                                    {"2 万元", "20000"},
                                                                                    {"0.5千万", "5000000"},
                                                                                    {"1.25万亿", "1250000000000"},
                                                                                    {"7元", "7"}}) {
    EXPECT_EQ(decimal(cell).value, value) << cell;
  }
}

TEST(CellNumber, NothingIsMissingAndNeverZero) {
  for (const std::string cell : {"", " ", "-", "—", "－", "无", "待定", "N/A", "暂无", "null", "　"}) {
    const auto outcome = decimal(cell, NumberRange::score());
    EXPECT_EQ(outcome.value, "missing") << cell;
    EXPECT_TRUE(outcome.findings.empty()) << cell;
  }
}

TEST(CellNumber, FullWidthDigitsAreAnErrorWithTheHalfWidthForm) {
  const auto strict = decimal("４．５");
  EXPECT_EQ(strict.value, "bad");
  EXPECT_EQ(en(strict.findings),
            "t.csv:4: column '评分' (record 3): value «４．５»: full-width characters. Fix: write '4.5', or ask for "
            "repair.\n");
  EXPECT_EQ(
      zh(strict.findings),
      "t.csv:4：“评分”列（第 3 条记录）：值 «４．５»：含有全角字符。修改办法：请改为半角“4.5”，或使用自动修复。\n");
  const auto repaired = decimal("１，２３４．５％", {}, true);
  EXPECT_EQ(repaired.value, "12.345");
  EXPECT_EQ(
      en(repaired.findings),
      "t.csv:4: column '评分' (record 3): value «１，２３４．５％»: full-width characters were read as half-width: "
      "1,234.5%.\n");
  EXPECT_EQ(repaired.findings.count(FindingLevel::info), 1U);
}

TEST(CellNumber, ADateInAScoreIsNamed) {
  for (const std::string cell : {"3月4日", "4-Mar", "Mar-4", "2025/3/4", "2025-03-04"}) {
    const auto outcome = decimal(cell, NumberRange::score());
    ASSERT_EQ(outcome.value, "bad") << cell;
    EXPECT_EQ(outcome.findings.kept()[0].rule.en, "date in a score") << cell;
  }
  EXPECT_EQ(zh(decimal("3月4日", NumberRange::score()).findings),
            "t.csv:4：“评分”列（第 3 条记录）：值 «3月4日»：评分里是日期。修改办法：电子表格会把 3-4 "
            "改成日期；请填一个数。\n");
  EXPECT_EQ(decimal("3月4日").findings.kept()[0].rule.en, "a date where a number belongs");
}

TEST(CellNumber, WhatIsAmbiguousOrNoNumberIsAnErrorThatSaysWhy) {
  for (const auto& [cell, rule] : std::vector<std::pair<std::string, std::string>>{
           {"#REF!", "an error value of a spreadsheet"},
           {"#N/A", "an error value of a spreadsheet"},
           {"#######", "an error value of a spreadsheet"},
           {"3-4", "a range or fraction where one number belongs"},
           {"3/4", "a range or fraction where one number belongs"},
           {"3~4", "a range or fraction where one number belongs"},
           {"NaN", "not a finite number"},
           {"-inf", "not a finite number"},
           {"Infinity", "not a finite number"},
           {"∞", "not a finite number"},
           {"1,5", "commas or points can be read in two ways"},
           {"12,34", "commas or points can be read in two ways"},
           {"1.234,5", "commas or points can be read in two ways"},
           {"1,2345", "commas or points can be read in two ways"},
           {"1 234", "commas or points can be read in two ways"},
           {"3万5千", "the units can be read in two ways"},
           {"1e3万", "the units can be read in two ways"},
           {"12%万", "the units can be read in two ways"},
           {"5k", "the units can be read in two ways"},
           {"(5)", "brackets may stand for minus"},
           {"1e99999", "the number is too large or has too many digits"},
           {"99999999999999999999", "the number is too large or has too many digits"},
           {"0.1234567890123456789", "the number is too large or has too many digits"},
           {"约3万", "not a number"},
           {"abc", "not a number"},
           {"三", "not a number"},
           {"0x10", "not a number"},
           {"1..2", "commas or points can be read in two ways"},
           {"--5", "commas or points can be read in two ways"}}) {
    const auto outcome = decimal(cell);
    EXPECT_EQ(outcome.value, "bad") << cell;
    ASSERT_EQ(outcome.findings.kept().size(), 1U) << cell;
    EXPECT_EQ(outcome.findings.kept()[0].rule.en, rule) << cell;
    EXPECT_FALSE(outcome.findings.kept()[0].fix.zh.empty());
  }
}

TEST(CellNumber, RangesAreKeptWithTheirOwnWords) {
  EXPECT_EQ(decimal("5", NumberRange::score()).value, "5");
  EXPECT_EQ(decimal("5.01", NumberRange::score()).findings.kept()[0].rule.en, "must lie between 1 and 5");
  EXPECT_EQ(decimal("0", NumberRange::score()).findings.kept()[0].rule.zh, "应在 1 到 5 之间");
  EXPECT_EQ(decimal("-1", NumberRange::non_negative()).findings.kept()[0].rule.zh, "不能为负");
  const auto share = decimal("12", NumberRange::share());
  EXPECT_EQ(
      en(share.findings),
      "t.csv:4: column '评分' (record 3): value «12»: must lie between 0 and 1. Fix: give a decimal from 0 to 1, or "
      "per cent with its sign.\n");
  EXPECT_EQ(decimal("100%", NumberRange::share()).value, "1.00");
}

TEST(CellNumber, RealsAreTheNearestDoublesWithAnyNumberOfDigits) {
  Findings findings;
  CellConverter converter("t.csv", findings);
  EXPECT_EQ(converter.real("0.1", place).value(), 0.1);
  EXPECT_EQ(converter.real("123456789012345678901234567890", place).value(), 123456789012345678901234567890.0);
  EXPECT_EQ(converter.real("1e308", place).value(), 1e308);
  EXPECT_FALSE(std::signbit(converter.real("-0.0", place).value()));
  EXPECT_TRUE(findings.empty());
  EXPECT_TRUE(converter.real("1e309", place).is_bad());
  EXPECT_EQ(findings.kept()[0].code, ErrorCode::overflow);
}

TEST(CellNumber, WholeNumbersRefuseFractions) {
  Findings findings;
  CellConverter converter("t.csv", findings);
  EXPECT_EQ(converter.whole("3.0", place).value(), 3);
  EXPECT_EQ(converter.whole("1.2万", place).value(), 12000);
  EXPECT_TRUE(converter.whole("3.5", place).is_bad());
  EXPECT_EQ(findings.kept()[0].rule.zh, "应为整数");
}

TEST(CellNumber, ADecimalCommaOfTheLocaleChangesNothing) {
  struct CommaPoint : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
  };
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new CommaPoint));
  static_cast<void>(std::setlocale(LC_ALL, "de_DE.UTF-8"));  // where the system has it
  EXPECT_EQ(decimal("3.67").value, "3.67");
  EXPECT_EQ(decimal("3,67").value, "bad");
  std::locale::global(before);
  static_cast<void>(std::setlocale(LC_ALL, "C"));
}

}  // namespace
}  // namespace cell_number_test
