#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace chainqual {
inline namespace v1 {
namespace detail {

/// A key in three words, so that most are compared, hashed and stored without another cache line.
///
/// Up to 23 bytes: the bytes, zeros, and in the last byte the length. Longer ones: address, length, and 56 bits of
/// their hash below the mark 0xFF; the bytes they point to must outlive them.
struct PackedKey {
  static constexpr std::size_t longest_inside = 23;
  std::array<std::uint64_t, 3> words{};

  [[nodiscard]] bool is_outside() const noexcept { return words[2] >> 56U == 0xFFU; }
  [[nodiscard]] std::size_t size() const noexcept {
    return is_outside() ? static_cast<std::size_t>(words[1]) : static_cast<std::size_t>(words[2] >> 56U);
  }
  [[nodiscard]] const char* data() const noexcept {
    return is_outside() ? std::bit_cast<const char*>(words[0]) : reinterpret_cast<const char*>(words.data());
  }
  [[nodiscard]] std::string_view view() const noexcept { return {data(), size()}; }
};

static_assert(std::endian::native == std::endian::little,
              "keys are packed in little-endian words; a big-endian build would have to swap them");
static_assert(sizeof(const char*) == sizeof(std::uint64_t));

/// Both halves of a 128-bit product in one word.
inline std::uint64_t fold(std::uint64_t a, std::uint64_t b) noexcept {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

// Odd words with as many ones as zeros, from the digits of √2, √3 and √5 (their fractions times 2^64).
inline constexpr std::uint64_t fold_a = 0x6A09E667F3BCC909U;
inline constexpr std::uint64_t fold_b = 0xBB67AE8584CAA73BU;
inline constexpr std::uint64_t fold_c = 0x3C6EF372FE94F82BU;

inline std::uint64_t hash_words(std::uint64_t a, std::uint64_t b, std::uint64_t c) noexcept {
  return fold(fold(a ^ fold_a, b ^ fold_b) ^ c, fold_c);
}

inline std::uint64_t hash_long(std::string_view key) noexcept {
  std::uint64_t hash = key.size();
  for (; !key.empty(); key.remove_prefix(key.size() < 8 ? key.size() : 8)) {
    std::uint64_t word = 0;
    std::memcpy(&word, key.data(), key.size() < 8 ? key.size() : 8);
    hash = fold(hash ^ fold_a, word ^ fold_b);
  }
  return hash;
}

inline std::uint64_t hash_of(const PackedKey& key) noexcept {
  if (!key.is_outside()) return hash_words(key.words[0], key.words[1], key.words[2]);
  return hash_words(key.words[2], key.words[1], 0);
}

inline constexpr std::array<unsigned char, 48> ones_then_zeros = [] {
  std::array<unsigned char, 48> bytes{};
  for (std::size_t i = 0; i < 24; ++i) bytes[i] = 0xFF;
  return bytes;
}();

/// @param readable_end  the bytes before it may be read, those of the key or not.
inline PackedKey pack(std::string_view key, const char* readable_end) noexcept {
  PackedKey packed;
  const std::size_t size = key.size();
  if (size > PackedKey::longest_inside) {
    packed.words = {std::bit_cast<std::uint64_t>(key.data()), size, 0xFFU};
    packed.words[2] = packed.words[2] << 56U | hash_long(key) >> 8U;
    return packed;
  }
  if (readable_end - key.data() >= 24) {
    std::memcpy(packed.words.data(), key.data(), 24);
    // Bytes behind the key become zeros: as many bytes of ones as it is long, then zeros.
    std::array<std::uint64_t, 3> kept;
    std::memcpy(kept.data(), ones_then_zeros.data() + 24 - size, 24);
    for (std::size_t w = 0; w < 3; ++w) packed.words[w] &= kept[w];
  } else if (size != 0) {
    std::memcpy(packed.words.data(), key.data(), size);
  }
  packed.words[2] |= static_cast<std::uint64_t>(size) << 56U;
  return packed;
}

inline bool same_key(const PackedKey& a, const PackedKey& b) noexcept {
  // Without a branch or a call for each word, which comparing the arrays would make.
  const std::uint64_t differing = (a.words[0] ^ b.words[0]) | (a.words[1] ^ b.words[1]) | (a.words[2] ^ b.words[2]);
  if (differing == 0) return true;
  return a.is_outside() && a.words[1] == b.words[1] && a.words[2] == b.words[2] &&
         std::memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
