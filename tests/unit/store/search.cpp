// Full-text search: one meaning on every database.

#include <random>

#include "unit/store/databases.hpp"
#include "unit/tableio/full_office.hpp"

namespace chainqual::testing {
namespace {

Problem described(std::string number, std::string name, std::string description) {
  Problem problem;
  problem.number = std::move(number);
  problem.name = std::move(name);
  problem.description = std::move(description);
  return problem;
}

std::string numbers(const SearchPage& page) {
  std::string all;
  for (const SearchHit& hit : page.hits) all += hit.number + " ";
  return all;
}

void fill(Store& store) {
  store.add(described("P1", "服务器芯片焊接虚焊", "国产 5G-A 模块 ＧＰＵ 散热"));
  store.add(described("P2", "散热不足", "芯片温度高；inspection data lost"));
  store.add(described("P3", "检测能力", "焊 点 检 测"));
  store.add(described("P4", "𠮷田螺栓断裂", "GB/T 3098.1 未覆盖 100% \"quoted\" it's _x_"));
  SharedResult result;
  result.number = "R1";
  result.name = "芯片焊点检测方法";
  store.add(result);
}

TEST_P(EveryStore, FindsChineseAnywhereHoweverShort) {
  Store store = open();
  fill(store);
  EXPECT_EQ(numbers(store.search({"芯片"})), "P1 R1 P2 ") << "names first, then texts";
  EXPECT_EQ(numbers(store.search({"焊"})), "P1 R1 P3 ");
  EXPECT_EQ(numbers(store.search({"芯片焊接虚焊"})), "P1 ");
  EXPECT_EQ(numbers(store.search({"焊点检测"})), "R1 ") << "not where blanks stand between";
  EXPECT_EQ(numbers(store.search({"芯 焊"})), "P1 R1 ") << "every word";
  EXPECT_EQ(numbers(store.search({"𠮷"})), "P4 ");
  EXPECT_EQ(numbers(store.search({"𠮷田"})), "P4 ");
  EXPECT_EQ(numbers(store.search({"没有"})), "");
}

TEST_P(EveryStore, FindsLatinWordsFromTheirBeginningsInAnyWidthAndCase) {
  Store store = open();
  fill(store);
  EXPECT_EQ(numbers(store.search({"gpu"})), "P1 ");
  EXPECT_EQ(numbers(store.search({"ｇｐ"})), "P1 ");
  EXPECT_EQ(numbers(store.search({"5g-a"})), "P1 ");
  EXPECT_EQ(numbers(store.search({"Insp"})), "P2 ");
  EXPECT_EQ(numbers(store.search({"pection"})), "") << "not from their middles";
  EXPECT_EQ(numbers(store.search({"GB/T 3098"})), "P4 ");
  EXPECT_EQ(numbers(store.search({"r1"})), "R1 ") << "numbers, too";
}

TEST_P(EveryStore, TakesWhatDatabasesReadAsOrdersForText) {
  Store store = open();
  fill(store);
  for (const char* text :
       {"\"quoted\"", "it's", "_x_", "100%", "a OR b AND NOT c", "芯* NEAR(片)", "':* & !x", "\\", "(x"}) {
    try {
      static_cast<void>(store.search({text}));
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid_argument) << text;
    }
  }
  EXPECT_EQ(numbers(store.search({"\"quoted\" it's"})), "P4 ");
  EXPECT_EQ(numbers(store.search({"100%"})), "P4 ");
  EXPECT_EQ(error_of([&] { static_cast<void>(store.search({" ，。 "})); }).code(), ErrorCode::invalid_argument);
}

TEST_P(EveryStore, FollowsChangesAndPages) {
  Store store = open();
  fill(store);
  Entry<Problem> entry = *store.find<Problem>("P2");
  entry.record.description = "改用液冷";
  store.change(entry.number, entry.version, entry.record);
  EXPECT_EQ(numbers(store.search({"芯片"})), "P1 R1 ");
  const SearchPage found = store.search({"液冷"});
  ASSERT_EQ(found.hits.size(), 1U);
  EXPECT_EQ(found.hits.front(),
            (SearchHit{TableId::problems, entry.number, "P2", "散热不足", "description", "改用液冷"}));
  EXPECT_EQ(numbers(store.search({"芯片", {TableId::results}})), "R1 ");
  for (int i = 10; i < 30; ++i) store.add(described("N" + std::to_string(i), i % 2 == 0 ? "重名" : "x", "重名的问题"));
  const std::string all = numbers(store.search({"重名"}));
  std::string paged;
  for (std::uint64_t offset = 0; offset < 20; offset += 3) {
    const SearchPage page = store.search({"重名", {}, offset, 3});
    EXPECT_EQ(page.more, offset + 3 < 20);
    paged += numbers(page);
  }
  EXPECT_EQ(paged, all);
  EXPECT_THROW(static_cast<void>(store.search({"重名", {TableId::links}})), Error);
  EXPECT_TRUE(store.check().empty());
}

/// The slow, obvious search: every word stands in the record; Chinese words alone, so that beginnings play no part.
TEST_P(EveryStore, FindsWhatLookingThroughEveryTextFinds) {
  Store store = open();
  std::mt19937 random(7);
  const std::vector<std::string> characters{"检", "测", "质", "量", "𠮷", " ", "，"};
  const auto word = [&](std::size_t length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += characters[random() % characters.size()];
    return text;
  };
  std::vector<std::string> texts;
  for (int i = 0; i < 60; ++i) {
    texts.push_back("字" + word(3 + random() % 10) + "字");
    store.add(described("N" + std::to_string(100 + i), "名", texts.back()));
  }
  for (int query = 0; query < 150; ++query) {
    std::string wanted;
    for (std::size_t i = 0, length = 1 + random() % 4; i < length; ++i) wanted += characters[random() % 5];
    std::set<std::string> expected;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (texts[i].find(wanted) != std::string::npos) expected.insert("N" + std::to_string(100 + i));
    }
    std::set<std::string> found;
    for (const SearchHit& hit : store.search({wanted, {}, 0, 1000}).hits) found.insert(hit.number);
    EXPECT_EQ(found, expected) << wanted;
  }
}

/// The slow, obvious filter: the cell holds the text, byte by byte. Fragments of words, of both scripts and of neither.
TEST_P(EveryStore, AFieldContainsWhatLookingThroughEveryCellFinds) {
  Store store = open();
  std::mt19937 random(11);
  const std::vector<std::string> characters{"检", "测", "质", "𠮷", "a", "b", "B", "7", " ", "，", "Ａ", "%", "_"};
  const auto text = [&](std::size_t length) {
    std::string all;
    for (std::size_t i = 0; i < length; ++i) all += characters[random() % characters.size()];
    return all;
  };
  std::vector<std::pair<std::string, std::string>> cells;
  for (int i = 0; i < 80; ++i) {
    cells.emplace_back("字" + text(2 + random() % 8) + "字", "字" + text(2 + random() % 12) + "字");
    store.add(described("N" + std::to_string(100 + i), cells.back().first, cells.back().second));
  }
  for (int query = 0; query < 200; ++query) {
    const std::string wanted = text(1 + random() % 4);
    for (const bool in_name : {true, false}) {
      std::uint64_t expected = 0;
      for (const auto& [name, description] : cells) {
        expected += (in_name ? name : description).find(wanted) != std::string::npos ? 1U : 0U;
      }
      const Listing listing{.where = {{in_name ? "name" : "description", Match::contains, wanted}}};
      EXPECT_EQ(store.list<Problem>(listing).total, expected) << (in_name ? "name ~ " : "description ~ ") << wanted;
    }
  }
}

TEST_P(EveryStore, AFieldContainsAlsoWhatStandsBehindTheSearchedPart) {
  Store store = open();
  std::string text;
  while (text.size() < 200'000) text += "很长的说明";
  store.add(described("P1", "长", text + "焊点"));
  store.add(described("P2", "短", "焊点"));
  EXPECT_EQ(store.list<Problem>({.where = {{"description", Match::contains, "焊点"}}}).total, 2U);
  EXPECT_EQ(numbers(store.search({"焊点"})), "P2 ") << "a search looks at the first 180 kB";
}

}  // namespace
}  // namespace chainqual::testing
