// What `mitigate` and `suggest_measures` refuse, and how they say it.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "chainqual/impact/mitigation.hpp"
#include "unit/impact/dossiers.hpp"
#include "unit/impact/errors.hpp"
#include "unit/impact/measures.hpp"

namespace mitigation_bad_input_test {
namespace {

using namespace chainqual;
using impact_test::alternate;
using impact_test::error_of;
using impact_test::expect_error;
using impact_test::expect_error_with;
using impact_test::project;
using impact_test::solving;
using impact_test::stock;

const double nan = std::numeric_limits<double>::quiet_NaN();

Dossier battery_with_a_problem() {
  Dossier dossier = dossiers::battery();
  dossier.problems = {dossiers::problem("P1", {"c1"}, Grade::critical)};
  return dossier;
}

std::function<void()> with(std::vector<Measure> measures, MitigationOptions options = {},
                           std::vector<Scenario> scenarios = {}) {
  return [=] { static_cast<void>(mitigate(battery_with_a_problem(), measures, scenarios, options)); };
}

TEST(MitigationBadInput, AnEmptyListIsRefused) {
  expect_error(ErrorCode::missing_value, "there are no measures to choose from. Give at least one.", with({}));
}

TEST(MitigationBadInput, EveryFaultOfEveryMeasureIsToldAtOnce) {
  Measure escaping = alternate("p1", "c1", "c2", 0.5, 1);
  escaping.alternate.escape = -0.5;
  const Error error = error_of(with({
      alternate("p1", "c1", "c1", 0.5, 1),      // 1: the present supplier
      alternate("p1", "c1", "p1", 0.5, 1),      // 2: itself
      alternate("p1", "c1", "nobody", 0.5, 1),  // 3
      alternate("c1", "p1", "c2", 0.5, 1),      // 4: the link the wrong way round
      alternate("p1", "c1", "c2", 1.5, 1),      // 5
      alternate("p1", "c1", "c2", nan, 1),      // 6
      escaping,                                 // 7
      stock("p1", -1, 1),                       // 8
      stock("p1", INFINITY, 1),                 // 9
      stock("p1", 1, -2.0),                     // 10
      stock("p1", 1, nan),                      // 11
      project("X1", 1),                         // 12
      solving({"P2"}, 1, 1),                    // 13
      solving({"P1"}, 1.01, 1),                 // 14
      solving({}, 1, 1),                        // 15
  }));
  const auto& kept = error.findings().kept();
  ASSERT_EQ(kept.size(), 15U);
  const char* words[] = {"the alternate is the present supplier",
                         "the alternate is the customer itself",
                         "the chain holds no such enterprise",
                         "it does not supply c1",
                         "the share must lie between 0 and 1",
                         "the share must lie between 0 and 1",
                         "the escape must lie between 0 and 1",
                         "the number of days must be finite and not negative",
                         "the number of days must be finite and not negative",
                         "the cost must be finite and not negative",
                         "the cost must be finite and not negative",
                         "the chain holds no such project",
                         "the chain holds no such problem",
                         "the effect must lie between 0 and 1",
                         "it names neither a project nor problems"};
  for (std::size_t k = 0; k < kept.size(); ++k) {
    EXPECT_EQ(kept[k].rule.en, words[k]);
    EXPECT_EQ(kept[k].where.record, k + 1);
    EXPECT_FALSE(kept[k].rule.zh.empty());
    EXPECT_FALSE(kept[k].fix.zh.empty());
    EXPECT_FALSE(kept[k].fix.en.empty());
  }
  EXPECT_EQ(kept[0].code, ErrorCode::invalid_argument);
  EXPECT_EQ(kept[2].code, ErrorCode::unknown_reference);
  EXPECT_EQ(kept[12].fix.en, "did you mean «P1»?");
}

TEST(MitigationBadInput, MeasuresThatDoTheSameAreRefusedWhateverTheirPrice) {
  const auto duplicate = [](Measure a, Measure b) {
    const Error error = error_of(with({stock("v1", 1, 1), std::move(a), std::move(b)}));
    EXPECT_EQ(error.code(), ErrorCode::duplicate);
    EXPECT_EQ(error.findings().kept().at(0).rule.en, "it does the same as measure 2");
  };
  duplicate(alternate("p1", "c1", "c2", 0.5, 1), alternate("p1", "c1", "c2", 0.5, 9));
  duplicate(stock("p1", 3, 1), stock("p1", 3, {}));
  duplicate(solving({"P1"}, 0.5, 1), solving({"P1", "P1"}, 0.5, 2));
  EXPECT_EQ(error_of(with({stock("p1", 3, 1), stock("p1", 4, 1)})).code(), ErrorCode::ok);
}

TEST(MitigationBadInput, BudgetsPricesAndOptionsOutOfTheirDomain) {
  const std::vector<Measure> one{stock("p1", 1, 1)};
  MitigationOptions options;
  options.budget = -1;
  expect_error(ErrorCode::invalid_value, "the budget is -1; it must be 0 or more.", with(one, options));
  options.budget = nan;
  expect_error(ErrorCode::invalid_value, "the budget is nan; it must be 0 or more.", with(one, options));
  options = {};
  options.cost_alternate = -3;
  expect_error(ErrorCode::invalid_argument, "the cost of an alternate is -3; it must be finite and not negative.",
               with(one, options));
  options = {};
  options.cost_stock_day = nan;
  expect_error(ErrorCode::invalid_argument, "the cost of a stock day is nan; it must be finite and not negative.",
               with(one, options));
  options = {};
  options.least_gain = 2;
  expect_error(ErrorCode::invalid_argument, "the least gain is 2; it must lie between 0 and 1.", with(one, options));
  options = {};
  options.exact_runs = 0;
  expect_error_with(ErrorCode::invalid_argument, "at least one run", with(one, options));
  options = {};
  options.counted = LossKind::upstream;
  options.model.linear.upstream = false;
  expect_error_with(ErrorCode::invalid_argument, "the model was not asked for that direction", with(one, options));
}

TEST(MitigationBadInput, ShocksThatDifferByDirectionAreRefused) {
  Scenario scenario;
  scenario.shocks.resize(1);
  scenario.shocks[0].target = "c1";
  scenario.shocks[0].magnitude_upstream = 0.5;
  expect_error_with(ErrorCode::invalid_argument, "Give one magnitude", with({stock("p1", 1, 1)}, {}, {scenario}));
}

TEST(MitigationBadInput, WeightsOfScenariosMustFitThem) {
  const std::vector<Measure> one{stock("p1", 1, 1)};
  std::vector<Scenario> scenarios(2);
  for (Scenario& scenario : scenarios) {
    scenario.shocks.resize(1);
    scenario.shocks[0].target = "c1";
  }
  const auto weighing = [&](std::vector<double> weight) {
    MitigationOptions options;
    options.scenario_weight = std::move(weight);
    return with(one, options, scenarios);
  };
  expect_error(ErrorCode::shape_mismatch, "there are 1 weights for 2 scenarios; give one each.", weighing({1}));
  expect_error(ErrorCode::invalid_value, "the weight of scenario 2 is -1; it must be finite and not negative.",
               weighing({1, -1}));
  expect_error(ErrorCode::invalid_value, "the weight of scenario 1 is nan; it must be finite and not negative.",
               weighing({nan, 1}));
  expect_error(ErrorCode::invalid_value, "the weights of the scenarios sum to 0; at least one must be above 0.",
               weighing({0, 0}));
  scenarios[1].shocks[0].target = "nobody";
  EXPECT_EQ(error_of(with(one, {}, scenarios)).code(), ErrorCode::unknown_reference);
}

TEST(MitigationBadInput, WithoutAnythingThatShocksThereIsNothingToAvoid) {
  Dossier dossier = dossiers::battery();
  dossier.problems = {dossiers::problem("P1", {"c1"})};  // ungraded
  expect_error_with(ErrorCode::missing_value, "no registered problem shocks anything",
                    [&] { static_cast<void>(mitigate(dossier, std::vector<Measure>{stock("p1", 1, 1)}, {}, {})); });
}

TEST(MitigationBadInput, OptionsByLinkDoNotGoWithAlternates) {
  MitigationOptions options;
  options.model.model = Model::contagion;
  options.model.contagion.downstream_probability.assign(5, 0.5);
  expect_error_with(ErrorCode::invalid_argument, "alternates add links",
                    with({alternate("p1", "c1", "c2", 0.5, 1)}, options));
  EXPECT_EQ(error_of(with({solving({"P1"}, 1, 1)}, options)).code(), ErrorCode::ok);
  options.model.model = Model::linear;  // does not read them
  EXPECT_EQ(error_of(with({alternate("p1", "c1", "c2", 0.5, 1)}, options)).code(), ErrorCode::ok);
}

TEST(MitigationBadInput, CancelReachesTheRuns) {
  CancelToken token;
  token.cancel();
  Control control;
  control.cancel = &token;
  EXPECT_EQ(
      error_of([&] {
        static_cast<void>(mitigate(battery_with_a_problem(), std::vector<Measure>{stock("p1", 1, 1)}, {}, {}, control));
      }).code(),
      ErrorCode::cancelled);
}

TEST(MitigationBadInput, SuggestionsCheckTheirOptions) {
  const auto ask = [](const SuggestOptions& options) {
    return [=] { static_cast<void>(suggest_measures(battery_with_a_problem(), options)); };
  };
  SuggestOptions options;
  options.share = 1.5;
  expect_error(ErrorCode::invalid_argument, "options of suggestions: the share 1.5 must lie between 0 and 1.",
               ask(options));
  options = {};
  options.effect = nan;
  expect_error(ErrorCode::invalid_argument, "options of suggestions: the effect nan must lie between 0 and 1.",
               ask(options));
  options = {};
  options.stock_days = -1;
  expect_error(ErrorCode::invalid_argument,
               "options of suggestions: the number of stock days -1 must be finite and not negative.", ask(options));
}

}  // namespace
}  // namespace mitigation_bad_input_test
