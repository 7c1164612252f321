// Laws of cascade and systemic_risk, on seeded random networks; a failure prints the seed.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "chainqual/chain/generate.hpp"
#include "chainqual/impact/cascade.hpp"
#include "chainqual/impact/systemic_risk-inl.hpp"
#include "unit/impact/networks.hpp"

namespace cascade_laws_test {
namespace {

using namespace chainqual;
using impact_test::network;
using impact_test::Table;

struct Case {
  unsigned seed;
  Table table;
  std::vector<double> shock;
  CascadeOptions options;
};

template <class Check>
void for_cases(Check&& check) {
  for (unsigned seed = 1; seed <= 80; ++seed) {
    std::mt19937_64 random(seed);
    impact_test::Random kind;
    kind.enterprises = 2 + seed % 40;
    kind.density = 0.05 + 0.003 * static_cast<double>(seed);
    kind.acyclic = seed % 3 == 0;
    kind.given = 0;
    CascadeOptions options;
    auto table = impact_test::random_table(random, kind);
    for (std::uint32_t v = 0; v < table.size; ++v) options.sectors.push_back(static_cast<std::uint32_t>(random() % 5));
    options.essentiality.sectors = 5;
    for (int k = 0; k < 25; ++k) options.essentiality.by_sector.push_back(static_cast<std::uint8_t>(random() % 3));
    if (seed % 4 == 1) options.replaceability = Replaceability::sector;
    auto shock = impact_test::random_shock(random, table.size);
    SCOPED_TRACE(seed);
    check(Case{seed, std::move(table), std::move(shock), std::move(options)});
  }
}

TEST(CascadeLaw, NoShockIsExactlyNoLossAfterOneStep) {
  for_cases([](const Case& c) {
    const std::vector<double> none(c.table.size, 0.0);
    const auto result = cascade(network(c.table), none, c.options);
    EXPECT_EQ(result.downstream, none);
    EXPECT_EQ(result.upstream, none);
    EXPECT_EQ(result.combined, none);
    EXPECT_EQ(result.index, 0);
    EXPECT_EQ(result.steps, 1U);
    EXPECT_TRUE(result.converged);
    EXPECT_FALSE(result.truncated);
    SystemicRiskOptions risk;
    risk.cascade = c.options;
    EXPECT_EQ(systemic_risk(network(c.table), none, risk).index, std::vector<double>{0.0});
  });
}

TEST(CascadeLaw, LossesLieBetweenTheShockAndOne) {
  for_cases([](const Case& c) {
    const auto result = cascade(network(c.table), c.shock, c.options);
    for (std::size_t v = 0; v < c.shock.size(); ++v) {
      for (const double loss : {result.downstream[v], result.upstream[v]}) {
        EXPECT_GE(loss, c.shock[v]);
        EXPECT_LE(loss, 1);
      }
      if (result.binding[v].bound == Bound::own_shock) {
        EXPECT_EQ(result.downstream[v], c.shock[v]);
      }
      EXPECT_EQ(result.binding[v].bound == Bound::nothing, result.downstream[v] == 0);
    }
  });
}

TEST(CascadeLaw, MoreShockIsNeverLessLossAfterAsManySteps) {
  for_cases([](Case c) {
    c.options.tolerance = 0;
    c.options.max_steps = 25;
    std::vector<double> more = c.shock;
    for (std::size_t v = 0; v < more.size(); ++v) more[v] = std::min(1.0, more[v] + (v % 3 == 0 ? 0.2 : 0.0));
    const auto less = cascade(network(c.table), c.shock, c.options);
    const auto result = cascade(network(c.table), more, c.options);
    for (std::size_t v = 0; v < more.size(); ++v) {
      EXPECT_GE(result.downstream[v], less.downstream[v] - 1e-12);
      EXPECT_GE(result.upstream[v], less.upstream[v] - 1e-12);
    }
  });
}

TEST(CascadeLaw, ATighterToleranceNeverLosesLess) {
  for_cases([](Case c) {
    const auto loose = cascade(network(c.table), c.shock, c.options);
    c.options.tolerance = 1e-4;
    const auto tight = cascade(network(c.table), c.shock, c.options);
    EXPECT_GE(tight.steps, loose.steps);
    EXPECT_GE(tight.index, loose.index);
  });
}

TEST(CascadeLaw, UnitsOfValueDoNotMatter) {
  for_cases([](const Case& c) {
    Table scaled = c.table;
    for (auto& cell : scaled.cells) {
      if (cell.value > 0) cell.value *= 1024;
    }
    const auto one = cascade(network(c.table), c.shock, c.options);
    const auto other = cascade(network(scaled), c.shock, c.options);
    EXPECT_EQ(one.downstream, other.downstream);
    EXPECT_EQ(one.upstream, other.upstream);
    EXPECT_EQ(one.steps, other.steps);
    EXPECT_EQ(one.index, other.index);
  });
}

/// A factor that is no power of two rounds every value anew.
TEST(CascadeLaw, UnitsOfValueMatterByRoundingAlone) {
  int other_steps = 0;
  for_cases([&](const Case& c) {
    Table scaled = c.table;
    for (auto& cell : scaled.cells) {
      if (cell.value > 0) cell.value *= 3.7F;
    }
    const auto one = cascade(network(c.table), c.shock, c.options);
    const auto other = cascade(network(scaled), c.shock, c.options);
    if (one.steps != other.steps) {  // a fall within rounding of ε
      ++other_steps;
      return;
    }
    EXPECT_NEAR(one.index, other.index, 1e-6);
    for (std::size_t v = 0; v < c.shock.size(); ++v) {
      EXPECT_NEAR(one.downstream[v], other.downstream[v], 1e-5);
      EXPECT_NEAR(one.upstream[v], other.upstream[v], 1e-5);
    }
  });
  EXPECT_LE(other_steps, 1);
}

TEST(CascadeLaw, EnterprisesInAnotherOrderLoseTheSame) {
  for_cases([](const Case& c) {
    const std::uint32_t n = c.table.size;
    std::vector<std::uint32_t> to(n);
    std::iota(to.begin(), to.end(), 0U);
    std::mt19937_64 random(c.seed);
    std::shuffle(to.begin(), to.end(), random);
    Table moved(n);
    CascadeOptions options = c.options;
    std::vector<double> shock(n);
    for (std::uint32_t i = 0; i < n; ++i) {
      shock[to[i]] = c.shock[i];
      options.sectors[to[i]] = c.options.sectors[i];
      for (std::uint32_t j = 0; j < n; ++j) moved.cell(to[i], to[j]) = c.table.cell(i, j);
    }
    const auto one = cascade(network(c.table), c.shock, c.options);
    const auto other = cascade(network(moved), shock, options);
    ASSERT_EQ(one.steps, other.steps);
    for (std::uint32_t v = 0; v < n; ++v) {
      EXPECT_NEAR(one.downstream[v], other.downstream[to[v]], 1e-12);
      EXPECT_NEAR(one.upstream[v], other.upstream[to[v]], 1e-12);
    }
    EXPECT_NEAR(one.index, other.index, 1e-12);
  });
}

TEST(CascadeLaw, SystemicRiskIsTheCascadeOfEachClosing) {
  for_cases([](const Case& c) {
    const auto net = network(c.table);
    SystemicRiskOptions risk;
    risk.cascade = c.options;
    const auto all = systemic_risk(net, risk);
    ASSERT_EQ(all.index.size(), c.table.size);
    for (std::uint32_t v = 0; v < c.table.size; ++v) {
      std::vector<double> closed(c.table.size, 0.0);
      closed[v] = 1;
      const auto one = cascade(net, closed, c.options);
      EXPECT_NEAR(all.index[v], one.index, 1e-9);
      EXPECT_NEAR(all.index_downstream[v], one.index_downstream, 1e-9);
      EXPECT_NEAR(all.index_upstream[v], one.index_upstream, 1e-9);
      EXPECT_EQ(all.steps[v], one.steps);
    }
  });
}

/// A network large enough for the lanes.
Network large(std::uint32_t n, double degree, double cyclic_share, std::uint64_t seed = 5) {
  GenerateOptions options;
  options.enterprises = n;
  options.mean_degree = degree;
  options.cyclic_share = cyclic_share;
  options.sectors = 40;
  options.seed = seed;
  return generate_network(options);
}

SystemicRiskOptions mixed_needs(std::uint64_t seed) {
  SystemicRiskOptions options;
  options.cascade.essentiality.sectors = 40;
  std::mt19937_64 random(seed);
  for (int k = 0; k < 1600; ++k) {
    const auto drawn = random() % 20;
    options.cascade.essentiality.by_sector.push_back(drawn < 5 ? 2 : drawn < 18 ? 1 : 0);
  }
  return options;
}

void expect_same(const SystemicRiskResult& a, const SystemicRiskResult& b) {
  EXPECT_EQ(a.index, b.index);
  EXPECT_EQ(a.index_downstream, b.index_downstream);
  EXPECT_EQ(a.index_upstream, b.index_upstream);
  EXPECT_EQ(a.steps, b.steps);
  EXPECT_EQ(a.converged, b.converged);
  EXPECT_EQ(a.in_lanes, b.in_lanes);
}

TEST(SystemicRiskLaw, ThreadsAndInstructionsChangeNoBit) {
  for (const double cyclic : {0.0, 0.4}) {
    const auto net = large(1500, 6, cyclic);
    SystemicRiskOptions options = mixed_needs(3);
    Control alone;
    alone.executor = &inline_executor();
    options.lanes = Lanes::baseline;
    const auto base = systemic_risk(net, options, alone);
    EXPECT_GT(base.in_lanes, 0U);
    EXPECT_EQ(base.index.size(), 1500U);
    for (const unsigned threads : {1U, 2U, 7U}) {
      ThreadPool pool(threads);
      Control control;
      control.executor = &pool;
      for (const Lanes lanes : {Lanes::automatic, Lanes::baseline, Lanes::avx2, Lanes::avx512}) {
        if (!supports(lanes)) continue;
        options.lanes = lanes;
        expect_same(systemic_risk(net, options, control), base);
      }
    }
  }
}

TEST(SystemicRiskLaw, VectorsAndPlainWordsMakeTheSameBits) {
  const auto net = large(700, 8, 0.3);
  const auto options = mixed_needs(4);
  auto model = impact_detail::make_cascade(net, options.cascade, {});
  impact_detail::round_weights(net, model);
  const auto order = impact_detail::own_order(model.n);
  const auto weight = default_weight(net);
  const auto plan = impact_detail::make_lanes(net, model, weight, order, order);
  std::mt19937_64 random(1);
  std::uniform_real_distribution<float> unit(0, 1);
  std::vector<LargeArray<float>> x;
  for (int k = 0; k < 6; ++k) x.emplace_back(std::size_t{16} * 700);
  for (int k = 0; k < 2; ++k) {
    for (std::size_t v = 0; v < x[0].size(); ++v) {
      const float drawn = unit(random);
      x[static_cast<std::size_t>(k)][v] = drawn < 0.7F ? 0.0F : drawn * impact_detail::whole_loss;
    }
  }
  for (const Lanes lanes : {Lanes::baseline, Lanes::avx2, Lanes::avx512}) {
    if (!supports(lanes)) continue;
    impact_detail::LanePass fast{x[0].data(), x[2].data(), x[1].data(), x[3].data(), {}, {}, {}, {}};
    impact_detail::LanePass plain{x[0].data(), x[4].data(), x[1].data(), x[5].data(), {}, {}, {}, {}};
    for (std::size_t k = 0; k < 16; ++k) fast.keep[k] = plain.keep[k] = k % 5 == 0 ? 0 : -1;
    impact_detail::sweep_lanes(lanes, plan, fast, true);
    impact_detail::sweep_lanes_plain(plan, plain, true);
    for (const std::size_t side : {2U, 3U}) {
      EXPECT_TRUE(std::equal(x[side].data(), x[side].data() + x[side].size(), x[side + 2].data()));
    }
    EXPECT_TRUE(std::equal(std::begin(fast.fall_down), std::end(fast.fall_down), std::begin(plain.fall_down)));
    EXPECT_TRUE(std::equal(std::begin(fast.fall_up), std::end(fast.fall_up), std::begin(plain.fall_up)));
    for (std::size_t k = 0; k < 16; ++k) {
      for (std::size_t way = 0; way < 3; ++way) EXPECT_EQ(fast.lost[way][k], plain.lost[way][k]);
    }
  }
}

TEST(SystemicRiskLaw, EnterprisesInAnotherOrderWeighTheSameInLanesToo) {
  const std::uint32_t n = 600;
  const auto net = large(n, 8, 0.3);
  std::vector<std::uint32_t> to(n);
  std::iota(to.begin(), to.end(), 0U);
  std::mt19937_64 random(6);
  std::shuffle(to.begin(), to.end(), random);
  Table moved(n);
  SystemicRiskOptions options = mixed_needs(9);
  options.cascade.sectors.resize(n);
  SystemicRiskOptions renamed = options;
  for (std::uint32_t i = 0; i < n; ++i) {
    options.cascade.sectors[i] = net.sector()[i];
    renamed.cascade.sectors[to[i]] = net.sector()[i];
    const auto customers = net.customers(EnterpriseId{i});
    const auto from = net.parts().out_offsets[i];
    for (std::size_t k = 0; k < customers.size(); ++k)
      moved.link(to[i], to[customers[k]], net.parts().out_values[from + k]);
  }
  for (std::uint32_t v = 0; v < n; v += 11) {
    options.enterprises.push_back(EnterpriseId{v});
    renamed.enterprises.push_back(EnterpriseId{to[v]});
  }
  const auto other_net = network(moved);
  for (const auto method : {CascadeMethod::lanes, CascadeMethod::front}) {
    options.method = renamed.method = method;
    const auto one = systemic_risk(net, options);
    const auto other = systemic_risk(other_net, renamed);
    EXPECT_EQ(one.in_lanes > 0, method == CascadeMethod::lanes);
    std::uint32_t other_steps = 0;
    for (std::size_t k = 0; k < one.index.size(); ++k) {
      if (one.steps[k] != other.steps[k]) {
        ++other_steps;
        continue;
      }
      EXPECT_NEAR(one.index[k], other.index[k], 2e-7);
    }
    EXPECT_LE(other_steps, 1U);
  }
}

TEST(SystemicRiskLaw, CompanyChangesNoBit) {
  const auto net = large(1200, 6, 0.3);
  SystemicRiskOptions options = mixed_needs(8);
  const auto all = systemic_risk(net, options);
  options.enterprises = {EnterpriseId{700}, EnterpriseId{3}, EnterpriseId{3}, EnterpriseId{1199}};
  const auto few = systemic_risk(net, options);
  ASSERT_EQ(few.index.size(), 4U);
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_EQ(few.index[k], all.index[options.enterprises[k].index()]);
    EXPECT_EQ(few.steps[k], all.steps[options.enterprises[k].index()]);
  }
}

TEST(SystemicRiskLaw, EveryMethodComesWithinATenMillionthOfTheCascade) {
  unsigned compared = 0;
  unsigned near_the_edge = 0;
  for (const double cyclic : {0.0, 0.3, 1.0}) {
    const auto net = large(2000, 5, cyclic);
    SystemicRiskOptions options = mixed_needs(2);
    for (std::uint32_t v = 0; v < 2000; v += 97) options.enterprises.push_back(EnterpriseId{v});
    std::vector<CascadeResult> wanted;
    for (const EnterpriseId v : options.enterprises) {
      std::vector<double> shock(2000, 0.0);
      shock[v.index()] = 1;
      wanted.push_back(cascade(net, shock, options.cascade));
    }
    for (const auto method : {CascadeMethod::automatic, CascadeMethod::front, CascadeMethod::lanes}) {
      options.method = method;
      const auto result = systemic_risk(net, options);
      for (std::size_t k = 0; k < wanted.size(); ++k) {
        ++compared;
        if (result.steps[k] != wanted[k].steps) {
          ++near_the_edge;
          continue;
        }
        EXPECT_NEAR(result.index[k], wanted[k].index, 1e-7);
        EXPECT_NEAR(result.index_downstream[k], wanted[k].index_downstream, 1e-7);
        EXPECT_NEAR(result.index_upstream[k], wanted[k].index_upstream, 1e-7);
      }
    }
  }
  EXPECT_EQ(compared, 3U * 3 * 21);
  EXPECT_LE(near_the_edge, 1U);
}

}  // namespace
}  // namespace cascade_laws_test
