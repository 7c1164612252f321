#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "chainqual/core/random.hpp"

namespace chainqual {
inline namespace v1 {
namespace detail {

__extension__ typedef unsigned __int128 product128;

constexpr std::uint64_t upper_half(product128 product) noexcept {
  return static_cast<std::uint64_t>(product >> 64);
}

/// Horner's rule, highest power first.
template <std::size_t N>
inline double polynomial(const std::array<double, N>& coefficients, double x) noexcept {
  double sum = coefficients[0];
  for (std::size_t i = 1; i < N; ++i) sum = sum * x + coefficients[i];
  return sum;
}

/// Within these bounds log(u) / shape stays finite for every u that can be drawn.
inline bool is_gamma_shape(double value) noexcept {
  return value >= 1e-300 && value <= 1e300;
}

[[noreturn]] inline void throw_bad_shape(double shape) {
  const std::string shown = std::to_string(shape);
  throw Error(ErrorCode::invalid_value, {"分布的形状参数必须在 1e-300 到 1e300 之间，实际为 " + shown + "。",
                                         "A shape parameter must lie between 1e-300 and 1e300; it is " + shown + "."});
}

/// log of a gamma variate; exact where the variate itself would be too small for a double.
inline double log_gamma_variate(Stream& random, double shape) noexcept {
  if (shape < 1) {
    const double boost = std::log(random.uniform_open()) / shape;
    return log_gamma_variate(random, shape + 1) + boost;
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double x = normal(random);
    const double root = 1.0 + c * x;
    const double u = random.uniform_open();  // drawn before the test, so that every trial takes two words
    if (root <= 0) continue;
    const double v = root * root * root;
    const double log_v = 3.0 * std::log(root);
    if (std::log(u) < 0.5 * x * x + d - d * v + d * log_v) return std::log(d) + log_v;
  }
}

}  // namespace detail

constexpr Philox::Block Philox::block(const Block& counter) const noexcept {
  Block x = counter;
  Key k = key_;
  for (int round = 0; round < 10; ++round) {
    const auto first = static_cast<detail::product128>(x[0]) * 0xD2E7470EE14C6C93U;
    const auto second = static_cast<detail::product128>(x[2]) * 0xCA5A826395121157U;
    x = {detail::upper_half(second) ^ x[1] ^ k[0], static_cast<std::uint64_t>(second),
         detail::upper_half(first) ^ x[3] ^ k[1], static_cast<std::uint64_t>(first)};
    k[0] += 0x9E3779B97F4A7C15U;  // the golden ratio's and sqrt(3) − 1's fractions, the paper's key schedule
    k[1] += 0xBB67AE8584CAA73BU;
  }
  return x;
}

constexpr std::uint64_t Stream::operator()() noexcept {
  if (used_ == 4) {
    buffer_ = philox_.block(counter_);
    ++counter_[0];
    used_ = 0;
  }
  return buffer_[used_++];
}

constexpr void Stream::seek(std::uint64_t index) noexcept {
  counter_[0] = index / 4;
  used_ = 4;
  for (std::uint64_t skipped = 0; skipped < index % 4; ++skipped) (*this)();
}

constexpr double Stream::uniform() noexcept {
  return static_cast<double>((*this)() >> 11) * 0x1p-53;
}

constexpr double Stream::uniform_open() noexcept {
  // From 2^52 on, k + 1/2 takes 54 bits and rounds to even; only k = 2^53 − 1 would round to 1.
  const std::uint64_t k = (*this)() >> 11;
  constexpr std::uint64_t last = (std::uint64_t{1} << 53) - 1;
  return k == last ? 1.0 - 0x1p-53 : (static_cast<double>(k) + 0.5) * 0x1p-53;
}

constexpr std::uint64_t Stream::below(std::uint64_t bound) noexcept {
  auto product = static_cast<detail::product128>((*this)()) * bound;
  if (static_cast<std::uint64_t>(product) < bound) {
    const std::uint64_t rejected = bound == 0 ? 0 : (0 - bound) % bound;
    while (static_cast<std::uint64_t>(product) < rejected) {
      product = static_cast<detail::product128>((*this)()) * bound;
    }
  }
  return detail::upper_half(product);
}

inline double normal_quantile(double p) noexcept {
  if (!(p > 0 && p < 1)) {
    if (p == 0) return -std::numeric_limits<double>::infinity();
    if (p == 1) return std::numeric_limits<double>::infinity();
    return std::numeric_limits<double>::quiet_NaN();
  }
  constexpr std::array<double, 8> a{2509.0809287301226727, 33430.575583588128105, 67265.770927008700853,
                                    45921.953931549871457, 13731.693765509461125, 1971.5909503065514427,
                                    133.14166789178437745, 3.387132872796366608};
  constexpr std::array<double, 8> b{
      5226.495278852545925,  28729.085735721942674, 39307.89580009271061,  21213.794301586595867,
      5394.1960214247511077, 687.1870074920579083,  42.313330701600911252, 1.0};
  constexpr std::array<double, 8> c{7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1,
                                    1.27045825245236838258,   3.64784832476320460504,    5.7694972214606914055,
                                    4.6303378461565452959,    1.42343711074968357734};
  constexpr std::array<double, 8> d{
      1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
      6.8976733498510000455e-1,  1.6763848301838038494,   2.05319162663775882187,    1.0};
  constexpr std::array<double, 8> e{2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3,
                                    2.6532189526576123093e-2,  2.9656057182850489123e-1,  1.7848265399172913358,
                                    5.4637849111641143699,     6.6579046435011037772};
  constexpr std::array<double, 8> f{
      2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
      1.48753612908506148525e-2,  1.3692988092273580531e-1, 5.9983220655588793769e-1, 1.0};
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * detail::polynomial(a, r) / detail::polynomial(b, r);
  }
  const double r = std::sqrt(-std::log(q < 0 ? p : 1.0 - p));
  const double x = r <= 5.0 ? detail::polynomial(c, r - 1.6) / detail::polynomial(d, r - 1.6)
                            : detail::polynomial(e, r - 5.0) / detail::polynomial(f, r - 5.0);
  return q < 0 ? -x : x;
}

inline double normal(Stream& random) noexcept {
  return normal_quantile(random.uniform_open());
}

inline double exponential(Stream& random) noexcept {
  return -std::log1p(-random.uniform_open());
}

inline double log_normal(Stream& random, double location, double scale) noexcept {
  return std::exp(location + scale * normal(random));
}

inline double gamma(Stream& random, double shape) {
  if (!detail::is_gamma_shape(shape)) detail::throw_bad_shape(shape);
  return std::exp(detail::log_gamma_variate(random, shape));
}

inline void dirichlet(Stream& random, std::span<const double> shapes, std::span<double> shares) {
  if (shapes.empty() || shapes.size() != shares.size()) {
    throw Error(ErrorCode::shape_mismatch, {"形状参数与结果的长度必须相等且不为零。",
                                            "The lengths of shapes and shares must be equal and not 0."});
  }
  for (const double shape : shapes) {
    if (!detail::is_gamma_shape(shape)) detail::throw_bad_shape(shape);
  }
  for (std::size_t i = 0; i < shapes.size(); ++i) shares[i] = detail::log_gamma_variate(random, shapes[i]);
  const double largest = *std::max_element(shares.begin(), shares.end());
  double sum = 0;
  for (double& share : shares) sum += (share = std::exp(share - largest));
  for (double& share : shares) share /= sum;
}

inline PowerLaw::PowerLaw(double exponent, std::uint32_t lowest, std::uint32_t cap)
    : PowerLaw(exponent, lowest, cap, 1.0) {
  if (lowest == 0)
    throw Error(ErrorCode::invalid_value, {"下限必须至少为 1。", "The lowest number must be at least 1."});
}

inline PowerLaw::PowerLaw(double exponent, std::uint32_t lowest, std::uint32_t cap, double weight_of_lowest)
    : lowest_(lowest) {
  if (!std::isfinite(exponent) || lowest > cap || cap > (1U << 20U)) {
    throw Error(ErrorCode::invalid_value,
                {"幂律分布需要有限的指数，以及 1 到 1048576 之间、不小于下限的上限。",
                 "A power law needs a finite exponent and a cap from 1 to 1048576, not below its lowest number."});
  }
  // Relative to the lowest number's weight, lest large exponents underflow.
  const double base = std::max(1.0, static_cast<double>(lowest));
  const auto weight = [&](std::uint32_t k) {
    const double pure = k == 0 ? 1.0 : std::pow(static_cast<double>(k) / base, -exponent);
    return k == lowest ? weight_of_lowest * pure : pure;
  };
  double total = 0;
  for (std::uint32_t k = lowest; k <= cap; ++k) total += weight(k);
  double sum = 0;
  double moment = 0;
  below_.reserve(cap - lowest + 1);
  for (std::uint32_t k = lowest; k <= cap; ++k) {
    sum += weight(k);
    moment += weight(k) * k;
    const double scaled = std::clamp(std::nearbyint(sum / total * 0x1p32), 1.0, 0x1p32);
    below_.push_back(static_cast<std::uint32_t>(static_cast<std::uint64_t>(scaled) - 1));
  }
  below_.back() = std::numeric_limits<std::uint32_t>::max();
  mean_ = moment / total;
  start_.resize(256);
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    start_[byte] =
        static_cast<std::uint32_t>(std::lower_bound(below_.begin(), below_.end(), byte << 24U) - below_.begin());
  }
}

inline PowerLaw PowerLaw::with_mean(double exponent, std::uint32_t cap, double mean) {
  if (!std::isfinite(exponent) || cap == 0 || cap > (1U << 20U) || !(mean > 0 && mean <= cap)) {
    throw Error(
        ErrorCode::invalid_value,
        {"幂律分布需要有限的指数、1 到 1048576 之间的上限，以及大于零且不超过上限的均值。",
         "A power law needs a finite exponent, a cap from 1 to 1048576, and a mean above 0 and not above the cap."});
  }
  // From the cap downwards, weight and moment of the numbers >= k; stop at the first k whose law has too small a mean.
  double total = 0;
  double moment = 0;
  for (std::uint32_t k = cap; k > 0; --k) {
    const double weight = std::pow(static_cast<double>(k) / cap, -exponent);
    if (moment + weight * k <= mean * (total + weight)) {
      // The share w of k's weight solves moment + w weight k = mean (total + w weight); total = 0 only for mean = cap.
      const double share = total == 0 ? 1.0 : (moment - mean * total) / (weight * (mean - k));
      return {exponent, k, cap, share};
    }
    total += weight;
    moment += weight * k;
  }
  // Even from 1 the mean is too large: 0 takes weight z with moment = mean (total + z), relative to the weight of 1.
  const double weight_of_one = std::pow(1.0 / cap, -exponent);
  return {exponent, 0, cap, (moment / mean - total) / weight_of_one};
}

inline std::uint32_t PowerLaw::at(std::uint64_t word) const noexcept {
  const auto probe = static_cast<std::uint32_t>(word >> 32);
  std::uint32_t i = start_[probe >> 24U];
  while (below_[i] < probe) ++i;
  return lowest_ + i;
}

inline std::uint32_t PowerLaw::cap() const noexcept {
  return lowest_ + static_cast<std::uint32_t>(below_.size()) - 1;
}

}  // namespace v1
}  // namespace chainqual
