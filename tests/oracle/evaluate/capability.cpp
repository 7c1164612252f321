// Intervals of capability hold the process's own index as often as they say; degrees of freedom of the mean moving
// range are those that many series show. Seeded, so that the counts are the same in every run.

#include "chainqual/evaluate/capability.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace chainqual::testing {
namespace {

/// Normal values by Box and Muller: those of the standard library differ between libraries.
class Normal {
 public:
  double operator()() {
    const double u = (static_cast<double>(random_()) + 0.5) / 4294967296.0;
    const double v = (static_cast<double>(random_()) + 0.5) / 4294967296.0;
    return std::sqrt(-2 * std::log(u)) * std::cos(2 * std::numbers::pi * v);
  }

 private:
  std::mt19937 random_{20261121};
};

TEST(CapabilityOracle, IntervalsCoverAsOftenAsTheySay) {
  // A process of mean 0.5 and deviation 1 between −4 and 4: Cp 4/3, Cpk 3.5/3.
  Normal normal;
  constexpr int rounds = 4000;
  int cp = 0;
  int cpk = 0;
  int pp = 0;
  for (int round = 0; round < rounds; ++round) {
    std::vector<std::vector<double>> samples(15);
    for (auto& sample : samples) {
      for (int k = 0; k < 4; ++k) sample.push_back(0.5 + normal());
    }
    const Capability found = capability(samples, {-4, 4}, 0.9);
    const auto covers = [](const CapabilityIndex& index, double truth) {
      return index.from <= truth && truth <= index.to ? 1 : 0;
    };
    cp += covers(*found.within.potential, 4.0 / 3);
    pp += covers(*found.overall.potential, 4.0 / 3);
    cpk += covers(found.within.actual, 3.5 / 3);
  }
  // Exact for Cp and Pp: within four standard errors, 0.019. Bissell's interval for Cpk is approximate.
  EXPECT_NEAR(cp / double{rounds}, 0.9, 0.019);
  EXPECT_NEAR(pp / double{rounds}, 0.9, 0.019);
  EXPECT_NEAR(cpk / double{rounds}, 0.9, 0.03);
}

TEST(CapabilityOracle, MovingRangesVaryAsTheirDegreesSay) {
  Normal normal;
  constexpr int rounds = 20'000;
  for (const std::size_t n : {3U, 5U, 20U}) {
    double sum = 0;
    double squares = 0;
    double degrees = 0;
    for (int round = 0; round < rounds; ++round) {
      std::vector<double> values;
      for (std::size_t k = 0; k < n; ++k) values.push_back(normal());
      const CapabilityIndices within = capability(values, {-4, {}}).within;
      sum += within.sigma;
      squares += within.sigma * within.sigma;
      degrees = within.degrees;
    }
    const double mean = sum / rounds;
    const double variance = squares / rounds - mean * mean;
    EXPECT_NEAR(mean, 1, 0.02) << "unbiased";
    EXPECT_NEAR(variance * 2 * degrees, 1, 0.06) << n;
  }
}

}  // namespace
}  // namespace chainqual::testing
