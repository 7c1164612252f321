#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "chainqual/io/network_file.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

constexpr std::uint64_t prime1 = 0x9E3779B185EBCA87U;
constexpr std::uint64_t prime2 = 0xC2B2AE3D27D4EB4FU;
constexpr std::uint64_t prime3 = 0x165667B19E3779F9U;
constexpr std::uint64_t prime4 = 0x85EBCA77C2B2AE63U;
constexpr std::uint64_t prime5 = 0x27D4EB2F165667C5U;

template <class Word>
std::uint64_t load(const char* p) noexcept {
  static_assert(std::endian::native == std::endian::little);
  Word word = 0;
  std::memcpy(&word, p, sizeof word);
  return word;
}

std::uint64_t mixed(std::uint64_t lane, std::uint64_t word) noexcept {
  return std::rotl(lane + word * prime2, 31) * prime1;
}

std::uint64_t merged(std::uint64_t hash, std::uint64_t lane) noexcept {
  return (hash ^ mixed(0, lane)) * prime1 + prime4;
}

}  // namespace

std::uint64_t xxh64(std::string_view bytes, std::uint64_t seed) noexcept {
  const char* p = bytes.data();
  const char* const end = p + bytes.size();
  std::uint64_t hash = seed + prime5;
  if (bytes.size() >= 32) {
    std::uint64_t a = seed + prime1 + prime2;
    std::uint64_t b = seed + prime2;
    std::uint64_t c = seed;
    std::uint64_t d = seed - prime1;
    for (; end - p >= 32; p += 32) {
      a = mixed(a, load<std::uint64_t>(p));
      b = mixed(b, load<std::uint64_t>(p + 8));
      c = mixed(c, load<std::uint64_t>(p + 16));
      d = mixed(d, load<std::uint64_t>(p + 24));
    }
    hash = std::rotl(a, 1) + std::rotl(b, 7) + std::rotl(c, 12) + std::rotl(d, 18);
    hash = merged(merged(merged(merged(hash, a), b), c), d);
  }
  hash += bytes.size();
  for (; end - p >= 8; p += 8) hash = std::rotl(hash ^ mixed(0, load<std::uint64_t>(p)), 27) * prime1 + prime4;
  if (end - p >= 4) {
    hash = std::rotl(hash ^ load<std::uint32_t>(p) * prime1, 23) * prime2 + prime3;
    p += 4;
  }
  for (; p != end; ++p) hash = std::rotl(hash ^ static_cast<unsigned char>(*p) * prime5, 11) * prime1;
  hash = (hash ^ hash >> 33U) * prime2;
  hash = (hash ^ hash >> 29U) * prime3;
  return hash ^ hash >> 32U;
}

}  // namespace v1
}  // namespace chainqual
