#include <algorithm>

#include "chainqual/impact/assess.hpp"
#include "chainqual/impact/explain_models.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "model_flags.hpp"

namespace chainqual::cli {
namespace {

struct TypedWhy {
  std::string path;
  std::string enterprise;
  std::vector<std::string> at;
  std::string problem;
  std::string scenario;
  ModelFlags model;
  std::string direction = "downstream";
  std::string paths = "3";
  std::string apart;
  std::string top = "10";
  ReadFlags read;
};

/// One scenario and what it does to the enterprise.
struct Answer {
  std::string name;
  Why why;
};

// The shocks to explain: those typed, those of one problem, or those of all problems of the chain.
std::vector<double> shocks(Session& session, const NamedNetwork& named, const TypedWhy& typed) {
  if (!typed.at.empty()) return shocks_at(named, typed.at);
  const ChainFile* file = named.chain_file();
  if (file == nullptr) {
    throw UsageError({"只有联系的网络没有问题库，请用 --at 企业=份额 给出冲击。",
                      "A network of links alone has no problems; give shocks with --at ENTERPRISE=SHARE."});
  }
  const auto report = assess(file->dossier, {}, session.control(session.say("推算影响", "propagating")));
  session.clear_progress();
  if (typed.problem.empty()) return report.shock;
  for (const auto& found : report.problems) {
    if (found.number != typed.problem) continue;
    if (!found.shocks)
      throw UsageError({"问题 " + screen_safe(found.number) + " 没有推算：" + found.why_not.zh,
                        "Problem " + screen_safe(found.number) + " is not propagated: " + found.why_not.en});
    return combine_shocks(named.network().enterprises(), found.placed);
  }
  std::vector<std::string> numbers;
  for (const auto& found : report.problems) numbers.push_back(found.number);
  const std::string guess = nearest(typed.problem, numbers);
  throw UsageError(
      {"链上没有编号为 " + screen_safe(typed.problem) + " 的问题。" + (guess.empty() ? "" : "是不是 " + guess + "？"),
       "The chain has no problem number " + screen_safe(typed.problem) + "." +
           (guess.empty() ? "" : " Did you mean " + guess + "?")});
}

std::vector<NamedScenario> scenarios_of(Session& session, const NamedNetwork& named, const TypedWhy& typed) {
  if (typed.scenario.empty()) return {{"", lasting(shocks(session, named, typed))}};
  if (!typed.at.empty() || !typed.problem.empty()) {
    throw UsageError(
        {"--scenario 不能与 --at 或 --problem 同用。", "--scenario goes with neither --at nor --problem."});
  }
  return named_scenarios(session, named, typed.scenario, {});
}

WhyNames names_of(const NamedNetwork& named) {
  if (const auto* file = named.chain_file()) return names_of_chain(file->dossier.chain);
  WhyNames names;
  names.enterprise = [&named](EnterpriseId id, Language) { return named.key(id); };
  return names;
}

Json as_json(const Session& session, const NamedNetwork& named, const WhyNames& names, const Why& found) {
  const auto key = [&](EnterpriseId id) { return id.is_none() ? Json(nullptr) : Json(named.key(id)); };
  const auto sector = [&](std::uint32_t id) {
    if (id == Network::none) return Json(nullptr);
    return names.sector ? Json(names.sector(id, session.language)) : Json(id);
  };
  Json json;
  json["model"] = std::string(key_of(found.model));
  json["enterprise"] = named.key(found.enterprise);
  json["name"] = named.name(found.enterprise);
  json["along"] = std::string(key_of(found.along));
  json["loss"] = found.loss;
  json["own"] = found.own;
  json["arrived"] = found.arrived;
  json["capped"] = found.capped;
  json["holds"] = std::string(key_of(found.holds));
  json["binding"] = {
      {"neighbour", key(found.binding.neighbour)},
      {"loss", found.binding.loss},
      {"segment",
       found.binding.segment.is_none() ? Json(nullptr) : Json(named.segment_name(found.binding.segment.value))},
      {"segment_loss", found.binding.segment_loss},
      {"sector", sector(found.binding.sector)}};
  if (const auto& chance = found.chance)
    json["chance"] = {{"runs", chance->runs}, {"level", chance->level}, {"low", chance->low}, {"high", chance->high}};
  if (const auto& worst = found.worst)
    json["worst"] = {{"days", worst->days}, {"day", worst->day}, {"loss", worst->loss}};
  json["rule"] = std::string(key_of(found.rule));
  json["sources"] = Json::array();
  for (const auto& source : found.sources) {
    json["sources"].push_back({{"enterprise", named.key(source.source)},
                               {"name", named.name(source.source)},
                               {"shock", source.shock},
                               {"loss", source.loss},
                               {"share", source.share},
                               {"difference", source.difference}});
  }
  json["paths"] = Json::array();
  for (const auto& path : found.paths) {
    Json nodes = Json::array();
    for (const EnterpriseId id : path.enterprises) nodes.push_back(named.key(id));
    json["paths"].push_back({{"enterprises", nodes}, {"passed", path.passed}, {"loss", path.loss}});
  }
  json["notes"] = Json::array();
  for (const Text& note : found.notes) json["notes"].push_back(text_json(note));
  json["sentence"] = text_json(found.sentence);
  return json;
}

void print_sources(Session& session, const NamedNetwork& named, const Why& found, std::size_t top) {
  session.print("\n" + session.ink()(Ink::bold, session.say("损失来自", "Where the loss comes from")) + " · " +
                std::string(label_of(found.rule, session.language)) + "\n");
  Table table;
  table.column("#", Align::right);
  table.column(std::string(session.say("源头", "source")), Align::left, true);
  table.column(std::string(session.say("自身冲击", "own shock")), Align::right);
  table.column(std::string(session.say("带来的损失", "its part")), Align::right);
  table.column(std::string(session.say("占比", "share")), Align::right);
  const bool removed = found.rule == SplitRule::remove_one;
  const bool raw = removed || found.rule == SplitRule::alone;
  if (raw)
    table.column(std::string(removed ? session.say("没有它损失减少", "falls without it by")
                                     : session.say("单独造成", "effect alone")),
                 Align::right);
  table.column("");
  constexpr double least = 0.0005;  // a smaller part would read as 0.0 %
  std::size_t shown = 0;
  for (const auto& source : found.sources) {
    if (shown == top || (source.share < least && shown > 0)) break;
    std::vector<Table::Cell> cells{std::to_string(++shown), named.name(source.source), percent(source.shock),
                                   percent(source.loss), percent(source.share)};
    if (raw) cells.emplace_back(percent(source.difference));
    cells.emplace_back(bar(source.share, 16), Ink::cyan);
    table.row(std::move(cells));
  }
  session.print(table.text(session.ink(), session.width()));
  if (shown == found.sources.size()) return;
  const double rest = found.sources[shown].share;
  const std::string more = std::string(session.say("  … 另有 ", "  … and ")) +
                           std::to_string(found.sources.size() - shown) +
                           std::string(session.say(" 个源头，各占", " more, each "));
  session.print(more + (rest < least ? std::string(session.say("不足 0.1%\n", "below 0.1%\n"))
                                     : std::string(session.say("不超过 ", "")) + percent(rest) +
                                           std::string(session.say("\n", " or less\n"))));
}

void print_paths(Session& session, const NamedNetwork& named, const Why& found) {
  const std::string_view way = found.along == Along::downstream
                                   ? session.say("，自供应商到客户", ", from supplier to customer")
                                   : session.say("，自客户到供应商", ", from customer to supplier");
  session.print("\n" +
                session.ink()(Ink::bold, std::string(session.say("损失最多的路径", "The paths that carry most")) +
                                             std::string(way)) +
                "\n");
  for (const auto& path : found.paths) {
    std::string line = pad_to_width(percent(path.loss), 7, Align::right) + "  ";
    for (std::size_t k = 0; k < path.enterprises.size(); ++k) {
      if (k > 0) line += " → ";  // the way the loss goes, as in the sentence
      line += screen_safe(named.name(path.enterprises[k]));
    }
    session.print("  " + wrapped(line, session.text_width(), std::string(11, ' '), 2) + "\n");
  }
}

void as_text(Session& session, const NamedNetwork& named, const Answer& answer, std::size_t top) {
  const Why& found = answer.why;
  const std::string scenario = answer.name.empty() ? "" : " · " + screen_safe(answer.name);
  session.print(session.ink()(Ink::bold, screen_safe(named.name(found.enterprise))) + scenario + "\n  " +
                wrapped(screen_safe(session.say(found.sentence)), session.text_width(), "  ", 2) + "\n");
  if (!found.sources.empty()) print_sources(session, named, found, top);
  if (!found.paths.empty()) print_paths(session, named, found);
  for (const Text& note : found.notes)
    session.print("\n  " + wrapped(screen_safe(session.say(note)), session.text_width(), "  ", 2) + "\n");
}

/// How many sources are told apart where the user says nothing: a run each, but under the linear model, and those of
/// models with days take their time on large networks.
std::uint32_t standard_apart(const ModelOptions& model, std::uint64_t links) {
  constexpr std::uint32_t most = 100;
  constexpr std::uint32_t least = 10;
  constexpr double bearable = 2e9;  // links × days of all runs: some ten seconds
  if (model.model == Model::linear) return WhyOptions{}.separate_sources;
  if (model.model != Model::dynamics) return most;
  const double runs = bearable / (static_cast<double>(links + 1) * model.dynamics.days);
  return static_cast<std::uint32_t>(std::clamp<double>(runs, least, most));
}

WhyOptions why_options(const TypedWhy& typed) {
  require_one_of("--direction", typed.direction, {"downstream", "upstream"});
  WhyOptions options;
  options.along = typed.direction == "downstream" ? Along::downstream : Along::upstream;
  options.paths = static_cast<std::uint32_t>(count_option("--paths", typed.paths, 0, 1000));
  if (!typed.apart.empty())
    options.separate_sources = static_cast<std::uint32_t>(count_option("--apart", typed.apart, 1, 1'000'000));
  return options;
}

int run_why(Session& session, const TypedWhy& typed) {
  require_given("CHAIN", typed.path);
  require_given("ENTERPRISE", typed.enterprise);
  check(typed.model);
  WhyOptions options = why_options(typed);
  const std::size_t top = top_option(typed.top);
  const NamedNetwork named(session, typed.path, typed.read);
  const ModelOptions model = model_options(typed.model, table_names(named));
  if (typed.apart.empty()) options.separate_sources = standard_apart(model, named.network().links());
  const EnterpriseId target = named.resolve(typed.enterprise);
  const WhyNames names = names_of(named);
  std::vector<Answer> answers;
  for (const auto& [name, placed] : scenarios_of(session, named, typed)) {
    answers.push_back({name, why(named.network(), placed, target, model, options, names,
                                 session.control(session.say("解释", "explaining")))});
    session.clear_progress();
  }
  if (session.json) {
    Json json = answer(session);
    if (typed.scenario.empty()) {
      json.update(as_json(session, named, names, answers.front().why));
    } else {
      json["scenarios"] = Json::array();
      for (const Answer& one : answers) {
        Json row{{"scenario", one.name}};
        row.update(as_json(session, named, names, one.why));
        json["scenarios"].push_back(std::move(row));
      }
    }
    print_json(session, json);
    return exit_done;
  }
  for (std::size_t k = 0; k < answers.size(); ++k) {
    if (k > 0) session.print("\n");
    as_text(session, named, answers[k], top);
  }
  return exit_done;
}

}  // namespace

void add_why(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<TypedWhy>();
  auto& app = line.command("why",
                           {"解释一家企业为什么受到损失：来源、路径、一句话",
                            "why an enterprise loses what it loses: sources, paths, a sentence"},
                           {"chainqual why my_chain 曙光", "chainqual why my_chain A01 --problem P03",
                            "chainqual why my_chain A01 --at B02=1 --direction upstream",
                            "chainqual why my_chain A01 --scenario flood.json --model dynamics --days 180"},
                           [&session, typed] { return run_why(session, *typed); });
  option(app, session, "CHAIN", typed->path, "",
         {"链文件夹、.json、联系表 .csv 或 .cqn", "chain folder, .json, table of links (.csv) or .cqn"});
  option(app, session, "ENTERPRISE", typed->enterprise, "",
         {"编号、信用代码、名称或其一部分", "id, credit code, name or part of it"});
  option(app, session, "--at", typed->at, "ENTERPRISE=SHARE",
         {"解释这些冲击；不给时为全部问题一起", "explain these shocks; else all problems together"})
      .allow_extra_args(false);
  option(app, session, "--problem", typed->problem, "NUMBER", {"只看这一个问题", "this problem alone"});
  option(app, session, "--scenario", typed->scenario, "FILE",
         {"解释情景文件（JSON，格式见 simulate --help）中的每个情景",
          "explain each scenario of a file (JSON; its form: simulate --help)"});
  add_model_flags(app, session, typed->model, Model::linear);
  option(app, session, "--direction", typed->direction, "downstream|upstream",
         {"损失的去向，默认 downstream", "which way losses travel; default downstream"});
  option(app, session, "--paths", typed->paths, "N", {"显示几条路径，默认 3", "how many paths; default 3"});
  option(app, session, "--apart", typed->apart, "N",
         {"最多分开计算几个源头，其余合并；默认 linear 1000，其他 100，dynamics 在大网络上更少",
          "how many sources to tell apart, the rest together; default 1000 (linear), else 100 (dynamics on large "
          "networks: fewer)"});
  option(app, session, "--top", typed->top, "N",
         {"显示几个源头，默认 10，0 为全部", "how many sources; default 10, 0 for all"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
