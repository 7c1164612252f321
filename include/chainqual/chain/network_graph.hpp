#pragma once

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "chainqual/chain/network.hpp"

// Network as a model of Boost's VertexListGraph, EdgeListGraph, BidirectionalGraph, AdjacencyGraph and AdjacencyMatrix.
// Vertices are EnterpriseId values, so the vertex index is the vertex; the edge index is the LinkId; the edge weight is
// the value supplied. Boost finds the functions by their argument, in this namespace.

namespace chainqual {
inline namespace v1 {

/// A supply link as Boost's edge descriptor. An edge met from its customer's side does not know its LinkId, which
/// `link_of` then looks up; since a network has no parallel links, the two ends are its identity.
struct NetworkEdge {
  std::uint32_t source = Network::none;
  std::uint32_t target = Network::none;
  LinkId link;
  friend bool operator==(const NetworkEdge& a, const NetworkEdge& b) noexcept {
    return a.source == b.source && a.target == b.target;
  }
  friend bool operator<(const NetworkEdge& a, const NetworkEdge& b) noexcept {
    return a.source != b.source ? a.source < b.source : a.target < b.target;
  }
};

/// The LinkId of an edge of `network`. @complexity O(1) for out-edges, O(log out-degree) for in-edges.
[[nodiscard]] inline LinkId link_of(const NetworkEdge& edge, const Network& network) noexcept {
  if (!edge.link.is_none()) return edge.link;
  return network.find_link(EnterpriseId{edge.source}, EnterpriseId{edge.target}).value_or(LinkId::none());
}

namespace detail {

class OutEdgeIterator : public boost::iterator_facade<OutEdgeIterator, NetworkEdge, boost::random_access_traversal_tag,
                                                      NetworkEdge, std::ptrdiff_t> {
 public:
  OutEdgeIterator() = default;
  OutEdgeIterator(std::uint32_t source, std::uint64_t link, const std::uint32_t* targets)
      : targets_(targets), link_(link), source_(source) {}

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] NetworkEdge dereference() const noexcept { return {source_, targets_[link_], LinkId{link_}}; }
  [[nodiscard]] bool equal(const OutEdgeIterator& other) const noexcept { return link_ == other.link_; }
  void increment() noexcept { ++link_; }
  void decrement() noexcept { --link_; }
  void advance(std::ptrdiff_t by) noexcept { link_ += static_cast<std::uint64_t>(by); }
  [[nodiscard]] std::ptrdiff_t distance_to(const OutEdgeIterator& other) const noexcept {
    return static_cast<std::ptrdiff_t>(other.link_ - link_);
  }

  const std::uint32_t* targets_ = nullptr;
  std::uint64_t link_ = 0;
  std::uint32_t source_ = 0;
};

class InEdgeIterator : public boost::iterator_facade<InEdgeIterator, NetworkEdge, boost::random_access_traversal_tag,
                                                     NetworkEdge, std::ptrdiff_t> {
 public:
  InEdgeIterator() = default;
  InEdgeIterator(std::uint32_t target, const std::uint32_t* source) : source_(source), target_(target) {}

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] NetworkEdge dereference() const noexcept { return {*source_, target_, LinkId::none()}; }
  [[nodiscard]] bool equal(const InEdgeIterator& other) const noexcept { return source_ == other.source_; }
  void increment() noexcept { ++source_; }
  void decrement() noexcept { --source_; }
  void advance(std::ptrdiff_t by) noexcept { source_ += by; }
  [[nodiscard]] std::ptrdiff_t distance_to(const InEdgeIterator& other) const noexcept {
    return other.source_ - source_;
  }

  const std::uint32_t* source_ = nullptr;
  std::uint32_t target_ = 0;
};

class EdgeIterator
    : public boost::iterator_facade<EdgeIterator, NetworkEdge, boost::forward_traversal_tag, NetworkEdge> {
 public:
  EdgeIterator() = default;
  EdgeIterator(const Network& network, std::uint64_t link) : parts_(&network.parts()), link_(link) { skip_empty(); }

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] NetworkEdge dereference() const noexcept {
    return {source_, parts_->out_targets[link_], LinkId{link_}};
  }
  [[nodiscard]] bool equal(const EdgeIterator& other) const noexcept { return link_ == other.link_; }
  void increment() noexcept {
    ++link_;
    skip_empty();
  }
  void skip_empty() noexcept {
    if (link_ >= parts_->out_targets.size()) return;
    while (parts_->out_offsets[source_ + 1] <= link_) ++source_;
  }

  const NetworkParts* parts_ = nullptr;
  std::uint64_t link_ = 0;
  std::uint32_t source_ = 0;
};

}  // namespace detail

/// Boost's edge_index of a network.
class LinkIndexMap {
 public:
  using key_type = NetworkEdge;
  using value_type = std::uint64_t;
  using reference = std::uint64_t;
  using category = boost::readable_property_map_tag;
  LinkIndexMap() = default;
  explicit LinkIndexMap(const Network& network) : network_(&network) {}
  friend std::uint64_t get(const LinkIndexMap& map, const NetworkEdge& edge) noexcept {
    return link_of(edge, *map.network_).value;
  }
  [[nodiscard]] std::uint64_t operator[](const NetworkEdge& edge) const noexcept { return get(*this, edge); }

 private:
  const Network* network_ = nullptr;
};

/// Boost's edge_weight of a network: the value supplied.
class LinkValueMap {
 public:
  using key_type = NetworkEdge;
  using value_type = float;
  using reference = float;
  using category = boost::readable_property_map_tag;
  LinkValueMap() = default;
  explicit LinkValueMap(const Network& network) : network_(&network) {}
  friend float get(const LinkValueMap& map, const NetworkEdge& edge) noexcept {
    return map.network_->out_values()[link_of(edge, *map.network_).index()];
  }
  [[nodiscard]] float operator[](const NetworkEdge& edge) const noexcept { return get(*this, edge); }

 private:
  const Network* network_ = nullptr;
};

}  // namespace v1
}  // namespace chainqual

template <>
struct boost::graph_traits<chainqual::Network> {
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = chainqual::NetworkEdge;
  using directed_category = boost::bidirectional_tag;
  using edge_parallel_category = boost::disallow_parallel_edge_tag;
  struct traversal_category : boost::bidirectional_graph_tag,
                              boost::adjacency_graph_tag,
                              boost::vertex_list_graph_tag,
                              boost::edge_list_graph_tag,
                              boost::adjacency_matrix_tag {};
  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::uint64_t;
  using degree_size_type = std::uint64_t;
  using vertex_iterator = boost::counting_iterator<std::uint32_t>;
  using out_edge_iterator = chainqual::detail::OutEdgeIterator;
  using in_edge_iterator = chainqual::detail::InEdgeIterator;
  using edge_iterator = chainqual::detail::EdgeIterator;
  using adjacency_iterator = const std::uint32_t*;
  static constexpr vertex_descriptor null_vertex() noexcept { return chainqual::Network::none; }
};

/// Some of Boost asks for the traits of `const Graph`.
template <>
struct boost::graph_traits<const chainqual::Network> : boost::graph_traits<chainqual::Network> {};

template <>
struct boost::property_map<chainqual::Network, boost::vertex_index_t> {
  using type = boost::typed_identity_property_map<std::uint32_t>;
  using const_type = type;
};
template <>
struct boost::property_map<chainqual::Network, boost::edge_index_t> {
  using type = chainqual::LinkIndexMap;
  using const_type = type;
};
template <>
struct boost::property_map<chainqual::Network, boost::edge_weight_t> {
  using type = chainqual::LinkValueMap;
  using const_type = type;
};

namespace chainqual {
inline namespace v1 {

// Boost's names for what Network says in its own; each is O(1).

[[nodiscard]] inline auto vertices(const Network& network) noexcept {
  using Iterator = boost::graph_traits<Network>::vertex_iterator;
  return std::pair(Iterator(0), Iterator(network.enterprises()));
}
[[nodiscard]] inline std::uint32_t num_vertices(const Network& network) noexcept {
  return network.enterprises();
}
[[nodiscard]] inline std::uint64_t num_edges(const Network& network) noexcept {
  return network.links();
}
[[nodiscard]] inline auto edges(const Network& network) noexcept {
  return std::pair(detail::EdgeIterator(network, 0), detail::EdgeIterator(network, network.links()));
}
[[nodiscard]] inline auto out_edges(std::uint32_t v, const Network& network) noexcept {
  const auto* targets = network.out_targets().data();
  return std::pair(detail::OutEdgeIterator(v, network.out_offsets()[v], targets),
                   detail::OutEdgeIterator(v, network.out_offsets()[std::size_t{v} + 1], targets));
}
[[nodiscard]] inline auto in_edges(std::uint32_t v, const Network& network) noexcept {
  const auto* sources = network.in_sources().data();
  return std::pair(detail::InEdgeIterator(v, sources + network.in_offsets()[v]),
                   detail::InEdgeIterator(v, sources + network.in_offsets()[std::size_t{v} + 1]));
}
[[nodiscard]] inline std::pair<const std::uint32_t*, const std::uint32_t*> adjacent_vertices(
    std::uint32_t v, const Network& network) noexcept {
  const auto row = network.customers(EnterpriseId{v});
  return {row.data(), row.data() + row.size()};
}
[[nodiscard]] inline std::uint64_t out_degree(std::uint32_t v, const Network& network) noexcept {
  return network.out_degree(EnterpriseId{v});
}
[[nodiscard]] inline std::uint64_t in_degree(std::uint32_t v, const Network& network) noexcept {
  return network.in_degree(EnterpriseId{v});
}
[[nodiscard]] inline std::uint64_t degree(std::uint32_t v, const Network& network) noexcept {
  return out_degree(v, network) + in_degree(v, network);
}
[[nodiscard]] inline std::uint32_t source(const NetworkEdge& edge, const Network&) noexcept {
  return edge.source;
}
[[nodiscard]] inline std::uint32_t target(const NetworkEdge& edge, const Network&) noexcept {
  return edge.target;
}
/// O(log out-degree).
[[nodiscard]] inline std::pair<NetworkEdge, bool> edge(std::uint32_t u, std::uint32_t v,
                                                       const Network& network) noexcept {
  const auto link = network.find_link(EnterpriseId{u}, EnterpriseId{v});
  return {NetworkEdge{u, v, link.value_or(LinkId::none())}, link.has_value()};
}

[[nodiscard]] inline boost::typed_identity_property_map<std::uint32_t> get(boost::vertex_index_t,
                                                                           const Network&) noexcept {
  return {};
}
[[nodiscard]] inline LinkIndexMap get(boost::edge_index_t, const Network& network) noexcept {
  return LinkIndexMap(network);
}
[[nodiscard]] inline LinkValueMap get(boost::edge_weight_t, const Network& network) noexcept {
  return LinkValueMap(network);
}
[[nodiscard]] inline std::uint32_t get(boost::vertex_index_t, const Network&, std::uint32_t v) noexcept {
  return v;
}
[[nodiscard]] inline std::uint64_t get(boost::edge_index_t, const Network& network, const NetworkEdge& e) noexcept {
  return link_of(e, network).value;
}
[[nodiscard]] inline float get(boost::edge_weight_t, const Network& network, const NetworkEdge& e) noexcept {
  return get(LinkValueMap(network), e);
}

}  // namespace v1
}  // namespace chainqual
