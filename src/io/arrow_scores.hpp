#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "arrow_cells.hpp"
#include "chainqual/core/decimal.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/io/arrow.hpp"
#include "chainqual/severity/score.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// What kernels a column's scores may run in, by its type: the cheapest first.
enum class ScoreTier : std::uint8_t { whole, hundredths, exact, none };

/// `none`: the type holds no scores.
[[nodiscard]] ScoreTier score_tier(const ArrowType& type) noexcept;

/// Whole scores of `out.size()` rows of a chunk, 0 where there is none; what is no score becomes a value above 5.
/// @pre score_tier is whole.
void fill_whole(const ArrowColumn& column, std::size_t chunk, std::int64_t at, std::span<std::uint8_t> out);

/// Scores in hundredths, 0 where there is none.
/// @return false when some cell is not plainly a number of hundredths, so that only ExactScores can tell.
[[nodiscard]] bool fill_hundredths(const ArrowColumn& column, std::size_t chunk, std::int64_t at,
                                   std::span<std::int16_t> out);

/// One cell: the exact score, none where there is none or where a finding was added.
class ExactScores {
 public:
  ExactScores(const ArrowColumn& column, std::size_t chunk, Dimension dimension)
      : column_(&column), cells_(column, chunk), dimension_(dimension) {}

  struct Result {
    std::optional<Rational> score;
    bool bad = false;  ///< a finding was added
  };
  [[nodiscard]] Result at(std::int64_t i, Findings& findings) const;

 private:
  [[nodiscard]] Result outside(std::uint64_t row, std::string_view value, Findings& findings) const;
  [[nodiscard]] Result number(std::uint64_t row, double value, const ArrowCell& cell, Findings& findings) const;
  [[nodiscard]] Result text(std::uint64_t row, std::string_view value, Findings& findings) const;

  const ArrowColumn* column_;
  ChunkCells cells_;
  Dimension dimension_;
};

}  // namespace detail
}  // namespace v1
}  // namespace chainqual
