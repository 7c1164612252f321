#include "chainqual/io/study_json.hpp"

#include <optional>
#include <utility>

#include "json_object.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

constexpr std::string_view study_model = "ensemble.json";
using Kind = JsonValue::Kind;

class StudyReader {
 public:
  StudyReader(std::string file, Findings& findings) : converter_(std::move(file), findings) {}

  Study document(const JsonValue& object) {
    ObjectTaker taker(object, {}, converter_, study_model);
    Study made;
    constexpr std::int64_t most_samples = 1'000'000;
    made.samples = static_cast<std::size_t>(whole(taker, "samples", {1, most_samples, false}).value_or(200));
    if (const auto seed = whole(taker, "seed", {0, INT64_MAX, false})) made.seed = static_cast<std::uint64_t>(*seed);
    if (const JsonValue* list = taker.member("quantiles", Kind::list)) {
      made.quantiles.clear();
      for (const JsonValue& each : list->values) {
        const auto share = converter_.real(each.is_scalar() ? each.text : std::string_view("[]"),
                                           taker.place("quantiles"), NumberRange::share());
        if (share.has_value()) made.quantiles.push_back(share.value());
      }
    }
    if (const JsonValue* list = taker.member("uncertain", Kind::list)) {
      for (const JsonValue& each : list->values) {
        const std::string pointer = "/uncertain/" + std::to_string(made.uncertain.size());
        made.uncertain.emplace_back();
        if (taker.is_object(each, pointer)) made.uncertain.back() = setting(each, pointer);
      }
    }
    if (made.uncertain.empty()) taker.report_missing("uncertain");
    taker.report_unknown(FindingLevel::error);
    return made;
  }

 private:
  std::optional<std::int64_t> whole(ObjectTaker& taker, std::string_view key, const NumberRange& range) {
    const JsonValue* value = taker.member(key);
    if (value == nullptr) return std::nullopt;
    const auto count = converter_.whole(value->text, taker.place(key), range);
    return count.has_value() ? std::optional(count.value()) : std::nullopt;
  }

  std::optional<double> real(ObjectTaker& taker, std::string_view key) {
    const JsonValue* value = taker.member(key);
    if (value == nullptr) return std::nullopt;
    return converter_.real(value->text, taker.place(key), NumberRange::non_negative()).optional();
  }

  template <class Word>
  std::optional<Word> word(ObjectTaker& taker, std::string_view key) {
    const JsonValue* value = taker.member(key);
    if (value == nullptr) return std::nullopt;
    const auto found = converter_.word<Word>(value->text, taker.place(key));
    return found.has_value() ? std::optional(found.value()) : std::nullopt;
  }

  UncertainSetting setting(const JsonValue& object, const std::string& pointer) {
    ObjectTaker taker(object, pointer, converter_, study_model);
    UncertainSetting made;
    made.setting = word<Setting>(taker, "setting").value_or(made.setting);
    made.range.low = real(taker, "low").value_or(0);
    made.range.high = real(taker, "high").value_or(0);
    for (const std::string_view key : {"setting", "low", "high"}) {
      if (!taker.has(key)) taker.report_missing(key);
    }
    made.range.spreading = word<Spreading>(taker, "spreading").value_or(Spreading::uniform);
    if (const auto mode = real(taker, "mode")) made.range.mode = *mode;
    if (made.range.spreading == Spreading::triangular && !taker.has("mode")) taker.report_missing("mode");
    constexpr std::int64_t most_shocks = 1'000'000;
    made.shock = static_cast<std::uint32_t>(whole(taker, "shock", {1, most_shocks, false}).value_or(0));
    taker.report_unknown(FindingLevel::error);
    return made;
  }

  CellConverter converter_;
};

}  // namespace
}  // namespace intake

Study study_from_json(std::string_view text, const std::string& file) {
  return intake::document_of_text<intake::StudyReader>(text, file);
}

Study read_study(const std::filesystem::path& path) {
  return intake::document_of_file<intake::StudyReader>(path);
}

}  // namespace v1
}  // namespace chainqual
