#include <algorithm>
#include <array>
#include <cstdint>

#include "links_rows.hpp"

#include "chainqual/core/letters.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace chainqual {
inline namespace v1 {
namespace detail {
namespace {

/// Walks over quoted cells, so as to tell line ends that end records from those inside quotes. A quote opens a cell
/// only where one starts; the walk begins where a record does.
class QuoteWalk {
 public:
  QuoteWalk(std::string_view text, std::size_t begin, char delimiter, std::size_t quoteless_until)
      : text_(text), begin_(begin), outside_from_(begin), delimiter_(delimiter) {
    if (quoteless_until > begin) {
      quote_ = quoteless_until;
    } else {
      look_from(begin);
    }
  }

  /// The end of the record that `at` lies in or starts. @pre calls go forward.
  std::size_t record_end(std::size_t at) {
    for (;;) {
      const std::size_t from = std::max(at, outside_from_);
      const std::size_t line_end = std::min(text_.find_first_of("\r\n", from), text_.size());
      if (quote_ >= line_end) return behind(line_end);
      skip_quote();
    }
  }

  /// Goes to the first quote at or behind `at`.
  void go_to(std::size_t at) {
    while (quote_ < at) skip_quote();
  }

 private:
  [[nodiscard]] std::size_t behind(std::size_t line_end) const noexcept {
    if (line_end == text_.size()) return line_end;
    const bool pair = text_[line_end] == '\r' && line_end + 1 < text_.size() && text_[line_end + 1] == '\n';
    return line_end + (pair ? 2 : 1);
  }

  /// Sets `quote_` to the next quote, or to the end of a window that has none: files without quotes are not searched to
  /// their end for each block.
  void look_from(std::size_t from) noexcept {
    constexpr std::size_t window = 1U << 16U;
    const std::string_view part = text_.substr(from, window);
    const auto found = part.find('"');
    is_quote_ = found != std::string_view::npos;
    quote_ = from + (is_quote_ ? found : part.size());
  }

  void skip_quote() noexcept {
    if (!is_quote_) {
      look_from(quote_);
      return;
    }
    std::size_t next = quote_ + 1;
    if (quote_ == begin_ || text_[quote_ - 1] == delimiter_ || detail::is_line_end(text_[quote_ - 1])) {
      std::size_t close = text_.find('"', next);
      while (close != std::string_view::npos && close + 1 < text_.size() && text_[close + 1] == '"') {
        close = text_.find('"', close + 2);
      }
      next = close == std::string_view::npos ? text_.size() : close + 1;
      outside_from_ = next;
    }
    look_from(next);
  }

  std::string_view text_;
  std::size_t begin_;
  std::size_t outside_from_;  ///< nothing from here to `quote_` lies in quotes
  std::size_t quote_ = 0;
  bool is_quote_ = false;
  char delimiter_;
};

}  // namespace

TextSurvey survey(std::string_view text) noexcept {
  TextSurvey found;
#if defined(__SSE2__)
  const __m128i lf = _mm_set1_epi8('\n');
  const __m128i cr = _mm_set1_epi8('\r');
  const __m128i quote = _mm_set1_epi8('"');
  __m128i quotes = _mm_setzero_si128();
  while (text.size() >= 32) {
    // A byte counts at most 2 · 127 line ends: none overflows.
    const std::size_t groups = std::min<std::size_t>(text.size() / 32, 127);
    __m128i ends = _mm_setzero_si128();
    for (std::size_t g = 0; g < 2 * groups; ++g) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + 16 * g));
      ends = _mm_sub_epi8(ends, _mm_or_si128(_mm_cmpeq_epi8(bytes, lf), _mm_cmpeq_epi8(bytes, cr)));
      quotes = _mm_or_si128(quotes, _mm_cmpeq_epi8(bytes, quote));
    }
    const __m128i sums = _mm_sad_epu8(ends, _mm_setzero_si128());
    std::array<std::uint64_t, 2> halves{};
    _mm_storeu_si128(reinterpret_cast<__m128i*>(halves.data()), sums);
    found.line_ends += static_cast<std::size_t>(halves[0] + halves[1]);
    text.remove_prefix(32 * groups);
  }
  found.has_quotes = _mm_movemask_epi8(quotes) != 0;
#endif
  for (const char c : text) {
    if (detail::is_line_end(c)) ++found.line_ends;
    if (c == '"') found.has_quotes = true;
  }
  return found;
}

std::vector<std::size_t> chunk_ends(std::string_view text, std::size_t begin, std::size_t size, std::size_t chunks,
                                    char delimiter, std::size_t quoteless_until) {
  std::vector<std::size_t> ends;
  QuoteWalk walk(text, begin, delimiter, quoteless_until);
  std::size_t end = begin;
  for (std::size_t chunk = 1; chunk <= chunks && end < text.size(); ++chunk) {
    const std::size_t wanted = begin + std::min(chunk * size, text.size() - begin);
    if (wanted <= end) continue;  // a long record has swallowed the chunk
    walk.go_to(wanted);
    end = wanted == text.size() ? wanted : walk.record_end(wanted);
    ends.push_back(end);
  }
  return ends;
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
