#include "chainqual/severity/stability.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <vector>

namespace {

using namespace chainqual;

Control on(Executor& executor) {
  Control control;
  control.executor = &executor;
  return control;
}

TEST(ScoreFlips, AreTheMovesThatChangeTheGrade) {
  const auto flips = score_flips(SeverityModel(), {4, 4, 4});
  ASSERT_EQ(flips.size(), 3U) << "4.0 is just three stars: any step down loses one";
  EXPECT_EQ(flips[0], (Flip{Dimension::impact, 4, 3, {Rational(36, 10), Grade::important}}));
  EXPECT_EQ(flips[1], (Flip{Dimension::diffusion, 4, 3, {Rational(37, 10), Grade::important}}));
  EXPECT_EQ(flips[2], (Flip{Dimension::urgency, 4, 3, {Rational(37, 10), Grade::important}}));
}

TEST(ScoreFlips, NeverLeaveOneToFive) {
  EXPECT_TRUE(score_flips(SeverityModel(), {5, 5, 5}).empty());
  EXPECT_TRUE(score_flips(SeverityModel(), {1, 1, 1}).empty());
  const auto flips = score_flips(SeverityModel({1, 0, 0}), {Rational(39, 10), Rational(9, 2), 1});
  ASSERT_EQ(flips.size(), 1U);
  EXPECT_EQ(flips[0].to, Rational(49, 10));
  const auto cut = score_flips(SeverityModel({1, 0, 0}, {Rational(24, 5), 2}), {Rational(9, 2), 1, 1});
  ASSERT_EQ(cut.size(), 1U);
  EXPECT_EQ(cut[0].to, 5) << "4.5 + 1 is cut at 5";
}

TEST(ScoreFlips, FollowTheModelsRounding) {
  const Score score{Rational(7, 2), Rational(9, 2), 4};  // 3.95
  const auto up = [&](Rounding rounding) {
    int gained = 0;
    for (const auto& flip : score_flips(SeverityModel({}, {}, rounding), score)) gained += flip.to > flip.from;
    return gained;
  };
  EXPECT_EQ(up(Rounding::exact), 3);
  EXPECT_EQ(up(Rounding::tenth), 0) << "already three stars";
}

TEST(DrawnWeights, AreWholeMillionthsWithAnExactSum) {
  const Weights weights;
  for (const double concentration : {0.01, 1.0, 100.0, 1e9}) {
    for (std::uint64_t draw = 0; draw < 500; ++draw) {
      const auto drawn = draw_weights(weights, {1, concentration, 7}, draw);
      EXPECT_EQ(drawn[0] + drawn[1] + drawn[2], 1'000'000U);
    }
  }
}

TEST(DrawnWeights, KeepAWeightOfZeroAtZero) {
  for (std::uint64_t draw = 0; draw < 200; ++draw) {
    const auto drawn = draw_weights({Rational(1, 2), 0, Rational(1, 2)}, {1, 5.0, 3}, draw);
    EXPECT_EQ(drawn[1], 0U);
    EXPECT_EQ(drawn[0] + drawn[2], 1'000'000U);
  }
  EXPECT_EQ(draw_weights({1, 0, 0}, {}, 0), (MillionthWeights{1'000'000, 0, 0}));
}

TEST(DrawnWeights, DependOnSeedAndDrawAlone) {
  const Weights weights;
  EXPECT_EQ(draw_weights(weights, {10, 100, 1}, 5), draw_weights(weights, {99, 100, 1}, 5));
  EXPECT_NE(draw_weights(weights, {10, 100, 1}, 5), draw_weights(weights, {10, 100, 2}, 5));
  EXPECT_NE(draw_weights(weights, {10, 100, 1}, 5), draw_weights(weights, {10, 100, 1}, 6));
}

/// Mean and variance of a Dirichlet weight w are w and w (1 − w) / (concentration + 1).
TEST(DrawnWeights, ScatterAboutTheModelsAsTheDirichletSays) {
  constexpr int draws = 20'000;
  constexpr double concentration = 50;
  const std::array<double, 3> centre{0.4, 0.3, 0.3};
  std::array<double, 3> sum{};
  std::array<double, 3> squares{};
  for (int draw = 0; draw < draws; ++draw) {
    const auto drawn = draw_weights({}, {draws, concentration, 11}, static_cast<std::uint64_t>(draw));
    for (std::size_t i = 0; i < 3; ++i) {
      const double share = drawn[i] / 1e6;
      sum[i] += share;
      squares[i] += share * share;
    }
  }
  for (std::size_t i = 0; i < 3; ++i) {
    const double mean = sum[i] / draws;
    const double variance = squares[i] / draws - mean * mean;
    const double expected = centre[i] * (1 - centre[i]) / (concentration + 1);
    EXPECT_NEAR(mean, centre[i], 5 * std::sqrt(expected / draws));
    EXPECT_NEAR(variance, expected, 0.05 * expected);
  }
}

TEST(LargestRemainder, GivesEveryMillionthOnce) {
  EXPECT_EQ(detail::largest_remainder({0.4, 0.3, 0.3}), (MillionthWeights{400'000, 300'000, 300'000}));
  EXPECT_EQ(detail::largest_remainder({1.0 / 3, 1.0 / 3, 1.0 / 3}), (MillionthWeights{333'334, 333'333, 333'333}));
  EXPECT_EQ(detail::largest_remainder({1, 0, 0}), (MillionthWeights{1'000'000, 0, 0}));
  EXPECT_EQ(detail::largest_remainder({0.5, 0.5000004, 0.4e-6}), (MillionthWeights{500'000, 500'000, 0}));
  EXPECT_EQ(detail::largest_remainder({0.6, 0.4000011, 0}), (MillionthWeights{599'999, 400'001, 0}));
}

TEST(WeightStability, IsCertainWhereAllScoresAreEqual) {
  const std::vector<std::optional<Score>> scores{Score{4, 4, 4}, std::nullopt, Score{1, 1, 1}};
  const auto result = weight_stability(SeverityModel(), scores, {500, 100, 1});
  ASSERT_EQ(result.problems.size(), 3U);
  EXPECT_EQ(result.problems[0].severity, (Severity{4, Grade::critical}));
  EXPECT_EQ(result.problems[0].grades, (std::array<std::uint64_t, 4>{0, 0, 0, 500}));
  EXPECT_EQ(result.problems[0].kept.share, 1.0);
  EXPECT_EQ(result.problems[1].severity, (Severity{0, Grade::ungraded}));
  EXPECT_EQ(result.problems[1].grades, (std::array<std::uint64_t, 4>{500, 0, 0, 0}));
  EXPECT_EQ(result.problems[2].grades, (std::array<std::uint64_t, 4>{0, 500, 0, 0}));
  EXPECT_EQ(result.all_kept.kept, 500U);
}

/// 5, 4, 3 under 40/30/30 is 4.1; it keeps three stars while w_impact ≥ w_urgency, so nearly always; 5, 3, 3 (3.8)
/// loses its two stars when w_impact ≥ 1/2.
TEST(WeightStability, CountsTheDrawsThatKeepTheGrade) {
  const std::vector<std::optional<Score>> scores{Score{5, 4, 3}, Score{5, 3, 3}};
  const WeightStudy study{2000, 100, 42};
  const auto result = weight_stability(SeverityModel(), scores, study);
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  std::uint64_t both = 0;
  for (std::uint64_t draw = 0; draw < study.draws; ++draw) {
    const auto weights = draw_weights({}, study, draw);
    const bool keeps_first = weights[0] >= weights[2];
    const bool keeps_second = weights[0] < 500'000;
    first += keeps_first;
    second += keeps_second;
    both += keeps_first && keeps_second;
  }
  EXPECT_EQ(result.problems[0].kept.kept, first);
  EXPECT_EQ(result.problems[1].kept.kept, second);
  EXPECT_EQ(result.all_kept.kept, both);
  EXPECT_GT(first, 1500U);
  EXPECT_LT(first, 2000U);
}

TEST(WeightStability, GivesTheSameNumbersOnAnyNumberOfThreads) {
  std::vector<std::optional<Score>> scores;
  for (int i = 0; i < 40; ++i) scores.emplace_back(Score{1 + i % 5, Rational(3 + i % 7, 2), Rational(10 + i, 10)});
  const WeightStudy study{5000, 60, 9};
  const auto expected = weight_stability(SeverityModel(), scores, study, on(inline_executor()));
  for (const unsigned threads : {1U, 2U, 7U}) {
    ThreadPool pool(threads);
    EXPECT_EQ(weight_stability(SeverityModel(), scores, study, on(pool)), expected);
  }
}

TEST(WeightStability, RefusesWhatItCannotStudy) {
  const std::vector<std::optional<Score>> bad{Score{4, 4, 4}, Score{0, 4, 4}};
  try {
    static_cast<void>(weight_stability(SeverityModel(), bad, {10, 100, 1}));
    FAIL() << "a score of 0 was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_value);
    EXPECT_EQ(error.findings().kept()[0].where.record, 2U);
  }
  const std::vector<std::optional<Score>> good{Score{4, 4, 4}};
  for (const double concentration : {0.0, -1.0, std::nan(""), double{INFINITY}, 1e10}) {
    EXPECT_THROW(static_cast<void>(weight_stability(SeverityModel(), good, {10, concentration, 1})), Error);
  }
  EXPECT_THROW(static_cast<void>(weight_stability(SeverityModel(), good, {0, 100, 1})), Error);
  CancelToken token;
  token.cancel();
  Control control;
  control.cancel = &token;
  EXPECT_THROW(static_cast<void>(weight_stability(SeverityModel(), good, {10, 100, 1}, control)), Error);
}

/// 81 of 263: Wilson's 95 % interval is 0.2553 … 0.3662 (Newcombe, Statistics in Medicine 17 (1998) 857, table I).
TEST(KeptShare, MeetsThePublishedWilsonIntervals) {
  const auto many = kept_share(81, 263);
  EXPECT_NEAR(many.lower, 0.2553, 0.00005);
  EXPECT_NEAR(many.upper, 0.3662, 0.00005);
  const auto few = kept_share(15, 148);
  EXPECT_NEAR(few.lower, 0.0624, 0.00005);
  EXPECT_NEAR(few.upper, 0.1605, 0.00005);
  const auto none = kept_share(0, 20);
  EXPECT_EQ(none.lower, 0.0);
  EXPECT_NEAR(none.upper, 0.1611, 0.00005);
  const auto one = kept_share(1, 29);
  EXPECT_NEAR(one.lower, 0.0061, 0.00005);
  EXPECT_NEAR(one.upper, 0.1718, 0.00005);
}

TEST(KeptShare, OfAllOrNoneTouchesTheBoundAndOfNothingSaysNothing) {
  EXPECT_EQ(kept_share(10, 10).upper, 1.0);
  EXPECT_EQ(kept_share(10, 10).standard_error, 0.0);
  EXPECT_LT(kept_share(10, 10).lower, 1.0);
  EXPECT_EQ(kept_share(0, 0), KeptShare{});
}

}  // namespace
