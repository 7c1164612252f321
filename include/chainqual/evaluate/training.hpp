#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/core/decimal.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// The three groups of courses of a training base (T1, section 4).
enum class CourseGroup : std::uint8_t { awareness, control_skills, technology };

enum class LecturerGrade : std::uint8_t { junior, intermediate, senior, expert };

/// Where a lecturer comes from.
enum class LecturerOrigin : std::uint8_t { internal, invited, enterprise };

/// Whether a lecturer teaches.
enum class LecturerState : std::uint8_t { teaching, in_help, left };

template <>
struct Names<CourseGroup> {
  static constexpr std::array<Name<CourseGroup>, 3> table{{
      {CourseGroup::awareness, "awareness", "质量意识", "quality awareness", "质量意识培训"},
      {CourseGroup::control_skills, "control_skills", "质量控制技能", "quality control skills", "质量控制技能培训"},
      {CourseGroup::technology, "technology", "专业技术能力", "professional technology", "专业技术能力提升"},
  }};
};

template <>
struct Names<LecturerGrade> {
  static constexpr std::array<Name<LecturerGrade>, 4> table{{
      {LecturerGrade::junior, "junior", "初级", "junior"},
      {LecturerGrade::intermediate, "intermediate", "中级", "intermediate"},
      {LecturerGrade::senior, "senior", "高级", "senior"},
      {LecturerGrade::expert, "expert", "专家级", "expert"},
  }};
};

template <>
struct Names<LecturerOrigin> {
  static constexpr std::array<Name<LecturerOrigin>, 3> table{{
      {LecturerOrigin::internal, "internal", "内部技术专家", "internal expert"},
      {LecturerOrigin::invited, "invited", "外聘", "invited"},
      {LecturerOrigin::enterprise, "enterprise", "链上企业代表", "from an enterprise of the chain"},
  }};
};

template <>
struct Names<LecturerState> {
  static constexpr std::array<Name<LecturerState>, 3> table{{
      {LecturerState::teaching, "teaching", "在任", "teaching"},
      {LecturerState::in_help, "in_help", "帮扶中", "in help"},
      {LecturerState::left, "left", "已退出", "left"},
  }};
};

struct Course {
  std::string number;
  Text name;
  CourseGroup group = CourseGroup::awareness;
  int hours = 0;
  std::vector<std::string> problems;  ///< numbers of the chain's problems that it serves
  friend bool operator==(const Course&, const Course&) = default;
};

struct Lecturer {
  std::string id;
  std::string name;
  std::string speciality;
  int years = 0;  ///< in the trade
  LecturerOrigin origin = LecturerOrigin::internal;
  LecturerGrade grade = LecturerGrade::junior;
  LecturerState state = LecturerState::teaching;
  friend bool operator==(const Lecturer&, const Lecturer&) = default;
};

/// A course held on a day.
struct CourseSession {
  std::string number;
  std::string course;               ///< number of the course
  std::string lecturer;             ///< id
  std::string date;                 ///< ISO 8601
  std::optional<Decimal> observed;  ///< 1 … 5: what the base's manager saw, where one sat in
  friend bool operator==(const CourseSession&, const CourseSession&) = default;
};

/// What a survey asks.
enum class SurveyQuestion : std::uint8_t { expertise, clarity, interaction, usefulness };

template <>
struct Names<SurveyQuestion> {
  static constexpr std::array<Name<SurveyQuestion>, 4> table{{
      {SurveyQuestion::expertise, "expertise", "专业性", "expertise"},
      {SurveyQuestion::clarity, "clarity", "教学清晰度", "clarity"},
      {SurveyQuestion::interaction, "interaction", "互动性", "interaction"},
      {SurveyQuestion::usefulness, "usefulness", "实用性", "usefulness"},
  }};
};

/// One anonymous sheet: it names the session and nobody.
struct SurveySheet {
  std::string session;
  std::array<int, 4> answers{};  ///< by SurveyQuestion, 1 … 5
  friend bool operator==(const SurveySheet&, const SurveySheet&) = default;
};

/// Everything that a training base keeps.
struct TrainingBase {
  std::vector<Course> courses;
  std::vector<Lecturer> lecturers;
  std::vector<CourseSession> sessions;
  std::vector<SurveySheet> sheets;
};

struct RegradeRules {
  std::size_t fewest_sheets = 5;    ///< of a session; with fewer it is not evaluated and nothing of it is shown, since
                                    ///< answers of a few could be told apart
  std::size_t fewest_sessions = 2;  ///< evaluated, within the period, to go up
  Decimal promote_from = Decimal(45, 1);    ///< mean of the sessions at least: one grade up
  Decimal demote_below = Decimal(35, 1);    ///< below it one grade down
  Decimal poor_below = Decimal(30, 1);      ///< of a session
  std::size_t poor_for_help = 2;            ///< poor sessions in a row: help
  std::size_t poor_for_exit = 4;            ///< poor sessions in a row: exit
  Decimal observed_weight = Decimal(3, 1);  ///< of the manager's mark beside the survey, in [0, 1]
  std::array<int, 4> years{0, 3, 5, 10};    ///< in the trade, for each grade
};

/// A session as evaluated; without a score where too few sheets came back.
struct SessionScore {
  std::string session;
  std::size_t sheets = 0;
  std::optional<Rational> survey;  ///< mean of all answers
  std::array<std::optional<Rational>, 4> by_question;
  std::optional<Rational> score;  ///< survey, with the manager's mark where there is one
};

enum class RegradeStep : std::uint8_t { keep, promote, demote, help, end_help, exit, not_evaluated };

template <>
struct Names<RegradeStep> {
  static constexpr std::array<Name<RegradeStep>, 7> table{{
      {RegradeStep::keep, "keep", "保持", "keep"},
      {RegradeStep::promote, "promote", "升级", "promote"},
      {RegradeStep::demote, "demote", "降级", "demote"},
      {RegradeStep::help, "help", "帮扶", "help"},
      {RegradeStep::end_help, "end_help", "结束帮扶", "help is over"},
      {RegradeStep::exit, "exit", "退出", "exit"},
      {RegradeStep::not_evaluated, "not_evaluated", "数据不足，不评", "not evaluated"},
  }};
};

struct RegradeDecision {
  std::string lecturer;
  RegradeStep step = RegradeStep::keep;
  LecturerGrade grade = LecturerGrade::junior;  ///< after the step
  LecturerState state = LecturerState::teaching;
  std::size_t sessions = 0;       ///< evaluated
  std::optional<Rational> score;  ///< their mean
  Text reason;
};

/// Session scores, in the order of the sessions.
///
/// @param base   courses, lecturers, sessions, sheets.
/// @param rules  see RegradeRules.
/// @throws Error with every fault at once: {duplicate} numbers; {unknown_reference} courses, lecturers or sessions that
///         there are not; {invalid_value} answers outside 1 … 5, marks outside 1 … 5, days that are none.
/// @throws Error{invalid_argument} rules out of range or out of order (poor ≤ demote < promote, help ≤ exit).
/// @complexity  O(sessions + sheets).
/// @numerics    Exact.
/// @threads     Pure.
/// @source  T1, section 4 (what surveys ask, that they are anonymous, that managers sit in); the rules are ours.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<SessionScore> session_scores(const TrainingBase& base, const RegradeRules& rules = {});

/// Regrades the lecturers by the sessions of a period; those who have left are not named.
///
/// In this order: exit, when the last `poor_for_exit` evaluated sessions were poor, also before the period; help, when
/// the last `poor_for_help` were; help is over, when a lecturer in help had a session in the period and the last one
/// was not poor; one grade down, up or none by the mean over the period. Going up asks for `fewest_sessions` and the
/// years of the next grade, and is closed to those in help.
///
/// @throws As session_scores. @throws Error{invalid_argument} the period ends before it begins.
/// @complexity O(lecturers · sessions + sheets). @numerics Exact. @threads Pure.
/// @source  T1, section 4 (grades, adjustment, help or exit after lasting poor marks); the thresholds are ours.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<RegradeDecision> regrade(const TrainingBase& base, Date from, Date until,
                                                   const RegradeRules& rules = {});

/// How the courses serve a chain's problems.
struct TrainingCoverage {
  std::vector<std::vector<std::string>> courses;  ///< [problems] numbers of the courses that serve each
  std::vector<std::string> uncovered;             ///< problems without a course, the gravest declared grade first
  std::array<std::size_t, 5> problems{};          ///< by Category
  std::array<std::size_t, 5> covered{};           ///< by Category
  std::array<std::size_t, 3> by_group{};          ///< problems that a course of each group serves
  std::vector<std::string> idle;                  ///< courses that serve no problem
};

/// @param problems  of the chain.
/// @param courses   of the base.
/// @throws Error with every fault at once: {duplicate} numbers; {unknown_reference} a course names a problem that there
/// is not. @complexity O(problems + references). @numerics none. @threads Pure. @source T1, section 4. @since 0.1.
[[nodiscard]] TrainingCoverage training_coverage(std::span<const Problem> problems, std::span<const Course> courses);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/evaluate/training-inl.hpp"
