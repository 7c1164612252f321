#pragma once

// Worth of sets as plain tables over all subsets, and the best of them by looking at each: shares nothing with the
// library's ways of choosing.

#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "chainqual/impact/selection.hpp"

namespace impact_test {

/// worth[mask] for every subset of `items` items.
struct SetTable {
  std::uint32_t items = 0;
  std::vector<double> worth;
  std::vector<double> cost;

  [[nodiscard]] static std::uint32_t mask_of(const chainqual::ItemSet& set) {
    std::uint32_t mask = 0;
    for (const std::uint32_t item : set) mask |= 1U << item;
    return mask;
  }
  [[nodiscard]] chainqual::WorthOf as_worth() const {
    return [this](std::span<const chainqual::ItemSet> sets, const chainqual::Control&) {
      std::vector<double> out;
      for (const auto& set : sets) out.push_back(worth[mask_of(set)]);
      return out;
    };
  }
  [[nodiscard]] double cost_of(std::uint32_t mask) const {
    double sum = 0;
    for (std::uint32_t k = 0; k < items; ++k) sum += (mask >> k & 1U) != 0 ? cost[k] : 0;
    return sum;
  }
  /// The most that `budget` can buy, beyond the empty set's worth.
  [[nodiscard]] double best(double budget) const {
    double most = 0;
    for (std::uint32_t mask = 0; mask < worth.size(); ++mask) {
      if (cost_of(mask) <= budget + 1e-9) most = std::max(most, worth[mask] - worth[0]);
    }
    return most;
  }
};

enum class Growth { constant, diminishing, growing, any };

/// A random table of a kind. `whole` prices are small whole numbers, so that sums are exact and ties are common.
inline SetTable random_table_of_sets(std::mt19937_64& random, std::uint32_t items, Growth growth, bool whole) {
  std::uniform_real_distribution<double> unit(0, 1);
  SetTable table;
  table.items = items;
  for (std::uint32_t k = 0; k < items; ++k) {
    table.cost.push_back(whole ? static_cast<double>(random() % 6) : 0.2 + 5 * unit(random));
  }
  const std::uint32_t size = 1U << items;
  table.worth.assign(size, 0.0);
  if (growth == Growth::any) {
    for (double& worth : table.worth) worth = 4 * unit(random) - 2;
    return table;
  }
  // Ground elements with weights; an item holds some of them. Constant: one each. Diminishing: covered by any holder.
  // Growing: needs every one of its holders.
  const std::uint32_t ground = growth == Growth::constant ? items : 2 * items;
  for (std::uint32_t g = 0; g < ground; ++g) {
    std::uint32_t holders = 1U << (g % items);
    if (growth != Growth::constant) {
      for (std::uint32_t k = 0; k < items; ++k) holders |= unit(random) < 0.25 ? 1U << k : 0U;
    }
    // Binary fractions: sums are exact, so equal gains are equal to the bit.
    const double weight = static_cast<double>(random() % (whole ? 8U : 4096U)) / (whole ? 1 : 1024);
    for (std::uint32_t mask = 0; mask < size; ++mask) {
      const bool counts = growth == Growth::growing ? (mask & holders) == holders : (mask & holders) != 0;
      if (counts) table.worth[mask] += weight;
    }
  }
  return table;
}

}  // namespace impact_test
