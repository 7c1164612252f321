// Mean losses, ranks and the groups that enterprises belong to, by hand.

#include <gtest/gtest.h>

#include "chainqual/impact/assess.hpp"
#include "unit/impact/dossiers.hpp"

namespace {

using namespace chainqual;
using namespace chainqual::dossiers;

TEST(Assess, RanksByTheMeanLossOfOneProblemByHand) {
  Dossier dossier = battery();
  dossier.problems = {problem("P1", {"c1"}), problem("P2", {"t1"}), problem("P3", {"c2"})};
  dossier.scores = {score("P1", "x", "3", "3", "3"), score("P2", "x", "3", "3", "3")};
  const AssessReport report = assess(dossier);
  ASSERT_FALSE(report.problems[2].shocks) << "ungraded: it is not averaged over";
  // Alone, P1 costs 0.5 0 0 0.375 0.375 0.1875 and P2 0 0 0.5 0 0 0.25.
  const double mean[] = {0.25, 0, 0.25, 0.1875, 0.1875, 0.21875};
  const double at_once[] = {0.5, 0, 0.5, 0.375, 0.375, 0.4375};
  for (std::size_t v = 0; v < 6; ++v) {
    EXPECT_EQ(report.enterprise_rows[v].mean_loss, mean[v]) << v;
    EXPECT_EQ(report.enterprise_rows[v].downstream, at_once[v]) << v;
  }
  const std::vector<std::uint32_t> ranks{1, 6, 2, 4, 5, 3};
  for (std::size_t v = 0; v < 6; ++v) EXPECT_EQ(report.enterprise_rows[v].rank, ranks[v]) << v;
  // By weight 3 and 1; tyres; packs; the plain mean of cars, which weigh nothing.
  const double of_segments[] = {3 * 0.25 / 4, 0.25, 0.1875, (0.1875 + 0.21875) / 2};
  const std::uint32_t segment_ranks[] = {4, 1, 3, 2};
  for (std::size_t s = 0; s < 4; ++s) {
    EXPECT_EQ(report.segments[s].mean_loss, of_segments[s]) << s;
    EXPECT_EQ(report.segments[s].rank, segment_ranks[s]) << "cells and packs lose the same: the heavier first";
  }
  EXPECT_EQ(report.segments[0].weight, 4);
  EXPECT_EQ(report.segments[0].loss.downstream, 3 * 0.5 / 4);
  EXPECT_EQ(report.stages[0].mean_loss, (3 * 0.25 + 2 * 0.25) / 6);
}

TEST(Assess, MeanLossLeavesNoLossOutAndGoesByTheMeasure) {
  Dossier dossier = battery();
  dossier.problems = {problem("P1", {"c1"}), problem("P2", {"v1"})};
  AssessOptions options;
  options.shock.ungraded = 0.03125;
  AssessReport report = assess(dossier, options);
  EXPECT_TRUE(report.problems[0].hit.empty()) << "every loss is below θ";
  EXPECT_EQ(report.enterprise_rows[0].mean_loss, 0.03125 / 2);
  EXPECT_EQ(report.enterprise_rows[3].mean_loss, 0.75 * 0.03125 / 2);
  EXPECT_EQ(report.enterprise_rows[4].mean_loss, (0.75 * 0.03125 + 0.03125) / 2);
  // Upstream, c1 loses what p1 does not buy of it: p1 sells 4 of 6 to v1.
  options.measure = LossKind::upstream;
  report = assess(dossier, options);
  EXPECT_DOUBLE_EQ(report.enterprise_rows[3].mean_loss, 4.0 / 6 * 0.03125 / 2);
  EXPECT_DOUBLE_EQ(report.enterprise_rows[0].mean_loss, (0.03125 + 4.0 / 6 * 0.03125) / 2);
  options.measure = LossKind::combined;
  report = assess(dossier, options);
  EXPECT_DOUBLE_EQ(report.enterprise_rows[3].mean_loss, (0.75 + 4.0 / 6) * 0.03125 / 2);
}

/// An integrator at home in boards that lists the final segment "systems" too, where nobody is at home.
Dossier integrator() {
  Dossier dossier;
  Chain& chain = dossier.chain;
  chain.add_segment({"chips", "芯片", "chips", Stage::upstream, "", {}, false, ""});
  chain.add_segment({"boards", "板卡", "boards", Stage::midstream, "", {}, false, ""});
  chain.add_segment({"systems", "整机集成", "systems", Stage::downstream, "", {}, true, ""});
  chain.add_enterprise(enterprise("maker", Stage::upstream, "chips", {"chip"}));
  Enterprise both = enterprise("both", Stage::midstream, "boards");
  both.segments = {"boards", "systems", "systems"};
  chain.add_enterprise(both);
  chain.add_link("maker", "both", link(1));
  return dossier;
}

TEST(Assess, AnEnterpriseIsAMemberOfEverySegmentThatItLists) {
  Dossier dossier = integrator();
  dossier.problems.push_back(problem("P1", {"maker"}, Grade::critical));
  AssessReport report = assess(dossier);
  EXPECT_EQ(report.segments[1].enterprises, 1U);
  EXPECT_EQ(report.segments[2].enterprises, 1U) << "once, however often it is listed";
  EXPECT_EQ(report.segments[2].mean_loss, 0.875);
  EXPECT_EQ(report.segments[2].loss.downstream, 0.875);
  const ProblemAssessment& found = report.problems[0];
  EXPECT_EQ(found.impact.final_products.downstream, 0.875);
  EXPECT_EQ(found.diffusion.final_products, 1U);
  EXPECT_EQ(found.diffusion.final_products_hit, 1U);
  EXPECT_EQ(found.diffusion.downstream_segments, 2U);
  EXPECT_EQ(found.diffusion.downstream_segments_hit, 2U);
}

TEST(Assess, AProblemOfASecondSegmentIsMeasuredAtTheMembersThatItShocks) {
  Dossier dossier = integrator();
  Problem made = problem("P1", {}, Grade::critical);
  made.stage = Stage::downstream;
  made.segments = {"systems"};
  dossier.problems.push_back(made);
  const AssessReport report = assess(dossier);
  EXPECT_EQ(report.enterprise_rows[1].problems, 1U);
  EXPECT_EQ(report.problems[0].impact.own_segment.downstream, 0.875);
  EXPECT_EQ(report.segments[2].problems, 1U);
  EXPECT_EQ(report.segments[2].shock, 0.875);
  EXPECT_EQ(report.segments[1].problems, 0U) << "its member is shocked, the problem sits elsewhere";
  EXPECT_EQ(report.problems[0].diffusion.downstream_segments, 0U);
}

TEST(Assess, AProblemOfAWholeStageSitsAtTheEnterprisesOfThatStage) {
  Dossier dossier = integrator();
  dossier.chain.add_enterprise(enterprise("shop", Stage::downstream, "systems"));
  dossier.problems.push_back(problem("P1", {}, Grade::critical));
  dossier.problems.back().stage = Stage::downstream;
  const AssessReport report = assess(dossier);
  EXPECT_EQ(report.enterprise_rows[1].problems, 0U) << "a midstream enterprise, though it lists a downstream segment";
  EXPECT_EQ(report.problems[0].impact.own_segment.downstream, 0.875);
  EXPECT_EQ(report.segments[2].mean_loss, 0.875 / 2);
}

}  // namespace
