// contagion against cascades made one run and one try at a time.

#include "chainqual/impact/contagion.hpp"
#include "chainqual/impact/contagion_worker-inl.hpp"

#include <gtest/gtest.h>

#include "oracle/impact/contagion_runs.hpp"
#include "unit/impact/networks.hpp"

namespace {

using chainqual::contagion;
using chainqual::ContagionOptions;
using chainqual::ContagionSpread;
using impact_test::never;

struct Counted {
  std::vector<std::uint64_t> hits;
  std::vector<std::uint64_t> steps;
  std::vector<std::uint32_t> enterprises;
  std::vector<double> share;
  int deepest = 0;

  Counted(const std::vector<std::vector<int>>& runs, const std::vector<double>& weight)
      : hits(weight.size()), steps(weight.size()) {
    double total = 0;
    for (const double w : weight) total += w;
    for (const auto& run : runs) {
      double hit_weight = 0;
      std::uint32_t count = 0;
      for (std::size_t v = 0; v < run.size(); ++v) {
        if (run[v] == never) continue;
        ++count;
        ++hits[v];
        steps[v] += static_cast<std::uint64_t>(run[v]);
        hit_weight += weight[v];
        deepest = std::max(deepest, run[v]);
      }
      enterprises.push_back(count);
      share.push_back(total > 0 ? hit_weight / total : 0);
    }
  }

  void expect(const ContagionSpread& spread) const {
    EXPECT_EQ(spread.hits, hits);
    EXPECT_EQ(spread.steps_total, steps);
    EXPECT_EQ(spread.enterprises, enterprises);
    EXPECT_EQ(spread.steps, static_cast<std::uint32_t>(deepest));
    ASSERT_EQ(spread.share.size(), share.size());
    for (std::size_t r = 0; r < share.size(); ++r) EXPECT_NEAR(spread.share[r], share[r], 1e-12);
  }
};

struct Case {
  impact_test::Table table{0};
  std::vector<double> start;
  std::vector<double> weight;
  ContagionOptions options;
};

Case random_case(unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  impact_test::Random kind;
  kind.enterprises = 1 + seed % 40;
  kind.density = 0.05 + 0.3 * unit(random);
  kind.acyclic = seed % 3 == 0;
  kind.self = seed % 4 == 1 && !kind.acyclic;
  kind.strength = seed % 2 == 0 ? 1 : 0.5;
  Case c;
  c.table = impact_test::random_table(random, kind);
  c.start.assign(c.table.size, 0.0);
  for (double& s : c.start) s = unit(random) < 0.6 ? 0 : unit(random) < 0.5 ? 1 : unit(random);
  for (std::uint32_t v = 0; v < c.table.size; ++v) c.weight.push_back(unit(random) < 0.2 ? 0 : unit(random));
  const auto net = impact_test::network(c.table);
  if (seed % 5 == 0) {
    for (std::uint64_t l = 0; l < net.links(); ++l) {
      c.options.downstream_probability.push_back(unit(random) < 0.2 ? 0 : unit(random) < 0.2 ? 1 : unit(random));
      c.options.upstream_probability.push_back(unit(random) < 0.5 ? 1.0 / 3 : 0x1p-40);
    }
  }
  c.options.weight = c.weight;
  c.options.seed = seed * 77;
  c.options.runs = 1 + seed % 200;
  c.options.first_run = seed % 7 == 0 ? 0 : seed * 13;
  c.options.max_steps = seed % 6 == 5 ? 2 : 0;
  c.options.words = seed % 3 == 1 ? 8 : seed % 3 / 2;
  return c;
}

TEST(ContagionOracle, EveryRunOfEveryNetworkIsThatOfTheDefinition) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    const Case c = random_case(seed);
    const auto result = contagion(impact_test::network(c.table), c.start, c.options);
    const auto downstream = impact_test::dense_chances(c.table, true, c.options.downstream_probability);
    const auto upstream = impact_test::dense_chances(c.table, false, c.options.upstream_probability);
    std::vector<std::vector<int>> down, up, both;
    const int cap = static_cast<int>(c.options.max_steps);
    for (std::uint64_t r = c.options.first_run; r < c.options.first_run + c.options.runs; ++r) {
      down.push_back(impact_test::one_run(downstream, c.start, c.options.seed, r, cap));
      up.push_back(impact_test::one_run(upstream, c.start, c.options.seed, r, cap));
      both.push_back(down.back());
      for (std::size_t v = 0; v < c.start.size(); ++v) both.back()[v] = std::min(both.back()[v], up.back()[v]);
    }
    Counted(down, c.weight).expect(result.downstream_spread);
    Counted(up, c.weight).expect(result.upstream_spread);
    const Counted combined(both, c.weight);
    EXPECT_EQ(result.combined_spread.hits, combined.hits);
    EXPECT_EQ(result.combined_spread.enterprises, combined.enterprises);
    for (std::size_t v = 0; v < c.start.size(); ++v) {
      EXPECT_EQ(result.combined[v], static_cast<double>(combined.hits[v]) / static_cast<double>(c.options.runs));
    }
    std::uint64_t cut = 0;
    for (const auto& run : down) cut += cap != 0 && std::find(run.begin(), run.end(), cap) != run.end() ? 1U : 0U;
    EXPECT_EQ(result.downstream_spread.cut_short, cut);
  }
}

/// Live sets are kept, drawn anew at every visit for want of room, or some of both.
TEST(ContagionOracle, ASearchWithoutRoomForDrawsFindsTheSame) {
  namespace detail = chainqual::impact_detail;
  std::mt19937_64 random(4);
  impact_test::Random kind;
  kind.enterprises = 300;
  kind.density = 0.02;
  const auto net = impact_test::network(impact_test::random_table(random, kind));
  const auto rows = detail::chance_rows(net, chainqual::Along::downstream, std::vector<double>(net.links(), 0.4));
  const std::vector<detail::Draws> draws{detail::Draws(7, impact_test::link_stream, 0)};
  const std::vector<detail::Reached<1>> starts{{5, {detail::all_runs}}, {17, {0xFF}}, {40, {0}}};
  detail::Search<1> roomy(rows, 300);
  detail::Search<1> cramped(rows, 300);
  detail::Search<1> tight(rows, 300);
  detail::SearchRoom<1> all(net.links());
  detail::SearchRoom<1> none(0);
  detail::SearchRoom<1> few(net.links() / 3);
  const auto first = roomy.run(starts, draws, 0, all, {});
  EXPECT_EQ(cramped.run(starts, draws, 0, none, {}).steps, first.steps);
  EXPECT_EQ(tight.run(starts, draws, 0, few, {}).steps, first.steps);
  EXPECT_GT(roomy.touched().size(), 250U);
  for (std::uint32_t v = 0; v < 300; ++v) {
    EXPECT_EQ(cramped.hits(v), roomy.hits(v));
    EXPECT_EQ(tight.hits(v), roomy.hits(v));
    EXPECT_EQ(cramped.steps_in_all(v), roomy.steps_in_all(v));
    EXPECT_EQ(tight.steps_in_all(v), roomy.steps_in_all(v));
  }
}

TEST(ContagionOracle, WordsOfDrawsAreTheDigitsOfUniformNumbers) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int k = 0; k < 300; ++k) {
    const std::uint64_t seed = random();
    const std::uint64_t word = k % 2 == 0 ? random() >> 8U : static_cast<std::uint64_t>(k);
    const std::uint64_t entity = k % 3 == 0 ? random() : static_cast<std::uint64_t>(k);
    double p = unit(random);
    if (k % 7 == 0) p = std::ldexp(p, -50);
    if (k % 11 == 0) p = 0.375;
    // Chances equal to a run's own number: not below it, though all 53 digits agree.
    if (k % 5 == 0) p = impact_test::uniform(seed, impact_test::link_stream, 64 * word + 9, entity);
    const chainqual::impact_detail::Draws draws(seed, impact_test::link_stream, word);
    const auto live = draws.below(chainqual::impact_detail::all_runs, chainqual::impact_detail::chance(p), entity);
    for (std::uint64_t bit = 0; bit < 64; ++bit) {
      const bool wanted = impact_test::uniform(seed, impact_test::link_stream, 64 * word + bit, entity) < p;
      ASSERT_EQ((live >> bit) & 1U, wanted ? 1U : 0U) << k << ' ' << bit;
    }
  }
}

}  // namespace
