#include "chainqual/impact/assess.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "chainqual/chain/network_of.hpp"
#include "unit/impact/dossiers.hpp"

namespace {

using namespace chainqual;
using namespace chainqual::dossiers;

template <class Call>
ErrorCode code_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().zh.empty());
    return error.code();
  }
  return ErrorCode::ok;
}

bool assumes(const AssessReport& report, const std::string& words) {
  return std::any_of(report.assumptions.begin(), report.assumptions.end(),
                     [&](const Text& text) { return text.en.find(words) != std::string::npos; });
}

TEST(Assess, GradesPropagatesAndTabulatesAChainByHand) {
  Dossier dossier = battery();
  dossier.problems.push_back(problem("P1", {"c1"}, Grade::important));
  dossier.scores.push_back(score("P1", "x", "3", "3", "3"));
  const AssessReport report = assess(dossier);
  const ProblemAssessment& found = report.problems.at(0);
  EXPECT_EQ(found.total, Rational(3));
  EXPECT_EQ(found.grade, Grade::important);
  EXPECT_FALSE(found.differs);
  EXPECT_EQ(found.magnitude_source, MagnitudeSource::scores);
  EXPECT_EQ(found.magnitude, 0.5);
  ASSERT_TRUE(found.shocks);
  // 0.5 at c1, 0.375 at p1 and v1, 0.1875 at v2; weights are what each supplies: 3, 1, 2, 6, 0, 0.
  EXPECT_EQ(report.losses.downstream, (std::vector<double>{0.5, 0, 0, 0.375, 0.375, 0.1875}));
  EXPECT_DOUBLE_EQ(found.impact.whole_chain.downstream, (3 * 0.5 + 6 * 0.375) / 12);
  EXPECT_DOUBLE_EQ(found.impact.own_segment.downstream, 3 * 0.5 / 4);
  EXPECT_DOUBLE_EQ(found.impact.final_products.downstream, (0.375 + 0.1875) / 2) << "plain mean: cars weigh nothing";
  EXPECT_DOUBLE_EQ(found.impact.downstream_segments.downstream, 0.375) << "packs and cars, by weight";
  EXPECT_EQ(found.diffusion.downstream_segments, 2U);
  EXPECT_EQ(found.diffusion.downstream_segments_hit, 2U);
  EXPECT_EQ(found.diffusion.final_products, 2U);
  EXPECT_EQ(found.diffusion.final_products_hit, 2U);
  EXPECT_EQ(found.diffusion.enterprises_hit, 4U);
  EXPECT_EQ(found.diffusion.other_enterprises_hit, 3U);
  EXPECT_EQ(found.diffusion.suggested, 5);
  EXPECT_EQ(found.diffusion.declared, Rational(3)) << "the experts' score stays as it is";
  EXPECT_EQ(found.links_documented, 2U);
  EXPECT_EQ(found.links_inferred, 1U);
  EXPECT_EQ(report.links_documented, 3U);
  EXPECT_EQ(report.links_inferred, 2U);
  ASSERT_EQ(found.hit.size(), 4U);
  EXPECT_EQ(found.hit[0].enterprise, EnterpriseId{0});
  EXPECT_EQ(report.enterprise_ranking.front(), EnterpriseId{0});
  EXPECT_EQ(report.enterprise_rows[3].mean_loss, 0.375) << "of one problem: its loss under that";
  EXPECT_EQ(report.enterprise_ranking[1], EnterpriseId{3}) << "equal loss: the heavier first";
  EXPECT_EQ(report.without_output, (std::vector<EnterpriseId>{EnterpriseId{4}, EnterpriseId{5}}));
  // c1 alone: its own 3 of 12, then 3/4 of p1's 6.
  ASSERT_TRUE(report.enterprise_rows[0].importance);
  EXPECT_DOUBLE_EQ(*report.enterprise_rows[0].importance, (3 + 0.75 * 6) / 12);
}

TEST(Assess, TablesAgreeWithTheLosses) {
  Dossier dossier = battery();
  dossier.problems.push_back(problem("P1", {"c1"}, Grade::critical));
  dossier.problems.back().segments = {"cells"};
  dossier.problems.back().products = {"cell"};
  const AssessReport report = assess(dossier);
  ASSERT_EQ(report.segments.size(), 4U);
  EXPECT_EQ(report.segments[0].problems, 1U);
  EXPECT_EQ(report.segments[3].enterprises, 2U);
  EXPECT_TRUE(report.segments[3].final_product);
  EXPECT_DOUBLE_EQ(report.segments[2].loss.downstream, report.losses.downstream[3]);
  EXPECT_EQ(report.segments[1].rank, 4U) << "tyres lose nothing";
  ASSERT_EQ(report.stages.size(), 3U);
  EXPECT_EQ(report.stages[0].key, "upstream");
  EXPECT_EQ(report.stages[0].enterprises, 3U);
  const auto sedan = std::find_if(report.products.begin(), report.products.end(),
                                  [](const GroupRow& row) { return row.key == "sedan"; });
  ASSERT_NE(sedan, report.products.end());
  EXPECT_TRUE(sedan->final_product);
  EXPECT_DOUBLE_EQ(sedan->loss.downstream, report.losses.downstream[4]);
  double shares = 0;
  for (const AspectRow& row : report.aspects) shares += row.share;
  EXPECT_NEAR(shares, 1, 1e-15);
}

TEST(Assess, StarsStandInForScoresAndTheReportSaysSo) {
  Dossier dossier = battery();
  dossier.problems.push_back(problem("one", {"c2"}, Grade::general));
  dossier.problems.push_back(problem("two", {"c2"}, Grade::important));
  dossier.problems.push_back(problem("three", {"c2"}, Grade::critical));
  AssessReport report = assess(dossier);
  EXPECT_EQ(report.problems[0].total, Rational(7, 4));
  EXPECT_EQ(report.problems[1].total, Rational(13, 4));
  EXPECT_EQ(report.problems[2].total, Rational(9, 2));
  EXPECT_EQ(report.problems[2].magnitude, 0.875);
  EXPECT_FALSE(report.problems[2].computed);
  EXPECT_TRUE(assumes(report, "3 problems not scored by experts: the shock follows from the middle"));
  AssessOptions lowest;
  lowest.stars = StarsTotal::lowest;
  report = assess(dossier, lowest);
  EXPECT_EQ(report.problems[0].magnitude, 0.0);
  EXPECT_FALSE(report.problems[0].shocks) << "the lowest total shocks nobody";
  EXPECT_EQ(report.problems[1].magnitude, 0.375);
  EXPECT_EQ(report.problem_ranking, (std::vector<std::size_t>{2, 1, 0}));
}

TEST(Assess, UngradedProblemsShockOnlyWhenAskedAndAreListed) {
  Dossier dossier = battery();
  dossier.problems.push_back(problem("P1", {"c1"}));
  AssessReport report = assess(dossier);
  EXPECT_EQ(report.ungraded, std::vector<std::string>{"P1"});
  EXPECT_EQ(report.without_shock, std::vector<std::string>{"P1"});
  EXPECT_FALSE(report.problems[0].why_not.zh.empty());
  EXPECT_EQ(report.problems[0].diffusion.suggested, 0) << "no shock, no evidence";
  EXPECT_EQ(report.losses.combined, std::vector<double>(6, 0.0));
  AssessOptions options;
  options.shock.ungraded = 0.25;
  report = assess(dossier, options);
  EXPECT_EQ(report.problems[0].magnitude_source, MagnitudeSource::option);
  EXPECT_EQ(report.shock[0], 0.25);
  EXPECT_EQ(report.ungraded, std::vector<std::string>{"P1"}) << "it still has no grade";
}

TEST(Assess, SolvedProblemsAreGradedButShockNobodyUnlessAsked) {
  Dossier dossier = battery();
  dossier.problems.push_back(problem("P1", {"c1"}, Grade::critical));
  dossier.problems.back().status = ProblemStatus::solved;
  EXPECT_FALSE(assess(dossier).problems[0].shocks);
  EXPECT_EQ(assess(dossier).problems[0].grade, Grade::critical);
  AssessOptions options;
  options.shock.include_solved = true;
  EXPECT_TRUE(assess(dossier, options).problems[0].shocks);
}

TEST(Assess, DeclaredAndComputedGradesStandSideBySide) {
  Dossier dossier = battery();
  dossier.problems.push_back(problem("P1", {"c1"}, Grade::general));
  dossier.scores.push_back(score("P1", "x", "5", "5", "5"));
  dossier.scores.push_back(score("P1", "y", "4", "4", "5"));
  const AssessReport report = assess(dossier);
  const ProblemAssessment& found = report.problems[0];
  EXPECT_TRUE(found.differs);
  EXPECT_EQ(found.declared, Grade::general);
  EXPECT_EQ(found.computed->grade, Grade::critical);
  EXPECT_EQ(found.computed->total, Rational::from_string("4.65"));
  EXPECT_EQ(found.experts, 2U);
  EXPECT_EQ(report.experts, 2U);
  ASSERT_TRUE(found.stability);
  EXPECT_EQ(found.stability->moves, 5U) << "urgency at 5 moves one way only";
  EXPECT_GT(*found.stability->kept_share, 0.99);
}

TEST(Assess, ProblemsOfASegmentSitAtAllOfItAndSeveralCombine) {
  Dossier dossier = battery();
  Problem of_segment = problem("P1", {}, Grade::important);
  of_segment.segments = {"cells"};
  dossier.problems.push_back(of_segment);
  of_segment.number = "P2";
  dossier.problems.push_back(of_segment);
  const AssessReport report = assess(dossier);
  const double magnitude = (3.25 - 1) / 4;
  EXPECT_EQ(report.problems[0].placed.size(), 2U);
  EXPECT_DOUBLE_EQ(report.shock[0], 1 - (1 - magnitude) * (1 - magnitude));
  EXPECT_EQ(report.enterprise_rows[0].problems, 2U);
  EXPECT_TRUE(assumes(report, "located at no named enterprise"));
}

TEST(Assess, AspectSharesSplitTheLossAndAreScaledToOne) {
  Dossier dossier = battery();
  dossier.problems.push_back(problem("P1", {"c1"}, Grade::critical));
  dossier.problems[0].aspect_shares[0] = Decimal::from_string("0.3");
  dossier.problems[0].aspect_shares[2] = Decimal::from_string("0.3");
  AssessReport report = assess(dossier);
  EXPECT_DOUBLE_EQ(report.problems[0].aspect_share[0], 0.5);
  EXPECT_EQ(report.problems[0].aspect_share[1], 0.0);
  EXPECT_DOUBLE_EQ(report.problems[0].aspect_loss[2].downstream, report.problems[0].impact.whole_chain.downstream / 2);
  EXPECT_TRUE(assumes(report, "whose aspect shares do not sum to 1"));
  dossier.problems[0].aspect_shares = {};
  report = assess(dossier);
  EXPECT_EQ(report.problems[0].aspect_share[4], 0.2);
  EXPECT_TRUE(assumes(report, "without aspect shares"));
}

TEST(Assess, MissingValuesAndUnmarkedFinalProductsAreAssumptionsThatTheReportLists) {
  Dossier dossier;
  dossier.chain.add_segment({"a", "甲", "", Stage::upstream, "", {}, false, ""});
  dossier.chain.add_segment({"b", "乙", "", Stage::midstream, "", {}, false, ""});
  dossier.chain.add_enterprise(enterprise("x", Stage::upstream, "a"));
  dossier.chain.add_enterprise(enterprise("y", Stage::midstream, "b"));
  Link bare;
  bare.evidence = Evidence::inferred;
  dossier.chain.add_link("x", "y", bare);
  dossier.problems.push_back(problem("P1", {"x"}, Grade::critical));
  const AssessReport report = assess(dossier);
  EXPECT_TRUE(assumes(report, "1 link has no value"));
  EXPECT_TRUE(assumes(report, "weigh the same"));
  EXPECT_TRUE(assumes(report, "No segment is marked"));
  EXPECT_TRUE(assumes(report, "1 are inferred and 0 documented"));
  EXPECT_EQ(report.enterprise_rows[1].weight, 1.0);
  EXPECT_EQ(report.problems[0].diffusion.final_products, 1U) << "the midstream segment's own name";
  for (const Text& text : report.assumptions) EXPECT_FALSE(text.zh.empty());
}

TEST(Assess, SuggestedDiffusionFollowsEachThreshold) {
  const DiffusionThresholds thresholds;
  const auto suggest = [&](double s, double p, double e, std::uint32_t others) {
    DiffusionEvidence evidence;
    evidence.segments_share = s;
    evidence.products_share = p;
    evidence.enterprises_share = e;
    evidence.other_enterprises_hit = others;
    return suggest_diffusion(evidence, thresholds);
  };
  EXPECT_EQ(suggest(0.5, 0, 0, 9), 5);
  EXPECT_EQ(suggest(0, 0, 0.3, 0), 5);
  EXPECT_EQ(suggest(0.49, 0, 0.29, 9), 4);
  EXPECT_EQ(suggest(0.25, 0, 0, 9), 4);
  EXPECT_EQ(suggest(0, 0.5, 0, 0), 4);
  EXPECT_EQ(suggest(0.24, 0.49, 0.1, 9), 3);
  EXPECT_EQ(suggest(0.24, 0, 0.1, 9), 2);
  EXPECT_EQ(suggest(0, 0.49, 0.1, 1), 2);
  EXPECT_EQ(suggest(0, 0.1, 0.1, 0), 1);
  EXPECT_EQ(suggest(0, 0, 0, 0), 1);
}

TEST(Assess, MeasureDecidesWhichLossCounts) {
  Dossier dossier = battery();
  dossier.problems.push_back(problem("P1", {"v1"}, Grade::critical));
  AssessReport report = assess(dossier);
  EXPECT_EQ(report.problems[0].diffusion.other_enterprises_hit, 0U) << "nobody is downstream of a car maker";
  EXPECT_GT(report.losses.upstream[3], 0.05);
  AssessOptions options;
  options.measure = LossKind::upstream;
  report = assess(dossier, options);
  EXPECT_GT(report.problems[0].diffusion.other_enterprises_hit, 0U);
  options.measure = LossKind::combined;
  EXPECT_EQ(assess(dossier, options).problems[0].diffusion.other_enterprises_hit,
            report.problems[0].diffusion.other_enterprises_hit);
}

TEST(Assess, SameReportForAnyNumberOfThreads) {
  Dossier dossier = battery();
  for (int k = 0; k < 70; ++k) {  // more than run side by side before their losses are summed
    dossier.problems.push_back(problem("P" + std::to_string(k), {k % 2 ? "c1" : "t1"}));
    dossier.scores.push_back(score(dossier.problems.back().number, "x", "3", "2", "1"));
    dossier.scores.back().impact = Decimal(11 + k % 39, 1);
  }
  const AssessReport first = assess(dossier);
  for (const unsigned threads : {1U, 2U, 7U}) {
    ThreadPool pool(threads);
    Control control;
    control.executor = &pool;
    const AssessReport report = assess(dossier, {}, control);
    EXPECT_EQ(report.losses.combined, first.losses.combined);
    EXPECT_EQ(report.problem_ranking, first.problem_ranking);
    EXPECT_EQ(report.enterprise_ranking, first.enterprise_ranking);
    for (std::size_t v = 0; v < report.enterprise_rows.size(); ++v) {
      EXPECT_EQ(report.enterprise_rows[v].mean_loss, first.enterprise_rows[v].mean_loss);
    }
    for (std::size_t k = 0; k < report.problems.size(); ++k) {
      EXPECT_EQ(report.problems[k].impact.whole_chain, first.problems[k].impact.whole_chain);
    }
  }
}

TEST(Assess, EmptyChainAndChainWithoutProblemsAreFine) {
  const AssessReport empty = assess(Dossier{});
  EXPECT_EQ(empty.enterprises, 0U);
  EXPECT_TRUE(empty.problems.empty() && empty.enterprise_rows.empty());
  const AssessReport quiet = assess(battery());
  EXPECT_EQ(quiet.losses.combined, std::vector<double>(6, 0.0));
  EXPECT_EQ(quiet.aspects[0].share, 0.0);
  EXPECT_EQ(quiet.enterprise_rows[0].mean_loss, 0.0);
  EXPECT_EQ(quiet.enterprise_ranking[0], EnterpriseId{3}) << "nobody loses: the heaviest first";
}

TEST(AssessBadInput, NamesThatNoTableHoldsAreErrors) {
  Dossier dossier = battery();
  dossier.problems.push_back(problem("P1", {"nobody"}, Grade::critical));
  EXPECT_EQ(code_of([&] { static_cast<void>(assess(dossier)); }), ErrorCode::unknown_reference);
  dossier.problems[0].enterprises = {"c1"};
  dossier.scores.push_back(score("P9", "x", "3", "3", "3"));
  EXPECT_EQ(code_of([&] { static_cast<void>(assess(dossier)); }), ErrorCode::unknown_reference);
}

TEST(AssessBadInput, RepeatsAndValuesOutOfTheirDomainAreErrors) {
  Dossier dossier = battery();
  dossier.problems = {problem("P1", {"c1"}), problem("P1", {"c2"})};
  EXPECT_EQ(code_of([&] { static_cast<void>(assess(dossier)); }), ErrorCode::duplicate);
  dossier.problems.pop_back();
  dossier.scores = {score("P1", "x", "3", "3", "3"), score("P1", "x", "3", "3", "3")};
  EXPECT_EQ(code_of([&] { static_cast<void>(assess(dossier)); }), ErrorCode::duplicate);
  dossier.scores = {score("P1", "x", "6", "3", "3")};
  EXPECT_EQ(code_of([&] { static_cast<void>(assess(dossier)); }), ErrorCode::invalid_value);
  dossier.scores.clear();
  dossier.problems[0].aspect_shares[1] = Decimal::from_string("1.5");
  EXPECT_EQ(code_of([&] { static_cast<void>(assess(dossier)); }), ErrorCode::invalid_value);
}

TEST(AssessBadInput, OptionsOutOfTheirDomainAreRefused) {
  std::vector<AssessOptions> wrong(5);
  wrong[0].diffusion.least_loss = 0;
  wrong[1].diffusion.products_major = 1.5;
  wrong[2].diffusion.segments_major = 0.9;
  wrong[3].propagation.linear.capped = false;
  wrong[4].shock.lowest_total = 9;
  for (const auto& options : wrong) {
    EXPECT_EQ(code_of([&] { static_cast<void>(assess(battery(), options)); }), ErrorCode::invalid_argument);
  }
}

TEST(Assess, LossesOfAllProblemsAtOnceAreTheWholeResultOfLinear) {
  Dossier dossier = battery();
  dossier.problems.push_back(problem("P1", {"c1"}, Grade::critical));
  dossier.problems.push_back(problem("P2", {"v1"}, Grade::important));
  const AssessReport report = assess(dossier);
  const LinearResult direct = linear(network_of(dossier.chain), report.shock, AssessOptions{}.propagation.linear);
  EXPECT_EQ(report.losses.combined, direct.combined);
  EXPECT_EQ(report.losses.index, direct.index);
  EXPECT_EQ(report.losses.index_downstream, direct.index_downstream);
  EXPECT_EQ(report.losses.index_upstream, direct.index_upstream);
  EXPECT_GT(report.losses.index, 0);
  EXPECT_EQ(report.losses.steps, direct.steps);
  EXPECT_EQ(report.losses.converged, direct.converged);
}

TEST(Assess, CancelStopsIt) {
  Dossier dossier = battery();
  dossier.problems.push_back(problem("P1", {"c1"}, Grade::critical));
  CancelToken token;
  token.cancel();
  Control control;
  control.cancel = &token;
  EXPECT_EQ(code_of([&] { static_cast<void>(assess(dossier, {}, control)); }), ErrorCode::cancelled);
}

}  // namespace
