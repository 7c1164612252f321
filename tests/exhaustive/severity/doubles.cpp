// How many scores binary floating point grades wrongly, by the order of the sum; and that integers grade none wrongly.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "chainqual/severity/batch.hpp"
#include "chainqual/severity/severity_model.hpp"

namespace {

/// A double that no compiler may fuse or keep in a wider register.
double stored(double value) {
  const volatile double kept = value;
  return kept;
}

struct Formula {
  const char* name;
  double (*total)(double, double, double);
};

double impact_first(double a, double b, double c) {
  return stored(stored(stored(0.4 * a) + stored(0.3 * b)) + stored(0.3 * c));
}
double impact_last(double a, double b, double c) {
  return stored(stored(stored(0.3 * b) + stored(0.3 * c)) + stored(0.4 * a));
}
double impact_between(double a, double b, double c) {
  return stored(stored(stored(0.3 * b) + stored(0.4 * a)) + stored(0.3 * c));
}
double weight_factored_out(double a, double b, double c) {
  return stored(stored(0.4 * a) + stored(0.3 * stored(b + c)));
}
double fused_impact_last(double a, double b, double c) {
  return stored(std::fma(0.4, a, std::fma(0.3, c, stored(0.3 * b))));
}
double fused_impact_first(double a, double b, double c) {
  return stored(std::fma(0.3, c, std::fma(0.3, b, stored(0.4 * a))));
}
double tenths_divided(double a, double b, double c) {
  return stored(stored(stored(4 * a) + stored(3 * stored(b + c))) / 10);
}

constexpr std::array<Formula, 7> formulas{{
    {"(0.4a + 0.3b) + 0.3c", impact_first},
    {"(0.3b + 0.3c) + 0.4a", impact_last},
    {"(0.3b + 0.4a) + 0.3c", impact_between},
    {"0.4a + 0.3(b + c)", weight_factored_out},
    {"fma(0.4, a, fma(0.3, c, 0.3b))", fused_impact_last},
    {"fma(0.3, c, fma(0.3, b, 0.4a))", fused_impact_first},
    {"(4a + 3(b + c)) / 10", tenths_divided},
}};

int stars_of(double total) {
  return total >= 4.0 ? 3 : total >= 2.5 ? 2 : 1;
}

int exact_stars(int total, int unit) {
  return total >= 40 * unit ? 3 : total >= 25 * unit ? 2 : 1;
}

using Counts = std::array<long, formulas.size()>;

void print(const char* what, const Counts& counts) {
  for (std::size_t i = 0; i < formulas.size(); ++i) {
    std::printf("%s: %s: %ld wrong\n", what, formulas[i].name, counts[i]);
  }
}

/// Scores from 1 to 5 in steps of 1/steps, each as the double nearest to it.
Counts count_wrong(int steps) {
  Counts wrong{};
  for (int a = steps; a <= 5 * steps; ++a) {
    for (int b = steps; b <= 5 * steps; ++b) {
      for (int c = steps; c <= 5 * steps; ++c) {
        const int right = exact_stars(4 * a + 3 * b + 3 * c, steps);
        const double x = static_cast<double>(a) / steps;
        const double y = static_cast<double>(b) / steps;
        const double z = static_cast<double>(c) / steps;
        for (std::size_t i = 0; i < formulas.size(); ++i) {
          if (stars_of(formulas[i].total(x, y, z)) != right) ++wrong[i];
        }
      }
    }
  }
  return wrong;
}

TEST(Doubles, GradeSomeWholeScoresWronglyDependingOnTheOrderOfTheSum) {
  const Counts wrong = count_wrong(1);
  print("125 whole scores", wrong);
  EXPECT_EQ(wrong, (Counts{0, 2, 0, 0, 1, 0, 0}));
}

TEST(Doubles, GradeSomeHalfPointScoresWrongly) {
  const Counts wrong = count_wrong(2);
  print("729 half-point scores", wrong);
  EXPECT_EQ(wrong, (Counts{0, 4, 0, 0, 2, 0, 0}));
}

TEST(Doubles, GradeManyScoresWithTwoDecimalsWrongly) {
  const Counts wrong = count_wrong(100);
  print("64,481,201 scores in hundredths", wrong);
  EXPECT_EQ(wrong, (Counts{1285, 1142, 1285, 2200, 2554, 3623, 1116}));
}

TEST(Doubles, TruncatedToHundredthsStateWrongTotalsOfWholeScores) {
  Counts wrong{};
  for (int i = 0; i < 125; ++i) {
    const int a = 1 + i / 25;
    const int b = 1 + i / 5 % 5;
    const int c = 1 + i % 5;
    for (std::size_t k = 0; k < formulas.size(); ++k) {
      const int hundredths = static_cast<int>(stored(formulas[k].total(a, b, c) * 100));
      wrong[k] += hundredths != 40 * a + 30 * b + 30 * c;
    }
  }
  print("125 whole scores, totals truncated to hundredths", wrong);
  EXPECT_EQ(wrong, (Counts{18, 21, 18, 25, 19, 17, 9}));
}

/// All 401^3 scores in hundredths, in columns, slice by slice, in both roundings, against plain integers.
TEST(Integers, GradeNoScoreWithTwoDecimalsWrongly) {
  constexpr std::size_t slice = 401 * 401;
  std::vector<std::int16_t> a(slice);
  std::vector<std::int16_t> b(slice);
  std::vector<std::int16_t> c(slice);
  for (std::size_t i = 0; i < slice; ++i) {
    b[i] = static_cast<std::int16_t>(100 + i / 401);
    c[i] = static_cast<std::int16_t>(100 + i % 401);
  }
  std::vector<std::uint8_t> grade(slice);
  std::vector<std::uint32_t> total(slice);
  for (const auto rounding : {chainqual::Rounding::exact, chainqual::Rounding::tenth}) {
    const chainqual::SeverityModel model({}, {}, rounding);
    long wrong = 0;
    for (int first = 100; first <= 500; ++first) {
      std::fill(a.begin(), a.end(), static_cast<std::int16_t>(first));
      chainqual::grade_hundredths(model, {a, b, c}, grade, total);
      for (std::size_t i = 0; i < slice; ++i) {
        const int exact = 40 * a[i] + 30 * b[i] + 30 * c[i];  // ten-thousandths
        const int decided = rounding == chainqual::Rounding::tenth ? (exact + 500) / 1000 * 1000 : exact;
        wrong += static_cast<int>(total[i]) != exact || grade[i] != exact_stars(decided, 1000);
      }
    }
    EXPECT_EQ(wrong, 0);
  }
}

}  // namespace
