#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <limits>
#include <string_view>
#include <utility>

#include "chainqual/io/cell.hpp"
#include "chainqual/io/csv.hpp"
#include "chainqual/io/text.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {

/// A small table read row by row: cells by column, every error gathered.
template <std::size_t Columns>
class SmallTable {
 public:
  SmallTable(TextFile text, const std::array<CsvHeading, Columns>& headings, Findings findings)
      : findings_(std::move(findings)), converter_(text.name(), findings_), reader_(std::move(text), {}, findings_) {
    at_.fill(absent);
    const auto columns = match_headings(reader_, headings, findings_);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c]) at_[*columns[c]] = c;
    }
    for (std::size_t c = 0; c < Columns; ++c) keys_[c] = headings[c].key;
  }

  /// Goes to the next record that keeps the rules of CSV.
  bool next() {
    while (reader_.readable() && reader_.next(record_)) {
      if (!record_.bad) return true;
    }
    return false;
  }

  [[nodiscard]] bool has(std::size_t column) const { return at_[column] != absent; }
  [[nodiscard]] std::string_view cell(std::size_t column) const {
    return has(column) ? trimmed(record_.cells[at_[column]]) : std::string_view();
  }
  [[nodiscard]] CellPlace place(std::size_t column) const {
    return {record_.record, record_.line,
            has(column) ? std::string_view(reader_.headings()[at_[column]]) : keys_[column]};
  }
  [[nodiscard]] CellConverter& convert() { return converter_; }

  void report(std::size_t column, ErrorCode code, Text rule, Text fix) {
    converter_.report(FindingLevel::error, code, place(column), cell(column), std::move(rule), std::move(fix));
  }

  void missing(std::size_t column) {
    report(column, ErrorCode::missing_value, {"不能为空", "must not be empty"}, {"请填写", "fill it in"});
  }

  /// What the cell must hold, by one of the converter's functions; its absence is reported.
  template <class T>
  [[nodiscard]] CellValue<T> needed(std::size_t column, CellValue<T> value) {
    if (value.is_missing()) missing(column);
    return value;
  }

  /// An error of the table as a whole.
  void report_heading(ErrorCode code, Text rule, Text fix) {
    findings_.add({FindingLevel::error,
                   code,
                   {reader_.file().name(), 0, reader_.heading_line(), {}, 0},
                   {},
                   std::move(rule),
                   std::move(fix)});
  }

  /// That the table holds no row, where its headings could be read.
  void refuse_empty(bool empty) {
    if (!empty || findings_.has_errors()) return;
    report_heading(ErrorCode::missing_value, {"表中没有数据行", "the table has no rows"}, {"请填写数据", "fill it in"});
  }

  [[nodiscard]] bool readable() const { return reader_.readable(); }
  void finish() { throw_if_errors(findings_); }

 private:
  static constexpr std::size_t absent = std::numeric_limits<std::size_t>::max();

  Findings findings_;
  CellConverter converter_;
  CsvReader reader_;
  CsvRecord record_;
  std::array<std::size_t, Columns> at_{};
  std::array<std::string_view, Columns> keys_{};
};

/// What `read(text, findings)` makes of a file.
template <class Read>
auto table_from(const std::filesystem::path& path, Read&& read) {
  Findings findings;
  TextFile text = read_text(path, findings);
  return read(std::move(text), std::move(findings));
}

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
