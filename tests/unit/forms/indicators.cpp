#include <gtest/gtest.h>

#include <algorithm>

#include "chainqual/evaluate/evaluation.hpp"
#include "chainqual/io/indicator_form.hpp"
#include "unit/forms/seen.hpp"

// Table K.1 as a form is held against the sheet it was filled from.

namespace chainqual {
namespace {

using testing::form_cells;

IndicatorSheet measured() {
  IndicatorSheet sheet{"先进计算", "2026", {}};
  IndicatorEntry met;
  met.indicator = "conformity_rate";
  met.baseline = Decimal(965, 1);
  met.target = Decimal(99, 0);
  met.value = Decimal(992, 1);
  met.evidence = EvidenceKind::document;
  met.source = "年报";
  IndicatorEntry missed;
  missed.indicator = "patents";
  missed.target = Decimal(10, 0);
  missed.value = Decimal(7, 0);
  missed.action = "补报三件";
  missed.owner = "王";
  missed.due = "2026-12-31";
  IndicatorEntry judged;
  judged.indicator = "cooperation";
  judged.steps = {{"甲", 3}, {"乙", 4}, {"丙", 4}};
  sheet.entries = {met, missed, judged};
  return sheet;
}

/// The cells from the one that reads `first` on.
std::vector<std::string> from(const Form& form, const std::string& first, std::size_t count) {
  const auto cells = form_cells(form);
  const auto at = std::find(cells.begin(), cells.end(), first);
  if (cells.end() - at < static_cast<std::ptrdiff_t>(count)) {
    ADD_FAILURE() << "no cell " << first;
    return {};
  }
  return {at, at + static_cast<std::ptrdiff_t>(count)};
}

using Cells = std::vector<std::string>;

TEST(IndicatorForm, HoldsEveryIndicatorOnceAndEveryFigureAsKept) {
  const auto indicators = standard_indicators();
  const Form form = indicator_form(indicators, measured(), *Date::parse("2026-11-21"));
  const auto cells = form_cells(form);
  for (const Indicator& one : indicators) {
    // What falls short is named a second time, in the table of actions, and what is judged in that of the steps.
    const bool twice = one.key == "patents" || one.kind == IndicatorKind::qualitative;
    EXPECT_EQ(std::count(cells.begin(), cells.end(), one.name.zh), twice ? 2 : 1) << one.key;
  }
  EXPECT_EQ(from(form, "产品质量合格率", 8),
            (Cells{"产品质量合格率", "定量", "%", "96.5", "99", "99.2", "已达成", "文件资料；年报"}));
  EXPECT_EQ(from(form, "上下游企业间的合作紧密度", 7),
            (Cells{"上下游企业间的合作紧密度", "定性", "", "", "", "3.67", ""}));
  EXPECT_EQ(from(form, "优良品率", 8), (Cells{"优良品率", "定量", "%", "", "", "", "", ""})) << "not known is blank";
}

TEST(IndicatorForm, WhatFallsShortStandsWithActionOwnerAndDay) {
  const Form form = indicator_form(standard_indicators(), measured(), *Date::parse("2026-11-21"), Language::en);
  const auto& block = form.blocks[2];
  ASSERT_EQ(block.rows.size(), 2U);
  EXPECT_EQ(form_text(block.rows[1].cells[0]), "patents applied for");
  EXPECT_EQ(form_text(block.rows[1].cells[2]) + form_text(block.rows[1].cells[3]) + form_text(block.rows[1].cells[4]),
            "补报三件王2026-12-31");
  EXPECT_EQ(indicator_form(standard_indicators(), {}, Date()).blocks[2].rows.size(), 2U) << "a blank line to write on";
}

TEST(IndicatorForm, TellsTheTotalAndWhatItRestsOn) {
  const auto indicators = standard_indicators();
  const IndicatorSheet sheet = measured();
  const Evaluation evaluation = evaluate(indicators, std::span(&sheet, 1));
  const Form form = indicator_form(indicators, sheet, Date(), Language::en, &evaluation);
  EXPECT_NE(form.notes[0].find("over 10 % of the weight"), std::string::npos) << form.notes[0];
  EXPECT_NE(form.notes[1].find("attainment of the target"), std::string::npos) << form.notes[1];
  EXPECT_THROW(static_cast<void>(indicator_form(indicators, sheet, Date(), Language::en, &evaluation, 1)), Error);
}

TEST(IndicatorForm, TheStepsOfQualitativeIndicatorsArePrinted) {
  const Form form = indicator_form(standard_indicators(), measured(), Date(), Language::en);
  const FormBlock& steps = form.blocks.back();
  ASSERT_EQ(steps.rows.size(), 13U) << "a heading and twelve";
  EXPECT_EQ(form_text(steps.rows[1].cells[0]), "advancement of technology");
  EXPECT_NE(form_text(steps.rows[1].cells[5]).find("setting the pace"), std::string::npos);
  Indicator measured_one;
  measured_one.key = "k";
  EXPECT_EQ(indicator_form(std::span(&measured_one, 1), {}, Date()).blocks.size(), 4U) << "nothing to describe";
}

TEST(IndicatorForm, PrintsAsWorkbookAndPage) {
  const Form form = indicator_form(standard_indicators(), measured(), Date());
  const auto seen = testing::sheet_of(std::span(&form, 1));
  EXPECT_TRUE(std::any_of(seen.cells.begin(), seen.cells.end(),
                          [](const auto& cell) { return cell.second.value == "产品质量合格率"; }));
  EXPECT_NE(form_html(form).find("产品质量合格率"), std::string::npos);
}

TEST(IndicatorForm, WrongEntriesAreRefused) {
  IndicatorSheet sheet;
  sheet.entries.emplace_back();
  sheet.entries[0].indicator = "nowhere";
  EXPECT_THROW(static_cast<void>(indicator_form(standard_indicators(), sheet, Date())), Error);
}

}  // namespace
}  // namespace chainqual
