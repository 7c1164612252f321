#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/impact/linear.hpp"

namespace chainqual {
inline namespace v1 {

/// Machine instructions of a sweep. Every one gives the same bits.
enum class Lanes : std::uint8_t { automatic, baseline, avx2, avx512 };

template <>
struct Names<Lanes> {
  static constexpr std::array<Name<Lanes>, 4> table{{
      {Lanes::automatic, "automatic", "自动", "automatic"},
      {Lanes::baseline, "baseline", "基准指令", "baseline"},
      {Lanes::avx2, "avx2", "AVX2", "AVX2"},
      {Lanes::avx512, "avx512", "AVX-512", "AVX-512"},
  }};
};

/// Whether this machine runs `lanes`.
[[nodiscard]] bool supports(Lanes lanes) noexcept;

/// A network prepared once for many fast sweeps of one direction, in single precision.
///
/// Layout: rows of one direction, sorted by length within windows and cut into slices of 16, stored column by column
/// and filled up with weight 0 (SELL-16-σ): sixteen rows advance together without a mispredicted row end. Enterprises
/// are renumbered in the order of the slices, so that results are written side by side. Slices follow the levels of the
/// chain, so that one Gauss–Seidel sweep over them settles an acyclic network; inside a level those which most rows
/// read come first and share cache lines, and rows of like length stand together in windows of 4096, which keep what
/// locality the chain's own order had. Weights and losses are floats, sums are double: the product of two floats is
/// exact in double, so fused and separate multiply-add agree and every lane width gives the same bits.
///
/// 8 bytes a link and its padding, 4 an enterprise. Source of the layout: Kreutzer et al. 2014,
/// doi:10.1137/130930352 (SELL-C-σ); renumbering and level order are ours.
class LinearPlan {
 public:
  static constexpr std::uint32_t slice_rows = 16;

  /// @param net      n enterprises, m links; not kept.
  /// @param along    which way losses travel; weights are those of `linear`, rounded to single precision.
  /// @param control  cancel.
  /// @throws Error{invalid_value} link data as in `linear`. Error{cancelled}. std::bad_alloc.
  /// @complexity O(n log n + m) time; 24 bytes a link at the peak.
  /// @numerics   One rounding per weight beyond `linear`'s.
  /// @threads    Reads `net` only.
  /// @source     See the class.
  /// @since 0.1, experimental.
  explicit LinearPlan(const Network& net, Along along = Along::downstream, const Control& control = {});

  [[nodiscard]] std::uint32_t enterprises() const noexcept { return enterprises_; }
  [[nodiscard]] std::uint64_t links() const noexcept { return links_; }
  [[nodiscard]] Along along() const noexcept { return along_; }
  /// Entries stored, padding included.
  [[nodiscard]] std::uint64_t stored() const noexcept { return ids_.size(); }
  [[nodiscard]] std::size_t memory() const noexcept;
  /// Whether one sweep of a solve is exact.
  [[nodiscard]] bool settles_at_once() const noexcept { return settles_at_once_; }
  /// Places: 16 a slice. A little more than enterprises, since a level begins a slice of its own.
  [[nodiscard]] std::size_t size() const noexcept { return 16 * (slices_.size() - 1); }
  /// Place of each enterprise in the plan's own order; places of nobody draw on nothing.
  [[nodiscard]] std::span<const std::uint32_t> places() const noexcept { return places_; }

  /// One plain sweep in the plan's order, for those who iterate themselves: y = Dᵀ x downstream, y = U x upstream.
  ///
  /// @param x        [size()] by place, finite.
  /// @param y        [size()] out, by place, 0 at places of nobody; must not alias x.
  /// @param control  executor; slices are handed out in chunks that do not depend on it.
  /// @param lanes    machine instructions.
  /// @throws Error{shape_mismatch}    a length is not size().
  /// @throws Error{invalid_argument}  the machine lacks `lanes`. Error{cancelled}.
  /// @complexity O(stored entries).
  /// @numerics   Each sum in double, rounded once; same bits for any thread count and lanes.
  /// @threads    Reads the plan only.
  /// @source     See the class.
  /// @since 0.1, experimental.
  void sweep(std::span<const float> x, std::span<float> y, const Control& control = {},
             Lanes lanes = Lanes::automatic) const;

  /// The same for 16 vectors at once, stored side by side: entry place · 16 + vector. Lengths 16 size().
  void sweep16(std::span<const float> x, std::span<float> y, const Control& control = {},
               Lanes lanes = Lanes::automatic) const;

 private:
  friend struct PlanAccess;
  std::uint32_t enterprises_ = 0;
  std::uint64_t links_ = 0;
  Along along_ = Along::downstream;
  bool settles_at_once_ = false;
  std::vector<std::uint32_t> places_;  // [n] by EnterpriseId
  std::vector<std::uint64_t> slices_;  // [slices + 1] first column of each slice
  LargeArray<std::uint32_t> ids_;      // [16 · columns] place of the neighbour; 0 in padding
  LargeArray<float> weights_;          // [16 · columns]; 0 in padding
  std::vector<float> self_;            // [size()] self-supply by place; empty when nobody supplies itself
};

/// How `linear_batch` runs.
struct LinearBatchOptions {
  double tolerance = 1e-6;  ///< of a shock's last sweep, relative to its largest shock
  std::uint32_t max_sweeps = 10'000;
  Lanes lanes = Lanes::automatic;
};

/// Losses under many shocks in one direction.
struct LinearBatchResult {
  std::vector<float> loss;      ///< [shocks × n], one shock after another, by EnterpriseId
  std::vector<LinearRun> runs;  ///< one per shock; the counts of components are not filled
};

/// Capped linear losses of many shocks over one prepared network, 16 at a time.
///
/// x = min(1, s + R x) by Gauss–Seidel over the plan's slices from x = s, never downwards. A shock that has settled is
/// frozen, so its result does not depend on the others in its batch: one shock alone gives the same bits. Where
/// dependency has no slack (spectral radius near 1 or above) `linear` is the faster way; it also gives double
/// precision.
///
/// @param plan     n enterprises.
/// @param shocks   [k × n] in [0, 1], one shock after another, by EnterpriseId.
/// @param options  tolerance, lanes.
/// @param control  executor over batches of 16, cancel, progress.
/// @throws Error{shape_mismatch}    the length of `shocks` is no multiple of n.
/// @throws Error{invalid_value}     a shock outside [0, 1] or not finite; shock and enterprise are named.
/// @throws Error{invalid_argument}  an option out of its domain. Error{cancelled}.
/// @complexity O(sweeps · stored entries) per 16 shocks; 128 bytes a place and thread beside the result.
/// @numerics   Single precision: within 2e-5 of `linear` where every link lets at most nine tenths pass (tested on 300
///             random networks). No shock gives exactly 0. Same bits for any thread count, lanes and composition of
///             batches.
/// @threads    Reads only.
/// @source     As `linear`.
/// @since 0.1, experimental.
[[nodiscard]] LinearBatchResult linear_batch(const LinearPlan& plan, std::span<const float> shocks,
                                             const LinearBatchOptions& options = {}, const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/linear_plan-inl.hpp"
#endif
