#pragma once

// The cascade as it is defined, over dense tables in double precision, sharing nothing with the library.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include "unit/impact/networks.hpp"

namespace impact_test {

/// Everything a cascade depends on; need(i, j) is 0, 1 or 2.
struct CascadeCase {
  explicit CascadeCase(Table made) : table(std::move(made)) {
    const std::size_t n = table.size;
    sector.assign(n, 0);
    need.assign(n * n, 2);
    psi_down.assign(n, 1.0);
    psi_up.assign(n, 1.0);
  }
  Table table;
  std::vector<std::uint32_t> sector;
  std::vector<std::uint8_t> need;     // [n × n] by pair of enterprises
  std::vector<double> revenue;        // [n] or empty
  std::vector<double> cost;           // [n] or empty
  std::vector<std::uint32_t> market;  // [n] or empty: nothing is replaceable
  std::vector<double> psi_down;
  std::vector<double> psi_up;
  double epsilon = 0.01;
  std::uint32_t max_steps = 10'000;
};

struct DenseCascade {
  std::vector<double> down, up;  // h
  std::uint32_t steps = 0;
  double last_fall = 0;
  bool converged = false;
  double margin = 1;  // how near any step's largest fall came to ε

  /// Σ v (1 − min(hᵈ, hᵘ)) / Σ v; with one direction alone where the other is left out.
  double index(const std::vector<double>& v, bool use_down = true, bool use_up = true) const {
    double lost = 0, total = 0;
    for (std::size_t k = 0; k < v.size(); ++k) {
      const double h = std::min(use_down ? down[k] : 1.0, use_up ? up[k] : 1.0);
      lost += v[k] * (1 - h);
      total += v[k];
    }
    return total > 0 ? lost / total : 0;
  }
};

inline double flow(const Table& table, std::uint32_t i, std::uint32_t j) {
  return std::max(0.0, static_cast<double>(table.cell(i, j).value));
}

inline std::vector<double> sold(const Table& table) {
  std::vector<double> sums(table.size, 0.0);
  for (std::uint32_t i = 0; i < table.size; ++i) {
    for (std::uint32_t j = 0; j < table.size; ++j) sums[i] += flow(table, i, j);
  }
  return sums;
}

inline std::vector<double> bought(const Table& table) {
  std::vector<double> sums(table.size, 0.0);
  for (std::uint32_t i = 0; i < table.size; ++i) {
    for (std::uint32_t j = 0; j < table.size; ++j) sums[j] += flow(table, i, j);
  }
  return sums;
}

inline DenseCascade dense_cascade(const CascadeCase& c) {
  const std::uint32_t n = c.table.size;
  const std::vector<double> o = sold(c.table);
  const std::vector<double> u = bought(c.table);
  std::vector<double> down_weight(std::size_t{n} * n, 0.0), up_weight(std::size_t{n} * n, 0.0);
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      const double w = flow(c.table, i, j);
      if (w == 0) continue;
      double alike = 0;
      for (std::uint32_t l = 0; l < n; ++l) alike += c.sector[l] == c.sector[i] ? flow(c.table, l, j) : 0;
      const std::uint8_t need = c.need[std::size_t{i} * n + j];
      double weight = need == 2 ? w / alike : need == 1 ? w / u[j] : 0;
      if (!c.cost.empty()) weight *= u[j] / c.cost[j];
      down_weight[std::size_t{i} * n + j] = weight;
      up_weight[std::size_t{i} * n + j] = w / (c.revenue.empty() ? o[i] : c.revenue[i]);
    }
  }
  DenseCascade state;
  state.down = c.psi_down;
  state.up = c.psi_up;
  while (state.steps < c.max_steps) {
    std::vector<double> sigma(n, 1.0);
    for (std::uint32_t i = 0; i < n && !c.market.empty(); ++i) {
      double left = 0;
      for (std::uint32_t l = 0; l < n; ++l) left += c.market[l] == c.market[i] ? o[l] * state.down[l] : 0;
      sigma[i] = left > 0 ? std::min(1.0, o[i] / left) : 1;
    }
    std::vector<double> down(n), up(n);
    double fall = 0;
    for (std::uint32_t j = 0; j < n; ++j) {
      std::map<std::uint32_t, double> essential;
      double ordinary = 0;
      for (std::uint32_t i = 0; i < n; ++i) {
        const double lack = sigma[i] * down_weight[std::size_t{i} * n + j] * (1 - state.down[i]);
        if (c.need[std::size_t{i} * n + j] == 2) essential[c.sector[i]] += lack;
        if (c.need[std::size_t{i} * n + j] == 1) ordinary += lack;
      }
      double h = std::min(c.psi_down[j], 1 - ordinary);
      for (const auto& entry : essential) h = std::min(h, 1 - entry.second);
      down[j] = std::max(0.0, h);
      double lost = 0;
      for (std::uint32_t k = 0; k < n; ++k) lost += up_weight[std::size_t{j} * n + k] * (1 - state.up[k]);
      up[j] = std::max(0.0, std::min(c.psi_up[j], 1 - lost));
      fall = std::max({fall, state.down[j] - down[j], state.up[j] - up[j]});
    }
    state.down = down;
    state.up = up;
    state.last_fall = fall;
    ++state.steps;
    state.margin = std::min(state.margin, std::abs(fall - c.epsilon));
    if (fall <= c.epsilon) {
      state.converged = true;
      break;
    }
  }
  return state;
}

/// A case with every option drawn at random.
inline CascadeCase random_cascade(unsigned seed, std::uint32_t most = 24) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  Random kind;
  kind.enterprises = 1 + static_cast<std::uint32_t>(random() % most);
  kind.density = 0.05 + 0.4 * unit(random);
  kind.acyclic = seed % 3 == 0;
  kind.self = seed % 7 == 1 && !kind.acyclic;
  kind.given = 0;
  CascadeCase c(random_table(random, kind));
  const std::uint32_t n = c.table.size;
  const auto sectors = 1 + static_cast<std::uint32_t>(random() % 6);
  for (auto& sector : c.sector) sector = static_cast<std::uint32_t>(random() % sectors);
  const auto o = sold(c.table);
  const auto u = bought(c.table);
  if (seed % 4 == 1) {
    for (std::uint32_t v = 0; v < n; ++v)
      c.revenue.push_back(o[v] + (unit(random) < 0.3 ? 0 : 5 * unit(random)) + 1e-3);
  }
  if (seed % 5 == 2) {
    for (std::uint32_t v = 0; v < n; ++v) c.cost.push_back(u[v] + (unit(random) < 0.3 ? 0 : 5 * unit(random)) + 1e-3);
  }
  if (seed % 3 == 1) {
    for (std::uint32_t v = 0; v < n; ++v) c.market.push_back(static_cast<std::uint32_t>(random() % 4));
  }
  for (std::uint32_t v = 0; v < n; ++v) {
    if (unit(random) < 0.2) c.psi_down[v] = unit(random) < 0.5 ? 0 : unit(random);
    if (unit(random) < 0.2) c.psi_up[v] = unit(random) < 0.5 ? 0 : unit(random);
  }
  c.epsilon = seed % 2 == 0 ? 0.01 : seed % 6 == 1 ? 1e-9 : 0.001;
  if (seed % 11 == 0) c.max_steps = 3;
  return c;
}

/// Needs by pair of sectors.
inline std::vector<std::uint8_t> draw_needs(CascadeCase& c, std::mt19937_64& random, std::uint32_t sectors) {
  std::vector<std::uint8_t> table(std::size_t{sectors} * sectors);
  for (auto& entry : table) entry = static_cast<std::uint8_t>(random() % 3);
  for (std::uint32_t i = 0; i < c.table.size; ++i) {
    for (std::uint32_t j = 0; j < c.table.size; ++j) {
      c.need[std::size_t{i} * c.table.size + j] = table[std::size_t{c.sector[i]} * sectors + c.sector[j]];
    }
  }
  return table;
}

/// Needs by link on top of what is there; `Essentiality::not_given` where nothing is said.
inline std::vector<std::uint8_t> draw_link_needs(CascadeCase& c, std::mt19937_64& random) {
  std::vector<std::uint8_t> column;
  for (std::uint32_t i = 0; i < c.table.size; ++i) {
    for (std::uint32_t j = 0; j < c.table.size; ++j) {
      if (c.table.cell(i, j).value < 0) continue;
      const auto drawn = static_cast<std::uint8_t>(random() % 4);
      column.push_back(drawn == 3 ? std::uint8_t{0xFF} : drawn);
      if (drawn != 3) c.need[std::size_t{i} * c.table.size + j] = drawn;
    }
  }
  return column;
}

}  // namespace impact_test
