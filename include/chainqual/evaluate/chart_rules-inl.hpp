#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

/// Walks the points once; each rule keeps how long its pattern has held.
class PatternWatch {
 public:
  PatternWatch(std::span<const ChartPoint> points, RuleSet rules) : points_(points), nelson_(rules == RuleSet::nelson) {
    zones_.reserve(points.size());
    for (const ChartPoint& point : points) {
      const double off = point.value - point.centre;
      zones_.push_back(point.sigma > 0 ? off / point.sigma : 0);
    }
  }

  void look(std::size_t at, std::vector<ChartSignal>& signals) {
    const auto seen = [&](ChartRule rule, std::size_t length) { signals.push_back({at + 1 - length, at, rule}); };
    if (points_[at].value < points_[at].lower || points_[at].value > points_[at].upper) {
      seen(ChartRule::beyond_limits, 1);
    }
    if (!(points_[at].sigma > 0)) {
      side_ = step_ = 0;
      same_ = near_ = away_ = 0;
      steps_ = turns_ = 1;
      return;
    }
    const std::size_t run = nelson_ ? 9 : 8;
    if (count_side(at) >= run) seen(ChartRule::same_side, run);
    if (nelson_ && monotone(at) >= 6) seen(ChartRule::trend, 6);
    if (nelson_ && turns_ >= 14) seen(ChartRule::alternating, 14);
    if (some_beyond(at, 2, 3, 2)) seen(ChartRule::two_of_three, std::min<std::size_t>(3, at + 1));
    if (some_beyond(at, 4, 5, 1)) seen(ChartRule::four_of_five, std::min<std::size_t>(5, at + 1));
    near_ = std::abs(zones_[at]) < 1 ? near_ + 1 : 0;
    away_ = std::abs(zones_[at]) > 1 ? away_ + 1 : 0;
    if (nelson_ && near_ >= 15) seen(ChartRule::near_centre, 15);
    if (nelson_ && away_ >= 8) seen(ChartRule::away_of_centre, 8);
  }

 private:
  static int side(double off) noexcept { return off > 0 ? 1 : off < 0 ? -1 : 0; }

  std::size_t count_side(std::size_t at) {
    const int now = side(zones_[at]);
    same_ = now == 0 ? 0 : (now == side_ ? same_ + 1 : 1);
    side_ = now;
    return same_;
  }

  /// Points, this one included, that go one way; sets `turns_` too.
  std::size_t monotone(std::size_t at) {
    const int step = at == 0 ? 0 : side(points_[at].value - points_[at - 1].value);
    steps_ = step == 0 ? 1 : (step == step_ ? steps_ + 1 : 2);
    turns_ = step == 0 ? 1 : (step == -step_ ? turns_ + 1 : 2);
    step_ = step;
    return steps_;
  }

  /// The point itself beyond `zone` and `needed` of the last `window` with it, on its side.
  [[nodiscard]] bool some_beyond(std::size_t at, std::size_t needed, std::size_t window, double zone) const {
    const int now = side(zones_[at]);
    if (!(std::abs(zones_[at]) > zone)) return false;
    std::size_t count = 0;
    for (std::size_t k = at + 1 < window ? 0 : at + 1 - window; k <= at; ++k) {
      if (zones_[k] * now > zone) ++count;
    }
    return count >= needed;
  }

  std::span<const ChartPoint> points_;
  bool nelson_;
  std::vector<double> zones_;
  int side_ = 0;
  int step_ = 0;
  std::size_t same_ = 0;
  std::size_t steps_ = 1;
  std::size_t turns_ = 1;
  std::size_t near_ = 0;
  std::size_t away_ = 0;
};

}  // namespace evaluate_detail

inline std::vector<ChartSignal> chart_signals(std::span<const ChartPoint> points, RuleSet rules) {
  std::vector<ChartSignal> signals;
  if (rules == RuleSet::limits_only) {
    for (std::size_t k = 0; k < points.size(); ++k) {
      if (points[k].value < points[k].lower || points[k].value > points[k].upper) signals.push_back({k, k});
    }
    return signals;
  }
  evaluate_detail::PatternWatch watch(points, rules);
  for (std::size_t k = 0; k < points.size(); ++k) watch.look(k, signals);
  return signals;
}

}  // namespace v1
}  // namespace chainqual
