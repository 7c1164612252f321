#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "chainqual/core/ids.hpp"

namespace chainqual {
inline namespace v1 {

/// The strongly connected components of a graph: groups in which every enterprise supplies every other, directly or
/// not. Components are numbered in supply order: a link leads to the same or to a later component.
struct StrongComponents {
  std::vector<std::uint32_t> component;  ///< [n] number of each enterprise's component
  std::vector<std::size_t> offsets;      ///< [count + 1] where each component's members begin
  std::vector<std::uint32_t> members;    ///< [n] enterprises by component, ascending within one

  [[nodiscard]] std::size_t count() const noexcept { return offsets.empty() ? 0 : offsets.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t c) const noexcept {
    return std::span(members).subspan(offsets[c], offsets[c + 1] - offsets[c]);
  }
};

/// Strongly connected components.
///
/// @param graph  a Network, a Chain's graph(), or any Boost VertexListGraph and IncidenceGraph with vertices 0 … n−1.
/// @returns the same components on every form of a chain; their numbers may differ where supply order leaves a choice.
/// @throws std::bad_alloc.
/// @complexity O(n + m) time, O(n) space; no recursion.
/// @numerics None.
/// @threads Reads only.
/// @source Tarjan 1972 (Boost.Graph strong_components).
/// @since 0.1, experimental.
template <class Graph>
[[nodiscard]] StrongComponents strong_components(const Graph& graph);

/// Components that are cycles: two or more enterprises, or one that supplies itself. In supply order.
///
/// @param graph       as for strong_components.
/// @param components  of that graph.
/// @complexity O(count + out-links of single enterprises).
/// @numerics None.
/// @threads Reads only.
/// @source Definition, no paper.
/// @since 0.1, experimental.
template <class Graph>
[[nodiscard]] std::vector<std::size_t> cyclic_components(const Graph& graph, const StrongComponents& components);

/// Enterprises in supply order, suppliers before customers; nothing when the graph has a cycle (self-supply is one).
///
/// @param graph  as for strong_components.
/// @throws std::bad_alloc.
/// @complexity O(n + m) time, O(n) space; no recursion.
/// @numerics None.
/// @threads Reads only.
/// @source Tarjan 1976 (Boost.Graph topological_sort).
/// @since 0.1, experimental.
template <class Graph>
[[nodiscard]] std::optional<std::vector<std::uint32_t>> topological_order(const Graph& graph);

/// Where the chain's supply begins: the enterprises that nobody supplies and, where a whole cycle is supplied by nobody
/// outside it, all of the cycle. Ascending. The default raw-material enterprises of `dominators`.
///
/// @param graph       as for strong_components.
/// @param components  of that graph.
/// @complexity O(n + m).
/// @numerics None.
/// @threads Reads only.
/// @source Definition, no paper.
/// @since 0.1, experimental.
template <class Graph>
[[nodiscard]] std::vector<std::uint32_t> supply_sources(const Graph& graph, const StrongComponents& components);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/components-inl.hpp"
