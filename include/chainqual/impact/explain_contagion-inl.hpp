#pragma once

// `why` of contagion: counts over the model's own draws, for all sources at once.
//
// In a run the target is hit exactly where live links lead to it from some enterprise that starts hit, in no more links
// than steps are allowed. A search backwards from the target over the same live links finds for every enterprise the
// runs in which they do. A run belongs to a source alone where no other source reaches the target in it.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/contagion-inl.hpp"
#include "chainqual/impact/explain_contagion_rows-inl.hpp"
#include "chainqual/impact/explain_models.hpp"
#include "chainqual/impact/explain_runs-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Runs counted for one target.
struct ContagionCounts {
  std::uint64_t hit = 0;
  std::uint64_t over_links = 0;
  std::vector<std::uint64_t> sole;       ///< by part: hit, and not without it
  std::vector<std::uint64_t> alone;      ///< by part: hit if nothing else started
  std::vector<std::uint64_t> neighbour;  ///< by input of the target
  std::map<std::uint32_t, std::uint64_t> segment;

  void add(const ContagionCounts& more) {
    hit += more.hit;
    over_links += more.over_links;
    for (std::size_t k = 0; k < sole.size(); ++k) sole[k] += more.sole[k];
    for (std::size_t k = 0; k < alone.size(); ++k) alone[k] += more.alone[k];
    for (std::size_t k = 0; k < neighbour.size(); ++k) neighbour[k] += more.neighbour[k];
    for (const auto& [id, runs] : more.segment) segment[id] += runs;
  }
};

/// What all threads read.
struct ContagionQuestion {
  const ContagionOptions* options;
  const ContagionOrigin* origin;
  std::span<const double> start;                  ///< [n]
  std::span<const std::uint32_t> segment;         ///< [n] or empty
  std::vector<std::vector<std::uint32_t>> parts;  ///< places in the origin

  [[nodiscard]] ContagionCounts none() const {
    ContagionCounts counts;
    counts.sole.assign(parts.size(), 0);
    counts.alone.assign(parts.size(), 0);
    counts.neighbour.assign(origin->inputs().size(), 0);
    return counts;
  }
};

/// One thread's searches over words of 64 runs.
class ContagionCounter {
 public:
  explicit ContagionCounter(const ContagionQuestion& question)
      : question_(&question),
        origin_(question.origin),
        counts_(question.none()),
        forward_(origin_->forward.rows, origin_->nodes.size()),
        backward_(origin_->backward.rows, origin_->nodes.size()),
        room_(origin_->links()),
        started_(origin_->nodes.size(), 0),
        part_runs_(question.parts.size(), 0) {
    for (std::uint32_t v = 0; v < origin_->nodes.size(); ++v) {
      const std::uint32_t id = origin_->nodes[v];
      if (question.start[id] > 0) starters_.push_back({v, id, chance(question.start[id])});
    }
  }

  /// Counts the runs `asked` of word `word`.
  void count(std::uint64_t word, Runs asked, const Control& control) {
    const ContagionOptions& options = *question_->options;
    const Draws start_draws(options.seed, contagion_start_stream, word);
    starts_.clear();
    for (const Starter& starter : starters_) {
      started_[starter.place] = start_draws.below(asked, starter.likely, starter.enterprise);
      if (started_[starter.place] != 0) starts_.push_back({starter.place, {started_[starter.place]}});
    }
    const std::vector<Draws> draws(1, Draws(options.seed, contagion_link_stream, word));
    const Reached<1> target{origin_->target, {asked}};
    backward_.run({&target, 1}, draws, options.max_steps, room_, control);
    split();
    const bool one_step = options.max_steps == 1;  // who starts tries; nobody hit later does
    if (!one_step) forward_.run(starts_, draws, options.max_steps == 0 ? 0 : options.max_steps - 1, room_, control);
    arrive(draws.front(), one_step);
    backward_.reset();
    forward_.reset();
  }

  [[nodiscard]] const ContagionCounts& counts() const noexcept { return counts_; }

 private:
  static std::uint64_t size(Runs runs) noexcept { return static_cast<std::uint64_t>(std::popcount(runs)); }

  void split() {
    Runs once = 0;
    Runs twice = 0;
    for (std::size_t p = 0; p < part_runs_.size(); ++p) {
      Runs runs = 0;
      for (const std::uint32_t v : question_->parts[p]) runs |= started_[v] & backward_.hits(v)[0];
      twice |= once & runs;
      once |= runs;
      part_runs_[p] = runs;
      counts_.alone[p] += size(runs);
    }
    for (std::size_t p = 0; p < part_runs_.size(); ++p) counts_.sole[p] += size(part_runs_[p] & ~twice);
    counts_.hit += size(once);
  }

  /// In which runs each neighbour, hit without the target's help, hits the target.
  void arrive(const Draws& draws, bool one_step) {
    Runs any = 0;
    by_segment_.clear();
    const auto inputs = origin_->inputs();
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      const auto& [neighbour, link, likely] = inputs[k];
      const Runs there = one_step ? started_[neighbour] : forward_.hits(neighbour)[0];
      const Runs runs = there == 0 ? 0 : draws.below(there, likely, link);
      counts_.neighbour[k] += size(runs);
      any |= runs;
      if (question_->segment.empty()) continue;
      const std::uint32_t segment = question_->segment[origin_->nodes[neighbour]];
      if (segment != Network::none) by_segment_[segment] |= runs;
    }
    counts_.over_links += size(any);
    for (const auto& [id, runs] : by_segment_) counts_.segment[id] += size(runs);
  }

  struct Starter {
    std::uint32_t place;
    std::uint32_t enterprise;
    std::uint64_t likely;
  };

  const ContagionQuestion* question_;
  const ContagionOrigin* origin_;
  ContagionCounts counts_;
  Search<1> forward_;
  Search<1> backward_;
  SearchRoom<1> room_;
  std::vector<Reached<1>> starts_;
  std::vector<Starter> starters_;
  std::vector<Runs> started_;  // 0 but for starters
  std::vector<Runs> part_runs_;
  std::map<std::uint32_t, Runs> by_segment_;
};

inline ContagionCounts count_contagion(const ContagionQuestion& question, const Control& control) {
  const ContagionOptions& options = *question.options;
  const std::uint64_t last_run = options.first_run + options.runs - 1;
  const std::uint64_t first_word = options.first_run / 64;
  const std::uint64_t words = last_run / 64 - first_word + 1;
  Progress progress(control, words);
  ContagionCounts all = question.none();
  all = reduce_chunks(
      control, words, chunk_count(words, 64), std::move(all),
      [&](std::size_t begin, std::size_t end, std::size_t) {
        ContagionCounter counter(question);
        for (std::uint64_t word = first_word + begin; word < first_word + end; ++word) {
          Runs asked = all_runs;
          if (64 * word < options.first_run) asked &= all_runs << (options.first_run - 64 * word);
          if (last_run - 64 * word < 63) asked &= all_runs >> (63 - (last_run - 64 * word));
          counter.count(word, asked, control);
          progress.add(1);
        }
        return counter.counts();
      },
      [](ContagionCounts sum, const ContagionCounts& part) {
        sum.add(part);
        return sum;
      });
  progress.finish();
  return all;
}

/// The neighbour and the segment of most runs.
inline BindingInput binding_of(const ContagionOrigin& origin, const ContagionCounts& counts, double runs) {
  BindingInput binding;
  for (std::size_t k = 0; k < counts.neighbour.size(); ++k) {
    const double share = static_cast<double>(counts.neighbour[k]) / runs;
    if (share > binding.loss) {
      binding.loss = share;
      binding.neighbour = EnterpriseId{origin.nodes[origin.inputs()[k].neighbour]};
    }
  }
  for (const auto& [id, count] : counts.segment) {
    const double share = static_cast<double>(count) / runs;
    if (share > binding.segment_loss) {
      binding.segment_loss = share;
      binding.segment = SegmentId{id};
    }
  }
  return binding;
}

inline SplitRule split_counts(double loss, const std::vector<std::span<const Candidate>>& parts,
                              const ContagionCounts& counts, double runs, std::vector<SourceShare>& shares) {
  if (!(loss > 0)) return SplitRule::superposition;
  for (const auto* of : {&counts.sole, &counts.alone}) {
    shares.clear();
    for (std::size_t p = 0; p < parts.size(); ++p) {
      shares.push_back(unscaled_share(parts[p], static_cast<double>((*of)[p]) / runs));
    }
    const bool sole = of == &counts.sole;
    if (scale_shares(loss, (sole ? least_fall : least_effect) * loss, shares))
      return sole ? SplitRule::remove_one : SplitRule::alone;
  }
  return SplitRule::alone;  // not reached: whoever hits the target does so alone too
}

}  // namespace impact_detail

CHAINQUAL_KERNEL Why why(const Network& net, std::span<const double> start, EnterpriseId target,
                         const ContagionOptions& model, const WhyOptions& options, const WhyNames& names,
                         const Control& control) {
  namespace detail = impact_detail;
  detail::check_target(net, target);
  ContagionOptions asked = model;
  asked.downstream = options.along == Along::downstream;
  asked.upstream = !asked.downstream;
  detail::check(asked);
  detail::check_starts(start, net.enterprises());
  static_cast<void>(weights_in_totals(net, asked.weight));
  detail::check_links(net);
  detail::check_probabilities(net, asked.downstream_probability);
  detail::check_probabilities(net, asked.upstream_probability);
  const auto& given = asked.downstream ? asked.downstream_probability : asked.upstream_probability;
  const detail::ContagionOrigin origin = detail::contagion_origin(net, options.along, given, start, target.value);
  const detail::Origin paths = origin.for_paths(start);
  const std::vector<detail::Candidate> candidates = detail::candidates_of(paths);
  const auto parts = detail::parts_of(candidates, options.separate_sources);
  detail::ContagionQuestion question{&asked, &origin, start, net.segment(), {}};
  for (const auto& part : parts) {
    question.parts.emplace_back();
    for (const auto& candidate : part) question.parts.back().push_back(origin.place(candidate.enterprise));
  }
  const detail::ContagionCounts counts = detail::count_contagion(question, control);
  const auto runs = static_cast<double>(asked.runs);

  Why out;
  out.enterprise = target;
  out.model = Model::contagion;
  out.along = options.along;
  out.loss = static_cast<double>(counts.hit) / runs;
  out.own = start[target.index()];
  out.arrived = static_cast<double>(counts.over_links) / runs;
  out.holds = detail::larger_part(out);
  out.binding = detail::binding_of(origin, counts, runs);
  const Interval interval = detail::wilson(counts.hit, asked.runs, detail::z_of(asked.level));
  out.chance = WhyChance{asked.runs, asked.level, interval.low, interval.high};
  out.rule = detail::split_counts(out.loss, parts, counts, runs, out.sources);
  if (out.loss > 0) out.paths = detail::paths_to_target(paths, options.paths, control);
  return detail::end_why(std::move(out), names, control);
}

}  // namespace v1
}  // namespace chainqual
