#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include "chainqual/chain/builder_check-inl.hpp"
#include "chainqual/chain/large_array.hpp"

// The sort behind build_network. A link on its way is a record of 32-bit words: row, neighbour, value bits, and with
// shares dependency bits and escape bits. Rows are split by their high bits into buckets whose links fit the
// second-level cache (`partition_links`), then each bucket is sorted by row and neighbour in place (`fill_out_bucket`),
// and the finished rows are transposed by the same two steps. Values are ≥ 0, so their bits order as they do, and
// neighbour << 32 | value bits sorts a row by neighbour and, among parallel links, by value: the result depends on the
// links alone and not on their order, nor on the threads.

namespace chainqual {
inline namespace v1 {
namespace detail {

inline constexpr std::size_t plain_words = 3;
inline constexpr std::size_t share_words = 5;
inline constexpr std::uint64_t links_per_block = std::uint64_t{1} << 18U;

/// Which rows share a bucket: row >> shift.
struct Buckets {
  unsigned shift = 0;
  std::size_t count = 1;

  Buckets(std::uint64_t rows, std::uint64_t links) {
    constexpr std::uint64_t most = 4096;               // cursors of all buckets stay in the first-level cache
    constexpr std::uint64_t links_wanted = 1U << 15U;  // 12 bytes each and as much scratch: half a megabyte
    constexpr std::uint64_t rows_wanted = 1U << 14U;   // their cursors take 128 KiB
    const std::uint64_t wanted = std::clamp<std::uint64_t>(std::max(links / links_wanted, rows / rows_wanted), 1, most);
    while ((rows >> shift) > wanted) ++shift;
    count = static_cast<std::size_t>(((rows == 0 ? 0 : rows - 1) >> shift) + 1);
  }
  [[nodiscard]] std::size_t of(std::uint32_t row) const noexcept { return row >> shift; }
  [[nodiscard]] std::uint64_t first_row(std::size_t bucket) const noexcept { return std::uint64_t{bucket} << shift; }
};

/// Turns counts[block · buckets + bucket] into the place where that block's first link of the bucket goes, and fills
/// starts[0 … buckets].
inline void place_blocks(std::vector<std::uint64_t>& counts, std::size_t blocks, std::size_t buckets,
                         std::vector<std::uint64_t>& starts) {
  starts.assign(buckets + 1, 0);
  std::uint64_t place = 0;
  for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
    starts[bucket] = place;
    for (std::size_t block = 0; block < blocks; ++block) {
      place += std::exchange(counts[block * buckets + bucket], place);
    }
  }
  starts[buckets] = place;
}

/// Sorts few keys by counting, for each, those that come before it: no branch depends on the keys.
inline void sort_few(std::uint64_t* keys, std::size_t count, std::uint64_t* spare) noexcept {
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t rank = 0;
    for (std::size_t j = 0; j < i; ++j) rank += static_cast<std::size_t>(keys[j] <= keys[i]);
    for (std::size_t j = i + 1; j < count; ++j) rank += static_cast<std::size_t>(keys[j] < keys[i]);
    spare[rank] = keys[i];
  }
  std::copy_n(spare, count, keys);
}

inline void sort_keys(std::uint64_t* keys, std::size_t count) {
  constexpr std::size_t few = 32;
  std::uint64_t spare[few];
  if (count <= few) {
    sort_few(keys, count, spare);
  } else {
    std::sort(keys, keys + count);
  }
}

/// A link with shares, ordered by everything it holds.
struct SharedLink {
  std::uint64_t key;
  float dependency;
  float escape;
  friend bool operator<(const SharedLink& a, const SharedLink& b) noexcept {
    if (a.key != b.key) return a.key < b.key;
    const auto da = std::bit_cast<std::uint32_t>(a.dependency);
    const auto db = std::bit_cast<std::uint32_t>(b.dependency);
    return da != db ? da < db : std::bit_cast<std::uint32_t>(a.escape) < std::bit_cast<std::uint32_t>(b.escape);
  }
};

inline void sort_keys(SharedLink* keys, std::size_t count) {
  std::sort(keys, keys + count);
}

[[nodiscard]] inline std::uint64_t key_of_link(std::uint64_t key) noexcept {
  return key;
}
[[nodiscard]] inline std::uint64_t key_of_link(const SharedLink& link) noexcept {
  return link.key;
}
[[nodiscard]] inline std::uint32_t neighbour_of(std::uint64_t key) noexcept {
  return static_cast<std::uint32_t>(key >> 32U);
}
[[nodiscard]] inline float value_of(std::uint64_t key) noexcept {
  return std::bit_cast<float>(static_cast<std::uint32_t>(key));
}

inline void read_record(const std::uint32_t* words, std::uint64_t& key) noexcept {
  key = std::uint64_t{words[1]} << 32U | words[2];
}
inline void read_record(const std::uint32_t* words, SharedLink& link) noexcept {
  link.key = std::uint64_t{words[1]} << 32U | words[2];
  link.dependency = std::bit_cast<float>(words[3]);
  link.escape = std::bit_cast<float>(words[4]);
}

/// Parallel links of which some have a dependency and some have none. Theirs are shares of the customer's inputs, known
/// when all rows stand: dependency = given + value / inputs, dependency · escape = given_through + value_through /
/// inputs.
struct MixedLink {
  std::uint32_t supplier = 0;
  std::uint32_t customer = 0;
  double given = 0;
  double given_through = 0;
  double value = 0;
  double value_through = 0;
};

struct Shares {
  float dependency = std::numeric_limits<float>::quiet_NaN();
  float escape = std::numeric_limits<float>::quiet_NaN();
};

[[nodiscard]] inline float share_of(double value) noexcept {
  return static_cast<float>(std::min(value, 1.0));
}

/// Shares of the one link that stands for links[0, count), as documented at build_network. `mixed` is filled, and true
/// returned in `is_mixed`, when the dependency has to wait for the customer's inputs.
[[nodiscard]] inline Shares merged_shares(const SharedLink* links, std::size_t count, MixedLink& mixed,
                                          bool& is_mixed) {
  is_mixed = false;
  if (count == 1) return {links->dependency, links->escape};
  double escapes = 0;
  std::size_t given = 0;
  bool any_escape = false;
  mixed = {};
  for (std::size_t k = 0; k < count; ++k) {
    const double escape = std::isnan(links[k].escape) ? 1.0 : static_cast<double>(links[k].escape);
    any_escape = any_escape || !std::isnan(links[k].escape);
    escapes += escape;
    if (std::isnan(links[k].dependency)) {
      const double value = static_cast<double>(value_of(links[k].key));
      mixed.value += value;
      mixed.value_through += value * escape;
    } else {
      ++given;
      mixed.given += static_cast<double>(links[k].dependency);
      mixed.given_through += static_cast<double>(links[k].dependency) * escape;
    }
  }
  is_mixed = given != 0 && given != count;
  Shares shares;
  if (given == count) shares.dependency = share_of(mixed.given);
  if (any_escape) {
    const double weight = given == 0 ? mixed.value : mixed.given;
    const double through = given == 0 ? mixed.value_through : mixed.given_through;
    shares.escape = share_of(weight > 0 ? through / weight : escapes / static_cast<double>(count));
  }
  return shares;
}

/// What a range of buckets counted.
struct BucketCounts {
  std::uint64_t self_supply = 0;
  std::uint64_t merged = 0;
  std::vector<MixedLink> mixed;
};

struct OutArrays {
  LargeArray<std::uint64_t> offsets;
  LargeArray<std::uint32_t> targets;
  LargeArray<float> values;
  LargeArray<float> dependency;
  LargeArray<float> escape;
};

/// Writes one sorted row, its parallel links merged, from `place` on; returns the place after it.
template <class Key>
[[nodiscard]] std::uint64_t write_row(const Key* keys, std::size_t count, std::uint32_t row, bool keep_self,
                                      std::uint64_t place, OutArrays& out, BucketCounts& counts) {
  for (std::size_t k = 0; k < count;) {
    const std::uint32_t neighbour = neighbour_of(key_of_link(keys[k]));
    std::size_t end = k + 1;
    while (end < count && neighbour_of(key_of_link(keys[end])) == neighbour) ++end;
    if (neighbour == row && !keep_self) {
      counts.self_supply += end - k;
      k = end;
      continue;
    }
    float value = value_of(key_of_link(keys[k]));
    if (end - k > 1) {
      double sum = 0;
      for (std::size_t l = k; l < end; ++l) sum += static_cast<double>(value_of(key_of_link(keys[l])));
      value = static_cast<float>(sum);
      if (std::isinf(value)) throw sum_beyond_single(row, neighbour);
      counts.merged += end - k - 1;
    }
    out.targets[place] = neighbour;
    out.values[place] = value;
    if constexpr (std::is_same_v<Key, SharedLink>) {
      MixedLink mixed;
      bool is_mixed = false;
      const Shares shares = merged_shares(keys + k, end - k, mixed, is_mixed);
      out.dependency[place] = shares.dependency;
      out.escape[place] = shares.escape;
      if (is_mixed) {
        mixed.supplier = row;
        mixed.customer = neighbour;
        counts.mixed.push_back(mixed);
      }
    }
    ++place;
    k = end;
  }
  return place;
}

/// Sorts the records of one bucket by row and neighbour, and writes its rows from place `first` of `out` on. Offsets
/// are left relative to the bucket; returns how many links were written.
template <class Key>
[[nodiscard]] std::uint64_t fill_out_bucket(const std::uint32_t* records, std::uint64_t count, std::uint64_t first,
                                            std::uint64_t first_row, std::uint64_t end_row, bool keep_self,
                                            std::vector<std::uint64_t>& cursors, std::vector<Key>& scratch,
                                            OutArrays& out, BucketCounts& counts) {
  constexpr std::size_t words = std::is_same_v<Key, SharedLink> ? share_words : plain_words;
  const auto rows = static_cast<std::size_t>(end_row - first_row);
  cursors.assign(rows + 1, 0);
  for (std::uint64_t l = 0; l < count; ++l) ++cursors[records[l * words] - first_row + 1];
  for (std::size_t r = 1; r <= rows; ++r) cursors[r] += cursors[r - 1];
  if (scratch.size() < count) scratch.resize(static_cast<std::size_t>(count));
  for (std::uint64_t l = 0; l < count; ++l) {
    const std::uint32_t* record = records + l * words;
    read_record(record, scratch[static_cast<std::size_t>(cursors[record[0] - first_row]++)]);
  }
  std::uint64_t place = first;
  std::uint64_t begin = 0;  // each cursor now stands at its row's end
  for (std::size_t r = 0; r < rows; ++r) {
    const auto length = static_cast<std::size_t>(cursors[r] - begin);
    out.offsets[static_cast<std::size_t>(first_row) + r] = place - first;
    if (length > 1) sort_keys(scratch.data() + begin, length);
    place = write_row(scratch.data() + begin, length, static_cast<std::uint32_t>(first_row + r), keep_self, place, out,
                      counts);
    begin = cursors[r];
  }
  return place - first;
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
