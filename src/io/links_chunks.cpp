#include <algorithm>

#include "links_rows.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {
namespace {

bool is_line_end(char c) noexcept {
  return c == '\n' || c == '\r';
}

/// Walks over quoted cells, so as to tell line ends that end records from those inside quotes. A quote opens a cell
/// only where one starts; the walk begins where a record does.
class QuoteWalk {
 public:
  QuoteWalk(std::string_view text, std::size_t begin, char delimiter)
      : text_(text), begin_(begin), outside_from_(begin), delimiter_(delimiter) {
    look_from(begin);
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
    if (quote_ == begin_ || text_[quote_ - 1] == delimiter_ || is_line_end(text_[quote_ - 1])) {
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

std::vector<std::size_t> chunk_ends(std::string_view text, std::size_t begin, std::size_t size, std::size_t chunks,
                                    char delimiter) {
  std::vector<std::size_t> ends;
  QuoteWalk walk(text, begin, delimiter);
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
