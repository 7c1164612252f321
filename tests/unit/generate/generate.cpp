#include "chainqual/chain/generate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace {

using chainqual::CancelToken;
using chainqual::Control;
using chainqual::EnterpriseId;
using chainqual::Error;
using chainqual::ErrorCode;
using chainqual::GenerateOptions;
using chainqual::Layout;
using chainqual::LinkBlock;
using chainqual::Stage;
using chainqual::SyntheticChain;
using chainqual::ThreadPool;

struct Links {
  std::vector<std::uint32_t> supplier;
  std::vector<std::uint32_t> customer;
  std::vector<float> value;
  bool operator==(const Links&) const = default;
};

Links links_of(const GenerateOptions& options, const chainqual::GenerateRange& range = {},
               const Control& control = {}) {
  Links links;
  chainqual::generate_links(
      options,
      [&](const LinkBlock& block) {
        EXPECT_EQ(block.first_link, links.customer.size());
        EXPECT_EQ(block.supplier.size(), block.customer.size());
        EXPECT_EQ(block.value.size(), block.customer.size());
        links.supplier.insert(links.supplier.end(), block.supplier.begin(), block.supplier.end());
        links.customer.insert(links.customer.end(), block.customer.begin(), block.customer.end());
        links.value.insert(links.value.end(), block.value.begin(), block.value.end());
      },
      range, control);
  return links;
}

GenerateOptions some(std::uint32_t enterprises) {
  GenerateOptions options;
  options.enterprises = enterprises;
  options.cyclic_share = 0.05;
  options.seed = 77;
  return options;
}

TEST(GenerateLinks, AreTheSameForAnyBlockSizeAndNumberOfThreads) {
  const Links whole = links_of(some(3000));
  EXPECT_GT(whole.customer.size(), 20000U);
  for (const unsigned threads : {1U, 2U, 7U}) {
    ThreadPool pool(threads);
    for (const std::uint32_t block : {1U, 7U, 1000U, 4000000000U}) {
      EXPECT_TRUE(links_of(some(3000), {0, 3000, block}, {&pool, nullptr, {}}) == whole) << threads << ' ' << block;
    }
  }
}

TEST(GenerateLinks, APartOfTheSuppliersGivesExactlyItsPart) {
  const Links whole = links_of(some(3000));
  for (const auto& [first, last] :
       {std::pair{0U, 1U}, {1000U, 1777U}, {2999U, 3000U}, {2500U, 99999U}, {5U, 5U}, {9U, 3U}}) {
    Links part;
    for (std::size_t k = 0; k < whole.supplier.size(); ++k) {
      if (whole.supplier[k] < first || whole.supplier[k] >= last) continue;
      part.supplier.push_back(whole.supplier[k]);
      part.customer.push_back(whole.customer[k]);
      part.value.push_back(whole.value[k]);
    }
    EXPECT_TRUE(links_of(some(3000), {first, last, 100}) == part) << first;
  }
}

TEST(GenerateLinks, BlocksCoverTheSuppliersInOrder) {
  std::uint32_t next = 10;
  chainqual::generate_links(some(1000),
                            [&](const LinkBlock& block) {
                              EXPECT_EQ(block.first_supplier, next);
                              EXPECT_LE(block.last_supplier - block.first_supplier, 64U);
                              for (const std::uint32_t supplier : block.supplier) {
                                EXPECT_GE(supplier, block.first_supplier);
                                EXPECT_LT(supplier, block.last_supplier);
                              }
                              next = block.last_supplier;
                            },
                            {10, 900, 64});
  EXPECT_EQ(next, 900U);
}

TEST(GenerateLinks, DifferWithTheSeed) {
  GenerateOptions other = some(1000);
  other.seed = 78;
  EXPECT_TRUE(links_of(some(1000)) == links_of(some(1000)));
  EXPECT_FALSE(links_of(some(1000)).customer == links_of(other).customer);
}

TEST(GenerateLinks, ValuesDoNotDecideStructure) {
  GenerateOptions other = some(1000);
  other.value_median = 5;
  other.value_spread = 2;
  EXPECT_EQ(links_of(some(1000)).customer, links_of(other).customer);
  other.value_spread = 0;
  for (const float value : links_of(other).value) EXPECT_EQ(value, 5.0F);
}

// Published benches and bug reports name chains by their options: a change here makes all of them another chain.
TEST(GenerateLinks, OfTheDefaultOptionsStayTheSameFromVersionToVersion) {
  const SyntheticChain chain{GenerateOptions{}};
  std::uint64_t hash = 0;
  std::uint64_t links = 0;
  chainqual::generate_links(chain, [&](const LinkBlock& block) {
    for (const std::uint32_t customer : block.customer) hash = hash * 6364136223846793005U + customer;
    links += block.customer.size();
  });
  EXPECT_EQ(links, 9585U);
  EXPECT_EQ(hash, 2807242652121575595U);
}

TEST(GenerateLinks, StopWhenCancelledAndWhenTheVisitorThrows) {
  CancelToken token;
  ThreadPool pool(2);
  const Control control{&pool, &token, {}};
  int visits = 0;
  try {
    chainqual::generate_links(
        some(5000),
        [&](const LinkBlock&) {
          if (++visits == 3) token.cancel();
        },
        {0, 5000, 10}, control);
    FAIL() << "not cancelled";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
  EXPECT_EQ(visits, 3);
  EXPECT_THROW(chainqual::generate_links(some(100), [](const LinkBlock&) { throw std::runtime_error("full"); }),
               std::runtime_error);
}

TEST(GenerateLinks, ReportProgressUpToOne) {
  std::vector<double> shares;
  const Control control{nullptr, nullptr, [&](double share) { shares.push_back(share); }};
  links_of(some(1000), {0, 1000, 10}, control);
  ASSERT_FALSE(shares.empty());
  for (std::size_t i = 1; i < shares.size(); ++i) EXPECT_GT(shares[i], shares[i - 1]);
  EXPECT_EQ(shares.back(), 1.0);
}

TEST(SyntheticChain, RefusesOptionsOutsideTheirBoundsByName) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::pair<std::string, std::function<void(GenerateOptions&)>>> wrong{
      {"enterprises", [](auto& o) { o.enterprises = 0xFFFFFFFFU; }},
      {"mean_degree", [](auto& o) { o.mean_degree = -1; }},
      {"mean_degree", [=](auto& o) { o.mean_degree = nan; }},
      {"mean_degree", [](auto& o) { o.mean_degree = 129; }},
      {"mean_degree", [](auto& o) { o.mean_degree = 127; }},  // 127 · 12 / 11 passes the cap
      {"exponent", [](auto& o) { o.exponent = 11; }},
      {"degree_cap", [](auto& o) { o.degree_cap = 0; }},
      {"preference", [](auto& o) { o.preference = 1; }},
      {"tiers", [](auto& o) { o.tiers = 0; }},
      {"cyclic_share", [](auto& o) { o.cyclic_share = 1.01; }},
      {"segments", [](auto& o) { o.segments = 2; }},
      {"sectors", [](auto& o) { o.sectors = 0; }},
      {"value_median", [](auto& o) { o.value_median = 0; }},
      {"value_spread", [=](auto& o) { o.value_spread = nan; }},
      {"layout", [](auto& o) { o.layout = static_cast<Layout>(9); }}};
  for (const auto& [name, spoil] : wrong) {
    GenerateOptions options;
    spoil(options);
    try {
      const SyntheticChain chain(options);
      FAIL() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid_value);
      EXPECT_NE(error.message().en.find(name), std::string::npos) << error.message().en;
      EXPECT_NE(error.message().zh.find(name), std::string::npos) << error.message().zh;
    }
  }
  EXPECT_THROW(chainqual::generate_links(some(5), [](const LinkBlock&) {}, {0, 5, 0}), Error);
}

TEST(SyntheticChain, EveryTierStageSegmentAndSectorHasItsShare) {
  for (const Layout layout : {Layout::random_order, Layout::local}) {
    GenerateOptions options = some(1200);
    options.layout = layout;
    const SyntheticChain chain(options);
    std::vector<int> tiers(12);
    std::vector<int> stages(3);
    std::vector<int> segments(12);
    std::vector<int> sectors(80);
    std::set<std::string_view> regions;
    for (std::uint32_t i = 0; i < 1200; ++i) {
      const auto what = chain.enterprise(EnterpriseId{i});
      ++tiers.at(what.tier);
      ++stages.at(static_cast<std::size_t>(what.stage));
      ++segments.at(what.segment);
      ++sectors.at(what.sector);
      regions.insert(what.region);
      EXPECT_EQ(what.stage, chain.stage_of_segment(what.segment));
      EXPECT_EQ(static_cast<std::uint32_t>(what.stage), what.tier / 4);
      EXPECT_EQ(what, chainqual::generated_enterprise(options, EnterpriseId{i}));
    }
    for (const int count : tiers) EXPECT_EQ(count, 100);
    for (const int count : stages) EXPECT_EQ(count, 400);
    for (const int count : segments) EXPECT_EQ(count, 100);
    for (const int count : sectors) EXPECT_EQ(count, 15);
    EXPECT_EQ(regions.size(), 34U);
  }
}

TEST(SyntheticChain, FewEnterprisesMakeFewTiers) {
  EXPECT_EQ(SyntheticChain(some(0)).tiers(), 1U);
  EXPECT_EQ(SyntheticChain(some(5)).tiers(), 5U);
  EXPECT_EQ(SyntheticChain(some(5000)).tiers(), 12U);
  EXPECT_TRUE(links_of(some(0)).customer.empty());
  EXPECT_TRUE(links_of(some(1)).customer.empty());
  EXPECT_EQ(chainqual::generate_network(some(0)).enterprises(), 0U);
  EXPECT_THROW(static_cast<void>(chainqual::generated_enterprise(some(5), EnterpriseId{5})), Error);
}

TEST(SyntheticChain, AMeanOfZeroMakesNoLinks) {
  GenerateOptions options = some(100);
  options.mean_degree = 0;
  EXPECT_TRUE(links_of(options).customer.empty());
}

TEST(GenerateNetwork, HoldsTheStreamInItsOrderWithTheColumns) {
  const GenerateOptions options = some(2000);
  const Links links = links_of(options);
  const SyntheticChain chain(options);
  for (const unsigned threads : {1U, 7U}) {
    ThreadPool pool(threads);
    const chainqual::Network network = chainqual::generate_network(options, {&pool, nullptr, {}});
    ASSERT_EQ(network.enterprises(), 2000U);
    ASSERT_EQ(network.links(), links.customer.size());
    EXPECT_EQ(network.summary().parallel_merged, 0U);
    EXPECT_EQ(network.summary().self_supply_dropped, 0U);
    for (std::uint64_t l = 0; l < network.links(); ++l) {
      ASSERT_EQ(network.supplier(chainqual::LinkId{l}).value, links.supplier[l]);
      ASSERT_EQ(network.out_targets()[l], links.customer[l]);
      ASSERT_EQ(network.out_values()[l], links.value[l]);
    }
    for (std::uint32_t i = 0; i < 2000; ++i) {
      const auto what = chain.enterprise(EnterpriseId{i});
      ASSERT_EQ(network.stage()[i], static_cast<std::uint8_t>(what.stage));
      ASSERT_EQ(network.segment()[i], what.segment);
      ASSERT_EQ(network.sector()[i], what.sector);
    }
  }
}

}  // namespace
