#include <cmath>
#include <nlohmann/json.hpp>

#include "chain_folder_spell.hpp"
#include "chainqual/io/evaluation_files.hpp"
#include "chainqual/io/text.hpp"
#include "indicator_entry.hpp"
#include "json_matrix.hpp"
#include "json_object.hpp"
#include "small_table.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

constexpr std::string_view indicator_model = "indicators.json";
using Kind = JsonValue::Kind;

/// Members of an object as cells.
struct ObjectCells {
  ObjectTaker& taker;
  [[nodiscard]] std::string_view cell(std::string_view key) const {
    const JsonValue* value = taker.member(key);
    return value == nullptr ? std::string_view() : trimmed(value->text);
  }
  [[nodiscard]] CellPlace place(std::string_view key) const { return taker.place(key); }
};

class SheetReader {
 public:
  SheetReader(std::string file, Findings& findings) : converter_(std::move(file), findings) {}

  IndicatorFile document(const JsonValue& object) {
    file_.indicators = standard_indicators();
    for (const Indicator& each : file_.indicators) names_.add(each);
    ObjectTaker taker(object, {}, converter_, indicator_model);
    std::string chain;
    taker.text("chain", chain);
    each_object(taker, "indicators", [&](const JsonValue& each, const std::string& pointer) { add(each, pointer); });
    each_object(taker, "sheets", [&](const JsonValue& each, const std::string& pointer) {
      file_.sheets.push_back(sheet(each, pointer, chain));
    });
    if (file_.sheets.empty() && !object_is_faulty_) taker.report_missing("sheets");
    weights(taker);
    judgements(taker);
    taker.report_unknown(FindingLevel::error);
    return std::move(file_);
  }

 private:
  /// Calls read(object, pointer) for the objects of a list.
  template <class Read>
  void each_object(ObjectTaker& taker, std::string_view key, Read&& read) {
    const JsonValue* list = taker.member(key, Kind::list);
    if (list == nullptr) {
      object_is_faulty_ = object_is_faulty_ || taker.has(key);
      return;
    }
    for (std::size_t k = 0; k < list->values.size(); ++k) {
      const JsonValue& each = list->values[k];
      const std::string pointer = taker.pointer() + pointer_step(key) + "/" + std::to_string(k);
      if (taker.is_object(each, pointer)) {
        read(each, pointer);
      } else {
        object_is_faulty_ = true;
      }
    }
  }

  void add(const JsonValue& object, const std::string& pointer) {
    ObjectTaker taker(object, pointer, converter_, indicator_model);
    const ObjectCells cells{taker};
    Indicator made;
    taker.text("key", made.key);
    taker.text("name", made.name.zh);
    taker.text("name_en", made.name.en);
    for (const auto& [key, text] : {std::pair("key", &made.key), std::pair("name", &made.name.zh)}) {
      if (text->empty()) taker.report_missing(key);
    }
    if (made.name.en.empty()) made.name.en = made.name.zh;
    word(cells, "category", made.category);
    word(cells, "kind", made.kind);
    word(cells, "direction", made.direction);
    taker.text("unit", made.unit);
    made.worst = converter_.decimal(cells.cell("worst"), cells.place("worst")).optional();
    made.best = converter_.decimal(cells.cell("best"), cells.place("best")).optional();
    steps_of(taker, made);
    taker.report_unknown(FindingLevel::error);
    if (!names_.add(made)) {
      taker.report(FindingLevel::error, ErrorCode::duplicate, "key", made.key,
                   {"标识与另一个指标相同", "its key is another indicator's"},
                   {"换一个，或删去这一项", "take another, or leave it out"});
    }
    file_.indicators.push_back(std::move(made));
  }

  template <class E>
  void word(const ObjectCells& cells, std::string_view key, E& into) {
    const auto found = converter_.word<E>(cells.cell(key), cells.place(key));
    if (found.has_value()) into = found.value();
  }

  void steps_of(ObjectTaker& taker, Indicator& made) {
    const JsonValue* list = taker.member("steps", Kind::list);
    if (list == nullptr) return;
    const bool texts = std::all_of(list->values.begin(), list->values.end(),
                                   [](const JsonValue& each) { return each.kind == Kind::text; });
    if (list->values.size() != made.steps.size() || !texts) {
      taker.report(FindingLevel::error, ErrorCode::invalid_value, "steps", {},
                   {"应是五段文字，说明 1 到 5 档", "must be five texts, for the steps 1 to 5"},
                   {"写足五段", "give five"});
      return;
    }
    for (std::size_t k = 0; k < made.steps.size(); ++k) made.steps[k] = {list->values[k].text, list->values[k].text};
  }

  IndicatorSheet sheet(const JsonValue& object, const std::string& pointer, const std::string& chain) {
    ObjectTaker taker(object, pointer, converter_, indicator_model);
    IndicatorSheet made;
    made.chain = chain;
    taker.text("chain", made.chain);
    taker.text("period", made.period);
    std::vector<std::uint64_t> line(file_.indicators.size(), 0);
    each_object(taker, "entries", [&](const JsonValue& each, const std::string& at) {
      if (auto read = entry(each, at, line)) made.entries.push_back(std::move(*read));
    });
    if (!taker.has("entries")) taker.report_missing("entries");
    taker.report_unknown(FindingLevel::error);
    return made;
  }

  std::optional<IndicatorEntry> entry(const JsonValue& object, const std::string& pointer,
                                      std::vector<std::uint64_t>& line) {
    ObjectTaker taker(object, pointer, converter_, indicator_model);
    const ObjectCells cells{taker};
    const auto at = indicator(taker, cells, "indicator", cells.cell("indicator"));
    IndicatorEntry made;
    take_entry(cells, converter_, at ? file_.indicators[*at] : Indicator{}, made);
    if (const JsonValue* steps = taker.member("steps", Kind::object)) {
      for (std::size_t k = 0; k < steps->keys.size(); ++k) {
        const std::string place = pointer + "/steps" + pointer_step(steps->keys[k]);
        take_step(trimmed(steps->keys[k]), steps->values[k].text, converter_, {0, steps->values[k].line, place}, made);
      }
    }
    taker.report_unknown(FindingLevel::error);
    if (!at) return std::nullopt;
    if (line[*at] != 0) {
      const std::string first = std::to_string(line[*at]);
      taker.report(FindingLevel::error, ErrorCode::duplicate, "indicator", cells.cell("indicator"),
                   {"该指标在第 " + first + " 行已有数据", "the indicator stands in line " + first + " already"},
                   {"只留一处", "keep one"});
    }
    line[*at] = object.line;
    made.indicator = file_.indicators[*at].key;
    return made;
  }

  std::optional<std::size_t> indicator(ObjectTaker& taker, const ObjectCells&, std::string_view key,
                                       std::string_view name) {
    if (name.empty()) {
      if (!taker.has(key) || taker.member(key) != nullptr) taker.report_missing(key);
      return std::nullopt;
    }
    const auto at = names_.find(name);
    if (!at) {
      auto [rule, fix] = names_.refusal(name);
      taker.report(FindingLevel::error, ErrorCode::unknown_reference, key, name, std::move(rule), std::move(fix));
    }
    return at;
  }

  void weights(ObjectTaker& taker) {
    const JsonValue* given = taker.member("weights", Kind::object);
    if (given == nullptr) return;
    file_.weights.assign(file_.indicators.size(), 0);
    for (std::size_t k = 0; k < given->keys.size(); ++k) {
      const std::string pointer = "/weights" + pointer_step(given->keys[k]);
      const CellPlace place{0, given->values[k].line, pointer};
      const auto at = names_.find(given->keys[k]);
      if (!at) {
        auto [rule, fix] = names_.refusal(given->keys[k]);
        converter_.report(FindingLevel::error, ErrorCode::unknown_reference, place, given->keys[k], std::move(rule),
                          std::move(fix));
      }
      const auto weight = converter_.real(given->values[k].text, place, NumberRange::non_negative());
      if (at && weight.has_value()) file_.weights[*at] = weight.value();
    }
  }

  void judgements(ObjectTaker& taker) {
    const JsonValue* given = taker.member("judgements", Kind::object);
    if (given == nullptr) return;
    ObjectTaker inner(*given, "/judgements", converter_, indicator_model);
    if (const JsonValue* matrix = inner.member("categories", Kind::list)) {
      file_.category_judgements = judgement_matrix(*matrix, "/judgements/categories", converter_, indicator_model);
    }
    if (const JsonValue* within = inner.member("within", Kind::object)) {
      for (std::size_t k = 0; k < within->keys.size(); ++k) {
        const std::string pointer = "/judgements/within" + pointer_step(within->keys[k]);
        const auto category = converter_.word<IndicatorCategory>(within->keys[k], {0, within->values[k].line, pointer});
        auto matrix = judgement_matrix(within->values[k], pointer, converter_, indicator_model);
        if (category.has_value()) file_.within.push_back({category.value(), std::move(matrix)});
      }
    }
    inner.report_unknown(FindingLevel::error);
  }

  CellConverter converter_;
  IndicatorNames names_;
  IndicatorFile file_;
  bool object_is_faulty_ = false;  ///< a list of objects was no list, or held something else: reported
};

using Json = nlohmann::ordered_json;

void put(Json& out, const char* key, const std::string& text) {
  check_text(text, key);
  if (!text.empty()) out[key] = text;
}

/// Decimals keep their digits as texts, which the reader takes.
void put(Json& out, const char* key, const std::optional<Decimal>& value) {
  if (value) out[key] = value->to_string();
}

Json to_json(const Indicator& indicator) {
  Json out = Json::object();
  put(out, "key", indicator.key);
  put(out, "name", indicator.name.zh);
  if (indicator.name.en != indicator.name.zh) put(out, "name_en", indicator.name.en);
  out["category"] = std::string(key_of(indicator.category));
  out["kind"] = std::string(key_of(indicator.kind));
  put(out, "unit", indicator.unit);
  out["direction"] = std::string(key_of(indicator.direction));
  const bool described =
      std::any_of(indicator.steps.begin(), indicator.steps.end(), [](const Text& step) { return !step.zh.empty(); });
  for (const Text& step : indicator.steps) {
    check_text(step.zh, "steps");
    if (described) out["steps"].push_back(step.zh);
  }
  put(out, "worst", indicator.worst);
  put(out, "best", indicator.best);
  return out;
}

Json to_json(const IndicatorEntry& entry) {
  Json out = Json::object();
  put(out, "indicator", entry.indicator);
  put(out, "baseline", entry.baseline);
  put(out, "target", entry.target);
  put(out, "value", entry.value);
  for (const ReviewerStep& step : entry.steps) {
    check_text(step.reviewer, "steps");
    out["steps"][step.reviewer] = step.step;
  }
  if (entry.evidence) out["evidence"] = std::string(key_of(*entry.evidence));
  put(out, "date", entry.date);
  put(out, "source", entry.source);
  put(out, "action", entry.action);
  put(out, "owner", entry.owner);
  put(out, "due", entry.due);
  return out;
}

}  // namespace
}  // namespace intake

IndicatorFile indicators_from_json(std::string_view text, const std::string& file) {
  return intake::document_of_text<intake::SheetReader>(text, file);
}

IndicatorFile read_indicators(const std::filesystem::path& path) {
  if (path.extension() != ".csv") return intake::document_of_file<intake::SheetReader>(path);
  return intake::table_from(path, [](TextFile text, Findings findings) {
    return indicators_from_table(std::move(text), std::move(findings));
  });
}

std::string indicators_to_json(const IndicatorFile& file) {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  const std::size_t standard = standard_indicators().size();
  for (std::size_t k = standard; k < file.indicators.size(); ++k) {
    out["indicators"].push_back(intake::to_json(file.indicators[k]));
  }
  out["sheets"] = nlohmann::ordered_json::array();
  for (const IndicatorSheet& sheet : file.sheets) {
    nlohmann::ordered_json one = nlohmann::ordered_json::object();
    intake::put(one, "chain", sheet.chain);
    intake::put(one, "period", sheet.period);
    one["entries"] = nlohmann::ordered_json::array();
    for (const IndicatorEntry& entry : sheet.entries) one["entries"].push_back(intake::to_json(entry));
    out["sheets"].push_back(std::move(one));
  }
  for (std::size_t k = 0; k < file.weights.size(); ++k) {
    if (!std::isfinite(file.weights[k])) {
      throw Error(ErrorCode::invalid_value,
                  {"权重不是有限数。请先更正。", "A weight is not finite. Correct it first."});
    }
    if (file.weights[k] > 0) out["weights"][file.indicators.at(k).key] = file.weights[k];
  }
  const auto matrix = [](const std::vector<double>& judgements) {
    std::size_t n = 0;
    while (n * n < judgements.size()) ++n;
    auto rows = nlohmann::ordered_json::array();
    for (std::size_t k = 0; k < judgements.size(); ++k) {
      if (k % n == 0) rows.push_back(nlohmann::ordered_json::array());
      // A blank of the pair (NaN) is null, which nlohmann::json makes of it.
      rows.back().push_back(judgements[k]);
    }
    return rows;
  };
  if (!file.category_judgements.empty()) out["judgements"]["categories"] = matrix(file.category_judgements);
  for (const CategoryJudgements& own : file.within) {
    out["judgements"]["within"][std::string(key_of(own.category))] = matrix(own.judgements);
  }
  return out.dump(2) + "\n";
}

}  // namespace v1
}  // namespace chainqual
