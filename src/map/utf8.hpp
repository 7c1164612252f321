#pragma once

#include <string>
#include <string_view>

namespace chainqual {
inline namespace v1 {
namespace chart {

constexpr char32_t replacement = 0xFFFD;

/// Takes the first character off `text`; a malformed byte is one U+FFFD. `text` must not be empty.
inline char32_t take_character(std::string_view& text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  char32_t code = lead;
  bool good = lead < 0x80 || (lead >= 0xC2 && lead <= 0xF4);
  if (good && length > 1) {
    good = text.size() >= length;
    code = lead & (0x7Fu >> length);
    for (std::size_t i = 1; good && i < length; ++i) {
      good = (byte(i) & 0xC0) == 0x80;
      code = (code << 6) | (byte(i) & 0x3Fu);
    }
    // Overlong forms, surrogates and numbers beyond Unicode are no characters.
    if (good && length == 3) good = code >= 0x800 && (code < 0xD800 || code > 0xDFFF);
    if (good && length == 4) good = code >= 0x10000 && code <= 0x10FFFF;
  }
  text.remove_prefix(good ? length : 1);
  return good ? code : replacement;
}

inline void append_character(std::string& to, char32_t code) {
  const auto put = [&](char32_t value) { to += static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
