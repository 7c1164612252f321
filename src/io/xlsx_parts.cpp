#include "xlsx_parts.hpp"

#include "chainqual/io/file.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <new>
#include <system_error>

#include "chainqual/io/text.hpp"

namespace chainqual {
inline namespace v1 {
namespace workbook {
namespace {

constexpr std::size_t cell_characters = 32767;
/// A sheet's name on its tab.
constexpr std::size_t name_characters = 31;

}  // namespace

Span measure(std::string_view text) {
  Span span;
  Span line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U) continue;
    span.utf16 += byte >= 0xF0 ? 2 : 1;
    if (c == '\n') {
      span.cells = std::max(span.cells, line.cells);
      line.cells = 0;
    } else {
      line.cells += byte >= 0xE2 ? 2 : 1;
    }
  }
  span.cells = std::max(span.cells, line.cells);
  return span;
}

std::string tab_name(std::string_view wanted, std::set<std::string>& taken) {
  std::string name;
  for (const char c : wanted)
    name += std::string_view("[]:*?/\\").find(c) != std::string_view::npos || static_cast<unsigned char>(c) < 0x20 ? '_'
                                                                                                                   : c;
  while (!name.empty() && name.front() == '\'') name.erase(name.begin());
  while (!name.empty() && name.back() == '\'') name.pop_back();
  if (name.empty()) name = "Sheet";
  const auto cut = [](std::string text, std::size_t units) {
    while (measure(text).utf16 > units) {
      while ((static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) text.pop_back();
      text.pop_back();
    }
    return text;
  };
  const auto folded = [](std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
  };
  std::string result = cut(name, name_characters);
  for (int number = 2; !taken.insert(folded(result)).second; ++number) {
    const std::string suffix = " (" + std::to_string(number) + ")";
    result = cut(name, name_characters - suffix.size()) + suffix;
  }
  return result;
}

namespace {

[[noreturn]] void refuse(ErrorCode code, const Place& place, const char* zh, const char* en) {
  const Text where = place();
  throw Error(code, {where.zh + zh, where.en + en});
}

}  // namespace

void check_text(std::string_view text, const Place& place) {
  if (measure(text).utf16 > cell_characters) {
    refuse(ErrorCode::limit_exceeded, place, "的文本超过 Excel 单元格的 32767 个字符上限；请改用 CSV 或 JSON。",
           " holds more than the 32767 characters that an Excel cell takes; use CSV or JSON.");
  }
  if (text.find('\0') != std::string_view::npos || first_invalid_utf8(text)) {
    refuse(ErrorCode::invalid_value, place, "含有 NUL 或不是 UTF-8 文本，Excel 无法打开；请改正。",
           " holds a NUL or is not UTF-8, which Excel cannot open: correct it.");
  }
}

void check_number(double number, const Place& place) {
  if (std::isfinite(number)) return;
  refuse(ErrorCode::invalid_value, place, "不是有限数，Excel 无法保存；请留空。",
         " is not a finite number, which Excel cannot hold; leave it empty.");
}

void require(lxw_error status) {
  if (status == LXW_NO_ERROR) return;
  if (status == LXW_ERROR_MEMORY_MALLOC_FAILED) throw std::bad_alloc();
  const std::string reason = lxw_strerror(status);
  throw Error(ErrorCode::io_failure,
              {"无法写出 XLSX 文件：" + reason + " 请检查目录的写权限和磁盘空间。",
               "Cannot write the XLSX file: " + reason + " Check the folder's permissions and the disk's free space."});
}

TemporaryName::TemporaryName() {
  std::error_code problem;
  const auto folder = std::filesystem::temp_directory_path(problem);
  std::string pattern = ((problem ? std::filesystem::path(".") : folder) / "chainqual-XXXXXX").string();
  const int file = mkstemp(pattern.data());
  if (file < 0) {
    const Text reason = reason_of(errno);
    throw Error(ErrorCode::io_failure,
                {"无法建立临时文件 " + pattern + "（" + reason.zh + "）：请检查临时目录，或设置 TMPDIR。",
                 "Cannot make the temporary file " + pattern + " (" + reason.en +
                     "): check the folder for temporary files, or set TMPDIR."});
  }
  close(file);
  path_ = pattern;
}

TemporaryName::~TemporaryName() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace workbook
}  // namespace v1
}  // namespace chainqual
