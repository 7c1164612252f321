#include "chainqual/impact/dynamics.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "chainqual/impact/dynamics-inl.hpp"
#include "unit/impact/errors.hpp"
#include "unit/impact/networks.hpp"

namespace dynamics_test {
namespace {

using chainqual::Control;
using chainqual::Disruption;
using chainqual::dynamics;
using chainqual::DynamicsOptions;
using chainqual::DynamicsRecord;
using chainqual::DynamicsResult;
using chainqual::EnterpriseId;
using chainqual::Error;
using chainqual::ErrorCode;
using chainqual::InputGroups;
using chainqual::Rationing;
using impact_test::expect_error_with;
using impact_test::network;
using impact_test::Table;

constexpr std::uint32_t never = DynamicsResult::never;

Disruption stop(std::uint32_t enterprise, double magnitude, std::uint32_t start, std::uint32_t duration) {
  return {EnterpriseId{enterprise}, magnitude, start, duration, {}};
}

/// 0 → 1 → final demand, 10 a year.
Table line() {
  Table table(2);
  table.link(0, 1, 10);
  return table;
}

DynamicsOptions settings(std::uint32_t days, double stock_days = 3) {
  DynamicsOptions options;
  options.days = days;
  options.stock_days = stock_days;
  options.smoothing_days = 2;
  options.record = DynamicsRecord::enterprises;
  options.days_per_year = 1;
  return options;
}

double level(const DynamicsResult& result, std::uint32_t n, std::uint32_t day, std::uint32_t i) {
  return result.levels[std::size_t{day} * n + i];
}

TEST(Dynamics, CustomerLivesOnItsStockAndStopsWhenItIsGone) {
  // The supplier stands still from day 0. Three days of stock are used up on days 0, 1 and 2.
  const auto result = dynamics(network(line()), std::vector{stop(0, 1, 0, 6)}, settings(6));
  for (std::uint32_t day = 0; day < 6; ++day) {
    EXPECT_EQ(level(result, 2, day, 0), 0.0);
    EXPECT_EQ(level(result, 2, day, 1), day < 3 ? 1.0 : 0.0) << day;
  }
  EXPECT_EQ(result.combined[0], 1.0);
  EXPECT_EQ(result.by_capacity[0], 1.0);
  EXPECT_EQ(result.combined[1], 0.5);
  EXPECT_EQ(result.by_inputs[1], 0.5);
  EXPECT_EQ(result.downstream[1], 0.5);
  EXPECT_EQ(result.upstream[1], 0.0);
  EXPECT_EQ(result.survive_days[0], 0U);
  EXPECT_EQ(result.survive_days[1], 3U);
  EXPECT_EQ(result.recover_days[1], never);
  EXPECT_EQ(result.lost_output, 6 * 10.0 + 3 * 10.0);
  EXPECT_EQ(result.unmet_final, 30.0);
}

TEST(Dynamics, SupplierFeelsMissingOrdersNextDayAndTheirReturnAsOvershoot) {
  // The customer makes half on day 0 and holds a day's stock too much for it: it orders 0.5 + (1.5 − 3 − 0.5) / 2 < 0.
  auto options = settings(12);
  const auto result = dynamics(network(line()), std::vector{stop(1, 0.5, 0, 1)}, options);
  EXPECT_EQ(level(result, 2, 0, 0), 1.0);
  EXPECT_EQ(level(result, 2, 1, 0), 0.0);
  EXPECT_EQ(level(result, 2, 1, 1), 1.0);
  EXPECT_GT(result.by_orders[0], 0.0);
  EXPECT_EQ(result.by_inputs[0], 0.0);
  EXPECT_EQ(result.downstream[0], 0.0);
  EXPECT_GT(result.overshoot.largest, 1.05);
  EXPECT_EQ(result.overshoot.enterprise, EnterpriseId{0});
  EXPECT_EQ(result.overshoot.enterprises, 1U);
  EXPECT_EQ(result.overshoot.one_tier_bound, 2.5);
  EXPECT_EQ(result.peak_orders[0], result.overshoot.largest);
  EXPECT_NE(result.overshoot.note.en.find("enterprise 1 "), std::string::npos);
  EXPECT_NE(result.overshoot.note.zh.find("牛鞭效应"), std::string::npos);
  const auto named = chainqual::overshoot_note(result.overshoot, [](EnterpriseId id, chainqual::Language language) {
    EXPECT_EQ(id, EnterpriseId{0});
    return std::string(language == chainqual::Language::zh ? "甲厂" : "Works A");
  });
  EXPECT_NE(named.en.find(" Works A was asked for "), std::string::npos) << named.en;
  EXPECT_NE(named.en.find("and 1 enterprise was"), std::string::npos) << named.en;
  EXPECT_NE(named.zh.find("甲厂收到的订货"), std::string::npos) << named.zh;
}

TEST(Dynamics, AChainThatStandsStillAfterTheShockSaysThatTheRuleOfOrdersHoldsIt) {
  // Three days of stock, five days of standstill: customer 1 makes nothing on day 3 and orders nothing from then on.
  const auto found = dynamics(network(line()), std::vector{stop(0, 1, 0, 5)}, settings(40));
  EXPECT_EQ(found.last_level[0] + found.last_level[1], 0.0);
  EXPECT_EQ(found.standstill.enterprises, 2U);
  EXPECT_NE(found.standstill.note.en.find("2 enterprises stand still"), std::string::npos) << found.standstill.note.en;
  EXPECT_NE(found.standstill.note.zh.find("2 家企业停产"), std::string::npos) << found.standstill.note.zh;
  // No word of it while a shock holds somebody, nor where stocks last.
  EXPECT_EQ(dynamics(network(line()), std::vector{stop(0, 1, 0, 50)}, settings(40)).standstill.enterprises, 0U);
  const auto lasting = dynamics(network(line()), std::vector{stop(0, 1, 0, 2)}, settings(40));
  EXPECT_EQ(lasting.standstill.enterprises, 0U);
  EXPECT_TRUE(lasting.standstill.note.en.empty());
}

TEST(Dynamics, SuppliersOfOneSectorStandInForEachOther) {
  Table table(3);
  table.link(0, 2, 10).link(1, 2, 10);
  auto options = settings(4, 2);
  options.sectors = {7, 7, 1};
  const std::vector shock{stop(0, 1, 0, 4)};
  const auto together = dynamics(network(table), shock, options);
  options.inputs = InputGroups::enterprise;
  const auto apart = dynamics(network(table), shock, options);
  EXPECT_EQ(together.assumptions.inputs, InputGroups::given);
  // Two days of both: apart, the first one's are gone after day 1. Together, what 1 delivers still feeds half.
  EXPECT_EQ(level(apart, 3, 2, 2), 0.0);
  EXPECT_GT(level(together, 3, 2, 2), 0.5);
  EXPECT_GT(level(together, 3, 3, 2), 0.25);
}

TEST(Dynamics, GroupsComeFromSectorsThenSegments) {
  Table table = line();
  EXPECT_EQ(dynamics(network(table), {}).assumptions.inputs, InputGroups::enterprise);
  table.segment = {0, 1};
  EXPECT_EQ(dynamics(network(table), {}).assumptions.inputs, InputGroups::segment);
  DynamicsOptions options;
  options.inputs = InputGroups::sector;
  expect_error_with(ErrorCode::invalid_argument, "that column is missing",
                    [&] { static_cast<void>(dynamics(network(table), {}, options)); });
  options.inputs = InputGroups::given;
  expect_error_with(ErrorCode::invalid_argument, "that column is missing",
                    [&] { static_cast<void>(dynamics(network(table), {}, options)); });
}

/// Supplier 0 makes half on day 2. Customer 1 made half on day 0 and so orders more on day 2, customer 2 as usual.
DynamicsResult rationed(Rationing rule) {
  Table table(3);
  table.link(0, 1, 10).link(0, 2, 10);
  auto options = settings(5, 10);
  options.final_demand = {20, 10, 10};
  options.rationing = rule;
  return dynamics(network(table), std::vector{stop(0, 0.5, 2, 1)}, options);
}

TEST(Dynamics, RationingDecidesWhoGoesShort) {
  const auto proportional = rationed(Rationing::proportional);
  EXPECT_EQ(proportional.totals[2].unmet_final, 10.0);
  EXPECT_EQ(proportional.totals[2].unmet_orders, 10.0);
  const auto households = rationed(Rationing::households_last);
  EXPECT_EQ(households.totals[2].unmet_final, 20.0);
  EXPECT_EQ(households.totals[2].unmet_orders, 0.0);
  const auto lowest = rationed(Rationing::lowest_relative_order_first);
  EXPECT_NEAR(lowest.totals[2].unmet_final, 10.0, 1e-12);  // all orders are equal, so all get half
  EXPECT_NEAR(lowest.totals[2].unmet_orders, 10.0, 1e-12);
}

TEST(Dynamics, FinalDemandIsWhatIsBoughtAndNotSoldUnlessGiven) {
  auto result = dynamics(network(line()), {}, settings(1));
  EXPECT_TRUE(result.assumptions.final_demand_assumed);
  EXPECT_EQ(result.usual.produced, 20.0);
  EXPECT_EQ(result.usual.value_added, 10.0);
  EXPECT_EQ(result.usual.stocks, 30.0);
  auto options = settings(1);
  options.final_demand = {5, 30};
  result = dynamics(network(line()), {}, options);
  EXPECT_FALSE(result.assumptions.final_demand_assumed);
  EXPECT_EQ(result.usual.produced, 45.0);
}

TEST(Dynamics, EnterprisesWithoutOutputWeighNothingAndAreCounted) {
  Table table = line();
  Table wider(4);
  wider.cells[1] = table.cells[1];
  wider.link(0, 3, 0);  // nothing flows
  auto options = settings(4);
  options.final_demand = {0, 0, 0, 0};
  const std::vector shocks{stop(1, 0.5, 0, 4), stop(2, 0.25, 0, 4)};
  for (const auto rule :
       {Rationing::proportional, Rationing::households_last, Rationing::lowest_relative_order_first}) {
    options.rationing = rule;
    const auto result = dynamics(network(wider), shocks, options);
    EXPECT_EQ(result.assumptions.without_output, 3U);
    EXPECT_EQ(result.assumptions.isolated, 2U);
    EXPECT_EQ(result.assumptions.zero_links, 1U);
    EXPECT_EQ(result.combined[1], 0.5);  // its own shock is its loss, though it makes nothing that counts
    EXPECT_EQ(result.combined[2], 0.25);
    EXPECT_EQ(result.combined[3], 0.0);  // a link of value 0 binds nobody
    EXPECT_GT(result.combined[0], 0.0);
    EXPECT_EQ(result.usual.produced, 10.0);
    EXPECT_EQ(result.index, result.combined[0]);
  }
}

TEST(Dynamics, ABrokenBalanceWouldBeSaidInWords) {
  chainqual::Conservation found;
  EXPECT_TRUE(chainqual::impact_detail::conservation_note(found).en.empty());
  found.checked = 40;
  found.violations = 2;
  found.largest = 0.5;
  found.enterprise = EnterpriseId{2};
  found.day = 6;
  const auto note = chainqual::impact_detail::conservation_note(found);
  EXPECT_NE(note.en.find("failed 2 times in 40 supplier-days, by at most 0.5 of the usual output, at enterprise 3 on "
                         "day 7"),
            std::string::npos)
      << note.en;
  EXPECT_NE(note.zh.find("第 7 天的企业 3"), std::string::npos) << note.zh;
}

TEST(Dynamics, SelfSupplyIsAStockLikeAnyOther) {
  Table table(1);
  table.link(0, 0, 4);
  auto options = settings(6, 2);
  options.final_demand = {4};
  const auto result = dynamics(network(table), std::vector{stop(0, 1, 0, 2)}, options);
  EXPECT_EQ(level(result, 1, 0, 0), 0.0);
  EXPECT_EQ(level(result, 1, 2, 0), 0.5);  // final demand alone: at rest it ordered nothing from itself
  EXPECT_GT(level(result, 1, 3, 0), 0.5);
  EXPECT_EQ(result.conservation.violations, 0U);
}

TEST(Dynamics, EmptyChainAndNoLinksAreNoTrouble) {
  const auto none = dynamics(chainqual::Network(), {}, settings(3));
  EXPECT_TRUE(none.combined.empty());
  EXPECT_EQ(none.index, 0.0);
  EXPECT_EQ(none.totals.size(), 3U);
  const auto alone = dynamics(network(Table(2)), std::vector{stop(1, 0.5, 1, 1)}, settings(4));
  EXPECT_EQ(alone.combined[1], 0.125);
  EXPECT_EQ(alone.survive_days[1], 0U);
  EXPECT_EQ(alone.recover_days[1], 1U);
  EXPECT_EQ(alone.survive_days[0], never);
  EXPECT_EQ(alone.recover_days[0], 0U);
}

TEST(Dynamics, PoissonStocksHaveTheirMeanTheirFloorAndTheirSeed) {
  const std::uint32_t n = 4000;
  DynamicsOptions options;
  options.poisson_stock = true;
  options.poisson_floor = 1;
  double sum = 0;
  double squares = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double days = chainqual::impact_detail::stock_days_of(i, options);
    EXPECT_EQ(days, std::floor(days));
    EXPECT_GE(days, 1.0);
    sum += days;
    squares += days * days;
  }
  const double mean = sum / n;
  EXPECT_NEAR(mean, 15, 0.25);  // four standard errors
  EXPECT_NEAR(squares / n - mean * mean, 15, 1.5);
  options.poisson_floor = 14;
  options.seed = 2;
  int floored = 0;
  for (std::uint32_t i = 0; i < 100; ++i) {
    const double days = chainqual::impact_detail::stock_days_of(i, options);
    EXPECT_GE(days, 14.0);
    EXPECT_EQ(days, chainqual::impact_detail::stock_days_of(i, options));
    floored += days == 14 ? 1 : 0;
  }
  EXPECT_GT(floored, 20);
}

TEST(Dynamics, RecordsAreWhatWasAskedFor) {
  const auto net = network(line());
  auto options = settings(7);
  options.record_every = 3;
  EXPECT_EQ(dynamics(net, {}, options).levels.size(), 6U);  // days 0, 3, 6
  options.record = DynamicsRecord::totals;
  EXPECT_TRUE(dynamics(net, {}, options).levels.empty());
  EXPECT_EQ(dynamics(net, {}, options).totals.size(), 7U);
  options.record = DynamicsRecord::none;
  EXPECT_TRUE(dynamics(net, {}, options).totals.empty());
}

TEST(Dynamics, RefusesWhatMeansNothingAndNamesIt) {
  const auto net = network(line());
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  const auto refuse = [&](ErrorCode code, const std::string& words, const std::function<void(DynamicsOptions&)>& set) {
    DynamicsOptions options;
    set(options);
    expect_error_with(code, words, [&] { static_cast<void>(dynamics(net, {}, options)); });
  };
  using O = DynamicsOptions;
  const auto bad = ErrorCode::invalid_argument;
  refuse(bad, "days is 0", [](O& o) { o.days = 0; });
  refuse(bad, "between records is 0", [](O& o) { o.record_every = 0; });
  for (const double value : {0.5, nan, infinite}) {
    refuse(bad, "smoothing days", [&](O& o) { o.smoothing_days = value; });
    refuse(bad, "stock days", [&](O& o) { o.stock_days = value; });
    refuse(ErrorCode::invalid_value, "enterprise 2: the number of stock days", [&](O& o) {
      o.stock_days_each = {3, value};
    });
  }
  for (const double value : {0.0, -1.0, nan, infinite}) {
    refuse(bad, "days per year", [&](O& o) { o.days_per_year = value; });
    refuse(bad, "working level", [&](O& o) { o.working_level = value; });
  }
  refuse(bad, "settled", [&](O& o) { o.settled_change = nan; });
  refuse(bad, "at most 500", [](O& o) { o.poisson_stock = true, o.stock_days = 501; });
  refuse(bad, "least number of stock days", [](O& o) { o.poisson_stock = true, o.poisson_floor = 0; });
  for (const double value : {-1.0, nan, infinite}) {
    refuse(ErrorCode::invalid_value, "enterprise 1: final demand", [&](O& o) { o.final_demand = {value, 1}; });
    refuse(ErrorCode::invalid_value, "enterprise 2: weight", [&](O& o) { o.weight = {1, value}; });
  }
  refuse(ErrorCode::shape_mismatch, "final demand", [](O& o) { o.final_demand = {1}; });
  refuse(ErrorCode::shape_mismatch, "stock days", [](O& o) { o.stock_days_each = {3, 3, 3}; });
  refuse(ErrorCode::shape_mismatch, "sectors", [](O& o) { o.sectors = {1}; });
  refuse(ErrorCode::shape_mismatch, "weight", [](O& o) { o.weight = {1, 2, 3}; });
  expect_error_with(ErrorCode::out_of_range, "disruption 1",
                    [&] { static_cast<void>(dynamics(net, std::vector{stop(2, 1, 0, 1)})); });
  expect_error_with(ErrorCode::invalid_value, "magnitude",
                    [&] { static_cast<void>(dynamics(net, std::vector{stop(0, nan, 0, 1)})); });
  for (const float value : {std::numeric_limits<float>::infinity(), impact_test::not_given}) {
    Table table(2);
    table.link(0, 1, value);
    expect_error_with(ErrorCode::invalid_value, "link 1 (enterprise 1 → enterprise 2)",
                      [&] { static_cast<void>(dynamics(network(table, chainqual::PartsCheck::shape), {})); });
  }
}

TEST(Dynamics, StopsWhenAskedToHalfWay) {
  const auto net = network(line());
  chainqual::CancelToken token;
  Control control;
  control.cancel = &token;
  control.progress = [&](double share) {
    if (share > 0) token.cancel();
  };
  DynamicsOptions options;
  options.days = 100'000'000;  // would take minutes
  options.record = DynamicsRecord::none;
  expect_error_with(ErrorCode::cancelled, "cancel",
                    [&] { static_cast<void>(dynamics(net, std::vector{stop(0, 1, 0, 5)}, options, control)); });
}

}  // namespace
}  // namespace dynamics_test
