#include "chainqual/impact/propagate.hpp"

#include <gtest/gtest.h>

#include "chainqual/impact/explain_models.hpp"
#include "unit/impact/networks.hpp"

namespace {

using namespace chainqual;
using impact_test::network;
using impact_test::Table;

/// 0 → 1 → 2 → 3 and 0 → 2.
Network line_with_a_bypass() {
  return network(Table(4).link(0, 1, 2, 0.8F).link(1, 2, 3, 0.5F).link(0, 2, 1, 0.3F).link(2, 3, 4, 0.9F));
}

void expect_same(const Propagation& run, const Propagation& own) {
  EXPECT_EQ(run.downstream, own.downstream);
  EXPECT_EQ(run.upstream, own.upstream);
  EXPECT_EQ(run.combined, own.combined);
  EXPECT_EQ(run.index, own.index);
  EXPECT_EQ(run.index_downstream, own.index_downstream);
  EXPECT_EQ(run.index_upstream, own.index_upstream);
  EXPECT_EQ(run.steps, own.steps);
  EXPECT_EQ(run.last_change, own.last_change);
  EXPECT_EQ(run.converged, own.converged);
  EXPECT_GT(run.index, 0);
}

TEST(Propagate, GivesWhatTheModelItselfGives) {
  const Network net = line_with_a_bypass();
  const PlacedScenario scenario = lasting({0.6, 0, 0, 0});
  ModelOptions options;
  options.linear.capped = false;
  options.cascade.tolerance = cascade_tight_tolerance;
  options.contagion.runs = 640;
  options.distress.variant = DistressVariant::once;
  options.dynamics.days = 40;
  options.inoperability.days = 50;
  const auto run = [&](Model model) {
    options.model = model;
    return propagate(net, scenario, options);
  };
  expect_same(run(Model::linear), linear(net, scenario.shock, options.linear));
  expect_same(run(Model::cascade), cascade(net, scenario.shock, options.cascade));
  expect_same(run(Model::contagion), contagion(net, std::span<const double>(scenario.shock), options.contagion));
  expect_same(run(Model::distress), distress(net, scenario.shock, options.distress));
  expect_same(run(Model::dynamics), dynamics(net, scenario.disruptions, options.dynamics));
  expect_same(run(Model::inoperability), inoperability(net, scenario.disruptions, options.inoperability));
}

PlacedScenario directed() {
  PlacedScenario scenario = lasting({0.6, 0, 0.25, 0});
  scenario.shock_downstream = {0.6, 0, 0, 0};
  scenario.shock_upstream = {0, 0, 0.25, 0};
  return scenario;
}

TEST(Propagate, TheCascadeTakesShocksThatDifferByDirection) {
  const Network net = line_with_a_bypass();
  const PlacedScenario scenario = directed();
  ModelOptions options;
  options.model = Model::cascade;
  const auto own = cascade(net, DirectedShock{scenario.shock_downstream, scenario.shock_upstream}, options.cascade);
  expect_same(propagate(net, scenario, options), own);
  EXPECT_EQ(own.downstream[2], 0.6) << "0's, and none of its own as a supplier";
  EXPECT_EQ(own.upstream[3], 0);
  const Why found = why(net, scenario, EnterpriseId{2}, options);
  EXPECT_EQ(found.loss, own.downstream[2]);
  ASSERT_EQ(found.sources.size(), 1U);
  EXPECT_EQ(found.sources[0].source, EnterpriseId{0});
}

TEST(PropagateBadInput, ModelsThatKnowNoDirectionRefuseShocksThatDifferByIt) {
  const Network net = line_with_a_bypass();
  ModelOptions options;
  for (const auto& model : Names<Model>::table) {
    if (model.value == Model::cascade) continue;
    SCOPED_TRACE(std::string(model.en));
    options.model = model.value;
    for (const bool explains : {false, true}) {
      try {
        if (explains) {
          static_cast<void>(why(net, directed(), EnterpriseId{2}, options));
        } else {
          static_cast<void>(propagate(net, directed(), options));
        }
        ADD_FAILURE() << "no error";
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
        EXPECT_NE(error.message().en.find("Use the cascade"), std::string::npos);
        EXPECT_NE(error.message().zh.find("cascade"), std::string::npos);
      }
    }
  }
}

TEST(Propagate, TellsTheDaysOfModelsThatHaveDays) {
  const Network net = line_with_a_bypass();
  const PlacedScenario scenario = lasting({1, 0, 0, 0});
  ModelOptions options;
  options.dynamics.days = 40;
  options.inoperability.days = 50;
  for (const auto& [model, days] : {std::pair{Model::linear, 0U}, std::pair{Model::cascade, 0U},
                                    std::pair{Model::dynamics, 40U}, std::pair{Model::inoperability, 50U}}) {
    options.model = model;
    const auto daily = propagate(net, scenario, options).daily;
    ASSERT_EQ(daily.size(), days);
    if (days == 0) continue;
    EXPECT_LT(daily.back(), daily.front());
    for (const double level : daily) EXPECT_TRUE(level >= 0 && level <= 1);
  }
}

TEST(Propagate, PassesOnTheNotesOfCascadeAndDistress) {
  const Network circle =
      network(Table(3).link(0, 1, 1, 1.0F).link(0, 2, 1, 1.0F).link(1, 0, 1, 1.0F).link(2, 0, 1, 1.0F));
  const PlacedScenario scenario = lasting({0, 0.3, 0});
  ModelOptions options;
  options.model = Model::cascade;
  EXPECT_EQ(propagate(circle, scenario, options).notes.size(), 1U);
  options.model = Model::distress;
  EXPECT_EQ(propagate(circle, scenario, options).notes, distress(circle, scenario.shock).notes);
}

TEST(Propagate, ALastingShockHitsFromTheFirstDayAndNeverHeals) {
  const PlacedScenario scenario = lasting({0, 0.25, 0});
  ASSERT_EQ(scenario.disruptions.size(), 1U);
  EXPECT_EQ(scenario.disruptions[0], (Disruption{EnterpriseId{1}, 0.25, 0, Disruption::permanent, {}}));
  EXPECT_EQ(scenario.shock, (std::vector{0.0, 0.25, 0.0}));
}

}  // namespace
