// Every network of up to four enterprises under every set of shocks, in both directions: why of every model beside the
// plain definitions run without each source.

#include <gtest/gtest.h>

#include <numeric>

#include "chainqual/impact/explain_models.hpp"
#include "exhaustive/impact/small_networks.hpp"
#include "oracle/impact/cascade_dense.hpp"
#include "oracle/impact/distress_steps.hpp"
#include "oracle/impact/dynamics_plain.hpp"
#include "oracle/impact/explain_split.hpp"
#include "oracle/impact/inoperability_days.hpp"

namespace {

using namespace chainqual;
using impact_test::Cell;
using impact_test::NaiveLoss;
using impact_test::RulesSeen;
using impact_test::States;
using impact_test::Table;

/// Calls check(table, shocked, target, along) for all of them; of networks of four that differ by names alone, once.
template <class Check>
void for_all(Check&& check) {
  for (std::uint32_t n = 1; n <= 4; ++n) {
    const auto visit = [&](const States& states, std::uint64_t k) {
      const Table table = impact_test::table_of(n, states, false, [&](std::uint8_t, std::size_t place) {
        return Cell{static_cast<float>(1 + (place + k) % 3), 0.5F, impact_test::not_given};
      });
      for (std::uint64_t set = 0; set < (std::uint64_t{1} << n); ++set) {
        std::vector<double> shocked(n, 0.0);
        for (std::uint32_t v = 0; v < n; ++v) shocked[v] = (set >> v) % 2 != 0 ? 1 : 0;
        for (std::uint32_t target = 0; target < n; ++target) {
          for (const Along along : {Along::downstream, Along::upstream}) {
            if (::testing::Test::HasFailure()) return;
            SCOPED_TRACE(::testing::Message() << n << " enterprises, network " << k << ", set " << set << ", target "
                                              << target << (along == Along::downstream ? "" : ", upstream"));
            check(table, shocked, EnterpriseId{target}, along);
          }
        }
      }
    };
    const auto networks =
        n < 4 ? impact_test::for_every_network(n, 2, false, visit) : impact_test::for_every_kind(n, 2, visit);
    EXPECT_EQ(networks, std::uint64_t{1} << (n * (n - 1)));
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
    options.tolerance = 7.31e-7;  // no fall of these networks comes near it
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

TEST(WhySmall, LinearOfWholeAndPartialShocks) {
  RulesSeen seen;
  for (const double magnitude : {0.1, 1.0}) {
    for_all([&](const Table& table, const std::vector<double>& shocked, EnterpriseId target, Along along) {
      const auto matrix = impact_test::inoperability_weights(table, along == Along::downstream);
      std::vector<double> shock = shocked;
      for (double& share : shock) share *= magnitude;
      const auto solve = [&](const std::vector<double>& of) {
        std::vector<double> x = of;
        for (int step = 0; step < 20'000; ++step) {
          std::vector<double> next = of;
          for (std::size_t j = 0; j < x.size(); ++j) {
            for (std::size_t i = 0; i < x.size(); ++i) next[j] += matrix[j][i] * x[i];
            next[j] = std::min(1.0, next[j]);
          }
          if (next == x) break;
          x = next;
        }
        return x;
      };
      const NaiveLoss loss = [&](const std::vector<bool>& stays) {
        return solve(staying(shock, stays))[target.index()];
      };
      const bool binds = impact_test::cap_binds_on_the_way(matrix, shock, solve(shock), target.index());
      const Why found = why(impact_test::network(table), shock, target, along_only(along));
      impact_test::expect_linear_split(found, shock, loss, binds, 1e-9, seen);
    });
  }
  EXPECT_GT(seen.superposition, 1000);
  EXPECT_GT(seen.remove_one, 1000);
  EXPECT_GT(seen.alone, 100);
}

/// The disruptions of those who are shocked, and by day what they take.
struct Outage {
  std::vector<Disruption> disruptions;
  impact_test::Rectangle lost;

  Outage(const std::vector<double>& shocked, double magnitude, std::uint32_t days)
      : lost(days, std::vector<double>(shocked.size(), 0.0)) {
    for (std::uint32_t v = 0; v < shocked.size(); ++v) {
      if (!(shocked[v] > 0)) continue;
      disruptions.push_back({EnterpriseId{v}, magnitude, 1, 3, {}});
      for (std::uint32_t day = 1; day < 4; ++day) lost[day][v] = magnitude;
    }
  }
  [[nodiscard]] impact_test::Rectangle of(const std::vector<bool>& stays) const {
    impact_test::Rectangle left = lost;
    for (auto& day : left) {
      for (std::size_t v = 0; v < day.size(); ++v) day[v] = stays[v] ? day[v] : 0;
    }
    return left;
  }
};

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

TEST(WhySmall, Dynamics) {
  RulesSeen seen;
  for_all([&](const Table& table, const std::vector<double>& shocked, EnterpriseId target, Along along) {
    const Outage outage(shocked, 1, 8);
    DynamicsOptions options;
    options.days = 8;
    options.stock_days = 1;
    options.smoothing_days = 2;
    options.sectors.assign(table.size, 5);
    options.final_demand.assign(table.size, 1.0);
    impact_test::PlainDynamics plain;
    plain.table = table;
    plain.kind = options.sectors;
    plain.stock_days.assign(table.size, 1);
    plain.final_demand = options.final_demand;
    plain.tau = 2;
    const NaiveLoss loss = [&](const std::vector<bool>& stays) {
      impact_test::PlainDynamics one = plain;
      one.lost = outage.of(stays);
      one.run();
      return mean(impact_test::withheld(one, along == Along::downstream, target.index()));
    };
    const Why found = why(impact_test::network(table), outage.disruptions, target, options, along_only(along));
    if (found.loss < 1e-9) {  // rounding of the plain sums
      EXPECT_LT(loss(std::vector<bool>(table.size, true)), 2e-9);
      return;
    }
    std::vector<double> own(table.size, 0.0);
    for (std::size_t v = 0; v < own.size(); ++v) own[v] = 3 * shocked[v] / options.days;
    impact_test::expect_split(found, own, loss, 1e-10, 1e-10, seen);
  });
  EXPECT_GT(seen.remove_one, 1000);
}

TEST(WhySmall, InoperabilityWithTheCapAndWithout) {
  RulesSeen seen;
  for (const bool capped : {true, false}) {
    for_all([&](const Table& table, const std::vector<double>& shocked, EnterpriseId target, Along along) {
      const Outage outage(shocked, 1, 8);
      const std::size_t n = table.size;
      InoperabilityOptions options;
      options.days = 8;
      options.capped = capped;
      options.resilience.assign(n, 0.75);
      options.initial.assign(n, 0.0);
      options.initial[0] = 0.5;
      const auto weights = impact_test::inoperability_weights(table, along == Along::downstream);
      const NaiveLoss loss = [&](const std::vector<bool>& stays) {
        const auto days = impact_test::inoperability_days(weights, outage.of(stays), staying(options.initial, stays),
                                                          options.resilience, 1, capped);
        double sum = 0;
        for (std::uint32_t day = 0; day < options.days; ++day) sum += days[day][target.index()];
        return sum / options.days;
      };
      std::vector<double> sources = shocked;
      sources[0] += options.initial[0];
      const Why found = why(impact_test::network(table), outage.disruptions, target, options, along_only(along));
      impact_test::expect_split(found, sources, loss, 1e-12, 1e-12, seen);
    });
  }
  EXPECT_GT(seen.remove_one, 1000);
}

}  // namespace
