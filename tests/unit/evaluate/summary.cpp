#include "chainqual/evaluate/summary.hpp"

#include <gtest/gtest.h>

namespace chainqual::testing::summary_test {
namespace {

Decimal dec(const char* text) {
  return Decimal::from_string(text);
}
Date day(const char* text) {
  return *Date::parse(text);
}

/// Two enterprises and an institution; a project that runs through 2026, one that is proposed, a problem solved in
/// May 2026.
Dossier office() {
  Dossier dossier;
  dossier.info.name = "chain";
  for (const char* id : {"owner", "maker"}) {
    Enterprise enterprise;
    enterprise.id = id;
    enterprise.name = std::string(id) + " Ltd";
    dossier.chain.add_enterprise(enterprise);
  }
  Institution institution;
  institution.id = "lab";
  institution.name = "Laboratory";
  dossier.chain.add_institution(institution);
  Member owner;
  owner.unit = "owner";
  owner.kind = UnitKind::chain_owner;
  owner.lead = true;
  owner.entered = "2025-01-01";
  Member guest;
  guest.unit = "guest";
  guest.name = "Guest Ltd";
  guest.entered = "2025-01-01";
  guest.left = "2026-01-01";
  dossier.members = {owner, guest};
  Project running;
  running.number = "J1";
  running.lead = "owner Ltd";
  running.participants = {"maker", "Laboratory", "somebody"};
  running.start = "2026-02";
  running.end = "2026-10";
  running.budget = dec("120.5");
  running.status = ProjectStatus::running;
  Project proposed;
  proposed.number = "J2";
  proposed.participants = {"far"};
  proposed.budget = dec("1000");
  dossier.projects = {running, proposed};
  Problem solved;
  solved.number = "P1";
  solved.status = ProblemStatus::solved;
  Problem old_one;
  old_one.number = "P2";
  old_one.status = ProblemStatus::solved;
  dossier.problems = {solved, old_one};
  StepRecord step;
  step.table = "problem";
  step.number = "P1";
  step.from = "in_breakthrough";
  step.to = "solved";
  step.date = "2026-05-04";
  dossier.history = {step};
  return dossier;
}

SummaryRow year(const Dossier& dossier, int number, std::span<const GivenFigure> given = {}) {
  const std::string y = std::to_string(number);
  return summary_of(dossier, day((y + "-01-01").c_str()), day((y + "-12-31").c_str()), given);
}

TEST(Summary, RegistersFillWhatTheyKnow) {
  Dossier dossier = office();
  ScoreRow score;
  score.expert = "E1";
  score.impact = dec("4");
  ScoreRow example = score;
  example.expert = "E2";
  example.basis = "illustrative";
  dossier.scores = {score, score, example};
  const SummaryRow row = year(dossier, 2026);
  const auto value = [&](SummaryField field) { return row[field].value; };
  EXPECT_EQ(value(SummaryField::enterprises), dec("2")) << "owner under two names once, maker; the guest had left";
  EXPECT_EQ(value(SummaryField::institutions), dec("1"));
  EXPECT_EQ(value(SummaryField::experts), dec("1")) << "illustrative scores have no expert";
  EXPECT_EQ(value(SummaryField::projects), dec("1"));
  EXPECT_EQ(value(SummaryField::problems_solved), dec("2"));
  EXPECT_EQ(value(SummaryField::funds), dec("120.5"));
  for (const SummaryField field : {SummaryField::districts, SummaryField::jobs, SummaryField::indicators_raised}) {
    EXPECT_EQ(row[field].origin, CellOrigin::unknown);
    EXPECT_FALSE(value(field).has_value()) << "unknown is not 0";
  }
  const SummaryRow before = year(dossier, 2025);
  EXPECT_EQ(before[SummaryField::projects].value, dec("0"));
  EXPECT_EQ(before[SummaryField::enterprises].value, dec("2")) << "owner and guest";
  EXPECT_EQ(before[SummaryField::problems_solved].value, dec("1")) << "the one without a history";
}

TEST(Summary, ReportsOfSpendingStandBeforeBudgets) {
  Dossier dossier = office();
  ProgressReport early;
  early.project = "J1";
  early.date = "2026-06-30";
  early.spent = dec("40.25");
  ProgressReport late = early;
  late.date = "2027-01-31";
  late.spent = dec("100");
  dossier.reports = {late, early};
  EXPECT_EQ(year(dossier, 2026)[SummaryField::funds].value, dec("40.25"));
}

TEST(Summary, GivenFiguresFillTheRestAndNeverReplace) {
  Dossier dossier = office();
  const std::vector<GivenFigure> given{{SummaryField::districts, dec("3"), "", "market office"},
                                       {SummaryField::jobs, {}, "about two hundred", ""},
                                       {SummaryField::projects, dec("7"), "", ""},
                                       {SummaryField::enterprises, dec("2"), "", ""}};
  const SummaryRow row = year(dossier, 2026, given);
  EXPECT_EQ(row[SummaryField::districts].origin, CellOrigin::given);
  EXPECT_EQ(row[SummaryField::districts].basis.en, "given: market office");
  EXPECT_EQ(row[SummaryField::jobs].text, "about two hundred");
  EXPECT_EQ(row[SummaryField::projects].value, dec("1"));
  ASSERT_EQ(row.findings.kept().size(), 1U) << "the one that agrees is not spoken of";
  EXPECT_EQ(row.findings.kept()[0].code, ErrorCode::declared_differs);
  EXPECT_EQ(row.findings.kept()[0].level, FindingLevel::warning);
  IndicatorRow jobs;
  jobs.name = "带动就业情况";
  jobs.value = dec("210");
  jobs.period = "2026";
  dossier.indicators = {jobs};
  EXPECT_EQ(year(dossier, 2026)[SummaryField::jobs].value, dec("210"));
  EXPECT_EQ(year(dossier, 2025)[SummaryField::jobs].origin, CellOrigin::unknown) << "another year's figure";
}

/// The office with sizes of "owner" and "maker".
Dossier sized(EnterpriseSize owner, EnterpriseSize maker) {
  Dossier dossier = office();
  for (const auto& [id, size] : {std::pair{"owner", owner}, {"maker", maker}}) {
    const EnterpriseId at = dossier.chain.at(id);
    Enterprise enterprise = dossier.chain.enterprise(at);
    enterprise.size = size;
    dossier.chain.replace_enterprise(at, enterprise);
  }
  return dossier;
}

TEST(Summary, SmallEnterprisesAreCountedByTheirSizes) {
  using S = EnterpriseSize;
  const auto cell = [](const Dossier& dossier, std::span<const GivenFigure> given = {}) {
    return year(dossier, 2026, given)[SummaryField::small_enterprises];
  };
  EXPECT_EQ(cell(office()).origin, CellOrigin::unknown) << "no size is known: unknown, never 0";
  EXPECT_FALSE(cell(office()).value.has_value());
  for (const S small : {S::medium, S::small, S::micro}) {
    EXPECT_EQ(cell(sized(S::large, small)).value, dec("1"));
    EXPECT_EQ(cell(sized(S::large, small)).origin, CellOrigin::registers);
  }
  EXPECT_EQ(cell(sized(S::large, S::large)).value, dec("0")) << "every size is known, and none is small";
  const SummaryCell bound = cell(sized(S::unstated, S::micro));
  EXPECT_EQ(bound.value, dec("1"));
  EXPECT_NE(bound.basis.en.find("at least: the size of 1 more"), std::string::npos) << bound.basis.en;
  EXPECT_FALSE(cell(sized(S::unstated, S::large)).value.has_value()) << "none found among known sizes is not 0";
  const std::vector<GivenFigure> two{{SummaryField::small_enterprises, dec("2"), "", "survey"}};
  EXPECT_EQ(cell(sized(S::unstated, S::micro), two).origin, CellOrigin::given) << "a figure knows more than a bound";
  EXPECT_EQ(cell(sized(S::micro, S::large), two).value, dec("1")) << "the register stands where it is complete";
  EXPECT_EQ(year(sized(S::micro, S::large), 2026, two).findings.kept().size(), 1U);
  Dossier map = sized(S::small, S::medium);
  map.members.clear();
  map.projects.clear();
  EXPECT_EQ(cell(map).value, dec("2")) << "of the map, as the enterprises";
  Dossier outsider = sized(S::small, S::medium);
  Member stranger;
  stranger.unit = "stranger";
  outsider.members.push_back(stranger);
  EXPECT_NE(cell(outsider).basis.en.find("at least"), std::string::npos) << "a member that the map does not have";
}

TEST(Summary, AChainWithoutMembersCountsItsMapAndSaysSo) {
  Dossier dossier = office();
  dossier.members.clear();
  dossier.projects.clear();
  const SummaryRow row = year(dossier, 2026);
  EXPECT_EQ(row[SummaryField::enterprises].value, dec("2"));
  EXPECT_NE(row[SummaryField::enterprises].basis.en.find("of the map"), std::string::npos);
  const SummaryRow nothing = summary_of(Dossier{}, day("2026"), day("2026"));
  for (const SummaryCell& cell : nothing.cells) EXPECT_EQ(cell.origin, CellOrigin::unknown);
}

TEST(SummaryTrend, ExactChangesAndMixedOrigins) {
  const Dossier dossier = office();
  const std::vector<GivenFigure> first{{SummaryField::jobs, dec("100.5"), "", ""}};
  const std::vector<GivenFigure> second{{SummaryField::jobs, dec("134"), "", ""}};
  const std::vector<SummaryRow> rows{year(dossier, 2024, first), year(dossier, 2025), year(dossier, 2026, second)};
  const auto trends = trend(rows);
  ASSERT_EQ(trends.size(), 14U);
  const SummaryTrend& jobs = trends[static_cast<std::size_t>(SummaryField::jobs)];
  EXPECT_FALSE(jobs.values[1].has_value());
  EXPECT_EQ(*jobs.change, Rational(dec("33.5")));
  EXPECT_EQ(*jobs.ratio, Rational(4, 3));
  EXPECT_FALSE(trends[static_cast<std::size_t>(SummaryField::districts)].change.has_value());
  EXPECT_FALSE(trends[static_cast<std::size_t>(SummaryField::projects)].ratio.has_value()) << "from none to one";
}

TEST(SummaryBadInput, PeriodsFieldsChainsDays) {
  Dossier dossier = office();
  EXPECT_THROW(static_cast<void>(summary_of(dossier, day("2026-02"), day("2026-01"))), Error);
  const std::vector<GivenFigure> twice{{SummaryField::jobs, dec("1"), "", ""}, {SummaryField::jobs, dec("2"), "", ""}};
  EXPECT_THROW(static_cast<void>(year(dossier, 2026, twice)), Error);
  EXPECT_THROW(static_cast<void>(trend({})), Error);
  const std::vector<SummaryRow> backwards{year(dossier, 2026), year(dossier, 2025)};
  EXPECT_THROW(static_cast<void>(trend(backwards)), Error);
  std::vector<SummaryRow> strangers{year(dossier, 2025), year(dossier, 2026)};
  strangers[1].chain = "another";
  EXPECT_THROW(static_cast<void>(trend(strangers)), Error);
  dossier.projects[0].start = "soon";
  EXPECT_THROW(static_cast<void>(year(dossier, 2026)), Error);
}

TEST(Summary, IndicatorsRaisedAreThoseOfThePeriod) {
  // Rows of 2025 and 2026 counted in every period, one indicator twice.
  Dossier dossier = office();
  IndicatorRow yield;
  yield.name = "yield";
  yield.baseline = dec("90");
  yield.value = dec("95");
  yield.period = "2025";
  IndicatorRow later = yield;
  later.value = dec("97");
  later.period = "2026年度";
  IndicatorRow undated = yield;
  undated.name = "returns";
  undated.direction = Direction::lower_is_better;
  undated.value = dec("80");
  undated.period.clear();
  dossier.indicators = {later, yield, undated};
  const auto raised = [&](int number) { return year(dossier, number)[SummaryField::indicators_raised]; };
  EXPECT_EQ(raised(2024).value, dec("1")) << "the one without a period";
  EXPECT_EQ(raised(2025).value, dec("2"));
  EXPECT_NE(raised(2025).text.find("90 → 95"), std::string::npos);
  EXPECT_NE(raised(2026).text.find("90 → 97"), std::string::npos);
  const SummaryRow both = summary_of(dossier, day("2025-01-01"), day("2026-12-31"));
  EXPECT_EQ(both[SummaryField::indicators_raised].value, dec("2")) << "each indicator once, by its latest row";
  EXPECT_NE(both[SummaryField::indicators_raised].text.find("97"), std::string::npos);
  EXPECT_EQ(both[SummaryField::indicators_raised].text.find("95"), std::string::npos);
}

TEST(Summary, APeriodThatCannotBeReadIsToldAndNotTaken) {
  Dossier dossier = office();
  IndicatorRow jobs;
  jobs.name = "带动就业情况";
  jobs.value = dec("500");
  jobs.period = "2025年度";
  dossier.indicators = {jobs};
  EXPECT_EQ(year(dossier, 2025)[SummaryField::jobs].value, dec("500"));
  EXPECT_EQ(year(dossier, 2024)[SummaryField::jobs].origin, CellOrigin::unknown);
  EXPECT_EQ(year(dossier, 2026)[SummaryField::jobs].origin, CellOrigin::unknown);
  dossier.indicators[0].period = "the good years";
  const SummaryRow row = year(dossier, 2025);
  EXPECT_EQ(row[SummaryField::jobs].origin, CellOrigin::unknown);
  ASSERT_EQ(row.findings.kept().size(), 1U);
  EXPECT_EQ(row.findings.kept()[0].level, FindingLevel::warning);
  EXPECT_EQ(row.findings.kept()[0].value, "the good years");
}

}  // namespace
}  // namespace chainqual::testing::summary_test
