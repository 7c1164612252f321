#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "build_oracle.hpp"
#include "chainqual/chain/builder.hpp"

namespace chainqual::test {
namespace {

/// Few enterprises, so that parallel links and self-supply are common; at times many, so that there are many buckets.
rc::Gen<Rows> random_rows() {
  return rc::gen::exec([] {
    Rows rows;
    rows.n = *rc::gen::element<std::uint32_t>(1, 2, 5, 17, 300, 70000);
    const auto m = static_cast<std::size_t>(*rc::gen::inRange(0, 400));
    std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
    const bool values = *rc::gen::arbitrary<bool>();
    const bool dependencies = *rc::gen::arbitrary<bool>();
    const bool escapes = *rc::gen::arbitrary<bool>();
    const float nan = std::numeric_limits<float>::quiet_NaN();
    std::uniform_int_distribution<std::uint32_t> id(0, rows.n - 1);
    std::uniform_real_distribution<float> share(0, 1);
    for (std::size_t k = 0; k < m; ++k) {
      rows.supplier.push_back(random() % 4 == 0 ? 0 : id(random));  // a hub
      rows.customer.push_back(id(random));
      if (values) rows.value.push_back(random() % 8 == 0 ? 0.0F : 1000.0F * share(random) * share(random));
      if (dependencies) rows.dependency.push_back(random() % 3 == 0 ? nan : share(random));
      if (escapes) rows.escape.push_back(random() % 3 == 0 ? nan : share(random));
    }
    return rows;
  });
}

void expect_equal(float got, const std::optional<double>& wanted, const char* what) {
  if (!wanted) {
    RC_ASSERT(std::isnan(got));
  } else {
    RC_LOG() << what << " " << got << " wanted " << *wanted;
    RC_ASSERT(std::abs(static_cast<double>(got) - *wanted) <= 2e-7 * std::max(1.0, std::abs(*wanted)));
  }
}

RC_GTEST_PROP(BuildNetwork, EqualsAMapOfPairs, ()) {
  const Rows rows = *random_rows();
  const bool keep_self = *rc::gen::arbitrary<bool>();
  const Network net = build_network(rows.columns(), BuildOptions{keep_self});
  const NaiveNetwork naive(rows, keep_self);
  RC_ASSERT(net.links() == naive.links.size());
  RC_ASSERT(net.summary().links_given == rows.supplier.size());
  RC_ASSERT(net.summary().self_supply_dropped == naive.dropped);
  RC_ASSERT(net.summary().parallel_merged == naive.merged_away);
  RC_ASSERT(net.summary().values_assumed == (rows.value.empty() ? rows.supplier.size() : 0));
  const bool shares = !rows.dependency.empty() || !rows.escape.empty();
  RC_ASSERT(net.dependency().size() == (shares ? net.links() : 0));
  RC_ASSERT(net.escape().size() == net.dependency().size());
  std::uint64_t position = 0;
  for (const auto& [ends, merged] : naive.links) {
    const auto link = net.find_link(EnterpriseId{ends.first}, EnterpriseId{ends.second});
    RC_ASSERT(link.has_value());
    RC_ASSERT(link->value == position++);  // a map of pairs runs in LinkId order
    RC_ASSERT(net.supplier(*link).value == ends.first);
    RC_ASSERT(net.customer(*link).value == ends.second);
    expect_equal(net.out_values()[link->index()], merged.value, "value");
    if (net.dependency().empty()) continue;
    expect_equal(net.dependency()[link->index()], merged.dependency, "dependency");
    expect_equal(net.escape()[link->index()], merged.escape, "escape");
  }
}

RC_GTEST_PROP(BuildNetwork, MakesTheTwoDirectionsTransposes, ()) {
  const Network net = build_network((*random_rows()).columns());
  // Checks offsets, ids, order, values, and that each incoming link is an outgoing one of the same value.
  const Network again = Network::from_parts(net.parts(), PartsCheck::full);
  RC_ASSERT(identical(net, again));
}

RC_GTEST_PROP(BuildNetwork, GivesTheSameBitsForAnyOrderOfRows, ()) {
  const Rows rows = *random_rows();
  std::vector<std::size_t> order(rows.supplier.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937_64(*rc::gen::arbitrary<std::uint64_t>()));
  RC_ASSERT(identical(build_network(rows.columns()), build_network(rows.reordered(order).columns())));
}

RC_GTEST_PROP(BuildNetwork, GivesTheSameBitsFromBlocksOfAnySize, ()) {
  const Rows rows = *random_rows();
  NetworkBuilder builder;
  const auto all = rows.columns();
  for (std::size_t begin = 0; begin < rows.supplier.size();) {
    const auto count = static_cast<std::size_t>(*rc::gen::inRange(1, 200));
    const auto part = detail::slice(all, begin, count);
    builder.add(part);
    begin += part.supplier.size();
  }
  RC_ASSERT(builder.links() == rows.supplier.size());
  const Network net = builder.build(all);
  const Network whole = build_network(all);
  // Shares appear when a block has them; a network without links has no block.
  if (!rows.supplier.empty()) RC_ASSERT(identical(net, whole));
  RC_ASSERT(net.summary() == whole.summary());
  RC_ASSERT(builder.links() == 0U);
}

/// Enough links for several blocks and buckets, on several threads.
Rows many_rows(std::uint32_t n, std::size_t m, bool shares) {
  Rows rows{n, {}, {}, {}, {}, {}};
  std::mt19937_64 random(20240611);
  std::uniform_int_distribution<std::uint32_t> id(0, n - 1);
  std::uniform_real_distribution<float> share(0, 1);
  for (std::size_t k = 0; k < m; ++k) {
    rows.supplier.push_back(k % 50 == 0 ? 7 : id(random));
    rows.customer.push_back(k % 70 == 0 ? 3 : id(random));
    rows.value.push_back(share(random));
    if (shares) rows.dependency.push_back(share(random));
    if (shares) rows.escape.push_back(share(random));
  }
  return rows;
}

class ManyRows : public testing::TestWithParam<bool> {};

TEST_P(ManyRows, GiveTheSameBitsForOneTwoAndSevenThreads) {
  const Rows rows = many_rows(150'000, 700'000, GetParam());
  const Network one = build_network(rows.columns(), Control{&inline_executor(), nullptr, {}});
  EXPECT_GT(one.summary().parallel_merged, 0U);
  for (const unsigned threads : {2U, 7U}) {
    ThreadPool pool(threads);
    EXPECT_TRUE(identical(one, build_network(rows.columns(), Control{&pool, nullptr, {}}))) << threads << " threads";
  }
  EXPECT_TRUE(identical(one, Network::from_parts(one.parts(), PartsCheck::full)));
}

TEST_P(ManyRows, GiveTheSameBitsFromBlocksAsFromColumns) {
  const Rows rows = many_rows(150'000, 700'000, GetParam());
  NetworkBuilder builder;
  for (std::size_t begin = 0; begin < rows.supplier.size(); begin += 100'000) {
    builder.add(detail::slice(rows.columns(), begin, 100'000));
  }
  EXPECT_TRUE(identical(builder.build(rows.columns()), build_network(rows.columns())));
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutShares, ManyRows, testing::Bool());

}  // namespace
}  // namespace chainqual::test
