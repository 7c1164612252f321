#pragma once

#include <charconv>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/core/decimal.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

struct JsonMember;

/// A JSON value as the text that it is written as: indented by two spaces, members in the order given, UTF-8 as it
/// stands. What is put into another value is copied into its text, so nothing is left to take apart: unlike a tree of
/// nlohmann's, whose destructor allocates, it can be given up when memory is exhausted.
class JsonText {
 public:
  JsonText(std::nullptr_t) : text_("null") {}
  template <std::same_as<bool> Truth>
  JsonText(Truth value) : text_(value ? "true" : "false") {}
  template <WholeNumber Whole>
  JsonText(Whole value) : text_(std::to_string(value)) {}
  /// The shortest digits that read back to the same bits; not a number: null.
  JsonText(double value) : text_(digits(value)) {}
  JsonText(std::string_view value) { append_quoted(text_, value); }
  JsonText(const std::string& value) : JsonText(std::string_view(value)) {}
  JsonText(const char* value) : JsonText(std::string_view(value)) {}
  template <class T>
  JsonText(const std::vector<T>& values) : text_("[]") {
    for (const auto& value : values) push_back(JsonText(value));
  }
  JsonText(std::initializer_list<JsonMember> members);

  [[nodiscard]] static JsonText array() { return JsonText(Ready{}, "[]"); }
  [[nodiscard]] static JsonText object() { return JsonText(Ready{}, "{}"); }

  /// Appends to an array.
  void push_back(const JsonText& value) { append({}, value); }
  /// Appends to an object, whose key is new.
  void add(std::string_view key, const JsonText& value) {
    std::string name;
    append_quoted(name, key);
    append(name + ": ", value);
  }

  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  struct Ready {};
  JsonText(Ready, std::string text) : text_(std::move(text)) {}

  void append(std::string_view before, const JsonText& value) {
    const char close = text_.back();
    const bool first = text_.size() == 2;
    text_.resize(text_.size() - (first ? 1 : 2));  // the bracket, and the line's end before it
    text_ += first ? "\n  " : ",\n  ";
    text_ += before;
    for (const char c : value.text_) {
      text_ += c;
      if (c == '\n') text_ += "  ";  // texts hold no line ends: they are escaped there
    }
    text_ += '\n';
    text_ += close;
  }

  static std::string digits(double value) {
    if (!std::isfinite(value)) return "null";
    const double size = std::abs(value);
    const bool plain = size == 0 || (size >= 1e-4 && size < 1e15);
    char text[32];
    const char* const end =
        std::to_chars(text, text + sizeof text, value, plain ? std::chars_format::fixed : std::chars_format::scientific)
            .ptr;
    std::string out(text, static_cast<std::size_t>(end - text));
    if (plain && out.find('.') == std::string::npos) out += ".0";
    return out;
  }

  static void append_quoted(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    while (!text.empty()) {
      const auto character = detail::read_character(text);
      if (!character.valid) {
        out += "\xEF\xBF\xBD";  // no UTF-8: the replacement character
      } else if (character.code == '"' || character.code == '\\') {
        out += {'\\', static_cast<char>(character.code)};
      } else if (character.code >= 0x20) {
        out += text.substr(0, character.length);
      } else if (const auto at = std::string_view("\b\t\n\f\r").find(static_cast<char>(character.code));
                 at != std::string_view::npos) {
        out += {'\\', "btnfr"[at]};
      } else {
        out += {'\\', 'u', '0', '0', hex[character.code >> 4U], hex[character.code & 0xFU]};
      }
      text.remove_prefix(character.length);
    }
    out += '"';
  }

  std::string text_;
};

/// One member of an object: {"key", value}.
struct JsonMember {
  std::string_view key;
  JsonText value;
};

inline JsonText::JsonText(std::initializer_list<JsonMember> members) : text_("{}") {
  for (const JsonMember& member : members) add(member.key, member.value);
}

/// The word that files use for `value`.
template <class E>
[[nodiscard]] JsonText json_word(E value) {
  return JsonText(key_of(value));
}

}  // namespace v1
}  // namespace chainqual
