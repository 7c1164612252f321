#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

#include "chainqual/severity/panel.hpp"
#include "chainqual/severity/severity_model.hpp"
#include "chainqual/severity/stability.hpp"
#include "law/severity/any_model.hpp"

namespace {

using namespace chainqual;
using law::any_model;
using law::any_score;

RC_GTEST_PROP(SeverityLaw, TotalsAndGradesNeverFallWhenAScoreRises, ()) {
  const SeverityModel model = any_model();
  const Score low = any_score();
  Score high = low;
  auto Score::*const part = *rc::gen::element(&Score::impact, &Score::diffusion, &Score::urgency);
  high.*part = std::min(high.*part + Rational(*rc::gen::inRange(0, 400), 100), Rational(5));
  RC_ASSERT(model.grade(high).total >= model.grade(low).total);
  RC_ASSERT(model.grade(high).grade >= model.grade(low).grade);
}

RC_GTEST_PROP(SeverityLaw, TotalsLieBetweenTheLowestAndTheHighestScore, ()) {
  const Score score = any_score();
  const Rational total = any_model().grade(score).total;
  RC_ASSERT(total >= std::min({score.impact, score.diffusion, score.urgency}));
  RC_ASSERT(total <= std::max({score.impact, score.diffusion, score.urgency}));
}

RC_GTEST_PROP(SeverityLaw, DimensionsOfEqualWeightMayChangePlaces, ()) {
  const int share = *rc::gen::inRange(0, 51);
  const SeverityModel model({100 - 2 * share, share, share}, {}, *rc::gen::element(Rounding::exact, Rounding::tenth));
  const Score score = any_score();
  RC_ASSERT(model.grade(score) == model.grade({score.impact, score.urgency, score.diffusion}));
}

RC_GTEST_PROP(SeverityLaw, SharesAndPercentagesAreOneModel, ()) {
  const int a = *rc::gen::inRange(0, 101);
  const int b = *rc::gen::inRange(0, 101 - a);
  const int c = 100 - a - b;
  RC_ASSERT(SeverityModel({a, b, c}) == SeverityModel({Rational(a, 100), Rational(b, 100), Rational(c, 100)}));
}

RC_GTEST_PROP(SeverityLaw, RoundingFirstIsTheSameAsGradingTheRoundedTotal, ()) {
  const SeverityModel drawn = any_model();
  const SeverityModel exact(drawn.weights(), drawn.thresholds(), Rounding::exact);
  const SeverityModel tenth(drawn.weights(), drawn.thresholds(), Rounding::tenth);
  const Rational total = exact.grade(any_score()).total;
  RC_ASSERT(tenth.grade_of_total(total) == exact.grade_of_total(total.round_half_up(1)));
}

RC_GTEST_PROP(PanelLaw, NoConsensusDependsOnTheOrderOrLeavesTheRange, ()) {
  const auto halves = *rc::gen::suchThat(rc::gen::container<std::vector<int>>(rc::gen::inRange(2, 11)),
                                         [](const auto& values) { return !values.empty(); });
  std::vector<Rational> values;
  for (const int half : halves) values.emplace_back(half, 2);
  const PanelRule rule{*rc::gen::element(Consensus::mean, Consensus::trimmed_mean, Consensus::median),
                       Rational(*rc::gen::inRange(0, 50), 100)};
  const Rational one = consensus_of(values, rule);
  RC_ASSERT(one >= *std::min_element(values.begin(), values.end()));
  RC_ASSERT(one <= *std::max_element(values.begin(), values.end()));
  std::reverse(values.begin(), values.end());
  RC_ASSERT(consensus_of(values, rule) == one);
  RC_ASSERT(consensus_of(values, {Consensus::trimmed_mean, 0}) == consensus_of(values));
}

RC_GTEST_PROP(StabilityLaw, FlipsAreExactlyTheMovesThatChangeTheGrade, ()) {
  const SeverityModel model = any_model();
  const Score score = any_score();
  const Grade now = model.grade(score).grade;
  std::size_t expected = 0;
  for (auto Score::*part : {&Score::impact, &Score::diffusion, &Score::urgency}) {
    for (const int step : {-1, 1}) {
      Score moved = score;
      moved.*part = std::min(std::max(moved.*part + step, Rational(1)), Rational(5));
      expected += model.grade(moved).grade != now;
    }
  }
  const auto flips = score_flips(model, score);
  RC_ASSERT(flips.size() == expected);
  for (const auto& flip : flips) {
    RC_ASSERT(flip.result.grade != now);
    RC_ASSERT((flip.to > flip.from) == (flip.result.grade > now));
  }
}

RC_GTEST_PROP(StabilityLaw, CountsAddUpAndIntervalsHoldTheShare, ()) {
  const SeverityModel model = any_model();
  std::vector<std::optional<Score>> scores;
  const int count = *rc::gen::inRange(0, 6);
  for (int i = 0; i < count; ++i) {
    scores.push_back(*rc::gen::arbitrary<bool>() ? std::optional<Score>(any_score()) : std::nullopt);
  }
  const WeightStudy study{64, 1.0 + *rc::gen::inRange(0, 300), *rc::gen::arbitrary<std::uint64_t>()};
  const auto result = weight_stability(model, scores, study);
  std::uint64_t least = study.draws;
  for (const auto& problem : result.problems) {
    const auto& grades = problem.grades;
    RC_ASSERT(grades[0] + grades[1] + grades[2] + grades[3] == study.draws);
    RC_ASSERT(problem.kept.lower <= problem.kept.share && problem.kept.share <= problem.kept.upper);
    least = std::min(least, problem.kept.kept);
  }
  RC_ASSERT(result.all_kept.kept <= least);
}

}  // namespace
