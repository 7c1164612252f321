#pragma once

#include <cstdint>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/executor.hpp"

namespace chainqual {
inline namespace v1 {

/// How many shortest supply paths pass each enterprise: b(v) = Σ over s ≠ v ≠ t of (shortest paths from s to t through
/// v) / (shortest paths from s to t). Links count 1 each; values do not matter.
///
/// @param network  n enterprises, m links.
/// @param control  executor, cancellation, progress.
/// @returns [n], unnormalised; divide by (n − 1)(n − 2) for shares of pairs.
/// @throws Error{overflow} more shortest paths between two enterprises than a double counts (about 1.8e308).
/// @throws Error{cancelled}, std::bad_alloc.
/// @complexity O(n · m) time. Bytes a thread: 138 n, 8 for each enterprise and level that eight sources meet it at
///             (about 3 n of them, at most 8 n) and 9 for each link and level on their shortest paths (about m, at most
///             8 m), at most doubled by growth. For all: 40 n while sources are sorted, and max(64 n bytes, 32 MiB) of
///             partial sums.
/// @numerics Path counts and sums in double. Sources are put in an order and dealt to groups, both of which depend on
///           the network alone, and the groups' sums are added in order: same bits for any number of threads and any
///           instruction set.
/// @threads Reads only; sources run in parallel.
/// @source Brandes 2001, "A faster algorithm for betweenness centrality", section 4. Eight sources are searched at once
///         as in Then et al. 2014, "The more the merrier: efficient multi-source graph traversal", sections 3 and 4.
///         Ours: the search leaves the links on shortest paths behind, and only these are touched by numbers.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<double> betweenness(const Network& network, const Control& control = {});

struct BetweennessSampling {
  double error = 0.01;   ///< largest error of a share of pairs, in (0, 1)
  double failure = 0.1;  ///< probability that some enterprise is off by more, in (0, 1)
  std::uint64_t seed = 1;
};

struct SampledBetweenness {
  std::vector<double> values;  ///< [n] estimates, on the scale of `betweenness`
  double error = 0;            ///< with probability ≥ 1 − failure no value is off by more than this, same scale
  std::uint64_t samples = 0;   ///< shortest paths drawn
  std::uint64_t longest_path_bound = 0;  ///< no shortest path has more enterprises than this
};

/// Betweenness estimated from random shortest paths, with a bound that holds for all enterprises at once.
///
/// Draws r = ⌈(1 / 2ε²) (⌊log2(D − 2)⌋ + 1 + ln(1/δ))⌉ ordered pairs uniformly, one shortest path of each uniformly,
/// and counts the enterprises inside it; the share of samples is off by at most ε for all enterprises with probability
/// ≥ 1 − δ. D bounds the enterprises on a shortest path: 1 + the longest way through the components, where a component
/// costs the greatest distances to and from one of its members. Where D ≤ 2 no enterprise lies inside any path.
///
/// @param network   n enterprises, m links.
/// @param sampling  ε, δ and the seed.
/// @param control   executor, cancellation, progress.
/// @throws Error{invalid_value} ε or δ outside (0, 1).
/// @throws Error{overflow} as betweenness.
/// @throws Error{cancelled}, std::bad_alloc.
/// @complexity O(r · links met by a search from both ends) time, in the worst case O(r · m); 40 n bytes a thread.
/// @numerics Hits are whole numbers: same bits for any number of threads. One random stream per sample.
/// @threads Reads only; samples run in parallel.
/// @source Riondato & Kornaropoulos 2016, "Fast approximation of betweenness centrality through sampling", theorem 1
/// with
///         c = 1/2; two-sided breadth-first search as in Borassi & Natale 2019 (KADABRA). Deviation: D for directed
///         graphs.
/// @since 0.1, experimental.
[[nodiscard]] SampledBetweenness sampled_betweenness(const Network& network, const BetweennessSampling& sampling = {},
                                                     const Control& control = {});

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/betweenness-inl.hpp"
#include "chainqual/chain/betweenness_sampling-inl.hpp"
