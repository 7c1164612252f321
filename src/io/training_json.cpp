#include <array>

#include "chain_folder_spell.hpp"
#include "chainqual/io/training_files.hpp"
#include "json_matrix.hpp"
#include "json_reader.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

class TrainingReader : DocumentReader {
 public:
  TrainingReader(std::string file, Findings& findings) : DocumentReader(std::move(file), findings, "training.json") {}

  TrainingFile document(const JsonValue& object) {
    TrainingFile made;
    ObjectTaker taker = whole(object);
    some_objects(taker, "courses", [&](ObjectTaker& one) { made.base.courses.push_back(course(one)); });
    each_object(taker, "lecturers", [&](ObjectTaker& one) { made.base.lecturers.push_back(lecturer(one)); });
    each_object(taker, "sessions", [&](ObjectTaker& one) { made.base.sessions.push_back(session(one)); });
    each_object(taker, "sheets", [&](ObjectTaker& one) { made.base.sheets.push_back(sheet(one)); });
    if (const JsonValue* given = taker.member("rules", Kind::object)) {
      ObjectTaker one(*given, "/rules", converter_, model_);
      rules(one, made.rules);
      one.report_unknown(FindingLevel::error);
    }
    taker.report_unknown(FindingLevel::error);
    return made;
  }

 private:
  static constexpr NumberRange count{0, 1'000'000, false};

  Course course(ObjectTaker& taker) {
    Course made;
    made.number = name(taker, "number");
    made.name.zh = name(taker);
    taker.text("name_en", made.name.en);
    if (made.name.en.empty()) made.name.en = made.name.zh;
    made.group = word(taker, "group", CourseGroup::awareness);
    made.hours = whole_number(taker, "hours", 0, count);
    made.problems = texts(taker, "problems");
    return made;
  }

  Lecturer lecturer(ObjectTaker& taker) {
    Lecturer made;
    made.id = name(taker, "id");
    made.name = name(taker);
    taker.text("speciality", made.speciality);
    made.years = whole_number(taker, "years", 0, NumberRange{0, 100, false});
    made.origin = word(taker, "origin", LecturerOrigin::internal);
    made.grade = word(taker, "grade", LecturerGrade::junior);
    made.state = word(taker, "state", LecturerState::teaching);
    return made;
  }

  CourseSession session(ObjectTaker& taker) {
    CourseSession made;
    made.number = name(taker, "number");
    made.course = name(taker, "course");
    made.lecturer = name(taker, "lecturer");
    const std::string day = name(taker, "date");
    const auto date = converter_.date(day, taker.place("date"));
    if (date.has_value()) made.date = date.value();
    if (taker.has("observed")) made.observed = decimal(taker, "observed", Decimal(1, 0));
    return made;
  }

  SurveySheet sheet(ObjectTaker& taker) {
    SurveySheet made;
    made.session = name(taker, "session");
    const JsonValue* answers = taker.member("answers", Kind::list);
    if (answers == nullptr) {
      if (!taker.has("answers")) taker.report_missing("answers");
      return made;
    }
    whole_list(*answers, taker.pointer() + "/answers", NumberRange{1, 5, true}, made.answers);
    return made;
  }

  void rules(ObjectTaker& taker, RegradeRules& rules) {
    rules.fewest_sheets = whole_number(taker, "fewest_sheets", rules.fewest_sheets, count);
    rules.fewest_sessions = whole_number(taker, "fewest_sessions", rules.fewest_sessions, count);
    rules.promote_from = decimal(taker, "promote_from", rules.promote_from);
    rules.demote_below = decimal(taker, "demote_below", rules.demote_below);
    rules.poor_below = decimal(taker, "poor_below", rules.poor_below);
    rules.poor_for_help = whole_number(taker, "poor_for_help", rules.poor_for_help, count);
    rules.poor_for_exit = whole_number(taker, "poor_for_exit", rules.poor_for_exit, count);
    rules.observed_weight = decimal(taker, "observed_weight", rules.observed_weight);
    if (const JsonValue* years = taker.member("years", Kind::list)) {
      whole_list(*years, "/rules/years", NumberRange{0, 100, false}, rules.years);
    }
  }

  /// Four whole numbers.
  void whole_list(const JsonValue& list, const std::string& pointer, const NumberRange& range,
                  std::array<int, 4>& into) {
    if (list.values.size() != into.size()) {
      converter_.report(FindingLevel::error, ErrorCode::shape_mismatch, {0, list.line, pointer}, {},
                        {"应有四个数", "four numbers are wanted"}, see_form(model_));
      return;
    }
    for (std::size_t k = 0; k < into.size(); ++k) {
      const JsonValue& cell = list.values[k];
      const std::string at = pointer + "/" + std::to_string(k);
      const CellPlace place{0, cell.line, at};
      const auto number = cell.is_scalar() ? converter_.whole(cell.text, place, range) : CellValue<std::int64_t>();
      if (number.is_missing()) {
        converter_.report(FindingLevel::error, ErrorCode::missing_value, place, {},
                          {"应是一个整数", "must be a whole number"}, see_form(model_));
      }
      if (number.has_value()) into[k] = static_cast<int>(number.value());
    }
  }
};

}  // namespace
}  // namespace intake

TrainingFile training_from_json(std::string_view text, const std::string& file) {
  return intake::document_of_text<intake::TrainingReader>(text, file);
}
TrainingFile read_training(const std::filesystem::path& path) {
  return intake::document_of_file<intake::TrainingReader>(path);
}

}  // namespace v1
}  // namespace chainqual
