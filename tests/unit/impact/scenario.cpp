// Where scenarios fall on a chain.

#include "chainqual/impact/place.hpp"

#include <gtest/gtest.h>

#include "unit/impact/dossiers.hpp"

namespace {

using namespace chainqual;

Scenario of(TargetKind kind, const std::string& target, std::optional<double> magnitude = {}) {
  Scenario scenario;
  ScenarioShock shock;
  shock.kind = kind;
  shock.target = target;
  shock.magnitude = magnitude;
  scenario.shocks.push_back(shock);
  return scenario;
}

std::vector<double> shock_of(const Dossier& dossier, const Scenario& scenario) {
  return place(dossier, scenario).shock;
}

Error error_of(const Dossier& dossier, const Scenario& scenario) {
  try {
    static_cast<void>(place(dossier, scenario));
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error";
  return Error(ErrorCode::ok, {});
}

using Losses = std::vector<double>;  // c1 c2 t1 p1 v1 v2

TEST(Scenario, EveryKindOfTargetFindsItsEnterprises) {
  Dossier dossier = dossiers::battery();
  Enterprise moved = dossier.chain.enterprise(EnterpriseId{1});
  moved.region = "120000";
  dossier.chain.replace_enterprise(EnterpriseId{1}, moved);
  EXPECT_EQ(shock_of(dossier, of(TargetKind::enterprise, "p1", 0.25)), (Losses{0, 0, 0, 0.25, 0, 0}));
  EXPECT_EQ(shock_of(dossier, of(TargetKind::enterprise, "p1")), (Losses{0, 0, 0, 1, 0, 0}));
  EXPECT_EQ(shock_of(dossier, of(TargetKind::product, "cell", 0.5)), (Losses{0.5, 0.5, 0, 0, 0, 0}));
  EXPECT_EQ(shock_of(dossier, of(TargetKind::segment, "cars", 0.5)), (Losses{0, 0, 0, 0, 0.5, 0.5}));
  EXPECT_EQ(shock_of(dossier, of(TargetKind::segment, "轮胎", 0.5)), (Losses{0, 0, 0.5, 0, 0, 0}));
  EXPECT_EQ(shock_of(dossier, of(TargetKind::stage, "上游", 0.5)), (Losses{0.5, 0.5, 0.5, 0, 0, 0}));
  EXPECT_EQ(shock_of(dossier, of(TargetKind::region, "天津", 0.5)), (Losses{0, 0.5, 0, 0, 0, 0}));
}

TEST(Scenario, ASectorIsTheIndustryOfTheHomeSegment) {
  Dossier dossier = dossiers::battery();
  dossier.chain.add_segment({"trailers", "挂车", "trailers", Stage::downstream, "vehicles", {}, false, ""});
  dossier.chain.add_enterprise(dossiers::enterprise("x1", Stage::downstream, "trailers"));
  EXPECT_EQ(shock_of(dossier, of(TargetKind::sector, "vehicles", 0.5)), (Losses{0, 0, 0, 0, 0, 0, 0.5}));
}

TEST(Scenario, ALinkThatFailsIsItsShareOfTheCustomersInputs) {
  Scenario scenario = of(TargetKind::link, "c1", 0.8);
  scenario.shocks[0].customer = "p1";
  const auto shock = shock_of(dossiers::battery(), scenario);
  EXPECT_NEAR(shock[3], 0.8 * 0.75, 1e-12);
  EXPECT_EQ(shock[0], 0);
}

TEST(Scenario, AProblemHasTheMagnitudeOfItsGradeUnlessGiven) {
  Dossier dossier = dossiers::battery();
  dossier.problems.push_back(dossiers::problem("Q1", {"p1"}, Grade::critical));
  dossier.problems.push_back(dossiers::problem("Q2", {"p1"}));
  dossier.scores.push_back(dossiers::score("Q1", "a", "5", "4", "4"));
  EXPECT_NEAR(shock_of(dossier, of(TargetKind::problem, "Q1"))[3], (4.4 - 1) / 4, 1e-12);
  EXPECT_EQ(shock_of(dossier, of(TargetKind::problem, "Q1", 0.125))[3], 0.125);
  EXPECT_EQ(shock_of(dossier, of(TargetKind::problem, "Q2", 0.125))[3], 0.125);
  EXPECT_EQ(error_of(dossier, of(TargetKind::problem, "Q2")).code(), ErrorCode::missing_value);
}

TEST(Scenario, ShocksAtOneEnterpriseCombineAndDisruptionsKeepTheirDays) {
  Scenario scenario = of(TargetKind::enterprise, "c1", 0.5);
  scenario.shocks.push_back(of(TargetKind::product, "cell", 0.5).shocks[0]);
  scenario.shocks[1].start = 7;
  scenario.shocks[1].duration = 3;
  scenario.shocks[1].recovery = {RecoveryKind::linear, 10, {}};
  const auto placed = place(dossiers::battery(), scenario);
  EXPECT_EQ(placed.shock, (Losses{0.75, 0.5, 0, 0, 0, 0}));
  ASSERT_EQ(placed.disruptions.size(), 3U);
  EXPECT_EQ(placed.disruptions[0], (Disruption{EnterpriseId{0}, 0.5, 0, 1, {}}));
  EXPECT_EQ(placed.disruptions[2], (Disruption{EnterpriseId{1}, 0.5, 7, 3, {RecoveryKind::linear, 10, {}}}));
}

TEST(Scenario, ShocksThatDifferByDirectionArePlacedOnceForEach) {
  Scenario scenario = of(TargetKind::product, "cell", 0.25);
  scenario.shocks[0].magnitude_downstream = 0.75;
  scenario.shocks.push_back(of(TargetKind::enterprise, "c1").shocks[0]);
  scenario.shocks[1].magnitude_upstream = 0.5;
  scenario.shocks.push_back(of(TargetKind::enterprise, "v1", 0.125).shocks[0]);
  const auto placed = place(dossiers::battery(), scenario);
  ASSERT_TRUE(placed.directed());
  EXPECT_EQ(placed.shock_downstream, (Losses{0.75, 0.75, 0, 0, 0.125, 0}));
  EXPECT_EQ(placed.shock_upstream, (Losses{1 - 0.75 * 0.5, 0.25, 0, 0, 0.125, 0})) << "no magnitude: 0 as a supplier";
  EXPECT_EQ(placed.shock, (Losses{0.75, 0.75, 0, 0, 0.125, 0})) << "the larger of the two";
  ASSERT_EQ(placed.disruptions.size(), 4U);
  EXPECT_EQ(placed.disruptions[2], (Disruption{EnterpriseId{0}, 0.5, 0, 1, {}}));
  EXPECT_FALSE(place(dossiers::battery(), of(TargetKind::product, "cell", 0.25)).directed());
}

TEST(Scenario, ALinkAndAProblemThatDifferByDirectionKeepTheirWeights) {
  Scenario scenario = of(TargetKind::link, "c1");
  scenario.shocks[0].customer = "p1";
  scenario.shocks[0].magnitude_downstream = 0.5;
  Scenario whole = of(TargetKind::link, "c1", 0.5);
  whole.shocks[0].customer = "p1";
  const auto placed = place(dossiers::battery(), scenario);
  EXPECT_EQ(placed.shock_downstream, shock_of(dossiers::battery(), whole));
  EXPECT_EQ(placed.shock_upstream, Losses(6, 0.0));
}

TEST(ScenarioBadInput, ADirectionOutOfItsDomainIsToldOnce) {
  for (const auto wrong : {&ScenarioShock::magnitude_downstream, &ScenarioShock::magnitude_upstream}) {
    Scenario scenario = of(TargetKind::product, "cell");
    scenario.shocks[0].*wrong = 1.25;
    const Error error = error_of(dossiers::battery(), scenario);
    ASSERT_EQ(error.findings().count(FindingLevel::error), 1U);
    EXPECT_NE(to_string(error.findings().kept()[0], Language::en).find("1.25"), std::string::npos);
    scenario.shocks[0].target = "cel";
    scenario.shocks[0].*wrong = 0.25;
    EXPECT_EQ(error_of(dossiers::battery(), scenario).findings().count(FindingLevel::error), 1U);
  }
}

TEST(ScenarioBadInput, EveryUnknownNameIsToldAtOnceWithTheNearest) {
  Scenario scenario = of(TargetKind::enterprise, "c11");
  scenario.shocks.push_back(of(TargetKind::product, "cel").shocks[0]);
  scenario.shocks.push_back(of(TargetKind::segment, "pack").shocks[0]);
  scenario.shocks.push_back(of(TargetKind::region, "Tianjn").shocks[0]);
  scenario.shocks.push_back(of(TargetKind::stage, "side").shocks[0]);
  scenario.shocks.push_back(of(TargetKind::problem, "Q1").shocks[0]);
  scenario.shocks.push_back(of(TargetKind::sector, "").shocks[0]);
  scenario.shocks.push_back(of(TargetKind::enterprise, "v1", 1.5).shocks[0]);
  const Error error = error_of(dossiers::battery(), scenario);
  ASSERT_EQ(error.findings().count(FindingLevel::error), 8U);
  const auto& found = error.findings().kept();
  EXPECT_EQ(to_string(found[0], Language::en),
            "value «c11»: the chain holds no such enterprise. Fix: did you mean «c1»?");
  EXPECT_NE(found[1].fix.en.find("«cell»"), std::string::npos);
  EXPECT_NE(found[2].fix.en.find("«packs»"), std::string::npos);
  EXPECT_NE(found[3].fix.en.find("Tianjin"), std::string::npos);
  EXPECT_EQ(found[7].code, ErrorCode::invalid_value);
}

TEST(ScenarioBadInput, LinksThatAreNoneEmptyScenariosAndNoDaysAreRefused) {
  Scenario scenario = of(TargetKind::link, "p1", 0.8);
  scenario.shocks[0].customer = "c1";
  EXPECT_EQ(error_of(dossiers::battery(), scenario).code(), ErrorCode::unknown_reference);
  EXPECT_EQ(error_of(dossiers::battery(), {}).code(), ErrorCode::missing_value);
  scenario = of(TargetKind::enterprise, "p1");
  scenario.shocks[0].duration = 0;
  EXPECT_EQ(error_of(dossiers::battery(), scenario).code(), ErrorCode::invalid_value);
  EXPECT_EQ(error_of(dossiers::battery(), of(TargetKind::region, "北京")).code(), ErrorCode::unknown_reference);
}

}  // namespace
