// Chart rules against their wording, window by window; factors against plain double integrals.

#include "chainqual/evaluate/control_chart.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace chainqual::testing {
namespace {

using Zones = std::vector<double>;

/// Whether the `length` points that end at `last` all satisfy `holds`.
template <class Holds>
bool all_of_last(std::size_t last, std::size_t length, Holds holds) {
  if (last + 1 < length) return false;
  for (std::size_t k = last + 1 - length; k <= last; ++k) {
    if (!holds(k)) return false;
  }
  return true;
}

bool some(const Zones& z, std::size_t last, std::size_t needed, std::size_t window, double zone) {
  for (const double sign : {1.0, -1.0}) {
    if (sign * z[last] <= zone) continue;
    std::size_t count = 0;
    for (std::size_t back = 0; back < window && back <= last; ++back) count += sign * z[last - back] > zone ? 1U : 0U;
    if (count >= needed) return true;
  }
  return false;
}

bool holds(ChartRule rule, const Zones& z, std::size_t last, bool nelson) {
  const std::size_t run = nelson ? 9 : 8;
  switch (rule) {
    case ChartRule::beyond_limits:
      return std::abs(z[last]) > 3;
    case ChartRule::same_side:
      return all_of_last(last, run, [&](std::size_t k) { return z[k] > 0; }) ||
             all_of_last(last, run, [&](std::size_t k) { return z[k] < 0; });
    case ChartRule::trend:
      return last >= 5 && (all_of_last(last, 5, [&](std::size_t k) { return z[k] > z[k - 1]; }) ||
                           all_of_last(last, 5, [&](std::size_t k) { return z[k] < z[k - 1]; }));
    case ChartRule::alternating:
      return last >= 13 && all_of_last(last, 13, [&](std::size_t k) { return z[k] != z[k - 1]; }) &&
             all_of_last(last, 12, [&](std::size_t k) { return (z[k] > z[k - 1]) != (z[k - 1] > z[k - 2]); });
    case ChartRule::two_of_three:
      return some(z, last, 2, 3, 2);
    case ChartRule::four_of_five:
      return some(z, last, 4, 5, 1);
    case ChartRule::near_centre:
      return all_of_last(last, 15, [&](std::size_t k) { return std::abs(z[k]) < 1; });
    case ChartRule::away_of_centre:
      return all_of_last(last, 8, [&](std::size_t k) { return std::abs(z[k]) > 1; });
  }
  return false;
}

TEST(ChartRulesOracle, SignalsAreThoseOfTheWording) {
  std::mt19937 random(20261121);
  const std::vector<ChartRule> western{ChartRule::beyond_limits, ChartRule::same_side, ChartRule::two_of_three,
                                       ChartRule::four_of_five};
  std::size_t found[8] = {};
  for (int round = 0; round < 3000; ++round) {
    const int kind = round % 5;
    Zones z;
    for (int k = 0; k < 40; ++k) {
      const double any = static_cast<double>(random() % 13) / 2 - 3;
      if (kind == 0) z.push_back(any * 1.1);
      if (kind == 1) z.push_back(any / 4);  // near the centre
      if (kind == 2) z.push_back((k % 2 == 0 ? 1 : -1) * (1 + static_cast<double>(random() % 4) / 2 - 0.5));
      if (kind == 3) z.push_back(std::clamp(-2.8 + 0.4 * (k % 15) + any / 10, -3.2, 3.2));  // ramps
      if (kind == 4) z.push_back(any / 2 + 0.8);                                            // shifted
    }
    std::vector<ChartPoint> points;
    for (const double value : z) points.push_back({value, 0, 1, -3, 3});
    for (const RuleSet set : {RuleSet::western_electric, RuleSet::nelson}) {
      const auto signals = chart_signals(points, set);
      for (std::size_t last = 0; last < z.size(); ++last) {
        for (const auto& name : Names<ChartRule>::table) {
          const ChartRule rule = name.value;
          const bool in_set = set == RuleSet::nelson || std::count(western.begin(), western.end(), rule) == 1;
          const bool wanted = in_set && holds(rule, z, last, set == RuleSet::nelson);
          const auto given = std::count_if(signals.begin(), signals.end(), [&](const ChartSignal& signal) {
            return signal.last == last && signal.rule == rule && signal.first <= last;
          });
          ASSERT_EQ(given, wanted ? 1 : 0) << "round " << round << " point " << last << " " << name.key;
          if (wanted) ++found[static_cast<std::size_t>(rule)];
        }
      }
    }
  }
  for (const std::size_t count : found) EXPECT_GT(count, 50U) << "each rule must have been met";
}

double normal(double x) {
  return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

TEST(ControlConstantsOracle, MomentsOfTheRangeByTippettsDoubleIntegral) {
  // E W = ∫ 1 − Φⁿ − (1 − Φ)ⁿ; E W² = 2 ∬_{x<y} 1 − Φ(y)ⁿ − (1 − Φ(x))ⁿ + (Φ(y) − Φ(x))ⁿ, by midpoints.
  constexpr double step = 0.02;
  for (const int n : {2, 5, 10, 25}) {
    double mean = 0;
    double square = 0;
    for (double x = -8 + step / 2; x < 8; x += step) {
      const double at = normal(x);
      mean += step * (1 - std::pow(at, n) - std::pow(1 - at, n));
      for (double y = x; y < 8; y += step) {
        const double right = normal(y);
        const double value = 1 - std::pow(right, n) - std::pow(1 - at, n) + std::pow(right - at, n);
        square += 2 * step * step * value * (y == x ? 0.5 : 1);
      }
    }
    const ControlConstants found = control_constants(static_cast<std::size_t>(n));
    EXPECT_NEAR(found.d2, mean, 1e-9) << n;
    EXPECT_NEAR(found.d3, std::sqrt(square - mean * mean), 2e-4) << n;
  }
}

}  // namespace
}  // namespace chainqual::testing
