#include "chainqual/evaluate/summary.hpp"
#include "chainqual/io/evaluation_files.hpp"
#include "chainqual/io/standard_forms.hpp"
#include "evaluate.hpp"
#include "form_file.hpp"

namespace chainqual::cli {
namespace {

std::vector<PeriodFigures> periods_of(const EvaluateOptions& typed) {
  const bool days = !typed.from.empty() || !typed.until.empty();
  if (days && !typed.figures.empty()) {
    throw UsageError({"期间由 --figures 文件给出，不要再写 --from、--until。",
                      "The file of --figures says which periods; leave out --from and --until."});
  }
  if (!typed.figures.empty()) return read_figures(typed.figures);
  if (typed.from.empty() || typed.until.empty()) {
    throw UsageError({"请用 --from 和 --until 给出期间，或用 --figures 给出填报数。",
                      "Give the period with --from and --until, or figures with --figures."});
  }
  return {{date_from(typed.from, "--from", "--from"), last_day_option("--until", typed.until), {}}};
}

ShownTable row_table(const Session& session, const SummaryRow& row) {
  ShownTable table{
      "summary",
      {"附录 I 汇总 " + row.chain + " " + row.period, "summary (appendix I) " + row.chain + " " + row.period},
      {{"field", {"栏目", "column"}, true},
       {"value", {"数值", "value"}},
       {"text", {"文字", "in words"}, true},
       {"origin", {"来源", "origin"}},
       {"basis", {"依据", "basis"}, true}},
      {}};
  for (const auto& field : Names<SummaryField>::table) {
    const SummaryCell& cell = row[field.value];
    table.rows.push_back({word_of(session, field.value), cell_of(cell.value), cell.text, word_of(session, cell.origin),
                          session.say(cell.basis)});
  }
  return table;
}

ShownTable trend_table(const Session& session, const std::vector<SummaryRow>& rows) {
  ShownTable table{"trend", {"各期趋势", "trend over the periods"}, {{"field", {"栏目", "column"}, true}}, {}};
  for (const SummaryRow& row : rows) table.columns.push_back({row.period, {row.period, row.period}});
  table.columns.push_back({"change", {"变化", "change"}});
  table.columns.push_back({"ratio", {"末期／首期", "last / first"}});
  table.columns.push_back({"mixed", {"来源不一", "mixed origin"}});
  for (const SummaryTrend& column : trend(rows)) {
    std::vector<SheetCell> cells{word_of(session, column.field)};
    for (const auto& value : column.values) cells.push_back(cell_of(value));
    cells.push_back(exact_cell(column.change));
    cells.push_back(column.ratio ? SheetCell(column.ratio->to_double()) : SheetCell());
    cells.push_back(column.mixed ? SheetCell(std::string(session.json ? "yes" : session.say("是", "yes")))
                                 : SheetCell());
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

EvaluateAnswer evaluate_summary(const EvaluateCall& call) {
  const std::vector<PeriodFigures> periods = periods_of(call.typed);
  ChainFile chain;
  if (call.count() > 0) chain = load_chain(call.session, call.word(0), call.typed.read);
  std::vector<SummaryRow> rows;
  Findings findings;
  for (const PeriodFigures& period : periods) {
    rows.push_back(summary_of(chain.dossier, period.from, period.until, period.given));
    findings.add(rows.back().findings);
    if (!call.session.json) rows.back().chain = name_in(chain.dossier.info, call.session.language);
  }
  if (!findings.empty() && !call.session.json) call.session.note(findings_text(findings, call.session, 20));
  if (!call.typed.form.empty())
    write_forms({summary_form(rows, call.session.language)}, call.typed.form, rows.front().until.to_string());
  EvaluateAnswer found;
  found.facts["chain"] = chain.dossier.info.name;
  found.facts["findings"] = findings_json(findings);
  found.facts["periods"] = Json::array();
  for (const SummaryRow& row : rows) {
    ShownTable table = row_table(call.session, row);
    found.facts["periods"].push_back(
        {{"from", row.from.to_string()}, {"until", row.until.to_string()}, {"summary", shown_json(table)}});
    if (!call.session.json) {
      table.key += row.period;
      found.tables.push_back(std::move(table));
    }
  }
  if (rows.size() > 1) found.tables.push_back(trend_table(call.session, rows));
  if (found.tables.empty()) found.tables.push_back(row_table(call.session, rows.front()));
  return found;
}

}  // namespace chainqual::cli
