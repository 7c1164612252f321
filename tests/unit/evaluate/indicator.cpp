#include "chainqual/evaluate/indicator.hpp"

#include <gtest/gtest.h>

#include <map>

namespace chainqual::testing::indicator_test {
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

IndicatorRow row_of(const char* name, const char* value, const char* target) {
  IndicatorRow row;
  row.name = name;
  row.value = dec(value);
  row.target = dec(target);
  return row;
}

std::string refusal(const Dossier& dossier) {
  try {
    static_cast<void>(indicators_of(dossier));
  } catch (const Error& error) {
    return error.findings().kept().empty() ? std::string() : error.findings().kept()[0].rule.en;
  }
  return {};
}

TEST(IndicatorsOf, RowsKeepStepsDayAndActionOfTheRegister) {
  Dossier dossier;
  IndicatorRow met = row_of("产品质量合格率", "98.5", "99");
  met.date = "2026-06-30";
  met.action = "new jig";
  met.owner = "maker";
  met.due = "2026-12-31";
  const auto standard = standard_indicators();
  const auto qualitative = std::find_if(standard.begin(), standard.end(),
                                        [](const Indicator& one) { return one.kind == IndicatorKind::qualitative; });
  ASSERT_NE(qualitative, standard.end());
  IndicatorRow judged;
  judged.name = qualitative->name.zh;
  judged.steps = {"王=4", " Li Lei =3", "张=4"};
  judged.value = dec("3.67");
  dossier.indicators = {met, judged};
  const FilledIndicators filled = indicators_of(dossier);
  const auto of = [&](const std::string& key) {
    return *std::find_if(filled.sheet.entries.begin(), filled.sheet.entries.end(),
                         [&](const IndicatorEntry& one) { return one.indicator == key; });
  };
  const IndicatorEntry entry = of("conformity_rate");
  EXPECT_EQ(entry.date, "2026-06-30");
  EXPECT_EQ(entry.action, "new jig");
  EXPECT_EQ(entry.owner, "maker");
  EXPECT_EQ(entry.due, "2026-12-31");
  const auto found = judge(filled.indicators, filled.sheet, *Date::parse("2027-01-10"));
  const auto short_of = std::find_if(found.begin(), found.end(),
                                     [](const IndicatorFinding& one) { return one.indicator == "conformity_rate"; });
  EXPECT_FALSE(short_of->action_missing);
  EXPECT_EQ(short_of->overdue_days, 10);
  const std::vector<ReviewerStep> steps{{"王", 4}, {"Li Lei", 3}, {"张", 4}};
  EXPECT_EQ(of(qualitative->key).steps, steps) << "each reviewer's own, not one panel's";
  IndicatorRow own;
  own.name = "用户评价";
  own.value = dec("3");
  own.period = "2025";
  IndicatorRow next = own;
  next.value.reset();
  next.period = "2026";
  next.steps = {"王=4", "李=5"};
  Dossier more = dossier;
  more.indicators.push_back(own);
  more.indicators.push_back(next);
  const FilledIndicators later = indicators_of(more, "2026");
  EXPECT_EQ(later.indicators.back().kind, IndicatorKind::qualitative) << "as a row of it has steps";
  EXPECT_EQ(later.sheet.entries.back().steps.size(), 2U);
  const std::vector<ReviewerStep> panel{{"panel", 3}};
  EXPECT_EQ(indicators_of(more, "2025").sheet.entries.back().steps, panel);
  const auto faults = [&](auto change) {
    Dossier wrong = dossier;
    change(wrong.indicators[0], wrong.indicators[1]);
    try {
      static_cast<void>(indicators_of(wrong));
    } catch (const Error& error) {
      return error.findings().kept().size();
    }
    return std::size_t{0};
  };
  EXPECT_EQ(faults([](IndicatorRow&, IndicatorRow& row) { row.value = dec("3.5"); }), 1U) << "not the mean";
  EXPECT_EQ(faults([](IndicatorRow&, IndicatorRow& row) { row.steps = {"王=6", "=3", "张", "李=", "赵=4 "}; }), 5U);
  EXPECT_EQ(faults([](IndicatorRow&, IndicatorRow& row) { row.steps = {"王=4", "王 =3", "张=4"}; }), 1U);
  EXPECT_EQ(faults([](IndicatorRow& row, IndicatorRow&) { row.steps = {"王=4"}; }), 1U) << "of a quantitative one";
  EXPECT_EQ(faults([](IndicatorRow& row, IndicatorRow&) { row.due = "soon", row.date = "2026-02-30"; }), 2U);
}

TEST(IndicatorsOf, ARowInAnotherUnitOrDirectionIsNotTheStandardsIndicator) {
  // 5000 ppm against 4000 ppm was judged as 5000 % against 4000 %, and met.
  Dossier dossier;
  dossier.indicators = {row_of("产品质量合格率", "5000", "4000")};
  dossier.indicators[0].unit = "ppm";
  EXPECT_NE(refusal(dossier).find("its unit is %, not ppm"), std::string::npos) << refusal(dossier);
  dossier.indicators[0] = row_of("产品质量合格率", "5", "4");
  dossier.indicators[0].unit = "％";
  EXPECT_EQ(refusal(dossier), "") << "the full-width sign is the same unit";
  dossier.indicators[0].direction = Direction::lower_is_better;
  EXPECT_NE(refusal(dossier).find("its direction is higher is better"), std::string::npos) << refusal(dossier);
  dossier.indicators[0].direction = Direction::higher_is_better;
  dossier.indicators[0].category = "social";
  EXPECT_NE(refusal(dossier).find("its category"), std::string::npos) << refusal(dossier);
  IndicatorRow own = row_of("返修率", "2", "1");
  own.unit = "%";
  IndicatorRow other = own;
  other.unit = "ppm";
  other.period = "2025";
  dossier.indicators = {own, other};
  EXPECT_NE(refusal(dossier).find("its unit is %, not ppm"), std::string::npos) << "rows of one indicator agree too";
}

TEST(Judge, AShareLiesWithinItsBounds) {
  const auto standard = standard_indicators();
  const auto judged = [&](const char* value, const char* target) {
    return fault(standard, {entry("conformity_rate", value, target)});
  };
  EXPECT_EQ(judged("5000", "4000"), ErrorCode::invalid_value);
  EXPECT_EQ(judged("-0.1", ""), ErrorCode::invalid_value);
  EXPECT_EQ(judged("100", "0"), ErrorCode::ok);
  EXPECT_EQ(fault(standard, {entry("output_growth", "130", "")}), ErrorCode::ok) << "growth is no share";
}

TEST(IndicatorsOf, ReadablePeriodsAreCountedByTheHistory) {
  Dossier dossier;
  for (const char* number : {"P1", "P2", "P3"}) {
    Problem problem;
    problem.number = number;
    problem.status = std::string(number) == "P3" ? ProblemStatus::identified : ProblemStatus::solved;
    problem.date = "2024-05-01";
    dossier.problems.push_back(problem);
  }
  StepRecord solved;
  solved.table = "problem";
  solved.number = "P1";
  solved.from = "in_breakthrough";
  solved.to = "solved";
  solved.date = "2025-06-30";
  dossier.history = {solved};
  dossier.history.push_back(solved);
  dossier.history.back().number = "P2";
  dossier.history.back().date = "2026-02-01";
  Project project;
  project.problems = {"P1", "P3"};
  project.number = "J1";
  project.status = ProjectStatus::running;
  project.start = "2026-01";
  dossier.projects = {project};
  const auto figure = [&](const char* period, const char* key) {
    for (const auto& one : indicators_of(dossier, period, Language::en).sheet.entries) {
      if (one.indicator == key) return one.value ? one.value->to_string() + " " + one.source : std::string("-");
    }
    return std::string();
  };
  EXPECT_EQ(figure("", "problems_solved"), "2 registers: problems solved");
  EXPECT_EQ(figure("2025", "problems_solved"), "1 registers: problems solved, 1 of the period, 0 without a day");
  EXPECT_EQ(figure("2026年度", "problems_solved"), "1 registers: problems solved, 1 of the period, 0 without a day");
  EXPECT_EQ(figure("2024", "problems_solved").substr(0, 1), "0");
  EXPECT_EQ(figure("2025", "improvement_coverage").substr(0, 5), "0.00 ") << "the project had not begun";
  EXPECT_EQ(figure("2026", "improvement_coverage").substr(0, 5), "66.67");
  EXPECT_EQ(figure("2023", "improvement_coverage"), "-") << "no problem was known";
  EXPECT_EQ(figure("first year", "problems_solved").substr(0, 1), "2") << "no period that can be read: all";
}

TEST(StandardIndicators, StepsDescribeWhatIsJudged) {
  std::map<std::string, int> families;
  for (const Indicator& indicator : standard_indicators()) {
    if (indicator.kind != IndicatorKind::qualitative) continue;
    ++families[indicator.steps[0].en];
    if (indicator.key == "public_satisfaction") {
      EXPECT_NE(indicator.steps[4].en.find("content"), std::string::npos);
    }
    if (indicator.key == "brand_awareness") {
      EXPECT_NE(indicator.steps[3].en.find("brands"), std::string::npos);
    }
  }
  EXPECT_EQ(families.size(), 5U);
}

}  // namespace
}  // namespace chainqual::testing::indicator_test
