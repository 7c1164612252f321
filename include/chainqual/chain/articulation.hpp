#pragma once

#include <compare>
#include <cstdint>
#include <vector>

namespace chainqual {
inline namespace v1 {

/// Two enterprises that supply one another in some direction; first < second.
struct Relation {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  friend auto operator<=>(const Relation&, const Relation&) = default;
};

/// What holds the chain together when the direction of supply is left aside.
struct Articulation {
  std::vector<std::uint32_t> points;  ///< enterprises whose removal splits their part of the chain; ascending
  std::vector<Relation> bridges;      ///< relations whose removal does, all their links at once; ascending
};

/// Articulation points and bridges of the undirected view, in which any links between two enterprises are one relation
/// and self-supply is none.
///
/// @param graph  a Network, a Chain's graph(), or any Boost BidirectionalGraph and VertexListGraph with vertices 0 …
/// n−1.
/// @throws std::bad_alloc.
/// @complexity O(n + m) time, O(n) space; no recursion, no undirected copy of the graph.
/// @numerics None.
/// @threads Reads only.
/// @source Hopcroft & Tarjan 1973. Boost's biconnected_components is the oracle in tests: it wants an undirected copy.
/// @since 0.1, experimental.
template <class Graph>
[[nodiscard]] Articulation articulation(const Graph& graph);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/articulation-inl.hpp"
