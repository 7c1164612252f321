#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "chainqual/evaluate/checks-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

using NumberIndex = std::unordered_map<std::string_view, std::size_t>;

template <class Record>
NumberIndex index_by(std::span<const Record> records, std::string Record::*number, const char* column,
                     Findings& findings) {
  NumberIndex index;
  for (std::size_t k = 0; k < records.size(); ++k) {
    if (!(records[k].*number).empty() && index.emplace(records[k].*number, k).second) continue;
    blame(findings, ErrorCode::duplicate, k + 1, column, records[k].*number,
          {"编号为空或重复", "a number is empty, or stands twice"}, {"改为唯一编号", "make it unique"});
  }
  return index;
}

inline void want_known(const NumberIndex& index, std::string_view number, std::size_t record, const char* column,
                       Findings& findings) {
  if (index.contains(number)) return;
  blame(findings, ErrorCode::unknown_reference, record, column, number, {"没有这个编号", "there is no such number"},
        {"先登记，或更正编号", "enter it, or correct the number"});
}

inline void check_rules(const RegradeRules& rules) {
  const auto mark = [](const Decimal& value) { return value >= Decimal(1, 0) && value <= Decimal(5, 0); };
  const bool marks = mark(rules.promote_from) && mark(rules.demote_below) && mark(rules.poor_below);
  const bool ordered = rules.poor_below <= rules.demote_below && rules.demote_below < rules.promote_from &&
                       rules.poor_for_help <= rules.poor_for_exit;
  const bool counts = rules.fewest_sheets > 0 && rules.fewest_sessions > 0 && rules.poor_for_help > 0;
  const bool weight = rules.observed_weight >= Decimal() && rules.observed_weight <= Decimal(1, 0);
  if (marks && ordered && counts && weight) return;
  throw Error(
      ErrorCode::invalid_argument,
      {"调级规则有误：分数线在 1 到 5 之间且 差 ≤ 降 < 升，次数为正且 帮扶 ≤ 退出，听课权重在 0 到 1 之间。请更正。",
       "The rules do not fit: marks lie in 1 … 5 with poor ≤ demote < promote, counts are positive with help ≤ "
       "exit, and the manager's weight lies in 0 … 1. Correct them."});
}

/// The base, checked, with its sheets by session.
struct CheckedBase {
  NumberIndex lecturers;
  NumberIndex sessions;
  std::vector<std::vector<const SurveySheet*>> sheets;  ///< [sessions]
};

inline CheckedBase check_base(const TrainingBase& base) {
  Findings findings;
  CheckedBase checked;
  const NumberIndex courses = index_by(std::span(base.courses), &Course::number, "number", findings);
  checked.lecturers = index_by(std::span(base.lecturers), &Lecturer::id, "id", findings);
  checked.sessions = index_by(std::span(base.sessions), &CourseSession::number, "number", findings);
  checked.sheets.resize(base.sessions.size());
  for (std::size_t k = 0; k < base.sessions.size(); ++k) {
    const CourseSession& session = base.sessions[k];
    want_known(courses, session.course, k + 1, "course", findings);
    want_known(checked.lecturers, session.lecturer, k + 1, "lecturer", findings);
    if (!Date::parse(session.date)) {
      blame(findings, ErrorCode::invalid_value, k + 1, "date", session.date, {"不是日期", "it is no date"},
            {"写成 2026-11-21", "write it as 2026-11-21"});
    }
    if (session.observed && !(*session.observed >= Decimal(1, 0) && *session.observed <= Decimal(5, 0))) {
      blame(findings, ErrorCode::invalid_value, k + 1, "observed", session.observed->to_string(),
            {"听课评分在 1 到 5 之间", "a manager's mark lies in 1 … 5"}, {"更正评分", "correct it"});
    }
  }
  for (std::size_t k = 0; k < base.sheets.size(); ++k) {
    const SurveySheet& sheet = base.sheets[k];
    want_known(checked.sessions, sheet.session, k + 1, "session", findings);
    for (const int answer : sheet.answers) {
      if (answer >= 1 && answer <= 5) continue;
      blame(findings, ErrorCode::invalid_value, k + 1, "answers", std::to_string(answer),
            {"回答应是 1 到 5 的整数", "an answer is a whole number 1 … 5"}, {"更正回答", "correct it"});
    }
    const auto at = checked.sessions.find(sheet.session);
    if (at != checked.sessions.end()) checked.sheets[at->second].push_back(&sheet);
  }
  throw_if_errors(findings);
  return checked;
}

inline SessionScore score_session(const CourseSession& session, std::span<const SurveySheet* const> sheets,
                                  const RegradeRules& rules) {
  SessionScore score;
  score.session = session.number;
  score.sheets = sheets.size();
  if (sheets.size() < rules.fewest_sheets) return score;
  const auto count = static_cast<std::int64_t>(sheets.size());
  std::int64_t all = 0;
  for (std::size_t question = 0; question < 4; ++question) {
    std::int64_t sum = 0;
    for (const SurveySheet* sheet : sheets) sum += sheet->answers[question];
    score.by_question[question] = Rational(sum, count);
    all += sum;
  }
  score.survey = Rational(all, 4 * count);
  score.score = *score.survey;
  if (session.observed) {
    const Rational weight(rules.observed_weight);
    score.score = weight * Rational(*session.observed) + (Rational(1) - weight) * *score.survey;
  }
  return score;
}

inline Text grade_reason(const Rational& mean, std::size_t sessions) {
  const std::string shown = mean.to_string(2);
  return {"本期 " + std::to_string(sessions) + " 次课均分 " + shown + "。",
          std::to_string(sessions) + " sessions in the period with a mean of " + shown + "."};
}

/// A lecturer's evaluated sessions by day, and those of the period.
struct LecturerRecord {
  std::vector<std::pair<Date, Rational>> all;
  Rational sum;
  std::size_t in_period = 0;

  /// The last `count` sessions were poor, and there are as many.
  [[nodiscard]] bool poor_row(std::size_t count, const Rational& below) const {
    if (all.size() < count) return false;
    return std::all_of(all.end() - static_cast<std::ptrdiff_t>(count), all.end(),
                       [&](const auto& one) { return one.second < below; });
  }
};

inline RegradeDecision decide(const Lecturer& lecturer, const LecturerRecord& record, const RegradeRules& rules) {
  RegradeDecision decision;
  decision.lecturer = lecturer.id;
  decision.grade = lecturer.grade;
  decision.state = lecturer.state;
  decision.sessions = record.in_period;
  if (record.in_period == 0) {
    decision.step = RegradeStep::not_evaluated;
    decision.reason = {"本期没有可评价的课。", "No session of the period could be evaluated."};
    return decision;
  }
  const Rational mean = record.sum / Rational(record.in_period);
  decision.score = mean;
  decision.reason = grade_reason(mean, record.in_period);
  const Rational poor(rules.poor_below);
  const auto level = static_cast<std::size_t>(lecturer.grade);
  if (record.poor_row(rules.poor_for_exit, poor)) {
    decision.step = RegradeStep::exit;
    decision.state = LecturerState::left;
  } else if (record.poor_row(rules.poor_for_help, poor)) {
    decision.step = lecturer.state == LecturerState::in_help ? RegradeStep::keep : RegradeStep::help;
    decision.state = LecturerState::in_help;
  } else if (lecturer.state == LecturerState::in_help && !(record.all.back().second < poor)) {
    decision.step = RegradeStep::end_help;
    decision.state = LecturerState::teaching;
  } else if (mean < Rational(rules.demote_below) && level > 0) {
    decision.step = RegradeStep::demote;
    decision.grade = static_cast<LecturerGrade>(level - 1);
  } else if (mean >= Rational(rules.promote_from) && level < 3 && lecturer.state == LecturerState::teaching &&
             record.in_period >= rules.fewest_sessions && lecturer.years >= rules.years[level + 1]) {
    decision.step = RegradeStep::promote;
    decision.grade = static_cast<LecturerGrade>(level + 1);
  }
  return decision;
}

}  // namespace evaluate_detail

inline std::vector<SessionScore> session_scores(const TrainingBase& base, const RegradeRules& rules) {
  namespace d = evaluate_detail;
  d::check_rules(rules);
  const d::CheckedBase checked = d::check_base(base);
  std::vector<SessionScore> scores;
  for (std::size_t k = 0; k < base.sessions.size(); ++k) {
    scores.push_back(d::score_session(base.sessions[k], checked.sheets[k], rules));
  }
  return scores;
}

inline std::vector<RegradeDecision> regrade(const TrainingBase& base, Date from, Date until,
                                            const RegradeRules& rules) {
  namespace d = evaluate_detail;
  if (until < from) {
    throw Error(ErrorCode::invalid_argument,
                {"期间的结束早于开始。请更正日期。", "The period ends before it begins. Correct the days."});
  }
  const std::vector<SessionScore> scores = session_scores(base, rules);
  std::vector<RegradeDecision> decisions;
  for (const Lecturer& lecturer : base.lecturers) {
    if (lecturer.state == LecturerState::left) continue;
    d::LecturerRecord record;
    for (std::size_t k = 0; k < base.sessions.size(); ++k) {
      const Date day = *Date::parse(base.sessions[k].date);
      if (base.sessions[k].lecturer != lecturer.id || !scores[k].score || day > until) continue;
      record.all.emplace_back(day, *scores[k].score);
      if (day < from) continue;
      record.sum += *scores[k].score;
      ++record.in_period;
    }
    std::stable_sort(record.all.begin(), record.all.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    decisions.push_back(d::decide(lecturer, record, rules));
  }
  return decisions;
}

inline TrainingCoverage training_coverage(std::span<const Problem> problems, std::span<const Course> courses) {
  namespace d = evaluate_detail;
  Findings findings;
  const d::NumberIndex index = d::index_by(problems, &Problem::number, "problems", findings);
  static_cast<void>(d::index_by(courses, &Course::number, "courses", findings));
  for (std::size_t k = 0; k < courses.size(); ++k) {
    for (const std::string& number : courses[k].problems) d::want_known(index, number, k + 1, "problems", findings);
  }
  throw_if_errors(findings);
  TrainingCoverage coverage;
  coverage.courses.resize(problems.size());
  std::array<std::vector<bool>, 3> served;
  for (auto& group : served) group.resize(problems.size(), false);
  for (const Course& course : courses) {
    if (course.problems.empty()) coverage.idle.push_back(course.number);
    for (const std::string& number : course.problems) {
      const std::size_t at = index.at(number);
      auto& serving = coverage.courses[at];
      if (serving.empty() || serving.back() != course.number) serving.push_back(course.number);
      served[static_cast<std::size_t>(course.group)][at] = true;
    }
  }
  std::vector<std::size_t> bare;
  for (std::size_t k = 0; k < problems.size(); ++k) {
    const auto category = static_cast<std::size_t>(problems[k].category);
    ++coverage.problems[category];
    if (coverage.courses[k].empty()) {
      bare.push_back(k);
    } else {
      ++coverage.covered[category];
    }
  }
  std::stable_sort(bare.begin(), bare.end(),
                   [&](std::size_t a, std::size_t b) { return problems[a].declared > problems[b].declared; });
  for (const std::size_t k : bare) coverage.uncovered.push_back(problems[k].number);
  for (std::size_t g = 0; g < 3; ++g) {
    coverage.by_group[g] = static_cast<std::size_t>(std::count(served[g].begin(), served[g].end(), true));
  }
  return coverage;
}

}  // namespace v1
}  // namespace chainqual
