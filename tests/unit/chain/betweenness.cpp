#include "chainqual/chain/betweenness.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "chainqual/chain/builder.hpp"

namespace chainqual {
namespace {

using Ids = std::vector<std::uint32_t>;
using Codes = std::vector<detail::BrandesCode>;

Network network_of(std::uint32_t n, const Ids& supplier, const Ids& customer, bool keep_self = false) {
  NetworkColumns columns;
  columns.enterprises = n;
  columns.supplier = supplier;
  columns.customer = customer;
  return build_network(columns, BuildOptions{.keep_self_supply = keep_self});
}

/// 0 → 1 → … → n − 1.
Network line(std::uint32_t n) {
  Ids supplier(n - 1);
  Ids customer(n - 1);
  std::iota(supplier.begin(), supplier.end(), 0U);
  std::iota(customer.begin(), customer.end(), 1U);
  return network_of(n, supplier, customer);
}

Network random_network(std::uint32_t n, std::uint32_t m, unsigned seed, bool keep_self = false) {
  std::mt19937 random(seed);
  Ids supplier;
  Ids customer;
  for (std::uint32_t k = 0; k < m; ++k) {
    supplier.push_back(static_cast<std::uint32_t>(random() % n));
    customer.push_back(static_cast<std::uint32_t>(random() % n));
  }
  return network_of(n, supplier, customer, keep_self);
}

/// `diamonds` diamonds in a row, each twice as many paths as the one before it; joints are 0, 3, 6 …
Network diamonds_in_a_row(std::uint32_t diamonds, std::uint32_t first = 0) {
  Ids supplier;
  Ids customer;
  for (std::uint32_t d = 0; d < diamonds; ++d) {
    const std::uint32_t at = first + 3 * d;
    for (const std::uint32_t side : {at + 1, at + 2}) {
      supplier.insert(supplier.end(), {at, side});
      customer.insert(customer.end(), {side, at + 3});
    }
  }
  return network_of(first + 3 * diamonds + 1, supplier, customer);
}

Codes usable_codes() {
  using detail::BrandesCode;
  Codes codes{BrandesCode::plain, BrandesCode::baseline, BrandesCode::avx2, BrandesCode::avx512};
  std::erase_if(codes, [](BrandesCode code) { return !detail::supports(code); });
  return codes;
}

/// Dependencies on all, from sources in batches of `width`.
std::vector<double> sums_of(const Network& network, const Ids& sources, detail::BrandesCode code, std::size_t width) {
  std::vector<double> sums(network.enterprises(), 0.0);
  detail::BrandesKernel kernel(network, sums, code);
  for (std::size_t begin = 0; begin < sources.size(); begin += width) {
    kernel.add(std::span(sources).subspan(begin, std::min(width, sources.size() - begin)));
  }
  return sums;
}

TEST(Betweenness, HasTheSameBitsForEveryInstructionSet) {
  const Codes codes = usable_codes();
  ASSERT_TRUE(detail::supports(detail::fastest_brandes_code()));
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const auto network = random_network(100 + 17 * seed, 700, seed, seed % 2 == 0);
    const Ids sources = detail::sources_by_distance(network);
    const auto plain = sums_of(network, sources, detail::BrandesCode::plain, 8);
    EXPECT_GT(*std::max_element(plain.begin(), plain.end()), 0.0);
    for (const auto code : codes) EXPECT_EQ(sums_of(network, sources, code, 8), plain) << "seed " << seed;
  }
}

TEST(Betweenness, OfABatchIsThatOfItsSourcesOneByOne) {
  const auto network = random_network(60, 150, 5);
  const Ids sources = detail::sources_by_distance(network);
  for (const auto code : usable_codes()) {
    const auto alone = sums_of(network, sources, code, 1);
    for (std::size_t width = 2; width <= 8; ++width) {
      const auto together = sums_of(network, sources, code, width);
      for (std::size_t v = 0; v < alone.size(); ++v) {
        ASSERT_NEAR(together[v], alone[v], 1e-12 * std::max(1.0, alone[v])) << "width " << width << ", " << v;
      }
    }
  }
}

TEST(Betweenness, HasTheSameBitsForManyGroupsAndAnyNumberOfThreads) {
  const auto network = random_network(3000, 15'000, 9);
  const auto one = betweenness(network, Control{&inline_executor(), nullptr, {}});
  for (const unsigned threads : {2U, 3U, 8U}) {
    ThreadPool pool(threads);
    EXPECT_EQ(betweenness(network, Control{&pool, nullptr, {}}), one) << threads << " threads";
  }
}

TEST(Betweenness, OfALineIsWhatIsAboveTimesWhatIsBelow) {
  for (const std::uint32_t n : {1U, 2U, 3U, 8U, 9U, 10U, 17U, 1500U}) {
    const auto values = betweenness(n == 1 ? network_of(1, {}, {}) : line(n));
    for (std::uint32_t v = 0; v < n; ++v)
      ASSERT_EQ(values[v], static_cast<double>(v) * (n - 1.0 - v)) << n << ", " << v;
  }
}

TEST(Betweenness, WalksALineOfSeventyThousandLevels) {
  constexpr std::uint32_t n = 70'000;
  const Network network = line(n);
  const Ids sources{0, 1, 2, 5, 40'000, 69'997, 69'998, 300};
  for (const auto code : usable_codes()) {
    const auto sums = sums_of(network, sources, code, 8);
    for (std::uint32_t v = 0; v < n; ++v) {
      const auto above = std::count_if(sources.begin(), sources.end(), [&](std::uint32_t s) { return s < v; });
      ASSERT_EQ(sums[v], static_cast<double>(above) * (n - 1.0 - v)) << v;
    }
  }
}

TEST(Betweenness, LeavesNothingBehindBetweenBatchesThatMeetDifferentParts) {
  // Two lines, a ring and two that stand alone, one of them supplying itself.
  const Network network = network_of(12, {0, 1, 3, 4, 6, 7, 8, 11}, {1, 2, 4, 5, 7, 8, 6, 11}, true);
  const std::vector<double> wanted{0, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 0};
  EXPECT_EQ(betweenness(network), wanted);
  for (const auto code : usable_codes()) {
    EXPECT_EQ(sums_of(network, {11, 6, 0, 3, 8, 4, 1, 7}, code, 3), wanted);
    EXPECT_EQ(sums_of(network, {11, 6, 0, 3, 8, 4, 1, 7}, code, 8), wanted);
  }
}

TEST(Betweenness, CountsPathsUpToTheLargestDouble) {
  // 2^1023 paths from end to end: each joint is on all paths between joints, each side on half of them.
  const auto values = betweenness(diamonds_in_a_row(1023));
  const double before = 3 * 511;  // all that lie above joint 1533
  EXPECT_NEAR(values[1533], before * (3 * 1023 - before), 1e-6);
  EXPECT_TRUE(std::all_of(values.begin(), values.end(), [](double v) { return v >= 0 && v < 1e8; }));
}

TEST(Betweenness, NamesTheSourceOfTooManyPathsWhateverTheThreadsAndInstructions) {
  // The row begins at enterprise 20: nobody else has 2^1024 paths.
  const auto network = diamonds_in_a_row(1024, 20);
  const auto message_of = [](auto&& run) -> std::string {
    try {
      run();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::overflow);
      return error.message().en;
    }
    return {};
  };
  for (const unsigned threads : {1U, 4U}) {
    ThreadPool pool(threads);
    const auto got = message_of([&] { static_cast<void>(betweenness(network, Control{&pool, nullptr, {}})); });
    EXPECT_NE(got.find("from enterprise 20 than"), std::string::npos) << got;
  }
  for (const auto code : usable_codes()) {
    const auto got = message_of([&] { static_cast<void>(sums_of(network, {26, 23, 21, 22, 20}, code, 8)); });
    EXPECT_NE(got.find("from enterprise 20 than"), std::string::npos) << got;
  }
}

}  // namespace
}  // namespace chainqual
