#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <string>
#include <utility>

#include "chainqual/io/file.hpp"
#include "chainqual/io/network_file.hpp"
#include "chainqual/io/text.hpp"
#include "network_check.hpp"
#include "network_layout.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

std::uint64_t header_checksum(const NetworkHeader& header, std::span<const SectionEntry> table) {
  std::string bytes(reinterpret_cast<const char*>(&header), offsetof(NetworkHeader, checksum));
  bytes.append(reinterpret_cast<const char*>(table.data()), table.size_bytes());
  return xxh64(bytes);
}

}  // namespace detail

namespace {

using detail::NetworkHeader;
using detail::SectionEntry;
using detail::SectionKind;

/// The file being opened; every complaint names it.
class Opening {
 public:
  Opening(const std::filesystem::path& path, FileBytes bytes)
      : name_(shown_value(path.string(), 4096)), bytes_(std::move(bytes)) {}

  [[noreturn]] void fail(ErrorCode code, const std::string& zh, const std::string& en) const {
    Findings findings;
    Finding finding;
    finding.code = code;
    finding.where.file = name_;
    finding.rule = {zh, en};
    finding.fix = {"请重新生成或重新传输该文件", "write the file again, or transfer it again"};
    findings.add(std::move(finding));
    throw error_from(std::move(findings));
  }

  void read_header() {
    const std::string_view all = bytes_.view();
    if (!all.starts_with(detail::network_magic)) refuse_kind(all);
    if (all.size() < sizeof header_) fail(ErrorCode::checksum_mismatch, "文件被截断", "the file was cut short");
    std::memcpy(&header_, all.data(), sizeof header_);
    if (header_.byte_order == detail::swapped_byte_order_mark) {
      fail(ErrorCode::version_mismatch, "文件由另一种字节序的机器写成", "the file is in the other byte order");
    }
    if (header_.byte_order == detail::byte_order_mark && header_.version > detail::format_version) {
      fail(ErrorCode::version_mismatch, "文件格式版本为 " + std::to_string(header_.version) + "，本程序只支持到 1",
           "the file has format version " + std::to_string(header_.version) + "; this program reads up to 1");
    }
    const std::size_t rest = all.size() - sizeof header_;
    if (header_.sections <= detail::most_sections && rest >= header_.sections * sizeof(SectionEntry)) {
      table_.resize(header_.sections);
      if (!table_.empty())
        std::memcpy(table_.data(), all.data() + sizeof header_, table_.size() * sizeof(SectionEntry));
    } else if (header_.sections <= detail::most_sections) {
      fail(ErrorCode::checksum_mismatch, "文件被截断", "the file was cut short");
    }
    if (detail::header_checksum(header_, table_) != header_.checksum) {
      fail(ErrorCode::checksum_mismatch, "文件头已损坏", "the header is damaged");
    }
    if (header_.version == 0 || header_.sections > detail::most_sections) {
      fail(ErrorCode::wrong_format, "文件头的内容不合规", "the header makes no sense");
    }
    if (header_.file_bytes != all.size()) {
      fail(ErrorCode::checksum_mismatch,
           "文件应有 " + std::to_string(header_.file_bytes) + " 字节，实有 " + std::to_string(all.size()) + " 字节",
           "the file should have " + std::to_string(header_.file_bytes) + " bytes and has " +
               std::to_string(all.size()));
    }
    if (header_.enterprises > Network::max_enterprises) {
      fail(ErrorCode::limit_exceeded, "企业超过 4294967294 家的上限", "there are more than 4294967294 enterprises");
    }
  }

  /// Sections lie in order behind the table, aligned, none over another, none out of the file, none twice.
  void check_table() const {
    std::uint64_t end = sizeof header_ + table_.size() * sizeof(SectionEntry);
    std::array<bool, detail::last_section_kind + 1> seen{};
    for (const SectionEntry& entry : table_) {
      const bool inside = entry.offset <= header_.file_bytes && entry.bytes <= header_.file_bytes - entry.offset;
      if (!inside || entry.offset < end || entry.offset % detail::section_alignment != 0) {
        fail(ErrorCode::wrong_format, "各段的位置重叠或超出文件", "sections overlap or lie outside the file");
      }
      end = entry.offset + entry.bytes;
      if (entry.kind == 0 || entry.kind > detail::last_section_kind) continue;  // of a later minor version
      if (std::exchange(seen[entry.kind], true)) {
        fail(ErrorCode::wrong_format, "有一段出现了两次", "a section stands twice");
      }
    }
    if (end != header_.file_bytes) {
      fail(ErrorCode::wrong_format, "最后一段之后还有内容", "something stands behind the last section");
    }
  }

  /// The elements of a section. @pre the table was checked. `count` 0 with `required` false: any length.
  template <class T>
  [[nodiscard]] std::span<const T> section(SectionKind kind, std::uint64_t count, bool required) const {
    const auto* entry = find(kind);
    const std::string name(detail::name_of(kind));
    if (entry == nullptr) {
      if (required) fail(ErrorCode::wrong_format, "缺少 " + name + " 段", "the section " + name + " is missing");
      return {};
    }
    const bool fits = entry->element_bytes == sizeof(T) && entry->bytes % sizeof(T) == 0 &&
                      (count == any || entry->bytes / sizeof(T) == count);
    if (!fits) fail(ErrorCode::wrong_format, name + " 段的长度不对", "the section " + name + " has a wrong length");
    return {reinterpret_cast<const T*>(bytes_.view().data() + entry->offset),
            static_cast<std::size_t>(entry->bytes / sizeof(T))};
  }

  void verify(const Control& control) const {
    Progress progress(control, header_.file_bytes, 0.0, 0.6);
    std::uint64_t end = sizeof header_ + table_.size() * sizeof(SectionEntry);
    for (const SectionEntry& entry : table_) {
      throw_if_cancelled(control);
      const auto gap =
          bytes_.view().substr(static_cast<std::size_t>(end), static_cast<std::size_t>(entry.offset - end));
      if (gap.find_first_not_of('\0') != std::string_view::npos) {
        fail(ErrorCode::checksum_mismatch, "各段之间的空隙已损坏", "a gap between sections is damaged");
      }
      end = entry.offset + entry.bytes;
      const auto bytes =
          bytes_.view().substr(static_cast<std::size_t>(entry.offset), static_cast<std::size_t>(entry.bytes));
      if (detail::section_checksum(bytes, control) != entry.checksum) {
        const std::string name(detail::name_of(static_cast<SectionKind>(entry.kind)));
        fail(ErrorCode::checksum_mismatch, name + " 段已损坏", "the section " + name + " is damaged");
      }
      progress.add(entry.bytes);
    }
  }

  [[nodiscard]] const NetworkHeader& header() const noexcept { return header_; }
  [[nodiscard]] const std::shared_ptr<const void>& owner() const noexcept { return bytes_.owner(); }

  static constexpr std::uint64_t any = UINT64_MAX;

 private:
  [[nodiscard]] const SectionEntry* find(SectionKind kind) const noexcept {
    const auto at = std::find_if(table_.begin(), table_.end(), [kind](const SectionEntry& entry) {
      return entry.kind == static_cast<std::uint32_t>(kind);
    });
    return at == table_.end() ? nullptr : &*at;
  }

  [[noreturn]] void refuse_kind(std::string_view all) const {
    if (!all.empty() && detail::network_magic.starts_with(all)) {
      fail(ErrorCode::checksum_mismatch, "文件被截断", "the file was cut short");
    }
    if (all.starts_with("\x89"
                        "CQN") ||
        all.starts_with("\x09"
                        "CQN")) {
      fail(ErrorCode::checksum_mismatch, "文件在传输中被当作文本改动了", "the file was changed as if it were text");
    }
    const FileKind kind = file_kind(all);
    fail(ErrorCode::wrong_format, "这不是 .cqn 文件，而是" + std::string(label_of(kind, Language::zh)),
         "this is not a .cqn file but " + std::string(label_of(kind, Language::en)));
  }

  std::string name_;
  FileBytes bytes_;
  NetworkHeader header_;
  std::vector<SectionEntry> table_;
};

std::vector<std::string> split_names(std::span<const char> joined, const Opening& opening) {
  std::vector<std::string> names;
  std::string_view rest(joined.data(), joined.size());
  while (!rest.empty()) {
    const auto end = rest.find('\0');
    if (end == std::string_view::npos) {
      opening.fail(ErrorCode::wrong_format, "名称段没有正常结束", "a section of names does not end as it should");
    }
    names.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  return names;
}

NetworkParts parts_of(const Opening& opening) {
  const std::uint64_t n = opening.header().enterprises;
  const std::uint64_t m = opening.header().links;
  NetworkParts parts;
  parts.enterprises = static_cast<std::uint32_t>(n);
  parts.out_offsets = opening.section<std::uint64_t>(SectionKind::out_offsets, n + 1, true);
  parts.out_targets = opening.section<std::uint32_t>(SectionKind::out_targets, m, true);
  parts.out_values = opening.section<float>(SectionKind::out_values, m, true);
  parts.in_offsets = opening.section<std::uint64_t>(SectionKind::in_offsets, n + 1, true);
  parts.in_sources = opening.section<std::uint32_t>(SectionKind::in_sources, m, true);
  parts.in_values = opening.section<float>(SectionKind::in_values, m, true);
  parts.dependency = opening.section<float>(SectionKind::dependency, m, false);
  parts.escape = opening.section<float>(SectionKind::escape, m, false);
  parts.stage = opening.section<std::uint8_t>(SectionKind::stage, n, false);
  parts.segment = opening.section<std::uint32_t>(SectionKind::segment, n, false);
  parts.sector = opening.section<std::uint32_t>(SectionKind::sector, n, false);
  parts.weight = opening.section<double>(SectionKind::weight, n, false);
  const auto summary = opening.section<std::uint64_t>(SectionKind::summary, 4, true);
  parts.summary = {summary[0], summary[1], summary[2], summary[3]};
  if (parts.out_offsets.front() != 0 || parts.out_offsets.back() != m || parts.in_offsets.front() != 0 ||
      parts.in_offsets.back() != m) {
    opening.fail(ErrorCode::out_of_range, "行的起止位置与供应关系数不符",
                 "the rows do not start at 0 and end at the number of links");
  }
  parts.owner = opening.owner();
  return parts;
}

KeyTable keys_of(const Opening& opening) {
  KeyTableParts keys;
  keys.offsets = opening.section<std::uint64_t>(SectionKind::key_offsets, opening.header().enterprises + 1, false);
  keys.bytes = opening.section<char>(SectionKind::key_bytes, Opening::any, !keys.offsets.empty());
  keys.slots = opening.section<std::uint32_t>(SectionKind::key_slots, Opening::any, !keys.offsets.empty());
  keys.owner = opening.owner();
  if (keys.offsets.empty()) return KeyTable();
  try {
    return KeyTable::from_parts(std::move(keys));
  } catch (const Error& error) {
    opening.fail(ErrorCode::wrong_format, error.message().zh, error.message().en);
  }
}

}  // namespace

StoredNetwork open_network(const std::filesystem::path& path, Verify verify, const Control& control) {
  Opening opening(path, FileBytes::open(path));
  opening.read_header();
  opening.check_table();
  NetworkParts parts = parts_of(opening);
  StoredNetwork stored;
  stored.keys = keys_of(opening);
  stored.content_hash = opening.header().content_hash;
  if (verify != Verify::header) opening.verify(control);
  stored.network = verify == Verify::full ? detail::checked_network(std::move(parts), control)
                                          : Network::from_parts(std::move(parts), PartsCheck::shape);
  if (verify == Verify::full && !stored.keys.consistent()) {
    opening.fail(ErrorCode::out_of_range, "键表的内容不合规", "the key table makes no sense");
  }
  stored.segments = split_names(opening.section<char>(SectionKind::segment_names, Opening::any, false), opening);
  stored.sectors = split_names(opening.section<char>(SectionKind::sector_names, Opening::any, false), opening);
  return stored;
}

}  // namespace v1
}  // namespace chainqual
