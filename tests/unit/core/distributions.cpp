#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "chainqual/core/random.hpp"

namespace {

using chainqual::Error;
using chainqual::ErrorCode;
using chainqual::PowerLaw;
using chainqual::Stream;

// Solved for Phi(x) = p with mpmath 1.3 at 40 digits; p is the double written here, to the bit.
TEST(NormalQuantile, EqualsTheExactInverseToFifteenDigits) {
  const std::vector<std::pair<double, double>> exact{
      {0x1.56e1fc2f8f359p-997, -37.047096299361199237}, {0x1.bff2ee48e0530p-333, -21.273453560965324294},
      {0x1.79ca10c924223p-67, -9.2623400897984075796},  {0x1.0000000000000p-54, -8.2923610758135955382},
      {0x1.b7cdfd9d7bdbbp-34, -6.3613409024040561991},  {0x1.4f8b588e368f1p-17, -4.2648907939228246102},
      {0x1.0624dd2f1a9fcp-10, -3.0902323061678135354},  {0x1.97f62b6ae7d56p-6, -1.9616778690637860161},
      {0x1.999999999999ap-5, -1.644853626951472688},    {0x1.2f1a9fbe76c8bp-4, -1.4466320671589785099},
      {0x1.339c0ebedfa44p-4, -1.4388253927525399824},   {0x1.999999999999ap-4, -1.2815515655446004353},
      {0x1.3333333333333p-2, -0.52440051270804081597},  {0x1.ccccccccccccdp-2, -0.12566134685507400616},
      {0x1.0000035afe535p-1, 2.5066282733116483012e-7}, {0x1.6666666666666p-1, 0.52440051270804065631},
      {0x1.d98c7e28240b8p-1, 1.4388253927525403742},    {0x1.da1cac083126fp-1, 1.446632067158978807},
      {0x1.f333333333333p-1, 1.9599639845400538556},    {0x1.ff7ced916872bp-1, 3.0902323061678132778},
      {0x1.ffffffff24190p-1, 6.3613408896974218642},    {0x1.fffffffffffffp-1, 8.2095361516013868556}};
  for (const auto& [p, x] : exact) EXPECT_NEAR(chainqual::normal_quantile(p) / x, 1.0, 1e-15) << p;
}

TEST(NormalQuantile, EndsInInfinitiesAndRefusesTheRest) {
  EXPECT_EQ(chainqual::normal_quantile(0.5), 0.0);
  EXPECT_EQ(chainqual::normal_quantile(0), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(chainqual::normal_quantile(1), std::numeric_limits<double>::infinity());
  for (const double p : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_TRUE(std::isnan(chainqual::normal_quantile(p)));
  }
}

TEST(Distributions, TakeOneWordEachWhereTheySaySo) {
  Stream drawn(5);
  Stream counted(5);
  for (const double variate :
       {chainqual::normal(drawn), chainqual::exponential(drawn), chainqual::log_normal(drawn, 0, 1)}) {
    EXPECT_TRUE(std::isfinite(variate));
    counted();
  }
  EXPECT_EQ(drawn(), counted());
}

TEST(Gamma, RefusesShapesThatAreNoShapes) {
  Stream random(1);
  for (const double shape :
       {0.0, -1.0, 1e301, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN(), 1e-310}) {
    EXPECT_THROW(static_cast<void>(chainqual::gamma(random, shape)), Error) << shape;
  }
  EXPECT_EQ(random(), Stream(1)());  // nothing was drawn
}

TEST(Dirichlet, SharesSumToOneEvenForShapesThatGammasCannotHold) {
  Stream random(2);
  for (const std::vector<double>& shapes :
       {std::vector<double>{1, 1, 1}, {400, 300, 300}, {1e-3, 1e-3}, {1e-300, 1e-300, 1e300}, {1e-300, 1e-300}, {5}}) {
    for (int i = 0; i < 100; ++i) {
      std::vector<double> shares(shapes.size());
      chainqual::dirichlet(random, shapes, shares);
      EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1.0, 1e-14);
      for (const double share : shares) EXPECT_GE(share, 0.0);
    }
  }
}

TEST(Dirichlet, RefusesLengthsAndShapesAndThenChangesNothing) {
  Stream random(3);
  std::vector<double> shares{7, 7};
  const auto code_of = [&](const std::vector<double>& shapes, std::span<double> out) {
    try {
      chainqual::dirichlet(random, shapes, out);
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::ok;
  };
  EXPECT_EQ(code_of({1, 2, 3}, shares), ErrorCode::shape_mismatch);
  EXPECT_EQ(code_of({}, {}), ErrorCode::shape_mismatch);
  EXPECT_EQ(code_of({1, 0}, shares), ErrorCode::invalid_value);
  EXPECT_EQ(shares, (std::vector<double>{7, 7}));
  EXPECT_EQ(random(), Stream(3)());
}

TEST(PowerLaw, WithMeanReachesAnyMeanAndKeepsTheLawAboveItsLowestNumber) {
  for (const double mean : {0.01, 0.5, 1.0, 1.5, 2.2, 3.0, 8.0, 9.0, 10.0, 64.5, 100.0, 127.9, 128.0}) {
    const PowerLaw law = PowerLaw::with_mean(2.3, 128, mean);
    EXPECT_NEAR(law.mean(), mean, 1e-9) << mean;
    EXPECT_EQ(law.cap(), 128U);
  }
  EXPECT_EQ(PowerLaw::with_mean(2.3, 128, 9).lowest(), 3U);
  EXPECT_EQ(PowerLaw::with_mean(2.3, 128, 1).lowest(), 0U);
  EXPECT_EQ(PowerLaw(2.3, 128, 128).at(12345), 128U);
}

TEST(PowerLaw, TheTableCoversAllWordsInOrder) {
  const PowerLaw law(2.3, 2, 1000);
  EXPECT_EQ(law.at(0), 2U);
  EXPECT_EQ(law.at(std::numeric_limits<std::uint64_t>::max()), 1000U);
  std::uint32_t before = 2;
  for (std::uint64_t word = 0; word < (std::uint64_t{1} << 32); word += 65521) {
    const std::uint32_t k = law.at(word << 32);
    ASSERT_GE(k, before);
    before = k;
  }
}

TEST(PowerLaw, RefusesWhatIsNoLaw) {
  EXPECT_THROW(PowerLaw(2.3, 0, 5), Error);
  EXPECT_THROW(PowerLaw(2.3, 6, 5), Error);
  EXPECT_THROW(PowerLaw(std::numeric_limits<double>::infinity(), 1, 5), Error);
  EXPECT_THROW(PowerLaw(2.3, 1, (1U << 20U) + 1), Error);
  for (const double mean : {0.0, -1.0, 128.5, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THROW(static_cast<void>(PowerLaw::with_mean(2.3, 128, mean)), Error) << mean;
  }
  EXPECT_THROW(static_cast<void>(PowerLaw::with_mean(2.3, 0, 1)), Error);
}

}  // namespace
