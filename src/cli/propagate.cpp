#include <algorithm>
#include <filesystem>
#include <numeric>

#include "chainqual/impact/linear.hpp"
#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "input.hpp"

namespace chainqual::cli {
namespace {

struct TypedPropagate {
  std::string path;
  std::vector<std::string> at;
  std::string direction = "downstream";
  std::string top;
  std::string out;
  bool uncapped = false;
  ReadFlags read;
};

struct Propagated {
  const NamedNetwork& named;
  std::vector<double> shock;
  LinearResult result;
  const std::vector<double>* measure;  // what rows are ranked by
  std::vector<std::uint32_t> hit;      // enterprises that lose anything, most first
};

Propagated computed(Session& session, const NamedNetwork& named, const TypedPropagate& typed) {
  Propagated outcome{named, shocks_at(named, typed.at), {}, nullptr, {}};
  LinearOptions options;
  options.downstream = typed.direction != "upstream";
  options.upstream = typed.direction != "downstream";
  options.capped = !typed.uncapped;
  outcome.result =
      linear(named.network(), outcome.shock, options, session.control(session.say("推算影响", "propagating")));
  session.clear_progress();
  return outcome;
}

void rank_hit(Propagated& outcome, const std::string& direction) {
  const LinearResult& result = outcome.result;
  outcome.measure = direction == "downstream" ? &result.downstream
                    : direction == "upstream" ? &result.upstream
                                              : &result.combined;
  const auto& loss = *outcome.measure;
  for (std::uint32_t i = 0; i < loss.size(); ++i) {
    if (loss[i] > 0) outcome.hit.push_back(i);
  }
  std::stable_sort(outcome.hit.begin(), outcome.hit.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return loss[a] > loss[b]; });
}

Json run_json(const LinearRun& run) {
  Json json{{"converged", run.converged},
            {"sweeps", run.sweeps},
            {"last_change", run.last_change},
            {"cyclic_components", run.cyclic_components},
            {"largest_component", run.largest_component}};
  if (run.spectral_radius) json["spectral_radius"] = *run.spectral_radius;
  return json;
}

Json as_json(const Session& session, const Propagated& outcome, std::size_t top) {
  const LinearResult& result = outcome.result;
  Json json = answer(session);
  json["enterprises"] = outcome.named.network().enterprises();
  json["links"] = outcome.named.network().links();
  json["hit"] = outcome.hit.size();
  json["losses"] = Json::array();
  for (std::size_t k = 0; k < std::min(top, outcome.hit.size()); ++k) {
    const std::uint32_t i = outcome.hit[k];
    Json row{{"rank", k + 1},
             {"enterprise", outcome.named.key(EnterpriseId(i))},
             {"name", outcome.named.name(EnterpriseId(i))},
             {"shock", outcome.shock[i]}};
    if (!result.downstream.empty()) row["downstream"] = result.downstream[i];
    if (!result.upstream.empty()) row["upstream"] = result.upstream[i];
    if (!result.downstream.empty() && !result.upstream.empty()) row["combined"] = result.combined[i];
    json["losses"].push_back(std::move(row));
  }
  json["runs"] = Json::object();
  if (!result.downstream.empty()) json["runs"]["downstream"] = run_json(result.downstream_run);
  if (!result.upstream.empty()) json["runs"]["upstream"] = run_json(result.upstream_run);
  return json;
}

void write_csv(const Propagated& outcome, const std::string& path) {
  const LinearResult& result = outcome.result;
  write_atomically(path, [&](OutputFile& file) {
    CsvWriter::Options options;
    options.byte_order_mark = true;
    CsvWriter writer(file, options);
    for (const char* heading : {"rank", "enterprise", "name", "shock"}) writer.text(heading);
    if (!result.downstream.empty()) writer.text("downstream");
    if (!result.upstream.empty()) writer.text("upstream");
    const bool both = !result.downstream.empty() && !result.upstream.empty();
    if (both) writer.text("combined");
    writer.end();
    for (std::size_t k = 0; k < outcome.hit.size(); ++k) {
      const std::uint32_t i = outcome.hit[k];
      writer.number(std::uint64_t{k + 1})
          .text(outcome.named.key(EnterpriseId(i)))
          .text(outcome.named.name(EnterpriseId(i)));
      writer.number(outcome.shock[i]);
      for (const auto* column : {&result.downstream, &result.upstream}) {
        if (!column->empty()) writer.number((*column)[i]);
      }
      if (both) writer.number(result.combined[i]);
      writer.end();
    }
  });
}

std::string sources_sentence(const Session& session, const LinearResult& result) {
  const LinkWeightSources& from = result.sources;
  if (result.downstream.empty()) return {};
  std::string out = std::string(session.say("联系的依赖度：给定 ", "Dependencies: given ")) + grouped(from.given) +
                    std::string(session.say("，由金额推算 ", ", from values ")) + grouped(from.from_value);
  if (from.from_value > 0 && from.values_assumed > 0) {
    out += std::string(session.say("（其中 ", " (")) + grouped(from.values_assumed) +
           std::string(session.say(" 条没有金额，按等份假定）", " links without a value, equal shares assumed)"));
  }
  return out + std::string(session.say("；给出逃逸率 ", "; escape given for ")) + grouped(from.escape_given) +
         std::string(session.say("，其余按全部通过计。", ", elsewhere all trouble passes."));
}

void as_text(Session& session, const Propagated& outcome, const TypedPropagate& typed, std::size_t top) {
  const Network& network = outcome.named.network();
  const LinearResult& result = outcome.result;
  session.print(std::string(session.say("波及 ", "Hit: ")) + grouped(outcome.hit.size()) + " / " +
                grouped(network.enterprises()) + std::string(session.say(" 家企业\n\n", " enterprises\n\n")));
  const bool both = typed.direction == "both";
  const bool staged = !network.stage().empty();
  Table table;
  table.column("#", Align::right);
  table.column(std::string(session.say("企业", "enterprise")), Align::left, true);
  if (staged) table.column(std::string(session.say("阶段", "stage")));
  table.column(std::string(session.say("自身", "own")), Align::right);
  if (both) {
    table.column(std::string(session.say("向下游", "downstream")), Align::right);
    table.column(std::string(session.say("向上游", "upstream")), Align::right);
  }
  table.column(std::string(session.say("损失", "loss")), Align::right);
  table.column("");
  const auto& loss = *outcome.measure;
  for (std::size_t k = 0; k < std::min(top, outcome.hit.size()); ++k) {
    const std::uint32_t i = outcome.hit[k];
    std::vector<Table::Cell> cells{std::to_string(k + 1), outcome.named.name(EnterpriseId(i))};
    if (staged) cells.emplace_back(outcome.named.stage_name(EnterpriseId(i)));
    cells.emplace_back(outcome.shock[i] > 0 ? percent(outcome.shock[i]) : std::string());
    if (both) {
      cells.emplace_back(percent(result.downstream[i]));
      cells.emplace_back(percent(result.upstream[i]));
    }
    cells.emplace_back(percent(loss[i]));
    cells.emplace_back(bar(loss[i] / loss[outcome.hit.front()], 16), Ink::cyan);
    table.row(std::move(cells));
  }
  session.print(table.text(session.ink(), session.width()));
  if (outcome.hit.size() > top) {
    session.print(std::string(session.say("  … 另有 ", "  … and ")) + grouped(outcome.hit.size() - top) +
                  std::string(session.say(" 家；--top 0 全部列出，--out 写成 CSV。\n",
                                          " more; --top 0 lists all, --out writes them as CSV.\n")));
  }
  const std::string sentence = sources_sentence(session, result);
  if (!sentence.empty()) session.print("\n  " + wrapped(sentence, session.text_width(), "  ", 2) + "\n");
  if (!result.downstream_run.converged || !result.upstream_run.converged) {
    session.note(std::string(
        session.say("警告：迭代在步数上限内没有收敛，数字偏小。\n",
                    "Warning: the iteration did not converge within its limit; the figures are too small.\n")));
  }
}

int run_propagate(Session& session, const TypedPropagate& typed) {
  require_given("CHAIN", typed.path);
  require_one_of("--direction", typed.direction, {"downstream", "upstream", "both"});
  const std::size_t top = top_option(!typed.top.empty() ? typed.top : session.json ? "0" : "20");
  if (typed.at.empty()) {
    throw UsageError({"没有给出冲击。用 --at 企业=份额，例如 --at A01=0.5。",
                      "No shock given. Use --at ENTERPRISE=SHARE, as in --at A01=0.5."});
  }
  const NamedNetwork named(session, typed.path, typed.read);
  Propagated outcome = computed(session, named, typed);
  rank_hit(outcome, typed.direction);
  if (!typed.out.empty()) write_csv(outcome, typed.out);
  if (session.json) {
    print_json(session, as_json(session, outcome, top));
  } else {
    as_text(session, outcome, typed, top);
    if (!typed.out.empty())
      session.print("\n" + std::string(session.say("已写出 ", "Written: ")) + screen_safe(typed.out) + "\n");
  }
  return exit_done;
}

}  // namespace

void add_propagate(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<TypedPropagate>();
  auto& app = line.command("propagate",
                           {"推算某些企业出问题时全链的损失", "what the chain loses when some enterprises are hit"},
                           {"chainqual propagate my_chain --at A01=0.5",
                            "chainqual propagate my_chain --at A01=0.5 --at B02=1 --direction both",
                            "chainqual propagate large.cqn --at 17=1 --top 50 --out losses.csv"},
                           [&session, typed] { return run_propagate(session, *typed); });
  option(app, session, "CHAIN", typed->path, "",
         {"链文件夹、.json、联系表 .csv 或 .cqn", "chain folder, .json, table of links (.csv) or .cqn"});
  option(app, session, "--at", typed->at, "ENTERPRISE=SHARE",
         {"冲击：企业（编号、信用代码、名称或其一部分）和失去的份额；可重复",
          "a shock: enterprise (id, credit code, name or part of it) and the share of its working lost; repeatable"})
      .allow_extra_args(false);
  option(app, session, "--direction", typed->direction, "downstream|upstream|both",
         {"损失的去向，默认 downstream（供应商→客户）",
          "which way losses travel; default downstream, supplier to customer"});
  flag(app, session, "--uncapped", typed->uncapped,
       {"不封顶的线性方程组（可能无解，会说明谱半径）",
        "the plain linear system; it may have no solution, then its spectral radius is told"});
  option(app, session, "--top", typed->top, "N",
         {"显示前 N 家，默认 20，0 为全部", "how many to show; default 20, 0 for all"});
  option(app, session, "--out", typed->out, "FILE.csv", {"全部受影响企业写成 CSV", "write all enterprises hit as CSV"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
