#include "ensemble.hpp"

#include <algorithm>
#include <numeric>

#include "chainqual/impact/place.hpp"
#include "chainqual/impact/study.hpp"
#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/scenario_json.hpp"
#include "chainqual/io/study_json.hpp"
#include "commands.hpp"
#include "findings.hpp"

namespace chainqual::cli {
namespace {

/// One scenario over all samples.
struct Studied {
  std::string name;
  ApartShocks shocks;
  EnsembleResult result;
  std::vector<std::uint32_t> order;  // enterprises that lose anything, highest mean first
};

std::vector<Studied> scenarios_of(Session& session, const NamedNetwork& named, const EnsembleRequest& request) {
  if (request.scenario.empty() == request.at.empty()) {
    throw UsageError({"请给出 --scenario 文件或 --at 企业=份额，二者取一。",
                      "Give either --scenario FILE or --at ENTERPRISE=SHARE."});
  }
  std::vector<Studied> found;
  const std::uint32_t n = named.network().enterprises();
  if (!request.at.empty()) {
    found.push_back({std::string(session.say("给定冲击", "given shocks")), {n, {}}, {}, {}});
    for (const std::string& one : request.at)
      found.back().shocks.shocks.push_back(lasting(shocks_at(named, {one})).disruptions);
    return found;
  }
  const ChainFile* chain = named.chain_file();
  if (chain == nullptr) {
    throw UsageError({"--scenario 需要链文件夹或 .json，联系表和 .cqn 里没有环节、产品和问题。请改用 --at。",
                      "--scenario needs a chain folder or .json: tables of links and .cqn hold no segments, products "
                      "or problems. Use --at instead."});
  }
  for (const Scenario& scenario : read_scenarios(request.scenario)) {
    if (place(chain->dossier, scenario, {}, session.control()).directed()) {
      throw UsageError(
          {"--ensemble 中的冲击只能有一个幅度；magnitude_downstream 与 magnitude_upstream 请改为 magnitude。",
           "Shocks of --ensemble have one magnitude: give magnitude in place of magnitude_downstream and "
           "magnitude_upstream."});
    }
    std::string name = name_in(scenario, session.language);
    if (name.empty()) name = std::string(session.say("情景 ", "scenario ")) + std::to_string(found.size() + 1);
    found.push_back({std::move(name), {n, {}}, {}, {}});
    for (const ScenarioShock& shock : scenario.shocks) {
      Scenario alone;
      alone.shocks.push_back(shock);
      found.back().shocks.shocks.push_back(place(chain->dossier, alone, {}, session.control()).disruptions);
    }
  }
  return found;
}

void run_all(Session& session, const NamedNetwork& named, const ModelOptions& options, const Study& study,
             std::vector<Studied>& scenarios) {
  for (Studied& one : scenarios) {
    one.result = run_study(named.network(), one.shocks, options, study,
                           session.control(session.say("多次仿真", "simulating samples")));
    session.clear_progress();
    const std::vector<double>& mean = one.result.mean;
    for (std::uint32_t v = 0; v < mean.size(); ++v) {
      if (mean[v] > 0) one.order.push_back(v);
    }
    std::stable_sort(one.order.begin(), one.order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return mean[a] > mean[b]; });
  }
}

Json spread_json(const Spread& spread) {
  return {{"mean", spread.mean},           {"standard_error", spread.standard_error},
          {"deviation", spread.deviation}, {"least", spread.least},
          {"most", spread.most},           {"quantiles", spread.quantiles}};
}

Json as_json(const Session& session, const NamedNetwork& named, const ModelOptions& options, const Study& study,
             const std::vector<Studied>& scenarios, std::size_t top) {
  Json json = answer(session);
  json["model"] = std::string(key_of(options.model));
  json["enterprises"] = named.network().enterprises();
  json["samples"] = study.samples;
  json["seed"] = study.seed;
  json["quantiles"] = study.quantiles;
  json["scenarios"] = Json::array();
  for (const Studied& one : scenarios) {
    const EnsembleResult& result = one.result;
    Json row{{"name", one.name},
             {"index", spread_json(result.index)},
             {"index_downstream", spread_json(result.index_downstream)},
             {"index_upstream", spread_json(result.index_upstream)},
             {"not_converged", result.not_converged}};
    if (&one != &scenarios.front()) {
      const PairedDifference paired = paired_difference(scenarios.front().result.indices, result.indices);
      row["beside_first"] = {
          {"mean", paired.mean}, {"standard_error", paired.standard_error}, {"share_below", paired.share_below}};
    }
    row["losses"] = Json::array();
    const std::size_t n = result.mean.size();
    for (std::size_t k = 0; k < std::min(top, one.order.size()); ++k) {
      const std::uint32_t v = one.order[k];
      std::vector<double> quantiles;
      for (std::size_t q = 0; q < result.shares.size(); ++q) quantiles.push_back(result.quantiles[q * n + v]);
      row["losses"].push_back({{"rank", k + 1},
                               {"enterprise", named.key(EnterpriseId(v))},
                               {"name", named.name(EnterpriseId(v))},
                               {"mean", result.mean[v]},
                               {"deviation", result.deviation[v]},
                               {"quantiles", quantiles}});
    }
    json["scenarios"].push_back(std::move(row));
  }
  return json;
}

void write_csv(const NamedNetwork& named, const std::vector<Studied>& scenarios, const std::string& path) {
  write_atomically(path, [&](OutputFile& file) {
    CsvWriter::Options options;
    options.byte_order_mark = true;
    CsvWriter writer(file, options);
    for (const char* heading : {"scenario", "rank", "enterprise", "name", "mean", "deviation"}) writer.text(heading);
    for (const double share : scenarios.front().result.shares) writer.text("q" + shortest(share));
    writer.end();
    for (const Studied& one : scenarios) {
      const EnsembleResult& result = one.result;
      for (std::size_t k = 0; k < one.order.size(); ++k) {
        const std::uint32_t v = one.order[k];
        writer.text(one.name).number(std::uint64_t{k + 1});
        writer.text(named.key(EnterpriseId(v))).text(named.name(EnterpriseId(v)));
        writer.number(result.mean[v]).number(result.deviation[v]);
        for (std::size_t q = 0; q < result.shares.size(); ++q)
          writer.number(result.quantiles[q * result.mean.size() + v]);
        writer.end();
      }
    }
  });
}

void as_text(Session& session, const NamedNetwork& named, const Studied& one, std::size_t top) {
  const auto say = [&](std::string_view zh, std::string_view en) { return std::string(session.say(zh, en)); };
  const EnsembleResult& result = one.result;
  std::string line = screen_safe(one.name) + say("：全链损失平均 ", ": the chain loses ") + percent(result.index.mean) +
                     " ± " + percent(result.index.standard_error) + say("（标准误）", " on average (standard error)") +
                     say("，", ", ") + percent(result.index.least) + " … " + percent(result.index.most);
  for (std::size_t q = 0; q < result.shares.size(); ++q) {
    line += say("；", "; ") + say("分位 ", "quantile ") + percent(result.shares[q]) + say("：", ": ") +
            percent(result.index.quantiles[q]);
  }
  session.print(wrapped(line, session.text_width(), "", 2) + "\n\n");
  Table table;
  table.column("#", Align::right);
  table.column(say("企业", "enterprise"), Align::left, true);
  table.column(say("平均损失", "mean loss"), Align::right);
  table.column(say("标准差", "deviation"), Align::right);
  for (const double share : result.shares) table.column(percent(share), Align::right);
  table.column("");
  const std::size_t n = result.mean.size();
  for (std::size_t k = 0; k < std::min(top, one.order.size()); ++k) {
    const std::uint32_t v = one.order[k];
    std::vector<Table::Cell> cells{std::to_string(k + 1), named.name(EnterpriseId(v)), percent(result.mean[v]),
                                   percent(result.deviation[v])};
    for (std::size_t q = 0; q < result.shares.size(); ++q) cells.emplace_back(percent(result.quantiles[q * n + v]));
    cells.emplace_back(bar(result.mean[v] / result.mean[one.order.front()], 16), Ink::cyan);
    table.row(std::move(cells));
  }
  session.print(table.text(session.ink(), session.width()));
  if (one.order.size() > top) {
    session.print(say("  … 另有 ", "  … and ") + grouped(one.order.size() - top) +
                  say(" 家；--top 0 全部列出，--out 写成 CSV。\n", " more; --top 0 lists all, --out writes CSV.\n"));
  }
  if (result.not_converged != 0) {
    session.print("\n  " + grouped(result.not_converged) +
                  say(" 次在步数上限内没有停下。\n", " samples did not stop within the limit of steps.\n"));
  }
  session.print("\n");
}

void print_differences(Session& session, const std::vector<Studied>& scenarios) {
  if (scenarios.size() < 2) return;
  session.print(session.ink()(Ink::bold, session.say("与第一个情景相比（同一组样本，逐个样本相减）",
                                                     "Beside the first scenario (the same samples, one by one)")) +
                "\n");
  for (std::size_t k = 1; k < scenarios.size(); ++k) {
    const PairedDifference paired = paired_difference(scenarios.front().result.indices, scenarios[k].result.indices);
    session.print("  " + screen_safe(scenarios[k].name) + std::string(session.say("：", ": ")) +
                  (paired.mean < 0 ? "−" : "+") + percent(std::abs(paired.mean)) + " ± " +
                  percent(paired.standard_error) + std::string(session.say("，在 ", ", smaller in ")) +
                  percent(paired.share_below) + std::string(session.say(" 的样本中更小\n", " of the samples\n")));
  }
  session.print("\n");
}

}  // namespace

int run_ensemble(Session& session, const NamedNetwork& named, const ModelOptions& options,
                 const EnsembleRequest& request) {
  const Study study = read_study(request.study);
  std::vector<Studied> scenarios = scenarios_of(session, named, request);
  run_all(session, named, options, study, scenarios);
  if (!request.out.empty()) write_csv(named, scenarios, request.out);
  if (session.json) {
    print_json(session, as_json(session, named, options, study, scenarios, request.top));
    return exit_done;
  }
  session.print(std::string(session.say("模型：", "model: ")) + std::string(label_of(options.model, session.language)) +
                std::string(session.say("；样本数：", "; samples: ")) + grouped(study.samples) +
                std::string(session.say("；种子：", "; seed: ")) + std::to_string(study.seed) + "\n\n");
  for (const Studied& one : scenarios) as_text(session, named, one, request.top);
  print_differences(session, scenarios);
  if (!request.out.empty())
    session.print(std::string(session.say("已写出 ", "Written: ")) + screen_safe(request.out) + "\n");
  return exit_done;
}

}  // namespace chainqual::cli
