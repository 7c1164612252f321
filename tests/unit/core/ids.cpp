#include "chainqual/core/ids.hpp"

#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

#include "chainqual/chain/stage.hpp"
#include "chainqual/core/text.hpp"

namespace {

using chainqual::EnterpriseId;
using chainqual::LinkId;
using chainqual::SegmentId;
using chainqual::Stage;

TEST(StrongId, IsItsNumberAndNothingElse) {
  static_assert(sizeof(EnterpriseId) == 4 && sizeof(LinkId) == 8);
  static_assert(std::is_trivially_copyable_v<EnterpriseId>);
  static_assert(!std::is_convertible_v<std::uint32_t, EnterpriseId> &&
                !std::is_convertible_v<EnterpriseId, std::uint32_t>);
  static_assert(!std::is_constructible_v<SegmentId, EnterpriseId>);
  EXPECT_EQ(EnterpriseId{7}.index(), 7U);
  EXPECT_LT(EnterpriseId{7}, EnterpriseId{8});
}

TEST(StrongId, NoneIsTheDefaultAndAboveAllOthers) {
  EXPECT_TRUE(EnterpriseId{}.is_none());
  EXPECT_EQ(EnterpriseId{}, EnterpriseId::none());
  EXPECT_FALSE(EnterpriseId{0}.is_none());
  EXPECT_GT(LinkId::none(), LinkId{123456789012});
}

TEST(StrongId, HashesAsItsNumber) {
  std::unordered_set<EnterpriseId> ids{EnterpriseId{1}, EnterpriseId{2}, EnterpriseId{1}};
  EXPECT_EQ(ids.size(), 2U);
  EXPECT_TRUE(ids.contains(EnterpriseId{2}));
}

TEST(Names, AreFoundByKeyNameAndAliasExactly) {
  EXPECT_EQ(chainqual::value_named<Stage>("midstream"), Stage::midstream);
  EXPECT_EQ(chainqual::value_named<Stage>("中游"), Stage::midstream);
  EXPECT_EQ(chainqual::value_named<Stage>("中游产业"), Stage::midstream);
  EXPECT_EQ(chainqual::value_named<Stage>("中"), Stage::midstream);
  for (const char* word : {"", "Midstream", "中游产业|中", "|", "mid", " 中"}) {
    EXPECT_FALSE(chainqual::value_named<Stage>(word).has_value()) << word;
  }
}

TEST(Names, AreShownInEitherLanguage) {
  EXPECT_EQ(chainqual::key_of(Stage::upstream), "upstream");
  EXPECT_EQ(chainqual::label_of(Stage::upstream, chainqual::Language::zh), "上游");
  EXPECT_EQ(chainqual::label_of(Stage::downstream, chainqual::Language::en), "downstream");
  EXPECT_EQ(chainqual::names_of(static_cast<Stage>(99)).value, Stage::upstream);
}

}  // namespace
