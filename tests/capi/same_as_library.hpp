#pragma once

// A synthetic network in both forms, for tests that hold the C interface to the C++ library.

#include <gtest/gtest.h>

#include <vector>

#include "chainqual.h"
#include "chainqual/chain/generate.hpp"
#include "chainqual/impact/propagation.hpp"

namespace chainqual::capi_test {

inline constexpr std::uint32_t n = 60;

/// A synthetic network in both forms, and shocks and columns for options.
class SameAsLibrary : public testing::Test {
 protected:
  void SetUp() override {
    chainqual_generate_options options = CHAINQUAL_GENERATE_OPTIONS_INIT;
    options.enterprises = n;
    options.mean_degree = 4;
    options.cyclic_share = 0.1;
    options.sectors = 7;
    options.seed = 11;
    ok(chainqual_generate_network(&options, nullptr, &handle, &error));
    GenerateOptions same;
    same.enterprises = n;
    same.mean_degree = 4;
    same.cyclic_share = 0.1;
    same.sectors = 7;
    same.seed = 11;
    net = generate_network(same);
    for (std::uint32_t i = 0; i < n; ++i) {
      shock.push_back(i % 7 == 3 ? 0.5 : 0.0);
      weight.push_back(1.0 + i);
      demand.push_back(10.0 + i % 5);
    }
  }
  void TearDown() override { chainqual_network_free(handle); }

  void ok(chainqual_status status) { ASSERT_EQ(status, CHAINQUAL_OK) << error.message; }

  chainqual_propagation out() {
    chainqual_propagation result = CHAINQUAL_PROPAGATION_INIT;
    result.downstream = downstream.data();
    result.upstream = upstream.data();
    result.combined = combined.data();
    result.capacity = n;
    return result;
  }

  void same(const chainqual_propagation& given, const Propagation& expected) {
    EXPECT_EQ(downstream, expected.downstream);
    EXPECT_EQ(upstream, expected.upstream);
    EXPECT_EQ(combined, expected.combined);
    EXPECT_EQ(given.index, expected.index);
    EXPECT_EQ(given.index_downstream, expected.index_downstream);
    EXPECT_EQ(given.index_upstream, expected.index_upstream);
    EXPECT_EQ(given.steps, expected.steps);
    EXPECT_EQ(given.last_change, expected.last_change);
    EXPECT_EQ(given.converged == 1, expected.converged);
    EXPECT_GT(given.index, 0);
  }

  static chainqual_real_column column(const std::vector<double>& values) {
    return {values.data(), nullptr, values.size()};
  }

  chainqual_error error = CHAINQUAL_ERROR_INIT;
  chainqual_network* handle = nullptr;
  Network net;
  std::vector<double> shock, weight, demand;
  std::vector<double> downstream = std::vector<double>(n), upstream = downstream, combined = downstream;
};

}  // namespace chainqual::capi_test
