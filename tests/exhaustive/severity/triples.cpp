// Every whole and every half-point score, against exact fractions that share nothing with the library.
#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "chainqual/severity/batch.hpp"
#include "chainqual/severity/severity_model.hpp"
#include "oracle/severity/fraction.hpp"

namespace {

using chainqual::Grade;
using chainqual::Rational;
using chainqual::Rounding;
using chainqual::SeverityModel;

struct Tally {
  int scores = 0;
  std::array<int, 4> grades{};
  int differ_by_rounding = 0;
};

/// Grades all scores of `halves` half-points per step and compares total and grade with the oracle.
Tally check_grid(int step_in_halves, Rounding rounding) {
  const SeverityModel model({}, {}, rounding);
  const SeverityModel other({}, {}, rounding == Rounding::exact ? Rounding::tenth : Rounding::exact);
  Tally tally;
  for (int a = 2; a <= 10; a += step_in_halves) {
    for (int b = 2; b <= 10; b += step_in_halves) {
      for (int c = 2; c <= 10; c += step_in_halves) {
        const auto severity = model.grade({Rational(a, 2), Rational(b, 2), Rational(c, 2)});
        const auto total = oracle::total(oracle::standard_weights, {{{a, 2}, {b, 2}, {c, 2}}});
        const int expected =
            oracle::stars(total, oracle::standard_important, oracle::standard_critical, rounding == Rounding::tenth);
        EXPECT_TRUE(oracle::same(total, {severity.total.numerator(), severity.total.denominator()}));
        EXPECT_EQ(static_cast<int>(severity.grade), expected) << a << "/2 " << b << "/2 " << c << "/2";
        ++tally.scores;
        ++tally.grades[static_cast<std::size_t>(severity.grade)];
        if (other.grade_of_total(severity.total) != severity.grade) ++tally.differ_by_rounding;
      }
    }
  }
  return tally;
}

TEST(EveryScore, Of125WholeScoresIsGradedAsExactFractionsSay) {
  for (const Rounding rounding : {Rounding::exact, Rounding::tenth}) {
    const Tally tally = check_grid(2, rounding);
    EXPECT_EQ(tally.scores, 125);
    EXPECT_EQ(tally.differ_by_rounding, 0) << "whole scores have totals in tenths: rounding changes nothing";
    EXPECT_EQ(tally.grades[0], 0);
  }
}

TEST(EveryScore, Of729HalfPointScoresIsGradedAsExactFractionsSay) {
  for (const Rounding rounding : {Rounding::exact, Rounding::tenth}) {
    const Tally tally = check_grid(1, rounding);
    EXPECT_EQ(tally.scores, 729);
    EXPECT_GT(tally.differ_by_rounding, 0) << "3.95 and 2.45 are totals of half-points";
  }
}

/// All 5^3 rows and the ungraded one, in columns, under several models: the same as one at a time.
TEST(EveryScore, InColumnsIsGradedAsAlone) {
  std::vector<std::uint8_t> a{0};
  std::vector<std::uint8_t> b{0};
  std::vector<std::uint8_t> c{0};
  for (int i = 0; i < 125; ++i) {
    a.push_back(static_cast<std::uint8_t>(1 + i / 25));
    b.push_back(static_cast<std::uint8_t>(1 + i / 5 % 5));
    c.push_back(static_cast<std::uint8_t>(1 + i % 5));
  }
  const std::array<chainqual::Weights, 5> weights{{{},
                                                   {50, 25, 25},
                                                   {Rational(1, 3), Rational(1, 3), Rational(1, 3)},
                                                   {1, 0, 0},
                                                   {Rational(333, 1000), Rational(333, 1000), Rational(334, 1000)}}};
  const std::array<chainqual::Thresholds, 3> thresholds{{{}, {Rational(7, 2), 2}, {Rational(11, 3), Rational(7, 3)}}};
  for (const auto& weight : weights) {
    for (const auto& threshold : thresholds) {
      for (const Rounding rounding : {Rounding::exact, Rounding::tenth}) {
        const SeverityModel model(weight, threshold, rounding);
        std::vector<std::uint8_t> grade(a.size(), 9);
        std::vector<std::uint16_t> total(a.size(), 9);
        chainqual::grade_whole_scores(model, {a, b, c}, grade, total);
        EXPECT_EQ(grade[0], 0);
        EXPECT_EQ(total[0], 0);
        for (std::size_t i = 1; i < a.size(); ++i) {
          const auto severity = model.grade({a[i], b[i], c[i]});
          EXPECT_EQ(grade[i], static_cast<std::uint8_t>(severity.grade));
          EXPECT_EQ(Rational(total[i], 100), severity.total.round_half_up(2));
        }
      }
    }
  }
}

}  // namespace
