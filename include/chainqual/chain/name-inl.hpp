#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "chainqual/chain/name.hpp"
#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Letters, digits and Han characters of a name as compared: narrow and lower; anything else separates words.
inline void append_compared(std::string& word, char32_t code, std::string_view bytes) {
  const bool wide = code >= 0xFF01 && code <= 0xFF5E;
  const char32_t narrow = wide ? code - 0xFEE0 : code;
  if (narrow >= 0x80) {
    word.append(bytes);
  } else {
    word.push_back(static_cast<char>(narrow >= 'A' && narrow <= 'Z' ? narrow + ('a' - 'A') : narrow));
  }
}

[[nodiscard]] inline bool separates_words(char32_t code) noexcept {
  const char32_t narrow = code >= 0xFF01 && code <= 0xFF5E ? code - 0xFEE0 : code;
  if (narrow < 0x80) {
    const bool letter = (narrow >= 'a' && narrow <= 'z') || (narrow >= 'A' && narrow <= 'Z');
    return !letter && !(narrow >= '0' && narrow <= '9');
  }
  return code == 0xA0 || code == 0xB7 || (code >= 0x2000 && code <= 0x206F) || (code >= 0x3000 && code <= 0x303F) ||
         code == 0xFEFF;
}

/// The Chinese legal forms, longest first, so that the whole form goes at once.
inline constexpr std::array<std::string_view, 8> legal_forms_zh{"股份有限公司", "有限责任公司", "股份公司", "有限公司",
                                                                "总公司",       "分公司",       "集团",     "公司"};
inline constexpr std::array<std::string_view, 13> legal_forms_en{
    "co",  "ltd", "inc",   "corp",         "corporation", "company", "limited",
    "llc", "plc", "group", "incorporated", "gmbh",        "ag"};

}  // namespace detail

inline std::string normalised_name(std::string_view name) {
  std::vector<std::string> words(1);
  while (!name.empty()) {
    const auto [code, length, valid] = detail::read_character(name);
    if (valid && detail::separates_words(code)) {
      if (!words.back().empty()) words.emplace_back();
    } else {
      detail::append_compared(words.back(), valid ? code : 0x80, name.substr(0, length));
    }
    name.remove_prefix(length);
  }
  if (words.back().empty()) words.pop_back();
  const auto is_form = [](const std::string& word) {
    return std::find(detail::legal_forms_en.begin(), detail::legal_forms_en.end(), word) !=
           detail::legal_forms_en.end();
  };
  while (words.size() > 1 && is_form(words.back())) words.pop_back();
  std::string whole;
  for (const auto& word : words) whole += word;
  for (bool shorter = true; shorter;) {
    shorter = false;
    for (const auto form : detail::legal_forms_zh) {
      if (whole.size() <= form.size() || !whole.ends_with(form)) continue;
      whole.resize(whole.size() - form.size());
      shorter = true;
      break;
    }
  }
  return whole;
}

}  // namespace v1
}  // namespace chainqual
