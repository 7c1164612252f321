#include <filesystem>

#include "assess_flags.hpp"
#include "assess_text.hpp"
#include "chainqual/impact/assess.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/report.hpp"
#include "chainqual/map/html.hpp"
#include "chainqual/map/layout.hpp"
#include "chainqual/map/print.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "output_folder.hpp"

namespace chainqual::cli {
namespace {

struct TypedAssess {
  std::string path;
  std::string out;
  std::string top = "10";
  AssessFlags assess;
  ReadFlags read;
};

// Everything is computed before the first file is begun, so that the moment in which files are made is short.
void write_all(Session& session, const Dossier& dossier, const AssessReport& report, OutputFolder& folder) {
  SvgOptions picture;
  picture.language = session.language;
  const Scene scene = chain_scene(dossier, &report, picture);
  const std::string svg = to_svg(scene);
  PrintOptions print;
  print.date = dossier.info.date;
  const std::string pdf = can_print() ? to_pdf(scene, print) : std::string();
  const std::string png = can_print() ? to_png(scene, print) : std::string();
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
    if (!png.empty()) write_atomically(folder.file("map.png"), png);
  } catch (const Error& error) {
    throw folder.in_place(error);
  }
  throw_if_cancelled(control);
  folder.commit();
}

int run_assess(Session& session, const TypedAssess& typed) {
  require_given("CHAIN", typed.path);
  AssessOptions options = assess_options(typed.assess);
  const std::size_t top = top_option(typed.top);
  const std::string out = typed.out.empty() ? stem_of(typed.path) + "-assessment" : typed.out;
  OutputFolder folder(out);  // first, so that a folder that cannot be written is told before the long work
  const ChainFile file = load_chain(session, typed.path, typed.read, Tell::findings);
  options.propagation = model_options(typed.assess.model, table_names(file.dossier.chain));
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
  auto typed = std::make_shared<TypedAssess>();
  auto& app = line.command("assess",
                           {"评估一条链：校验、分级、推算影响、排名，写出表格、报告和产业链图",
                            "assess a chain: check, grade, propagate, rank; writes tables, report and map"},
                           {"chainqual assess my_chain", "chainqual assess my_chain --out results --lang en --top 20",
                            "chainqual assess my_chain --model cascade --scenario flood.json",
                            "chainqual assess my_chain.json --json > report.json"},
                           [&session, typed] { return run_assess(session, *typed); });
  option(app, session, "CHAIN", typed->path, "", {"链文件夹，或 .json 文件", "chain folder, or .json file"});
  option(app, session, "--out", typed->out, "FOLDER",
         {"结果写到这里；不给时为 <链>-assessment", "where results go; else <chain>-assessment"});
  option(app, session, "--top", typed->top, "N",
         {"排名显示前 N 名，默认 10，0 为全部", "how many of each ranking to show; default 10, 0 for all"});
  add_assess_flags(app, session, typed->assess);
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
