#include "chainqual/evaluate/indicator.hpp"

#include <gtest/gtest.h>

#include <map>

namespace chainqual::testing {
namespace {

Decimal dec(const char* text) {
  return Decimal::from_string(text);
}
const Date today = *Date::parse("2026-11-21");

Indicator quantity(const std::string& key, Direction direction = Direction::higher_is_better) {
  Indicator indicator;
  indicator.key = key;
  indicator.name = {key, key};
  indicator.unit = "%";
  indicator.direction = direction;
  return indicator;
}

IndicatorEntry entry(const std::string& key, const char* value, const char* target) {
  IndicatorEntry one;
  one.indicator = key;
  if (*value != 0) one.value = dec(value);
  if (*target != 0) one.target = dec(target);
  return one;
}

ErrorCode fault(std::vector<Indicator> indicators, std::vector<IndicatorEntry> entries) {
  try {
    static_cast<void>(judge(indicators, {"chain", "2026", std::move(entries)}, today));
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::ok;
}

TEST(StandardIndicators, AreTheThirtyOneOfTheTable) {
  std::map<IndicatorCategory, int> groups;
  int judged = 0;
  for (const Indicator& indicator : standard_indicators()) {
    ++groups[indicator.category];
    const bool qualitative = indicator.kind == IndicatorKind::qualitative;
    judged += qualitative ? 1 : 0;
    EXPECT_EQ(qualitative, indicator.unit.empty()) << indicator.key;
    EXPECT_EQ(qualitative, !indicator.steps[4].zh.empty() && !indicator.steps[0].en.empty()) << indicator.key;
  }
  EXPECT_EQ(groups[IndicatorCategory::quality], 6);
  EXPECT_EQ(groups[IndicatorCategory::innovation], 6);
  EXPECT_EQ(groups[IndicatorCategory::coordination], 6);
  EXPECT_EQ(groups[IndicatorCategory::economic], 6);
  EXPECT_EQ(groups[IndicatorCategory::social], 6);
  EXPECT_EQ(groups[IndicatorCategory::organisation], 1);
  EXPECT_EQ(judged, 12) << "2 of quality, 6 of coordination, 3 of society, 1 of organisation";
}

TEST(Judge, DecidesExactlyOnTheTarget) {
  const std::vector<Indicator> both{quantity("pass"), quantity("rejects", Direction::lower_is_better)};
  const auto of = [&](const char* pass, const char* rejects) {
    return judge(both, {"c", "p", {entry("pass", pass, "99.5"), entry("rejects", rejects, "0.3")}}, today);
  };
  EXPECT_EQ(of("99.5", "0.3")[0].attainment, Attainment::achieved) << "on the target is met";
  EXPECT_EQ(of("99.5", "0.3")[1].attainment, Attainment::achieved);
  const auto short_of = of("99.499999999999999", "0.300000000000000001");
  EXPECT_EQ(short_of[0].attainment, Attainment::falls_short);
  EXPECT_EQ(*short_of[0].gap, Rational(dec("0.000000000000001")));
  EXPECT_EQ(short_of[1].attainment, Attainment::falls_short);
  EXPECT_EQ(of("", "0.1")[0].attainment, Attainment::no_value);
  EXPECT_FALSE(of("", "0.1")[0].gap.has_value()) << "missing is not 0";
}

TEST(Judge, ActionsHaveAnOwnerAndADay) {
  IndicatorEntry one = entry("pass", "98", "99");
  auto found = judge(std::vector<Indicator>{quantity("pass")}, {"c", "p", {one}}, today);
  EXPECT_TRUE(found[0].action_missing);
  EXPECT_NE(found[0].what.en.find("Name the action"), std::string::npos);
  one.action = "age every card for 48 hours";
  one.owner = "maker";
  one.due = "2026-11-11";
  found = judge(std::vector<Indicator>{quantity("pass")}, {"c", "p", {one}}, today);
  EXPECT_FALSE(found[0].action_missing);
  EXPECT_EQ(found[0].overdue_days, 10);
  EXPECT_NE(found[0].what.en.find("maker, 2026-11-11"), std::string::npos);
  EXPECT_NE(found[0].what.zh.find("差 1 %"), std::string::npos) << found[0].what.zh;
}

TEST(Judge, ReviewersStepsHaveAnExactMean) {
  Indicator cooperation = quantity("cooperation");
  cooperation.kind = IndicatorKind::qualitative;
  cooperation.unit.clear();
  IndicatorEntry one;
  one.indicator = "cooperation";
  one.target = dec("3.7");
  one.steps = {{"a", 4}, {"b", 4}, {"c", 3}};
  const auto found = judge(std::vector<Indicator>{cooperation}, {"c", "p", {one}}, today);
  EXPECT_EQ(*found[0].value, Rational(11, 3));
  EXPECT_EQ(found[0].attainment, Attainment::falls_short);
  EXPECT_EQ(*found[0].gap, Rational(1, 30));
}

TEST(JudgeBadInput, EveryFaultIsToldAtOnce) {
  Indicator judged = quantity("judged");
  judged.kind = IndicatorKind::qualitative;
  const std::vector<Indicator> both{quantity("a"), judged};
  EXPECT_EQ(fault({quantity("a"), quantity("a")}, {}), ErrorCode::duplicate);
  EXPECT_EQ(fault(both, {entry("b", "1", "")}), ErrorCode::unknown_reference);
  EXPECT_EQ(fault(both, {entry("a", "1", ""), entry("a", "2", "")}), ErrorCode::duplicate);
  EXPECT_EQ(fault(both, {entry("judged", "3", "")}), ErrorCode::invalid_value) << "a value in place of steps";
  IndicatorEntry steps = entry("judged", "", "6");
  EXPECT_EQ(fault(both, {steps}), ErrorCode::invalid_value) << "target beyond the scale";
  steps.target.reset();
  steps.steps = {{"a", 0}};
  EXPECT_EQ(fault(both, {steps}), ErrorCode::invalid_value);
  steps.steps = {{"a", 3}, {"a", 4}};
  EXPECT_EQ(fault(both, {steps}), ErrorCode::duplicate);
  IndicatorEntry dated = entry("a", "1", "");
  dated.due = "soon";
  EXPECT_EQ(fault(both, {dated}), ErrorCode::invalid_value);
  try {
    static_cast<void>(judge(both, {"c", "p", {dated, entry("b", "", ""), entry("c", "", "")}}, today));
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.findings().kept().size(), 3U);
  }
}

TEST(IndicatorsOf, RowsFillTheTableAndRegistersCountTheRest) {
  Dossier dossier;
  dossier.info.name = "chain";
  IndicatorRow market;
  market.name = "市场占有率";
  market.category = "economic";
  market.value = dec("12.5");
  market.period = "2025";
  market.evidence = "visit";
  IndicatorRow later = market;
  later.value = dec("14");
  later.period = "2026";
  IndicatorRow own = market;
  own.name = "到货即损率";
  own.project = "J1";
  own.category = "quality";
  own.direction = Direction::lower_is_better;
  own.period.clear();
  dossier.indicators = {market, later, own};
  Problem solved;
  solved.number = "P1";
  solved.status = ProblemStatus::solved;
  Problem open;
  open.number = "P2";
  Problem third;
  third.number = "P3";
  dossier.problems = {solved, open, third};
  Project project;
  project.problems = {"P1", "P2"};
  dossier.projects = {project};
  const FilledIndicators filled = indicators_of(dossier, "2025");
  ASSERT_EQ(filled.indicators.size(), 32U);
  ASSERT_EQ(filled.sheet.entries.size(), 32U);
  const auto of = [&](const std::string& key) {
    for (const auto& one : filled.sheet.entries) {
      if (one.indicator == key) return one;
    }
    return IndicatorEntry{};
  };
  EXPECT_EQ(*of("market_share").value, dec("12.5")) << "that of the period asked for";
  EXPECT_EQ(of("market_share").evidence, EvidenceKind::visit);
  EXPECT_EQ(*of("problems_solved").value, dec("1"));
  EXPECT_EQ(*of("improvement_coverage").value, dec("66.67"));
  EXPECT_FALSE(of("patents").value.has_value()) << "no results, so nothing is known";
  EXPECT_EQ(filled.indicators.back().key, "J1/到货即损率");
  EXPECT_EQ(filled.indicators.back().direction, Direction::lower_is_better);
  EXPECT_EQ(*of("J1/到货即损率").value, dec("12.5")) << "a row without a period counts for each";
  dossier.indicators[2].category = "taste";
  dossier.indicators[0].evidence = "hearsay";
  try {
    static_cast<void>(indicators_of(dossier, "2025"));
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.findings().kept().size(), 2U);
  }
}

}  // namespace
}  // namespace chainqual::testing
