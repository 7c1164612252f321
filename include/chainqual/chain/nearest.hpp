#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// The Unicode code points of UTF-8 text; each malformed byte stands for itself.
///
/// @param text  any bytes.
/// @complexity O(length).
/// @numerics None.
/// @threads Reads only.
/// @source Unicode 15, table 3-6.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<char32_t> code_points(std::string_view text);

/// Fewest insertions, deletions, replacements and swaps of neighbours that turn one text into the other, when that is
/// at most `bound`; else bound + 1. Letters A–Z count as a–z.
///
/// @param a, b   UTF-8.
/// @param bound  largest distance of interest.
/// @complexity O(|a| · (bound + 1)) time: only the diagonal band is filled.
/// @numerics Exact.
/// @threads Reads only.
/// @source Optimal string alignment: Damerau 1964, Levenshtein 1966; band after Ukkonen 1985.
/// @since 0.1, experimental.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t bound);

/// Collects the candidates nearest to one word: those within a third of its length (at least 1 edit, at most 4), and
/// those that contain it or that it contains. Nearest first, then in the order offered.
class Nearest {
 public:
  explicit Nearest(std::string_view word, std::size_t count = 3);

  /// @complexity O(length · 5) at most, O(1) for most candidates of another length.
  void offer(std::string_view candidate);
  [[nodiscard]] std::vector<std::string> take() &&;

 private:
  std::string word_;
  std::size_t length_;
  std::size_t bound_;
  std::size_t count_;
  std::vector<std::pair<std::size_t, std::string>> best_;  // (distance, candidate), ascending by distance
};

/// "«a», «b»": a list for a message; empty for no words.
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& words, std::string_view separator);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/nearest-inl.hpp"
