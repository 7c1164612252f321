// What the static chart says: signs, legend, header, badges, cards of many enterprises, routes of links.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "chainqual/map/html.hpp"
#include "chainqual/map/print.hpp"
#include "unit/datasets/shipped.hpp"
#include "unit/map/map_cases.hpp"

namespace chainqual {
namespace {

using map_cases::made_chain;

std::vector<std::string> texts_in(const Scene& scene, FrameRole role) {
  std::vector<std::string> texts;
  for (const auto& item : scene.items) {
    const auto* text = std::get_if<SceneText>(&item);
    if (text != nullptr && scene.frames.at(text->frame).role == role) texts.push_back(text->text);
  }
  return texts;
}

bool any_has(const std::vector<std::string>& texts, std::string_view part) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const auto& text) { return text.find(part) != std::string::npos; });
}

template <class Item, class Accept>
std::size_t count(const Scene& scene, const Accept& accept) {
  std::size_t found = 0;
  for (const auto& item : scene.items) {
    const auto* one = std::get_if<Item>(&item);
    found += one != nullptr && accept(*one) ? 1 : 0;
  }
  return found;
}

SvgOptions in(Language language) {
  SvgOptions options;
  options.language = language;
  return options;
}

TEST(ChartMarks, CutPointsAndBottlenecksAreFilledSignsWithTheirLegend) {
  const Dossier& vehicle = shipped::file("connected_vehicle").dossier;
  const auto filled = [](const ScenePath& path) { return path.fill == "#1f2a37"; };
  for (const Language language : {Language::zh, Language::en}) {
    const Scene scene = chain_scene(vehicle, nullptr, in(language));
    // Three cut others off, two hold the chain together; each sign stands in the legend once.
    EXPECT_EQ(count<ScenePath>(scene, filled), 3u + 1 + 2 + 1);
    const auto legend = texts_in(scene, FrameRole::legend);
    EXPECT_TRUE(any_has(legend, language == Language::zh ? "断供点" : "Cut point"));
    EXPECT_TRUE(any_has(legend, language == Language::zh ? "瓶颈" : "Bottleneck"));
  }
  SvgOptions without;
  without.weak_points = false;
  EXPECT_EQ(count<ScenePath>(chain_scene(vehicle, nullptr, without), filled), 0u);
}

TEST(ChartMarks, EverySegmentOfFinalProductsHasItsSignInBothLanguages) {
  const auto ring = [](const SceneRect& rect) { return rect.stroke == "#17405c" && rect.box.width == 14; };
  for (const char* name : {"advanced_computing", "connected_vehicle"}) {
    const Dossier& dossier = shipped::file(name).dossier;
    std::size_t finals = 0;
    for (const auto& segment : dossier.chain.segments()) finals += segment.final_product ? 1 : 0;
    for (const Language language : {Language::zh, Language::en}) {
      EXPECT_EQ(count<SceneRect>(chain_scene(dossier, nullptr, in(language)), ring), finals + 1);
    }
  }
}

TEST(ChartHeader, NamesDateVersionHashAndNextUpdate) {
  Dossier dossier = shipped::file("advanced_computing").dossier;
  const auto header = texts_in(chain_scene(dossier), FrameRole::header);
  EXPECT_TRUE(any_has(header, "数据日期 2026-11-20 · 版本 1 · " + map_version(dossier).hash.substr(0, 8)));
  EXPECT_TRUE(any_has(header, "下次更新应在 2027-11-20 前"));
  const auto english = texts_in(chain_scene(dossier, nullptr, in(Language::en)), FrameRole::header);
  EXPECT_TRUE(any_has(english, "Next update due 2027-11-20"));
  dossier.info.version = "2";
  dossier.problems.pop_back();
  EXPECT_FALSE(any_has(texts_in(chain_scene(dossier), FrameRole::header), header.front()));
}

TEST(ChartLegend, ExplainsOnlyWhatIsDrawn) {
  const auto cards = texts_in(chain_scene(made_chain(400, 12)), FrameRole::legend);
  for (const char* sign : {"链主企业", "领导者", "跟随者", "省外", "未填省份"})
    EXPECT_TRUE(any_has(cards, sign)) << sign;
  const auto counts = texts_in(chain_scene(made_chain(401, 12)), FrameRole::legend);
  for (const char* sign : {"链主企业", "领导者", "跟随者"}) EXPECT_FALSE(any_has(counts, sign)) << sign;
  // Single links need no word on their width; links taken together by segments do.
  EXPECT_TRUE(any_has(cards, "越粗"));
  EXPECT_FALSE(any_has(texts_in(chain_scene(made_chain(40, 5)), FrameRole::legend), "越粗"));
  Dossier alone;
  Enterprise e;
  e.id = e.name = "e";
  alone.chain.add_enterprise(e);
  EXPECT_EQ(texts_in(chain_scene(alone), FrameRole::legend), std::vector<std::string>{});
}

TEST(ChartCards, ThreeHundredEnterprisesAreNamedWithTheirProducts) {
  const Dossier dossier = made_chain(300, 12);
  const auto cards = texts_in(chain_scene(dossier), FrameRole::card);
  EXPECT_EQ(std::count_if(cards.begin(), cards.end(), [](const auto& text) { return text.starts_with("产品甲"); }),
            300);
  EXPECT_GE(std::count_if(cards.begin(), cards.end(), [](const auto& text) { return text.starts_with("企业"); }), 300);
}

TEST(ChartCards, WithoutProblemsNoCardHasALoss) {
  Dossier dossier = made_chain(12, 3);
  const AssessReport troubled = map_cases::assessed(dossier);
  EXPECT_TRUE(any_has(texts_in(chain_scene(dossier, &troubled), FrameRole::card), "%"));
  dossier.problems.clear();
  dossier.projects.clear();
  const AssessReport report = map_cases::assessed(dossier);
  const Scene scene = chain_scene(dossier, &report);
  EXPECT_FALSE(any_has(texts_in(scene, FrameRole::legend), "平均损失"));
  EXPECT_EQ(texts_in(scene, FrameRole::card), texts_in(chain_scene(dossier), FrameRole::card));
}

TEST(ChartCards, CountedLanesNameOwnersAndTheLargest) {
  const auto lanes = texts_in(chain_scene(made_chain(401, 12)), FrameRole::lane);
  EXPECT_TRUE(any_has(lanes, "链主：企业"));
  EXPECT_TRUE(any_has(lanes, "供货关系最多："));
}

TEST(ChartBadges, TellCategoriesOfEverySegment) {
  const Dossier& dossier = shipped::file("advanced_computing").dossier;
  const auto lanes = texts_in(chain_scene(dossier), FrameRole::lane);
  std::set<std::pair<std::string, Category>> wanted;
  for (const auto& problem : dossier.problems) {
    for (const auto& segment : problem.segments) wanted.emplace(segment, problem.category);
  }
  const std::set<std::string> letters{"技", "管", "牌", "基", "他"};
  const auto shown =
      std::count_if(lanes.begin(), lanes.end(), [&](const auto& text) { return letters.contains(text); });
  EXPECT_EQ(static_cast<std::size_t>(shown), wanted.size());
  EXPECT_TRUE(any_has(texts_in(chain_scene(dossier), FrameRole::legend), "质量基础设施"));
}

TEST(ChartNames, RightToLeftNamesTurnOnlyThemselvesRound) {
  Dossier dossier = made_chain(3, 3);
  for (const char* name : {"שלום", "a\u202E\u2069b", "院"}) {
    Institution institution;
    institution.id = institution.name = name;
    institution.cnas = true;
    institution.segments = {"s1"};
    dossier.chain.add_institution(institution);
  }
  const auto lanes = texts_in(chain_scene(dossier), FrameRole::lane);
  EXPECT_TRUE(any_has(lanes, "\u2068שלום\u2069 [CNAS]；"));
  EXPECT_TRUE(any_has(lanes, "\u2068a\u202Eb\u2069 [CNAS]")) << "a mark in the name does not end its isolation";
  EXPECT_TRUE(any_has(lanes, "；院 [CNAS]"));
}

/// The curves drawn as links.
std::vector<ScenePath> links_of(const Scene& scene) {
  std::vector<ScenePath> links;
  bool within = false;
  for (const auto& item : scene.items) {
    if (const auto* group = std::get_if<SceneGroup>(&item)) within = group->open && group->role == "links";
    const auto* path = std::get_if<ScenePath>(&item);
    if (within && path != nullptr && path->fill.empty()) links.push_back(*path);
  }
  return links;
}

TEST(ChartLinks, PassAColumnBetweenItsLanes) {
  for (const std::uint32_t n : {12u, 60u, 300u}) {
    const Dossier dossier = made_chain(n, 12);
    const Scene scene = chain_scene(dossier);
    std::size_t passing = 0;
    for (const ScenePath& link : links_of(scene)) {
      const auto line = link.data.find('L');
      if (line == std::string::npos) continue;
      ++passing;
      char* rest = nullptr;
      const double x = std::strtod(link.data.c_str() + line + 1, &rest);
      const double y = std::strtod(rest, nullptr);
      for (const auto& frame : scene.frames) {
        if (frame.role != FrameRole::lane && frame.role != FrameRole::problem_list) continue;
        const Box& column = scene.frames[frame.parent].box;
        if (std::abs(column.x - x) > 0.1 && std::abs(column.right() - x) > 0.1) continue;
        EXPECT_FALSE(y > frame.box.y && y < frame.box.bottom()) << n << " enterprises: behind a lane at y " << y;
      }
    }
    EXPECT_GT(passing, 0u);
  }
}

/// Pairs of links between the same two stages that cross, counted pair by pair.
std::size_t crossings(const Dossier& dossier, const std::vector<std::size_t>& rank) {
  const Chain& chain = dossier.chain;
  std::vector<std::array<std::size_t, 4>> links;  // stages, then ranks
  const auto [first, last] = boost::edges(chain.graph());
  for (auto edge = first; edge != last; ++edge) {
    auto a = chain.supplier(*edge);
    auto b = chain.customer(*edge);
    const auto stage = [&](EnterpriseId id) { return static_cast<std::size_t>(chain.enterprise(id).stage); };
    if (stage(a) == stage(b)) continue;
    if (stage(a) > stage(b)) std::swap(a, b);
    links.push_back({stage(a), stage(b), rank[a.index()], rank[b.index()]});
  }
  std::size_t crossed = 0;
  for (const auto& one : links) {
    for (const auto& other : links) {
      if (one[0] == other[0] && one[1] == other[1] && one[2] < other[2] && one[3] > other[3]) ++crossed;
    }
  }
  return crossed;
}

TEST(ChartLinks, NeverCrossMoreThanInTheOrderOfTheInput) {
  std::vector<Dossier> chains{made_chain(12, 6), made_chain(60, 9), made_chain(150, 12)};
  for (const char* name : {"advanced_computing", "connected_vehicle"}) chains.push_back(shipped::file(name).dossier);
  for (const Dossier& dossier : chains) {
    const Chain& chain = dossier.chain;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> input;  // home segment, enterprise
    for (std::uint32_t i = 0; i < chain.enterprises(); ++i)
      input.emplace_back(chain.home_segment(EnterpriseId{i}).value, i);
    std::sort(input.begin(), input.end());
    std::vector<std::size_t> before(chain.enterprises());
    for (std::size_t k = 0; k < input.size(); ++k) before[input[k].second] = k;
    std::vector<std::size_t> after(chain.enterprises());
    const auto doc = nlohmann::json::parse(map_json(dossier));
    for (std::size_t k = 0; k < doc["enterprises"].size(); ++k) {
      after[chain.at(doc["enterprises"][k]["id"].get<std::string>()).index()] = k;
    }
    EXPECT_LE(crossings(dossier, after), crossings(dossier, before));
  }
}

TEST(ChartDifference, IsReadWithoutColourAndTellsTheImpact) {
  const Dossier before = made_chain(12, 6);
  Dossier after = made_chain(12, 6);
  Link link;
  link.dependency = 0.9;
  after.chain.add_link("e0", "e10", link);
  Dossier gone = before;
  gone.chain.add_link("e1", "e9", Link{});
  MapDifference difference = compare_maps(gone, after);
  add_impacts(difference, gone, map_cases::assessed(gone), after, map_cases::assessed(after));
  SvgOptions options;
  options.difference = difference;
  const Scene scene = chain_scene(merged_versions(gone, after), nullptr, options);
  std::set<std::string> dashes;
  for (const ScenePath& path : links_of(scene)) {
    if (path.stroke == "#b0122f" && path.data.find('C') != std::string::npos) dashes.insert(path.dash);
  }
  EXPECT_EQ(dashes, std::set<std::string>{"1.5 5"}) << "what is gone is dotted, whatever its evidence was";
  const auto disc = [](const SceneRect& rect) {
    return rect.box.width == 14 && rect.radius == 7 && rect.fill == "#ffffff";
  };
  EXPECT_GE(count<SceneRect>(scene, disc), 2u + 3u) << "a sign on each changed link, three in the legend";
  EXPECT_FALSE(difference.impacts.empty());
  EXPECT_TRUE(any_has(texts_in(scene, FrameRole::card), "→"));
  options.difference->changes.push_back({MapChangeKind::changed, MapPart::segment, "s1", {}, "industry", "甲", "乙"});
  options.difference->impacts = {{"e1", 0.326, 0.3298}, {"e2", 0.2, 0.25}, {"e3", std::nullopt, 0.004}};
  const Scene changed = chain_scene(merged_versions(gone, after), nullptr, options);
  EXPECT_TRUE(any_has(texts_in(changed, FrameRole::lane), "变化")) << "a lane says in words that it changed";
  EXPECT_EQ(map_cases::layout_faults(changed), std::vector<std::string>{});
  const auto cards = texts_in(changed, FrameRole::card);
  for (const char* words : {"32.6%→33.0%", "20%→25%", "–→<1%"}) EXPECT_TRUE(any_has(cards, words)) << words;
}

TEST(ChartSheet, TakesTheShapeThatMakesTextLargest) {
  for (const char* name : {"advanced_computing", "connected_vehicle"}) {
    const Dossier& dossier = shipped::file(name).dossier;
    SvgOptions shaped;
    shaped.sheet = true;
    PrintOptions a3;
    a3.paper = Paper::a3;
    EXPECT_GE(smallest_text_pt(chain_scene(dossier, nullptr, shaped), a3), smallest_text_pt(chain_scene(dossier), a3));
  }
}

}  // namespace
}  // namespace chainqual
