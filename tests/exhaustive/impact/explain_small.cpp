// Every network of up to three enterprises, and a share of those of four, under every set of closures: why of cascade,
// distress and contagion beside the plain definitions run without each source.

#include <gtest/gtest.h>

#include "chainqual/impact/explain_models.hpp"
#include "oracle/impact/cascade_dense.hpp"
#include "oracle/impact/distress_steps.hpp"
#include "oracle/impact/explain_split.hpp"

namespace {

using namespace chainqual;
using impact_test::NaiveLoss;
using impact_test::RulesSeen;
using impact_test::Table;

/// The k-th network of n enterprises with or without a link for each of n (n − 1) pairs.
Table nth(std::uint32_t n, std::uint64_t k) {
  Table table(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      if (i == j) continue;
      if (k % 2 != 0) table.link(i, j, static_cast<float>(1 + i), 0.5F);
      k /= 2;
    }
  }
  return table;
}

/// Calls check(table, closed, target, along) for all of them.
template <class Check>
void for_all(Check&& check) {
  for (std::uint32_t n = 1; n <= 4; ++n) {
    const std::uint64_t networks = std::uint64_t{1} << (n * (n - 1));
    for (std::uint64_t k = 0; k < networks; k += n == 4 ? 61 : 1) {
      const Table table = nth(n, k);
      for (std::uint64_t set = 0; set < (std::uint64_t{1} << n); ++set) {
        std::vector<double> closed(n, 0.0);
        for (std::uint32_t v = 0; v < n; ++v) closed[v] = (set >> v) % 2 != 0 ? 1 : 0;
        for (std::uint32_t target = 0; target < n; ++target) {
          SCOPED_TRACE(::testing::Message()
                       << n << " enterprises, network " << k << ", set " << set << ", target " << target);
          check(table, closed, EnterpriseId{target}, (k + set) % 2 == 0 ? Along::downstream : Along::upstream);
          if (::testing::Test::HasFailure()) return;
        }
      }
    }
  }
}

std::vector<double> staying(const std::vector<double>& closed, const std::vector<bool>& stays) {
  std::vector<double> left = closed;
  for (std::size_t v = 0; v < left.size(); ++v) left[v] = stays[v] ? left[v] : 0;
  return left;
}

WhyOptions along_only(Along along) {
  WhyOptions options;
  options.along = along;
  return options;
}

TEST(WhySmall, CascadeWithEveryInputEssential) {
  RulesSeen seen;
  for_all([&](const Table& table, const std::vector<double>& closed, EnterpriseId target, Along along) {
    CascadeOptions options;
    options.tolerance = 1e-6;
    options.final_demand.assign(table.size, 1.0);
    impact_test::CascadeCase c(table);
    for (std::uint32_t v = 0; v < table.size; ++v) c.sector[v] = v;
    c.revenue = impact_test::sold(table);
    for (double& revenue : c.revenue) revenue += 1;
    c.epsilon = options.tolerance;
    const NaiveLoss loss = [&](const std::vector<bool>& stays) {
      const auto left = staying(closed, stays);
      for (std::size_t v = 0; v < left.size(); ++v) c.psi_down[v] = c.psi_up[v] = 1 - left[v];
      const auto end = impact_test::dense_cascade(c);
      return 1 - (along == Along::downstream ? end.down : end.up)[target.index()];
    };
    const Why found = why(impact_test::network(table), closed, target, options, along_only(along));
    impact_test::expect_split(found, closed, loss, 1e-11, 1e-3, seen);
  });
  EXPECT_GT(seen.remove_one, 1000);
  EXPECT_GT(seen.alone, 100);
}

TEST(WhySmall, DistressOfBothForms) {
  RulesSeen seen;
  for (const bool once : {true, false}) {
    for_all([&](const Table& table, const std::vector<double>& closed, EnterpriseId target, Along along) {
      const std::uint32_t n = table.size;
      DistressOptions options;
      options.variant = once ? DistressVariant::once : DistressVariant::unlimited;
      options.spectral_radius = false;
      std::vector<std::vector<double>> exposure(n, std::vector<double>(n, 0.0));
      const auto sold = impact_test::sold(table);
      for (std::uint32_t i = 0; i < n; ++i) {
        for (std::uint32_t j = 0; j < n; ++j) {
          const double value = impact_test::flow(table, i, j);
          if (value == 0) continue;
          if (along == Along::downstream) exposure[j][i] = 0.5;
          if (along == Along::upstream) exposure[i][j] = value / sold[i];
        }
      }
      const NaiveLoss loss = [&](const std::vector<bool>& stays) {
        return impact_test::dense_distress(exposure, staying(closed, stays), once, options.tolerance, 10'000)
            .losses.back()[target.index()];
      };
      const Why found = why(impact_test::network(table), closed, target, options, along_only(along));
      impact_test::expect_split(found, closed, loss, 1e-12, 1e-7, seen);
    });
  }
  EXPECT_GT(seen.remove_one, 1000);
  EXPECT_GT(seen.alone, 100);
}

/// Whether links lead from any of `from` to `target`.
bool reaches(const Table& table, const std::vector<double>& from, std::uint32_t target, Along along) {
  std::vector<double> hit = from;
  for (std::uint32_t step = 0; step < table.size; ++step) {
    for (std::uint32_t i = 0; i < table.size; ++i) {
      for (std::uint32_t j = 0; j < table.size; ++j) {
        const bool link =
            impact_test::flow(table, along == Along::downstream ? i : j, along == Along::downstream ? j : i) > 0;
        if (link && hit[i] > 0) hit[j] = 1;
      }
    }
  }
  return hit[target] > 0;
}

TEST(WhySmall, ContagionOverCertainLinksIsReachability) {
  RulesSeen seen;
  for_all([&](const Table& table, const std::vector<double>& closed, EnterpriseId target, Along along) {
    const auto net = impact_test::network(table);
    ContagionOptions options;
    options.runs = 3;
    options.downstream_probability.assign(net.links(), 1.0);
    options.upstream_probability = options.downstream_probability;
    const NaiveLoss loss = [&](const std::vector<bool>& stays) {
      return reaches(table, staying(closed, stays), target.value, along) ? 1.0 : 0.0;
    };
    const Why found = why(net, closed, target, options, along_only(along));
    impact_test::expect_split(found, closed, loss, 0, 0, seen);
    EXPECT_EQ(found.paths.empty(), found.loss == 0);
  });
  EXPECT_GT(seen.remove_one, 1000);
  EXPECT_GT(seen.alone, 100);
}

}  // namespace
