#pragma once

// Spreads many runs at once over a network: breadth-first search in which every enterprise holds a set of runs.
//
// Encoding: a set of 64 · Words runs is an array of words. An enterprise has the set of runs that have hit it, and the
// set of those which did so in the step under way, not empty exactly where it stands in the list of the gathered.
// Invariants: next ⊆ hits; an enterprise tries once in each run, in the step after it was hit, so the step of a hit is
// the distance over live links. Order within a step cannot matter: sets are only united, and a draw depends on nothing
// but its link and run.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/impact/contagion_draws-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

template <std::size_t Words>
using RunSet = std::array<Runs, Words>;

/// An enterprise and a set of runs.
template <std::size_t Words>
struct Reached {
  std::uint32_t enterprise;
  RunSet<Words> runs;
};

/// Words of live sets that a thread keeps at most: 256 MiB.
inline constexpr std::uint64_t most_kept = std::uint64_t{32} << 20U;

/// Room that the searches of one thread share: the front, who is gathered for the next, and live sets that were drawn.
///
/// Enterprises are reached at different steps in different runs, so their rows are met again and again. The first time
/// that a row is met for a word of runs, only what is wanted is drawn; the second time, or at once where the front is
/// wide, the live sets of all the word's runs still to come are drawn and kept, while room lasts.
template <std::size_t Words>
struct SearchRoom {
  explicit SearchRoom(std::uint64_t links) : kept(Words * std::min<std::uint64_t>(links, most_kept / Words)) {}
  std::vector<Reached<Words>> front;
  std::vector<std::uint32_t> gathered;
  LargeArray<Runs> kept;
  std::size_t kept_used = 0;
  bool wide = false;  ///< the front holds so many enterprises that most will be met again
};

/// How far the runs of one search went.
template <std::size_t Words>
struct SearchEnd {
  std::uint32_t steps = 0;
  RunSet<Words> cut_short{};
};

/// One direction's search, and what it has counted over all words so far.
template <std::size_t Words>
class Search {
 public:
  using Set = RunSet<Words>;
  using Room = SearchRoom<Words>;

  Search(const ChanceRows& rows, std::size_t enterprises) : rows_(&rows), reach_(enterprises), nodes_(enterprises) {
    reach_.fill({});
    nodes_.fill({});
  }

  /// Spreads from `starts`, distinct enterprises. The sets of hits stay until `reset`.
  SearchEnd<Words> run(std::span<const Reached<Words>> starts, std::span<const Draws> draws, std::uint32_t max_steps,
                       Room& room, const Control& control) {
    room.gathered.clear();
    room.kept_used = 0;
    for (const auto& start : starts) arrive(start.enterprise, start.runs, room);
    SearchEnd<Words> end;
    for (std::uint32_t step = 0; !room.gathered.empty(); ++step) {
      throw_if_cancelled(control);
      end.steps = step;
      take_front(step, room);
      room.wide = room.front.size() > nodes_.size() / 16;
      if (max_steps != 0 && step == max_steps) {
        for (const auto& reached : room.front) unite(end.cut_short, reached.runs);
        break;
      }
      for (std::size_t k = 0; k < room.front.size(); ++k) {
        prefetch(room, k);
        try_row(room.front[k], draws, room);
      }
    }
    return end;
  }

  /// Enterprises hit in any run of this search, each once.
  [[nodiscard]] std::span<const std::uint32_t> touched() const noexcept { return touched_; }
  [[nodiscard]] const Set& hits(std::uint32_t v) const noexcept { return reach_[v].hits; }
  [[nodiscard]] std::uint64_t hits_in_all(std::size_t v) const noexcept { return nodes_[v].hits; }
  [[nodiscard]] std::uint64_t steps_in_all(std::size_t v) const noexcept { return nodes_[v].steps; }

  void reset() noexcept {
    for (const std::uint32_t v : touched_) {
      reach_[v] = {};
      nodes_[v].met = 0;
      nodes_[v].kept = 0;
    }
    touched_.clear();
  }

 private:
  struct Reach {
    Set hits{};
    Set next{};
  };
  struct Node {
    std::uint64_t hits = 0;   ///< over all words
    std::uint64_t steps = 0;  ///< of the first hits, summed
    std::uint32_t room = 0;   ///< place of the row's live sets, in links
    std::uint8_t met = 0;     ///< words for which the row was met
    std::uint8_t kept = 0;    ///< words whose live sets are kept
  };

  static void unite(Set& into, const Set& more) noexcept {
    for (std::size_t w = 0; w < Words; ++w) into[w] |= more[w];
  }

  void take_front(std::uint32_t step, Room& room) {
    room.front.resize(room.gathered.size());
    for (std::size_t k = 0; k < room.gathered.size(); ++k) {
#if defined(__GNUC__)
      if (k + 8 < room.gathered.size()) {
        __builtin_prefetch(&reach_[room.gathered[k + 8]], 1);
        __builtin_prefetch(&nodes_[room.gathered[k + 8]], 1);
      }
#endif
      const std::uint32_t v = room.gathered[k];
      Reach& reach = reach_[v];
      if (reach.hits == reach.next) touched_.push_back(v);
      std::uint64_t runs = 0;
      for (const Runs word : reach.next) runs += static_cast<std::uint64_t>(std::popcount(word));
      nodes_[v].hits += runs;
      nodes_[v].steps += runs * step;
      room.front[k] = {v, reach.next};
      reach.next = {};
    }
    room.gathered.clear();
  }

  /// Asks for what enterprises further on in the front will read. Inlined by force: a function that only prefetches has
  /// no effect that GCC knows of, and its calls are dropped.
#if defined(__GNUC__)
  __attribute__((always_inline))
#endif
  inline void
  prefetch([[maybe_unused]] const Room& room, [[maybe_unused]] std::size_t k) const noexcept {
#if defined(__GNUC__)
    if (k + 8 < room.front.size()) {
      __builtin_prefetch(rows_->offsets.data() + room.front[k + 8].enterprise);
      __builtin_prefetch(nodes_.data() + room.front[k + 8].enterprise);
    }
    if (k + 4 < room.front.size()) {
      const std::uint32_t v = room.front[k + 4].enterprise;
      const std::uint64_t begin = rows_->offsets[v];
      const std::uint64_t end = rows_->offsets[v + std::size_t{1}];
      __builtin_prefetch(rows_->neighbours.data() + begin);
      __builtin_prefetch(rows_->neighbours.data() + end);
      __builtin_prefetch(rows_->chances.data() + begin);
      __builtin_prefetch(rows_->chances.data() + end);
      if (nodes_[v].kept != 0) __builtin_prefetch(room.kept.data() + Words * nodes_[v].room);
    }
    if (k + 2 < room.front.size()) {
      const std::uint32_t v = room.front[k + 2].enterprise;
      const std::uint64_t begin = rows_->offsets[v];
      const std::uint64_t end = std::min(rows_->offsets[v + std::size_t{1}], begin + 64);  // of a hub, the first
      for (auto e = begin; e < end; ++e) {
        __builtin_prefetch(&reach_[rows_->neighbours[e]].hits, 1);
        if constexpr (sizeof(Reach) > 64) __builtin_prefetch(&reach_[rows_->neighbours[e]].next, 1);
      }
    }
#endif
  }

  void try_row(const Reached<Words>& from, std::span<const Draws> draws, Room& room) {
    const std::uint64_t begin = rows_->offsets[from.enterprise];
    const std::uint64_t end = rows_->offsets[from.enterprise + std::size_t{1}];
    Node& node = nodes_[from.enterprise];
    unsigned words = 0;
    for (std::size_t w = 0; w < Words; ++w) words |= (from.runs[w] != 0 ? 1U : 0U) << w;
    const unsigned known = words & node.kept;
    unsigned fresh = words & ~known & (room.wide ? words : node.met);  // to be drawn for good, if there is room
    if (fresh != 0 && node.kept == 0 && !take_room(node, end - begin, room)) fresh = 0;
    const unsigned lazy = words & ~known & ~fresh;
    node.met = static_cast<std::uint8_t>(node.met | words);
    node.kept = static_cast<std::uint8_t>(node.kept | fresh);
    Runs* kept = room.kept.data() + Words * node.room;
    if (words == known) {
      for (std::uint64_t k = begin; k < end; ++k, kept += Words) {
        Set live;
        for (std::size_t w = 0; w < Words; ++w) live[w] = from.runs[w] & kept[w];
        arrive(rows_->neighbours[k], live, room);
      }
      return;
    }
    const Set to_come = still_to_come(from);
    for (std::uint64_t k = begin; k < end; ++k) {
      const std::uint32_t to = rows_->neighbours[k];
      const std::uint64_t link = rows_->links.size() == 0 ? k : rows_->links[k];
      const std::uint64_t chance = rows_->chances[k];
      const Set& hits = reach_[to].hits;
      Set live{};
      for_each_word(lazy, [&](std::size_t w) { live[w] = draws[w].below(from.runs[w] & ~hits[w], chance, link); });
      if ((known | fresh) != 0) {
        for_each_word(fresh, [&](std::size_t w) { kept[w] = draws[w].below(to_come[w] & ~hits[w], chance, link); });
        for_each_word(known | fresh, [&](std::size_t w) { live[w] = from.runs[w] & kept[w]; });
        kept += Words;
      }
      arrive(to, live, room);
    }
  }

  template <class Use>
  static void for_each_word(unsigned words, Use&& use) {
    for (; words != 0; words &= words - 1) use(static_cast<std::size_t>(std::countr_zero(words)));
  }

  /// Runs in which an enterprise of the front tries now or may do so later. In those that reached it in earlier steps
  /// it has tried already.
  [[nodiscard]] Set still_to_come(const Reached<Words>& from) const noexcept {
    const Reach& reach = reach_[from.enterprise];
    Set set;
    for (std::size_t w = 0; w < Words; ++w) set[w] = from.runs[w] | reach.next[w] | ~reach.hits[w];
    return set;
  }

  [[nodiscard]] static bool take_room(Node& node, std::uint64_t links, Room& room) noexcept {
    if (links > room.kept.size() / Words - room.kept_used) return false;
    node.room = static_cast<std::uint32_t>(room.kept_used);
    std::fill_n(room.kept.data() + Words * room.kept_used, Words * links, Runs{0});
    room.kept_used += links;
    return true;
  }

  void arrive(std::uint32_t to, const Set& runs, Room& room) {
    Reach& reach = reach_[to];
    Set fresh;
    Runs any = 0;
    for (std::size_t w = 0; w < Words; ++w) {
      fresh[w] = runs[w] & ~reach.hits[w];
      any |= fresh[w];
    }
    if (any == 0) return;
    Runs before = 0;
    for (std::size_t w = 0; w < Words; ++w) {
      before |= reach.next[w];
      reach.next[w] |= fresh[w];
      reach.hits[w] |= fresh[w];
    }
    if (before == 0) room.gathered.push_back(to);
  }

  const ChanceRows* rows_;
  LargeArray<Reach> reach_;
  LargeArray<Node> nodes_;
  std::vector<std::uint32_t> touched_;
};

/// Adds up, for each of 64 runs, how many enterprises were hit and what they weigh.
class RunTotals {
 public:
  void add(Runs runs, std::uint64_t weight) noexcept {
    Runs carry = runs;  // binary counters, digit by digit over all runs
    for (std::size_t digit = 0; carry != 0; ++digit) {
      const Runs both = digits_[digit] & carry;
      digits_[digit] ^= carry;
      carry = both;
    }
    if (weight == 0) return;
    if (std::popcount(runs) <= 32) {
      for (; runs != 0; runs &= runs - 1) weights_[static_cast<std::size_t>(std::countr_zero(runs))] += weight;
      return;
    }
    everyone_ += weight;
    for (runs = ~runs; runs != 0; runs &= runs - 1) {
      weights_[static_cast<std::size_t>(std::countr_zero(runs))] -= weight;  // modulo 2^64; the total is never negative
    }
  }
  [[nodiscard]] std::uint32_t count(std::size_t run) const noexcept {
    std::uint32_t count = 0;
    for (std::size_t digit = 0; digit < digits_.size(); ++digit) {
      count |= static_cast<std::uint32_t>((digits_[digit] >> run) & 1U) << digit;
    }
    return count;
  }
  [[nodiscard]] std::uint64_t weight(std::size_t run) const noexcept { return everyone_ + weights_[run]; }

 private:
  std::array<Runs, 32> digits_{};
  std::array<std::uint64_t, 64> weights_{};
  std::uint64_t everyone_ = 0;
};

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
