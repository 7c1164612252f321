#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chainqual/chain/components.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/core/ids.hpp"

namespace chainqual {
inline namespace v1 {

/// Who cannot be reached from raw material without passing whom.
///
/// Enterprise i dominates j when every path of supply from any source to j passes i. The closest such i ≠ j is j's
/// immediate dominator; the immediate dominators form trees whose roots no single enterprise can cut off.
struct DominatorForest {
  std::vector<std::uint32_t> immediate;  ///< [n] immediate dominator; Network::none for roots and unreached enterprises
  std::vector<std::uint32_t> order;      ///< reached enterprises, dominators before those they dominate

  /// Whether i dominates j (every enterprise dominates itself). @complexity O(depth of j).
  [[nodiscard]] bool dominates(EnterpriseId i, EnterpriseId j) const noexcept;
};

/// The dominator forest below the given sources.
///
/// @param graph    a Network, a Chain's graph(), or any Boost BidirectionalGraph with vertices 0 … n−1.
/// @param sources  where supply begins, e.g. supply_sources(); repeats are harmless.
/// @throws Error{out_of_range} a source beyond the graph.
/// @throws std::bad_alloc.
/// @complexity O(n + m) in practice, O(m log n) with path compression for semidominators; the last step may take
///             O(n · depth). No recursion.
/// @numerics None.
/// @threads Reads only.
/// @source Lengauer & Tarjan 1979 for semidominators; Georgiadis 2005, "Linear-Time Algorithms for Dominators and
///         Related Problems", section 2.4 (semi-NCA). Boost's lengauer_tarjan_dominator_tree is the oracle in tests: it
///         recurses as deep as the chain is long, and takes one source.
/// @since 0.1, experimental.
template <class Graph>
[[nodiscard]] DominatorForest dominators(const Graph& graph, std::span<const std::uint32_t> sources);

/// An enterprise whose loss cuts others off from every source.
struct SinglePointOfFailure {
  EnterpriseId enterprise;
  std::uint32_t cut = 0;        ///< enterprises, itself not counted, that it dominates
  std::uint32_t final_cut = 0;  ///< those of them that are final
  friend bool operator==(const SinglePointOfFailure&, const SinglePointOfFailure&) = default;
};

/// Directed single points of failure: the enterprises whose removal cuts some final enterprise off from every source.
///
/// @param forest  of the graph.
/// @param finals  enterprises that deliver what the chain is for, e.g. `final_enterprises`.
/// @returns by final_cut, then cut, descending, then id.
/// @throws Error{out_of_range} a final enterprise beyond the forest.
/// @throws std::bad_alloc.
/// @complexity O(n log n).
/// @numerics None.
/// @threads Reads only.
/// @source Definition (dominators are exactly the vertices whose removal disconnects); no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<SinglePointOfFailure> single_points_of_failure(const DominatorForest& forest,
                                                                         std::span<const std::uint32_t> finals);

/// Enterprises at the chain's end: those of stage downstream where stages are given, else those without customers.
/// @complexity O(n).
[[nodiscard]] std::vector<std::uint32_t> final_enterprises(const Network& network);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/dominators-inl.hpp"
