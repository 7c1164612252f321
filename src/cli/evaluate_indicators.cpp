#include <algorithm>
#include <chrono>
#include <filesystem>

#include "chainqual/evaluate/evaluation.hpp"
#include "chainqual/io/evaluation_files.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/indicator_form.hpp"
#include "evaluate.hpp"
#include "form_file.hpp"

namespace chainqual::cli {
namespace {

/// Files and chains joined: indicators by key, sheets behind each other.
class Tables {
 public:
  void add(IndicatorFile&& more, const std::string& path) {
    std::vector<std::size_t> places;
    for (Indicator& indicator : more.indicators) {
      const auto known = std::find_if(all_.indicators.begin(), all_.indicators.end(),
                                      [&](const Indicator& one) { return one.key == indicator.key; });
      const auto at = static_cast<std::size_t>(known - all_.indicators.begin());
      places.push_back(at);
      if (known == all_.indicators.end()) {
        all_.indicators.push_back(std::move(indicator));
        from_.push_back(path);
      } else if (const Text told = difference(*known, indicator); !told.en.empty()) {
        tell_difference(indicator, told, from_[at], path);
      }
    }
    std::move(more.sheets.begin(), more.sheets.end(), std::back_inserter(all_.sheets));
    weights(more, places);
    judgements(std::move(more));
  }

  IndicatorFile all() {
    throw_if_errors(findings_);
    if (!all_.weights.empty()) all_.weights.resize(all_.indicators.size(), 0);
    return std::move(all_);
  }

 private:
  /// One key for two things: their figures must not be compared.
  void tell_difference(const Indicator& indicator, const Text& told, const std::string& first,
                       const std::string& second) {
    findings_.add({FindingLevel::error,
                   ErrorCode::invalid_value,
                   {second, 0, 0, indicator.key, 0},
                   indicator.key,
                   {"“" + screen_safe(first) + "”和“" + screen_safe(second) + "”里的指标“" + indicator.key +
                        "”不是同一个：" + told.zh,
                    "indicator '" + indicator.key + "' is not the same in " + screen_safe(first) + " and " +
                        screen_safe(second) + ": " + told.en},
                   {"统一定义，或换一个标识", "make the definitions agree, or give one another key"}});
  }

  void weights(const IndicatorFile& more, const std::vector<std::size_t>& places) {
    if (more.weights.empty()) return;
    if (!all_.weights.empty()) {
      throw UsageError({"不止一个文件给出了权重。请只在一个文件里写 weights。",
                        "More than one file gives weights. Keep \"weights\" in one of them."});
    }
    all_.weights.assign(all_.indicators.size(), 0);
    for (std::size_t k = 0; k < more.weights.size(); ++k) all_.weights[places[k]] = more.weights[k];
  }

  void judgements(IndicatorFile&& more) {
    if (more.category_judgements.empty() && more.within.empty()) return;
    if (!all_.category_judgements.empty() || !all_.within.empty()) {
      throw UsageError({"不止一个文件给出了两两比较。请只在一个文件里写 judgements。",
                        "More than one file gives pairwise judgements. Keep \"judgements\" in one of them."});
    }
    all_.category_judgements = std::move(more.category_judgements);
    all_.within = std::move(more.within);
  }

  IndicatorFile all_;
  std::vector<std::string> from_;  // the file of each indicator
  Findings findings_;
};

IndicatorFile tables_of(const EvaluateCall& call) {
  Tables tables;
  bool chains = false;
  for (std::size_t k = 0; k < call.count(); ++k) {
    const std::string& path = call.word(k);
    if (!std::filesystem::is_directory(path)) {
      tables.add(read_indicators(path), path);
      continue;
    }
    chains = true;
    const ChainFile chain = load_chain(call.session, path, call.typed.read);
    std::vector<std::string> periods = call.typed.periods;
    if (periods.empty()) periods.emplace_back();
    for (const std::string& period : periods) {
      FilledIndicators filled = of_file((std::filesystem::path(path) / "indicators.csv").string(),
                                        [&] { return indicators_of(chain.dossier, period, call.session.language); });
      // What is written is data, which has one name in either language.
      if (!call.session.json && call.typed.write.empty()) {
        filled.sheet.chain = name_in(chain.dossier.info, call.session.language);
      }
      tables.add({std::move(filled.indicators), {std::move(filled.sheet)}, {}, {}, {}}, path);
    }
  }
  if (!chains && !call.typed.periods.empty()) {
    throw UsageError({"--period 用于链文件夹；文件里的期间由文件自己写明。",
                      "--period is for chain folders; a file says itself which periods it holds."});
  }
  return tables.all();
}

EvaluationOptions options_of(const EvaluateOptions& typed, const IndicatorFile& file) {
  EvaluationOptions options;
  options.normalisation = word_option("--normalisation", typed.normalisation, Normalisation::attainment);
  options.missing = word_option("--missing", typed.missing, MissingRule::leave_out);
  options.weights = file.weights;
  options.category_judgements = file.category_judgements;
  options.within = file.within;
  const bool judged = !file.category_judgements.empty() || !file.within.empty();
  if (!file.weights.empty() && judged && typed.weighting.empty()) {
    throw UsageError({"文件同时给出了 weights 和 judgements。请用 --weighting given 或 pairwise 说明用哪个。",
                      "The files give both weights and judgements. Say which with --weighting given or pairwise."});
  }
  options.weighting = word_option("--weighting", typed.weighting,
                                  judged                 ? Weighting::pairwise
                                  : file.weights.empty() ? Weighting::equal
                                                         : Weighting::given);
  if (options.weighting == Weighting::given && file.weights.empty()) {
    throw UsageError({"--weighting given 需要文件里的 weights。", "--weighting given wants \"weights\" in a file."});
  }
  if (options.weighting == Weighting::pairwise && !judged) {
    throw UsageError(
        {"--weighting pairwise 需要文件里的 judgements。", "--weighting pairwise wants \"judgements\" in a file."});
  }
  return options;
}

std::string indicator_name(const Session& session, const Indicator& indicator) {
  return session.json ? indicator.key : session.say(indicator.name);
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
                    {"weight", {"权重", "weight"}},
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
          {title_of(sheet), word_of(session, at->category), indicator_name(session, *at),
           session.json ? at->unit : unit_in(at->unit, session.language), cell_of(sheet.entries[k].target),
           exact_cell(one.value), word_of(session, one.attainment), exact_cell(one.gap), evaluation.weights[place],
           cell_of(evaluation.sheets[s].indicators[place].score), one.owner, one.due,
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

/// What would move each total most: all that is scored in JSON and files, the first five of a sheet on screen.
ShownTable mover_table(const Session& session, const IndicatorFile& file, const Evaluation& evaluation, bool all) {
  constexpr std::size_t shown = 5;
  ShownTable table{"movers",
                   {"对总分影响最大的指标", "what would move the total most"},
                   {{"sheet", {"指标表", "sheet"}},
                    {"indicator", {"指标", "indicator"}, true},
                    {"weight", {"权重", "weight"}},
                    {"score", {"得分", "score"}},
                    {"share", {"对总分的贡献", "part of the total"}},
                    {"gain", {"满分时可增加", "gain if full"}}},
                   {}};
  for (std::size_t s = 0; s < evaluation.sheets.size(); ++s) {
    const SheetScore& sheet = evaluation.sheets[s];
    const std::size_t count = all ? sheet.movers.size() : std::min(shown, sheet.movers.size());
    for (std::size_t m = 0; m < count; ++m) {
      const std::size_t k = sheet.movers[m];
      const ScoredIndicator& one = sheet.indicators[k];
      table.rows.push_back({title_of(file.sheets[s]), indicator_name(session, file.indicators[k]), one.weight,
                            cell_of(one.score), one.share, one.gain});
    }
  }
  return table;
}

/// How the totals came about, so that they can be made again.
void tell_rules(const Session& session, const IndicatorFile& file, const Evaluation& evaluation,
                EvaluateAnswer& found) {
  found.facts["normalisation"] = key_of(evaluation.normalisation);
  found.facts["weighting"] = key_of(evaluation.weighting);
  found.facts["missing"] = key_of(evaluation.missing);
  found.facts["weights"] = Json::object();
  for (std::size_t k = 0; k < file.indicators.size(); ++k) {
    found.facts["weights"][file.indicators[k].key] = evaluation.weights[k];
  }
  found.notes.push_back(session.say(rules_of(evaluation)));
  found.facts["left_out"] = Json::array();
  std::string names;
  std::size_t measured = 0;
  for (const std::size_t k : evaluation.left_out) {
    found.facts["left_out"].push_back(file.indicators[k].key);
    const bool any = std::any_of(evaluation.sheets.begin(), evaluation.sheets.end(),
                                 [&](const SheetScore& sheet) { return sheet.indicators[k].score.has_value(); });
    if (!any) continue;
    ++measured;
    names += (names.empty() ? "" : std::string(session.say("、", ", "))) + session.say(file.indicators[k].name);
  }
  if (evaluation.left_out.empty()) return;
  const std::string count = std::to_string(evaluation.left_out.size());
  found.notes.push_back(
      session.say({"熵权法未计入 " + count + " 个指标（有的表没有得分，或各表都是 0），覆盖和最高、最低可能不含它们" +
                       (measured > 0 ? "；其中有数据的：" + names : ""),
                   "entropy left " + count +
                       " indicators out (no score in some sheet, or 0 in all); coverage, lowest and highest do "
                       "not count them" +
                       (measured > 0 ? "; of these measured: " + names : "")}));
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
    table.rows.push_back({indicator_name(session, indicator), one.before, one.after, one.effect});
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
      forms.push_back(indicator_form(file.indicators, file.sheets[k], today, call.session.language, &evaluation, k));
    }
    write_forms(forms, typed.form, today.to_string());
  }
  EvaluateAnswer found;
  found.tables.push_back(entry_table(call.session, file, evaluation, today, found.notes));
  found.tables.push_back(category_table(call.session, file, evaluation));
  found.tables.push_back(score_table(evaluation));
  found.tables.push_back(mover_table(call.session, file, evaluation, call.session.json || !typed.out.empty()));
  tell_rules(call.session, file, evaluation, found);
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
