#include "chain_folder_spell.hpp"
#include "chainqual/io/method_files.hpp"
#include "json_reader.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

class TreeReader : DocumentReader {
 public:
  TreeReader(std::string file, Findings& findings) : DocumentReader(std::move(file), findings, "fault_tree.json") {}

  FaultTree document(const JsonValue& object) {
    FaultTree tree;
    ObjectTaker taker = whole(object);
    taker.text("top", tree.top);
    if (tree.top.empty()) taker.report_missing("top");
    each_object(taker, "gates", [&](ObjectTaker& one) { tree.gates.push_back(gate(one)); });
    each_object(taker, "events", [&](ObjectTaker& one) { tree.events.push_back(event(one)); });
    taker.report_unknown(FindingLevel::error);
    return tree;
  }

 private:
  Gate gate(ObjectTaker& taker) {
    Gate made;
    made.name = name(taker);
    const JsonValue* kind = taker.member("kind");
    const auto word = converter_.word<GateKind>(kind == nullptr ? std::string_view() : kind->text, taker.place("kind"));
    if (word.has_value()) made.kind = word.value();
    if (word.is_missing()) taker.report_missing("kind");
    if (const JsonValue* least = taker.member("k")) {
      const auto count = converter_.whole(least->text, taker.place("k"), {1, 1'000'000, false});
      if (count.has_value()) made.k = static_cast<std::uint32_t>(count.value());
    } else if (made.kind == GateKind::at_least && !taker.has("k")) {
      taker.report_missing("k");
    }
    const JsonValue* inputs = taker.member("inputs", Kind::list);
    if (inputs == nullptr && !taker.has("inputs")) taker.report_missing("inputs");
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
      if (!taker.has("probability")) taker.report_missing("probability");
      return made;
    }
    const auto number = converter_.real(value->text, taker.place("probability"), NumberRange::share());
    if (number.is_missing()) taker.report_missing("probability");
    if (number.has_value()) made.probability = number.value();
    return made;
  }
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
