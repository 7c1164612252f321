#include "chainqual/impact/inoperability.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "unit/impact/errors.hpp"
#include "unit/impact/networks.hpp"

namespace inoperability_test {
namespace {

using chainqual::Disruption;
using chainqual::EnterpriseId;
using chainqual::Error;
using chainqual::ErrorCode;
using chainqual::inoperability;
using chainqual::InoperabilityOptions;
using impact_test::expect_error_with;
using impact_test::network;
using impact_test::Table;

Table line() {
  Table table(2);
  table.link(0, 1, 10, 0.5F);
  return table;
}

TEST(Inoperability, FollowsItsEquationStepByStep) {
  InoperabilityOptions options;
  options.days = 3;
  options.resilience = {0.5, 0.25};
  options.record_every = 1;
  options.upstream = false;
  const Disruption shock{EnterpriseId{0}, 0.5, 0, 2, {}};
  const auto result = inoperability(network(line()), std::vector{shock}, options);
  // Day 0: 0 and 0. Day 1: 0.5·0.5 = 0.25 and 0. Day 2: 0.25 + 0.5·0.25 = 0.375 and 0.25·(0.5·0.25) = 0.03125.
  EXPECT_EQ(result.levels, (std::vector<double>{0, 0, 0.25, 0, 0.375, 0.03125}));
  EXPECT_EQ(result.last_downstream[0], 0.1875);
  EXPECT_EQ(result.last_downstream[1], 0.03125 + 0.25 * (0.1875 - 0.03125));
  EXPECT_EQ(result.downstream[0], 0.625 / 3);
  EXPECT_EQ(result.combined, result.downstream);
  EXPECT_TRUE(result.upstream.empty());
  EXPECT_TRUE(result.last_upstream.empty());
  EXPECT_EQ(result.peak[0], 0.375);
  EXPECT_EQ(result.economic_loss, 10 * 0.625);  // only enterprise 1 sells in the chain
  EXPECT_EQ(result.totals[2].downstream, 0.375);
  EXPECT_EQ(result.steps, 3U);
  EXPECT_FALSE(result.converged);
}

TEST(Inoperability, UpstreamPassesOnTheShareOfSales) {
  InoperabilityOptions options;
  options.days = 2;
  options.resilience = {1, 1};
  options.initial = {0, 0.5};
  const auto result = inoperability(network(line()), {}, options);
  EXPECT_EQ(result.last_upstream[1], 0.0);
  EXPECT_EQ(result.upstream[0], 0.25);  // a day at 0 and a day at 0.5
  EXPECT_EQ(result.downstream[0], 0.0);
  EXPECT_EQ(result.combined[0], 0.25);
}

TEST(Inoperability, EmptyChainIsNoTrouble) {
  const auto result = inoperability(chainqual::Network(), {});
  EXPECT_TRUE(result.combined.empty());
  EXPECT_EQ(result.index, 0.0);
  EXPECT_TRUE(result.converged);
}

TEST(Inoperability, UncappedGrowthBeyondAllBoundsIsReported) {
  Table table(2);
  table.link(0, 1, 1, 1).link(1, 0, 1, 1).link(0, 0, 1, 1).link(1, 1, 1, 1);
  InoperabilityOptions options;
  options.days = 2000;
  options.capped = false;
  options.upstream = false;
  options.resilience = {1, 1};
  options.initial = {0.5, 0.5};
  expect_error_with(ErrorCode::no_solution, "spectral radius",
                    [&] { static_cast<void>(inoperability(network(table), {}, options)); });
  options.capped = true;
  const auto result = inoperability(network(table), {}, options);
  EXPECT_EQ(result.last_downstream[0], 1.0);
}

TEST(Inoperability, RefusesWhatMeansNothingAndNamesIt) {
  const auto net = network(line());
  const double nan = std::numeric_limits<double>::quiet_NaN();
  using O = InoperabilityOptions;
  const auto refuse = [&](ErrorCode code, const std::string& words, const std::function<void(O&)>& set) {
    O options;
    set(options);
    expect_error_with(code, words, [&] { static_cast<void>(inoperability(net, {}, options)); });
  };
  const auto bad = ErrorCode::invalid_argument;
  refuse(bad, "days is 0", [](O& o) { o.days = 0; });
  refuse(bad, "steps per day is 0", [](O& o) { o.steps_per_day = 0; });
  refuse(bad, "no direction", [](O& o) { o.downstream = o.upstream = false; });
  for (const double value : {0.0, 1.0, -1.0, nan}) {
    refuse(bad, "recovered share", [&](O& o) { o.recovered_share = value; });
  }
  for (const double value : {0.0, -1.0, nan, std::numeric_limits<double>::infinity()}) {
    refuse(bad, "recovery days", [&](O& o) { o.recovery_days = value; });
    refuse(ErrorCode::invalid_value, "enterprise 2: recovery days", [&](O& o) { o.recovery_days_each = {3, value}; });
    refuse(ErrorCode::invalid_value, "enterprise 1: resilience", [&](O& o) { o.resilience = {value, 0.5}; });
  }
  refuse(bad, "settled", [&](O& o) { o.settled_change = nan; });
  refuse(ErrorCode::invalid_value, "leap over its goal", [](O& o) { o.resilience = {0.5, 1.5}; });
  refuse(ErrorCode::invalid_value, "leap over its goal", [](O& o) { o.recovery_days = 1; });
  for (const double value : {-0.1, 1.1, nan}) {
    refuse(ErrorCode::invalid_value, "enterprise 2: initial", [&](O& o) { o.initial = {0, value}; });
  }
  refuse(ErrorCode::shape_mismatch, "initial", [](O& o) { o.initial = {0}; });
  refuse(ErrorCode::shape_mismatch, "resilience", [](O& o) { o.resilience = {0.5}; });
  refuse(ErrorCode::shape_mismatch, "recovery days", [](O& o) { o.recovery_days_each = {1, 2, 3}; });
  refuse(ErrorCode::shape_mismatch, "weight", [](O& o) { o.weight = {1}; });
  O finer;
  finer.recovery_days = 1;
  finer.steps_per_day = 5;
  EXPECT_NO_THROW(static_cast<void>(inoperability(net, {}, finer)));

  Table table(1);
  table.link(0, 0, 1, 1);
  expect_error_with(ErrorCode::invalid_value, "enterprise 1: dependency on itself",
                    [&] { static_cast<void>(inoperability(network(table), {})); });
  const Disruption beyond{EnterpriseId{2}, 1, 0, 1, {}};
  expect_error_with(ErrorCode::out_of_range, "disruption 1",
                    [&] { static_cast<void>(inoperability(net, std::vector{beyond})); });
}

TEST(Inoperability, StopsWhenAskedToHalfWay) {
  chainqual::CancelToken token;
  chainqual::Control control;
  control.cancel = &token;
  control.progress = [&](double share) {
    if (share > 0) token.cancel();
  };
  InoperabilityOptions options;
  options.days = 50'000'000;
  const auto net = network(line());
  expect_error_with(ErrorCode::cancelled, "cancel",
                    [&] { static_cast<void>(inoperability(net, {}, options, control)); });
}

}  // namespace
}  // namespace inoperability_test
