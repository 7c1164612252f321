#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>

#include "chainqual/core/random.hpp"

namespace {

using chainqual::Philox;
using chainqual::Stream;

constexpr std::uint64_t all = std::numeric_limits<std::uint64_t>::max();

// The three vectors that Random123 publishes for philox4x64 with 10 rounds: zeros, ones, and the digits of pi.
TEST(Philox, GivesThePublishedKnownAnswers) {
  EXPECT_EQ(Philox(Philox::Key{0, 0}).block({0, 0, 0, 0}),
            (Philox::Block{0x16554d9eca36314cU, 0xdb20fe9d672d0fdcU, 0xd7e772cee186176bU, 0x7e68b68aec7ba23bU}));
  EXPECT_EQ(Philox(Philox::Key{all, all}).block({all, all, all, all}),
            (Philox::Block{0x87b092c3013fe90bU, 0x438c3c67be8d0224U, 0x9cc7d7c69cd777b6U, 0xa09caebf594f0ba0U}));
  EXPECT_EQ(Philox(Philox::Key{0x452821e638d01377U, 0xbe5466cf34e90c6cU})
                .block({0x243f6a8885a308d3U, 0x13198a2e03707344U, 0xa4093822299f31d0U, 0x082efa98ec4e6c89U}),
            (Philox::Block{0xa528f45403e61d95U, 0x38c72dbd566e9788U, 0xa5a1610e72fd18b5U, 0x57bd43b5e52b7fe6U}));
}

TEST(Philox, IsComputedWhileCompiling) {
  static_assert(Philox(0).block({0, 0, 0, 0})[0] == 0x16554d9eca36314cU);
  static_assert(Philox(5).key() == Philox::Key{5, 0});
}

// NumPy 2.4.6, u = lambda *a: numpy.array(a, dtype=numpy.uint64):
//   numpy.random.Philox(key=u(1, 2), counter=u(2**64 - 1, 2**64 - 1, 5, 6)).random_raw(8)
// NumPy steps its counter before the first block, here with a carry through two words into the third.
TEST(Philox, EqualsNumPyWithTheCounterOneAhead) {
  const Philox philox(Philox::Key{1, 2});
  EXPECT_EQ(philox.block({0, 0, 6, 6}),
            (Philox::Block{0x5f48c7f3eb171f81U, 0x72b715c1fe6850caU, 0xb6404c2c8e7ef49fU, 0x54b6f6306c519d0fU}));
  EXPECT_EQ(philox.block({1, 0, 6, 6}),
            (Philox::Block{0x78648c690bfe465aU, 0x83f3ace201d679bfU, 0xcf662c626dd5a2bdU, 0x936a51dac0c2dceeU}));
}

// NumPy 2.4.6: c = (entity * 2**64 + scenario * 2**128 + stream * 2**192 - 1) % 2**256
//   numpy.random.Philox(key=20240501, counter=c).random_raw(10), entity 12345678901, scenario 3, stream 7
TEST(Stream, EqualsNumPyWordForWord) {
  const std::array<std::uint64_t, 10> words{
      0xa2887e5258d13e21U, 0x7804e218d180bac7U, 0x4f823733c52348d5U, 0x99b9a30f5a95c297U, 0xfac13433e23bd7afU,
      0x5f695bb2ebe158cfU, 0xcbcadd6b2f1e9705U, 0x0434c1849f20bb4fU, 0xbd0c90e7b022808cU, 0x70f20486f3d21e4cU};
  Stream stream(20240501, 7, 3, 12345678901);
  for (const std::uint64_t word : words) EXPECT_EQ(stream(), word);
  for (std::size_t i = words.size(); i-- > 0;) {
    stream.seek(i);
    EXPECT_EQ(stream(), words[i]);
  }
}

// NumPy 2.4.6: numpy.random.Generator(numpy.random.Philox(key=20240501, counter=c)).random(6), c as above
TEST(Stream, UniformEqualsNumPysRandom) {
  Stream stream(20240501, 7, 3, 12345678901);
  for (const double number : {0x1.4510fca4b1a27p-1, 0x1.e01388634602ep-2, 0x1.3e08dccf148d2p-2, 0x1.3373461eb52b8p-1,
                              0x1.f5826867c477ap-1, 0x1.7da56ecbaf856p-2}) {
    EXPECT_EQ(stream.uniform(), number);
  }
}

// NumPy 2.4.6: numpy.random.Philox(key=42, counter=2**256 - 1).random_raw(6)
TEST(Stream, OfASeedAloneEqualsNumPyWithThatKey) {
  Stream stream(42);
  for (const std::uint64_t word : {0xa7687e2d34c89dc6U, 0x4c5818ab9649d53fU, 0xea0add4230dddab5U, 0xe2a142eecee5bb40U,
                                   0xd1f8817d4d62880eU, 0x307266b65cc8797eU}) {
    EXPECT_EQ(stream(), word);
  }
}

TEST(Stream, DiffersWhenAnyPartOfItsNameDiffers) {
  Stream base(1, 2, 3, 4);
  const std::uint64_t word = base();
  for (Stream other : {Stream(2, 2, 3, 4), Stream(1, 3, 3, 4), Stream(1, 2, 4, 4), Stream(1, 2, 3, 5)}) {
    EXPECT_NE(other(), word);
  }
  Stream again(1, 2, 3, 4);
  EXPECT_EQ(again(), word);
}

TEST(Stream, ACopyDrawsTheSameWords) {
  Stream stream(9);
  stream();
  Stream copy = stream;
  for (int i = 0; i < 9; ++i) EXPECT_EQ(copy(), stream());
}

TEST(Stream, BelowStaysBelowAndTakesEveryValue) {
  Stream stream(11);
  EXPECT_EQ(stream.below(0), 0U);
  EXPECT_EQ(stream.below(1), 0U);
  std::array<int, 6> seen{};
  for (int i = 0; i < 6000; ++i) ++seen.at(stream.below(6));
  for (const int count : seen) EXPECT_NEAR(count, 1000, 150);  // five standard deviations
  for (int i = 0; i < 100; ++i) EXPECT_LT(stream.below((all >> 1) + 2), (all >> 1) + 2);
}

// Three quarters of 2^64: without rejection the lower third of the results would come twice as often as the rest.
TEST(Stream, BelowHasNoBiasForHugeBounds) {
  Stream stream(12);
  const std::uint64_t bound = (all / 4) * 3;
  int lower_third = 0;
  for (int i = 0; i < 30000; ++i) lower_third += stream.below(bound) < bound / 3 ? 1 : 0;
  EXPECT_NEAR(lower_third, 10000, 410);  // five standard deviations; the biased draw gives 15,000
}

}  // namespace
