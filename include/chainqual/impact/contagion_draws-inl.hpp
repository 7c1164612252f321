#pragma once

// Draws of 64 runs at once, and links with their chances as rows to spread over.
//
// Encoding: a Runs word holds one bit for each of 64 neighbouring runs. A chance p is kept as the number of 53-bit
// fractions below it, ceil(p · 2^53): u < p exactly where the integer u · 2^53 is below it, and p = 1 is 2^53.

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/core/random.hpp"
#include "chainqual/impact/link_column-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

using Runs = std::uint64_t;
inline constexpr Runs all_runs = std::numeric_limits<Runs>::max();
inline constexpr std::uint64_t certain = std::uint64_t{1} << 53U;

inline std::uint64_t chance(double probability) noexcept {
  const double scaled = probability * 0x1p53;  // exact
  const auto below = static_cast<std::int64_t>(scaled);
  return static_cast<std::uint64_t>(below) + (static_cast<double>(below) < scaled ? 1U : 0U);
}

/// The draws of one word of runs in one stream: which of 64 runs have u(run, entity) < p.
///
/// Digit k of all 64 numbers is word k of Stream(seed, stream, word of runs, entity). A comparison settles a run at the
/// first digit in which u and p differ, half of those left at each digit; eight digits, two blocks, settle 64 runs
/// three times in four. The entity enters one of Philox's four counters only, so what the others do in the first
/// three rounds is worked out once a word of runs, which saves a fifth of the multiplications.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint64_t stream, std::uint64_t word) noexcept
      : philox_(seed), stream_(stream), word_(word) {
    Philox::Key key = philox_.key();
    for (auto& [first, second] : keys_) {
      first = key[0];
      second = key[1];
      key[0] += 0x9E3779B97F4A7C15U;
      key[1] += 0xBB67AE8584CAA73BU;
    }
    for (std::uint64_t block = 0; block < heads_.size(); ++block) heads_[block] = head(block);
  }

  /// The runs of `wanted` whose number lies below `threshold`, a `chance`.
  [[nodiscard]] Runs below(Runs wanted, std::uint64_t threshold, std::uint64_t entity) const noexcept {
    if (threshold - 1 >= certain - 1) return threshold == 0 ? 0 : wanted;
    Comparison comparison{wanted, 0, threshold << 11U};
    for (std::uint64_t block = 0; !comparison.done(); ++block) {
      comparison.with(block < heads_.size() ? fast(heads_[block], entity)
                                            : philox_.block({block, entity, word_, stream_}));
    }
    return comparison.live;
  }

 private:
  /// Of 64 numbers with p, digit by digit.
  struct Comparison {
    Runs open;             ///< not settled: equal to p so far
    Runs live;             ///< settled below p
    std::uint64_t digits;  ///< the next digit of p is the highest bit; none left: u ≥ p

    [[nodiscard]] bool done() const noexcept { return open == 0 || digits == 0; }
    void with(const Philox::Block& words) noexcept {
      for (const std::uint64_t word : words) {
        const Runs digit = Runs{0} - (digits >> 63U);
        live |= open & digit & ~word;
        open &= ~(digit ^ word);
        digits <<= 1U;
      }
    }
  };

  static constexpr std::uint64_t m0 = 0xD2E7470EE14C6C93U;
  static constexpr std::uint64_t m1 = 0xCA5A826395121157U;
  struct Product {
    std::uint64_t high, low;
  };
  static Product times(std::uint64_t a, std::uint64_t b) noexcept {
    const auto product = static_cast<detail::product128>(a) * b;
    return {detail::upper_half(product), static_cast<std::uint64_t>(product)};
  }

  /// What the first three rounds of a block need beside the entity.
  struct Head {
    std::uint64_t a, b, c, d, e;
  };

  [[nodiscard]] Head head(std::uint64_t block) const noexcept {
    const Product first = times(block, m0);
    const Product second = times(word_, m1);
    const std::uint64_t x2 = first.high ^ stream_ ^ keys_[0].second;  // round 1; x0 is a ^ entity
    const Product next = times(x2, m1);
    const std::uint64_t x0 = next.high ^ second.low ^ keys_[1].first;  // round 2
    const Product last = times(x0, m0);
    return {second.high ^ keys_[0].first, first.low ^ keys_[1].second, next.low ^ keys_[2].first,
            last.high ^ keys_[2].second, last.low};
  }

  [[nodiscard]] Philox::Block fast(const Head& h, std::uint64_t entity) const noexcept {
    const Product p = times(h.a ^ entity, m0);
    const Product q = times(p.high ^ h.b, m1);
    std::uint64_t x0 = q.high ^ h.c;
    std::uint64_t x1 = q.low;
    std::uint64_t x2 = p.low ^ h.d;
    std::uint64_t x3 = h.e;
    for (std::size_t round = 3; round < 10; ++round) {
      const Product first = times(x0, m0);
      const Product second = times(x2, m1);
      x0 = second.high ^ x1 ^ keys_[round].first;
      x1 = second.low;
      x2 = first.high ^ x3 ^ keys_[round].second;
      x3 = first.low;
    }
    return {x0, x1, x2, x3};
  }

  struct RoundKey {
    std::uint64_t first, second;
  };
  Philox philox_;
  std::uint64_t stream_;
  std::uint64_t word_;
  std::array<RoundKey, 10> keys_;
  std::array<Head, 4> heads_;
};

/// One direction's links in rows of those who try: neighbours, chances, and LinkIds where places are none.
struct ChanceRows {
  std::span<const std::uint64_t> offsets;
  std::span<const std::uint32_t> neighbours;
  LargeArray<std::uint64_t> chances;
  LargeArray<std::uint64_t> links;  ///< [m]; empty: a place in the row is a LinkId
};

/// @pre the network has passed `check_links`, and `given` is empty or [m] shares.
inline ChanceRows chance_rows(const Network& net, Along along, std::span<const double> given) {
  ChanceRows rows;
  rows.chances = LargeArray<std::uint64_t>(net.links());
  if (along == Along::downstream) {
    rows.offsets = net.out_offsets();
    rows.neighbours = net.out_targets();
    for_link_values(net, along, given, [&](std::uint64_t l, double p) { rows.chances[l] = chance(p); });
    return rows;
  }
  rows.offsets = net.in_offsets();
  rows.neighbours = net.in_sources();
  rows.links = LargeArray<std::uint64_t>(net.links());
  LargeArray<std::uint64_t> by_link(net.links());
  for_link_values(net, along, given, [&](std::uint64_t l, double p) { by_link[l] = chance(p); });
  for_places_of_customers(net, [&](std::uint64_t l, std::uint64_t place) {
    rows.links[place] = l;
    rows.chances[place] = by_link[l];
  });
  return rows;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
