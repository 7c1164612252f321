// Mitigation under every model beside the linear one: tables changed by hand, the plain definitions run on them, every
// subset of measures looked at.

#include <gtest/gtest.h>

#include <array>
#include <functional>

#include "chainqual/impact/mitigation.hpp"
#include "oracle/impact/cascade_dense.hpp"
#include "oracle/impact/contagion_runs.hpp"
#include "oracle/impact/distress_steps.hpp"
#include "oracle/impact/dynamics_plain.hpp"
#include "oracle/impact/inoperability_days.hpp"
#include "oracle/impact/mitigation_dense.hpp"

namespace mitigation_models_test {
namespace {

using namespace chainqual;
using impact_test::DenseCase;
using impact_test::Table;

constexpr double near = 2e-5;  // networks hold single precision
constexpr std::uint32_t horizon = 20;

/// Losses of one scenario by direction and combined.
using Losses = std::array<std::vector<double>, 3>;

/// Losses by a model on a chain under a shock that lasts, with stocks of so many days.
using Lose =
    std::function<Losses(const Table& table, const std::vector<double>& shock, const std::vector<double>& stock_days)>;

/// The changed chain. Links of all alternates are in it, so that they have the same numbers under every mask.
Table table_of(const DenseCase& c, std::uint32_t mask) {
  const auto changed = impact_test::dense_changed(c, mask);
  Table table(static_cast<std::uint32_t>(c.n));
  for (int i = 0; i < c.n; ++i) {
    for (int j = 0; j < c.n; ++j) {
      bool there = c.value(i, j) >= 0;
      for (const auto& m : c.measures) {
        there = there || (m.kind == MeasureKind::alternate && m.alternate == i && m.customer == j);
      }
      if (!there) continue;
      const double value = changed.value(i, j) < 1e-9 ? 0 : changed.value(i, j);
      table.link(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j), static_cast<float>(value),
                 static_cast<float>(changed.reach(i, j)));
    }
  }
  return table;
}

double loss_of(const DenseCase& c, std::uint32_t mask, const Lose& lose) {
  const Table table = table_of(c, mask);
  std::vector<double> stock_days(static_cast<std::size_t>(c.n), 2.0);
  for (std::size_t k = 0; k < c.measures.size(); ++k) {
    const auto& m = c.measures[k];
    if ((mask >> k & 1U) != 0 && m.kind == MeasureKind::stock) {
      stock_days[static_cast<std::size_t>(m.customer)] += m.amount;
    }
  }
  double total = 0;
  for (const auto& scenario : c.scenarios) {
    const Losses losses = lose(table, impact_test::dense_shock(c, mask, scenario), stock_days);
    const auto& counted = losses[c.counted == LossKind::downstream ? 0 : c.counted == LossKind::upstream ? 1 : 2];
    for (std::size_t v = 0; v < counted.size(); ++v) total += c.weight[v] * counted[v];
  }
  return total / static_cast<double>(c.scenarios.size());
}

/// Asks for the best choice and compares it, and each measure alone, with all subsets. Returns how many were chosen.
std::size_t compare(const DenseCase& c, const ModelOptions& model, double budget, const Lose& lose) {
  std::vector<double> losses;
  for (std::uint32_t mask = 0; mask < 1U << c.measures.size(); ++mask) losses.push_back(loss_of(c, mask, lose));
  MitigationOptions options;
  options.budget = budget;
  options.method = SelectionMethod::exact;
  options.counted = c.counted;
  options.model = model;
  const auto found = mitigate(dossier_of(c), measures_of(c), {}, options);
  std::uint32_t mask = 0;
  for (const ChosenMeasure& chosen : found.chosen) {
    mask |= 1U << chosen.measure;
    EXPECT_NEAR(chosen.loss, losses[mask], near);
  }
  EXPECT_NEAR(found.loss_before, losses[0], near);
  EXPECT_NEAR(found.loss_after, losses[mask], near);
  EXPECT_NEAR(found.avoided, impact_test::dense_best(losses, c, budget), 2 * near);
  EXPECT_TRUE(found.optimal);
  for (std::size_t k = 0; k < c.measures.size(); ++k) {
    EXPECT_NEAR(found.outcomes[k].avoided_alone, losses[0] - losses[std::size_t{1} << k], 2 * near);
  }
  return found.chosen.size();
}

/// Cases whose problems are the scenarios; made(round, case) gives the model and its definition.
void for_cases(int rounds, unsigned seed, bool escapes,
               const std::function<std::pair<ModelOptions, Lose>(int round, DenseCase& c)>& made) {
  std::mt19937_64 random(seed);
  std::size_t chosen = 0;
  for (int round = 0; round < rounds; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    impact_test::DenseKind kind;
    kind.acyclic = round % 3 == 0;
    DenseCase c = random_case(random, kind, 4 + round % 2, 4);
    if (!escapes) {
      c.escape.setConstant(std::nan(""));
      for (auto& m : c.measures) m.escape.reset();
    }
    c.counted = static_cast<LossKind>(round % 3);
    const double budget = 2 + static_cast<double>(random() % 6);
    const auto [model, lose] = made(round, c);
    chosen += compare(c, model, budget, lose);
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(chosen, static_cast<std::size_t>(rounds));
}

TEST(MitigationOracle, CascadeWithEssentialAndOrdinaryInputs) {
  for_cases(60, 11, true, [](int round, DenseCase& c) {
    const Need need = round % 2 == 0 ? Need::ordinary : Need::essential;
    ModelOptions model;
    model.model = Model::cascade;
    model.cascade.essentiality = Essentiality::all(need);
    model.cascade.final_demand.assign(static_cast<std::size_t>(c.n), 1.0);
    model.cascade.tolerance = cascade_tight_tolerance;
    const Lose lose = [need](const Table& table, const std::vector<double>& shock, const std::vector<double>&) {
      impact_test::CascadeCase dense(table);
      for (std::uint32_t v = 0; v < table.size; ++v) dense.sector[v] = v;
      std::fill(dense.need.begin(), dense.need.end(), static_cast<std::uint8_t>(need));
      dense.revenue = impact_test::sold(table);
      for (std::size_t v = 0; v < shock.size(); ++v) {
        dense.revenue[v] += 1;
        dense.psi_down[v] = dense.psi_up[v] = 1 - shock[v];
      }
      dense.epsilon = cascade_tight_tolerance;
      const auto end = impact_test::dense_cascade(dense);
      Losses losses;
      for (std::size_t v = 0; v < shock.size(); ++v) {
        losses[0].push_back(1 - end.down[v]);
        losses[1].push_back(1 - end.up[v]);
        losses[2].push_back(1 - std::min(end.down[v], end.up[v]));
      }
      return losses;
    };
    return std::pair{model, lose};
  });
}

/// Without escapes: whether they are part of an exposure is the model's matter, not that of a measure.
TEST(MitigationOracle, DistressOfBothForms) {
  for_cases(60, 12, false, [](int round, DenseCase&) {
    const bool once = round % 2 == 0;
    ModelOptions model;
    model.model = Model::distress;
    model.distress.variant = once ? DistressVariant::once : DistressVariant::unlimited;
    const Lose lose = [once](const Table& table, const std::vector<double>& shock, const std::vector<double>&) {
      Losses losses;
      for (const bool downstream : {true, false}) {
        const auto exposure = impact_test::inoperability_weights(table, downstream);
        losses[downstream ? 0 : 1] = impact_test::dense_distress(exposure, shock, once, 1e-9, 10'000).losses.back();
      }
      for (std::size_t v = 0; v < shock.size(); ++v) losses[2].push_back(std::max(losses[0][v], losses[1][v]));
      return losses;
    };
    return std::pair{model, lose};
  });
}

TEST(MitigationOracle, InoperabilityDayByDay) {
  for_cases(60, 13, true, [](int round, DenseCase& c) {
    ModelOptions model;
    model.model = Model::inoperability;
    model.inoperability.days = horizon;
    model.inoperability.capped = round % 2 == 0;
    model.inoperability.resilience.assign(static_cast<std::size_t>(c.n), 0.5);
    const Lose lose = [options = model.inoperability](const Table& table, const std::vector<double>& shock,
                                                      const std::vector<double>&) {
      const std::size_t n = shock.size();
      const impact_test::Rectangle forcing(horizon, shock);
      const auto days = [&](bool downstream) {
        return impact_test::inoperability_days(impact_test::inoperability_weights(table, downstream), forcing,
                                               std::vector<double>(n, 0.0), options.resilience, 1, options.capped);
      };
      const auto down = days(true);
      const auto up = days(false);
      Losses losses;
      losses.fill(std::vector<double>(n, 0.0));
      for (std::size_t day = 0; day < horizon; ++day) {
        for (std::size_t v = 0; v < n; ++v) {
          losses[0][v] += down[day][v] / horizon;
          losses[1][v] += up[day][v] / horizon;
          losses[2][v] += std::max(down[day][v], up[day][v]) / horizon;
        }
      }
      return losses;
    };
    return std::pair{model, lose};
  });
}

TEST(MitigationOracle, DynamicsWithStocksBesideAlternates) {
  for_cases(60, 14, true, [](int round, DenseCase& c) {
    impact_test::DenseMeasure stock;
    stock.kind = MeasureKind::stock;
    stock.customer = round % c.n;
    stock.amount = 1 + round % 4;
    stock.cost = 1;
    c.measures.push_back(stock);
    ModelOptions model;
    model.model = Model::dynamics;
    model.dynamics.days = horizon;
    model.dynamics.inputs = InputGroups::enterprise;
    model.dynamics.stock_days = 2;
    model.dynamics.final_demand.assign(static_cast<std::size_t>(c.n), 2.0);
    const Lose lose = [](const Table& table, const std::vector<double>& shock, const std::vector<double>& stock_days) {
      impact_test::PlainDynamics plain;
      plain.table = table;
      plain.all_needed = true;
      plain.kind.assign(table.size, 0);
      plain.stock_days = stock_days;
      plain.final_demand.assign(table.size, 2.0);
      plain.lost.assign(horizon, shock);
      plain.run();
      Losses losses;
      losses.fill(std::vector<double>(table.size, 0.0));
      for (std::size_t v = 0; v < shock.size(); ++v) {
        for (const double withheld : impact_test::withheld(plain, true, v)) losses[0][v] += withheld / horizon;
        for (const double withheld : impact_test::withheld(plain, false, v)) losses[1][v] += withheld / horizon;
        for (std::size_t day = 0; day < horizon; ++day) {
          losses[2][v] += std::max(0.0, 1 - plain.level[day][v]) / horizon;
        }
      }
      return losses;
    };
    return std::pair{model, lose};
  });
}

TEST(MitigationOracle, ContagionRunByRun) {
  for_cases(9, 15, true, [](int, DenseCase&) {
    ModelOptions model;
    model.model = Model::contagion;
    model.contagion.runs = 48;
    model.contagion.seed = 5;
    const Lose lose = [](const Table& table, const std::vector<double>& shock, const std::vector<double>&) {
      Losses losses;
      losses.fill(std::vector<double>(table.size, 0.0));
      const auto down = impact_test::dense_chances(table, true, {});
      const auto up = impact_test::dense_chances(table, false, {});
      for (std::uint64_t run = 0; run < 48; ++run) {
        const auto first = impact_test::one_run(down, shock, 5, run);
        const auto second = impact_test::one_run(up, shock, 5, run);
        for (std::size_t v = 0; v < shock.size(); ++v) {
          const bool hit_down = first[v] != impact_test::never;
          const bool hit_up = second[v] != impact_test::never;
          losses[0][v] += hit_down ? 1.0 / 48 : 0;
          losses[1][v] += hit_up ? 1.0 / 48 : 0;
          losses[2][v] += hit_down || hit_up ? 1.0 / 48 : 0;
        }
      }
      return losses;
    };
    return std::pair{model, lose};
  });
}

}  // namespace
}  // namespace mitigation_models_test
