#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/core/decimal.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/severity/grade.hpp"

namespace chainqual {
inline namespace v1 {

/// What a cell holds: a value, nothing (empty, -, 无, 待定, N/A: never zero), or something that was reported as an
/// error.
template <class T>
class CellValue {
 public:
  CellValue() = default;  ///< nothing
  explicit CellValue(T value) : value_(std::move(value)) {}
  [[nodiscard]] static CellValue bad() {
    CellValue result;
    result.bad_ = true;
    return result;
  }
  [[nodiscard]] bool has_value() const noexcept { return value_.has_value(); }
  [[nodiscard]] bool is_missing() const noexcept { return !value_.has_value() && !bad_; }
  [[nodiscard]] bool is_bad() const noexcept { return bad_; }
  /// @pre has_value().
  [[nodiscard]] const T& value() const { return *value_; }
  [[nodiscard]] const std::optional<T>& optional() const noexcept { return value_; }
  friend bool operator==(const CellValue&, const CellValue&) = default;

 private:
  std::optional<T> value_;
  bool bad_ = false;
};

/// Where a cell stands.
struct CellPlace {
  std::uint64_t record = 0;
  std::uint64_t line = 0;
  std::string_view column;  ///< heading as it stands in the file
};

/// Where a number may lie; both ends belong to the range. `score` also says so in the message of a date found in it.
/// `bare` and `money` refuse a unit behind the number: the heading (万元) or the row's unit tells it, and 120万 of
/// 万元, or 99% of %, would be read a hundred or ten thousand times wrong.
struct NumberRange {
  std::optional<std::int64_t> least;
  std::optional<std::int64_t> most;
  bool is_score = false;
  bool unit_elsewhere = false;

  [[nodiscard]] static constexpr NumberRange any() noexcept { return {}; }
  [[nodiscard]] static constexpr NumberRange non_negative() noexcept { return {0, std::nullopt, false}; }
  [[nodiscard]] static constexpr NumberRange share() noexcept { return {0, 1, false}; }
  [[nodiscard]] static constexpr NumberRange score() noexcept { return {1, 5, true}; }
  [[nodiscard]] static constexpr NumberRange bare() noexcept { return {std::nullopt, std::nullopt, false, true}; }
  [[nodiscard]] static constexpr NumberRange money() noexcept { return {0, std::nullopt, false, true}; }
};

/// Takes values out of cells. What breaks a rule is reported with a fix and comes back as bad; nothing is guessed.
///
/// Every cell is trimmed of space, tab, line ends, no-break, ideographic and zero-width space. Where the only fault is
/// full-width digits, letters or punctuation (４．５), or lower case in a credit code, it is an error whose fix is the
/// half-width form, or, with `repair`, taken and listed as an info. Nothing depends on the locale.
class CellConverter {
 public:
  /// @param file      as shown in findings.
  /// @param findings  outlives the converter.
  /// @param repair    take safe repairs.
  CellConverter(std::string file, Findings& findings, bool repair = false)
      : file_(std::move(file)), findings_(&findings), repair_(repair) {}

  /// An exact number. Taken: sign, digits, point (`.5`, `5.`); groups of three (`1,234,567.8`); exponent (`1e3`); per
  /// cent (`12%` = 0.12); 千 万 百万 千万 亿 万亿, alone or before 元 (`1.5亿` = 150000000). Errors: NaN and infinity,
  /// Excel's #REF! and its kin, dates (`3月4日`: Excel's reading of 3-4), ranges, other groupings (`1,5`, `12,34`:
  /// decimal comma or thousands?), brackets for minus, two units, anything else.
  ///
  /// @param cell   UTF-8, trimmed here.
  /// @param place  for findings.
  /// @param range  where the number may lie.
  /// @return value, missing or bad.
  /// @throws std::bad_alloc.
  /// @complexity  O(length).
  /// @numerics    Exact; more than 18 decimals or a coefficient beyond 2^63 − 1 is an error.
  /// @threads     One owner.
  /// @source      Definition, no paper.
  /// @since 0.1, experimental.
  [[nodiscard]] CellValue<Decimal> decimal(std::string_view cell, const CellPlace& place,
                                           const NumberRange& range = {});
  /// As `decimal`, as the nearest double; any number of digits; beyond the range of double is an error.
  [[nodiscard]] CellValue<double> real(std::string_view cell, const CellPlace& place, const NumberRange& range = {});
  /// As `decimal`, whole numbers only (3.0 is one).
  [[nodiscard]] CellValue<std::int64_t> whole(std::string_view cell, const CellPlace& place,
                                              const NumberRange& range = {});

  /// A date as ISO 8601: a day, or a month or year where the cell says no more. Taken: 2025-03-01, 2025/3/1, 2025.3.1,
  /// 20250301, 2025年3月1日 (号), 2025-03, 2025/3, 2025年3月, 2025年, 2025, Excel's serial numbers of 1950 to 2099
  /// (18264 … 73050, 1900 system), each with a time of day behind it, which is dropped (an info says so). Errors: days
  /// that do not exist, 2025-XX-XX, 3/1/2025 (day or month first?), 2025.1 (January or October?), two-digit years.
  ///
  /// @complexity  O(length). @throws std::bad_alloc. @numerics Exact. @threads One owner.
  /// @source      ISO 8601; GB/T 7408. Excel's serials count days from 1899-12-30 (from 1900-03-01 on).
  /// @since 0.1, experimental.
  [[nodiscard]] CellValue<std::string> date(std::string_view cell, const CellPlace& place);

  /// A grade: ★★, **, II, Ⅱ, 2级, 二级, 重要, important, 2 are one grade.
  [[nodiscard]] CellValue<Grade> grade(std::string_view cell, const CellPlace& place);

  /// Yes or no: true false yes no y n 1 0 是 否 有 无 对 错 √ × ✓ ✗.
  [[nodiscard]] CellValue<bool> boolean(std::string_view cell, const CellPlace& place);

  /// An enumerator by any of its names, case and width aside; the error gives the nearest and lists all.
  template <class E>
  [[nodiscard]] CellValue<E> word(std::string_view cell, const CellPlace& place) {
    static constexpr std::size_t size = Names<E>::table.size();
    std::array<WordNames, size> names;
    for (std::size_t i = 0; i < size; ++i) {
      const auto& row = Names<E>::table[i];
      names[i] = {row.key, row.zh, row.en, row.aliases};
    }
    const auto found = find_word(cell, place, names);
    if (found.has_value()) return CellValue<E>(Names<E>::table[found.value()].value);
    return found.is_bad() ? CellValue<E>::bad() : CellValue<E>();
  }

  /// A unified social credit code, 18 characters, checked (GB 32100-2015). Old codes of 15 or 9 characters are taken
  /// with a warning, as is one whose inner organisation code fails its own check. Errors: the check character, letters
  /// I O S V Z, other lengths, `9.14403E+17` and codes whose end Excel has set to zeros ("precision lost"). Lower case,
  /// full width, inner spaces and hyphens are repairable.
  ///
  /// @complexity  O(length). @throws std::bad_alloc. @numerics Exact. @threads One owner.
  /// @source      GB 32100-2015, GB 11714-1997.
  /// @since 0.1, experimental.
  [[nodiscard]] CellValue<std::string> credit_code(std::string_view cell, const CellPlace& place);

  /// Reports something about a cell.
  void report(FindingLevel level, ErrorCode code, const CellPlace& place, std::string_view value, Text rule, Text fix);

  [[nodiscard]] bool repairs() const noexcept { return repair_; }
  [[nodiscard]] const std::string& file() const noexcept { return file_; }

 private:
  struct WordNames {
    std::string_view key, zh, en, aliases;
  };
  struct Number;
  [[nodiscard]] CellValue<std::size_t> find_word(std::string_view cell, const CellPlace& place,
                                                 std::span<const WordNames> names);
  [[nodiscard]] CellValue<Number> number(std::string_view cell, const CellPlace& place, const NumberRange& range);
  void report_width(std::string_view cell, const CellPlace& place, const std::string& half);
  void report_range(std::string_view cell, const CellPlace& place, const NumberRange& range);

  std::string file_;
  Findings* findings_;
  bool repair_;
};

/// Without white space of any kind around it; inside it stays.
[[nodiscard]] std::string_view trimmed(std::string_view cell) noexcept;

/// Full-width ASCII (！ … ～), ideographic and no-break space as their half-width forms, other text as it is.
[[nodiscard]] std::string half_width(std::string_view text);

/// Whether a trimmed cell says that there is nothing: empty, - — – － / 无 暂无 待定 未知 不详 N/A NA null.
[[nodiscard]] bool says_nothing(std::string_view trimmed_cell) noexcept;

/// The elements of a multi-valued cell: split at ; ； 、, trimmed, empty ones left out. A backslash before a separator,
/// a space, a backslash or at the start of an element makes the next character an ordinary one. A cell that only says
/// that there is nothing has none.
[[nodiscard]] std::vector<std::string> split_list(std::string_view cell);

/// One cell that `split_list` gives back exactly. @pre no element is empty.
[[nodiscard]] std::string join_list(std::span<const std::string> elements);

}  // namespace v1
}  // namespace chainqual
