// The targets that the plan of the advanced computing chain states in figures, carried through a filled table K.1 and
// a row of table I.1.
#include <gtest/gtest.h>

#include <algorithm>

#include "chainqual/evaluate/evaluation.hpp"
#include "chainqual/evaluate/summary.hpp"
#include "shipped.hpp"

namespace chainqual {
namespace {

constexpr const char* raid_cards = "AC-P-01/RAID卡生产合格率";
constexpr const char* mainboards = "AC-P-02/服务器主板出厂合格率";

IndicatorEntry& entry_of(IndicatorSheet& sheet, const std::string& key) {
  const auto at = std::find_if(sheet.entries.begin(), sheet.entries.end(),
                               [&](const IndicatorEntry& entry) { return entry.indicator == key; });
  EXPECT_NE(at, sheet.entries.end()) << key;
  return *at;
}

/// The chain after the projects have run: one target met, the other missed by a fifth of a per cent.
Dossier measured() {
  Dossier dossier = shipped::file("advanced_computing").dossier;
  for (Project& project : dossier.projects) project.status = ProjectStatus::running;
  for (IndicatorRow& row : dossier.indicators) {
    if (!row.target) continue;
    row.baseline = Decimal::from_string("97.5");
    row.value = Decimal::from_string(row.project == "AC-P-01" ? "99.0" : "99.3");
    row.period = "2026";
  }
  return dossier;
}

TEST(PassRatesOfTheAdvancedComputingChain, StandAsTargetsAndAsUnmeasured) {
  FilledIndicators filled = indicators_of(shipped::file("advanced_computing").dossier);
  EXPECT_EQ(entry_of(filled.sheet, raid_cards).target, Decimal::from_string("99"));
  EXPECT_EQ(entry_of(filled.sheet, mainboards).target, Decimal::from_string("99.5"));
  const Evaluation evaluation = evaluate(filled.indicators, std::span(&filled.sheet, 1));
  for (std::size_t k = 0; k < filled.indicators.size(); ++k) {
    if (filled.indicators[k].key != raid_cards) continue;
    EXPECT_FALSE(evaluation.sheets[0].indicators[k].score.has_value()) << "the plan gives no measurement";
  }
}

TEST(PassRatesOfTheAdvancedComputingChain, AreJudgedExactlyThroughTheFilledTable) {
  FilledIndicators filled = indicators_of(measured(), "2026");
  IndicatorEntry& boards = entry_of(filled.sheet, mainboards);
  boards.action = "再做一轮高温老化";
  boards.owner = "主板厂";
  boards.due = "2026-12-31";
  int judged = 0;
  for (const IndicatorFinding& finding : judge(filled.indicators, filled.sheet, *Date::parse("2026-11-21"))) {
    if (finding.indicator == raid_cards) {
      EXPECT_EQ(finding.attainment, Attainment::achieved) << "99.0 is 99";
      ++judged;
    } else if (finding.indicator == mainboards) {
      EXPECT_EQ(finding.attainment, Attainment::falls_short);
      EXPECT_EQ(*finding.gap, Rational(1, 5));
      EXPECT_FALSE(finding.action_missing);
      EXPECT_LT(finding.overdue_days, 0);
      EXPECT_NE(finding.what.zh.find("差 0.2 %"), std::string::npos) << finding.what.zh;
      ++judged;
    }
  }
  EXPECT_EQ(judged, 2);
  const Evaluation evaluation = evaluate(filled.indicators, std::span(&filled.sheet, 1));
  const SheetScore& sheet = evaluation.sheets[0];
  ASSERT_EQ(sheet.movers.size(), 2U) << "nothing else has both a target and a value";
  EXPECT_EQ(filled.indicators[sheet.movers[0]].key, mainboards) << "where a rise would gain most";
  EXPECT_NEAR(*sheet.total, (1 + 0.9) / 2, 1e-12);
  EXPECT_LT(sheet.coverage, 0.1) << "and most of the table is still unknown";
}

TEST(PassRatesOfTheAdvancedComputingChain, RaiseTheSummarysIndicators) {
  const Date from = *Date::parse("2026-01-01");
  const Date until = *Date::parse_last("2026");
  const SummaryRow plan = summary_of(shipped::file("advanced_computing").dossier, from, until);
  EXPECT_EQ(plan[SummaryField::projects].value, Decimal()) << "five are proposed, none has been approved";
  EXPECT_EQ(plan[SummaryField::indicators_raised].origin, CellOrigin::unknown);
  EXPECT_EQ(plan[SummaryField::experts].origin, CellOrigin::unknown) << "the scores shipped are illustrative";
  const SummaryRow later = summary_of(measured(), from, until);
  EXPECT_EQ(later[SummaryField::projects].value, Decimal(5, 0));
  const SummaryCell& raised = later[SummaryField::indicators_raised];
  EXPECT_EQ(raised.value, Decimal(2, 0));
  EXPECT_EQ(raised.origin, CellOrigin::registers);
  EXPECT_NE(raised.text.find("RAID卡生产合格率 97.5 → 99.0 %"), std::string::npos) << raised.text;
  EXPECT_NE(raised.text.find("服务器主板出厂合格率 97.5 → 99.3 %"), std::string::npos);
}

}  // namespace
}  // namespace chainqual
