#include <filesystem>

#include "assess_text.hpp"
#include "chainqual/impact/assess.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/report.hpp"
#include "chainqual/io/scenario_json.hpp"
#include "chainqual/map/html.hpp"
#include "chainqual/map/layout.hpp"
#include "chainqual/map/print.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "model_flags.hpp"
#include "output_folder.hpp"

namespace chainqual::cli {
namespace {

struct Options {
  std::string path;
  std::string out;
  std::string top = "10";
  std::string measure = "downstream";
  std::string panel = "mean";
  std::string ungraded;
  std::string segment_shock = "whole";
  bool include_solved = false;
  ModelFlags model;
  std::string scenario;
  ReadFlags read;
};

AssessOptions settled(const Options& typed) {
  AssessOptions options;
  require_one_of("--measure", typed.measure, {"downstream", "upstream", "combined"});
  require_one_of("--panel", typed.panel, {"mean", "trimmed_mean", "median"});
  options.measure = *value_named<LossKind>(typed.measure);
  options.panel.consensus = *value_named<Consensus>(typed.panel);
  require_one_of("--segment-shock", typed.segment_shock, {"whole", "by_weight"});
  options.shock.segment = *value_named<SegmentShock>(typed.segment_shock);
  options.shock.include_solved = typed.include_solved;
  check(typed.model);
  if (!typed.ungraded.empty()) options.shock.ungraded = number_option("--ungraded", typed.ungraded, 0, 1);
  return options;
}

// Everything is computed before the first file is begun, so that the moment in which files are made is short.
void write_all(Session& session, const Dossier& dossier, const AssessReport& report, OutputFolder& folder) {
  SvgOptions picture;
  picture.language = session.language;
  const Scene scene = chain_scene(dossier, &report, picture);
  const std::string svg = to_svg(scene);
  PrintOptions print;
  print.date = dossier.info.date;
  const std::string pdf = can_print() ? to_pdf(scene, print) : std::string();
  const Control control = session.control();
  HtmlOptions page;
  page.language = session.language;
  const std::string html = chain_html(dossier, &report, page, control);
  std::filesystem::path place;
  for (const auto& name : report_files()) place = folder.file(name).parent_path();
  const std::filesystem::path map = folder.file("map.svg");
  const std::filesystem::path interactive = folder.file("map.html");
  try {
    write_report(dossier, report, place, session.language, control);
    write_atomically(map, svg);
    write_atomically(interactive, html);
    if (!pdf.empty()) write_atomically(folder.file("map.pdf"), pdf);
  } catch (const Error& error) {
    throw folder.in_place(error);
  }
  throw_if_cancelled(control);
  folder.commit();
}

int run(Session& session, const Options& typed) {
  require_given("CHAIN", typed.path);
  AssessOptions options = settled(typed);
  const std::size_t top = top_option(typed.top);
  const std::string out = typed.out.empty() ? stem_of(typed.path) + "-assessment" : typed.out;
  if (!typed.scenario.empty()) options.scenarios = read_scenarios(typed.scenario);
  OutputFolder folder(out);  // first, so that a folder that cannot be written is told before the long work
  const ChainFile file = load_chain(session, typed.path, typed.read, Tell::findings);
  options.propagation = model_options(typed.model, table_names(file.dossier.chain));
  const AssessReport report = assess(file.dossier, options, session.control(session.say("推算影响", "propagating")));
  session.clear_progress();
  write_all(session, file.dossier, report, folder);
  if (session.json) {
    Json json = answer(session);
    json["findings"] = findings_json(file.findings);
    json["report"] = Json::parse(report_json(file.dossier, report));
    json["written"] = Json::array();
    for (const auto& path : folder.files()) json["written"].push_back(path.string());
    print_json(session, json);
  } else {
    print_assessment(session, file.dossier, report, top, folder);
  }
  return exit_done;
}

}  // namespace

void add_assess(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<Options>();
  auto& app = line.command("assess",
                           {"评估一条链：校验、分级、推算影响、排名，写出表格、报告和产业链图",
                            "assess a chain: check, grade, propagate, rank; writes tables, report and map"},
                           {"chainqual assess my_chain", "chainqual assess my_chain --out results --lang en --top 20",
                            "chainqual assess my_chain --model cascade --scenario flood.json",
                            "chainqual assess my_chain.json --json > report.json"},
                           [&session, typed] { return run(session, *typed); });
  option(app, session, "CHAIN", typed->path, "", {"链文件夹，或 .json 文件", "chain folder, or .json file"});
  option(app, session, "--out", typed->out, "FOLDER",
         {"结果写到这里；不给时为 <链>-assessment", "where results go; else <chain>-assessment"});
  option(app, session, "--top", typed->top, "N",
         {"排名显示前 N 名，默认 10，0 为全部", "how many of each ranking to show; default 10, 0 for all"});
  option(
      app, session, "--measure", typed->measure, "downstream|upstream|combined",
      {"排名与证据所用的损失，默认 downstream（向下游）", "loss that rankings and evidence go by; default downstream"});
  option(app, session, "--panel", typed->panel, "mean|trimmed_mean|median",
         {"多名专家评分的合成方法，默认 mean（平均）", "how several experts' scores become one; default mean"});
  option(app, session, "--ungraded", typed->ungraded, "SHARE",
         {"未分级问题的冲击大小（0 到 1）；不给时不推算",
          "shock of problems without a grade, 0 to 1; else they shock nobody"});
  option(app, session, "--segment-shock", typed->segment_shock, "whole|by_weight",
         {"没有指明企业的问题：whole 环节内每家全额承受（默认），by_weight 按权重分摊",
          "a problem that names no enterprise: whole, each of its segment has it (default), or by_weight, shared out"});
  add_model_flags(app, session, typed->model, Model::linear);
  option(app, session, "--scenario", typed->scenario, "FILE",
         {"情景文件（JSON）：与问题一并推算，各自单独列出",
          "scenarios (JSON), propagated beside the problems, each by itself"});
  flag(app, session, "--include-solved", typed->include_solved,
       {"已解决的问题也推算", "solved problems shock as well"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
