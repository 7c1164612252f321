#pragma once

// Mitigation written out over dense tables: measures change tables and shocks by hand, every subset is looked at.
// Shares no code with the library's choice, networks or placing.

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "chainqual/impact/mitigation.hpp"
#include "oracle/impact/dense.hpp"

namespace impact_test {

/// A measure by number of enterprise and problem; stock: `amount` days at the customer.
struct DenseMeasure {
  chainqual::MeasureKind kind = chainqual::MeasureKind::alternate;
  int supplier = 0, customer = 0, alternate = 0;
  double amount = 0;
  std::optional<double> escape;
  std::vector<int> problems;
  double cost = 0;
};

struct DenseShock {
  int enterprise = 0;
  double magnitude = 0;
  int problem = -1;  // whose it is
};

/// Everything in plain tables; NaN: not given.
struct DenseCase {
  int n = 0;
  Eigen::MatrixXd value, dependency, escape;  // (supplier, customer); value < 0: no link
  std::vector<double> weight;
  std::vector<std::vector<int>> problem_seats;
  std::vector<chainqual::Grade> problem_grade;
  std::vector<std::vector<DenseShock>> scenarios;
  std::vector<DenseMeasure> measures;
  bool capped = true;
  chainqual::LossKind counted = chainqual::LossKind::combined;
};

inline double grade_magnitude(chainqual::Grade grade) {
  // Middle of the bands 1 … 2.5 … 4 … 5, less 1, by 4.
  if (grade == chainqual::Grade::critical) return 0.875;
  return grade == chainqual::Grade::important ? 0.5625 : 0.1875;
}

/// Flows, and by how much a supplier's loss reaches a customer: dependency · escape.
struct DenseChanged {
  Eigen::MatrixXd value;
  Eigen::MatrixXd reach;
};

/// The chain with the measures of `mask`.
inline DenseChanged dense_changed(const DenseCase& c, std::uint32_t mask) {
  const auto taken = [&](std::size_t k) { return (mask >> k & 1U) != 0; };
  Eigen::MatrixXd value = c.value.cwiseMax(0.0);
  Eigen::MatrixXd reach = Eigen::MatrixXd::Zero(c.n, c.n);
  Eigen::MatrixXd depends = Eigen::MatrixXd::Zero(c.n, c.n);
  for (int i = 0; i < c.n; ++i) {
    for (int j = 0; j < c.n; ++j) {
      if (c.value(i, j) < 0) continue;
      const double bought = value.col(j).sum();
      depends(i, j) = std::isnan(c.dependency(i, j)) ? (bought > 0 ? value(i, j) / bought : 0) : c.dependency(i, j);
      reach(i, j) = depends(i, j) * (std::isnan(c.escape(i, j)) ? 1 : c.escape(i, j));
    }
  }
  const Eigen::MatrixXd value0 = value;
  const Eigen::MatrixXd reach0 = reach;
  Eigen::MatrixXd drawn = depends;  // dependency with the measures; a link holds 1 at most
  for (std::size_t k = 0; k < c.measures.size(); ++k) {
    const DenseMeasure& m = c.measures[k];
    if (!taken(k) || m.kind != chainqual::MeasureKind::alternate) continue;
    double together = 0;
    for (std::size_t other = 0; other < c.measures.size(); ++other) {
      const DenseMeasure& o = c.measures[other];
      const bool same = o.kind == m.kind && o.supplier == m.supplier && o.customer == m.customer;
      if (taken(other) && same) together += o.amount;
    }
    const double share = m.amount / std::max(1.0, together);
    const double own = c.escape(m.alternate, m.customer);
    const double present = c.escape(m.supplier, m.customer);
    double escape = std::isnan(present) ? 1 : present;
    if (c.value(m.alternate, m.customer) >= 0 && !std::isnan(own)) escape = own;
    if (m.escape) escape = *m.escape;
    value(m.supplier, m.customer) -= share * value0(m.supplier, m.customer);
    value(m.alternate, m.customer) += share * value0(m.supplier, m.customer);
    drawn(m.supplier, m.customer) -= share * depends(m.supplier, m.customer);
    drawn(m.alternate, m.customer) += share * depends(m.supplier, m.customer);
    reach(m.supplier, m.customer) -= share * reach0(m.supplier, m.customer);
    reach(m.alternate, m.customer) += share * depends(m.supplier, m.customer) * escape;
  }
  reach = reach.cwiseQuotient(drawn.cwiseMax(1.0));
  return {value, reach};
}

/// The shocks of a scenario with the measures of `mask`, by enterprise.
inline std::vector<double> dense_shock(const DenseCase& c, std::uint32_t mask,
                                       const std::vector<DenseShock>& scenario) {
  std::vector<double> working(static_cast<std::size_t>(c.n), 1.0);
  for (const DenseShock& shock : scenario) {
    double magnitude = shock.magnitude;
    for (std::size_t k = 0; k < c.measures.size(); ++k) {
      const auto& solved = c.measures[k].problems;
      const bool taken = (mask >> k & 1U) != 0;
      if (taken && std::find(solved.begin(), solved.end(), shock.problem) != solved.end()) {
        magnitude *= 1 - c.measures[k].amount;
      }
    }
    working[static_cast<std::size_t>(shock.enterprise)] *= 1 - magnitude;
  }
  std::vector<double> shock;
  for (const double share : working) shock.push_back(1 - share);
  return shock;
}

/// Mean loss by the linear model with the measures of `mask`.
inline double dense_loss(const DenseCase& c, std::uint32_t mask) {
  const auto [value, reach] = dense_changed(c, mask);
  Eigen::MatrixXd sales = Eigen::MatrixXd::Zero(c.n, c.n);
  for (int i = 0; i < c.n; ++i) {
    const double sold = value.row(i).sum();
    if (sold > 1e-12) sales.row(i) = value.row(i) / sold;
  }
  double total = 0;
  for (const auto& scenario : c.scenarios) {
    const std::vector<double> shock = dense_shock(c, mask, scenario);
    const auto solve = [&](const Eigen::MatrixXd& matrix) -> Eigen::VectorXd {
      if (c.capped) return dense_capped(matrix, shock);
      const Eigen::MatrixXd left = Eigen::MatrixXd::Identity(c.n, c.n) - matrix;
      return left.partialPivLu().solve(to_eigen(shock));
    };
    Eigen::VectorXd loss;
    if (c.counted != chainqual::LossKind::upstream) loss = solve(reach.transpose());
    if (c.counted == chainqual::LossKind::upstream) loss = solve(sales);
    if (c.counted == chainqual::LossKind::combined) loss = loss.cwiseMax(solve(sales));
    total += to_eigen(c.weight).dot(loss);
  }
  return total / static_cast<double>(c.scenarios.size());
}

/// Most that can be avoided for `budget`, by looking at every subset.
inline double dense_best(const std::vector<double>& losses, const DenseCase& c, double budget) {
  double best = 0;
  for (std::uint32_t mask = 0; mask < losses.size(); ++mask) {
    double cost = 0;
    for (std::size_t k = 0; k < c.measures.size(); ++k) cost += (mask >> k & 1U) != 0 ? c.measures[k].cost : 0;
    if (cost <= budget + 1e-9) best = std::max(best, losses[0] - losses[mask]);
  }
  return best;
}

inline std::vector<double> dense_losses(const DenseCase& c) {
  std::vector<double> losses;
  for (std::uint32_t mask = 0; mask < 1U << c.measures.size(); ++mask) losses.push_back(dense_loss(c, mask));
  return losses;
}

inline std::string name_of(int enterprise) {
  return "E" + std::to_string(enterprise);
}
inline std::string problem_name(int problem) {
  return "Q" + std::to_string(problem);
}

/// The same chain as people give it.
inline chainqual::Dossier dossier_of(const DenseCase& c) {
  chainqual::Dossier dossier;
  for (int v = 0; v < c.n; ++v) {
    chainqual::Enterprise enterprise;
    enterprise.id = enterprise.name = name_of(v);
    enterprise.weight = c.weight[static_cast<std::size_t>(v)];
    dossier.chain.add_enterprise(enterprise);
  }
  for (int i = 0; i < c.n; ++i) {
    for (int j = 0; j < c.n; ++j) {
      if (c.value(i, j) < 0) continue;
      chainqual::Link link;
      link.value = c.value(i, j);
      if (!std::isnan(c.dependency(i, j))) link.dependency = c.dependency(i, j);
      if (!std::isnan(c.escape(i, j))) link.escape = c.escape(i, j);
      dossier.chain.add_link(name_of(i), name_of(j), link);
    }
  }
  for (std::size_t q = 0; q < c.problem_seats.size(); ++q) {
    chainqual::Problem problem;
    problem.number = problem.name = problem_name(static_cast<int>(q));
    problem.declared = c.problem_grade[q];
    for (const int seat : c.problem_seats[q]) problem.enterprises.push_back(name_of(seat));
    dossier.problems.push_back(problem);
  }
  return dossier;
}

inline std::vector<chainqual::Measure> measures_of(const DenseCase& c) {
  std::vector<chainqual::Measure> out;
  for (const DenseMeasure& m : c.measures) {
    chainqual::Measure measure;
    measure.kind = m.kind;
    measure.cost = m.cost;
    if (m.kind == chainqual::MeasureKind::alternate) {
      measure.alternate = {name_of(m.customer), name_of(m.supplier), name_of(m.alternate), m.amount, m.escape};
    } else if (m.kind == chainqual::MeasureKind::stock) {
      measure.stock = {name_of(m.customer), m.amount};
    } else {
      measure.project.effect = m.amount;
      for (const int q : m.problems) measure.project.problems.push_back(problem_name(q));
    }
    out.push_back(std::move(measure));
  }
  return out;
}

/// The scenarios as data; none where they are the problems one by one.
inline std::vector<chainqual::Scenario> scenarios_of(const DenseCase& c, bool problems_one_by_one) {
  std::vector<chainqual::Scenario> out;
  if (problems_one_by_one) return out;
  for (const auto& shocks : c.scenarios) {
    chainqual::Scenario scenario;
    std::vector<int> told;
    for (const DenseShock& each : shocks) {
      if (each.problem >= 0 && std::find(told.begin(), told.end(), each.problem) != told.end()) continue;
      told.push_back(each.problem);
      chainqual::ScenarioShock shock;
      shock.kind = each.problem >= 0 ? chainqual::TargetKind::problem : chainqual::TargetKind::enterprise;
      shock.target = each.problem >= 0 ? problem_name(each.problem) : name_of(each.enterprise);
      shock.magnitude = each.magnitude;
      scenario.shocks.push_back(shock);
    }
    out.push_back(std::move(scenario));
  }
  return out;
}

/// What a random case is like.
struct DenseKind {
  bool acyclic = false;
  bool alternates = true;
  bool projects = true;
  bool one_by_one = true;    // scenarios are the problems
  bool disjoint = false;     // no two problems sit at one enterprise
  bool full_shocks = false;  // problems stop their seats altogether
};

inline DenseCase random_case(std::mt19937_64& random, const DenseKind& kind, int n, std::size_t measures) {
  std::uniform_real_distribution<double> unit(0, 1);
  const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  DenseCase c;
  c.n = n;
  c.value = Eigen::MatrixXd::Constant(n, n, -1);
  c.dependency = c.escape = Eigen::MatrixXd::Constant(n, n, std::nan(""));
  for (int i = 0; i < n; ++i) {
    c.weight.push_back(0.1 + unit(random));
    for (int j = 0; j < n; ++j) {
      if (i == j || (kind.acyclic && i > j) || unit(random) < 0.55) continue;
      c.value(i, j) = static_cast<float>(0.2 + 3 * unit(random));
      if (unit(random) < 0.5) c.dependency(i, j) = static_cast<float>(unit(random) / n);
      if (unit(random) < 0.4) c.escape(i, j) = static_cast<float>(unit(random));
    }
  }
  const int problems = 3 + pick(3);
  for (int q = 0; q < problems; ++q) {
    std::vector<int> seats{kind.disjoint ? q % n : pick(n)};
    if (!kind.disjoint && unit(random) < 0.4 && (seats[0] + 1) % n != seats[0]) seats.push_back((seats[0] + 1) % n);
    std::sort(seats.begin(), seats.end());
    c.problem_seats.push_back(seats);
    c.problem_grade.push_back(static_cast<chainqual::Grade>(1 + pick(3)));
  }
  const auto add_problem = [&](std::vector<DenseShock>& shocks, int q, double magnitude) {
    for (const int seat : c.problem_seats[static_cast<std::size_t>(q)]) shocks.push_back({seat, magnitude, q});
  };
  if (kind.one_by_one) {
    for (int q = 0; q < problems; ++q) {
      c.scenarios.emplace_back();
      add_problem(c.scenarios.back(), q, grade_magnitude(c.problem_grade[static_cast<std::size_t>(q)]));
    }
  } else {
    for (int s = 0; s < 2; ++s) {
      c.scenarios.emplace_back();
      for (int q = 0; q < problems; ++q) {
        if (unit(random) < 0.7) add_problem(c.scenarios.back(), q, kind.full_shocks ? 1.0 : 0.4 * unit(random));
      }
      if (!kind.disjoint) c.scenarios.back().push_back({pick(n), 0.3 * unit(random), -1});
      if (c.scenarios.back().empty()) add_problem(c.scenarios.back(), 0, 0.3);
    }
  }
  for (int tries = 0; c.measures.size() < measures && tries < 400; ++tries) {
    DenseMeasure m;
    m.cost = 0.5 + 3 * unit(random);
    if (kind.projects && (!kind.alternates || c.measures.size() % 5 < 2)) {
      m.kind = chainqual::MeasureKind::project;
      m.amount = unit(random) < 0.4 ? 1 : unit(random);
      m.problems.push_back(pick(problems));
      if (const int more = pick(problems); more > m.problems[0] && unit(random) < 0.5) m.problems.push_back(more);
    } else if (kind.alternates) {
      m.supplier = pick(n);
      m.customer = pick(n);
      m.alternate = pick(n);
      const bool fits = m.supplier != m.customer && m.alternate != m.customer && m.alternate != m.supplier &&
                        c.value(m.supplier, m.customer) >= 0 && !(kind.acyclic && m.alternate > m.customer);
      if (!fits) continue;
      m.amount = unit(random) < 0.2 ? 1 : unit(random);
      if (unit(random) < 0.3) m.escape = static_cast<float>(unit(random));
    }
    const bool known = std::any_of(c.measures.begin(), c.measures.end(), [&](const DenseMeasure& other) {
      return other.kind == m.kind && other.amount == m.amount && other.problems == m.problems &&
             other.supplier == m.supplier && other.customer == m.customer && other.alternate == m.alternate;
    });
    if (!known) c.measures.push_back(m);
  }
  return c;
}

}  // namespace impact_test
