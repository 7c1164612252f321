#include <algorithm>
#include <map>
#include <utility>

#include "chainqual/io/evaluation_files.hpp"
#include "figure_periods.hpp"
#include "indicator_entry.hpp"
#include "small_table.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

constexpr std::array<CsvHeading, 17> entry_headings{{
    {"indicator", "指标", "name|指标名称|评价指标|标识", true},
    {"chain", "产业链", "产业链名称"},
    {"period", "期间", "年度|时期"},
    {"baseline", "基准值", "基线"},
    {"target", "目标值", "目标"},
    {"value", "数值", "实际值|指标值|现状值"},
    {"steps", "评审分档", "专家评分|分档"},
    {"evidence", "依据", "评价方式"},
    {"date", "日期", "评价日期"},
    {"source", "来源", "数据来源"},
    {"action", "改进措施", "措施"},
    {"owner", "责任人", "责任单位"},
    {"due", "完成期限", "期限"},
    {"category", "类别", "一级指标|指标类别"},
    {"kind", "性质", "定量或定性|指标性质"},
    {"unit", "单位", "计量单位"},
    {"direction", "方向", "好坏方向"},
}};

using EntryTable = intake::SmallTable<entry_headings.size()>;

std::size_t column_of(std::string_view key) {
  const auto at =
      std::find_if(entry_headings.begin(), entry_headings.end(), [&](const auto& one) { return one.key == key; });
  return static_cast<std::size_t>(at - entry_headings.begin());
}

/// A row as cells by key.
struct RowCells {
  EntryTable& table;
  [[nodiscard]] std::string_view cell(std::string_view key) const {
    const std::string_view text = table.cell(column_of(key));
    return says_nothing(text) ? std::string_view() : text;
  }
  [[nodiscard]] CellPlace place(std::string_view key) const { return table.place(column_of(key)); }
};

class EntryRows {
 public:
  EntryRows(TextFile text, Findings findings) : table_(std::move(text), entry_headings, std::move(findings)) {
    file_.indicators = standard_indicators();
    for (const Indicator& each : file_.indicators) names_.add(each);
  }

  IndicatorFile read() {
    while (table_.next()) row();
    table_.refuse_empty(file_.sheets.empty());
    table_.finish();
    return std::move(file_);
  }

 private:
  template <class E>
  E word(const RowCells& cells, std::string_view key, E otherwise) {
    const auto found = table_.convert().word<E>(cells.cell(key), cells.place(key));
    return found.has_value() ? found.value() : otherwise;
  }

  /// One of K.1 or one added before; else a new one where the row says what it is.
  std::optional<std::size_t> indicator(const RowCells& cells) {
    const std::string_view name = cells.cell("indicator");
    const std::size_t column = column_of("indicator");
    if (name.empty()) {
      table_.missing(column);
      return std::nullopt;
    }
    if (const auto known = names_.find(name)) {
      compare(cells, file_.indicators[*known], column);
      return known;
    }
    if (cells.cell("category").empty()) {
      auto [rule, fix] = names_.refusal(name);
      fix = {fix.zh + "；新增指标请填类别", fix.en + "; to add it, give its category"};
      table_.report(column, ErrorCode::unknown_reference, std::move(rule), std::move(fix));
      return std::nullopt;
    }
    Indicator made;
    made.key = name;
    made.name = {made.key, made.key};
    describe(cells, made);
    names_.add(made);
    file_.indicators.push_back(std::move(made));
    return file_.indicators.size() - 1;
  }

  /// What the row says of its indicator; what it leaves empty stays.
  void describe(const RowCells& cells, Indicator& indicator) {
    indicator.category = word(cells, "category", indicator.category);
    indicator.kind = word(cells, "kind", indicator.kind);
    indicator.direction = word(cells, "direction", indicator.direction);
    if (!cells.cell("unit").empty()) indicator.unit = cells.cell("unit");
  }

  /// A row that describes a known indicator otherwise speaks of something else.
  void compare(const RowCells& cells, const Indicator& known, std::size_t column) {
    Indicator said = known;
    describe(cells, said);
    const Text told = difference(known, said);
    if (told.en.empty()) return;
    table_.report(
        column, ErrorCode::invalid_value,
        {"指标“" + shown_value(known.name.zh) + "”：" + told.zh,
         "indicator '" + shown_value(known.name.en) + "': " + told.en},
        {"改正该行；若是另一个指标，请换一个名称", "correct the row; if it is another indicator, name it otherwise"});
  }

  IndicatorSheet& sheet(const RowCells& cells) {
    const std::pair<std::string, std::string> key(cells.cell("chain"), cells.cell("period"));
    const auto [at, fresh] = sheets_.try_emplace(key, file_.sheets.size());
    if (fresh) file_.sheets.push_back({key.first, key.second, {}});
    return file_.sheets[at->second];
  }

  void steps(const RowCells& cells, IndicatorEntry& entry) {
    for (const std::string& each : split_list(cells.cell("steps"))) {
      const auto at = each.find('=');
      const bool pair = at != std::string::npos;
      intake::take_step(trimmed(std::string_view(each).substr(0, pair ? at : 0)),
                        std::string_view(each).substr(pair ? at + 1 : 0), table_.convert(), cells.place("steps"),
                        entry);
    }
  }

  void row() {
    const RowCells cells{table_};
    const auto at = indicator(cells);
    IndicatorEntry entry;
    intake::take_entry(cells, table_.convert(), at ? file_.indicators[*at] : Indicator{}, entry);
    steps(cells, entry);
    if (!at) return;
    entry.indicator = file_.indicators[*at].key;
    IndicatorSheet& into = sheet(cells);
    const auto place = std::pair(static_cast<std::size_t>(&into - file_.sheets.data()), *at);
    const std::uint64_t line = cells.place("indicator").line;
    const auto [known, fresh] = lines_.try_emplace(place, line);
    if (!fresh) {
      const std::string first = std::to_string(known->second);
      table_.report(column_of("indicator"), ErrorCode::duplicate,
                    {"该指标本期在第 " + first + " 行已有数据",
                     "the indicator stands in line " + first + " for this period already"},
                    {"只留一行", "keep one of the rows"});
    }
    into.entries.push_back(std::move(entry));
  }

  EntryTable table_;
  intake::IndicatorNames names_;
  IndicatorFile file_;
  std::map<std::pair<std::string, std::string>, std::size_t> sheets_;
  std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> lines_;
};

namespace figure {
enum Column : std::size_t { from, until, field, value, text, source };
}

constexpr std::array<CsvHeading, 6> figure_headings{{
    {"from", "起", "期间|开始日期|period|年度", true},
    {"until", "止", "结束日期"},
    {"field", "栏目", "指标|项目", true},
    {"value", "数值", "数量"},
    {"text", "文字", "说明"},
    {"source", "来源", "数据来源"},
}};

}  // namespace

IndicatorFile indicators_from_table(TextFile text, Findings findings) {
  return EntryRows(std::move(text), std::move(findings)).read();
}

std::vector<PeriodFigures> figures_from_table(TextFile file, Findings findings) {
  intake::SmallTable<6> table(std::move(file), figure_headings, std::move(findings));
  intake::FigurePeriods periods;
  while (table.next()) {
    const auto first =
        table.needed(figure::from, table.convert().date(table.cell(figure::from), table.place(figure::from)));
    const auto last = table.convert().date(table.cell(figure::until), table.place(figure::until));
    const auto what = table.needed(
        figure::field, table.convert().word<SummaryField>(table.cell(figure::field), table.place(figure::field)));
    const auto number = table.convert().decimal(table.cell(figure::value), table.place(figure::value));
    if (!first.has_value() || last.is_bad() || !what.has_value() || number.is_bad()) continue;
    const intake::FigureFault fault =
        periods.add(first.value(), last.has_value() ? last.value() : std::string(),
                    {what.value(), number.optional(), std::string(table.cell(figure::text)),
                     std::string(table.cell(figure::source))});
    if (!fault.column.empty()) {
      table.report(fault.column == "until" ? figure::until : figure::field, fault.code, fault.rule, fault.fix);
    }
  }
  table.refuse_empty(periods.empty());
  table.finish();
  return periods.all();
}

}  // namespace v1
}  // namespace chainqual
