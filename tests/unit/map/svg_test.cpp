#include <gtest/gtest.h>

#include <algorithm>
#include <clocale>

#include "map_cases.hpp"
#include "xml_check.hpp"

namespace chainqual {
namespace {

using map_cases::made_chain;

TEST(ChainSvg, IsWellFormedForTenAndThreeHundredEnterprises) {
  for (const std::uint32_t n : {10u, 300u, 401u}) {
    const Dossier dossier = made_chain(n, 12);
    const AssessReport report = map_cases::assessed(dossier);
    const auto reading = xml_check::read(chain_svg(dossier, &report));
    EXPECT_EQ(reading.fault, "") << n;
    EXPECT_EQ(reading.elements.front(), "svg");
  }
}

TEST(ChainSvg, SameInputGivesSameBytes) {
  const Dossier dossier = made_chain(60, 9);
  EXPECT_EQ(chain_svg(dossier), chain_svg(made_chain(60, 9)));
}

TEST(ChainSvg, LocaleOfTheProcessChangesNothing) {
  const Dossier dossier = made_chain(10, 4);
  const std::string before = chain_svg(dossier);
  const std::string old = std::setlocale(LC_ALL, nullptr);
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8"}) {
    if (std::setlocale(LC_ALL, name) == nullptr) continue;
    EXPECT_EQ(chain_svg(dossier), before) << name;
  }
  std::setlocale(LC_ALL, old.c_str());
}

TEST(ChainSvg, HostileNamesAreShownAsText) {
  const std::vector<std::string> names{"</text><script>alert(1)</script>",
                                       "\" onload=\"x",
                                       "a&b;&#0;",
                                       "<!--",
                                       "𠮷𮬭有限公司",
                                       "]]>",
                                       "'单引号'"};
  Dossier dossier;
  dossier.info.name = "<svg>&链";
  for (const auto& name : names) {
    Enterprise e;
    e.name = name;
    dossier.chain.add_enterprise(e);
  }
  const std::string svg = chain_svg(dossier);
  const auto reading = xml_check::read(svg);
  ASSERT_EQ(reading.fault, "");
  for (const auto& name : names) {
    EXPECT_NE(std::find(reading.texts.begin(), reading.texts.end(), name), reading.texts.end()) << name;
  }
  EXPECT_EQ(std::count(reading.elements.begin(), reading.elements.end(), "script"), 0);
  EXPECT_EQ(svg.find("<script"), std::string::npos);
}

TEST(ChainSvg, CharactersThatXmlForbidsAreReplaced) {
  EXPECT_EQ(xml_escaped(std::string("a\x01"
                                    "b\x7f")),
            "a\uFFFD"
            "b\x7f");
  EXPECT_EQ(xml_escaped("bad \xff byte \xc3"), "bad \uFFFD byte \uFFFD");
  EXPECT_EQ(xml_escaped("\xef\xbf\xbf"), "\uFFFD");              // U+FFFF
  EXPECT_EQ(xml_escaped("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
  Dossier dossier;
  Enterprise e;
  e.name = "企业\x02\xfe";
  dossier.chain.add_enterprise(e);
  EXPECT_EQ(xml_check::read(chain_svg(dossier)).fault, "");
}

TEST(ChainSvg, InsideAndOutsideDifferByShapeAndDocumentedAndInferredByDash) {
  Dossier dossier;
  dossier.info.home_region = "120000";
  for (const char* region : {"120000", "110000"}) {
    Enterprise e;
    e.id = region;
    e.name = region;
    e.region = region;
    dossier.chain.add_enterprise(e);
  }
  const auto count = [&](const auto& accept) {
    std::size_t found = 0;
    for (const auto& item : chain_scene(dossier).items) {
      const auto* path = std::get_if<ScenePath>(&item);
      found += path != nullptr && accept(*path) ? 1 : 0;
    }
    return found;
  };
  // The outside card is a path of eight corners, and so is its sign in the legend; the inside ones are rectangles.
  const auto cut = [](const ScenePath& path) { return std::count(path.data.begin(), path.data.end(), 'L') == 7; };
  EXPECT_EQ(count(cut), 2u);
  const auto dashed = [](const ScenePath& path) { return !path.dash.empty(); };
  EXPECT_EQ(count(dashed), 0u);
  Link link;
  link.evidence = Evidence::documented;
  dossier.chain.add_link("120000", "110000", link);
  EXPECT_EQ(count(dashed), 0u) << "a legend explains nothing that is not drawn";
  link.evidence = Evidence::inferred;
  dossier.chain.add_link("110000", "120000", link);
  EXPECT_EQ(count(dashed), 2u) << "the link, and its sign in the legend";
}

TEST(ChainSvg, EnglishChartNamesEnglish) {
  Dossier dossier = made_chain(3, 3);
  SvgOptions english;
  english.language = Language::en;
  const auto reading = xml_check::read(chain_svg(dossier, nullptr, english));
  const auto shows = [&](std::string_view words) {
    return std::find(reading.texts.begin(), reading.texts.end(), words) != reading.texts.end();
  };
  EXPECT_TRUE(shows("Test chain: quality map"));
  EXPECT_TRUE(shows("Upstream"));
  EXPECT_TRUE(shows("Segment 0"));
  EXPECT_TRUE(shows("Tianjin"));
  EXPECT_FALSE(shows("上游"));
}

TEST(ChainSvg, LengthIsBoundedOnceLanesAreCounted) {
  const std::size_t small = chain_svg(made_chain(2000, 60)).size();
  const std::size_t large = chain_svg(made_chain(20000, 60)).size();
  EXPECT_LT(large, small + small / 10);
}

}  // namespace
}  // namespace chainqual
