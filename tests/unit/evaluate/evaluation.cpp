#include "chainqual/evaluate/evaluation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

namespace chainqual::testing {
namespace {

Decimal dec(const std::string& text) {
  return Decimal::from_string(text);
}

Indicator indicator(const std::string& key, IndicatorCategory category = IndicatorCategory::quality,
                    Direction direction = Direction::higher_is_better) {
  Indicator one;
  one.key = key;
  one.name = {key, key};
  one.category = category;
  one.direction = direction;
  return one;
}

IndicatorEntry entry(const std::string& key, const std::string& baseline, const std::string& target,
                     const std::string& value) {
  IndicatorEntry one;
  one.indicator = key;
  if (!baseline.empty()) one.baseline = dec(baseline);
  if (!target.empty()) one.target = dec(target);
  if (!value.empty()) one.value = dec(value);
  return one;
}

std::optional<double> score(const Indicator& one, const IndicatorEntry& filled, Normalisation how) {
  EvaluationOptions options;
  options.normalisation = how;
  const IndicatorSheet sheet{"c", "p", {filled}};
  return evaluate(std::span(&one, 1), std::span(&sheet, 1), options).sheets[0].indicators[0].score;
}

TEST(Evaluate, NormalisationsAreTheStatedOnes) {
  const Indicator up = indicator("k");
  const Indicator down = indicator("k", IndicatorCategory::quality, Direction::lower_is_better);
  const auto attained = [](const Indicator& one, const char* b, const char* t, const char* v) {
    return score(one, entry("k", b, t, v), Normalisation::attainment);
  };
  EXPECT_EQ(attained(up, "90", "98", "94"), 0.5);
  EXPECT_EQ(attained(up, "90", "98", "99"), 1.0) << "cut";
  EXPECT_EQ(attained(up, "90", "98", "89"), 0.0);
  EXPECT_EQ(attained(down, "8", "4", "7"), 0.25);
  EXPECT_EQ(attained(up, "", "80", "60"), 0.75);
  EXPECT_EQ(attained(down, "", "3", "4"), 0.75);
  EXPECT_EQ(attained(down, "", "0", "4"), 0.0);
  EXPECT_EQ(attained(down, "", "0", "0"), 1.0);
  EXPECT_EQ(attained(up, "98", "98", "97"), 0.0) << "no way to go, and not met";
  EXPECT_EQ(attained(up, "", "10", "-1"), std::nullopt) << "a quotient of a negative value says nothing";
  EXPECT_EQ(attained(up, "1", "", "2"), std::nullopt) << "no target";
  Indicator bounded = up;
  bounded.worst = dec("60");
  bounded.best = dec("100");
  EXPECT_EQ(score(bounded, entry("k", "", "", "90"), Normalisation::bounds), 0.75);
  EXPECT_EQ(score(up, entry("k", "", "", "90"), Normalisation::bounds), std::nullopt);
  Indicator judged = up;
  judged.kind = IndicatorKind::qualitative;
  IndicatorEntry steps = entry("k", "", "", "");
  steps.steps = {{"a", 4}, {"b", 3}};
  EXPECT_EQ(score(judged, steps, Normalisation::attainment), 0.625);
}

TEST(Evaluate, AmongThoseComparedBestAndWorstAreOneAndNought) {
  const std::vector<Indicator> both{indicator("up"),
                                    indicator("down", IndicatorCategory::quality, Direction::lower_is_better)};
  std::vector<IndicatorSheet> sheets;
  for (const char* value : {"10", "15", "20"}) {
    sheets.push_back({"c", value, {entry("up", "", "", value), entry("down", "", "", value)}});
  }
  EvaluationOptions options;
  options.normalisation = Normalisation::among;
  const Evaluation found = evaluate(both, sheets, options);
  EXPECT_EQ(found.sheets[0].indicators[0].score, 0.0);
  EXPECT_EQ(found.sheets[1].indicators[0].score, 0.5);
  EXPECT_EQ(found.sheets[2].indicators[0].score, 1.0);
  EXPECT_EQ(found.sheets[0].indicators[1].score, 1.0);
  EXPECT_EQ(found.sheets[1].total, 0.5);
}

TEST(Evaluate, MissingIsNeverNought) {
  const std::vector<Indicator> three{indicator("a"), indicator("b"), indicator("c", IndicatorCategory::social)};
  const IndicatorSheet sheet{"c", "p", {entry("a", "0", "10", "8"), entry("b", "0", "10", "")}};
  const Evaluation found = evaluate(three, std::span(&sheet, 1));
  const SheetScore& s = found.sheets[0];
  EXPECT_DOUBLE_EQ(*s.total, 0.8) << "of what is known";
  EXPECT_DOUBLE_EQ(s.coverage, 1.0 / 3);
  EXPECT_DOUBLE_EQ(s.lowest, 0.8 / 3);
  EXPECT_DOUBLE_EQ(s.highest, 0.8 / 3 + 2.0 / 3);
  EXPECT_EQ(s.indicators[1].missing.en, "it has not been measured");
  ASSERT_EQ(s.categories.size(), 2U);
  EXPECT_DOUBLE_EQ(s.categories[0].coverage, 0.5);
  EXPECT_FALSE(s.categories[1].score.has_value());
  EvaluationOptions strict;
  strict.missing = MissingRule::refuse;
  try {
    static_cast<void>(evaluate(three, std::span(&sheet, 1), strict));
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::missing_value);
    EXPECT_EQ(error.findings().kept().size(), 2U);
  }
  const IndicatorSheet empty{"c", "p", {}};
  const Evaluation nothing = evaluate(three, std::span(&empty, 1));
  EXPECT_FALSE(nothing.sheets[0].total.has_value());
  EXPECT_EQ(nothing.sheets[0].lowest, 0);
  EXPECT_EQ(nothing.sheets[0].highest, 1);
}

TEST(Evaluate, WeightsOfEachKind) {
  const std::vector<Indicator> four{indicator("a"), indicator("b"), indicator("c"),
                                    indicator("d", IndicatorCategory::social)};
  std::vector<IndicatorSheet> sheets(2);
  for (std::size_t s = 0; s < 2; ++s) {
    for (const Indicator& one : four) {
      sheets[s].entries.push_back(entry(one.key, "0", "10", one.key == "a" ? (s == 0 ? "2" : "9") : "5"));
    }
  }
  const auto weights = [&](EvaluationOptions options) { return evaluate(four, sheets, options).weights; };
  EvaluationOptions options;
  EXPECT_EQ(weights(options), std::vector<double>(4, 0.25));
  options.weighting = Weighting::equal_categories;
  EXPECT_DOUBLE_EQ(weights(options)[0], 1.0 / 6);
  EXPECT_DOUBLE_EQ(weights(options)[3], 0.5);
  options.weighting = Weighting::given;
  options.weights = {2, 1, 1, 4};
  EXPECT_EQ(weights(options), (std::vector<double>{0.25, 0.125, 0.125, 0.5}));
  options.weighting = Weighting::pairwise;
  options.category_judgements = {1, 3, 1.0 / 3, 1};
  options.within = {{IndicatorCategory::quality, {1, 2, 4, 0.5, 1, 2, 0.25, 0.5, 1}}};
  EXPECT_NEAR(weights(options)[0], 0.75 * 4 / 7, 1e-12);
  EXPECT_NEAR(weights(options)[3], 0.25, 1e-12);
  options.weighting = Weighting::entropy;
  EXPECT_NEAR(weights(options)[0], 1, 1e-12) << "the others tell nothing apart";
}

TEST(Evaluate, SharesSumToTheTotalAndGainsToWhatIsMissingOfOne) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<Indicator> indicators;
    IndicatorSheet sheet{"c", "p", {}};
    EvaluationOptions options;
    options.weighting = Weighting::given;
    for (int k = 0; k < 12; ++k) {
      indicators.push_back(indicator("i" + std::to_string(k), static_cast<IndicatorCategory>(random() % 6)));
      options.weights.push_back(1 + static_cast<double>(random() % 9));
      if (random() % 4 == 0) continue;
      sheet.entries.push_back(entry(indicators.back().key, "0", "100", std::to_string(random() % 120)));
    }
    const SheetScore s = evaluate(indicators, std::span(&sheet, 1), options).sheets[0];
    double shares = 0;
    double gains = 0;
    double by_category = 0;
    for (const ScoredIndicator& one : s.indicators) {
      shares += one.share;
      gains += one.gain;
    }
    for (const CategoryScore& c : s.categories) by_category += c.score.value_or(0) * c.weight * c.coverage;
    ASSERT_NEAR(shares, *s.total, 1e-12);
    ASSERT_NEAR(gains, 1 - *s.total, 1e-12);
    ASSERT_NEAR(by_category / s.coverage, *s.total, 1e-12);
    ASSERT_LE(s.lowest, *s.total + 1e-12);
    ASSERT_GE(s.highest, *s.total - 1e-12);
    for (std::size_t k = 1; k < s.movers.size(); ++k) {
      ASSERT_GE(s.indicators[s.movers[k - 1]].gain, s.indicators[s.movers[k]].gain);
    }
  }
}

TEST(Compare, EffectsSumToTheDifferenceOverWhatBothHave) {
  const std::vector<Indicator> three{indicator("a"), indicator("b"), indicator("c")};
  const std::vector<IndicatorSheet> sheets{
      {"c", "2025", {entry("a", "0", "10", "2"), entry("b", "0", "10", "6"), entry("c", "0", "10", "1")}},
      {"c", "2026", {entry("a", "0", "10", "9"), entry("b", "0", "10", "5")}}};
  const Evaluation found = evaluate(three, sheets);
  const ScoreComparison change = compare(found, 0, 1);
  EXPECT_DOUBLE_EQ(change.before, 0.4);
  EXPECT_DOUBLE_EQ(change.after, 0.7);
  EXPECT_DOUBLE_EQ(change.compared, 2.0 / 3);
  ASSERT_EQ(change.changes.size(), 2U);
  EXPECT_EQ(change.changes[0].indicator, 0U) << "the larger effect first";
  EXPECT_NEAR(change.changes[0].effect + change.changes[1].effect, 0.3, 1e-15);
  EXPECT_EQ(change.left_out, std::vector<std::size_t>{2});
  EXPECT_THROW(static_cast<void>(compare(found, 0, 2)), Error);
}

TEST(EvaluateBadInput, NothingWrongWeightsNoEntropyNothingInCommon) {
  const std::vector<Indicator> two{indicator("a"), indicator("b")};
  const std::vector<IndicatorSheet> sheets{{"c", "1", {entry("a", "0", "1", "1")}},
                                           {"c", "2", {entry("b", "0", "1", "1")}}};
  const auto code = [&](const EvaluationOptions& options) {
    try {
      static_cast<void>(evaluate(two, sheets, options));
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::ok;
  };
  EXPECT_THROW(static_cast<void>(evaluate({}, sheets)), Error);
  EXPECT_THROW(static_cast<void>(evaluate(two, {})), Error);
  EvaluationOptions options;
  options.weighting = Weighting::given;
  EXPECT_EQ(code(options), ErrorCode::shape_mismatch);
  options.weights = {0, 0};
  EXPECT_EQ(code(options), ErrorCode::invalid_argument);
  options.weights = {1, std::nan("")};
  EXPECT_EQ(code(options), ErrorCode::invalid_argument);
  options.weights = {2, -1};
  EXPECT_EQ(code(options), ErrorCode::invalid_argument);
  options.weighting = Weighting::entropy;
  EXPECT_EQ(code(options), ErrorCode::invalid_argument) << "nothing is scored in both";
  options.weighting = Weighting::pairwise;
  EXPECT_EQ(code(options), ErrorCode::missing_value) << "no judgements at all";
  options.within = {{IndicatorCategory::quality, {1, 1, 1, 1}}};
  EXPECT_EQ(code(options), ErrorCode::missing_value) << "none of the categories";
  options.category_judgements = {1};
  EXPECT_EQ(code(options), ErrorCode::ok);
  options.within.push_back(options.within[0]);
  EXPECT_EQ(code(options), ErrorCode::duplicate) << "one category twice";
  options.within[1].category = IndicatorCategory::social;
  EXPECT_EQ(code(options), ErrorCode::unknown_reference) << "a category without indicators";
  try {
    static_cast<void>(compare(evaluate(two, sheets), 0, 1));
    FAIL() << "compared";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::no_solution);
  }
}

TEST(Evaluate, WhatEntropyCannotWeighIsNamed) {
  // An indicator measured in one sheet alone weighs 0, and coverage is 1 all the same.
  const std::vector<Indicator> all{indicator("a"), indicator("same"), indicator("once"), indicator("zero")};
  const std::vector<IndicatorSheet> sheets{
      {"c", "1", {entry("a", "0", "10", "1"), entry("same", "0", "2", "1"), entry("zero", "0", "1", "0")}},
      {"c",
       "2",
       {entry("a", "0", "10", "9"), entry("same", "0", "2", "1"), entry("zero", "0", "1", "0"),
        entry("once", "0", "1", "1")}}};
  EvaluationOptions options;
  options.weighting = Weighting::entropy;
  const Evaluation found = evaluate(all, sheets, options);
  EXPECT_EQ(found.left_out, (std::vector<std::size_t>{2, 3})) << "what is the same everywhere is weighed, with 0";
  EXPECT_EQ(found.sheets[0].coverage, 1);
  EXPECT_NE(rules_of(found).en.find("entropy"), std::string::npos) << rules_of(found).en;
  EXPECT_TRUE(evaluate(all, sheets).left_out.empty());
}

}  // namespace
}  // namespace chainqual::testing
