#include "chainqual/map/html.hpp"

#include <string_view>

#include "chainqual/map/scene.hpp"
#include "chainqual/map/sketch.hpp"
#include "page_script.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

constexpr std::string_view head_before_hash = R"(<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'sha256-)";

constexpr std::string_view head_after_hash = R"('">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
)";

std::string title_of(const Dossier& dossier, const HtmlOptions& options) {
  if (!options.title.empty()) return options.title;
  const ChainInfo& info = dossier.info;
  if (options.language == Language::zh) return (info.name.empty() ? info.name_en : info.name) + "质量图谱";
  const std::string& name = info.name_en.empty() ? info.name : info.name_en;
  return name.empty() ? "Quality map" : name + ": quality map";
}

std::string page_of(const Dossier& dossier, const std::string& data, const HtmlOptions& options) {
  const bool zh = options.language == Language::zh;
  const std::string_view script = page::script();
  std::string html;
  html.reserve(data.size() + script.size() + 2048);
  html += zh ? "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n" : "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n";
  html += head_before_hash;
  html += page::script_hash();
  html += head_after_hash;
  html += "<title>" + xml_escaped(title_of(dossier, options)) + "</title>\n</head>\n<body>\n";
  html +=
      "<div id=\"chainqual-map\"></div>\n<noscript><p lang=\"zh-CN\">交互图谱需要浏览器允许脚本；静态图见同一文件夹的 "
      "map.svg。</p><p lang=\"en\">The interactive map needs scripts; the static chart is map.svg in the same "
      "folder.</p></noscript>\n";
  html += "<script type=\"application/json\" id=\"chainqual-data\">" + data + "</script>\n";
  html += "<script type=\"module\">";
  html += script;
  html += "</script>\n</body>\n</html>\n";
  return html;
}

}  // namespace

std::string chain_html(const Dossier& dossier, const AssessReport* report, const HtmlOptions& options,
                       const Control& control) {
  return page_of(dossier, map_json(dossier, report, options, control), options);
}

std::string chain_html(const ChainSketch& sketch, const HtmlOptions& options) {
  return page_of(sketch.dossier, map_json(sketch, options), options);
}

}  // namespace v1
}  // namespace chainqual
