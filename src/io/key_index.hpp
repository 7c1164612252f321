#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/io/key_table.hpp"
#include "packed_key.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Numbers keys while a file is read, from several threads at once, so that the numbers depend on the file alone.
///
/// Rounds: `begin_round` makes room; then any threads call `intern` with each key and its position in the round, and
/// get a passing number; `end_round` numbers the round's new keys by their first positions, after which `settled` turns
/// passing numbers into final ones. Between rounds, and where nothing is added, `find` looks up.
///
/// A slot holds the whole key (see PackedKey), so that a look-up touches one cache line.
class KeyIndex {
 public:
  static constexpr std::uint32_t absent = 0xFFFFFFFFU;

  KeyIndex() { make_room(0, 0, {}); }

  [[nodiscard]] std::uint32_t size() const noexcept { return count_.load(std::memory_order_relaxed); }

  /// Room for `most_new` further keys. @throws Error{limit_exceeded} more than 2^32 − 2 keys; std::bad_alloc.
  void begin_round(std::size_t most_new, const Control& control);

  /// Asks memory for the slot of a key that is looked up soon.
  void prefetch(std::uint64_t hash) const noexcept { __builtin_prefetch(&slots_[place_of(hash)]); }

  /// The passing number of a key, which is added when it is new. @pre position < 2 · most_new of the round.
  std::uint32_t intern(const PackedKey& key, std::uint64_t hash, std::uint32_t position) noexcept;

  /// As `find` for keys of earlier rounds in the cache line that `prefetch` asks for, where nearly all are; `absent`
  /// for the others, whose next line it asks for. May be called beside `intern`.
  [[nodiscard]] std::uint32_t find_near(const PackedKey& key, std::uint64_t hash) const noexcept {
    const std::size_t first = place_of(hash);
    for (const std::size_t place : {first, first ^ 1U}) {
      const Slot& slot = slots_[place];
      // Keys with the number of an earlier round are not being written.
      const std::uint32_t seen = __atomic_load_n(&slot.id, __ATOMIC_ACQUIRE);
      if (seen < known_ && same_key(slot.key, key)) return seen;
    }
    __builtin_prefetch(&slots_[((first | 1U) + 1) & (slots_.size() - 1)]);
    return absent;
  }

  /// The number of a key, `absent` when there is none.
  [[nodiscard]] std::uint32_t find(const PackedKey& key, std::uint64_t hash) const noexcept;

  void end_round();

  /// The final number behind a passing one of the last round.
  [[nodiscard]] std::uint32_t settled(std::uint32_t passing) const noexcept {
    return passing < round_begin_ ? passing : final_[passing - round_begin_];
  }

  /// All keys in order of their numbers.
  [[nodiscard]] KeyTable table(const Control& control) const;

 private:
  struct alignas(32) Slot {
    PackedKey key;
    std::uint32_t id;  ///< a number, `free_slot` or `busy_slot`
    std::uint32_t unused;
  };
  static_assert(sizeof(Slot) == 32);
  static constexpr std::uint32_t free_slot = 0xFFFFFFFFU;
  static constexpr std::uint32_t busy_slot = 0xFFFFFFFEU;

  [[nodiscard]] std::size_t place_of(std::uint64_t hash) const noexcept {
    return static_cast<std::size_t>(hash >> shift_);
  }
  /// Where a key is looked for behind `place`: in its cache line's other slot, then from the next line on.
  [[nodiscard]] std::size_t place_behind(std::size_t place, std::size_t first) const noexcept {
    if (place == first) return place ^ 1U;
    return ((place == (first ^ 1U) ? first | 1U : place) + 1) & (slots_.size() - 1);
  }
  void make_room(std::size_t keys, std::size_t most_new, const Control& control);

  LargeArray<Slot> slots_;
  unsigned shift_ = 63;
  std::atomic<std::uint32_t> count_{0};
  std::uint32_t round_begin_ = 0;
  std::uint32_t known_ = 0;                        ///< numbers below it are final and their slots are not written
  std::vector<std::size_t> new_slots_;             ///< of the round's new keys, by passing number
  std::vector<std::atomic<std::uint32_t>> first_;  ///< position of their first mention
  std::vector<std::uint32_t> final_;
};

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
