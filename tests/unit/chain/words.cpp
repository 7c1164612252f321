#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "chainqual/chain/name.hpp"
#include "chainqual/chain/nearest.hpp"
#include "chainqual/chain/region.hpp"

namespace chainqual {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("gear", "gear", 3), 0U);
  EXPECT_EQ(edit_distance("gear", "GEAR", 3), 0U);
  EXPECT_EQ(edit_distance("gear", "gaer", 3), 1U);
  EXPECT_EQ(edit_distance("gear", "gears", 3), 1U);
  EXPECT_EQ(edit_distance("gear", "bar", 3), 2U);
  EXPECT_EQ(edit_distance("天津", "天律", 3), 1U) << "characters count, not bytes";
  EXPECT_EQ(edit_distance("", "abc", 3), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 2), 3U) << "beyond the bound: bound + 1";
  EXPECT_EQ(edit_distance("a", "abcdefgh", 2), 3U);
}

TEST(EditDistance, IsSymmetricAndEqualToTheWholeTable) {
  // All words of up to four letters over two: the band must not cut a shortest way off.
  std::vector<std::string> words{""};
  for (std::size_t k = 0; k < words.size(); ++k) {
    if (words[k].size() == 4) continue;
    const std::string word = words[k];
    words.push_back(word + "a");
    words.push_back(word + "b");
  }
  for (const auto& a : words) {
    for (const auto& b : words) {
      const auto whole = edit_distance(a, b, 10);
      EXPECT_EQ(edit_distance(b, a, 10), whole);
      for (std::size_t bound = 0; bound < 4; ++bound) {
        EXPECT_EQ(edit_distance(a, b, bound), std::min(whole, bound + 1)) << a << " " << b << " " << bound;
      }
    }
  }
}

TEST(Nearest, OffersTheNearestFirstAndNothingThatIsFar) {
  Nearest nearest("enterprse", 2);
  for (const auto* word : {"product", "enterprises", "enterprise", "xenterprise"}) nearest.offer(word);
  EXPECT_EQ(std::move(nearest).take(), (std::vector<std::string>{"enterprise", "enterprises"}));
  Nearest none("zz");
  none.offer("ab");
  EXPECT_TRUE(std::move(none).take().empty());
  Nearest part("长城");
  part.offer("中国长城科技");
  EXPECT_EQ(std::move(part).take(), std::vector<std::string>{"中国长城科技"});
}

TEST(CodePoints, TakeMalformedBytesOneByOne) {
  EXPECT_EQ(code_points("a天\xFF"), (std::vector<char32_t>{U'a', U'天', 0xFF}));
  EXPECT_EQ(code_points("\xE5\xA4"), (std::vector<char32_t>{0xE5, 0xA4}));
}

TEST(Region, IsFoundByCodeNameShortNameSignAndEnglishName) {
  for (const auto* text : {"120000", "12", "1201", "120116", "天津市", "天津", "津", "Tianjin", "TIANJIN"}) {
    ASSERT_NE(find_region(text), nullptr) << text;
    EXPECT_EQ(find_region(text)->code, "120000") << text;
  }
  EXPECT_EQ(find_region("Tibet")->code, "540000");
  EXPECT_EQ(find_region("广西壮族自治区")->short_name, "广西");
  EXPECT_EQ(find_region("黔")->name, "贵州省");
  for (const auto* text : {"", "990000", "1", "1200000", "天", "Atlantis", "津市"}) {
    EXPECT_EQ(find_region(text), nullptr) << text;
  }
}

TEST(Region, ListsThirtyFourInTheOrderOfTheirCodesWithoutRepeats) {
  ASSERT_EQ(regions().size(), 34U);
  for (std::size_t k = 0; k < regions().size(); ++k) {
    const auto& region = regions()[k];
    for (const auto text : {region.code, region.name, region.short_name, region.sign, region.name_en}) {
      EXPECT_EQ(find_region(text), &region) << text;
    }
    EXPECT_TRUE(k == 0 || regions()[k - 1].code < region.code);
  }
}

TEST(Region, SuggestsNearNames) {
  EXPECT_EQ(nearest_regions("Tianjing").front(), "Tianjin");
  EXPECT_EQ(nearest_regions("黑龙港").front(), "黑龙江");
}

TEST(NormalisedName, DropsWidthBlanksBracketsAndLegalForms) {
  EXPECT_EQ(normalised_name("中国长城科技集团股份有限公司"), "中国长城科技");
  EXPECT_EQ(normalised_name("天津（飞腾）信息技术有限公司"), "天津飞腾信息技术");
  EXPECT_EQ(normalised_name("ＡＢＣ　科技"), "abc科技");
  EXPECT_EQ(normalised_name("Phytium Co., Ltd."), "phytium");
  EXPECT_EQ(normalised_name("Cisco"), "cisco") << "a legal form is a word of its own";
  EXPECT_EQ(normalised_name("公司"), "公司") << "something is left of every name";
  EXPECT_EQ(normalised_name("Co. Ltd."), "co");
  EXPECT_EQ(normalised_name(""), "");
}

}  // namespace
}  // namespace chainqual
