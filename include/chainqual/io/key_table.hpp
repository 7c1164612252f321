#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/core/ids.hpp"

namespace chainqual {
inline namespace v1 {

/// The arrays of a key table, wherever they lie; `owner` keeps their memory alive.
struct KeyTableParts {
  std::span<const std::uint64_t> offsets;  ///< [n+1] into `bytes`
  std::span<const char> bytes;             ///< the keys, UTF-8, one behind the other
  std::span<const std::uint32_t> slots;    ///< [2^k, more than n] ids by hash, linear probing; 2^32 − 1: free
  std::shared_ptr<const void> owner;
};

/// The enterprises' keys by id, and ids by key. Immutable; copies share the arrays.
class KeyTable {
 public:
  KeyTable() = default;

  /// Over arrays that exist already (a mapped file).
  ///
  /// @param parts  arrays of fitting lengths.
  /// @throws Error{shape_mismatch}  lengths that cannot belong together.
  /// @complexity  O(1).
  /// @numerics    none.
  /// @threads     Reads only.
  /// @source      Definition, no paper.
  /// @since 0.1, experimental.
  [[nodiscard]] static KeyTable from_parts(KeyTableParts parts);

  /// Of distinct keys in order of their ids. @throws Error{duplicate} a key twice. @complexity O(bytes).
  [[nodiscard]] static KeyTable of(std::span<const std::string> keys);
  /// As `of`, for keys that lie behind each other already; `owner` keeps both arrays alive.
  [[nodiscard]] static KeyTable of(std::span<const std::uint64_t> offsets, std::span<const char> bytes,
                                   std::shared_ptr<const void> owner);

  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  /// The key of an enterprise. @pre id < size().
  [[nodiscard]] std::string_view key(EnterpriseId id) const noexcept {
    const std::uint64_t begin = parts_.offsets[id.index()];
    const std::uint64_t end = parts_.offsets[id.index() + 1];
    if (begin > end || end > parts_.bytes.size()) return {};  // a damaged file that was opened without verifying
    return {parts_.bytes.data() + begin, static_cast<std::size_t>(end - begin)};
  }
  /// The enterprise of a key. @complexity O(1) expected.
  [[nodiscard]] std::optional<EnterpriseId> find(std::string_view key) const noexcept;

  /// Known keys that look most like an unknown one, nearest first. @complexity O(size()), so for messages only.
  [[nodiscard]] std::vector<std::string> nearest(std::string_view key, std::size_t most = 3) const;

  [[nodiscard]] const KeyTableParts& parts() const noexcept { return parts_; }

  /// Whether every array says what it must: offsets ascend, slots name each id once where `find` looks for it.
  /// @complexity O(bytes).
  [[nodiscard]] bool consistent() const noexcept;

 private:
  KeyTableParts parts_;
  std::uint32_t size_ = 0;
};

/// The hash of keys, the same on every machine (slots of a file are found by it): 64 bits out of multiplications to 128
/// bits whose halves are folded together. The slot is told by the highest bits.
[[nodiscard]] std::uint64_t key_hash(std::string_view key) noexcept;

}  // namespace v1
}  // namespace chainqual
