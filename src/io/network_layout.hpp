#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "chainqual/core/executor.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

// The bytes of a `.cqn` file; network_file.hpp describes them.

inline constexpr std::string_view network_magic{
    "\x89"
    "CQN\r\n\x1A\n",
    8};
inline constexpr std::uint32_t byte_order_mark = 0x01020304U;
inline constexpr std::uint32_t swapped_byte_order_mark = 0x04030201U;
inline constexpr std::uint16_t format_version = 1;
inline constexpr std::size_t section_alignment = 64;
inline constexpr std::uint32_t most_sections = 64;

enum class SectionKind : std::uint32_t {
  out_offsets = 1,
  out_targets,
  out_values,
  in_offsets,
  in_sources,
  in_values,
  dependency,
  escape,
  stage,
  segment,
  sector,
  weight,
  summary,
  key_offsets,
  key_bytes,
  key_slots,
  segment_names,
  sector_names
};
inline constexpr std::uint32_t last_section_kind = static_cast<std::uint32_t>(SectionKind::sector_names);

constexpr std::string_view name_of(SectionKind kind) noexcept {
  constexpr std::array<std::string_view, last_section_kind + 1> names{
      "?",           "out_offsets", "out_targets", "out_values",    "in_offsets",  "in_sources", "in_values",
      "dependency",  "escape",      "stage",       "segment",       "sector",      "weight",     "summary",
      "key_offsets", "key_bytes",   "key_slots",   "segment_names", "sector_names"};
  const auto index = static_cast<std::uint32_t>(kind);
  return names[index <= last_section_kind ? index : 0];
}

struct NetworkHeader {
  std::array<char, 8> magic{};
  std::uint32_t byte_order = byte_order_mark;
  std::uint16_t version = format_version;
  std::uint16_t minor_version = 0;
  std::uint64_t file_bytes = 0;
  std::uint64_t enterprises = 0;
  std::uint64_t links = 0;
  std::uint32_t sections = 0;
  std::uint32_t unused = 0;
  std::uint64_t content_hash = 0;
  std::uint64_t checksum = 0;
};
static_assert(sizeof(NetworkHeader) == 64 && offsetof(NetworkHeader, checksum) == 56);

struct SectionEntry {
  std::uint32_t kind = 0;
  std::uint32_t element_bytes = 0;
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::uint64_t checksum = 0;
  std::uint64_t unused = 0;
};
static_assert(sizeof(SectionEntry) == 40);

/// XXH64 over the XXH64s of the 1 MiB pieces, worked out side by side.
std::uint64_t section_checksum(std::string_view bytes, const Control& control);

/// XXH64 over the header without its checksum, and the section table.
std::uint64_t header_checksum(const NetworkHeader& header, std::span<const SectionEntry> table);

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
