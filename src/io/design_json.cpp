#include <algorithm>

#include "chain_folder_spell.hpp"
#include "chainqual/io/design_files.hpp"
#include "json_matrix.hpp"
#include "json_reader.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

class LinesReader : DocumentReader {
 public:
  LinesReader(std::string file, Findings& findings) : DocumentReader(std::move(file), findings, "lines.json") {}

  LineGrading document(const JsonValue& object) {
    LineGrading made;
    ObjectTaker taker = whole(object);
    some_objects(taker, "criteria", [&](ObjectTaker& one) { made.criteria.push_back(criterion(one)); });
    some_objects(taker, "thresholds", [&](ObjectTaker& one) {
      std::string grade = name(one);
      made.thresholds.push_back({std::move(grade), needed_real(one, "from", NumberRange::share())});
    });
    some_objects(taker, "lines", [&](ObjectTaker& one) { made.lines.push_back(line(one, made.criteria)); });
    taker.report_unknown(FindingLevel::error);
    return made;
  }

 private:
  GradingCriterion criterion(ObjectTaker& taker) {
    GradingCriterion made;
    made.name = name(taker);
    made.weight = real(taker, "weight", 1, NumberRange::non_negative());
    if (taker.has("least")) made.least = real(taker, "least", 0, NumberRange::share());
    try {
      made.curve = curve(taker);
    } catch (const Error& error) {
      const Text& message = error.message();
      taker.report(FindingLevel::error, error.code(), taker.has("points") ? "points" : "best", {},
                   {"价值曲线不成立：" + message.zh, "there is no such curve: " + message.en}, see_form(model_));
    }
    return made;
  }

  ValueCurve curve(ObjectTaker& taker) {
    if (const JsonValue* list = taker.member("points", Kind::list)) {
      const std::string pointer = taker.pointer() + "/points";
      const auto table = NumberLists(converter_, model_).table(*list, pointer);
      if (table.columns != 2 && !list->values.empty()) {
        taker.report(FindingLevel::error, ErrorCode::shape_mismatch, "points", {},
                     {"每个点是 [测量值, 价值]", "a point is [measurement, value]"}, see_form(model_));
        return {};
      }
      std::vector<ValueCurve::Point> points;
      for (std::size_t k = 0; k < table.rows; ++k) points.push_back({table.values[2 * k], table.values[2 * k + 1]});
      return ValueCurve::points(std::move(points));
    }
    if (taker.has("points")) return {};
    const double worst = needed_real(taker, "worst");
    const double best = needed_real(taker, "best");
    const double shape = real(taker, "shape", 0);
    return taker.has("worst") && taker.has("best") ? ValueCurve::exponential(worst, best, shape) : ValueCurve();
  }

  ProductionLine line(ObjectTaker& taker, const std::vector<GradingCriterion>& criteria) {
    ProductionLine made;
    made.name = name(taker);
    made.measurements.assign(criteria.size(), 0);
    const JsonValue* given = taker.member("measurements", Kind::object);
    if (given == nullptr) {
      if (!taker.has("measurements")) taker.report_missing("measurements");
      return made;
    }
    ObjectTaker cells(*given, taker.pointer() + "/measurements", converter_, model_);
    for (std::size_t k = 0; k < criteria.size(); ++k) made.measurements[k] = needed_real(cells, criteria[k].name);
    cells.report_unknown(FindingLevel::error);
    return made;
  }
};

class HousesReader : DocumentReader {
 public:
  HousesReader(std::string file, Findings& findings) : DocumentReader(std::move(file), findings, "houses.json") {}

  std::vector<QualityHouse> document(const JsonValue& object) {
    std::vector<QualityHouse> made;
    ObjectTaker taker = whole(object);
    some_objects(taker, "houses", [&](ObjectTaker& one) { made.push_back(house(one, made.empty())); });
    taker.report_unknown(FindingLevel::error);
    return made;
  }

 private:
  QualityHouse house(ObjectTaker& taker, bool first) {
    QualityHouse made;
    wants(taker, first, made);
    made.characteristics = texts(taker, "characteristics");
    made.relations = matrix(taker, "relations");
    if (taker.has("roof")) made.roof = matrix(taker, "roof");
    for (const std::string_view key : {"wants", "characteristics", "relations"}) {
      if (!taker.has(key)) taker.report_missing(key);
    }
    return made;
  }

  /// Objects with a name and an importance, or names alone where the house before says what they weigh.
  void wants(ObjectTaker& taker, bool first, QualityHouse& made) {
    const JsonValue* list = taker.member("wants", Kind::list);
    if (list == nullptr) return;
    for (std::size_t k = 0; k < list->values.size(); ++k) {
      const JsonValue& each = list->values[k];
      const std::string pointer = taker.pointer() + "/wants/" + std::to_string(k);
      if (each.kind == Kind::object) {
        ObjectTaker one(each, pointer, converter_, model_);
        made.wants.push_back(name(one));
        const bool given = one.has("importance") || first;
        made.importance.push_back(given ? needed_real(one, "importance", NumberRange::non_negative()) : 1);
        one.report_unknown(FindingLevel::error);
        continue;
      }
      made.wants.emplace_back(trimmed(each.text));
      made.importance.push_back(1);
      if (each.kind == Kind::list || made.wants.back().empty() || first) {
        converter_.report(FindingLevel::error, ErrorCode::missing_value, {0, each.line, pointer}, each.text,
                          {"需要名称和重要度", "a name and an importance are wanted"}, see_form(model_));
      }
    }
  }

  std::vector<double> matrix(ObjectTaker& taker, std::string_view key) {
    const JsonValue* list = taker.member(key, Kind::list);
    if (list == nullptr) return {};
    return NumberLists(converter_, model_).table(*list, taker.pointer() + pointer_step(key)).values;
  }
};

class ProcessReader : DocumentReader {
 public:
  ProcessReader(std::string file, Findings& findings) : DocumentReader(std::move(file), findings, "process.json") {}

  DeviationFile document(const JsonValue& object) {
    DeviationFile made;
    ObjectTaker taker = whole(object);
    if (const JsonValue* incoming = taker.member("incoming", Kind::object)) {
      ObjectTaker part(*incoming, "/incoming", converter_, model_);
      made.process.incoming_mean = list(part, "mean");
      if (!part.has("mean")) part.report_missing("mean");
      made.process.incoming_covariance = covariance(part, made.process.incoming_mean.size());
      part.report_unknown(FindingLevel::error);
    } else if (!taker.has("incoming")) {
      taker.report_missing("incoming");
    }
    some_objects(taker, "stages", [&](ObjectTaker& one) { made.process.stages.push_back(stage(one)); });
    made.measured = list(taker, "measured");
    taker.report_unknown(FindingLevel::error);
    return made;
  }

 private:
  DeviationStage stage(ObjectTaker& taker) {
    DeviationStage made;
    made.name = name(taker);
    made.a = matrix(taker, "a");
    if (!taker.has("a")) taker.report_missing("a");
    made.b = matrix(taker, "b");
    if (made.b.values.empty()) made.b = {made.a.rows, 0, {}};  // a stage that brings nothing of its own
    made.sources = texts(taker, "sources");
    made.mean = list(taker, "mean");
    made.covariance = covariance(taker, made.b.columns);
    return made;
  }

  std::vector<double> list(ObjectTaker& taker, std::string_view key) {
    const JsonValue* value = taker.member(key, Kind::list);
    if (value == nullptr) return {};
    return NumberLists(converter_, model_).list(*value, taker.pointer() + pointer_step(key));
  }

  DenseMatrix matrix(ObjectTaker& taker, std::string_view key) {
    const JsonValue* value = taker.member(key, Kind::list);
    if (value == nullptr) return {};
    auto table = NumberLists(converter_, model_).table(*value, taker.pointer() + pointer_step(key));
    return {table.rows, table.columns, std::move(table.values)};
  }

  /// As given, or of standard deviations; nothing varies where neither is.
  DenseMatrix covariance(ObjectTaker& taker, std::size_t size) {
    if (taker.has("covariance") && taker.has("deviations")) {
      taker.report(FindingLevel::error, ErrorCode::invalid_value, "deviations", {},
                   {"covariance 和 deviations 只能给一个", "covariance and deviations are two ways to say one thing"},
                   {"去掉一个", "leave one out"});
    }
    if (taker.has("covariance")) return matrix(taker, "covariance");
    DenseMatrix made{size, size, std::vector<double>(size * size, 0)};
    const std::vector<double> deviations = list(taker, "deviations");
    if (!deviations.empty() && deviations.size() != size) {
      taker.report(
          FindingLevel::error, ErrorCode::shape_mismatch, "deviations", {},
          {"应有 " + std::to_string(size) + " 个标准差", std::to_string(size) + " standard deviations are wanted"},
          {"每个来源一个", "one for each source"});
      return made;
    }
    for (std::size_t k = 0; k < deviations.size(); ++k) made.values[k * size + k] = deviations[k] * deviations[k];
    return made;
  }
};

}  // namespace
}  // namespace intake

LineGrading line_grading_from_json(std::string_view text, const std::string& file) {
  return intake::document_of_text<intake::LinesReader>(text, file);
}
LineGrading read_line_grading(const std::filesystem::path& path) {
  return intake::document_of_file<intake::LinesReader>(path);
}

std::vector<QualityHouse> houses_from_json(std::string_view text, const std::string& file) {
  return intake::document_of_text<intake::HousesReader>(text, file);
}
std::vector<QualityHouse> read_houses(const std::filesystem::path& path) {
  return intake::document_of_file<intake::HousesReader>(path);
}

DeviationFile deviation_from_json(std::string_view text, const std::string& file) {
  return intake::document_of_text<intake::ProcessReader>(text, file);
}
DeviationFile read_deviation(const std::filesystem::path& path) {
  return intake::document_of_file<intake::ProcessReader>(path);
}

}  // namespace v1
}  // namespace chainqual
