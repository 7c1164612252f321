// Kano's questions, the house of quality, deviations through stages.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "chainqual/evaluate/deviation.hpp"
#include "chainqual/evaluate/kano.hpp"
#include "chainqual/evaluate/quality_house.hpp"

namespace chainqual::testing::design_test {
namespace {

template <class Call>
ErrorCode code_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::ok;
}

TEST(Kano, AllTwentyFiveCells) {
  // Rows: with the feature; columns: without it; like, expect, neutral, tolerate, dislike (Berger et al. 1993).
  const std::array<const char*, 5> table{"QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"};
  for (std::uint8_t i = 0; i < 5; ++i) {
    for (std::uint8_t j = 0; j < 5; ++j) {
      const KanoClass found = kano_class({static_cast<KanoAnswer>(i), static_cast<KanoAnswer>(j)});
      EXPECT_EQ(names_of(found).aliases, std::string(1, table[i][j])) << int{i} << " " << int{j};
    }
  }
}

TEST(Kano, CountsMajorityAndCoefficients) {
  const KanoPair must{KanoAnswer::expect, KanoAnswer::dislike};
  const KanoPair one{KanoAnswer::like, KanoAnswer::dislike};
  const KanoPair attractive{KanoAnswer::like, KanoAnswer::neutral};
  const KanoPair odd{KanoAnswer::like, KanoAnswer::like};
  std::vector<KanoPair> pairs(10, must);
  pairs.insert(pairs.end(), 5, one);
  pairs.insert(pairs.end(), 1, attractive);
  pairs.push_back(odd);
  const KanoFeature found = classify_feature(pairs);
  EXPECT_EQ(found.feature, KanoClass::must_be);
  EXPECT_EQ(found.counts, (std::array<std::size_t, 6>{10, 5, 1, 0, 0, 1}));
  EXPECT_DOUBLE_EQ(found.better, 6.0 / 16);
  EXPECT_DOUBLE_EQ(found.worse, -15.0 / 16);
  EXPECT_EQ(found.clear, 5 >= 1.65 * std::sqrt(15.0 * 19 / 34));
  EXPECT_TRUE(classify_feature(std::vector<KanoPair>(9, must)).clear);
  EXPECT_EQ(classify_feature(std::vector<KanoPair>{must, one}).feature, KanoClass::must_be) << "of equals M first";
  EXPECT_FALSE(classify_feature(std::vector<KanoPair>{must, one}).clear);
  EXPECT_EQ(classify_feature(std::vector<KanoPair>{odd}).better, 0);
}

TEST(KanoBadInput, NothingAndNoSuchAnswer) {
  EXPECT_EQ(code_of([] { static_cast<void>(classify_feature({})); }), ErrorCode::invalid_argument);
  const std::vector<KanoPair> wrong{{static_cast<KanoAnswer>(9), KanoAnswer::like}};
  EXPECT_EQ(code_of([&] { static_cast<void>(classify_feature(wrong)); }), ErrorCode::invalid_value);
}

QualityHouse door() {
  return {{"closes easily", "quiet"}, {3, 1}, {"force", "seal", "paint"}, {9, 1, 0, 0, 3, 0}, {}};
}

TEST(QualityHouse, ByHand) {
  QualityHouse house = door();
  house.roof = {0, -0.5, 0, -0.5, 0, 0.2, 0, 0.2, 0};
  const QualityHouseResult found = build_house(house);
  EXPECT_EQ(found.importance, (std::vector<double>{27, 6, 0}));
  EXPECT_DOUBLE_EQ(found.share[0], 27.0 / 33);
  EXPECT_DOUBLE_EQ(found.by_want[1], 3.0 / 33);
  EXPECT_DOUBLE_EQ(found.by_want[4], 3.0 / 33);
  ASSERT_EQ(found.conflicts.size(), 1U) << "what helps is no conflict";
  EXPECT_DOUBLE_EQ(found.conflicts[0].weight, 0.5 * std::sqrt(27.0 * 6) / 33);
  EXPECT_EQ(found.rank, 2U);
  EXPECT_EQ(found.findings.count(FindingLevel::warning), 1U) << "paint answers nothing";
}

TEST(QualityHouse, SingularRelationsAreWorkedOutAndTold) {
  QualityHouse house = door();
  house.relations = {9, 3, 1, 9, 3, 1};
  const QualityHouseResult found = build_house(house);
  EXPECT_EQ(found.rank, 1U);
  EXPECT_DOUBLE_EQ(found.share[0], 9.0 / 13);
  EXPECT_EQ(found.findings.count(FindingLevel::warning), 1U);
  house.relations = {9, 3, 1, 0, 0, 0};
  EXPECT_EQ(build_house(house).findings.count(FindingLevel::warning), 2U) << "an unanswered want, and the rank";
}

TEST(QualityHouse, CascadeKeepsEachWantsPart) {
  std::mt19937 random(11);
  for (int round = 0; round < 50; ++round) {
    std::vector<QualityHouse> houses(3);
    std::vector<std::string> names{"w1", "w2", "w3", "w4"};
    for (std::size_t k = 0; k < 3; ++k) {
      houses[k].wants = names;
      names.clear();
      for (std::size_t j = 0; j < 3 + k; ++j) names.push_back(std::to_string(k) + "." + std::to_string(j));
      houses[k].characteristics = names;
      houses[k].importance.assign(houses[k].wants.size(), 1);
      for (std::size_t cell = 0; cell < houses[k].wants.size() * names.size(); ++cell) {
        houses[k].relations.push_back(static_cast<double>(1 + random() % 9));
      }
    }
    const HouseCascade cascade = cascade_houses(houses);
    const auto& last = cascade.houses.back();
    ASSERT_NEAR(std::accumulate(cascade.by_first_want.begin(), cascade.by_first_want.end(), 0.0), 1, 1e-12);
    for (std::size_t j = 0; j < last.share.size(); ++j) {
      double column = 0;
      for (std::size_t i = 0; i < 4; ++i) column += cascade.by_first_want[i * last.share.size() + j];
      ASSERT_NEAR(column, last.share[j], 1e-12);
    }
  }
}

TEST(QualityHouseBadInput, ShapesValuesRoofsCascades) {
  const auto code = [](auto change) {
    QualityHouse house = door();
    change(house);
    return code_of([&] { static_cast<void>(build_house(house)); });
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(code([](QualityHouse& h) { h = {}; }), ErrorCode::invalid_argument);
  EXPECT_EQ(code([](QualityHouse& h) { h.relations.pop_back(); }), ErrorCode::shape_mismatch);
  EXPECT_EQ(code([](QualityHouse& h) { h.roof = {1}; }), ErrorCode::shape_mismatch);
  EXPECT_EQ(code([&](QualityHouse& h) { h.relations[0] = nan; }), ErrorCode::invalid_value);
  EXPECT_EQ(code([](QualityHouse& h) { h.importance[0] = -1; }), ErrorCode::invalid_value);
  EXPECT_EQ(code([](QualityHouse& h) { h.roof = {0, 1, 0, 0.5, 0, 0, 0, 0, 0}; }), ErrorCode::invalid_value);
  EXPECT_EQ(code([](QualityHouse& h) { h.roof = {0, 2, 0, 2, 0, 0, 0, 0, 0}; }), ErrorCode::invalid_value);
  EXPECT_EQ(code([](QualityHouse& h) { h.importance = {0, 0}; }), ErrorCode::invalid_argument);
  EXPECT_EQ(code([](QualityHouse& h) { h.relations.assign(6, 0); }), ErrorCode::invalid_argument);
  const std::vector<QualityHouse> strangers{door(), door()};
  EXPECT_EQ(code_of([&] { static_cast<void>(cascade_houses(strangers)); }), ErrorCode::shape_mismatch);
  EXPECT_EQ(code_of([] { static_cast<void>(cascade_houses({})); }), ErrorCode::invalid_argument);
}

DenseMatrix diagonal(const std::vector<double>& values) {
  DenseMatrix matrix{values.size(), values.size(), std::vector<double>(values.size() * values.size(), 0)};
  for (std::size_t k = 0; k < values.size(); ++k) matrix.values[k * values.size() + k] = values[k];
  return matrix;
}

/// Two features; the first stage tilts and shifts, the second machines the second feature anew.
DeviationProcess milling() {
  DeviationProcess process;
  process.incoming_mean = {0.1, 0};
  process.incoming_covariance = diagonal({0.04, 0.01});
  process.stages.push_back({"clamp", {2, 2, {1, 0.5, 0, 1}}, {2, 1, {1, 2}}, {"fixture"}, {0.2}, diagonal({0.09})});
  process.stages.push_back({"mill", {2, 2, {1, 0, 0, 0}}, {2, 1, {0, 1}}, {"tool"}, {}, diagonal({0.0025})});
  return process;
}

TEST(Deviation, ByHand) {
  const DeviationResult found = propagate_deviations(milling());
  ASSERT_EQ(found.states.size(), 3U);
  EXPECT_NEAR(found.states[1].mean[0], 0.3, 1e-15);
  EXPECT_NEAR(found.states[1].mean[1], 0.4, 1e-15);
  EXPECT_NEAR(found.states[1].covariance(0, 0), 0.04 + 0.25 * 0.01 + 0.09, 1e-15);
  EXPECT_NEAR(found.states[1].covariance(0, 1), 0.5 * 0.01 + 2 * 0.09, 1e-15);
  EXPECT_NEAR(found.states[2].mean[1], 0, 1e-15) << "milled anew";
  EXPECT_NEAR(found.states[2].covariance(1, 1), 0.0025, 1e-15);
  EXPECT_NEAR(found.states[2].covariance(0, 1), 0, 1e-15);
  EXPECT_NEAR(found.stage_share[1], 0.09 / (0.1325 + 0.0025), 1e-12);
}

TEST(Deviation, SharesSumToMeansAndVariances) {
  std::mt19937 random(5);
  const auto number = [&] { return static_cast<double>(random() % 2001) / 1000 - 1; };
  for (int round = 0; round < 100; ++round) {
    DeviationProcess process;
    const auto fill = [&](std::size_t rows, std::size_t columns) {
      DenseMatrix matrix{rows, columns, {}};
      for (std::size_t k = 0; k < rows * columns; ++k) matrix.values.push_back(number());
      return matrix;
    };
    const auto covariance = [&](std::size_t n) {
      const DenseMatrix root = fill(n, n);
      DenseMatrix product{n, n, std::vector<double>(n * n, 0)};
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
          for (std::size_t k = 0; k < n; ++k) product.values[i * n + j] += root(i, k) * root(j, k);
        }
      }
      return product;
    };
    process.incoming_mean = {number(), number(), number()};
    process.incoming_covariance = covariance(3);
    std::size_t features = 3;
    for (std::size_t k = 0; k < 4; ++k) {
      const std::size_t next = 2 + random() % 3;
      const std::size_t sources = random() % 3;
      DeviationStage stage{"s", fill(next, features), fill(next, sources), {}, {}, covariance(sources)};
      for (std::size_t s = 0; s < sources; ++s) stage.mean.push_back(number());
      process.stages.push_back(stage);
      features = next;
    }
    const DeviationResult found = propagate_deviations(process);
    for (std::size_t i = 0; i < features; ++i) {
      double mean = 0;
      double variance = 0;
      for (const DeviationShare& share : found.shares) {
        mean += share.mean[i];
        variance += share.variance[i];
      }
      ASSERT_NEAR(mean, found.states.back().mean[i], 1e-12);
      ASSERT_NEAR(variance, found.states.back().covariance(i, i), 1e-11);
    }
    ASSERT_NEAR(std::accumulate(found.stage_share.begin(), found.stage_share.end(), 0.0), 1, 1e-12);
  }
}

TEST(Deviation, SourcesAreFoundFromWhatTheyDid) {
  DeviationProcess process = milling();
  process.stages[1].mean = {-0.05};
  const auto finished = propagate_deviations(process).states.back().mean;
  const auto found = locate_sources(process, finished);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_NEAR(found[0], 0.2, 1e-12);
  EXPECT_NEAR(found[1], -0.05, 1e-12);
}

TEST(Deviation, NothingVariesNothingIsShared) {
  DeviationProcess process = milling();
  process.incoming_covariance = diagonal({0, 0});
  for (DeviationStage& stage : process.stages) stage.covariance = diagonal({0});
  EXPECT_EQ(propagate_deviations(process).stage_share, (std::vector<double>{0, 0, 0}));
}

TEST(DeviationBadInput, ShapesCovariancesAndSourcesThatLookAlike) {
  const auto code = [](auto change) {
    DeviationProcess process = milling();
    change(process);
    return code_of([&] { static_cast<void>(propagate_deviations(process)); });
  };
  EXPECT_EQ(code([](DeviationProcess& p) { p.stages.clear(); }), ErrorCode::invalid_argument);
  EXPECT_EQ(code([](DeviationProcess& p) { p.incoming_mean.clear(); }), ErrorCode::invalid_argument);
  EXPECT_EQ(code([](DeviationProcess& p) {
              p.stages[0].a = {2, 3, std::vector<double>(6, 1)};
            }),
            ErrorCode::shape_mismatch);
  EXPECT_EQ(code([](DeviationProcess& p) { p.stages[0].a.values.pop_back(); }), ErrorCode::shape_mismatch);
  EXPECT_EQ(code([](DeviationProcess& p) { p.stages[0].mean = {1, 2}; }), ErrorCode::shape_mismatch);
  EXPECT_EQ(code([](DeviationProcess& p) { p.stages[0].a.values[0] = std::nan(""); }), ErrorCode::invalid_value);
  EXPECT_EQ(code([](DeviationProcess& p) { p.stages[0].covariance.values[0] = -1; }), ErrorCode::invalid_value);
  EXPECT_EQ(code([](DeviationProcess& p) {
              p.incoming_covariance.values = {1, 0.5, 0.2, 1};
            }),
            ErrorCode::invalid_value);
  EXPECT_EQ(code([](DeviationProcess& p) { p.incoming_covariance.values = {1, 2, 2, 1}; }), ErrorCode::invalid_value);
  DeviationProcess alike = milling();
  alike.stages[1].b = {2, 2, {1, 2, 0, 0}};
  alike.stages[1].sources = {"tool", "spindle"};
  alike.stages[1].covariance = diagonal({1, 1});
  EXPECT_EQ(code_of([&] { static_cast<void>(propagate_deviations(alike)); }), ErrorCode::ok) << "only not told apart";
  EXPECT_EQ(code_of([&] {
              static_cast<void>(locate_sources(alike, std::vector<double>{1, 1}));
            }),
            ErrorCode::no_solution);
  EXPECT_EQ(code_of([] { static_cast<void>(locate_sources(milling(), std::vector<double>{1})); }),
            ErrorCode::shape_mismatch);
}

}  // namespace
}  // namespace chainqual::testing::design_test
