#pragma once

// Small networks for the tests of impact, made without the library's builder.

#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "chainqual/chain/network.hpp"

namespace impact_test {

inline constexpr float not_given = std::numeric_limits<float>::quiet_NaN();

/// One cell of a dense table of links; value < 0: no link.
struct Cell {
  float value = -1;
  float dependency = not_given;
  float escape = not_given;
};

/// A network as an n × n table: cell(i, j) is the link from supplier i to customer j.
struct Table {
  explicit Table(std::uint32_t n) : size(n), cells(static_cast<std::size_t>(n) * n) {}
  std::uint32_t size;
  std::vector<Cell> cells;
  std::vector<double> weight;
  std::vector<std::uint32_t> segment;

  Cell& cell(std::uint32_t i, std::uint32_t j) { return cells[static_cast<std::size_t>(i) * size + j]; }
  const Cell& cell(std::uint32_t i, std::uint32_t j) const { return cells[static_cast<std::size_t>(i) * size + j]; }
  Table& link(std::uint32_t i, std::uint32_t j, float value, float dependency = not_given, float escape = not_given) {
    cell(i, j) = {value, dependency, escape};
    return *this;
  }
};

/// Arrays behind a network.
struct Arrays {
  std::vector<std::uint64_t> out_offsets, in_offsets;
  std::vector<std::uint32_t> out_targets, in_sources, segment;
  std::vector<float> out_values, in_values, dependency, escape;
  std::vector<double> weight;
};

inline chainqual::Network network(const Table& table, chainqual::PartsCheck check = chainqual::PartsCheck::full) {
  auto held = std::make_shared<Arrays>();
  Arrays& a = *held;
  const std::uint32_t n = table.size;
  bool any_dependency = false;
  bool any_escape = false;
  a.out_offsets.push_back(0);
  a.in_offsets.push_back(0);
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      const Cell& out = table.cell(i, j);
      if (!(out.value < 0)) {
        a.out_targets.push_back(j);
        a.out_values.push_back(out.value);
        a.dependency.push_back(out.dependency);
        a.escape.push_back(out.escape);
        any_dependency = any_dependency || !std::isnan(out.dependency);
        any_escape = any_escape || !std::isnan(out.escape);
      }
      const Cell& in = table.cell(j, i);
      if (!(in.value < 0)) {
        a.in_sources.push_back(j);
        a.in_values.push_back(in.value);
      }
    }
    a.out_offsets.push_back(a.out_targets.size());
    a.in_offsets.push_back(a.in_sources.size());
  }
  if (!any_dependency) a.dependency.clear();
  if (!any_escape) a.escape.clear();
  a.weight = table.weight;
  a.segment = table.segment;
  chainqual::NetworkParts parts;
  parts.enterprises = n;
  parts.out_offsets = a.out_offsets;
  parts.out_targets = a.out_targets;
  parts.out_values = a.out_values;
  parts.in_offsets = a.in_offsets;
  parts.in_sources = a.in_sources;
  parts.in_values = a.in_values;
  parts.dependency = a.dependency;
  parts.escape = a.escape;
  parts.weight = a.weight;
  parts.segment = a.segment;
  parts.owner = held;
  return chainqual::Network::from_parts(std::move(parts), check);
}

/// What a random network is like.
struct Random {
  std::uint32_t enterprises = 20;
  double density = 0.15;
  bool acyclic = false;
  double given = 0.5;   ///< share of links with a dependency
  double strength = 1;  ///< factor on dependencies, and the escape of every link when below 1
  bool self = false;
};

inline Table random_table(std::mt19937_64& random, const Random& kind) {
  std::uniform_real_distribution<double> unit(0, 1);
  Table table(kind.enterprises);
  std::vector<std::uint32_t> order(kind.enterprises);
  for (std::uint32_t k = 0; k < kind.enterprises; ++k) order[k] = k;
  std::shuffle(order.begin(), order.end(), random);
  for (std::uint32_t a = 0; a < kind.enterprises; ++a) {
    for (std::uint32_t b = 0; b < kind.enterprises; ++b) {
      if ((kind.acyclic && a >= b) || (a == b && !kind.self) || unit(random) >= kind.density) continue;
      Cell cell;
      cell.value = unit(random) < 0.05 ? 0.0F : static_cast<float>(std::exp(2 * unit(random)));
      if (unit(random) < kind.given) cell.dependency = static_cast<float>(kind.strength * unit(random));
      if (kind.strength < 1) {
        cell.escape = static_cast<float>(kind.strength);
      } else if (unit(random) < 0.3) {
        cell.escape = static_cast<float>(unit(random));
      }
      table.cell(order[a], order[b]) = cell;
    }
  }
  return table;
}

inline std::vector<double> random_shock(std::mt19937_64& random, std::uint32_t n, double share = 0.3) {
  std::uniform_real_distribution<double> unit(0, 1);
  std::vector<double> shock(n, 0.0);
  for (double& s : shock) {
    if (unit(random) < share) s = unit(random);
  }
  return shock;
}

}  // namespace impact_test
