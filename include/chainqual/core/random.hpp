#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {

/// Philox4x64 with ten rounds: a function from (key, counter) to 256 random bits, without state.
///
/// Equal to numpy.random.Philox bit for bit: NumPy steps its counter before the first block, so
/// `numpy.random.Philox(key=[k0, k1], counter=[c0, c1, c2, c3]).random_raw(4)` is block({c0 + 1, c1, c2, c3}), the one
/// carried into c1 … c3 where c0 is the largest value.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11, section 3.3. No deviation.
class Philox {
 public:
  using Key = std::array<std::uint64_t, 2>;
  using Block = std::array<std::uint64_t, 4>;

  constexpr explicit Philox(Key key = {}) noexcept : key_(key) {}
  constexpr explicit Philox(std::uint64_t seed) noexcept : key_{seed, 0} {}

  [[nodiscard]] constexpr const Key& key() const noexcept { return key_; }
  /// The 256 bits that belong to `counter`. Pure; about 20 multiplications.
  [[nodiscard]] constexpr Block block(const Block& counter) const noexcept;

 private:
  Key key_;
};

/// A stream of random words that belongs to (seed, stream, scenario, entity) and to nothing else: whoever draws it, on
/// any thread and in any order, gets the same words. Word i is word i mod 4 of Philox(seed).block({i / 4, entity,
/// scenario, stream}).
///
/// In NumPy: `numpy.random.Generator(numpy.random.Philox(key=seed, counter=c))` with the 256-bit counter
/// `c = entity * 2**64 + scenario * 2**128 + stream * 2**192 - 1` (modulo 2**256) yields the same words and the same
/// random(). Meets std::uniform_random_bit_generator. One owner at a time; copy it to draw the same words twice.
class Stream {
 public:
  using result_type = std::uint64_t;

  constexpr explicit Stream(std::uint64_t seed, std::uint64_t stream = 0, std::uint64_t scenario = 0,
                            std::uint64_t entity = 0) noexcept
      : philox_(seed), counter_{0, entity, scenario, stream} {}

  [[nodiscard]] static constexpr std::uint64_t min() noexcept { return 0; }
  [[nodiscard]] static constexpr std::uint64_t max() noexcept { return std::numeric_limits<std::uint64_t>::max(); }
  /// The next word.
  constexpr std::uint64_t operator()() noexcept;
  /// Makes word `index` the next one. O(1).
  constexpr void seek(std::uint64_t index) noexcept;

  /// Uniform on [0, 1): k · 2^−53, k from the word's upper 53 bits; NumPy's Generator.random(). One word.
  constexpr double uniform() noexcept;
  /// Uniform on (0, 1): (k + 1/2) · 2^−53 rounded to a double, and never 0 or 1. One word.
  constexpr double uniform_open() noexcept;
  /// Uniform on 0 … bound − 1, without bias; 0 for bound 0. One word, seldom more.
  /// Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019, algorithm 5. No
  /// deviation.
  constexpr std::uint64_t below(std::uint64_t bound) noexcept;

 private:
  Philox philox_;
  Philox::Block counter_;  ///< of the block after buffer_
  Philox::Block buffer_{};
  unsigned used_ = 4;  ///< words of buffer_ that are spent
};

// The distributions below use log, exp and sqrt of the platform. The words are the same everywhere; a variate may
// differ in its last bits between C libraries, or where a compiler contracts a · b + c. On one machine and build it
// never differs.

/// The standard normal quantile: x with Phi(x) = p.
///
/// @param p  0 < p < 1; 0 and 1 give −inf and +inf, other values NaN.
/// @throws none.
/// @complexity  O(1).
/// @numerics Relative error below 1e-15 over the doubles of (0, 1), 16 digits by construction.
/// @threads  Pure.
/// @source  Wichura, algorithm AS 241 (PPND16), Applied Statistics 37(3), 1988. No deviation.
/// @since 0.1, experimental.
[[nodiscard]] double normal_quantile(double p) noexcept;

/// Standard normal variate by inversion: one word, rising in it, so that two runs with common random numbers stay in
/// step.
[[nodiscard]] double normal(Stream& random) noexcept;

/// Exponential variate of mean 1, by inversion: −log(1 − u). One word.
[[nodiscard]] double exponential(Stream& random) noexcept;

/// exp(location + scale · normal). One word. The mean is exp(location + scale² / 2).
[[nodiscard]] double log_normal(Stream& random, double location, double scale) noexcept;

/// Gamma variate of the given shape and scale 1.
///
/// @param random  the stream to draw from; takes a varying number of words, two or three as a rule.
/// @param shape   1e-300 … 1e300.
/// @return the variate; for shapes below about 0.003 it may be too small for a double and become 0.
/// @throws Error{invalid_value} shape is outside these bounds.
/// @complexity  O(1) expected.
/// @numerics Platform's log, exp, sqrt; see the note above.
/// @threads  One owner of `random`.
/// @source  Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3), 2000; for shape < 1
/// its
///          note (shape + 1 times u^(1/shape)). Deviation: normals by inversion, and the squeeze step is left out.
/// @since 0.1, experimental.
[[nodiscard]] double gamma(Stream& random, double shape);

/// A point of the simplex with Dirichlet(shapes) distribution.
///
/// @param random  the stream to draw from.
/// @param shapes  [k] 1e-300 … 1e300, k >= 1.
/// @param shares  [k] out, >= 0, with sum 1 up to rounding; may alias `shapes`.
/// @throws Error{shape_mismatch} the lengths differ or are 0.
/// @throws Error{invalid_value}  a shape is outside these bounds. On any throw `shares` and `random` are unchanged.
/// @complexity  O(k) expected.
/// @numerics Normalised in logarithms, so that tiny shapes do not end in 0/0.
/// @threads  One owner of `random`.
/// @source  Definition: independent gammas over their sum.
/// @since 0.1, experimental.
void dirichlet(Stream& random, std::span<const double> shapes, std::span<double> shares);

/// Whole numbers with P(k) proportional to k^−exponent on lowest … cap: a truncated power law, sampled by table.
///
/// with_mean() reaches a wanted mean by choosing `lowest` and lowering the weight of that one number, so that every
/// number above it still follows the pure law; a mean too small even for lowest = 1 is reached by giving 0 the missing
/// weight.
class PowerLaw {
 public:
  /// @throws Error{invalid_value} exponent not finite, lowest = 0, lowest > cap, or cap > 2^20.
  PowerLaw(double exponent, std::uint32_t lowest, std::uint32_t cap);

  /// @param exponent  finite.
  /// @param cap       1 … 2^20.
  /// @param mean      0 < mean <= cap.
  /// @throws Error{invalid_value} outside these bounds.
  /// @complexity  O(cap) time and space.
  /// @numerics mean() meets `mean` to about 1e-9; thresholds have 32 bits, so that C libraries agree on them.
  /// @threads  none.
  /// @source  Definition, no paper.
  /// @since 0.1, experimental.
  [[nodiscard]] static PowerLaw with_mean(double exponent, std::uint32_t cap, double mean);

  /// The number that belongs to a random word: the least k whose cumulative probability passes it. O(1) on average.
  [[nodiscard]] std::uint32_t at(std::uint64_t word) const noexcept;
  [[nodiscard]] std::uint32_t operator()(Stream& random) const noexcept { return at(random()); }
  [[nodiscard]] double mean() const noexcept { return mean_; }
  [[nodiscard]] std::uint32_t lowest() const noexcept { return lowest_; }
  [[nodiscard]] std::uint32_t cap() const noexcept;

 private:
  PowerLaw(double exponent, std::uint32_t lowest, std::uint32_t cap, double weight_of_lowest);

  std::uint32_t lowest_;
  std::vector<std::uint32_t> below_;  ///< [i]: P(k <= lowest + i) · 2^32, rounded, less one
  std::vector<std::uint32_t> start_;  ///< where the search for a word's upper byte begins
  double mean_ = 0;
};

}  // namespace v1
}  // namespace chainqual

#include "chainqual/core/random-inl.hpp"
