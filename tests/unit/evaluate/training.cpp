#include "chainqual/evaluate/training.hpp"

#include <gtest/gtest.h>

namespace chainqual::testing::training_test {
namespace {

Decimal dec(const char* text) {
  return Decimal::from_string(text);
}
const Date first = *Date::parse("2026-01-01");
const Date last = *Date::parse("2026-12-31");

/// A lecturer of ten years, and sessions of which each has five sheets with the same mark throughout.
TrainingBase base_with(const std::vector<int>& marks, LecturerGrade grade = LecturerGrade::intermediate) {
  TrainingBase base;
  base.courses.push_back({"C1", {"统计过程控制", "SPC"}, CourseGroup::control_skills, 8, {}});
  base.lecturers.push_back({"L1", "Wang", "SPC", 10, LecturerOrigin::internal, grade, LecturerState::teaching});
  for (std::size_t k = 0; k < marks.size(); ++k) {
    const std::string number = "S" + std::to_string(k);
    base.sessions.push_back({number, "C1", "L1", "2026-0" + std::to_string(k + 1), {}});
    for (int sheet = 0; sheet < 5; ++sheet) base.sheets.push_back({number, {marks[k], marks[k], marks[k], marks[k]}});
  }
  return base;
}

RegradeDecision decision(const TrainingBase& base, const RegradeRules& rules = {}) {
  return regrade(base, first, last, rules).at(0);
}

TEST(SessionScores, ExactMeansAndTheManagersShare) {
  TrainingBase base = base_with({4});
  base.sheets[0].answers = {5, 4, 3, 2};
  base.sessions[0].observed = dec("4.5");
  const SessionScore found = session_scores(base).at(0);
  EXPECT_EQ(*found.survey, Rational(78, 20));
  EXPECT_EQ(*found.by_question[3], Rational(18, 5));
  EXPECT_EQ(*found.score, Rational(3, 10) * Rational(9, 2) + Rational(7, 10) * Rational(78, 20));
}

TEST(SessionScores, AFewSheetsAreNotShown) {
  TrainingBase base = base_with({4});
  base.sheets.pop_back();
  const SessionScore found = session_scores(base).at(0);
  EXPECT_EQ(found.sheets, 4U);
  EXPECT_FALSE(found.survey || found.score || found.by_question[0]) << "four answers could be told apart";
  EXPECT_EQ(decision(base).step, RegradeStep::not_evaluated);
}

TEST(Regrade, UpDownAndStay) {
  EXPECT_EQ(decision(base_with({5, 5})).grade, LecturerGrade::senior);
  EXPECT_EQ(decision(base_with({5})).step, RegradeStep::keep) << "one session is not enough to go up";
  EXPECT_EQ(decision(base_with({4, 4})).step, RegradeStep::keep);
  EXPECT_EQ(decision(base_with({5, 4})).step, RegradeStep::promote) << "4.5 reaches the line";
  EXPECT_EQ(decision(base_with({3, 3})).grade, LecturerGrade::junior);
  EXPECT_EQ(decision(base_with({3, 4})).step, RegradeStep::keep) << "3.5 is not below the line";
  EXPECT_EQ(decision(base_with({3, 3}, LecturerGrade::junior)).step, RegradeStep::keep) << "nothing lower";
  EXPECT_EQ(decision(base_with({5, 5}, LecturerGrade::expert)).step, RegradeStep::keep);
  TrainingBase young = base_with({5, 5}, LecturerGrade::senior);
  young.lecturers[0].years = 9;
  EXPECT_EQ(decision(young).step, RegradeStep::keep) << "an expert has ten years";
}

TEST(Regrade, HelpThenExitOrBackToTeaching) {
  TrainingBase base = base_with({2, 2});
  EXPECT_EQ(decision(base).step, RegradeStep::help);
  EXPECT_EQ(decision(base).state, LecturerState::in_help);
  base = base_with({2, 2, 2, 2});
  EXPECT_EQ(decision(base).step, RegradeStep::exit);
  EXPECT_EQ(decision(base).state, LecturerState::left);
  EXPECT_EQ(regrade(base, *Date::parse("2026-04-01"), last).at(0).step, RegradeStep::exit)
      << "poor sessions before the period count";
  EXPECT_EQ(regrade(base, *Date::parse("2026-04-01"), last).at(0).sessions, 1U);
  base = base_with({2, 2, 4});
  base.lecturers[0].state = LecturerState::in_help;
  EXPECT_EQ(decision(base).step, RegradeStep::end_help);
  EXPECT_EQ(decision(base).state, LecturerState::teaching);
  base.lecturers[0].state = LecturerState::left;
  EXPECT_TRUE(regrade(base, first, last).empty());
}

TEST(TrainingCoverage, ProblemsWithoutACourseTheGravestFirst) {
  std::vector<Problem> problems(4);
  for (std::size_t k = 0; k < 4; ++k) problems[k].number = "P" + std::to_string(k);
  problems[1].declared = Grade::important;
  problems[2].declared = Grade::critical;
  problems[3].category = Category::management;
  const std::vector<Course> courses{{"C1", {}, CourseGroup::control_skills, 8, {"P0", "P0"}},
                                    {"C2", {}, CourseGroup::technology, 8, {"P0", "P3"}},
                                    {"C3", {}, CourseGroup::awareness, 2, {}}};
  const TrainingCoverage found = training_coverage(problems, courses);
  EXPECT_EQ(found.courses[0], (std::vector<std::string>{"C1", "C2"}));
  EXPECT_EQ(found.uncovered, (std::vector<std::string>{"P2", "P1"}));
  EXPECT_EQ(found.problems[0], 3U);
  EXPECT_EQ(found.covered[0], 1U);
  EXPECT_EQ(found.covered[1], 1U);
  EXPECT_EQ(found.by_group, (std::array<std::size_t, 3>{0, 1, 2}));
  EXPECT_EQ(found.idle, std::vector<std::string>{"C3"});
}

TEST(TrainingBadInput, EveryFaultIsToldAtOnceAndRulesMustFit) {
  TrainingBase base = base_with({4});
  base.courses.push_back(base.courses[0]);
  base.sessions[0].lecturer = "nobody";
  base.sessions[0].date = "soon";
  base.sessions[0].observed = dec("6");
  base.sheets[0].answers[0] = 0;
  base.sheets.push_back({"nowhere", {1, 1, 1, 1}});
  try {
    static_cast<void>(session_scores(base));
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.findings().kept().size(), 6U);
  }
  RegradeRules rules;
  rules.demote_below = dec("4.6");
  EXPECT_THROW(static_cast<void>(session_scores(base_with({4}), rules)), Error);
  rules = {};
  rules.poor_for_exit = 1;
  EXPECT_THROW(static_cast<void>(session_scores(base_with({4}), rules)), Error);
  rules = {};
  rules.observed_weight = dec("1.1");
  EXPECT_THROW(static_cast<void>(session_scores(base_with({4}), rules)), Error);
  EXPECT_THROW(static_cast<void>(regrade(base_with({4}), last, first)), Error);
  EXPECT_TRUE(session_scores({}).empty());
  const std::vector<Course> stray{{"C1", {}, CourseGroup::awareness, 2, {"P9"}}};
  EXPECT_THROW(static_cast<void>(training_coverage({}, stray)), Error);
}

}  // namespace
}  // namespace chainqual::testing::training_test
