#include <filesystem>

#include "chainqual/chain/network_of.hpp"
#include "chainqual/io/chain_folder.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/graph_export.hpp"
#include "chainqual/io/network_file.hpp"
#include "chainqual/io/xlsx.hpp"
#include "chainqual/map/svg.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "input.hpp"
#include "output_folder.hpp"

namespace chainqual::cli {
namespace {

struct TypedConvert {
  std::string in;
  std::string out;
  std::string headings;
  ReadFlags read;
};

StoredNetwork stored_of(const NamedNetwork& named) {
  StoredNetwork stored;
  stored.network = named.network();
  std::vector<std::string> keys;
  for (std::uint32_t i = 0; i < named.network().enterprises(); ++i) keys.push_back(named.key(EnterpriseId(i)));
  stored.keys = KeyTable::of(keys);
  if (const auto* file = named.chain_file()) {
    for (const auto& segment : file->dossier.chain.segments()) stored.segments.push_back(segment.id);
    stored.sectors = stored.segments;  // network_of takes the home segment as the sector
  }
  return stored;
}

void write_as(Session& session, const NamedNetwork& named, const std::string& out, Language headings) {
  const std::filesystem::path path(out);
  const std::string suffix = path.extension().string();
  if (suffix == ".cqn") {
    write_network(path, stored_of(named), session.control(session.say("写出", "writing")));
    return;
  }
  const ChainFile* file = named.chain_file();
  if (file == nullptr) {
    throw UsageError(
        {"只有联系的网络（.csv、.cqn）只能转成 .cqn；其他格式需要链文件夹或 .json。",
         "A network of links alone (.csv, .cqn) converts to .cqn only; other formats need a chain folder or "
         ".json."});
  }
  const Dossier& dossier = file->dossier;
  if (suffix == ".graphml" || suffix == ".xml" || suffix == ".dot" || suffix == ".gv") {
    if (suffix == ".dot" || suffix == ".gv") {
      write_atomically(path, to_dot(dossier.chain, headings));
    } else {
      write_graph(dossier.chain, path);
    }
  } else if (suffix == ".svg") {
    SvgOptions picture;
    picture.language = headings;
    write_atomically(path, chain_svg(dossier, nullptr, picture));
  } else if (suffix == ".xlsx") {
    write_chain_xlsx(dossier, path, headings);
  } else if (suffix == ".json") {
    write_chain(dossier, path);
  } else if (suffix.empty() || std::filesystem::is_directory(path)) {
    OutputFolder place(out);  // tells why a folder cannot be written before anything is begun
    WriteOptions options;
    options.headings = headings;
    write_chain(dossier, path, options);
  } else {
    throw UsageError(
        {"不认识的格式 " + screen_safe(suffix) + "。可以是：文件夹、.json、.xlsx、.graphml、.dot、.svg、.cqn。",
         "Unknown format " + screen_safe(suffix) + ". Known: folder, .json, .xlsx, .graphml, .dot, .svg, .cqn."});
  }
}

int run_convert(Session& session, const TypedConvert& typed) {
  require_given("IN", typed.in);
  require_given("OUT", typed.out);
  if (!typed.headings.empty()) require_one_of("--headings", typed.headings, {"zh", "en"});
  const std::string suffix = std::filesystem::path(typed.out).extension().string();
  // Tables to be read again keep the English headings; what people look at follows their language.
  const Language natural = suffix.empty() ? Language::en : session.language;
  const Language headings = typed.headings.empty() ? natural : typed.headings == "zh" ? Language::zh : Language::en;
  const NamedNetwork named(session, typed.in, typed.read);
  session.check_cancelled();
  write_as(session, named, typed.out, headings);
  session.clear_progress();
  if (session.json) {
    Json json = answer(session);
    json["enterprises"] = named.network().enterprises();
    json["links"] = named.chain_file() ? named.chain_file()->dossier.chain.links() : named.network().links();
    if (const auto* file = named.chain_file()) json["findings"] = findings_json(file->findings);
    json["written"] = Json::array({typed.out});
    print_json(session, json);
  } else {
    session.print(std::string(session.say("已写出 ", "Written: ")) + screen_safe(typed.out) + "\n");
  }
  return exit_done;
}

}  // namespace

void add_convert(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<TypedConvert>();
  auto& app = line.command("convert",
                           {"转换格式：链文件夹、.json、.xlsx、.graphml、.dot、.svg、.cqn",
                            "convert between chain folder, .json, .xlsx, .graphml, .dot, .svg and .cqn"},
                           {"chainqual convert my_chain my_chain.json", "chainqual convert my_chain.json copy",
                            "chainqual convert my_chain my_chain.graphml", "chainqual convert links.csv large.cqn"},
                           [&session, typed] { return run_convert(session, *typed); });
  option(app, session, "IN", typed->in, "",
         {"链文件夹、.json，或只有联系的 .csv、.cqn", "chain folder, .json, or links alone as .csv or .cqn"});
  option(app, session, "OUT", typed->out, "",
         {"格式由后缀定；没有后缀是链文件夹", "its suffix tells the format; none is a chain folder"});
  option(app, session, "--headings", typed->headings, "zh|en",
         {"表头和词语的语言；文件夹默认 en，其他随界面语言",
          "language of headings and words; folders: en, others: as --lang"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
