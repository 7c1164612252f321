#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <string>

#include "chainqual/chain/betweenness.hpp"
#include "chainqual/chain/large_array.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

[[nodiscard]] inline Error too_many_paths(std::uint32_t source) {
  const auto s = std::to_string(source);
  return {
      ErrorCode::overflow,
      {"从企业 " + s + " 出发的最短路径条数超过双精度上限（约 1.8e308），无法计算介数。请把链拆开，或合并并行的环节。",
       "There are more shortest paths from enterprise " + s +
           " than a double counts (about 1.8e308), so betweenness is not defined here. Divide the chain, or merge "
           "parallel segments."}};
}

/// One source after another, adding into `sums`. The branches that a search takes by what it finds are unpredictable,
/// so neither direction has any: searching adds a masked number, gathering adds a share that is 0 off the next level.
///
/// Invariants between sources: every vertex is unseen with no paths, every share is 0; `order_` is scratch.
class BrandesKernel {
 public:
  BrandesKernel(const Network& network, std::vector<double>& sums)
      : offsets_(network.out_offsets().data()),
        targets_(network.out_targets().data()),
        sums_(sums),
        vertices_(network.enterprises()),
        order_(std::size_t{network.enterprises()} + 1),
        share_(network.enterprises()) {
    vertices_.fill(Vertex{});
    share_.fill(0.0);
  }

  void add(std::uint32_t source) {
    search(source);
    gather();
  }

 private:
  static constexpr std::uint32_t unseen = 0xFFFFFFFFU;

  struct Vertex {
    double paths = 0.0;
    std::uint32_t level = unseen;
  };

  [[nodiscard]] static double masked(double value, bool keep) noexcept {
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) & (std::uint64_t{0} - std::uint64_t{keep}));
  }

  /// Breadth first: order_ by level, levels_ = where each begins, and the number of shortest paths of all in reach.
  void search(std::uint32_t source) {
    Vertex* const vertices = vertices_.data();
    std::uint32_t* const order = order_.data();
    std::size_t reached = 1;
    order[0] = source;
    vertices[source] = {1.0, 0};
    levels_.assign(1, 0);
    while (levels_.back() < reached) {
      const std::size_t end = reached;
      const auto next = static_cast<std::uint32_t>(levels_.size());
      double most = 0.0;
      for (std::size_t k = levels_.back(); k < end; ++k) {
        const std::uint32_t v = order[k];
        const double paths = vertices[v].paths;
        most = std::max(most, paths);
        const std::uint64_t last = offsets_[v + std::uint64_t{1}];
        for (std::uint64_t l = offsets_[v]; l < last; ++l) {
          const std::uint32_t w = targets_[l];
          Vertex& other = vertices[w];
          const bool is_new = other.level == unseen;
          order[reached] = w;  // one place more than there are enterprises: the last may be overwritten
          reached += static_cast<std::size_t>(is_new);
          other.level = is_new ? next : other.level;
          other.paths += masked(paths, other.level == next);
        }
      }
      if (std::isinf(most)) {
        forget(reached);
        throw too_many_paths(source);
      }
      levels_.push_back(end);
    }
    levels_.pop_back();  // the place after the last level, where nothing begins
    end_ = reached;
  }

  /// Last level first: share_[w] = (1 + dependency of w) / paths to w while w's suppliers are summed, else 0; so v's
  /// dependency is paths to v times the sum over all its customers.
  void gather() {
    Vertex* const vertices = vertices_.data();
    double* const share = share_.data();
    std::size_t end = end_;
    std::size_t next_end = end_;
    for (std::size_t level = levels_.size(); level-- > 0;) {
      const std::size_t begin = levels_[level];
      for (std::size_t k = begin; k < end; ++k) {
        const std::uint32_t v = order_[k];
        double sum = 0.0;
        const std::uint64_t last = offsets_[v + std::uint64_t{1}];
        for (std::uint64_t l = offsets_[v]; l < last; ++l) sum += share[targets_[l]];
        Vertex& vertex = vertices[v];
        const double dependency = vertex.paths * sum;
        if (level != 0) sums_[v] += dependency;
        vertex.paths = (1.0 + dependency) / vertex.paths;  // its share, not to be seen by its own level
      }
      for (std::size_t k = end; k < next_end; ++k) share[order_[k]] = 0.0;
      for (std::size_t k = begin; k < end; ++k) share[order_[k]] = vertices[order_[k]].paths;
      next_end = end;
      end = begin;
    }
    share[order_[0]] = 0.0;
    for (std::size_t k = 1; k < next_end; ++k) share[order_[k]] = 0.0;
    forget(end_);
  }

  void forget(std::size_t reached) {
    for (std::size_t k = 0; k < reached; ++k) vertices_[order_[k]] = Vertex{};
  }

  const std::uint64_t* offsets_;
  const std::uint32_t* targets_;
  std::vector<double>& sums_;
  LargeArray<Vertex> vertices_;
  LargeArray<std::uint32_t> order_;
  LargeArray<double> share_;
  std::vector<std::size_t> levels_;
  std::size_t end_ = 0;
};

}  // namespace detail

inline std::vector<double> betweenness(const Network& network, const Control& control) {
  const std::size_t n = network.enterprises();
  if (n == 0) return {};
  constexpr std::size_t doubles = std::size_t{1} << 22U;
  const std::size_t groups = std::min(n, std::clamp<std::size_t>(doubles / n, 8, 64));
  std::vector<std::vector<double>> sums(groups);
  Progress progress(control, n);
  for_chunks(control, groups, 1, [&](std::size_t group, std::size_t, std::size_t) {
    sums[group].assign(n, 0.0);
    detail::BrandesKernel kernel(network, sums[group]);
    // Dealt like cards, so that groups are alike.
    for (std::size_t source = group; source < n; source += groups) {
      throw_if_cancelled(control);
      if (network.out_degree(EnterpriseId{static_cast<std::uint32_t>(source)}) != 0) {
        kernel.add(static_cast<std::uint32_t>(source));
      }
      progress.add(1);
    }
  });
  std::vector<double> total = std::move(sums.front());
  for (std::size_t group = 1; group < groups; ++group) {
    for (std::size_t v = 0; v < n; ++v) total[v] += sums[group][v];
  }
  progress.finish();
  return total;
}

}  // namespace v1
}  // namespace chainqual
