#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <utility>

#include "chainqual/chain/betweenness.hpp"
#include "chainqual/chain/betweenness_lanes-inl.hpp"
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

/// The enterprises with customers, those far from most others first. Neighbours in this order meet an enterprise at
/// like levels, so that fewer steps go over it. Far: the sum of the distances to 64 enterprises picked evenly.
[[nodiscard]] inline std::vector<std::uint32_t> sources_by_distance(const Network& network) {
  const std::uint32_t n = network.enterprises();
  struct Lanes {
    std::uint64_t seen = 0;
    std::uint64_t here = 0;
    std::uint64_t next = 0;
  };
  std::vector<Lanes> lanes(n);
  std::vector<std::uint64_t> distance(n, 0);
  std::vector<std::uint32_t> level;
  const std::uint32_t picked = std::min(n, 64U);
  for (std::uint32_t k = 0; k < picked; ++k) {
    level.push_back(static_cast<std::uint32_t>(std::uint64_t{n} * k / picked));
    lanes[level.back()].next = std::uint64_t{1} << k;
  }
  for (std::uint64_t steps = 0; !level.empty(); ++steps) {
    for (const std::uint32_t v : level) {
      Lanes& at = lanes[v];
      distance[v] += steps * static_cast<std::uint64_t>(std::popcount(at.next));
      at.here = std::exchange(at.next, 0);
      at.seen |= at.here;
    }
    std::vector<std::uint32_t> farther;
    for (const std::uint32_t v : level) {
      for (const std::uint32_t u : network.suppliers(EnterpriseId{v})) {
        const std::uint64_t fresh = lanes[v].here & ~lanes[u].seen;
        if (fresh != 0 && lanes[u].next == 0) farther.push_back(u);
        lanes[u].next |= fresh;
      }
    }
    level = std::move(farther);
  }
  std::vector<std::uint32_t> sources;
  for (std::uint32_t v = 0; v < n; ++v) {
    if (network.out_degree(EnterpriseId{v}) != 0) sources.push_back(v);
  }
  std::stable_sort(sources.begin(), sources.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return distance[a] > distance[b]; });
  return sources;
}

/// Eight sources side by side, adding into `sums`. A search of bytes, one bit a source, finds the levels of all eight
/// at once: most enterprises lie on about three, so a link is looked at three times for eight sources. It leaves behind
/// the links that are on shortest paths, often a quarter of all for one source: only these are touched by numbers.
///
/// Invariant between batches: seen_, next_, paths_ and share_ are 0. A batch that is refused breaks it, and the kernel.
class BrandesKernel {
 public:
  BrandesKernel(const Network& network, std::vector<double>& sums, BrandesCode code = fastest_brandes_code())
      : network_(network),
        sums_(sums),
        code_(code),
        seen_(network.enterprises()),
        next_(network.enterprises()),
        met_(std::size_t{network.enterprises()} + 1),
        found_(std::size_t{network.enterprises()} + brandes_lanes),
        paths_(brandes_lanes * std::size_t{network.enterprises()}),
        share_(brandes_lanes * std::size_t{network.enterprises()}) {
    seen_.fill(0);
    next_.fill(0);
    paths_.fill(0.0);
    share_.fill(0.0);
  }

  /// @param sources  at most eight, all different.
  void add(std::span<const std::uint32_t> sources) {
    search(sources);
    for (std::size_t level = levels_.size() - 1; level-- > 1;)
      gather(code_, steps_of(level), entries_of(level), paths_.data(), share_.data());
    for (std::size_t lane = 0; lane < sources.size(); ++lane) paths_[brandes_lanes * sources[lane] + lane] = 0.0;
    bool countable = true;
    for (std::size_t k = 0; k < met_count_; ++k) {
      const std::uint32_t v = met_[k];
      const double* const dependency = paths_.data() + brandes_lanes * v;
      double sum = 0.0;
      for (std::size_t lane = 0; lane < brandes_lanes; ++lane) sum += dependency[lane];
      countable = countable && sum < std::numeric_limits<double>::infinity();
      sums_[v] += sum;
    }
    if (!countable) refuse(sources);
    for (std::size_t k = 0; k < met_count_; ++k) {
      const std::uint32_t v = met_[k];
      seen_[v] = 0;
      std::fill_n(paths_.data() + brandes_lanes * v, brandes_lanes, 0.0);
      std::fill_n(share_.data() + brandes_lanes * v, brandes_lanes, 0.0);
    }
  }

 private:
  /// Where the entries and the steps of a level begin; one more at the end.
  struct Level {
    std::size_t entry;
    std::size_t step;
  };

  /// Names the least of the sources with too many paths. What depends on an enterprise that has infinitely many is
  /// infinite or no number.
  [[noreturn]] void refuse(std::span<const std::uint32_t> sources) const {
    std::uint32_t least = network_.enterprises();
    for (std::size_t k = 0; k < met_count_; ++k) {
      for (std::size_t lane = 0; lane < sources.size(); ++lane) {
        if (!std::isfinite(paths_[brandes_lanes * met_[k] + lane])) least = std::min(least, sources[lane]);
      }
    }
    throw too_many_paths(least);
  }

  template <class T>
  static void make_room(LargeArray<T>& array, std::size_t used, std::size_t wanted) {
    if (wanted <= array.size()) return;
    LargeArray<T> larger(std::max(wanted, 2 * array.size()));
    if (used > 0) std::memcpy(larger.data(), array.data(), used * sizeof(T));
    array = std::move(larger);
  }

  [[nodiscard]] std::span<const BrandesEntry> entries_of(std::size_t level) const {
    return {entries_.data() + levels_[level].entry, levels_[level + 1].entry - levels_[level].entry};
  }
  [[nodiscard]] BrandesSteps steps_of(std::size_t level) const {
    const std::size_t begin = levels_[level].step;
    return {steps_.data() + begin, step_lanes_.data() + begin, levels_[level + 1].step - begin};
  }

  /// Makes entries, from place `begin` on, of the `count` enterprises found; returns how many links lead on from them.
  /// Rows of one length follow each other: the end of a row is then where it is expected.
  std::uint64_t enter(std::size_t begin, std::size_t count) {
    const std::uint64_t* const offsets = network_.out_offsets().data();
    constexpr std::size_t lengths = 64;
    std::array<std::size_t, lengths + 1> place{};
    const auto length = [&](std::uint32_t v) { return offsets[v + std::uint64_t{1}] - offsets[v]; };
    const auto kind = [&](std::uint32_t v) { return std::min<std::uint64_t>(length(v), lengths - 1); };
    const bool few = count < lengths;  // too few to be worth it
    std::uint64_t links = 0;
    for (std::size_t k = 0; k < count; ++k) {
      links += length(found_[k]);
      place[few ? lengths : kind(found_[k]) + 1] += 1;
    }
    if (!few) std::partial_sum(place.begin(), place.end(), place.begin());
    make_room(entries_, begin, begin + count);
    BrandesEntry* const entries = entries_.data() + begin;
    for (std::size_t k = 0; k < count; ++k) {
      const std::uint32_t v = found_[k];
      entries[few ? k : place[kind(v)]++] = {v, next_[v]};
      met_[met_count_] = v;
      met_count_ += static_cast<std::size_t>(seen_[v] == 0);
      seen_[v] = static_cast<std::uint8_t>(seen_[v] | next_[v]);
      next_[v] = 0;
    }
    return links;
  }

  void search(std::span<const std::uint32_t> sources) {
    const std::uint64_t* const offsets = network_.out_offsets().data();
    const std::uint32_t* const targets = network_.out_targets().data();
    std::uint8_t* const seen = seen_.data();
    std::uint8_t* const next = next_.data();
    std::uint32_t* const found = found_.data();
    met_count_ = 0;
    levels_.clear();
    for (std::size_t lane = 0; lane < sources.size(); ++lane) {
      const std::uint32_t source = sources[lane];
      found[lane] = source;
      next[source] = static_cast<std::uint8_t>(1U << lane);
      paths_[brandes_lanes * source + lane] = 1.0;
    }
    std::size_t count = sources.size();
    std::size_t begin = 0;
    std::size_t step = 0;
    while (count > 0) {
      const std::uint64_t links = enter(begin, count);
      // One place more than can be filled: the last may be overwritten.
      make_room(steps_, step, step + links + 1);
      make_room(step_lanes_, step, step + links + 1);
      const BrandesEntry* const entries = entries_.data();
      BrandesStep* const steps = steps_.data();
      std::uint8_t* const lanes = step_lanes_.data();
      levels_.push_back({begin, step});
      const std::size_t end = begin + count;
      const std::size_t first_step = step;
      for (std::size_t k = begin; k < end; ++k) {
        const std::uint32_t v = entries[k].enterprise;
        const std::uint32_t here = entries[k].lanes;
        const std::uint64_t last = offsets[v + std::uint64_t{1}];
        for (std::uint64_t l = offsets[v]; l < last; ++l) {
          const std::uint32_t w = targets[l];
          const std::uint32_t fresh = here & ~std::uint32_t{seen[w]};
          steps[step] = {v, w};
          lanes[step] = static_cast<std::uint8_t>(fresh);
          step += static_cast<std::size_t>(fresh != 0);
        }
      }
      count = 0;
      for (std::size_t k = first_step; k < step; ++k) {
        const std::uint32_t w = steps[k].customer;
        const std::uint8_t before = next[w];
        next[w] = static_cast<std::uint8_t>(before | lanes[k]);
        found[count] = w;
        count += static_cast<std::size_t>(before == 0);
      }
      count_paths(code_, {steps + first_step, lanes + first_step, step - first_step}, paths_.data());
      begin = end;
    }
    levels_.push_back({begin, step});
  }

  const Network& network_;
  std::vector<double>& sums_;
  BrandesCode code_;
  LargeArray<std::uint8_t> seen_;    ///< lanes that met the enterprise at this level or before
  LargeArray<std::uint8_t> next_;    ///< lanes that meet it at the next one
  LargeArray<std::uint32_t> met_;    ///< the enterprises met; one place more, like found_
  LargeArray<std::uint32_t> found_;  ///< those of the next level
  std::size_t met_count_ = 0;
  LargeArray<double> paths_;  ///< shortest paths from the source; then what depends on the enterprise
  LargeArray<double> share_;  ///< (1 + dependency) / paths once its level is done
  LargeArray<BrandesEntry> entries_;
  LargeArray<BrandesStep> steps_;
  LargeArray<std::uint8_t> step_lanes_;
  std::vector<Level> levels_;
};

}  // namespace detail

inline std::vector<double> betweenness(const Network& network, const Control& control) {
  const std::size_t n = network.enterprises();
  if (n == 0) return {};
  const std::vector<std::uint32_t> sources = detail::sources_by_distance(network);
  const std::size_t batches = chunk_count(sources.size(), detail::brandes_lanes);
  constexpr std::size_t doubles = std::size_t{1} << 22U;
  const std::size_t groups = std::min(std::max<std::size_t>(batches, 1), std::clamp<std::size_t>(doubles / n, 8, 64));
  std::vector<std::vector<double>> sums(groups);
  Progress progress(control, sources.size());
  for_chunks(control, groups, 1, [&](std::size_t group, std::size_t, std::size_t) {
    sums[group].assign(n, 0.0);
    detail::BrandesKernel kernel(network, sums[group]);
    // Dealt like cards, so that groups are alike.
    for (std::size_t batch = group; batch < batches; batch += groups) {
      throw_if_cancelled(control);
      const std::size_t begin = detail::brandes_lanes * batch;
      const auto lanes = std::span(sources).subspan(begin, std::min(detail::brandes_lanes, sources.size() - begin));
      kernel.add(lanes);
      progress.add(lanes.size());
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
