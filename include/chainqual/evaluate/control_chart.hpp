#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// Which patterns besides a point beyond its limits are signals.
enum class RuleSet : std::uint8_t { limits_only, western_electric, nelson };

/// A pattern that chance alone seldom makes. A zone is one standard deviation wide.
enum class ChartRule : std::uint8_t {
  beyond_limits,
  same_side,      ///< 8 (Western Electric) or 9 (Nelson) in a row on one side of the centre
  trend,          ///< 6 in a row, each above (or each below) the one before
  alternating,    ///< 14 in a row up and down in turn
  two_of_three,   ///< 2 of 3 in a row beyond two zones, one side
  four_of_five,   ///< 4 of 5 in a row beyond one zone, one side
  near_centre,    ///< 15 in a row within one zone of the centre
  away_of_centre  ///< 8 in a row beyond one zone, either side
};

template <>
struct Names<RuleSet> {
  static constexpr std::array<Name<RuleSet>, 3> table{{
      {RuleSet::limits_only, "limits", "仅控制限", "limits only"},
      {RuleSet::western_electric, "western_electric", "西部电气判异准则", "Western Electric"},
      {RuleSet::nelson, "nelson", "尼尔森判异准则", "Nelson"},
  }};
};

template <>
struct Names<ChartRule> {
  static constexpr std::array<Name<ChartRule>, 8> table{{
      {ChartRule::beyond_limits, "beyond_limits", "超出控制限", "beyond the limits"},
      {ChartRule::same_side, "same_side", "连续多点在中心线同一侧", "a run on one side of the centre"},
      {ChartRule::trend, "trend", "连续6点递增或递减", "six in a row rising or falling"},
      {ChartRule::alternating, "alternating", "连续14点上下交替", "fourteen in a row up and down"},
      {ChartRule::two_of_three, "two_of_three", "3点中有2点在同侧2σ之外", "two of three beyond two sigma"},
      {ChartRule::four_of_five, "four_of_five", "5点中有4点在同侧1σ之外", "four of five beyond one sigma"},
      {ChartRule::near_centre, "near_centre", "连续15点在1σ之内", "fifteen in a row within one sigma"},
      {ChartRule::away_of_centre, "away_of_centre", "连续8点都在1σ之外", "eight in a row beyond one sigma"},
  }};
};

/// A pattern and the points that make it: from `first` to `last`, at which it is seen.
struct ChartSignal {
  std::size_t first = 0;
  std::size_t last = 0;
  ChartRule rule = ChartRule::beyond_limits;
  friend bool operator==(const ChartSignal&, const ChartSignal&) = default;
};

struct ChartPoint {
  double value = 0;
  double centre = 0;
  double sigma = 0;  ///< standard deviation of the value where nothing is amiss
  double lower = 0;  ///< limits; of shares and counts kept within what can be
  double upper = 0;
};

/// One chart: its points, and the signals by last point, then by rule.
struct ControlChart {
  std::vector<ChartPoint> points;
  std::vector<ChartSignal> signals;
};

/// A chart of location beside one of spread.
struct PairedCharts {
  ControlChart location;
  ControlChart spread;  ///< judged by its limits alone: ranges are skew, and moving ranges share values
  double centre = 0;    ///< of the process
  double sigma = 0;     ///< of the process within samples
};

struct ChartOptions {
  RuleSet rules = RuleSet::western_electric;
  double width = 3;              ///< limits, in standard deviations of the plotted value
  std::optional<double> centre;  ///< of the process, where it is known; else it is estimated from the data
  std::optional<double> sigma;   ///< of the process (not of p, np, c, u, where it follows from the centre)
};

/// Signals of values on a chart, for charts made elsewhere.
///
/// Zones are of each point's own sigma. A value on the centre belongs to neither side. Where sigma is 0 nothing but the
/// limits is judged. After Western Electric: beyond_limits, two_of_three, four_of_five, same_side (8). Nelson:
/// all eight, same_side being 9.
///
/// @throws none but std::bad_alloc.
/// @complexity  O(points).
/// @numerics    Comparisons of doubles; a value equal to its limit is within.
/// @threads     Pure.
/// @source  Western Electric 1956, Statistical Quality Control Handbook; Nelson 1984, Journal of Quality Technology 16.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<ChartSignal> chart_signals(std::span<const ChartPoint> points, RuleSet rules);

/// Means and ranges of samples of one size: σ = mean range / d2.
///
/// @param samples  one or more, all of the same n in 2 … 100.
/// @throws Error{invalid_argument} no samples, a size outside 2 … 100, a width that is not positive, a sigma below 0.
/// @throws Error{shape_mismatch} samples of several sizes: chart means and deviations instead.
/// @throws Error{invalid_value} values that are not finite; all at once.
/// @complexity  O(values).
/// @numerics    Means and deviations as summarise, in twice double's precision.
/// @threads     Pure.
/// @source  Shewhart 1931; ISO 7870-2:2013.
/// @since 0.1, experimental.
[[nodiscard]] PairedCharts mean_range_chart(std::span<const std::vector<double>> samples,
                                            const ChartOptions& options = {});

/// Means and standard deviations of samples, of any sizes from 2: σ is the mean of s / c4(n), weighted by
/// c4² / (1 − c4²), the inverse of its variance; with one size that is the mean deviation / c4.
///
/// @throws As mean_range_chart, sizes aside: from 2 up, and they may differ. @complexity O(values).
/// @numerics As mean_range_chart. @threads Pure.
/// @source  ISO 7870-2:2013; weights: Burr 1969, Journal of Quality Technology 1. @since 0.1, experimental.
[[nodiscard]] PairedCharts mean_deviation_chart(std::span<const std::vector<double>> samples,
                                                const ChartOptions& options = {});

/// Single values and their moving ranges of two: σ = mean moving range / d2(2). The spread chart's first point belongs
/// to the second value.
///
/// @param values  two or more.
/// @throws Error{invalid_argument} fewer than two values, or options as mean_range_chart. @throws Error{invalid_value}
/// values that are not finite. @complexity O(n). @numerics As mean_range_chart. @threads Pure.
/// @source  ISO 7870-2:2013. @since 0.1, experimental.
[[nodiscard]] PairedCharts individuals_chart(std::span<const double> values, const ChartOptions& options = {});

/// Charts of attributes.
enum class AttributeChart : std::uint8_t {
  p,   ///< share of nonconforming items, samples of any size
  np,  ///< number of nonconforming items, samples of one size
  c,   ///< nonconformities of one item or area each
  u    ///< nonconformities by item or area, of any number
};

template <>
struct Names<AttributeChart> {
  static constexpr std::array<Name<AttributeChart>, 4> table{{
      {AttributeChart::p, "p", "不合格品率图", "p"},
      {AttributeChart::np, "np", "不合格品数图", "np"},
      {AttributeChart::c, "c", "不合格数图", "c"},
      {AttributeChart::u, "u", "单位不合格数图", "u"},
  }};
};

/// Chart of counts. σ is that of the binomial (p, np) or Poisson law (c, u) about the centre.
///
/// @param kind    which chart.
/// @param counts  whole numbers ≥ 0, one or more.
/// @param sizes   items inspected (p, np: whole numbers ≥ the counts; np: all the same) or areas (u), positive; empty
///                for c.
/// @param options  `centre` is a share for p and np, a mean count for c, a mean by item for u; `sigma` must be absent.
/// @throws Error{shape_mismatch} sizes of another length, or of several sizes for np. @throws Error{invalid_argument}
/// no counts, or options out of range. @throws Error{invalid_value} counts or sizes out of range; all at once.
/// @complexity  O(n). @numerics One division, one root a point. @threads Pure.
/// @source  ISO 7870-2:2013. @since 0.1, experimental.
[[nodiscard]] ControlChart attribute_chart(AttributeChart kind, std::span<const double> counts,
                                           std::span<const double> sizes = {}, const ChartOptions& options = {});

struct EwmaOptions {
  double lambda = 0.2;           ///< weight of the newest value, in (0, 1]
  double width = 3;              ///< limits, in standard deviations of the average
  std::optional<double> centre;  ///< else the mean
  std::optional<double> sigma;   ///< of the values, else by moving ranges as individuals_chart
};

/// Exponentially weighted moving averages z_i = λ x_i + (1 − λ) z_(i−1), z_0 = centre, within limits of the exact
/// width σ √(λ / (2 − λ) · (1 − (1 − λ)^(2i))).
///
/// @param values  one or more; two or more where sigma is not given.
/// @throws Error{invalid_argument} too few values, options out of range. @throws Error{invalid_value} not finite.
/// @complexity  O(n). @numerics Double. @threads Pure.
/// @source  Roberts 1959, doi:10.1080/00401706.1959.10489860. @since 0.1, experimental.
[[nodiscard]] ControlChart ewma_chart(std::span<const double> values, const EwmaOptions& options = {});

struct CusumOptions {
  double reference = 0.5;        ///< k, in σ: half of the shift that is to be found
  double decision = 5;           ///< h, in σ: a sum above it is a signal
  double head_start = 0;         ///< both sums' first value, in σ, below h
  std::optional<double> centre;  ///< target; else the mean
  std::optional<double> sigma;   ///< else by moving ranges as individuals_chart
};

struct CusumPoint {
  double value = 0;
  double above = 0;             ///< C⁺, in the values' unit
  double below = 0;             ///< C⁻, ≥ 0
  std::size_t above_since = 0;  ///< points in a row for which C⁺ has been positive
  std::size_t below_since = 0;
  bool signal_above = false;
  bool signal_below = false;
};

struct CusumChart {
  std::vector<CusumPoint> points;
  double centre = 0;
  double sigma = 0;
  double decision = 0;  ///< h σ
};

/// Sums of what goes beyond the target by more than kσ, upwards and downwards; they run on after a signal.
///
/// @throws As ewma_chart. @complexity O(n). @numerics Double. @threads Pure.
/// @source  Page 1954, doi:10.1093/biomet/41.1-2.100; head start: Lucas & Crosier 1982. @since 0.1, experimental.
[[nodiscard]] CusumChart cusum_chart(std::span<const double> values, const CusumOptions& options = {});

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/control_chart-inl.hpp"
