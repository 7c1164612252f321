#include "chainqual/evaluate/training.hpp"
#include "chainqual/io/training_files.hpp"
#include "evaluate.hpp"

namespace chainqual::cli {
namespace {

ShownTable sessions_table(const TrainingFile& given) {
  ShownTable table{"sessions",
                   {"培训评价", "sessions"},
                   {{"session", {"场次", "session"}},
                    {"sheets", {"问卷数", "sheets"}},
                    {"survey", {"问卷均分", "survey"}},
                    {"score", {"得分", "score"}}},
                   {}};
  for (const auto& row : Names<SurveyQuestion>::table) {
    table.columns.push_back({std::string(row.key), {std::string(row.zh), std::string(row.en)}});
  }
  for (const SessionScore& one : session_scores(given.base, given.rules)) {
    std::vector<SheetCell> cells{one.session, count_cell(one.sheets), exact_cell(one.survey), exact_cell(one.score)};
    for (const auto& question : one.by_question) cells.push_back(exact_cell(question));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

ShownTable lecturers_table(const Session& session, const TrainingFile& given, Date from, Date until) {
  ShownTable table{"lecturers",
                   {"讲师调级", "lecturers, regraded"},
                   {{"lecturer", {"讲师", "lecturer"}},
                    {"step", {"结论", "step"}},
                    {"grade", {"等级", "grade"}},
                    {"state", {"状态", "state"}},
                    {"sessions", {"场次", "sessions"}},
                    {"score", {"均分", "mean"}},
                    {"reason", {"理由", "reason"}, true}},
                   {}};
  for (const RegradeDecision& one : regrade(given.base, from, until, given.rules)) {
    table.rows.push_back({one.lecturer, word_of(session, one.step), word_of(session, one.grade),
                          word_of(session, one.state), count_cell(one.sessions), exact_cell(one.score),
                          session.say(one.reason)});
  }
  return table;
}

ShownTable coverage_table(const Session& session, const std::vector<Problem>& problems, const TrainingCoverage& found) {
  ShownTable table{"coverage",
                   {"课程对问题的覆盖", "problems and the courses that serve them"},
                   {{"problem", {"问题", "problem"}},
                    {"name", {"名称", "name"}, true},
                    {"category", {"类别", "category"}},
                    {"courses", {"课程", "courses"}}},
                   {}};
  for (std::size_t k = 0; k < problems.size(); ++k) {
    std::string courses;
    for (const std::string& course : found.courses[k]) courses += (courses.empty() ? "" : "; ") + course;
    table.rows.push_back(
        {problems[k].number, name_in(problems[k], session.language), word_of(session, problems[k].category), courses});
  }
  return table;
}

}  // namespace

EvaluateAnswer evaluate_training(const EvaluateCall& call) {
  const EvaluateOptions& typed = call.typed;
  if (typed.from.empty() != typed.until.empty()) {
    throw UsageError({"调级要同时给出 --from 和 --until。", "Regrading wants both --from and --until."});
  }
  const TrainingFile given = read_training(call.word(0));
  EvaluateAnswer answer;
  answer.tables.push_back(of_file(call.word(0), [&] { return sessions_table(given); }));
  if (!typed.from.empty()) {
    answer.tables.push_back(lecturers_table(call.session, given, date_from(typed.from, "--from", "--from"),
                                            last_day_option("--until", typed.until)));
  }
  if (call.count() < 2) return answer;
  const ChainFile chain = load_chain(call.session, call.word(1), typed.read);
  const TrainingCoverage found =
      of_file(call.word(0), [&] { return training_coverage(chain.dossier.problems, given.base.courses); });
  answer.tables.push_back(coverage_table(call.session, chain.dossier.problems, found));
  answer.facts["uncovered"] = found.uncovered;
  answer.facts["idle"] = found.idle;
  const std::string open = std::to_string(found.uncovered.size());
  const std::string all = std::to_string(chain.dossier.problems.size());
  answer.notes.push_back(call.session.say(
      {all + " 个问题中 " + open + " 个没有课程", "of " + all + " problems " + open + " have no course"}));
  for (const std::string& course : found.idle) {
    answer.notes.push_back(
        call.session.say({"课程 " + course + " 不对应任何问题", "course " + course + " serves no problem"}));
  }
  return answer;
}

}  // namespace chainqual::cli
