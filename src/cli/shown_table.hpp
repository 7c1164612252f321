#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chainqual/io/xlsx.hpp"
#include "findings.hpp"

namespace chainqual::cli {

struct ShownColumn {
  std::string key;    ///< in JSON and CSV
  Text name;          ///< on screen and in workbooks
  bool wide = false;  ///< running text, which gives way on a narrow terminal
};

/// A table in one form for all that is done with it: shown, answered in JSON, written as CSV or XLSX.
struct ShownTable {
  std::string key;
  Text name;
  std::vector<ShownColumn> columns;
  std::vector<std::vector<SheetCell>> rows;  ///< cells beside `columns`
};

/// A cell that may hold nothing.
template <class T>
[[nodiscard]] SheetCell cell_of(const std::optional<T>& value) {
  return value ? SheetCell(*value) : SheetCell();
}
/// A count.
[[nodiscard]] SheetCell count_cell(std::uint64_t value);
/// An exact number, in digits where it ends and as the nearest double where it does not.
[[nodiscard]] SheetCell exact_cell(const std::optional<Rational>& value);

/// [{column: cell}, …]: exact numbers as texts, what is absent as null, what is not finite as "inf", "-inf"
/// or "nan".
[[nodiscard]] Json shown_json(const ShownTable& table);
/// The table under its name; nothing but the name's line where it has no rows.
[[nodiscard]] std::string shown_text(const Session& session, const ShownTable& table);
/// `.xlsx`: all of them; else the first, as CSV. @throws Error{io_failure} as `write_atomically`.
void write_shown(const Session& session, const std::vector<ShownTable>& tables, const std::string& path);

}  // namespace chainqual::cli
