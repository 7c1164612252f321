// why of cascade, contagion and distress on networks small enough to work out by hand.

#include <gtest/gtest.h>

#include "chainqual/impact/explain_models.hpp"
#include "unit/impact/networks.hpp"
#include "unit/impact/whys.hpp"

namespace explain_static_test {
namespace {

using namespace chainqual;
using impact_test::ids;
using impact_test::named;
using impact_test::network;
using impact_test::Table;
using impact_test::whole;

/// Suppliers 0 and 1 of sector 0, 2 of sector 1; all supply 3, which supplies 4.
Table workshop() {
  Table table(5);
  table.link(0, 3, 30).link(1, 3, 10).link(2, 3, 60).link(3, 4, 100);
  return table;
}

CascadeOptions sectors(std::vector<std::uint32_t> list) {
  CascadeOptions options;
  options.sectors = std::move(list);
  options.tolerance = cascade_tight_tolerance;
  return options;
}

const std::vector<double> workshop_shock{0.8, 0.4, 0.5, 0, 0};

TEST(WhyCascade, NamesTheEssentialInputThatIsShortest) {
  const auto net = network(workshop());
  const auto options = sectors({0, 0, 1, 2, 3});
  const Why found = why(net, workshop_shock, EnterpriseId{3}, options);
  EXPECT_EQ(found.model, Model::cascade);
  EXPECT_EQ(found.loss, cascade(net, workshop_shock, options).downstream[3]);
  EXPECT_NEAR(found.loss, 0.8 * 0.75 + 0.4 * 0.25, 1e-15);
  EXPECT_EQ(found.holds, Holds::essential);
  EXPECT_EQ(found.binding.sector, 0U);
  EXPECT_EQ(found.binding.neighbour, EnterpriseId{0});
  EXPECT_NEAR(found.binding.loss, 0.6, 1e-15);
  EXPECT_NEAR(found.arrived, 0.7, 1e-15);
  EXPECT_EQ(found.own, 0);
}

TEST(WhyCascade, SplitsByWhatTheLossFallsWithoutEach) {
  // Without 0 the second input binds, at 0.5; without 1 there is 0.6; without 2 nothing changes.
  const Why found = why(network(workshop()), workshop_shock, EnterpriseId{3}, sectors({0, 0, 1, 2, 3}));
  EXPECT_EQ(found.rule, SplitRule::remove_one);
  ASSERT_EQ(found.sources.size(), 3U);
  EXPECT_EQ(found.sources[0].source, EnterpriseId{0});
  EXPECT_NEAR(found.sources[0].difference, 0.2, 1e-12);
  EXPECT_NEAR(found.sources[0].loss, 0.7 * 2 / 3, 1e-12);
  EXPECT_NEAR(found.sources[1].difference, 0.1, 1e-12);
  EXPECT_EQ(found.sources[2].source, EnterpriseId{2});
  EXPECT_EQ(found.sources[2].loss, 0);
  EXPECT_EQ(found.sources[2].shock, 0.5);
  EXPECT_NEAR(whole(found), found.loss, 1e-15);
}

TEST(WhyCascade, PathsRunAlongBindingInputsAndAddUpToTheLoss) {
  WhyOptions options;
  options.paths = 9;
  const Why found = why(network(workshop()), workshop_shock, EnterpriseId{4}, sectors({0, 0, 1, 2, 3}), options);
  ASSERT_EQ(found.paths.size(), 2U) << "the input from 2 is short but hands nothing on";
  EXPECT_EQ(ids(found.paths[0]), (std::vector<std::uint32_t>{0, 3, 4}));
  EXPECT_NEAR(found.paths[0].passed, 0.75, 1e-15);
  EXPECT_NEAR(found.paths[0].loss, 0.6, 1e-15);
  EXPECT_EQ(ids(found.paths[1]), (std::vector<std::uint32_t>{1, 3, 4}));
  EXPECT_NEAR(found.paths[0].loss + found.paths[1].loss, found.loss, 1e-15);
}

TEST(WhyCascade, InputsOfWhichEachSufficesAreSplitByTheirEffectAlone) {
  Table table(3);
  table.link(0, 2, 1).link(1, 2, 1);
  const Why found = why(network(table), std::vector<double>{1, 1, 0}, EnterpriseId{2}, sectors({0, 1, 2}));
  EXPECT_EQ(found.rule, SplitRule::alone);
  ASSERT_EQ(found.sources.size(), 2U);
  EXPECT_EQ(found.sources[0].loss, 0.5);
  EXPECT_EQ(found.sources[1].loss, 0.5);
  EXPECT_EQ(found.paths.size(), 2U) << "both hold it down";
}

TEST(WhyCascade, OwnShockThatHoldsAnEnterpriseDownNeedsNoInput) {
  const std::vector<double> shock{0.8, 0, 0, 0.9, 0};
  const Why found = why(network(workshop()), shock, EnterpriseId{3}, sectors({0, 0, 1, 2, 3}));
  EXPECT_EQ(found.holds, Holds::own_shock);
  EXPECT_EQ(found.own, 0.9);
  EXPECT_NEAR(found.arrived, 0.6, 1e-15);
  EXPECT_TRUE(found.binding.neighbour.is_none());
  ASSERT_EQ(found.paths.size(), 1U);
  EXPECT_EQ(ids(found.paths[0]), (std::vector<std::uint32_t>{3}));
}

TEST(WhyCascade, OrdinaryInputsBindTogether) {
  auto options = sectors({0, 0, 1, 2, 3});
  options.essentiality = Essentiality::all(Need::ordinary);
  const Why found = why(network(workshop()), workshop_shock, EnterpriseId{3}, options);
  EXPECT_EQ(found.holds, Holds::ordinary);
  EXPECT_EQ(found.binding.sector, Network::none);
  EXPECT_EQ(found.binding.neighbour, EnterpriseId{2});
  EXPECT_NEAR(found.binding.loss, 0.3, 1e-15);
  EXPECT_NEAR(found.arrived, 0.24 + 0.04 + 0.3, 1e-15);
}

TEST(WhyCascade, UpstreamNamesTheCustomerWhoseOrdersAreMissing) {
  WhyOptions options;
  options.along = Along::upstream;
  const auto net = network(Table(3).link(0, 1, 3).link(0, 2, 1));
  const Why found = why(net, std::vector<double>{0, 0.4, 0.1}, EnterpriseId{0}, sectors({0, 1, 2}), options);
  EXPECT_NEAR(found.loss, 0.325, 1e-15);
  EXPECT_EQ(found.holds, Holds::orders);
  EXPECT_EQ(found.binding.neighbour, EnterpriseId{1});
  EXPECT_NEAR(found.binding.loss, 0.3, 1e-15);
  EXPECT_EQ(ids(found.paths.at(0)), (std::vector<std::uint32_t>{1, 0}));
  EXPECT_NE(found.sentence.en.find("missing orders"), std::string::npos) << found.sentence.en;
}

TEST(WhyCascade, RivalsAreSourcesWhereGoodsAreReplaceable) {
  // 0 and 1 are one market; only 0 supplies 2. Of 0's loss, what 1 can make is not missed.
  auto options = sectors({0, 0, 1, 2});
  options.replaceability = Replaceability::sector;
  Table table(4);
  table.link(0, 2, 1).link(1, 3, 1);
  const Why found = why(network(table), std::vector<double>{0.5, 0.5, 0, 0}, EnterpriseId{2}, options);
  ASSERT_EQ(found.sources.size(), 2U);
  EXPECT_EQ(found.sources[1].source, EnterpriseId{1});
  EXPECT_GT(found.sources[1].difference, 0.1);
}

TEST(WhyCascade, ApartShocksCountByTheDirectionExplained) {
  const std::vector<double> down{0.6, 0, 0, 0, 0};
  const std::vector<double> up{0, 0.5, 0, 0, 0};
  const Why found = why(network(workshop()), DirectedShock{down, up}, EnterpriseId{3}, sectors({0, 0, 1, 2, 3}));
  EXPECT_NEAR(found.loss, 0.45, 1e-15);
  ASSERT_EQ(found.sources.size(), 1U);
  EXPECT_EQ(found.sources[0].source, EnterpriseId{0});
}

TEST(WhyCascade, SaysWhereLossesWereTruncated) {
  WhyOptions options;
  options.along = Along::upstream;
  CascadeOptions coarse;
  const auto net = network(Table(3).link(0, 1, 1).link(0, 2, 1).link(1, 0, 1).link(2, 0, 1));
  const std::vector<double> shock{0, 0.5, 0};
  ASSERT_TRUE(cascade(net, shock, coarse).truncated);
  EXPECT_EQ(why(net, shock, EnterpriseId{2}, coarse, options).notes.size(), 1U);
  EXPECT_TRUE(why(net, shock, EnterpriseId{2}, coarse).notes.empty());
}

// A difference of 2.4e-6 once made one of many sources that each suffice the whole cause.
TEST(WhyCascade, EndsOfRunsBelowTheToleranceAreNoCause) {
  const auto net = network(Table(4).link(0, 3, 1).link(1, 3, 1).link(2, 3, 1));
  const std::vector<double> shock{1, 1 - 2.4e-6, 0.2, 0.999};
  const Why found = why(net, shock, EnterpriseId{3}, CascadeOptions{});
  EXPECT_EQ(found.loss, 1);
  EXPECT_EQ(found.rule, SplitRule::alone);
  ASSERT_EQ(found.sources.size(), 4U);
  EXPECT_NEAR(found.sources[0].share, 1 / 3.2, 1e-3);
  EXPECT_NEAR(found.sources[2].share, 1 / 3.2, 1e-3);
  double own = 0;
  for (const SourceShare& source : found.sources) own += source.source == EnterpriseId{3} ? source.difference : 0;
  EXPECT_EQ(own, 0.999);
  EXPECT_NE(found.sentence.en.find("Its own shock (99.9 %) does nearly as much by itself."), std::string::npos);
  EXPECT_NE(found.sentence.zh.find("仅自身冲击（99.9%）就足以造成几乎同样的损失。"), std::string::npos);

  const Why light = why(net, std::vector<double>{1, 0.3, 0.2, 0}, EnterpriseId{3}, CascadeOptions{});
  EXPECT_EQ(light.rule, SplitRule::remove_one);
  EXPECT_EQ(light.sources[0].source, EnterpriseId{0});
  EXPECT_NEAR(light.sources[0].difference, 0.7, 1e-15);
  EXPECT_EQ(light.sentence.en.find("by itself"), std::string::npos);
}

TEST(WhyCascade, SentenceCanBeFollowedInBothLanguages) {
  const Why found = why(network(workshop()), workshop_shock, EnterpriseId{4}, sectors({0, 0, 1, 2, 3}), {}, named());
  EXPECT_EQ(
      found.sentence.en,
      "Factory E loses 70.0 % in the generalised Leontief cascade, downstream. What holds it down is the essential "
      "input “goods 2”, 70.0 % short, most of it from the supplier Factory D (70.0 %). The path with most loss: "
      "Factory A → Factory D → Factory E (60.0 %). Sources: Factory A 66.7 %, Factory B 33.3 %; "
      "split by remove-one differences (scaled).");
  EXPECT_EQ(found.sentence.zh,
            "广义列昂惕夫级联模型向下游：戊厂的损失为 70.0%。起决定作用的是必需投入“货物 2”，缺 70.0%，"
            "缺口最大的供应商是丁厂（70.0%）。损失最大的路径：甲厂 → 丁厂 → 戊厂（60.0%）。"
            "损失来源：甲厂 66.7%，乙厂 33.3%；拆分方法：逐一剔除差值（按比例折算）。");
}

TEST(WhyContagion, CountsAreThoseOfTheModelsOwnRuns) {
  // 0 and 1 try 2 with a half each, 2 tries 3 for certain.
  const auto net = network(Table(4).link(0, 2, 1).link(1, 2, 1).link(2, 3, 1));
  const std::vector<double> start{1, 1, 0, 0};
  ContagionOptions options;
  options.downstream_probability = {0.5, 0.5, 1};
  options.runs = 1000;
  const auto model = contagion(net, start, options);
  const Why found = why(net, start, EnterpriseId{3}, options);
  EXPECT_EQ(found.loss, model.downstream[3]);
  ASSERT_TRUE(found.chance);
  EXPECT_EQ(found.chance->runs, 1000U);
  EXPECT_EQ(found.chance->low, model.downstream_spread.interval[3].low);
  EXPECT_EQ(found.chance->high, model.downstream_spread.interval[3].high);
  EXPECT_EQ(found.binding.neighbour, EnterpriseId{2});
  EXPECT_EQ(found.binding.loss, found.loss);
  EXPECT_EQ(found.arrived, found.loss);
  ASSERT_EQ(found.paths.size(), 2U);
  EXPECT_EQ(found.paths[0].loss, 0.5) << "the chance that the path is live";
  for (const SourceShare& share : found.sources) {
    std::vector<double> without = start;
    without[share.source.index()] = 0;
    EXPECT_NEAR(share.difference, found.loss - contagion(net, without, options).downstream[3], 1e-15);
  }
  EXPECT_NEAR(whole(found), found.loss, 1e-15);
}

TEST(WhyContagion, SourcesThatAreBothCertainAreSplitByTheirEffectAlone) {
  ContagionOptions options;
  options.downstream_probability = {1, 1};
  const Why found =
      why(network(Table(3).link(0, 2, 1).link(1, 2, 1)), std::vector<double>{1, 1, 0}, EnterpriseId{2}, options);
  EXPECT_EQ(found.loss, 1);
  EXPECT_EQ(found.rule, SplitRule::alone);
  EXPECT_EQ(found.sources.at(0).loss, 0.5);
  EXPECT_EQ(found.binding.loss, 1);
}

TEST(WhyContagion, StepsAreLimitedForSourcesAndNeighboursAlike) {
  const auto net = network(Table(4).link(0, 1, 1).link(1, 2, 1).link(3, 2, 1));
  const std::vector<double> start{1, 0, 0, 0.5};
  ContagionOptions options;
  options.downstream_probability = {1, 1, 1};
  options.max_steps = 1;
  const Why near = why(net, start, EnterpriseId{2}, options);
  EXPECT_EQ(near.loss, contagion(net, start, options).downstream[2]);
  EXPECT_EQ(near.binding.neighbour, EnterpriseId{3}) << "1 is hit too late to try";
  EXPECT_EQ(near.binding.loss, near.loss);
  options.max_steps = 2;
  const Why far = why(net, start, EnterpriseId{2}, options);
  EXPECT_EQ(far.loss, 1);
  EXPECT_EQ(far.binding.neighbour, EnterpriseId{1});
}

TEST(WhyContagion, WhatTheTargetHitsIsNoCauseOfItsBeingHit) {
  // 1 hits 2 and 2 hits 1 for certain; only 1 starts.
  const auto net = network(Table(3).link(1, 2, 1).link(2, 1, 1).link(0, 1, 1));
  ContagionOptions options;
  options.downstream_probability = {0.25, 1, 1};
  const Why found = why(net, std::vector<double>{0, 1, 0}, EnterpriseId{1}, options);
  EXPECT_EQ(found.loss, 1);
  EXPECT_EQ(found.arrived, 0);
  EXPECT_EQ(found.holds, Holds::own_shock);
  EXPECT_TRUE(found.binding.neighbour.is_none());
}

TEST(WhyContagion, SentenceSaysThatItIsAProbabilityAndHowSure) {
  ContagionOptions options;
  options.downstream_probability = {1};
  const Why found =
      why(network(Table(2).link(0, 1, 1)), std::vector<double>{1, 0}, EnterpriseId{1}, options, {}, named());
  EXPECT_EQ(
      found.sentence.en,
      "Factory B is hit with a probability of 100.0 % in the independent cascade contagion, downstream (1024 runs; "
      "95.0 % interval 99.6 % to 100.0 %): 0.0 % at the start, 100.0 % through its suppliers. Most comes from the "
      "supplier Factory A (100.0 %). The path with most loss: Factory A → Factory B (100.0 %). Sources: Factory A "
      "100.0 %; split by remove-one differences (scaled).");
  EXPECT_EQ(found.sentence.zh,
            "独立级联传染模型向下游：乙厂被波及的概率为 100.0%（1024 次模拟，95.0% 置信区间 99.6% 至 "
            "100.0%）：起始即受冲击的概率 0.0%，由供应商传来的概率 100.0%。最主要的供应商是甲厂（100.0%）。"
            "损失最大的路径：甲厂 → 乙厂（100.0%）。损失来源：甲厂 100.0%；拆分方法：逐一剔除差值（按比例折算）。");
}

TEST(WhyDistress, CountsWhatEachNeighbourHandedOn) {
  // 0 reaches 2 directly and by 1; 2 hands on to 3.
  Table table(4);
  table.link(0, 1, 1, 0.5F).link(0, 2, 1, 0.5F).link(1, 2, 1, 0.5F).link(2, 3, 1, 0.5F);
  const auto net = network(table);
  const std::vector<double> shock{1, 0, 0, 0};
  DistressOptions options;
  const Why every = why(net, shock, EnterpriseId{3}, options);
  EXPECT_EQ(every.loss, 0.375);
  EXPECT_EQ(every.binding.loss, 0.375);
  EXPECT_TRUE(every.notes.empty());
  options.variant = DistressVariant::once;
  const Why once = why(net, shock, EnterpriseId{3}, options);
  EXPECT_EQ(once.loss, 0.25) << "2 hands on what first hit it alone";
  EXPECT_EQ(once.arrived, 0.25);
  EXPECT_EQ(once.binding.neighbour, EnterpriseId{2});
  EXPECT_EQ(once.notes.size(), 1U) << "what 2012 kept back";
  EXPECT_EQ(once.holds, Holds::arrivals);
  EXPECT_EQ(ids(once.paths.at(0)), (std::vector<std::uint32_t>{0, 2, 3}));
}

TEST(WhyDistress, PartsOfADistressAtTheCapAreRemoveOneDifferences) {
  Table table(3);
  table.link(0, 2, 1, 0.9F).link(1, 2, 1, 0.3F);
  const Why found = why(network(table), std::vector<double>{1, 1, 0}, EnterpriseId{2}, DistressOptions{});
  EXPECT_TRUE(found.capped);
  EXPECT_EQ(found.rule, SplitRule::remove_one);
  EXPECT_NEAR(found.sources.at(0).difference, 0.7, 1e-7);
  EXPECT_NEAR(found.sources.at(1).difference, 0.1, 1e-7);
  EXPECT_NE(found.sentence.en.find("the cap is 100 %"), std::string::npos) << found.sentence.en;
}

TEST(WhyDistress, DirectionsThatTheOptionsLeaveOutCanBeExplained) {
  DistressOptions options;
  options.downstream = false;
  const auto net = network(Table(2).link(0, 1, 1, 0.5F));
  EXPECT_EQ(why(net, std::vector<double>{1, 0}, EnterpriseId{1}, options).loss, 0.5);
}

}  // namespace
}  // namespace explain_static_test
