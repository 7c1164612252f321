// why of dynamics and inoperability on networks small enough to work out by hand, and of what all models share.

#include <gtest/gtest.h>

#include "chainqual/impact/explain_models.hpp"
#include "chainqual/impact/explain_runs-inl.hpp"
#include "unit/impact/errors.hpp"
#include "unit/impact/networks.hpp"
#include "unit/impact/whys.hpp"

namespace explain_daily_test {
namespace {

using namespace chainqual;
using impact_test::expect_error_with;
using impact_test::ids;
using impact_test::named;
using impact_test::network;
using impact_test::Table;
using impact_test::whole;

Disruption closed(std::uint32_t enterprise, double magnitude = 1) {
  return {EnterpriseId{enterprise}, magnitude, 0, Disruption::permanent, {}};
}

WhyOptions upstream() {
  WhyOptions options;
  options.along = Along::upstream;
  return options;
}

DynamicsOptions two_days_of_stock(std::uint32_t days = 6) {
  DynamicsOptions options;
  options.days = days;
  options.stock_days = 2;
  return options;
}

TEST(WhyDynamics, NamesTheDayAndTheStockThatRunsOut) {
  // Two days of stock: from the third day on the customer stands still.
  const auto net = network(Table(2).link(0, 1, 365));
  const std::vector<Disruption> disruptions{closed(0)};
  const auto options = two_days_of_stock();
  const Why found = why(net, disruptions, EnterpriseId{1}, options, {}, named());
  EXPECT_EQ(found.model, Model::dynamics);
  EXPECT_EQ(found.loss, dynamics(net, disruptions, options).downstream[1]);
  EXPECT_NEAR(found.loss, 4.0 / 6, 1e-12);
  ASSERT_TRUE(found.worst);
  EXPECT_EQ(found.worst->days, 6U);
  EXPECT_EQ(found.worst->day, 2U);
  EXPECT_NEAR(found.worst->loss, 1, 1e-12);
  EXPECT_EQ(found.holds, Holds::stocks);
  EXPECT_EQ(found.binding.neighbour, EnterpriseId{0});
  EXPECT_EQ(found.binding.sector, Network::none);
  EXPECT_NEAR(found.arrived, 1, 1e-12);
  EXPECT_EQ(ids(found.paths.at(0)), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(found.sources.at(0).share, 1);
  EXPECT_EQ(
      found.sentence.en,
      "Factory B loses 66.7 % on average over 6 days in the inventory dynamics, downstream; its worst day is day 3, "
      "with 100.0 %. What holds it down then is the stock of an input, 100.0 % short, most of it from the supplier "
      "Factory A (100.0 %). The path with most loss: Factory A → Factory B (100.0 %). Sources: Factory A 100.0 %; "
      "split by remove-one differences (scaled).");
  EXPECT_EQ(found.sentence.zh,
            "库存动态仿真模型向下游：乙厂在 6 天内平均损失 66.7%，第 3 天最重，为 "
            "100.0%。这一天起决定作用的是一种投入的库存，缺 100.0%，缺口最大的供应商是甲厂（100.0%）。"
            "损失最大的路径：甲厂 → 乙厂（100.0%）。损失来源：甲厂 100.0%；拆分方法：逐一剔除差值（按比例折算）。");
}

TEST(WhyDynamics, SuppliersOfOneKindShareTheLack) {
  // 0 makes three quarters of the goods of kind 4, 1 the rest; 2 makes goods of kind 5.
  Table table(4);
  table.link(0, 3, 30).link(1, 3, 10).link(2, 3, 40);
  auto options = two_days_of_stock(4);
  options.sectors = {4, 4, 5, 6};
  const std::vector<Disruption> disruptions{closed(0), closed(2, 0.1)};
  const auto net = network(table);
  const Why found = why(net, disruptions, EnterpriseId{3}, options);
  EXPECT_EQ(found.holds, Holds::stocks);
  EXPECT_EQ(found.binding.sector, 4U);
  EXPECT_EQ(found.binding.neighbour, EnterpriseId{0});
  EXPECT_NEAR(found.arrived, found.worst->loss, 1e-12) << "the parts sum to what stocks withhold";
  EXPECT_NEAR(found.binding.loss, 0.75, 1e-12) << "of 1 a day is left";
  EXPECT_EQ(found.sources.at(0).source, EnterpriseId{0});
  EXPECT_NEAR(found.paths.at(0).passed, 0.75, 1e-12);
}

TEST(WhyDynamics, UpstreamNamesTheCustomerWhoseOrdersFell) {
  const auto net = network(Table(3).link(0, 1, 300).link(0, 2, 100));
  const std::vector<Disruption> disruptions{closed(1)};
  const auto options = two_days_of_stock();
  const Why found = why(net, disruptions, EnterpriseId{0}, options, upstream());
  EXPECT_EQ(found.loss, dynamics(net, disruptions, options).upstream[0]);
  EXPECT_EQ(found.holds, Holds::orders);
  EXPECT_EQ(found.worst->day, 1U);
  EXPECT_NEAR(found.worst->loss, 0.75, 1e-12);
  EXPECT_NEAR(found.arrived, 0.75, 1e-12);
  EXPECT_EQ(found.binding.neighbour, EnterpriseId{1});
  EXPECT_EQ(ids(found.paths.at(0)), (std::vector<std::uint32_t>{1, 0}));
}

TEST(WhyDynamics, OwnCapacityBindsBeforeInputsWhereTheyTie) {
  const auto net = network(Table(2).link(0, 1, 365));
  const Why found = why(net, std::vector<Disruption>{closed(1, 0.5)}, EnterpriseId{1}, two_days_of_stock());
  EXPECT_EQ(found.holds, Holds::own_shock);
  EXPECT_EQ(found.own, 0.5);
  EXPECT_EQ(found.worst->day, 0U);
  EXPECT_TRUE(found.binding.neighbour.is_none());
}

TEST(WhyDynamics, WhatComesAfterTheHorizonIsNoSource) {
  std::vector<Disruption> disruptions{closed(0), closed(1)};
  disruptions[1].start = 6;
  Table table(3);
  table.link(0, 2, 10).link(1, 2, 10);
  const Why found = why(network(table), disruptions, EnterpriseId{2}, two_days_of_stock());
  ASSERT_EQ(found.sources.size(), 1U);
  EXPECT_EQ(found.sources[0].source, EnterpriseId{0});
}

TEST(WhyDynamics, AStockThatLastsLetsNothingThrough) {
  const auto net = network(Table(2).link(0, 1, 365));
  for (const std::uint32_t days : {2U, 3U}) {
    const Why found = why(net, std::vector<Disruption>{closed(0)}, EnterpriseId{1}, two_days_of_stock(days));
    EXPECT_EQ(found.loss > 0, days == 3);
    EXPECT_EQ(found.paths.empty(), days == 2);
    EXPECT_EQ(found.sources.empty(), days == 2);
    EXPECT_EQ(found.worst->loss > 0, days == 3);
    EXPECT_EQ(found.worst->days, days);
  }
}

TEST(WhyInoperability, ExplainsTheMeanOverTheHorizon) {
  const auto net = network(Table(2).link(0, 1, 1, 0.5F));
  const std::vector<Disruption> disruptions{closed(0, 0.8)};
  InoperabilityOptions options;
  options.days = 50;
  const auto model = inoperability(net, disruptions, options);
  const Why found = why(net, disruptions, EnterpriseId{1}, options);
  EXPECT_EQ(found.loss, model.downstream[1]);
  EXPECT_EQ(found.worst->day, 49U) << "q still grows";
  EXPECT_EQ(found.own, 0);
  EXPECT_EQ(found.binding.neighbour, EnterpriseId{0});
  EXPECT_EQ(found.binding.loss, 0.5 * model.downstream[0]);
  EXPECT_EQ(found.arrived, found.binding.loss);
  EXPECT_NEAR(found.sources.at(0).shock, model.downstream[0], 1e-12) << "its own mean q";
  EXPECT_EQ(found.sources.at(0).share, 1);
  EXPECT_NE(found.sentence.en.find("on average over 50 days"), std::string::npos) << found.sentence.en;
}

TEST(WhyInoperability, InitialInoperabilityIsASource) {
  Table table(3);
  table.link(0, 2, 1, 0.5F).link(1, 2, 1, 0.25F);
  InoperabilityOptions options;
  options.days = 30;
  options.initial = {0.4, 0, 0};
  const Why found = why(network(table), std::vector<Disruption>{closed(1, 0.5)}, EnterpriseId{2}, options);
  ASSERT_EQ(found.sources.size(), 2U);
  EXPECT_EQ(found.rule, SplitRule::remove_one);
  EXPECT_NEAR(found.sources[0].difference + found.sources[1].difference, found.loss, 1e-12) << "no cap binds: they add";
}

/// The split of a made-up loss by how many of three sources stay.
std::vector<SourceShare> split(const std::vector<double>& by_count, std::uint32_t separate, SplitRule& rule) {
  const std::vector<impact_detail::Candidate> candidates{{1, 0.9, 1}, {4, 0.8, 1}, {2, 0.7, 1}};
  std::vector<SourceShare> shares;
  const auto loss_of = [&](const impact_detail::Staying& staying, const Control&) {
    return by_count[std::size_t{staying[1]} + staying[4] + staying[2]];
  };
  rule = impact_detail::split_by_runs(by_count.back(), candidates, 5, separate, 0, loss_of, {}, shares);
  return shares;
}

TEST(WhySplit, FallsBackToEffectsAloneAndThenToEqualParts) {
  SplitRule rule{};
  auto shares = split({0, 0.1, 0.2, 0.6}, 9, rule);
  EXPECT_EQ(rule, SplitRule::remove_one);
  EXPECT_NEAR(shares[0].difference, 0.4, 1e-15);
  shares = split({0, 0.5, 0.6, 0.6}, 9, rule);
  EXPECT_EQ(rule, SplitRule::alone) << "nobody is missed";
  EXPECT_EQ(shares[0].difference, 0.5);
  shares = split({0, 0, 0.6, 0.6}, 9, rule);
  EXPECT_EQ(rule, SplitRule::equal) << "any two are enough, none by itself";
  for (const SourceShare& share : shares) EXPECT_NEAR(share.loss, 0.2, 1e-15);
}

TEST(WhySplit, TheWeakestBeyondTheLimitFormOnePart) {
  SplitRule rule{};
  const auto shares = split({0, 0.1, 0.4, 0.6}, 1, rule);
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_TRUE(shares[0].source.is_none()) << "without both 0.1 is left";
  EXPECT_NEAR(shares[0].difference, 0.5, 1e-15);
  EXPECT_EQ(shares[0].shock, 0.8) << "the largest of them";
  EXPECT_EQ(shares[1].source, EnterpriseId{1});
  EXPECT_NEAR(shares[1].difference, 0.2, 1e-15);
}

TEST(WhyModels, OneCallExplainsWhicheverModelTheOptionsName) {
  Table table(3);
  table.link(0, 1, 100).link(1, 2, 100);
  const auto net = network(table);
  const PlacedScenario scenario = lasting({0.5, 0, 0});
  ModelOptions options;
  options.dynamics.days = options.inoperability.days = 60;
  for (const auto& row : Names<Model>::table) {
    options.model = row.value;
    for (const Along along : {Along::downstream, Along::upstream}) {
      WhyOptions how;
      how.along = along;
      const EnterpriseId target{along == Along::downstream ? 2U : 0U};
      const ModelRun run = propagate(net, scenario, options);
      const Why found = why(net, scenario, target, options, how);
      const auto& loss = along == Along::downstream ? run.downstream : run.upstream;
      EXPECT_EQ(found.loss, loss[target.index()]) << row.key;
      EXPECT_GT(found.loss, 0) << row.key;
      EXPECT_EQ(found.model, row.value);
      EXPECT_FALSE(found.sentence.zh.empty());
    }
  }
}

TEST(WhyModels, NobodyHitNeedsNoExplanation) {
  const auto net = network(Table(3).link(0, 1, 100).link(1, 2, 100));
  ModelOptions options;
  for (const auto& row : Names<Model>::table) {
    options.model = row.value;
    const Why found = why(net, lasting({0, 0, 0.5}), EnterpriseId{0}, options);
    EXPECT_EQ(found.loss, 0.0) << row.key;
    EXPECT_EQ(found.holds, Holds::nothing) << row.key;
    EXPECT_TRUE(found.sources.empty()) << row.key;
    EXPECT_TRUE(found.paths.empty()) << row.key;
    EXPECT_TRUE(found.binding.neighbour.is_none()) << row.key;
    EXPECT_NE(found.sentence.en.find("loses nothing"), std::string::npos) << row.key;
    EXPECT_NE(found.sentence.zh.find("没有损失"), std::string::npos) << row.key;
  }
}

TEST(WhyModels, WhatTheModelsRefuseIsRefused) {
  const auto net = network(Table(2).link(0, 1, 1));
  ModelOptions options;
  const auto ask = [&](std::vector<double> shock, std::uint32_t target) {
    return [&net, &options, shock = std::move(shock), target] {
      static_cast<void>(why(net, lasting(shock), EnterpriseId{target}, options));
    };
  };
  for (const auto& row : Names<Model>::table) {
    options.model = row.value;
    SCOPED_TRACE(row.key);
    expect_error_with(ErrorCode::out_of_range, "beyond the 2", ask({0.5, 0}, 2));
    const bool daily = row.value == Model::dynamics || row.value == Model::inoperability;
    if (!daily) expect_error_with(ErrorCode::shape_mismatch, "3 entries for 2", ask({0.5, 0, 0}, 1));
    if (daily) expect_error_with(ErrorCode::out_of_range, "enterprise", ask({0.5, 0, 0.5}, 1));
    expect_error_with(ErrorCode::invalid_value, "1.5", ask({1.5, 0}, 1));
  }
  options.contagion.runs = 0;
  options.model = Model::contagion;
  expect_error_with(ErrorCode::invalid_argument, "runs", ask({0.5, 0}, 1));
  options.dynamics.days = 0;
  options.model = Model::dynamics;
  expect_error_with(ErrorCode::invalid_argument, "days", ask({0.5, 0}, 1));
}

TEST(WhyModels, CancelStopsEveryModel) {
  CancelToken cancel;
  cancel.cancel();
  const auto net = network(Table(2).link(0, 1, 1));
  ModelOptions options;
  for (const auto& row : Names<Model>::table) {
    if (row.value == Model::linear) continue;
    options.model = row.value;
    SCOPED_TRACE(row.key);
    const auto ask = [&] {
      static_cast<void>(why(net, lasting({0.5, 0}), EnterpriseId{1}, options, {}, {}, Control{nullptr, &cancel, {}}));
    };
    EXPECT_EQ(impact_test::error_of(ask).code(), ErrorCode::cancelled);
  }
}

}  // namespace
}  // namespace explain_daily_test
