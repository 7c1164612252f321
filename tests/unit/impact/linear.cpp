#include "chainqual/impact/linear.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "chainqual/impact/linear_plan.hpp"
#include "unit/impact/networks.hpp"

namespace {

using namespace chainqual;
using impact_test::network;
using impact_test::not_given;
using impact_test::Table;

template <class Call>
Error error_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().zh.empty());
    return error;
  }
  ADD_FAILURE() << "no error";
  return {ErrorCode::ok, {}};
}

TEST(Linear, ThreeInARowByHand) {
  // 0 → 1 with all of 1's purchases, 1 → 2 with a quarter of 2's, 3 → 2 with the rest.
  const auto net = network(Table(4).link(0, 1, 10).link(1, 2, 5).link(3, 2, 15));
  const auto result = linear(net, std::vector<double>{0.5, 0, 0, 0});
  EXPECT_EQ(result.downstream, (std::vector<double>{0.5, 0.5, 0.125, 0}));
  EXPECT_EQ(result.upstream, (std::vector<double>{0.5, 0, 0, 0}));
  EXPECT_EQ(result.combined, result.downstream);
  EXPECT_EQ(result.downstream_run.sweeps, 1U) << "acyclic: one sweep";
  EXPECT_EQ(result.sources.from_value, 3U);
  EXPECT_EQ(result.sources.without_output, 1U);
}

TEST(Linear, GivenDependencyAndEscapeReplaceTheShare) {
  const auto net = network(Table(3).link(0, 2, 1, 0.5F, 0.5F).link(1, 2, 3, not_given, 0.5F));
  const auto result = linear(net, std::vector<double>{1, 1, 0});
  EXPECT_EQ(result.downstream[2], 0.25 + 0.375);
  EXPECT_EQ(result.sources.given, 1U);
  EXPECT_EQ(result.sources.from_value, 1U);
  EXPECT_EQ(result.sources.escape_given, 2U);
}

TEST(Linear, UpstreamLossFollowsTheShareOfSales) {
  const auto net = network(Table(3).link(0, 1, 3).link(0, 2, 1));
  const auto result = linear(net, std::vector<double>{0, 0, 0.8});
  EXPECT_EQ(result.upstream, (std::vector<double>{0.2, 0, 0.8}));
}

TEST(Linear, LossesEndAtOneAndMayPassItUncapped) {
  const auto net = network(Table(3).link(0, 2, 1, 1.0F).link(1, 2, 1, 1.0F));
  const std::vector<double> shock{0.9, 0.9, 0};
  EXPECT_EQ(linear(net, shock).downstream[2], 1.0);
  EXPECT_EQ(linear(net, shock).sources.customers_above_one, 1U);
  LinearOptions options;
  options.capped = false;
  options.upstream = false;
  EXPECT_DOUBLE_EQ(linear(net, shock, options).downstream[2], 1.8);
}

TEST(Linear, CycleOfTwoByHand) {
  // x0 = 0.2 + x1/2, x1 = x0/2: x0 = 0.2 / (1 − 1/4).
  const auto net = network(Table(2).link(0, 1, 1, 0.5F).link(1, 0, 1, 0.5F));
  const auto result = linear(net, std::vector<double>{0.2, 0});
  EXPECT_NEAR(result.downstream[0], 0.2 / 0.75, 1e-12);
  EXPECT_NEAR(result.downstream[1], 0.1 / 0.75, 1e-12);
  EXPECT_EQ(result.downstream_run.cyclic_components, 1U);
  EXPECT_EQ(result.downstream_run.largest_component, 2U);
}

TEST(Linear, CycleWithoutSlackStandsStillAfterAnyShockAndStaysWellWithout) {
  Table table(4);
  table.link(0, 1, 1).link(1, 0, 1).link(2, 3, 1).link(3, 2, 1);
  const auto result = linear(network(table), std::vector<double>{1e-6, 0, 0, 0});
  EXPECT_EQ(result.downstream, (std::vector<double>{1, 1, 0, 0}));
  EXPECT_TRUE(result.downstream_run.converged);
}

TEST(Linear, LinkOfNoWeightTiesNobodyTogether) {
  // 0 and 1 supply each other, but what 0 delivers is worth nothing: only 1's trouble can travel.
  const auto net = network(Table(2).link(0, 1, 1, 0.0F).link(1, 0, 1, 1.0F));
  const auto result = linear(net, std::vector<double>{0.5, 0});
  EXPECT_EQ(result.downstream, (std::vector<double>{0.5, 0}));
  EXPECT_EQ(result.downstream_run.cyclic_components, 0U);
}

TEST(Linear, SelfSupplyIsEliminatedFirst) {
  const auto net = network(Table(2).link(0, 0, 1, 0.5F).link(0, 1, 1, 1.0F));
  const auto result = linear(net, std::vector<double>{0.2, 0});
  EXPECT_DOUBLE_EQ(result.downstream[0], 0.4);
  EXPECT_DOUBLE_EQ(result.downstream[1], 0.4);
  EXPECT_EQ(result.sources.self_supply, 1U);
  const auto whole = network(Table(1).link(0, 0, 1, 1.0F));
  EXPECT_EQ(linear(whole, std::vector<double>{0.01}).downstream[0], 1.0) << "feeds on itself alone";
  EXPECT_EQ(linear(whole, std::vector<double>{0.0}).downstream[0], 0.0);
}

TEST(Linear, NoNeedAndNoOutputBindNobody) {
  const auto net = network(Table(3).link(0, 1, 0).link(1, 2, 0));
  const auto result = linear(net, std::vector<double>{1, 0, 1});
  EXPECT_EQ(result.downstream, (std::vector<double>{1, 0, 1}));
  EXPECT_EQ(result.upstream, (std::vector<double>{1, 0, 1}));
  EXPECT_EQ(result.sources.without_output, 3U);
}

TEST(Linear, EmptyAndIsolatedNetworksAreFine) {
  const auto empty = linear(network(Table(0)), {});
  EXPECT_TRUE(empty.downstream.empty() && empty.combined.empty());
  const auto isolated = linear(network(Table(2)), std::vector<double>{0.5, 0});
  EXPECT_EQ(isolated.combined, (std::vector<double>{0.5, 0}));
  EXPECT_TRUE(linear_importance(network(Table(0))).empty());
  EXPECT_TRUE(linear_batch(LinearPlan(network(Table(0))), {}).loss.empty());
}

TEST(Linear, OnlyTheAskedDirectionIsComputed) {
  const auto net = network(Table(2).link(0, 1, 1));
  LinearOptions options;
  options.upstream = false;
  const auto down = linear(net, std::vector<double>{0.5, 0}, options);
  EXPECT_TRUE(down.upstream.empty());
  EXPECT_EQ(down.combined, down.downstream);
  options = {};
  options.downstream = false;
  const auto up = linear(net, std::vector<double>{0, 0.5}, options);
  EXPECT_TRUE(up.downstream.empty());
  EXPECT_EQ(up.combined, (std::vector<double>{0.5, 0.5}));
}

TEST(Linear, UncappedReportsTheRadiusInsteadOfAnAnswer) {
  const auto net = network(Table(2).link(0, 1, 1, 1.0F).link(1, 0, 1, 1.0F));
  LinearOptions options;
  options.capped = false;
  options.upstream = false;
  const Error error = error_of([&] { static_cast<void>(linear(net, std::vector<double>{0.5, 0}, options)); });
  EXPECT_EQ(error.code(), ErrorCode::no_solution);
  EXPECT_NE(error.message().en.find("spectral radius is 1, not below 1"), std::string::npos) << error.message().en;
  EXPECT_EQ(error_of([&] { static_cast<void>(linear_importance(net)); }).code(), ErrorCode::no_solution);
  EXPECT_EQ(linear(net, std::vector<double>{0, 0}, options).downstream, (std::vector<double>{0, 0}));
}

TEST(Linear, StopsAtTheSweepCapAndSaysSo) {
  Table table(3);
  table.link(0, 1, 1, 0.9F).link(1, 2, 1, 0.9F).link(2, 0, 1, 0.9F);
  LinearOptions options;
  options.max_sweeps = 3;
  const auto result = linear(network(table), std::vector<double>{0.1, 0, 0}, options);
  EXPECT_FALSE(result.downstream_run.converged);
  EXPECT_EQ(result.downstream_run.sweeps, 3U);
  EXPECT_GT(result.downstream_run.last_change, 1e-6);
}

TEST(Linear, ImportanceCountsTheWholeFollowingLoss) {
  const auto net = network(Table(3).link(0, 1, 1, 0.5F).link(1, 2, 1, 0.5F));
  EXPECT_EQ(linear_importance(net, std::vector<double>{1, 1, 4}), (std::vector<double>{2.5, 3, 4}));
  EXPECT_EQ(linear_importance(net, std::vector<double>{1, 1, 4}, Along::upstream), (std::vector<double>{1, 2, 6}));
  EXPECT_EQ(linear_importance(net), (std::vector<double>{1.5, 1, 0})) << "weights default to what is supplied";
}

TEST(Linear, DefaultWeightIsTheGivenOneElseWhatIsSupplied) {
  Table table(3);
  table.link(0, 1, 2).link(0, 2, 3);
  table.weight = {std::nan(""), 7, std::nan("")};
  EXPECT_EQ(default_weight(network(table)), (std::vector<double>{5, 7, 0}));
}

TEST(LinearBadInput, ShapesAndShocksAreNamed) {
  const auto net = network(Table(2).link(0, 1, 1));
  EXPECT_EQ(error_of([&] { static_cast<void>(linear(net, std::vector<double>{1})); }).code(),
            ErrorCode::shape_mismatch);
  for (const double wrong : {-0.1, 1.5, std::nan(""), std::numeric_limits<double>::infinity()}) {
    const Error error = error_of([&] { static_cast<void>(linear(net, std::vector<double>{0, wrong})); });
    EXPECT_EQ(error.code(), ErrorCode::invalid_value);
    EXPECT_NE(error.message().en.find("enterprise 2"), std::string::npos) << error.message().en;
    EXPECT_NE(error.message().zh.find("企业 2"), std::string::npos) << error.message().zh;
  }
  EXPECT_EQ(error_of([&] { static_cast<void>(linear_importance(net, std::vector<double>{1})); }).code(),
            ErrorCode::shape_mismatch);
  EXPECT_EQ(error_of([&] {
              static_cast<void>(linear_importance(net, std::vector<double>{1, -1}));
            }).code(),
            ErrorCode::invalid_value);
}

TEST(LinearBadInput, LinksOutOfTheirDomainAreNamed) {
  const std::vector<double> shock{1, 0};
  const auto unchecked = PartsCheck::shape;
  const auto message = [&](const Table& table) {
    const Error error = error_of([&] { static_cast<void>(linear(network(table, unchecked), shock)); });
    EXPECT_EQ(error.code(), ErrorCode::invalid_value);
    return error.message().en;
  };
  EXPECT_EQ(message(Table(2).link(0, 1, std::numeric_limits<float>::infinity())),
            "link 1 (enterprise 1 → enterprise 2): value inf must be finite and not negative.");
  EXPECT_EQ(message(Table(2).link(0, 1, not_given)),
            "link 1 (enterprise 1 → enterprise 2): value nan must be finite and not negative.");
  EXPECT_EQ(message(Table(2).link(0, 1, 1, 1.5F)),
            "link 1 (enterprise 1 → enterprise 2): dependency 1.5 must lie between 0 and 1.");
  EXPECT_EQ(message(Table(2).link(0, 1, 1, 0.5F, -0.5F)),
            "link 1 (enterprise 1 → enterprise 2): escape -0.5 must lie between 0 and 1.");
}

TEST(LinearBadInput, OptionsOutOfTheirDomainAreRefused) {
  const auto net = network(Table(1));
  const std::vector<double> shock{0.5};
  std::vector<LinearOptions> wrong(4);
  wrong[0].tolerance = 0;
  wrong[1].tolerance = std::nan("");
  wrong[2].max_sweeps = 0;
  wrong[3].downstream = wrong[3].upstream = false;
  for (const auto& options : wrong) {
    EXPECT_EQ(error_of([&] { static_cast<void>(linear(net, shock, options)); }).code(), ErrorCode::invalid_argument);
  }
}

TEST(Linear, CancelStopsHalfWayAndProgressEndsAtOne) {
  std::mt19937_64 random(3);
  impact_test::Random kind;
  kind.enterprises = 200;
  const auto table = impact_test::random_table(random, kind);
  const auto net = network(table);
  const auto shock = impact_test::random_shock(random, table.size);
  CancelToken token;
  Control control;
  control.cancel = &token;
  double last = 0;
  control.progress = [&](double share) { last = share; };
  static_cast<void>(linear(net, shock, {}, control));
  EXPECT_EQ(last, 1.0);
  control.progress = [&](double) { token.cancel(); };
  EXPECT_EQ(error_of([&] { static_cast<void>(linear(net, shock, {}, control)); }).code(), ErrorCode::cancelled);
}

TEST(LinearPlan, SettlesALayeredNetworkInOneSweep) {
  Table table(64);
  for (std::uint32_t i = 0; i < 48; ++i) {
    for (std::uint32_t j = 0; j < 16; j += 5) table.link(i, (i / 16 + 1) * 16 + (i + j) % 16, 1, 0.25F);
  }
  const auto net = network(table);
  const LinearPlan plan(net);
  EXPECT_TRUE(plan.settles_at_once());
  std::vector<float> shock(64, 0.0F);
  shock[3] = 1;
  const auto result = linear_batch(plan, shock);
  EXPECT_EQ(result.runs[0].sweeps, 1U);
  const auto exact = linear(net, std::vector<double>(shock.begin(), shock.end()));
  for (std::size_t v = 0; v < 64; ++v) EXPECT_NEAR(result.loss[v], exact.downstream[v], 1e-7);
}

TEST(LinearPlanBadInput, ShapesShocksAndOptionsAreRefused) {
  const LinearPlan plan(network(Table(2).link(0, 1, 1)));
  EXPECT_EQ(error_of([&] { static_cast<void>(linear_batch(plan, std::vector<float>(3, 0.0F))); }).code(),
            ErrorCode::shape_mismatch);
  const Error error = error_of([&] { static_cast<void>(linear_batch(plan, std::vector<float>{0, 0, 0, 2})); });
  EXPECT_EQ(error.code(), ErrorCode::invalid_value);
  EXPECT_EQ(error.message().en, "shock 2, enterprise 2: 2 must lie between 0 and 1.");
  LinearBatchOptions options;
  options.tolerance = -1;
  EXPECT_EQ(error_of([&] {
              static_cast<void>(linear_batch(plan, std::vector<float>{0, 0}, options));
            }).code(),
            ErrorCode::invalid_argument);
  std::vector<float> x(plan.size());
  std::vector<float> y(plan.size() - 1);
  EXPECT_EQ(error_of([&] { plan.sweep(x, y); }).code(), ErrorCode::shape_mismatch);
  EXPECT_EQ(error_of([&] { plan.sweep16(x, y); }).code(), ErrorCode::shape_mismatch);
}

}  // namespace
