#include "chainqual/impact/cascade.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "chainqual/impact/systemic_risk.hpp"
#include "unit/impact/errors.hpp"
#include "unit/impact/networks.hpp"

namespace {

using namespace chainqual;
using impact_test::expect_error;
using impact_test::network;
using impact_test::Table;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Suppliers 0 and 1 of one sector, 2 of another; all supply 3, which supplies 4.
Table workshop() {
  Table table(5);
  table.link(0, 3, 30).link(1, 3, 10).link(2, 3, 60).link(3, 4, 100);
  return table;
}

CascadeOptions sectors(std::vector<std::uint32_t> list) {
  CascadeOptions options;
  options.sectors = std::move(list);
  return options;
}

std::vector<double> close(std::size_t n, std::size_t v, double share = 1) {
  std::vector<double> shock(n, 0.0);
  shock[v] = share;
  return shock;
}

TEST(Cascade, AnEssentialInputCountsByItsShareOfItsSector) {
  const auto result = cascade(network(workshop()), close(5, 0), sectors({0, 0, 1, 2, 3}));
  EXPECT_DOUBLE_EQ(result.downstream[3], 0.75);
  EXPECT_DOUBLE_EQ(result.downstream[4], 0.75);
  EXPECT_EQ(result.downstream[2], 0);
  EXPECT_EQ(result.upstream, close(5, 0));
  EXPECT_EQ(result.steps, 3U);
  EXPECT_TRUE(result.converged);
  EXPECT_EQ(result.binding[3].bound, Bound::essential);
  EXPECT_EQ(result.binding[3].sector, 0U);
  EXPECT_EQ(result.binding[3].supplier, EnterpriseId{0});
  EXPECT_DOUBLE_EQ(result.binding[3].lack, 0.75);
  EXPECT_EQ(result.binding[0].bound, Bound::own_shock);
  EXPECT_EQ(result.binding[1], Binding{});
  // By output: 30 · 1 + 100 · 0.75 of 200.
  EXPECT_DOUBLE_EQ(result.index, 105.0 / 200);
}

TEST(Cascade, AnOrdinaryInputCountsByItsShareOfAll) {
  auto options = sectors({0, 0, 1, 2, 3});
  options.essentiality = Essentiality::all(Need::ordinary);
  const auto result = cascade(network(workshop()), close(5, 0), options);
  EXPECT_DOUBLE_EQ(result.downstream[3], 0.3);
  EXPECT_EQ(result.binding[3].bound, Bound::ordinary);
  EXPECT_EQ(result.binding[3].sector, Network::none);
  EXPECT_EQ(result.binding[3].supplier, EnterpriseId{0});
}

TEST(Cascade, ANegligibleInputBindsNobody) {
  auto options = sectors({0, 0, 1, 2, 3});
  options.essentiality = Essentiality::all(Need::negligible);
  const auto result = cascade(network(workshop()), close(5, 0), options);
  EXPECT_EQ(result.downstream, close(5, 0));
}

TEST(Cascade, NeedsOfALinkStandAboveThoseOfItsSectors) {
  auto options = sectors({0, 0, 1, 2, 3});
  options.essentiality.sectors = 4;
  options.essentiality.by_sector.assign(16, 2);
  options.essentiality.by_link.assign(4, Essentiality::not_given);
  options.essentiality.by_link[0] = 0;
  EXPECT_EQ(cascade(network(workshop()), close(5, 0), options).downstream[3], 0);
  EXPECT_DOUBLE_EQ(cascade(network(workshop()), close(5, 1), options).downstream[3], 0.25);
}

TEST(Cascade, WithoutSectorsNobodyStandsInForAnother) {
  const auto result = cascade(network(workshop()), close(5, 1));
  EXPECT_EQ(result.sectors_from, SectorSource::each_its_own);
  EXPECT_EQ(result.downstream[3], 1);
  EXPECT_EQ(result.binding[3].sector, Network::none);
  EXPECT_TRUE(result.sectors.empty());
}

TEST(Cascade, SegmentsStandForSectorsThatAreMissing) {
  Table table = workshop();
  table.segment = {0, 0, 1, 2, Network::none};
  const auto result = cascade(network(table), close(5, 1));
  EXPECT_EQ(result.sectors_from, SectorSource::segment_column);
  EXPECT_DOUBLE_EQ(result.downstream[3], 0.25);
  ASSERT_EQ(result.sectors.size(), 3U);
  EXPECT_EQ(result.sectors[0].sector, 0U);
  EXPECT_EQ(result.sectors[0].enterprises, 2U);
  EXPECT_DOUBLE_EQ(result.sectors[0].weight, 40);
  EXPECT_DOUBLE_EQ(result.sectors[0].downstream, 0.25);
  EXPECT_DOUBLE_EQ(result.sectors[2].combined, 0.25);
}

TEST(Cascade, OthersOfTheMarketStepIn) {
  auto options = sectors({0, 0, 1, 2, 3});
  options.replaceability = Replaceability::sector;
  // 0 sold 30; what is left of its market sells 10, so nobody replaces it: σ = 1. For 1 it is 10 / 30.
  EXPECT_DOUBLE_EQ(cascade(network(workshop()), close(5, 0), options).downstream[3], 0.75);
  EXPECT_DOUBLE_EQ(cascade(network(workshop()), close(5, 1), options).downstream[3], 0.25 / 3);
  options.replaceability = Replaceability::market;
  options.market = {7, Network::none, Network::none, 7, 7};
  EXPECT_DOUBLE_EQ(cascade(network(workshop()), close(5, 1), options).downstream[3], 0.25);
}

TEST(Cascade, OrdersFallWithThoseOfCustomers) {
  const auto net = network(workshop());
  const auto whole = cascade(net, close(5, 4), sectors({0, 0, 1, 2, 3}));
  EXPECT_EQ(whole.upstream, std::vector<double>(5, 1.0));
  auto options = sectors({0, 0, 1, 2, 3});
  options.revenue = {60, nan_value, 60, 400, nan_value};
  const auto part = cascade(net, close(5, 4), options);
  EXPECT_DOUBLE_EQ(part.upstream[3], 0.25);
  EXPECT_DOUBLE_EQ(part.upstream[0], 0.125);
  EXPECT_DOUBLE_EQ(part.upstream[1], 0.25);
  options.revenue.clear();
  options.final_demand = {30, 0, 0, 300, 0};
  EXPECT_EQ(cascade(net, close(5, 4), options).upstream, part.upstream);
}

TEST(Cascade, CostsOutsideTheChainSoftenTheLackOfInputs) {
  auto options = sectors({0, 0, 1, 2, 3});
  options.cost = {nan_value, nan_value, nan_value, 200, nan_value};
  EXPECT_DOUBLE_EQ(cascade(network(workshop()), close(5, 0), options).downstream[3], 0.375);
}

TEST(Cascade, DirectionsTakeShocksOfTheirOwn) {
  const auto down = close(5, 0);
  const auto up = close(5, 4, 0.5);
  const auto result = cascade(network(workshop()), DirectedShock{down, up}, sectors({0, 0, 1, 2, 3}));
  EXPECT_DOUBLE_EQ(result.downstream[4], 0.75);
  EXPECT_DOUBLE_EQ(result.upstream[0], 0.5);
  EXPECT_DOUBLE_EQ(result.combined[0], 1);
  EXPECT_DOUBLE_EQ(result.combined[1], 0.5);
}

TEST(Cascade, AFallOfExactlyTheToleranceStops) {
  Table table(3);
  table.link(0, 1, 1).link(1, 2, 1);
  CascadeOptions options;
  options.tolerance = 0.5;
  const auto result = cascade(network(table), DirectedShock{close(3, 0, 0.5), std::vector<double>(3, 0.0)}, options);
  EXPECT_EQ(result.steps, 1U);
  EXPECT_EQ(result.last_change, 0.5);
  EXPECT_TRUE(result.converged);
  EXPECT_EQ(result.downstream[2], 0);
}

TEST(Cascade, TheCapOnStepsIsReported) {
  Table table(4);
  table.link(0, 1, 1).link(1, 2, 1).link(2, 3, 1);
  CascadeOptions options;
  options.max_steps = 2;
  const auto result = cascade(network(table), close(4, 0), options);
  EXPECT_EQ(result.steps, 2U);
  EXPECT_FALSE(result.converged);
  EXPECT_EQ(result.last_change, 1);
  EXPECT_EQ(result.downstream[3], 0);
}

TEST(Cascade, AClosedCircleIsSaidToBeTruncated) {
  Table table(4);
  table.link(0, 1, 1).link(1, 2, 1).link(2, 0, 1).link(1, 0, 3).link(3, 0, 1);
  const auto net = network(table);
  CascadeOptions options;
  options.essentiality = Essentiality::all(Need::negligible);
  const auto result = cascade(net, close(4, 0, 1), options);
  EXPECT_EQ(result.closed_circle, 3U);
  EXPECT_TRUE(result.truncated == (result.last_change > 0));
  options.tolerance = 0.3;
  const auto early = cascade(net, close(4, 2), options);
  EXPECT_TRUE(early.truncated);
  EXPECT_NE(early.note.en.find("Give revenue or final demand."), std::string::npos);
  EXPECT_NE(early.note.zh.find("谱半径为 1"), std::string::npos);
  EXPECT_FALSE(cascade(net, close(4, 3), options).truncated);
  options.final_demand = {0, 0.5, 0, 0};
  const auto cured = cascade(net, close(4, 2), options);
  EXPECT_EQ(cured.closed_circle, 0U);
  EXPECT_FALSE(cured.truncated);
  EXPECT_TRUE(cured.note.en.empty());
}

TEST(Cascade, UpstreamTruncationDoesNotDependOnWhatHappensDownstream) {
  // 0 ⇄ 1 stand still at once; a long line of half losses still runs downstream of 2 when ε stops it.
  Table table(6);
  table.link(0, 1, 1).link(1, 0, 1).link(2, 3, 1).link(3, 4, 1).link(4, 5, 1);
  CascadeOptions options;
  options.max_steps = 2;
  const std::vector<double> shock{1, 0, 1, 0, 0, 0};
  const auto result = cascade(network(table), DirectedShock{shock, std::vector<double>{1, 0, 0, 0, 0, 0}}, options);
  EXPECT_EQ(result.last_change, 1);
  EXPECT_FALSE(result.truncated);
  EXPECT_FALSE(result.truncated_downstream);
}

TEST(Cascade, ACircleOfInputsIsSaidToBeTruncatedAndCostIsTheCure) {
  // Everybody buys from the next two of five; what they sell outside hides nothing downstream.
  Table table(5);
  for (std::uint32_t v = 0; v < 5; ++v) table.link((v + 1) % 5, v, 1).link((v + 2) % 5, v, 3);
  const auto net = network(table);
  CascadeOptions options;
  options.essentiality = Essentiality::all(Need::ordinary);
  options.final_demand.assign(5, 4.0);
  const auto coarse = cascade(net, close(5, 0, 1), options);
  EXPECT_EQ(coarse.closed_circle, 0U);
  EXPECT_EQ(coarse.closed_inputs, 5U);
  EXPECT_FALSE(coarse.truncated);
  EXPECT_TRUE(coarse.truncated_downstream);
  EXPECT_NE(coarse.note.en.find("Give cost."), std::string::npos);
  EXPECT_NE(coarse.note.zh.find("请给出成本"), std::string::npos);
  EXPECT_LT(coarse.index_downstream, 1 - 1e-3);
  options.tolerance = cascade_tight_tolerance;
  EXPECT_NEAR(cascade(net, close(5, 0, 1), options).index_downstream, 1, 1e-6);
  options.cost.assign(5, 8.0);
  const auto cured = cascade(net, close(5, 0, 1), options);
  EXPECT_EQ(cured.closed_inputs, 0U);
  EXPECT_TRUE(cured.note.en.empty());
}

TEST(Cascade, CirclesOfInputsNeedAWholeInputFromTheirMembersAlone) {
  // 0 ⇄ 1 trade goods of kind 0; both need kind 1 too, from 2 outside.
  Table table(3);
  table.link(0, 1, 1).link(1, 0, 1).link(2, 0, 5).link(2, 1, 5);
  CascadeOptions options;
  options.sectors = {0, 0, 1};
  EXPECT_EQ(cascade(network(table), close(3, 0, 1), options).closed_inputs, 2U);
  options.sectors = {0, 0, 0};  // one input, partly from outside the pair
  EXPECT_EQ(cascade(network(table), close(3, 0, 1), options).closed_inputs, 0U);
  options.sectors = {0, 0, 1};
  options.essentiality = Essentiality::all(Need::ordinary);
  EXPECT_EQ(cascade(network(table), close(3, 0, 1), options).closed_inputs, 0U);
}

TEST(Cascade, TheTightFixedPointOfAClosedCircleIsStandstill) {
  Table table(3);
  table.link(0, 1, 1).link(1, 0, 1).link(1, 2, 3).link(2, 1, 1);
  CascadeOptions options;
  options.essentiality = Essentiality::all(Need::negligible);
  options.tolerance = cascade_tight_tolerance;
  const auto result = cascade(network(table), close(3, 0), options);
  for (const double loss : result.upstream) EXPECT_NEAR(loss, 1, 1e-7);
}

TEST(Cascade, EmptyChainsAndIsolatedEnterprisesAreFine) {
  const auto nothing = cascade(Network(), std::vector<double>{});
  EXPECT_EQ(nothing.index, 0);
  EXPECT_EQ(nothing.steps, 0U);
  EXPECT_TRUE(nothing.converged);
  const auto alone = cascade(network(Table(2)), close(2, 1));
  EXPECT_EQ(alone.combined, close(2, 1));
  EXPECT_EQ(alone.index, 0);
}

TEST(Cascade, LinksWithoutValueBindNobody) {
  Table table(2);
  table.link(0, 1, 0);
  const auto result = cascade(network(table), close(2, 0));
  EXPECT_EQ(result.downstream, close(2, 0));
  EXPECT_EQ(cascade(network(table), close(2, 1)).upstream, close(2, 1));
}

TEST(Cascade, SelfSupplyThatIsKeptFeedsBack) {
  Table table(2);
  table.link(0, 0, 1).link(1, 0, 1);
  auto options = sectors({0, 0});
  options.tolerance = cascade_tight_tolerance;
  EXPECT_NEAR(cascade(network(table), close(2, 1, 0.5), options).downstream[0], 0.5, 1e-8);
}

TEST(CascadeBadInput, ShocksAreShares) {
  const auto net = network(workshop());
  expect_error(ErrorCode::shape_mismatch, "the shock has 2 entries for 5 enterprises; they must agree.",
               [&] { static_cast<void>(cascade(net, std::vector<double>(2))); });
  expect_error(ErrorCode::invalid_value, "enterprise 2: shock 1.5 must lie between 0 and 1.",
               [&] { static_cast<void>(cascade(net, close(5, 1, 1.5))); });
  EXPECT_THROW(static_cast<void>(cascade(net, close(5, 1, -0.1))), Error);
  EXPECT_THROW(static_cast<void>(cascade(net, close(5, 1, nan_value))), Error);
}

TEST(CascadeBadInput, EssentialityFits) {
  const auto net = network(workshop());
  auto options = sectors({0, 0, 1, 2, 3});
  options.essentiality.sectors = 2;
  options.essentiality.by_sector.assign(3, 2);
  expect_error(ErrorCode::shape_mismatch,
               "the essentiality table has 3 entries for 2 sectors; it needs 4 (supplier sector × customer sector).",
               [&] { static_cast<void>(cascade(net, close(5, 0), options)); });
  options.essentiality.by_sector = {2, 1, 3, 0};
  expect_error(ErrorCode::invalid_value,
               "the essentiality of supplier sector 1 for customer sector 0 is 3; it must be 0 (negligible), 1 "
               "(ordinary) or 2 (essential).",
               [&] { static_cast<void>(cascade(net, close(5, 0), options)); });
  options.essentiality.by_sector = {2, 1, 2, 0};
  expect_error(ErrorCode::out_of_range,
               "enterprise 4: sector 2 is beyond the 2 sectors of the essentiality table (counted from 0).",
               [&] { static_cast<void>(cascade(net, close(5, 0), options)); });
  options.sectors[3] = Network::none;
  EXPECT_THROW(static_cast<void>(cascade(net, close(5, 0), options)), Error);
  options.essentiality = {};
  EXPECT_NO_THROW(static_cast<void>(cascade(net, close(5, 0), options)));
  options.essentiality.by_link.assign(3, 2);
  expect_error(ErrorCode::shape_mismatch, "the essentiality by link has 3 entries for 4 links; they must agree.",
               [&] { static_cast<void>(cascade(net, close(5, 0), options)); });
  options.essentiality.by_link = {2, 7, 1, 0};
  EXPECT_THROW(static_cast<void>(cascade(net, close(5, 0), options)), Error);
}

TEST(CascadeBadInput, ColumnsFitAndHoldWhatTheyMay) {
  const auto net = network(workshop());
  const auto refused = [&](auto&& change) {
    CascadeOptions options;
    change(options);
    EXPECT_THROW(static_cast<void>(cascade(net, close(5, 0), options)), Error);
  };
  refused([](auto& o) { o.sectors = {1, 2}; });
  refused([](auto& o) { o.revenue = {1, 2}; });
  refused([](auto& o) { o.final_demand = {0, 0, -1, 0, 0}; });
  refused([](auto& o) { o.final_demand = {0, 0, infinity, 0, 0}; });
  refused([](auto& o) { o.final_demand = {0, 0, nan_value, 0, 0}; });
  refused([](auto& o) { o.cost = {0, 0, 0, infinity, 0}; });
  refused([](auto& o) { o.weight = {1, 1, 1, 1, -1}; });
  refused([](auto& o) { o.weight = {1}; });
  refused([](auto& o) { o.market = {0, 0, 0, 0, 0}; });
  refused([](auto& o) { o.replaceability = Replaceability::market; });
  refused([](auto& o) { o.tolerance = -1; });
  refused([](auto& o) { o.tolerance = nan_value; });
  refused([](auto& o) { o.tolerance = 1; });
  refused([](auto& o) { o.max_steps = 0; });
  refused([](auto& o) {
    o.revenue.assign(5, 1000.0);
    o.final_demand.assign(5, 0.0);
  });
  CascadeOptions options;
  options.revenue = {30, 10, 60, 99, 0};
  expect_error(ErrorCode::invalid_value,
               "enterprise 4: revenue 99 must be finite and not below its sales inside the chain, 100.",
               [&] { static_cast<void>(cascade(net, close(5, 0), options)); });
}

/// One link, 0 → 1, of any value.
Network one_link(float value) {
  struct Parts {
    std::vector<std::uint64_t> out_offsets{0, 1, 1}, in_offsets{0, 0, 1};
    std::vector<std::uint32_t> out_targets{1}, in_sources{0};
    std::vector<float> values;
  };
  auto held = std::make_shared<Parts>();
  held->values = {value};
  NetworkParts parts;
  parts.enterprises = 2;
  parts.out_offsets = held->out_offsets;
  parts.out_targets = held->out_targets;
  parts.out_values = held->values;
  parts.in_offsets = held->in_offsets;
  parts.in_sources = held->in_sources;
  parts.in_values = held->values;
  parts.owner = held;
  return Network::from_parts(std::move(parts), PartsCheck::shape);
}

TEST(CascadeBadInput, ValuesThatAreNoFlowsAreNamed) {
  const std::pair<float, const char*> values[]{
      {std::numeric_limits<float>::infinity(), "inf"}, {std::numeric_limits<float>::quiet_NaN(), "nan"}, {-2.0F, "-2"}};
  for (const auto& [value, written] : values) {
    const auto net = one_link(value);
    const std::string message =
        "link 1 (enterprise 1 → enterprise 2): value " + std::string(written) + " must be finite and not negative.";
    expect_error(ErrorCode::invalid_value, message, [&] { static_cast<void>(cascade(net, close(2, 0))); });
    expect_error(ErrorCode::invalid_value, message, [&] { static_cast<void>(systemic_risk(net)); });
  }
}

/// Without looking at the token between steps this would run for minutes: what the first enterprise sells to itself
/// brings its loss to 1 by a billionth of the rest a step.
TEST(CascadeBadInput, CancelStopsBetweenSteps) {
  const auto net = network(Table(2).link(0, 0, 1).link(0, 1, 1e-9F));
  CascadeOptions options;
  options.tolerance = 0;
  options.max_steps = std::numeric_limits<std::uint32_t>::max();
  CancelToken token;
  Control control;
  control.cancel = &token;
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    token.cancel();
  });
  EXPECT_EQ(impact_test::error_of([&] { static_cast<void>(cascade(net, close(2, 1), options, control)); }).code(),
            ErrorCode::cancelled);
  other.join();
}

TEST(CascadeBadInput, CancelStopsWithNothingHalfMade) {
  CancelToken token;
  token.cancel();
  Control control;
  control.cancel = &token;
  try {
    static_cast<void>(cascade(network(workshop()), close(5, 0), {}, control));
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
}

}  // namespace
