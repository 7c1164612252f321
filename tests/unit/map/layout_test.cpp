#include <gtest/gtest.h>

#include "map_cases.hpp"

namespace chainqual {
namespace {

using map_cases::frames_of;
using map_cases::layout_faults;
using map_cases::made_chain;

struct Size {
  std::uint32_t enterprises;
  std::uint32_t segments;
};

bool scene_band(const Scene& scene, const SceneText& text) {
  return scene.frames[text.frame].role == FrameRole::institutions;
}

class MapLayout : public ::testing::TestWithParam<Size> {};

TEST_P(MapLayout, NoTextsOverlapAndEachLiesWithinItsFrame) {
  const Dossier dossier = made_chain(GetParam().enterprises, GetParam().segments);
  for (const Language language : {Language::zh, Language::en}) {
    SvgOptions options;
    options.language = language;
    EXPECT_EQ(layout_faults(chain_scene(dossier, nullptr, options)), std::vector<std::string>{});
  }
}

TEST_P(MapLayout, SheetsAreLaidOutWithoutOverlapToo) {
  const Dossier dossier = made_chain(GetParam().enterprises, GetParam().segments);
  SvgOptions options;
  options.sheet = true;
  EXPECT_EQ(layout_faults(chain_scene(dossier, nullptr, options)), std::vector<std::string>{});
}

TEST_P(MapLayout, HeatTakesItsRoomWithoutOverlap) {
  const Dossier dossier = made_chain(GetParam().enterprises, GetParam().segments);
  const AssessReport report = map_cases::assessed(dossier);
  EXPECT_EQ(layout_faults(chain_scene(dossier, &report, {})), std::vector<std::string>{});
}

TEST_P(MapLayout, EachEnterpriseHasOneCardUnlessLanesAreCounted) {
  const auto [n, segments] = GetParam();
  const Scene scene = chain_scene(made_chain(n, segments));
  EXPECT_EQ(frames_of(scene, FrameRole::card), n > 400 ? 0u : n);
  EXPECT_EQ(frames_of(scene, FrameRole::column), 3u);
}

INSTANTIATE_TEST_SUITE_P(Sizes, MapLayout,
                         ::testing::Values(Size{0, 0}, Size{1, 0}, Size{1, 1}, Size{10, 4}, Size{60, 9}, Size{61, 9},
                                           Size{300, 12}, Size{400, 12}, Size{401, 12}, Size{2000, 120}),
                         [](const auto& each) {
                           return std::to_string(each.param.enterprises) + "In" + std::to_string(each.param.segments);
                         });

TEST(MapLayoutParts, SegmentsBeyondTheRoomOfAColumnAreCountedNotLost) {
  const Scene scene = chain_scene(made_chain(2000, 120));
  // 40 segments a stage: 24 lanes and one for the rest, in each of three columns.
  EXPECT_EQ(frames_of(scene, FrameRole::lane), 75u);
  std::uint64_t counted = 0;
  bool said = false;
  for (const auto& item : scene.items) {
    const auto* text = std::get_if<SceneText>(&item);
    if (text == nullptr) continue;
    said = said || text->text.find("另有 16 个环节") != std::string::npos;
    if (scene.frames[text->frame].role == FrameRole::lane && text->text.starts_with("企业 ")) {
      counted += std::stoull(text->text.substr(std::string("企业 ").size()));
    }
  }
  EXPECT_TRUE(said);
  EXPECT_EQ(counted, 2000u);
}

TEST(MapLayoutParts, InstitutionsOfNoSegmentStandInABandOfTheWholeChain) {
  Dossier dossier = made_chain(10, 4);
  for (const Language language : {Language::zh, Language::en}) {
    SvgOptions options;
    options.language = language;
    const Scene scene = chain_scene(dossier, nullptr, options);
    EXPECT_EQ(layout_faults(scene), std::vector<std::string>{});
    ASSERT_EQ(frames_of(scene, FrameRole::institutions), 1u);
    std::string said;
    for (const auto& item : scene.items) {
      const auto* text = std::get_if<SceneText>(&item);
      if (text != nullptr && scene.frames[text->frame].role == FrameRole::institutions) said += text->text;
    }
    for (const char* name : {"全链服务大学0 [CMA]", "全链服务大学1", "全链服务大学3"}) {
      EXPECT_NE(said.find(name), std::string::npos) << said;
    }
    EXPECT_EQ(said.find("质量检验研究院"), std::string::npos) << "those of a segment stand there";
    options.institutions = false;
    EXPECT_EQ(frames_of(chain_scene(dossier, nullptr, options), FrameRole::institutions), 0u);
  }
  // Many of them are counted, not lost.
  for (int k = 0; k < 2000; ++k) {
    Institution more;
    more.id = more.name = "另一所名字不短的服务全链的研究机构" + std::to_string(k);
    dossier.chain.add_institution(more);
  }
  const Scene full = chain_scene(dossier);
  EXPECT_EQ(layout_faults(full), std::vector<std::string>{});
  bool counted = false;
  for (const auto& item : full.items) {
    const auto* text = std::get_if<SceneText>(&item);
    counted = counted || (text != nullptr && scene_band(full, *text) && text->text.find("另有 ") != std::string::npos);
  }
  EXPECT_TRUE(counted);
}

TEST(MapLayoutParts, EmptyChainSaysSo) {
  const Scene scene = chain_scene(Dossier{});
  int said = 0;
  for (const auto& item : scene.items) {
    const auto* text = std::get_if<SceneText>(&item);
    said += text != nullptr && text->text == "没有企业" ? 1 : 0;
  }
  EXPECT_EQ(said, 3);
  EXPECT_EQ(layout_faults(scene), std::vector<std::string>{});
}

TEST(MapLayoutParts, OptionsLeaveTheirPartsOut) {
  const Dossier dossier = made_chain(10, 4);
  SvgOptions bare;
  bare.links = false;
  bare.problems = false;
  bare.institutions = false;
  bare.title = "自定标题";
  bare.date = "某日";
  const Scene scene = chain_scene(dossier, nullptr, bare);
  EXPECT_EQ(frames_of(scene, FrameRole::problem_list), 0u);
  EXPECT_EQ(scene.title, "自定标题");
  bool dated = false;
  for (const auto& item : scene.items) {
    const auto* text = std::get_if<SceneText>(&item);
    if (text == nullptr) continue;
    EXPECT_EQ(text->text.find("质量检验研究院"), std::string::npos);
    dated = dated || text->text.find("某日") != std::string::npos;
  }
  EXPECT_TRUE(dated);
  EXPECT_EQ(layout_faults(scene), std::vector<std::string>{});
  EXPECT_GT(frames_of(chain_scene(dossier), FrameRole::problem_list), 0u);
}

TEST(MapLayoutParts, LinksAgainstTheFlowAndPastAColumnAreDrawn) {
  Dossier dossier = made_chain(9, 3);
  const auto curves = [&] {
    std::size_t count = 0;
    for (const auto& item : chain_scene(dossier).items) {
      const auto* path = std::get_if<ScenePath>(&item);
      count += path != nullptr && path->fill.empty() && path->data.find('C') != std::string::npos ? 1 : 0;
    }
    return count;
  };
  const std::size_t before = curves();
  dossier.chain.add_link("e2", "e0", Link{});  // downstream → upstream
  dossier.chain.add_link("e4", "e0", Link{});  // midstream → upstream
  dossier.chain.add_link("e0", "e8", Link{});  // upstream → downstream
  dossier.chain.add_link("e1", "e1", Link{});  // itself: not drawn
  EXPECT_EQ(curves(), before + 3);
}

TEST(MapLayoutParts, ReportOfAnotherChainIsRefused) {
  const AssessReport report = map_cases::assessed(made_chain(10, 4));
  try {
    (void)chain_scene(made_chain(11, 4), &report);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::shape_mismatch);
    EXPECT_NE(error.message().zh.find("评估结果与产业链不符"), std::string::npos);
  }
}

}  // namespace
}  // namespace chainqual
