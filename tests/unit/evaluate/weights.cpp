#include "chainqual/evaluate/weights.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace chainqual::testing {
namespace {

/// A reciprocal matrix from its upper triangle, by rows.
std::vector<double> reciprocal(std::size_t n, const std::vector<double>& upper) {
  std::vector<double> a(n * n, 1);
  std::size_t at = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      a[i * n + j] = upper.at(at);
      a[j * n + i] = 1 / upper.at(at++);
    }
  }
  return a;
}

void expect_weights(const PairwiseWeights& found, const std::vector<double>& weights, double digit) {
  ASSERT_EQ(found.weights.size(), weights.size());
  for (std::size_t k = 0; k < weights.size(); ++k) EXPECT_NEAR(found.weights[k], weights[k], digit) << k;
}

TEST(PairwiseWeights, SaatysChoiceOfASchool) {
  // Learning, friends, school life, vocational training, college preparation, music (Saaty 1980); weights to the two
  // digits printed.
  const auto a = reciprocal(6, {4, 3, 1, 3, 4, 7, 3, 1.0 / 5, 1, 1.0 / 5, 1.0 / 5, 1.0 / 6, 1, 1.0 / 3, 3});
  expect_weights(pairwise_weights(a, {}, Inconsistency::report), {.32, .14, .03, .13, .24, .14}, 0.006);
}

TEST(PairwiseWeights, SaatysPurchaseOfAHouse) {
  // Size, transport, neighbourhood, age, yard, facilities, condition, financing (Saaty 1990,
  // doi:10.1016/0377-2217(90)90057-I).
  const auto a = reciprocal(8, {5,       3,       7,       6,       6,       1.0 / 3, 1.0 / 4,  //
                                1.0 / 3, 5,       3,       3,       1.0 / 5, 1.0 / 7,           //
                                6,       3,       4,       6,       1.0 / 5,                    //
                                1.0 / 3, 1.0 / 4, 1.0 / 7, 1.0 / 8,                             //
                                1.0 / 2, 1.0 / 5, 1.0 / 6,                                      //
                                1.0 / 5, 1.0 / 6,                                               //
                                1.0 / 2});
  const PairwiseWeights found = pairwise_weights(a, {}, Inconsistency::report);
  expect_weights(found, {.173, .054, .188, .018, .031, .036, .167, .333}, 0.0006);
  EXPECT_NEAR(found.largest_eigenvalue, 9.669, 0.0006);
  EXPECT_NEAR(found.consistency_index, 0.238, 0.001);
  EXPECT_NEAR(found.consistency_ratio, 0.169, 0.0006);
}

TEST(PairwiseWeights, ConsistentJudgementsGiveTheirWeightsBack) {
  const std::vector<double> w{0.5, 0.3, 0.15, 0.05};
  std::vector<double> a;
  for (const double x : w) {
    for (const double y : w) a.push_back(x / y);
  }
  const PairwiseWeights found = pairwise_weights(a);
  for (std::size_t k = 0; k < w.size(); ++k) EXPECT_NEAR(found.weights[k], w[k], 1e-13);
  EXPECT_NEAR(found.largest_eigenvalue, 4, 1e-12);
  EXPECT_NEAR(found.consistency_ratio, 0, 1e-12);
  EXPECT_EQ(found.worst_row, found.worst_column) << "none is off";
  EXPECT_EQ(pairwise_weights(std::vector<double>{1}).weights, std::vector<double>{1});
}

TEST(PairwiseWeights, InconsistentJudgementsAreRefusedAndTheWorstIsNamed) {
  // a > b > c, and yet c much more than a.
  const auto a = reciprocal(3, {3, 1.0 / 7, 5});
  const std::vector<std::string> names{"quality", "cost", "time"};
  try {
    static_cast<void>(pairwise_weights(a, names));
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_NE(error.message().en.find("above 0.1"), std::string::npos);
    const PairwiseWeights found = pairwise_weights(a, names, Inconsistency::report);
    EXPECT_NE(error.message().en.find(names[found.worst_row] + " : " + names[found.worst_column]), std::string::npos)
        << error.message().en;
  }
}

TEST(PairwiseWeightsBadInput, NotReciprocalNotPositiveNotSquareTooLarge) {
  const auto code = [](const std::vector<double>& a, const std::vector<std::string>& names = {}) {
    try {
      static_cast<void>(pairwise_weights(a, names));
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::ok;
  };
  EXPECT_EQ(code({1, 2, 0.4, 1}), ErrorCode::invalid_value) << "not reciprocal";
  EXPECT_EQ(code({2, 1, 1, 1}), ErrorCode::invalid_value) << "diagonal";
  EXPECT_EQ(code({1, 0, 0, 1}), ErrorCode::invalid_value);
  EXPECT_EQ(code({1, std::nan(""), std::nan(""), 1}), ErrorCode::invalid_value) << "neither of the pair";
  EXPECT_EQ(code({1, 9, 0.12, 1}), ErrorCode::invalid_value) << "a ninth is 0.11";
  EXPECT_EQ(code({1, -2, -0.5, 1}), ErrorCode::invalid_value);
  EXPECT_EQ(code({1, 2, 3}), ErrorCode::shape_mismatch);
  EXPECT_EQ(code({1, 2, 0.5, 1}, {"only"}), ErrorCode::shape_mismatch);
  EXPECT_EQ(code({}), ErrorCode::invalid_argument);
  EXPECT_EQ(code(std::vector<double>(256, 1)), ErrorCode::invalid_argument) << "sixteen rows";
  EXPECT_EQ(code({1, 3, 0.3333333, 1}), ErrorCode::ok) << "a third, as one writes it";
}

TEST(EntropyWeights, WhatTellsRowsApartWeighs) {
  // By hand: the second column is the same everywhere; of the others the third is the more uneven.
  const std::vector<double> x{1, 5, 0, 2, 5, 0, 3, 5, 6};
  const auto w = entropy_weights(x, 3);
  const double e0 =
      -(1.0 / 6 * std::log(1.0 / 6) + 2.0 / 6 * std::log(2.0 / 6) + 3.0 / 6 * std::log(3.0 / 6)) / std::log(3.0);
  EXPECT_EQ(w[1], 0);
  EXPECT_NEAR(w[0], (1 - e0) / (1 - e0 + 1), 1e-15);
  EXPECT_NEAR(std::accumulate(w.begin(), w.end(), 0.0), 1, 1e-15);
  EXPECT_EQ(entropy_weights(std::vector<double>{2, 7, 2, 7}, 2), (std::vector<double>{0.5, 0.5}))
      << "nothing told apart";
}

TEST(EntropyWeightsBadInput, NegativeNotFiniteAllZeroAndShapes) {
  const auto code = [](const std::vector<double>& x, std::size_t columns) {
    try {
      static_cast<void>(entropy_weights(x, columns));
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::ok;
  };
  EXPECT_EQ(code({1, -1, 1, 1}, 2), ErrorCode::invalid_value);
  EXPECT_EQ(code({1, std::numeric_limits<double>::infinity(), 1, 1}, 2), ErrorCode::invalid_value);
  EXPECT_EQ(code({0, 1, 0, 1}, 2), ErrorCode::invalid_value);
  EXPECT_EQ(code({1, 2, 3}, 2), ErrorCode::invalid_argument);
  EXPECT_EQ(code({1, 2, 3, 4, 5}, 2), ErrorCode::shape_mismatch);
  EXPECT_EQ(code({}, 0), ErrorCode::invalid_argument);
}

TEST(PairwiseWeights, OneOfAPairIsEnoughAndTwoDecimalsWillDo) {
  const double blank = std::nan("");
  const auto exact = pairwise_weights(std::vector<double>{1, 3, 7, 1.0 / 3, 1, 3, 1.0 / 7, 1.0 / 3, 1}).weights;
  EXPECT_EQ(pairwise_weights(std::vector<double>{1, 3, 7, blank, 1, 3, blank, blank, 1}).weights, exact);
  EXPECT_EQ(pairwise_weights(std::vector<double>{blank, 3, 7, blank, blank, 3, blank, blank, blank}).weights, exact);
  EXPECT_EQ(pairwise_weights(std::vector<double>{1, 3, 7, 0.33, 1, 3, 0.14, 0.333, 1}).weights, exact);
}

}  // namespace
}  // namespace chainqual::testing
