#include "chainqual/chain/network_graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/concept/assert.hpp>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <random>
#include <vector>

#include "chainqual/chain/builder.hpp"

namespace {

using chainqual::Network;
using List = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property,
                                   boost::property<boost::edge_weight_t, float>>;

BOOST_CONCEPT_ASSERT((boost::concepts::VertexListGraphConcept<Network>));
BOOST_CONCEPT_ASSERT((boost::concepts::EdgeListGraphConcept<Network>));
BOOST_CONCEPT_ASSERT((boost::concepts::IncidenceGraphConcept<Network>));
BOOST_CONCEPT_ASSERT((boost::concepts::BidirectionalGraphConcept<Network>));
BOOST_CONCEPT_ASSERT((boost::concepts::AdjacencyGraphConcept<Network>));
BOOST_CONCEPT_ASSERT((boost::concepts::AdjacencyMatrixConcept<Network>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<chainqual::LinkIndexMap, chainqual::NetworkEdge>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<chainqual::LinkValueMap, chainqual::NetworkEdge>));

struct Both {
  Network network;
  List list;
};

Both random_graphs(std::uint32_t n, std::size_t m, unsigned seed, bool acyclic) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::uint32_t> vertex(0, n - 1);
  std::uniform_real_distribution<float> value(0.5F, 4.0F);
  std::vector<std::uint32_t> supplier;
  std::vector<std::uint32_t> customer;
  std::vector<float> values;
  List list(n);
  while (supplier.size() < m) {
    auto u = vertex(random);
    auto v = vertex(random);
    if (u == v || boost::edge(u, v, list).second) continue;
    if (acyclic && u > v) std::swap(u, v);
    if (boost::edge(u, v, list).second) continue;
    supplier.push_back(u);
    customer.push_back(v);
    values.push_back(value(random));
    boost::add_edge(u, v, values.back(), list);
  }
  chainqual::NetworkColumns columns;
  columns.enterprises = n;
  columns.supplier = supplier;
  columns.customer = customer;
  columns.value = values;
  return {chainqual::build_network(columns), std::move(list)};
}

template <class Graph>
std::vector<std::uint32_t> bfs_levels(const Graph& graph, std::uint32_t start) {
  std::vector<std::uint32_t> level(num_vertices(graph), 0);
  boost::breadth_first_search(
      graph, start,
      boost::visitor(boost::make_bfs_visitor(boost::record_distances(
                         boost::make_iterator_property_map(level.begin(), get(boost::vertex_index, graph)),
                         boost::on_tree_edge())))
          .vertex_index_map(get(boost::vertex_index, graph)));
  return level;
}

template <class Graph>
std::vector<double> distances(const Graph& graph, std::uint32_t start) {
  std::vector<double> distance(num_vertices(graph));
  boost::dijkstra_shortest_paths(
      graph, start,
      boost::weight_map(get(boost::edge_weight, graph))
          .vertex_index_map(get(boost::vertex_index, graph))
          .distance_map(boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, graph))));
  return distance;
}

TEST(NetworkGraph, BreadthFirstSearchReachesTheSameLevelsAsOnAnAdjacencyList) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    const auto both = random_graphs(60, 150, seed, false);
    EXPECT_EQ(bfs_levels(both.network, 0), bfs_levels(both.list, 0)) << "seed " << seed;
    const boost::reverse_graph<Network> reversed(both.network);
    const boost::reverse_graph<List> list_reversed(both.list);
    EXPECT_EQ(bfs_levels(reversed, 3), bfs_levels(list_reversed, 3)) << "seed " << seed;
  }
}

TEST(NetworkGraph, DijkstraFindsTheSameDistancesAsOnAnAdjacencyList) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    const auto both = random_graphs(60, 150, seed, false);
    EXPECT_EQ(distances(both.network, 1), distances(both.list, 1)) << "seed " << seed;
  }
}

TEST(NetworkGraph, StrongComponentsPartitionAsOnAnAdjacencyList) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    const auto both = random_graphs(60, 90, seed, false);
    std::vector<int> a(60);
    std::vector<int> b(60);
    const auto count_a = boost::strong_components(
        both.network, boost::make_iterator_property_map(a.begin(), get(boost::vertex_index, both.network)));
    const auto count_b = boost::strong_components(
        both.list, boost::make_iterator_property_map(b.begin(), get(boost::vertex_index, both.list)));
    ASSERT_EQ(count_a, count_b);
    for (std::size_t u = 0; u < 60; ++u) {
      for (std::size_t v = 0; v < 60; ++v) EXPECT_EQ(a[u] == a[v], b[u] == b[v]) << "seed " << seed;
    }
  }
}

TEST(NetworkGraph, TopologicalSortPutsSuppliersBeforeCustomers) {
  const auto both = random_graphs(80, 300, 7, true);
  std::vector<std::uint32_t> reversed;
  boost::topological_sort(both.network, std::back_inserter(reversed));
  ASSERT_EQ(reversed.size(), 80U);
  std::vector<std::size_t> place(80);
  for (std::size_t k = 0; k < reversed.size(); ++k) place[reversed[k]] = k;
  const auto [begin, end] = edges(both.network);
  EXPECT_EQ(std::distance(begin, end), 300);
  for (auto e = begin; e != end; ++e) EXPECT_GT(place[source(*e, both.network)], place[target(*e, both.network)]);
}

TEST(NetworkGraph, TopologicalSortRefusesACycle) {
  const auto both = random_graphs(20, 200, 7, false);
  std::vector<std::uint32_t> order;
  EXPECT_THROW(boost::topological_sort(both.network, std::back_inserter(order)), boost::not_a_dag);
}

TEST(NetworkGraph, EdgesMetFromEitherSideHaveOneIndexAndOneWeight) {
  const auto both = random_graphs(30, 120, 3, false);
  const auto& network = both.network;
  std::vector<int> seen(network.links(), 0);
  for (std::uint32_t v = 0; v < 30; ++v) {
    for (auto [e, end] = in_edges(v, network); e != end; ++e) {
      const auto index = get(boost::edge_index, network, *e);
      ASSERT_LT(index, network.links());
      ++seen[index];
      const auto [twin, found] = edge(source(*e, network), v, network);
      EXPECT_TRUE(found);
      EXPECT_EQ(twin, *e);
      EXPECT_EQ(get(boost::edge_index, network, twin), index);
      EXPECT_EQ(get(boost::edge_weight, network, *e), network.out_values()[index]);
      const auto listed = boost::edge(source(*e, network), v, both.list);
      ASSERT_TRUE(listed.second);
      EXPECT_EQ(get(boost::edge_weight, network, *e), get(boost::edge_weight, both.list, listed.first));
    }
    EXPECT_EQ(degree(v, network), out_degree(v, network) + in_degree(v, network));
  }
  EXPECT_TRUE(std::all_of(seen.begin(), seen.end(), [](int count) { return count == 1; }));
  std::uint64_t position = 0;
  for (auto [e, end] = edges(network); e != end; ++e) EXPECT_EQ(get(boost::edge_index, network, *e), position++);
  EXPECT_FALSE(edge(0, 0, network).second);
}

TEST(NetworkGraph, EmptyNetworksHaveNothingToVisit) {
  const Network network;
  EXPECT_EQ(num_vertices(network), 0U);
  EXPECT_EQ(edges(network).first, edges(network).second);
  EXPECT_EQ(vertices(network).first, vertices(network).second);
}

}  // namespace
