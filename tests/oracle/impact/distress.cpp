// distress against dense double loops: equal to the bit, step by step.

#include "chainqual/impact/distress.hpp"

#include <gtest/gtest.h>

#include "oracle/impact/dense.hpp"
#include "oracle/impact/distress_steps.hpp"

namespace {

using chainqual::distress;
using chainqual::DistressOptions;
using chainqual::DistressRun;
using chainqual::DistressVariant;

using Square = std::vector<std::vector<double>>;

Square exposures(const impact_test::Table& table, bool downstream, const std::vector<double>& given) {
  const auto matrix = impact_test::dense_matrix(table, downstream);
  Square out(table.size, std::vector<double>(table.size, 0.0));
  std::size_t link = 0;
  for (std::uint32_t i = 0; i < table.size; ++i) {
    for (std::uint32_t j = 0; j < table.size; ++j) {
      if (table.cell(i, j).value < 0) continue;
      const std::uint32_t to = downstream ? j : i;
      const std::uint32_t from = downstream ? i : j;
      out[to][from] = given.empty() ? matrix(to, from) : given[link];
      ++link;
    }
  }
  return out;
}

void expect_equal(const DistressRun& run, const std::vector<double>& loss, const impact_test::DenseDistress& dense,
                  const std::vector<double>& weight) {
  EXPECT_EQ(loss, dense.losses.back());
  EXPECT_EQ(run.steps, dense.losses.size() - 1);
  EXPECT_EQ(run.converged, dense.converged);
  EXPECT_EQ(run.last_change, dense.last_change);
  ASSERT_EQ(run.history.size(), dense.losses.size());
  double all = 0;
  for (const double w : weight) all += w;
  std::vector<double> totals;
  for (const auto& losses : dense.losses) {
    double total = 0;
    for (std::size_t v = 0; v < weight.size(); ++v) total += weight[v] * losses[v];
    totals.push_back(total);
  }
  for (std::size_t t = 0; t < totals.size(); ++t) EXPECT_NEAR(run.history[t], totals[t], 1e-12 * (1 + all));
  EXPECT_NEAR(run.first, totals.front(), 1e-12 * (1 + all));
  EXPECT_NEAR(run.last, totals.back(), 1e-12 * (1 + all));
  EXPECT_NEAR(run.index, all > 0 ? (totals.back() - totals.front()) / all : 0, 1e-11);
  EXPECT_EQ(run.at_cap, static_cast<std::uint32_t>(std::count(loss.begin(), loss.end(), 1.0)));
}

TEST(DistressOracle, EveryStepIsThatOfDenseLoops) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> unit(0, 1);
    impact_test::Random kind;
    kind.enterprises = 1 + seed % 70;
    kind.density = 0.02 + 0.1 * unit(random);
    kind.acyclic = seed % 3 == 0;
    kind.self = seed % 4 == 1;
    kind.strength = seed % 2 == 0 ? 1 : 0.6;
    const auto table = impact_test::random_table(random, kind);
    const auto shock = impact_test::random_shock(random, table.size, seed % 5 == 0 ? 0.4 : 0.03);
    const auto net = impact_test::network(table);
    DistressOptions options;
    options.variant = seed % 2 == 0 ? DistressVariant::once : DistressVariant::unlimited;
    options.tolerance = seed % 7 == 0 ? 1e-3 : 1e-9;
    options.max_steps = seed % 11 == 0 ? 3 : 300;
    options.spectral_radius = seed % 10 == 0;
    for (std::uint32_t v = 0; v < table.size; ++v) options.weight.push_back(unit(random) < 0.1 ? 0 : unit(random));
    if (seed % 6 == 0) {
      for (std::uint64_t l = 0; l < net.links(); ++l) {
        options.downstream_exposure.push_back(2 * unit(random) * unit(random));
        options.upstream_exposure.push_back(unit(random) < 0.5 ? 0 : 0.3);
      }
    }
    const auto result = distress(net, shock, options);
    const auto dense = [&](bool downstream) {
      return impact_test::dense_distress(
          exposures(table, downstream, downstream ? options.downstream_exposure : options.upstream_exposure), shock,
          options.variant == DistressVariant::once, options.tolerance, options.max_steps);
    };
    expect_equal(result.downstream_run, result.downstream, dense(true), options.weight);
    expect_equal(result.upstream_run, result.upstream, dense(false), options.weight);
    double lost = 0;
    double all = 0;
    for (std::size_t v = 0; v < shock.size(); ++v) {
      EXPECT_EQ(result.combined[v], std::max(result.downstream[v], result.upstream[v]));
      lost += options.weight[v] * (result.combined[v] - shock[v]);
      all += options.weight[v];
    }
    EXPECT_NEAR(result.debtrank, all > 0 ? lost / all : 0, 1e-12);
    if (!options.spectral_radius) continue;
    Eigen::MatrixXd capped = impact_test::dense_matrix(table, true);
    if (!options.downstream_exposure.empty()) {
      const auto given = exposures(table, true, options.downstream_exposure);
      for (std::uint32_t j = 0; j < table.size; ++j) {
        for (std::uint32_t i = 0; i < table.size; ++i) capped(j, i) = std::min(1.0, given[j][i]);
      }
    }
    if (kind.acyclic) {
      EXPECT_EQ(*result.downstream_run.spectral_radius, 0);  // where dense eigenvalues are off by up to 1e-3
    } else {
      EXPECT_NEAR(*result.downstream_run.spectral_radius, impact_test::dense_radius(capped), 1e-6);
    }
  }
}

}  // namespace
