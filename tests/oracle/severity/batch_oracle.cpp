// Columns of every kind against fractions that share nothing with the library, row by row.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <vector>

#include "chainqual/severity/batch.hpp"
#include "oracle/severity/fraction.hpp"

namespace {

using chainqual::Rational;
using chainqual::Rounding;
using chainqual::SeverityModel;
using oracle::Fraction;

struct Model {
  std::array<Fraction, 3> weights;
  Fraction important;
  Fraction critical;
  bool tenth;

  [[nodiscard]] SeverityModel ours() const {
    const auto rational = [](Fraction f) {
      return Rational(static_cast<std::int64_t>(f.top), static_cast<std::int64_t>(f.bottom));
    };
    return SeverityModel({rational(weights[0]), rational(weights[1]), rational(weights[2])},
                         {rational(critical), rational(important)}, tenth ? Rounding::tenth : Rounding::exact);
  }
};

std::vector<Model> models() {
  std::vector<Model> all;
  const std::vector<std::array<Fraction, 3>> weights{
      oracle::standard_weights,   {{{50, 100}, {25, 100}, {25, 100}}},
      {{{1, 3}, {1, 3}, {1, 3}}}, {{{333, 1000}, {333, 1000}, {334, 1000}}},
      {{{0, 1}, {1, 7}, {6, 7}}}, {{{123457, 1000000}, {376543, 1000000}, {1, 2}}}};
  const std::vector<std::array<Fraction, 2>> thresholds{
      {{{25, 10}, {40, 10}}}, {{{7, 3}, {11, 3}}}, {{{2449, 1000}, {3951, 1000}}}, {{{1, 1}, {5, 1}}}};
  for (const auto& weight : weights) {
    for (const auto& threshold : thresholds) {
      for (const bool tenth : {false, true}) all.push_back({weight, threshold[0], threshold[1], tenth});
    }
  }
  return all;
}

/// A seeded number from `lowest` to `highest`, the same with every standard library.
int pick(std::mt19937_64& random, int lowest, int highest) {
  return lowest + static_cast<int>(random() % static_cast<std::uint64_t>(highest - lowest + 1));
}

TEST(BatchOracle, WholeScoresEqualExactFractionsAtEveryInstructionSet) {
  std::mt19937_64 random(20);
  const std::size_t n = 3001;
  std::vector<std::uint8_t> a(n);
  std::vector<std::uint8_t> b(n);
  std::vector<std::uint8_t> c(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (pick(random, 0, 9) == 0) continue;
    a[i] = static_cast<std::uint8_t>(pick(random, 1, 5));
    b[i] = static_cast<std::uint8_t>(pick(random, 1, 5));
    c[i] = static_cast<std::uint8_t>(pick(random, 1, 5));
  }
  for (const auto& model : models()) {
    for (const auto level : {chainqual::detail::SimdLevel::portable, chainqual::detail::best_simd_level()}) {
      std::vector<std::uint8_t> grade(n, 99);
      std::vector<std::uint16_t> total(n, 9999);
      chainqual::detail::grade_whole_scores_at(level, model.ours(), {a, b, c}, grade, total, {});
      std::size_t wrong = 0;
      for (std::size_t i = 0; i < n; ++i) {
        if (a[i] == 0) {
          wrong += grade[i] != 0 || total[i] != 0;
          continue;
        }
        const Fraction exact = oracle::total(model.weights, {{{a[i], 1}, {b[i], 1}, {c[i], 1}}});
        wrong += grade[i] != oracle::stars(exact, model.important, model.critical, model.tenth);
        wrong += !oracle::same(oracle::half_up(exact, 100), {total[i], 100});
      }
      EXPECT_EQ(wrong, 0U);
    }
  }
}

TEST(BatchOracle, HundredthsEqualExactFractions) {
  std::mt19937_64 random(21);
  const std::size_t n = 3001;
  std::vector<std::int16_t> a(n);
  std::vector<std::int16_t> b(n);
  std::vector<std::int16_t> c(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (pick(random, 0, 9) == 0) continue;
    a[i] = static_cast<std::int16_t>(pick(random, 100, 500));
    b[i] = static_cast<std::int16_t>(pick(random, 100, 500));
    c[i] = static_cast<std::int16_t>(pick(random, 100, 500));
  }
  for (const auto& model : models()) {
    std::vector<std::uint8_t> grade(n, 99);
    std::vector<std::uint32_t> total(n, 9999);
    grade_hundredths(model.ours(), {a, b, c}, grade, total);
    const std::uint32_t scale = hundredths_total_scale(model.ours());
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (a[i] == 0) {
        wrong += grade[i] != 0 || total[i] != 0;
        continue;
      }
      const Fraction exact = oracle::total(model.weights, {{{a[i], 100}, {b[i], 100}, {c[i], 100}}});
      wrong += grade[i] != oracle::stars(exact, model.important, model.critical, model.tenth);
      wrong += !oracle::same(exact, {total[i], scale});
    }
    EXPECT_EQ(wrong, 0U);
  }
}

TEST(BatchOracle, PanelSumsEqualExactFractions) {
  std::mt19937_64 random(22);
  const std::size_t n = 2000;
  std::array<std::vector<std::uint32_t>, 3> sums;
  std::array<std::vector<std::uint32_t>, 3> counts;
  for (const int unit : {1, 100}) {
    for (std::size_t d = 0; d < 3; ++d) {
      sums[d].assign(n, 0);
      counts[d].assign(n, 0);
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (pick(random, 0, 9) == 0) continue;
      const int shared = pick(random, 1, 20);
      for (std::size_t d = 0; d < 3; ++d) {
        const int count = i % 2 == 0 ? shared : pick(random, 1, 20);
        counts[d][i] = static_cast<std::uint32_t>(count);
        sums[d][i] = static_cast<std::uint32_t>(pick(random, unit * count, 5 * unit * count));
      }
    }
    for (const auto& model : models()) {
      std::vector<std::uint8_t> grade(n, 99);
      std::vector<std::uint16_t> total(n, 9999);
      const chainqual::PanelSumColumns panels{
          sums[0], sums[1], sums[2], counts[0], counts[1], counts[2], static_cast<std::uint32_t>(unit)};
      grade_panel_sums(model.ours(), panels, grade, total);
      std::size_t wrong = 0;
      for (std::size_t i = 0; i < n; ++i) {
        if (counts[0][i] == 0) {
          wrong += grade[i] != 0 || total[i] != 0;
          continue;
        }
        std::array<Fraction, 3> means{};
        for (std::size_t d = 0; d < 3; ++d) means[d] = {sums[d][i], static_cast<oracle::Wide>(counts[d][i]) * unit};
        const Fraction exact = oracle::total(model.weights, means);
        wrong += grade[i] != oracle::stars(exact, model.important, model.critical, model.tenth);
        wrong += !oracle::same(oracle::half_up(exact, 100), {total[i], 100});
      }
      EXPECT_EQ(wrong, 0U);
    }
  }
}

/// Tables large enough to be written past the caches, at every misalignment of the outputs, with guards on both sides.
TEST(BatchOracle, StreamedOutputsAreWrittenWholeAtEveryAlignment) {
  const std::size_t n = (chainqual::detail::stream_from_bytes / 3) + 4099;
  std::vector<std::uint8_t> a(n + 64);
  std::vector<std::uint8_t> b(n + 64);
  std::vector<std::uint8_t> c(n + 64);
  std::mt19937_64 random(23);
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::uint64_t word = random();
    a[i] = static_cast<std::uint8_t>(1 + word % 5);
    b[i] = static_cast<std::uint8_t>(1 + (word >> 16) % 5);
    c[i] = static_cast<std::uint8_t>(1 + (word >> 32) % 5);
  }
  std::vector<std::uint8_t> grades(n + 128);
  std::vector<std::uint16_t> totals(n + 128);
  for (const std::size_t shift : {0U, 1U, 31U, 33U, 63U}) {
    std::fill(grades.begin(), grades.end(), std::uint8_t{99});
    std::fill(totals.begin(), totals.end(), std::uint16_t{9999});
    const auto column = [&](const std::vector<std::uint8_t>& from) {
      return std::span<const std::uint8_t>(from).subspan(shift, n);
    };
    grade_whole_scores(SeverityModel(), {column(a), column(b), column(c)},
                       std::span<std::uint8_t>(grades).subspan(64 - shift, n),
                       std::span<std::uint16_t>(totals).subspan(1 + shift, n));
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < grades.size(); ++i) {
      const bool inside = i >= 64 - shift && i < 64 - shift + n;
      const std::size_t row = inside ? i - (64 - shift) + shift : 0;
      const int total = 40 * a[row] + 30 * b[row] + 30 * c[row];
      const int expected = !inside ? 99 : total >= 400 ? 3 : total >= 250 ? 2 : 1;
      wrong += grades[i] != expected;
    }
    for (std::size_t i = 0; i < totals.size(); ++i) {
      const bool inside = i >= 1 + shift && i < 1 + shift + n;
      const std::size_t row = inside ? i - 1 : 0;
      wrong += totals[i] != (inside ? 40 * a[row] + 30 * b[row] + 30 * c[row] : 9999);
    }
    EXPECT_EQ(wrong, 0U) << shift;
  }
}

}  // namespace
