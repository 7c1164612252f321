// Ensembles of scenarios whose settings are uncertain.

#include "chainqual/impact/study.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/impact/networks.hpp"

namespace study_test {
namespace {

using namespace chainqual;
using impact_test::network;
using impact_test::Table;

/// 0 → 1 → 2.
Network line() {
  return network(Table(3).link(0, 1, 1, 1.0F).link(1, 2, 1, 0.5F));
}

ApartShocks closing(std::initializer_list<std::uint32_t> closed) {
  ApartShocks scenario{3, {}};
  for (const std::uint32_t v : closed) {
    scenario.shocks.push_back({{EnterpriseId{v}, 1, 0, 20, {RecoveryKind::linear, 10, {}}}});
  }
  return scenario;
}

UncertainSetting uncertain(Setting setting, double low, double high, std::uint32_t shock = 0) {
  return {setting, shock, {"", low, high, Spreading::uniform, 0}};
}

Study of(std::vector<UncertainSetting> settings, std::size_t samples = 40) {
  Study study;
  study.samples = samples;
  study.uncertain = std::move(settings);
  return study;
}

ModelOptions model(Model which) {
  ModelOptions options;
  options.model = which;
  options.dynamics.days = options.inoperability.days = 60;
  return options;
}

TEST(Study, AFactorMultipliesTheMagnitudesAndTheMeansFollow) {
  const auto result =
      run_study(line(), closing({0}), model(Model::linear), of({uncertain(Setting::magnitude_factor, 0.2, 0.6)}));
  EXPECT_EQ(result.samples, 40U);
  EXPECT_NEAR(result.mean[0], 0.4, 0.4 / 40);
  EXPECT_NEAR(result.mean[2], result.mean[0] / 2, 1e-12);
  EXPECT_GE(result.quantiles[0], 0.2);
  EXPECT_LE(result.quantiles[2 * 3], 0.6);
  EXPECT_GT(result.index.standard_error, 0);
}

TEST(Study, AShockThatIsNamedVariesAlone) {
  const auto result =
      run_study(line(), closing({0, 1}), model(Model::linear),
                of({uncertain(Setting::magnitude_factor, 0, 0, 2), uncertain(Setting::magnitude_factor, 0.5, 0.5, 1)}));
  EXPECT_EQ(result.mean[0], 0.5) << "the second is taken away, and the first halved";
  EXPECT_EQ(result.mean[1], 0.5);
}

TEST(Study, FactorsAboveOneEndAtAStandstill) {
  const auto result =
      run_study(line(), closing({0}), model(Model::cascade), of({uncertain(Setting::magnitude_factor, 2, 3)}));
  EXPECT_EQ(result.mean[0], 1);
  EXPECT_EQ(result.deviation[0], 0);
}

TEST(Study, EachSettingReachesItsModel) {
  const auto deviation = [&](Model which, Setting setting, double low, double high) {
    ModelOptions options = model(which);
    options.dynamics.poisson_stock = setting == Setting::poisson_floor;
    options.dynamics.stock_days = 4;
    ApartShocks scenario = closing({0});
    scenario.shocks[0][0].magnitude = 0.6;  // of a standstill that outlasts the stocks nobody would recover
    scenario.shocks[0][0].duration = 10;
    return run_study(line(), scenario, options, of({uncertain(setting, low, high)}, 12)).index.deviation;
  };
  for (const Model which : {Model::dynamics, Model::inoperability}) {
    EXPECT_GT(deviation(which, Setting::start, 0, 50), 0);
    EXPECT_GT(deviation(which, Setting::duration, 1, 40), 0);
    EXPECT_GT(deviation(which, Setting::healing_days, 1, 40), 0);
  }
  EXPECT_GT(deviation(Model::dynamics, Setting::stock_days, 2, 30), 0);
  EXPECT_GT(deviation(Model::dynamics, Setting::smoothing_days, 1, 20), 0);
  EXPECT_GT(deviation(Model::dynamics, Setting::poisson_floor, 2, 40), 0);
  EXPECT_GT(deviation(Model::inoperability, Setting::recovery_days, 5, 90), 0);
}

TEST(Study, IsItsSamplesOneByOneWhateverTheThreads) {
  const Study study = of({uncertain(Setting::stock_days, 2, 30), uncertain(Setting::magnitude_factor, 0.3, 1)}, 16);
  const Network net = line();
  std::vector<UncertainParameter> ranges{study.uncertain[0].range, study.uncertain[1].range};
  const auto drawn = latin_hypercube(ranges, 16, study.seed);
  const auto with = [&](unsigned threads) {
    ThreadPool pool(threads);
    Control control;
    control.executor = &pool;
    return run_study(net, closing({0}), model(Model::dynamics), study, control);
  };
  const auto one = with(1);
  for (std::size_t k = 0; k < 16; ++k) {
    ModelOptions options = model(Model::dynamics);
    options.dynamics.stock_days = drawn.sample(k)[0];
    std::vector<Disruption> struck = closing({0}).shocks[0];
    struck[0].magnitude = drawn.sample(k)[1];
    EXPECT_EQ(one.indices[k], dynamics(net, struck, options.dynamics).index);
  }
  EXPECT_EQ(with(3).indices, one.indices);
  EXPECT_EQ(with(7).quantiles, one.quantiles);
}

TEST(Study, ScenariosOfOneStudyShareTheirSamples) {
  const Study study = of({uncertain(Setting::magnitude_factor, 0.2, 1)}, 50);
  const auto one = run_study(line(), closing({0}), model(Model::linear), study);
  const auto both = run_study(line(), closing({0, 2}), model(Model::linear), study);
  const auto paired = paired_difference(one.indices, both.indices);
  EXPECT_GE(paired.mean, 0);
  EXPECT_EQ(paired.share_below, 0) << "no sample of more shocks is milder";
  EXPECT_LT(paired.standard_error, one.index.standard_error);
}

void expect_refused(Model which, const ApartShocks& scenario, const Study& study, ErrorCode code,
                    const std::string& words) {
  try {
    static_cast<void>(run_study(line(), scenario, model(which), study));
    ADD_FAILURE() << "no error: " << words;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << words;
    EXPECT_NE(error.message().en.find(words), std::string::npos) << error.message().en;
    EXPECT_FALSE(error.message().zh.empty());
  }
}

TEST(StudyBadInput, WhatTheModelDoesNotReadOrTheScenarioDoesNotHoldIsRefused) {
  const auto wrong = ErrorCode::invalid_argument;
  expect_refused(Model::cascade, closing({0}), of({uncertain(Setting::stock_days, 2, 9)}), wrong, "'stock_days'");
  expect_refused(Model::linear, closing({0}), of({uncertain(Setting::start, 2, 9)}), wrong, "the model linear");
  expect_refused(Model::dynamics, closing({0}), of({uncertain(Setting::poisson_floor, 2, 9)}), wrong, "poisson_floor");
  expect_refused(Model::linear, closing({0}), of({uncertain(Setting::magnitude_factor, 0, 1, 2)}), wrong, "no shock 2");
  expect_refused(Model::dynamics, closing({0}), of({uncertain(Setting::stock_days, 2, 9, 1)}), wrong, "no shock 1");
  expect_refused(Model::linear, closing({0}), of({}), wrong, "uncertain setting");
  expect_refused(Model::linear, {3, {}}, of({uncertain(Setting::magnitude_factor, 0, 1)}), wrong, "needs a shock");
  expect_refused(Model::linear, closing({0}), of({uncertain(Setting::magnitude_factor, 0, 1)}, 0), wrong, "sample");
  ApartShocks lasts = closing({0});
  lasts.shocks[0][0].duration = Disruption::permanent;
  expect_refused(Model::dynamics, lasts, of({uncertain(Setting::healing_days, 2, 9)}), wrong, "heals in time");
  expect_refused(Model::linear, {4, closing({0}).shocks}, of({uncertain(Setting::magnitude_factor, 0, 1)}),
                 ErrorCode::shape_mismatch, "4 enterprises");
}

TEST(StudyBadInput, RangesOutsideTheDomainAreNamed) {
  const auto wrong = ErrorCode::invalid_value;
  expect_refused(Model::cascade, closing({0}), of({uncertain(Setting::tolerance, 0.1, 1.5)}), wrong, "tolerance");
  expect_refused(Model::dynamics, closing({0}), of({uncertain(Setting::stock_days, 0.5, 9)}), wrong, "between 1");
  expect_refused(Model::linear, closing({0}), of({uncertain(Setting::magnitude_factor, -1, 1)}), wrong, "between 0");
  expect_refused(Model::linear, closing({0}), of({uncertain(Setting::magnitude_factor, 1, 0.5)}), wrong, "ascending");
}

TEST(Study, CancelStopsIt) {
  CancelToken token;
  token.cancel();
  Control control;
  control.cancel = &token;
  try {
    static_cast<void>(run_study(line(), closing({0}), model(Model::linear),
                                of({uncertain(Setting::magnitude_factor, 0, 1)}), control));
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
}

}  // namespace
}  // namespace study_test
