#include "chainqual/impact/mitigation.hpp"

#include <algorithm>

#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/measures_json.hpp"
#include "chainqual/io/scenario_json.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "input.hpp"
#include "mitigate_text.hpp"
#include "model_flags.hpp"

namespace chainqual::cli {
namespace {

struct TypedMitigate {
  std::string path;
  std::string budget;
  std::string measures;
  bool suggest = false;
  bool same_segment = false;
  std::string share;
  std::string stock_days;
  std::string scenario;
  std::vector<std::string> weight;
  ModelFlags model;
  std::string loss = "combined";
  std::string cost_alternate;
  std::string cost_stock_day;
  bool exact = false;
  bool greedy = false;
  std::string top = "15";
  std::string out;
  std::string write;
  ReadFlags read;
};

constexpr double most_money = 1e12;

std::optional<double> money_option(const std::string& name, const std::string& text) {
  if (text.empty()) return std::nullopt;
  return number_option(name, text, 0, most_money);
}

MitigationOptions options_of(const TypedMitigate& typed) {
  MitigationOptions options;
  require_one_of("--loss", typed.loss, {"combined", "downstream", "upstream"});
  options.counted = *value_named<LossKind>(typed.loss);
  options.budget = money_option("--budget", typed.budget).value_or(0);
  options.cost_alternate = money_option("--cost-alternate", typed.cost_alternate);
  options.cost_stock_day = money_option("--cost-stock-day", typed.cost_stock_day);
  for (const std::string& weight : typed.weight) {
    options.scenario_weight.push_back(number_option("--weight", weight, 0, most_money));
  }
  if (!typed.weight.empty() && typed.scenario.empty()) {
    throw UsageError({"--weight 是 --scenario 文件中各情景的权重，没有给出情景文件。",
                      "--weight weighs the scenarios of --scenario, and no such file is given."});
  }
  if (typed.exact && typed.greedy) {
    throw UsageError({"--exact 与 --greedy 只能选一个。", "Give --exact or --greedy, not both."});
  }
  if (typed.exact) options.method = SelectionMethod::exact;
  if (typed.greedy) options.method = SelectionMethod::greedy;
  return options;
}

/// Those of the file, then those that the chain suggests.
std::vector<Measure> measures_of(Session& session, const Dossier& dossier, const TypedMitigate& typed, Model model) {
  std::vector<Measure> measures;
  if (!typed.measures.empty()) measures = read_measures(typed.measures);
  if (!typed.measures.empty() && !typed.suggest) return measures;
  SuggestOptions options;
  options.same_product = !typed.same_segment;
  if (!typed.share.empty()) options.share = number_option("--share", typed.share, 0, 1);
  if (model == Model::dynamics) options.stock_days = 10;
  if (!typed.stock_days.empty()) options.stock_days = number_option("--stock-days", typed.stock_days, 0, 36'500);
  for (Measure& each : suggest_measures(dossier, options, session.control())) {
    // What the file has already, with its price, is not proposed again.
    const bool known = std::any_of(measures.begin(), measures.end(), [&](const Measure& given) {
      return given.kind == each.kind && given.alternate == each.alternate && given.stock == each.stock &&
             given.project.project == each.project.project;
    });
    if (!known) measures.push_back(std::move(each));
  }
  if (measures.empty()) {
    throw UsageError(
        {"链上没有可以建议的措施：没有未解决问题的攻关项目，也没有独家供应而有同类企业的投入。请用 --measures 给出，"
         "或加 --same-segment 放宽。",
         "The chain suggests no measures: no project with an open problem, and no input of one source "
         "that others make too. Give some with --measures, or widen with --same-segment."});
  }
  return measures;
}

Json measure_json(const Session& session, const MitigationView& view, std::size_t k) {
  const Measure& measure = view.measures[k];
  const MeasureOutcome& outcome = view.result.outcomes[k];
  Json row{{"measure", k + 1},
           {"kind", key_of(measure.kind)},
           {"title", measure_title(session, view.dossier, measure)},
           {"fate", key_of(outcome.fate)},
           {"cost", outcome.cost ? Json(*outcome.cost) : Json(nullptr)},
           {"avoided_alone", outcome.avoided_alone}};
  if (outcome.per_cost) row["avoided_alone_per_cost"] = *outcome.per_cost;
  if (!outcome.why.en.empty()) row["why"] = session.say(outcome.why);
  return row;
}

Json as_json(const Session& session, const MitigationView& view) {
  const MitigationResult& found = view.result;
  const auto optional = [](const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); };
  Json json = answer(session);
  json["model"] = key_of(found.model);
  json["counted"] = key_of(found.counted);
  json["scenarios"] = found.scenarios;
  json["weight"] = found.weight;
  json["loss_before"] = found.loss_before;
  json["loss_after"] = found.loss_after;
  json["avoided"] = found.avoided;
  json["budget"] = found.budget;
  json["spent"] = found.spent;
  json["chosen"] = Json::array();
  for (const ChosenMeasure& each : found.chosen) {
    json["chosen"].push_back({{"measure", each.measure + 1},
                              {"title", measure_title(session, view.dossier, view.measures[each.measure])},
                              {"cost", each.cost},
                              {"avoided", each.avoided},
                              {"avoided_alone", each.avoided_alone},
                              {"avoided_per_cost", optional(each.per_cost)},
                              {"spent", each.spent},
                              {"loss", each.loss}});
  }
  json["frontier"] = Json::array();
  for (const FrontierPoint& point : found.frontier) {
    json["frontier"].push_back({{"spent", point.spent}, {"avoided", point.worth}});
  }
  json["frontier_exact"] = found.frontier_exact;
  json["measures"] = Json::array();
  for (std::size_t k = 0; k < view.measures.size(); ++k) json["measures"].push_back(measure_json(session, view, k));
  json["returns"] = key_of(found.returns);
  json["found_by"] = key_of(found.found_by);
  json["optimal"] = found.optimal;
  json["guarantee"] = optional(found.guarantee);
  json["bound"] = optional(found.bound);
  json["runs"] = found.runs;
  json["sets"] = found.sets;
  json["note"] = session.say(found.note);
  return json;
}

/// Every measure: the chosen ones first, in their order.
void write_csv(const Session& session, const MitigationView& view, const std::string& path) {
  const MitigationResult& found = view.result;
  write_atomically(path, [&](OutputFile& file) {
    CsvWriter::Options options;
    options.byte_order_mark = true;
    CsvWriter writer(file, options);
    for (const char* heading : {"order", "measure", "kind", "title", "fate", "cost", "avoided", "avoided_per_cost",
                                "avoided_alone", "spent", "loss", "why"})
      writer.text(heading);
    writer.end();
    const auto number = [&](const std::optional<double>& value) {
      if (value) {
        writer.number(*value);
      } else {
        writer.empty();
      }
    };
    const auto start = [&](std::size_t k) {
      writer.number(std::uint64_t{k + 1}).text(key_of(view.measures[k].kind));
      writer.text(measure_title(session, view.dossier, view.measures[k])).text(key_of(found.outcomes[k].fate));
      number(found.outcomes[k].cost);
    };
    for (std::size_t k = 0; k < found.chosen.size(); ++k) {
      const ChosenMeasure& each = found.chosen[k];
      writer.number(std::uint64_t{k + 1});
      start(each.measure);
      writer.number(each.avoided);
      number(each.per_cost);
      writer.number(each.avoided_alone).number(each.spent).number(each.loss);
      writer.text(session.say(found.outcomes[each.measure].why)).end();
    }
    for (std::size_t k = 0; k < found.outcomes.size(); ++k) {
      if (found.outcomes[k].fate == MeasureFate::chosen) continue;
      writer.empty();
      start(k);
      writer.empty().empty().number(found.outcomes[k].avoided_alone).empty().empty();
      writer.text(session.say(found.outcomes[k].why)).end();
    }
  });
}

void write_measures(const std::vector<Measure>& measures, const std::string& path) {
  write_atomically(path, measures_to_json(measures));
}

int run_mitigate(Session& session, const TypedMitigate& typed) {
  require_given("CHAIN", typed.path);
  check(typed.model);
  MitigationOptions options = options_of(typed);
  const std::size_t top = top_option(typed.top);
  if (typed.budget.empty() && typed.write.empty()) {
    throw UsageError({"请用 --budget 给出预算（万元）。", "Give the budget with --budget, in 10,000 yuan."});
  }
  const ChainFile chain = load_chain(session, typed.path, typed.read);
  options.model = model_options(typed.model, table_names(chain.dossier.chain));
  const std::vector<Measure> measures = measures_of(session, chain.dossier, typed, options.model.model);
  const auto written = [&](const std::string& path) {
    if (!path.empty() && !session.json)
      session.print(std::string(session.say("已写出 ", "Written: ")) + screen_safe(path) + "\n");
  };
  if (!typed.write.empty()) write_measures(measures, typed.write);
  if (typed.budget.empty()) {
    if (session.json) {
      Json json = answer(session);
      json["measures"] = measures.size();
      print_json(session, json);
    }
    written(typed.write);
    return exit_done;
  }
  const std::vector<Scenario> scenarios =
      typed.scenario.empty() ? std::vector<Scenario>{} : read_scenarios(typed.scenario);
  const MitigationResult result = mitigate(chain.dossier, measures, scenarios, options,
                                           session.control(session.say("比较措施", "comparing measures")));
  session.clear_progress();
  const MitigationView view{chain.dossier, measures, result, scenarios.empty()};
  if (!typed.out.empty()) write_csv(session, view, typed.out);
  if (session.json) {
    print_json(session, as_json(session, view));
    return exit_done;
  }
  print_mitigation(session, view, top);
  written(typed.write);
  written(typed.out);
  return exit_done;
}

}  // namespace

void add_mitigate(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<TypedMitigate>();
  auto& app = line.command(
      "mitigate",
      {"在预算之内选出最能减少损失的措施：备选供方、备货、攻关项目",
       "choose what avoids most loss under a budget: alternates, stocks, breakthrough projects"},
      {"chainqual mitigate my_chain --write measures.json",
       "chainqual mitigate my_chain --budget 500 --measures measures.json",
       "chainqual mitigate my_chain --budget 500 --cost-alternate 80 --scenario flood.json --model cascade",
       "chainqual mitigate my_chain --budget 200 --model dynamics --cost-stock-day 3"},
      [&session, typed] { return run_mitigate(session, *typed); });
  option(app, session, "CHAIN", typed->path, "", {"链文件夹或 .json", "chain folder or .json"});
  option(app, session, "--budget", typed->budget, "MONEY", {"预算，万元", "the budget, in 10,000 yuan"});
  option(app, session, "--measures", typed->measures, "FILE",
         {"备选措施（JSON）；不给时由产业链自身建议", "measures to choose from (JSON); else what the chain suggests"});
  flag(app, session, "--suggest", typed->suggest,
       {"文件之外再加上产业链自身建议的措施", "what the chain suggests as well as the file's"});
  flag(app, session, "--same-segment", typed->same_segment,
       {"建议备选供方时只要求同环节，不要求同产品", "suggest alternates of the same segment, whatever they make"});
  option(app, session, "--share", typed->share, "SHARE",
         {"建议的备选供方接过的份额，默认 0.5", "share that suggested alternates take over; default 0.5"});
  option(app, session, "--stock-days", typed->stock_days, "N",
         {"建议多备的天数；dynamics 默认 10，其他模型不建议备货",
          "days of suggested stocks; default 10 with dynamics, none with other models"});
  option(app, session, "--cost-alternate", typed->cost_alternate, "MONEY",
         {"没有标价的备选供方每家多少万元", "cost of an alternate that has none of its own, in 10,000 yuan"});
  option(app, session, "--cost-stock-day", typed->cost_stock_day, "MONEY",
         {"没有标价的备货每天多少万元", "cost of a day of stock that has none of its own, in 10,000 yuan"});
  option(app, session, "--scenario", typed->scenario, "FILE",
         {"情景文件（JSON，格式见 simulate --help）；不给时逐一看登记的质量问题",
          "scenarios (JSON; their form: simulate --help); else the registered problems one by one"});
  option(app, session, "--weight", typed->weight, "W",
         {"各情景的权重或概率，按文件次序，可重复；默认相同",
          "weight or chance of each scenario, in the order of the file; "
          "repeatable; default: all alike"});
  add_model_flags(app, session, typed->model, Model::linear);
  option(app, session, "--loss", typed->loss, "combined|downstream|upstream",
         {"要减少的损失，默认 combined", "which loss to avoid; default combined"});
  flag(app, session, "--exact", typed->exact,
       {"逐一比较所有组合，哪怕很久", "compare all affordable sets, however long it takes"});
  flag(app, session, "--greedy", typed->greedy, {"只用贪心法", "choose step by step only"});
  option(app, session, "--top", typed->top, "N",
         {"没有入选的措施显示前 N 项，默认 15，0 为全部", "how many of those left out to show; default 15, 0 for all"});
  option(app, session, "--out", typed->out, "FILE", {"全部措施写成 CSV", "write all measures as CSV"});
  option(app, session, "--write", typed->write, "FILE",
         {"把备选措施写成 JSON，供填写费用", "write the measures to choose from as JSON, for prices to be filled in"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
