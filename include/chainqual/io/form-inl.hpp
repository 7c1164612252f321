#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>

namespace chainqual {
inline namespace v1 {
namespace form_detail {

[[noreturn]] inline void refuse(const FormBlock& block, std::size_t row, const std::string& zh, const std::string& en) {
  const std::string line = std::to_string(row + 1);
  throw Error(ErrorCode::invalid_argument, {"表格“" + block.heading + "”第 " + line + " 行：" + zh,
                                            "Form block '" + block.heading + "', row " + line + ": " + en});
}

inline void check_heads(const FormBlock& block) {
  std::size_t heads = 0;
  while (heads < block.rows.size() && block.rows[heads].head) ++heads;
  for (std::size_t row = 0; row < block.rows.size(); ++row) {
    if (row >= heads && block.rows[row].head) {
      refuse(block, row, "表头行须在其他行之前。", "head rows must come before all others.");
    }
    for (const auto& cell : block.rows[row].cells) {
      if (row < heads && cell.rows > heads - row) {
        refuse(block, row, "单元格从表头伸入其他行。", "a cell spans from the head rows into others.");
      }
    }
  }
}

/// The width of the page in the form's parts, the same for all blocks. @throws Error{invalid_argument} it is not.
inline std::size_t page_parts(const Form& form) {
  if (form.blocks.empty()) {
    throw Error(ErrorCode::invalid_argument,
                {"表单“" + form.title + "”没有内容。", "Form '" + form.title + "' is empty."});
  }
  const auto sum = [](const FormBlock& block) {
    std::size_t total = 0;
    for (const std::size_t width : block.widths) total += width;
    return total;
  };
  const std::size_t parts = sum(form.blocks.front());
  for (const FormBlock& block : form.blocks) {
    if (sum(block) == parts) continue;
    throw Error(ErrorCode::invalid_argument,
                {"表单“" + form.title + "”各表的列宽之和须相等。",
                 "Form '" + form.title + "': the widths of its blocks must have the same sum."});
  }
  return parts;
}

/// @throws Error{invalid_argument} there is none.
inline void need_forms(std::span<const Form> given) {
  if (given.empty()) throw Error(ErrorCode::invalid_argument, {"没有要输出的表单。", "There is no form to write."});
}

/// Whether cells that want no line above them cover all of this cell's lower side.
inline bool joined_below(const std::vector<PlacedFormCell>& placed, const PlacedFormCell& at) {
  std::size_t covered = 0;
  for (const PlacedFormCell& other : placed) {
    if (!other.cell->joined || other.row != at.row + at.cell->rows) continue;
    const std::size_t first = std::max(other.column, at.column);
    const std::size_t last = std::min(other.column + other.cell->columns, at.column + at.cell->columns);
    if (first < last) covered += last - first;
  }
  return covered == at.cell->columns;
}

/// The shortest digits that read back to the same bits. @throws Error{invalid_value} not finite.
inline std::string shortest(double number) {
  if (!std::isfinite(number)) {
    throw Error(ErrorCode::invalid_value,
                {"表单中的数不是有限数；请留空。", "A number of the form is not finite; leave it empty."});
  }
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  return std::string(digits, end);
}

}  // namespace form_detail

inline std::vector<PlacedFormCell> placed_cells(const FormBlock& block) {
  const std::size_t columns = block.widths.size();
  const std::size_t rows = block.rows.size();
  if (columns == 0 || std::count(block.widths.begin(), block.widths.end(), std::size_t{0}) != 0) {
    form_detail::refuse(block, 0, "每列都要有宽度。", "every column needs a width.");
  }
  form_detail::check_heads(block);
  std::vector<PlacedFormCell> placed;
  std::vector<std::size_t> free_from(columns, 0);  // first row at which nothing covers the column
  for (std::size_t row = 0; row < rows; ++row) {
    std::size_t column = 0;
    const auto skip = [&] {
      while (column < columns && free_from[column] > row) ++column;
    };
    for (const FormCell& cell : block.rows[row].cells) {
      skip();
      if (cell.columns == 0 || cell.rows == 0 || cell.columns > columns - column || cell.rows > rows - row) {
        form_detail::refuse(block, row, "单元格超出表格。", "a cell reaches beyond the table.");
      }
      for (std::size_t at = column; at < column + cell.columns; ++at) {
        if (free_from[at] > row) form_detail::refuse(block, row, "单元格相互重叠。", "two cells overlap.");
        free_from[at] = row + cell.rows;
      }
      placed.push_back({&cell, row, column});
      column += cell.columns;
    }
    skip();
    if (column != columns) form_detail::refuse(block, row, "有空缺的单元格。", "cells are missing.");
  }
  return placed;
}

inline std::string form_text(const FormCell& cell) {
  std::string boxes;
  for (std::size_t i = 0; i < cell.boxes.size(); ++i) {
    boxes += i > 0 ? "  " : "";
    boxes += (cell.boxes[i].ticked ? "☑ " : "□ ") + cell.boxes[i].text;
  }
  std::string text;
  if (const auto* words = std::get_if<std::string>(&cell.content)) text = *words;
  if (const auto* number = std::get_if<double>(&cell.content)) text = form_detail::shortest(*number);
  if (const auto* decimal = std::get_if<Decimal>(&cell.content)) text = decimal->to_string();
  if (const auto* grade = std::get_if<Grade>(&cell.content)) text = stars(*grade);
  return boxes + (boxes.empty() || text.empty() ? "" : "\n") + text;
}

}  // namespace v1
}  // namespace chainqual
