#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

template <>
struct Names<ErrorCode> {
  static constexpr std::array<Name<ErrorCode>, 28> table{{
      {ErrorCode::ok, "ok", "成功", "success"},
      {ErrorCode::invalid_argument, "invalid_argument", "选项或调用方式不正确",
       "an option or the use of a call is wrong"},
      {ErrorCode::invalid_value, "invalid_value", "取值超出允许范围", "a value is outside its domain"},
      {ErrorCode::shape_mismatch, "shape_mismatch", "应当一致的长度不一致", "lengths that must agree differ"},
      {ErrorCode::out_of_range, "out_of_range", "编号超出网络或表的范围", "an id is beyond the network or table"},
      {ErrorCode::overflow, "overflow", "精确运算超出可表示的范围", "exact arithmetic would leave its range"},
      {ErrorCode::not_found, "not_found", "找不到文件、键或编号", "a file, key or id does not exist"},
      {ErrorCode::duplicate, "duplicate", "编号、列名或键重复", "an id, heading or key stands twice"},
      {ErrorCode::unknown_reference, "unknown_reference", "引用了任何表中都没有的对象",
       "a row refers to something that no table holds"},
      {ErrorCode::bad_encoding, "bad_encoding", "文本既不是严格的 UTF-8 也不是严格的 GB18030",
       "the text is neither strict UTF-8 nor strict GB18030"},
      {ErrorCode::bad_syntax, "bad_syntax", "CSV 或 JSON 无法解析", "the CSV or JSON cannot be parsed"},
      {ErrorCode::missing_column, "missing_column", "缺少必需的列", "a required column is missing"},
      {ErrorCode::unknown_column, "unknown_column", "存在未知的列", "a column is unknown"},
      {ErrorCode::missing_value, "missing_value", "缺少必填的值", "a required value is missing"},
      {ErrorCode::limit_exceeded, "limit_exceeded", "单元格、行或文件超出规定的上限",
       "a cell, row or file is beyond a stated bound"},
      {ErrorCode::wrong_format, "wrong_format", "文件不是所声明的类型", "the file is not of the kind it claims to be"},
      {ErrorCode::version_mismatch, "version_mismatch", "由更新的版本或不同字节序的机器写成",
       "written by a newer version, or in another byte order"},
      {ErrorCode::checksum_mismatch, "checksum_mismatch", "校验和不符，内容已损坏",
       "the checksum does not match: the content is damaged"},
      {ErrorCode::io_failure, "io_failure", "操作系统拒绝了读写", "the operating system refused to read or write"},
      {ErrorCode::cancelled, "cancelled", "计算已被取消", "the computation was cancelled"},
      {ErrorCode::not_converged, "not_converged", "迭代未收敛", "the iteration did not converge"},
      {ErrorCode::no_solution, "no_solution", "无解（谱半径不小于 1，或方程组奇异）",
       "no solution exists (spectral radius not below 1, or a singular system)"},
      {ErrorCode::out_of_memory, "out_of_memory", "内存不足", "memory is exhausted"},
      {ErrorCode::declared_differs, "declared_differs", "申报星级与计算等级不同",
       "the declared stars differ from the computed grade"},
      {ErrorCode::suspicious, "suspicious", "合法，但可能有误", "legal, but likely a mistake"},
      {ErrorCode::illegal_step, "illegal_step", "生命周期不允许这一步", "the lifecycle forbids this step"},
      {ErrorCode::internal, "internal", "内部错误（程序缺陷）", "internal error (a defect of the program)"},
      {ErrorCode::conflict, "conflict", "他人已先行修改，或正在写入",
       "another has changed it meanwhile, or is writing"},
  }};
};

namespace detail {

/// One character read from bytes: `length` 0 at the end, `valid` false for a byte that starts no strict UTF-8 sequence.
struct ReadCharacter {
  char32_t code = 0;
  std::size_t length = 0;
  bool valid = false;
};

inline ReadCharacter read_character(std::string_view bytes) noexcept {
  if (bytes.empty()) return {};
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || bytes.size() < length) return {lead, 1, false};
  char32_t code = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xC0U) != 0x80) return {lead, 1, false};
    code = (code << 6) | (at(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (overlong || surrogate || code > 0x10FFFF) return {lead, 1, false};
  return {code, length, true};
}

/// Characters that would break a line, hide, or reorder what is shown.
inline bool is_unshowable(char32_t code) noexcept {
  return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0xAD || code == 0x61C || code == 0x180E ||
         (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || (code >= 0xFFF9 && code <= 0xFFFB) ||
         (code >= 0xE0000 && code <= 0xE007F);
}

inline void append_hex(std::string& out, char32_t value, int least_digits) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  int shift = 28;
  while (shift > 4 * (least_digits - 1) && (value >> shift) == 0) shift -= 4;
  for (; shift >= 0; shift -= 4) out.push_back(digits[(value >> shift) & 0xFU]);
}

inline void append_escape(std::string& out, char32_t code, bool is_byte) {
  if (code == U'\n') {
    out += "\\n";
  } else if (code == U'\r') {
    out += "\\r";
  } else if (code == U'\t') {
    out += "\\t";
  } else if (is_byte || code < 0x80) {
    out += "\\x";
    append_hex(out, code, 2);
  } else {
    out += "\\u{";
    append_hex(out, code, 4);
    out += '}';
  }
}

inline std::string joined_places(const Location& where, Language language) {
  const bool zh = language == Language::zh;
  std::string out = shown_value(where.file, 4096);
  if (where.line != 0) {
    const std::string line = std::to_string(where.line);
    if (!out.empty()) {
      out += ':' + line;
    } else {
      out = zh ? "第 " + line + " 行" : "line " + line;
    }
  }
  const auto add = [&](const std::string& part, std::string_view separator) {
    if (!out.empty()) out += separator;
    out += part;
  };
  if (!where.column.empty()) {
    const std::string name = shown_value(where.column);
    add(zh ? "“" + name + "”列" : "column '" + name + "'", zh ? "：" : ": ");
  }
  const std::string record = std::to_string(where.record);
  const std::string byte = std::to_string(where.byte);
  std::string aside;
  if (where.record != 0) aside = zh ? "第 " + record + " 条记录" : "record " + record;
  if (where.byte != 0) {
    if (!aside.empty()) aside += zh ? "，" : ", ";
    aside += zh ? "第 " + byte + " 字节" : "byte " + byte;
  }
  if (!aside.empty()) add(zh ? "（" + aside + "）" : "(" + aside + ")", zh ? "" : " ");
  return out;
}

inline bool ends_sentence(std::string_view text) noexcept {
  for (const std::string_view end : {".", "!", "?", "。", "！", "？"}) {
    if (text.ends_with(end)) return true;
  }
  return false;
}

}  // namespace detail

inline std::string_view name_of(ErrorCode code) noexcept {
  for (const auto& row : Names<ErrorCode>::table) {
    if (row.value == code) return row.key;
  }
  return "unknown";
}

inline Text describe(ErrorCode code) {
  for (const auto& row : Names<ErrorCode>::table) {
    if (row.value == code) return {std::string(row.zh), std::string(row.en)};
  }
  const std::string number = std::to_string(static_cast<std::int32_t>(code));
  return {"未知错误码 " + number, "unknown error code " + number};
}

inline std::string shown_value(std::string_view raw, std::size_t limit) {
  std::string out;
  for (std::size_t shown = 0; !raw.empty(); ++shown) {
    if (shown == limit) return out += "…";
    const auto character = detail::read_character(raw);
    if (!character.valid || detail::is_unshowable(character.code)) {
      detail::append_escape(out, character.code, !character.valid);
    } else {
      out += raw.substr(0, character.length);
    }
    raw.remove_prefix(character.length);
  }
  return out;
}

inline std::string to_string(const Finding& finding, Language language) {
  const bool zh = language == Language::zh;
  const std::string_view colon = zh ? "：" : ": ";
  std::string out = detail::joined_places(finding.where, language);
  const auto add = [&](const std::string& part) {
    if (!out.empty()) out += colon;
    out += part;
  };
  if (!finding.value.empty()) add((zh ? "值 «" : "value «") + shown_value(finding.value, 4096) + "»");
  const std::string rule = shown_value(finding.rule.in(language), 4096);
  add(rule.empty() ? describe(finding.code).in(language) : rule);
  if (!detail::ends_sentence(out)) out += zh ? "。" : ".";
  const std::string fix = shown_value(finding.fix.in(language), 4096);
  if (!fix.empty()) {
    out += zh ? "修改办法：" : " Fix: ";
    out += fix;
    if (!detail::ends_sentence(out)) out += zh ? "。" : ".";
  }
  return out;
}

inline Error error_from(Findings findings) {
  const std::uint64_t count = findings.count(FindingLevel::error);
  const std::string number = std::to_string(count);
  const auto first = std::find_if(findings.kept().begin(), findings.kept().end(),
                                  [](const Finding& finding) { return finding.level == FindingLevel::error; });
  if (first == findings.kept().end()) {
    const ErrorCode code = count == 0 ? ErrorCode::internal : ErrorCode::invalid_value;
    return Error(code, {"共 " + number + " 处错误。", number + " errors."}, std::move(findings));
  }
  const ErrorCode code = first->code;
  Text message{to_string(*first, Language::zh), to_string(*first, Language::en)};
  if (count > 1) {
    message.zh = "共 " + number + " 处错误，第一处：" + message.zh;
    message.en = number + " errors, the first: " + message.en;
  }
  return Error(code, std::move(message), std::move(findings));
}

inline void throw_if_errors(const Findings& findings) {
  if (findings.has_errors()) throw error_from(findings);
}

}  // namespace v1
}  // namespace chainqual
