#include "chainqual/chain/generate.hpp"

#include <array>
#include <charconv>
#include <filesystem>
#include <string>

#include "chainqual/io/chain_folder.hpp"
#include "chainqual/io/file.hpp"
#include "chainqual/io/network_file.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "output_folder.hpp"

namespace chainqual::cli {
namespace {

struct TypedGenerate {
  std::string out;
  std::string enterprises = "1000";
  std::string mean_degree = "9";
  std::string seed = "1";
  std::string tiers = "12";
  std::string cyclic_share = "0";
  std::string exponent = "2.3";
  std::string degree_cap = "128";
  std::string segments = "12";
  std::string layout = "random_order";
  bool unstaged = false;
};

GenerateOptions settled(const TypedGenerate& typed) {
  GenerateOptions options;
  options.enterprises =
      static_cast<std::uint32_t>(count_option("--enterprises", typed.enterprises, 1, Network::max_enterprises));
  options.mean_degree = number_option("--mean-degree", typed.mean_degree, 0, 1e6);
  options.seed = count_option("--seed", typed.seed, 0, UINT64_MAX);
  options.tiers = typed.unstaged ? 1 : static_cast<std::uint32_t>(count_option("--tiers", typed.tiers, 1, UINT32_MAX));
  options.cyclic_share = number_option("--cyclic-share", typed.cyclic_share, 0, 1);
  options.exponent = number_option("--exponent", typed.exponent, 0, 10);
  options.degree_cap = static_cast<std::uint32_t>(count_option("--degree-cap", typed.degree_cap, 1, 1U << 20));
  options.segments = static_cast<std::uint32_t>(count_option("--segments", typed.segments, 3, 65536));
  require_one_of("--layout", typed.layout, {"random_order", "local"});
  options.layout = *value_named<Layout>(typed.layout);
  return options;
}

std::string segment_id(std::uint32_t segment) {
  return "S" + std::to_string(segment + 1);
}

void append(std::string& text, std::uint32_t number) {
  std::array<char, 16> buffer{};
  text.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr);
}

void append(std::string& text, float number) {
  std::array<char, 32> buffer{};
  text.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr);
}

// The chain's own description and its segments, few enough to be written as a chain.
void write_frame(const SyntheticChain& chain, const std::filesystem::path& folder) {
  const GenerateOptions& options = chain.options();
  Dossier frame;
  frame.info.name = "合成产业链";
  frame.info.name_en = "Synthetic chain";
  const std::string recipe = std::to_string(options.enterprises) + " / " + shortest(options.mean_degree) + " / " +
                             std::to_string(options.seed);
  frame.info.note = "由 chainqual generate 生成（企业数 / 平均度 / 种子：" + recipe + "），不对应任何真实企业。";
  frame.info.note_en =
      "Made by chainqual generate (enterprises / mean degree / seed: " + recipe + "); no real enterprise is meant.";
  for (std::uint32_t s = 0; s < options.segments; ++s) {
    Segment segment;
    segment.id = segment_id(s);
    segment.name = "环节 " + std::to_string(s + 1);
    segment.name_en = "Segment " + std::to_string(s + 1);
    segment.stage = chain.stage_of_segment(s);
    segment.final_product = s + 1 == options.segments;
    frame.chain.add_segment(std::move(segment));
  }
  write_chain(frame, folder);
}

void write_enterprises(const SyntheticChain& chain, const std::filesystem::path& path, const Control& control) {
  write_atomically(path, [&](OutputFile& file) {
    constexpr std::uint32_t block = 65536;
    std::string text = "id,name,name_en,stage,segments,region\n";
    for (std::uint32_t i = 0; i < chain.enterprises(); ++i) {
      const auto made = chain.enterprise(EnterpriseId(i));
      append(text, i);
      text += ",企业 ";
      append(text, i);
      text += ",Enterprise ";
      append(text, i);
      text += ',';
      text += key_of(made.stage);
      text += ',' + segment_id(made.segment) + ',';
      text += made.region;
      text += '\n';
      if (i % block != block - 1) continue;
      throw_if_cancelled(control);
      file.write(text);
      text.clear();
    }
    file.write(text);
  });
}

std::uint64_t write_links(const SyntheticChain& chain, const std::filesystem::path& path, const Control& control) {
  std::uint64_t links = 0;
  write_atomically(path, [&](OutputFile& file) {
    file.write("supplier,customer,value,evidence\n");
    std::string text;
    generate_links(
        chain,
        [&](const LinkBlock& block) {
          text.clear();
          for (std::size_t k = 0; k < block.supplier.size(); ++k) {
            append(text, block.supplier[k]);
            text += ',';
            append(text, block.customer[k]);
            text += ',';
            append(text, block.value[k]);
            text += ",inferred\n";
          }
          file.write(text);
          links += block.supplier.size();
        },
        {}, control);
  });
  return links;
}

std::uint64_t write_folder(Session& session, const SyntheticChain& chain, const std::string& out) {
  OutputFolder folder(out);
  const std::filesystem::path links = folder.file("links.csv");
  const std::filesystem::path enterprises = folder.file("enterprises.csv");
  try {
    write_frame(chain, enterprises.parent_path());
    for (const char* name : {"chain.json", "segments.csv"}) static_cast<void>(folder.file(name));
    const Control control = session.control(session.say("生成", "generating"));
    write_enterprises(chain, enterprises, control);
    const std::uint64_t count = write_links(chain, links, control);
    throw_if_cancelled(control);
    folder.commit();
    return count;
  } catch (const Error& error) {
    throw folder.in_place(error);
  }
}

std::uint64_t write_cqn(Session& session, const GenerateOptions& options, const std::string& out) {
  StoredNetwork stored;
  stored.network = generate_network(options, session.control(session.say("生成", "generating")));
  for (std::uint32_t s = 0; s < options.segments; ++s) stored.segments.push_back(segment_id(s));
  for (std::uint32_t s = 0; s < options.sectors; ++s) stored.sectors.push_back(std::to_string(s + 1));
  write_network(out, stored, session.control(session.say("写出", "writing")));
  return stored.network.links();
}

int run_generate(Session& session, const TypedGenerate& typed) {
  require_given("OUT", typed.out);
  const GenerateOptions options = settled(typed);
  const SyntheticChain chain(options);
  const std::uint64_t links = std::filesystem::path(typed.out).extension() == ".cqn"
                                  ? write_cqn(session, options, typed.out)
                                  : write_folder(session, chain, typed.out);
  session.clear_progress();
  if (session.json) {
    Json json = answer(session);
    json["enterprises"] = options.enterprises;
    json["links"] = links;
    json["written"] = Json::array({typed.out});
    print_json(session, json);
  } else {
    session.print(std::string(session.say("已生成：", "Generated: ")) + grouped(options.enterprises) +
                  std::string(session.say(" 家企业，", " enterprises, ")) + grouped(links) +
                  std::string(session.say(" 条供应联系 → ", " supply links → ")) + screen_safe(typed.out) + "\n");
  }
  return exit_done;
}

}  // namespace

void add_generate(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<TypedGenerate>();
  auto& app = line.command("generate",
                           {"生成任意规模的合成产业链（同一种子得到同一条链）",
                            "make a synthetic chain of any size (equal seeds give equal chains)"},
                           {"chainqual generate synthetic --enterprises 2000 --mean-degree 8 --seed 7",
                            "chainqual generate large.cqn --enterprises 10000000 --mean-degree 10",
                            "chainqual generate loops --cyclic-share 0.1"},
                           [&session, typed] { return run_generate(session, *typed); });
  option(app, session, "OUT", typed->out, "", {"链文件夹，或 .cqn 文件", "chain folder, or .cqn file"});
  option(app, session, "--enterprises", typed->enterprises, "N", {"企业数，默认 1000", "how many; default 1000"});
  option(app, session, "--mean-degree", typed->mean_degree, "D",
         {"平均每家企业的供应联系数，默认 9", "mean number of links per enterprise; default 9"});
  option(app, session, "--seed", typed->seed, "N", {"随机种子，默认 1", "seed; default 1"});
  option(app, session, "--tiers", typed->tiers, "N",
         {"链的层数，默认 12；联系通向后面的层", "tiers of the chain, default 12; links lead to later ones"});
  flag(app, session, "--unstaged", typed->unstaged, {"不分层：到处有环", "no tiers: cycles everywhere"});
  option(app, session, "--cyclic-share", typed->cyclic_share, "SHARE",
         {"逆向联系的比例，默认 0（无环）", "share of links that lead back, default 0 (no cycles)"});
  option(app, session, "--exponent", typed->exponent, "X",
         {"度分布的幂指数，默认 2.3", "of the degrees' power law; default 2.3"});
  option(app, session, "--degree-cap", typed->degree_cap, "N",
         {"一家企业最多的客户数，默认 128", "most customers of one supplier; default 128"});
  option(app, session, "--segments", typed->segments, "N", {"环节数，默认 12", "segments; default 12"});
  option(app, session, "--layout", typed->layout, "random_order|local",
         {"编号次序，默认 random_order", "order of the ids; default random_order"});
}

}  // namespace chainqual::cli
