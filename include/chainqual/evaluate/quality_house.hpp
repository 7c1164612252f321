#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// A house of quality: what is wanted (rows) against the characteristics that answer it (columns).
struct QualityHouse {
  std::vector<std::string> wants;
  std::vector<double> importance;  ///< [wants] ≥ 0, not all 0; in a cascade the first house's alone is read
  std::vector<std::string> characteristics;
  std::vector<double> relations;  ///< [wants · characteristics] by row, ≥ 0: usually 0, 1, 3, 9
  /// [characteristics · characteristics] by row, symmetric, −1 … 1, the diagonal not read: how raising one helps or
  /// hinders another; empty: no roof.
  std::vector<double> roof;
};

/// Two characteristics that hinder each other.
struct RoofConflict {
  std::size_t first = 0;
  std::size_t second = 0;
  double strength = 0;  ///< from the roof, below 0
  double weight = 0;    ///< −strength · √(share of the first · share of the second): how much it matters
};

struct QualityHouseResult {
  std::vector<double> importance;       ///< [characteristics] Σ importance · relation
  std::vector<double> share;            ///< [characteristics] of their sum
  std::vector<double> by_want;          ///< [wants · characteristics] part of `share` that each want brings, sum 1
  std::vector<RoofConflict> conflicts;  ///< the weightiest first
  std::size_t rank = 0;                 ///< of the relation matrix
  Findings findings;                    ///< warnings, see build_house
};

/// Works out a house of quality.
///
/// A relation matrix needs no inverse, so a singular one is worked out like any other; what it means is told as
/// warnings: a want that no characteristic answers, a characteristic that answers no want, and a rank below the smaller
/// side (relations that repeat each other, so that some wants cannot be weighed apart).
///
/// @param house  the house.
/// @throws Error{shape_mismatch} lengths that do not fit. @throws Error{invalid_argument} no wants or characteristics,
/// or all relations to wants that matter are 0. @throws Error{invalid_value} importances, relations or roof entries out
/// of range or not finite, a roof that is not symmetric; all at once.
/// @complexity  O(wants · characteristics · min of the two), for the rank.
/// @numerics    Double; rank by QR with column pivoting, Eigen's threshold.
/// @threads     Pure.
/// @source  Akao 1990, Quality Function Deployment; Hauser & Clausing 1988, Harvard Business Review 66(3).
/// @since 0.1, experimental.
[[nodiscard]] QualityHouseResult build_house(const QualityHouse& house);

/// Houses of which each deploys the one before: product → parts → processes → checks.
struct HouseCascade {
  std::vector<QualityHouseResult> houses;
  /// [wants of the first · characteristics of the last] part of the last house's shares that each first want brings.
  std::vector<double> by_first_want;
};

/// Cascades houses: the shares of one house's characteristics are the importances of the next one's wants.
///
/// @param houses  one or more; the wants of each are the characteristics of the one before, in number and name.
/// @throws As build_house. @throws Error{shape_mismatch} wants that are not the characteristics before.
/// @complexity  O(sum of the houses, and first wants times each). @numerics As build_house. @threads Pure.
/// @source  Akao 1990. @since 0.1, experimental.
[[nodiscard]] HouseCascade cascade_houses(std::span<const QualityHouse> houses);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/quality_house-inl.hpp"
