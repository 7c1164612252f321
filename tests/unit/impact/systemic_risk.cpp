#include "chainqual/impact/systemic_risk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <limits>
#include <string>

#include "chainqual/chain/generate.hpp"
#include "unit/impact/errors.hpp"
#include "unit/impact/networks.hpp"

namespace {

using namespace chainqual;
using impact_test::expect_error;
using impact_test::network;
using impact_test::Table;

Table line() {
  Table table(4);
  table.link(0, 1, 1).link(1, 2, 1).link(2, 3, 2);
  return table;
}

TEST(SystemicRisk, ALineStopsBelowAndAbove) {
  SystemicRiskOptions options;
  options.cascade.weight = {1, 1, 1, 1};
  const auto risk = systemic_risk(network(line()), options);
  EXPECT_EQ(risk.index, std::vector<double>(4, 1.0));
  EXPECT_EQ(risk.index_downstream, (std::vector<double>{1, 0.75, 0.5, 0.25}));
  EXPECT_EQ(risk.index_upstream, (std::vector<double>{0.25, 0.5, 0.75, 1}));
  EXPECT_EQ(risk.steps, (std::vector<std::uint32_t>{4, 3, 3, 4}));
  EXPECT_EQ(risk.converged, std::vector<std::uint8_t>(4, 1));
  EXPECT_EQ(risk.tolerance, cascade_paper_tolerance);
  EXPECT_EQ(risk.closed_circle, 0U);
}

TEST(SystemicRisk, ChosenEnterprisesComeInTheirOrder) {
  SystemicRiskOptions options;
  options.cascade.weight = {1, 1, 1, 1};
  options.enterprises = {EnterpriseId{3}, EnterpriseId{0}, EnterpriseId{3}};
  EXPECT_EQ(systemic_risk(network(line()), options).index_downstream, (std::vector<double>{0.25, 1, 0.25}));
}

TEST(SystemicRisk, ScenariosTakeSharesOfManyEnterprises) {
  SystemicRiskOptions options;
  options.cascade.weight = {1, 1, 1, 1};
  const std::vector<double> scenarios{0, 0.5, 0, 0, 0, 0, 0, 0, 0.25, 0, 0.5, 0};
  const auto risk = systemic_risk(network(line()), scenarios, options);
  EXPECT_EQ(risk.index_downstream, (std::vector<double>{0.375, 0, 0.375}));
  EXPECT_EQ(risk.index_upstream, (std::vector<double>{0.25, 0, 0.375}));
  EXPECT_EQ(risk.steps[1], 1U);
}

TEST(SystemicRisk, ScenariosMayDifferByDirection) {
  SystemicRiskOptions options;
  options.cascade.weight = {1, 1, 1, 1};
  const std::vector<double> down{0, 0.5, 0, 0, 0, 0, 0, 0};
  const std::vector<double> up{0, 0, 0, 0, 0, 0.5, 0, 0};
  const auto risk = systemic_risk(network(line()), DirectedShock{down, up}, options);
  EXPECT_EQ(risk.index_downstream, (std::vector<double>{0.375, 0}));
  EXPECT_EQ(risk.index_upstream, (std::vector<double>{0, 0.25}));
  EXPECT_EQ(risk.index, (std::vector<double>{0.375, 0.25}));
}

TEST(SystemicRisk, EmptyChainsAndWeightlessOnesHaveNoIndex) {
  EXPECT_TRUE(systemic_risk(Network()).index.empty());
  EXPECT_EQ(systemic_risk(network(Table(3))).index, std::vector<double>(3, 0.0));
}

TEST(SystemicRisk, ScenariosInsideAClosedCircleAreCounted) {
  Table table(4);
  table.link(0, 1, 1).link(1, 2, 1).link(2, 0, 1).link(1, 0, 3).link(3, 0, 1);
  SystemicRiskOptions options;
  const auto risk = systemic_risk(network(table), options);
  EXPECT_EQ(risk.closed_circle, 3U);
  EXPECT_EQ(risk.truncated, 1U);  // closing 0 or 1 ends in an exact standstill; closing 2 goes round and round
  EXPECT_NE(risk.note.en.find("revenue"), std::string::npos);
  options.cascade.final_demand.assign(4, 1.0);
  EXPECT_EQ(systemic_risk(network(table), options).truncated, 0U);
}

TEST(SystemicRisk, AnExactStandstillOfAClosedCircleIsNotCalledTruncated) {
  const auto pair = systemic_risk(network(Table(2).link(0, 1, 1).link(1, 0, 1)));
  EXPECT_EQ(pair.closed_circle, 2U);
  EXPECT_EQ(pair.index, std::vector<double>(2, 1.0));
  EXPECT_EQ(pair.truncated, 0U);
  EXPECT_EQ(pair.truncated_downstream, 0U);
  EXPECT_TRUE(pair.note.en.empty());
}

TEST(SystemicRisk, TruncatedScenariosAreThoseOfWhichACascadeSaysSoInEveryMethod) {
  GenerateOptions chain;
  chain.enterprises = 600;
  chain.tiers = 1;
  const auto net = generate_network(chain);
  SystemicRiskOptions options;
  for (std::uint32_t v = 0; v < 600; v += 41) options.enterprises.push_back(EnterpriseId{v});
  for (const Need need : {Need::ordinary, Need::essential}) {
    options.cascade.essentiality = Essentiality::all(need);
    std::uint64_t up = 0;
    std::uint64_t down = 0;
    for (const EnterpriseId v : options.enterprises) {
      std::vector<double> shock(600, 0.0);
      shock[v.index()] = 1;
      const auto one = cascade(net, shock, options.cascade);
      up += one.truncated ? 1U : 0U;
      down += one.truncated_downstream ? 1U : 0U;
    }
    EXPECT_GT(up, 0U);
    for (const auto method : {CascadeMethod::automatic, CascadeMethod::front, CascadeMethod::lanes}) {
      options.method = method;
      const auto risk = systemic_risk(net, options);
      EXPECT_EQ(risk.truncated, up);
      EXPECT_EQ(risk.truncated_downstream, down);
    }
  }
}

TEST(SystemicRisk, TheCapOnStepsHoldsInEveryMethod) {
  GenerateOptions chain;
  chain.enterprises = 600;
  chain.cyclic_share = 0.5;
  const auto net = generate_network(chain);
  SystemicRiskOptions options;
  options.cascade.max_steps = 3;
  options.cascade.tolerance = 1e-3;
  for (const auto method : {CascadeMethod::automatic, CascadeMethod::front, CascadeMethod::lanes}) {
    options.method = method;
    const auto risk = systemic_risk(net, options);
    EXPECT_EQ(*std::max_element(risk.steps.begin(), risk.steps.end()), 3U);
    EXPECT_EQ(*std::min_element(risk.converged.begin(), risk.converged.end()), 0);
  }
}

TEST(SystemicRiskBadInput, DirectionsAreOfOneShapeAndSharesInBoth) {
  const std::vector<double> good(8, 0.5);
  const std::vector<double> shorter(4, 0.5);
  std::vector<double> wrong = good;
  wrong[6] = 1.5;
  const auto error_of_both = [&](const std::vector<double>& down, const std::vector<double>& up) {
    try {
      static_cast<void>(systemic_risk(network(line()), DirectedShock{down, up}));
    } catch (const Error& error) {
      return error;
    }
    return Error(ErrorCode::ok, {});
  };
  EXPECT_EQ(error_of_both(good, shorter).code(), ErrorCode::shape_mismatch);
  EXPECT_EQ(error_of_both(good, wrong).code(), ErrorCode::invalid_value);
  EXPECT_NE(error_of_both(good, wrong).message().en.find("scenario 2, enterprise 3"), std::string::npos);
  EXPECT_EQ(error_of_both(wrong, good).code(), ErrorCode::invalid_value);
}

TEST(SystemicRiskBadInput, IsRefusedWithItsPlace) {
  const auto net = network(line());
  SystemicRiskOptions options;
  options.enterprises = {EnterpriseId{4}};
  expect_error(ErrorCode::out_of_range,
               "enterprise id 4 to close is not in the network of 4 enterprises, counted from 0.",
               [&] { static_cast<void>(systemic_risk(net, options)); });
  options.enterprises = {EnterpriseId{}};
  EXPECT_THROW(static_cast<void>(systemic_risk(net, options)), Error);
  options.enterprises = {EnterpriseId{1}};
  EXPECT_THROW(static_cast<void>(systemic_risk(net, std::vector<double>(4), options)), Error);
  options.enterprises.clear();
  expect_error(ErrorCode::shape_mismatch, "the scenarios have 6 entries, no multiple of the 4 enterprises.",
               [&] { static_cast<void>(systemic_risk(net, std::vector<double>(6), options)); });
  expect_error(ErrorCode::invalid_value, "scenario 2, enterprise 3: the shock 1.5 must lie between 0 and 1.", [&] {
    static_cast<void>(systemic_risk(net, std::vector<double>{0, 0, 0, 0, 0, 0, 1.5, 0}, options));
  });
  EXPECT_THROW(
      static_cast<void>(systemic_risk(net, std::vector<double>(4, std::numeric_limits<double>::quiet_NaN()), options)),
      Error);
  EXPECT_THROW(static_cast<void>(systemic_risk(Network(), std::vector<double>(1), options)), Error);
}

TEST(SystemicRiskBadInput, LanesAreForSinglePrecision) {
  SystemicRiskOptions options;
  options.method = CascadeMethod::lanes;
  options.cascade.tolerance = cascade_tight_tolerance;
  EXPECT_THROW(static_cast<void>(systemic_risk(network(line()), options)), Error);
  options.cascade.tolerance = cascade_paper_tolerance;
  options.cascade.replaceability = Replaceability::sector;
  EXPECT_THROW(static_cast<void>(systemic_risk(network(line()), options)), Error);
}

TEST(SystemicRisk, CancelHalfWayStopsFrontsAndLanes) {
  GenerateOptions chain;
  chain.enterprises = 1000;
  chain.cyclic_share = 0.5;
  const auto net = generate_network(chain);
  for (const auto method : {CascadeMethod::front, CascadeMethod::lanes}) {
    CancelToken token;
    std::atomic<unsigned> reports{0};
    Control control;
    control.executor = &inline_executor();
    control.cancel = &token;
    control.progress = [&](double) {
      if (++reports == 2) token.cancel();
    };
    SystemicRiskOptions options;
    options.method = method;
    try {
      for (int k = 0; k < 100; ++k) static_cast<void>(systemic_risk(net, options, control));
      ADD_FAILURE() << "not cancelled";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::cancelled);
    }
  }
}

}  // namespace
