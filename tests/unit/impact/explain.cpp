#include "chainqual/impact/explain.hpp"

#include <gtest/gtest.h>

#include "unit/impact/networks.hpp"

namespace explain_test {
namespace {

using namespace chainqual;
using impact_test::network;
using impact_test::Table;

std::vector<std::uint32_t> ids(const LossPath& path) {
  std::vector<std::uint32_t> out;
  for (const EnterpriseId id : path.enterprises) out.push_back(id.value);
  return out;
}

double whole(const Why& why) {
  double sum = 0;
  for (const SourceShare& share : why.sources) sum += share.loss;
  return sum;
}

/// 0 → 2 → 3 with 0.5 each, 0 → 3 with 0.1, 1 → 3 with 0.4.
Table diamond() {
  Table table(4);
  table.link(0, 2, 1, 0.5F).link(2, 3, 1, 0.5F).link(0, 3, 1, 0.1F).link(1, 3, 1, 0.4F);
  table.segment = {7, 8, 7, 9};
  return table;
}

TEST(Why, SplitsByExactSuperpositionWhereTheCapDoesNotBind) {
  const auto net = network(diamond());
  const Why why_3 = why(net, std::vector<double>{0.8, 0.5, 0, 0.1}, EnterpriseId{3});
  EXPECT_NEAR(why_3.loss, 0.1 + 0.8 * 0.25 + 0.8 * 0.1 + 0.2, 1e-7);
  EXPECT_EQ(why_3.own, 0.1);
  EXPECT_NEAR(why_3.arrived, why_3.loss - 0.1, 1e-12);
  EXPECT_FALSE(why_3.capped);
  EXPECT_EQ(why_3.rule, SplitRule::superposition);
  ASSERT_EQ(why_3.sources.size(), 3U);
  EXPECT_EQ(why_3.sources[0].source, EnterpriseId{0});
  EXPECT_NEAR(why_3.sources[0].loss, 0.28, 1e-7);
  EXPECT_NEAR(why_3.sources[1].loss, 0.2, 1e-7);
  EXPECT_NEAR(why_3.sources[2].loss, 0.1, 1e-7) << "its own shock";
  EXPECT_NEAR(whole(why_3), why_3.loss, 1e-15);
}

TEST(Why, BindingInputIsTheNeighbourAndTheSegmentThatHandOverMost) {
  const Why found = why(network(diamond()), std::vector<double>{0.8, 0.5, 0, 0.1}, EnterpriseId{3});
  EXPECT_TRUE(found.binding.neighbour == EnterpriseId{2} || found.binding.neighbour == EnterpriseId{1});
  EXPECT_NEAR(found.binding.loss, 0.2, 1e-7);
  EXPECT_EQ(found.binding.segment, SegmentId{7}) << "0 and 2 together";
  EXPECT_NEAR(found.binding.segment_loss, 0.28, 1e-7);
}

TEST(Why, PathsComeInTheOrderOfTheLossTheyCarry) {
  WhyOptions options;
  options.paths = 9;
  const Why found = why(network(diamond()), std::vector<double>{0.9, 0.5, 0, 0.1}, EnterpriseId{3}, options);
  ASSERT_EQ(found.paths.size(), 4U);
  EXPECT_EQ(ids(found.paths[0]), (std::vector<std::uint32_t>{0, 2, 3}));
  EXPECT_NEAR(found.paths[0].loss, 0.225, 1e-7);
  EXPECT_NEAR(found.paths[0].passed, 0.25, 1e-7);
  EXPECT_EQ(ids(found.paths[1]), (std::vector<std::uint32_t>{1, 3}));
  EXPECT_EQ(ids(found.paths[2]), (std::vector<std::uint32_t>{3})) << "its own shock, 0.1";
  EXPECT_EQ(ids(found.paths[3]), (std::vector<std::uint32_t>{0, 3})) << "0.09";
}

TEST(Why, RemoveOneIsLabelledAndSumsToTheWholeWhereTheCapBinds) {
  // 0 hands on 0.9, 1 hands on 0.3: together capped at 1. Without 0 there is 0.3, without 1 there is 0.9.
  Table table(3);
  table.link(0, 2, 1, 0.9F).link(1, 2, 1, 0.3F);
  const Why found = why(network(table), std::vector<double>{1, 1, 0}, EnterpriseId{2});
  EXPECT_TRUE(found.capped);
  EXPECT_EQ(found.loss, 1.0);
  EXPECT_EQ(found.rule, SplitRule::remove_one);
  ASSERT_EQ(found.sources.size(), 2U);
  EXPECT_NEAR(found.sources[0].difference, 0.7, 1e-7);
  EXPECT_NEAR(found.sources[1].difference, 0.1, 1e-7);
  EXPECT_NEAR(found.sources[0].loss, 0.875, 1e-6);
  EXPECT_NEAR(whole(found), 1, 1e-15);
}

TEST(Why, SourcesOfWhichEachSufficesAreSplitByTheirEffectAlone) {
  Table table(3);
  table.link(0, 2, 1, 1.0F).link(1, 2, 1, 1.0F);
  const Why found = why(network(table), std::vector<double>{1, 1, 0}, EnterpriseId{2});
  EXPECT_EQ(found.rule, SplitRule::alone);
  ASSERT_EQ(found.sources.size(), 2U);
  EXPECT_EQ(found.sources[0].loss, 0.5);
  EXPECT_EQ(found.sources[1].loss, 0.5);
}

TEST(Why, SourcesBeyondTheLimitFormOnePart) {
  Table table(5);
  for (std::uint32_t i = 0; i < 4; ++i) table.link(i, 4, 1, 0.5F);
  WhyOptions options;
  options.separate_sources = 2;
  const Why found = why(network(table), std::vector<double>{0.9, 0.8, 0.7, 0.6, 0}, EnterpriseId{4}, options);
  EXPECT_EQ(found.rule, SplitRule::remove_one);
  ASSERT_EQ(found.sources.size(), 3U);
  EXPECT_TRUE(std::any_of(found.sources.begin(), found.sources.end(),
                          [](const SourceShare& share) { return share.source.is_none(); }));
  EXPECT_NEAR(whole(found), found.loss, 1e-15);
}

TEST(Why, UpstreamExplainsByCustomers) {
  WhyOptions options;
  options.along = Along::upstream;
  const auto net = network(Table(3).link(0, 1, 3).link(0, 2, 1));
  const Why found = why(net, std::vector<double>{0, 0.4, 0}, EnterpriseId{0}, options);
  EXPECT_NEAR(found.loss, 0.3, 1e-12);
  EXPECT_EQ(found.binding.neighbour, EnterpriseId{1});
  EXPECT_EQ(ids(found.paths.at(0)), (std::vector<std::uint32_t>{1, 0}));
  EXPECT_NE(found.sentence.en.find("customer"), std::string::npos);
}

TEST(Why, NobodyHitNeedsNoExplanation) {
  const Why found = why(network(diamond()), std::vector<double>{0, 0, 0, 0.5}, EnterpriseId{0});
  EXPECT_EQ(found.loss, 0.0);
  EXPECT_TRUE(found.sources.empty());
  EXPECT_TRUE(found.paths.empty());
  EXPECT_TRUE(found.binding.neighbour.is_none());
  EXPECT_EQ(found.sentence.en, "enterprise 1 loses nothing: no shock reaches it along supply links.");
  EXPECT_EQ(found.sentence.zh, "企业 1没有损失：没有冲击沿供应关系到达。");
}

TEST(Why, SentenceNamesLossSourcesAndPathInBothLanguages) {
  Table table(2);
  table.link(0, 1, 1, 0.5F);
  table.segment = {0, 1};
  WhyNames names;
  names.enterprise = [](EnterpriseId id, Language language) {
    return std::string(language == Language::zh ? (id.value == 0 ? "甲厂" : "乙厂")
                                                : (id.value == 0 ? "Alpha" : "Beta"));
  };
  names.segment = [](SegmentId, Language language) { return std::string(language == Language::zh ? "电芯" : "cells"); };
  const Why found = why(network(table), std::vector<double>{0.5, 0}, EnterpriseId{1}, {}, names);
  EXPECT_EQ(
      found.sentence.en,
      "Beta loses 25.0 %: 0.0 % by its own shock and 25.0 % handed on downstream. Most comes from the supplier "
      "Alpha (25.0 %); among segments, from cells (25.0 %). The path with most loss: Alpha → Beta (25.0 %). Sources: "
      "Alpha 100.0 %; split by superposition (exact).");
  EXPECT_EQ(found.sentence.zh,
            "乙厂的损失为 25.0%：自身冲击 0.0%，向下游传来 "
            "25.0%。最主要的供应商是甲厂（25.0%），最主要的环节是电芯（25.0%）。"
            "损失最大的路径：甲厂 → 乙厂（25.0%）。损失来源：甲厂 100.0%；拆分方法：线性叠加（精确）。");
}

TEST(Why, TargetBeyondTheNetworkIsAnError) {
  try {
    static_cast<void>(why(network(diamond()), std::vector<double>(4, 0.0), EnterpriseId{4}));
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::out_of_range);
  }
}

}  // namespace
}  // namespace explain_test
