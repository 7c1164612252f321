#include "chainqual/map/text_metrics.hpp"

#include <algorithm>
#include <array>

#include "utf8.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using chart::append_character;
using chart::take_character;

/// Advance of U+0020 … U+007E in 1/100 em, regular and bold, with 4 % to spare.
constexpr std::array<unsigned char, 95> regular{
    24, 34, 50, 58, 58, 96, 71, 29, 36, 36, 49, 58, 29, 37, 29, 41, 58, 58, 58, 58, 58, 58, 58, 58,
    58, 58, 29, 29, 58, 58, 58, 50, 99, 64, 69, 67, 72, 62, 58, 72, 76, 31, 56, 68, 57, 85, 76, 78,
    66, 78, 67, 62, 63, 75, 60, 92, 60, 56, 63, 36, 41, 36, 58, 59, 64, 59, 65, 54, 65, 58, 34, 59,
    64, 29, 29, 58, 30, 97, 64, 64, 65, 65, 41, 49, 40, 64, 55, 84, 52, 55, 50, 36, 29, 36, 58};
constexpr std::array<unsigned char, 95> heavy{
    24, 39, 60, 62, 62, 101, 77, 34, 40,  40, 53, 62, 34, 39, 34, 41, 62, 62, 62, 62, 62, 62, 62, 62,
    62, 62, 34, 34, 62, 62,  62, 54, 105, 67, 71, 69, 75, 64, 61, 75, 79, 35, 60, 72, 61, 89, 78, 81,
    70, 81, 71, 65, 65, 78,  65, 96, 66,  61, 64, 40, 41, 40, 62, 59, 66, 62, 67, 55, 67, 61, 39, 63,
    67, 32, 32, 63, 33, 101, 67, 66, 67,  67, 46, 52, 44, 67, 60, 90, 59, 60, 54, 40, 31, 40, 62};

constexpr bool within(char32_t code, char32_t first, char32_t last) noexcept {
  return code >= first && code <= last;
}

constexpr bool invisible(char32_t code) noexcept {
  return within(code, 0x300, 0x36F) || within(code, 0x200B, 0x200F) || within(code, 0x202A, 0x202E) ||
         within(code, 0x2060, 0x206F) || within(code, 0xFE00, 0xFE0F) || within(code, 0x20D0, 0x20FF) ||
         code == 0xFEFF || code == 0xAD || within(code, 0xE0100, 0xE01EF);
}

double em(char32_t code, bool bold) noexcept {
  if (within(code, 0x20, 0x7E)) return (bold ? heavy : regular)[code - 0x20] / 100.0;
  if (invisible(code)) return 0;
  if (code == 0x2013) return 0.58;                          // en dash
  if (within(code, 0x1F000, 0x1FAFF)) return 1.4;           // pictographs
  if (code == 0xB7) return 1;                               // a middle dot is full-width in Chinese fonts
  if (within(code, 0xA0, 0x24F)) return bold ? 0.85 : 0.8;  // accented Latin; the widest is an upper-case ligature
  if (within(code, 0x250, 0x1FFF)) return 0.95;             // Greek, Cyrillic, Arabic, Thai …
  return 1;
}

/// No line begins with these.
constexpr bool closing(char32_t code) noexcept {
  constexpr std::u32string_view marks = U"，。、；：？！）》」』】〉”’…·—%,.;:?!)]}";
  return marks.find(code) != std::u32string_view::npos;
}
/// No line ends with these.
constexpr bool opening(char32_t code) noexcept {
  constexpr std::u32string_view marks = U"（《「『【〈“‘([{";
  return marks.find(code) != std::u32string_view::npos;
}
/// A line may break on both sides of these.
constexpr bool ideographic(char32_t code) noexcept {
  return code >= 0x2E80 && !within(code, 0xD800, 0xF8FF);
}
constexpr bool blank(char32_t code) noexcept {
  return code == ' ' || code == 0x3000;
}

std::u32string characters(std::string_view text) {
  std::u32string all;
  all.reserve(text.size());
  while (!text.empty()) {
    char32_t code = take_character(text);
    if (code < 0x20 || code == 0x7F || code == 0x2028 || code == 0x2029) code = ' ';
    all += code;
  }
  return all;
}

std::string utf8(std::u32string_view text) {
  std::string all;
  for (const char32_t code : text) append_character(all, code);
  return all;
}

double width_of(std::u32string_view text, bool bold) noexcept {
  double sum = 0;
  for (const char32_t code : text) sum += em(code, bold);
  return sum;
}

std::u32string_view without_blanks(std::u32string_view text) {
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

constexpr char32_t ellipsis = 0x2026;

std::u32string cut(std::u32string_view text, double ems, bool bold) {
  if (width_of(text, bold) <= ems) return std::u32string(text);
  double used = 1;  // the ellipsis
  if (used > ems) return {};
  std::size_t kept = 0;
  while (kept < text.size() && used + em(text[kept], bold) <= ems) used += em(text[kept++], bold);
  // A separator before the ellipsis would say nothing.
  constexpr std::u32string_view separators = U" ,;、，；\u3000";
  while (kept > 0 && separators.find(text[kept - 1]) != std::u32string_view::npos) --kept;
  std::u32string shown(text.substr(0, kept));
  shown += ellipsis;
  return shown;
}

/// How many characters the next line takes, blanks behind it included.
std::size_t line_length(std::u32string_view text, double ems, bool bold) {
  double used = 0;
  std::size_t last_break = 0;
  std::size_t last_joint = 0;  // behind a hyphen or stroke: taken before a word is broken
  for (std::size_t i = 0; i < text.size(); ++i) {
    used += em(text[i], bold);
    if (used > ems && !blank(text[i])) {
      if (last_break != 0) return last_break;
      return last_joint != 0 ? last_joint : std::max<std::size_t>(i, 1);
    }
    if (i > 0 && (text[i] == '-' || text[i] == '/')) last_joint = i + 1;
    const bool last = i + 1 == text.size();
    const bool between = last || blank(text[i]) || ideographic(text[i]) || ideographic(text[i + 1]);
    if (between && !opening(text[i]) && (last || (!closing(text[i + 1]) && !blank(text[i + 1])))) last_break = i + 1;
  }
  return text.size();
}

}  // namespace

double text_width(std::string_view text, double size, bool bold) noexcept {
  double sum = 0;
  while (!text.empty()) sum += em(take_character(text), bold);
  return sum * size;
}

std::string fit_text(std::string_view text, double width, double size, bool bold) {
  const std::u32string all = characters(text);
  return utf8(cut(without_blanks(all), width / size, bold));
}

std::vector<std::string> wrap_text(std::string_view text, double width, double size, bool bold, std::size_t max_lines) {
  const std::u32string all = characters(text);
  std::u32string_view rest = without_blanks(all);
  std::vector<std::string> lines;
  const double ems = width / size;
  while (!rest.empty()) {
    if (lines.size() + 1 >= max_lines) {
      lines.push_back(utf8(cut(rest, ems, bold)));
      break;
    }
    const std::size_t length = line_length(rest, ems, bold);
    lines.push_back(utf8(without_blanks(rest.substr(0, length))));
    rest = without_blanks(rest.substr(length));
  }
  return lines;
}

}  // namespace v1
}  // namespace chainqual
