#include "chainqual/io/cell.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "chainqual/chain/credit_code.hpp"
#include "chainqual/chain/nearest.hpp"
#include "chainqual/core/letters.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

/// Length of the white space that the text starts with, 0 when it starts with none.
std::size_t space_at_front(std::string_view text) noexcept {
  const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (at(0) == ' ' || (at(0) >= '\t' && at(0) <= '\r')) return 1;
  if (at(0) == 0xC2 && at(1) == 0xA0) return 2;                                               // no-break space
  if (at(0) == 0xE2 && at(1) == 0x80 && (at(2) - 0x80U <= 0x0BU || at(2) == 0xAF)) return 3;  // U+2000 … 200B, 202F
  if (at(0) == 0xE3 && at(1) == 0x80 && at(2) == 0x80) return 3;                              // ideographic space
  if (at(0) == 0xEF && at(1) == 0xBB && at(2) == 0xBF) return 3;                              // byte-order mark
  return 0;
}

std::size_t space_at_back(std::string_view text) noexcept {
  for (std::size_t length = 1; length <= 3 && length <= text.size(); ++length) {
    const auto tail = text.substr(text.size() - length);
    if (space_at_front(tail) == length) return length;
  }
  return 0;
}

/// Separator of a multi-valued cell at the front: its length, or 0.
std::size_t separator_at_front(std::string_view text) noexcept {
  if (text.starts_with(';')) return 1;
  return text.starts_with("；") || text.starts_with("、") ? 3 : 0;
}

/// Calls fn with every spelling of a word until it says true.
template <class WordNames, class Fn>
bool any_spelling(const WordNames& names, Fn&& fn) {
  if (fn(names.key) || fn(names.zh) || fn(names.en)) return true;
  for (std::string_view rest = names.aliases; !rest.empty();) {
    const auto bar = rest.find('|');
    if (fn(rest.substr(0, bar))) return true;
    if (bar == std::string_view::npos) break;
    rest.remove_prefix(bar + 1);
  }
  return false;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace

std::string_view trimmed(std::string_view cell) noexcept {
  while (const std::size_t space = space_at_front(cell)) cell.remove_prefix(space);
  while (const std::size_t space = space_at_back(cell)) cell.remove_suffix(space);
  return cell;
}

std::string half_width(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (text.size() >= 3 && at(0) == 0xEF && (at(1) == 0xBC || at(1) == 0xBD)) {
      const unsigned code = 0xFF00U | (at(1) == 0xBD ? 0x40U : 0U) | (at(2) & 0x3FU);
      if (code >= 0xFF01 && code <= 0xFF5E) {
        out.push_back(static_cast<char>(code - 0xFEE0U));
        text.remove_prefix(3);
        continue;
      }
    }
    if (text.starts_with("　") || text.starts_with("−") || text.starts_with("\xC2\xA0")) {
      out.push_back(text.starts_with("−") ? '-' : ' ');
      text.remove_prefix(text.starts_with("\xC2\xA0") ? 2 : 3);
      continue;
    }
    out.push_back(text.front());
    text.remove_prefix(1);
  }
  return out;
}

bool says_nothing(std::string_view cell) noexcept {
  if (cell.size() > 8) return false;
  static constexpr std::array<std::string_view, 25> words{
      "",     "-",    "--",   "---", "—",   "——", "–",  "－",   "/",    "\\",   "／",   "无",  "暂无",
      "待定", "未知", "不详", "N/A", "n/a", "NA", "na", "NULL", "null", "None", "none", "Null"};
  return std::find(words.begin(), words.end(), cell) != words.end();
}

std::vector<std::string> split_list(std::string_view cell) {
  std::vector<std::string> elements;
  cell = trimmed(cell);
  if (says_nothing(cell)) return elements;
  std::string element;
  std::size_t kept = 0;  // bytes of the element that trimming must leave: those a backslash made ordinary
  const auto finish = [&] {
    while (element.size() > kept) {
      const std::size_t space = space_at_back(element);
      if (space == 0 || element.size() - space < kept) break;
      element.resize(element.size() - space);
    }
    if (!element.empty()) elements.push_back(element);
    element.clear();
    kept = 0;
  };
  while (!cell.empty()) {
    if (const std::size_t separator = separator_at_front(cell)) {
      finish();
      cell.remove_prefix(separator);
      continue;
    }
    if (const std::size_t space = space_at_front(cell); space != 0 && element.empty()) {
      cell.remove_prefix(space);
      continue;
    }
    std::size_t length = 1;
    if (cell.front() == '\\' && cell.size() > 1) {
      const std::string_view next = cell.substr(1);
      const std::size_t special = std::max(separator_at_front(next), space_at_front(next));
      if (special != 0 || next.front() == '\\' || element.empty()) {
        cell.remove_prefix(1);
        length = std::max<std::size_t>(special, 1);
        kept = element.size() + length;
      }
    }
    element.append(cell.substr(0, length));
    cell.remove_prefix(length);
  }
  finish();
  return elements;
}

std::string join_list(std::span<const std::string> elements) {
  std::string cell;
  for (const std::string& element : elements) {
    if (!cell.empty()) cell.push_back(';');
    // What split_list would drop or read as nothing starts with a backslash.
    const bool bare = says_nothing(element) || space_at_front(element) != 0;
    if (bare && !element.starts_with('\\')) cell.push_back('\\');
    const std::size_t back = element.size() - space_at_back(element);
    for (std::size_t i = 0; i < element.size(); ++i) {
      const std::string_view rest = std::string_view(element).substr(i);
      const bool closing = i == back && i != 0;  // the last character is white space
      if (element[i] == '\\' || separator_at_front(rest) != 0 || closing) cell.push_back('\\');
      cell.push_back(element[i]);
    }
  }
  if (space_at_back(cell) != 0) cell.push_back(';');  // so that trimming the cell takes nothing of the last element
  return cell;
}

void CellConverter::report(FindingLevel level, ErrorCode code, const CellPlace& place, std::string_view value,
                           Text rule, Text fix) {
  Finding finding;
  finding.level = level;
  finding.code = code;
  finding.where.file = file_;
  finding.where.record = place.record;
  finding.where.line = place.line;
  finding.where.column = std::string(place.column);
  finding.value = shown_value(value);
  finding.rule = std::move(rule);
  finding.fix = std::move(fix);
  findings_->add(std::move(finding));
}

void CellConverter::report_width(std::string_view cell, const CellPlace& place, const std::string& half) {
  if (repair_) {
    report(FindingLevel::info, ErrorCode::invalid_value, place, cell,
           {"全角字符已改读为半角：" + half, "full-width characters were read as half-width: " + half}, {});
  } else {
    report(FindingLevel::error, ErrorCode::invalid_value, place, cell, {"含有全角字符", "full-width characters"},
           {"请改为半角“" + half + "”，或使用自动修复", "write '" + half + "', or ask for repair"});
  }
}

CellValue<std::size_t> CellConverter::find_word(std::string_view cell, const CellPlace& place,
                                                std::span<const WordNames> names) {
  cell = trimmed(cell);
  const auto look = [&](const std::string& word) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (any_spelling(names[i],
                       [&](std::string_view s) { return !s.empty() && (s == word || detail::lower(s) == word); })) {
        return i;
      }
    }
    return names.size();
  };
  for (const auto& word : {std::string(cell), detail::lower(cell)}) {
    if (const std::size_t found = look(word); found != names.size()) return CellValue<std::size_t>(found);
  }
  if (says_nothing(cell)) return {};
  const std::string half(trimmed(half_width(cell)));
  if (half != cell) {
    if (const std::size_t found = look(detail::lower(half)); found != names.size()) {
      report_width(cell, place, half);
      return repair_ ? CellValue<std::size_t>(found) : CellValue<std::size_t>::bad();
    }
  }
  Nearest nearest(half, 1);
  std::string all_zh;
  std::string all_en;
  for (const auto& name : names) {
    static_cast<void>(any_spelling(name, [&](std::string_view s) { return nearest.offer(s), false; }));
    all_zh += (all_zh.empty() ? "" : "、") + std::string(name.zh);
    all_en += (all_en.empty() ? "" : ", ") + std::string(name.key);
  }
  const auto words = std::move(nearest).take();
  Text fix{"可用的值：" + all_zh, "use one of: " + all_en};
  if (!words.empty()) {
    fix = {"是否指“" + words[0] + "”？" + fix.zh, "is '" + words[0] + "' meant? Else " + fix.en};
  }
  report(FindingLevel::error, ErrorCode::invalid_value, place, cell,
         {"不认识的取值", "the word is none of those known"}, std::move(fix));
  return CellValue<std::size_t>::bad();
}

CellValue<Grade> CellConverter::grade(std::string_view cell, const CellPlace& place) {
  std::string word(trimmed(cell));
  for (const auto& [from, to] : std::array<std::pair<std::string_view, std::string_view>, 4>{
           {{"Ⅲ", "III"}, {"Ⅱ", "II"}, {"Ⅰ", "I"}, {" ", ""}}}) {
    word = replaced(std::move(word), from, to);
  }
  if (word.size() > 3 && word.ends_with("级") && word.starts_with('I')) word.resize(word.size() - 3);
  if (says_nothing(word)) return {};
  if (const auto grade = value_named<Grade>(word)) return CellValue<Grade>(*grade);
  return this->word<Grade>(cell, place);
}

CellValue<bool> CellConverter::boolean(std::string_view cell, const CellPlace& place) {
  static constexpr std::array<WordNames, 2> names{
      {{"no", "否", "false", "n|f|0|无|没有|不是|错|×|✗|✘|☐"}, {"yes", "是", "true", "y|t|1|有|对|√|✓|✔|☑"}}};
  const auto found = find_word(cell, place, names);
  if (found.has_value()) return CellValue<bool>(found.value() == 1);
  return found.is_bad() ? CellValue<bool>::bad() : CellValue<bool>();
}

CellValue<std::string> CellConverter::credit_code(std::string_view cell, const CellPlace& place) {
  cell = trimmed(cell);
  if (says_nothing(cell)) return {};
  const CreditCodeVerdict verdict = judge_credit_code(cell);
  switch (verdict.state) {
    case CreditCodeState::missing:
      return {};
    case CreditCodeState::valid:
      return CellValue<std::string>(std::string(cell));
    case CreditCodeState::organization_check:
    case CreditCodeState::old_registration:
    case CreditCodeState::old_organization:
      report(FindingLevel::warning, ErrorCode::suspicious, place, cell, credit_code_rule(verdict),
             credit_code_fix(verdict));
      return CellValue<std::string>(std::string(cell));
    case CreditCodeState::repairable:
      if (repair_) {
        report(FindingLevel::info, ErrorCode::invalid_value, place, cell,
               {"信用代码已改读为 " + verdict.repaired, "the credit code was read as " + verdict.repaired}, {});
        return CellValue<std::string>(verdict.repaired);
      }
      break;
    case CreditCodeState::precision_lost:
    case CreditCodeState::wrong_length:
    case CreditCodeState::wrong_character:
    case CreditCodeState::wrong_check:
      break;
  }
  report(FindingLevel::error, ErrorCode::invalid_value, place, cell, credit_code_rule(verdict),
         credit_code_fix(verdict));
  return CellValue<std::string>::bad();
}

}  // namespace v1
}  // namespace chainqual
