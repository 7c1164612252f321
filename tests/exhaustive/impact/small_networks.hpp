#pragma once

// Every network of a few enterprises, or one of each kind where their names are not to matter.

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "unit/impact/networks.hpp"

namespace impact_test {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// Ordered pairs of n enterprises, row by row; with each and itself where `self`.
inline Pairs pairs_of(std::uint32_t n, bool self = false) {
  Pairs pairs;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      if (i != j || self) pairs.emplace_back(i, j);
    }
  }
  return pairs;
}

/// State of each pair, by its place in `pairs_of`; 0: no link.
using States = std::vector<std::uint8_t>;

/// Calls visit(states, code) for every assignment of `count` states to the pairs; returns how many there are.
template <class Visit>
std::uint64_t for_every_network(std::uint32_t n, std::uint8_t count, bool self, Visit&& visit) {
  States states(pairs_of(n, self).size(), 0);
  for (std::uint64_t code = 0;; ++code) {
    visit(std::as_const(states), code);
    std::size_t place = 0;
    while (place < states.size() && ++states[place] == count) states[place++] = 0;
    if (place == states.size()) return code + 1;
  }
}

/// For every renaming, the pair that takes the place of each pair; without self-supply.
inline std::vector<std::vector<std::size_t>> renamings(std::uint32_t n) {
  const Pairs pairs = pairs_of(n);
  std::vector<std::uint32_t> name(n);
  std::iota(name.begin(), name.end(), 0U);
  std::vector<std::vector<std::size_t>> all;
  do {
    std::vector<std::size_t> place;
    for (const auto& [i, j] : pairs) {
      const std::pair<std::uint32_t, std::uint32_t> renamed{name[i], name[j]};
      place.push_back(static_cast<std::size_t>(std::find(pairs.begin(), pairs.end(), renamed) - pairs.begin()));
    }
    all.push_back(std::move(place));
  } while (std::next_permutation(name.begin(), name.end()));
  return all;
}

/// As `for_every_network`, but of networks that differ by names alone only the least is visited. Returns how many
/// networks the visited ones stand for, which must be all.
template <class Visit>
std::uint64_t for_every_kind(std::uint32_t n, std::uint8_t count, Visit&& visit) {
  const auto names = renamings(n);
  std::uint64_t represented = 0;
  for_every_network(n, count, false, [&](const States& states, std::uint64_t code) {
    std::uint64_t unchanged = 0;
    for (const auto& place : names) {
      std::size_t p = 0;
      while (p < states.size() && states[place[p]] == states[p]) ++p;
      if (p == states.size()) {
        ++unchanged;
      } else if (states[place[p]] < states[p]) {
        return;
      }
    }
    represented += names.size() / unchanged;
    visit(states, code);
  });
  return represented;
}

/// The network whose links in state s hold value_of(s, place).
template <class ValueOf>
Table table_of(std::uint32_t n, const States& states, bool self, ValueOf&& value_of) {
  Table table(n);
  const Pairs pairs = pairs_of(n, self);
  for (std::size_t place = 0; place < pairs.size(); ++place) {
    if (states[place] == 0) continue;
    table.cell(pairs[place].first, pairs[place].second) = value_of(states[place], place);
  }
  return table;
}

}  // namespace impact_test
