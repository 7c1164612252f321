#include "chainqual/io/key_table.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <utility>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/chain/nearest.hpp"
#include "chainqual/core/error.hpp"
#include "packed_key.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

constexpr std::uint32_t free_slot = std::numeric_limits<std::uint32_t>::max();

/// Slots for n keys: a power of two, at most two thirds of it used, and always one free so that probing ends.
std::size_t slot_count(std::size_t keys) noexcept {
  return std::bit_ceil(keys + keys / 2 + 2);
}

std::size_t first_slot(std::uint64_t hash, std::size_t slots) noexcept {
  const auto bits = static_cast<unsigned>(std::countr_zero(slots));
  return bits == 0 ? 0 : static_cast<std::size_t>(hash >> (64U - bits));
}

struct Owned {
  std::vector<std::uint64_t> offsets;
  std::string bytes;
};

struct Indexed {
  LargeArray<std::uint32_t> slots;
  std::shared_ptr<const void> keys;
};

}  // namespace

std::uint64_t key_hash(std::string_view key) noexcept {
  return detail::hash_of(detail::pack(key, key.data() + key.size()));
}

KeyTable KeyTable::from_parts(KeyTableParts parts) {
  const std::size_t slots = parts.slots.size();
  const bool none = parts.offsets.size() <= 1 && parts.bytes.empty();
  const bool fits = parts.offsets.size() > 1 && parts.offsets.size() - 1 < free_slot && std::has_single_bit(slots) &&
                    slots >= parts.offsets.size() && parts.offsets.front() == 0 &&
                    parts.offsets.back() == parts.bytes.size();
  if (!none && !fits) {
    throw Error(ErrorCode::shape_mismatch,
                {"键表各数组的长度不一致。", "the lengths of the key table's arrays do not fit together."});
  }
  KeyTable table;
  table.size_ = none ? 0 : static_cast<std::uint32_t>(parts.offsets.size() - 1);
  table.parts_ = std::move(parts);
  return table;
}

KeyTable KeyTable::of(std::span<const std::uint64_t> offsets, std::span<const char> bytes,
                      std::shared_ptr<const void> owner) {
  KeyTableParts parts;
  parts.offsets = offsets;
  parts.bytes = bytes;
  const std::size_t keys = offsets.empty() ? 0 : offsets.size() - 1;
  const auto indexed =
      std::make_shared<Indexed>(Indexed{LargeArray<std::uint32_t>(slot_count(keys)), std::move(owner)});
  std::span<std::uint32_t> slots(indexed->slots.data(), indexed->slots.size());
  std::fill(slots.begin(), slots.end(), free_slot);
  parts.slots = slots;
  parts.owner = indexed;
  KeyTable table = from_parts(parts);
  // Slots are asked for some keys ahead: they lie anywhere in memory.
  constexpr std::uint32_t ahead = 16;
  std::array<std::size_t, ahead> places{};
  const auto place_of = [&](std::uint32_t id) {
    return first_slot(key_hash(table.key(EnterpriseId{id})), slots.size());
  };
  for (std::uint32_t id = 0; id < std::min(ahead, table.size_); ++id) places[id] = place_of(id);
  for (std::uint32_t id = 0; id < table.size_; ++id) {
    std::size_t slot = places[id % ahead];
    if (table.size_ - id > ahead) {
      places[id % ahead] = place_of(id + ahead);
      __builtin_prefetch(&slots[places[id % ahead]], 1);
    }
    const std::string_view key = table.key(EnterpriseId{id});
    for (; slots[slot] != free_slot; slot = (slot + 1) & (slots.size() - 1)) {
      if (table.key(EnterpriseId{slots[slot]}) == key) {
        throw Error(ErrorCode::duplicate,
                    {"键重复：" + shown_value(key) + "。", "a key stands twice: " + shown_value(key) + "."});
      }
    }
    slots[slot] = id;
  }
  return table;
}

KeyTable KeyTable::of(std::span<const std::string> keys) {
  const auto owned = std::make_shared<Owned>();
  owned->offsets.reserve(keys.size() + 1);
  owned->offsets.push_back(0);
  for (const std::string& key : keys) {
    owned->bytes += key;
    owned->offsets.push_back(owned->bytes.size());
  }
  return of(owned->offsets, owned->bytes, owned);
}

std::optional<EnterpriseId> KeyTable::find(std::string_view key) const noexcept {
  const std::size_t slots = parts_.slots.size();
  if (size_ == 0) return std::nullopt;
  std::size_t slot = first_slot(key_hash(key), slots);
  for (std::size_t step = 0; step < slots; ++step, slot = (slot + 1) & (slots - 1)) {
    const std::uint32_t id = parts_.slots[slot];
    if (id >= size_) return std::nullopt;
    if (this->key(EnterpriseId{id}) == key) return EnterpriseId{id};
  }
  return std::nullopt;
}

std::vector<std::string> KeyTable::nearest(std::string_view key, std::size_t most) const {
  Nearest nearest(key, most);
  for (std::uint32_t id = 0; id < size_; ++id) nearest.offer(this->key(EnterpriseId{id}));
  return std::move(nearest).take();
}

bool KeyTable::consistent() const noexcept {
  std::uint32_t used = 0;
  for (const std::uint32_t id : parts_.slots) {
    if (id != free_slot && id >= size_) return false;
    if (id != free_slot) ++used;
  }
  if (used != size_) return false;
  for (std::uint32_t id = 0; id < size_; ++id) {
    if (parts_.offsets[id] > parts_.offsets[id + 1] || parts_.offsets[id + 1] > parts_.bytes.size()) return false;
  }
  // As many slots are used as there are keys, and each key is found in one: so each id stands once.
  for (std::uint32_t id = 0; id < size_; ++id) {
    if (find(key(EnterpriseId{id})) != EnterpriseId{id}) return false;
  }
  return true;
}

}  // namespace v1
}  // namespace chainqual
