#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/core/ids.hpp"
#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// The shape in which lost capacity comes back.
enum class RecoveryKind : std::uint8_t { step, linear, exponential, s_curve, table };

template <>
struct Names<RecoveryKind> {
  static constexpr std::array<Name<RecoveryKind>, 5> table{{
      {RecoveryKind::step, "step", "一次恢复", "step", "阶跃"},
      {RecoveryKind::linear, "linear", "线性恢复", "linear"},
      {RecoveryKind::exponential, "exponential", "指数恢复", "exponential"},
      {RecoveryKind::s_curve, "s_curve", "S 形恢复", "S-curve"},
      {RecoveryKind::table, "table", "逐日给定", "table"},
  }};
};

/// How a loss heals once its days at full magnitude are over: ρ(k), the share of the magnitude still lost on the k-th
/// day of recovery, k = 1, 2, …; ρ(0) = 1 is the last day at full magnitude. With L = `days` and z = min(1, k / L):
///
/// step: 0.  linear: 1 − z.  exponential: 0.01^(k / L), so one hundredth is left after L days and it never ends.
/// s_curve: 1 − z² (3 − 2 z), half at L / 2 and whole from day L on.  table: table[k − 1], and 0 beyond its end.
struct Recovery {
  RecoveryKind kind = RecoveryKind::step;
  double days = 0;            ///< L > 0 for linear, exponential and s_curve; the others do not read it
  std::vector<double> table;  ///< shares in [0, 1] of the magnitude still lost; for the kind `table`, one a day
  friend bool operator==(const Recovery&, const Recovery&) = default;
};

/// Exponential recovery by the time in which half of the loss heals: L = half_life · log2(100).
[[nodiscard]] Recovery exponential_with_half_life(double half_life_days);

/// Capacity that one enterprise loses for a time: `magnitude` on the days start … start + duration − 1, then
/// magnitude · ρ(k) on day start + duration − 1 + k.
struct Disruption {
  static constexpr std::uint32_t permanent = std::numeric_limits<std::uint32_t>::max();

  EnterpriseId enterprise;
  double magnitude = 0;        ///< share of capacity lost, in [0, 1]
  std::uint32_t start = 0;     ///< first day, from 0
  std::uint32_t duration = 1;  ///< days at full magnitude, ≥ 1; `permanent`: it never heals
  Recovery recovery;
  friend bool operator==(const Disruption&, const Disruption&) = default;
};

/// ρ(k): the share of a loss that is left on the k-th day of recovery; 1 for k = 0.
///
/// @param recovery  as checked by `check_disruptions`.
/// @param k         days of recovery begun.
/// @return in [0, 1].
/// @throws none.
/// @complexity O(1).
/// @numerics   A few roundings; the exponential is the platform's pow.
/// @threads    Pure.
/// @source     Definition.
/// @since 0.1, experimental.
[[nodiscard]] double share_left(const Recovery& recovery, std::uint64_t k);

/// δ(t): the share of capacity that one disruption takes on a day.
///
/// @param disruption  as checked by `check_disruptions`.
/// @param day         from 0.
/// @return in [0, magnitude]; 0 before the start.
/// @throws none.
/// @complexity O(1).
/// @numerics   One rounding beyond `share_left`.
/// @threads    Pure.
/// @source     Definition.
/// @since 0.1, experimental.
[[nodiscard]] double loss_on(const Disruption& disruption, std::uint32_t day);

/// Refuses disruptions that mean nothing, by their place in the list, counted from 1.
///
/// @param disruptions  any number, in any order.
/// @param enterprises  n.
/// @throws Error{out_of_range}   an enterprise beyond n.
/// @throws Error{invalid_value}  a magnitude or an entry of a table outside [0, 1] or not finite; a duration of 0; a
///                               recovery time that is not positive and finite; an empty table.
/// @complexity O(disruptions + entries of tables).
/// @numerics   None.
/// @threads    Pure.
/// @source     Definition.
/// @since 0.1, experimental.
void check_disruptions(std::span<const Disruption> disruptions, std::size_t enterprises);

/// Disruptions by enterprise, ready to be asked for any day: several of one enterprise combine as 1 − Π (1 − δ), as
/// problems do (`combine_shocks`).
class DisruptionPlan {
 public:
  /// @throws as `check_disruptions`. @complexity O(d log d). Keeps a copy.
  DisruptionPlan(std::span<const Disruption> disruptions, std::size_t enterprises);

  /// Enterprises that some disruption names, ascending, each once.
  [[nodiscard]] std::span<const std::uint32_t> enterprises() const noexcept { return enterprises_; }
  /// First day on which anything is lost; `Disruption::permanent` if nothing ever is.
  [[nodiscard]] std::uint32_t first_day() const noexcept { return first_day_; }
  /// Share of capacity that enterprises()[k] lacks on a day, in [0, 1]. @pre k < enterprises().size().
  [[nodiscard]] double loss(std::size_t k, std::uint32_t day) const;

 private:
  std::vector<Disruption> disruptions_;  ///< by enterprise, then in the order given
  std::vector<std::uint32_t> enterprises_;
  std::vector<std::size_t> first_;  ///< of each enterprise, and the end
  std::uint32_t first_day_ = Disruption::permanent;
};

}  // namespace v1
}  // namespace chainqual

#include "chainqual/impact/recovery-inl.hpp"
