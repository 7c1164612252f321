#include "chainqual/chain/structure.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>
#include <vector>

#include "chainqual/chain/builder.hpp"

namespace chainqual {
namespace {

using Ids = std::vector<std::uint32_t>;

struct Given {
  std::uint32_t n;
  Ids supplier;
  Ids customer;
  std::vector<float> value{};
  Ids sector{};
  std::vector<std::uint8_t> stage{};

  [[nodiscard]] Network network() const {
    NetworkColumns columns;
    columns.enterprises = n;
    columns.supplier = supplier;
    columns.customer = customer;
    columns.value = value;
    columns.sector = sector;
    columns.stage = stage;
    return build_network(columns);
  }
};

/// 0 → 1 → … → n−1, long enough to break any recursion.
Network long_path(std::uint32_t n) {
  Given path{n, Ids(n - 1), Ids(n - 1)};
  std::iota(path.supplier.begin(), path.supplier.end(), 0U);
  std::iota(path.customer.begin(), path.customer.end(), 1U);
  return path.network();
}

TEST(Structure, SurvivesAPathTooLongForRecursion) {
  constexpr std::uint32_t n = 200'000;
  const Network path = long_path(n);
  const auto components = strong_components(path);
  EXPECT_EQ(components.count(), n);
  EXPECT_EQ(components.component[n - 1], n - 1);
  ASSERT_TRUE(topological_order(path).has_value());
  const auto forest = dominators(path, supply_sources(path, components));
  EXPECT_EQ(forest.immediate[n - 1], n - 2);
  const auto points = single_points_of_failure(forest, final_enterprises(path));
  ASSERT_EQ(points.size(), n - 1);
  EXPECT_EQ(points.front(), (SinglePointOfFailure{EnterpriseId{0}, n - 1, 1}));
  const auto joints = articulation(path);
  EXPECT_EQ(joints.points.size(), n - 2);
  EXPECT_EQ(joints.bridges.size(), n - 1);
}

TEST(Structure, AnEmptyNetworkHasNoStructure) {
  const Network none;
  EXPECT_EQ(strong_components(none).count(), 0U);
  EXPECT_TRUE(topological_order(none)->empty());
  EXPECT_TRUE(dominators(none, {}).immediate.empty());
  EXPECT_TRUE(articulation(none).points.empty());
  EXPECT_TRUE(betweenness(none).empty());
  EXPECT_TRUE(sampled_betweenness(none).values.empty());
  EXPECT_TRUE(single_sources(none).empty());
  EXPECT_TRUE(supplier_concentration(none).empty());
}

TEST(Components, SelfSupplyIsACycleOfOne) {
  NetworkColumns columns;
  const Ids ends{1};
  columns.enterprises = 2;
  columns.supplier = ends;
  columns.customer = ends;
  const Network net = build_network(columns, BuildOptions{.keep_self_supply = true});
  const auto components = strong_components(net);
  ASSERT_EQ(cyclic_components(net, components).size(), 1U);
  EXPECT_EQ(components.of(cyclic_components(net, components)[0])[0], 1U);
  EXPECT_EQ(topological_order(net), std::nullopt);
}

TEST(Dominators, RefuseSourcesBeyondTheGraph) {
  const Network path = long_path(3);
  const Ids bad{3};
  EXPECT_THROW(static_cast<void>(dominators(path, bad)), Error);
  const auto forest = dominators(path, Ids{0});
  EXPECT_THROW(static_cast<void>(single_points_of_failure(forest, bad)), Error);
}

TEST(SinglePointsOfFailure, CountOnlyFinalEnterprisesByStage) {
  // Both 0 and 1 feed 2; 2 alone feeds 3 and 4, of which only 4 is final; 5 feeds 4 as well in the second network.
  Given given{6, {0, 1, 2, 2}, {2, 2, 3, 4}, {}, {}, {0, 0, 1, 1, 2, 0}};
  const auto points_of = [](const Network& net) {
    return single_points_of_failure(dominators(net, supply_sources(net, strong_components(net))),
                                    final_enterprises(net));
  };
  EXPECT_EQ(points_of(given.network()), (std::vector{SinglePointOfFailure{EnterpriseId{2}, 2, 1}}));
  given.supplier.push_back(5);
  given.customer.push_back(4);
  EXPECT_TRUE(points_of(given.network()).empty()) << "4 has another source now";
}

TEST(Betweenness, RefusesMorePathsThanADoubleCounts) {
  // 1,100 diamonds in a row: 2^1100 shortest paths.
  constexpr std::uint32_t diamonds = 1100;
  Given row{3 * diamonds + 1, {}, {}};
  for (std::uint32_t d = 0; d < diamonds; ++d) {
    const std::uint32_t at = 3 * d;
    for (const std::uint32_t side : {at + 1, at + 2}) {
      row.supplier.insert(row.supplier.end(), {at, side});
      row.customer.insert(row.customer.end(), {side, at + 3});
    }
  }
  try {
    static_cast<void>(betweenness(row.network()));
    FAIL() << "an uncountable number of paths was counted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::overflow);
    EXPECT_EQ(
        error.message().en,
        "There are more shortest paths from enterprise 0 than a double counts (about 1.8e308), so betweenness is not "
        "defined here. Divide the chain, or merge parallel segments.");
  }
}

TEST(SampledBetweenness, StatesItsSamplesAndErrorByTheFormula) {
  const Network path = long_path(12);  // D = 12: floor(log2(10)) + 1 = 4
  const auto sampled = sampled_betweenness(path, {.error = 0.1, .failure = 0.1, .seed = 1});
  EXPECT_EQ(sampled.longest_path_bound, 12U);
  EXPECT_EQ(sampled.samples, 316U);  // ceil(50 · (4 + ln 10))
  EXPECT_DOUBLE_EQ(sampled.error, 0.1 * 12 * 11);
  EXPECT_EQ(sampled.values.front(), 0.0);
  EXPECT_EQ(sampled.values.back(), 0.0);
}

TEST(SampledBetweenness, RefusesSharesThatAreNone) {
  const Network path = long_path(5);
  for (const double bad : {0.0, 1.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THROW(static_cast<void>(sampled_betweenness(path, {.error = bad, .failure = 0.1, .seed = 1})), Error);
    EXPECT_THROW(static_cast<void>(sampled_betweenness(path, {.error = 0.1, .failure = bad, .seed = 1})), Error);
  }
}

TEST(SingleSources, AreSectorsWithOneSupplierPerCustomer) {
  const Network net = Given{5, {0, 1, 2, 3}, {4, 4, 4, 4}, {1, 1, 2, 4}, {7, 7, 8, Network::none, 9}}.network();
  EXPECT_EQ(single_sources(net), (std::vector{SingleSource{EnterpriseId{4}, EnterpriseId{2}, SectorId{8}, 0.25}}));
  const Network plain = Given{3, {0, 1, 2}, {1, 2, 1}}.network();
  EXPECT_EQ(single_sources(plain),
            (std::vector{SingleSource{EnterpriseId{2}, EnterpriseId{1}, SectorId::none(), 1.0}}));
}

TEST(Herfindahl, IsOneForOneAndOneOverKForEqualAmounts) {
  EXPECT_EQ(herfindahl(std::vector<double>{}), 0.0);
  EXPECT_EQ(herfindahl(std::vector<double>{0.0, 0.0}), 0.0);
  EXPECT_EQ(herfindahl(std::vector<double>{3.0}), 1.0);
  EXPECT_DOUBLE_EQ(herfindahl(std::vector<double>{2, 2, 2, 2}), 0.25);
  EXPECT_DOUBLE_EQ(herfindahl(std::vector<double>{1, 3}), 0.625);
}

TEST(SupplierConcentration, IsPerCustomerAndSector) {
  const Network net = Given{4, {0, 1, 2}, {3, 3, 3}, {1, 3, 4}, {5, 5, 6, 7}}.network();
  EXPECT_EQ(supplier_concentration(net),
            (std::vector{InputConcentration{EnterpriseId{3}, SectorId{5}, 2, 0.625, EnterpriseId{1}, 0.75, 0.5},
                         InputConcentration{EnterpriseId{3}, SectorId{6}, 1, 1.0, EnterpriseId{2}, 1.0, 0.5}}));
}

TEST(RegionConcentration, CountsEnterprisesOrWeighsThemWhenAllHaveWeights) {
  Chain chain;
  Segment segment;
  segment.id = "s";
  chain.add_segment(segment);
  for (int k = 0; k < 4; ++k) {
    Enterprise enterprise;
    enterprise.id = std::to_string(k);
    enterprise.region = k == 0 ? "120000" : "110000";
    if (k > 1) enterprise.segments = {"s"};
    enterprise.weight = k == 0 ? 9.0 : 1.0;
    chain.add_enterprise(std::move(enterprise));
  }
  const auto weighed = region_concentration(chain);
  ASSERT_EQ(weighed.size(), 2U);
  EXPECT_EQ(weighed[0].shares, (std::vector{RegionShare{"120000", 1, 0.75}, RegionShare{"110000", 3, 0.25}}));
  EXPECT_DOUBLE_EQ(weighed[0].herfindahl, 0.625);
  EXPECT_EQ(weighed[1].segment, SegmentId{0});
  EXPECT_DOUBLE_EQ(weighed[1].herfindahl, 1.0);
  Enterprise plain;
  plain.id = "plain";
  chain.add_enterprise(plain);
  const auto counted = region_concentration(chain);
  EXPECT_EQ(counted[0].shares,
            (std::vector{RegionShare{"110000", 3, 0.6}, RegionShare{"", 1, 0.2}, RegionShare{"120000", 1, 0.2}}));
}

}  // namespace
}  // namespace chainqual
