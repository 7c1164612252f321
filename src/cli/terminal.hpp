#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a terminal needs to know of text: how many cells it takes, what must not reach the screen, and how to set it in
/// columns.
namespace chainqual::cli {

/// Cells that UTF-8 `text` takes on a terminal: 2 for East Asian wide characters, 0 for combining marks, else 1.
[[nodiscard]] std::size_t display_width(std::string_view text) noexcept;

/// `text` with control characters and text-direction marks written out (`\x1B`, `\u{202E}`): no name can drive a
/// terminal.
[[nodiscard]] std::string screen_safe(std::string_view text);

/// `text` cut to `width` cells, the last of them "…" when anything was cut.
[[nodiscard]] std::string cut_to_width(std::string_view text, std::size_t width);

/// `text` followed (or preceded) by spaces up to `width` cells.
enum class Align { left, right };
[[nodiscard]] std::string pad_to_width(std::string_view text, std::size_t width, Align align = Align::left);

/// `share` of `width` cells as a bar with eighths of a cell; `share` is clamped to [0, 1]. Nothing at all for exactly
/// 0.
[[nodiscard]] std::string bar(double share, std::size_t width);

/// `value` with exactly `places` decimals, independent of any locale.
[[nodiscard]] std::string fixed(double value, int places);

/// The shortest digits that read back to the same `value`, independent of any locale.
[[nodiscard]] std::string shortest(double value);

/// `share` as a percentage with one decimal; "<0.1%" for what would otherwise read as nothing.
[[nodiscard]] std::string percent(double share);

/// 1234567 → "1,234,567" (for people; never written to files).
[[nodiscard]] std::string grouped(std::uint64_t count);

enum class Ink { plain, bold, dim, red, yellow, green, cyan };

/// Puts ink on text where the stream is a terminal that wants it; else returns the text as it is.
class Style {
 public:
  explicit Style(bool coloured = false) : coloured_(coloured) {}
  [[nodiscard]] std::string operator()(Ink ink, std::string_view text) const;
  [[nodiscard]] bool coloured() const noexcept { return coloured_; }

 private:
  bool coloured_;
};

/// Columns aligned by cells. A cell's text is made screen-safe; ink is added after measuring.
class Table {
 public:
  struct Cell {
    std::string text;
    Ink ink = Ink::plain;
    Cell(std::string t, Ink i = Ink::plain) : text(std::move(t)), ink(i) {}
    Cell(const char* t) : text(t) {}
  };

  /// `elastic` columns give way, widest first, when a row would not fit the terminal.
  void column(std::string heading, Align align = Align::left, bool elastic = false);
  void row(std::vector<Cell> cells);
  [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }

  /// The table as lines ending in '\n', each starting with two spaces. No line is cut when `width` is absent.
  [[nodiscard]] std::string text(const Style& style, std::optional<std::size_t> width) const;

 private:
  struct Column {
    std::string heading;
    Align align;
    bool elastic;
  };
  [[nodiscard]] std::vector<std::size_t> widths(std::optional<std::size_t> width) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

/// Splits `text` into lines of at most `width` cells, at spaces or between wide characters, never leaving Chinese
/// closing punctuation at a line's start. Every line after the first starts with `indent`; the first has `start` cells
/// before it already.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width, std::string_view indent,
                                  std::size_t start = 0);

}  // namespace chainqual::cli
