#include "chainqual/severity/panel.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "chainqual/severity/severity_model.hpp"

namespace {

using namespace chainqual;

Rational trimmed(std::vector<Rational> values, Rational trim) {
  return consensus_of(values, {Consensus::trimmed_mean, trim});
}

TEST(Consensus, MeanIsTheExactFraction) {
  EXPECT_EQ(consensus_of(std::vector<Rational>{3, 4, 4}), Rational(11, 3));
  EXPECT_EQ(consensus_of(std::vector<Rational>{Rational(395, 100)}), Rational(79, 20));
}

TEST(Consensus, MedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo) {
  const PanelRule rule{Consensus::median};
  EXPECT_EQ(consensus_of(std::vector<Rational>{5, 1, 2}, rule), 2);
  EXPECT_EQ(consensus_of(std::vector<Rational>{5, 1, 2, 4}, rule), 3);
  EXPECT_EQ(consensus_of(std::vector<Rational>{5, 2}, rule), Rational(7, 2));
  EXPECT_EQ(consensus_of(std::vector<Rational>{4}, rule), 4);
}

TEST(Consensus, TrimmedMeanLeavesOutWholeScoresAtBothEnds) {
  EXPECT_EQ(trimmed({1, 4, 4, 4, 5}, Rational(1, 5)), 4);
  EXPECT_EQ(trimmed({1, 4, 5, 5}, Rational(1, 5)), Rational(15, 4)) << "a fifth of four is no whole score";
  EXPECT_EQ(trimmed({1, 2, 3, 4, 5}, Rational(2, 5)), 3);
  EXPECT_EQ(trimmed({1, 2, 4, 4, 5}, 0), Rational(16, 5));
  EXPECT_EQ(trimmed({1, 5}, Rational(49, 100)), 3);
}

TEST(Consensus, RefusesWhatItCannotTrimAndAnEmptyPanel) {
  for (const Rational& trim : {Rational(1, 2), Rational(-1, 10), Rational(2)}) {
    EXPECT_THROW(static_cast<void>(trimmed({3, 4}, trim)), Error);
  }
  EXPECT_THROW(static_cast<void>(consensus_of({})), Error);
}

TEST(Panel, ScoresEveryProblemByDimensionInOrderOfFirstOccurrence) {
  const std::vector<ExpertScore> rows{
      {"Q2", "Li", {5, 4, 3}}, {"Q1", "Li", {1, 1, 1}}, {"Q2", "Wang", {4, 4, 4}}, {"Q2", "Zhao", {5, 3, 3}}};
  const auto panels = panel_scores(rows);
  ASSERT_EQ(panels.size(), 2U);
  EXPECT_EQ(panels[0].problem, "Q2");
  EXPECT_EQ(panels[0].experts, 3U);
  EXPECT_EQ(panels[0].score, (Score{Rational(14, 3), Rational(11, 3), Rational(10, 3)}));
  EXPECT_EQ(panels[1], (PanelScore{"Q1", Score{1, 1, 1}, 1}));
}

TEST(Panel, MeanOf395IsTwoStarsExactlyAndThreeWhereRoundedFirst) {
  std::vector<ExpertScore> rows;
  for (int i = 0; i < 20; ++i) rows.push_back({"Q", std::to_string(i), {4, 4, 4}});
  rows[0].score = {3, 3, 3};
  const auto score = panel_scores(rows)[0].score;
  ASSERT_TRUE(score.has_value());
  EXPECT_EQ(SeverityModel().grade(*score), (Severity{Rational(395, 100), Grade::important}));
  EXPECT_EQ(SeverityModel({}, {}, Rounding::tenth).grade(*score).grade, Grade::critical);
}

TEST(Panel, OfOneExpertIsThatExpertsScoreWithUndefinedAgreement) {
  const std::vector<ExpertScore> rows{{"Q1", "Li", {5, 4, 3}}, {"Q2", "Li", {2, 3, 3}}};
  EXPECT_EQ(panel_scores(rows)[0].score, (Score{5, 4, 3}));
  for (const auto& agreement : panel_agreement(rows)) {
    EXPECT_FALSE(agreement.concordance || agreement.alpha_ordinal || agreement.alpha_interval);
  }
}

TEST(Panel, WithoutAnyScoreLeavesTheProblemUngraded) {
  const std::vector<ExpertScore> rows{{"Q1", "Li", {}}, {"Q1", "Wang", {}}, {"Q2", "Li", {4, 4, 4}}};
  const auto panels = panel_scores(rows);
  EXPECT_EQ(panels[0], (PanelScore{"Q1", std::nullopt, 0}));
  EXPECT_EQ(panels[1].experts, 1U);
  EXPECT_TRUE(panel_scores({}).empty());
}

TEST(Panel, AgreementIsFullWhereExpertsSayTheSame) {
  std::vector<ExpertScore> rows;
  for (const char* expert : {"Li", "Wang", "Zhao"}) {
    rows.push_back({"Q1", expert, {5, 1, 3}});
    rows.push_back({"Q2", expert, {3, 2, 3}});
    rows.push_back({"Q3", expert, {1, 5, 3}});
  }
  rows.push_back({"Q4", "Li", {}});
  const auto agreement = panel_agreement(rows);
  for (const std::size_t i : {0U, 1U}) {
    ASSERT_TRUE(agreement[i].concordance && agreement[i].alpha_ordinal && agreement[i].alpha_interval);
    EXPECT_DOUBLE_EQ(agreement[i].concordance->w, 1);
    EXPECT_DOUBLE_EQ(*agreement[i].alpha_ordinal, 1);
    EXPECT_DOUBLE_EQ(*agreement[i].alpha_interval, 1);
  }
  EXPECT_FALSE(agreement[2].concordance || agreement[2].alpha_ordinal) << "no variation: undefined";
}

TEST(Panel, AMissingScoreLeavesOnlyAlpha) {
  const std::vector<ExpertScore> rows{{"Q1", "Li", {5, 5, 5}},
                                      {"Q2", "Li", {1, 1, 1}},
                                      {"Q1", "Wang", {5, 4, 5}},
                                      {"Q2", "Wang", {}},
                                      {"Q2", "Zhao", {1, 2, 1}}};
  const auto agreement = panel_agreement(rows);
  EXPECT_FALSE(agreement[0].concordance);
  ASSERT_TRUE(agreement[0].alpha_interval);
  EXPECT_DOUBLE_EQ(*agreement[0].alpha_interval, 1);
}

}  // namespace
