#pragma once

#include <algorithm>
#include <boost/graph/graph_traits.hpp>
#include <cstddef>
#include <limits>

#include "chainqual/chain/articulation.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// A vertex on the depth-first path with what is left of its customers and then of its suppliers.
template <class Graph>
struct OpenVertex {
  using Traits = boost::graph_traits<Graph>;
  std::uint32_t vertex;
  std::uint32_t parent;
  typename Traits::out_edge_iterator out, out_end;
  typename Traits::in_edge_iterator in, in_end;

  OpenVertex(std::uint32_t v, std::uint32_t from, const Graph& graph) : vertex(v), parent(from) {
    const auto customers = out_edges(v, graph);
    const auto suppliers = in_edges(v, graph);
    out = customers.first;
    out_end = customers.second;
    in = suppliers.first;
    in_end = suppliers.second;
  }
  /// The next neighbour; its own vertex when none is left.
  [[nodiscard]] std::uint32_t next(const Graph& graph) {
    if (out != out_end) return static_cast<std::uint32_t>(target(*out++, graph));
    if (in != in_end) return static_cast<std::uint32_t>(source(*in++, graph));
    return vertex;
  }
  [[nodiscard]] bool is_done() const { return out == out_end && in == in_end; }
};

}  // namespace detail

template <class Graph>
Articulation articulation(const Graph& graph) {
  constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
  const auto n = static_cast<std::size_t>(num_vertices(graph));
  std::vector<std::uint32_t> number(n, 0);  // depth-first, from 1; 0: not seen
  std::vector<std::uint32_t> low(n, 0);     // least number reached from the subtree by one link back
  std::vector<bool> is_point(n, false);
  std::vector<detail::OpenVertex<Graph>> path;
  Articulation result;
  std::uint32_t seen = 0;
  const auto open = [&](std::uint32_t v, std::uint32_t from) {
    number[v] = low[v] = ++seen;
    path.emplace_back(v, from, graph);
  };
  for (std::uint32_t root = 0; root < n; ++root) {
    if (number[root] != 0) continue;
    std::size_t children = 0;
    open(root, nobody);
    while (!path.empty()) {
      auto& top = path.back();
      const auto v = top.vertex;
      if (!top.is_done()) {
        const auto w = top.next(graph);
        // All links to the parent are the one relation by which v was reached.
        if (w == v || w == top.parent) continue;
        if (number[w] == 0) {
          if (v == root) ++children;
          open(w, v);
        } else {
          low[v] = std::min(low[v], number[w]);
        }
        continue;
      }
      const auto u = top.parent;
      path.pop_back();
      if (u == nobody) continue;
      low[u] = std::min(low[u], low[v]);
      if (low[v] > number[u]) result.bridges.push_back({std::min(u, v), std::max(u, v)});
      if (u != root && low[v] >= number[u]) is_point[u] = true;
    }
    if (children > 1) is_point[root] = true;
  }
  for (std::uint32_t v = 0; v < n; ++v) {
    if (is_point[v]) result.points.push_back(v);
  }
  std::sort(result.bridges.begin(), result.bridges.end());
  return result;
}

}  // namespace v1
}  // namespace chainqual
