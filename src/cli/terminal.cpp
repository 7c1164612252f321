#include "terminal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>

#include "chainqual/core/error.hpp"

namespace chainqual::cli {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// East_Asian_Width W and F of Unicode 15, neighbouring blocks merged where what lies between is unassigned or private
// to CJK.
constexpr std::array<Range, 44> wide_ranges{{
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A}, {0x23E9, 0x23EC}, {0x23F0, 0x23F0}, {0x23F3, 0x23F3},
    {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653}, {0x267F, 0x267F}, {0x2693, 0x2693}, {0x26A1, 0x26A1},
    {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5}, {0x26CE, 0x26CE}, {0x26D4, 0x26D4}, {0x26EA, 0x26EA},
    {0x26F2, 0x26F3},   {0x26F5, 0x26F5},   {0x26FA, 0x26FA}, {0x26FD, 0x26FD}, {0x2705, 0x2705}, {0x270A, 0x270B},
    {0x2728, 0x2728},   {0x274C, 0x274C},   {0x274E, 0x274E}, {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2795, 0x2797},
    {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xA960, 0xA97C}, {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6B}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x16FE0, 0x1B2FB},
    {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD},
}};

constexpr std::array<Range, 10> zero_ranges{{
    {0x0300, 0x036F},
    {0x0483, 0x0489},
    {0x200B, 0x200F},
    {0x202A, 0x202E},
    {0x2060, 0x2064},
    {0x2066, 0x2069},
    {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F},
    {0xE0100, 0xE01EF},
}};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t point) noexcept {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), point,
                                      [](char32_t value, const Range& range) { return value < range.first; });
  return after != ranges.begin() && point <= std::prev(after)->last;
}

struct Point {
  char32_t value = 0xFFFD;
  std::size_t bytes = 1;
};

// The character at the start of `text` (not empty); a byte that starts no UTF-8 sequence counts alone, as U+FFFD.
Point first_point(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (bytes == 0 || text.size() < bytes) return {};
  char32_t value = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {};
    value = (value << 6) | (byte(i) & 0x3FU);
  }
  return {value, bytes};
}

std::size_t width_of(char32_t point) noexcept {
  if (point < 0x300) return point < 0x20 || (point >= 0x7F && point < 0xA0) ? 0 : 1;
  if (within(zero_ranges, point)) return 0;
  return within(wide_ranges, point) ? 2 : 1;
}

}  // namespace

std::size_t display_width(std::string_view text) noexcept {
  std::size_t width = 0;
  while (!text.empty()) {
    const Point point = first_point(text);
    width += width_of(point.value);
    text.remove_prefix(point.bytes);
  }
  return width;
}

std::string screen_safe(std::string_view text) {
  return shown_value(text, text.size());
}

std::string cut_to_width(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::size_t bytes = 0;
  std::size_t used = 0;
  while (bytes < text.size()) {
    const Point point = first_point(text.substr(bytes));
    const std::size_t cells = width_of(point.value);
    if (used + cells > width - 1) break;
    used += cells;
    bytes += point.bytes;
  }
  return std::string(text.substr(0, bytes)) + "…";
}

std::string pad_to_width(std::string_view text, std::size_t width, Align align) {
  const std::size_t used = display_width(text);
  std::string out(text);
  if (used < width) out.insert(align == Align::left ? out.size() : 0, width - used, ' ');
  return out;
}

std::string bar(double share, std::size_t width) {
  constexpr std::array<std::string_view, 8> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (!(share > 0)) return {};
  const auto cells =
      static_cast<std::size_t>(std::ceil(std::min(share, 1.0) * static_cast<double>(width) * 8.0 - 1e-9));
  std::string out;
  for (std::size_t i = 0; i < cells / 8; ++i) out += "█";
  return out.append(eighths[cells % 8]);
}

std::string fixed(double value, int places) {
  std::array<char, 352> buffer{};
  const auto done =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, places);
  return std::string(buffer.data(), done.ptr);
}

std::string shortest(double value) {
  std::array<char, 32> buffer{};
  const auto done = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), done.ptr);
}

std::string percent(double share) {
  if (share > 0 && share < 0.0005) return "<0.1%";
  return fixed(100 * share, 1) + "%";
}

std::string grouped(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string Style::operator()(Ink ink, std::string_view text) const {
  if (!coloured_ || ink == Ink::plain || text.empty()) return std::string(text);
  constexpr std::array<std::string_view, 7> codes{"", "1", "2", "31", "33", "32", "36"};
  return "\x1b[" + std::string(codes[static_cast<std::size_t>(ink)]) + "m" + std::string(text) + "\x1b[0m";
}

void Table::column(std::string heading, Align align, bool elastic) {
  columns_.push_back({std::move(heading), align, elastic});
}

void Table::row(std::vector<Cell> cells) {
  cells.resize(columns_.size(), Cell(""));
  for (auto& cell : cells) cell.text = screen_safe(cell.text);
  rows_.push_back(std::move(cells));
}

std::vector<std::size_t> Table::widths(std::optional<std::size_t> width) const {
  constexpr std::size_t least = 12;  // an elastic column never gives way below this
  std::vector<std::size_t> result;
  for (const auto& column : columns_) result.push_back(display_width(column.heading));
  for (const auto& row : rows_) {
    for (std::size_t c = 0; c < columns_.size(); ++c) result[c] = std::max(result[c], display_width(row[c].text));
  }
  if (!width) return result;
  std::size_t total = 0;
  for (const std::size_t cells : result) total += cells + 2;
  while (total > *width) {
    std::size_t widest = columns_.size();
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (columns_[c].elastic && result[c] > least && (widest == columns_.size() || result[c] > result[widest])) {
        widest = c;
      }
    }
    if (widest == columns_.size()) break;
    --result[widest];
    --total;
  }
  return result;
}

std::string Table::text(const Style& style, std::optional<std::size_t> width) const {
  const auto cells = widths(width);
  std::string out;
  const auto line = [&](auto&& text_of, auto&& ink_of) {
    std::string pending = "  ";  // spaces held back, so that no line ends in them
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const std::string shown = cut_to_width(text_of(c), cells[c]);
      const std::size_t gap = cells[c] - std::min(cells[c], display_width(shown));
      if (columns_[c].align == Align::right) pending.append(gap, ' ');
      if (!shown.empty()) {
        out += pending + style(ink_of(c), shown);
        pending.clear();
      }
      pending.append((columns_[c].align == Align::left ? gap : 0) + 2, ' ');
    }
    out += '\n';
  };
  const bool headed = std::any_of(columns_.begin(), columns_.end(), [](const Column& c) { return !c.heading.empty(); });
  if (headed) line([&](std::size_t c) { return columns_[c].heading; }, [](std::size_t) { return Ink::dim; });
  for (const auto& row : rows_) {
    line([&](std::size_t c) { return row[c].text; }, [&](std::size_t c) { return row[c].ink; });
  }
  return out;
}

std::string wrapped(std::string_view text, std::size_t width, std::string_view indent, std::size_t start) {
  constexpr std::u32string_view no_start = U"，。、；：！？）》」』】％,.;:!?)]}%";
  constexpr std::u32string_view no_end = U"（《「『【([{«";
  char32_t before = 0;
  std::string out;
  std::string line;
  std::size_t used = start;
  std::size_t break_bytes = 0;  // where `line` may be broken, 0 = nowhere yet
  while (!text.empty()) {
    const Point point = first_point(text);
    if (point.value == '\n') {
      out += line + "\n" + std::string(indent);
      line.clear();
      used = display_width(indent);
      break_bytes = 0;
      text.remove_prefix(1);
      continue;
    }
    const std::size_t cells = width_of(point.value);
    const bool bound =
        no_start.find(point.value) != std::u32string_view::npos || no_end.find(before) != std::u32string_view::npos;
    if (cells == 2 && !bound) break_bytes = line.size();
    if (used + cells > width && break_bytes > 0) {
      std::string rest = line.substr(break_bytes);
      while (!rest.empty() && rest.front() == ' ') rest.erase(0, 1);
      line.resize(break_bytes);
      while (!line.empty() && line.back() == ' ') line.pop_back();
      out += line + "\n" + std::string(indent);
      used = display_width(indent) + display_width(rest);
      line = std::move(rest);
      break_bytes = 0;
    }
    line.append(text.substr(0, point.bytes));
    used += cells;
    before = point.value;
    text.remove_prefix(point.bytes);
    const bool may_end = before == U' ' || (cells == 2 && no_start.find(before) != std::u32string_view::npos);
    const bool next_bound = !text.empty() && no_start.find(first_point(text).value) != std::u32string_view::npos;
    if (may_end && !next_bound) break_bytes = line.size();
  }
  return out + line;
}

}  // namespace chainqual::cli
