#include "evaluate.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "commands.hpp"

namespace chainqual::cli {

std::optional<double> real_option(const std::string& name, const std::string& text) {
  if (text.empty()) return std::nullopt;
  constexpr double most = std::numeric_limits<double>::max();
  return number_option(name, text, -most, most);
}

namespace {

struct Kind {
  std::string_view name;
  EvaluateAnswer (*run)(const EvaluateCall&);
  std::size_t least;  ///< words behind the action
  std::size_t most;
  std::string_view usage;
};

constexpr std::array<Kind, 7> actions{{
    {"indicators", evaluate_indicators, 1, SIZE_MAX, "CHAIN|FILE…"},
    {"summary", evaluate_summary, 0, 1, "[CHAIN]"},
    {"fmea", evaluate_fmea, 1, 1, "FILE.csv"},
    {"fault-tree", evaluate_fault_tree, 1, 1, "FILE.json"},
    {"chart", evaluate_chart, 1, 1, "FILE.csv"},
    {"capability", evaluate_capability, 1, 1, "FILE.csv"},
    {"anova", evaluate_anova, 1, 1, "FILE.csv"},
}};

const Kind& action_named(const std::string& word) {
  const auto at = std::find_if(actions.begin(), actions.end(), [&](const Kind& kind) { return kind.name == word; });
  if (at != actions.end()) return *at;
  std::vector<std::string> names;
  std::string list;
  for (const Kind& kind : actions) {
    names.emplace_back(kind.name);
    list += (list.empty() ? "" : ", ") + names.back();
  }
  const std::string guess = nearest(word, names);
  throw UsageError({"evaluate 没有“" + screen_safe(word) + "”。" +
                        (guess.empty() ? "可用：" + list + "。" : "是不是 " + guess + "？"),
                    "evaluate has no '" + screen_safe(word) + "'. " +
                        (guess.empty() ? "There are: " + list + "." : "Did you mean " + guess + "?")});
}

int run(Session& session, const EvaluateOptions& typed) {
  if (typed.words.empty()) {
    throw UsageError(
        {"用法：chainqual evaluate 做什么 …。用 --help 查看。", "Usage: chainqual evaluate ACTION …. See --help."});
  }
  const Kind& action = action_named(typed.words.front());
  const std::size_t given = typed.words.size() - 1;
  if (given < action.least || given > action.most) {
    const std::string usage = "chainqual evaluate " + std::string(action.name) + " " + std::string(action.usage);
    throw UsageError({"用法：" + usage + "。", "Usage: " + usage + "."});
  }
  const EvaluateAnswer found = action.run({session, typed});
  session.clear_progress();
  if (!typed.out.empty()) write_shown(session, found.tables, typed.out);
  if (session.json) {
    Json json = answer(session);
    json["action"] = action.name;
    json.update(found.facts);
    for (const ShownTable& table : found.tables) json[table.key] = shown_json(table);
    print_json(session, json);
    return exit_done;
  }
  bool first = true;
  for (const ShownTable& table : found.tables) {
    if (std::find(found.unseen.begin(), found.unseen.end(), table.key) != found.unseen.end()) continue;
    session.print((first ? "" : "\n") + shown_text(session, table));
    first = false;
  }
  if (!found.notes.empty() && !first) session.print("\n");
  for (const std::string& note : found.notes) session.print(wrapped(note, session.text_width(), "  ") + "\n");
  for (const std::string& path : {typed.write, typed.form, typed.out}) {
    if (!path.empty()) session.print(std::string(session.say("已写出 ", "Written: ")) + screen_safe(path) + "\n");
  }
  return exit_done;
}

}  // namespace

void add_evaluate(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<EvaluateOptions>();
  auto& app = line.command(
      "evaluate",
      {"评价：附录 K 指标（indicators）、附录 I 汇总（summary），以及质量方法 "
       "fmea、fault-tree、chart（控制图）、capability（过程能力）、anova（方差分析）",
       "evaluation: indicators (appendix K), summary (appendix I), and the methods fmea, fault-tree, chart, "
       "capability, "
       "anova"},
      {"chainqual evaluate indicators my_chain --write k1.json",
       "chainqual evaluate indicators k1-2025.json k1-2026.json",
       "chainqual evaluate summary my_chain --from 2026-01-01 --until 2026-12-31",
       "chainqual evaluate summary my_chain --figures figures.csv", "chainqual evaluate fmea modes.csv",
       "chainqual evaluate fault-tree stop.json", "chainqual evaluate chart diameters.csv --kind ranges",
       "chainqual evaluate capability diameters.csv --lower 9.9 --upper 10.1", "chainqual evaluate anova shifts.csv"},
      [&session, typed] { return run(session, *typed); });
  option(app, session, "ACTION_INPUT", typed->words, "", {"做什么，再是输入", "what to do, then what with"});
  option(app, session, "--from", typed->from, "DAY", {"summary：期间第一天", "summary: first day of the period"});
  option(app, session, "--until", typed->until, "DAY", {"summary：期间最后一天", "summary: last day of the period"});
  option(app, session, "--figures", typed->figures, "FILE",
         {"summary：填报数（CSV：from, until, field, value, text, source），每个期间一行汇总",
          "summary: given figures (CSV: from, until, field, value, text, source), a row for each period"});
  option(app, session, "--period", typed->period, "TEXT",
         {"indicators：取链上指标表的哪一期", "indicators: which period of the chain's own table"});
  option(app, session, "--today", typed->today, "DAY",
         {"indicators：按哪一天判断超期，默认今天", "indicators: the day by which actions are overdue; default today"});
  option(app, session, "--normalisation", typed->normalisation, "attainment|bounds|among",
         {"indicators：得分怎样算，默认按目标达成度", "indicators: how values become scores; default attainment"});
  option(app, session, "--weighting", typed->weighting, "equal|equal_categories|given|entropy",
         {"indicators：权重；默认文件所给，没有则等权", "indicators: weights; default those of the file, else equal"});
  option(app, session, "--missing", typed->missing, "leave_out|refuse",
         {"indicators：没有得分的指标，默认不计入", "indicators: what has no score; default left out"});
  option(app, session, "--write", typed->write, "FILE",
         {"indicators：写成可填写的 JSON", "indicators: write the tables as JSON, to be filled in"});
  option(app, session, "--priorities", typed->priorities, "FILE",
         {"fmea：措施优先级表（CSV）", "fmea: table of action priorities (CSV)"});
  option(app, session, "--kind", typed->kind, "ranges|deviations|individuals|ewma|cusum|p|np|c|u",
         {"chart：哪种控制图，默认 individuals", "chart: which; default individuals"});
  option(app, session, "--rules", typed->rules, "limits|western_electric|nelson",
         {"chart：判异准则，默认 western_electric", "chart: which patterns are signals; default western_electric"});
  option(app, session, "--centre", typed->centre, "X",
         {"chart：已知的过程均值", "chart: the process's mean, if known"});
  option(app, session, "--sigma", typed->sigma, "X",
         {"chart：已知的过程标准差", "chart: the process's standard deviation, if known"});
  option(app, session, "--lower", typed->lower, "X", {"capability：下规格限", "capability: lower specification limit"});
  option(app, session, "--upper", typed->upper, "X", {"capability：上规格限", "capability: upper specification limit"});
  option(app, session, "--confidence", typed->confidence, "P",
         {"capability：置信水平，默认 0.95", "capability: confidence; default 0.95"});
  option(app, session, "--form", typed->form, "FILE",
         {"indicators、summary：打印用的表 K.1、I.1（.xlsx 或 .html）",
          "indicators, summary: tables K.1 and I.1 as forms to print (.xlsx or .html)"});
  option(app, session, "--out", typed->out, "FILE",
         {"写成 .csv（第一张表）或 .xlsx（全部）", "write as .csv (the first table) or .xlsx (all)"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
