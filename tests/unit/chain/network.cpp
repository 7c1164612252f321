#include "chainqual/chain/network.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "chainqual/chain/network_of.hpp"

namespace chainqual {
namespace {

/// Three enterprises: 0 → 1 (2.0), 0 → 2 (3.0), 1 → 2 (4.0), in arrays that a test may spoil.
struct Arrays {
  std::vector<std::uint64_t> out_offsets{0, 2, 3, 3};
  std::vector<std::uint32_t> out_targets{1, 2, 2};
  std::vector<float> out_values{2, 3, 4};
  std::vector<std::uint64_t> in_offsets{0, 0, 1, 3};
  std::vector<std::uint32_t> in_sources{0, 0, 1};
  std::vector<float> in_values{2, 3, 4};
  std::vector<float> dependency{};
  std::vector<std::uint8_t> stage{};
  std::vector<double> weight{};

  [[nodiscard]] NetworkParts parts() const {
    NetworkParts parts;
    parts.enterprises = 3;
    parts.out_offsets = out_offsets;
    parts.out_targets = out_targets;
    parts.out_values = out_values;
    parts.in_offsets = in_offsets;
    parts.in_sources = in_sources;
    parts.in_values = in_values;
    parts.dependency = dependency;
    parts.stage = stage;
    parts.weight = weight;
    return parts;
  }
};

std::string refusal(const std::function<void(Arrays&)>& spoil, PartsCheck check = PartsCheck::full) {
  Arrays arrays;
  spoil(arrays);
  try {
    static_cast<void>(Network::from_parts(arrays.parts(), check));
  } catch (const Error& error) {
    EXPECT_FALSE(error.message().zh.empty());
    return error.what();
  }
  return "taken";
}

TEST(NetworkFromParts, BorrowsArraysAndKeepsTheirOwnerAlive) {
  auto arrays = std::make_shared<Arrays>();
  std::weak_ptr<Arrays> watch = arrays;
  Network copy;
  {
    auto parts = arrays->parts();
    parts.owner = std::move(arrays);
    const Network net = Network::from_parts(std::move(parts));
    copy = net;
    EXPECT_EQ(copy.out_values().data(), net.out_values().data()) << "copies share the arrays";
  }
  EXPECT_FALSE(watch.expired());
  EXPECT_EQ(copy.links(), 3U);
  EXPECT_EQ(copy.find_link(EnterpriseId{1}, EnterpriseId{2}), LinkId{2});
  EXPECT_EQ(copy.find_link(EnterpriseId{2}, EnterpriseId{1}), std::nullopt);
  EXPECT_EQ(copy.supplier(LinkId{1}), EnterpriseId{0});
  EXPECT_EQ(copy.supplier(LinkId{2}), EnterpriseId{1});
  EXPECT_EQ(copy.suppliers(EnterpriseId{2}).size(), 2U);
  EXPECT_EQ(copy.memory(), 2 * 4 * 8 + 4 * 3 * 4);
  copy = Network();
  EXPECT_TRUE(watch.expired());
  EXPECT_TRUE(copy.empty());
}

TEST(NetworkFromParts, RefusesLengthsThatDoNotFit) {
  const auto spoil = [](Arrays& a) { a.in_values.pop_back(); };
  EXPECT_EQ(refusal(spoil, PartsCheck::shape), "Network array in_values has length 2; it must be 3.");
  EXPECT_EQ(refusal([](Arrays& a) { a.out_offsets.pop_back(); }, PartsCheck::shape),
            "Network array out_offsets has length 3; it must be 4.");
  EXPECT_EQ(refusal(
                [](Arrays& a) {
                  a.weight = {1, 2};
                },
                PartsCheck::shape),
            "Network array weight has length 2; it must be 3.");
  EXPECT_EQ(
      refusal([](Arrays& a) { a.out_offsets[3] = 2; }, PartsCheck::shape),
      "Network array out_offsets, entry 3: offsets must run from 0 to the number of links. The file may be damaged; "
      "make it again.");
}

TEST(NetworkFromParts, RefusesArraysThatKernelsCouldNotTrust) {
  const std::string again = " The file may be damaged; make it again.";
  EXPECT_EQ(refusal([](Arrays& a) {
              a.out_offsets = {0, 9, 3, 3};
            }),
            "Network array out_offsets, entry 1: offsets must ascend." + again);
  EXPECT_EQ(refusal([](Arrays& a) {
              a.in_offsets = {0, 1, 0, 3};
            }),
            "Network array in_offsets, entry 2: offsets must ascend." + again);
  EXPECT_EQ(refusal([](Arrays& a) { a.out_targets[2] = 3; }),
            "Network array out_targets, entry 2: no such enterprise." + again);
  EXPECT_EQ(refusal([](Arrays& a) { a.out_targets[1] = 1; }),
            "Network array out_targets, entry 1: rows must ascend without repeats." + again);
  EXPECT_EQ(refusal([](Arrays& a) { a.out_values[0] = -1; }),
            "Network array out_values, entry 0: values are finite and not negative." + again);
  EXPECT_EQ(refusal([](Arrays& a) { a.out_values[0] = std::numeric_limits<float>::quiet_NaN(); }),
            "Network array out_values, entry 0: values are finite and not negative." + again);
  EXPECT_EQ(refusal([](Arrays& a) {
              a.dependency = {0, 2, 0};
            }),
            "Network array dependency, entry 1: shares lie in [0, 1]." + again);
  EXPECT_EQ(refusal([](Arrays& a) {
              a.stage = {0, 1, 7};
            }),
            "Network array stage, entry 2: not a stage (0 upstream, 1 midstream, 2 downstream)." + again);
  EXPECT_EQ(refusal([](Arrays& a) {
              a.weight = {0, 1, -7};
            }),
            "Network array weight, entry 2: weights are finite and not negative." + again);
  EXPECT_EQ(refusal([](Arrays& a) { a.in_sources[0] = 1; }),
            "Network array in_sources, entry 0: the two directions hold different links." + again);
  EXPECT_EQ(refusal([](Arrays& a) { a.in_values[2] = 5; }),
            "Network array in_sources, entry 2: the two directions hold different links." + again);
  EXPECT_EQ(refusal([](Arrays& a) { a.stage = {0, 1, Network::no_stage}; }), "taken");
}

TEST(NetworkFromParts, IsIdenticalBitByBit) {
  Arrays arrays;
  const Network net = Network::from_parts(arrays.parts());
  Arrays twin;
  EXPECT_TRUE(identical(net, Network::from_parts(twin.parts())));
  twin.weight = {1, 1, 1};
  EXPECT_FALSE(identical(net, Network::from_parts(twin.parts())));
}

Enterprise enterprise(std::string id, Stage stage, std::vector<std::string> segments,
                      std::optional<double> weight = {}) {
  Enterprise result;
  result.id = std::move(id);
  result.stage = stage;
  result.segments = std::move(segments);
  result.weight = weight;
  return result;
}

Link link(std::optional<double> value, std::optional<double> dependency = {}, std::string product = {}) {
  Link result;
  result.value = value;
  result.dependency = dependency;
  result.product = std::move(product);
  return result;
}

Chain small_chain() {
  Chain chain;
  Segment segment;
  segment.id = "s";
  chain.add_segment(segment);
  chain.add_enterprise(enterprise("a", Stage::upstream, {"s"}, 2.0));
  chain.add_enterprise(enterprise("b", Stage::midstream, {}));
  chain.add_enterprise(enterprise("c", Stage::downstream, {"lost"}));
  return chain;
}

TEST(NetworkOf, CarriesStagesSegmentsWeightsAndShares) {
  Chain chain = small_chain();
  chain.add_link("b", "c", link(5.0, 0.5));
  chain.add_link("a", "b", link(3.0, {}, "bolt"));
  chain.add_link("a", "b", link(4.0, {}, "nut"));
  const Network net = network_of(chain);
  EXPECT_EQ(std::vector(net.stage().begin(), net.stage().end()), (std::vector<std::uint8_t>{0, 1, 2}));
  EXPECT_EQ(std::vector(net.segment().begin(), net.segment().end()),
            (std::vector<std::uint32_t>{0, Network::none, Network::none}));
  EXPECT_EQ(std::vector(net.sector().begin(), net.sector().end()),
            std::vector(net.segment().begin(), net.segment().end()));
  EXPECT_EQ(net.weight()[0], 2.0);
  EXPECT_TRUE(std::isnan(net.weight()[1]));
  EXPECT_EQ(std::vector(net.out_values().begin(), net.out_values().end()), (std::vector<float>{7, 5}));
  EXPECT_TRUE(std::isnan(net.dependency()[0]));
  EXPECT_EQ(net.dependency()[1], 0.5F);
  EXPECT_EQ(net.summary(), (BuildSummary{3, 0, 1, 0}));
}

TEST(NetworkOf, AssumesEqualSharesForLinksWithoutValues) {
  Chain chain = small_chain();
  chain.add_link("a", "c", link(6.0));
  chain.add_link("b", "c", link({}));  // 6, the mean of what c is known to buy
  chain.add_link("a", "b", link({}));  // 6, the mean of all that is known
  const Network net = network_of(chain);
  EXPECT_EQ(std::vector(net.out_values().begin(), net.out_values().end()), (std::vector<float>{6, 6, 6}));
  EXPECT_EQ(net.summary().values_assumed, 2U);
  Chain unknown = small_chain();
  unknown.add_link("a", "c", link({}));
  unknown.add_link("b", "c", link({}));
  EXPECT_EQ(network_of(unknown).in_values()[0], 1.0F);
  EXPECT_TRUE(network_of(unknown).weight().size() == 3 && network_of(unknown).dependency().empty());
}

TEST(NetworkOf, RefusesBadLinksWithEveryOneNamed) {
  Chain chain = small_chain();
  chain.add_link("a", "b", link(-1.0, std::nan("")));
  chain.add_link("a", "c", link(1.0, 2.0));
  try {
    static_cast<void>(network_of(chain));
    FAIL() << "bad links were taken";
  } catch (const Error& error) {
    ASSERT_EQ(error.findings().kept().size(), 3U);
    EXPECT_EQ(
        to_string(error.findings().kept()[1], Language::en),
        "column 'dependency' (record 1): value «nan»: a share lies in [0, 1]. Fix: divide percentages by 100, or give "
        "no share where it is not known.");
  }
}

TEST(NetworkOf, AnEmptyChainIsAnEmptyNetwork) {
  EXPECT_EQ(network_of(Chain()).enterprises(), 0U);
  EXPECT_EQ(network_of(small_chain()).links(), 0U);
}

}  // namespace
}  // namespace chainqual
