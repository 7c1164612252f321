#pragma once

// DebtRank by dense double loops, every step over all pairs.

#include <algorithm>
#include <cstdint>
#include <vector>

namespace impact_test {

struct DenseDistress {
  std::vector<std::vector<double>> losses;  ///< after every step, the shock at place 0
  double last_change = 0;
  bool converged = false;
};

/// exposure[j][i]: of j to i. The product is kept in memory, so that no compiler fuses it into the sum.
inline DenseDistress dense_distress(const std::vector<std::vector<double>>& exposure, const std::vector<double>& shock,
                                    bool once, double tolerance, std::size_t max_steps) {
  const std::size_t n = shock.size();
  DenseDistress out;
  out.losses.push_back(shock);
  std::vector<double> before(n, 0.0);
  std::vector<int> hit_at(n, -1);
  bool anyone = false;
  for (std::size_t v = 0; v < n; ++v) {
    if (shock[v] > 0) hit_at[v] = 0, anyone = true;
  }
  out.converged = !anyone;
  for (std::size_t t = 0; !out.converged && t < max_steps; ++t) {
    const std::vector<double> now = out.losses.back();
    std::vector<double> next = now;
    out.last_change = 0;
    bool newly = false;
    for (std::size_t j = 0; j < n; ++j) {
      double sum = 0;
      for (std::size_t i = 0; i < n; ++i) {
        const bool hands_on = once ? hit_at[i] == static_cast<int>(t) : true;
        const double what = once ? now[i] : now[i] - before[i];
        const volatile double term = hands_on ? std::min(1.0, exposure[j][i]) * what : 0;
        sum += term;
      }
      next[j] = std::min(1.0, now[j] + sum);
      out.last_change = std::max(out.last_change, next[j] - now[j]);
      if (next[j] > 0 && hit_at[j] < 0) hit_at[j] = static_cast<int>(t) + 1, newly = true;
    }
    before = now;
    out.losses.push_back(next);
    out.converged = once ? !newly : out.last_change <= tolerance;
  }
  return out;
}

}  // namespace impact_test
