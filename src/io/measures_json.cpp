#include "chainqual/io/measures_json.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "chain_folder_spell.hpp"
#include "chainqual/io/text.hpp"
#include "json_object.hpp"
#include "json_text.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

constexpr std::string_view measures_model = "measures.json";
using Kind = JsonValue::Kind;

class MeasureReader {
 public:
  MeasureReader(std::string file, Findings& findings) : file_(file), converter_(std::move(file), findings) {}

  std::vector<Measure> document(const JsonValue& object) {
    std::vector<Measure> measures;
    ObjectTaker taker(object, {}, converter_, measures_model);
    const JsonValue* list = taker.member("measures", Kind::list);
    if (list != nullptr) {
      for (const JsonValue& each : list->values) {
        const std::string pointer = "/measures/" + std::to_string(measures.size());
        measures.emplace_back();
        if (taker.is_object(each, pointer)) measures.back() = measure(each, pointer);
      }
    }
    if (measures.empty() && (list != nullptr || !taker.has("measures"))) taker.report_missing("measures");
    taker.report_unknown(FindingLevel::error);
    return measures;
  }

 private:
  Measure measure(const JsonValue& object, const std::string& pointer) {
    ObjectTaker taker(object, pointer, converter_, measures_model);
    Measure made;
    made.where = {file_, 0, object.line, pointer, 0};
    taker.text("name", made.name);
    taker.text("name_en", made.name_en);
    taker.text("note", made.note);
    made.cost = real(taker, "cost", NumberRange::money());
    std::size_t kinds = 0;
    for (const auto& row : Names<MeasureKind>::table) {
      const JsonValue* value = taker.member(row.key, Kind::object);
      if (!taker.has(row.key)) continue;
      ++kinds;
      made.kind = row.value;
      if (value == nullptr) continue;  // of the wrong kind: reported
      ObjectTaker inner(*value, pointer + "/" + std::string(row.key), converter_, measures_model);
      read(inner, row.value, made);
      inner.report_unknown(FindingLevel::error);
    }
    if (kinds != 1) {
      taker.report(FindingLevel::error, kinds == 0 ? ErrorCode::missing_value : ErrorCode::duplicate, {}, {},
                   kinds == 0 ? Text{"没有写明是哪种措施", "the measure does not say what is done"}
                              : Text{"一项措施里写了不止一种做法", "the measure says more than one thing to do"},
                   {"从下列键中只写一个：alternate, stock, project", "give exactly one of: alternate, stock, project"});
    }
    taker.report_unknown(FindingLevel::error);
    return made;
  }

  void read(ObjectTaker& taker, MeasureKind kind, Measure& made) {
    switch (kind) {
      case MeasureKind::alternate:
        name(taker, "customer", made.alternate.customer);
        name(taker, "supplier", made.alternate.supplier);
        name(taker, "alternate", made.alternate.alternate);
        made.alternate.share = needed(taker, "share", NumberRange::share());
        made.alternate.escape = real(taker, "escape", NumberRange::share());
        break;
      case MeasureKind::stock:
        name(taker, "enterprise", made.stock.enterprise);
        made.stock.days = needed(taker, "days", NumberRange::non_negative());
        break;
      case MeasureKind::project:
        project(taker, made.project);
        break;
    }
  }

  void project(ObjectTaker& taker, Breakthrough& made) {
    taker.text("number", made.project);
    const JsonValue* list = taker.member("problems", Kind::list);
    if (list != nullptr) {
      for (const JsonValue& each : list->values) {
        std::string number(each.is_scalar() ? trimmed(each.text) : std::string_view());
        if (number.empty()) {
          taker.report(FindingLevel::error, ErrorCode::invalid_value, "problems", {},
                       {"应是问题编号", "must be the number of a problem"}, {"写出编号", "give its number"});
        } else {
          made.problems.push_back(std::move(number));
        }
      }
    }
    const bool listed = list != nullptr ? !list->values.empty() : taker.has("problems");
    if (made.project.empty() && !listed) taker.report_missing("number");
    if (const auto effect = real(taker, "effect", NumberRange::share())) made.effect = *effect;
  }

  void name(ObjectTaker& taker, std::string_view key, std::string& into) {
    const JsonValue* value = taker.member(key);
    if (value != nullptr) into = std::string(trimmed(value->text));
    if (into.empty() && (value != nullptr || !taker.has(key))) taker.report_missing(key);
  }

  std::optional<double> real(ObjectTaker& taker, std::string_view key, const NumberRange& range) {
    const JsonValue* value = taker.member(key);
    if (value == nullptr) return std::nullopt;
    return converter_.real(value->text, taker.place(key), range).optional();
  }

  double needed(ObjectTaker& taker, std::string_view key, const NumberRange& range) {
    const JsonValue* value = taker.member(key);
    if (value == nullptr) {
      if (!taker.has(key)) taker.report_missing(key);
      return 0;
    }
    const auto number = converter_.real(value->text, taker.place(key), range);
    if (number.is_missing()) taker.report_missing(key);
    return number.has_value() ? number.value() : 0;
  }

  std::string file_;
  CellConverter converter_;
};

using Json = JsonText;

void put_text(Json& out, const char* key, const std::string& text, bool always = false) {
  check_text(text, key);
  if (always || !text.empty()) out.add(key, text);
}

void put_number(Json& out, const char* key, double value) {
  if (!std::isfinite(value)) {
    throw Error(ErrorCode::invalid_value, {std::string(key) + " 不是有限数，JSON 写不下。请先更正。",
                                           std::string(key) + " is not finite, which JSON cannot hold. Correct it "
                                                              "first."});
  }
  out.add(key, value);
}

Json to_json(const Measure& measure) {
  Json inner = Json::object();
  switch (measure.kind) {
    case MeasureKind::alternate:
      put_text(inner, "customer", measure.alternate.customer, true);
      put_text(inner, "supplier", measure.alternate.supplier, true);
      put_text(inner, "alternate", measure.alternate.alternate, true);
      put_number(inner, "share", measure.alternate.share);
      if (measure.alternate.escape) put_number(inner, "escape", *measure.alternate.escape);
      break;
    case MeasureKind::stock:
      put_text(inner, "enterprise", measure.stock.enterprise, true);
      put_number(inner, "days", measure.stock.days);
      break;
    case MeasureKind::project:
      put_text(inner, "number", measure.project.project);
      for (const std::string& number : measure.project.problems) check_text(number, "problems");
      if (!measure.project.problems.empty()) inner.add("problems", measure.project.problems);
      if (measure.project.effect != 1) put_number(inner, "effect", measure.project.effect);
      break;
  }
  Json out = Json::object();
  out.add(key_of(measure.kind), inner);
  if (measure.cost) put_number(out, "cost", *measure.cost);
  put_text(out, "name", measure.name);
  put_text(out, "name_en", measure.name_en);
  put_text(out, "note", measure.note);
  return out;
}

}  // namespace
}  // namespace intake

std::vector<Measure> measures_from_json(std::string_view text, const std::string& file) {
  return intake::document_of_text<intake::MeasureReader>(text, file);
}

std::vector<Measure> read_measures(const std::filesystem::path& path) {
  return intake::document_of_file<intake::MeasureReader>(path);
}

std::string measures_to_json(std::span<const Measure> measures) {
  JsonText list = JsonText::array();
  for (const Measure& measure : measures) list.push_back(intake::to_json(measure));
  return JsonText{{"measures", list}}.text() + "\n";
}

}  // namespace v1
}  // namespace chainqual
