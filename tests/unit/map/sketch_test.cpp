// A large chain drawn down to a sketch: its counts are the whole chain's, and nothing is left out without being told.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "chainqual/chain/builder.hpp"
#include "chainqual/chain/generate.hpp"
#include "chainqual/map/sketch.hpp"
#include "unit/map/map_cases.hpp"
#include "unit/map/map_json_check.hpp"

namespace chainqual {
namespace {

using Json = nlohmann::json;

Network made(std::uint32_t n, std::uint32_t segments, double degree = 6) {
  GenerateOptions options;
  options.enterprises = n;
  options.segments = segments;
  options.mean_degree = degree;
  options.seed = 7;
  return generate_network(options);
}

std::vector<double> traded(const Network& net) {
  std::vector<double> value(net.enterprises(), 0);
  for (std::uint32_t i = 0; i < net.enterprises(); ++i) {
    for (std::uint64_t l = net.out_offsets()[i]; l < net.out_offsets()[i + 1]; ++l) {
      value[i] += net.out_values()[l];
      value[net.out_targets()[l]] += net.out_values()[l];
    }
  }
  return value;
}

std::size_t drawn_items(const Scene& scene) {
  std::size_t count = 0;
  for (const auto& item : scene.items) count += std::holds_alternative<SceneGroup>(item) ? 0 : 1;
  return count;
}

TEST(Sketch, CountsAreTheWholeChains) {
  const Network net = made(3000, 12);
  SketchOptions options;
  options.most_enterprises = 240;
  const ChainSketch sketch = sketch_chain(net, {}, {}, options);
  EXPECT_EQ(sketch.enterprises, 3000U);
  EXPECT_EQ(sketch.links, net.links());
  std::vector<std::uint64_t> sizes(15, 0);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> bundles;
  // Segments of a synthetic chain ascend with the stages, so that their places are their ids.
  for (std::uint32_t i = 0; i < net.enterprises(); ++i) {
    ++sizes[net.segment()[i]];
    for (const std::uint32_t j : net.customers(EnterpriseId{i})) {
      if (net.segment()[i] != net.segment()[j]) ++bundles[{net.segment()[i], net.segment()[j]}];
    }
  }
  EXPECT_EQ(sketch.segment_sizes, sizes);
  ASSERT_EQ(sketch.bundles.size(), bundles.size());
  for (const auto& each : sketch.bundles) EXPECT_EQ(each.links, (bundles[{each.from, each.to}]));
  EXPECT_EQ(sketch.bundles_left_out, 0U);
}

TEST(Sketch, TakesTheLargestOfEachSegmentAndSharesRoomEvenly) {
  const Network net = made(3000, 12);
  const std::vector<double> value = traded(net);
  SketchOptions options;
  options.most_enterprises = 245;
  const ChainSketch sketch = sketch_chain(net, {}, {}, options);
  ASSERT_EQ(sketch.chosen.size(), 245U);
  std::map<std::uint32_t, std::vector<double>> chosen;
  for (const EnterpriseId id : sketch.chosen) chosen[net.segment()[id.index()]].push_back(value[id.index()]);
  for (const auto& [segment, values] : chosen) {
    EXPECT_GE(values.size(), 20U);
    EXPECT_LE(values.size(), 21U);
    const double least = *std::min_element(values.begin(), values.end());
    std::size_t larger = 0;
    double sum = 0;
    for (std::uint32_t i = 0; i < net.enterprises(); ++i) {
      if (net.segment()[i] != segment) continue;
      larger += value[i] > least * (1 + 1e-9) ? 1 : 0;
      sum += value[i];
    }
    EXPECT_LE(larger, values.size() - 1);
    double covered = 0;
    for (const double each : values) covered += each;
    EXPECT_NEAR(sketch.covered[segment], covered / sum, 1e-9);
  }
}

TEST(Sketch, EveryPartnerIsALinkOrATie) {
  const Network net = made(2000, 9);
  SketchOptions options;
  options.most_enterprises = 300;
  const ChainSketch sketch = sketch_chain(net, {}, {}, options);
  const Chain& chain = sketch.dossier.chain;
  for (std::uint32_t k = 0; k < chain.enterprises(); ++k) {
    const EnterpriseId id = sketch.chosen[k];
    for (const bool customers : {false, true}) {
      const SketchTies& ties = customers ? sketch.customers[k] : sketch.suppliers[k];
      const std::size_t drawn = customers ? boost::out_degree(k, chain.graph()) : boost::in_degree(k, chain.graph());
      std::size_t left = 0;
      for (const auto& [segment, count] : ties.left_out) left += count;
      EXPECT_EQ(ties.partners, customers ? net.out_degree(id) : net.in_degree(id));
      EXPECT_EQ(drawn + left, ties.partners);
      EXPECT_EQ(ties.largest.size(), std::min<std::size_t>(left, options.most_partners));
    }
  }
}

TEST(Sketch, SmallNetworksAreDrawnWhole) {
  const Network net = made(50, 5);
  const ChainSketch sketch = sketch_chain(net);
  EXPECT_EQ(sketch.chosen.size(), 50U);
  EXPECT_EQ(sketch.dossier.chain.links(), net.links());
  const Json doc = Json::parse(map_json(sketch));
  EXPECT_EQ(map_json_check::faults(doc), std::vector<std::string>{});
  EXPECT_TRUE(doc["chain"]["chosen_by"].is_null());
  for (const auto& one : doc["enterprises"]) EXPECT_TRUE(one["ties"].is_null());
  EXPECT_EQ(map_cases::frames_of(chain_scene(sketch), FrameRole::card), 50U);
}

TEST(Sketch, PageTellsWhatItLeavesOut) {
  const Network net = made(9000, 12);
  SketchNames names;
  names.id = [](EnterpriseId id) { return "E" + std::to_string(id.index()); };
  const ChainSketch sketch = sketch_chain(net, names);
  const std::string text = map_json(sketch);
  const Json doc = Json::parse(text);
  EXPECT_EQ(map_json_check::faults(doc), std::vector<std::string>{});
  EXPECT_EQ(doc["chain"]["enterprises"], 9000);
  EXPECT_EQ(doc["chain"]["carried"]["enterprises"], 2000);
  EXPECT_EQ(doc["chain"]["chosen_by"], "traded_value");
  EXPECT_GT(doc["chain"]["covered"].get<double>(), 2000.0 / 9000);
  EXPECT_EQ(doc["enterprises"][0]["ties"]["suppliers"][0], sketch.suppliers[0].partners);
  EXPECT_LT(text.size(), 4'000'000U);
}

TEST(Sketch, ManySegmentsAreTakenTogether) {
  const Network net = made(5000, 1000);
  SketchOptions options;
  options.most_segments = 100;
  options.most_bundles = 500;
  const ChainSketch sketch = sketch_chain(net, {}, {}, options);
  EXPECT_EQ(sketch.dossier.chain.segments().size(), 100U);
  std::set<std::uint32_t> used;
  for (const std::uint32_t segment : net.segment()) used.insert(segment);
  EXPECT_EQ(sketch.merged[0] + sketch.merged[1] + sketch.merged[2], used.size() - 100);
  std::uint64_t counted = 0;
  for (const std::uint64_t size : sketch.segment_sizes) counted += size;
  EXPECT_EQ(counted, 5000U);
  EXPECT_EQ(sketch.bundles.size(), 500U);
  EXPECT_GT(sketch.bundles_left_out, 0U);
  EXPECT_EQ(map_json_check::faults(Json::parse(map_json(sketch))), std::vector<std::string>{});
}

TEST(Sketch, ChartsStayWithinTwoThousandItems) {
  for (const std::uint32_t segments : {3U, 12U, 72U, 1000U}) {
    for (const Language language : {Language::zh, Language::en}) {
      SvgOptions options;
      options.language = language;
      const Scene scene = chain_scene(sketch_chain(made(5000, segments)), options);
      EXPECT_EQ(map_cases::layout_faults(scene), std::vector<std::string>{}) << segments;
      EXPECT_LE(drawn_items(scene), 2000U) << segments;
    }
  }
}

TEST(Sketch, ImportanceDecidesAndUnknownComesLast) {
  const Network net = made(600, 3);
  std::vector<double> importance(600, std::numeric_limits<double>::quiet_NaN());
  for (std::uint32_t i = 0; i < 600; i += 40) importance[i] = i == 80 ? 0.0 : 0.5;
  SketchOptions options;
  options.most_enterprises = 60;
  const ChainSketch sketch = sketch_chain(net, {}, importance, options);
  EXPECT_EQ(sketch.measure, SketchMeasure::importance);
  std::set<std::uint32_t> chosen;
  for (const EnterpriseId id : sketch.chosen) chosen.insert(id.value);
  for (std::uint32_t i = 0; i < 600; i += 40) EXPECT_TRUE(chosen.contains(i)) << i;
  const Json doc = Json::parse(map_json(sketch));
  EXPECT_EQ(map_json_check::faults(doc), std::vector<std::string>{});
  EXPECT_EQ(doc["chain"]["chosen_by"], "importance");
}

TEST(Sketch, CandidatesAreWhatIsChosenWithoutImportance) {
  const Network net = made(3000, 7);
  EXPECT_EQ(sketch_candidates(net, SketchOptions{}.most_enterprises), sketch_chain(net).chosen);
}

TEST(Sketch, WithoutStagesTheNoteSaysSo) {
  const std::vector<std::uint32_t> supplier{0, 1, 2};
  const std::vector<std::uint32_t> customer{1, 2, 3};
  NetworkColumns columns;
  columns.enterprises = 4;
  columns.supplier = supplier;
  columns.customer = customer;
  const ChainSketch sketch = sketch_chain(build_network(columns));
  EXPECT_NE(sketch.dossier.info.note_en.find("states no stages"), std::string::npos);
  EXPECT_EQ(sketch.measure, SketchMeasure::links);
  EXPECT_EQ(sketch.segment_sizes, (std::vector<std::uint64_t>{0, 4, 0}));
}

TEST(Sketch, AnEmptyNetworkIsDescribedToo) {
  const ChainSketch sketch = sketch_chain(Network{});
  EXPECT_EQ(map_json_check::faults(Json::parse(map_json(sketch))), std::vector<std::string>{});
  EXPECT_EQ(map_cases::layout_faults(chain_scene(sketch)), std::vector<std::string>{});
}

TEST(Sketch, MisuseIsRefused) {
  const Network net = made(20, 3);
  const auto code = [&](const std::vector<double>& importance) {
    try {
      (void)sketch_chain(net, {}, importance);
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::internal;
  };
  EXPECT_EQ(code(std::vector<double>(19, 1.0)), ErrorCode::shape_mismatch);
  std::vector<double> negative(20, 1.0);
  negative[7] = -1;
  EXPECT_EQ(code(negative), ErrorCode::invalid_value);
  CancelToken stopped;
  stopped.cancel();
  Control control;
  control.cancel = &stopped;
  EXPECT_THROW((void)sketch_chain(net, {}, {}, {}, control), Error);
}

}  // namespace
}  // namespace chainqual
