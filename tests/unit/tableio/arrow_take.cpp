#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "arrow_producer.hpp"
#include "chainqual/io/arrow.hpp"

// What an Arrow producer of the tests' own lays out is what is read.

namespace chainqual::arrow_take_test {
namespace {

using testing::alive;
using testing::fixed;
using testing::Produced;
using testing::struct_of;

ArrowTable take(Produced source) {
  auto [schema, array] = testing::produce(std::move(source));
  return take_arrow(&schema, &array);
}

std::string shown(const ArrowColumn& column) {
  std::string all;
  for (std::uint64_t row = 0; row < column.rows(); ++row) {
    const ArrowCell cell = column.cell(row);
    if (row != 0) all += '|';
    all += std::holds_alternative<std::monostate>(cell) ? "null" : arrow_cell_text(cell);
  }
  return all;
}

std::string shown(Produced column) {
  return shown(take(struct_of({std::move(column)})).columns()[0]);
}

class ArrowTake : public ::testing::Test {
 protected:
  void TearDown() override { EXPECT_EQ(alive(), 0) << "every struct is released exactly once"; }
};

TEST_F(ArrowTake, IntegersOfEveryWidthKeepTheirEnds) {
  EXPECT_EQ(shown(fixed<std::int8_t>("c", "x", {-128, 127})), "-128|127");
  EXPECT_EQ(shown(fixed<std::uint8_t>("C", "x", {0, 255})), "0|255");
  EXPECT_EQ(shown(fixed<std::int16_t>("s", "x", {-32768, 32767})), "-32768|32767");
  EXPECT_EQ(shown(fixed<std::uint16_t>("S", "x", {65535})), "65535");
  EXPECT_EQ(shown(fixed<std::int32_t>("i", "x", {std::numeric_limits<std::int32_t>::min()})), "-2147483648");
  EXPECT_EQ(shown(fixed<std::uint32_t>("I", "x", {4294967295U})), "4294967295");
  EXPECT_EQ(shown(fixed<std::int64_t>("l", "x", {std::numeric_limits<std::int64_t>::min()})), "-9223372036854775808");
  EXPECT_EQ(shown(fixed<std::uint64_t>("L", "x", {~std::uint64_t{0}})), "18446744073709551615");
}

TEST_F(ArrowTake, FloatsShowTheFewestDigitsOfTheirOwnWidth) {
  EXPECT_EQ(shown(fixed<double>("g", "x", {3.95, 0.1, 1e300})), "3.95|0.1|1e+300");
  EXPECT_EQ(shown(fixed<float>("f", "x", {3.95F, 0.1F})), "3.95|0.1");
  // 3.95 in half precision is 0x43E6; 65504 the largest, 2^-24 the smallest, then infinities, NaN, -0.
  EXPECT_EQ(shown(fixed<std::uint16_t>("e", "x", {0x43E6, 0x7BFF, 0x0001, 0x7C00, 0xFC00, 0x8000, 0x3C00})),
            "3.95|6.55e+04|6e-08|inf|-inf|-0|1");
}

TEST_F(ArrowTake, NullsAndOffsetsPickTheRightBits) {
  Produced column = fixed<std::int32_t>("i", "x", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
                                        {true, true, false, true, true, true, true, true, true, false, true, true});
  column.offset = 2;
  column.length = 9;
  column.null_count = -1;
  const ArrowTable table = take(struct_of({column}));
  EXPECT_EQ(shown(table.columns()[0]), "null|3|4|5|6|7|8|null|10");
  EXPECT_EQ(table.columns()[0].nulls(), 2U);
}

TEST_F(ArrowTake, ASlicedStructSlicesItsColumns) {
  Produced column =
      fixed<std::int32_t>("i", "x", {0, 1, 2, 3, 4, 5, 6, 7}, {true, true, true, false, true, true, true, true});
  column.offset = 1;
  column.length = 7;
  Produced table = struct_of({column});
  table.offset = 2;
  table.length = 3;
  EXPECT_EQ(shown(take(table).columns()[0]), "null|4|5");
}

TEST_F(ArrowTake, TruthsAreBits) {
  Produced column =
      fixed<unsigned char>("b", "x", testing::bits_of({true, false, true, true, false, true, true, false, true}));
  column.offset = 1;
  column.length = 8;
  EXPECT_EQ(shown(column), "false|true|true|false|true|true|false|true");
}

TEST_F(ArrowTake, TextOfEveryLayoutIsTheSameText) {
  const std::vector<std::string> words{
      "", "短", "exactly12byt", "thirteen byte", "天津市滨海新区先进计算产业链质量提升", "tail"};
  const std::vector<bool> valid{true, true, true, true, true, false};
  const std::string all = "|短|exactly12byt|thirteen byte|天津市滨海新区先进计算产业链质量提升|null";
  EXPECT_EQ(shown(testing::text<std::int32_t>("u", "x", words, valid)), all);
  EXPECT_EQ(shown(testing::text<std::int64_t>("U", "x", words, valid)), all);
  EXPECT_EQ(shown(testing::text_views("x", words, valid)), all);
}

TEST_F(ArrowTake, DictionariesAreLookedThrough) {
  Produced column = fixed<std::int16_t>("s", "x", {2, 0, 1, 0, 5}, {true, true, true, true, false});
  column.dictionary.push_back(testing::text<std::int32_t>("u", "", {"a", "b", "c"}, {true, false, true}));
  EXPECT_EQ(shown(column), "c|a|null|a|null");
  Produced numbers = fixed<std::uint8_t>("C", "x", {1, 1, 0});
  numbers.dictionary.push_back(fixed<std::int64_t>("l", "", {40, 50}));
  EXPECT_EQ(shown(numbers), "50|50|40");
}

TEST_F(ArrowTake, DecimalsAreExact) {
  // Low word, then high word, of the coefficient.
  EXPECT_EQ(shown(testing::decimals("d:10,2", "x", {395, 0, ~std::uint64_t{4}, ~std::uint64_t{0}, 0, 0})),
            "3.95|-0.05|0.00");
  EXPECT_EQ(shown(testing::decimals("d:38,-2", "x", {7, 0})), "700");
  EXPECT_EQ(shown(testing::decimals("d:38,0", "x", {0, 1})), "18446744073709551616");
  const ArrowDecimal seven{7, 0, 1};
  EXPECT_EQ(seven.exact(), Decimal(7, 1));
  EXPECT_EQ((ArrowDecimal{0, 1, 0}).exact(), std::nullopt) << "2^64 is beyond a Decimal";
  EXPECT_EQ((ArrowDecimal{0, 1, 0}).to_double(), 18446744073709551616.0);
  EXPECT_EQ((ArrowDecimal{500, 0, 20}).exact(), Decimal(5, 18)) << "zeros at the end carry no value";
}

TEST_F(ArrowTake, DatesAreDays) {
  EXPECT_EQ(shown(fixed<std::int32_t>("tdD", "x", {0, -1, 19783, 20513, -719528})),
            "1970-01-01|1969-12-31|2024-03-01|2026-03-01|0000-01-01");
  EXPECT_EQ(shown(fixed<std::int64_t>("tdm", "x", {0, -86'400'000, 86'399'999})), "1970-01-01|1969-12-31|1970-01-01");
}

TEST_F(ArrowTake, ANullColumnHasNoBuffers) {
  Produced column;
  column.format = "n";
  column.name = "x";
  column.length = 3;
  column.null_count = 3;
  const ArrowTable table = take(struct_of({column}));
  EXPECT_EQ(shown(table.columns()[0]), "null|null|null");
  EXPECT_EQ(table.columns()[0].nulls(), 3U);
}

TEST_F(ArrowTake, BatchesBecomeChunksAndRowsRunOn) {
  auto stream = testing::produce_stream({struct_of({fixed<std::uint8_t>("C", "x", {1, 2})}),
                                         struct_of({fixed<std::uint8_t>("C", "x", std::vector<std::uint8_t>{})}),
                                         struct_of({fixed<std::uint8_t>("C", "x", {3})})});
  const ArrowTable table = take_arrow(&stream);
  EXPECT_EQ(stream.release, nullptr) << "moved out";
  EXPECT_EQ(table.rows(), 3U);
  EXPECT_EQ(shown(table.columns()[0]), "1|2|3");
  ASSERT_EQ(table.columns()[0].chunks().size(), 2U) << "an empty batch is no chunk";
  EXPECT_EQ(table.columns()[0].chunk_begin(1), 2U);
}

TEST_F(ArrowTake, NumbersAreViewedWhereTheyLie) {
  auto [schema, array] = testing::produce(struct_of({fixed<double>("g", "x", {1, 2, 3})}));
  const void* lies = array.children[0]->buffers[1];
  const ArrowTable table = take_arrow(&schema, &array);
  const auto view = table.columns()[0].view<double>(0);
  ASSERT_TRUE(view.has_value());
  EXPECT_EQ(view->data(), lies);
  EXPECT_EQ(view->size(), 3U);
  EXPECT_FALSE(table.columns()[0].view<float>(0).has_value());
  EXPECT_FALSE(
      take(struct_of({fixed<double>("g", "x", {1, 2}, {true, false})})).columns()[0].view<double>(0).has_value());
}

TEST_F(ArrowTake, ColumnsOutliveTheTableAndReleaseOnlyThen) {
  ArrowColumn kept;
  {
    const ArrowTable table = take(struct_of({fixed<std::int32_t>("i", "a", {7}), fixed<std::int32_t>("i", "b", {8})}));
    kept = table.at("b");
  }
  EXPECT_GT(alive(), 0);
  EXPECT_EQ(shown(kept), "8");
  kept = ArrowColumn();
}

TEST_F(ArrowTake, AColumnAloneIsATableOfOne) {
  const ArrowTable table = take(fixed<std::int32_t>("i", "only", {1, 2}));
  ASSERT_EQ(table.columns().size(), 1U);
  EXPECT_EQ(table.at("only").rows(), 2U);
}

TEST_F(ArrowTake, TypesThatAreNotReadHurtOnlyWhoReadsThem) {
  Produced inner = struct_of({fixed<std::int32_t>("i", "deep", {1})});
  inner.name = "nested";
  const ArrowTable table =
      take(struct_of({inner, fixed<std::int32_t>("i", "x", {5}), testing::text<std::int32_t>("z", "raw", {"bytes"})}));
  EXPECT_EQ(shown(table.at("x")), "5");
  const auto message = [&](const char* name) {
    try {
      static_cast<void>(table.at(name).cell(0));
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::wrong_format);
      return error.message().en;
    }
    return std::string("no error");
  };
  EXPECT_NE(message("nested").find("unnest"), std::string::npos) << message("nested");
  EXPECT_NE(message("raw").find("UTF-8"), std::string::npos) << message("raw");
}

TEST_F(ArrowTake, AMissingColumnIsAnsweredWithTheNearest) {
  const ArrowTable table = take(struct_of({fixed<std::int32_t>("i", "supplier", {1})}));
  try {
    static_cast<void>(table.at("suplier"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::missing_column);
    EXPECT_NE(error.message().en.find("supplier"), std::string::npos);
    EXPECT_NE(error.message().zh.find("supplier"), std::string::npos);
  }
}

// --- misuse and producers that lie -----------------------------------------------------------------------------------

ErrorCode code_of_taking(Produced source) {
  try {
    const ArrowTable table = take(std::move(source));
    for (const auto& column : table.columns()) static_cast<void>(shown(column));
    return ErrorCode::ok;
  } catch (const Error& error) {
    return error.code();
  }
}

TEST_F(ArrowTake, NothingAndTheReleasedAreRefused) {
  EXPECT_THROW(static_cast<void>(take_arrow(nullptr)), Error);
  ArrowArrayStream released{};
  EXPECT_THROW(static_cast<void>(take_arrow(&released)), Error);
  auto [schema, array] = testing::produce(struct_of({fixed<std::int32_t>("i", "x", {1})}));
  EXPECT_THROW(static_cast<void>(take_arrow(&schema, nullptr)), Error);
  EXPECT_EQ(schema.release, nullptr) << "what was given is taken, whatever happens";
  EXPECT_THROW(static_cast<void>(take_arrow(&schema, &array)), Error);
  EXPECT_EQ(array.release, nullptr);
}

TEST_F(ArrowTake, AStreamsErrorIsQuoted) {
  auto stream = testing::produce_stream({struct_of({fixed<std::uint8_t>("C", "x", {1})})}, 1);
  try {
    static_cast<void>(take_arrow(&stream));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::io_failure);
    EXPECT_NE(error.message().en.find("the disk has gone"), std::string::npos);
  }
}

TEST_F(ArrowTake, StructuresThatCannotBeAreRefused) {
  const auto broken = [](auto&& change) {
    Produced column = fixed<std::int32_t>("i", "x", {1, 2, 3});
    change(column);
    Produced table = struct_of({column});
    table.length = 3;
    return code_of_taking(table);
  };
  EXPECT_EQ(broken([](Produced&) {}), ErrorCode::ok);
  EXPECT_EQ(broken([](Produced& c) { c.length = -1; }), ErrorCode::wrong_format);
  EXPECT_EQ(broken([](Produced& c) { c.length = 2; }), ErrorCode::wrong_format) << "shorter than its table";
  EXPECT_EQ(broken([](Produced& c) { c.offset = -1; }), ErrorCode::wrong_format);
  EXPECT_EQ(broken([](Produced& c) { c.offset = std::numeric_limits<std::int64_t>::max(); }), ErrorCode::wrong_format);
  EXPECT_EQ(broken([](Produced& c) { c.buffers.pop_back(); }), ErrorCode::wrong_format);
  EXPECT_EQ(broken([](Produced& c) { c.absent[1] = true; }), ErrorCode::wrong_format);
  EXPECT_EQ(broken([](Produced& c) { c.null_count = 2; }), ErrorCode::wrong_format) << "nulls without a bitmap";
  EXPECT_EQ(broken([](Produced& c) { c.null_count = 4; }), ErrorCode::wrong_format);
  EXPECT_EQ(broken([](Produced& c) { c.null_count = -2; }), ErrorCode::wrong_format);
}

TEST_F(ArrowTake, ATableWithNullRowsIsRefused) {
  Produced table = struct_of({fixed<std::int32_t>("i", "x", {1, 2})});
  table.buffers = {testing::bits_of({true, false})};
  table.absent = {false};
  table.null_count = 1;
  EXPECT_EQ(code_of_taking(table), ErrorCode::wrong_format);
}

TEST_F(ArrowTake, ValuesThatContradictThemselvesAreNamedByColumnAndRow) {
  Produced falling = testing::text<std::int32_t>("u", "name", {"ab", "cd", "ef"});
  falling.buffers[1] = testing::bytes_of<std::int32_t>({0, 4, 2, 6});
  Produced beyond = fixed<std::int8_t>("c", "word", {0, 1, 3});
  beyond.dictionary.push_back(testing::text<std::int32_t>("u", "", {"a", "b"}));
  Produced outside = testing::text_views("view", {"short", "also short", "a text that is out of line"});
  outside.buffers.back() = testing::bytes_of<std::int64_t>({20});
  for (const auto& [column, row] : {std::pair<Produced, int>{falling, 2}, {beyond, 3}, {outside, 3}}) {
    try {
      static_cast<void>(shown(column));
      ADD_FAILURE() << column.name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::wrong_format);
      ASSERT_EQ(error.findings().kept().size(), 1U);
      EXPECT_EQ(error.findings().kept()[0].where.column, column.name);
      EXPECT_EQ(error.findings().kept()[0].where.record, static_cast<std::uint64_t>(row));
    }
  }
}

}  // namespace
}  // namespace chainqual::arrow_take_test
