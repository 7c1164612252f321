#include <algorithm>
#include "chainqual/io/standard_forms.hpp"
#include "standard_forms_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

/// Headings as they fit a narrow column; Chinese ones are the standard's own.
constexpr std::array<std::string_view, 14> short_names{"Districts",
                                                       "Clusters",
                                                       "Enterprises",
                                                       "Small and medium ones",
                                                       "Institutions",
                                                       "Experts",
                                                       "Common projects",
                                                       "Problems solved",
                                                       "Quality raised",
                                                       "Certificates",
                                                       "Jobs",
                                                       "Market size or share",
                                                       "Cost saved",
                                                       "Funds"};

struct Group {
  std::string_view zh;
  std::string_view en;
  std::size_t columns;
};
constexpr std::array<Group, 4> groups{{{"覆盖范围", "Coverage", 2},
                                       {"参与情况", "Taking part", 4},
                                       {"取得成效", "Effects", 7},
                                       {"投入情况", "Input", 1}}};

/// Letters of the longest word: English headings are not broken inside words.
std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0;
  for (std::size_t length = 0; const char c : text) {
    length = c == ' ' ? 0 : length + 1;
    longest = std::max(longest, length);
  }
  return longest;
}

FormCell figure(const SummaryCell& cell) {
  FormCell shown = form_value({});
  shown.centred = true;
  if (cell.origin == CellOrigin::unknown) return shown;
  if (cell.value && cell.text.empty()) shown.content = *cell.value;
  if (!cell.text.empty()) {
    shown.content = cell.value ? cell.value->to_string() + "\n" + cell.text : cell.text;
    shown.centred = false;
  }
  return shown;
}

}  // namespace

Form summary_form(std::span<const SummaryRow> rows, Language language) {
  const bool zh = language == Language::zh;
  Form form;
  form.number = zh ? "表 I.1" : "Table I.1";
  form.title = label_of(StandardForm::summary, language);
  form.language = language;
  form.landscape = true;
  FormBlock block;
  block.widths = zh ? std::vector<std::size_t>{4, 12} : std::vector<std::size_t>{5, 12};
  FormRow top;
  FormRow second;
  top.head = second.head = true;
  top.cells = {form_label(zh ? "序号" : "No.", 1, 2), form_label(zh ? "产业链名称" : "Chain", 1, 2)};
  for (const Group& group : groups)
    top.cells.push_back(form_label(std::string(zh ? group.zh : group.en), group.columns));
  for (std::size_t i = 0; i < short_names.size(); ++i) {
    const bool wide = i == static_cast<std::size_t>(SummaryField::indicators_raised);
    block.widths.push_back(zh ? (wide ? 11 : 8) : std::max<std::size_t>(wide ? 11 : 7, longest_word(short_names[i])));
    second.cells.push_back(
        form_label(std::string(zh ? label_of(static_cast<SummaryField>(i), language) : short_names[i])));
  }
  block.rows = {top, second};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const SummaryRow& row = rows[i];
    FormRow line;
    line.least_mm = 14;
    line.cells = {form_value(std::to_string(i + 1)), form_value(row.chain + "\n" + row.period)};
    line.cells.front().centred = true;
    for (const SummaryCell& cell : row.cells) line.cells.push_back(figure(cell));
    block.rows.push_back(std::move(line));
    for (std::size_t field = 0; field < row.cells.size(); ++field) {
      const std::string& basis = row.cells[field].basis.in(language);
      if (row.cells[field].origin == CellOrigin::unknown || basis.empty()) continue;
      form.notes.push_back((rows.size() > 1 ? std::to_string(i + 1) + "  " : std::string()) +
                           std::string(label_of(static_cast<SummaryField>(field), language)) + (zh ? "：" : ": ") +
                           basis);
    }
  }
  form.blocks.push_back(std::move(block));
  return form;
}

}  // namespace v1
}  // namespace chainqual
