// Deviations by sending each source alone through the stages; scores, houses and lines by plain sums over names.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "chainqual/evaluate/deviation.hpp"
#include "chainqual/evaluate/evaluation.hpp"
#include "chainqual/evaluate/quality_house.hpp"
#include "chainqual/evaluate/value_grading.hpp"

namespace chainqual::testing {
namespace {

using Row = std::vector<double>;

double number(std::mt19937& random) {
  return static_cast<double>(random() % 2001) / 1000 - 1;
}

DenseMatrix any_matrix(std::mt19937& random, std::size_t rows, std::size_t columns) {
  DenseMatrix matrix{rows, columns, {}};
  for (std::size_t k = 0; k < rows * columns; ++k) matrix.values.push_back(number(random));
  return matrix;
}

Row times(const DenseMatrix& matrix, const Row& x) {
  Row y(matrix.rows, 0);
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    for (std::size_t j = 0; j < matrix.columns; ++j) y[i] += matrix(i, j) * x[j];
  }
  return y;
}

DeviationProcess any_process(std::mt19937& random) {
  DeviationProcess process;
  const auto spread = [&](std::size_t n) {
    DenseMatrix matrix{n, n, Row(n * n, 0)};
    for (std::size_t k = 0; k < n; ++k) matrix.values[k * n + k] = std::abs(number(random));
    return matrix;
  };
  std::size_t features = 1 + random() % 4;
  for (std::size_t k = 0; k < features; ++k) process.incoming_mean.push_back(number(random));
  process.incoming_covariance = spread(features);
  const std::size_t stages = 1 + random() % 5;
  for (std::size_t k = 0; k < stages; ++k) {
    const std::size_t next = 1 + random() % 4;
    const std::size_t sources = random() % 4;
    DeviationStage stage{
        "s", any_matrix(random, next, features), any_matrix(random, next, sources), {}, {}, spread(sources)};
    for (std::size_t s = 0; s < sources; ++s) stage.mean.push_back(number(random));
    process.stages.push_back(stage);
    features = next;
  }
  return process;
}

/// What the finished part shows of one unit of a source: of stage `stage`, 0 being the incoming part.
Row sent_through(const DeviationProcess& process, std::size_t stage, std::size_t source) {
  Row x(process.incoming_mean.size(), 0);
  if (stage == 0) x[source] = 1;
  for (std::size_t k = 0; k < process.stages.size(); ++k) {
    Row next = times(process.stages[k].a, x);
    if (k + 1 == stage) {
      Row u(process.stages[k].b.columns, 0);
      u[source] = 1;
      const Row brought = times(process.stages[k].b, u);
      for (std::size_t i = 0; i < next.size(); ++i) next[i] += brought[i];
    }
    x = next;
  }
  return x;
}

TEST(DeviationOracle, EachSourceSentThroughAlone) {
  std::mt19937 random(20261121);
  for (int round = 0; round < 300; ++round) {
    const DeviationProcess process = any_process(random);
    const DeviationResult found = propagate_deviations(process);
    const std::size_t n = found.states.back().mean.size();
    Row mean(n, 0);
    DenseMatrix covariance{n, n, Row(n * n, 0)};
    std::size_t share = 0;
    for (std::size_t stage = 0; stage <= process.stages.size(); ++stage) {
      const Row& means = stage == 0 ? process.incoming_mean : process.stages[stage - 1].mean;
      const DenseMatrix& spread = stage == 0 ? process.incoming_covariance : process.stages[stage - 1].covariance;
      for (std::size_t s = 0; s < means.size(); ++s, ++share) {
        const Row effect = sent_through(process, stage, s);
        ASSERT_EQ(found.shares[share].stage, stage);
        ASSERT_EQ(found.shares[share].source, s);
        for (std::size_t i = 0; i < n; ++i) {
          mean[i] += effect[i] * means[s];
          ASSERT_NEAR(found.shares[share].variance[i], effect[i] * effect[i] * spread(s, s), 1e-12);
          for (std::size_t j = 0; j < n; ++j) covariance.values[i * n + j] += effect[i] * effect[j] * spread(s, s);
        }
      }
    }
    ASSERT_EQ(found.shares.size(), share);
    for (std::size_t i = 0; i < n; ++i) {
      ASSERT_NEAR(found.states.back().mean[i], mean[i], 1e-12) << "round " << round;
      for (std::size_t j = 0; j < n; ++j) ASSERT_NEAR(found.states.back().covariance(i, j), covariance(i, j), 1e-12);
    }
  }
}

TEST(EvaluationOracle, TotalsAsPlainWeightedMeansOfPlainScores) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::vector<Indicator> indicators;
    IndicatorSheet sheet{"c", "p", {}};
    std::map<std::string, double> score;
    std::map<std::string, double> weight;
    EvaluationOptions options;
    options.weighting = Weighting::given;
    for (int k = 0; k < 10; ++k) {
      Indicator one;
      one.key = "i" + std::to_string(k);
      one.category = static_cast<IndicatorCategory>(random() % 6);
      one.direction = random() % 2 == 0 ? Direction::higher_is_better : Direction::lower_is_better;
      one.kind = random() % 3 == 0 ? IndicatorKind::qualitative : IndicatorKind::quantitative;
      indicators.push_back(one);
      options.weights.push_back(static_cast<double>(1 + random() % 5));
      weight[one.key] = options.weights.back();
      IndicatorEntry entry;
      entry.indicator = one.key;
      if (one.kind == IndicatorKind::qualitative) {
        double sum = 0;
        const std::size_t reviewers = random() % 4;
        for (std::size_t r = 0; r < reviewers; ++r) {
          entry.steps.push_back({std::to_string(r), static_cast<int>(1 + random() % 5)});
          sum += entry.steps.back().step;
        }
        if (reviewers > 0) score[one.key] = (sum / static_cast<double>(reviewers) - 1) / 4;
      } else {
        const auto baseline = static_cast<std::int64_t>(random() % 50);
        const auto ahead = static_cast<std::int64_t>(1 + random() % 50);
        const bool higher = one.direction == Direction::higher_is_better;
        const std::int64_t target = higher ? baseline + ahead : baseline - ahead;
        const auto value = static_cast<std::int64_t>(random() % 120) - 10;
        entry.baseline = Decimal(baseline, 0);
        entry.target = Decimal(target, 0);
        if (random() % 4 != 0) {
          entry.value = Decimal(value, 0);
          const double way = static_cast<double>(higher ? value - baseline : baseline - value);
          score[one.key] = std::clamp(way / static_cast<double>(ahead), 0.0, 1.0);
        }
      }
      sheet.entries.push_back(entry);
    }
    std::shuffle(sheet.entries.begin(), sheet.entries.end(), random);
    double sum = 0;
    double known = 0;
    double all = 0;
    for (const auto& [key, w] : weight) {
      all += w;
      if (!score.contains(key)) continue;
      known += w;
      sum += w * score[key];
    }
    const SheetScore found = evaluate(indicators, std::span(&sheet, 1), options).sheets[0];
    ASSERT_EQ(found.total.has_value(), known > 0);
    if (known > 0) {
      ASSERT_NEAR(*found.total, sum / known, 1e-12) << "round " << round;
    }
    ASSERT_NEAR(found.lowest, sum / all, 1e-12);
    ASSERT_NEAR(found.highest, (sum + all - known) / all, 1e-12);
    for (std::size_t k = 0; k < indicators.size(); ++k) {
      const bool has = score.contains(indicators[k].key);
      ASSERT_EQ(found.indicators[k].score.has_value(), has);
      if (has) {
        ASSERT_NEAR(*found.indicators[k].score, score[indicators[k].key], 1e-12);
      }
    }
  }
}

TEST(QualityHouseOracle, CascadesAsProductsOfSharesAlongEveryPath) {
  std::mt19937 random(9);
  for (int round = 0; round < 100; ++round) {
    std::vector<QualityHouse> houses(2);
    houses[0].wants = {"a", "b", "c"};
    houses[0].characteristics = houses[1].wants = {"d", "e"};
    houses[1].characteristics = {"f", "g", "h"};
    houses[0].importance = {1, 2, 5};
    houses[1].importance = {1, 1};
    for (std::size_t k = 0; k < 6; ++k) {
      houses[0].relations.push_back(static_cast<double>(1 + random() % 9));
      houses[1].relations.push_back(static_cast<double>(1 + random() % 9));
    }
    const HouseCascade found = cascade_houses(houses);
    // Along a → d → f: the want's importance, its relation, and the share of d's relations that f has, all of it scaled
    // to 1 at the second house.
    double first = 0;
    for (std::size_t k = 0; k < 6; ++k) first += houses[0].importance[k / 2] * houses[0].relations[k];
    double second = 0;
    Row paths(9, 0);
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t m = 0; m < 2; ++m) {
        for (std::size_t j = 0; j < 3; ++j) {
          const double path =
              houses[0].importance[i] * houses[0].relations[i * 2 + m] / first * houses[1].relations[m * 3 + j];
          paths[i * 3 + j] += path;
          second += path;
        }
      }
    }
    for (std::size_t k = 0; k < 9; ++k) ASSERT_NEAR(found.by_first_want[k], paths[k] / second, 1e-12);
  }
}

TEST(GradeLinesOracle, NoLineStandsBehindAWorseOne) {
  std::mt19937 random(13);
  for (int round = 0; round < 300; ++round) {
    std::vector<GradingCriterion> criteria;
    double weights = 0;
    for (int k = 0; k < 4; ++k) {
      criteria.push_back({"c",
                          static_cast<double>(1 + random() % 4),
                          ValueCurve::points({{0, static_cast<double>(random() % 11) / 10},
                                              {5, static_cast<double>(random() % 11) / 10},
                                              {10, static_cast<double>(random() % 11) / 10}}),
                          {}});
      if (random() % 3 == 0) criteria.back().least = 0.3;
      weights += criteria.back().weight;
    }
    std::vector<ProductionLine> lines(8);
    for (auto& line : lines) {
      for (int k = 0; k < 4; ++k) line.measurements.push_back(static_cast<double>(random() % 23) / 2 - 0.5);
    }
    const std::vector<GradeThreshold> grades{{"C", 0}, {"B", 0.45}, {"A", 0.7}};
    const auto found = grade_lines(criteria, grades, lines);
    ASSERT_EQ(found.size(), lines.size());
    for (const GradedLine& line : found) {
      double value = 0;
      bool held = false;
      for (std::size_t k = 0; k < 4; ++k) {
        const double one = criteria[k].curve(lines[line.line].measurements[k]);
        value += criteria[k].weight * one / weights;
        held = held || (criteria[k].least && one < *criteria[k].least - 1e-12);
      }
      ASSERT_NEAR(line.value, value, 1e-12);
      ASSERT_EQ(line.held_back, held);
      const std::size_t grade = held ? 0 : (value > 0.7 - 1e-9 ? 2 : (value > 0.45 - 1e-9 ? 1 : 0));
      ASSERT_EQ(line.grade, grade);
      const auto ahead = std::count_if(found.begin(), found.end(), [&](const GradedLine& other) {
        return (!other.held_back && line.held_back) || (other.held_back == line.held_back && other.value > line.value);
      });
      ASSERT_EQ(line.rank, static_cast<std::uint32_t>(ahead + 1)) << "a rank is one more than the lines ahead";
    }
  }
}

}  // namespace
}  // namespace chainqual::testing
