// Choosing measures on a small chain, with losses worked out by hand.

#include "chainqual/impact/mitigation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/impact/dossiers.hpp"
#include "unit/impact/measures.hpp"

namespace {

using namespace chainqual;
using impact_test::alternate;
using impact_test::project;
using impact_test::solving;
using impact_test::stock;

/// The battery chain with c1 at fault: c1 loses 7/8, p1 3/4 of that, v1 all of p1's, v2 half. Weights 3, 1, 2, 6, 0, 0.
Dossier faulty_cells() {
  Dossier dossier = dossiers::battery();
  dossier.problems = {dossiers::problem("P1", {"c1"}, Grade::critical)};
  return dossier;
}

MitigationOptions downstream_with(double budget) {
  MitigationOptions options;
  options.budget = budget;
  options.counted = LossKind::downstream;
  return options;
}

TEST(Mitigation, AnAlternateTakesItsShareOfTheLink) {
  const std::vector<Measure> measures{alternate("p1", "c1", "c2", 1.0 / 3, 5)};
  const auto found = mitigate(faulty_cells(), measures, {}, downstream_with(5));
  EXPECT_DOUBLE_EQ(found.loss_before, 3 * 0.875 + 6 * 0.75 * 0.875);
  EXPECT_NEAR(found.loss_after, 3 * 0.875 + 6 * 0.5 * 0.875, 1e-6);
  ASSERT_EQ(found.chosen.size(), 1U);
  EXPECT_NEAR(found.chosen[0].avoided, 1.3125, 1e-6);
  EXPECT_NEAR(*found.chosen[0].per_cost, 1.3125 / 5, 1e-6);
  EXPECT_EQ(found.spent, 5);
  EXPECT_EQ(found.weight, 12);  // of the chain as it is, though c1 now supplies less
  EXPECT_EQ(found.scenarios, 1U);
  EXPECT_EQ(found.runs, 2U);
}

TEST(Mitigation, ANewLinkBringsTheAlternatesOwnTrouble) {
  Dossier dossier = faulty_cells();
  dossier.problems.push_back(dossiers::problem("P2", {"t1"}, Grade::critical));
  // By t1's problem: t1 7/8, v2 half of it, so 2 · 7/8; with the alternate p1 loses a quarter of t1's, v1 and v2
  // follow.
  const auto found =
      mitigate(dossier, std::vector<Measure>{alternate("p1", "c1", "t1", 1.0 / 3, 5)}, {}, downstream_with(0));
  const double before = (3 * 0.875 + 6 * 0.75 * 0.875) + 2 * 0.875;
  const double after = (3 * 0.875 + 6 * 0.5 * 0.875) + (2 * 0.875 + 6 * 0.25 * 0.875);
  EXPECT_NEAR(found.loss_before, before / 2, 1e-6);
  EXPECT_NEAR(found.outcomes[0].avoided_alone, (before - after) / 2, 1e-6);
  EXPECT_EQ(found.outcomes[0].fate, MeasureFate::too_dear);
}

TEST(Mitigation, EscapeAndDependencyMoveWithTheLink) {
  Dossier dossier;
  for (const char* id : {"a", "b", "c"}) {
    Enterprise enterprise = dossiers::enterprise(id, Stage::upstream, "");
    enterprise.weight = enterprise.id == "c" ? 1 : 0;
    dossier.chain.add_enterprise(enterprise);
  }
  Link link = dossiers::link(4);
  link.dependency = 0.8;
  link.escape = 0.5;
  dossier.chain.add_link("a", "c", link);
  dossier.problems = {dossiers::problem("P", {"a", "b"}, Grade::critical)};
  const auto loss = [&](std::optional<double> escape) {
    Measure measure = alternate("c", "a", "b", 0.25, 1);
    measure.alternate.escape = escape;
    MitigationOptions options = downstream_with(9);
    options.method = SelectionMethod::greedy;
    return mitigate(dossier, std::vector<Measure>{measure}, {}, options);
  };
  // c's loss: 0.4 · 7/8 before; after 0.3 · 7/8 from a and 0.2 · e · 7/8 from b.
  EXPECT_NEAR(loss({}).outcomes[0].avoided_alone, 0.0, 1e-6);  // the present link's escape: hit as hard
  EXPECT_NEAR(loss(0.1).outcomes[0].avoided_alone, 0.875 * (0.4 - 0.3 - 0.02), 1e-6);
  EXPECT_NEAR(loss(1.0).outcomes[0].avoided_alone, 0.875 * (0.4 - 0.3 - 0.2), 1e-6);
  EXPECT_NE(loss(1.0).outcomes[0].why.en.find("adds loss"), std::string::npos);
  EXPECT_TRUE(loss(1.0).chosen.empty());
}

TEST(Mitigation, AlternatesOfOneLinkTogetherMoveNoMoreThanAllOfIt) {
  const std::vector<Measure> measures{alternate("p1", "c1", "c2", 0.9, 1), alternate("p1", "c1", "t1", 0.6, 1)};
  MitigationOptions options = downstream_with(2);
  const auto found = mitigate(faulty_cells(), measures, {}, options);
  EXPECT_NEAR(found.loss_after, 3 * 0.875, 1e-6);  // nothing of c1's trouble is left at p1
  EXPECT_EQ(found.chosen.size(), 2U);
  EXPECT_NEAR(found.outcomes[0].avoided_alone, 6 * 0.75 * 0.9 * 0.875, 1e-6);
}

TEST(Mitigation, AShockOfALinkShrinksWithWhatIsLeftOfIt) {
  Scenario strike;
  strike.shocks.resize(1);
  strike.shocks[0].kind = TargetKind::link;
  strike.shocks[0].target = "c1";
  strike.shocks[0].customer = "p1";
  const auto found = mitigate(faulty_cells(), std::vector<Measure>{alternate("p1", "c1", "c2", 1.0 / 3, 1)},
                              std::vector<Scenario>{strike}, downstream_with(1));
  EXPECT_NEAR(found.loss_before, 6 * 0.75, 1e-6);
  EXPECT_NEAR(found.loss_after, 6 * 0.5, 1e-6);
}

TEST(Mitigation, ProjectsShrinkTheShocksOfTheirProblemsTogether) {
  Dossier dossier = faulty_cells();
  Project known;
  known.number = "X";
  known.problems = {"P1"};
  known.budget = Decimal::from_string("12.5");
  dossier.projects = {known};
  const std::vector<Measure> measures{project("X", 0.5), solving({"P1"}, 0.5, 4)};
  MitigationOptions options = downstream_with(100);
  const auto found = mitigate(dossier, measures, {}, options);
  EXPECT_EQ(found.outcomes[0].cost, 12.5);
  EXPECT_NEAR(found.outcomes[0].avoided_alone, found.loss_before / 2, 1e-12);
  EXPECT_NEAR(found.loss_after, found.loss_before / 4, 1e-12);
  EXPECT_EQ(found.chosen[0].measure, 1U);  // the cheaper first
  EXPECT_EQ(found.returns, Returns::diminishing);
  options.budget = 12.5;
  EXPECT_EQ(mitigate(dossier, measures, {}, options).chosen.front().measure, 1U);
}

TEST(Mitigation, StocksAreFeltByTheModelThatKnowsThemAlone) {
  Scenario short_stop;
  short_stop.shocks.resize(1);
  short_stop.shocks[0].target = "c1";
  short_stop.shocks[0].duration = 30;
  const std::vector<Measure> measures{stock("p1", 30, 10)};
  MitigationOptions options;
  options.budget = 10;
  for (const auto& row : Names<Model>::table) {
    options.model.model = row.value;
    const auto found = mitigate(faulty_cells(), measures, std::vector<Scenario>{short_stop}, options);
    const bool knows = row.value == Model::dynamics;
    EXPECT_EQ(found.chosen.size(), knows ? 1U : 0U) << row.key;
    EXPECT_EQ(found.outcomes[0].avoided_alone > 0, knows) << row.key;
    EXPECT_EQ(found.outcomes[0].fate, knows ? MeasureFate::chosen : MeasureFate::useless);
    EXPECT_EQ(found.outcomes[0].why.en.find("knows no stocks") != std::string::npos, !knows) << row.key;
  }
}

TEST(Mitigation, WhatHasNoPriceIsLeftOutButJudged) {
  const Dossier dossier = faulty_cells();
  const std::vector<Measure> measures{alternate("p1", "c1", "c2", 1, {}), stock("p1", 4, {}), solving({"P1"}, 1, {})};
  MitigationOptions options = downstream_with(50);
  auto found = mitigate(dossier, measures, {}, options);
  EXPECT_TRUE(found.chosen.empty());
  for (const MeasureOutcome& outcome : found.outcomes) EXPECT_EQ(outcome.fate, MeasureFate::unpriced);
  EXPECT_GT(found.outcomes[0].avoided_alone, 1);
  EXPECT_NE(found.note.en.find("none are made up"), std::string::npos);
  options.cost_alternate = 7;
  options.cost_stock_day = 2.5;
  found = mitigate(dossier, measures, {}, options);
  EXPECT_EQ(found.outcomes[0].cost, 7);
  EXPECT_EQ(found.outcomes[1].cost, 10);
  EXPECT_FALSE(found.outcomes[2].cost);
  EXPECT_EQ(found.spent, 7);
}

TEST(Mitigation, ScenariosWeighAsTold) {
  Dossier dossier = faulty_cells();
  std::vector<Scenario> scenarios(2);
  for (Scenario& scenario : scenarios) scenario.shocks.resize(1);
  scenarios[0].shocks[0].target = "c1";
  scenarios[1].shocks[0].target = "t1";
  MitigationOptions options = downstream_with(0);
  options.scenario_weight = {3, 1};
  const auto found = mitigate(dossier, std::vector<Measure>{stock("p1", 1, 1)}, scenarios, options);
  EXPECT_NEAR(found.loss_before, (3 * (3 + 6 * 0.75) + 2.0) / 4, 1e-12);
  options.scenario_weight = {0, 1};
  EXPECT_EQ(mitigate(dossier, std::vector<Measure>{stock("p1", 1, 1)}, scenarios, options).scenarios, 1U);
}

TEST(Mitigation, GainsGrowWhereOneShockHidesAnotherAndNothingIsGuaranteed) {
  // Two standstills of one enterprise: solving either leaves it stopped.
  Scenario both;
  both.shocks.resize(2);
  for (int k = 0; k < 2; ++k) {
    both.shocks[static_cast<std::size_t>(k)].kind = TargetKind::problem;
    both.shocks[static_cast<std::size_t>(k)].target = k == 0 ? "P1" : "P2";
    both.shocks[static_cast<std::size_t>(k)].magnitude = 1;
  }
  Dossier dossier = faulty_cells();
  dossier.problems.push_back(dossiers::problem("P2", {"c1"}, Grade::critical));
  const std::vector<Measure> measures{solving({"P1"}, 1, 3), solving({"P2"}, 1, 4)};
  MitigationOptions options = downstream_with(10);
  for (const auto method : {SelectionMethod::exact, SelectionMethod::greedy}) {
    options.method = method;
    const auto found = mitigate(dossier, measures, std::vector<Scenario>{both}, options);
    EXPECT_EQ(found.returns, Returns::unknown);
    EXPECT_EQ(found.outcomes[0].avoided_alone, 0);
    EXPECT_EQ(found.chosen.size(), 2U);
    EXPECT_EQ(found.loss_after, 0);
    EXPECT_EQ(found.optimal, method == SelectionMethod::exact);
    EXPECT_EQ(found.guarantee.has_value(), method == SelectionMethod::exact);
  }
}

TEST(Mitigation, GainsGrowUnderTheCapWithTwoSourcesForOneVictim) {
  // c1 and c2 both stop: their one customer stops at the cap, whichever of the two is cured... almost.
  Dossier dossier = faulty_cells();
  dossier.problems.push_back(dossiers::problem("P2", {"c2"}, Grade::critical));
  Scenario both;
  both.shocks.resize(2);
  both.shocks[0] = {TargetKind::problem, "P1", "", 1, 0, 1, {}, {}};
  both.shocks[1] = {TargetKind::problem, "P2", "", 1, 0, 1, {}, {}};
  const std::vector<Measure> measures{solving({"P1"}, 1, 1), solving({"P2"}, 1, 1)};
  MitigationOptions options = downstream_with(2);
  options.method = SelectionMethod::greedy;
  EXPECT_EQ(mitigate(dossier, measures, std::vector<Scenario>{both}, options).returns, Returns::unknown);
  // Without the cap, and with half the shocks under it, the same chain answers linearly: a guarantee holds.
  options.model.linear.capped = false;
  EXPECT_EQ(mitigate(dossier, measures, std::vector<Scenario>{both}, options).returns, Returns::constant);
  options.model.linear.capped = true;
  for (ScenarioShock& shock : both.shocks) shock.magnitude = 0.5;
  const auto found = mitigate(dossier, measures, std::vector<Scenario>{both}, options);
  EXPECT_EQ(found.returns, Returns::constant);
  EXPECT_GE(*found.guarantee, 0.5);
  // Both directions at once: the larger of two.
  options.counted = LossKind::combined;
  EXPECT_EQ(mitigate(dossier, measures, std::vector<Scenario>{both}, options).returns, Returns::unknown);
}

TEST(Mitigation, ProblemsOneByOneAddUpUnderAnyModelSoTheBestIsFoundAtOnce) {
  Dossier dossier = faulty_cells();
  for (const char* seat : {"c2", "t1", "p1"}) {
    dossier.problems.push_back(dossiers::problem(std::string("Q") + seat, {seat}, Grade::important));
  }
  const std::vector<Measure> measures{solving({"P1"}, 1, 5), solving({"Qc2", "Qt1"}, 0.5, 3), solving({"Qp1"}, 1, 4)};
  for (const auto& row : Names<Model>::table) {
    MitigationOptions options;
    options.budget = 8;
    options.model.model = row.value;
    const auto found = mitigate(dossier, measures, {}, options);
    EXPECT_EQ(found.returns, Returns::constant) << row.key;
    EXPECT_EQ(found.found_by, FoundBy::knapsack);
    EXPECT_TRUE(found.optimal);
    EXPECT_TRUE(found.frontier_exact);
    EXPECT_EQ(found.runs, 4U + 4U);  // four scenarios as they are, and each with the one project that touches it
  }
}

TEST(Mitigation, MeasuresThatChangeNothingSayWhy) {
  Dossier dossier = faulty_cells();
  dossier.problems.push_back(dossiers::problem("S", {"t1"}, Grade::critical));
  dossier.problems.back().status = ProblemStatus::solved;
  dossier.chain.add_link("t1", "v1", dossiers::link(0));
  const std::vector<Measure> measures{alternate("p1", "c1", "c2", 0, 1), solving({"P1"}, 0, 1), solving({"S"}, 1, 1),
                                      stock("p1", 0, 1), alternate("v1", "t1", "c1", 1, 1)};
  MitigationOptions options;
  options.budget = 100;
  options.model.model = Model::dynamics;
  const auto found = mitigate(dossier, measures, {}, options);
  EXPECT_TRUE(found.chosen.empty());
  EXPECT_EQ(found.runs, 1U);  // nothing but the loss as it is was worth a run
  const char* words[] = {"share that moves is 0", "effect is 0", "solved, ungraded", "number of days is 0",
                         "carries no value"};
  for (std::size_t k = 0; k < measures.size(); ++k) {
    EXPECT_EQ(found.outcomes[k].fate, MeasureFate::useless);
    EXPECT_NE(found.outcomes[k].why.en.find(words[k]), std::string::npos) << found.outcomes[k].why.en;
    EXPECT_FALSE(found.outcomes[k].why.zh.empty());
  }
}

TEST(Mitigation, ABudgetOfNothingBuysWhatIsFree) {
  const std::vector<Measure> measures{solving({"P1"}, 0.5, 1), alternate("p1", "c1", "c2", 0.5, 0)};
  const auto found = mitigate(faulty_cells(), measures, {}, downstream_with(0));
  ASSERT_EQ(found.chosen.size(), 1U);
  EXPECT_EQ(found.chosen[0].measure, 1U);
  EXPECT_FALSE(found.chosen[0].per_cost);
  EXPECT_EQ(found.spent, 0);
}

TEST(Suggestions, ComeFromOpenProjectsAndSingleSources) {
  Dossier dossier = faulty_cells();
  dossier.chain.add_enterprise(dossiers::enterprise("p2", Stage::midstream, "packs", {"pack"}));
  dossier.chain.add_enterprise(dossiers::enterprise("p3", Stage::midstream, "packs", {"module"}));
  dossier.projects.resize(3);
  dossier.projects[0].number = "open";
  dossier.projects[0].problems = {"P1"};
  dossier.projects[1].number = "idle";
  dossier.projects[2].number = "over";
  dossier.projects[2].problems = {"P1"};
  dossier.projects[2].status = ProjectStatus::accepted;
  SuggestOptions options;
  options.share = 0.25;
  options.stock_days = 6;
  auto found = suggest_measures(dossier, options);
  ASSERT_EQ(found.size(), 5U);
  EXPECT_EQ(found[0].project, (Breakthrough{"open", {}, 1}));
  EXPECT_EQ(found[1].alternate, (Alternate{"v1", "p1", "p2", 0.25, {}}));
  EXPECT_EQ(found[2].alternate, (Alternate{"v2", "p1", "p2", 0.25, {}}));
  EXPECT_EQ(found[3].stock, (ExtraStock{"v1", 6}));
  EXPECT_EQ(found[4].stock, (ExtraStock{"v2", 6}));
  for (const Measure& measure : found) EXPECT_FALSE(measure.cost);
  options.same_product = false;
  options.stock_days = 0;
  EXPECT_EQ(suggest_measures(dossier, options).size(), 5U);  // p3 as well, for both
  options.most_alternates = 1;
  EXPECT_EQ(suggest_measures(dossier, options).size(), 3U);
  options.alternates = options.projects = false;
  EXPECT_TRUE(suggest_measures(dossier, options).empty());
}

}  // namespace
