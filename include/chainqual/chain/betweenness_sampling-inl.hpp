#pragma once

#include <atomic>
#include <cmath>
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>

#include "chainqual/chain/betweenness.hpp"
#include "chainqual/chain/components.hpp"
#include "chainqual/chain/network_graph.hpp"
#include "chainqual/core/random.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

/// Levels of a breadth-first search inside one component, forwards or backwards; returns the last.
inline std::uint32_t reach_in_component(const Network& network, const StrongComponents& components, std::uint32_t start,
                                        bool forwards, std::vector<std::uint32_t>& level,
                                        std::vector<std::uint32_t>& queue) {
  const auto own = components.component[start];
  queue.assign(1, start);
  level[start] = 1;
  std::uint32_t last = 1;
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const auto v = queue[head];
    last = level[v];
    const auto row = forwards ? network.customers(EnterpriseId{v}) : network.suppliers(EnterpriseId{v});
    for (const auto w : row) {
      if (level[w] != 0 || components.component[w] != own) continue;
      level[w] = last + 1;
      queue.push_back(w);
    }
  }
  for (const auto v : queue) level[v] = 0;
  return last - 1;
}

/// An upper bound of the number of enterprises on any shortest path; 0 without enterprises.
///
/// A shortest path meets components in supply order, and inside one it is no longer than there and back through one of
/// its members.
[[nodiscard]] inline std::uint64_t longest_path_bound(const Network& network) {
  const StrongComponents components = strong_components(network);
  std::vector<std::uint64_t> longest(components.count(), 0);  // links, up to the end of the component
  std::vector<std::uint32_t> level(network.enterprises(), 0);
  std::vector<std::uint32_t> queue;
  std::uint64_t bound = 0;
  for (std::size_t c = 0; c < components.count(); ++c) {
    const auto members = components.of(c);
    if (members.size() > 1) {
      const std::uint64_t across =
          std::uint64_t{reach_in_component(network, components, members.front(), true, level, queue)} +
          reach_in_component(network, components, members.front(), false, level, queue);
      longest[c] += std::min<std::uint64_t>(across, members.size() - 1);
    }
    bound = std::max(bound, longest[c] + 1);
    for (const auto v : members) {
      for (const auto w : network.customers(EnterpriseId{v})) {
        const auto other = components.component[w];
        if (other != c) longest[other] = std::max(longest[other], longest[c] + 1);
      }
    }
  }
  return bound;
}

/// One side of a two-sided search. Between searches level is 0 everywhere (levels count from 1).
struct SearchSide {
  std::span<const std::uint64_t> offsets;
  std::span<const std::uint32_t> neighbours;
  std::vector<std::uint32_t> level;
  std::vector<double> paths;
  std::vector<std::uint32_t> order;
  std::size_t frontier = 0;  // where the last level begins in order
  std::uint64_t frontier_links = 0;

  SearchSide(std::span<const std::uint64_t> row_offsets, std::span<const std::uint32_t> row_neighbours)
      : offsets(row_offsets), neighbours(row_neighbours), level(row_offsets.size() - 1, 0), paths(level.size()) {}

  [[nodiscard]] std::uint64_t degree(std::uint32_t v) const noexcept {
    return offsets[v + std::size_t{1}] - offsets[v];
  }
  void start(std::uint32_t v) {
    order.assign(1, v);
    level[v] = 1;
    paths[v] = 1.0;
    frontier = 0;
    frontier_links = degree(v);
  }
  /// Adds the next level.
  void grow() {
    const std::size_t end = order.size();
    frontier_links = 0;
    for (std::size_t k = frontier; k < end; ++k) {
      const auto v = order[k];
      for (std::uint64_t l = offsets[v]; l < offsets[v + std::size_t{1}]; ++l) {
        const auto w = neighbours[l];
        if (level[w] == 0) {
          level[w] = level[v] + 1;
          paths[w] = paths[v];
          order.push_back(w);
          frontier_links += degree(w);
        } else if (level[w] == level[v] + 1) {
          paths[w] += paths[v];
        }
      }
    }
    frontier = end;
  }
  [[nodiscard]] std::span<const std::uint32_t> last_level() const noexcept {
    return std::span(order).subspan(frontier);
  }
  void clear() {
    for (const auto v : order) level[v] = 0;
    order.clear();
  }
};

class PathSampler {
 public:
  explicit PathSampler(const Network& network)
      : forwards_(network.out_offsets(), network.out_targets()),
        backwards_(network.in_offsets(), network.in_sources()) {}

  /// Draws a pair and one of its shortest paths, and counts what lies inside.
  void draw(Stream& random, std::vector<std::atomic<std::uint64_t>>& hits) {
    const std::uint64_t n = hits.size();
    const auto s = static_cast<std::uint32_t>(random.below(n));
    auto t = static_cast<std::uint32_t>(random.below(n - 1));
    if (t >= s) ++t;
    forwards_.start(s);
    backwards_.start(t);
    bool apart = true;
    while (apart && !forwards_.last_level().empty() && !backwards_.last_level().empty()) {
      const bool ahead = forwards_.frontier_links <= backwards_.frontier_links;
      SearchSide& growing = ahead ? forwards_ : backwards_;
      const SearchSide& other = ahead ? backwards_ : forwards_;
      growing.grow();
      // All shortest paths cross this level, and it is the first to touch the other side: they cross it where it does.
      middle_.clear();
      for (const auto v : growing.last_level()) {
        if (other.level[v] != 0) middle_.push_back(v);
      }
      apart = middle_.empty();
    }
    if (!apart) count_path(random, s, t, hits);
    forwards_.clear();
    backwards_.clear();
  }

 private:
  void count_path(Stream& random, std::uint32_t s, std::uint32_t t, std::vector<std::atomic<std::uint64_t>>& hits) {
    const auto crossing = [this](std::uint32_t v) { return forwards_.paths[v] * backwards_.paths[v]; };
    double all = 0;
    for (const auto v : middle_) all += crossing(v);
    if (std::isinf(all)) throw too_many_paths(s);
    const auto middle = pick(random, middle_, all, crossing);
    if (middle != s && middle != t) hits[middle].fetch_add(1, std::memory_order_relaxed);
    // A search's own predecessors are the neighbours in the other direction.
    walk(random, forwards_, backwards_, middle, hits);
    walk(random, backwards_, forwards_, middle, hits);
  }

  /// From `v` back to where `side` started, each step in proportion to the paths through it.
  void walk(Stream& random, const SearchSide& side, const SearchSide& reverse, std::uint32_t v,
            std::vector<std::atomic<std::uint64_t>>& hits) {
    while (side.level[v] > 2) {
      const auto begin = static_cast<std::size_t>(reverse.offsets[v]);
      const auto row = reverse.neighbours.subspan(begin, static_cast<std::size_t>(reverse.degree(v)));
      const auto through = [&](std::uint32_t u) {
        return side.level[u] != 0 && side.level[u] + 1 == side.level[v] ? side.paths[u] : 0.0;
      };
      v = pick(random, row, side.paths[v], through);
      hits[v].fetch_add(1, std::memory_order_relaxed);
    }
  }

  template <class Weight>
  [[nodiscard]] static std::uint32_t pick(Stream& random, std::span<const std::uint32_t> from, double all,
                                          const Weight& weight) {
    double left = random.uniform() * all;
    std::uint32_t picked = from.front();
    for (const auto v : from) {
      const double w = weight(v);
      if (w == 0.0) continue;
      picked = v;  // rounding may leave a rest after the last: then that one
      left -= w;
      if (left < 0) break;
    }
    return picked;
  }

  SearchSide forwards_;
  SearchSide backwards_;
  std::vector<std::uint32_t> middle_;
};

inline void check_open_share(double value, std::string_view name_zh, std::string_view name_en) {
  if (value > 0 && value < 1) return;
  throw Error(ErrorCode::invalid_value, {std::string(name_zh) + "须大于 0 且小于 1。",
                                         "The " + std::string(name_en) + " must lie between 0 and 1, both excluded."});
}

}  // namespace detail

inline SampledBetweenness sampled_betweenness(const Network& network, const BetweennessSampling& sampling,
                                              const Control& control) {
  detail::check_open_share(sampling.error, "允许误差", "error");
  detail::check_open_share(sampling.failure, "失败概率", "probability of failure");
  const std::size_t n = network.enterprises();
  const double pairs = n < 2 ? 0.0 : static_cast<double>(n) * static_cast<double>(n - 1);
  SampledBetweenness result;
  result.values.assign(n, 0.0);
  result.longest_path_bound = detail::longest_path_bound(network);
  if (result.longest_path_bound <= 2) return result;
  const double levels = std::floor(std::log2(static_cast<double>(result.longest_path_bound - 2))) + 1;
  result.samples = static_cast<std::uint64_t>(
      std::ceil((levels + std::log(1 / sampling.failure)) / (2 * sampling.error * sampling.error)));
  result.error = sampling.error * pairs;
  std::vector<std::atomic<std::uint64_t>> hits(n);
  std::vector<std::unique_ptr<detail::PathSampler>> idle;
  std::mutex mutex;
  Progress progress(control, result.samples);
  constexpr std::size_t grain = 64;
  for_chunks(control, static_cast<std::size_t>(result.samples), grain,
             [&](std::size_t begin, std::size_t end, std::size_t) {
               std::unique_ptr<detail::PathSampler> sampler;
               {
                 const std::scoped_lock lock(mutex);
                 if (!idle.empty()) {
                   sampler = std::move(idle.back());
                   idle.pop_back();
                 }
               }
               if (!sampler) sampler = std::make_unique<detail::PathSampler>(network);
               for (std::size_t k = begin; k < end; ++k) {
                 Stream random(sampling.seed, 0, 0, k);
                 sampler->draw(random, hits);
               }
               progress.add(end - begin);
               const std::scoped_lock lock(mutex);
               idle.push_back(std::move(sampler));
             });
  for (std::size_t v = 0; v < n; ++v) {
    const auto count = static_cast<double>(hits[v].load(std::memory_order_relaxed));
    result.values[v] = count / static_cast<double>(result.samples) * pairs;
  }
  progress.finish();
  return result;
}

}  // namespace v1
}  // namespace chainqual
