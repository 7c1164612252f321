#include <algorithm>
#include <cstring>
#include <span>
#include <string>
#include <utility>

#include "chainqual/io/file.hpp"
#include "chainqual/io/network_file.hpp"
#include "network_layout.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

std::uint64_t section_checksum(std::string_view bytes, const Control& control) {
  constexpr std::size_t piece = 1U << 20U;
  std::vector<std::uint64_t> hashes(chunk_count(bytes.size(), piece));
  if (hashes.size() == 1) hashes[0] = xxh64(bytes);  // not worth waking threads for
  if (hashes.size() > 1)
    for_chunks(control, bytes.size(), piece, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
      hashes[chunk] = xxh64(bytes.substr(begin, end - begin));
    });
  return xxh64(std::string_view(reinterpret_cast<const char*>(hashes.data()), hashes.size() * sizeof(std::uint64_t)));
}

}  // namespace detail

namespace {

using detail::SectionEntry;
using detail::SectionKind;

struct Section {
  SectionKind kind;
  std::uint32_t element_bytes;
  std::string_view bytes;
};

template <class T>
std::string_view bytes_of(std::span<const T> values) noexcept {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

class Sections {
 public:
  template <class T>
  void required(SectionKind kind, std::span<const T> values) {
    list_.push_back({kind, sizeof(T), bytes_of(values)});
  }
  template <class T>
  void optional(SectionKind kind, std::span<const T> values) {
    if (!values.empty()) required(kind, values);
  }
  [[nodiscard]] const std::vector<Section>& list() const noexcept { return list_; }

 private:
  std::vector<Section> list_;
};

/// Names one behind the other, each ended by NUL.
std::string joined_names(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) {
    if (name.find('\0') != std::string::npos) {
      throw Error(ErrorCode::invalid_value,
                  {"环节或行业的名称含 NUL 字节。", "a segment's or sector's name holds a NUL byte."});
    }
    joined += name;
    joined.push_back('\0');
  }
  return joined;
}

std::size_t aligned(std::size_t position) noexcept {
  return (position + detail::section_alignment - 1) / detail::section_alignment * detail::section_alignment;
}

/// Places the sections one behind the other. @return the file's length.
std::uint64_t place(std::vector<SectionEntry>& table) noexcept {
  std::uint64_t position = sizeof(detail::NetworkHeader) + table.size() * sizeof(SectionEntry);
  for (SectionEntry& entry : table) {
    entry.offset = aligned(position);
    position = entry.offset + entry.bytes;
  }
  return position;
}

std::uint64_t content_hash_of(const std::vector<SectionEntry>& table) noexcept {
  std::vector<std::uint64_t> words;
  for (const SectionEntry& entry : table) words.insert(words.end(), {entry.kind, entry.bytes, entry.checksum});
  return xxh64(bytes_of(std::span<const std::uint64_t>(words)));
}

void write_file(const std::filesystem::path& path, const detail::NetworkHeader& header,
                const std::vector<SectionEntry>& table, const std::vector<Section>& sections, const Control& control) {
  Progress progress(control, header.file_bytes, 0.5, 1.0);
  write_atomically(path, [&](OutputFile& file) {
    file.write_array(std::span<const detail::NetworkHeader>(&header, 1));
    file.write_array(std::span<const SectionEntry>(table));
    for (std::size_t s = 0; s < sections.size(); ++s) {
      file.write(std::string(static_cast<std::size_t>(table[s].offset - file.position()), '\0'));
      constexpr std::size_t piece = 1U << 26U;
      for (std::string_view rest = sections[s].bytes; !rest.empty();) {
        throw_if_cancelled(control);
        const std::string_view part = rest.substr(0, piece);
        file.write(part);
        progress.add(part.size());
        rest.remove_prefix(part.size());
      }
    }
  });
  progress.finish();
}

}  // namespace

std::uint64_t write_network(const std::filesystem::path& path, const StoredNetwork& stored, const Control& control) {
  const NetworkParts& parts = stored.network.parts();
  const KeyTableParts& keys = stored.keys.parts();
  if (!stored.keys.empty() && stored.keys.size() != parts.enterprises) {
    throw Error(ErrorCode::shape_mismatch, {"键表有 " + std::to_string(stored.keys.size()) + " 个键，企业有 " +
                                                std::to_string(parts.enterprises) + " 家。",
                                            "there are " + std::to_string(stored.keys.size()) + " keys for " +
                                                std::to_string(parts.enterprises) + " enterprises."});
  }
  const std::array<std::uint64_t, 4> summary{parts.summary.links_given, parts.summary.self_supply_dropped,
                                             parts.summary.parallel_merged, parts.summary.values_assumed};
  const std::string segments = joined_names(stored.segments);
  const std::string sectors = joined_names(stored.sectors);
  Sections sections;
  sections.required(SectionKind::out_offsets, parts.out_offsets);
  sections.required(SectionKind::out_targets, parts.out_targets);
  sections.required(SectionKind::out_values, parts.out_values);
  sections.required(SectionKind::in_offsets, parts.in_offsets);
  sections.required(SectionKind::in_sources, parts.in_sources);
  sections.required(SectionKind::in_values, parts.in_values);
  sections.optional(SectionKind::dependency, parts.dependency);
  sections.optional(SectionKind::escape, parts.escape);
  sections.optional(SectionKind::stage, parts.stage);
  sections.optional(SectionKind::segment, parts.segment);
  sections.optional(SectionKind::sector, parts.sector);
  sections.optional(SectionKind::weight, parts.weight);
  sections.required(SectionKind::summary, std::span<const std::uint64_t>(summary));
  if (!stored.keys.empty()) {
    sections.required(SectionKind::key_offsets, keys.offsets);
    sections.required(SectionKind::key_bytes, keys.bytes);
    sections.required(SectionKind::key_slots, keys.slots);
  }
  sections.optional(SectionKind::segment_names, std::span<const char>(segments));
  sections.optional(SectionKind::sector_names, std::span<const char>(sectors));

  std::uint64_t total = 0;
  for (const Section& section : sections.list()) total += section.bytes.size();
  Progress progress(control, total, 0.0, 0.5);
  std::vector<SectionEntry> table;
  for (const Section& section : sections.list()) {
    SectionEntry entry;
    entry.kind = static_cast<std::uint32_t>(section.kind);
    entry.element_bytes = section.element_bytes;
    entry.bytes = section.bytes.size();
    entry.checksum = detail::section_checksum(section.bytes, control);
    table.push_back(entry);
    progress.add(section.bytes.size());
  }
  detail::NetworkHeader header;
  std::copy(detail::network_magic.begin(), detail::network_magic.end(), header.magic.begin());
  header.file_bytes = place(table);
  header.enterprises = parts.enterprises;
  header.links = parts.out_targets.size();
  header.sections = static_cast<std::uint32_t>(table.size());
  header.content_hash = content_hash_of(table);
  header.checksum = detail::header_checksum(header, table);
  write_file(path, header, table, sections.list(), control);
  return header.content_hash;
}

}  // namespace v1
}  // namespace chainqual
