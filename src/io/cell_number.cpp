#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <system_error>
#include <utility>

#include "chainqual/io/cell.hpp"

#include "chainqual/core/letters.hpp"

namespace chainqual {
inline namespace v1 {

/// A number as its digits: ± digits · 10^exponent.
struct CellConverter::Number {
  bool negative = false;
  std::string digits;  ///< at least one, without leading zeros unless it is "0…"
  int exponent = 0;
  int decimals = 0;  ///< written behind the point, so that 3.50 keeps its zero
  bool has_unit = false;
};

namespace {

enum class Fault : std::uint8_t {
  none,
  spreadsheet_error,
  date,
  between,
  not_finite,
  grouping,
  units,
  unit_elsewhere,
  brackets,
  too_large,
  not_a_number
};

struct FaultText {
  std::string_view zh, en, fix_zh, fix_en;
};

constexpr FaultText text_of(Fault fault, bool is_score) noexcept {
  switch (fault) {
    case Fault::spreadsheet_error:
      return {"电子表格的出错值", "an error value of a spreadsheet", "请改正公式后重新导出",
              "mend the formula and export again"};
    case Fault::date:
      if (is_score) {
        return {"评分里是日期", "date in a score", "电子表格会把 3-4 改成日期；请填一个数",
                "spreadsheets turn 3-4 into a date; give one number"};
      }
      return {"应为数字，却是日期", "a date where a number belongs", "请填数字", "give a number"};
    case Fault::between:
      return {"是范围或分数，应为一个数", "a range or fraction where one number belongs", "请填一个数",
              "give one number"};
    case Fault::not_finite:
      return {"不是有限的数", "not a finite number", "没有值请留空", "leave the cell empty where there is no value"};
    case Fault::grouping:
      return {"逗号或小数点的用法有歧义", "commas or points can be read in two ways", "请写成 1234.5，或千分位 1,234.5",
              "write 1234.5, or 1,234.5 with groups of three"};
    case Fault::units:
      return {"单位有歧义", "the units can be read in two ways", "请只用一个单位（%、千、万、百万、千万、亿、万亿）",
              "use one unit only (%, 千, 万, 百万, 千万, 亿, 万亿)"};
    case Fault::unit_elsewhere:
      return {"单位已写在表头或单位列，这里只填数字",
              "heading or unit column tell the unit already: the number alone belongs here",
              "换算成该单位，只写数字，如 99.5", "give it in that unit and write the number alone, as 99.5"};
    case Fault::brackets:
      return {"括号可能表示负数", "brackets may stand for minus", "负数请用减号",
              "write negative numbers with a minus"};
    case Fault::too_large:
      return {"数字太大或位数太多", "the number is too large or has too many digits", "请检查位数，或换用较大的单位",
              "check the digits, or use a larger unit"};
    case Fault::none:
    case Fault::not_a_number:
      break;
  }
  return {"不是数字", "not a number", "请填数字；没有值请留空", "give a number, or leave the cell empty"};
}

bool contains_any(std::string_view text, std::span<const std::string_view> words) noexcept {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// The power of ten of a unit, −1 when it is none. Per cent is told apart.
int unit_power(std::string_view unit) noexcept {
  struct Unit {
    std::string_view name;
    int power;
  };
  static constexpr std::array<Unit, 13> units{{{"", 0},
                                               {"元", 0},
                                               {"千", 3},
                                               {"万", 4},
                                               {"十万", 5},
                                               {"百万", 6},
                                               {"千万", 7},
                                               {"亿", 8},
                                               {"十亿", 9},
                                               {"百亿", 10},
                                               {"千亿", 11},
                                               {"万亿", 12},
                                               {"%", -2}}};
  for (const auto& known : units) {
    if (unit == known.name) return known.power;
  }
  if (!unit.ends_with("元")) return -1;
  const std::string_view before = unit.substr(0, unit.size() - 3);
  return before.ends_with("元") || before.ends_with('%') ? -1 : unit_power(before);
}

bool looks_like_unit(std::string_view rest) noexcept {
  static constexpr std::array<std::string_view, 10> marks{"百", "千", "万", "亿", "%", "‰", "元", "k", "K", "M"};
  return contains_any(rest, marks);
}

/// Digits and one kind of mark, as 3/4/2025 or 3-4 have them. @return how many marks; 0 when it is something else.
std::size_t parts_between(std::string_view text, std::string_view marks) noexcept {
  std::size_t count = 0;
  bool digit_before = false;
  for (const char c : text) {
    if (detail::is_digit(c)) {
      digit_before = true;
    } else if (marks.find(c) != std::string_view::npos && digit_before) {
      ++count;
      digit_before = false;
    } else {
      return 0;
    }
  }
  return digit_before ? count : 0;
}

/// What is wrong with a cell that is no number.
Fault fault_of(std::string_view cell) {
  static constexpr std::array<std::string_view, 3> calendar{"月", "日", "年"};
  static constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                           "jul", "aug", "sep", "oct", "nov", "dec"};
  static constexpr std::array<std::string_view, 3> until{"~", "至", "到"};
  static constexpr std::array<std::string_view, 3> endless{"inf", "nan", "∞"};
  const std::string small = detail::lower(cell);
  const bool has_digit = std::any_of(cell.begin(), cell.end(), detail::is_digit);
  if (cell.starts_with('#')) return Fault::spreadsheet_error;
  if (has_digit && (contains_any(cell, calendar) || contains_any(small, months))) return Fault::date;
  const std::size_t pieces = std::max({parts_between(cell, "-"), parts_between(cell, "/"), parts_between(cell, ".")});
  if (pieces == 2 && cell.size() <= 10) return Fault::date;
  if (parts_between(cell, "-/") != 0 || (has_digit && contains_any(cell, until))) return Fault::between;
  if (!has_digit && contains_any(small, endless)) return Fault::not_finite;
  if (has_digit && cell.starts_with('(') && cell.ends_with(')')) return Fault::brackets;
  if (has_digit && cell.find_first_not_of("0123456789,.+-' ") == std::string_view::npos) return Fault::grouping;
  if (has_digit && (detail::is_digit(cell[0]) || cell[0] == '-') && looks_like_unit(cell)) return Fault::units;
  return Fault::not_a_number;
}

/// Whole part with commas: groups of three behind a first of one to three.
bool grouped_well(std::string_view whole) noexcept {
  const auto first = whole.find(',');
  if (first == std::string_view::npos) return true;
  if (first == 0 || first > 3 || whole[0] == '0') return false;
  for (std::size_t i = first; i < whole.size(); i += 4) {
    if (whole[i] != ',' || i + 4 > whole.size()) return false;
    if (!detail::is_digit(whole[i + 1]) || !detail::is_digit(whole[i + 2]) || !detail::is_digit(whole[i + 3]))
      return false;
  }
  return true;
}

std::size_t digits_from(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && detail::is_digit(text[at])) ++at;
  return at;
}

/// Takes `e±ddd` off the front. @return false when the exponent is beyond ±9999.
bool take_exponent(std::string_view& rest, int& exponent) noexcept {
  if (rest.empty() || (rest[0] != 'e' && rest[0] != 'E')) return true;
  const std::size_t sign = rest.size() > 1 && (rest[1] == '+' || rest[1] == '-') ? 1 : 0;
  const std::size_t end = digits_from(rest, 1 + sign);
  if (end == 1 + sign) return true;  // no exponent: an odd suffix
  if (end > 6) return false;
  int value = 0;
  for (std::size_t i = 1 + sign; i < end; ++i) value = value * 10 + (rest[i] - '0');
  exponent = rest[1] == '-' ? -value : value;
  rest.remove_prefix(end);
  return true;
}

/// Reads a number's parts into `number` (a CellConverter::Number).
template <class Number>
Fault read_number(std::string_view cell, Number& number) {
  std::string_view rest = cell;
  number.negative = rest.starts_with('-');
  if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
  std::size_t end = 0;
  while (end < rest.size() && (detail::is_digit(rest[end]) || rest[end] == ',')) ++end;
  const std::string_view whole = rest.substr(0, end);
  rest.remove_prefix(end);
  std::string_view fraction;
  if (rest.starts_with('.')) {
    end = digits_from(rest, 1);
    fraction = rest.substr(1, end - 1);
    rest.remove_prefix(end);
  }
  if ((whole.empty() && fraction.empty()) || !grouped_well(whole)) return fault_of(cell);
  int exponent = 0;
  const bool has_e = rest.starts_with('e') || rest.starts_with('E');
  if (!take_exponent(rest, exponent)) return Fault::too_large;
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  const int power = unit_power(rest);
  if (power == -1) return fault_of(cell);
  if (has_e && power != 0) return Fault::units;
  number.has_unit = !rest.empty();
  if (whole.size() + fraction.size() > 1000) return Fault::too_large;
  number.digits.clear();
  for (const char c : whole) {
    if (c != ',') number.digits.push_back(c);
  }
  number.digits += fraction;
  const auto significant = number.digits.find_first_not_of('0');
  number.digits.erase(0, significant == std::string::npos ? number.digits.size() - 1 : significant);
  number.decimals = static_cast<int>(fraction.size());
  number.exponent = exponent + power - number.decimals;
  return Fault::none;
}

std::string range_zh(const NumberRange& range) {
  if (range.least && range.most)
    return "应在 " + std::to_string(*range.least) + " 到 " + std::to_string(*range.most) + " 之间";
  if (range.least) return *range.least == 0 ? "不能为负" : "不能小于 " + std::to_string(*range.least);
  return "不能大于 " + std::to_string(range.most.value_or(0));
}

std::string range_en(const NumberRange& range) {
  if (range.least && range.most) {
    return "must lie between " + std::to_string(*range.least) + " and " + std::to_string(*range.most);
  }
  if (range.least)
    return *range.least == 0 ? "must not be negative" : "must be at least " + std::to_string(*range.least);
  return "must be at most " + std::to_string(range.most.value_or(0));
}

}  // namespace

CellValue<CellConverter::Number> CellConverter::number(std::string_view cell, const CellPlace& place,
                                                       const NumberRange& range) {
  cell = trimmed(cell);
  if (says_nothing(cell)) return {};
  Number number;
  const auto fault_in = [&](std::string_view text) {
    const Fault fault = read_number(text, number);
    return fault == Fault::none && number.has_unit && range.unit_elsewhere ? Fault::unit_elsewhere : fault;
  };
  Fault fault = fault_in(cell);
  if (fault == Fault::none) return CellValue<Number>(std::move(number));
  const std::string half(trimmed(half_width(cell)));
  if (half != cell) {
    fault = fault_in(half);
    if (fault == Fault::none) {
      report_width(cell, place, half);
      return repair_ ? CellValue<Number>(std::move(number)) : CellValue<Number>::bad();
    }
  }
  const FaultText text = text_of(fault, range.is_score);
  report(FindingLevel::error, fault == Fault::too_large ? ErrorCode::overflow : ErrorCode::invalid_value, place, cell,
         {std::string(text.zh), std::string(text.en)}, {std::string(text.fix_zh), std::string(text.fix_en)});
  return CellValue<Number>::bad();
}

void CellConverter::report_range(std::string_view cell, const CellPlace& place, const NumberRange& range) {
  const bool share = range.least == 0 && range.most == 1;
  report(FindingLevel::error, ErrorCode::invalid_value, place, trimmed(cell), {range_zh(range), range_en(range)},
         share ? Text{"请填 0 到 1 的小数，或带 % 的百分数", "give a decimal from 0 to 1, or per cent with its sign"}
               : Text{"请改正数值；没有值请留空", "mend the number, or leave the cell empty"});
}

CellValue<Decimal> CellConverter::decimal(std::string_view cell, const CellPlace& place, const NumberRange& range) {
  const auto read = number(cell, place, range);
  if (!read.has_value()) return read.is_bad() ? CellValue<Decimal>::bad() : CellValue<Decimal>();
  Number parts = read.value();
  // Zeros that a shift by unit or exponent leaves behind the written decimals carry nothing.
  if (parts.exponent > 0 && parts.digits != "0" && parts.exponent <= 40) {
    parts.digits.append(static_cast<std::size_t>(parts.exponent), '0');
    parts.exponent = 0;
  }
  if (parts.digits.find_first_not_of('0') == std::string::npos) {
    parts.digits = "0";
    parts.exponent = -std::min(parts.decimals, Decimal::max_scale);
  }
  std::optional<Decimal> value;
  if (parts.exponent <= 0 && parts.exponent >= -1000) {
    const auto scale = static_cast<std::size_t>(-parts.exponent);
    std::string text = parts.digits;
    if (text.size() <= scale) text.insert(0, scale + 1 - text.size(), '0');
    if (scale != 0) text.insert(text.size() - scale, ".");
    value = Decimal::parse((parts.negative ? "-" : "") + text);
  }
  if (!value) {
    const FaultText text = text_of(Fault::too_large, range.is_score);
    report(FindingLevel::error, ErrorCode::overflow, place, trimmed(cell), {std::string(text.zh), std::string(text.en)},
           {std::string(text.fix_zh), std::string(text.fix_en)});
    return CellValue<Decimal>::bad();
  }
  if ((range.least && *value < Decimal(*range.least, 0)) || (range.most && *value > Decimal(*range.most, 0))) {
    report_range(cell, place, range);
    return CellValue<Decimal>::bad();
  }
  return CellValue<Decimal>(*value);
}

CellValue<double> CellConverter::real(std::string_view cell, const CellPlace& place, const NumberRange& range) {
  const auto read = number(cell, place, range);
  if (!read.has_value()) return read.is_bad() ? CellValue<double>::bad() : CellValue<double>();
  const Number& parts = read.value();
  const std::string text = (parts.negative ? "-" : "") + parts.digits + "e" + std::to_string(parts.exponent);
  double value = 0.0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parts.digits.find_first_not_of('0') == std::string::npos) {
    value = 0.0;  // no minus zero, whatever the exponent
  } else if (result.ec != std::errc()) {
    const FaultText fault = text_of(Fault::too_large, range.is_score);
    report(FindingLevel::error, ErrorCode::overflow, place, trimmed(cell),
           {std::string(fault.zh), std::string(fault.en)}, {std::string(fault.fix_zh), std::string(fault.fix_en)});
    return CellValue<double>::bad();
  }
  if ((range.least && value < static_cast<double>(*range.least)) ||
      (range.most && value > static_cast<double>(*range.most))) {
    report_range(cell, place, range);
    return CellValue<double>::bad();
  }
  return CellValue<double>(value);
}

CellValue<std::int64_t> CellConverter::whole(std::string_view cell, const CellPlace& place, const NumberRange& range) {
  const auto read = decimal(cell, place, range);
  if (!read.has_value()) return read.is_bad() ? CellValue<std::int64_t>::bad() : CellValue<std::int64_t>();
  const Decimal value = read.value().normalized();
  if (value.scale() == 0) return CellValue<std::int64_t>(value.coefficient());
  report(FindingLevel::error, ErrorCode::invalid_value, place, trimmed(cell), {"应为整数", "must be a whole number"},
         {"请填整数", "give a whole number"});
  return CellValue<std::int64_t>::bad();
}

}  // namespace v1
}  // namespace chainqual
