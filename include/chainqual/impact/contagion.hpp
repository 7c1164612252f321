#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/error.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/core/ids.hpp"
#include "chainqual/impact/ensemble.hpp"
#include "chainqual/impact/propagation.hpp"

namespace chainqual {
inline namespace v1 {

/// Streams of the draws (see `contagion`), public so that others can redraw any run.
inline constexpr std::uint64_t contagion_link_stream = 0x6C696E6B;   // "link"
inline constexpr std::uint64_t contagion_start_stream = 0x73746172;  // "star"

/// How `contagion` runs.
struct ContagionOptions {
  bool downstream = true;       ///< hit enterprises try their customers
  bool upstream = true;         ///< hit enterprises try their suppliers; a cascade of its own
  std::uint64_t runs = 1024;    ///< 1 … 2^30; multiples of 64 fill whole words
  std::uint64_t first_run = 0;  ///< number of the first run: run r draws the same whatever other runs are made
  std::uint64_t seed = 1;
  std::uint32_t max_steps = 0;  ///< steps a run may take; 0: until nobody new is hit
  std::uint32_t words = 0;      ///< words of 64 runs searched together: 1 or 8; 0 chooses. Changes no result
  double level = 0.95;          ///< confidence of the intervals, in (0, 1)
  std::vector<double> quantiles{0.05, 0.25, 0.5, 0.75, 0.95};  ///< of the spread over runs; shares in [0, 1]
  std::vector<double> weight;                                  ///< [n] v ≥ 0; empty: `default_weight(net)`
  std::vector<double> downstream_probability;                  ///< [m] by LinkId; empty: dependency × escape
  std::vector<double> upstream_probability;                    ///< [m] by LinkId; empty: W_ij / o_i
};

/// Lower and upper end of an interval.
struct Interval {
  double low = 0;
  double high = 1;
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// Wilson's score interval of a probability of which `hits` in `runs` were seen.
///
/// @param hits   ≤ runs.
/// @param runs   > 0; for 0 the interval is [0, 1].
/// @param level  confidence, in (0, 1).
/// @return in [0, 1], around hits / runs; 0 and 1 are reached exactly by no hit and by hits alone.
/// @throws Error{invalid_argument} hits above runs, or a level outside (0, 1).
/// @complexity O(1).
/// @numerics   Double.
/// @threads    Pure.
/// @source     Wilson 1927, doi:10.1080/01621459.1927.10502953. No continuity correction.
/// @since 0.1, experimental.
[[nodiscard]] Interval wilson_interval(std::uint64_t hits, std::uint64_t runs, double level = 0.95);

/// What the runs of one direction, or of both together, say.
struct ContagionSpread {
  std::vector<std::uint64_t> hits;         ///< [n] runs in which each enterprise was hit, its start counted
  std::vector<std::uint64_t> steps_total;  ///< [n] step of the first hit, summed over these runs; not for both together
  std::vector<Interval> interval;          ///< [n] Wilson's, of the probability hits / runs
  std::vector<std::uint32_t> enterprises;  ///< [runs] how many were hit in each run
  std::vector<double> share;               ///< [runs] their Σ v / Σ v of all; 0 where nobody weighs anything
  Spread count_spread;                     ///< of `enterprises`: mean, standard error, quantiles over the runs
  Spread share_spread;                     ///< of `share`
  std::uint32_t steps = 0;                 ///< most steps that a run took: the latest step in which anyone was hit
  std::uint64_t cut_short = 0;             ///< runs in which enterprises hit at the cap on steps had no try

  /// Mean step of enterprise v's first hit over the runs that hit it (0: at the start); NaN where none did.
  [[nodiscard]] double mean_step(EnterpriseId v) const noexcept;
};

/// Hit probabilities by enterprise as losses: `downstream` is downstream_spread.hits / runs, and so on. `combined`
/// counts an enterprise as hit in a run when either direction's cascade hits it; a direction not asked for is empty.
/// `last_change` is the share of runs that the cap on steps cut short.
///
/// Two results of equal seed, first_run and runs share their draws: `paired_difference` of their shares, run by run,
/// has a far smaller standard error than the difference of the means.
struct ContagionResult : Propagation {
  ContagionSpread downstream_spread;
  ContagionSpread upstream_spread;
  ContagionSpread combined_spread;
  std::uint64_t runs = 0;
  std::uint64_t first_run = 0;
  std::uint64_t seed = 0;
  double level = 0;
  std::vector<double> quantiles;  ///< the shares asked for
};

/// Chance of every enterprise to be hit when trouble jumps from link to link: independent cascade, Monte Carlo.
///
/// Run r starts with enterprise v hit at step 0 with probability start_v. An enterprise first hit at step t tries each
/// neighbour that is not yet hit once, in step t + 1, with the link's probability p. That is reachability over the
/// links that are live in the run, and the step is the distance. The definition of every draw:
///
///   u(r, l) = Σ_k 2^−(k+1) · (bit r mod 64 of word k of Stream(seed, contagion_link_stream, r / 64, l)), k = 0 … 52
///
/// is a uniform double of 53 bits, and link l is live in run r if u(r, l) < p_l: p = 0 never, p = 1 always, exactly.
/// Likewise enterprise v starts hit if u(r, v) < start_v, with contagion_start_stream. So a draw belongs to (seed, run,
/// link) and to nothing else: scenarios, sources, probabilities and directions are compared under common random
/// numbers; hits rise with start and with p in every single run; runs may be made in parts (`merge`).
///
/// Method: 64 runs a word. Each enterprise holds the set of runs that have hit it; frontiers advance over these sets,
/// and a link's live set is drawn when wanted, digit by digit, until the wanted runs are settled.
///
/// @param net      n enterprises, m links.
/// @param start    [n] probability of being hit at the outset, in [0, 1], by EnterpriseId; 1 for certain sources.
/// @param options  directions, runs, seed, probabilities.
/// @param control  executor over words of 64 runs, cancel, progress.
/// @return hit probabilities with intervals, spread over runs; exactly 0 everywhere when nothing starts.
/// @throws Error{shape_mismatch}    `start`, a weight or a probability has the wrong length.
/// @throws Error{invalid_value}     a probability outside [0, 1] or not finite, a negative or non-finite weight, link
///                                  data as in `linear`; the enterprise or link is named.
/// @throws Error{invalid_argument}  runs, level, quantiles or directions out of their domain.
/// @throws Error{cancelled}, std::bad_alloc.
/// @complexity O(n + m) once, then a word of 64 runs O(links out of hit enterprises · steps in which they are hit): one
///             Philox block for a try of a single run, two to three for one of 64. 8 m bytes downstream and 16 m
///             upstream; a thread and direction 48 n bytes, or 160 n where eight words go together, and up to 256 MiB
///             of draws.
/// @numerics   Counts are whole numbers and weights 62-bit fixed point: same bits for any thread count, and for runs
///             made in parts. Means and errors are double sums in the order of the runs. `index` is the mean share.
/// @threads    Reads only; concurrent calls on one `net` are safe.
/// @source     Kempe, Kleinberg & Tardos 2003, doi:10.1145/956750.956769, section 2; live edges: their claim 2.3.
/// @since 0.1, experimental.
[[nodiscard]] ContagionResult contagion(const Network& net, std::span<const double> start,
                                        const ContagionOptions& options = {}, const Control& control = {});

/// The same from certain sources: start is 1 for each of them, else 0. Repeats count once.
/// @throws Error{out_of_range} a source is beyond the network.
[[nodiscard]] ContagionResult contagion(const Network& net, std::span<const EnterpriseId> sources,
                                        const ContagionOptions& options = {}, const Control& control = {});

/// Two adjoining parts as one result, equal to the bit to that of all their runs made at once.
///
/// @param first, second  results of one network, start and options, with second.first_run = first.first_run +
///                       first.runs.
/// @throws Error{invalid_argument} seeds, levels, quantiles or directions differ, or the runs do not adjoin.
/// @throws Error{shape_mismatch}   the results are of networks of different size.
/// @complexity O(n + runs log runs).
/// @numerics   Statistics are taken anew over all runs.
/// @threads    Reads only.
/// @source     Definition.
/// @since 0.1, experimental.
[[nodiscard]] ContagionResult merge(const ContagionResult& first, const ContagionResult& second);

}  // namespace v1
}  // namespace chainqual

#ifndef CHAINQUAL_COMPILED
#include "chainqual/impact/contagion-inl.hpp"
#endif
