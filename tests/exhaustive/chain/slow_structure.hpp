#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "chainqual/chain/builder.hpp"

namespace chainqual::test {

/// A small directed graph as a matrix, with the definitions of structure written out slowly. Shares no code with the
/// kernels.
class SmallGraph {
 public:
  explicit SmallGraph(std::uint32_t n) : n_(n), links_(n, std::vector<bool>(n, false)) {}
  /// Bit k of `code` is the k-th ordered pair of different enterprises.
  SmallGraph(std::uint32_t n, std::uint64_t code) : SmallGraph(n) {
    for (std::uint32_t i = 0; i < n; ++i) {
      for (std::uint32_t j = 0; j < n; ++j) {
        if (i == j) continue;
        links_[i][j] = (code & 1U) != 0;
        code >>= 1U;
      }
    }
  }

  void link(std::uint32_t i, std::uint32_t j) { links_[i][j] = true; }
  [[nodiscard]] std::uint32_t size() const { return n_; }
  [[nodiscard]] bool has(std::uint32_t i, std::uint32_t j) const { return links_[i][j]; }

  [[nodiscard]] Network network() const {
    std::vector<std::uint32_t> supplier;
    std::vector<std::uint32_t> customer;
    for (std::uint32_t i = 0; i < n_; ++i) {
      for (std::uint32_t j = 0; j < n_; ++j) {
        if (!links_[i][j]) continue;
        supplier.push_back(i);
        customer.push_back(j);
      }
    }
    NetworkColumns columns;
    columns.enterprises = n_;
    columns.supplier = supplier;
    columns.customer = customer;
    return build_network(columns);
  }

  /// All that `from` reaches without entering `without`, themselves included.
  [[nodiscard]] std::vector<bool> reach(const std::vector<std::uint32_t>& from,
                                        std::optional<std::uint32_t> without = {}) const {
    std::vector<bool> seen(n_, false);
    std::vector<std::uint32_t> open;
    for (const auto v : from) {
      if (v != without && !seen[v]) {
        seen[v] = true;
        open.push_back(v);
      }
    }
    while (!open.empty()) {
      const auto v = open.back();
      open.pop_back();
      for (std::uint32_t w = 0; w < n_; ++w) {
        if (!links_[v][w] || w == without || seen[w]) continue;
        seen[w] = true;
        open.push_back(w);
      }
    }
    return seen;
  }
  [[nodiscard]] bool reaches(std::uint32_t i, std::uint32_t j) const { return reach({i})[j]; }
  [[nodiscard]] bool together(std::uint32_t i, std::uint32_t j) const { return reaches(i, j) && reaches(j, i); }

  /// Enterprises that only members of their own cycle, if any, reach.
  [[nodiscard]] std::vector<std::uint32_t> sources() const {
    std::vector<std::uint32_t> found;
    for (std::uint32_t v = 0; v < n_; ++v) {
      bool is_source = true;
      for (std::uint32_t u = 0; u < n_; ++u) is_source = is_source && (!reaches(u, v) || reaches(v, u));
      if (is_source) found.push_back(v);
    }
    return found;
  }

  /// Whether every path from the sources to j passes i, by taking i out.
  [[nodiscard]] bool dominates(std::uint32_t i, std::uint32_t j, const std::vector<std::uint32_t>& sources) const {
    return reach(sources)[j] && (i == j || !reach(sources, i)[j]);
  }

  /// Parts of the undirected view without `without`, and without the relation `cut`.
  [[nodiscard]] std::size_t parts(std::optional<std::uint32_t> without = {},
                                  std::optional<std::pair<std::uint32_t, std::uint32_t>> cut = {}) const {
    std::vector<bool> seen(n_, false);
    std::size_t count = 0;
    for (std::uint32_t root = 0; root < n_; ++root) {
      if (seen[root] || root == without) continue;
      ++count;
      std::vector<std::uint32_t> open{root};
      seen[root] = true;
      while (!open.empty()) {
        const auto v = open.back();
        open.pop_back();
        for (std::uint32_t w = 0; w < n_; ++w) {
          const bool related = links_[v][w] || links_[w][v];
          if (!related || w == without || seen[w] ||
              (cut && std::minmax(v, w) == std::minmax(cut->first, cut->second))) {
            continue;
          }
          seen[w] = true;
          open.push_back(w);
        }
      }
    }
    return count;
  }
  [[nodiscard]] bool is_alone(std::uint32_t v) const {
    for (std::uint32_t w = 0; w < n_; ++w) {
      if (w != v && (links_[v][w] || links_[w][v])) return false;
    }
    return true;
  }

  /// Betweenness by listing every shortest path.
  [[nodiscard]] std::vector<double> betweenness() const {
    std::vector<double> sums(n_, 0.0);
    for (std::uint32_t s = 0; s < n_; ++s) {
      for (std::uint32_t t = 0; t < n_; ++t) {
        if (s == t) continue;
        std::vector<std::vector<std::uint32_t>> paths{{s}};
        for (std::uint32_t length = 1; length < n_ && !paths.empty(); ++length) {
          std::vector<std::vector<std::uint32_t>> longer;
          std::vector<std::vector<std::uint32_t>> done;
          for (const auto& path : paths) {
            for (std::uint32_t w = 0; w < n_; ++w) {
              if (!links_[path.back()][w] || std::find(path.begin(), path.end(), w) != path.end()) continue;
              auto next = path;
              next.push_back(w);
              (w == t ? done : longer).push_back(std::move(next));
            }
          }
          if (!done.empty()) {
            for (const auto& path : done) {
              for (std::size_t k = 1; k + 1 < path.size(); ++k) sums[path[k]] += 1.0 / static_cast<double>(done.size());
            }
            break;
          }
          paths = std::move(longer);
        }
      }
    }
    return sums;
  }

 private:
  std::uint32_t n_;
  std::vector<std::vector<bool>> links_;
};

}  // namespace chainqual::test
