#include "chainqual/impact/systemic_risk.hpp"

#include <algorithm>
#include <numeric>

#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "model_flags.hpp"

namespace chainqual::cli {
namespace {

struct TypedSystemicRisk {
  std::string path;
  std::vector<std::string> enterprises;
  CascadeFlags cascade;
  std::string top = "20";
  std::string out;
  ReadFlags read;
};

struct Ranking {
  const NamedNetwork& named;
  SystemicRiskResult result;
  std::vector<EnterpriseId> closed;  // by scenario
  std::vector<std::uint32_t> order;  // scenarios, highest index first
};

Json as_json(const Session& session, const Ranking& ranking, std::size_t top) {
  const SystemicRiskResult& result = ranking.result;
  Json json = answer(session);
  json["enterprises"] = ranking.named.network().enterprises();
  json["links"] = ranking.named.network().links();
  json["closed"] = ranking.closed.size();
  json["tolerance"] = result.tolerance;
  json["sectors_from"] = key_of(result.sectors_from);
  json["closed_circle"] = result.closed_circle;
  json["truncated"] = result.truncated;
  json["closed_inputs"] = result.closed_inputs;
  json["truncated_downstream"] = result.truncated_downstream;
  if (!result.note.en.empty()) json["note"] = session.say(result.note);
  json["ranking"] = Json::array();
  for (std::size_t k = 0; k < std::min(top, ranking.order.size()); ++k) {
    const std::uint32_t i = ranking.order[k];
    json["ranking"].push_back({{"rank", k + 1},
                               {"enterprise", ranking.named.key(ranking.closed[i])},
                               {"name", ranking.named.name(ranking.closed[i])},
                               {"index", result.index[i]},
                               {"downstream", result.index_downstream[i]},
                               {"upstream", result.index_upstream[i]},
                               {"steps", result.steps[i]},
                               {"converged", result.converged[i] != 0}});
  }
  return json;
}

void write_csv(const Ranking& ranking, const std::string& path) {
  const SystemicRiskResult& result = ranking.result;
  write_atomically(path, [&](OutputFile& file) {
    CsvWriter::Options options;
    options.byte_order_mark = true;
    CsvWriter writer(file, options);
    for (const char* heading : {"rank", "enterprise", "name", "index", "downstream", "upstream", "steps", "converged"})
      writer.text(heading);
    writer.end();
    for (std::size_t k = 0; k < ranking.order.size(); ++k) {
      const std::uint32_t i = ranking.order[k];
      writer.number(std::uint64_t{k + 1});
      writer.text(ranking.named.key(ranking.closed[i])).text(ranking.named.name(ranking.closed[i]));
      for (const auto* column : {&result.index, &result.index_downstream, &result.index_upstream})
        writer.number((*column)[i]);
      writer.number(std::uint64_t{result.steps[i]}).text(result.converged[i] != 0 ? "true" : "false");
      writer.end();
    }
  });
}

void as_text(Session& session, const Ranking& ranking, const TypedSystemicRisk& typed, std::size_t top) {
  const auto say = [&](std::string_view zh, std::string_view en) { return std::string(session.say(zh, en)); };
  const SystemicRiskResult& result = ranking.result;
  const NamedNetwork& named = ranking.named;
  const bool staged = !named.network().stage().empty();
  Table table;
  table.column("#", Align::right);
  table.column(say("企业", "enterprise"), Align::left, true);
  if (staged) table.column(say("阶段", "stage"));
  table.column(say("向下游", "downstream"), Align::right);
  table.column(say("向上游", "upstream"), Align::right);
  table.column(say("步数", "steps"), Align::right);
  table.column(say("系统风险", "systemic risk"), Align::right);
  table.column("");
  const double most = ranking.order.empty() ? 0 : result.index[ranking.order.front()];
  for (std::size_t k = 0; k < std::min(top, ranking.order.size()); ++k) {
    const std::uint32_t i = ranking.order[k];
    const EnterpriseId id = ranking.closed[i];
    std::vector<Table::Cell> cells{std::to_string(k + 1), named.name(id)};
    if (staged) cells.emplace_back(named.stage_name(id));
    cells.emplace_back(percent(result.index_downstream[i]));
    cells.emplace_back(percent(result.index_upstream[i]));
    cells.emplace_back(grouped(result.steps[i]));
    cells.emplace_back(percent(result.index[i]));
    cells.emplace_back(bar(most > 0 ? result.index[i] / most : 0, 12), Ink::cyan);
    table.row(std::move(cells));
  }
  session.print(table.text(session.ink(), session.width()) + "\n");
  const auto sentence = [&](const std::string& text) {
    session.print("  " + wrapped(text, session.text_width(), "  ", 2) + "\n");
  };
  sentence(say("系统风险：这家企业单独停产，并按广义列昂惕夫模型传开后，全链停掉的份额（按权重）。",
               "systemic risk: share of the chain (by weight) that stops once this enterprise alone closes, by the "
               "generalised Leontief cascade."));
  sentence(say("投入：", "inputs: ") + needs_in_words(session, typed.cascade) + say("；行业依据：", "; sectors: ") +
           std::string(label_of(result.sectors_from, session.language)) +
           say("；停止阈值 ε = ", "; stopping rule ε = ") + shortest(result.tolerance) + say("。", "."));
  sentence(revenue_in_words(session, typed.cascade));
  if (!session.say(result.note).empty()) sentence(session.say(result.note));
  const auto open = std::count(result.converged.begin(), result.converged.end(), 0);
  if (open != 0) {
    session.note(say("警告：", "Warning: ") + grouped(static_cast<std::uint64_t>(open)) +
                 say(" 个情景在步数上限内没有停下，数字偏小。\n",
                     " scenarios did not stop within the limit of steps; their figures are too small.\n"));
  }
  if (!typed.out.empty()) session.print("\n" + say("已写出 ", "Written: ") + screen_safe(typed.out) + "\n");
}

/// Each once, however often it is named.
std::vector<EnterpriseId> chosen(const NamedNetwork& named, const std::vector<std::string>& typed) {
  std::vector<EnterpriseId> found;
  for (const std::string& text : typed) {
    const EnterpriseId id = named.resolve(text);
    if (std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
  }
  return found;
}

int run_systemic_risk(Session& session, const TypedSystemicRisk& typed) {
  require_given("CHAIN", typed.path);
  check(typed.cascade);
  const std::size_t top = top_option(typed.top);
  const NamedNetwork named(session, typed.path, typed.read);
  SystemicRiskOptions options;
  options.cascade = cascade_options(typed.cascade, table_names(named));
  options.enterprises = chosen(named, typed.enterprises);
  Ranking ranking{named, {}, options.enterprises, {}};
  ranking.result = systemic_risk(named.network(), options,
                                 session.control(session.say("逐家停产推算", "closing each enterprise in turn")));
  session.clear_progress();
  for (std::uint32_t v = 0; typed.enterprises.empty() && v < named.network().enterprises(); ++v)
    ranking.closed.emplace_back(v);
  ranking.order.resize(ranking.closed.size());
  std::iota(ranking.order.begin(), ranking.order.end(), 0U);
  std::stable_sort(ranking.order.begin(), ranking.order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return ranking.result.index[a] > ranking.result.index[b]; });
  if (!typed.out.empty()) write_csv(ranking, typed.out);
  if (session.json) {
    print_json(session, as_json(session, ranking, top));
  } else {
    as_text(session, ranking, typed, top);
  }
  return exit_done;
}

}  // namespace

void add_systemic_risk(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<TypedSystemicRisk>();
  auto& app = line.command(
      "systemic-risk",
      {"按系统风险给企业排名：逐家停产，推算全链停掉多少",
       "rank enterprises by systemic risk: close each in turn and see how much of the chain stops"},
      {"chainqual systemic-risk my_chain", "chainqual systemic-risk my_chain --needs needs.csv --accounts accounts.csv",
       "chainqual systemic-risk my_chain --needs ordinary --out risk.csv",
       "chainqual systemic-risk my_chain --enterprise A01 --enterprise B02",
       "chainqual systemic-risk large.cqn --json --top 100"},
      [&session, typed] { return run_systemic_risk(session, *typed); });
  option(app, session, "CHAIN", typed->path, "",
         {"链文件夹、.json、联系表 .csv 或 .cqn", "chain folder, .json, table of links (.csv) or .cqn"});
  option(app, session, "--enterprise", typed->enterprises, "NAME",
         {"只推算这家企业停产，可重复；不给时逐家推算全部企业",
          "close this enterprise alone; repeatable; else every one in turn"})
      .allow_extra_args(false);
  add_cascade_flags(app, session, typed->cascade);
  option(app, session, "--top", typed->top, "N",
         {"显示前 N 家，默认 20，0 为全部", "how many to show; default 20, 0 for all"});
  option(app, session, "--out", typed->out, "FILE", {"全部写成 CSV", "write all of them as CSV"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
