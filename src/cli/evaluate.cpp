#include "evaluate.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <limits>
#include <sstream>

#include "commands.hpp"
#include "form_file.hpp"

namespace chainqual::cli {

std::optional<double> real_option(const std::string& name, const std::string& text) {
  if (text.empty()) return std::nullopt;
  constexpr double most = std::numeric_limits<double>::max();
  return number_option(name, text, -most, most);
}

Date last_day_option(const std::string& name, const std::string& text) {
  static_cast<void>(date_from(text, name, name));
  return *Date::parse_last(text);
}

Error error_in(const Error& error, const std::string& file) {
  if (!error.findings().has_errors()) return error;
  Findings placed;
  for (Finding finding : error.findings().kept()) {
    if (finding.where.file.empty()) finding.where.file = file;
    placed.add(std::move(finding));
  }
  return error_from(std::move(placed));
}

std::string with_number(const Session& session, std::string_view zh, std::string_view en, double value) {
  return std::string(session.say(zh, en)) + shortest(value);
}

namespace {

struct Kind {
  std::string_view name;
  EvaluateAnswer (*run)(const EvaluateCall&);
  std::size_t least;  ///< words behind the action
  std::size_t most;
  std::string_view usage;
  bool reads_chain = false;  ///< takes --repair and --rejects
};

constexpr std::array<Kind, 18> actions{{
    {"indicators", evaluate_indicators, 1, SIZE_MAX, "CHAIN|FILE…", true},
    {"summary", evaluate_summary, 0, 1, "[CHAIN]", true},
    {"fmea", evaluate_fmea, 1, 1, "FILE.csv"},
    {"fault-tree", evaluate_fault_tree, 1, 1, "FILE.json"},
    {"chart", evaluate_chart, 1, 1, "FILE.csv"},
    {"capability", evaluate_capability, 1, 1, "FILE.csv"},
    {"anova", evaluate_anova, 1, 1, "FILE.csv"},
    {"describe", evaluate_describe, 1, 1, "FILE.csv"},
    {"constants", evaluate_constants, 1, SIZE_MAX, "N…"},
    {"weights", evaluate_weights, 1, 1, "FILE.csv"},
    {"lines", evaluate_lines, 1, 1, "FILE.json"},
    {"stages", evaluate_stages, 1, 1, "FILE.csv"},
    {"limits", evaluate_limits, 2, 2, "LIMITS.csv|milk VALUES.csv"},
    {"ladder", evaluate_ladder, 2, 2, "LADDER.csv SUPPLIERS.csv"},
    {"kano", evaluate_kano, 1, 1, "FILE.csv"},
    {"house", evaluate_house, 1, 1, "FILE.json"},
    {"deviation", evaluate_deviation, 1, 1, "FILE.json"},
    {"training", evaluate_training, 1, 2, "FILE.json [CHAIN]", true},
}};

/// An option, and the actions that read it.
struct Reads {
  std::string_view name;
  std::string EvaluateOptions::*value;
  std::string_view kind;
  std::string_view actions;  ///< separated by a space
  Text help;
};

std::vector<Reads> all_options() {
  using O = EvaluateOptions;
  return {
      {"--from", &O::from, "DAY", "summary training", {"期间第一天", "first day of the period"}},
      {"--until", &O::until, "DAY", "summary training", {"期间最后一天", "last day of the period"}},
      {"--figures",
       &O::figures,
       "FILE",
       "summary",
       {"填报数（CSV：from, until, field, value, text, source；或 JSON），每个期间一行汇总",
        "given figures (CSV: from, until, field, value, text, source; or JSON), a row for each period"}},
      {"--today",
       &O::today,
       "DAY",
       "indicators",
       {"按哪一天判断超期，默认今天", "the day by which actions are overdue; default today"}},
      {"--normalisation",
       &O::normalisation,
       "attainment|bounds|among",
       "indicators",
       {"得分怎样算，默认按目标达成度", "how values become scores; default attainment"}},
      {"--weighting",
       &O::weighting,
       "equal|equal_categories|given|pairwise|entropy",
       "indicators",
       {"权重；默认文件所给，没有则等权", "weights; default those of the file, else equal"}},
      {"--missing",
       &O::missing,
       "leave_out|refuse",
       "indicators",
       {"没有得分的指标，默认不计入", "what has no score; default left out"}},
      {"--write", &O::write, "FILE", "indicators", {"写成可填写的 JSON", "write the tables as JSON, to be filled in"}},
      {"--priorities", &O::priorities, "FILE", "fmea", {"措施优先级表（CSV）", "table of action priorities (CSV)"}},
      {"--kind",
       &O::kind,
       "ranges|deviations|individuals|ewma|cusum|p|np|c|u",
       "chart",
       {"哪种控制图，默认 individuals", "which; default individuals"}},
      {"--rules",
       &O::rules,
       "limits|western_electric|nelson",
       "chart",
       {"判异准则（ewma、cusum 除外），默认 western_electric",
        "which patterns are signals (not of ewma, cusum); default western_electric"}},
      {"--centre", &O::centre, "X", "chart", {"已知的过程均值", "the process's mean, if known"}},
      {"--sigma", &O::sigma, "X", "chart", {"已知的过程标准差", "the process's standard deviation, if known"}},
      {"--lambda", &O::lambda, "X", "chart", {"ewma：权重，默认 0.2", "ewma: weight of the newest; default 0.2"}},
      {"--width", &O::width, "X", "chart", {"界限宽度（σ 的倍数），默认 3", "width of the limits in sigma; default 3"}},
      {"--reference",
       &O::reference,
       "X",
       "chart",
       {"cusum：参考值 k，默认 0.5", "cusum: reference value k; default 0.5"}},
      {"--decision", &O::decision, "X", "chart", {"cusum：判定值 h，默认 5", "cusum: decision value h; default 5"}},
      {"--head-start", &O::head_start, "X", "chart", {"cusum：起始值，默认 0", "cusum: head start; default 0"}},
      {"--lower", &O::lower, "X", "capability", {"下规格限", "lower specification limit"}},
      {"--upper", &O::upper, "X", "capability", {"上规格限", "upper specification limit"}},
      {"--confidence", &O::confidence, "P", "capability", {"置信水平，默认 0.95", "confidence; default 0.95"}},
      {"--of",
       &O::of,
       "quality|defects",
       "stages",
       {"继承的是什么，默认 quality", "what is handed on; default quality"}},
      {"--direction",
       &O::direction,
       "lower|higher",
       "limits",
       {"哪个方向更好，默认 lower", "which way is better; default lower"}},
      {"--form",
       &O::form,
       "FILE",
       "indicators summary",
       {"打印用的表 K.1、I.1（.xlsx、.html 或 .pdf）", "tables K.1 and I.1 as forms to print (.xlsx, .html or .pdf)"}},
  };
}

std::vector<std::string> words_in(std::string_view list) {
  std::istringstream text{std::string(list)};
  std::vector<std::string> words;
  for (std::string word; text >> word;) words.push_back(word);
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

const Kind& action_named(const std::string& word) {
  const auto at = std::find_if(actions.begin(), actions.end(), [&](const Kind& kind) { return kind.name == word; });
  if (at != actions.end()) return *at;
  std::vector<std::string> names;
  for (const Kind& kind : actions) names.emplace_back(kind.name);
  const std::string list = joined(names);
  const std::string guess = nearest(word, names);
  throw UsageError({"evaluate 没有“" + screen_safe(word) + "”。" +
                        (guess.empty() ? "可用：" + list + "。" : "是不是 " + guess + "？"),
                    "evaluate has no '" + screen_safe(word) + "'. " +
                        (guess.empty() ? "There are: " + list + "." : "Did you mean " + guess + "?")});
}

/// That every option given is one that the action reads: what is said without effect misleads.
void require_own_options(const Kind& action, const EvaluateOptions& typed) {
  std::vector<std::string> own;
  for (const Reads& each : all_options()) {
    const auto readers = words_in(each.actions);
    if (std::find(readers.begin(), readers.end(), action.name) != readers.end()) own.emplace_back(each.name);
  }
  const auto refuse = [&](std::string_view name, const std::string& readers) {
    const std::string list = own.empty() ? "--out" : joined(own) + ", --out";
    throw UsageError({std::string(name) + " 用于 " + readers + "，不用于 " + std::string(action.name) +
                          "。后者的选项：" + list + "。",
                      std::string(name) + " is for " + readers + ", not for " + std::string(action.name) +
                          ", whose options are: " + list + "."});
  };
  for (const Reads& each : all_options()) {
    const auto readers = words_in(each.actions);
    const bool reads = std::find(readers.begin(), readers.end(), action.name) != readers.end();
    if (!reads && !(typed.*each.value).empty()) refuse(each.name, joined(readers));
  }
  if (action.name != "indicators" && !typed.periods.empty()) refuse("--period", "indicators");
  std::vector<std::string> chains;
  for (const Kind& kind : actions) {
    if (kind.reads_chain) chains.emplace_back(kind.name);
  }
  if (!action.reads_chain && typed.read.repair) refuse("--repair", joined(chains));
  if (!action.reads_chain && !typed.read.rejects.empty()) refuse("--rejects", joined(chains));
}

int run_evaluate(Session& session, const EvaluateOptions& typed) {
  if (typed.words.empty()) {
    throw UsageError(
        {"用法：chainqual evaluate 做什么 …。用 --help 查看。", "Usage: chainqual evaluate ACTION …. See --help."});
  }
  const Kind& action = action_named(typed.words.front());
  require_own_options(action, typed);
  const std::size_t given = typed.words.size() - 1;
  if (given < action.least || given > action.most) {
    const std::string usage = "chainqual evaluate " + std::string(action.name) + " " + std::string(action.usage);
    throw UsageError({"用法：" + usage + "。", "Usage: " + usage + "."});
  }
  if (!typed.form.empty()) require_form_file(typed.form);
  const auto work = [&] { return action.run({session, typed}); };
  const bool one_file = given == 1 && !std::filesystem::is_directory(typed.words[1]);
  const EvaluateAnswer found = one_file ? of_file(typed.words[1], work) : work();
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
      {"评价：附录 K 指标（indicators）、附录 I 汇总（summary）；质量方法：fmea、fault-tree、chart（控制图）、"
       "capability（过程能力）、anova（方差分析，一或两个因素）、describe（概括统计）、constants（控制图系数）、"
       "weights（层次分析法）、lines（产线价值函数分级）、stages（工序继承）、limits（按限值分级）、"
       "ladder（供应商梯级）、kano、house（质量屋及展开）、deviation（偏差传递与溯源）、training（实训基地）",
       "evaluation: indicators (appendix K), summary (appendix I), and the methods fmea, fault-tree, chart, "
       "capability, "
       "anova (one factor or two), describe (summary statistics), constants (of control charts), weights (pairwise "
       "judgements), lines (graded by value functions), stages (what is handed on), limits (grades by limits), ladder "
       "(of suppliers), kano, house (of quality, cascaded), deviation (along stages, and its sources), training "
       "(base)"},
      {"chainqual evaluate indicators my_chain --write k1.json",
       "chainqual evaluate indicators k1-2025.json k1-2026.json",
       "chainqual evaluate indicators my_chain --period 2025 --period 2026",
       "chainqual evaluate summary my_chain --from 2026-01-01 --until 2026-12-31",
       "chainqual evaluate summary my_chain --figures figures.csv", "chainqual evaluate fmea modes.csv",
       "chainqual evaluate fault-tree stop.json", "chainqual evaluate chart diameters.csv --kind ranges",
       "chainqual evaluate capability diameters.csv --lower 9.9 --upper 10.1",
       "chainqual evaluate anova shifts.csv            columns value, sample; second for a second factor",
       "chainqual evaluate weights judgements.csv      columns first, second, judgement",
       "chainqual evaluate lines lines.json            criteria, thresholds, lines",
       "chainqual evaluate stages rolling.csv          columns name, own, inherited",
       "chainqual evaluate limits milk cells.csv       columns value, name; limits of your own: name, limit",
       "chainqual evaluate ladder ladder.csv us.csv    columns step, measure, limit; supplier, measure, value",
       "chainqual evaluate kano answers.csv            columns feature, with, without",
       "chainqual evaluate house houses.json           wants, characteristics, relations, roof",
       "chainqual evaluate deviation process.json      incoming, stages with a and b, measured",
       "chainqual evaluate training base.json my_chain --from 2026 --until 2026-12-31"},
      [&session, typed] { return run_evaluate(session, *typed); });
  option(app, session, "ACTION_INPUT", typed->words, "", {"做什么，再是输入", "what to do, then what with"});
  option(app, session, "--period", typed->periods, "TEXT",
         {"indicators：取链上指标表的哪一期；可写多次，逐期比较",
          "indicators: which period of the chain's own table; may be given again, to compare them"})
      .allow_extra_args(false);
  for (const Reads& each : all_options()) {
    const std::string readers = joined(words_in(each.actions));
    option(app, session, std::string(each.name), (*typed).*each.value, std::string(each.kind),
           {readers + "：" + each.help.zh, readers + ": " + each.help.en});
  }
  option(app, session, "--out", typed->out, "FILE",
         {"写成 .csv（第一张表）或 .xlsx（全部）", "write as .csv (the first table) or .xlsx (all)"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
