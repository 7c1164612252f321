#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// How a customer depends on one kind of input. The numbers are those of tables and files.
enum class Need : std::uint8_t {
  negligible = 0,  ///< work goes on without it
  ordinary = 1,    ///< work falls by its share of all inputs
  essential = 2,   ///< work falls to the share of this input that still comes
};

template <>
struct Names<Need> {
  static constexpr std::array<Name<Need>, 3> table{{
      {Need::negligible, "negligible", "可忽略", "negligible", "0"},
      {Need::ordinary, "ordinary", "一般", "ordinary", "1"},
      {Need::essential, "essential", "必需", "essential", "2"},
  }};
};

/// Who cannot work without whose goods: by pair of sectors, by link, or alike for all.
///
/// A link's need is its entry of `by_link` where that is given, else the entry of its two sectors in `by_sector` where
/// that is given, else `otherwise`. With nothing given every input is essential: the physical inputs of an industry
/// chain are so in Diem et al. 2022, and it is the cautious reading, an upper bound of the loss. `all(Need::ordinary)`
/// is the lower one, linear production.
struct Essentiality {
  static constexpr std::uint8_t not_given = 0xFF;

  Need otherwise = Need::essential;
  std::uint32_t sectors = 0;            ///< side of `by_sector`
  std::vector<std::uint8_t> by_sector;  ///< [sectors × sectors]: 0, 1, 2 at supplier sector · sectors + customer sector
  std::vector<std::uint8_t> by_link;    ///< [m] by LinkId: 0, 1, 2 or `not_given`

  [[nodiscard]] static Essentiality all(Need need) { return {need, 0, {}, {}}; }
  friend bool operator==(const Essentiality&, const Essentiality&) = default;
};

/// Throws what is wrong with `essentiality` by itself and for a network of `links` links.
///
/// @param essentiality  see the struct.
/// @param links         m of the network it is for.
/// @throws Error{shape_mismatch} a table that is not sectors × sectors, a column that is not m long.
/// @throws Error{invalid_value}  an entry above 2; its place is named.
/// @complexity O(sectors² + m).
/// @numerics   None.
/// @threads    Reads only.
/// @source     Definition.
/// @since 0.1, experimental.
void check(const Essentiality& essentiality, std::uint64_t links);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/impact/essentiality-inl.hpp"
