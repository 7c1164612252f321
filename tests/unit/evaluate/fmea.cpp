#include "chainqual/evaluate/fmea.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace chainqual::testing {
namespace {

TEST(Fmea, RanksByRiskThenSeverityThenOccurrence) {
  const std::vector<FailureMode> modes{
      {"a", 5, 4, 3}, {"b", 10, 3, 2}, {"c", 6, 10, 1}, {"d", 6, 5, 2}, {"e", 9, 9, 9}};
  const auto rows = rank_failure_modes(modes);
  std::string order;
  for (const RatedMode& row : rows) order += modes[row.mode].name;
  EXPECT_EQ(order, "ebcda") << "e 729; then four of 60: by severity, and c before d by occurrence";
  EXPECT_EQ(rows[0].rpn, 729);
  EXPECT_EQ(rows[4].rank, 5U);
  EXPECT_DOUBLE_EQ(rows[0].cumulated_share, 729.0 / 969.0);
  EXPECT_DOUBLE_EQ(rows[4].cumulated_share, 1);
  EXPECT_TRUE(rank_failure_modes({}).empty());
}

TEST(Fmea, ATableOfPrioritiesGoesBeforeTheProduct) {
  const std::vector<PriorityRule> rules{{9, 10, 1, 10, 1, 10, ActionPriority::high},
                                        {1, 8, 6, 10, 1, 10, ActionPriority::medium},
                                        {1, 8, 1, 5, 1, 10, ActionPriority::low}};
  const PriorityTable table(rules);
  EXPECT_EQ(table.of(9, 1, 1), ActionPriority::high);
  EXPECT_EQ(table.of(8, 6, 10), ActionPriority::medium);
  EXPECT_EQ(table.of(8, 5, 10), ActionPriority::low);
  const std::vector<FailureMode> modes{{"frequent", 8, 5, 10}, {"grave", 10, 1, 1}};
  const auto rows = rank_failure_modes(modes, &table);
  EXPECT_EQ(rows[0].mode, 1U) << "grave before frequent, though 10 is less than 400";
  EXPECT_EQ(*rows[0].priority, ActionPriority::high);
}

TEST(FmeaBadInput, RatingsAndTablesWithGapsOverlapsAndCrossedBounds) {
  const std::vector<FailureMode> modes{{"a", 0, 11, 5}, {"b", 1, 1, -1}};
  try {
    static_cast<void>(rank_failure_modes(modes));
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.findings().count(FindingLevel::error), 3U);
  }
  const std::vector<PriorityRule> rules{{5, 4, 1, 10, 1, 10, ActionPriority::high},
                                        {1, 9, 1, 10, 1, 10, ActionPriority::low},
                                        {9, 9, 1, 1, 1, 10, ActionPriority::medium}};
  try {
    static_cast<void>(PriorityTable(rules));
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.findings().count(FindingLevel::error), 3U) << "crossed, overlapping, and severity 10 left out";
    EXPECT_NE(to_string(error.findings().kept().back(), Language::en).find("100 of 1000"), std::string::npos);
  }
  const std::vector<PriorityRule> whole{{}};
  EXPECT_THROW(static_cast<void>(PriorityTable(whole).of(0, 1, 1)), Error);
}

}  // namespace
}  // namespace chainqual::testing
