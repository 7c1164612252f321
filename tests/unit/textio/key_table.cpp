#include "chainqual/io/key_table.hpp"

#include "unit/textio/support.hpp"

namespace {

using namespace chainqual;

std::vector<std::string> sample(std::size_t count) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < count; ++i) {
    keys.push_back(i % 3 == 0   ? "E" + std::to_string(i)
                   : i % 3 == 1 ? "天津市滨海新区第" + std::to_string(i) + "号先进计算有限公司"
                                : std::string(i % 30, 'x') + std::to_string(i));
  }
  return keys;
}

TEST(KeyTable, FindsEveryKeyAndNoOther) {
  const auto keys = sample(5000);
  const KeyTable table = KeyTable::of(keys);
  ASSERT_EQ(table.size(), keys.size());
  for (std::uint32_t id = 0; id < keys.size(); ++id) {
    EXPECT_EQ(table.key(EnterpriseId{id}), keys[id]);
    EXPECT_EQ(table.find(keys[id]), EnterpriseId{id});
  }
  EXPECT_EQ(table.find("E1"), std::nullopt);
  EXPECT_EQ(table.find(""), std::nullopt);
  EXPECT_TRUE(table.consistent());
}

TEST(KeyTable, AnEmptyTableFindsNothing) {
  EXPECT_EQ(KeyTable().find("x"), std::nullopt);
  EXPECT_EQ(KeyTable::of(std::vector<std::string>{}).find("x"), std::nullopt);
  EXPECT_TRUE(KeyTable().consistent());
}

TEST(KeyTable, AKeyTwiceIsRefused) {
  const std::vector<std::string> keys{"a", "b", "a"};
  EXPECT_THROW(static_cast<void>(KeyTable::of(keys)), Error);
}

TEST(KeyTable, SuggestsTheNearestKeys) {
  const std::vector<std::string> keys{"E1001", "E1002", "F2000"};
  EXPECT_EQ(KeyTable::of(keys).nearest("E1O01"), (std::vector<std::string>{"E1001"}));
}

// Slots of files are found by this hash: it must never change.
TEST(KeyTable, TheHashIsTheFilesHash) {
  EXPECT_EQ(key_hash(""), key_hash(std::string_view()));
  EXPECT_NE(key_hash("a"), key_hash(std::string_view("a\0", 2)));
  EXPECT_EQ(key_hash("91120116MA06AAAA09"), 0x6770D30092BAFA9AU);
  EXPECT_EQ(key_hash("天津市滨海新区先进计算有限公司"), 0x08AF047B57FBF7BDU);
}

TEST(KeyTable, DamagedArraysAreNotConsistentAndDoNotCrash) {
  const auto keys = sample(100);
  const KeyTable table = KeyTable::of(keys);
  std::vector<std::uint32_t> slots(table.parts().slots.begin(), table.parts().slots.end());
  std::vector<std::uint64_t> offsets(table.parts().offsets.begin(), table.parts().offsets.end());
  KeyTableParts parts = table.parts();
  slots[7] = 1000000;
  parts.slots = slots;
  EXPECT_FALSE(KeyTable::from_parts(parts).consistent());
  parts.slots = table.parts().slots;
  offsets[50] = UINT64_MAX;
  parts.offsets = offsets;
  const KeyTable damaged = KeyTable::from_parts(parts);
  EXPECT_FALSE(damaged.consistent());
  EXPECT_EQ(damaged.key(EnterpriseId{50}), "");
  static_cast<void>(damaged.find(keys[50]));
  parts.offsets = parts.offsets.first(50);
  EXPECT_THROW(static_cast<void>(KeyTable::from_parts(parts)), Error);
}

}  // namespace
