#include "chainqual/impact/distress.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "unit/impact/errors.hpp"
#include "unit/impact/networks.hpp"

namespace {

using chainqual::distress;
using chainqual::DistressOptions;
using chainqual::DistressVariant;
using chainqual::ErrorCode;
using impact_test::error_of;
using impact_test::network;
using impact_test::Table;
using Numbers = std::vector<double>;

DistressOptions downstream(DistressVariant variant) {
  DistressOptions options;
  options.variant = variant;
  options.upstream = false;
  options.weight = {1, 2};
  return options;
}

Table cycle(float exposure) {
  return Table(2).link(0, 1, 1, exposure).link(1, 0, 1, exposure);
}

TEST(Distress, BothFormsAgreeOnALine) {
  const auto net = network(Table(3).link(0, 1, 1, 0.5F).link(1, 2, 1, 0.5F));
  for (const auto variant : {DistressVariant::once, DistressVariant::unlimited}) {
    auto options = downstream(variant);
    options.weight = {1, 1, 4};
    const auto result = distress(net, Numbers{0.75, 0, 0}, options);
    EXPECT_EQ(result.downstream, (Numbers{0.75, 0.375, 0.1875}));
    EXPECT_EQ(result.combined, result.downstream);
    EXPECT_TRUE(result.upstream.empty());
    const auto& run = result.downstream_run;
    EXPECT_EQ(run.history, (Numbers{0.75, 1.125, 1.875, 1.875}));
    EXPECT_EQ(run.first, 0.75);
    EXPECT_EQ(run.last, 1.875);
    EXPECT_EQ(run.index, 1.125 / 6);
    EXPECT_EQ(result.index_downstream, 1.875 / 6);
    EXPECT_NEAR(result.debtrank, 1.125 / 6, 1e-15);
    EXPECT_EQ(run.steps, 3U);
    EXPECT_EQ(run.last_change, 0);
    EXPECT_EQ(run.kept_back, 0);
    EXPECT_EQ(run.spectral_radius, 0.0);
    EXPECT_TRUE(run.converged);
    EXPECT_TRUE(result.notes.empty());
  }
}

TEST(Distress, TheFirstFormHandsOnOnceAndSaysWhatItKeptBack) {
  const auto result = distress(network(cycle(0.5F)), Numbers{0.5, 0}, downstream(DistressVariant::once));
  EXPECT_EQ(result.downstream, (Numbers{0.625, 0.25}));
  EXPECT_EQ(result.downstream_run.kept_back, 0.125);
  EXPECT_EQ(result.downstream_run.times_kept_back, 1U);
  EXPECT_EQ(result.downstream_run.steps, 2U);
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_NE(result.notes[0].zh.find("只传一次"), std::string::npos);
  EXPECT_NE(result.notes[0].en.find("0.125"), std::string::npos);
}

TEST(Distress, TheSecondFormFollowsACycleToItsEnd) {
  const auto result = distress(network(cycle(0.5F)), Numbers{0.5, 0}, downstream(DistressVariant::unlimited));
  EXPECT_NEAR(result.downstream[0], 2.0 / 3, 1e-8);
  EXPECT_NEAR(result.downstream[1], 1.0 / 3, 1e-8);
  EXPECT_NEAR(*result.downstream_run.spectral_radius, 0.5, 1e-9);
  EXPECT_TRUE(result.notes.empty());
}

TEST(Distress, SaturationIsTold) {
  const auto result = distress(network(cycle(1)), Numbers{0.001, 0}, downstream(DistressVariant::unlimited));
  EXPECT_EQ(result.downstream, (Numbers{1, 1}));
  EXPECT_EQ(result.downstream_run.at_cap, 2U);
  EXPECT_NEAR(*result.downstream_run.spectral_radius, 1, 1e-9);
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_NE(result.notes[0].zh.find("谱半径"), std::string::npos);
  EXPECT_NE(result.notes[0].en.find("spectral radius"), std::string::npos);
  auto options = downstream(DistressVariant::unlimited);
  options.spectral_radius = false;
  EXPECT_FALSE(distress(network(cycle(1)), Numbers{0.001, 0}, options).downstream_run.spectral_radius.has_value());
}

TEST(Distress, CustomersHandOnToSuppliersByTheirShareOfSales) {
  DistressOptions options;
  options.downstream = false;
  const auto result = distress(network(Table(3).link(0, 1, 3).link(0, 2, 1)), Numbers{0, 0, 0.8}, options);
  EXPECT_EQ(result.upstream, (Numbers{0.2, 0, 0.8}));
  EXPECT_TRUE(result.downstream.empty());
}

TEST(Distress, EscapeLessensTheStandardExposureAndNoGivenOne) {
  const auto net = network(Table(2).link(0, 1, 1, 0.8F, 0.25F));
  auto options = downstream(DistressVariant::unlimited);
  EXPECT_NEAR(distress(net, Numbers{1, 0}, options).downstream[1], 0.2, 1e-7);
  options.downstream_exposure = {0.8};
  EXPECT_EQ(distress(net, Numbers{1, 0}, options).downstream[1], 0.8);
}

TEST(Distress, ExposuresAboveOneCountAsOne) {
  auto options = downstream(DistressVariant::unlimited);
  options.downstream_exposure = {3};
  const auto result = distress(network(Table(2).link(0, 1, 1)), Numbers{0.25, 0.5}, options);
  EXPECT_EQ(result.downstream, (Numbers{0.25, 0.75}));
  EXPECT_EQ(result.downstream_run.exposures_capped, 1U);
  ASSERT_EQ(result.notes.size(), 1U);
}

TEST(Distress, ACapOnStepsIsTold) {
  auto options = downstream(DistressVariant::unlimited);
  options.max_steps = 2;
  const auto result = distress(network(cycle(0.5F)), Numbers{0.5, 0}, options);
  EXPECT_EQ(result.downstream, (Numbers{0.625, 0.25}));
  EXPECT_FALSE(result.converged);
  EXPECT_EQ(result.steps, 2U);
  EXPECT_EQ(result.last_change, 0.125);
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_NE(result.notes[0].en.find("cut short"), std::string::npos);
}

TEST(Distress, EmptyAndUnlinkedNetworksAreDefined) {
  const auto nobody = distress(network(Table(0)), Numbers{});
  EXPECT_TRUE(nobody.combined.empty());
  EXPECT_EQ(nobody.index, 0);
  const auto alone = distress(network(Table(2)), Numbers{0.5, 0});
  EXPECT_EQ(alone.combined, (Numbers{0.5, 0}));
  EXPECT_EQ(alone.debtrank, 0);
}

TEST(Distress, RefusesBadNumbersAndNamesThePlace) {
  const auto net = network(cycle(0.5F));
  const auto refused = [&](const Numbers& shock, const DistressOptions& options, ErrorCode code, const char* zh,
                           const char* en) {
    const auto error = error_of([&] { static_cast<void>(distress(net, shock, options)); });
    EXPECT_EQ(error.code(), code);
    EXPECT_NE(error.message().zh.find(zh), std::string::npos) << error.message().zh;
    EXPECT_NE(error.message().en.find(en), std::string::npos) << error.message().en;
  };
  const Numbers shock{0.5, 0};
  refused({0.5}, {}, ErrorCode::shape_mismatch, "1 个值", "1 entries");
  for (const double bad : {-0.1, std::nan(""), std::numeric_limits<double>::infinity()}) {
    refused({0.5, bad}, {}, ErrorCode::invalid_value, "企业 2 ", "enterprise 2");
    DistressOptions options;
    options.upstream_exposure = {1, bad};
    refused(shock, options, ErrorCode::invalid_value, "第 2 条供应关系（企业 2 → 企业 1）", "link 2");
    options = {};
    options.weight = {bad, 1};
    refused(shock, options, ErrorCode::invalid_value, "企业 1 ", "enterprise 1");
  }
  refused({1.5, 0}, {}, ErrorCode::invalid_value, "0 到 1", "between 0 and 1");
  DistressOptions options;
  options.downstream_exposure = {1};
  refused(shock, options, ErrorCode::shape_mismatch, "2 条供应关系", "2 links");
  options = {};
  options.max_steps = 0;
  refused(shock, options, ErrorCode::invalid_argument, "最多步数", "one step");
  for (const double bad : {-1.0, 1.0, std::nan("")}) {
    options = {};
    options.tolerance = bad;
    refused(shock, options, ErrorCode::invalid_argument, "容差", "tolerance");
  }
  options = {};
  options.downstream = options.upstream = false;
  refused(shock, options, ErrorCode::invalid_argument, "没有选择方向", "no direction");
}

TEST(Distress, CanBeCancelledAndTellsHowFarItIs) {
  const auto net = network(cycle(0.999F));
  chainqual::CancelToken token;
  chainqual::Control control;
  control.cancel = &token;
  Numbers shares;
  control.progress = [&](double share) { shares.push_back(share); };
  EXPECT_NO_THROW(static_cast<void>(distress(net, Numbers{0.1, 0}, {}, control)));
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_LT(shares.front(), 0.5);  // after the first step
  EXPECT_EQ(std::count(shares.begin(), shares.end(), 0.5), 1);
  EXPECT_EQ(shares.back(), 1);
  token.cancel();
  EXPECT_EQ(error_of([&] {
              static_cast<void>(distress(net, Numbers{0.1, 0}, {}, control));
            }).code(),
            ErrorCode::cancelled);
}

TEST(Distress, CancelStopsHalfWay) {
  const auto net = network(cycle(0.999F));
  chainqual::CancelToken token;
  chainqual::Control control;
  control.cancel = &token;
  Numbers shares;
  control.progress = [&](double share) {
    shares.push_back(share);
    token.cancel();
  };
  EXPECT_EQ(error_of([&] {
              static_cast<void>(distress(net, Numbers{0.1, 0}, {}, control));
            }).code(),
            ErrorCode::cancelled);
  ASSERT_EQ(shares.size(), 1U);
  EXPECT_LT(shares.front(), 0.5);  // downstream is under way
}

TEST(Distress, VariantsAreNamedByYearToo) {
  EXPECT_EQ(chainqual::value_named<DistressVariant>("2012"), DistressVariant::once);
  EXPECT_EQ(chainqual::value_named<DistressVariant>("2015"), DistressVariant::unlimited);
}

}  // namespace
