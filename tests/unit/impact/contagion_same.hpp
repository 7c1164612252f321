#pragma once

// Equality of contagion results to the bit.

#include <gtest/gtest.h>

#include <tuple>

#include "chainqual/impact/contagion.hpp"

namespace impact_test {

inline auto numbers(const chainqual::Spread& s) {
  return std::tie(s.mean, s.deviation, s.standard_error, s.least, s.most, s.quantiles);
}

inline void expect_same(const chainqual::ContagionSpread& a, const chainqual::ContagionSpread& b) {
  EXPECT_EQ(a.hits, b.hits);
  EXPECT_EQ(a.steps_total, b.steps_total);
  EXPECT_EQ(a.interval, b.interval);
  EXPECT_EQ(a.enterprises, b.enterprises);
  EXPECT_EQ(a.share, b.share);
  EXPECT_EQ(numbers(a.count_spread), numbers(b.count_spread));
  EXPECT_EQ(numbers(a.share_spread), numbers(b.share_spread));
  EXPECT_EQ(a.steps, b.steps);
  EXPECT_EQ(a.cut_short, b.cut_short);
}

inline void expect_same(const chainqual::ContagionResult& a, const chainqual::ContagionResult& b) {
  expect_same(a.downstream_spread, b.downstream_spread);
  expect_same(a.upstream_spread, b.upstream_spread);
  expect_same(a.combined_spread, b.combined_spread);
  EXPECT_EQ(a.downstream, b.downstream);
  EXPECT_EQ(a.upstream, b.upstream);
  EXPECT_EQ(a.combined, b.combined);
  EXPECT_EQ(a.index_downstream, b.index_downstream);
  EXPECT_EQ(a.index_upstream, b.index_upstream);
  EXPECT_EQ(a.index, b.index);
  EXPECT_EQ(a.steps, b.steps);
  EXPECT_EQ(a.last_change, b.last_change);
  EXPECT_EQ(a.converged, b.converged);
  EXPECT_EQ(a.runs, b.runs);
  EXPECT_EQ(a.first_run, b.first_run);
}

}  // namespace impact_test
