#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "arrow_producer.hpp"
#include "chainqual/io/arrow_make.hpp"

// What is handed out holds what the columns hold, and keeps them alive exactly as long as somebody has a part of it.

namespace chainqual {
namespace {

std::string shown(const ArrowColumn& column) {
  std::string all;
  for (std::uint64_t row = 0; row < column.rows(); ++row) {
    const ArrowCell cell = column.cell(row);
    if (row != 0) all += '|';
    all += std::holds_alternative<std::monostate>(cell) ? "null" : arrow_cell_text(cell);
  }
  return all;
}

ArrowTable through_stream(const ArrowTable& table) {
  ArrowArrayStream stream{};
  give_arrow(table, &stream);
  return take_arrow(&stream);
}

ArrowTable sample() {
  const std::vector<std::uint8_t> present{1, 0, 1};
  const std::array<std::string_view, 2> words{"低", "高"};
  auto index = std::make_shared<const std::vector<std::uint8_t>>(std::vector<std::uint8_t>{1, 0, 1});
  return ArrowTable({arrow_numbers("i", std::vector<std::int32_t>{-1, 2, 3}, present),
                     arrow_numbers("f", std::vector<double>{0.5, 1.5, 2.5}),
                     arrow_truths("b", std::vector<std::uint8_t>{1, 0, 7}, present),
                     arrow_text("t", std::vector<std::string>{"甲", "", "丙"}, present),
                     arrow_words("w", *index, index, words, true),
                     arrow_decimals("d", std::vector<Decimal>{Decimal(395, 2), Decimal(-5, 1), Decimal(7, 0)})});
}

TEST(ArrowGive, EveryKindComesBackAsItWas) {
  const ArrowTable table = sample();
  const ArrowTable back = through_stream(table);
  ASSERT_EQ(back.columns().size(), table.columns().size());
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    EXPECT_EQ(back.columns()[c].name(), table.columns()[c].name());
    EXPECT_EQ(back.columns()[c].type(), table.columns()[c].type());
    EXPECT_EQ(shown(back.columns()[c]), shown(table.columns()[c]));
  }
  EXPECT_EQ(shown(back.at("i")), "-1|null|3");
  EXPECT_EQ(shown(back.at("b")), "true|null|true");
  EXPECT_EQ(shown(back.at("t")), "甲|null|丙");
  EXPECT_EQ(shown(back.at("w")), "高|低|高");
  EXPECT_EQ(shown(back.at("d")), "3.95|-0.50|7.00");
}

TEST(ArrowGive, NothingIsCopied) {
  const ArrowTable table = sample();
  const ArrowTable back = through_stream(table);
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    EXPECT_EQ(back.columns()[c].chunks()[0].buffers, table.columns()[c].chunks()[0].buffers);
  }
}

TEST(ArrowGive, TheBuffersLiveAsLongAsSomebodyHasAPart) {
  auto values = std::make_shared<const std::vector<std::int64_t>>(std::vector<std::int64_t>{4, 5});
  const std::weak_ptr<const std::vector<std::int64_t>> watched = values;
  ArrowSchema schema{};
  ArrowArray array{};
  {
    const std::span<const std::int64_t> span(*values);
    const ArrowTable table({arrow_borrowed("a", span, values), arrow_borrowed("b", span, values)});
    values.reset();
    give_arrow(table, &schema, &array);
  }
  EXPECT_FALSE(watched.expired());
  // A consumer may move a child out and release its parent first.
  ArrowArray child = *array.children[1];
  array.children[1]->release = nullptr;
  array.release(&array);
  EXPECT_EQ(array.release, nullptr);
  EXPECT_FALSE(watched.expired()) << "the child that was moved out shares the buffers";
  EXPECT_EQ(static_cast<const std::int64_t*>(child.buffers[1])[1], 5);
  child.release(&child);
  EXPECT_TRUE(watched.expired());
  schema.release(&schema);
}

TEST(ArrowGive, AMovedOutDictionaryAndSchemaLiveOn) {
  ArrowSchema schema{};
  ArrowArray array{};
  give_arrow(ArrowTable({sample().at("w")}), &schema, &array);
  ArrowSchema type = *schema.children[0];
  schema.children[0]->release = nullptr;
  schema.release(&schema);
  ArrowArray words = *array.children[0]->dictionary;
  array.children[0]->dictionary->release = nullptr;
  array.release(&array);
  EXPECT_STREQ(type.format, "C");
  EXPECT_STREQ(type.dictionary->format, "u");
  EXPECT_NE(type.flags & ARROW_FLAG_DICTIONARY_ORDERED, 0);
  EXPECT_EQ(shown(take_arrow(&*type.dictionary, &words).columns()[0]), "低|高");
  type.release(&type);
}

TEST(ArrowGive, AStreamIsCutWhereAnyColumnIs) {
  const auto column = [](const char* name, std::vector<std::size_t> cuts) {
    std::vector<testing::Produced> batches;
    int next = 0;
    for (const std::size_t rows : cuts) {
      std::vector<std::int32_t> values(rows);
      for (auto& value : values) value = next++;
      batches.push_back(testing::struct_of({testing::fixed("i", name, values)}));
    }
    auto stream = testing::produce_stream(std::move(batches));
    return take_arrow(&stream).columns()[0];
  };
  const ArrowTable table({column("a", {2, 3}), column("b", {1, 3, 1})});
  const ArrowTable back = through_stream(table);
  EXPECT_EQ(back.columns()[0].chunks().size(), 4U);
  EXPECT_EQ(shown(back.at("a")), "0|1|2|3|4");
  EXPECT_EQ(shown(back.at("b")), "0|1|2|3|4");
  ArrowSchema schema{};
  ArrowArray array{};
  EXPECT_THROW(give_arrow(table, &schema, &array), Error) << "several chunks are no single array";
  EXPECT_EQ(schema.release, nullptr);
  EXPECT_EQ(array.release, nullptr);
}

TEST(ArrowGive, EmptyTablesKeepTheirColumns) {
  const ArrowTable table({arrow_numbers("i", std::vector<std::int32_t>{}), arrow_text("t", std::vector<std::string>{}),
                          arrow_decimals("d", {})});
  const ArrowTable back = through_stream(table);
  ASSERT_EQ(back.columns().size(), 3U);
  EXPECT_EQ(back.rows(), 0U);
  ArrowSchema schema{};
  ArrowArray array{};
  give_arrow(table, &schema, &array);
  EXPECT_EQ(array.children[1]->n_buffers, 3);
  EXPECT_EQ(static_cast<const std::int32_t*>(array.children[1]->buffers[1])[0], 0) << "offsets begin with 0";
  EXPECT_EQ(take_arrow(&schema, &array).columns().size(), 3U);
}

TEST(ArrowGive, MisuseIsTold) {
  EXPECT_THROW(give_arrow(ArrowTable(), nullptr), Error);
  EXPECT_THROW(ArrowTable({arrow_numbers("a", std::vector<int>{1}), arrow_numbers("b", std::vector<int>{1, 2})}),
               Error);
  EXPECT_THROW(static_cast<void>(arrow_numbers("a", std::vector<int>{1}, std::vector<std::uint8_t>{1, 1})), Error);
  const std::vector<std::uint8_t> index{2};
  const std::array<std::string_view, 2> words{"a", "b"};
  EXPECT_THROW(static_cast<void>(arrow_words("w", index, nullptr, words)), Error);
  const ArrowTable twice({arrow_numbers("a", std::vector<int>{1}), arrow_numbers("a", std::vector<int>{2})});
  EXPECT_THROW(static_cast<void>(twice.find("a")), Error);
  testing::Produced raw = testing::text<std::int32_t>("z", "raw", {"x"});
  auto [schema, array] = testing::produce(testing::struct_of({raw}));
  const ArrowTable unread = take_arrow(&schema, &array);
  ArrowArrayStream stream{};
  EXPECT_THROW(give_arrow(unread, &stream), Error);
  EXPECT_EQ(stream.release, nullptr);
}

}  // namespace
}  // namespace chainqual
