#pragma once

#include "chainqual/chain/nearest.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

[[nodiscard]] inline char32_t folded(char32_t c) noexcept {
  return c >= U'A' && c <= U'Z' ? c + 32 : c;
}

[[nodiscard]] inline std::vector<char32_t> folded_points(std::string_view text) {
  auto points = code_points(text);
  for (auto& c : points) c = folded(c);
  return points;
}

[[nodiscard]] inline std::string in_quotes(std::string_view text) {
  return "«" + shown_value(text) + "»";
}

// Length in code points: every byte but continuation bytes starts one.
[[nodiscard]] inline std::size_t point_count(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace detail

inline std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> points;
  points.reserve(text.size());
  while (!text.empty()) {
    const auto character = detail::read_character(text);
    points.push_back(character.code);
    text.remove_prefix(character.length);
  }
  return points;
}

inline std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t bound) {
  const auto x = detail::folded_points(a);
  const auto y = detail::folded_points(b);
  const std::size_t far = bound + 1;
  if ((x.size() > y.size() ? x.size() - y.size() : y.size() - x.size()) > bound) return far;
  // Row i holds the distances of x[0, i) to every prefix of y; cells off the band |i − j| ≤ bound stay at `far`.
  std::vector<std::size_t> before(y.size() + 1, far), last(y.size() + 1, far), row(y.size() + 1, far);
  for (std::size_t j = 0; j <= std::min(y.size(), bound); ++j) last[j] = j;
  for (std::size_t i = 1; i <= x.size(); ++i) {
    std::fill(row.begin(), row.end(), far);
    if (i <= bound) row[0] = i;
    for (std::size_t j = i > bound ? i - bound : 1; j <= std::min(y.size(), i + bound); ++j) {
      if (j == 0) continue;
      std::size_t cost = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (x[i - 1] == y[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1]) cost = std::min(cost, before[j - 2] + 1);
      row[j] = std::min(cost, far);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[y.size()];
}

inline Nearest::Nearest(std::string_view word, std::size_t count)
    : word_(word),
      length_(detail::point_count(word)),
      bound_(std::clamp<std::size_t>(length_ / 3, 1, 4)),
      count_(count) {}

inline void Nearest::offer(std::string_view candidate) {
  constexpr std::size_t longest = 200;  // longer keys are no misspelling of anything worth showing
  if (count_ == 0 || candidate.empty() || candidate.size() > 4 * longest || length_ > longest || length_ == 0) return;
  const std::size_t other = detail::point_count(candidate);
  const bool within = length_ >= 2 && other >= 2 &&
                      (candidate.find(word_) != std::string_view::npos || word_.find(candidate) != std::string::npos);
  std::size_t distance = within ? bound_ : bound_ + 1;
  if ((other > length_ ? other - length_ : length_ - other) <= bound_) {
    distance = std::min(distance, edit_distance(word_, candidate, bound_));
  }
  // A distance of the whole length shares nothing with the word.
  if (distance > bound_ || (!within && distance >= std::max(length_, other))) return;
  if (best_.size() == count_ && best_.back().first <= distance) return;
  const auto place = std::upper_bound(best_.begin(), best_.end(), distance,
                                      [](std::size_t d, const auto& entry) { return d < entry.first; });
  best_.emplace(place, distance, std::string(candidate));
  if (best_.size() > count_) best_.pop_back();
}

inline std::vector<std::string> Nearest::take() && {
  std::vector<std::string> words;
  words.reserve(best_.size());
  for (auto& entry : best_) words.push_back(std::move(entry.second));
  best_.clear();
  return words;
}

inline std::string quoted_list(const std::vector<std::string>& words, std::string_view separator) {
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text += separator;
    text += detail::in_quotes(word);
  }
  return text;
}

}  // namespace v1
}  // namespace chainqual
