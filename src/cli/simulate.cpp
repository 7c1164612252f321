#include <algorithm>
#include <filesystem>
#include <numeric>

#include "chainqual/impact/scenario.hpp"
#include "chainqual/impact/study.hpp"
#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"
#include "commands.hpp"
#include "ensemble.hpp"
#include "findings.hpp"
#include "model_flags.hpp"

namespace chainqual::cli {
namespace {

struct TypedSimulate {
  std::string path;
  std::string scenario;
  std::string ensemble;
  std::vector<std::string> at;
  ModelFlags model;
  std::string top = "15";
  std::string out;
  ReadFlags read;
};

/// One scenario under one model.
struct Outcome {
  std::string name;
  std::vector<double> shock;  // [n] at full magnitude
  ModelRun losses;
  std::vector<std::uint32_t> hit;  // enterprises that lose anything, most first
};

void rank_hit(Outcome& outcome) {
  const auto& loss = outcome.losses.combined;
  for (std::uint32_t i = 0; i < loss.size(); ++i) {
    if (loss[i] > 0) outcome.hit.push_back(i);
  }
  std::stable_sort(outcome.hit.begin(), outcome.hit.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return loss[a] > loss[b]; });
}

std::vector<Outcome> outcomes_of(Session& session, const NamedNetwork& named, const TypedSimulate& typed,
                                 const ModelOptions& options) {
  std::vector<Outcome> outcomes;
  for (auto& [name, placed] : named_scenarios(session, named, typed.scenario, typed.at)) {
    Outcome outcome;
    outcome.name = name;
    outcome.losses = propagate(named.network(), placed, options, session.control(session.say("仿真", "simulating")));
    outcome.shock = std::move(placed.shock);
    session.clear_progress();
    rank_hit(outcome);
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

Json as_json(const Session& session, const NamedNetwork& named, const std::vector<Outcome>& outcomes,
             const TypedSimulate& typed, std::size_t top) {
  Json json = answer(session);
  json["model"] = typed.model.model;
  json["enterprises"] = named.network().enterprises();
  json["scenarios"] = Json::array();
  for (const Outcome& outcome : outcomes) {
    const Propagation& losses = outcome.losses;
    Json one{{"name", outcome.name},
             {"index", losses.index},
             {"index_downstream", losses.index_downstream},
             {"index_upstream", losses.index_upstream},
             {"steps", losses.steps},
             {"converged", losses.converged},
             {"hit", outcome.hit.size()}};
    one["notes"] = Json::array();
    for (const Text& note : outcome.losses.notes) one["notes"].push_back(session.say(note));
    if (!outcome.losses.daily.empty()) one["daily"] = outcome.losses.daily;
    one["losses"] = Json::array();
    for (std::size_t k = 0; k < std::min(top, outcome.hit.size()); ++k) {
      const std::uint32_t i = outcome.hit[k];
      Json row{{"rank", k + 1},
               {"enterprise", named.key(EnterpriseId(i))},
               {"name", named.name(EnterpriseId(i))},
               {"shock", outcome.shock[i]},
               {"loss", losses.combined[i]}};
      if (!losses.downstream.empty()) row["downstream"] = losses.downstream[i];
      if (!losses.upstream.empty()) row["upstream"] = losses.upstream[i];
      one["losses"].push_back(std::move(row));
    }
    json["scenarios"].push_back(std::move(one));
  }
  return json;
}

void write_csv(const NamedNetwork& named, const std::vector<Outcome>& outcomes, const std::string& path) {
  write_atomically(path, [&](OutputFile& file) {
    CsvWriter::Options options;
    options.byte_order_mark = true;
    CsvWriter writer(file, options);
    for (const char* heading : {"scenario", "rank", "enterprise", "name", "shock", "downstream", "upstream", "loss"})
      writer.text(heading);
    writer.end();
    for (const Outcome& outcome : outcomes) {
      for (std::size_t k = 0; k < outcome.hit.size(); ++k) {
        const std::uint32_t i = outcome.hit[k];
        writer.text(outcome.name).number(std::uint64_t{k + 1});
        writer.text(named.key(EnterpriseId(i))).text(named.name(EnterpriseId(i))).number(outcome.shock[i]);
        for (const auto* column : {&outcome.losses.downstream, &outcome.losses.upstream}) {
          if (column->empty()) {
            writer.text("");
          } else {
            writer.number((*column)[i]);
          }
        }
        writer.number(outcome.losses.combined[i]);
        writer.end();
      }
    }
  });
}

/// A line of blocks, one for each stretch of days: the higher, the more is produced; the scale runs from the least.
std::string sparkline(const std::vector<double>& daily, std::size_t width) {
  static constexpr std::array<std::string_view, 8> blocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const double low = std::min(0.999, *std::min_element(daily.begin(), daily.end()));
  const std::size_t cells = std::min(width, daily.size());
  std::string out;
  for (std::size_t k = 0; k < cells; ++k) {
    const std::size_t begin = k * daily.size() / cells;
    const std::size_t end = (k + 1) * daily.size() / cells;
    const double mean = std::accumulate(daily.begin() + static_cast<std::ptrdiff_t>(begin),
                                        daily.begin() + static_cast<std::ptrdiff_t>(end), 0.0) /
                        static_cast<double>(end - begin);
    const double share = std::clamp((mean - low) / (1 - low), 0.0, 1.0);
    out += blocks[static_cast<std::size_t>(share * 7.999)];
  }
  return out;
}

void as_text(Session& session, const NamedNetwork& named, const Outcome& outcome, std::size_t top) {
  const auto say = [&](std::string_view zh, std::string_view en) { return std::string(session.say(zh, en)); };
  const Propagation& losses = outcome.losses;
  session.print(screen_safe(outcome.name) + say("：全链损失 ", ": the chain loses ") + percent(losses.index) +
                say("，波及 ", ", hit: ") + grouped(outcome.hit.size()) + " / " +
                grouped(named.network().enterprises()) + say(" 家企业\n", " enterprises\n"));
  if (!outcome.losses.daily.empty()) {
    const std::vector<double>& daily = outcome.losses.daily;
    const auto least = std::min_element(daily.begin(), daily.end());
    session.print("  " + sparkline(daily, 60) + say("  最低 ", "  lowest ") + percent(*least) + say("，第 ", ", day ") +
                  std::to_string(least - daily.begin() + 1) + say(" 天；末日 ", "; last day ") + percent(daily.back()) +
                  "\n");
  }
  session.print("\n");
  const bool staged = !named.network().stage().empty();
  const bool both = !losses.downstream.empty() && !losses.upstream.empty();
  Table table;
  table.column("#", Align::right);
  table.column(say("企业", "enterprise"), Align::left, true);
  if (staged) table.column(say("阶段", "stage"));
  table.column(say("自身", "own"), Align::right);
  if (both) {
    table.column(say("向下游", "downstream"), Align::right);
    table.column(say("向上游", "upstream"), Align::right);
  }
  table.column(say("损失", "loss"), Align::right);
  table.column("");
  for (std::size_t k = 0; k < std::min(top, outcome.hit.size()); ++k) {
    const std::uint32_t i = outcome.hit[k];
    std::vector<Table::Cell> cells{std::to_string(k + 1), named.name(EnterpriseId(i))};
    if (staged) cells.emplace_back(named.stage_name(EnterpriseId(i)));
    cells.emplace_back(outcome.shock[i] > 0 ? percent(outcome.shock[i]) : std::string());
    if (both) {
      cells.emplace_back(percent(losses.downstream[i]));
      cells.emplace_back(percent(losses.upstream[i]));
    }
    cells.emplace_back(percent(losses.combined[i]));
    cells.emplace_back(bar(losses.combined[i] / losses.combined[outcome.hit.front()], 16), Ink::cyan);
    table.row(std::move(cells));
  }
  session.print(table.text(session.ink(), session.width()));
  if (outcome.hit.size() > top) {
    session.print(say("  … 另有 ", "  … and ") + grouped(outcome.hit.size() - top) +
                  say(" 家；--top 0 全部列出，--out 写成 CSV。\n", " more; --top 0 lists all, --out writes CSV.\n"));
  }
  for (const Text& note : outcome.losses.notes)
    session.print("\n  " + wrapped(session.say(note), session.text_width(), "  ", 2) + "\n");
  session.print("\n");
}

int run_simulate(Session& session, const TypedSimulate& typed) {
  require_given("CHAIN", typed.path);
  check(typed.model);
  const std::size_t top = top_option(typed.top);
  const NamedNetwork named(session, typed.path, typed.read);
  ModelOptions options = model_options(typed.model, table_names(named));
  options.name = [&named](EnterpriseId id, Language) { return named.name(id); };
  if (!typed.ensemble.empty()) {
    return run_ensemble(session, named, options, {typed.ensemble, typed.scenario, typed.at, top, typed.out});
  }
  const std::vector<Outcome> outcomes = outcomes_of(session, named, typed, options);
  if (!typed.out.empty()) write_csv(named, outcomes, typed.out);
  if (session.json) {
    print_json(session, as_json(session, named, outcomes, typed, top));
    return exit_done;
  }
  session.print(std::string(session.say("模型：", "model: ")) + std::string(label_of(options.model, session.language)) +
                "\n\n");
  for (const Outcome& outcome : outcomes) as_text(session, named, outcome, top);
  if (!typed.out.empty())
    session.print(std::string(session.say("已写出 ", "Written: ")) + screen_safe(typed.out) + "\n");
  return exit_done;
}

template <class Kind>
std::string words_of() {
  std::string out;
  for (const auto& row : Names<Kind>::table) out += (out.empty() ? "" : ", ") + std::string(row.key);
  return out;
}

/// The forms of the two files that are written by hand.
std::string file_forms(const Session& session) {
  const auto say = [&](const char* zh, const char* en) { return std::string(session.say(zh, en)); };
  return say("\n\n情景文件：一个情景，或 {\"scenarios\": [ … ]}",
             "\n\nScenario file: one scenario, or {\"scenarios\": [ … ]}") +
         R"(
  {"name": ")" +
         say("洪水", "flood") + R"(", "shocks": [
    {"region": "120000", "magnitude": 0.5, "start": 10, "duration": 20,
     "recovery": {"kind": "linear", "days": 30}},
    {"link": {"supplier": "A01", "customer": "B02"}, "magnitude": 1}]}
)" + say("  目标取其一：", "  one target each: ") +
         words_of<TargetKind>() +
         say("\n  magnitude：0 到 1；start 和 duration：天数，或 \"permanent\"；recovery 的 kind：\n    ",
             "\n  magnitude: 0 to 1; start, duration: days, or \"permanent\"; kind of recovery:\n    ") +
         words_of<RecoveryKind>() +
         say("\n\n集合文件：不确定的量及其范围", "\n\nEnsemble file: what is uncertain, and its range") + R"(
  {"samples": 200, "quantiles": [0.05, 0.5, 0.95],
   "uncertain": [{"setting": "magnitude_factor", "low": 0.2, "high": 0.6}]}
  setting: )" +
         wrapped(words_of<Setting>(), 100, "    ", 11) + "\n  spreading: " + words_of<Spreading>();
}

}  // namespace

void add_simulate(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<TypedSimulate>();
  auto& app = line.command("simulate",
                           {"按情景和模型推算影响：谁停多少，何时恢复",
                            "run scenarios through a propagation model: who stops, how far, and until when"},
                           {"chainqual simulate my_chain --scenario flood.json",
                            "chainqual simulate my_chain --scenario flood.json --model dynamics --days 180",
                            "chainqual simulate large.cqn --at E1=0.5 --model contagion --runs 4096",
                            "chainqual simulate my_chain --scenario flood.json --ensemble ensemble.json"},
                           [&session, typed] { return run_simulate(session, *typed); });
  app.footer(app.get_footer() + file_forms(session));
  option(app, session, "CHAIN", typed->path, "",
         {"链文件夹、.json、联系表 .csv 或 .cqn", "chain folder, .json, table of links (.csv) or .cqn"});
  option(app, session, "--scenario", typed->scenario, "FILE",
         {"情景文件（JSON），可含多个情景", "scenarios (JSON), one or several"});
  option(app, session, "--at", typed->at, "ENTERPRISE=SHARE",
         {"企业及其停掉的份额，可重复；不恢复", "an enterprise and the share of it that stops for good; repeatable"});
  option(
      app, session, "--ensemble", typed->ensemble, "FILE",
      {"集合仿真（JSON）：不确定的量及其范围、样本数；给出均值、标准误和分位数",
       "an ensemble (JSON): what is uncertain, its ranges, how many samples; gives means, standard errors, quantiles"});
  add_model_flags(app, session, typed->model, Model::cascade);
  option(app, session, "--top", typed->top, "N",
         {"每个情景显示前 N 家，默认 15，0 为全部", "how many to show of each; default 15, 0 for all"});
  option(app, session, "--out", typed->out, "FILE", {"全部写成 CSV", "write all of them as CSV"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
