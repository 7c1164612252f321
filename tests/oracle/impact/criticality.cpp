// criticality, measure by measure, against definitions over dense tables: a cascade and a removal for each enterprise,
// a dense inverse, shortest paths counted pair by pair.

#include "chainqual/impact/criticality.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "exhaustive/chain/slow_structure.hpp"
#include "oracle/impact/cascade_dense.hpp"
#include "oracle/impact/dense.hpp"

namespace {

using namespace chainqual;
using chainqual::test::SmallGraph;
using impact_test::Table;

SmallGraph graph_of(const Table& table) {
  SmallGraph graph(table.size);
  for (std::uint32_t i = 0; i < table.size; ++i) {
    for (std::uint32_t j = 0; j < table.size; ++j) {
      if (!(table.cell(i, j).value < 0)) graph.link(i, j);
    }
  }
  return graph;
}

/// How many groups the undirected links join, `without` and its links aside.
std::uint32_t groups(const SmallGraph& graph, std::uint32_t without) {
  std::vector<std::uint32_t> group(graph.size());
  for (std::uint32_t v = 0; v < graph.size(); ++v) group[v] = v;
  for (std::uint32_t round = 0; round < graph.size(); ++round) {
    for (std::uint32_t i = 0; i < graph.size(); ++i) {
      for (std::uint32_t j = 0; j < graph.size(); ++j) {
        if (i == without || j == without || !graph.has(i, j)) continue;
        group[i] = group[j] = std::min(group[i], group[j]);
      }
    }
  }
  std::uint32_t count = 0;
  for (std::uint32_t v = 0; v < graph.size(); ++v) count += v != without && group[v] == v ? 1U : 0U;
  return count;
}

/// Share of all ordered pairs of others whose shortest paths pass v, each pair's paths counted alike.
std::vector<double> passing(const SmallGraph& graph) {
  const std::uint32_t n = graph.size();
  constexpr int far = 1'000'000;
  std::vector<std::vector<int>> length(n, std::vector<int>(n, far));
  std::vector<std::vector<double>> paths(n, std::vector<double>(n, 0.0));
  for (std::uint32_t s = 0; s < n; ++s) {
    length[s][s] = 0;
    paths[s][s] = 1;
    for (int step = 1; step < static_cast<int>(n); ++step) {
      for (std::uint32_t t = 0; t < n; ++t) {
        if (length[s][t] < step) continue;
        double ways = 0;
        for (std::uint32_t u = 0; u < n; ++u) ways += length[s][u] == step - 1 && graph.has(u, t) ? paths[s][u] : 0;
        if (ways == 0) continue;
        length[s][t] = step;
        paths[s][t] = ways;
      }
    }
  }
  std::vector<double> share(n, 0.0);
  for (std::uint32_t v = 0; v < n; ++v) {
    for (std::uint32_t s = 0; s < n; ++s) {
      for (std::uint32_t t = 0; t < n; ++t) {
        if (s == v || t == v || s == t || length[s][t] == far) continue;
        if (length[s][v] + length[v][t] == length[s][t]) share[v] += paths[s][v] * paths[v][t] / paths[s][t];
      }
    }
    share[v] /= n > 2 ? (n - 1.0) * (n - 2.0) : 1;
  }
  return share;
}

/// Of each enterprise, the customers whose only supplier of its sector it is, all inputs being essential.
std::vector<std::uint32_t> sole_sources(const SmallGraph& graph, const std::vector<std::uint32_t>& sector) {
  std::vector<std::uint32_t> alone(graph.size(), 0);
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    for (std::uint32_t j = 0; j < graph.size(); ++j) {
      if (i == j || !graph.has(i, j)) continue;
      bool other = false;
      for (std::uint32_t l = 0; l < graph.size(); ++l) {
        other = other || (l != i && l != j && graph.has(l, j) && sector[l] == sector[i]);
      }
      alone[i] += other ? 0 : 1;
    }
  }
  return alone;
}

struct Wanted {
  std::vector<double> risk, down, up;
  bool near_the_edge = false;
};

Wanted close_each(impact_test::CascadeCase c) {
  Wanted wanted;
  const auto weight = impact_test::sold(c.table);
  for (std::uint32_t closed = 0; closed < c.table.size; ++closed) {
    c.psi_down.assign(c.table.size, 1.0);
    c.psi_down[closed] = 0;
    c.psi_up = c.psi_down;
    const auto end = impact_test::dense_cascade(c);
    wanted.near_the_edge = wanted.near_the_edge || end.margin < 1e-9;
    wanted.risk.push_back(end.index(weight));
    wanted.down.push_back(end.index(weight, true, false));
    wanted.up.push_back(end.index(weight, false, true));
  }
  return wanted;
}

double standing(const std::vector<double>& values, double value) {
  double below = 0;
  for (const double other : values) below += other < value ? 1 : other == value ? 0.5 : 0;
  return (below - 0.5) / static_cast<double>(values.size());  // without itself, a tie with itself
}

/// Σ of squared shares of what each buys from others, all goods being of one kind.
double concentration(const Table& table, std::uint32_t buyer) {
  double total = 0;
  for (std::uint32_t i = 0; i < table.size; ++i) {
    if (i != buyer && !(table.cell(i, buyer).value < 0)) total += static_cast<double>(table.cell(i, buyer).value);
  }
  double sum = 0;
  for (std::uint32_t i = 0; i < table.size && total > 0; ++i) {
    if (i == buyer || table.cell(i, buyer).value < 0) continue;
    const double share = static_cast<double>(table.cell(i, buyer).value) / total;
    sum += share * share;
  }
  return sum;
}

/// Who is told critical by one measure and harmless by another. `values` by measure and enterprise.
struct Verdicts {
  std::vector<std::vector<bool>> critical, harmless;
};

Verdicts verdicts(const SmallGraph& graph, const std::vector<std::vector<double>>& values, double high, double low) {
  const std::uint32_t n = graph.size();
  const auto partners = [&](std::uint32_t v, bool customers) {
    int count = 0;
    for (std::uint32_t other = 0; other < n; ++other) {
      if (other != v && (customers ? graph.has(v, other) : graph.has(other, v))) ++count;
    }
    return count;
  };
  Verdicts out;
  for (std::size_t measure = 0; measure < values.size(); ++measure) {
    std::vector<bool> critical(n, false);
    std::vector<bool> harmless(n, false);
    std::vector<bool> sees(n, true);
    int looked_at = 0;
    int zeros = 0;
    for (std::uint32_t v = 0; v < n; ++v) {
      if (measure != 0) sees[v] = partners(v, true) > 0 && (measure != 2 || partners(v, false) > 0);
      const bool positive = values[measure][v] > 0;
      looked_at += positive || sees[v] ? 1 : 0;
      zeros += !positive && sees[v] ? 1 : 0;
    }
    if (zeros != looked_at) {
      for (std::uint32_t v = 0; v < n; ++v) {
        const double place = standing(values[measure], values[measure][v]);
        if (values[measure][v] > 0) {
          critical[v] = place >= high;
          harmless[v] = place <= low;
        } else {
          harmless[v] = sees[v] && zeros <= low * looked_at;
        }
      }
    }
    out.critical.push_back(critical);
    out.harmless.push_back(harmless);
  }
  return out;
}

TEST(CriticalityOracle, EveryMeasureIsItsDefinition) {
  int seen = 0;
  int flagged = 0;
  int concentrated = 0;
  int cutting = 0;
  int joints = 0;
  for (unsigned seed = 1; seed <= 250; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    impact_test::Random kind;
    kind.enterprises = 3 + seed % 10;
    kind.density = 0.12 + 0.02 * (seed % 10);
    kind.acyclic = seed % 3 == 0;
    kind.given = 0;
    kind.strength = 0.6;
    Table table = impact_test::random_table(random, kind);
    for (auto& cell : table.cells) cell.value = cell.value == 0 ? 1 : cell.value;
    const std::uint32_t n = table.size;
    impact_test::CascadeCase c(table);
    for (auto& sector : c.sector) sector = static_cast<std::uint32_t>(random() % 3);
    const Wanted wanted = close_each(c);
    if (wanted.near_the_edge) continue;
    CriticalityOptions options;
    options.risk.cascade.sectors = c.sector;
    if (seed % 2 == 0) {
      options.high = 0.7;
      options.low = 0.4;
    }
    const auto found = criticality(impact_test::network(table), options);

    const auto graph = graph_of(table);
    const auto sources = graph.sources();
    const auto between = passing(graph);
    const auto alone = sole_sources(graph, c.sector);
    const auto weight = impact_test::sold(table);
    const Eigen::MatrixXd left = Eigen::MatrixXd::Identity(n, n) - impact_test::dense_matrix(table, true).transpose();
    const Eigen::VectorXd importance = left.partialPivLu().solve(impact_test::to_eigen(weight));
    const double total = impact_test::to_eigen(weight).sum();
    ASSERT_EQ(found.rows.size(), n);
    std::vector<double> risk, cut;
    std::vector<std::vector<double>> by_measure(5, std::vector<double>(n));
    for (const CriticalityRow& row : found.rows) {
      const std::uint32_t v = row.enterprise.index();
      risk.push_back(row.systemic_risk);
      cut.push_back(row.cut);
      by_measure[0][v] = row.systemic_risk;
      by_measure[1][v] = row.importance;
      by_measure[2][v] = row.betweenness;
      by_measure[3][v] = row.cut;
      by_measure[4][v] = row.sole_source;
    }
    EXPECT_TRUE(std::is_sorted(risk.rbegin(), risk.rend()));
    const Verdicts said = verdicts(graph, by_measure, options.high, options.low);
    std::uint32_t disagreeing = 0;
    for (const CriticalityRow& row : found.rows) {
      const std::uint32_t v = row.enterprise.index();
      EXPECT_NEAR(row.systemic_risk, wanted.risk[v], 1e-7);
      EXPECT_NEAR(row.risk_downstream, wanted.down[v], 1e-7);
      EXPECT_NEAR(row.risk_upstream, wanted.up[v], 1e-7);
      EXPECT_NEAR(row.importance, total > 0 ? importance[v] / total : 0, 1e-9);
      EXPECT_NEAR(row.betweenness, between[v], 1e-12);
      EXPECT_NEAR(row.size, weight[v], 1e-9);
      std::uint32_t without = 0;
      std::uint32_t final_without = 0;
      for (std::uint32_t j = 0; j < n; ++j) {
        if (j == v || !graph.dominates(v, j, sources)) continue;
        ++without;
        bool delivers = false;
        for (std::uint32_t k = 0; k < n; ++k) delivers = delivers || graph.has(j, k);
        final_without += delivers ? 0 : 1;
      }
      EXPECT_EQ(row.cut, without);
      EXPECT_EQ(row.final_cut, final_without);
      EXPECT_EQ(row.sole_source, alone[v]);
      EXPECT_EQ(row.joint, groups(graph, v) > groups(graph, n));
      EXPECT_NEAR(row.own_concentration, concentration(table, v), 1e-12);
      bool critical = false;
      bool harmless = false;
      for (std::size_t measure = 0; measure < 5; ++measure) {
        critical = critical || said.critical[measure][v];
        harmless = harmless || said.harmless[measure][v];
      }
      EXPECT_EQ(row.disagree, critical && harmless) << "enterprise " << v;
      for (std::size_t measure = 0; measure < 5; ++measure) {
        const std::string name(Names<CriticalityMeasure>::table[measure].en);
        const bool named = row.why.en.find(name) != std::string::npos;
        EXPECT_EQ(named, row.disagree && (said.critical[measure][v] || said.harmless[measure][v])) << name;
        const auto semicolon = row.why.en.find("; harmless by ");
        if (named) {
          EXPECT_EQ(row.why.en.find(name) < semicolon, said.critical[measure][v]) << row.why.en;
        }
      }
      disagreeing += row.disagree ? 1U : 0U;
      concentrated += row.own_concentration > 0 && row.own_concentration < 1 ? 1 : 0;
      EXPECT_DOUBLE_EQ(row.standing[static_cast<std::size_t>(CriticalityMeasure::systemic_risk)],
                       standing(risk, row.systemic_risk));
      EXPECT_DOUBLE_EQ(row.standing[static_cast<std::size_t>(CriticalityMeasure::cut)], standing(cut, row.cut));
      cutting += row.final_cut > 0 ? 1 : 0;
      joints += row.joint ? 1 : 0;
      ++seen;
    }
    EXPECT_EQ(found.disagreements, disagreeing);
    flagged += static_cast<int>(disagreeing);
  }
  EXPECT_GT(seen, 1'000);
  EXPECT_GT(cutting, 100);
  EXPECT_GT(joints, 100);
  EXPECT_GT(flagged, 50);
  EXPECT_LT(flagged, seen / 2);
  EXPECT_GT(concentrated, 300);
}

}  // namespace
