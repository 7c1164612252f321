// What every synthetic chain keeps, over random options; and what large ones keep in number, over fixed seeds.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "chainqual/chain/generate.hpp"

namespace {

using chainqual::EnterpriseId;
using chainqual::GenerateOptions;
using chainqual::Layout;
using chainqual::LinkBlock;
using chainqual::SyntheticChain;

RC_GTEST_PROP(SyntheticChain, LinksAreInOrderWithoutSelfSupplyOrRepeatsAndBackwardOnlyWhereAsked, ()) {
  GenerateOptions options;
  options.enterprises = *rc::gen::inRange<std::uint32_t>(0, 300);
  options.mean_degree = *rc::gen::inRange(0, 21) / 2.0;
  options.exponent = *rc::gen::element(0.0, 1.0, 2.3, 5.0);
  options.preference = *rc::gen::element(0.0, 0.3, 0.5, 0.9);
  options.layout = *rc::gen::element(Layout::random_order, Layout::local);
  options.tiers = *rc::gen::inRange<std::uint32_t>(1, 20);
  options.cyclic_share = *rc::gen::element(0.0, 0.0, 0.2, 1.0);
  options.segments = *rc::gen::inRange<std::uint32_t>(3, 40);
  options.sectors = *rc::gen::inRange<std::uint32_t>(1, 400);
  options.seed = *rc::gen::arbitrary<std::uint64_t>();
  const SyntheticChain chain(options);
  std::uint32_t last_supplier = 0;
  std::uint32_t last_customer = 0;
  bool any = false;
  chainqual::generate_links(chain,
                            [&](const LinkBlock& block) {
                              for (std::size_t k = 0; k < block.customer.size(); ++k) {
                                const std::uint32_t i = block.supplier[k];
                                const std::uint32_t j = block.customer[k];
                                RC_ASSERT(j < options.enterprises);
                                RC_ASSERT(i != j);
                                RC_ASSERT(!any || i > last_supplier || (i == last_supplier && j > last_customer));
                                RC_ASSERT(block.value[k] > 0.0F && std::isfinite(block.value[k]));
                                const bool backward =
                                    chain.enterprise(EnterpriseId{j}).tier <= chain.enterprise(EnterpriseId{i}).tier;
                                if (options.cyclic_share == 0 && chain.tiers() > 1) RC_ASSERT(!backward);
                                if (options.cyclic_share == 1) RC_ASSERT(backward);
                                last_supplier = i;
                                last_customer = j;
                                any = true;
                              }
                            },
                            {0, options.enterprises, 64});
  for (std::uint32_t i = 0; i < options.enterprises; ++i) {
    const auto what = chain.enterprise(EnterpriseId{i});
    RC_ASSERT(what.tier < chain.tiers());
    RC_ASSERT(what.segment < options.segments);
    RC_ASSERT(what.sector < options.sectors);
    RC_ASSERT(chain.stage_of_segment(what.segment) == what.stage);
  }
}

struct Counts {
  std::vector<std::uint32_t> out;
  std::vector<std::uint32_t> in;
  std::uint64_t links = 0;
  std::uint64_t backward = 0;
  double log_sum = 0;
  double log_squares = 0;
};

Counts counts_of(const SyntheticChain& chain) {
  Counts counts;
  counts.out.resize(chain.enterprises());
  counts.in.resize(chain.enterprises());
  std::vector<std::uint32_t> tier(chain.enterprises());
  for (std::uint32_t i = 0; i < chain.enterprises(); ++i) tier[i] = chain.enterprise(EnterpriseId{i}).tier;
  chainqual::generate_links(chain, [&](const LinkBlock& block) {
    for (std::size_t k = 0; k < block.customer.size(); ++k) {
      ++counts.out[block.supplier[k]];
      ++counts.in[block.customer[k]];
      counts.backward += tier[block.customer[k]] <= tier[block.supplier[k]] ? 1 : 0;
      const double x = std::log(static_cast<double>(block.value[k]));
      counts.log_sum += x;
      counts.log_squares += x * x;
    }
    counts.links += block.customer.size();
  });
  return counts;
}

/// The exponent of greatest likelihood for P(k) ∝ k^−exponent on least … cap, by golden-section search.
double fitted_exponent(const std::vector<std::uint32_t>& degrees, std::uint32_t least, std::uint32_t cap) {
  double logs = 0;
  double count = 0;
  for (const std::uint32_t k : degrees) {
    if (k < least || k > cap) continue;
    logs += std::log(static_cast<double>(k));
    ++count;
  }
  const auto likelihood = [&](double exponent) {
    double total = 0;
    for (std::uint32_t k = least; k <= cap; ++k) total += std::pow(k, -exponent);
    return -exponent * logs - count * std::log(total);
  };
  double low = 1.1;
  double high = 6;
  for (int step = 0; step < 60; ++step) {
    const double a = high - (high - low) * 0.618034;
    const double b = low + (high - low) * 0.618034;
    (likelihood(a) < likelihood(b) ? low : high) = likelihood(a) < likelihood(b) ? a : b;
  }
  return (low + high) / 2;
}

GenerateOptions large(Layout layout, double cyclic_share, std::uint32_t tiers) {
  GenerateOptions options;
  options.enterprises = 120'000;
  options.layout = layout;
  options.cyclic_share = cyclic_share;
  options.tiers = tiers;
  options.seed = 2025;
  return options;
}

class LargeChains : public testing::TestWithParam<GenerateOptions> {};

INSTANTIATE_TEST_SUITE_P(SyntheticChain, LargeChains,
                         testing::Values(large(Layout::random_order, 0, 12), large(Layout::local, 0, 12),
                                         large(Layout::random_order, 0.1, 12), large(Layout::random_order, 0, 1),
                                         large(Layout::local, 0, 1)));

TEST_P(LargeChains, HaveTheMeanTheExponentTheShareAndTheValuesAsked) {
  const GenerateOptions options = GetParam();
  const SyntheticChain chain(options);
  const Counts counts = counts_of(chain);
  const double n = options.enterprises;
  const auto m = static_cast<double>(counts.links);
  // The degrees' standard deviation is near 14: five standard errors of the mean are 0.2.
  EXPECT_NEAR(m / n, options.mean_degree, 0.2);
  // Above the lowest degree, whose weight is bent to reach the mean, the pure law holds; cyclic chains thin the last
  // tier.
  EXPECT_NEAR(fitted_exponent(counts.out, 5, 128), options.exponent, 0.05);
  EXPECT_LE(*std::max_element(counts.out.begin(), counts.out.end()), 128U);
  if (options.tiers > 1) {
    EXPECT_NEAR(static_cast<double>(counts.backward) / m, options.cyclic_share, 0.003);
  } else {
    EXPECT_EQ(counts.backward, counts.links);
  }
  const double mean_log = counts.log_sum / m;
  EXPECT_NEAR(mean_log, std::log(options.value_median), 5 / std::sqrt(m));
  EXPECT_NEAR(counts.log_squares / m - mean_log * mean_log, 1.0, 5 * std::sqrt(2 / m));
}

TEST(SyntheticChain, SuppliersPerCustomerFollowAPowerLawNearThree) {
  const Counts counts = counts_of(SyntheticChain(large(Layout::random_order, 0, 1)));
  EXPECT_NEAR(fitted_exponent(counts.in, 20, 4000), 3.0, 0.15);
  EXPECT_GT(*std::max_element(counts.in.begin(), counts.in.end()), 100 * 9U);
  GenerateOptions uniform = large(Layout::random_order, 0, 1);
  uniform.preference = 0;
  const Counts even = counts_of(SyntheticChain(uniform));
  EXPECT_LT(*std::max_element(even.in.begin(), even.in.end()), 40U);  // Poisson of mean 9
}

TEST(SyntheticChain, LocalLinksStayNearTheirSuppliersPlace) {
  const SyntheticChain chain(large(Layout::local, 0, 12));
  std::uint64_t near = 0;
  std::uint64_t links = 0;
  chainqual::generate_links(chain, [&](const LinkBlock& block) {
    for (std::size_t k = 0; k < block.customer.size(); ++k) {
      const int own = static_cast<int>(block.supplier[k] % 10'000);  // tiers of 10,000 places, in order
      const int other = static_cast<int>(block.customer[k] % 10'000);
      near += std::abs(own - other) <= 4096 ? 1 : 0;  // at a tier's ends the window is moved inwards
    }
    links += block.customer.size();
  });
  EXPECT_GT(static_cast<double>(near) / static_cast<double>(links), 0.9);
}

TEST(SyntheticChain, RandomOrderMixesTheTiersEvenly) {
  const SyntheticChain chain(large(Layout::random_order, 0, 12));
  // In each of 120 runs of 1,000 neighbouring ids every tier should come near 83 times: chi-square with 11 degrees
  // each.
  double chi = 0;
  for (std::uint32_t first = 0; first < 120'000; first += 1000) {
    std::vector<int> count(12);
    for (std::uint32_t i = first; i < first + 1000; ++i) ++count[chain.enterprise(EnterpriseId{i}).tier];
    for (const int c : count) chi += (c - 1000.0 / 12) * (c - 1000.0 / 12) / (1000.0 / 12);
  }
  const double freedom = 120 * 11;
  EXPECT_NEAR(chi, freedom, 6 * std::sqrt(2 * freedom));
}

}  // namespace
