#pragma once

// Dynamic inoperability by dense double loops, written from the equation.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "unit/impact/networks.hpp"

namespace impact_test {

using Rectangle = std::vector<std::vector<double>>;

/// a*[i][j] of downstream (what supplier j hands on to i) or upstream; rows are those who are hit.
inline Rectangle inoperability_weights(const Table& table, bool downstream) {
  const std::uint32_t n = table.size;
  Rectangle a(n, std::vector<double>(n, 0.0));
  for (std::uint32_t i = 0; i < n; ++i) {
    double sum = 0;
    for (std::uint32_t j = 0; j < n; ++j) {
      sum += std::max(0.0, static_cast<double>(downstream ? table.cell(j, i).value : table.cell(i, j).value));
    }
    for (std::uint32_t j = 0; j < n; ++j) {
      const auto& cell = downstream ? table.cell(j, i) : table.cell(i, j);
      if (cell.value < 0) continue;
      a[i][j] = sum > 0 ? static_cast<double>(cell.value) / sum : 0;
      if (!downstream) continue;
      if (!std::isnan(cell.dependency)) a[i][j] = static_cast<double>(cell.dependency);
      if (!std::isnan(cell.escape)) a[i][j] *= static_cast<double>(cell.escape);
    }
  }
  return a;
}

/// [day][enterprise] q at the beginning of each day, and after the last.
inline Rectangle inoperability_days(const Rectangle& a, const Rectangle& forcing, const std::vector<double>& initial,
                                    const std::vector<double>& k, std::uint32_t steps_per_day, bool capped) {
  const std::size_t n = a.size();
  Rectangle days{initial};
  std::vector<double> q = initial;
  for (const auto& c : forcing) {
    for (std::uint32_t step = 0; step < steps_per_day; ++step) {
      std::vector<double> next(n);
      for (std::size_t i = 0; i < n; ++i) {
        double pull = c[i] - q[i];
        for (std::size_t j = 0; j < n; ++j) pull += a[i][j] * q[j];
        next[i] = q[i] + k[i] * pull / steps_per_day;
        if (capped) next[i] = std::min(1.0, next[i]);
      }
      q = next;
    }
    days.push_back(q);
  }
  return days;
}

}  // namespace impact_test
