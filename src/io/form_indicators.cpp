#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "chainqual/io/indicator_form.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

class TableK1 {
 public:
  TableK1(std::span<const Indicator> indicators, const IndicatorSheet& sheet, Date today, Language language)
      : indicators_(indicators), sheet_(sheet), language_(language), findings_(judge(indicators, sheet, today)) {
    for (std::size_t k = 0; k < sheet.entries.size(); ++k) entry_[sheet.entries[k].indicator] = k;
  }

  [[nodiscard]] Form form(const Evaluation* evaluation, std::size_t at) const {
    Form form;
    form.number = say("表 K.1", "Table K.1");
    form.title = say("产业链质量提升绩效评价指标体系", "Indicators of the work on the chain's quality");
    form.tab = "K.1" + (sheet_.period.empty() ? "" : " " + sheet_.period);
    form.language = language_;
    form.landscape = true;
    form.blocks.push_back(heading());
    form.blocks.push_back(table());
    form.blocks.push_back(shortfalls());
    form.blocks.push_back(signatures());
    if (const FormBlock steps = scale(); steps.rows.size() > 1) form.blocks.push_back(steps);
    if (evaluation != nullptr) {
      form.notes.push_back(total(evaluation->sheets[at]));
      form.notes.push_back(rules_of(*evaluation).in(language_));
    }
    form.notes.push_back(say("定性指标由评审人按 1 到 5 档评定，数值为各人平均；空白为尚无数据，不作 0 计。",
                             "Qualitative indicators take steps 1 to 5 from reviewers, and their mean is the value. A "
                             "blank is not known; it does not count as 0."));
    return form;
  }

 private:
  [[nodiscard]] std::string say(std::string_view zh, std::string_view en) const {
    return std::string(language_ == Language::zh ? zh : en);
  }

  /// Parts of the page: 100 in all blocks.
  [[nodiscard]] FormBlock heading() const {
    FormBlock block;
    block.widths = {12, 48, 12, 28};
    block.rows.push_back({{form_label(say("产业链", "Chain")), form_value(sheet_.chain),
                           form_label(say("评价期间", "Period")), form_value(sheet_.period)}});
    return block;
  }

  [[nodiscard]] FormBlock table() const {
    FormBlock block;
    block.widths = {26, 7, 9, 8, 9, 9, 10, 22};
    FormRow head;
    head.head = true;
    for (const auto& [zh, en] : {std::pair{"常用指标", "Indicator"},
                                 {"类型", "Kind"},
                                 {"单位", "Unit"},
                                 {"基准值", "Baseline"},
                                 {"目标值", "Target"},
                                 {"数值", "Value"},
                                 {"结论", "Finding"},
                                 {"依据与来源", "Evidence, source"}}) {
      head.cells.push_back(form_label(say(zh, en)));
    }
    block.rows.push_back(std::move(head));
    // A category is a line of its own, so that a page may end within it.
    for (const auto& category : Names<IndicatorCategory>::table) {
      bool told = false;
      for (const Indicator& one : indicators_) {
        if (one.category != category.value) continue;
        if (!told) block.rows.push_back({{form_label(say(category.zh, category.en), block.widths.size())}, 7});
        told = true;
        block.rows.push_back(row(one));
      }
    }
    return block;
  }

  [[nodiscard]] FormRow row(const Indicator& indicator) const {
    const auto at = entry_.find(indicator.key);
    const IndicatorEntry blank;
    const IndicatorEntry& entry = at == entry_.end() ? blank : sheet_.entries[at->second];
    const auto centred = [](SheetCell content) {
      FormCell cell = form_value(std::move(content));
      cell.centred = true;
      return cell;
    };
    const auto figure = [&](const std::optional<Decimal>& value) {
      return centred(value ? SheetCell(*value) : SheetCell());
    };
    FormRow made;
    made.least_mm = 7;
    made.cells = {form_value(indicator.name.in(language_)), centred(kind_of(indicator)),
                  centred(unit_in(indicator.unit, language_)), figure(entry.baseline), figure(entry.target)};
    SheetCell value;
    std::string finding;
    if (at != entry_.end()) {
      const IndicatorFinding& found = findings_[at->second];
      if (found.value) value = shown(*found.value);
      if (found.value && found.attainment != Attainment::no_target) {
        finding = std::string(label_of(found.attainment, language_));
      }
    }
    made.cells.push_back(centred(std::move(value)));
    made.cells.push_back(centred(std::move(finding)));
    std::string basis = entry.evidence ? std::string(label_of(*entry.evidence, language_)) : std::string();
    for (const std::string* text : {&entry.date, &entry.source}) {
      if (!text->empty()) basis += (basis.empty() ? "" : say("；", "; ")) + *text;
    }
    made.cells.push_back(form_value(std::move(basis)));
    return made;
  }

  /// Short enough for its column.
  [[nodiscard]] std::string kind_of(const Indicator& indicator) const {
    return indicator.kind == IndicatorKind::quantitative ? say("定量", "quant.") : say("定性", "qual.");
  }

  /// What is missing to the target. @pre the entry falls short, so there are a value and a target.
  [[nodiscard]] std::string gap(const Indicator& indicator, const IndicatorFinding& found,
                                const Decimal& target) const {
    const auto text = [](const Rational& number) { return form_text(form_value(shown(number))); };
    const std::string unit = indicator.unit.empty() ? "" : " " + unit_in(indicator.unit, language_);
    return say(text(*found.value) + "，目标 " + target.to_string() + "，差 " + text(*found.gap) + unit,
               text(*found.value) + " against " + target.to_string() + ": " + text(*found.gap) + unit + " short");
  }

  [[nodiscard]] static SheetCell shown(const Rational& value) {
    if (const auto decimal = Decimal::parse(value.to_string())) return *decimal;
    return Decimal::from_string(value.to_string(2));
  }

  [[nodiscard]] FormBlock shortfalls() const {
    FormBlock block;
    block.heading = say("尚未达成的指标与改进", "What falls short, and what is done about it");
    block.widths = {23, 28, 26, 12, 11};
    FormRow head;
    head.head = true;
    for (const auto& [zh, en] : {std::pair{"指标", "Indicator"},
                                 {"差距", "Gap"},
                                 {"改进措施", "Action"},
                                 {"责任人", "Owner"},
                                 {"完成期限", "Due"}}) {
      head.cells.push_back(form_label(say(zh, en)));
    }
    block.rows.push_back(std::move(head));
    for (const Indicator& indicator : indicators_) {
      const auto at = entry_.find(indicator.key);
      if (at == entry_.end() || findings_[at->second].attainment != Attainment::falls_short) continue;
      const IndicatorEntry& entry = sheet_.entries[at->second];
      block.rows.push_back(
          {{form_value(indicator.name.in(language_)), form_value(gap(indicator, findings_[at->second], *entry.target)),
            form_value(entry.action), form_value(entry.owner), form_value(entry.due)}});
    }
    if (block.rows.size() == 1) {
      FormRow none;
      for (std::size_t k = 0; k < block.widths.size(); ++k) none.cells.push_back(form_value({}));
      block.rows.push_back(std::move(none));
    }
    return block;
  }

  [[nodiscard]] FormBlock signatures() const {
    FormBlock block;
    block.widths = {12, 88};
    FormRow conclusion;
    conclusion.least_mm = 24;
    conclusion.cells = {form_label(say("评价结论", "Conclusion")), form_value({})};
    FormRow sign;
    sign.cells = {form_label(say("评审人", "Reviewers")),
                  {FormRole::sign, say("签字：　　　　　　　　　　年　　月　　日",
                                       "Signed: ____________________    Date: ____________")}};
    block.rows = {std::move(conclusion), std::move(sign)};
    return block;
  }

  /// What reviewers judge by.
  [[nodiscard]] FormBlock scale() const {
    FormBlock block;
    block.heading = say("定性指标的分档", "The steps of qualitative indicators");
    block.widths = {15, 17, 17, 17, 17, 17};
    FormRow head;
    head.head = true;
    head.cells.push_back(form_label(say("指标", "Indicator")));
    for (const char* step : {"1", "2", "3", "4", "5"}) head.cells.push_back(form_label(step));
    block.rows.push_back(std::move(head));
    for (const Indicator& indicator : indicators_) {
      if (indicator.kind != IndicatorKind::qualitative || indicator.steps[0].zh.empty()) continue;
      FormRow row;
      row.cells.push_back(form_value(indicator.name.in(language_)));
      for (const Text& step : indicator.steps) row.cells.push_back(form_value(step.in(language_)));
      block.rows.push_back(std::move(row));
    }
    return block;
  }

  [[nodiscard]] std::string total(const SheetScore& score) const {
    const auto per_cent = [](double share) { return std::to_string(static_cast<int>(share * 100 + 0.5)) + " %"; };
    if (!score.total) return say("尚无可计分的指标。", "Nothing can be scored yet.");
    return say("总分 " + per_cent(*score.total) + "，据权重的 " + per_cent(score.coverage) +
                   " 得出；未计分的都为 0 时 " + per_cent(score.lowest) + "，都满分时 " + per_cent(score.highest) +
                   "。",
               "Total " + per_cent(*score.total) + ", over " + per_cent(score.coverage) +
                   " of the weight; if all else scored nothing " + per_cent(score.lowest) + ", if it scored full " +
                   per_cent(score.highest) + ".");
  }

  std::span<const Indicator> indicators_;
  const IndicatorSheet& sheet_;
  Language language_;
  std::vector<IndicatorFinding> findings_;
  std::map<std::string_view, std::size_t> entry_;
};

}  // namespace

Form indicator_form(std::span<const Indicator> indicators, const IndicatorSheet& sheet, Date today, Language language,
                    const Evaluation* evaluation, std::size_t at) {
  if (evaluation != nullptr && at >= evaluation->sheets.size()) {
    throw Error(ErrorCode::out_of_range,
                {"评价结果里没有第 " + std::to_string(at + 1) + " 张表。请更正序号。",
                 "The evaluation has no sheet " + std::to_string(at + 1) + ". Correct the position."});
  }
  return TableK1(indicators, sheet, today, language).form(evaluation, at);
}

}  // namespace v1
}  // namespace chainqual
