#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/io/sheet.hpp"

namespace chainqual {
inline namespace v1 {

/// What a cell of a form is for; it decides how the cell looks.
enum class FormRole : std::uint8_t {
  label,  ///< printed on the form: shaded, in the middle
  value,  ///< filled in
  sign,   ///< where people sign, seal and date: at the right end
  words   ///< printed sentences: an agreement's clauses, a pledge
};

/// One box to tick.
struct FormBox {
  std::string text;
  bool ticked = false;
  friend bool operator==(const FormBox&, const FormBox&) = default;
};

/// One cell of a form. What is not known is an empty cell, to be filled in by hand.
struct FormCell {
  FormRole role = FormRole::value;
  SheetCell content = {};           ///< texts keep their line ends
  std::vector<FormBox> boxes = {};  ///< above the text
  std::size_t columns = 1;          ///< how many it spans
  std::size_t rows = 1;
  bool joined = false;  ///< no line between it and what stands above
  bool centred = false;
  friend bool operator==(const FormCell&, const FormCell&) = default;
};

[[nodiscard]] inline FormCell form_label(std::string text, std::size_t columns = 1, std::size_t rows = 1) {
  return {FormRole::label, std::move(text), {}, columns, rows};
}
[[nodiscard]] inline FormCell form_value(SheetCell content, std::size_t columns = 1, std::size_t rows = 1) {
  return {FormRole::value, std::move(content), {}, columns, rows};
}

struct FormRow {
  std::vector<FormCell> cells;  ///< from left to right; places that a cell above spans are left out
  double least_mm = 8;          ///< height; it grows with what it holds
  bool head = false;            ///< of the block's heading, printed again on each page; head rows come first in a block
  friend bool operator==(const FormRow&, const FormRow&) = default;
};

/// A table of a form under a heading of its own.
struct FormBlock {
  std::string heading = {};
  std::vector<std::size_t> widths = {};  ///< of the columns, in parts of the page; the same sum in all blocks
  std::vector<FormRow> rows = {};
  bool lined = true;  ///< lines around cells; without them the block reads as running text
  friend bool operator==(const FormBlock&, const FormBlock&) = default;
};

/// One form: what stands on it, filled as far as it is known. Plain data, printed by `write_form_xlsx`, `form_html` and
/// the map component's `form_pdf`.
struct Form {
  std::string number = {};  ///< the standard's: "表 C.1", "附录 A"
  std::string title = {};
  std::string tab = {};  ///< short name, of the sheet in a workbook; empty: the number
  Language language = Language::zh;
  bool landscape = false;
  std::vector<FormBlock> blocks = {};
  std::vector<std::string> notes = {};  ///< below it, in small print
  friend bool operator==(const Form&, const Form&) = default;
};

/// A cell with the place of its upper left corner.
struct PlacedFormCell {
  const FormCell* cell = nullptr;
  std::size_t row = 0;
  std::size_t column = 0;
};

/// Where each cell of a block stands, row by row.
///
/// @param block  its cells fill rows × columns without gap or overlap.
/// @throws Error{invalid_argument} they do not; a column without width; head rows after others, or a cell that spans
///         from head rows into others. The message names the row.
/// @complexity O(rows · columns).
/// @numerics none.
/// @threads  Pure.
/// @source  Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<PlacedFormCell> placed_cells(const FormBlock& block);

/// The text of a cell as it is printed: boxes as "☑ …" and "□ …", set apart by two spaces, then what it holds,
/// numbers and stars as text. @complexity O(text).
[[nodiscard]] std::string form_text(const FormCell& cell);

/// Writes forms as an XLSX workbook, one sheet a form, laid out for A4: merged cells, lines, heights for what they
/// hold, headings again on each page. Texts are never formulas. Equal forms give equal bytes.
///
/// @param forms  one or more.
/// @param path   written beside and then renamed.
/// @throws Error{invalid_argument}  no form, a form without blocks, blocks whose widths differ in sum, cells that do
///         not fill their block.
/// @throws Error{limit_exceeded | invalid_value | io_failure}  as write_xlsx.
/// @complexity  O(cells).
/// @numerics    as write_xlsx.
/// @threads     Concurrent calls with different paths are safe.
/// @source      ECMA-376 through libxlsxwriter.
/// @since 0.1, experimental.
void write_form_xlsx(std::span<const Form> forms, const std::filesystem::path& path);
inline void write_form_xlsx(const Form& form, const std::filesystem::path& path) {
  write_form_xlsx(std::span(&form, 1), path);
}

/// Forms as one HTML page without script or link, which prints on A4, each form on pages of its own.
///
/// @param forms  one or more.
/// @return the document, UTF-8; equal forms give equal bytes. Characters that HTML forbids show as U+FFFD.
/// @throws Error{invalid_argument} as write_form_xlsx; Error{invalid_value} a number is not finite.
/// @complexity  O(cells).
/// @numerics    Decimals as they are written; doubles as the shortest text that reads back to the same bits.
/// @threads     Pure.
/// @source      HTML Living Standard; CSS Paged Media.
/// @since 0.1, experimental.
[[nodiscard]] std::string form_html(std::span<const Form> forms);
[[nodiscard]] inline std::string form_html(const Form& form) {
  return form_html(std::span(&form, 1));
}

}  // namespace v1
}  // namespace chainqual

#include "chainqual/io/form-inl.hpp"
