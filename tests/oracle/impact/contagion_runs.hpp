#pragma once

// Contagion one run at a time: the draws digit by digit from their definition, queues over a dense table.

#include <cstdint>
#include <limits>
#include <vector>

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#endif
#include <Random123/philox.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#include "oracle/impact/dense.hpp"

namespace impact_test {

inline constexpr std::uint64_t link_stream = 0x6C696E6B;
inline constexpr std::uint64_t start_stream = 0x73746172;
inline constexpr int never = std::numeric_limits<int>::max();

/// Σ_k 2^−(k+1) · (bit run mod 64 of word k), k = 0 … 52; the words by the generator's authors' own code.
inline double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t run, std::uint64_t entity) {
  double sum = 0;
  double digit = 0.5;
  r123::Philox4x64::ctr_type words{};
  for (unsigned k = 0; k < 53; ++k, digit /= 2) {
    if (k % 4 == 0) words = r123::Philox4x64()({{k / 4, entity, run / 64, stream}}, {{seed, 0}});
    sum += static_cast<double>((words[k % 4] >> (run % 64)) & 1U) * digit;
  }
  return sum;
}

/// Chance that i hits j, over all pairs; links are numbered by supplier and customer.
struct DenseChances {
  std::uint32_t n;
  std::vector<double> chance;       ///< [i · n + j], 0 where no link
  std::vector<std::uint64_t> link;  ///< [i · n + j]
};

/// `given` is empty or by link.
inline DenseChances dense_chances(const Table& table, bool downstream, const std::vector<double>& given) {
  const std::uint32_t n = table.size;
  const auto matrix = dense_matrix(table, downstream);
  DenseChances out{n, std::vector<double>(std::size_t{n} * n, 0.0), std::vector<std::uint64_t>(std::size_t{n} * n, 0)};
  std::uint64_t link = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      if (table.cell(i, j).value < 0) continue;
      const std::uint32_t from = downstream ? i : j;
      const std::uint32_t to = downstream ? j : i;
      out.chance[std::size_t{from} * n + to] = given.empty() ? matrix(to, from) : given[link];
      out.link[std::size_t{from} * n + to] = link;
      ++link;
    }
  }
  return out;
}

/// Step at which each enterprise is hit in one run; `never` where it is not.
inline std::vector<int> one_run(const DenseChances& chances, const std::vector<double>& start, std::uint64_t seed,
                                std::uint64_t run, int max_steps = 0) {
  std::vector<int> step(chances.n, never);
  std::vector<std::uint32_t> newly;
  for (std::uint32_t v = 0; v < chances.n; ++v) {
    if (uniform(seed, start_stream, run, v) < start[v]) {
      step[v] = 0;
      newly.push_back(v);
    }
  }
  for (int now = 1; !newly.empty() && (max_steps == 0 || now <= max_steps); ++now) {
    std::vector<std::uint32_t> next;
    for (const auto from : newly) {
      for (std::uint32_t to = 0; to < chances.n; ++to) {
        const std::size_t place = std::size_t{from} * chances.n + to;
        if (step[to] != never || !(chances.chance[place] > 0)) continue;
        if (!(uniform(seed, link_stream, run, chances.link[place]) < chances.chance[place])) continue;
        step[to] = now;
        next.push_back(to);
      }
    }
    newly = next;
  }
  return step;
}

}  // namespace impact_test
