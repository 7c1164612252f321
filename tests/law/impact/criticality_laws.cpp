// Laws of criticality: names, threads and cancelling.

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "chainqual/chain/generate.hpp"
#include "chainqual/impact/criticality.hpp"
#include "unit/impact/errors.hpp"
#include "unit/impact/networks.hpp"

namespace {

using namespace chainqual;
using impact_test::network;
using impact_test::Table;

std::vector<CriticalityRow> by_enterprise(const CriticalityTable& table) {
  std::vector<CriticalityRow> rows(table.rows.size());
  for (const CriticalityRow& row : table.rows) rows[row.enterprise.index()] = row;
  return rows;
}

Network many(std::uint32_t n) {
  GenerateOptions kind;
  kind.enterprises = n;
  kind.mean_degree = 4;
  kind.cyclic_share = 0.2;
  kind.seed = 12;
  return generate_network(kind);
}

TEST(CriticalityLaw, RenamingEnterprisesRenamesTheRows) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    impact_test::Random kind;
    kind.enterprises = 3 + seed % 25;
    kind.density = 0.15;
    kind.acyclic = seed % 2 == 0;
    kind.strength = 0.6;
    kind.given = 0;
    const Table table = impact_test::random_table(random, kind);
    const std::uint32_t n = table.size;
    std::vector<std::uint32_t> to(n);
    std::iota(to.begin(), to.end(), 0U);
    std::shuffle(to.begin(), to.end(), random);
    Table moved(n);
    for (std::uint32_t i = 0; i < n; ++i) {
      for (std::uint32_t j = 0; j < n; ++j) moved.cell(to[i], to[j]) = table.cell(i, j);
    }
    const auto one = by_enterprise(criticality(network(table)));
    const auto other = by_enterprise(criticality(network(moved)));
    for (std::uint32_t v = 0; v < n; ++v) {
      const CriticalityRow& a = one[v];
      const CriticalityRow& b = other[to[v]];
      EXPECT_NEAR(a.systemic_risk, b.systemic_risk, 1e-9);
      EXPECT_NEAR(a.risk_downstream, b.risk_downstream, 1e-9);
      EXPECT_NEAR(a.risk_upstream, b.risk_upstream, 1e-9);
      EXPECT_NEAR(a.importance, b.importance, 1e-9);
      EXPECT_NEAR(a.betweenness, b.betweenness, 1e-12);
      EXPECT_NEAR(a.own_concentration, b.own_concentration, 1e-12);
      EXPECT_NEAR(a.size, b.size, 1e-9);
      EXPECT_EQ(a.cut, b.cut);
      EXPECT_EQ(a.final_cut, b.final_cut);
      EXPECT_EQ(a.sole_source, b.sole_source);
      EXPECT_EQ(a.joint, b.joint);
      for (const auto measure : {CriticalityMeasure::cut, CriticalityMeasure::sole_source}) {
        EXPECT_EQ(a.standing[static_cast<std::size_t>(measure)], b.standing[static_cast<std::size_t>(measure)]);
      }
    }
  }
}

TEST(CriticalityLaw, SameBitsForOneTwoAndSevenThreads) {
  const Network net = many(900);
  const auto with = [&](unsigned threads) {
    ThreadPool pool(threads);
    Control control;
    control.executor = &pool;
    return criticality(net, {}, control);
  };
  const auto one = with(1);
  ASSERT_EQ(one.rows.size(), 900U);
  for (const unsigned threads : {2U, 7U}) {
    const auto other = with(threads);
    EXPECT_EQ(other.disagreements, one.disagreements);
    for (std::size_t k = 0; k < one.rows.size(); ++k) {
      const CriticalityRow& a = one.rows[k];
      const CriticalityRow& b = other.rows[k];
      ASSERT_EQ(a.enterprise, b.enterprise);
      ASSERT_EQ(a.systemic_risk, b.systemic_risk);
      ASSERT_EQ(a.importance, b.importance);
      ASSERT_EQ(a.betweenness, b.betweenness);
      ASSERT_EQ(a.standing, b.standing);
      ASSERT_EQ(a.disagree, b.disagree);
      ASSERT_EQ(a.why.en, b.why.en);
    }
  }
}

TEST(CriticalityLaw, CancelStopsItInEveryPhase) {
  const Network net = many(300);
  for (const double from : {0.0, 0.5, 0.6, 0.95}) {
    SCOPED_TRACE(from);
    CancelToken token;
    Control control;
    control.cancel = &token;
    bool reported = false;
    control.progress = [&](double share) {
      if (share < from) return;
      reported = true;
      token.cancel();
    };
    EXPECT_EQ(impact_test::error_of([&] { static_cast<void>(criticality(net, {}, control)); }).code(),
              ErrorCode::cancelled);
    EXPECT_TRUE(reported);
  }
}

}  // namespace
