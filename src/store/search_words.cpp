#include "search_words.hpp"

#include <algorithm>

#include "chainqual/core/error.hpp"
#include "chainqual/io/cell.hpp"

namespace chainqual {
inline namespace v1 {
namespace storage {
namespace {

enum class Kind { none, latin, han };

Kind kind_of(char32_t c) noexcept {
  if (c < 0x80) {
    const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return word ? Kind::latin : Kind::none;
  }
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA ? Kind::latin : Kind::none;
  if (c >= 0x2000 && c < 0x2C00) return Kind::none;  // punctuation, symbols, arrows, shapes
  if (c < 0x2E80) return Kind::latin;
  if (c >= 0x3000 && c < 0x3040) return c >= 0x3005 && c <= 0x3007 ? Kind::han : Kind::none;
  if ((c >= 0xFE10 && c < 0xFE70) || (c >= 0xFF00 && c < 0x10000)) return Kind::none;
  return Kind::han;
}

/// Calls `take(kind, characters)` for every run of word characters of one kind; each character is a piece of text.
template <class Take>
void each_run(std::string_view text, Take&& take) {
  std::vector<std::string_view> run;
  Kind kind = Kind::none;
  while (!text.empty()) {
    const auto read = detail::read_character(text);
    const std::size_t length = std::max<std::size_t>(read.length, 1);
    const Kind now = read.valid ? kind_of(read.code) : Kind::none;
    if (now != kind) {
      if (kind != Kind::none) take(kind, run);
      run.clear();
      kind = now;
    }
    if (kind != Kind::none) run.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  if (kind != Kind::none) take(kind, run);
}

std::string_view joined(const std::vector<std::string_view>& run, std::size_t from, std::size_t count) {
  const char* const begin = run[from].data();
  const auto& last = run[from + count - 1];
  return {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
}

/// Longest Latin word in the index, in characters; longer ones are found by their beginnings.
constexpr std::size_t longest_word = 40;

}  // namespace

std::string folded(std::string_view text) {
  std::string out = half_width(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (out.size() <= searched_bytes) return out;
  std::size_t end = searched_bytes;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
  out.resize(end);
  return out;
}

std::vector<std::string> index_words(std::string_view folded_text) {
  std::vector<std::string> words;
  each_run(folded_text, [&](Kind kind, const std::vector<std::string_view>& run) {
    if (kind == Kind::latin) {
      words.emplace_back(joined(run, 0, std::min(run.size(), longest_word)));
      return;
    }
    for (std::size_t i = 0; i + 1 < run.size(); ++i) words.emplace_back(joined(run, i, 2));
    words.emplace_back(run.back());  // so that every character begins a word
  });
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

Query parsed_query(std::string_view text) {
  Query query;
  const std::string whole = folded(text);
  std::string_view rest = whole;
  constexpr std::string_view blanks = " \t\r\n";
  while (true) {
    const auto start = rest.find_first_not_of(blanks);
    if (start == std::string_view::npos) break;
    rest.remove_prefix(start);
    const std::string_view part = rest.substr(0, rest.find_first_of(blanks));
    rest.remove_prefix(part.size());
    const std::size_t before = query.words.size();
    each_run(part, [&](Kind kind, const std::vector<std::string_view>& run) {
      if (kind == Kind::latin) {
        query.words.push_back({std::string(joined(run, 0, std::min(run.size(), longest_word))), true});
      } else if (run.size() == 1) {
        query.words.push_back({std::string(run.front()), true});
      } else {
        for (std::size_t i = 0; i + 1 < run.size(); ++i) query.words.push_back({std::string(joined(run, i, 2)), false});
      }
    });
    if (query.words.size() != before) query.parts.emplace_back(part);
  }
  if (query.words.empty()) {
    throw Error(ErrorCode::invalid_argument,
                {"检索词“" + shown_value(text) + "”中没有文字：请至少输入一个字、字母或数字。",
                 "There is no word in '" + shown_value(text) + "': give at least one character, letter or digit."});
  }
  return query;
}

std::vector<QueryWord> words_of_part(std::string_view part) {
  std::vector<QueryWord> words;
  const std::string whole = folded(part);
  each_run(whole, [&](Kind kind, const std::vector<std::string_view>& run) {
    if (kind == Kind::latin) {
      const bool begins_inside = run.front().data() == whole.data();  // perhaps in the middle of a word
      const bool goes_on = run.back().data() + run.back().size() == whole.data() + whole.size();
      if (begins_inside) return;
      words.push_back(
          {std::string(joined(run, 0, std::min(run.size(), longest_word))), goes_on && run.size() < longest_word});
    } else if (run.size() == 1) {
      words.push_back({std::string(run.front()), true});
    } else {
      for (std::size_t i = 0; i + 1 < run.size(); ++i) words.push_back({std::string(joined(run, i, 2)), false});
    }
  });
  return words;
}

}  // namespace storage
}  // namespace v1
}  // namespace chainqual
