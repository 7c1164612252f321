#include "chainqual/io/scenario_json.hpp"

#include <array>
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

constexpr std::string_view scenario_model = "scenario.json";
using Kind = JsonValue::Kind;

class ScenarioReader {
 public:
  ScenarioReader(std::string file, Findings& findings) : file_(file), converter_(std::move(file), findings) {}

  std::vector<Scenario> document(const JsonValue& object) {
    std::vector<Scenario> scenarios;
    if (object.find("scenarios") == nullptr) {
      scenarios.push_back(scenario(object, {}));
      return scenarios;
    }
    ObjectTaker taker(object, {}, converter_, scenario_model);
    if (const JsonValue* list = taker.member("scenarios", Kind::list)) {
      for (const JsonValue& each : list->values) {
        const std::string pointer = "/scenarios/" + std::to_string(scenarios.size());
        scenarios.emplace_back();
        if (taker.is_object(each, pointer)) scenarios.back() = scenario(each, pointer);
      }
      if (scenarios.empty()) {
        taker.report(FindingLevel::error, ErrorCode::missing_value, "scenarios", {},
                     {"scenarios 是空的", "'scenarios' is empty"}, {"至少写一个情景", "write one scenario at least"});
      }
    }
    taker.report_unknown(FindingLevel::error);
    return scenarios;
  }

 private:
  Scenario scenario(const JsonValue& object, const std::string& pointer) {
    ObjectTaker taker(object, pointer, converter_, scenario_model);
    Scenario made;
    if (pointer.empty()) static_cast<void>(taker.member("scenarios", Kind::list));  // near a misspelt one
    taker.text("name", made.name);
    taker.text("name_en", made.name_en);
    taker.text("note", made.note);
    if (const JsonValue* list = taker.member("shocks", Kind::list)) {
      for (const JsonValue& each : list->values) {
        const std::string step = pointer + "/shocks/" + std::to_string(made.shocks.size());
        made.shocks.emplace_back();
        if (taker.is_object(each, step)) made.shocks.back() = shock(each, step);
      }
    }
    if (made.shocks.empty()) taker.report_missing("shocks");
    taker.report_unknown(FindingLevel::error);
    return made;
  }

  ScenarioShock shock(const JsonValue& object, const std::string& pointer) {
    ObjectTaker taker(object, pointer, converter_, scenario_model);
    ScenarioShock made;
    made.where = {file_, 0, object.line, pointer, 0};
    target(taker, made);
    for (const auto& [key, into] : {std::pair{"magnitude", &made.magnitude},
                                    {"magnitude_downstream", &made.magnitude_downstream},
                                    {"magnitude_upstream", &made.magnitude_upstream}}) {
      if (const JsonValue* value = taker.member(key)) {
        *into = converter_.real(value->text, taker.place(key), NumberRange::share()).optional();
      }
    }
    constexpr std::int64_t most_days = 1'000'000;
    if (const auto day = days(taker, "start", {0, most_days, false})) made.start = *day;
    if (const JsonValue* value = taker.member("duration")) {
      if (const auto word = trimmed(value->text); word == "permanent" || word == "永久") {
        made.duration = Disruption::permanent;
      } else if (const auto day = days(taker, "duration", {1, most_days, false})) {
        made.duration = *day;
      }
    }
    if (const JsonValue* value = taker.member("recovery", Kind::object)) {
      made.recovery = recovery(*value, pointer + "/recovery");
    }
    taker.report_unknown(FindingLevel::error);
    return made;
  }

  std::optional<std::uint32_t> days(ObjectTaker& taker, std::string_view key, const NumberRange& range) {
    const JsonValue* value = taker.member(key);
    if (value == nullptr) return std::nullopt;
    const auto count = converter_.whole(value->text, taker.place(key), range);
    return count.has_value() ? std::optional(static_cast<std::uint32_t>(count.value())) : std::nullopt;
  }

  void target(ObjectTaker& taker, ScenarioShock& made) {
    std::size_t targets = 0;
    for (const auto& row : Names<TargetKind>::table) {
      const bool link = row.value == TargetKind::link;
      const JsonValue* value = taker.member(row.key, link ? Kind::object : Kind::null);
      if (!taker.has(row.key)) continue;
      ++targets;
      made.kind = row.value;
      if (value == nullptr) continue;  // of the wrong kind: reported
      if (!link) {
        made.target = std::string(trimmed(value->text));
        if (made.target.empty()) taker.report_missing(row.key);
        continue;
      }
      ObjectTaker ends(*value, taker.pointer() + "/link", converter_, scenario_model);
      ends.text("supplier", made.target);
      ends.text("customer", made.customer);
      if (made.target.empty()) ends.report_missing("supplier");
      if (made.customer.empty()) ends.report_missing("customer");
      ends.report_unknown(FindingLevel::error);
    }
    if (targets == 1) return;
    std::string keys;
    for (const auto& row : Names<TargetKind>::table) keys += (keys.empty() ? "" : ", ") + std::string(row.key);
    taker.report(FindingLevel::error, targets == 0 ? ErrorCode::missing_value : ErrorCode::duplicate, {}, {},
                 targets == 0 ? Text{"冲击没有写明目标", "the shock names no target"}
                              : Text{"冲击写了不止一个目标", "the shock names more than one target"},
                 {"从下列键中只写一个：" + keys, "give exactly one of: " + keys});
  }

  Recovery recovery(const JsonValue& object, const std::string& pointer) {
    ObjectTaker taker(object, pointer, converter_, scenario_model);
    Recovery made;
    if (const JsonValue* value = taker.member("kind")) {
      if (const auto kind = converter_.word<RecoveryKind>(value->text, taker.place("kind")); kind.has_value())
        made.kind = kind.value();
    } else if (!taker.has("kind")) {
      taker.report_missing("kind");
    }
    const auto positive = [&](std::string_view key) -> std::optional<double> {
      const JsonValue* value = taker.member(key);
      if (value == nullptr) return std::nullopt;
      return converter_.real(value->text, taker.place(key), NumberRange::non_negative()).optional();
    };
    const auto days = positive("days");
    const auto half_life = positive("half_life");
    if (days) made.days = *days;
    const bool timed = made.kind != RecoveryKind::step && made.kind != RecoveryKind::table;
    if (half_life && made.kind == RecoveryKind::exponential && !days) {
      made = exponential_with_half_life(*half_life);
    } else if (half_life) {
      taker.report(
          FindingLevel::error, ErrorCode::invalid_argument, "half_life", {},
          {"half_life 只用于 exponential，且与 days 二选一", "half_life goes with exponential alone, in place of days"},
          {"改用 days", "use days"});
    } else if (timed && !days) {
      taker.report_missing("days");
    }
    if (const JsonValue* list = taker.member("table", Kind::list)) {
      for (const JsonValue& each : list->values) {
        const auto share = converter_.real(each.is_scalar() ? each.text : std::string_view("[]"), taker.place("table"),
                                           NumberRange::share());
        if (share.has_value()) made.table.push_back(share.value());
      }
    }
    if (made.kind == RecoveryKind::table && made.table.empty()) taker.report_missing("table");
    taker.report_unknown(FindingLevel::error);
    return made;
  }

  std::string file_;
  CellConverter converter_;
};

using Json = JsonText;

Json to_json(const Recovery& recovery) {
  Json out{{"kind", key_of(recovery.kind)}};
  if (recovery.days > 0) out.add("days", recovery.days);
  if (!recovery.table.empty()) out.add("table", recovery.table);
  return out;
}

Json to_json(const ScenarioShock& shock) {
  Json out = Json::object();
  const std::string key(key_of(shock.kind));
  check_text(shock.target, key);
  check_text(shock.customer, "customer");
  if (shock.kind == TargetKind::link) {
    out.add(key, Json{{"supplier", shock.target}, {"customer", shock.customer}});
  } else {
    out.add(key, shock.target);
  }
  if (shock.magnitude) out.add("magnitude", *shock.magnitude);
  if (shock.magnitude_downstream) out.add("magnitude_downstream", *shock.magnitude_downstream);
  if (shock.magnitude_upstream) out.add("magnitude_upstream", *shock.magnitude_upstream);
  if (shock.start != 0) out.add("start", shock.start);
  if (shock.duration == Disruption::permanent) {
    out.add("duration", "permanent");
  } else if (shock.duration != 1) {
    out.add("duration", shock.duration);
  }
  if (shock.recovery != Recovery{}) out.add("recovery", to_json(shock.recovery));
  return out;
}

Json to_json(const Scenario& scenario) {
  Json out = Json::object();
  for (const auto& [key, text] :
       {std::pair{"name", &scenario.name}, {"name_en", &scenario.name_en}, {"note", &scenario.note}}) {
    check_text(*text, key);
    if (!text->empty()) out.add(key, *text);
  }
  Json shocks = Json::array();
  for (const ScenarioShock& shock : scenario.shocks) shocks.push_back(to_json(shock));
  out.add("shocks", shocks);
  return out;
}

}  // namespace
}  // namespace intake

std::vector<Scenario> scenarios_from_json(std::string_view text, const std::string& file) {
  return intake::document_of_text<intake::ScenarioReader>(text, file);
}

std::vector<Scenario> read_scenarios(const std::filesystem::path& path) {
  return intake::document_of_file<intake::ScenarioReader>(path);
}

std::string scenarios_to_json(std::span<const Scenario> scenarios) {
  if (scenarios.size() == 1) return intake::to_json(scenarios.front()).text() + "\n";
  JsonText list = JsonText::array();
  for (const Scenario& scenario : scenarios) list.push_back(intake::to_json(scenario));
  return JsonText{{"scenarios", list}}.text() + "\n";
}

}  // namespace v1
}  // namespace chainqual
