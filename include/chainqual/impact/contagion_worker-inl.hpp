#pragma once

// One thread's share of a contagion: groups of words of runs, and the counts over them.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "chainqual/impact/contagion.hpp"
#include "chainqual/impact/contagion_search-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Weights as whole numbers, so that sums over enterprises do not depend on their order.
struct WholeWeights {
  std::vector<std::uint64_t> of;
  std::uint64_t total = 0;

  /// @pre `weight` is finite and not negative.
  explicit WholeWeights(std::span<const double> weight) : of(weight.size()) {
    const double largest = weight.empty() ? 0 : *std::max_element(weight.begin(), weight.end());
    if (!(largest > 0)) return;
    double sum = 0;
    for (const double w : weight) sum += w / largest;
    for (std::size_t v = 0; v < weight.size(); ++v) {
      of[v] = static_cast<std::uint64_t>(weight[v] / largest / sum * 0x1p62);
      total += of[v];
    }
  }
  [[nodiscard]] double share(std::uint64_t part) const noexcept {
    return total == 0 ? 0 : static_cast<double>(part) / static_cast<double>(total);
  }
};

/// What all threads read.
struct ContagionJob {
  ContagionJob(const Network& net, std::span<const double> start, const ContagionOptions& asked,
               std::span<const double> weight)
      : options(&asked), enterprises(net.enterprises()), links(net.links()), weights(weight) {
    if (asked.downstream) downstream = chance_rows(net, Along::downstream, asked.downstream_probability);
    if (asked.upstream) upstream = chance_rows(net, Along::upstream, asked.upstream_probability);
    for (std::uint32_t v = 0; v < net.enterprises(); ++v) {
      if (start[v] > 0) starts.push_back({v, chance(start[v])});
    }
  }
  [[nodiscard]] std::uint64_t first_word() const noexcept { return options->first_run / 64; }
  [[nodiscard]] std::uint64_t last_run() const noexcept { return options->first_run + options->runs - 1; }
  [[nodiscard]] std::uint64_t words() const noexcept { return last_run() / 64 - first_word() + 1; }

  struct Start {
    std::uint32_t enterprise;
    std::uint64_t chance;
  };
  const ContagionOptions* options;
  std::size_t enterprises;
  std::uint64_t links;
  WholeWeights weights;
  ChanceRows downstream;
  ChanceRows upstream;
  std::vector<Start> starts;
};

/// One thread's searches and counts.
template <std::size_t Words>
class ContagionWorker {
 public:
  explicit ContagionWorker(const ContagionJob& job) : job_(&job), room_(job.links) {
    if (job.options->downstream) downstream_.emplace(job.downstream, job.enterprises);
    if (job.options->upstream) upstream_.emplace(job.upstream, job.enterprises);
    if (!downstream_ || !upstream_) return;
    both_ = LargeArray<std::uint64_t>(job.enterprises);
    both_.fill(0);
  }

  /// Makes the runs of words first … last − 1 of the job, at most `Words`, as far as they are asked for, and writes
  /// what belongs to single runs.
  void run(std::uint64_t first, std::uint64_t last, ContagionResult& result, const Control& control) {
    first_ = 64 * (job_->first_word() + first);
    for (std::size_t w = 0; w < Words; ++w) asked_[w] = first + w < last ? asked(first_ + 64 * w) : 0;
    draw_starts();
    std::vector<Draws> draws;
    for (std::size_t w = 0; w < Words; ++w) {
      draws.emplace_back(job_->options->seed, contagion_link_stream, first_ / 64 + w);
    }
    Set cut_short{};
    const auto spread = [&](Search<Words>& search, End& total, ContagionSpread& out) {
      const auto end = search.run(starts_, draws, job_->options->max_steps, room_, control);
      total.steps = std::max(total.steps, end.steps);
      total.cut_short += size(end.cut_short);
      for (std::size_t w = 0; w < Words; ++w) cut_short[w] |= end.cut_short[w];
      totals_ = {};
      for (const std::uint32_t v : search.touched()) add(v, search.hits(v));
      write(out);
    };
    if (downstream_) spread(*downstream_, downstream_end_, result.downstream_spread);
    if (upstream_) spread(*upstream_, upstream_end_, result.upstream_spread);
    if (downstream_ && upstream_) {
      both_end_.steps = std::max(downstream_end_.steps, upstream_end_.steps);
      both_end_.cut_short += size(cut_short);
      unite(result.combined_spread);
    }
    if (downstream_) downstream_->reset();
    if (upstream_) upstream_->reset();
  }

  /// Adds what was counted over all groups to the result.
  void add_to(ContagionResult& result) const {
    if (downstream_) add_to(result.downstream_spread, *downstream_, downstream_end_);
    if (upstream_) add_to(result.upstream_spread, *upstream_, upstream_end_);
    if (!downstream_ || !upstream_) return;
    add_to(result.combined_spread, both_end_);
    for (std::size_t v = 0; v < job_->enterprises; ++v) result.combined_spread.hits[v] += both_[v];
  }

 private:
  using Set = RunSet<Words>;
  struct End {
    std::uint32_t steps = 0;
    std::uint64_t cut_short = 0;
  };

  /// Which of the 64 runs from `first` on are asked for.
  [[nodiscard]] Runs asked(std::uint64_t first) const noexcept {
    const std::uint64_t begin = job_->options->first_run;
    const std::uint64_t last = job_->last_run();
    if (first > last) return 0;
    Runs runs = all_runs;
    if (first < begin) runs &= all_runs << (begin - first);
    if (last - first < 63) runs &= all_runs >> (63 - (last - first));
    return runs;
  }

  [[nodiscard]] static std::uint64_t size(const Set& set) noexcept {
    std::uint64_t size = 0;
    for (const Runs word : set) size += static_cast<std::uint64_t>(std::popcount(word));
    return size;
  }

  void draw_starts() {
    starts_.clear();
    std::vector<Draws> draws;
    for (std::size_t w = 0; w < Words; ++w) {
      draws.emplace_back(job_->options->seed, contagion_start_stream, first_ / 64 + w);
    }
    for (const auto& start : job_->starts) {
      Reached<Words> reached{start.enterprise, {}};
      for (std::size_t w = 0; w < Words; ++w) {
        reached.runs[w] = draws[w].below(asked_[w], start.chance, start.enterprise);
      }
      starts_.push_back(reached);
    }
  }

  void add(std::uint32_t v, const Set& hits) noexcept {
    for (std::size_t w = 0; w < Words; ++w) totals_[w].add(hits[w], job_->weights.of[v]);
  }

  /// An enterprise counts as hit in a run where either search hit it.
  void unite(ContagionSpread& out) {
    totals_ = {};
    const auto take = [&](std::uint32_t v) {
      Set hits = downstream_->hits(v);
      for (std::size_t w = 0; w < Words; ++w) hits[w] |= upstream_->hits(v)[w];
      both_[v] += size(hits);
      add(v, hits);
    };
    for (const std::uint32_t v : downstream_->touched()) take(v);
    for (const std::uint32_t v : upstream_->touched()) {
      if (downstream_->hits(v) == Set{}) take(v);
    }
    write(out);
  }

  void write(ContagionSpread& out) const {
    for (std::size_t w = 0; w < Words; ++w) {
      for (Runs rest = asked_[w]; rest != 0; rest &= rest - 1) {
        const auto run = static_cast<std::size_t>(std::countr_zero(rest));
        const std::uint64_t place = first_ + 64 * w + run - job_->options->first_run;
        out.enterprises[place] = totals_[w].count(run);
        out.share[place] = job_->weights.share(totals_[w].weight(run));
      }
    }
  }

  static void add_to(ContagionSpread& out, const End& end) noexcept {
    out.steps = std::max(out.steps, end.steps);
    out.cut_short += end.cut_short;
  }
  static void add_to(ContagionSpread& out, const Search<Words>& search, const End& end) noexcept {
    for (std::size_t v = 0; v < out.hits.size(); ++v) {
      out.hits[v] += search.hits_in_all(v);
      out.steps_total[v] += search.steps_in_all(v);
    }
    add_to(out, end);
  }

  const ContagionJob* job_;
  SearchRoom<Words> room_;
  std::optional<Search<Words>> downstream_;
  std::optional<Search<Words>> upstream_;
  LargeArray<std::uint64_t> both_;  // [n] runs in which either search hit, over all words
  End downstream_end_;
  End upstream_end_;
  End both_end_;
  // Of the group under way:
  std::uint64_t first_ = 0;
  Set asked_{};
  std::vector<Reached<Words>> starts_;
  std::array<RunTotals, Words> totals_;
};

/// Workers are lent to chunks and given back, so that there are no more than run at a time.
template <std::size_t Words>
class WorkerPool {
 public:
  explicit WorkerPool(const ContagionJob& job) : job_(&job) {}

  void run(std::uint64_t first, std::uint64_t last, ContagionResult& result, const Control& control,
           Progress& progress) {
    auto worker = take();
    worker->run(first, last, result, control);
    progress.add(last - first);
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(worker));
  }

  void add_to(ContagionResult& result) const {
    for (const auto& worker : idle_) worker->add_to(result);
  }

 private:
  [[nodiscard]] std::unique_ptr<ContagionWorker<Words>> take() {
    {
      const std::scoped_lock lock(mutex_);
      if (!idle_.empty()) {
        auto worker = std::move(idle_.back());
        idle_.pop_back();
        return worker;
      }
    }
    return std::make_unique<ContagionWorker<Words>>(*job_);
  }

  const ContagionJob* job_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<ContagionWorker<Words>>> idle_;
};

/// Makes the runs of words first … last − 1 of the job, counted from its first.
template <std::size_t Words>
void run_words(const ContagionJob& job, std::uint64_t first, std::uint64_t last, ContagionResult& result,
               const Control& control, Progress& progress) {
  const std::uint64_t groups = chunk_count(last - first, Words);
  WorkerPool<Words> pool(job);
  for_chunks(control, groups, std::clamp<std::uint64_t>(groups / 64, 1, 16),
             [&](std::size_t begin, std::size_t end, std::size_t) {
               for (std::size_t group = begin; group < end; ++group) {
                 const std::uint64_t word = first + Words * group;
                 pool.run(word, std::min<std::uint64_t>(word + Words, last), result, control, progress);
               }
             });
  pool.add_to(result);
}

/// Searching eight words together shares the reading of rows, and costs more memory: worth it where runs go far, in
/// networks whose sets and draws stay within bounds, and where all threads still have something to do. One word shows
/// how far runs go. Only the time depends on the choice.
inline bool eight_words_pay(const ContagionJob& job, const ContagionSpread& spread, const Control& control) {
  if (job.words() < 8 * std::uint64_t{executor_of(control).concurrency()}) return false;
  if (8 * job.links > 2 * most_kept || 8 * job.enterprises > most_kept) return false;
  std::uint64_t hits = 0;
  for (const std::uint64_t count : spread.hits) hits += count;
  return hits > 64 * job.enterprises / 16;
}

inline void run_contagion(const ContagionJob& job, ContagionResult& result, const Control& control) {
  Progress progress(control, job.words());
  std::uint64_t done = 0;
  std::uint32_t words = job.options->words;
  if (words == 0) {
    done = 1;
    run_words<1>(job, 0, done, result, control, progress);
    const bool downstream = job.options->downstream;
    words = eight_words_pay(job, downstream ? result.downstream_spread : result.upstream_spread, control) ? 8 : 1;
  }
  if (words == 8) {
    run_words<8>(job, done, job.words(), result, control, progress);
  } else {
    run_words<1>(job, done, job.words(), result, control, progress);
  }
  progress.finish();
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
