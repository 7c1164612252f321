// Latin hypercubes and ensembles: strata, quantiles, errors, and independence of the executor.

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "chainqual/core/random.hpp"
#include "chainqual/impact/ensemble.hpp"
#include "chainqual/impact/propagate.hpp"
#include "unit/impact/networks.hpp"

namespace {

using chainqual::Control;
using chainqual::Error;
using chainqual::ErrorCode;
using chainqual::latin_hypercube;
using chainqual::Propagation;
using chainqual::Spreading;
using chainqual::UncertainParameter;

template <class Call>
ErrorCode code_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::ok;
}

TEST(LatinHypercube, EveryParameterFallsOnceIntoEachStratum) {
  const std::vector<UncertainParameter> parameters{{"a", 0, 1, Spreading::uniform, 0},
                                                   {"b", -3, 5, Spreading::uniform, 0},
                                                   {"c", 0.01, 100, Spreading::log_uniform, 0},
                                                   {"d", 2, 10, Spreading::triangular, 3}};
  for (const std::size_t samples : {std::size_t{1}, std::size_t{2}, std::size_t{37}, std::size_t{500}}) {
    const auto made = latin_hypercube(parameters, samples, 7);
    std::vector<std::set<std::size_t>> strata(parameters.size());
    for (std::size_t k = 0; k < samples; ++k) {
      const auto row = made.sample(k);
      // The distribution functions, each by its own formula.
      const double t = row[3] <= 3 ? (row[3] - 2) * (row[3] - 2) / 8 : 1 - (10 - row[3]) * (10 - row[3]) / 56;
      const std::vector<double> shares{row[0], (row[1] + 3) / 8, std::log(row[2] / 0.01) / std::log(10'000.0), t};
      for (std::size_t p = 0; p < shares.size(); ++p) {
        strata[p].insert(static_cast<std::size_t>(
            std::min(shares[p] * static_cast<double>(samples) + 1e-9, static_cast<double>(samples) - 0.5)));
      }
    }
    for (const auto& met : strata) EXPECT_EQ(met.size(), samples);
  }
}

TEST(LatinHypercube, AParameterKeepsItsValuesWhenOthersAreAddedBehindIt) {
  const std::vector<UncertainParameter> one{{"a", 0, 1, Spreading::uniform, 0}};
  std::vector<UncertainParameter> two = one;
  two.push_back({"b", 5, 6, Spreading::uniform, 0});
  const auto alone = latin_hypercube(one, 50, 3);
  const auto together = latin_hypercube(two, 50, 3);
  for (std::size_t k = 0; k < 50; ++k) EXPECT_EQ(alone.sample(k)[0], together.sample(k)[0]);
  EXPECT_NE(latin_hypercube(one, 50, 4).values, alone.values);
}

TEST(LatinHypercube, RefusesRangesThatAreNone) {
  const auto made = [](UncertainParameter parameter) {
    return code_of([&] { static_cast<void>(latin_hypercube({&parameter, 1}, 10, 1)); });
  };
  EXPECT_EQ(made({"a", 2, 1, Spreading::uniform, 0}), ErrorCode::invalid_value);
  EXPECT_EQ(made({"a", 0, NAN, Spreading::uniform, 0}), ErrorCode::invalid_value);
  EXPECT_EQ(made({"a", 0, 1, Spreading::log_uniform, 0}), ErrorCode::invalid_value);
  EXPECT_EQ(made({"a", 0, 1, Spreading::triangular, 2}), ErrorCode::invalid_value);
  EXPECT_EQ(made({"a", 4, 4, Spreading::triangular, 4}), ErrorCode::ok);
  EXPECT_EQ(code_of([] { static_cast<void>(latin_hypercube({}, 0, 1)); }), ErrorCode::invalid_argument);
}

Propagation outcome(std::size_t sample, std::uint64_t seed) {
  chainqual::Stream random(seed, 0, sample, 0);
  Propagation out;
  for (int v = 0; v < 5; ++v) out.combined.push_back(random.uniform());
  out.index = out.combined[0];
  out.index_downstream = out.combined[1];
  out.converged = sample % 10 != 0;
  return out;
}

TEST(Ensemble, SumsUpLikeThePlainFormulas) {
  const std::size_t samples = 101;
  const auto result = chainqual::ensemble(samples, [](std::size_t k, const Control&) { return outcome(k, 5); });
  double sum = 0;
  std::vector<double> values;
  for (std::size_t k = 0; k < samples; ++k) {
    EXPECT_EQ(result.indices[k], outcome(k, 5).index);
    values.push_back(outcome(k, 5).combined[3]);
    sum += values.back();
  }
  const double mean = sum / static_cast<double>(samples);
  double squares = 0;
  for (const double value : values) squares += std::pow(value - mean, 2);
  EXPECT_NEAR(result.mean[3], mean, 1e-14);
  EXPECT_NEAR(result.deviation[3], std::sqrt(squares / 100), 1e-14);
  std::sort(values.begin(), values.end());
  EXPECT_EQ(result.quantiles[0 * 5 + 3], values[5]);  // 101 values: the shares fall on order statistics
  EXPECT_EQ(result.quantiles[1 * 5 + 3], values[50]);
  EXPECT_EQ(result.quantiles[2 * 5 + 3], values[95]);
  EXPECT_EQ(result.not_converged, 11U);
  EXPECT_NEAR(result.index.standard_error, result.index.deviation / std::sqrt(101.0), 1e-15);
}

TEST(Ensemble, SameBitsForOneTwoAndSevenThreads) {
  const auto with = [](unsigned threads) {
    chainqual::ThreadPool pool(threads);
    Control control;
    control.executor = &pool;
    return chainqual::ensemble(
        64, [](std::size_t k, const Control&) { return outcome(k, 9); }, {}, control);
  };
  const auto one = with(1);
  for (const unsigned threads : {2U, 7U}) {
    const auto other = with(threads);
    EXPECT_EQ(other.indices, one.indices);
    EXPECT_EQ(other.mean, one.mean);
    EXPECT_EQ(other.deviation, one.deviation);
    EXPECT_EQ(other.quantiles, one.quantiles);
    EXPECT_EQ(other.index.mean, one.index.mean);
  }
}

TEST(Ensemble, RefusesNoSamplesOddSharesAndRunsOfDifferentLength) {
  const auto fine = [](std::size_t k, const Control&) { return outcome(k, 1); };
  EXPECT_EQ(code_of([&] { static_cast<void>(chainqual::ensemble(0, fine)); }), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of([&] {
              static_cast<void>(chainqual::ensemble(2, fine, {{1.5}, true}));
            }),
            ErrorCode::invalid_argument);
  const auto uneven = [](std::size_t k, const Control&) {
    auto one = outcome(k, 1);
    one.combined.resize(k + 1);
    return one;
  };
  EXPECT_EQ(code_of([&] { static_cast<void>(chainqual::ensemble(3, uneven)); }), ErrorCode::shape_mismatch);
}

TEST(Ensemble, PairsOfCommonRandomNumbersTellSmallDifferencesApart) {
  std::vector<double> first;
  std::vector<double> second;
  for (std::size_t k = 0; k < 200; ++k) {
    const double noise = outcome(k, 2).index;
    first.push_back(noise);
    second.push_back(noise - 0.001);
  }
  const auto paired = chainqual::paired_difference(first, second);
  EXPECT_NEAR(paired.mean, -0.001, 1e-12);
  EXPECT_LT(paired.standard_error, 1e-12);
  EXPECT_EQ(paired.share_below, 1);
  EXPECT_EQ(code_of([&] { static_cast<void>(chainqual::paired_difference(first, {})); }), ErrorCode::shape_mismatch);
}

/// Two uncertain shocks on a chain, run through a model.
struct Uncertain {
  impact_test::Table table = impact_test::Table(5).link(0, 2, 3).link(1, 2, 1).link(2, 3, 2).link(2, 4, 2);
  chainqual::Network net = impact_test::network(table);
  chainqual::ParameterSamples samples;
  chainqual::ModelOptions model;

  Uncertain(chainqual::Model which, std::size_t count) {
    const std::vector<UncertainParameter> parameters{{"first", 0.1, 0.5, Spreading::uniform, 0},
                                                     {"second", 0, 0.8, Spreading::triangular, 0.2}};
    samples = latin_hypercube(parameters, count, 11);
    model.model = which;
    model.linear.capped = false;
    model.contagion.runs = 200;
    model.dynamics.days = model.inoperability.days = 60;
  }
  [[nodiscard]] chainqual::ModelRun run(std::size_t sample, const Control& control = {}) const {
    const auto row = samples.sample(sample);
    return chainqual::propagate(net, chainqual::lasting({row[0], row[1], 0, 0, 0}), model, control);
  }
};

TEST(Ensemble, EveryModelOverALatinHypercubeIsItsRunsOneByOne) {
  for (const auto& name : chainqual::Names<chainqual::Model>::table) {
    SCOPED_TRACE(std::string(name.en));
    const Uncertain uncertain(name.value, 24);
    const auto with = [&](unsigned threads) {
      chainqual::ThreadPool pool(threads);
      Control control;
      control.executor = &pool;
      return chainqual::ensemble(
          24, [&](std::size_t k, const Control& inner) { return uncertain.run(k, inner); }, {}, control);
    };
    const auto one = with(1);
    std::vector<double> at_the_end;
    for (std::size_t k = 0; k < 24; ++k) {
      const auto alone = uncertain.run(k);
      EXPECT_EQ(one.indices[k], alone.index);
      at_the_end.push_back(alone.combined[4]);
    }
    const auto [least, most] = std::minmax_element(at_the_end.begin(), at_the_end.end());
    EXPECT_LT(*least, *most);
    EXPECT_GE(one.mean[4], *least);
    EXPECT_LE(one.mean[4], *most);
    for (const unsigned threads : {2U, 7U}) {
      const auto other = with(threads);
      EXPECT_EQ(other.indices, one.indices);
      EXPECT_EQ(other.mean, one.mean);
      EXPECT_EQ(other.quantiles, one.quantiles);
    }
  }
}

TEST(Ensemble, MeansOfTheLinearModelOverALatinHypercubeComeNearTheirExpectation) {
  // x₂ = ¾ first + ¼ second downstream; means of the uniform and the triangle are 0.3 and 1/3. Each sample lies in its
  // stratum, so a mean is off by no more than the range over the number of samples.
  const Uncertain uncertain(chainqual::Model::linear, 200);
  const auto result = chainqual::ensemble(200, [&](std::size_t k, const Control& inner) {
    auto losses = uncertain.run(k, inner);
    losses.combined = losses.downstream;
    return losses;
  });
  EXPECT_NEAR(result.mean[2], 0.75 * 0.3 + 0.25 / 3, (0.75 * 0.4 + 0.25 * 0.8) / 200);
  EXPECT_NEAR(result.mean[0], 0.3, 0.4 / 200);
  EXPECT_NEAR(result.mean[4], result.mean[2], 1e-12);
}

TEST(Ensemble, CancelBetweenSamplesStopsItAndNoFurtherSampleIsRun) {
  chainqual::CancelToken token;
  Control control;
  control.executor = &chainqual::inline_executor();
  control.cancel = &token;
  std::size_t runs = 0;
  const Uncertain uncertain(chainqual::Model::linear, 10);
  EXPECT_EQ(code_of([&] {
              static_cast<void>(chainqual::ensemble(
                  10,
                  [&](std::size_t k, const Control&) {
                    if (++runs == 4) token.cancel();
                    return uncertain.run(k);
                  },
                  {}, control));
            }),
            ErrorCode::cancelled);
  EXPECT_EQ(runs, 4U);
}

}  // namespace
