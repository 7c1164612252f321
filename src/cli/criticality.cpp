#include "chainqual/impact/criticality.hpp"

#include <algorithm>
#include <cmath>

#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "model_flags.hpp"

namespace chainqual::cli {
namespace {

struct TypedCriticality {
  std::string path;
  CascadeFlags cascade;
  std::string exact_betweenness;
  std::string top = "20";
  std::string out;
  ReadFlags read;
};

Json number(double value) {
  return std::isnan(value) ? Json(nullptr) : Json(value);
}

Json as_json(const Session& session, const NamedNetwork& named, const CriticalityTable& table, std::size_t top) {
  Json json = answer(session);
  json["enterprises"] = named.network().enterprises();
  json["links"] = named.network().links();
  json["betweenness_exact"] = table.betweenness_exact;
  json["betweenness_error"] = table.betweenness_error;
  json["importance_exists"] = table.importance_exists;
  json["disagreements"] = table.disagreements;
  if (!session.say(table.note).empty()) json["note"] = session.say(table.note);
  json["ranking"] = Json::array();
  for (std::size_t k = 0; k < std::min(top, table.rows.size()); ++k) {
    const CriticalityRow& row = table.rows[k];
    Json one{{"rank", k + 1},
             {"enterprise", named.key(row.enterprise)},
             {"name", named.name(row.enterprise)},
             {"systemic_risk", row.systemic_risk},
             {"risk_downstream", row.risk_downstream},
             {"risk_upstream", row.risk_upstream},
             {"importance", number(row.importance)},
             {"betweenness", row.betweenness},
             {"cut", row.cut},
             {"final_cut", row.final_cut},
             {"sole_source", row.sole_source},
             {"joint", row.joint},
             {"own_concentration", row.own_concentration},
             {"size", row.size},
             {"disagree", row.disagree}};
    one["standing"] = Json::object();
    for (const auto& measure : Names<CriticalityMeasure>::table) {
      one["standing"][std::string(measure.key)] = row.standing[static_cast<std::size_t>(measure.value)];
    }
    if (row.disagree) one["why"] = session.say(row.why);
    json["ranking"].push_back(std::move(one));
  }
  return json;
}

void write_csv(const Session& session, const NamedNetwork& named, const CriticalityTable& table,
               const std::string& path) {
  write_atomically(path, [&](OutputFile& file) {
    CsvWriter::Options options;
    options.byte_order_mark = true;
    CsvWriter writer(file, options);
    for (const char* heading :
         {"rank", "enterprise", "name", "systemic_risk", "risk_downstream", "risk_upstream", "importance",
          "betweenness", "cut", "final_cut", "sole_source", "joint", "own_concentration", "size", "disagree", "why"}) {
      writer.text(heading);
    }
    writer.end();
    for (std::size_t k = 0; k < table.rows.size(); ++k) {
      const CriticalityRow& row = table.rows[k];
      writer.number(std::uint64_t{k + 1}).text(named.key(row.enterprise)).text(named.name(row.enterprise));
      for (const double value : {row.systemic_risk, row.risk_downstream, row.risk_upstream}) writer.number(value);
      std::isnan(row.importance) ? writer.empty() : writer.number(row.importance);
      writer.number(row.betweenness);
      for (const std::uint32_t count : {row.cut, row.final_cut, row.sole_source}) writer.number(std::uint64_t{count});
      writer.text(row.joint ? "true" : "false").number(row.own_concentration).number(row.size);
      writer.text(row.disagree ? "true" : "false").text(session.say(row.why));
      writer.end();
    }
  });
}

Table ranking_table(const Session& session, const NamedNetwork& named, const CriticalityTable& found, std::size_t top) {
  const auto say = [&](std::string_view zh, std::string_view en) { return std::string(session.say(zh, en)); };
  const bool staged = !named.network().stage().empty();
  Table table;
  table.column("#", Align::right);
  table.column(say("企业", "enterprise"), Align::left, true);
  if (staged) table.column(say("阶段", "stage"));
  table.column(say("系统风险", "systemic risk"), Align::right);
  table.column("");
  table.column(say("向下游", "down"), Align::right);
  table.column(say("向上游", "up"), Align::right);
  table.column(say("重要度", "importance"), Align::right);
  table.column(say("介数", "betweenness"), Align::right);
  table.column(say("断供", "cuts off"), Align::right);
  table.column(say("独供", "sole source"), Align::right);
  table.column(say("枢纽", "joint"));
  table.column(say("集中度", "concentration"), Align::right);
  table.column(say("不一", "differ"));
  const double most = found.rows.empty() ? 0 : found.rows.front().systemic_risk;
  const auto count = [](std::uint64_t number) { return number == 0 ? std::string("·") : grouped(number); };
  for (std::size_t k = 0; k < std::min(top, found.rows.size()); ++k) {
    const CriticalityRow& row = found.rows[k];
    std::vector<Table::Cell> cells{std::to_string(k + 1), named.name(row.enterprise)};
    if (staged) cells.emplace_back(named.stage_name(row.enterprise));
    cells.emplace_back(percent(row.systemic_risk));
    cells.emplace_back(bar(most > 0 ? row.systemic_risk / most : 0, 10), Ink::cyan);
    cells.emplace_back(percent(row.risk_downstream));
    cells.emplace_back(percent(row.risk_upstream));
    cells.emplace_back(std::isnan(row.importance) ? std::string("–") : percent(row.importance));
    cells.emplace_back(row.betweenness > 0 ? percent(row.betweenness) : std::string("·"));
    cells.emplace_back(count(row.cut) + (row.final_cut > 0 ? " ◆" : ""));
    cells.emplace_back(count(row.sole_source));
    cells.emplace_back(row.joint ? "●" : "");
    cells.emplace_back(row.own_concentration > 0 ? percent(row.own_concentration) : std::string("·"));
    cells.emplace_back(row.disagree ? "≠" : "", Ink::yellow);
    table.row(std::move(cells));
  }
  return table;
}

void as_text(Session& session, const NamedNetwork& named, const CriticalityTable& found, const TypedCriticality& typed,
             std::size_t top) {
  const auto say = [&](std::string_view zh, std::string_view en) { return std::string(session.say(zh, en)); };
  const auto sentence = [&](const std::string& text) {
    session.print("  " + wrapped(text, session.text_width(), "  ", 2) + "\n");
  };
  session.print(ranking_table(session, named, found, top).text(session.ink(), session.width()) + "\n");
  std::size_t told = 0;
  for (std::size_t k = 0; k < std::min(top, found.rows.size()) && told < 5; ++k) {
    if (!found.rows[k].disagree) continue;
    if (told++ == 0)
      session.print(session.ink()(Ink::bold, say("指标看法不一（≠）", "Where the measures differ (≠)")) + "\n");
    sentence("· " + screen_safe(named.name(found.rows[k].enterprise)) + say("：", ": ") +
             session.say(found.rows[k].why) + say("。", "."));
  }
  if (found.disagreements > told) {
    sentence(say("全链共 ", "In the whole chain the measures differ on ") + grouped(found.disagreements) +
             say(" 家企业看法不一；--out 写出全部。", " enterprises; --out writes them all."));
  }
  session.print("\n");
  sentence(
      say("系统风险：单独停产后按级联模型全链停掉的份额，两个方向合计；向下游、向上游：各方向单独计；"
          "重要度：只看向下游，按不封顶的线性模型；介数：最短供应路径经过它的份额；"
          "断供：没有它就断了来源的企业数，◆ 其中有最终产品企业，即单点失效；独供：只此一家供应的他人必需投入数；"
          "枢纽：去掉它链就断开；集中度：它最集中的一种投入的赫芬达尔指数。",
          "systemic risk: share of the chain that stops once it alone closes, by the cascade, both directions "
          "together; down, up: downstream and upstream alone; importance: downstream only, by the uncapped linear "
          "model; betweenness: share of shortest supply paths that pass it; cuts off: enterprises that no supply "
          "reaches without it, ◆ final ones among them, so a single point of failure; sole source: essential inputs "
          "of others that it alone supplies; joint: without it the chain falls apart; concentration: Herfindahl "
          "index of its most concentrated input."));
  if (!found.betweenness_exact) {
    sentence(say("介数为抽样估计，误差不超过 ",
                 "Betweenness is sampled; with probability 90% no share is off by more than ") +
             percent(found.betweenness_error) + say("（概率 90%）。", "."));
  }
  sentence(say("投入：", "inputs: ") + needs_in_words(session, typed.cascade) + say("；", "; ") +
           revenue_in_words(session, typed.cascade));
  if (!session.say(found.note).empty()) sentence(session.say(found.note));
  if (!typed.out.empty()) session.print("\n" + say("已写出 ", "Written: ") + screen_safe(typed.out) + "\n");
}

int run_criticality(Session& session, const TypedCriticality& typed) {
  require_given("CHAIN", typed.path);
  check(typed.cascade);
  const std::size_t top = top_option(typed.top);
  CriticalityOptions options;
  if (!typed.exact_betweenness.empty()) {
    options.exact_betweenness =
        static_cast<std::uint32_t>(count_option("--exact-betweenness", typed.exact_betweenness, 0, UINT32_MAX));
  }
  const NamedNetwork named(session, typed.path, typed.read);
  options.risk.cascade = cascade_options(typed.cascade, table_names(named));
  const CriticalityTable found =
      criticality(named.network(), options, session.control(session.say("逐家比较", "comparing enterprises")));
  session.clear_progress();
  if (!typed.out.empty()) write_csv(session, named, found, typed.out);
  if (session.json) {
    print_json(session, as_json(session, named, found, top));
  } else {
    as_text(session, named, found, typed, top);
  }
  return exit_done;
}

}  // namespace

void add_criticality(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<TypedCriticality>();
  auto& app =
      line.command("criticality",
                   {"哪些企业是要害：系统风险、重要度、介数、断供、独供放在一张表里，并指出哪里看法不一",
                    "which enterprises are critical: systemic risk, importance, betweenness, cuts and sole "
                    "sources in one table, and where they differ"},
                   {"chainqual criticality my_chain", "chainqual criticality my_chain --top 0 --out critical.csv",
                    "chainqual criticality large.cqn --json --top 100"},
                   [&session, typed] { return run_criticality(session, *typed); });
  option(app, session, "CHAIN", typed->path, "",
         {"链文件夹、.json、联系表 .csv 或 .cqn", "chain folder, .json, table of links (.csv) or .cqn"});
  add_cascade_flags(app, session, typed->cascade);
  option(app, session, "--exact-betweenness", typed->exact_betweenness, "N",
         {"企业数不超过 N 时介数精确计算，否则抽样；默认 20000",
          "betweenness is exact up to so many enterprises, else sampled; default 20000"});
  option(app, session, "--top", typed->top, "N",
         {"显示前 N 家，默认 20，0 为全部", "how many to show; default 20, 0 for all"});
  option(app, session, "--out", typed->out, "FILE", {"全部写成 CSV", "write all of them as CSV"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
