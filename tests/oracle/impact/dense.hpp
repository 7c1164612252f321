#pragma once

// Slow, obvious answers over dense tables, sharing nothing with the library.

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <vector>

#include "unit/impact/networks.hpp"

namespace impact_test {

/// M(i, j): how much of j's loss arrives at i.
inline Eigen::MatrixXd dense_matrix(const Table& table, bool downstream) {
  const int n = static_cast<int>(table.size);
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(n, n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      const Cell& cell = table.cell(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j));
      if (cell.value < 0) continue;
      double bought = 0;
      double sold = 0;
      for (int k = 0; k < n; ++k) {
        const double to_j = table.cell(static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(j)).value;
        const double from_i = table.cell(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(k)).value;
        if (to_j > 0) bought += to_j;
        if (from_i > 0) sold += from_i;
      }
      if (downstream) {
        double d = bought > 0 ? cell.value / bought : 0;
        if (!std::isnan(cell.dependency)) d = cell.dependency;
        if (!std::isnan(cell.escape)) d *= cell.escape;
        matrix(j, i) = d;
      } else {
        matrix(i, j) = sold > 0 ? cell.value / sold : 0;
      }
    }
  }
  return matrix;
}

inline Eigen::VectorXd to_eigen(const std::vector<double>& values) {
  return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

/// Least fixed point of x = min(1, s + M x): plain iteration from s long enough to see who is capped, then a dense
/// solve for the rest, accepted only if it satisfies the equations; else plain iteration to the end.
inline Eigen::VectorXd dense_capped(const Eigen::MatrixXd& matrix, const std::vector<double>& shock) {
  const Eigen::VectorXd s = to_eigen(shock);
  const Eigen::Index n = s.size();
  Eigen::VectorXd x = s;
  for (int step = 0; step < 20'000'000; ++step) {
    const Eigen::VectorXd next = (s + matrix * x).cwiseMin(1.0);
    const double change = (next - x).cwiseAbs().maxCoeff();
    x = next;
    if (change == 0 || (step > 200'000 && change < 1e-15)) return x;
    if (step % 500 != 499) continue;
    std::vector<Eigen::Index> free;
    for (Eigen::Index v = 0; v < n; ++v) {
      if (x[v] < 1 && x[v] > 0) free.push_back(v);
    }
    const auto size = static_cast<Eigen::Index>(free.size());
    Eigen::MatrixXd block = Eigen::MatrixXd::Identity(size, size);
    Eigen::VectorXd right(size);
    for (Eigen::Index a = 0; a < size; ++a) {
      right[a] = s[free[static_cast<std::size_t>(a)]];
      for (Eigen::Index v = 0; v < n; ++v) {
        if (x[v] >= 1) right[a] += matrix(free[static_cast<std::size_t>(a)], v);
      }
      for (Eigen::Index b = 0; b < size; ++b) {
        block(a, b) -= matrix(free[static_cast<std::size_t>(a)], free[static_cast<std::size_t>(b)]);
      }
    }
    const Eigen::VectorXd solved = block.partialPivLu().solve(right);
    Eigen::VectorXd candidate = x;
    for (Eigen::Index a = 0; a < size; ++a) candidate[free[static_cast<std::size_t>(a)]] = solved[a];
    const bool plausible = candidate.allFinite() && candidate.minCoeff() >= 0 && candidate.maxCoeff() <= 1;
    const Eigen::VectorXd image = (s + matrix * candidate).cwiseMin(1.0);
    if (plausible && (image - candidate).cwiseAbs().maxCoeff() < 1e-13 && (candidate - x).minCoeff() > -1e-12 &&
        (candidate - x).maxCoeff() < 1e-4) {
      return candidate;
    }
  }
  return x;
}

inline double dense_radius(const Eigen::MatrixXd& matrix) {
  return matrix.size() == 0 ? 0 : matrix.eigenvalues().cwiseAbs().maxCoeff();
}

}  // namespace impact_test
