#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chainqual/chain/chain.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/ids.hpp"
#include "chainqual/register/problem.hpp"

namespace chainqual {
inline namespace v1 {

/// How the magnitude of a problem that names no enterprise reaches the enterprises of its segments.
///
/// `whole`: each of them has the problem, at full magnitude. A problem recorded for a segment is one that the segment
/// shares (clause 5.4.2, common problems), so the segment's own loss, under any weights, is exactly the magnitude.
/// `by_weight`: one of them has it and it is not known which; with chances in proportion to their weights the expected
/// shock of enterprise i is s · w_i / Σ w, and the expected loss of the uncapped model follows from it exactly.
enum class SegmentShock : std::uint8_t { whole, by_weight };

template <>
struct Names<SegmentShock> {
  static constexpr std::array<Name<SegmentShock>, 2> table{{
      {SegmentShock::whole, "whole", "每家全额", "whole"},
      {SegmentShock::by_weight, "by_weight", "按权重分摊", "by weight"},
  }};
};

/// How problems become shocks.
struct ShockOptions {
  double lowest_total = 1;         ///< severity total whose shock is 0
  double highest_total = 5;        ///< severity total whose shock is 1
  std::optional<double> ungraded;  ///< magnitude of problems without a grade, in [0, 1]; none: they shock nobody
  SegmentShock segment = SegmentShock::whole;
  bool home_segment_only = false;  ///< leave out enterprises whose home is another segment
  bool include_solved = false;     ///< solved problems shock too
  friend bool operator==(const ShockOptions&, const ShockOptions&) = default;
};

/// A shock at one enterprise.
struct PlacedShock {
  EnterpriseId enterprise;
  double magnitude = 0;  ///< share of its working lost, in [0, 1]
  friend bool operator==(const PlacedShock&, const PlacedShock&) = default;
};

/// Throws Error{invalid_argument} naming the first option that is out of its domain.
void check(const ShockOptions& options);

/// Magnitude of a problem with severity total T: (T − lowest) / (highest − lowest), held within [0, 1].
///
/// With the defaults this is s = (T − 1) / 4: no shock at the lowest total, standstill at the highest.
///
/// @param total    severity total, by default 1 … 5.
/// @param options  the two totals that mean 0 and 1.
/// @throws Error{invalid_value}     `total` is not finite.
/// @throws Error{invalid_argument}  the two totals are not ascending.
/// @complexity O(1).
/// @numerics   Two roundings.
/// @threads    No shared state.
/// @source     Definition of this project (T/GQDA appendix D gives the total, no magnitude).
/// @since 0.1, experimental.
[[nodiscard]] double shock_magnitude(double total, const ShockOptions& options = {});

/// Where a problem sits: each enterprise it shocks, ascending, once.
///
/// The enterprises that it names; else every enterprise of its segments; else, when it names no segment either, every
/// enterprise of its stage. An enterprise belongs to every segment that it lists (`home_segment_only`: to the first).
///
/// @param chain      the chain that `problem` speaks of.
/// @param problem    its `enterprises`, `segments` and `stage` are read.
/// @param magnitude  in [0, 1].
/// @param options    how segments share the magnitude.
/// @return empty when a named segment or the stage has no enterprise.
/// @throws Error{unknown_reference} an enterprise or segment that the chain does not hold, named with the problem.
/// @throws Error{invalid_value}     `magnitude` outside [0, 1], or a negative or non-finite weight of an enterprise.
/// @complexity O(n + names) time.
/// @numerics   `whole`: the magnitude itself. `by_weight`: two roundings; the sum of weights runs in ascending order.
/// @threads    Reads only.
/// @source     Definition of this project.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<PlacedShock> locate(const Chain& chain, const Problem& problem, double magnitude,
                                              const ShockOptions& options = {});

/// Shock of every enterprise when several problems stand at once: 1 − Π (1 − s) over the shocks placed at it.
///
/// Problems at one enterprise are taken as independent obstacles, each of which lets 1 − s of the work pass. So a shock
/// alone keeps its magnitude exactly, the result never exceeds 1, and one standstill is a standstill.
///
/// @param enterprises  n, the length of the result.
/// @param shocks       in any order; several may name one enterprise.
/// @return [n] in [0, 1]; exactly 0 where nothing was placed.
/// @throws Error{out_of_range}   a shock at an enterprise beyond n.
/// @throws Error{invalid_value}  a magnitude outside [0, 1] or not finite.
/// @complexity O(n + shocks) time.
/// @numerics   One rounding per factor, in the order given; a single shock is returned unchanged.
/// @threads    No shared state.
/// @source     Definition of this project.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<double> combine_shocks(std::size_t enterprises, std::span<const PlacedShock> shocks);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/impact/shock-inl.hpp"
