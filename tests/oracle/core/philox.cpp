// Philox against the authors' own code, Random123 (Debian: librandom123-dev).
#include <gtest/gtest.h>

#include <cstdint>
#include <random>

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#endif
#include <Random123/philox.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#include "chainqual/core/random.hpp"

namespace {

TEST(Philox, EqualsRandom123OnRandomKeysAndCounters) {
  std::mt19937_64 engine(20250105);
  for (int i = 0; i < 100000; ++i) {
    const chainqual::Philox::Key key{engine(), engine()};
    const chainqual::Philox::Block counter{engine(), engine() >> (i % 64), engine(), engine() >> (i % 64)};
    const r123::Philox4x64::ctr_type theirs =
        r123::Philox4x64()(r123::Philox4x64::ctr_type{{counter[0], counter[1], counter[2], counter[3]}},
                           r123::Philox4x64::key_type{{key[0], key[1]}});
    const chainqual::Philox::Block ours = chainqual::Philox(key).block(counter);
    for (unsigned word = 0; word < 4; ++word) ASSERT_EQ(ours[word], theirs[word]);
  }
}

}  // namespace
