// Laws of choosing measures, under every model, on random chains.

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "chainqual/impact/mitigation.hpp"
#include "oracle/impact/mitigation_dense.hpp"

namespace {

using namespace chainqual;
using impact_test::DenseCase;
using impact_test::DenseKind;

struct Question {
  Dossier dossier;
  std::vector<Measure> measures;
  std::vector<Scenario> scenarios;
  MitigationOptions options;

  [[nodiscard]] MitigationResult ask(const Control& control = {}) const {
    return mitigate(dossier, measures, scenarios, options, control);
  }
};

Question random_question(std::mt19937_64& random, int round, std::size_t measures) {
  DenseKind kind;
  kind.one_by_one = round % 2 == 0;
  kind.alternates = round % 7 != 0;
  const DenseCase c = random_case(random, kind, 6, measures);
  Question question{dossier_of(c), measures_of(c), scenarios_of(c, kind.one_by_one), {}};
  for (Scenario& scenario : question.scenarios) {
    for (ScenarioShock& shock : scenario.shocks) shock.duration = 20;
  }
  ModelOptions& model = question.options.model;
  model.model = Names<Model>::table[static_cast<std::size_t>(round) % 6].value;
  model.contagion.runs = 256;
  model.dynamics.days = 60;
  model.inoperability.days = 60;
  model.cascade.tolerance = cascade_tight_tolerance;
  Measure stock;
  stock.kind = MeasureKind::stock;
  stock.stock = {impact_test::name_of(0), 20};
  stock.cost = 1.25;
  question.measures.push_back(stock);
  question.options.budget = 1 + static_cast<double>(random() % 6);
  return question;
}

std::set<std::size_t> chosen(const MitigationResult& found) {
  std::set<std::size_t> out;
  for (const ChosenMeasure& each : found.chosen) out.insert(each.measure);
  return out;
}

/// What `least_gain` lets go.
double slack(const MitigationResult& found) {
  return 1e-7 * (1 + found.loss_before);
}

TEST(MitigationLaws, NeverAboveTheBudgetAndNeverWorseThanNothing) {
  std::mt19937_64 random(301);
  for (int round = 0; round < 120; ++round) {
    Question question = random_question(random, round, 5);
    question.options.method = round % 3 == 0 ? SelectionMethod::greedy : SelectionMethod::automatic;
    const auto found = question.ask();
    double spent = 0;
    for (const ChosenMeasure& each : found.chosen) spent += *question.measures[each.measure].cost;
    EXPECT_LE(spent, question.options.budget * (1 + 1e-12));
    EXPECT_NEAR(found.spent, spent, 1e-9);
    EXPECT_GE(found.avoided, 0);
    EXPECT_NEAR(found.avoided, found.loss_before - found.loss_after, slack(found));
    for (std::size_t k = 1; k < found.frontier.size(); ++k) {
      EXPECT_GT(found.frontier[k].spent, found.frontier[k - 1].spent);
      EXPECT_GT(found.frontier[k].worth, found.frontier[k - 1].worth);
    }
    EXPECT_NEAR(found.frontier.back().worth, found.avoided, slack(found));
  }
}

TEST(MitigationLaws, MoreMoneyNeverAvoidsLessAndTheFrontierSaysHowMuch) {
  std::mt19937_64 random(302);
  for (int round = 0; round < 60; ++round) {
    Question question = random_question(random, round, 4);
    question.options.method = SelectionMethod::exact;
    question.options.budget = 8;
    const auto rich = question.ask();
    double before = 0;
    for (const double budget : {0.0, 1.0, 2.5, 4.0, 8.0}) {
      question.options.budget = budget;
      const auto found = question.ask();
      EXPECT_GE(found.avoided, before - slack(found));
      before = found.avoided;
      double told = 0;
      for (const FrontierPoint& point : rich.frontier) {
        if (point.spent <= budget) told = point.worth;
      }
      EXPECT_NEAR(found.avoided, told, slack(found)) << "budget " << budget << ", round " << round;
    }
  }
}

TEST(MitigationLaws, MoreMeasuresToChooseFromAreNeverWorse) {
  std::mt19937_64 random(303);
  for (int round = 0; round < 60; ++round) {
    Question question = random_question(random, round, 5);
    question.options.method = SelectionMethod::exact;
    // Contagion draws by link, and an alternate adds links: a further one would draw anew.
    if (question.options.model.model == Model::contagion) continue;
    const auto all = question.ask();
    question.measures.erase(question.measures.begin() + static_cast<std::ptrdiff_t>(random() % 5));
    EXPECT_GE(all.avoided, question.ask().avoided - slack(all));
  }
}

TEST(MitigationLaws, AnotherOrderOfTheListIsTheSameChoice) {
  std::mt19937_64 random(304);
  int compared = 0;
  for (int round = 0; round < 90; ++round) {
    Question question = random_question(random, round, 5);
    question.options.method = round % 2 == 0 ? SelectionMethod::exact : SelectionMethod::greedy;
    const auto found = question.ask();
    std::vector<std::size_t> order(question.measures.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::shuffle(order.begin(), order.end(), random);
    const std::vector<Measure> before = question.measures;
    for (std::size_t k = 0; k < order.size(); ++k) question.measures[k] = before[order[k]];
    const auto again = question.ask();
    EXPECT_NEAR(again.loss_before, found.loss_before, slack(found));
    EXPECT_NEAR(again.avoided, found.avoided, slack(found)) << "round " << round;
    for (std::size_t k = 0; k < order.size(); ++k) {
      EXPECT_NEAR(again.outcomes[k].avoided_alone, found.outcomes[order[k]].avoided_alone, slack(found));
    }
    std::set<std::size_t> named;
    for (const std::size_t k : chosen(again)) named.insert(order[k]);
    EXPECT_EQ(named, chosen(found)) << "round " << round;
    compared += found.chosen.empty() ? 0 : 1;
  }
  EXPECT_GT(compared, 40);
}

TEST(MitigationLaws, ThreadsChangeNothing) {
  std::mt19937_64 random(305);
  ThreadPool three(3);
  for (int round = 0; round < 36; ++round) {
    Question question = random_question(random, round, 6);
    question.options.method = round % 2 == 0 ? SelectionMethod::automatic : SelectionMethod::greedy;
    Control alone;
    alone.executor = &inline_executor();
    Control together;
    together.executor = &three;
    const auto a = question.ask(alone);
    const auto b = question.ask(together);
    EXPECT_EQ(a.loss_before, b.loss_before);
    EXPECT_EQ(a.loss_after, b.loss_after);
    EXPECT_EQ(a.frontier, b.frontier);
    EXPECT_EQ(a.runs, b.runs);
    EXPECT_EQ(a.sets, b.sets);
    EXPECT_EQ(chosen(a), chosen(b));
    for (std::size_t k = 0; k < a.outcomes.size(); ++k) {
      EXPECT_EQ(a.outcomes[k].avoided_alone, b.outcomes[k].avoided_alone);
    }
  }
}

/// Each alternate as a person would enter it: another chain, run by itself.
TEST(MitigationLaws, AnAlternateIsTheSameAsEditingTheChain) {
  std::mt19937_64 random(306);
  int compared = 0;
  for (int round = 0; round < 150; ++round) {
    DenseKind kind;
    kind.projects = false;
    kind.one_by_one = false;
    DenseCase c = random_case(random, kind, 6, 1);
    if (c.measures.empty()) continue;
    Question question{dossier_of(c), measures_of(c), scenarios_of(c, false), {}};
    MitigationOptions& options = question.options;
    options.model.model = Names<Model>::table[static_cast<std::size_t>(round) % 6].value;
    if (options.model.model == Model::contagion) continue;  // draws anew on a chain of other links
    options.model.dynamics.days = options.model.inoperability.days = 40;
    options.model.dynamics.final_demand.assign(6, 2.0);
    options.model.cascade.tolerance = cascade_tight_tolerance;
    const auto found = question.ask();

    const impact_test::DenseMeasure& m = c.measures[0];
    const double bought = c.value.cwiseMax(0.0).col(m.customer).sum();
    double& value = c.value(m.supplier, m.customer);
    double& other = c.value(m.alternate, m.customer);
    double& own = c.dependency(m.supplier, m.customer);
    double& gained = c.dependency(m.alternate, m.customer);
    double& escape = c.escape(m.alternate, m.customer);
    const double depends = std::isnan(own) ? value / bought : own;
    const double had = other < 0 ? 0 : std::isnan(gained) ? other / bought : gained;
    const double passes =
        m.escape.value_or(other >= 0 && !std::isnan(escape)              ? escape
                          : std::isnan(c.escape(m.supplier, m.customer)) ? 1
                                                                         : c.escape(m.supplier, m.customer));
    const double moved = m.amount * depends;
    escape = (had * (other < 0 || std::isnan(escape) ? 1 : escape) + moved * passes) / (had + moved);
    if (!std::isnan(own) || (other >= 0 && !std::isnan(gained))) gained = had + moved;
    if (!std::isnan(own)) own *= 1 - m.amount;
    other = std::max(other, 0.0) + m.amount * value;
    value *= 1 - m.amount;
    const Dossier edited = dossier_of(c);
    const Network net = network_of(edited.chain);
    double loss = 0;
    for (const Scenario& scenario : question.scenarios) {
      const auto run = propagate(net, place(edited, scenario), options.model);
      loss += impact_test::to_eigen(c.weight).dot(impact_test::to_eigen(run.combined)) /
              static_cast<double>(question.scenarios.size());
    }
    EXPECT_NEAR(found.loss_before - found.outcomes[0].avoided_alone, loss, 2e-5) << "round " << round;
    ++compared;
  }
  EXPECT_GT(compared, 80);
}

/// Links keep their draws: with the alternate's supplier beyond reach of any shock, no run is worse than before.
TEST(MitigationLaws, UnderContagionASafeAlternateIsNeverWorse) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Dossier dossier;
    for (const char* id : {"safe", "a", "b", "c"}) {
      Enterprise enterprise;
      enterprise.id = enterprise.name = id;
      enterprise.weight = 1;
      dossier.chain.add_enterprise(enterprise);
    }
    Link link;
    link.value = 1;
    link.dependency = 0.7;
    dossier.chain.add_link("a", "b", link);
    dossier.chain.add_link("b", "c", link);
    dossier.chain.add_link("a", "c", link);
    Scenario scenario;
    scenario.shocks.resize(1);
    scenario.shocks[0].target = "a";
    Measure measure;
    measure.alternate = {"b", "a", "safe", 0.1, {}};
    MitigationOptions options;
    options.model.model = Model::contagion;
    options.model.contagion.runs = 64;
    options.model.contagion.seed = seed;
    options.counted = LossKind::downstream;
    const auto found = mitigate(dossier, std::vector<Measure>{measure}, std::vector<Scenario>{scenario}, options);
    EXPECT_GE(found.outcomes[0].avoided_alone, 0) << "seed " << seed;
  }
}

}  // namespace
