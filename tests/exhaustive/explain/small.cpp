// Every network of up to four enterprises under every set of shocks, in both directions: why of every model beside the
// plain definitions run without each source.

#include <gtest/gtest.h>

#include <array>
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

/// One network, one set of shocks, one direction. What the plain definition gives without some of the shocks is worked
/// out once for all targets.
class Small {
 public:
  const Table& table;
  const Network& net;
  const std::vector<double>& shocked;
  Along along;

  Small(const Table& of, const Network& frozen, const std::vector<double>& shocks, Along way)
      : table(of), net(frozen), shocked(shocks), along(way) {}

  /// losses(stays): of every enterprise.
  template <class Losses>
  [[nodiscard]] NaiveLoss loss_of(EnterpriseId target, Losses losses) {
    return [this, target, losses](const std::vector<bool>& stays) {
      std::size_t which = 0;
      for (std::size_t v = 0; v < stays.size(); ++v) which += stays[v] ? std::size_t{1} << v : 0;
      if (known_[which].empty()) known_[which] = losses(stays);
      return known_[which][target.index()];
    };
  }

 private:
  std::array<std::vector<double>, 16> known_;
};

/// Calls check(small, target) for all of them; of networks of four that differ by names alone, once.
template <class Check>
void for_all(Check&& check) {
  for (std::uint32_t n = 1; n <= 4; ++n) {
    const auto visit = [&](const States& states, std::uint64_t k) {
      if (::testing::Test::HasFailure()) return;
      const Table table = impact_test::table_of(n, states, false, [&](std::uint8_t, std::size_t place) {
        return Cell{static_cast<float>(1 + (place + k) % 3), 0.5F, impact_test::not_given};
      });
      const Network net = impact_test::network(table);
      for (std::uint64_t set = 0; set < (std::uint64_t{1} << n); ++set) {
        std::vector<double> shocked(n, 0.0);
        for (std::uint32_t v = 0; v < n; ++v) shocked[v] = (set >> v) % 2 != 0 ? 1 : 0;
        for (const Along along : {Along::downstream, Along::upstream}) {
          Small small(table, net, shocked, along);
          for (std::uint32_t target = 0; target < n; ++target) {
            check(small, EnterpriseId{target});
            if (!::testing::Test::HasFailure()) continue;
            ADD_FAILURE() << n << " enterprises, network " << k << ", set " << set << ", target " << target
                          << (along == Along::downstream ? "" : ", upstream");
            return;
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
  for_all([&](Small& small, EnterpriseId target) {
    const Table& table = small.table;
    const std::vector<double>& closed = small.shocked;
    const Along along = small.along;
    CascadeOptions options;
    options.tolerance = 7.31e-7;  // no fall of these networks comes near it
    options.final_demand.assign(table.size, 1.0);
    impact_test::CascadeCase c(table);
    for (std::uint32_t v = 0; v < table.size; ++v) c.sector[v] = v;
    c.revenue = impact_test::sold(table);
    for (double& revenue : c.revenue) revenue += 1;
    c.epsilon = options.tolerance;
    const bool down = along == Along::downstream;
    const NaiveLoss loss = small.loss_of(target, [&c, &closed = small.shocked, down](const std::vector<bool>& stays) {
      const auto left = staying(closed, stays);
      for (std::size_t v = 0; v < left.size(); ++v) c.psi_down[v] = c.psi_up[v] = 1 - left[v];
      const auto end = impact_test::dense_cascade(c);
      std::vector<double> lost = down ? end.down : end.up;
      for (double& share : lost) share = 1 - share;
      return lost;
    });
    const Why found = why(small.net, closed, target, options, along_only(along));
    impact_test::expect_split(found, closed, loss, 1e-11, 1e-3, seen);
  });
  EXPECT_GT(seen.remove_one, 1000);
  EXPECT_GT(seen.alone, 100);
}

TEST(WhySmall, DistressOfBothForms) {
  RulesSeen seen;
  for (const bool once : {true, false}) {
    for_all([&](Small& small, EnterpriseId target) {
      const Table& table = small.table;
      const std::vector<double>& closed = small.shocked;
      const Along along = small.along;
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
      const NaiveLoss loss = small.loss_of(target, [&](const std::vector<bool>& stays) {
        return impact_test::dense_distress(exposure, staying(small.shocked, stays), once, options.tolerance, 10'000)
            .losses.back();
      });
      const Why found = why(small.net, closed, target, options, along_only(along));
      impact_test::expect_split(found, closed, loss, 1e-12, 1e-7, seen);
    });
  }
  EXPECT_GT(seen.remove_one, 1000);
  EXPECT_GT(seen.alone, 100);
}

/// 1 where links lead to from any of `from`, else 0.
std::vector<double> reached(const Table& table, const std::vector<double>& from, Along along) {
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
  for (double& share : hit) share = share > 0 ? 1 : 0;
  return hit;
}

TEST(WhySmall, ContagionOverCertainLinksIsReachability) {
  RulesSeen seen;
  for_all([&](Small& small, EnterpriseId target) {
    const std::vector<double>& closed = small.shocked;
    const Along along = small.along;
    const Network& net = small.net;
    ContagionOptions options;
    options.runs = 3;
    options.downstream_probability.assign(net.links(), 1.0);
    options.upstream_probability = options.downstream_probability;
    const NaiveLoss loss = small.loss_of(target, [&](const std::vector<bool>& stays) {
      return reached(small.table, staying(small.shocked, stays), small.along);
    });
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
    for_all([&](Small& small, EnterpriseId target) {
      const Table& table = small.table;
      const std::vector<double>& shocked = small.shocked;
      const Along along = small.along;
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
      const NaiveLoss loss =
          small.loss_of(target, [&](const std::vector<bool>& stays) { return solve(staying(shock, stays)); });
      const bool binds = impact_test::cap_binds_on_the_way(matrix, shock, solve(shock), target.index());
      const Why found = why(small.net, shock, target, along_only(along));
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
  for_all([&](Small& small, EnterpriseId target) {
    const Table& table = small.table;
    const std::vector<double>& shocked = small.shocked;
    const Along along = small.along;
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
    const NaiveLoss loss = small.loss_of(target, [&](const std::vector<bool>& stays) {
      impact_test::PlainDynamics one = plain;
      one.lost = outage.of(stays);
      one.run();
      std::vector<double> means;
      for (std::size_t v = 0; v < stays.size(); ++v)
        means.push_back(mean(impact_test::withheld(one, small.along == Along::downstream, v)));
      return means;
    });
    const Why found = why(small.net, outage.disruptions, target, options, along_only(along));
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
    for_all([&](Small& small, EnterpriseId target) {
      const Table& table = small.table;
      const std::vector<double>& shocked = small.shocked;
      const Along along = small.along;
      const Outage outage(shocked, 1, 8);
      const std::size_t n = table.size;
      InoperabilityOptions options;
      options.days = 8;
      options.capped = capped;
      options.resilience.assign(n, 0.75);
      options.initial.assign(n, 0.0);
      options.initial[0] = 0.5;
      const auto weights = impact_test::inoperability_weights(table, along == Along::downstream);
      const NaiveLoss loss = small.loss_of(target, [&](const std::vector<bool>& stays) {
        const auto days = impact_test::inoperability_days(weights, outage.of(stays), staying(options.initial, stays),
                                                          options.resilience, 1, capped);
        std::vector<double> means(stays.size(), 0.0);
        for (std::uint32_t day = 0; day < options.days; ++day) {
          for (std::size_t v = 0; v < means.size(); ++v) means[v] += days[day][v] / options.days;
        }
        return means;
      });
      std::vector<double> sources = shocked;
      sources[0] += options.initial[0];
      const Why found = why(small.net, outage.disruptions, target, options, along_only(along));
      impact_test::expect_split(found, sources, loss, 1e-12, 1e-12, seen);
    });
  }
  EXPECT_GT(seen.remove_one, 1000);
}

}  // namespace
