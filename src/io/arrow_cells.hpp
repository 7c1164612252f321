#pragma once

#include <cstdint>
#include <cstring>

#include "arrow_format.hpp"
#include "chainqual/io/arrow.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// A number out of a buffer that may lie anywhere.
template <class T>
[[nodiscard]] inline T load(const void* buffer, std::int64_t at) noexcept {
  T value;
  std::memcpy(&value, static_cast<const unsigned char*>(buffer) + at * static_cast<std::int64_t>(sizeof(T)), sizeof(T));
  return value;
}

/// The integer at a place of a buffer of integers; what an unsigned 64-bit one above 2^63 − 1 wraps to is negative.
[[nodiscard]] std::int64_t load_integer(ArrowKind kind, const void* buffer, std::int64_t at) noexcept;

/// The values of one chunk, through its dictionary where it has one. Nothing of the buffers is trusted but their
/// lengths; what contradicts itself throws Error{wrong_format} with column and row.
class ChunkCells {
 public:
  ChunkCells(const ArrowColumn& column, std::size_t chunk)
      : column_(&column),
        chunk_(&column.chunks()[chunk]),
        first_row_(column.chunk_begin(chunk)),
        kind_(column.type().kind),
        index_(column.type().index) {}

  [[nodiscard]] std::int64_t length() const noexcept { return chunk_->length; }
  /// Row of the table at which the chunk begins.
  [[nodiscard]] std::uint64_t first_row() const noexcept { return first_row_; }
  [[nodiscard]] ArrowCell cell(std::int64_t i) const;
  /// The text of a value of text kind; no data (a null pointer) where it is null.
  [[nodiscard]] std::string_view text(std::int64_t i) const;
  /// Number of a row's value in the dictionary; −1 where it is null. @pre a dictionary column.
  [[nodiscard]] std::int64_t word(std::int64_t i) const;
  /// How many values the dictionary has. @pre a dictionary column.
  [[nodiscard]] std::int64_t words() const noexcept { return chunk_->dictionary->length; }
  /// A value of the dictionary. @pre word < words().
  [[nodiscard]] ArrowCell word_cell(std::int64_t word) const { return cell_of(*chunk_->dictionary, word, 0); }

 private:
  [[nodiscard]] ArrowCell cell_of(const ArrowChunk& chunk, std::int64_t i, std::int64_t row) const;
  [[nodiscard]] std::string_view text_of(const ArrowChunk& chunk, std::int64_t i, std::int64_t row) const;
  [[nodiscard]] std::string_view view_of(const ArrowChunk& chunk, std::int64_t at, std::int64_t row) const;
  [[noreturn]] void damaged(std::int64_t row, Text what) const;

  const ArrowColumn* column_;
  const ArrowChunk* chunk_;
  std::uint64_t first_row_;
  ArrowKind kind_;
  std::optional<ArrowKind> index_;
};

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
