#include "chainqual/io/chain_info.hpp"

#include <algorithm>

#include "chain_folder_info.hpp"
#include "chain_folder_spell.hpp"
#include "chainqual/chain/nearest.hpp"
#include "chainqual/severity/severity_model.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

std::string_view info_key(const std::string& given) {
  for (const InfoField& field : info_fields) {
    if (given == field.key || given == field.zh) return field.key;
  }
  Nearest nearest(given);
  for (const InfoField& field : info_fields) nearest.offer(field.key);
  const auto near = std::move(nearest).take();
  Text all;
  for (const InfoField& field : info_fields) {
    all.zh += (all.zh.empty() ? "" : "、") + std::string(field.zh);
    all.en += (all.en.empty() ? "" : ", ") + std::string(field.key);
  }
  const std::string shown = shown_value(given);
  throw Error(ErrorCode::unknown_column,
              {"产业链信息没有“" + shown + "”" + (near.empty() ? "" : "，相近的有：" + quoted_list(near, "、")) +
                   "。可用：" + all.zh + "。",
               "The chain's information has no '" + shown + "'" +
                   (near.empty() ? "" : "; the nearest: " + quoted_list(near, ", ")) + ". There are: " + all.en + "."});
}

/// The member of an object at a dotted key; objects on the way are made.
intake::JsonValue& member(intake::JsonValue& object, std::string_view key) {
  const auto dot = key.find('.');
  const std::string_view name = key.substr(0, dot);
  const auto at = std::find(object.keys.begin(), object.keys.end(), name);
  const auto index = static_cast<std::size_t>(at - object.keys.begin());
  if (at == object.keys.end()) {
    object.keys.emplace_back(name);
    object.values.emplace_back().line = 1;
    object.values.back().kind = intake::JsonValue::Kind::object;
  }
  return dot == std::string_view::npos ? object.values[index] : member(object.values[index], key.substr(dot + 1));
}

}  // namespace

InfoTexts info_texts(const ChainInfo& info, Language language) {
  InfoTexts texts;
  const auto put = [&](std::string_view key, const std::string& value) {
    if (value.empty()) return;
    const auto field =
        std::find_if(info_fields.begin(), info_fields.end(), [&](const InfoField& one) { return one.key == key; });
    texts.emplace_back(language == Language::zh ? field->zh : field->key, value);
  };
  put("name", info.name);
  put("name_en", info.name_en);
  put("home_region", info.home_region);
  put("date", info.date);
  put("version", info.version);
  put("review_cycle_months", std::to_string(info.review_cycle_months));
  put("report_cycle_months", std::to_string(info.report_cycle_months));
  const Weights& weights = info.severity.weights();
  const Thresholds& thresholds = info.severity.thresholds();
  put("severity.weights.impact", weights.impact.to_string());
  put("severity.weights.diffusion", weights.diffusion.to_string());
  put("severity.weights.urgency", weights.urgency.to_string());
  put("severity.thresholds.critical", thresholds.critical.to_string());
  put("severity.thresholds.important", thresholds.important.to_string());
  const Rounding rounding = info.severity.rounding();
  put("severity.rounding", std::string(language == Language::zh ? label_of(rounding, language) : key_of(rounding)));
  for (const std::string& source : info.sources) put("sources", source);
  for (const std::string& source : info.sources_en) put("sources_en", source);
  put("note", info.note);
  put("note_en", info.note_en);
  return texts;
}

ChainInfo info_with(const ChainInfo& info, const InfoTexts& texts, const std::string& file) {
  InfoTexts given;
  for (const auto& [name, value] : texts) {
    const std::string_view key = info_key(name);
    const bool twice = !is_info_list(key) &&
                       std::any_of(given.begin(), given.end(), [&](const auto& one) { return one.first == key; });
    if (twice) {
      throw Error(ErrorCode::duplicate, {file + "：“" + std::string(key) + "”给了两次：请只保留一个。",
                                         file + ": '" + std::string(key) + "' is given twice: keep one."});
    }
    given.emplace_back(key, value);
  }
  InfoTexts whole = info_texts(info);
  std::erase_if(whole, [&](const auto& old) {
    return std::any_of(given.begin(), given.end(), [&](const auto& one) { return one.first == old.first; });
  });
  whole.insert(whole.end(), given.begin(), given.end());
  intake::JsonValue object;
  object.kind = intake::JsonValue::Kind::object;
  object.line = 1;
  for (const auto& [key, value] : whole) {
    if (value.empty()) continue;
    intake::JsonValue text;
    text.kind = intake::JsonValue::Kind::text;
    text.text = value;
    text.line = 1;
    intake::JsonValue& place = member(object, key);
    if (is_info_list(key)) {
      place.kind = intake::JsonValue::Kind::list;
      place.values.push_back(std::move(text));
    } else {
      place = std::move(text);
    }
  }
  const ReadOptions options;
  const Control control;
  intake::Intake intake(options, control);
  intake::read_info(object, file, {}, intake);
  throw_if_errors(intake.findings());
  return std::move(intake.info);
}

std::string info_json(const ChainInfo& info) {
  return intake::info_to_json(info) + "\n";
}

}  // namespace v1
}  // namespace chainqual
