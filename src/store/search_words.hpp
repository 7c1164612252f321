#pragma once

#include <string>
#include <string_view>
#include <vector>

// What full-text search means, the same on every database. Text is folded: full-width forms to half-width ones, ASCII
// capitals to small letters. A record is found when every word of the query (set apart by white space) stands in its
// text; Latin words and digits are found from their beginnings (5g, insp…), Chinese anywhere, however short.
//
// The index holds Latin words whole and Chinese as pairs of neighbouring characters; what it proposes is compared with
// the text itself, so that it decides about speed alone.

namespace chainqual {
inline namespace v1 {
namespace storage {

/// Longest folded text that is indexed and searched, in bytes; what lies behind is not found.
inline constexpr std::size_t searched_bytes = 180'000;
/// Texts that were cut to it are at least so long: whole characters stay.
inline constexpr std::size_t cut_bytes = searched_bytes - 3;

[[nodiscard]] std::string folded(std::string_view text);

/// The words of folded text as the index holds them, each once, in byte order.
[[nodiscard]] std::vector<std::string> index_words(std::string_view folded_text);

/// A word of a query in the index: whole, or the beginning of words.
struct QueryWord {
  std::string text;
  bool prefix = false;
};

struct Query {
  std::vector<std::string> parts;  ///< folded, each to stand in the text
  std::vector<QueryWord> words;    ///< all to stand in the index
};
[[nodiscard]] Query parsed_query(std::string_view text);

/// Words that the index holds of every text which contains `part` anywhere, also in the middle of a Latin word. None
/// when nothing can be said: `part` is one Latin word, or no word at all.
[[nodiscard]] std::vector<QueryWord> words_of_part(std::string_view part);

/// Set before the words of titles, which stand in the index twice.
inline constexpr std::string_view title_mark = "\xEE\x80\x80";  // U+E000

}  // namespace storage
}  // namespace v1
}  // namespace chainqual
