#include "chainqual/chain/builder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace chainqual {
namespace {

using Ids = std::vector<std::uint32_t>;
constexpr float nan = std::numeric_limits<float>::quiet_NaN();

std::vector<std::string> messages(const Findings& findings, Language language) {
  std::vector<std::string> texts;
  for (const auto& finding : findings.kept()) texts.push_back(to_string(finding, language));
  return texts;
}

NetworkColumns columns(std::uint64_t n, const Ids& supplier, const Ids& customer) {
  NetworkColumns result;
  result.enterprises = n;
  result.supplier = supplier;
  result.customer = customer;
  return result;
}

TEST(BuildNetwork, MakesSortedRowsInBothDirections) {
  const Ids supplier{2, 0, 0, 1};
  const Ids customer{0, 2, 1, 2};
  const std::vector<double> value{1.5, 2, 3, 4};
  auto given = columns(3, supplier, customer);
  given.value = value;
  const Network net = build_network(given);
  EXPECT_EQ(std::vector(net.out_offsets().begin(), net.out_offsets().end()), (std::vector<std::uint64_t>{0, 2, 3, 4}));
  EXPECT_EQ(std::vector(net.out_targets().begin(), net.out_targets().end()), (Ids{1, 2, 2, 0}));
  EXPECT_EQ(std::vector(net.out_values().begin(), net.out_values().end()), (std::vector<float>{3, 2, 4, 1.5}));
  EXPECT_EQ(std::vector(net.in_offsets().begin(), net.in_offsets().end()), (std::vector<std::uint64_t>{0, 1, 2, 4}));
  EXPECT_EQ(std::vector(net.in_sources().begin(), net.in_sources().end()), (Ids{2, 0, 0, 1}));
  EXPECT_EQ(std::vector(net.in_values().begin(), net.in_values().end()), (std::vector<float>{1.5, 3, 2, 4}));
  EXPECT_TRUE(net.dependency().empty());
}

TEST(BuildNetwork, CountsSelfSupplyAndParallelLinks) {
  const Ids supplier{0, 1, 0, 0, 1};
  const Ids customer{1, 1, 1, 1, 0};
  const auto given = columns(2, supplier, customer);
  const Network net = build_network(given);
  EXPECT_EQ(net.links(), 2U);
  EXPECT_EQ(net.summary(), (BuildSummary{5, 1, 2, 5}));
  EXPECT_EQ(net.out_values()[0], 3.0F) << "links without values count 1 each";
  const Network kept = build_network(given, BuildOptions{.keep_self_supply = true});
  EXPECT_EQ(kept.links(), 3U);
  EXPECT_TRUE(kept.find_link(EnterpriseId{1}, EnterpriseId{1}).has_value());
}

TEST(BuildNetwork, MergesSharesSoThatTheirProductsAddUp) {
  const Ids supplier{0, 0, 0};
  const Ids customer{1, 1, 1};
  const std::vector<float> dependency{0.25F, 0.5F, 0.125F};
  const std::vector<float> escape{0.5F, nan, 0.25F};
  auto given = columns(2, supplier, customer);
  given.dependency = dependency;
  given.escape = escape;
  const Network net = build_network(given);
  EXPECT_FLOAT_EQ(net.dependency()[0], 0.875F);
  EXPECT_FLOAT_EQ(net.dependency()[0] * net.escape()[0], 0.25F * 0.5F + 0.5F * 1.0F + 0.125F * 0.25F);
  const std::vector<float> large{0.75F, 0.5F, 0.25F};
  given.dependency = large;
  EXPECT_EQ(build_network(given).dependency()[0], 1.0F) << "a dependency is a share";
}

TEST(BuildNetwork, GivesAMissingDependencyAmongParallelLinksItsShareOfTheInputs) {
  // Enterprise 2 buys 1 + 3 from 0 and 4 from 1; the link of 3 has no dependency: 3/8 by value.
  const Ids supplier{0, 0, 1};
  const Ids customer{2, 2, 2};
  const std::vector<float> value{1, 3, 4};
  const std::vector<float> dependency{0.25F, nan, nan};
  auto given = columns(3, supplier, customer);
  given.value = value;
  given.dependency = dependency;
  const Network net = build_network(given);
  EXPECT_FLOAT_EQ(net.dependency()[0], 0.25F + 3.0F / 8.0F);
  EXPECT_TRUE(std::isnan(net.dependency()[1])) << "none of its links has one";
}

TEST(BuildNetwork, AcceptsNothingAtAll) {
  EXPECT_EQ(build_network(NetworkColumns{}).enterprises(), 0U);
  const Network lonely = build_network(columns(3, {}, {}));
  EXPECT_EQ(lonely.enterprises(), 3U);
  EXPECT_EQ(lonely.links(), 0U);
  EXPECT_EQ(lonely.out_offsets().size(), 4U);
  EXPECT_EQ(NetworkBuilder().build(EnterpriseColumns{}).enterprises(), 0U);
}

TEST(BuildNetwork, ListsEveryBadRowAtOnce) {
  const Ids supplier{0, 5, 1, 2};
  const Ids customer{1, 0, 9, 0};
  const std::vector<double> value{-1, 1, std::numeric_limits<double>::infinity(), 1e40};
  const std::vector<float> dependency{0.5F, 1.5F, nan, 0.0F};
  const std::vector<float> escape{1.0F, 0.0F, nan, -0.5F};
  auto given = columns(3, supplier, customer);
  given.value = value;
  given.dependency = dependency;
  given.escape = escape;
  const Findings findings = check_columns(given);
  EXPECT_EQ(
      messages(findings, Language::en),
      (std::vector<std::string>{
          "column 'value' (record 1): value «-1»: a value is a finite number, zero or more. Fix: give the amount "
          "supplied per year, or no value where it is not known.",
          "column 'supplier' (record 2): value «5»: enterprise ids run from 0 to 2. Fix: correct the id, or raise the "
          "number of enterprises.",
          "column 'dependency' (record 2): value «1.5»: a share lies in [0, 1]. Fix: divide percentages by 100, or "
          "give no share where it is not known.",
          "column 'customer' (record 3): value «9»: enterprise ids run from 0 to 2. Fix: correct the id, or raise the "
          "number of enterprises.",
          "column 'value' (record 3): value «inf»: a value is a finite number, zero or more. Fix: give the amount "
          "supplied per year, or no value where it is not known.",
          "column 'value' (record 4): value «1e+40»: values are held in single precision: at most about 3.4e38. Fix: "
          "use a larger unit of currency.",
          "column 'escape' (record 4): value «-0.5»: a share lies in [0, 1]. Fix: divide percentages by 100, or give "
          "no share where it is not known."}));
  const auto chinese = messages(findings, Language::zh);
  EXPECT_EQ(chinese[0],
            "“value”列（第 1 条记录）：值 «-1»：供应额须为有限的非负数。修改办法：改成每年供应的金额；不知道就不给。");
  EXPECT_EQ(chinese[1],
            "“supplier”列（第 2 条记录）：值 «5»：企业序号须在 0 到 2 之间。修改办法：改正序号，或增加企业数。");
  EXPECT_EQ(
      chinese[2],
      "“dependency”列（第 2 条记录）：值 «1.5»：比例须在 [0, 1] 之内。修改办法：百分数请除以 100；不知道就不给。");
  try {
    static_cast<void>(build_network(given));
    FAIL() << "bad columns were taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_value);
    EXPECT_EQ(error.findings().count(FindingLevel::error), 7U);
  }
}

TEST(BuildNetwork, RefusesNaNAsAValueButTakesItForAnAbsentShare) {
  const Ids supplier{0};
  const Ids customer{1};
  const std::vector<float> absent{nan};
  auto given = columns(2, supplier, customer);
  given.dependency = absent;
  EXPECT_TRUE(std::isnan(build_network(given).dependency()[0]));
  given.value = absent;
  EXPECT_EQ(check_columns(given).count(FindingLevel::error), 1U);
}

TEST(BuildNetwork, RefusesColumnsOfDifferentLengths) {
  const Ids supplier{0, 1, 0};
  const Ids customer{1, 0};
  const std::vector<float> value{1, 2, 3, 4};
  const std::vector<std::uint8_t> stage{0};
  auto given = columns(2, supplier, customer);
  given.value = value;
  given.stage = stage;
  const Findings findings = check_columns(given);
  EXPECT_EQ(
      messages(findings, Language::en),
      (std::vector<std::string>{
          "column 'stage': value «1»: the column has 1 entries where 2 are needed, one for each enterprise. Fix: give "
          "the missing entries, or leave the column out.",
          "column 'customer': value «2»: the column has 2 entries where 3 are needed, one for each link. Fix: make "
          "supplier and customer equally long.",
          "column 'value': value «4»: the column has 4 entries where 3 are needed, one for each link. Fix: give the "
          "missing entries, or leave the column out."}));
  EXPECT_EQ(findings.kept()[1].code, ErrorCode::shape_mismatch);
}

TEST(BuildNetwork, RefusesTooManyEnterprisesBeforeItAllocates) {
  NetworkColumns given;
  given.enterprises = std::uint64_t{1} << 60U;  // offsets alone would take 16 EiB
  try {
    static_cast<void>(build_network(given));
    FAIL() << "2^60 enterprises were taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::limit_exceeded);
    EXPECT_EQ(error.message().en,
              "column 'enterprises': value «1152921504606846976»: a network holds at most 2^32 − 2 enterprises. Fix: "
              "divide them into several networks.");
  }
  given.enterprises = Network::max_enterprises + 1;
  EXPECT_TRUE(check_columns(given).has_errors());
  given.enterprises = Network::max_enterprises;
  EXPECT_FALSE(check_columns(given).has_errors());
}

TEST(BuildNetwork, ChecksStagesAndWeights) {
  const std::vector<std::uint8_t> stage{0, 3, Network::no_stage};
  const std::vector<double> weight{-1, std::numeric_limits<double>::quiet_NaN(), 2};
  NetworkColumns given;
  given.enterprises = 3;
  given.stage = stage;
  given.weight = weight;
  EXPECT_EQ(
      messages(check_columns(given), Language::en),
      (std::vector<std::string>{
          "column 'stage' (record 2): value «3»: a stage is 0 (upstream), 1 (midstream), 2 (downstream) or 255 (not "
          "given). Fix: use one of them.",
          "column 'weight' (record 1): value «-1»: a weight is a finite number, zero or more. Fix: correct the "
          "weight, or give none where it is not known."}));
}

TEST(BuildNetwork, RefusesParallelValuesThatLeaveSinglePrecision) {
  const Ids supplier{0, 0};
  const Ids customer{1, 1};
  const std::vector<float> value{3e38F, 3e38F};
  auto given = columns(2, supplier, customer);
  given.value = value;
  try {
    static_cast<void>(build_network(given));
    FAIL() << "an infinite sum was taken";
  } catch (const Error& error) {
    EXPECT_EQ(
        error.message().en,
        "The values from enterprise 0 to enterprise 1 sum to more than single precision holds (about 3.4e38). Use a "
        "larger unit of currency.");
  }
}

TEST(BuildNetwork, StopsWhenCancelled) {
  CancelToken token;
  token.cancel();
  const Ids supplier{0};
  const Ids customer{1};
  try {
    static_cast<void>(build_network(columns(2, supplier, customer), Control{nullptr, &token, {}}));
    FAIL() << "a cancelled build went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
}

TEST(BuildNetwork, ReportsProgressUpToTheEnd) {
  std::vector<double> shares;
  Control control;
  control.progress = [&](double share) { shares.push_back(share); };
  const Ids supplier{0};
  const Ids customer{1};
  static_cast<void>(build_network(columns(2, supplier, customer), control));
  ASSERT_FALSE(shares.empty());
  EXPECT_EQ(shares.back(), 1.0);
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
}

TEST(NetworkBuilder, IsUnchangedByABadBlockAndEmptyAfterABadBuild) {
  NetworkBuilder builder;
  const Ids supplier{0, 4};
  const Ids customer{1, 0};
  LinkColumns links;
  links.supplier = supplier;
  links.customer = customer;
  builder.add(links);
  const std::vector<float> bad{1, -1};
  links.value = bad;
  EXPECT_THROW(builder.add(links), Error);
  EXPECT_EQ(builder.links(), 2U);
  EnterpriseColumns enterprises;
  enterprises.enterprises = 2;
  try {
    static_cast<void>(builder.build(enterprises));
    FAIL() << "an id out of range was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.findings().kept().front().where.record, 2U);
  }
  EXPECT_EQ(builder.links(), 0U);
}

}  // namespace
}  // namespace chainqual
