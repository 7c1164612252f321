#pragma once

// The daily simulation as its definition reads, with a number for every pair of enterprises. Slow; shares no code with
// the library.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "unit/impact/networks.hpp"

namespace impact_test {

enum class PlainRule { proportional, households_last, lowest_first };

struct PlainDynamics {
  using Real = long double;
  Table table{0};
  std::vector<std::uint32_t> kind;  ///< of goods; Network::none: its own
  std::vector<double> stock_days, final_demand;
  std::vector<std::vector<double>> lost;  ///< [day][enterprise]
  double tau = 6;
  PlainRule rule = PlainRule::proportional;
  bool all_needed = false;

  // Results, by day and enterprise.
  std::vector<std::vector<double>> level, asked, stocks_allow;
  std::vector<double> unmet_final, unmet_orders, stocks;  ///< by day, value a year, stocks times days a year
  Real worst_balance = 0;                                 ///< delivered against min(produced, ordered), absolute
  Real worst_excess = 0;                                  ///< most that a link, or final demand, got beyond its order

  using Square = std::vector<std::vector<Real>>;

  [[nodiscard]] Real use(std::size_t i, std::size_t j) const {  // of j's goods by i
    return std::max(0.0F, table.cell(static_cast<std::uint32_t>(j), static_cast<std::uint32_t>(i)).value);
  }
  [[nodiscard]] bool alike(std::size_t a, std::size_t b) const {
    return a == b || (!all_needed && kind[a] == kind[b] && kind[a] != 0xFFFFFFFFU);
  }

  void run() {
    const std::size_t n = table.size;
    std::vector<Real> usual(n);
    for (std::size_t i = 0; i < n; ++i) {
      usual[i] = final_demand[i];
      for (std::size_t j = 0; j < n; ++j) usual[i] += use(j, i);
    }
    Square stock(n, std::vector<Real>(n));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) stock[i][j] = stock_days[i] * use(i, j);
    }
    std::vector<Real> before(n, 1);
    Square used(n, std::vector<Real>(n, 0));
    Square delivered = used;
    for (const auto& loss : lost) {
      Square order(n, std::vector<Real>(n, 0));
      Real held = 0;
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
          stock[i][j] = std::max<Real>(0, stock[i][j] + delivered[i][j] - used[i][j]);
          held += stock[i][j];
          const Real want = use(i, j) * before[i];
          order[i][j] = std::max<Real>(0, want + (stock_days[i] * want - stock[i][j]) / tau);
        }
      }
      level.emplace_back(n), asked.emplace_back(n), stocks_allow.emplace_back(n);
      stocks.push_back(static_cast<double>(held));
      unmet_final.push_back(0), unmet_orders.push_back(0);
      for (std::size_t i = 0; i < n; ++i) {
        one_enterprise(i, loss[i], usual[i], stock, order, before, used, delivered);
      }
    }
  }

 private:
  void one_enterprise(std::size_t i, double loss, Real usual, const Square& stock, const Square& order,
                      std::vector<Real>& before, Square& used, Square& delivered) {
    const std::size_t n = table.size;
    Real from_firms = 0;
    for (std::size_t j = 0; j < n; ++j) from_firms += order[j][i];
    const Real demand = from_firms + final_demand[i];
    // What it could make if nothing but its stocks held it back, as a multiple of the usual.
    Real allowed = 1e30L;
    for (std::size_t j = 0; j < n; ++j) {
      Real need = 0;
      Real have = 0;
      for (std::size_t k = 0; k < n; ++k) {
        if (!alike(j, k)) continue;
        need += use(i, k);
        have += stock[i][k];
      }
      if (need > 0) allowed = std::min(allowed, have / need);
    }
    const Real relative_demand = usual > 0 ? demand / usual : 1;
    const Real share = std::min({relative_demand, 1 - static_cast<Real>(loss), allowed});
    level.back()[i] = static_cast<double>(share);
    asked.back()[i] = static_cast<double>(relative_demand);
    stocks_allow.back()[i] = static_cast<double>(allowed);
    before[i] = share;
    for (std::size_t j = 0; j < n; ++j) {
      Real need = 0;
      Real have = 0;
      for (std::size_t k = 0; k < n; ++k) {
        if (!alike(j, k)) continue;
        need += use(i, k);
        have += stock[i][k];
      }
      used[i][j] = have > 0 ? need * share * stock[i][j] / have : 0;
    }
    const Real made = share * usual;
    const Real to_final = deal(i, made, demand, from_firms, order, delivered);
    Real to_firms = 0;
    for (std::size_t j = 0; j < n; ++j) {
      to_firms += delivered[j][i];
      worst_excess = std::max(worst_excess, delivered[j][i] - order[j][i]);
    }
    worst_excess = std::max(worst_excess, to_final - final_demand[i]);
    unmet_final.back() += static_cast<double>(final_demand[i] - to_final);
    unmet_orders.back() += static_cast<double>(from_firms - to_firms);
    worst_balance = std::max(worst_balance, std::abs(to_firms + to_final - std::min(made, demand)));
  }

  /// Fills the column of deliveries by i and returns what final demand gets.
  Real deal(std::size_t i, Real made, Real demand, Real from_firms, const Square& order, Square& delivered) const {
    const std::size_t n = table.size;
    const auto all = [&](Real factor) {
      for (std::size_t j = 0; j < n; ++j) delivered[j][i] = order[j][i] * factor;
    };
    if (made >= demand || demand == 0) {
      all(1);
      return final_demand[i];
    }
    if (rule == PlainRule::proportional) {
      all(made / demand);
      return final_demand[i] * made / demand;
    }
    if (rule == PlainRule::households_last) {
      all(from_firms > made ? made / from_firms : 1);
      return std::max<Real>(0, made - from_firms);
    }
    // The level is found by halving: the definition says which it is, not how to find it.
    Real low = 0;
    Real high = 1e6L;
    for (int step = 0; step < 200; ++step) {
      const Real middle = (low + high) / 2;
      Real sum = final_demand[i] * std::min<Real>(1, middle);
      for (std::size_t j = 0; j < n; ++j) sum += std::min(order[j][i], use(j, i) * middle);
      (sum < made ? low : high) = middle;
    }
    for (std::size_t j = 0; j < n; ++j) delivered[j][i] = std::min(order[j][i], use(j, i) * low);
    return final_demand[i] * std::min<Real>(1, low);
  }
};

/// By day, what inputs (upstream: orders) and capacity withhold from the target.
inline std::vector<double> withheld(const PlainDynamics& run, bool downstream, std::size_t target) {
  std::vector<double> loss;
  for (std::size_t day = 0; day < run.lost.size(); ++day) {
    const double other = (downstream ? run.stocks_allow : run.asked)[day][target];
    loss.push_back(std::max(0.0, 1 - std::min(1 - run.lost[day][target], other)));
  }
  return loss;
}

}  // namespace impact_test
