#include <gtest/gtest.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/dominator_tree.hpp>
#include <numeric>
#include <random>
#include <vector>

#include "chainqual/chain/builder.hpp"
#include "chainqual/chain/structure.hpp"

namespace chainqual {
namespace {

struct Ends {
  std::uint32_t n;
  std::vector<std::uint32_t> supplier;
  std::vector<std::uint32_t> customer;

  [[nodiscard]] Network network() const {
    NetworkColumns columns;
    columns.enterprises = n;
    columns.supplier = supplier;
    columns.customer = customer;
    return build_network(columns);
  }
};

Ends random_ends(unsigned seed, bool acyclic) {
  std::mt19937 random(seed);
  const auto n = std::uniform_int_distribution<std::uint32_t>(2, 60)(random);
  const auto m = std::uniform_int_distribution<std::uint32_t>(1, 3 * n)(random);
  std::uniform_int_distribution<std::uint32_t> id(0, n - 1);
  Ends ends{n, {}, {}};
  for (std::uint32_t k = 0; k < m; ++k) {
    auto i = id(random);
    auto j = id(random);
    if (acyclic && i > j) std::swap(i, j);
    ends.supplier.push_back(i);
    ends.customer.push_back(j);
  }
  return ends;
}

TEST(Dominators, EqualBoostsLengauerTarjanBelowASuperSource) {
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    const auto ends = random_ends(seed, seed % 2 == 0);
    const auto network = ends.network();
    const auto sources = supply_sources(network, strong_components(network));
    Graph graph(ends.n + 1);
    for (std::size_t k = 0; k < ends.supplier.size(); ++k) boost::add_edge(ends.supplier[k], ends.customer[k], graph);
    for (const auto s : sources) boost::add_edge(ends.n, s, graph);
    const auto nobody = boost::graph_traits<Graph>::null_vertex();
    std::vector<std::size_t> tree(ends.n + 1, nobody);
    boost::lengauer_tarjan_dominator_tree(
        graph, boost::vertex(ends.n, graph),
        boost::make_iterator_property_map(tree.begin(), get(boost::vertex_index, graph)));
    const auto forest = dominators(network, sources);
    for (std::uint32_t v = 0; v < ends.n; ++v) {
      const auto wanted = tree[v] == nobody || tree[v] == ends.n ? Network::none : static_cast<std::uint32_t>(tree[v]);
      ASSERT_EQ(forest.immediate[v], wanted) << "seed " << seed << ", enterprise " << v;
    }
    EXPECT_EQ(forest.order.size(), ends.n) << "every enterprise has a source above it";
  }
}

TEST(Articulation, EqualsBoostsBiconnectedComponents) {
  using Graph = boost::adjacency_list<boost::setS, boost::vecS, boost::undirectedS, boost::no_property,
                                      boost::property<boost::edge_index_t, std::size_t>>;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    const auto ends = random_ends(seed, false);
    Graph graph(ends.n);
    for (std::size_t k = 0; k < ends.supplier.size(); ++k) {
      if (ends.supplier[k] != ends.customer[k]) boost::add_edge(ends.supplier[k], ends.customer[k], k, graph);
    }
    std::vector<std::size_t> component(ends.supplier.size(), 0);
    std::vector<std::size_t> points;
    const auto map = boost::make_iterator_property_map(component.begin(), get(boost::edge_index, graph));
    const auto [count, end] = boost::biconnected_components(graph, map, std::back_inserter(points));
    static_cast<void>(end);
    std::sort(points.begin(), points.end());
    std::vector<std::size_t> size(count, 0);
    for (auto [e, last] = boost::edges(graph); e != last; ++e) ++size[get(map, *e)];
    std::vector<Relation> bridges;  // components of a single relation
    for (auto [e, last] = boost::edges(graph); e != last; ++e) {
      if (size[get(map, *e)] != 1) continue;
      const auto a = static_cast<std::uint32_t>(boost::source(*e, graph));
      const auto b = static_cast<std::uint32_t>(boost::target(*e, graph));
      bridges.push_back({std::min(a, b), std::max(a, b)});
    }
    std::sort(bridges.begin(), bridges.end());
    const auto found = articulation(ends.network());
    EXPECT_EQ(std::vector<std::size_t>(found.points.begin(), found.points.end()), points) << "seed " << seed;
    EXPECT_EQ(found.bridges, bridges) << "seed " << seed;
  }
}

std::vector<double> boost_betweenness(const Network& network) {
  std::vector<double> values(network.enterprises(), 0.0);
  boost::brandes_betweenness_centrality(
      network,
      boost::centrality_map(boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, network)))
          .vertex_index_map(get(boost::vertex_index, network)));
  return values;
}

TEST(Betweenness, EqualsBoostsBrandesOnTheNetworkItself) {
  for (unsigned seed = 1; seed <= 100; ++seed) {
    const auto network = random_ends(seed, seed % 3 == 0).network();
    const auto got = betweenness(network);
    const auto wanted = boost_betweenness(network);
    for (std::size_t v = 0; v < got.size(); ++v) {
      ASSERT_NEAR(got[v], wanted[v], 1e-9 * std::max(1.0, wanted[v])) << "seed " << seed << ", enterprise " << v;
    }
  }
}

TEST(Betweenness, HasTheSameBitsForOneTwoAndSevenThreads) {
  const auto network = random_ends(77, false).network();
  const auto one = betweenness(network, Control{&inline_executor(), nullptr, {}});
  for (const unsigned threads : {2U, 7U}) {
    ThreadPool pool(threads);
    EXPECT_EQ(betweenness(network, Control{&pool, nullptr, {}}), one);
  }
}

TEST(SampledBetweenness, StaysWithinItsBoundOfTheExactValues) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const auto network = random_ends(seed + 500, seed % 2 == 0).network();
    const auto exact = betweenness(network);
    const auto sampled = sampled_betweenness(network, {.error = 0.02, .failure = 1e-6, .seed = seed});
    for (std::size_t v = 0; v < exact.size(); ++v) {
      EXPECT_LE(std::abs(sampled.values[v] - exact[v]), sampled.error) << "seed " << seed << ", enterprise " << v;
    }
  }
}

TEST(SampledBetweenness, IsUnbiased) {
  // 200,000 samples of a small graph: the standard error of a share is below 0.0012; five of them are allowed.
  const auto network = random_ends(4242, false).network();
  const auto exact = betweenness(network);
  const auto sampled = sampled_betweenness(network, {.error = 0.006, .failure = 1e-4, .seed = 9});
  const double pairs = static_cast<double>(network.enterprises()) * (network.enterprises() - 1.0);
  ASSERT_GT(sampled.samples, 100'000U);
  const auto largest = std::max_element(exact.begin(), exact.end()) - exact.begin();
  EXPECT_GT(exact[static_cast<std::size_t>(largest)], 0.0);
  for (std::size_t v = 0; v < exact.size(); ++v) {
    const double share = exact[v] / pairs;
    const double deviation = std::sqrt(share * (1 - share) / static_cast<double>(sampled.samples));
    EXPECT_NEAR(sampled.values[v] / pairs, share, 5 * deviation + 1e-12) << v;
  }
}

TEST(SampledBetweenness, HasTheSameBitsForOneTwoAndSevenThreads) {
  const auto network = random_ends(501, false).network();
  const BetweennessSampling sampling{.error = 0.05, .failure = 0.1, .seed = 3};
  const auto one = sampled_betweenness(network, sampling, Control{&inline_executor(), nullptr, {}});
  for (const unsigned threads : {2U, 7U}) {
    ThreadPool pool(threads);
    EXPECT_EQ(sampled_betweenness(network, sampling, Control{&pool, nullptr, {}}).values, one.values);
  }
}

TEST(LongestPathBound, IsNeverBelowTheLongestShortestPath) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    const auto network = random_ends(seed, seed % 2 == 0).network();
    std::uint64_t longest = 0;
    for (std::uint32_t s = 0; s < network.enterprises(); ++s) {
      std::vector<std::uint64_t> level(network.enterprises(), 0);
      std::vector<std::uint32_t> queue{s};
      level[s] = 1;
      for (std::size_t head = 0; head < queue.size(); ++head) {
        longest = std::max(longest, level[queue[head]]);
        for (const auto w : network.customers(EnterpriseId{queue[head]})) {
          if (level[w] != 0) continue;
          level[w] = level[queue[head]] + 1;
          queue.push_back(w);
        }
      }
    }
    EXPECT_GE(sampled_betweenness(network, {.error = 0.5, .failure = 0.5, .seed = 1}).longest_path_bound, longest)
        << "seed " << seed;
  }
}

}  // namespace
}  // namespace chainqual
