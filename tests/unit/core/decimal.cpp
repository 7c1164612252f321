#include "chainqual/core/decimal.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace {

using chainqual::Decimal;
using chainqual::Error;
using chainqual::ErrorCode;
using chainqual::Rational;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

ErrorCode code_of_reading(std::string_view text) {
  try {
    static_cast<void>(Decimal::from_string(text));
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::ok;
}

TEST(Decimal, IsReadWhileCompiling) {
  static_assert(Decimal::parse("4.25")->coefficient() == 425);
  static_assert(Decimal::from_string("-0.5").scale() == 1);
  static_assert(Decimal::from_string("3.5") == Decimal(3500, 3));
  static_assert(!Decimal::parse("four").has_value());
  static_assert(Decimal::from_string("3.95").to_rational() == Rational(79, 20));
}

TEST(Decimal, ReadsSignDigitsAndPoint) {
  EXPECT_EQ(Decimal::parse("0")->coefficient(), 0);
  EXPECT_EQ(Decimal::parse("+4.5")->coefficient(), 45);
  EXPECT_EQ(Decimal::parse("-4.5")->coefficient(), -45);
  EXPECT_EQ(Decimal::parse("-4.5")->scale(), 1);
  EXPECT_EQ(Decimal::parse("007")->coefficient(), 7);
}

TEST(Decimal, RejectsEverythingThatIsNoPlainNumber) {
  for (const char* text : {"",     "+",      "-",     ".",     "+.",    ".5",   "5.",  "-.5", "1e3", "1E3", "0x10",
                           " 1",   "1 ",     "1 000", "1,000", "1.2.3", "--1",  "+-1", "1-",  "nan", "inf", "NaN",
                           "１２", "４．５", "٣",     "1_000", "½",     "1.5f", "1/2", "\t1", "1\n", "−1",  "4。5"}) {
    EXPECT_FALSE(Decimal::parse(text).has_value()) << text;
    EXPECT_EQ(code_of_reading(text), ErrorCode::invalid_value) << text;
  }
  EXPECT_FALSE(Decimal::parse(std::string_view("1\0", 2)).has_value());
}

TEST(Decimal, NumbersThatDoNotFitOverflow) {
  for (const char* text :
       {"9223372036854775808", "-9223372036854775808", "0.1234567890123456789", "92233720368547758.08",
        "99999999999999999999999999999999999999999999", "1.0000000000000000001"}) {
    EXPECT_FALSE(Decimal::parse(text).has_value()) << text;
    EXPECT_EQ(code_of_reading(text), ErrorCode::overflow) << text;
  }
  EXPECT_EQ(Decimal::parse("9223372036854775807")->coefficient(), most);
  EXPECT_EQ(Decimal::parse("-9223372036854775807")->coefficient(), -most);
  EXPECT_EQ(Decimal::parse("0.123456789012345678")->scale(), 18);
}

TEST(Decimal, ZerosWithoutValueNeverOverflow) {
  EXPECT_EQ(*Decimal::parse("1.00000000000000000000000000000000000000000000000000000000"), Decimal(1, 0));
  EXPECT_EQ(*Decimal::parse("12345678901.000000000000000000"), Decimal(12345678901, 0));
  EXPECT_EQ(*Decimal::parse("00000000000000000000000000000000000000000000000000000003.50"), Decimal(35, 1));
  EXPECT_EQ(*Decimal::parse("0.000000000000000000"), Decimal());
}

TEST(Decimal, EqualityComparesValuesAndTextKeepsTheWrittenScale) {
  EXPECT_EQ(*Decimal::parse("3.5"), *Decimal::parse("3.500"));
  EXPECT_EQ(*Decimal::parse("-0"), *Decimal::parse("0.00"));
  EXPECT_LT(*Decimal::parse("-3.51"), *Decimal::parse("-3.5"));
  EXPECT_GT(*Decimal::parse("9223372036854775807"), *Decimal::parse("9.223372036854775807"));
  EXPECT_EQ(Decimal::parse("3.50")->to_string(), "3.50");
  EXPECT_EQ(Decimal::parse("3.50")->normalized().to_string(), "3.5");
  EXPECT_EQ(Decimal::parse("100")->normalized().to_string(), "100");
  EXPECT_EQ(Decimal::parse("0.000")->normalized().to_string(), "0");
}

TEST(Decimal, WritesExactlyItsScaleAndNoNegativeZero) {
  EXPECT_EQ(Decimal(5, 3).to_string(), "0.005");
  EXPECT_EQ(Decimal(-5, 3).to_string(), "-0.005");
  EXPECT_EQ(Decimal(-1234, 2).to_string(), "-12.34");
  EXPECT_EQ(Decimal::parse("-0.00")->to_string(), "0.00");
  EXPECT_EQ(Decimal(most, 18).to_string(), "9.223372036854775807");
}

TEST(Decimal, RefusesScalesAndCoefficientsOutsideItsRange) {
  EXPECT_THROW(Decimal(1, 19), Error);
  EXPECT_THROW(Decimal(1, -1), Error);
  EXPECT_THROW(Decimal(std::numeric_limits<std::int64_t>::min(), 0), Error);
}

TEST(Decimal, ErrorsShowTheTextSafelyInBothLanguages) {
  try {
    static_cast<void>(Decimal::from_string("4\n\x1B[31m"));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(error.message().en.find("«4\\n\\x1B[31m»"), std::string::npos) << error.message().en;
    EXPECT_NE(error.message().zh.find("«4\\n\\x1B[31m»"), std::string::npos) << error.message().zh;
    EXPECT_EQ(error.what(), error.message().en);
  }
}

}  // namespace
