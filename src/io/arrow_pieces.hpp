#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "chainqual/io/arrow.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Rows that lie in one chunk of each of N columns.
template <std::size_t N>
struct Piece {
  std::uint64_t row = 0;
  std::size_t rows = 0;
  std::array<std::size_t, N> chunk{};
  std::array<std::int64_t, N> at{};  ///< first row within the chunk
};

/// Cuts columns of one length into pieces of at most `most` rows, in order. Where a column is null (not given), its
/// chunk and place mean nothing.
template <std::size_t N>
[[nodiscard]] std::vector<Piece<N>> pieces_of(const std::array<const ArrowColumn*, N>& columns, std::uint64_t rows,
                                              std::size_t most) {
  std::vector<Piece<N>> pieces;
  Piece<N> next;
  while (next.row < rows) {
    std::uint64_t room = std::min<std::uint64_t>(most, rows - next.row);
    for (std::size_t c = 0; c < N; ++c) {
      if (columns[c] == nullptr) continue;
      const auto chunks = columns[c]->chunks();
      while (next.at[c] == chunks[next.chunk[c]].length) {
        ++next.chunk[c];
        next.at[c] = 0;
      }
      room = std::min(room, static_cast<std::uint64_t>(chunks[next.chunk[c]].length - next.at[c]));
    }
    next.rows = static_cast<std::size_t>(room);
    pieces.push_back(next);
    next.row += room;
    for (std::size_t c = 0; c < N; ++c) next.at[c] += static_cast<std::int64_t>(room);
  }
  return pieces;
}

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
