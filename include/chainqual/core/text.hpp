#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace chainqual {
inline namespace v1 {

/// The two languages every message and report speaks.
enum class Language : unsigned char { zh, en };

/// One message in both languages, UTF-8.
struct Text {
  std::string zh;
  std::string en;

  [[nodiscard]] const std::string& in(Language language) const noexcept { return language == Language::zh ? zh : en; }
  friend bool operator==(const Text&, const Text&) = default;
};

/// Names of one enumerator: `key` is written to files, `zh` and `en` are shown to people.
/// `aliases` holds further accepted spellings, separated by '|'.
template <class E>
struct Name {
  E value;
  std::string_view key;
  std::string_view zh;
  std::string_view en;
  std::string_view aliases = {};
};

/// Specialised beside each enumeration: `static constexpr std::array<Name<E>, N> table`.
template <class E>
struct Names;

/// The names of `value`; the first row when `value` is no enumerator.
template <class E>
[[nodiscard]] constexpr const Name<E>& names_of(E value) noexcept {
  for (const auto& row : Names<E>::table) {
    if (row.value == value) return row;
  }
  return Names<E>::table.front();
}

template <class E>
[[nodiscard]] constexpr std::string_view key_of(E value) noexcept {
  return names_of(value).key;
}

template <class E>
[[nodiscard]] constexpr std::string_view label_of(E value, Language language) noexcept {
  const auto& row = names_of(value);
  return language == Language::zh ? row.zh : row.en;
}

/// The enumerator whose key, Chinese name, English name or alias equals `word` exactly.
template <class E>
[[nodiscard]] constexpr std::optional<E> value_named(std::string_view word) noexcept {
  if (word.empty()) return std::nullopt;
  for (const auto& row : Names<E>::table) {
    if (word == row.key || word == row.zh || word == row.en) return row.value;
    std::string_view rest = row.aliases;
    while (!rest.empty()) {
      const auto bar = rest.find('|');
      if (rest.substr(0, bar) == word) return row.value;
      if (bar == std::string_view::npos) break;
      rest.remove_prefix(bar + 1);
    }
  }
  return std::nullopt;
}

}  // namespace v1
}  // namespace chainqual
