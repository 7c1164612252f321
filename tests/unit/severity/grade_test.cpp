#include <gtest/gtest.h>

#include "chainqual/severity/criteria.hpp"
#include "chainqual/severity/grade.hpp"

namespace {

using namespace chainqual;

TEST(Grade, ShowsAsManyStarsAsItsNumber) {
  EXPECT_EQ(stars(Grade::ungraded), "");
  EXPECT_EQ(stars(Grade::general), "★");
  EXPECT_EQ(stars(Grade::important), "★★");
  EXPECT_EQ(stars(Grade::critical), "★★★");
}

TEST(Grade, IsReadFromItsStarsNamesAndLevels) {
  for (const char* word : {"★★★", "***", "critical", "关键", "关键问题", "1级", "一级", "I级", "Ⅰ级"}) {
    EXPECT_EQ(value_named<Grade>(word), Grade::critical) << word;
  }
  for (const char* word : {"★★", "**", "important", "重要", "重要问题", "2级", "二级", "II", "2"}) {
    EXPECT_EQ(value_named<Grade>(word), Grade::important) << word;
  }
  for (const char* word : {"★", "*", "general", "一般", "一般问题", "3级", "三级", "III级"}) {
    EXPECT_EQ(value_named<Grade>(word), Grade::general) << word;
  }
}

TEST(Grade, IsNotGuessedFromANumberThatCouldMeanStarsOrALevel) {
  for (const char* word : {"1", "3", "I", "III", "★★★★", "high", "级"}) {
    EXPECT_FALSE(value_named<Grade>(word).has_value()) << word;
  }
}

TEST(Criteria, WeighTheThreeDimensionsAsTheStandardDoes) {
  EXPECT_EQ(criterion_of(Dimension::impact).percent, 40);
  EXPECT_EQ(criterion_of(Dimension::diffusion).percent, 30);
  EXPECT_EQ(criterion_of(Dimension::urgency).percent, 30);
}

TEST(Criteria, DescribeEveryWholeScoreOnceInBothLanguages) {
  for (std::size_t i = 0; i < severity_criteria.size(); ++i) {
    const Criterion& criterion = severity_criteria[i];
    EXPECT_EQ(static_cast<std::size_t>(criterion.dimension), i);
    EXPECT_FALSE(criterion.name.zh.empty() || criterion.name.en.empty());
    EXPECT_FALSE(criterion.question.zh.empty() || criterion.question.en.empty());
    for (int score = 1; score <= 5; ++score) {
      const Band* band = band_of(criterion.dimension, score);
      ASSERT_NE(band, nullptr);
      EXPECT_FALSE(band->meaning.in(Language::zh).empty() || band->meaning.in(Language::en).empty());
      int covering = 0;
      for (const Band& other : criterion.bands) covering += score >= other.lowest && score <= other.highest;
      EXPECT_EQ(covering, 1);
    }
    EXPECT_EQ(band_of(criterion.dimension, 0), nullptr);
    EXPECT_EQ(band_of(criterion.dimension, 6), nullptr);
    EXPECT_EQ(band_of(criterion.dimension, 3), band_of(criterion.dimension, 4));
    EXPECT_NE(band_of(criterion.dimension, 4), band_of(criterion.dimension, 5));
  }
}

TEST(Criteria, PrescribeAnActionForEveryGrade) {
  for (const Grade grade : {Grade::ungraded, Grade::general, Grade::important, Grade::critical}) {
    const GradeRule& rule = rule_of(grade);
    EXPECT_EQ(rule.grade, grade);
    EXPECT_EQ(rule.stars, stars(grade));
    EXPECT_EQ(rule.name.zh, label_of(grade, Language::zh));
    EXPECT_EQ(rule.name.en, label_of(grade, Language::en));
    EXPECT_FALSE(rule.action.zh.empty() || rule.action.en.empty());
  }
}

}  // namespace
