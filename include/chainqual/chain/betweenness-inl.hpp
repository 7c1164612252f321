#pragma once

#include <algorithm>
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

/// One source after another, adding into `sums`. Invariants between sources: level is `unseen` everywhere, and `order`
/// is scratch.
class BrandesKernel {
 public:
  BrandesKernel(const Network& network, std::vector<double>& sums)
      : offsets_(network.out_offsets().data()),
        targets_(network.out_targets().data()),
        sums_(sums),
        level_(network.enterprises()),
        order_(network.enterprises()),
        paths_(network.enterprises()),
        share_(network.enterprises()) {
    level_.fill(unseen);
  }

  void add(std::uint32_t source) {
    const std::size_t reached = search(source);
    gather(source, reached);
    for (std::size_t k = 0; k < reached; ++k) level_[order_[k]] = unseen;
  }

 private:
  static constexpr std::uint32_t unseen = 0xFFFFFFFFU;

  /// Breadth first: order_, level_ and the number of shortest paths of all that `source` reaches.
  std::size_t search(std::uint32_t source) {
    std::size_t reached = 1;
    order_[0] = source;
    level_[source] = 0;
    paths_[source] = 1.0;
    for (std::size_t head = 0; head < reached; ++head) {
      const std::uint32_t v = order_[head];
      const std::uint32_t next = level_[v] + 1;
      const double paths = paths_[v];
      for (std::uint64_t l = offsets_[v]; l < offsets_[v + std::uint64_t{1}]; ++l) {
        const std::uint32_t w = targets_[l];
        if (level_[w] == unseen) {
          level_[w] = next;
          paths_[w] = paths;
          order_[reached++] = w;
        } else if (level_[w] == next) {
          paths_[w] += paths;
        }
      }
    }
    // Counts only grow along a path, so an overflow shows at the last level it reaches or before: any is found here.
    for (std::size_t k = 0; k < reached; ++k) {
      if (std::isinf(paths_[order_[k]])) throw too_many_paths(source);
    }
    return reached;
  }

  /// Last reached first: share_[w] = (1 + dependency of w) / paths to w, so v's dependency is paths to v times the sum
  /// of its next-level customers' shares.
  void gather(std::uint32_t source, std::size_t reached) {
    for (std::size_t k = reached; k-- > 0;) {
      const std::uint32_t v = order_[k];
      const std::uint32_t next = level_[v] + 1;
      double sum = 0.0;
      for (std::uint64_t l = offsets_[v]; l < offsets_[v + std::uint64_t{1}]; ++l) {
        const std::uint32_t w = targets_[l];
        if (level_[w] == next) sum += share_[w];
      }
      const double dependency = paths_[v] * sum;
      share_[v] = (1.0 + dependency) / paths_[v];
      if (v != source) sums_[v] += dependency;
    }
  }

  const std::uint64_t* offsets_;
  const std::uint32_t* targets_;
  std::vector<double>& sums_;
  LargeArray<std::uint32_t> level_;
  LargeArray<std::uint32_t> order_;
  LargeArray<double> paths_;
  LargeArray<double> share_;
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
