#pragma once

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chain_folder_cells.hpp"
#include "chain_json_parse.hpp"
#include "chainqual/io/cell.hpp"
#include "chainqual/io/text.hpp"

// JSON documents that are one object of settings, read member by member.

namespace chainqual {
inline namespace v1 {
namespace intake {

/// The fix for what has another form than `model`, a file.
inline Text see_form(std::string_view model) {
  return {"参照 " + std::string(model) + " 的格式", "see the form of " + std::string(model)};
}

/// Takes members out of one object; what is not asked for is unknown.
class ObjectTaker {
 public:
  ObjectTaker(const JsonValue& object, std::string pointer, CellConverter& converter,
              std::string_view model = "chain.json")
      : object_(&object), pointer_(std::move(pointer)), converter_(&converter), model_(model) {}

  /// The member, when it is there and not null; a list or object only where `nested` says so.
  const JsonValue* member(std::string_view key, JsonValue::Kind nested = JsonValue::Kind::null) {
    known_.push_back(key);
    const JsonValue* value = object_->find(key);
    if (value == nullptr || value->kind == JsonValue::Kind::null) return nullptr;
    const bool fits = nested == JsonValue::Kind::null ? value->is_scalar() : value->kind == nested;
    if (fits) return value;
    const bool object = nested == JsonValue::Kind::object;
    const bool list = nested == JsonValue::Kind::list;
    report(FindingLevel::error, ErrorCode::invalid_value, key, value->is_scalar() ? value->text : std::string(),
           object ? not_an_object()
           : list ? Text{"应是一个数组（[ … ]）", "must be an array ([ … ])"}
                  : Text{"应是一个文本或数", "must be a text or a number"},
           see_form(model_));
    return nullptr;
  }

  [[nodiscard]] bool has(std::string_view key) const {
    const JsonValue* value = object_->find(key);
    return value != nullptr && value->kind != JsonValue::Kind::null;
  }

  void text(std::string_view key, std::string& into) {
    if (const JsonValue* value = member(key)) into = std::string(trimmed(value->text));
  }

  /// Of a member; of the object itself for no key.
  [[nodiscard]] CellPlace place(std::string_view key) {
    column_ = key.empty() ? pointer_ : pointer_ + pointer_step(key);
    const JsonValue* value = object_->find(key);
    return {0, value == nullptr ? object_->line : value->line, column_};
  }
  [[nodiscard]] const std::string& pointer() const noexcept { return pointer_; }

  void report(FindingLevel level, ErrorCode code, std::string_view key, std::string_view value, Text rule, Text fix) {
    converter_->report(level, code, place(key), value, std::move(rule), std::move(fix));
  }

  void report_missing(std::string_view key) {
    report(FindingLevel::error, ErrorCode::missing_value, key, {},
           {"缺少 " + std::string(key), "'" + std::string(key) + "' is missing"}, see_form(model_));
  }

  /// Whether an element of one of its lists, which stands at `pointer`, is an object; reported where it is not.
  bool is_object(const JsonValue& element, const std::string& pointer) {
    if (element.kind == JsonValue::Kind::object) return true;
    converter_->report(FindingLevel::error, ErrorCode::invalid_value, {0, element.line, pointer},
                       element.is_scalar() ? element.text : std::string(), not_an_object(), see_form(model_));
    return false;
  }

  void report_unknown(FindingLevel level = FindingLevel::warning) {
    for (const auto& key : object_->keys) {
      if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
      report(level, ErrorCode::unknown_column, key, {},
             {"未知的键 “" + shown_value(key) + "”，未读取", "unknown key '" + shown_value(key) + "': not read"},
             spelling_fix(key, known_, true));
    }
  }

 private:
  static Text not_an_object() { return {"应是一个对象（{ … }）", "must be an object ({ … })"}; }

  const JsonValue* object_;
  std::string pointer_;
  CellConverter* converter_;
  std::string_view model_;  // a file of the form expected, for fixes
  std::vector<std::string_view> known_;
  std::string column_;
};

/// Gathers a whole document into one object.
class WholeObject final : public JsonSink {
 public:
  JsonValue object;
  [[nodiscard]] bool is_table(std::string_view) const override { return false; }
  void begin_table(const std::string&) override {}
  void element(const std::string&, JsonValue) override {}
  void member(const std::string& key, JsonValue value) override {
    object.keys.push_back(key);
    object.values.push_back(std::move(value));
  }
};

/// What `Reader(file, findings).document(object)` makes of a document that is one object.
/// @throws Error that holds every error found
template <class Reader>
auto whole_document(const TextFile& text, const std::string& file, Findings& findings) {
  decltype(Reader(file, findings).document(JsonValue{})) made;
  WholeObject whole;
  whole.object.kind = JsonValue::Kind::object;
  whole.object.line = 1;
  if (text.readable() && parse_json(text.text(), file, ReadLimits{}, whole, findings)) {
    made = Reader(file, findings).document(whole.object);
  }
  throw_if_errors(findings);
  return made;
}

template <class Reader>
auto document_of_text(std::string_view text, const std::string& file) {
  Findings findings;
  return whole_document<Reader>(decode_text(FileBytes::of(std::string(text)), file, std::nullopt, findings), file,
                                findings);
}

template <class Reader>
auto document_of_file(const std::filesystem::path& path) {
  Findings findings;
  return whole_document<Reader>(read_text(path, findings, std::nullopt), path.string(), findings);
}

}  // namespace intake
}  // namespace v1
}  // namespace chainqual
