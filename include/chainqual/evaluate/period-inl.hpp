#pragma once

#include <array>
#include <cstddef>

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

inline std::string_view without_blanks(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// One day, month or year; the Chinese forms become ISO's, whose months and days have two digits.
inline std::optional<Period> span_from(std::string_view text) noexcept {
  std::array<char, 10> iso{};
  std::size_t length = 0;
  const auto put = [&](char c) {
    if (length < iso.size()) iso[length] = c;
    ++length;
  };
  constexpr std::array<std::string_view, 4> ends{"年度", "年", "月", "日"};
  std::size_t digits = 0;
  while (!text.empty()) {
    std::string_view mark;
    for (const std::string_view end : ends) {
      if (mark.empty() && text.starts_with(end)) mark = end;
    }
    if (!mark.empty()) {
      text.remove_prefix(mark.size());
      if (!text.empty()) put('-');
      digits = 0;
      continue;
    }
    // A month or day of one digit between Chinese marks takes a 0 before it.
    const bool alone = digits == 0 && length > 0 && text.size() > 1 && (text[1] < '0' || text[1] > '9') &&
                       (text.substr(1).starts_with("月") || text.substr(1).starts_with("日"));
    if (alone) put('0');
    put(text.front());
    ++digits;
    text.remove_prefix(1);
  }
  if (length > iso.size()) return std::nullopt;
  const std::string_view written(iso.data(), length);
  const auto first = Date::parse(written);
  const auto last = Date::parse_last(written);
  return first && last ? std::optional<Period>({*first, *last}) : std::nullopt;
}

}  // namespace evaluate_detail

inline std::optional<Period> period_from(std::string_view text) noexcept {
  namespace d = evaluate_detail;
  text = d::without_blanks(text);
  constexpr std::array<std::string_view, 3> marks{"…", "至", "/"};
  for (const std::string_view mark : marks) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) continue;
    const auto first = d::span_from(d::without_blanks(text.substr(0, at)));
    const auto last = d::span_from(d::without_blanks(text.substr(at + mark.size())));
    if (!first || !last || last->until < first->from) return std::nullopt;
    return Period{first->from, last->until};
  }
  return d::span_from(text);
}

}  // namespace v1
}  // namespace chainqual
