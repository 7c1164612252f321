#pragma once

// Splits of a loss by brute force: the model run without each source, and with each alone.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "chainqual/impact/explain.hpp"

namespace impact_test {

/// The target's loss when the shocks of some enterprises stay.
using NaiveLoss = std::function<double(const std::vector<bool>& stays)>;

/// How often a rule was seen, so that a test can say that it saw each.
struct RulesSeen {
  int remove_one = 0;
  int alone = 0;
};

/// Compares loss and parts; `coarse` is what sources that are not listed may matter.
inline void expect_split(const chainqual::Why& found, const std::vector<double>& shock, const NaiveLoss& loss,
                         double tolerance, double coarse, RulesSeen& seen) {
  const std::size_t n = shock.size();
  const double all = loss(std::vector<bool>(n, true));
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
  for (const auto& share : found.sources) {
    const std::size_t v = share.source.index();
    ASSERT_LT(v, n);
    EXPECT_FALSE(listed[v]);
    listed[v] = true;
    const double missed = std::max(0.0, all - without(v, true));
    removal += missed;
    effect.push_back(found.rule == chainqual::SplitRule::alone ? without(v, false) : missed);
    EXPECT_NEAR(share.difference, effect.back(), 2 * tolerance) << "source " << v;
  }
  if (found.rule == chainqual::SplitRule::alone) {
    EXPECT_LE(removal, 1e-9 + 2 * tolerance * static_cast<double>(n));
    ++seen.alone;
  } else {
    ASSERT_EQ(found.rule, chainqual::SplitRule::remove_one);
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

}  // namespace impact_test
