#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <optional>
#include <set>

#include "chainqual/impact/assess.hpp"
#include "chainqual/impact/systemic_risk.hpp"
#include "chainqual/io/csv.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/map/html.hpp"
#include "chainqual/map/layout.hpp"
#include "chainqual/map/living.hpp"
#include "chainqual/map/print.hpp"
#include "chainqual/map/sketch.hpp"
#include "chainqual/map/svg.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "input.hpp"
#include "output_folder.hpp"

namespace chainqual::cli {
namespace {

struct TypedMap {
  std::string path;
  std::string out;
  std::string title;
  std::string paper = "fit";
  std::string dpi = "300";
  std::string tiles = "1";
  std::string by = "size";
  std::string compare;
  bool plain = false;
  ReadFlags read;
};

bool is_drawing(const std::string& suffix) {
  return suffix == ".svg" || suffix == ".pdf" || suffix == ".png";
}

SvgOptions svg_options(const Session& session, const TypedMap& typed, const std::string& suffix) {
  SvgOptions options;
  options.sheet = suffix != ".svg" && typed.paper != "fit";
  options.language = session.language;
  options.title = typed.title;
  return options;
}

HtmlOptions html_options(const Session& session, const TypedMap& typed) {
  HtmlOptions options;
  options.language = session.language;
  options.title = typed.title;
  return options;
}

/// What a reader of the sheet would stumble over: text too small, characters that no font here can show.
std::vector<Text> doubts_of(const Scene& scene, const PrintOptions& print, const std::string& suffix) {
  std::vector<Text> doubts;
  if (const double least = smallest_text_pt(scene, print); least < readable_pt) {
    std::array<char, 16> size{};
    std::snprintf(size.data(), size.size(), "%.1f", least);
    const std::string points(size.data());
    const std::string paper(label_of(print.paper, Language::en));
    const auto enough = smallest_readable(scene, print);
    const std::string from(enough ? key_of(*enough) : std::string_view{});
    const auto several = suffix == ".pdf" ? tiles_to_read(scene, print) : std::nullopt;
    const std::string tiles = several ? std::to_string(*several) : std::string();
    const Text joined = several ? Text{"；或用几张 " + paper + " 拼成一幅：--tiles " + tiles,
                                       "; or put it together from several " + paper + " sheets: --tiles " + tiles}
                                : Text{};
    doubts.push_back(
        {paper + " 上最小的字只有 " + points + " 磅，不到 6 磅，难以阅读。" +
             (enough ? "够大的最小纸张：--paper " + from : "A0 也不够大，请用 .html") + joined.zh,
         "On " + paper + " the smallest text has " + points + " pt; below 6 it is hard to read. " +
             (enough ? "The smallest sheet that will do: --paper " + from : "Not even A0 will do: use .html") +
             joined.en});
  }
  if (const auto missing = missing_characters(scene); !missing.empty()) {
    std::string some;
    for (std::size_t k = 0; k < std::min<std::size_t>(missing.size(), 10); ++k) some += " " + missing[k];
    doubts.push_back({"本机字体没有这些字，图上是方框：" + screen_safe(some) +
                          "。请安装字体，如 fonts-noto-cjk、fonts-noto-core、fonts-noto-color-emoji",
                      "No font of this machine has these characters, which are boxes on the map:" + screen_safe(some) +
                          ". Install fonts, such as fonts-noto-cjk, fonts-noto-core, fonts-noto-color-emoji"});
  }
  return doubts;
}

std::string drawn(const Scene& scene, const TypedMap& typed, const std::string& suffix, const std::string& date,
                  std::vector<Text>& doubts) {
  if (suffix == ".svg") return to_svg(scene);
  PrintOptions print;
  print.paper = *value_named<Paper>(typed.paper);
  print.dpi = static_cast<std::uint32_t>(count_option("--dpi", typed.dpi, 30, 1200));
  print.tiles = static_cast<std::uint32_t>(count_option("--tiles", typed.tiles, 1, 8));
  print.date = date;
  std::string bytes = suffix == ".pdf" ? to_pdf(scene, print) : to_png(scene, print);
  doubts = doubts_of(scene, print, suffix);
  return bytes;
}

/// Names of an enterprise of either version, the newer one's first.
Text name_of(const std::string& id, const Chain& now, const Chain& before) {
  const auto at = now.find(id);
  const Enterprise& found = at ? now.enterprise(*at) : before.enterprise(before.at(id));
  return {found.name, found.name_en};
}

void write_difference(const MapDifference& difference, const Chain& before, const Chain& now, const std::string& path) {
  write_atomically(path, [&](OutputFile& file) {
    CsvWriter::Options options;
    options.byte_order_mark = true;
    CsvWriter writer(file, options);
    for (const char* heading : {"change", "part", "key", "name", "name_en", "field", "before", "after"})
      writer.text(heading);
    writer.end();
    for (const MapChange& each : difference.changes) {
      writer.text(key_of(each.kind)).text(key_of(each.part)).text(each.key).text(each.name.zh).text(each.name.en);
      writer.text(each.field).text(each.before).text(each.after);
      writer.end();
    }
    const auto loss = [](const std::optional<double>& value) { return value ? std::to_string(*value) : std::string(); };
    for (const MapImpact& each : difference.impacts) {
      const Text name = name_of(each.enterprise, now, before);
      writer.text("impact").text(key_of(MapPart::enterprise)).text(each.enterprise).text(name.zh).text(name.en);
      writer.text("mean_loss").text(loss(each.before)).text(loss(each.after));
      writer.end();
    }
  });
}

std::optional<AssessReport> assessed(Session& session, const Dossier& dossier, const TypedMap& typed) {
  if (typed.plain) return std::nullopt;
  AssessOptions options;
  options.stability_draws = 0;  // the map shows no stability
  return assess(dossier, options, session.control(session.say("推算影响", "propagating")));
}

/// What changed, with the mean losses before and after unless a plain map was asked for.
MapDifference compared(Session& session, const Dossier& before, const Dossier& after, const TypedMap& typed) {
  MapDifference difference = compare_maps(before, after);
  const auto then = assessed(session, before, typed);
  const auto now = assessed(session, after, typed);
  if (then && now) add_impacts(difference, before, *then, after, *now);
  return difference;
}

/// The coloured map of what changed; heat belongs to one of the two versions, its change is said on the cards.
std::string map_of_changes(Session& session, const Dossier& before, const Dossier& after,
                           const MapDifference& difference, const TypedMap& typed, const std::string& suffix,
                           std::vector<Text>& doubts) {
  if (suffix == ".json") return difference_json(difference) + "\n";
  const Dossier merged = merged_versions(before, after);
  if (is_drawing(suffix)) {
    SvgOptions options = svg_options(session, typed, suffix);
    options.difference = difference;
    return drawn(chain_scene(merged, nullptr, options), typed, suffix, after.info.date, doubts);
  }
  HtmlOptions options = html_options(session, typed);
  options.difference = difference;
  return chain_html(merged, nullptr, options, session.control());
}

std::string map_of_chain(Session& session, const ChainFile& file, const TypedMap& typed, const std::string& suffix,
                         std::vector<Text>& doubts) {
  const Dossier& dossier = file.dossier;
  const auto made = assessed(session, dossier, typed);
  const AssessReport* report = made ? &*made : nullptr;
  if (is_drawing(suffix)) {
    return drawn(chain_scene(dossier, report, svg_options(session, typed, suffix)), typed, suffix, dossier.info.date,
                 doubts);
  }
  const HtmlOptions page = html_options(session, typed);
  const Control control = session.control(session.say("绘图", "drawing"));
  return suffix == ".json" ? map_json(dossier, report, page, control) + "\n"
                           : chain_html(dossier, report, page, control);
}

/// Systemic risk of those that could be chosen, unknown of all others.
std::vector<double> measured(Session& session, const Network& net, const SketchOptions& options) {
  constexpr std::size_t candidates = 2;  // times as many as are drawn
  SystemicRiskOptions risk;
  risk.enterprises = sketch_candidates(net, candidates * options.most_enterprises, session.control());
  std::vector<double> importance(net.enterprises(), std::numeric_limits<double>::quiet_NaN());
  if (risk.enterprises.empty()) return importance;
  const SystemicRiskResult result =
      systemic_risk(net, risk, session.control(session.say("计算系统风险", "computing systemic risk")));
  for (std::size_t k = 0; k < risk.enterprises.size(); ++k) importance[risk.enterprises[k].index()] = result.index[k];
  return importance;
}

std::string map_of_network(Session& session, const TypedMap& typed, const std::string& suffix,
                           std::vector<Text>& doubts) {
  const NamedNetwork named(session, typed.path, typed.read);
  const Network& net = named.network();
  SketchOptions options;
  options.name = options.name_en = stem_of(typed.path);
  options.note = "由网络文件画出：文件没有省份、产品和依据，供货一律画作推断。";
  options.note_en =
      "Drawn from a network file, which holds no provinces, products or evidence: every link is drawn as inferred.";
  SketchNames names;
  names.id = [&](EnterpriseId id) { return named.key(id); };
  names.name = [&](EnterpriseId id) {
    const std::string key = named.key(id);
    return key == std::to_string(id.index()) ? Text{"企业 " + key, "Enterprise " + key} : Text{key, key};
  };
  names.segment = [&](std::uint32_t segment) {
    const std::string name = named.segment_name(segment);
    return Text{name, name};
  };
  std::vector<double> importance;
  if (typed.by == "systemic-risk") importance = measured(session, net, options);
  const ChainSketch sketch =
      sketch_chain(net, names, importance, options, session.control(session.say("绘图", "drawing")));
  if (is_drawing(suffix)) {
    return drawn(chain_scene(sketch, svg_options(session, typed, suffix)), typed, suffix, "", doubts);
  }
  const HtmlOptions page = html_options(session, typed);
  return suffix == ".json" ? map_json(sketch, page) + "\n" : chain_html(sketch, page);
}

bool is_network(const std::string& path) {
  const std::string suffix = std::filesystem::path(path).extension().string();
  return (suffix == ".cqn" || suffix == ".csv") && !std::filesystem::is_directory(path);
}

/// The file to write, and its format. @throws UsageError what was typed does not go together.
std::pair<std::string, std::string> target_of(const TypedMap& typed) {
  require_given("CHAIN", typed.path);
  const std::string out = typed.out.empty() ? stem_of(typed.path) + "-map.html" : typed.out;
  const std::string suffix = std::filesystem::path(out).extension().string();
  const std::set<std::string> known{".html", ".svg", ".pdf", ".png", ".json", ".csv"};
  if (known.count(suffix) == 0) {
    throw UsageError(
        {"不认识的格式 " + screen_safe(suffix) +
             "。图可以是 .html（交互）、.svg、.pdf、.png（静态）或 .json（数据）；与 --compare 一起也可以是 "
             ".csv（变化的表）。",
         "Unknown format " + screen_safe(suffix) +
             ". A map is .html (interactive), .svg, .pdf or .png (static) or .json (its data); with "
             "--compare also .csv (the table of changes)."});
  }
  require_one_of("--paper", typed.paper, {"fit", "a4", "a3", "a2", "a1", "a0"});
  (void)count_option("--dpi", typed.dpi, 30, 1200);
  if (count_option("--tiles", typed.tiles, 1, 8) > 1 && (suffix != ".pdf" || typed.paper == "fit")) {
    throw UsageError({"--tiles 把一幅图拼在几张纸上，只用于 .pdf，并要同时给 --paper。",
                      "--tiles spreads one picture over several sheets: it is for .pdf, with --paper given too."});
  }
  if (suffix == ".csv" && typed.compare.empty()) {
    throw UsageError({".csv 是两版之间变化的表，要同时给 --compare 旧版。",
                      "A .csv is the table of what changed: give --compare OLD too."});
  }
  if (is_network(typed.path) && !typed.compare.empty()) {
    throw UsageError({"网络文件没有可比的版本；--compare 用于链文件夹或 .json。",
                      "A network file has no versions to compare; --compare is for chain folders and .json."});
  }
  require_one_of("--by", typed.by, {"size", "systemic-risk"});
  return {out, suffix};
}

int run_map(Session& session, const TypedMap& typed) {
  const auto [out, suffix] = target_of(typed);
  Findings findings;
  std::string text;
  std::vector<Text> doubts;
  std::optional<MapDifference> difference;
  if (is_network(typed.path)) {
    text = map_of_network(session, typed, suffix, doubts);
  } else {
    const ChainFile file = load_chain(session, typed.path, typed.read, Tell::findings);
    findings = file.findings;
    if (typed.compare.empty()) {
      text = map_of_chain(session, file, typed, suffix, doubts);
    } else {
      const ChainFile old = load_chain(session, typed.compare, typed.read);
      difference = compared(session, old.dossier, file.dossier, typed);
      session.check_cancelled();
      if (suffix == ".csv") {
        write_difference(*difference, old.dossier.chain, file.dossier.chain, out);
      } else {
        text = map_of_changes(session, old.dossier, file.dossier, *difference, typed, suffix, doubts);
      }
    }
  }
  session.check_cancelled();
  if (suffix != ".csv") write_atomically(out, text);
  session.clear_progress();
  if (session.json) {
    Json json = answer(session);
    json["findings"] = findings_json(findings);
    if (difference) json["changes"] = difference->changes.size();
    json["doubts"] = Json::array();
    for (const Text& doubt : doubts) json["doubts"].push_back(text_json(doubt));
    json["written"] = Json::array({out});
    print_json(session, json);
  } else {
    session.print(std::string(session.say("已写出 ", "Written: ")) + screen_safe(out) + "\n");
    if (difference) {
      const std::string count = grouped(difference->changes.size());
      session.print(std::string(session.say("与旧版相比的变化：", "Changes since the older version: ")) + count + "\n");
    }
    for (const Text& doubt : doubts) session.note(std::string(session.say(doubt.zh, doubt.en)) + "\n");
  }
  return exit_done;
}

}  // namespace

void add_map(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<TypedMap>();
  auto& app = line.command("map",
                           {"画质量图谱：.html 交互，.svg、.pdf、.png 静态，后缀决定",
                            "draw the quality map: .html interactive, .svg, .pdf, .png static, by suffix"},
                           {"chainqual map my_chain", "chainqual map large.cqn large.html --by systemic-risk",
                            "chainqual map my_chain wall.pdf --paper a0 --lang en",
                            "chainqual map my_chain changes.html --compare my_chain_2024",
                            "chainqual map my_chain.json meeting.html --title \"…\""},
                           [&session, typed] { return run_map(session, *typed); });
  option(app, session, "CHAIN", typed->path, "",
         {"链文件夹、.json，或网络：.cqn、供应联系表 .csv",
          "chain folder, .json, or a network: .cqn, .csv table of links"});
  option(app, session, "OUT", typed->out, "",
         {"写到哪里，后缀定格式：.html、.svg、.pdf、.png、.json；不给时为 <链>-map.html",
          "where to; its suffix tells the format: .html, .svg, .pdf, .png, .json; else <chain>-map.html"});
  option(app, session, "--title", typed->title, "TEXT", {"标题；不给时用链的名称", "title; else the chain's name"});
  option(app, session, "--paper", typed->paper, "fit|a4|a3|a2|a1|a0",
         {".pdf、.png 的纸张，图按纸张排版；默认 fit，随图大小",
          "sheet of .pdf and .png, which the map is laid out for; default fit, as large as the drawing"});
  option(app, session, "--dpi", typed->dpi, "N",
         {".png 的分辨率，30 到 1200，默认 300", "dots per inch of .png, 30 to 1200; default 300"});
  option(app, session, "--tiles", typed->tiles, "N",
         {".pdf 拼在横竖各 N 张纸上，1 到 8，默认 1", "spread a .pdf over N by N sheets, 1 to 8; default 1"});
  option(app, session, "--by", typed->by, "size|systemic-risk",
         {"大网络画不下时按什么选企业：size 交易额（默认），systemic-risk 系统风险（慢）",
          "of networks too large to draw, whom to draw: size, by traded value (default); systemic-risk (slow)"});
  option(
      app, session, "--compare", typed->compare, "OLD",
      {"与旧版（链文件夹或 .json）比较：图按新增、消失、变化着色；.csv、.json 是变化的表",
       "compare with an older version (chain folder or .json): a map coloured by what was added, is gone or changed; "
       ".csv and .json: the table of changes"});
  flag(app, session, "--plain", typed->plain,
       {"不推算影响，只画链和问题", "do not propagate: the chain and its problems alone"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
