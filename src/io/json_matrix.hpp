#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fraction.hpp"
#include "json_object.hpp"

// Lists and tables of numbers in JSON documents.

namespace chainqual {
inline namespace v1 {
namespace intake {

/// Reads lists of numbers and of lists of numbers, every fault told at its place.
class NumberLists {
 public:
  /// @param model  a file of the form expected, for fixes.
  NumberLists(CellConverter& converter, std::string_view model) : converter_(&converter), model_(model) {}

  /// One list; `blank` stands for null and empty cells, which are faults without it.
  std::vector<double> list(const JsonValue& value, const std::string& pointer, std::optional<double> blank = {}) {
    std::vector<double> numbers;
    if (!is_list(value, pointer)) return numbers;
    for (std::size_t k = 0; k < value.values.size(); ++k) {
      const JsonValue& cell = value.values[k];
      const std::string at = pointer + "/" + std::to_string(k);
      const CellPlace place{0, cell.line, at};
      const bool empty = cell.kind == JsonValue::Kind::null || (cell.is_scalar() && trimmed(cell.text).empty());
      if (empty && blank) {
        numbers.push_back(*blank);
        continue;
      }
      const auto number =
          cell.is_scalar() && !empty ? fraction(*converter_, trimmed(cell.text), place) : CellValue<double>();
      if (number.is_missing()) {
        converter_->report(FindingLevel::error, ErrorCode::invalid_value, place,
                           cell.is_scalar() ? cell.text : std::string(), {"应是一个数", "must be a number"},
                           see_form(model_));
      }
      numbers.push_back(number.has_value() ? number.value() : 0);
    }
    return numbers;
  }

  /// Rows of one length: their numbers by row, and how many rows and columns there are.
  struct Table {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<double> values;
  };
  Table table(const JsonValue& value, const std::string& pointer, std::optional<double> blank = {}) {
    Table made;
    if (!is_list(value, pointer)) return made;
    for (std::size_t k = 0; k < value.values.size(); ++k) {
      const std::string at = pointer + "/" + std::to_string(k);
      const std::vector<double> row = list(value.values[k], at, blank);
      if (k == 0) made.columns = row.size();
      if (row.size() != made.columns) {
        const std::string has = std::to_string(row.size());
        const std::string wants = std::to_string(made.columns);
        converter_->report(FindingLevel::error, ErrorCode::shape_mismatch, {0, value.values[k].line, at}, {},
                           {"该行有 " + has + " 个数，第一行有 " + wants + " 个",
                            "the row has " + has + " numbers and the first one " + wants},
                           {"各行写同样多的数", "give each row as many"});
        continue;
      }
      ++made.rows;
      made.values.insert(made.values.end(), row.begin(), row.end());
    }
    return made;
  }

 private:
  bool is_list(const JsonValue& value, const std::string& pointer) {
    if (value.kind == JsonValue::Kind::list) return true;
    converter_->report(FindingLevel::error, ErrorCode::invalid_value, {0, value.line, pointer},
                       value.is_scalar() ? value.text : std::string(),
                       {"应是一个数组（[ … ]）", "must be an array ([ … ])"}, see_form(model_));
    return false;
  }

  CellConverter* converter_;
  std::string_view model_;
};

/// A square matrix of judgements by row; a null is a blank (NaN).
inline std::vector<double> judgement_matrix(const JsonValue& value, const std::string& pointer,
                                            CellConverter& converter, std::string_view model) {
  NumberLists lists(converter, model);
  auto table = lists.table(value, pointer, std::numeric_limits<double>::quiet_NaN());
  if (table.rows != table.columns) {
    converter.report(FindingLevel::error, ErrorCode::shape_mismatch, {0, value.line, pointer}, {},
                     {"判断矩阵应行列相等", "judgements are as many rows as columns"}, {"写足各行", "give all rows"});
  }
  return std::move(table.values);
}

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
