#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "arrow_cells.hpp"
#include "chainqual/io/cell.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Whether a column's type can name enterprises.
[[nodiscard]] inline bool holds_keys(const ArrowType& type) noexcept {
  return is_integer(type.kind) || is_text(type.kind);
}

/// The keys of one chunk: text without white space around it, integers as their digits; empty where there is none.
class ChunkKeys {
 public:
  ChunkKeys(const ArrowColumn& column, std::size_t chunk) : cells_(column, chunk), text_(is_text(column.type().kind)) {}

  /// Valid until the next call.
  [[nodiscard]] std::string_view key(std::int64_t i) {
    if (text_) {
      const std::string_view key = trimmed(cells_.text(i));
      return says_nothing(key) ? std::string_view() : key;
    }
    const ArrowCell cell = cells_.cell(i);
    char* const begin = digits_.data();
    char* end = begin;
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
      end = std::to_chars(begin, begin + digits_.size(), *number).ptr;
    } else if (const auto* large = std::get_if<std::uint64_t>(&cell)) {
      end = std::to_chars(begin, begin + digits_.size(), *large).ptr;
    }
    return {begin, static_cast<std::size_t>(end - begin)};
  }
  /// Row of the table at which the chunk begins.
  [[nodiscard]] std::uint64_t first_row() const noexcept { return cells_.first_row(); }

 private:
  ChunkCells cells_;
  bool text_;
  std::array<char, 24> digits_{};
};

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
