#include <filesystem>
#include <optional>
#include <set>

#include "chainqual/impact/assess.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/map/html.hpp"
#include "chainqual/map/layout.hpp"
#include "chainqual/map/print.hpp"
#include "chainqual/map/svg.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "input.hpp"
#include "output_folder.hpp"

namespace chainqual::cli {
namespace {

struct Options {
  std::string path;
  std::string out;
  std::string title;
  std::string paper = "fit";
  std::string dpi = "300";
  bool plain = false;
  ReadFlags read;
};

std::string drawn(Session& session, const Dossier& dossier, const AssessReport* report, const Options& typed,
                  const std::string& suffix) {
  if (suffix == ".svg" || suffix == ".pdf" || suffix == ".png") {
    SvgOptions options;
    options.language = session.language;
    options.title = typed.title;
    if (suffix == ".svg") return chain_svg(dossier, report, options);
    PrintOptions print;
    print.paper = *value_named<Paper>(typed.paper);
    print.dpi = static_cast<std::uint32_t>(count_option("--dpi", typed.dpi, 30, 1200));
    print.date = dossier.info.date;
    const Scene scene = chain_scene(dossier, report, options);
    return suffix == ".pdf" ? to_pdf(scene, print) : to_png(scene, print);
  }
  HtmlOptions options;
  options.language = session.language;
  options.title = typed.title;
  const Control control = session.control(session.say("绘图", "drawing"));
  return suffix == ".json" ? map_json(dossier, report, options, control) + "\n"
                           : chain_html(dossier, report, options, control);
}

int run(Session& session, const Options& typed) {
  require_given("CHAIN", typed.path);
  const std::string out = typed.out.empty() ? stem_of(typed.path) + "-map.html" : typed.out;
  const std::string suffix = std::filesystem::path(out).extension().string();
  if (const std::set<std::string> known{".html", ".svg", ".pdf", ".png", ".json"}; known.count(suffix) == 0) {
    throw UsageError(
        {"不认识的格式 " + screen_safe(suffix) + "。图可以是 .html（交互）、.svg、.pdf、.png（静态）或 .json（数据）。",
         "Unknown format " + screen_safe(suffix) +
             ". A map is .html (interactive), .svg, .pdf or .png (static) or .json (its data)."});
  }
  require_one_of("--paper", typed.paper, {"fit", "a4", "a3", "a2", "a1", "a0"});
  (void)count_option("--dpi", typed.dpi, 30, 1200);
  const ChainFile file = load_chain(session, typed.path, typed.read, Tell::findings);
  AssessOptions options;
  options.stability_draws = 0;  // the map shows no stability
  std::optional<AssessReport> report;
  if (!typed.plain) report = assess(file.dossier, options, session.control(session.say("推算影响", "propagating")));
  const std::string text = drawn(session, file.dossier, report ? &*report : nullptr, typed, suffix);
  session.check_cancelled();
  write_atomically(out, text);
  session.clear_progress();
  if (session.json) {
    Json json = answer(session);
    json["findings"] = findings_json(file.findings);
    json["written"] = Json::array({out});
    print_json(session, json);
  } else {
    session.print(std::string(session.say("已写出 ", "Written: ")) + screen_safe(out) + "\n");
  }
  return exit_done;
}

}  // namespace

void add_map(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<Options>();
  auto& app = line.command("map",
                           {"画质量图谱：.html 交互，.svg、.pdf、.png 静态，后缀决定",
                            "draw the quality map: .html interactive, .svg, .pdf, .png static, by suffix"},
                           {"chainqual map my_chain", "chainqual map my_chain wall.pdf --paper a0 --lang en",
                            "chainqual map my_chain.json meeting.html --title \"…\""},
                           [&session, typed] { return run(session, *typed); });
  option(app, session, "CHAIN", typed->path, "", {"链文件夹，或 .json 文件", "chain folder, or .json file"});
  option(app, session, "OUT", typed->out, "",
         {"写到哪里，后缀定格式：.html、.svg、.pdf、.png、.json；不给时为 <链>-map.html",
          "where to; its suffix tells the format: .html, .svg, .pdf, .png, .json; else <chain>-map.html"});
  option(app, session, "--title", typed->title, "TEXT", {"标题；不给时用链的名称", "title; else the chain's name"});
  option(app, session, "--paper", typed->paper, "fit|a4|a3|a2|a1|a0",
         {".pdf、.png 的纸张；默认 fit，随图大小", "sheet of .pdf and .png; default fit, as large as the drawing"});
  option(app, session, "--dpi", typed->dpi, "N",
         {".png 的分辨率，30 到 1200，默认 300", "dots per inch of .png, 30 to 1200; default 300"});
  flag(app, session, "--plain", typed->plain,
       {"不推算影响，只画链和问题", "do not propagate: the chain and its problems alone"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
