#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "chainqual/core/decimal.hpp"
#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// Raters × units, any cell empty: what agreement is measured on.
class Ratings {
 public:
  Ratings(std::size_t raters, std::size_t units) : raters_(raters), units_(units), cells_(raters * units) {}

  [[nodiscard]] std::size_t raters() const noexcept { return raters_; }
  [[nodiscard]] std::size_t units() const noexcept { return units_; }
  /// @throws Error{out_of_range} no such cell.
  [[nodiscard]] const std::optional<Rational>& at(std::size_t rater, std::size_t unit) const;
  /// @throws Error{out_of_range} no such cell.
  void set(std::size_t rater, std::size_t unit, std::optional<Rational> value);

 private:
  [[nodiscard]] std::size_t index_of(std::size_t rater, std::size_t unit) const;

  std::size_t raters_;
  std::size_t units_;
  std::vector<std::optional<Rational>> cells_;
};

/// Kendall's coefficient of concordance with its test.
struct Concordance {
  double w = 0;             ///< 0: no agreement, 1: one order for all
  double chi_square = 0;    ///< raters · (units − 1) · w
  std::size_t degrees = 0;  ///< units − 1
  double p_value = 1;       ///< of that chi-square; an approximation, rough below some eight units
  friend bool operator==(const Concordance&, const Concordance&) = default;
};

/// What counts as distance between two ratings.
enum class AlphaMetric : std::uint8_t { nominal, ordinal, interval };

/// Kendall's W with the correction for ties: how far raters put the units into one order.
///
/// With R_i the sum of unit i's mid-ranks, W = (12 Σ R_i² − 3 m² n (n+1)²) / (m² n (n²−1) − m Σ T), T = Σ (t³ − t) over
/// each rater's groups of t tied units.
///
/// @param ratings  m raters, n units, complete.
/// @return none where it is undefined: m < 2, n < 2, a cell empty, or every rater ties all units.
/// @throws none (but std::bad_alloc).
/// @complexity  O(m n log n).
/// @numerics    Numerator and denominator exact in 128 bits (m · n below 10^9), then one division.
/// @threads     Pure.
/// @source      Kendall and Babington Smith, Annals of Mathematical Statistics 10 (1939) 275; ties and the chi-square
/// as in
///              Siegel, "Nonparametric Statistics" (1956), chapter 9.
/// @since 0.1, experimental.
[[nodiscard]] std::optional<Concordance> kendall_w(const Ratings& ratings);

/// Krippendorff's alpha: 1 − observed / expected disagreement; 1 is full agreement, 0 what chance gives.
///
/// Units with fewer than two ratings are left out. The ordinal distance of two values is the distance of their
/// mid-ranks among all pairable values, which equals the published sum of frequencies between them.
///
/// @param ratings  cells may be empty.
/// @param metric   nominal: different or not; ordinal: by rank; interval: by difference.
/// @return none where it is undefined: no unit with two ratings, or all pairable values equal.
/// @throws none (but std::bad_alloc).
/// @complexity  O(N log N) for N cells.
/// @numerics    Disagreements of ranks are exact integers, of values sums of squares about each unit's mean; doubles,
/// fixed
///              order.
/// @threads     Pure.
/// @source      Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section E.
/// @since 0.1, experimental.
[[nodiscard]] std::optional<double> krippendorff_alpha(const Ratings& ratings, AlphaMetric metric);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/severity/agreement-inl.hpp"
