#include <algorithm>
#include <chrono>
#include <filesystem>

#include "chainqual/evaluate/evaluation.hpp"
#include "chainqual/evaluate/summary.hpp"
#include "chainqual/io/evaluation_files.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/indicator_form.hpp"
#include "chainqual/io/standard_forms.hpp"
#include "evaluate.hpp"

namespace chainqual::cli {
namespace {

template <class E>
std::string word_of(const Session& session, E value) {
  return std::string(session.json ? key_of(value) : label_of(value, session.language));
}

void write_forms(const std::vector<Form>& forms, const std::string& path) {
  if (std::filesystem::path(path).extension() == ".html") {
    write_atomically(path, form_html(forms));
  } else {
    write_form_xlsx(forms, path);
  }
}

// ---- table I.1 ------------------------------------------------------------------------------------------------------

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
  return {{date_from(typed.from, "--from", "--from"), date_from(typed.until, "--until", "--until"), {}}};
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

// ---- table K.1 ------------------------------------------------------------------------------------------------------

/// Adds what a file or chain holds to what is there: indicators by key, sheets behind each other.
void join(IndicatorFile& all, IndicatorFile&& more) {
  std::vector<std::size_t> places;
  for (Indicator& indicator : more.indicators) {
    const auto known = std::find_if(all.indicators.begin(), all.indicators.end(),
                                    [&](const Indicator& one) { return one.key == indicator.key; });
    places.push_back(static_cast<std::size_t>(known - all.indicators.begin()));
    if (known == all.indicators.end()) all.indicators.push_back(std::move(indicator));
  }
  std::move(more.sheets.begin(), more.sheets.end(), std::back_inserter(all.sheets));
  if (more.weights.empty()) return;
  if (!all.weights.empty()) {
    throw UsageError({"不止一个文件给出了权重。请只在一个文件里写 weights。",
                      "More than one file gives weights. Keep \"weights\" in one of them."});
  }
  all.weights.assign(all.indicators.size(), 0);
  for (std::size_t k = 0; k < more.weights.size(); ++k) all.weights[places[k]] = more.weights[k];
}

IndicatorFile tables_of(const EvaluateCall& call) {
  IndicatorFile all;
  for (std::size_t k = 0; k < call.count(); ++k) {
    const std::string& path = call.word(k);
    if (!std::filesystem::is_directory(path)) {
      join(all, read_indicators(path));
      continue;
    }
    const ChainFile chain = load_chain(call.session, path, call.typed.read);
    FilledIndicators filled = indicators_of(chain.dossier, call.typed.period);
    join(all, {std::move(filled.indicators), {std::move(filled.sheet)}, {}});
  }
  if (!all.weights.empty()) all.weights.resize(all.indicators.size(), 0);
  return all;
}

EvaluationOptions options_of(const EvaluateOptions& typed, const IndicatorFile& file) {
  require_one_of("--normalisation", typed.normalisation, {"attainment", "bounds", "among"});
  require_one_of("--missing", typed.missing, {"leave_out", "refuse"});
  EvaluationOptions options;
  options.normalisation = *value_named<Normalisation>(typed.normalisation);
  options.missing = *value_named<MissingRule>(typed.missing);
  options.weights = file.weights;
  options.weighting = file.weights.empty() ? Weighting::equal : Weighting::given;
  if (typed.weighting.empty()) return options;
  require_one_of("--weighting", typed.weighting, {"equal", "equal_categories", "given", "entropy"});
  options.weighting = *value_named<Weighting>(typed.weighting);
  if (options.weighting == Weighting::given && file.weights.empty()) {
    throw UsageError({"--weighting given 需要文件里的 weights。", "--weighting given wants \"weights\" in a file."});
  }
  return options;
}

std::string title_of(const IndicatorSheet& sheet) {
  return sheet.chain + (sheet.chain.empty() || sheet.period.empty() ? "" : " ") + sheet.period;
}

/// Entries that have a value or a target; what is neither measured nor aimed at only counts.
ShownTable entry_table(const Session& session, const IndicatorFile& file, const Evaluation& evaluation, Date today,
                       std::vector<std::string>& notes) {
  ShownTable table{"indicators",
                   {"附录 K 指标", "indicators (appendix K)"},
                   {{"sheet", {"指标表", "sheet"}},
                    {"category", {"类别", "category"}},
                    {"indicator", {"指标", "indicator"}, true},
                    {"unit", {"单位", "unit"}},
                    {"target", {"目标值", "target"}},
                    {"value", {"数值", "value"}},
                    {"attainment", {"结论", "attainment"}},
                    {"gap", {"差距", "gap"}},
                    {"score", {"得分", "score"}},
                    {"owner", {"责任人", "owner"}},
                    {"due", {"期限", "due"}},
                    {"overdue_days", {"超期天数", "overdue"}},
                    {"what", {"说明", "finding"}, true}},
                   {}};
  for (std::size_t s = 0; s < file.sheets.size(); ++s) {
    const IndicatorSheet& sheet = file.sheets[s];
    const auto findings = judge(file.indicators, sheet, today);
    std::size_t empty = 0;
    for (std::size_t k = 0; k < findings.size(); ++k) {
      const IndicatorFinding& one = findings[k];
      if (!one.value && !sheet.entries[k].target) {
        ++empty;
        if (!session.json) continue;
      }
      const auto at = std::find_if(file.indicators.begin(), file.indicators.end(),
                                   [&](const Indicator& known) { return known.key == one.indicator; });
      const auto place = static_cast<std::size_t>(at - file.indicators.begin());
      table.rows.push_back(
          {title_of(sheet), word_of(session, at->category), std::string(session.json ? at->key : session.say(at->name)),
           at->unit, cell_of(sheet.entries[k].target), exact_cell(one.value), word_of(session, one.attainment),
           exact_cell(one.gap), cell_of(evaluation.sheets[s].indicators[place].score), one.owner, one.due,
           one.overdue_days > 0 ? SheetCell(double(one.overdue_days)) : SheetCell(), session.say(one.what)});
    }
    if (empty == 0 || session.json) continue;
    notes.push_back(title_of(sheet) +
                    session.say({"：另有 " + std::to_string(empty) + " 项既无数据也无目标值",
                                 ": " + std::to_string(empty) + " more indicators have neither a value nor a target"}));
  }
  return table;
}

ShownTable score_table(const Evaluation& evaluation) {
  ShownTable table{"scores",
                   {"得分", "scores"},
                   {{"chain", {"产业链", "chain"}},
                    {"period", {"期间", "period"}},
                    {"total", {"总分", "total"}},
                    {"coverage", {"覆盖", "coverage"}},
                    {"lowest", {"最低可能", "lowest"}},
                    {"highest", {"最高可能", "highest"}}},
                   {}};
  for (const SheetScore& sheet : evaluation.sheets) {
    table.rows.push_back(
        {sheet.chain, sheet.period, cell_of(sheet.total), sheet.coverage, sheet.lowest, sheet.highest});
  }
  return table;
}

ShownTable category_table(const Session& session, const IndicatorFile& file, const Evaluation& evaluation) {
  ShownTable table{"categories",
                   {"分类得分", "scores by category"},
                   {{"sheet", {"指标表", "sheet"}},
                    {"category", {"类别", "category"}},
                    {"score", {"得分", "score"}},
                    {"weight", {"权重", "weight"}},
                    {"coverage", {"覆盖", "coverage"}}},
                   {}};
  for (std::size_t s = 0; s < evaluation.sheets.size(); ++s) {
    for (const CategoryScore& one : evaluation.sheets[s].categories) {
      table.rows.push_back(
          {title_of(file.sheets[s]), word_of(session, one.category), cell_of(one.score), one.weight, one.coverage});
    }
  }
  return table;
}

ShownTable change_table(const Session& session, const IndicatorFile& file, const ScoreComparison& change) {
  ShownTable table{"changes",
                   {"首末两表的得分变化", "changes from the first sheet to the last"},
                   {{"indicator", {"指标", "indicator"}, true},
                    {"before", {"前", "before"}},
                    {"after", {"后", "after"}},
                    {"effect", {"对总分的影响", "effect on the total"}}},
                   {}};
  for (const ScoreChange& one : change.changes) {
    const Indicator& indicator = file.indicators[one.indicator];
    table.rows.push_back(
        {std::string(session.json ? indicator.key : session.say(indicator.name)), one.before, one.after, one.effect});
  }
  return table;
}

/// Whether two sheets have an indicator that both score, so that they can be compared.
bool comparable(const Evaluation& evaluation) {
  if (evaluation.sheets.size() < 2) return false;
  const auto& first = evaluation.sheets.front().indicators;
  const auto& last = evaluation.sheets.back().indicators;
  for (std::size_t k = 0; k < first.size(); ++k) {
    if (first[k].score && last[k].score && evaluation.weights[k] > 0) return true;
  }
  return false;
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
  }
  if (!findings.empty() && !call.session.json) call.session.note(findings_text(findings, call.session, 20));
  if (!call.typed.form.empty()) write_forms({summary_form(rows, call.session.language)}, call.typed.form);
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

EvaluateAnswer evaluate_indicators(const EvaluateCall& call) {
  const EvaluateOptions& typed = call.typed;
  const Date today = typed.today.empty() ? Date(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()))
                                         : date_from(typed.today, "--today", "--today");
  const IndicatorFile file = tables_of(call);
  if (!typed.write.empty()) write_atomically(typed.write, indicators_to_json(file));
  const Evaluation evaluation = evaluate(file.indicators, file.sheets, options_of(typed, file));
  if (!typed.form.empty()) {
    std::vector<Form> forms;
    for (std::size_t k = 0; k < file.sheets.size(); ++k) {
      forms.push_back(
          indicator_form(file.indicators, file.sheets[k], today, call.session.language, &evaluation.sheets[k]));
    }
    write_forms(forms, typed.form);
  }
  EvaluateAnswer found;
  found.tables.push_back(entry_table(call.session, file, evaluation, today, found.notes));
  found.tables.push_back(category_table(call.session, file, evaluation));
  found.tables.push_back(score_table(evaluation));
  if (comparable(evaluation)) {
    const ScoreComparison change = compare(evaluation, 0, evaluation.sheets.size() - 1);
    found.tables.push_back(change_table(call.session, file, change));
    found.facts["compared"] = {{"before", change.before}, {"after", change.after}, {"weight", change.compared}};
    found.notes.push_back(call.session.say(
        {"两表都有得分的指标：" + fixed(change.before, 3) + " → " + fixed(change.after, 3),
         "over the indicators that both have scored: " + fixed(change.before, 3) + " → " + fixed(change.after, 3)}));
  }
  return found;
}

}  // namespace chainqual::cli
