// Stability recounted draw by draw with the oracle's fractions.
#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <vector>

#include "chainqual/severity/stability.hpp"
#include "oracle/severity/fraction.hpp"

namespace {

using namespace chainqual;

oracle::Fraction fraction(const Rational& value) {
  return {value.numerator(), value.denominator()};
}

TEST(StabilityOracle, EveryDrawIsDecidedAsExactFractionsDecideIt) {
  std::mt19937_64 random(5);
  std::vector<std::optional<Score>> scores;
  for (int i = 0; i < 30; ++i) {
    const auto part = [&] { return Rational(static_cast<std::int64_t>(10 + random() % 41), 10); };
    scores.emplace_back(Score{part(), part(), part()});
  }
  scores[3] = Score{Rational(11, 3), Rational(27, 7), Rational(395, 100)};
  const WeightStudy study{400, 30, 77};
  for (const Rounding rounding : {Rounding::exact, Rounding::tenth}) {
    const SeverityModel model({}, {}, rounding);
    const auto result = weight_stability(model, scores, study);
    std::vector<std::array<std::uint64_t, 4>> grades(scores.size());
    for (std::uint64_t draw = 0; draw < study.draws; ++draw) {
      const auto drawn = draw_weights(model.weights(), study, draw);
      for (std::size_t i = 0; i < scores.size(); ++i) {
        const auto total = oracle::total(
            {{{drawn[0], 1'000'000}, {drawn[1], 1'000'000}, {drawn[2], 1'000'000}}},
            {{fraction(scores[i]->impact), fraction(scores[i]->diffusion), fraction(scores[i]->urgency)}});
        ++grades[i][static_cast<std::size_t>(
            oracle::stars(total, oracle::standard_important, oracle::standard_critical, rounding == Rounding::tenth))];
      }
    }
    for (std::size_t i = 0; i < scores.size(); ++i) EXPECT_EQ(result.problems[i].grades, grades[i]);
  }
}

/// With one dimension alone deciding, the share has a closed form: w_impact ~ Beta(c · 0.4, c · 0.6).
TEST(StabilityOracle, ShareMeetsTheBetaDistribution) {
  // 5, 1, 1 totals 1 + 4w: two stars from w ≥ 3/8. At c = 10: P(Beta(4, 6) ≥ 3/8) = P(Binomial(9, 3/8) ≤ 3).
  double expected = 0;
  double choose = 1;
  for (int k = 0; k <= 3; ++k) {
    double term = choose;
    for (int i = 0; i < k; ++i) term *= 3.0 / 8;
    for (int i = 0; i < 9 - k; ++i) term *= 5.0 / 8;
    expected += term;
    choose = choose * (9 - k) / (k + 1);
  }
  const std::vector<std::optional<Score>> scores{Score{5, 1, 1}};
  const auto result = weight_stability(SeverityModel(), scores, {40'000, 10, 3});
  const auto reaching = result.problems[0].grades[2] + result.problems[0].grades[3];
  const auto share = kept_share(reaching, 40'000);
  EXPECT_NEAR(share.share, expected, 5 * share.standard_error);
  EXPECT_LT(share.standard_error, 0.003);
}

}  // namespace
