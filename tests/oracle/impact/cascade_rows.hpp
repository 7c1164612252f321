#pragma once

// The cascade as it is defined, over lists of links in double precision: for networks too large for dense tables.
// Shares nothing with the library but the network that it reads.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "chainqual/chain/network.hpp"

namespace impact_test {

struct RowsCascade {
  std::vector<double> down, up;  // losses
  std::uint32_t steps = 0;
  double margin = 1;  // how near any step's largest fall came to ε

  double index(const std::vector<double>& v, bool use_down = true, bool use_up = true) const {
    double lost = 0, total = 0;
    for (std::size_t k = 0; k < v.size(); ++k) {
      lost += v[k] * std::max(use_down ? down[k] : 0.0, use_up ? up[k] : 0.0);
      total += v[k];
    }
    return total > 0 ? lost / total : 0;
  }
};

/// need(sector of the supplier, sector of the customer): 0, 1 or 2. Revenue empty: sales in the chain.
class CascadeByRows {
 public:
  template <class Need>
  CascadeByRows(const chainqual::Network& net, std::vector<std::uint32_t> sector, const Need& need,
                const std::vector<double>& revenue)
      : n_(net.enterprises()), sold(n_, 0.0), groups_(n_), orders_(n_) {
    struct Link {
      std::uint32_t from, to;
      double value;
    };
    std::vector<Link> links;
    std::vector<double> bought(n_, 0.0);
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> alike;  // (customer, sector) → bought
    for (std::uint32_t i = 0; i < n_; ++i) {
      for (auto l = net.out_offsets()[i]; l < net.out_offsets()[i + 1]; ++l) {
        const Link link{i, net.out_targets()[l], static_cast<double>(net.out_values()[l])};
        links.push_back(link);
        sold[i] += link.value;
        bought[link.to] += link.value;
        alike[{link.to, sector[i]}] += link.value;
      }
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, Group> essential;
    std::vector<Group> ordinary(n_);
    for (const Link& link : links) {
      const int kind = need(sector[link.from], sector[link.to]);
      if (kind == 2) {
        const auto key = std::pair(link.to, sector[link.from]);
        essential[key].push_back({link.from, link.value / alike[key]});
      }
      if (kind == 1) ordinary[link.to].push_back({link.from, link.value / bought[link.to]});
      orders_[link.from].push_back({link.to, link.value / (revenue.empty() ? sold[link.from] : revenue[link.from])});
    }
    for (const auto& [key, group] : essential) groups_[key.first].push_back(group);
    for (std::uint32_t j = 0; j < n_; ++j) groups_[j].push_back(ordinary[j]);
  }

  RowsCascade close(std::uint32_t closed, double epsilon) const {
    RowsCascade state;
    state.down.assign(n_, 0.0);
    state.down[closed] = 1;
    state.up = state.down;
    for (;;) {
      std::vector<double> down(n_), up(n_);
      double fall = 0;
      for (std::uint32_t j = 0; j < n_; ++j) {
        down[j] = j == closed ? 1 : 0;
        for (const Group& group : groups_[j]) down[j] = std::max(down[j], std::min(1.0, lack(group, state.down)));
        up[j] = std::max(j == closed ? 1.0 : 0.0, std::min(1.0, lack(orders_[j], state.up)));
        fall = std::max({fall, down[j] - state.down[j], up[j] - state.up[j]});
      }
      state.down = std::move(down);
      state.up = std::move(up);
      ++state.steps;
      state.margin = std::min(state.margin, std::abs(fall - epsilon));
      if (fall <= epsilon) return state;
    }
  }

 private:
  struct Part {
    std::uint32_t neighbour;
    double weight;
  };
  using Group = std::vector<Part>;

  static double lack(const Group& group, const std::vector<double>& loss) {
    double sum = 0;
    for (const Part& part : group) sum += part.weight * loss[part.neighbour];
    return sum;
  }

  std::uint32_t n_;

 public:
  std::vector<double> sold;

 private:
  std::vector<std::vector<Group>> groups_;
  std::vector<Group> orders_;
};

}  // namespace impact_test
