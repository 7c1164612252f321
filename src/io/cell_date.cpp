#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "chainqual/io/cell.hpp"

#include "chainqual/core/letters.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

enum class DateFault : std::uint8_t {
  none,
  no_such_day,
  incomplete,
  order,
  month_digits,
  two_digit_year,
  range,
  not_a_date
};

struct DateFaultText {
  std::string_view zh, en, fix_zh, fix_en;
};

constexpr DateFaultText text_of(DateFault fault) noexcept {
  switch (fault) {
    case DateFault::no_such_day:
      return {"没有这一天", "there is no such day", "请改正年月日", "mend the day or the month"};
    case DateFault::incomplete:
      return {"日期不完整", "part of the date is unknown", "只知道年月请写 2025-03，只知道年请写 2025",
              "write 2025-03 or 2025 when no more is known"};
    case DateFault::order:
      return {"日和月的先后有歧义", "day and month can be read in two ways", "请写成 2025-03-01", "write 2025-03-01"};
    case DateFault::month_digits:
      return {"1 月还是 10 月有歧义", "January or October can be read", "请写成 2025-01 或 2025-10",
              "write 2025-01 or 2025-10"};
    case DateFault::two_digit_year:
      return {"年份只有两位", "the year has two digits only", "请写四位年份", "write the year with four digits"};
    case DateFault::range:
      return {"年份应在 1900 到 2199 之间", "the year must lie between 1900 and 2199", "请改正年份", "mend the year"};
    case DateFault::none:
    case DateFault::not_a_date:
      break;
  }
  return {"不是日期", "not a date", "请写成 2025-03-01", "write 2025-03-01"};
}

/// A date as far as it is known; 0: not.
struct DateParts {
  int year = 0;
  int month = 0;
  int day = 0;
};

bool all_digits(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), detail::is_digit);
}

/// The value of one to eight digits, −1 when it is anything else.
int value_of(std::string_view digits) noexcept {
  if (digits.empty() || digits.size() > 8 || !all_digits(digits)) return -1;
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

int days_in(int year, int month) noexcept {
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

DateFault checked(const DateParts& date, bool has_month, bool has_day) noexcept {
  if (date.year < 1900 || date.year > 2199) return DateFault::range;
  if (has_month && (date.month < 1 || date.month > 12)) return DateFault::no_such_day;
  if (has_day && (date.day < 1 || date.day > days_in(date.year, date.month))) return DateFault::no_such_day;
  return DateFault::none;
}

/// Excel's day number, 1900 system: 1 is 1900-01-01, and 60, a day that never was, lies before every day taken here.
DateParts from_serial(int serial) noexcept {
  DateParts date{1900, 1, 1};
  int left = serial - 2;  // days from 1900-01-01
  const auto year_days = [](int year) { return 337 + days_in(year, 2); };
  while (left >= year_days(date.year)) left -= year_days(date.year++);
  while (left >= days_in(date.year, date.month)) left -= days_in(date.year, date.month++);
  date.day = left + 1;
  return date;
}

constexpr int first_serial = 18264;  // 1950-01-01
constexpr int last_serial = 73050;   // 2099-12-31

DateFault read_digits(std::string_view text, DateParts& date) noexcept {
  const int value = value_of(text);
  if (text.size() == 4) {
    date.year = value;
    return checked(date, false, false);
  }
  if (text.size() == 5 && value >= first_serial && value <= last_serial) {
    date = from_serial(value);
    return DateFault::none;
  }
  if (text.size() != 8) return DateFault::not_a_date;
  date = {value / 10000, value / 100 % 100, value % 100};
  return checked(date, true, true);
}

/// 2025-03-01, 2025/3/1, 2025.3.1, 2025-03, 2025/3, 2025.03.
DateFault read_marked(std::string_view text, char mark, DateParts& date) noexcept {
  const auto first = text.find(mark);
  const auto second = text.find(mark, first + 1);
  const std::string_view year = text.substr(0, first);
  const std::string_view month = text.substr(first + 1, second == std::string_view::npos ? second : second - first - 1);
  const std::string_view day = second == std::string_view::npos ? std::string_view() : text.substr(second + 1);
  const bool has_day = second != std::string_view::npos;
  const auto unknown = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("xX?*_") == std::string_view::npos;
  };
  if (unknown(year) || unknown(month) || unknown(day)) return DateFault::incomplete;
  if (value_of(year) < 0 || value_of(month) < 0 || (has_day && value_of(day) < 0)) return DateFault::not_a_date;
  if (year.size() <= 2) return has_day && day.size() == 4 ? DateFault::order : DateFault::two_digit_year;
  if (year.size() != 4 || month.size() > 2 || day.size() > 2) return DateFault::not_a_date;
  if (mark == '.' && !has_day && month == "1") return DateFault::month_digits;
  date = {value_of(year), value_of(month), has_day ? value_of(day) : 0};
  return checked(date, true, has_day);
}

/// 2025年, 2025年3月, 2025年3月1日 (or 号).
DateFault read_chinese(std::string_view text, DateParts& date) noexcept {
  constexpr std::size_t length = 3;  // of 年 月 日 号
  const auto year_end = text.find("年");
  if (year_end == std::string_view::npos) return DateFault::not_a_date;
  const std::string_view year = text.substr(0, year_end);
  std::string_view rest = text.substr(year_end + length);
  date.year = value_of(year);
  if (date.year < 0) return DateFault::not_a_date;
  if (year.size() == 2) return DateFault::two_digit_year;
  if (rest.empty()) return checked(date, false, false);
  const auto month_end = rest.find("月");
  if (month_end == std::string_view::npos) return DateFault::not_a_date;
  date.month = value_of(rest.substr(0, month_end));
  rest.remove_prefix(month_end + length);
  if (date.month < 0) return DateFault::not_a_date;
  if (rest.empty()) return checked(date, true, false);
  if (!rest.ends_with("日") && !rest.ends_with("号")) return DateFault::not_a_date;
  date.day = value_of(rest.substr(0, rest.size() - length));
  return date.day < 0 ? DateFault::not_a_date : checked(date, true, true);
}

/// Cuts a time of day off the end. @return whether it says more than midnight.
bool cut_time(std::string_view& text) noexcept {
  const auto at = text.find_first_of(" T");
  if (at != std::string_view::npos && at + 1 < text.size()) {
    const std::string_view time = text.substr(at + 1);
    if (!detail::is_digit(time[0]) || time.find(':') == std::string_view::npos ||
        time.find_first_not_of("0123456789:.+-Z") != std::string_view::npos) {
      return false;
    }
    text = text.substr(0, at);
    return time.substr(0, time.find_first_of("+-")).find_first_of("123456789") != std::string_view::npos;
  }
  // A serial number's fraction is the time: 45717.25.
  if (text.size() > 6 && text[5] == '.' && all_digits(text.substr(0, 5)) && all_digits(text.substr(6))) {
    const bool more = text.substr(6).find_first_not_of('0') != std::string_view::npos;
    text = text.substr(0, 5);
    return more;
  }
  return false;
}

DateFault read_date(std::string_view text, DateParts& date, bool& had_time) {
  std::string joined;
  if (text.find("年") != std::string_view::npos) {
    for (const char c : text) {
      if (c != ' ') joined.push_back(c);
    }
    return read_chinese(joined, date);
  }
  had_time = cut_time(text);
  if (!text.empty() && all_digits(text)) return read_digits(text, date);
  for (const char mark : {'-', '/', '.'}) {
    if (text.find(mark) == std::string_view::npos) continue;
    return read_marked(text, mark, date);
  }
  return DateFault::not_a_date;
}

std::string iso(const DateParts& date) {
  const auto two = [](int value) {
    return std::string{static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
  };
  std::string text = two(date.year / 100) + two(date.year % 100);
  if (date.month != 0) text += "-" + two(date.month);
  if (date.day != 0) text += "-" + two(date.day);
  return text;
}

}  // namespace

CellValue<std::string> CellConverter::date(std::string_view cell, const CellPlace& place) {
  cell = trimmed(cell);
  if (says_nothing(cell)) return {};
  DateParts date;
  bool had_time = false;
  DateFault fault = read_date(cell, date, had_time);
  if (fault != DateFault::none) {
    const std::string half(trimmed(half_width(cell)));
    date = {};
    if (half != cell) {
      fault = read_date(half, date, had_time);
      if (fault == DateFault::none) {
        report_width(cell, place, half);
        if (!repair_) return CellValue<std::string>::bad();
      }
    }
  }
  if (fault != DateFault::none) {
    const bool spreadsheet = cell.starts_with('#');
    const DateFaultText text = spreadsheet ? DateFaultText{"电子表格的出错值", "an error value of a spreadsheet",
                                                           "请改正公式后重新导出", "mend the formula and export again"}
                                           : text_of(fault);
    report(FindingLevel::error, ErrorCode::invalid_value, place, cell, {std::string(text.zh), std::string(text.en)},
           {std::string(text.fix_zh), std::string(text.fix_en)});
    return CellValue<std::string>::bad();
  }
  if (had_time) {
    report(FindingLevel::info, ErrorCode::invalid_value, place, cell,
           {"只取日期，时刻已略去", "the day was taken and the time of day left out"}, {});
  }
  return CellValue<std::string>(iso(date));
}

}  // namespace v1
}  // namespace chainqual
