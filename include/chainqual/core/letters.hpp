#pragma once
// Single letters of ASCII, whatever the locale.

#include <string>
#include <string_view>

namespace chainqual {
inline namespace v1 {
namespace detail {

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool is_line_end(char c) noexcept {
  return c == '\n' || c == '\r';
}

/// With A to Z as a to z; all other letters stay.
[[nodiscard]] inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
