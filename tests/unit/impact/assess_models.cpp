#include <gtest/gtest.h>

#include <algorithm>

#include "chainqual/chain/network_of.hpp"
#include "chainqual/impact/assess.hpp"
#include "chainqual/impact/explain.hpp"
#include "chainqual/impact/place.hpp"
#include "unit/impact/dossiers.hpp"

namespace {

using namespace chainqual;
using namespace chainqual::dossiers;

constexpr std::array models{Model::linear,   Model::cascade,  Model::contagion,
                            Model::distress, Model::dynamics, Model::inoperability};

AssessOptions options_for(Model model) {
  AssessOptions options;
  options.propagation.model = model;
  options.propagation.contagion.runs = 256;
  options.propagation.dynamics.days = 60;
  options.propagation.inoperability.days = 40;
  return options;
}

Dossier with_problems() {
  Dossier dossier = battery();
  dossier.problems.push_back(problem("P1", {"c1"}, Grade::critical));
  dossier.problems.push_back(problem("P2", {"v1"}, Grade::important));
  return dossier;
}

ScenarioShock at(const std::string& enterprise, double magnitude, std::uint32_t duration = Disruption::permanent) {
  ScenarioShock shock;
  shock.target = enterprise;
  shock.magnitude = magnitude;
  shock.duration = duration;
  return shock;
}

double mean_loss(const std::vector<double>& loss, const AssessReport& report) {
  std::vector<double> weight;
  for (const EnterpriseRow& row : report.enterprise_rows) weight.push_back(row.weight);
  return weighted_mean_loss(loss, weight);
}

TEST(AssessModels, ProblemsTogetherAndApartRunThroughTheModelAskedFor) {
  const Dossier dossier = with_problems();
  const Network net = network_of(dossier.chain);
  for (const Model model : models) {
    const AssessOptions options = options_for(model);
    const AssessReport report = assess(dossier, options);
    const ModelRun together = propagate(net, lasting(report.shock), options.propagation);
    EXPECT_EQ(report.losses.downstream, together.downstream) << key_of(model);
    EXPECT_EQ(report.losses.upstream, together.upstream) << key_of(model);
    EXPECT_EQ(report.losses.combined, together.combined) << key_of(model);
    EXPECT_EQ(report.losses.daily, together.daily) << key_of(model);
    EXPECT_EQ(report.losses.steps, together.steps) << key_of(model);
    EXPECT_DOUBLE_EQ(report.impact.whole_chain.combined, mean_loss(together.combined, report)) << key_of(model);
    EXPECT_GT(report.impact.whole_chain.downstream, 0) << key_of(model);
    for (const ProblemAssessment& row : report.problems) {
      const ModelRun alone = propagate(net, lasting(combine_shocks(6, row.placed)), options.propagation);
      EXPECT_DOUBLE_EQ(row.impact.whole_chain.downstream, mean_loss(alone.downstream, report)) << key_of(model);
      EXPECT_DOUBLE_EQ(row.impact.whole_chain.combined, mean_loss(alone.combined, report)) << key_of(model);
    }
  }
}

TEST(AssessModels, ScenariosAreAssessedAsTheyArePlaced) {
  const Dossier dossier = with_problems();
  const Network net = network_of(dossier.chain);
  Scenario flood{"洪水", "flood", "", {at("c1", 0.8, 5), at("c2", 1, 5)}};
  Scenario strike{"停工", "strike", "", {at("p1", 0.5)}};
  for (const Model model : models) {
    AssessOptions options = options_for(model);
    options.scenarios = {flood, strike};
    const AssessReport report = assess(dossier, options);
    ASSERT_EQ(report.scenarios.size(), 2U);
    for (std::size_t k = 0; k < 2; ++k) {
      const ScenarioAssessment& row = report.scenarios[k];
      const PlacedScenario placed = place(dossier, options.scenarios[k]);
      const ModelRun run = propagate(net, placed, options.propagation);
      EXPECT_EQ(row.name_en, options.scenarios[k].name_en);
      EXPECT_EQ(row.shock, placed.shock);
      EXPECT_EQ(row.losses.combined, run.combined) << key_of(model);
      EXPECT_DOUBLE_EQ(row.impact.whole_chain.downstream, mean_loss(run.downstream, report)) << key_of(model);
      const auto hit = static_cast<std::size_t>(
          std::count_if(run.downstream.begin(), run.downstream.end(), [](double loss) { return loss >= 0.05; }));
      EXPECT_EQ(row.hit.size(), hit) << key_of(model);
      EXPECT_EQ(row.diffusion.enterprises_hit, hit) << key_of(model);
      EXPECT_FALSE(row.diffusion.declared.has_value());
    }
    // The problems' own figures do not hang on scenarios that stand beside them.
    EXPECT_EQ(report.losses.combined, assess(dossier, options_for(model)).losses.combined);
  }
}

TEST(AssessModels, OwnSegmentOfAScenarioIsTheHomeOfThoseItShocks) {
  const Dossier dossier = battery();
  AssessOptions options;
  options.scenarios = {Scenario{"停工", "strike", "", {at("c1", 0.5)}}};
  const AssessReport report = assess(dossier, options);
  // As for a problem at c1 (see GradesPropagatesAndTabulatesAChainByHand): weights 3 and 1 in its segment.
  EXPECT_DOUBLE_EQ(report.scenarios[0].impact.own_segment.downstream, 3 * 0.5 / 4);
  EXPECT_DOUBLE_EQ(report.scenarios[0].impact.downstream_segments.downstream, 0.375);
  EXPECT_EQ(report.scenarios[0].diffusion.suggested, 5);
  EXPECT_EQ(report.scenarios[0].links_documented + report.scenarios[0].links_inferred, 3U);
}

TEST(AssessModels, TheReportSaysHowTheModelReadsAShock) {
  const Dossier dossier = with_problems();
  const auto says = [&](Model model, const std::string& words) {
    const AssessReport report = assess(dossier, options_for(model));
    return std::any_of(report.assumptions.begin(), report.assumptions.end(),
                       [&](const Text& text) { return text.en.find(words) != std::string::npos; });
  };
  EXPECT_TRUE(says(Model::dynamics, "means over 60 days"));
  EXPECT_TRUE(says(Model::inoperability, "means over 40 days"));
  EXPECT_TRUE(says(Model::contagion, "shares of 256 runs"));
  EXPECT_FALSE(says(Model::linear, "runs"));
  EXPECT_TRUE(says(Model::cascade, "sales inside the chain for all sales"));
  EXPECT_FALSE(says(Model::dynamics, "sales inside the chain for all sales"));
}

TEST(AssessModels, BothDirectionsAreComputedWhateverTheOptionsOfAModelAsk) {
  AssessOptions options = options_for(Model::distress);
  options.propagation.distress.upstream = false;
  EXPECT_EQ(assess(with_problems(), options).losses.upstream,
            assess(with_problems(), options_for(Model::distress)).losses.upstream);
}

TEST(AssessModels, SameReportForAnyNumberOfThreads) {
  const Dossier dossier = with_problems();
  for (const Model model : models) {
    const AssessReport first = assess(dossier, options_for(model), Control{&inline_executor(), nullptr, {}});
    for (const unsigned threads : {2U, 7U}) {
      ThreadPool pool(PoolOptions{threads, false});
      const AssessReport report = assess(dossier, options_for(model), Control{&pool, nullptr, {}});
      EXPECT_EQ(report.losses.combined, first.losses.combined) << key_of(model);
      for (std::size_t v = 0; v < 6; ++v) {
        EXPECT_EQ(report.enterprise_rows[v].mean_loss, first.enterprise_rows[v].mean_loss) << key_of(model);
      }
    }
  }
}

TEST(AssessModelsBadInput, ScenariosThatNameNobodyAreErrorsWithTheNearest) {
  AssessOptions options;
  options.scenarios = {Scenario{"停工", "strike", "", {at("c9", 0.5)}}};
  try {
    static_cast<void>(assess(battery(), options));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::unknown_reference);
  }
}

TEST(AssessModelsBadInput, EveryBadScenarioIsToldBeforeAnythingRuns) {
  AssessOptions options = options_for(Model::contagion);
  options.propagation.contagion.runs = 0;  // would be refused by the first run
  options.scenarios = {Scenario{"停工", "strike", "", {at("c9", 0.5)}}, Scenario{"洪水", "flood", "", {at("c1", 0.5)}},
                       Scenario{"空", "empty", "", {}}, Scenario{"断供", "cut", "", {at("c8", 0.5), at("c1", 2)}}};
  try {
    static_cast<void>(assess(with_problems(), options));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::unknown_reference);
    ASSERT_EQ(error.findings().count(FindingLevel::error), 4U);
    EXPECT_EQ(error.findings().kept()[1].code, ErrorCode::missing_value);
    EXPECT_EQ(error.findings().kept()[1].value, "空");
  }
}

bool says(const std::vector<Text>& texts, const std::string& part) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const Text& text) { return text.en.find(part) != std::string::npos; });
}

TEST(AssessModels, SalesAreTakenForAllOfRevenueOnlyWhereNoneIsGiven) {
  AssessOptions options = options_for(Model::cascade);
  const std::string claim = "Upstream losses take sales inside the chain for all sales";
  EXPECT_TRUE(says(assess(with_problems(), options).assumptions, claim));
  options.propagation.cascade.final_demand.assign(6, 1.0);
  EXPECT_FALSE(says(assess(with_problems(), options).assumptions, claim));
  options.propagation.cascade.final_demand.clear();
  options.propagation.cascade.revenue.assign(6, 1e9);
  EXPECT_FALSE(says(assess(with_problems(), options).assumptions, "for all"));
  options.propagation.cascade.revenue[2] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(says(assess(with_problems(), options).assumptions, "1 enterprise has no revenue"));
}

TEST(AssessModels, WhatRunsOfProblemsSayIsKeptAndToldOnce) {
  AssessOptions options = options_for(Model::dynamics);
  options.propagation.dynamics.smoothing_days = 2;
  const Dossier dossier = with_problems();
  const Network net = network_of(dossier.chain);
  const AssessReport report = assess(dossier, options);
  ModelOptions model = options.propagation;
  model.name = names_of_chain(dossier.chain).enterprise;
  std::size_t noted = 0;
  for (const ProblemAssessment& row : report.problems) {
    EXPECT_EQ(row.notes, propagate(net, lasting(combine_shocks(6, row.placed)), model).notes) << "names, not numbers";
    for (const Text& note : row.notes) {
      ++noted;
      EXPECT_EQ(std::count_if(report.assumptions.begin(), report.assumptions.end(),
                              [&](const Text& text) { return text.en.find(note.en) != std::string::npos; }),
                1);
    }
  }
  EXPECT_GT(noted, 0U);
}

TEST(AssessModelsBadInput, WhatTheModelRefusesAssessRefuses) {
  AssessOptions options = options_for(Model::contagion);
  options.propagation.contagion.runs = 0;
  EXPECT_THROW(static_cast<void>(assess(with_problems(), options)), Error);
}

TEST(AssessModels, AScenarioThatDiffersByDirectionRunsThroughTheCascadeAlone) {
  const Dossier dossier = with_problems();
  Scenario orders;
  orders.name_en = "no orders";
  orders.shocks = {at("p1", 0)};
  orders.shocks[0].magnitude_upstream = 0.5;
  AssessOptions options = options_for(Model::cascade);
  options.scenarios = {orders};
  const AssessReport report = assess(dossier, options);
  ASSERT_EQ(report.scenarios.size(), 1U);
  const ScenarioAssessment& found = report.scenarios[0];
  const std::size_t p1 = dossier.chain.resolve("p1")->index();
  EXPECT_EQ(found.losses.index_downstream, 0) << "as a supplier it works as before";
  EXPECT_EQ(found.losses.upstream[p1], 0.5);
  EXPECT_GT(found.losses.upstream[dossier.chain.resolve("c1")->index()], 0);
  EXPECT_EQ(found.shock_downstream, std::vector<double>(report.enterprises, 0.0));
  EXPECT_EQ(found.shock_upstream[p1], 0.5);
  EXPECT_EQ(found.shock, found.shock_upstream);
  options.propagation.model = Model::linear;
  try {
    static_cast<void>(assess(dossier, options));
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
  }
}

}  // namespace
