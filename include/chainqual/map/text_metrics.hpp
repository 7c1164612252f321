#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chainqual {
inline namespace v1 {

/// Width of a line of text as the map lays it out, without any font at hand.
///
/// East Asian characters are 1 em, Latin ones as wide as in Noto Sans CJK with 4 % to spare, so that the usual
/// sans-serif fonts of Chinese systems stay within it; combining marks and invisible characters are 0.
///
/// @param text  UTF-8; a malformed byte counts as U+FFFD.
/// @param size  font size in px.
/// @param bold  weight.
/// @return px, >= 0.
/// @throws none.
/// @complexity O(length).
/// @numerics Sum in order of the text.
/// @threads Pure.
/// @source Advance widths of Noto Sans CJK SC (regular and bold), rounded up to 1/100 em.
/// @since 0.1, experimental.
[[nodiscard]] double text_width(std::string_view text, double size, bool bold = false) noexcept;

/// `text` as it is when it fits `width`, else its longest beginning that fits with "…" behind it; empty when not even
/// that fits. Line breaks and tabs become spaces.
///
/// @param text   UTF-8.
/// @param width  px.
/// @param size   font size in px.
/// @param bold   weight.
/// @throws std::bad_alloc.
/// @complexity O(length).
/// @numerics As text_width.
/// @threads Pure.
/// @source Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::string fit_text(std::string_view text, double width, double size, bool bold = false);

/// Breaks a text into lines of at most `width` px: at spaces and between East Asian characters, never before closing
/// punctuation, and within a word only when it is wider than a line. The last of `max_lines` ends in "…" when more
/// would follow.
///
/// @param text       UTF-8.
/// @param width      px.
/// @param size       font size in px.
/// @param bold       weight.
/// @param max_lines  at least 1.
/// @return no line for a blank text.
/// @throws std::bad_alloc.
/// @complexity O(length) for each line.
/// @numerics As text_width.
/// @threads Pure.
/// @source Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<std::string> wrap_text(std::string_view text, double width, double size, bool bold,
                                                 std::size_t max_lines);

}  // namespace v1
}  // namespace chainqual
