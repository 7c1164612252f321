#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// A value function: what a measurement is worth, from 0 to 1. Made by `points` or `exponential`.
class ValueCurve {
 public:
  struct Point {
    double measurement = 0;
    double value = 0;  ///< in [0, 1]
  };

  /// Straight lines between points; the first and last value hold beyond them. It may rise, fall, or peak at a target.
  ///
  /// @param points  two or more, finite, measurements strictly ascending, values in [0, 1].
  /// @throws Error{invalid_argument} fewer than two. @throws Error{invalid_value} points out of range or out of order;
  /// all at once. @complexity O(points). @numerics Double. @threads Pure. @source Keeney & Raiffa 1976. @since 0.1.
  [[nodiscard]] static ValueCurve points(std::vector<Point> points);

  /// Worth 0 at `worst` and less, 1 at `best` and more, between them (1 − e^(−s t)) / (1 − e^(−s)) of the way t:
  /// s > 0 gives most of the worth early, s < 0 late, 0 is a straight line. `worst` may be above `best`.
  ///
  /// @throws Error{invalid_argument} worst equal to best, values that are not finite, or |shape| above 50.
  /// @complexity O(1). @numerics Double, by expm1. @threads Pure. @source Kirkwood 1997, Strategic Decision Making,
  /// chapter 4. @since 0.1.
  [[nodiscard]] static ValueCurve exponential(double worst, double best, double shape = 0);

  /// The worth of a finite measurement, in [0, 1]. @complexity O(log points).
  [[nodiscard]] double operator()(double measurement) const noexcept;

  /// Its points; empty for an exponential one, which has the three below.
  [[nodiscard]] const std::vector<Point>& knots() const noexcept { return points_; }
  [[nodiscard]] double worst() const noexcept { return worst_; }
  [[nodiscard]] double best() const noexcept { return best_; }
  [[nodiscard]] double shape() const noexcept { return shape_; }

 private:
  std::vector<Point> points_;  ///< empty: exponential
  double worst_ = 0;
  double best_ = 1;
  double shape_ = 0;
};

/// What production lines are graded by.
struct GradingCriterion {
  std::string name;
  double weight = 1;  ///< ≥ 0, scaled over all criteria
  ValueCurve curve;
  std::optional<double> least;  ///< a line worth less than this here is given the lowest grade, whatever else it does
};

/// A grade and the value from which it is given.
struct GradeThreshold {
  std::string name;
  double from = 0;  ///< in [0, 1]
};

struct ProductionLine {
  std::string name;
  std::vector<double> measurements;  ///< [criteria]
};

/// A line, graded and ranked.
struct GradedLine {
  std::size_t line = 0;        ///< position in the input
  double value = 0;            ///< weighted, in [0, 1]
  std::vector<double> values;  ///< [criteria]
  std::size_t weakest = 0;     ///< criterion on which it loses most: weight · (1 − value)
  std::size_t grade = 0;       ///< position in the thresholds
  bool held_back = false;      ///< by a criterion's `least`
  std::uint32_t rank = 0;      ///< from 1; equal values share a rank, and a line held back stands behind all others
};

/// Grades lines by weighted value functions and ranks them, as the steel association grades plate lines by process.
///
/// @param criteria    one or more.
/// @param thresholds  grades from the lowest, `from` strictly ascending, the first 0.
/// @param lines       lines with a finite measurement for each criterion: one that is missing cannot be ranked fairly.
/// @return Lines by rank, then as they stand.
/// @throws Error{invalid_argument} no criteria or thresholds, weights negative or all 0, thresholds not ascending from
/// 0. @throws Error{shape_mismatch} measurements of another number. @throws Error{invalid_value} not finite; all at
/// once.
/// @complexity  O(lines · criteria + lines log lines).
/// @numerics    Double; thresholds compare with a margin of 1e-12 in the line's favour, so that 0.6 + 0.2 is 0.8.
/// @threads     Pure.
/// @source  Additive value model: Keeney & Raiffa 1976; the use is that of P2 (plate steel, 22 lines, 2018).
/// @since 0.1, experimental.
[[nodiscard]] std::vector<GradedLine> grade_lines(std::span<const GradingCriterion> criteria,
                                                  std::span<const GradeThreshold> thresholds,
                                                  std::span<const ProductionLine> lines);

/// One stage of a process and what it hands on.
struct ProcessStage {
  std::string name;
  double own = 0;        ///< quality that the stage gives, or share of units in which it makes a defect; in [0, 1]
  double inherited = 0;  ///< in [0, 1]: see the two functions; of the first stage without meaning
};

/// Quality (or defects) after each stage, and what of the last comes from which.
struct InheritedQuality {
  std::vector<double> after;  ///< [stages]
  std::vector<double> from;   ///< [stages], see the two functions
};

/// Quality handed on: q_1 = own_1, q_k = inherited_k q_(k−1) + (1 − inherited_k) own_k.
///
/// `from` are the stages' weights in the last quality: q_n = Σ from_k own_k, Σ from = 1.
///
/// @param stages  one or more, in order.
/// @throws Error{invalid_argument} none. @throws Error{invalid_value} values outside [0, 1]; all at once.
/// @complexity  O(stages). @numerics Double. @threads Pure.
/// @source  P2 names "quality heredity" of steel plate without a formula; this linear form is ours. @since 0.1.
[[nodiscard]] InheritedQuality inherit_quality(std::span<const ProcessStage> stages);

/// Defects handed on: stage k makes one in a share own_k of the units, and every later stage i lets a share inherited_i
/// of them through. Defects of different stages are independent.
///
/// `from` are the shares of finished units with a defect of each stage, own_k Π_(i>k) inherited_i; after the last stage
/// 1 − Π (1 − from_k) of the units are defective.
///
/// @throws As inherit_quality. @complexity O(stages²). @numerics Double; small shares by log1p and expm1.
/// @threads Pure. @source  Rolled throughput yield, with repair; definition. @since 0.1, experimental.
[[nodiscard]] InheritedQuality inherit_defects(std::span<const ProcessStage> stages);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/value_grading-inl.hpp"
