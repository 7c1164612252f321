#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "chainqual/chain/dominators.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

[[nodiscard]] inline Error beyond_graph(std::uint32_t id, std::size_t n) {
  return {ErrorCode::out_of_range,
          {"企业序号 " + std::to_string(id) + " 超出范围：共有 " + std::to_string(n) + " 家企业，序号从 0 起。",
           "Enterprise id " + std::to_string(id) + " is out of range: there are " + std::to_string(n) +
               " enterprises, counted from 0."}};
}

/// Semi-NCA on depth-first numbers. Number 0 is a root above all sources; vertex v has number[v] ≥ 1 when reached.
class SemiNca {
 public:
  template <class Graph>
  DominatorForest run(const Graph& graph, std::span<const std::uint32_t> sources) {
    const auto n = static_cast<std::size_t>(num_vertices(graph));
    is_source_.assign(n, false);
    for (const auto s : sources) {
      if (s >= n) throw beyond_graph(s, n);
      is_source_[s] = true;
    }
    number_depth_first(graph, n, sources);
    find_semidominators(graph);
    DominatorForest forest;
    forest.immediate.assign(n, Network::none);
    forest.order.reserve(vertex_.size());
    std::vector<std::uint32_t> immediate(parent_.size(), 0);
    for (std::uint32_t w = 1; w < parent_.size(); ++w) {
      std::uint32_t above = parent_[w];
      while (above > semi_[w]) above = immediate[above];
      immediate[w] = above;
      forest.order.push_back(vertex_[w]);
      if (above != 0) forest.immediate[vertex_[w]] = vertex_[above];
    }
    return forest;
  }

 private:
  template <class Graph>
  void number_depth_first(const Graph& graph, std::size_t n, std::span<const std::uint32_t> sources) {
    using OutIterator = typename boost::graph_traits<Graph>::out_edge_iterator;
    number_.assign(n, 0);
    vertex_.assign(1, Network::none);
    parent_.assign(1, 0);
    std::vector<std::pair<OutIterator, OutIterator>> stack;
    std::vector<std::uint32_t> open;
    const auto visit = [&](std::uint32_t v, std::uint32_t from) {
      number_[v] = static_cast<std::uint32_t>(vertex_.size());
      vertex_.push_back(v);
      parent_.push_back(from);
      stack.push_back(out_edges(v, graph));
      open.push_back(number_[v]);
    };
    for (const auto s : sources) {
      if (number_[s] != 0) continue;
      visit(s, 0);
      while (!stack.empty()) {
        auto& [next, end] = stack.back();
        if (next == end) {
          stack.pop_back();
          open.pop_back();
          continue;
        }
        const auto w = static_cast<std::uint32_t>(target(*next, graph));
        ++next;
        if (number_[w] == 0) visit(w, open.back());
      }
    }
  }

  template <class Graph>
  void find_semidominators(const Graph& graph) {
    const auto count = static_cast<std::uint32_t>(parent_.size());
    ancestor_ = parent_;
    label_.resize(count);
    for (std::uint32_t w = 0; w < count; ++w) label_[w] = w;
    semi_ = label_;
    for (std::uint32_t w = count - 1; w >= 1; --w) {
      std::uint32_t semi = is_source_[vertex_[w]] ? 0 : parent_[w];
      const auto [begin, end] = in_edges(vertex_[w], graph);
      for (auto e = begin; e != end; ++e) {
        const auto from = number_[static_cast<std::size_t>(source(*e, graph))];
        if (from != 0) semi = std::min(semi, lowest_label(from, w + 1));
      }
      semi_[w] = semi;
      label_[w] = semi;
    }
  }

  /// Least semidominator on the tree path down to v among vertices numbered ≥ linked; compresses the path.
  [[nodiscard]] std::uint32_t lowest_label(std::uint32_t v, std::uint32_t linked) {
    if (v < linked) return v;
    path_.clear();
    std::uint32_t top = v;
    while (ancestor_[top] >= linked) {
      path_.push_back(top);
      top = ancestor_[top];
    }
    for (; !path_.empty(); path_.pop_back()) {
      const auto below = path_.back();
      label_[below] = std::min(label_[below], label_[ancestor_[below]]);
      ancestor_[below] = ancestor_[top];
    }
    return label_[v];
  }

  std::vector<bool> is_source_;
  std::vector<std::uint32_t> number_;    // by vertex; 0: not reached
  std::vector<std::uint32_t> vertex_;    // by number
  std::vector<std::uint32_t> parent_;    // by number, in the depth-first tree
  std::vector<std::uint32_t> ancestor_;  // parent_, shortened by path compression
  std::vector<std::uint32_t> label_;
  std::vector<std::uint32_t> semi_;
  std::vector<std::uint32_t> path_;
};

}  // namespace detail

inline bool DominatorForest::dominates(EnterpriseId i, EnterpriseId j) const noexcept {
  for (std::uint32_t v = j.value; v != Network::none; v = immediate[v]) {
    if (v == i.value) return true;
  }
  return false;
}

template <class Graph>
DominatorForest dominators(const Graph& graph, std::span<const std::uint32_t> sources) {
  return detail::SemiNca().run(graph, sources);
}

inline std::vector<SinglePointOfFailure> single_points_of_failure(const DominatorForest& forest,
                                                                  std::span<const std::uint32_t> finals) {
  const std::size_t n = forest.immediate.size();
  std::vector<std::uint32_t> cut(n, 0);
  std::vector<std::uint32_t> final_cut(n, 0);
  std::vector<bool> is_final(n, false);
  for (const auto v : finals) {
    if (v >= n) throw detail::beyond_graph(v, n);
    is_final[v] = true;
  }
  for (auto v = forest.order.rbegin(); v != forest.order.rend(); ++v) {
    const auto above = forest.immediate[*v];
    if (above == Network::none) continue;
    cut[above] += cut[*v] + 1;
    final_cut[above] += final_cut[*v] + (is_final[*v] ? 1U : 0U);
  }
  std::vector<SinglePointOfFailure> points;
  for (std::uint32_t v = 0; v < n; ++v) {
    if (final_cut[v] != 0) points.push_back({EnterpriseId{v}, cut[v], final_cut[v]});
  }
  std::stable_sort(points.begin(), points.end(), [](const auto& a, const auto& b) {
    return std::pair(a.final_cut, a.cut) > std::pair(b.final_cut, b.cut);
  });
  return points;
}

inline std::vector<std::uint32_t> final_enterprises(const Network& network) {
  constexpr auto downstream = static_cast<std::uint8_t>(Stage::downstream);
  std::vector<std::uint32_t> finals;
  for (std::uint32_t v = 0; v < network.enterprises(); ++v) {
    const bool is_final =
        network.stage().empty() ? network.out_degree(EnterpriseId{v}) == 0 : network.stage()[v] == downstream;
    if (is_final) finals.push_back(v);
  }
  return finals;
}

}  // namespace v1
}  // namespace chainqual
