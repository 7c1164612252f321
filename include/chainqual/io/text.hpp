#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/io/file.hpp"

namespace chainqual {
inline namespace v1 {

/// Encodings that are read.
enum class Encoding : std::uint8_t { utf8, gb18030 };

template <>
struct Names<Encoding> {
  static constexpr std::array<Name<Encoding>, 2> table{{
      {Encoding::utf8, "utf-8", "UTF-8", "UTF-8", "utf8|UTF8"},
      {Encoding::gb18030, "gb18030", "GB18030", "GB18030", "gbk|GBK|gb2312|GB2312"},
  }};
};

/// Kinds of file that are taken for text by mistake, told by their first bytes.
enum class FileKind : std::uint8_t {
  text,
  utf16le,
  utf16be,
  utf32,
  xlsx,
  zip,
  ole,
  pdf,
  gzip,
  xz,
  zstd,
  bzip2,
  seven_zip,
  rar,
  image,
  sqlite,
  parquet,
  arrow,
  html,
  xml,
  cqn
};

template <>
struct Names<FileKind> {
  static constexpr std::array<Name<FileKind>, 21> table{{
      {FileKind::text, "text", "文本", "text"},
      {FileKind::utf16le, "utf16le", "UTF-16（小端）文本", "UTF-16 text (little-endian)"},
      {FileKind::utf16be, "utf16be", "UTF-16（大端）文本", "UTF-16 text (big-endian)"},
      {FileKind::utf32, "utf32", "UTF-32 文本", "UTF-32 text"},
      {FileKind::xlsx, "xlsx", "Excel 工作簿（XLSX）", "an Excel workbook (XLSX)"},
      {FileKind::zip, "zip", "ZIP 压缩文件", "a ZIP archive"},
      {FileKind::ole, "ole", "旧版 Office 文件（如 XLS）", "an old Office file (such as XLS)"},
      {FileKind::pdf, "pdf", "PDF 文档", "a PDF document"},
      {FileKind::gzip, "gzip", "gzip 压缩文件", "a gzip archive"},
      {FileKind::xz, "xz", "xz 压缩文件", "an xz archive"},
      {FileKind::zstd, "zstd", "Zstandard 压缩文件", "a Zstandard archive"},
      {FileKind::bzip2, "bzip2", "bzip2 压缩文件", "a bzip2 archive"},
      {FileKind::seven_zip, "7z", "7z 压缩文件", "a 7z archive"},
      {FileKind::rar, "rar", "RAR 压缩文件", "a RAR archive"},
      {FileKind::image, "image", "图片", "an image"},
      {FileKind::sqlite, "sqlite", "SQLite 数据库", "an SQLite database"},
      {FileKind::parquet, "parquet", "Parquet 文件", "a Parquet file"},
      {FileKind::arrow, "arrow", "Arrow 文件", "an Arrow file"},
      {FileKind::html, "html", "HTML 网页", "an HTML page"},
      {FileKind::xml, "xml", "XML 文档", "an XML document"},
      {FileKind::cqn, "cqn", "chainqual 网络文件（.cqn）", "a chainqual network file (.cqn)"},
  }};
};

/// What a file is, by its first bytes (and, for UTF-16 without a mark, by where its NUL bytes lie).
///
/// @param bytes  the whole file, or at least its first 4 KiB.
/// @throws none.
/// @complexity  O(min(bytes, 4 KiB)).
/// @numerics    none.
/// @threads     Pure.
/// @source      Signatures of the formats' own specifications.
/// @since 0.1, experimental.
[[nodiscard]] FileKind file_kind(std::string_view bytes) noexcept;

/// Position of the first byte that is not part of strict UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
///
/// @param bytes  any.
/// @throws none.
/// @complexity  O(bytes), above 10 GB/s on ASCII and about 1 GB/s on Chinese.
/// @numerics    none.
/// @threads     Pure.
/// @source      RFC 3629; Unicode 15, table 3-7.
/// @since 0.1, experimental.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view bytes) noexcept;

/// Appends strict GB18030 as UTF-8.
///
/// The table is our own: the mapping of the 2022 edition as the WHATWG Encoding Standard decodes it, so that names are
/// the same on every machine (system decoders differ on 18 to 24 characters, among them A6D9 and FE51).
///
/// @param bytes  any.
/// @param out    receives the characters before the first bad byte; unchanged where memory ends.
/// @return position of the first byte that starts no character; none when all is well.
/// @throws std::bad_alloc.
/// @complexity  O(bytes).
/// @numerics    none.
/// @threads     Pure.
/// @source      GB 18030-2022; encoding.spec.whatwg.org, gb18030 decoder. Deviation: 0x80 and private-use four-byte
/// codes
///              above U+10FFFF are errors, as the decoder is strict.
/// @since 0.1, experimental.
std::optional<std::size_t> append_gb18030(std::string_view bytes, std::string& out);

/// A text file as UTF-8, with the way back to its original bytes.
class TextFile {
 public:
  TextFile() = default;

  /// The text without byte-order mark; valid UTF-8 without NUL, or empty when the file could not be decoded.
  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] Encoding encoding() const noexcept { return encoding_; }
  [[nodiscard]] bool had_mark() const noexcept { return had_mark_; }
  /// As shown in findings.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// False when errors were reported: there is nothing to read.
  [[nodiscard]] bool readable() const noexcept { return readable_; }

  /// The original bytes of a part of `text()`, byte for byte. @pre part lies in text() and starts and ends between
  /// characters. @complexity O(1) for UTF-8, O(64 KiB) for GB18030.
  [[nodiscard]] std::string_view original(std::string_view part) const noexcept;
  /// Says that a part of `text()` was used: see FileBytes::drop.
  void drop(std::string_view part) const noexcept { bytes_.drop(encoding_ == Encoding::utf8 ? part : ""); }
  /// Offset in the file, from 0, of a position in `text()`.
  [[nodiscard]] std::uint64_t original_offset(std::size_t position) const noexcept;

 private:
  friend TextFile decode_text(FileBytes, std::string, std::optional<Encoding>, Findings&, const Control&);
  FileBytes bytes_;
  FileBytes decoded_;
  std::string_view text_;
  std::string name_;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> marks_;  ///< (decoded, original) about every 64 KiB
  Encoding encoding_ = Encoding::utf8;
  bool had_mark_ = false;
  bool readable_ = false;
};

/// Decodes a whole file: byte-order mark, else strict UTF-8, else strict GB18030, else an error with the byte's offset.
///
/// A file of GB18030 is taken as such only if all of it is strict GB18030 and it does not look like damaged UTF-8:
/// (1) it is "almost UTF-8" when its well-formed three- and four-byte UTF-8 sequences, counted four times, and its
/// two-byte ones, counted once, are at least twice its ill-formed places: true for UTF-8 with a few bad bytes, since
/// nearly all else in it is well-formed, and false for Chinese in GB18030, seven of ten characters of which are
/// ill-formed as UTF-8; (2) at least half of its two-byte characters must lie in the GB 2312 square (both bytes ≥ A1),
/// which ASCII with a stray byte does not reach. What fails is an error, never a guess; `encoding` answers it.
///
/// @param bytes     the file.
/// @param name      as shown in findings.
/// @param encoding  given: no guessing, the whole file must be that.
/// @param findings  receives errors (bad_encoding, wrong_format) and the info that a file was GB18030.
/// @return the text; `readable()` is false after an error.
/// @throws std::bad_alloc.
/// @complexity  O(bytes); UTF-8 is not copied.
/// @numerics    none.
/// @threads     Pure.
/// @source      Definition, no paper; the rates were counted on company names.
/// @since 0.1, experimental.
[[nodiscard]] TextFile decode_text(FileBytes bytes, std::string name, std::optional<Encoding> encoding,
                                   Findings& findings);
/// As above; threads of the control's executor look side by side whether it is UTF-8. The result is the same.
/// @throws Error{cancelled}, std::bad_alloc.
[[nodiscard]] TextFile decode_text(FileBytes bytes, std::string name, std::optional<Encoding> encoding,
                                   Findings& findings, const Control& control);

/// Opens and decodes. Problems of the content become findings; that the file cannot be opened is thrown.
///
/// @param path      file; its name as given is shown in findings.
/// @param encoding  see decode_text.
/// @param findings  see decode_text.
/// @param limit     the most bytes taken.
/// @throws Error{not_found | io_failure | limit_exceeded}  as FileBytes::open.
/// @complexity  O(bytes).
/// @numerics    none.
/// @threads     Reads only.
/// @source      Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] TextFile read_text(const std::filesystem::path& path, Findings& findings,
                                 std::optional<Encoding> encoding = std::nullopt, std::uint64_t limit = UINT64_MAX);
/// As above, of any encoding and length, on the control's executor. @throws moreover Error{cancelled}.
[[nodiscard]] TextFile read_text(const std::filesystem::path& path, Findings& findings, const Control& control);

}  // namespace v1
}  // namespace chainqual
