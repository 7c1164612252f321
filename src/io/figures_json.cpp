#include "chain_folder_spell.hpp"
#include "figure_periods.hpp"
#include "json_reader.hpp"
#include "small_table.hpp"

namespace chainqual {
inline namespace v1 {
namespace intake {
namespace {

class FiguresReader : DocumentReader {
 public:
  FiguresReader(std::string file, Findings& findings) : DocumentReader(std::move(file), findings, "figures.json") {}

  std::vector<PeriodFigures> document(const JsonValue& object) {
    ObjectTaker taker = whole(object);
    some_objects(taker, "figures", [&](ObjectTaker& one) { figure(one); });
    taker.report_unknown(FindingLevel::error);
    return periods_.all();
  }

 private:
  void figure(ObjectTaker& taker) {
    const std::string field = name(taker, "field");
    const auto what = converter_.word<SummaryField>(field, taker.place("field"));
    const auto first = converter_.date(name(taker, "from"), taker.place("from"));
    std::string until;
    taker.text("until", until);
    const auto last = converter_.date(until, taker.place("until"));
    GivenFigure made;
    if (taker.has("value")) {
      const JsonValue* value = taker.member("value");
      const auto number = converter_.decimal(value == nullptr ? "" : value->text, taker.place("value"));
      made.value = number.optional();
    } else {
      static_cast<void>(taker.member("value"));
    }
    taker.text("text", made.text);
    taker.text("source", made.source);
    if (!what.has_value() || !first.has_value() || last.is_bad()) return;
    made.field = what.value();
    const FigureFault fault = periods_.add(first.value(), last.has_value() ? last.value() : std::string(), made);
    if (!fault.column.empty()) taker.report(FindingLevel::error, fault.code, fault.column, {}, fault.rule, fault.fix);
  }

  FigurePeriods periods_;
};

}  // namespace
}  // namespace intake

std::vector<PeriodFigures> figures_from_json(std::string_view text, const std::string& file) {
  return intake::document_of_text<intake::FiguresReader>(text, file);
}

std::vector<PeriodFigures> read_figures(const std::filesystem::path& path) {
  if (path.extension() == ".json") return intake::document_of_file<intake::FiguresReader>(path);
  return intake::table_from(
      path, [](TextFile text, Findings findings) { return figures_from_table(std::move(text), std::move(findings)); });
}

}  // namespace v1
}  // namespace chainqual
