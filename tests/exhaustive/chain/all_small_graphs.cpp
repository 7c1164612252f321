#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "chainqual/chain/chain.hpp"
#include "chainqual/chain/structure.hpp"
#include "slow_structure.hpp"

namespace chainqual::test {
namespace {

/// Calls check(graph) for each of the 4,166 directed graphs of one to four enterprises.
template <class Check>
void for_all_graphs(const Check& check) {
  for (std::uint32_t n = 1; n <= 4; ++n) {
    for (std::uint64_t code = 0; code < (std::uint64_t{1} << (n * (n - 1))); ++code) {
      check(SmallGraph(n, code));
      if (testing::Test::HasFailure()) FAIL() << n << " enterprises, graph " << code;
    }
  }
}

Chain chain_of(const SmallGraph& graph) {
  Chain chain;
  for (std::uint32_t v = 0; v < graph.size(); ++v) {
    Enterprise enterprise;
    enterprise.id = std::to_string(v);
    chain.add_enterprise(std::move(enterprise));
  }
  // Backwards, so that rows are not sorted as a network's are.
  for (std::uint32_t i = graph.size(); i-- > 0;) {
    for (std::uint32_t j = graph.size(); j-- > 0;) {
      if (graph.has(i, j)) chain.add_link(EnterpriseId{i}, EnterpriseId{j}, {});
    }
  }
  return chain;
}

template <class Graph>
void check_components(const SmallGraph& graph, const Graph& form) {
  const auto components = strong_components(form);
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    for (std::uint32_t j = 0; j < graph.size(); ++j) {
      EXPECT_EQ(components.component[i] == components.component[j], graph.together(i, j));
      EXPECT_TRUE(!graph.has(i, j) || components.component[i] <= components.component[j]);
    }
  }
  std::set<std::uint32_t> all;
  for (std::size_t c = 0; c < components.count(); ++c) {
    for (const auto v : components.of(c)) {
      EXPECT_EQ(components.component[v], c);
      EXPECT_TRUE(all.insert(v).second);
    }
    EXPECT_TRUE(std::is_sorted(components.of(c).begin(), components.of(c).end()));
  }
  EXPECT_EQ(all.size(), graph.size());
  EXPECT_EQ(supply_sources(form, components), graph.sources());
  bool cyclic = false;
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    for (std::uint32_t j = 0; j < i; ++j) cyclic = cyclic || graph.together(i, j);
  }
  EXPECT_EQ(!cyclic_components(form, components).empty(), cyclic);
  const auto order = topological_order(form);
  ASSERT_EQ(order.has_value(), !cyclic);
  if (!order) return;
  ASSERT_EQ(order->size(), graph.size());
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    for (std::uint32_t j = 0; j < graph.size(); ++j) {
      if (!graph.has(i, j)) continue;
      EXPECT_LT(std::find(order->begin(), order->end(), i), std::find(order->begin(), order->end(), j));
    }
  }
}

template <class Graph>
void check_dominators(const SmallGraph& graph, const Graph& form, const std::vector<std::uint32_t>& sources) {
  const auto forest = dominators(form, sources);
  const auto reached = graph.reach(sources);
  for (std::uint32_t j = 0; j < graph.size(); ++j) {
    const bool listed = std::find(forest.order.begin(), forest.order.end(), j) != forest.order.end();
    EXPECT_EQ(listed, reached[j]);
    if (!reached[j]) {
      EXPECT_EQ(forest.immediate[j], Network::none);
      continue;
    }
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      EXPECT_EQ(forest.dominates(EnterpriseId{i}, EnterpriseId{j}), graph.dominates(i, j, sources)) << i << " " << j;
    }
  }
}

TEST(AllSmallGraphs, StrongComponentsAreMutualReach) {
  for_all_graphs([](const SmallGraph& graph) {
    check_components(graph, graph.network());
    check_components(graph, chain_of(graph).graph());
  });
}

TEST(AllSmallGraphs, DominatorsAreThoseWhoseRemovalCutsOff) {
  for_all_graphs([](const SmallGraph& graph) {
    const auto network = graph.network();
    const auto chain = chain_of(graph);
    check_dominators(graph, network, graph.sources());
    check_dominators(graph, chain.graph(), graph.sources());
    for (std::uint32_t set = 1; set < (1U << graph.size()); ++set) {
      std::vector<std::uint32_t> sources;
      for (std::uint32_t v = 0; v < graph.size(); ++v) {
        if ((set >> v & 1U) != 0) sources.push_back(v);
      }
      check_dominators(graph, network, sources);
    }
  });
}

TEST(AllSmallGraphs, SinglePointsOfFailureCutAFinalEnterpriseFromEverySource) {
  for_all_graphs([](const SmallGraph& graph) {
    const auto network = graph.network();
    const auto sources = graph.sources();
    const auto finals = final_enterprises(network);
    const auto points = single_points_of_failure(dominators(network, sources), finals);
    std::set<std::uint32_t> listed;
    for (const auto& point : points) {
      EXPECT_TRUE(listed.insert(point.enterprise.value).second);
      std::uint32_t cut = 0;
      std::uint32_t final_cut = 0;
      for (std::uint32_t j = 0; j < graph.size(); ++j) {
        if (j == point.enterprise.value || !graph.dominates(point.enterprise.value, j, sources)) continue;
        ++cut;
        final_cut += network.out_degree(EnterpriseId{j}) == 0 ? 1 : 0;
      }
      EXPECT_EQ(point.cut, cut);
      EXPECT_EQ(point.final_cut, final_cut);
    }
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      const auto without = graph.reach(sources, i);
      const auto with = graph.reach(sources);
      const bool cuts =
          std::any_of(finals.begin(), finals.end(), [&](std::uint32_t j) { return j != i && with[j] && !without[j]; });
      EXPECT_EQ(listed.count(i) == 1, cuts);
    }
  });
}

template <class Graph>
void check_articulation(const SmallGraph& graph, const Graph& form) {
  const auto found = articulation(form);
  std::vector<std::uint32_t> points;
  std::vector<Relation> bridges;
  for (std::uint32_t v = 0; v < graph.size(); ++v) {
    // A lone enterprise is a part of its own, which its removal takes away.
    if (graph.parts(v) > graph.parts() - (graph.is_alone(v) ? 1 : 0)) points.push_back(v);
    for (std::uint32_t w = v + 1; w < graph.size(); ++w) {
      if ((graph.has(v, w) || graph.has(w, v)) && graph.parts({}, std::pair(v, w)) > graph.parts()) {
        bridges.push_back({v, w});
      }
    }
  }
  EXPECT_EQ(found.points, points);
  EXPECT_EQ(found.bridges, bridges);
}

TEST(AllSmallGraphs, ArticulationPointsAndBridgesAreThoseWhoseRemovalSplits) {
  for_all_graphs([](const SmallGraph& graph) {
    check_articulation(graph, graph.network());
    check_articulation(graph, chain_of(graph).graph());
  });
}

TEST(AllSmallGraphs, BetweennessCountsEveryShortestPath) {
  for_all_graphs([](const SmallGraph& graph) {
    const auto got = betweenness(graph.network());
    const auto wanted = graph.betweenness();
    ASSERT_EQ(got.size(), wanted.size());
    for (std::size_t v = 0; v < got.size(); ++v) EXPECT_NEAR(got[v], wanted[v], 1e-12) << v;
  });
}

}  // namespace
}  // namespace chainqual::test
