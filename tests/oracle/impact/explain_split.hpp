#pragma once

// Splits of a loss by brute force: the model run without each source, and with each alone.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "chainqual/impact/explain.hpp"
#include "oracle/impact/inoperability_days.hpp"

namespace impact_test {

/// The target's loss when the shocks of some enterprises stay.
using NaiveLoss = std::function<double(const std::vector<bool>& stays)>;

/// How often a rule was seen, so that a test can say that it saw each.
struct RulesSeen {
  int remove_one = 0;
  int alone = 0;
  int equal = 0;
  int superposition = 0;
};

/// Compares loss and parts; `coarse` is what sources that are not listed may matter.
inline void expect_split(const chainqual::Why& found, const std::vector<double>& shock, const NaiveLoss& loss,
                         double tolerance, double coarse, RulesSeen& seen) {
  const std::size_t n = shock.size();
  const double all = loss(std::vector<bool>(n, true));
  const double little = 0.01 * all;  // falls that tell no cause
  const double slack = 1e-6 + 2 * tolerance * static_cast<double>(n);
  ASSERT_NEAR(found.loss, all, tolerance);
  if (!(found.loss > 0)) {
    EXPECT_TRUE(found.sources.empty());
    return;
  }
  const auto without = [&](std::size_t v, bool others) {
    std::vector<bool> stays(n, others);
    stays[v] = !others;
    return loss(stays);
  };
  std::vector<bool> listed(n, false);
  std::vector<double> effect;
  double removal = 0;
  double by_itself = 0;
  for (const auto& share : found.sources) {
    const std::size_t v = share.source.index();
    ASSERT_LT(v, n);
    EXPECT_FALSE(listed[v]);
    listed[v] = true;
    const double missed = std::max(0.0, all - without(v, true));
    removal += missed;
    by_itself += without(v, false);
    effect.push_back(found.rule == chainqual::SplitRule::remove_one ? missed : without(v, false));
    EXPECT_NEAR(share.difference, effect.back(), 2 * tolerance) << "source " << v;
  }
  if (found.rule == chainqual::SplitRule::alone) {
    EXPECT_LE(removal, little + slack);
    ++seen.alone;
  } else if (found.rule == chainqual::SplitRule::equal) {
    EXPECT_LE(removal, little + slack);
    EXPECT_LE(by_itself, 1e-9 + 2 * tolerance * static_cast<double>(n));
    for (const auto& share : found.sources) {
      EXPECT_NEAR(share.loss, all / static_cast<double>(found.sources.size()), 1e-12);
    }
    ++seen.equal;
    return;
  } else {
    ASSERT_EQ(found.rule, chainqual::SplitRule::remove_one);
    if (found.sources.size() > 1) {
      EXPECT_GE(removal, little - slack);
    }
    ++seen.remove_one;
  }
  double sum = 0;
  for (const double value : effect) sum += value;
  for (std::size_t k = 0; k < effect.size(); ++k) {
    EXPECT_NEAR(found.sources[k].loss, all * effect[k] / sum, 1e-12 + 10 * tolerance / sum);
  }
  for (std::size_t v = 0; v < n; ++v) {
    if (listed[v] || !(shock[v] > 0)) continue;
    EXPECT_NEAR(without(v, true), all, coarse) << v << " is no source";
    EXPECT_NEAR(without(v, false), 0, coarse) << v << " is no source";
  }
}

/// Splits of the linear model, which are each source's own effect as long as no cap binds on the way.
inline void expect_linear_split(const chainqual::Why& found, const std::vector<double>& shock, const NaiveLoss& loss,
                                bool cap_binds, double tolerance, RulesSeen& seen) {
  if (cap_binds || !(found.loss > 0)) return expect_split(found, shock, loss, tolerance, tolerance, seen);
  ++seen.superposition;
  ASSERT_EQ(found.rule, chainqual::SplitRule::superposition);
  const std::size_t n = shock.size();
  ASSERT_NEAR(found.loss, loss(std::vector<bool>(n, true)), tolerance);
  std::vector<double> part(n, 0.0);
  double sum = 0;
  for (const auto& share : found.sources) {
    part[share.source.index()] = share.loss;
    EXPECT_NEAR(share.difference, share.loss, tolerance);
    sum += share.loss;
  }
  EXPECT_NEAR(sum, found.loss, 1e-12);
  for (std::size_t v = 0; v < n; ++v) {
    std::vector<bool> alone(n, false);
    alone[v] = true;
    EXPECT_NEAR(part[v], shock[v] > 0 ? loss(alone) : 0, tolerance) << "source " << v;
  }
}

/// Whether a cap binds anywhere from where loss still reaches the target: matrix[j][i] is how much of i's loss arrives
/// at j, x the fixed point under the shock.
inline bool cap_binds_on_the_way(const Rectangle& matrix, const std::vector<double>& shock,
                                 const std::vector<double>& x, std::size_t target) {
  const std::size_t n = shock.size();
  std::vector<bool> reaches(n, false);
  reaches[target] = true;
  for (std::size_t round = 0; round < n; ++round) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t i = 0; i < n; ++i) {
        if (reaches[j] && matrix[j][i] > 0 && x[i] > 0) reaches[i] = true;
      }
    }
  }
  for (std::size_t v = 0; v < n; ++v) {
    double sum = shock[v];
    for (std::size_t i = 0; i < n; ++i) sum += matrix[v][i] * x[i];
    if (reaches[v] && sum > 1 + 1e-9) return true;
  }
  return false;
}

}  // namespace impact_test
