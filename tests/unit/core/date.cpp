#include "chainqual/core/date.hpp"

#include <gtest/gtest.h>

#include <string>

#include "chainqual/core/error.hpp"

namespace chainqual::testing {
namespace {

bool leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int length(int year, int month) {
  if (month == 2) return leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::string written(int year, int month, int day) {
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::to_string(year) + "-" + two(month) + "-" + two(day);
}

TEST(Date, EveryDayOfThreeCenturiesReadsBackAndFollowsTheOneBefore) {
  Date before = *Date::parse("1899-12-31");
  for (int year = 1900; year < 2200; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= length(year, month); ++day) {
        const std::string text = written(year, month, day);
        const auto date = Date::parse(text);
        ASSERT_TRUE(date) << text;
        ASSERT_EQ(date->to_string(), text);
        ASSERT_EQ(date->days_since(before), 1) << text;
        ASSERT_EQ(before.plus_days(1), *date);
        before = *date;
      }
      EXPECT_FALSE(Date::parse(written(year, month, length(year, month) + 1)));
    }
  }
}

TEST(Date, MonthsKeepTheDayOrTakeTheLast) {
  EXPECT_EQ(Date::parse("2025-01-31")->plus_months(1).to_string(), "2025-02-28");
  EXPECT_EQ(Date::parse("2024-01-31")->plus_months(1).to_string(), "2024-02-29");
  EXPECT_EQ(Date::parse("2025-03-15")->plus_months(12).to_string(), "2026-03-15");
  EXPECT_EQ(Date::parse("2025-03-15")->plus_months(-3).to_string(), "2024-12-15");
  EXPECT_EQ(Date::parse("2024-02-29")->plus_months(12).to_string(), "2025-02-28");
}

TEST(Date, PartsLeftOutStandForTheFirstOrTheLastDay) {
  EXPECT_EQ(Date::parse("2024-02")->to_string(), "2024-02-01");
  EXPECT_EQ(Date::parse_last("2024-02")->to_string(), "2024-02-29");
  EXPECT_EQ(Date::parse("2025")->to_string(), "2025-01-01");
  EXPECT_EQ(Date::parse_last("2025")->to_string(), "2025-12-31");
  EXPECT_EQ(Date::parse_last("2025-03-07")->to_string(), "2025-03-07");
}

TEST(Date, WhatIsNoDateIsNone) {
  for (const char* text :
       {"", "20250301", "2025-3-1", "2025-13", "2025-00-01", "2025-01-00", "2025-02-29", "0000-01-01", "2025-01-01 ",
        " 2025-01-01", "2025/01/01", "2025-01-1", "2025-", "2025-XX-XX", "+025-01-01"}) {
    EXPECT_FALSE(Date::parse(text)) << text;
    EXPECT_FALSE(Date::parse_last(text)) << text;
  }
}

TEST(Date, ADateThatMustBeThereIsToldBySayingWhatItIs) {
  EXPECT_EQ(date_from("2025-03-01", "办理日期", "The day").to_string(), "2025-03-01");
  try {
    static_cast<void>(date_from("1st of May", "办理日期", "The day"));
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_value);
    EXPECT_NE(error.message().en.find("The day '1st of May' is no date"), std::string::npos);
    EXPECT_NE(error.message().zh.find("办理日期"), std::string::npos);
  }
}

}  // namespace
}  // namespace chainqual::testing
