#include "chain_folder_spell.hpp"
#include "chainqual/io/method_files.hpp"
#include "json_object.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

constexpr std::string_view model = "fault_tree.json";
using Kind = JsonValue::Kind;

class TreeReader {
 public:
  TreeReader(std::string file, Findings& findings) : converter_(std::move(file), findings) {}

  FaultTree document(const JsonValue& object) {
    FaultTree tree;
    ObjectTaker taker(object, {}, converter_, model);
    taker.text("top", tree.top);
    if (tree.top.empty()) missing(taker, "top");
    each_object(taker, "gates", [&](ObjectTaker& one) { tree.gates.push_back(gate(one)); });
    each_object(taker, "events", [&](ObjectTaker& one) { tree.events.push_back(event(one)); });
    taker.report_unknown(FindingLevel::error);
    return tree;
  }

 private:
  void missing(ObjectTaker& taker, std::string_view key) {
    taker.report(FindingLevel::error, ErrorCode::missing_value, key, {},
                 {"缺少 " + std::string(key), "'" + std::string(key) + "' is missing"},
                 {"参照 " + std::string(model) + " 的格式", "see the form of " + std::string(model)});
  }

  template <class Read>
  void each_object(ObjectTaker& taker, std::string_view key, Read&& read) {
    const JsonValue* list = taker.member(key, Kind::list);
    if (list == nullptr) return;
    for (std::size_t k = 0; k < list->values.size(); ++k) {
      const JsonValue& each = list->values[k];
      const std::string pointer = pointer_step(key) + "/" + std::to_string(k);
      if (each.kind == Kind::object) {
        ObjectTaker one(each, pointer, converter_, model);
        read(one);
        one.report_unknown(FindingLevel::error);
        continue;
      }
      converter_.report(FindingLevel::error, ErrorCode::invalid_value, {0, each.line, pointer},
                        each.is_scalar() ? each.text : std::string(),
                        {"应是一个对象（{ … }）", "must be an object ({ … })"},
                        {"参照 " + std::string(model) + " 的格式", "see the form of " + std::string(model)});
    }
  }

  std::string name(ObjectTaker& taker) {
    std::string found;
    taker.text("name", found);
    if (found.empty()) missing(taker, "name");
    return found;
  }

  Gate gate(ObjectTaker& taker) {
    Gate made;
    made.name = name(taker);
    const JsonValue* kind = taker.member("kind");
    const auto word = converter_.word<GateKind>(kind == nullptr ? std::string_view() : kind->text, taker.place("kind"));
    if (word.has_value()) made.kind = word.value();
    if (word.is_missing()) missing(taker, "kind");
    if (const JsonValue* least = taker.member("k")) {
      const auto count = converter_.whole(least->text, taker.place("k"), {1, 1'000'000, false});
      if (count.has_value()) made.k = static_cast<std::uint32_t>(count.value());
    } else if (made.kind == GateKind::at_least && !taker.has("k")) {
      missing(taker, "k");
    }
    const JsonValue* inputs = taker.member("inputs", Kind::list);
    if (inputs == nullptr && !taker.has("inputs")) missing(taker, "inputs");
    for (const JsonValue& each : inputs == nullptr ? std::vector<JsonValue>{} : inputs->values) {
      std::string input(each.is_scalar() ? trimmed(each.text) : std::string_view());
      if (input.empty()) {
        taker.report(FindingLevel::error, ErrorCode::invalid_value, "inputs", {},
                     {"应是门或事件的名称", "must be the name of a gate or event"}, {"写出名称", "give its name"});
      } else {
        made.inputs.push_back(std::move(input));
      }
    }
    return made;
  }

  BasicEvent event(ObjectTaker& taker) {
    BasicEvent made;
    made.name = name(taker);
    const JsonValue* value = taker.member("probability");
    if (value == nullptr) {
      if (!taker.has("probability")) missing(taker, "probability");
      return made;
    }
    const auto number = converter_.real(value->text, taker.place("probability"), NumberRange::share());
    if (number.is_missing()) missing(taker, "probability");
    if (number.has_value()) made.probability = number.value();
    return made;
  }

  CellConverter converter_;
};

}  // namespace
}  // namespace intake

FaultTree fault_tree_from_json(std::string_view text, const std::string& file) {
  return intake::document_of_text<intake::TreeReader>(text, file);
}

FaultTree read_fault_tree(const std::filesystem::path& path) {
  return intake::document_of_file<intake::TreeReader>(path);
}

}  // namespace v1
}  // namespace chainqual
