#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "arrow_producer.hpp"
#include "chainqual/io/arrow_make.hpp"
#include "chainqual/io/grade_table.hpp"

namespace chainqual::arrow_grade_test {
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

template <class T>
ArrowTable scores(std::vector<T> impact, std::vector<T> diffusion, std::vector<T> urgency) {
  return ArrowTable({arrow_numbers("impact", std::move(impact)), arrow_numbers("diffusion", std::move(diffusion)),
                     arrow_numbers("urgency", std::move(urgency))});
}

ArrowTable texts(std::vector<std::string> impact, std::vector<std::string> diffusion,
                 std::vector<std::string> urgency) {
  return ArrowTable({arrow_text("impact", impact), arrow_text("diffusion", diffusion), arrow_text("urgency", urgency)});
}

const SeverityModel standard;

TEST(ArrowGrade, WholeScoresGiveExactTotalsGradesAndStars) {
  const ArrowTable graded = grade_table(standard, scores<std::uint8_t>({5, 1, 3}, {4, 1, 2}, {4, 1, 2}));
  EXPECT_EQ(shown(graded.at("total")), "4.40|1.00|2.40");
  EXPECT_EQ(shown(graded.at("grade")), "critical|general|general");
  EXPECT_EQ(shown(graded.at("stars")), "★★★|★|★");
  EXPECT_TRUE(graded.at("grade").type().ordered);
}

TEST(ArrowGrade, TheThreeFormsAreOneTotal) {
  const ArrowTable table = scores<double>({3.95, 4}, {3.95, 2.5}, {3.95, 1.25});
  GradeTableOptions options;
  EXPECT_EQ(shown(grade_table(standard, table).at("total")), "3.9500|2.7250");
  options.total = TotalForm::real;
  EXPECT_EQ(shown(grade_table(standard, table, options).at("total")), "3.95|2.725");
  options.total = TotalForm::hundredths;
  EXPECT_EQ(shown(grade_table(standard, table, options).at("total_hundredths")), "395|273");
}

TEST(ArrowGrade, AFloatIsTheDecimalThatItPrintsAs) {
  // 0.4 · 4 + 0.3 · 4.1 + 0.3 · 3.9 is 4 exactly, and below 4 in binary fractions.
  const ArrowTable doubles = scores<double>({4.0}, {4.1}, {3.9});
  const ArrowTable floats = scores<float>({4.0F}, {4.1F}, {3.9F});
  const ArrowTable words = texts({"4.0"}, {"4.1"}, {"3.9"});
  for (const ArrowTable& table : {doubles, floats, words}) {
    const ArrowTable graded = grade_table(standard, table);
    EXPECT_EQ(shown(graded.at("grade")), "critical");
    EXPECT_EQ(shown(graded.at("total")), "4.0000");
  }
  const ArrowTable fine = grade_table(standard, scores<double>({4}, {4.0000001}, {3.9999999}));
  EXPECT_EQ(shown(fine.at("grade")), "critical");
  EXPECT_EQ(shown(grade_table(standard, scores<double>({4}, {4}, {3.9999999})).at("grade")), "important");
}

TEST(ArrowGrade, NothingAndZeroSayNotScored) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::uint8_t> present{0, 1};
  const ArrowTable nulls({arrow_numbers("impact", std::vector<std::uint8_t>{9, 5}, present),
                          arrow_numbers("diffusion", std::vector<std::int64_t>{-7, 5}, present),
                          arrow_numbers("urgency", std::vector<std::uint16_t>{999, 5}, present)});
  for (const ArrowTable& table :
       {scores<std::uint8_t>({0, 5}, {0, 5}, {0, 5}), scores<double>({nan, 5}, {0, 5}, {nan, 5}),
        texts({"", "5"}, {"无", "5"}, {"0", "5"}), nulls}) {
    const ArrowTable graded = grade_table(standard, table);
    EXPECT_EQ(graded.at("total").nulls(), 1U);
    EXPECT_EQ(shown(graded.at("grade")), "ungraded|critical");
    EXPECT_EQ(shown(graded.at("stars")), "|★★★");
  }
}

TEST(ArrowGrade, EveryTypeOfNumbersGradesAlike) {
  const std::array<std::string_view, 3> words{"5", "4", "2"};
  auto index = std::make_shared<const std::vector<std::uint8_t>>(std::vector<std::uint8_t>{2, 0, 1});
  const std::vector<ArrowColumn> alike{
      arrow_numbers("x", std::vector<std::int8_t>{2, 5, 4}),
      arrow_numbers("x", std::vector<std::uint8_t>{2, 5, 4}),
      arrow_numbers("x", std::vector<std::int16_t>{2, 5, 4}),
      arrow_numbers("x", std::vector<std::uint32_t>{2, 5, 4}),
      arrow_numbers("x", std::vector<std::int64_t>{2, 5, 4}),
      arrow_numbers("x", std::vector<std::uint64_t>{2, 5, 4}),
      arrow_numbers("x", std::vector<float>{2, 5, 4}),
      arrow_numbers("x", std::vector<double>{2, 5, 4}),
      arrow_text("x", std::vector<std::string>{"2", "5.0", " 4 "}),
      arrow_decimals("x", std::vector<Decimal>{Decimal(20, 1), Decimal(5, 0), Decimal(4000, 3)}),
      arrow_words("x", *index, index, words)};
  for (const ArrowColumn& impact : alike) {
    for (const ArrowColumn& other : {alike[0], alike[7], alike[9]}) {
      const ArrowTable table({impact.renamed("impact"), other.renamed("diffusion"), other.renamed("urgency")});
      const ArrowTable graded = grade_table(standard, table);
      EXPECT_EQ(shown(graded.at("grade")), "general|critical|critical") << arrow_type_name(impact.type()).en;
    }
  }
}

TEST(ArrowGrade, ThePanelsOfHalvesAreReadToo) {
  auto [schema, array] =
      testing::produce(testing::struct_of({testing::fixed<std::uint16_t>("e", "impact", {0x43E6}),
                                           testing::fixed<std::uint16_t>("e", "diffusion", {0x4400}),
                                           testing::fixed<std::uint16_t>("e", "urgency", {0x4500})}));
  EXPECT_EQ(shown(grade_table(standard, take_arrow(&schema, &array)).at("total")), "4.2800");
}

TEST(ArrowGrade, HeadingsAreFoundInBothLanguagesOrNamed) {
  const ArrowColumn five = arrow_numbers("x", std::vector<std::uint8_t>{5});
  const ArrowTable chinese(
      {five.renamed("扩散程度"), five.renamed("影响"), five.renamed("紧迫程度："), five.renamed("note")});
  EXPECT_EQ(shown(grade_table(standard, chinese).at("stars")), "★★★");
  const ArrowTable own({five.renamed("i"), five.renamed("d"), five.renamed("u")});
  GradeTableOptions options;
  options.impact = "i";
  options.diffusion = "d";
  options.urgency = "u";
  EXPECT_EQ(shown(grade_table(standard, own, options).at("stars")), "★★★");
  options.urgency = "urg";
  EXPECT_THROW(static_cast<void>(grade_table(standard, own, options)), Error);
  const ArrowTable twice(
      {five.renamed("impact"), five.renamed("影响程度"), five.renamed("diffusion"), five.renamed("urgency")});
  EXPECT_THROW(static_cast<void>(grade_table(standard, twice)), Error);
}

TEST(ArrowGrade, EveryBadCellIsNamedWithColumnRowAndFix) {
  const ArrowTable table({arrow_numbers("影响程度", std::vector<std::int32_t>{5, 6, 3, -1}),
                          arrow_numbers("diffusion", std::vector<double>{4, 4, 0, 4}),
                          arrow_text("urgency", std::vector<std::string>{"four", "4", "3", "4"})});
  try {
    static_cast<void>(grade_table(standard, table));
    FAIL();
  } catch (const Error& error) {
    const auto& found = error.findings().kept();
    ASSERT_EQ(found.size(), 4U);
    const std::array<std::pair<std::string, std::uint64_t>, 4> places{
        {{"urgency", 1}, {"影响程度", 2}, {"diffusion", 3}, {"影响程度", 4}}};
    for (std::size_t k = 0; k < places.size(); ++k) {
      EXPECT_EQ(found[k].where.column, places[k].first);
      EXPECT_EQ(found[k].where.record, places[k].second);
      EXPECT_FALSE(found[k].fix.zh.empty());
      EXPECT_FALSE(found[k].fix.en.empty());
    }
    EXPECT_EQ(found[1].value, "6");
    EXPECT_EQ(found[2].code, ErrorCode::missing_value);
  }
}

TEST(ArrowGrade, TheFirstThousandFindingsAreKeptAndAllCounted) {
  const std::vector<std::uint8_t> good(700'000, 4);
  std::vector<std::uint8_t> bad(700'000, 4);
  for (std::size_t i = 0; i < bad.size(); i += 2) bad[i] = 9;
  try {
    static_cast<void>(grade_table(standard, scores<std::uint8_t>(good, bad, good)));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.findings().count(FindingLevel::error), 350'000U);
    ASSERT_EQ(error.findings().kept().size(), 1000U);
    EXPECT_EQ(error.findings().kept()[999].where.record, 1999U);
  }
}

TEST(ArrowGrade, TypesWithoutNumbersAreRefusedByName) {
  auto [schema, array] = testing::produce(testing::struct_of({testing::fixed<std::int32_t>("tdD", "impact", {1}),
                                                              testing::fixed<std::uint8_t>("C", "diffusion", {4}),
                                                              testing::fixed<unsigned char>("b", "urgency", {1})}));
  const ArrowTable table = take_arrow(&schema, &array);
  try {
    static_cast<void>(grade_table(standard, table));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::wrong_format);
    EXPECT_EQ(error.findings().kept().size(), 2U) << "both columns at once";
  }
}

TEST(ArrowGrade, AnyWeightsGiveTheExactTotal) {
  const SeverityModel thirds({Rational(1, 3), Rational(1, 3), Rational(1, 3)});
  const ArrowTable graded = grade_table(thirds, scores<std::uint8_t>({5, 4}, {5, 4}, {4, 4}));
  EXPECT_EQ(shown(graded.at("total")), "4.666666666666666667|4.000000000000000000");
  const SeverityModel eighths({Rational(3, 8), Rational(3, 8), Rational(1, 4)});
  EXPECT_EQ(shown(grade_table(eighths, scores<std::uint8_t>({5, 4}, {5, 4}, {4, 1})).at("total")), "4.75000|3.25000");
  // Below the threshold by a part that no rounding to hundredths shows.
  const SeverityModel fine({Rational(3333, 10000), Rational(3333, 10000), Rational(3334, 10000)},
                           {Rational(4), Rational(5, 2)});
  const ArrowTable close = grade_table(fine, scores<double>({4.01}, {3.99}, {3.99}));
  EXPECT_EQ(shown(close.at("grade")), "important");
}

TEST(ArrowGrade, EveryTripleOfScoresAgreesWithTheModel) {
  std::vector<std::uint8_t> a;
  std::vector<std::uint8_t> b;
  std::vector<std::uint8_t> c;
  for (std::uint8_t k = 0; k < 125; ++k) {
    a.push_back(static_cast<std::uint8_t>(1 + k / 25));
    b.push_back(static_cast<std::uint8_t>(1 + k / 5 % 5));
    c.push_back(static_cast<std::uint8_t>(1 + k % 5));
  }
  for (const SeverityModel& model : {standard, SeverityModel({}, {}, Rounding::tenth),
                                     SeverityModel({Rational(1, 2), Rational(1, 3), Rational(1, 6)})}) {
    const ArrowTable graded = grade_table(model, scores<std::uint8_t>(a, b, c));
    for (std::size_t k = 0; k < a.size(); ++k) {
      const Severity severity = model.grade({int{a[k]}, int{b[k]}, int{c[k]}});
      EXPECT_EQ(arrow_cell_text(graded.at("grade").cell(k)), key_of(severity.grade));
      EXPECT_EQ(std::get<ArrowDecimal>(graded.at("total").cell(k)).to_double(), severity.total.to_double());
    }
  }
}

TEST(ArrowGrade, AnEmptyTableHasEmptyColumns) {
  const ArrowTable graded = grade_table(standard, scores<std::uint8_t>({}, {}, {}));
  EXPECT_EQ(graded.rows(), 0U);
  EXPECT_EQ(graded.columns().size(), 3U);
}

TEST(ArrowGrade, CancellingStopsIt) {
  CancelToken token;
  token.cancel();
  Control control;
  control.cancel = &token;
  try {
    static_cast<void>(grade_table(standard, scores<std::uint8_t>({5}, {5}, {5}), {}, control));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
}

TEST(ArrowGrade, ProgressNeverFallsAndEndsAtOne) {
  std::vector<double> told;
  Control control;
  control.progress = [&](double share) { told.push_back(share); };
  static_cast<void>(grade_table(standard, scores<double>({3.123, 4}, {4, 4}, {4, 4}), {}, control));
  ASSERT_FALSE(told.empty());
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.back(), 1.0);
}

TEST(ArrowGrade, PanelsAreGradedByTheirExactMeans) {
  const ArrowTable table({arrow_text("problem", std::vector<std::string>{"P1", "P2", "P1", "P1"}),
                          arrow_text("expert", std::vector<std::string>{"a", "a", "b", "c"}),
                          arrow_numbers("impact", std::vector<std::uint8_t>{4, 1, 4, 4}),
                          arrow_numbers("diffusion", std::vector<std::uint8_t>{3, 1, 4, 5}),
                          arrow_numbers("urgency", std::vector<std::uint8_t>{5, 1, 4, 3})});
  const ArrowTable graded = grade_panel_table(standard, table);
  EXPECT_EQ(shown(graded.at("problem")), "P1|P2");
  EXPECT_EQ(shown(graded.at("impact")), "4|1");
  EXPECT_EQ(shown(graded.at("experts")), "3|1");
  EXPECT_EQ(shown(graded.at("grade")), "critical|general");
  const ArrowTable twice({arrow_text("问题编号", std::vector<std::string>{"P1", "P1"}),
                          arrow_text("专家", std::vector<std::string>{"a", "a"}),
                          arrow_numbers("impact", std::vector<std::uint8_t>{4, 1}),
                          arrow_numbers("diffusion", std::vector<std::uint8_t>{3, 1}),
                          arrow_numbers("urgency", std::vector<std::uint8_t>{5, 1})});
  try {
    static_cast<void>(grade_panel_table(standard, twice));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::duplicate);
    EXPECT_EQ(error.findings().kept().at(0).where.column, "专家");
  }
}

}  // namespace
}  // namespace chainqual::arrow_grade_test
