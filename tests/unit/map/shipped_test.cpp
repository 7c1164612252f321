// The shipped chains as charts: both languages, with and without heat.
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/datasets/shipped.hpp"
#include "unit/map/map_cases.hpp"
#include "unit/map/xml_check.hpp"

namespace chainqual {
namespace {

class ShippedMap : public ::testing::TestWithParam<const char*> {};

TEST_P(ShippedMap, IsWellFormedWithoutOverlapInBothLanguages) {
  const Dossier& dossier = shipped::file(GetParam()).dossier;
  const AssessReport report = map_cases::assessed(dossier);
  for (const Language language : {Language::zh, Language::en}) {
    SvgOptions options;
    options.language = language;
    for (const AssessReport* shown : {static_cast<const AssessReport*>(nullptr), &report}) {
      const Scene scene = chain_scene(dossier, shown, options);
      EXPECT_EQ(map_cases::layout_faults(scene), std::vector<std::string>{});
      EXPECT_EQ(map_cases::frames_of(scene, FrameRole::card), dossier.chain.enterprises());
      EXPECT_EQ(xml_check::read(to_svg(scene)).fault, "");
    }
  }
}

TEST_P(ShippedMap, NothingIsCutInEitherLanguageOnAnySheet) {
  const Dossier& dossier = shipped::file(GetParam()).dossier;
  const AssessReport report = map_cases::assessed(dossier);
  for (const Language language : {Language::zh, Language::en}) {
    for (const bool sheet : {false, true}) {
      SvgOptions options;
      options.language = language;
      options.sheet = sheet;
      for (const auto& item : chain_scene(dossier, &report, options).items) {
        const auto* text = std::get_if<SceneText>(&item);
        EXPECT_FALSE(text != nullptr && text->text.ends_with("…")) << text->text;
      }
    }
  }
}

TEST_P(ShippedMap, EveryNameStandsInFull) {
  const Dossier& dossier = shipped::file(GetParam()).dossier;
  for (const Language language : {Language::zh, Language::en}) {
    SvgOptions options;
    options.language = language;
    // A name may stand on several lines, one after another.
    const auto close = [](std::string text) {
      std::erase(text, ' ');
      return text;
    };
    std::string all;
    for (const auto& item : chain_scene(dossier, nullptr, options).items) {
      if (const auto* text = std::get_if<SceneText>(&item)) all += close(text->text);
    }
    const auto shows = [&](const std::string& zh, const std::string& en) {
      const std::string& name = language == Language::zh ? zh : en;
      EXPECT_NE(all.find(close(name)), std::string::npos) << name;
    };
    for (const auto& problem : dossier.problems) shows(problem.name, problem.name_en);
    for (const auto& segment : dossier.chain.segments()) shows(segment.name, segment.name_en);
    for (std::uint32_t i = 0; i < dossier.chain.enterprises(); ++i) {
      const Enterprise& enterprise = dossier.chain.enterprise(EnterpriseId{i});
      shows(enterprise.name, enterprise.name_en);
    }
    for (const auto& institution : dossier.chain.institutions()) {
      shows(institution.name, institution.name_en);
    }
  }
}

TEST_P(ShippedMap, InEnglishHasNoChineseWordLeft) {
  const Dossier& dossier = shipped::file(GetParam()).dossier;
  SvgOptions options;
  options.language = Language::en;
  for (const auto& item : chain_scene(dossier, nullptr, options).items) {
    const auto* text = std::get_if<SceneText>(&item);
    if (text == nullptr) continue;
    // Han characters of UTF-8 begin with E3 … E9; the dash, the stars and "…" with E2.
    const bool han =
        std::any_of(text->text.begin(), text->text.end(), [](char c) { return c >= '\xE3' && c <= '\xE9'; });
    EXPECT_FALSE(han) << text->text;
  }
}

INSTANTIATE_TEST_SUITE_P(Both, ShippedMap, ::testing::Values("advanced_computing", "connected_vehicle"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace chainqual
