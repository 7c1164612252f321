#include "chainqual/io/text.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <utility>

#include "gb18030_table.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using Byte = unsigned char;

bool is_continuation(Byte b) noexcept {
  return (b & 0xC0U) == 0x80U;
}

/// Length of the well-formed UTF-8 sequence at `p`, 0 when there is none. The second byte carries all special cases
/// (Unicode 15, table 3-7).
std::size_t sequence_length(const Byte* p, std::size_t left) noexcept {
  const Byte lead = p[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (lead < 0xE0) return left >= 2 && is_continuation(p[1]) ? 2 : 0;
  if (lead < 0xF0) {
    if (left < 3 || !is_continuation(p[1]) || !is_continuation(p[2])) return 0;
    if (lead == 0xE0 && p[1] < 0xA0) return 0;  // overlong
    if (lead == 0xED && p[1] > 0x9F) return 0;  // surrogate
    return 3;
  }
  if (left < 4 || !is_continuation(p[1]) || !is_continuation(p[2]) || !is_continuation(p[3])) return 0;
  if (lead == 0xF0 && p[1] < 0x90) return 0;  // overlong
  if (lead == 0xF4 && p[1] > 0x8F) return 0;  // above U+10FFFF
  return 4;
}

/// Bytes from `p` on that are ASCII, in steps of 16; stops early.
std::size_t ascii_run(const Byte* p, std::size_t left) noexcept {
  constexpr std::uint64_t high = 0x8080808080808080U;
  std::size_t i = 0;
  for (; i + 32 <= left; i += 32) {
    std::array<std::uint64_t, 4> words;
    std::memcpy(words.data(), p + i, 32);
    if (((words[0] | words[1] | words[2] | words[3]) & high) != 0) break;
  }
  return i;
}

/// How the bytes look when read as UTF-8 that may be damaged.
struct Utf8Evidence {
  std::size_t two = 0;   ///< well-formed two-byte sequences
  std::size_t more = 0;  ///< well-formed three- and four-byte sequences
  std::size_t ill = 0;   ///< bytes that belong to none
};

Utf8Evidence weigh_utf8(std::string_view bytes) noexcept {
  Utf8Evidence evidence;
  const auto* p = reinterpret_cast<const Byte*>(bytes.data());
  for (std::size_t i = 0; i < bytes.size();) {
    i += ascii_run(p + i, bytes.size() - i);
    if (i == bytes.size()) break;
    const std::size_t length = sequence_length(p + i, bytes.size() - i);
    if (length == 0) ++evidence.ill;
    if (length == 2) ++evidence.two;
    if (length > 2) ++evidence.more;
    i += std::max<std::size_t>(length, 1);
  }
  return evidence;
}

/// Two-byte GB codes inside and outside the GB 2312 square. @pre `bytes` are strict GB18030.
std::pair<std::size_t, std::size_t> weigh_gb2312(std::string_view bytes) noexcept {
  std::size_t inside = 0;
  std::size_t outside = 0;
  const auto* p = reinterpret_cast<const Byte*>(bytes.data());
  for (std::size_t i = 0; i < bytes.size();) {
    if (p[i] < 0x80) {
      ++i;
    } else if (p[i + 1] < 0x40) {
      i += 4;
    } else {
      ++(p[i] >= 0xA1 && p[i + 1] >= 0xA1 ? inside : outside);
      i += 2;
    }
  }
  return {inside, outside};
}

bool looks_like_damaged_utf8(std::string_view bytes) noexcept {
  const Utf8Evidence evidence = weigh_utf8(bytes);
  return 4 * evidence.more + evidence.two >= 2 * evidence.ill;
}

Text sentence(std::string zh, std::string en) {
  return {std::move(zh), std::move(en)};
}

std::string shown_byte(char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto value = static_cast<Byte>(byte);
  return {'0', 'x', digits[value >> 4U], digits[value & 15U]};
}

Finding about_byte(const std::string& name, std::string_view bytes, std::size_t position, Text rule, Text fix) {
  Finding finding;
  finding.code = ErrorCode::bad_encoding;
  finding.where.file = name;
  finding.where.byte = position + 1;
  const auto before = bytes.substr(0, position);
  std::uint64_t line = 1;  // LF, CR or CRLF
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == '\n' || (before[i] == '\r' && !(i + 1 < bytes.size() && bytes[i + 1] == '\n'))) ++line;
  }
  finding.where.line = line;
  finding.value = position < bytes.size() ? shown_byte(bytes[position]) : std::string();
  finding.rule = std::move(rule);
  finding.fix = std::move(fix);
  return finding;
}

Text save_as_utf8() {
  return sentence("请用 UTF-8 编码重新保存该文件", "save the file again as UTF-8");
}

void report_kind(FileKind kind, const std::string& name, Findings& findings) {
  Finding finding;
  finding.where.file = name;
  const bool wide = kind == FileKind::utf16le || kind == FileKind::utf16be || kind == FileKind::utf32;
  finding.code = wide ? ErrorCode::bad_encoding : ErrorCode::wrong_format;
  const std::string zh(label_of(kind, Language::zh));
  const std::string en(label_of(kind, Language::en));
  finding.rule = sentence("这里应为文本文件，而该文件是" + zh, "a text file belongs here, but this is " + en);
  if (wide) {
    finding.fix = save_as_utf8();
  } else if (kind == FileKind::xlsx || kind == FileKind::ole || kind == FileKind::html) {
    finding.fix =
        sentence("请用表格软件打开，另存为“CSV UTF-8”", "open it in a spreadsheet and save it as \"CSV UTF-8\"");
  } else {
    finding.fix = sentence("请给出文本文件", "give the text file itself");
  }
  findings.add(std::move(finding));
}

bool starts(std::string_view bytes, std::string_view magic) noexcept {
  return bytes.starts_with(magic);
}

/// UTF-16 without a mark: NUL bytes lie on one side of the pairs only, and often (commas, digits and line ends).
FileKind kind_by_nuls(std::string_view head) noexcept {
  std::array<std::size_t, 2> nuls{};
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '\0') ++nuls[i % 2];
  }
  const std::size_t total = nuls[0] + nuls[1];
  if (total < 2 || total * 50 < head.size()) return FileKind::text;
  if (nuls[0] == 0) return FileKind::utf16le;
  if (nuls[1] == 0) return FileKind::utf16be;
  return FileKind::text;
}

bool starts_with_word(std::string_view text, std::string_view word) noexcept {
  if (text.size() < word.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin(),
                    [](char w, char t) { return w == (t >= 'A' && t <= 'Z' ? static_cast<char>(t - 'A' + 'a') : t); });
}

FileKind kind_of_markup(std::string_view text) noexcept {
  if (starts(text, "\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (starts_with_word(text, "<!doctype html") || starts_with_word(text, "<html")) return FileKind::html;
  return starts(text, "<?xml") ? FileKind::xml : FileKind::text;
}

}  // namespace

FileKind file_kind(std::string_view bytes) noexcept {
  using namespace std::string_view_literals;
  struct Signature {
    std::string_view magic;
    FileKind kind;
  };
  static constexpr std::array<Signature, 22> signatures{{
      {"\xFF\xFE\0\0"sv, FileKind::utf32},
      {"\0\0\xFE\xFF"sv, FileKind::utf32},
      {"\xFF\xFE"sv, FileKind::utf16le},
      {"\xFE\xFF"sv, FileKind::utf16be},
      {"PK\x05\x06"sv, FileKind::zip},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, FileKind::ole},
      {"%PDF-"sv, FileKind::pdf},
      {"\x1F\x8B"sv, FileKind::gzip},
      {"\xFD"
       "7zXZ\0"sv,
       FileKind::xz},
      {"\x28\xB5\x2F\xFD"sv, FileKind::zstd},
      {"BZh91AY&SY"sv, FileKind::bzip2},
      {"7z\xBC\xAF\x27\x1C"sv, FileKind::seven_zip},
      {"Rar!\x1A\x07"sv, FileKind::rar},
      {"\x89PNG\r\n\x1A\n"sv, FileKind::image},
      {"\xFF\xD8\xFF"sv, FileKind::image},
      {"GIF89a"sv, FileKind::image},
      {"II*\0"sv, FileKind::image},
      {"MM\0*"sv, FileKind::image},
      {"SQLite format 3\0"sv, FileKind::sqlite},
      {"PAR1"sv, FileKind::parquet},
      {"ARROW1\0"sv, FileKind::arrow},
      {"\x89"
       "CQN\r\n\x1A\n"sv,
       FileKind::cqn},
  }};
  const std::string_view head = bytes.substr(0, 4096);
  if (starts(head, "PK\x03\x04")) {
    return head.find("[Content_Types].xml") != std::string_view::npos || head.find("xl/") != std::string_view::npos
               ? FileKind::xlsx
               : FileKind::zip;
  }
  for (const auto& signature : signatures) {
    if (starts(head, signature.magic)) return signature.kind;
  }
  const FileKind markup = kind_of_markup(head);
  return markup != FileKind::text ? markup : kind_by_nuls(head);
}

std::optional<std::size_t> first_invalid_utf8(std::string_view bytes) noexcept {
  const auto* p = reinterpret_cast<const Byte*>(bytes.data());
  const std::size_t size = bytes.size();
  std::size_t i = 0;
  while (i < size) {
    if (p[i] < 0x80) {
      i += ascii_run(p + i, size - i);
      while (i < size && p[i] < 0x80) ++i;
      continue;
    }
    // Chinese comes in runs of three-byte sequences; leads E1 … EC, EE and EF have no special second byte.
    while (i + 3 <= size && p[i] - 0xE1U <= 0xEFU - 0xE1U && p[i] != 0xED && is_continuation(p[i + 1]) &&
           is_continuation(p[i + 2])) {
      i += 3;
    }
    if (i == size) break;
    const std::size_t length = sequence_length(p + i, size - i);
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

std::uint64_t TextFile::original_offset(std::size_t position) const noexcept {
  if (encoding_ == Encoding::utf8) return position + (had_mark_ ? 3U : 0U);
  auto mark = std::upper_bound(marks_.begin(), marks_.end(), position,
                               [](std::uint64_t at, const auto& entry) { return at < entry.first; });
  if (mark == marks_.begin()) return position;
  --mark;
  // From the mark on, characters are counted on both sides: every code but four-byte ones is two bytes or ASCII.
  const auto* original = reinterpret_cast<const Byte*>(bytes_.view().data());
  const auto* text = reinterpret_cast<const Byte*>(text_.data());
  std::uint64_t to = mark->second;
  for (std::uint64_t at = mark->first; at < position;) {
    at += std::max<std::size_t>(sequence_length(text + at, text_.size() - at), 1);
    to += original[to] < 0x80 ? 1U : original[to + 1] < 0x40 ? 4U : 2U;
  }
  return to;
}

std::string_view TextFile::original(std::string_view part) const noexcept {
  const auto begin = static_cast<std::size_t>(part.data() - text_.data());
  const std::uint64_t from = original_offset(begin);
  return bytes_.view().substr(from, original_offset(begin + part.size()) - from);
}

namespace {

/// Whether a text is UTF-8 without NUL. Any number of threads look at parts of it.
bool is_clean_utf8(std::string_view text, const Control& control) {
  constexpr std::size_t piece = 1U << 18U;
  std::atomic<bool> clean{true};
  // A piece ends before a character: where three continuation bytes follow, there is none and the piece is not clean.
  const auto moved = [&](std::size_t at) {
    for (int k = 0; k < 3 && at < text.size() && is_continuation(static_cast<Byte>(text[at])); ++k) ++at;
    return at;
  };
  for_chunks(control, text.size(), piece, [&](std::size_t begin, std::size_t end, std::size_t) {
    const std::size_t from = begin == 0 ? 0 : moved(begin);
    const std::size_t to = std::max(from, moved(end));
    Byte high = 0;
    Byte nul = 0;
    for (std::size_t i = from; i < to; ++i) {
      const auto byte = static_cast<Byte>(text[i]);
      high = static_cast<Byte>(high | byte);
      nul = static_cast<Byte>(nul | (byte == 0 ? 1 : 0));
    }
    if (nul != 0 || (high >= 0x80 && first_invalid_utf8(text.substr(from, to - from)))) {
      clean.store(false, std::memory_order_relaxed);
    }
  });
  return clean.load(std::memory_order_relaxed);
}

}  // namespace

TextFile decode_text(FileBytes bytes, std::string name, std::optional<Encoding> encoding, Findings& findings,
                     const Control& control) {
  TextFile file;
  file.name_ = std::move(name);
  file.bytes_ = std::move(bytes);
  const std::string_view raw = file.bytes_.view();
  if (const FileKind kind = file_kind(raw); kind != FileKind::text) {
    report_kind(kind, file.name_, findings);
    return file;
  }
  file.had_mark_ = starts(raw, "\xEF\xBB\xBF");
  const std::string_view text = raw.substr(file.had_mark_ ? 3 : 0);
  if (encoding != Encoding::gb18030 && is_clean_utf8(text, control)) {
    file.text_ = text;
    file.readable_ = true;
    return file;
  }
  if (const auto nul = raw.find('\0'); nul != std::string_view::npos) {
    findings.add(about_byte(file.name_, raw, nul, sentence("文本中有 NUL 字节", "a NUL byte stands in the text"),
                            sentence("请删除该字节，或重新导出文件", "remove the byte or export the file again")));
    return file;
  }
  const auto bad = encoding == Encoding::gb18030 ? std::optional<std::size_t>(0) : first_invalid_utf8(text);
  if (!bad) {
    file.text_ = text;
    file.readable_ = true;
    return file;
  }
  const std::size_t bad_at = *bad + (file.had_mark_ ? 3 : 0);
  if (encoding == Encoding::utf8 || (file.had_mark_ && encoding != Encoding::gb18030)) {
    findings.add(about_byte(file.name_, raw, bad_at,
                            sentence("该字节不属于 UTF-8 文本", "the byte does not belong to UTF-8 text"),
                            save_as_utf8()));
    return file;
  }
  if (!encoding && looks_like_damaged_utf8(text)) {
    findings.add(
        about_byte(file.name_, raw, bad_at,
                   sentence("文件基本是 UTF-8，但该字节不是；不会当作 GB18030 猜读",
                            "the file is UTF-8 but for this byte; it is not taken for GB18030"),
                   sentence("请改正该处文字并保存为 UTF-8；若确为 GB18030，请指明编码",
                            "mend the text there and save it as UTF-8; if it is GB18030, state the encoding")));
    return file;
  }
  constexpr std::size_t piece = 1U << 16U;
  std::string decoded;
  decoded.reserve(raw.size() + raw.size() / 4);
  std::size_t position = 0;
  while (position < raw.size()) {
    file.marks_.emplace_back(decoded.size(), position);
    if (detail::decode_gb18030_piece(raw, position, std::min(position + piece, raw.size()), decoded)) continue;
    file.marks_.clear();
    findings.add(about_byte(file.name_, raw, position,
                            encoding ? sentence("该字节不属于 GB18030 文本", "the byte does not belong to GB18030 text")
                                     : sentence("文件既不是 UTF-8（第 " + std::to_string(bad_at + 1) +
                                                    " 字节不符），也不是 GB18030（该字节不符）",
                                                "the file is neither UTF-8 (byte " + std::to_string(bad_at + 1) +
                                                    " is not) nor GB18030 (this byte is not)"),
                            save_as_utf8()));
    return file;
  }
  if (const auto [inside, outside] = weigh_gb2312(raw); !encoding && inside < outside) {
    file.marks_.clear();
    findings.add(about_byte(file.name_, raw, bad_at,
                            sentence("该字节不是 UTF-8，而全文也不像 GB18030 的中文",
                                     "the byte is not UTF-8, and the text does not look like Chinese in GB18030"),
                            sentence("请保存为 UTF-8；若确为 GB18030，请指明编码",
                                     "save the file as UTF-8; if it is GB18030, state the encoding")));
    return file;
  }
  file.decoded_ = FileBytes::of(std::move(decoded));
  file.text_ = file.decoded_.view();
  file.encoding_ = Encoding::gb18030;
  file.readable_ = true;
  Finding info;
  info.level = FindingLevel::info;
  info.code = ErrorCode::bad_encoding;
  info.where.file = file.name_;
  info.rule = sentence("文件编码为 GB18030，已按此读取", "the file is in GB18030 and was read as such");
  findings.add(std::move(info));
  return file;
}

TextFile decode_text(FileBytes bytes, std::string name, std::optional<Encoding> encoding, Findings& findings) {
  return decode_text(std::move(bytes), std::move(name), encoding, findings, Control{&inline_executor(), nullptr, {}});
}

TextFile read_text(const std::filesystem::path& path, Findings& findings, std::optional<Encoding> encoding,
                   std::uint64_t limit) {
  return decode_text(FileBytes::open(path, limit), path.string(), encoding, findings);
}

TextFile read_text(const std::filesystem::path& path, Findings& findings, const Control& control) {
  return decode_text(FileBytes::open(path), path.string(), std::nullopt, findings, control);
}

}  // namespace v1
}  // namespace chainqual
