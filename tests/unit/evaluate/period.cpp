#include "chainqual/evaluate/period.hpp"

#include <gtest/gtest.h>

namespace chainqual::testing {
namespace {

std::string days(std::string_view text) {
  const auto period = period_from(text);
  return period ? period->from.to_string() + " " + period->until.to_string() : "none";
}

TEST(PeriodFrom, DaysMonthsAndYearsOfBothLanguages) {
  const std::string year = "2025-01-01 2025-12-31";
  for (const char* text : {"2025", "2025年", "2025年度", " 2025 ", "2025-01 … 2025-12", "2025/2025"}) {
    EXPECT_EQ(days(text), year) << text;
  }
  for (const char* text : {"2024-02", "2024年2月", "2024年02月", "2024-02-01至2024-02-29"}) {
    EXPECT_EQ(days(text), "2024-02-01 2024-02-29") << text;
  }
  EXPECT_EQ(days("2024年2月9日"), "2024-02-09 2024-02-09");
}

TEST(PeriodFrom, NothingElseIsRead) {
  for (const char* text : {"", "年", "last year", "2025年度末", "2025-13", "2026至2025", "上半年", "20250", "2025-",
                           "2025年2月30日", "2025年度2025年度2025年度", "…", "2025…"}) {
    EXPECT_EQ(days(text), "none") << text;
  }
}

}  // namespace
}  // namespace chainqual::testing
