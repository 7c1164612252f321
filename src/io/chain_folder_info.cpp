#include "chain_folder_info.hpp"

#include <algorithm>

#include "chain_folder_cells.hpp"
#include "chainqual/io/cell.hpp"
#include "chainqual/io/text.hpp"
#include "chainqual/severity/severity_model.hpp"
#include "json_object.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

/// One weight or threshold; none when absent, with `bad` set when it is no number.
std::optional<Rational> take_number(ObjectTaker& taker, std::string_view key, bool& bad) {
  const JsonValue* value = taker.member(key);
  if (value == nullptr && taker.has(key)) {
    bad = true;
    return std::nullopt;
  }
  if (value == nullptr) {
    taker.report(FindingLevel::error, ErrorCode::missing_value, key, {},
                 {"缺少 " + std::string(key), "'" + std::string(key) + "' is missing"},
                 {"写出全部各项，或整组省略而采用标准的取值",
                  "give all of them, or leave the whole group out for the standard's values"});
    bad = true;
    return std::nullopt;
  }
  try {
    return weight_from_text(half_width(trimmed(value->text)));
  } catch (const Error&) {
    taker.report(FindingLevel::error, ErrorCode::invalid_value, key, value->text, {"不是数", "not a number"},
                 {"写成 0.4、40% 或 2/5 的形式", "write it as 0.4, 40% or 2/5"});
    bad = true;
    return std::nullopt;
  }
}

void read_severity(const JsonValue& object, const std::string& pointer, CellConverter& converter,
                   const std::string& file, Intake& intake) {
  ObjectTaker taker(object, pointer, converter);
  Weights weights;
  Thresholds thresholds;
  Rounding rounding = Rounding::exact;
  bool bad = false;
  if (const JsonValue* group = taker.member("weights", JsonValue::Kind::object)) {
    ObjectTaker parts(*group, pointer + "/weights", converter);
    for (const auto& [key, into] :
         {std::pair{"impact", &weights.impact}, {"diffusion", &weights.diffusion}, {"urgency", &weights.urgency}}) {
      if (const auto number = take_number(parts, key, bad)) *into = *number;
    }
    parts.report_unknown();
  }
  if (const JsonValue* group = taker.member("thresholds", JsonValue::Kind::object)) {
    ObjectTaker parts(*group, pointer + "/thresholds", converter);
    for (const auto& [key, into] :
         {std::pair{"critical", &thresholds.critical}, {"important", &thresholds.important}}) {
      if (const auto number = take_number(parts, key, bad)) *into = *number;
    }
    parts.report_unknown();
  }
  if (const JsonValue* word = taker.member("rounding")) {
    const auto value = converter.word<Rounding>(word->text, taker.place("rounding"));
    if (value.has_value()) rounding = value.value();
  }
  taker.report_unknown();
  if (bad) return;
  const Findings broken = check_model(weights, thresholds);
  for (Finding finding : broken.kept()) {
    std::string steps = pointer;
    for (const char c : "/" + finding.where.column) steps += c == '.' ? '/' : c;
    finding.where = {file, 0, object.line, steps, 0};
    intake.add(std::move(finding));
  }
  if (!broken.has_errors()) intake.info.severity = SeverityModel(weights, thresholds, rounding);
}

void read_sources(ObjectTaker& taker, std::string_view key, std::vector<std::string>& sources) {
  const JsonValue* list = taker.member(key, JsonValue::Kind::list);
  if (list == nullptr) return;
  for (const auto& value : list->values) {
    if (value.is_scalar()) {
      if (const auto text = trimmed(value.text); !text.empty()) sources.emplace_back(text);
    } else {
      taker.report(FindingLevel::error, ErrorCode::invalid_value, key, {},
                   {"来源应逐条是文本", "every source must be a text"},
                   {"写成 [\"来源一\", \"来源二\"]", "write [\"one\", \"two\"]"});
    }
  }
}

}  // namespace

void read_info(const JsonValue& object, const std::string& file, const std::string& pointer, Intake& intake) {
  Findings met(static_cast<std::size_t>(intake.options().limits.findings));
  CellConverter converter(file, met, intake.options().repair);
  ObjectTaker taker(object, pointer, converter);
  ChainInfo& info = intake.info;
  taker.text("name", info.name);
  taker.text("name_en", info.name_en);
  if (const JsonValue* value = taker.member("home_region")) {
    if (const auto code = region_code(value->text, converter, taker.place("home_region")); code.has_value())
      info.home_region = code.value();
  }
  if (const JsonValue* value = taker.member("date")) {
    if (const auto date = converter.date(value->text, taker.place("date")); date.has_value()) info.date = date.value();
  }
  taker.text("version", info.version);
  for (const auto& [key, cycle] : {std::pair{"review_cycle_months", &ChainInfo::review_cycle_months},
                                   {"report_cycle_months", &ChainInfo::report_cycle_months}}) {
    const JsonValue* value = taker.member(key);
    if (value == nullptr) continue;
    constexpr NumberRange months{1, 1200, false};
    const auto count = converter.whole(value->text, taker.place(key), months);
    if (count.has_value()) info.*cycle = static_cast<int>(count.value());
  }
  if (const JsonValue* value = taker.member("severity", JsonValue::Kind::object)) {
    read_severity(*value, pointer + "/severity", converter, file, intake);
  }
  read_sources(taker, "sources", info.sources);
  read_sources(taker, "sources_en", info.sources_en);
  taker.text("note", info.note);
  taker.text("note_en", info.note_en);
  taker.report_unknown();
  intake.add(met);
}

void read_info_file(const std::filesystem::path& path, Intake& intake) {
  Findings met(static_cast<std::size_t>(intake.options().limits.findings));
  const TextFile file = read_text(path, met, std::nullopt, intake.options().limits.file_bytes);
  WholeObject whole;
  whole.object.kind = JsonValue::Kind::object;
  whole.object.line = 1;
  const bool parsed = file.readable() && parse_json(file.text(), path.string(), intake.options().limits, whole, met);
  intake.add(met);
  if (parsed) read_info(whole.object, path.string(), {}, intake);
}

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
