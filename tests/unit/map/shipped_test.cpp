// The shipped chains as charts: both languages, with and without heat.
#include <gtest/gtest.h>

#include "unit/datasets/shipped.hpp"
#include "unit/map/map_cases.hpp"
#include "unit/map/xml_check.hpp"

namespace chainqual {
namespace {

class ShippedMap : public testing::TestWithParam<const char*> {};

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

TEST_P(ShippedMap, EveryProblemAndEnterpriseIsNamedInFull) {
  const Dossier& dossier = shipped::file(GetParam()).dossier;
  for (const Language language : {Language::zh, Language::en}) {
    SvgOptions options;
    options.language = language;
    std::string all;
    for (const auto& item : chain_scene(dossier, nullptr, options).items) {
      if (const auto* text = std::get_if<SceneText>(&item)) all += text->text + "\n";
    }
    for (const auto& problem : dossier.problems) {
      const std::string& name = language == Language::zh ? problem.name : problem.name_en;
      EXPECT_NE(all.find(name + "\n"), std::string::npos) << name;
    }
    for (const auto& segment : dossier.chain.segments()) {
      const std::string& name = language == Language::zh ? segment.name : segment.name_en;
      EXPECT_NE(all.find(name + "\n"), std::string::npos) << name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Both, ShippedMap, testing::Values("advanced_computing", "connected_vehicle"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace chainqual
