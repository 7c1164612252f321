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

/// One source after another, adding into `sums`. Three passes over the links in reach, none of which branches by what
/// it finds or adds to what it has just stored: levels from one byte a vertex; paths gathered from suppliers, level by
/// level; dependencies gathered from customers, last level first.
///
/// Invariants between sources: nothing is seen, and `held_` is 0; `order_` is scratch.
class BrandesKernel {
 public:
  BrandesKernel(const Network& network, std::vector<double>& sums)
      : network_(network),
        sums_(sums),
        seen_(network.enterprises()),
        order_(std::size_t{network.enterprises()} + 1),
        paths_(network.enterprises()),
        held_(network.enterprises()) {
    seen_.fill(0);
    held_.fill(0.0);
  }

  void add(std::uint32_t source) {
    search(source);
    count_paths(source);
    gather();
  }

 private:
  /// Breadth first: order_ by level, levels_ = where each begins, and the end.
  void search(std::uint32_t source) {
    const std::uint64_t* const offsets = network_.out_offsets().data();
    const std::uint32_t* const targets = network_.out_targets().data();
    std::uint8_t* const seen = seen_.data();
    std::uint32_t* const order = order_.data();
    std::size_t reached = 1;
    order[0] = source;
    seen[source] = 1;
    levels_.assign(1, 0);
    for (std::size_t k = 0; k < reached;) {
      const std::size_t end = reached;
      for (; k < end; ++k) {
        const std::uint32_t v = order[k];
        const std::uint64_t last = offsets[v + std::uint64_t{1}];
        for (std::uint64_t l = offsets[v]; l < last; ++l) {
          const std::uint32_t w = targets[l];
          order[reached] = w;  // one place more than there are enterprises: the last may be overwritten
          reached += std::size_t{1} - seen[w];
          seen[w] = 1;
        }
      }
      levels_.push_back(end);
    }
    for (std::size_t k = 0; k < reached; ++k) seen[order[k]] = 0;
  }

  void release(std::size_t level) {
    for (std::size_t k = levels_[level]; k < levels_[level + 1]; ++k) held_[order_[k]] = 0.0;
  }

  /// Puts what `value` gives into held_ for one level; 0 for the one before it, if there is such a level.
  template <class Value>
  void hold(std::size_t level, std::size_t before, Value&& value) {
    if (before < levels_.size() - 1) release(before);
    for (std::size_t k = levels_[level]; k < levels_[level + 1]; ++k) held_[order_[k]] = value(order_[k]);
  }

  /// Sum over a row of what the neighbours hold.
  [[nodiscard]] double held_by(const std::uint32_t* neighbours, std::uint64_t begin, std::uint64_t end) const noexcept {
    const double* const held = held_.data();
    double sum = 0.0;
    for (std::uint64_t l = begin; l < end; ++l) sum += held[neighbours[l]];
    return sum;
  }

  /// Shortest paths from the source to all in reach. held_ = those of the last level while the next one is summed.
  void count_paths(std::uint32_t source) {
    const std::uint64_t* const offsets = network_.in_offsets().data();
    const std::uint32_t* const suppliers = network_.in_sources().data();
    const std::size_t last_level = levels_.size() - 2;
    paths_[source] = 1.0;
    double most = 1.0;
    for (std::size_t level = 1; level <= last_level; ++level) {
      hold(level - 1, level - 2, [&](std::uint32_t v) { return paths_[v]; });
      for (std::size_t k = levels_[level]; k < levels_[level + 1]; ++k) {
        const std::uint32_t w = order_[k];
        paths_[w] = held_by(suppliers, offsets[w], offsets[w + std::uint64_t{1}]);
        most = std::max(most, paths_[w]);
      }
    }
    if (last_level > 0) release(last_level - 1);
    if (std::isinf(most)) throw too_many_paths(source);
  }

  /// Last level first: held_ = (1 + dependency of w) / paths to w of one level while their suppliers' are summed; so
  /// v's dependency is paths to v times the sum over all its customers.
  void gather() {
    const std::uint64_t* const offsets = network_.out_offsets().data();
    const std::uint32_t* const customers = network_.out_targets().data();
    const std::size_t last_level = levels_.size() - 2;
    // The last level depends on nobody.
    for (std::size_t k = levels_[last_level]; k < levels_[last_level + 1]; ++k)
      paths_[order_[k]] = 1.0 / paths_[order_[k]];
    for (std::size_t level = last_level; level-- > 1;) {
      hold(level + 1, level + 2, [&](std::uint32_t v) { return paths_[v]; });
      for (std::size_t k = levels_[level]; k < levels_[level + 1]; ++k) {
        const std::uint32_t v = order_[k];
        const double dependency = paths_[v] * held_by(customers, offsets[v], offsets[v + std::uint64_t{1}]);
        sums_[v] += dependency;
        paths_[v] = (1.0 + dependency) / paths_[v];  // its share from here on
      }
    }
    if (last_level > 1) release(2);  // the first level was the last to be summed: the source depends on nobody
  }

  const Network& network_;
  std::vector<double>& sums_;
  LargeArray<std::uint8_t> seen_;
  LargeArray<std::uint32_t> order_;
  LargeArray<double> paths_;
  LargeArray<double> held_;
  std::vector<std::size_t> levels_;
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
