#pragma once

#include <algorithm>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/property_map/property_map.hpp>
#include <iterator>
#include <limits>

#include "chainqual/chain/components.hpp"

namespace chainqual {
inline namespace v1 {

template <class Graph>
StrongComponents strong_components(const Graph& graph) {
  const auto n = static_cast<std::size_t>(num_vertices(graph));
  StrongComponents result;
  result.component.resize(n);
  if (n == 0) {
    result.offsets = {0};
    return result;
  }
  const auto index = get(boost::vertex_index, graph);
  const auto count = static_cast<std::uint32_t>(boost::strong_components(
      graph, boost::make_iterator_property_map(result.component.begin(), index), boost::vertex_index_map(index)));
  // Tarjan finishes the last customers first.
  for (auto& c : result.component) c = count - 1 - c;
  result.offsets.assign(std::size_t{count} + 1, 0);
  for (const auto c : result.component) ++result.offsets[std::size_t{c} + 1];
  for (std::size_t c = 0; c < count; ++c) result.offsets[c + 1] += result.offsets[c];
  result.members.resize(n);
  auto places = result.offsets;
  for (std::size_t v = 0; v < n; ++v) result.members[places[result.component[v]]++] = static_cast<std::uint32_t>(v);
  return result;
}

template <class Graph>
std::vector<std::size_t> cyclic_components(const Graph& graph, const StrongComponents& components) {
  std::vector<std::size_t> cyclic;
  for (std::size_t c = 0; c < components.count(); ++c) {
    const auto members = components.of(c);
    bool is_cycle = members.size() > 1;
    if (!is_cycle) {
      const auto [begin, end] = out_edges(members.front(), graph);
      is_cycle = std::any_of(begin, end, [&](const auto& e) { return target(e, graph) == members.front(); });
    }
    if (is_cycle) cyclic.push_back(c);
  }
  return cyclic;
}

template <class Graph>
std::optional<std::vector<std::uint32_t>> topological_order(const Graph& graph) {
  std::vector<std::uint32_t> order;
  order.reserve(static_cast<std::size_t>(num_vertices(graph)));
  if (num_vertices(graph) == 0) return order;
  try {
    boost::topological_sort(graph, std::back_inserter(order), boost::vertex_index_map(get(boost::vertex_index, graph)));
  } catch (const boost::not_a_dag&) {
    return std::nullopt;
  }
  std::reverse(order.begin(), order.end());
  return order;
}

template <class Graph>
std::vector<std::uint32_t> supply_sources(const Graph& graph, const StrongComponents& components) {
  std::vector<bool> supplied(components.count(), false);
  for (const auto v : components.members) {
    const auto own = components.component[v];
    const auto [begin, end] = out_edges(v, graph);
    for (auto e = begin; e != end; ++e) {
      const auto other = components.component[static_cast<std::size_t>(target(*e, graph))];
      if (other != own) supplied[other] = true;
    }
  }
  std::vector<std::uint32_t> sources;
  for (std::size_t v = 0; v < components.component.size(); ++v) {
    if (!supplied[components.component[v]]) sources.push_back(static_cast<std::uint32_t>(v));
  }
  return sources;
}

}  // namespace v1
}  // namespace chainqual
