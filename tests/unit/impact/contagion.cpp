#include "chainqual/impact/contagion.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "unit/impact/contagion_same.hpp"
#include "unit/impact/errors.hpp"
#include "unit/impact/networks.hpp"

namespace contagion_test {
namespace {

using chainqual::contagion;
using chainqual::ContagionOptions;
using chainqual::EnterpriseId;
using chainqual::ErrorCode;
using chainqual::wilson_interval;
using impact_test::error_of;
using impact_test::network;
using impact_test::Table;
using Numbers = std::vector<double>;

/// 0 → 1 → 2 with dependency ½ and ¼, and 3 alone.
Table line() {
  return Table(4).link(0, 1, 1, 0.5F).link(1, 2, 1, 0.25F);
}

ContagionOptions downstream(std::uint64_t runs) {
  ContagionOptions options;
  options.upstream = false;
  options.runs = runs;
  return options;
}

TEST(Contagion, ChancesMultiplyAlongALine) {
  const auto result = contagion(network(line()), Numbers{1, 0, 0, 0}, downstream(1U << 16U));
  EXPECT_EQ(result.downstream[0], 1);
  EXPECT_NEAR(result.downstream[1], 0.5, 5 * 0.5 / 256);
  EXPECT_NEAR(result.downstream[2], 0.125, 5 * 0.331 / 256);
  EXPECT_EQ(result.downstream[3], 0);
  EXPECT_TRUE(result.upstream.empty());
  EXPECT_EQ(result.combined, result.downstream);
  EXPECT_EQ(result.steps, 2U);
  EXPECT_TRUE(result.converged);
  const auto& spread = result.downstream_spread;
  EXPECT_EQ(spread.mean_step(EnterpriseId{0}), 0);
  EXPECT_EQ(spread.mean_step(EnterpriseId{1}), 1);
  EXPECT_EQ(spread.mean_step(EnterpriseId{2}), 2);
  EXPECT_TRUE(std::isnan(spread.mean_step(EnterpriseId{3})));
  EXPECT_TRUE(std::isnan(spread.mean_step(EnterpriseId{9})));
  EXPECT_NEAR(spread.count_spread.mean, 1.625, 0.02);
  EXPECT_NEAR(spread.count_spread.standard_error, std::sqrt(0.484375) / 256, 1e-5);
}

TEST(Contagion, CustomersHitSuppliersWithTheirShareOfSales) {
  const auto net = network(Table(3).link(0, 1, 3).link(0, 2, 1));
  ContagionOptions options;
  options.downstream = false;
  options.runs = 1U << 16U;
  const auto result = contagion(net, Numbers{0, 1, 0}, options);
  EXPECT_NEAR(result.upstream[0], 0.75, 5 * 0.433 / 256);
  EXPECT_EQ(result.upstream[2], 0);
  EXPECT_TRUE(result.downstream.empty());
}

TEST(Contagion, SourcesAreStartsOfProbabilityOne) {
  const auto net = network(line());
  const std::vector<EnterpriseId> sources{EnterpriseId{1}, EnterpriseId{0}, EnterpriseId{1}};
  impact_test::expect_same(contagion(net, sources), contagion(net, Numbers{1, 1, 0, 0}));
}

TEST(Contagion, StartsByChanceAreDrawn) {
  const auto result = contagion(network(Table(2)), Numbers{0.3, 0}, downstream(1U << 16U));
  EXPECT_NEAR(result.downstream[0], 0.3, 5 * 0.458 / 256);
  EXPECT_EQ(result.downstream[1], 0);
}

TEST(Contagion, GivenProbabilitiesReplaceTheNetworks) {
  auto options = downstream(100);
  options.downstream_probability = {1, 0};
  const auto result = contagion(network(line()), Numbers{1, 0, 0, 0}, options);
  EXPECT_EQ(result.downstream, (Numbers{1, 1, 0, 0}));
}

TEST(Contagion, ACapOnStepsIsToldAndCounted) {
  auto options = downstream(100);
  options.downstream_probability = {1, 1};
  options.max_steps = 1;
  const auto result = contagion(network(line()), Numbers{1, 0, 0, 0}, options);
  EXPECT_EQ(result.downstream, (Numbers{1, 1, 0, 0}));
  EXPECT_FALSE(result.converged);
  EXPECT_EQ(result.downstream_spread.cut_short, 100U);
  EXPECT_EQ(result.last_change, 1);
  options.max_steps = 3;
  EXPECT_TRUE(contagion(network(line()), Numbers{1, 0, 0, 0}, options).converged);
}

TEST(Contagion, SharesWeighTheHit) {
  auto options = downstream(70);
  options.downstream_probability = {1, 0};
  options.weight = {1, 2, 4, 1};
  const auto result = contagion(network(line()), Numbers{1, 0, 0, 0}, options);
  EXPECT_EQ(result.downstream_spread.share, Numbers(70, 0.375));
  EXPECT_EQ(result.index, 0.375);
  EXPECT_EQ(result.downstream_spread.count_spread.mean, 2);
  EXPECT_EQ(result.downstream_spread.share_spread.deviation, 0);
  options.weight = {0, 0, 0, 0};
  EXPECT_EQ(contagion(network(line()), Numbers{1, 0, 0, 0}, options).index, 0);
  options.weight = {0x1p1000, 0, 0x1p1000, 1};
  EXPECT_EQ(contagion(network(line()), Numbers{1, 0, 0, 0}, options).index, 0.5);
}

TEST(Contagion, EmptyAndUnlinkedNetworksAreDefined) {
  const auto nobody = contagion(network(Table(0)), Numbers{});
  EXPECT_TRUE(nobody.combined.empty());
  EXPECT_EQ(nobody.index, 0);
  const auto alone = contagion(network(Table(2)), Numbers{1, 0});
  EXPECT_EQ(alone.combined, (Numbers{1, 0}));
  EXPECT_EQ(alone.steps, 0U);
}

TEST(Contagion, SelfSupplyHitsNobodyElse) {
  const auto result = contagion(network(Table(2).link(0, 0, 1).link(0, 1, 0)), Numbers{1, 0});
  EXPECT_EQ(result.combined, (Numbers{1, 0}));
}

TEST(Contagion, OneRunHasNoStandardError) {
  const auto result = contagion(network(line()), Numbers{1, 0, 0, 0}, downstream(1));
  EXPECT_EQ(result.downstream_spread.count_spread.standard_error, 0);
  EXPECT_EQ(result.downstream_spread.enterprises.size(), 1U);
  const auto& interval = result.downstream_spread.interval[0];
  EXPECT_LT(interval.low, 0.3);
  EXPECT_EQ(interval.high, 1);
}

TEST(Wilson, IntervalsAreThoseOfTheTables) {
  const auto near = [](chainqual::Interval interval, double low, double high) {
    EXPECT_NEAR(interval.low, low, 5e-5);
    EXPECT_NEAR(interval.high, high, 5e-5);
  };
  near(wilson_interval(0, 10), 0, 0.2775);
  near(wilson_interval(5, 10), 0.2366, 0.7634);
  near(wilson_interval(10, 10), 0.7225, 1);
  near(wilson_interval(81, 263), 0.2553, 0.3662);  // Newcombe 1998, table I, method 3
  near(wilson_interval(15, 148), 0.0624, 0.1605);
  near(wilson_interval(1, 29), 0.0061, 0.1718);
  near(wilson_interval(0, 0), 0, 1);
  EXPECT_EQ(error_of([] { static_cast<void>(wilson_interval(3, 2)); }).code(), ErrorCode::invalid_argument);
  for (const double level : {0.0, 1.0, -1.0, std::nan("")}) {
    EXPECT_EQ(error_of([&] { static_cast<void>(wilson_interval(1, 2, level)); }).code(), ErrorCode::invalid_argument);
  }
}

TEST(Contagion, RefusesBadNumbersAndNamesThePlace) {
  const auto net = network(line());
  const auto refused = [&](const Numbers& start, const ContagionOptions& options, ErrorCode code, const char* zh,
                           const char* en) {
    const auto error = error_of([&] { static_cast<void>(contagion(net, start, options)); });
    EXPECT_EQ(error.code(), code);
    EXPECT_NE(error.message().zh.find(zh), std::string::npos) << error.message().zh;
    EXPECT_NE(error.message().en.find(en), std::string::npos) << error.message().en;
  };
  const Numbers one{1, 0, 0, 0};
  refused({1, 0}, {}, ErrorCode::shape_mismatch, "2 个值", "2 entries");
  for (const double bad : {-0.1, 1.1, std::nan(""), std::numeric_limits<double>::infinity()}) {
    refused({0, 0, bad, 0}, {}, ErrorCode::invalid_value, "企业 3 ", "enterprise 3");
    ContagionOptions options;
    options.upstream_probability = {0.5, bad};
    refused(one, options, ErrorCode::invalid_value, "第 2 条供应关系（企业 2 → 企业 3）", "link 2");
    options = {};
    options.weight = {1, 1, 1, bad == 1.1 ? -1 : bad};
    refused(one, options, ErrorCode::invalid_value, "企业 4 ", "enterprise 4");
  }
  ContagionOptions options;
  options.downstream_probability = {0.5};
  refused(one, options, ErrorCode::shape_mismatch, "2 条供应关系", "2 links");
  const auto wrong = [&](const std::function<void(ContagionOptions&)>& change, const char* zh, const char* en) {
    ContagionOptions changed;
    change(changed);
    refused(one, changed, ErrorCode::invalid_argument, zh, en);
  };
  wrong([](auto& o) { o.runs = 0; }, "模拟次数为 0", "0 runs");
  wrong([](auto& o) { o.runs = (1ULL << 30U) + 1; }, "1073741824", "1073741824");
  wrong([](auto& o) { o.first_run = ~0ULL; }, "64 位", "64 bits");
  wrong([](auto& o) { o.level = 1; }, "置信水平为 1", "confidence is 1");
  wrong([](auto& o) { o.quantiles = {0.5, 2}; }, "分位点 2", "quantile 2");
  wrong([](auto& o) { o.words = 3; }, "字数为 3", "not 3");
  wrong([](auto& o) { o.downstream = o.upstream = false; }, "没有选择方向", "no direction");
  const std::vector<EnterpriseId> beyond{EnterpriseId{4}};
  const auto error = error_of([&] { static_cast<void>(contagion(net, beyond)); });
  EXPECT_EQ(error.code(), ErrorCode::out_of_range);
  EXPECT_NE(error.message().en.find("id 4"), std::string::npos);
  const auto negative = network(Table(2).link(0, 1, 1, 1.5F), chainqual::PartsCheck::shape);
  EXPECT_EQ(error_of([&] { static_cast<void>(contagion(negative, Numbers{1, 0})); }).code(), ErrorCode::invalid_value);
}

TEST(Contagion, CanBeCancelledAndTellsHowFarItIs) {
  const auto net = network(line());
  chainqual::CancelToken token;
  chainqual::Control control;
  control.cancel = &token;
  Numbers shares;
  control.progress = [&](double share) {
    shares.push_back(share);
    token.cancel();
  };
  auto options = downstream(1U << 20U);
  const auto error = error_of([&] { static_cast<void>(contagion(net, Numbers{1, 0, 0, 0}, options, control)); });
  EXPECT_EQ(error.code(), ErrorCode::cancelled);
  EXPECT_FALSE(shares.empty());
  shares.clear();
  control.cancel = nullptr;
  options.runs = 1000;
  static_cast<void>(contagion(net, Numbers{1, 0, 0, 0}, options, control));
  EXPECT_EQ(shares.back(), 1);
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
}

TEST(Contagion, PartsThatDoNotBelongTogetherAreNotMerged) {
  const auto net = network(line());
  const Numbers start{1, 0, 0, 0};
  const auto first = contagion(net, start, downstream(100));
  const auto refused = [&](const std::function<void(ContagionOptions&)>& change) {
    auto options = downstream(50);
    options.first_run = 100;
    change(options);
    const auto second = contagion(net, start, options);
    return error_of([&] { static_cast<void>(merge(first, second)); }).code();
  };
  EXPECT_EQ(refused([](auto&) {}), ErrorCode::ok);
  EXPECT_EQ(refused([](auto& o) { o.first_run = 99; }), ErrorCode::invalid_argument);
  EXPECT_EQ(refused([](auto& o) { o.seed = 2; }), ErrorCode::invalid_argument);
  EXPECT_EQ(refused([](auto& o) { o.level = 0.9; }), ErrorCode::invalid_argument);
  EXPECT_EQ(refused([](auto& o) { o.quantiles = {}; }), ErrorCode::invalid_argument);
  EXPECT_EQ(refused([](auto& o) { o.upstream = true; }), ErrorCode::invalid_argument);
  auto other = contagion(network(Table(2)), Numbers{0, 0}, downstream(10));
  EXPECT_EQ(error_of([&] { static_cast<void>(merge(first, other)); }).code(), ErrorCode::shape_mismatch);
}

}  // namespace
}  // namespace contagion_test
