#include "key_index.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {
namespace {

void wait_a_moment() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#endif
}

}  // namespace

// At most two thirds of the slots are used when a round begins, and eight ninths in one that brings the most it can: a
// smaller table is a nearer one. One slot is always free, so that looking for an absent key ends.
void KeyIndex::make_room(std::size_t keys, std::size_t most_new, const Control& control) {
  const std::size_t most = keys + most_new;
  const std::size_t wanted = std::bit_ceil(std::max<std::size_t>({keys + keys / 2, most + most / 8 + 1, 2}));
  if (wanted <= slots_.size()) return;
  LargeArray<Slot> old = std::move(slots_);
  slots_ = LargeArray<Slot>(wanted);
  shift_ = 64U - static_cast<unsigned>(std::countr_zero(wanted));
  constexpr std::size_t grain = 1U << 16U;
  for_chunks(control, wanted, grain, [&](std::size_t begin, std::size_t end, std::size_t) {
    std::memset(static_cast<void*>(slots_.data() + begin), 0xFF, (end - begin) * sizeof(Slot));
  });
  for (std::size_t i = 0; i < old.size(); ++i) {
    if (old[i].id == free_slot) continue;
    const std::size_t first_place = place_of(hash_of(old[i].key));
    std::size_t place = first_place;
    while (slots_[place].id != free_slot) place = place_behind(place, first_place);
    slots_[place] = old[i];
  }
}

void KeyIndex::begin_round(std::size_t most_new, const Control& control) {
  round_begin_ = size();
  // Numbers up to 2^32 − 3 are taken; `busy_slot` is none of them.
  if (most_new > Network::max_enterprises - round_begin_) {
    most_new = static_cast<std::size_t>(Network::max_enterprises - round_begin_) + 1;
  }
  make_room(round_begin_, most_new, control);
  new_slots_.resize(most_new);
  if (first_.size() < most_new) first_ = std::vector<std::atomic<std::uint32_t>>(most_new + most_new / 4);
}

std::uint32_t KeyIndex::intern(const PackedKey& key, std::uint64_t hash, std::uint32_t position) noexcept {
  const std::size_t first_place = place_of(hash);
  for (std::size_t place = first_place;; place = place_behind(place, first_place)) {
    Slot& slot = slots_[place];
    std::atomic_ref<std::uint32_t> id(slot.id);
    std::uint32_t seen = id.load(std::memory_order_acquire);
    if (seen == free_slot && id.compare_exchange_strong(seen, busy_slot, std::memory_order_acquire)) {
      slot.key = key;
      const std::uint32_t number = count_.fetch_add(1, std::memory_order_relaxed);
      new_slots_[number - round_begin_] = place;
      first_[number - round_begin_].store(position, std::memory_order_relaxed);
      id.store(number, std::memory_order_release);
      return number;
    }
    while (seen == busy_slot) {
      wait_a_moment();
      seen = id.load(std::memory_order_acquire);
    }
    if (!same_key(slot.key, key)) continue;
    if (seen >= round_begin_) {
      std::atomic<std::uint32_t>& first = first_[seen - round_begin_];
      std::uint32_t earliest = first.load(std::memory_order_relaxed);
      while (position < earliest && !first.compare_exchange_weak(earliest, position, std::memory_order_relaxed)) {
      }
    }
    return seen;
  }
}

std::uint32_t KeyIndex::find(const PackedKey& key, std::uint64_t hash) const noexcept {
  const std::size_t first_place = place_of(hash);
  for (std::size_t place = first_place;; place = place_behind(place, first_place)) {
    const Slot& slot = slots_[place];
    if (slot.id == free_slot) return absent;
    if (same_key(slot.key, key)) return slot.id;
  }
}

void KeyIndex::end_round() {
  const std::uint32_t count = size() - round_begin_;
  if (size() > Network::max_enterprises) {
    throw Error(ErrorCode::limit_exceeded,
                {"企业超过 4294967294 家的上限。", "there are more than 4294967294 enterprises."});
  }
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return first_[a].load(std::memory_order_relaxed) < first_[b].load(std::memory_order_relaxed);
  });
  final_.resize(count);
  for (std::uint32_t rank = 0; rank < count; ++rank) {
    final_[order[rank]] = round_begin_ + rank;
    slots_[new_slots_[order[rank]]].id = round_begin_ + rank;
  }
  known_ = size();
}

namespace {

struct Keys {
  LargeArray<std::uint64_t> offsets;
  LargeArray<char> bytes;
};

}  // namespace

KeyTable KeyIndex::table(const Control& control) const {
  const std::size_t keys = size();
  const auto made = std::make_shared<Keys>();
  made->offsets = LargeArray<std::uint64_t>(keys + 1);
  constexpr std::size_t grain = 1U << 16U;
  std::uint64_t* offsets = made->offsets.data();
  offsets[0] = 0;
  for_chunks(control, slots_.size(), grain, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t i = begin; i < end; ++i) {
      if (slots_[i].id != free_slot) offsets[slots_[i].id + std::size_t{1}] = slots_[i].key.size();
    }
  });
  for (std::size_t id = 0; id < keys; ++id) offsets[id + 1] += offsets[id];
  made->bytes = LargeArray<char>(static_cast<std::size_t>(offsets[keys]));
  for_chunks(control, slots_.size(), grain, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t i = begin; i < end; ++i) {
      const Slot& slot = slots_[i];
      if (slot.id != free_slot) std::memcpy(made->bytes.data() + offsets[slot.id], slot.key.data(), slot.key.size());
    }
  });
  if (keys == 0) return KeyTable();
  return KeyTable::of(made->offsets.view(), made->bytes.view(), made);
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
