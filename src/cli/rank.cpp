#include <algorithm>
#include <numeric>

#include "chainqual/chain/structure.hpp"
#include "chainqual/impact/linear.hpp"
#include "commands.hpp"
#include "findings.hpp"
#include "input.hpp"

namespace chainqual::cli {
namespace {

struct TypedRank {
  std::string path;
  std::string direction = "downstream";
  std::string top = "20";
  ReadFlags read;
};

// What an enterprise weighs by default: its own weight, else what it supplies, else 1.
std::vector<double> weights_of(const Network& network) {
  if (!network.weight().empty()) {
    std::vector<double> weights(network.weight().begin(), network.weight().end());
    const bool complete = std::all_of(weights.begin(), weights.end(), [](double w) { return w == w; });
    if (complete) return weights;
  }
  return std::vector<double>(network.enterprises(), 1.0);
}

struct Ranking {
  std::vector<double> importance;  // share of the chain's weight lost if the enterprise alone stopped
  std::vector<std::uint32_t> order;
  std::vector<std::uint32_t> only_supplier;  // inputs of others that it alone supplies
  std::vector<std::uint32_t> cuts_off;       // enterprises that no supply reaches without it
  std::vector<bool> joint;                   // its removal splits the chain
  std::size_t cycles = 0;
  std::size_t in_cycles = 0;  // enterprises in them
  std::size_t single_inputs = 0;
};

void add_structure(const Network& network, Ranking& result) {
  const std::uint32_t n = network.enterprises();
  result.only_supplier.assign(n, 0);
  for (const auto& source : single_sources(network)) {
    ++result.only_supplier[source.supplier.index()];
    ++result.single_inputs;
  }
  const auto components = strong_components(network);
  for (const std::size_t c : cyclic_components(network, components)) {
    ++result.cycles;
    result.in_cycles += components.of(c).size();
  }
  result.cuts_off.assign(n, 0);
  const auto forest = dominators(network, supply_sources(network, components));
  // Dominators come before those they dominate, so the reverse order sums subtrees.
  for (auto at = forest.order.rbegin(); at != forest.order.rend(); ++at) {
    const std::uint32_t above = forest.immediate[*at];
    if (above != Network::none) result.cuts_off[above] += result.cuts_off[*at] + 1;
  }
  result.joint.assign(n, false);
  for (const std::uint32_t point : articulation(network).points) result.joint[point] = true;
}

Ranking ranked(Session& session, const Network& network, Along along) {
  Ranking result;
  const auto weights = weights_of(network);
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  result.importance = linear_importance(network, weights, along, {}, session.control(session.say("推算", "solving")));
  session.clear_progress();
  for (double& value : result.importance) value = total > 0 ? value / total : 0;
  result.order.resize(network.enterprises());
  std::iota(result.order.begin(), result.order.end(), 0U);
  std::stable_sort(result.order.begin(), result.order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return result.importance[a] > result.importance[b]; });
  session.check_cancelled();
  add_structure(network, result);
  return result;
}

Json as_json(const Session& session, const NamedNetwork& named, const Ranking& result, std::size_t top) {
  const Network& network = named.network();
  Json json = answer(session);
  json["enterprises"] = network.enterprises();
  json["links"] = network.links();
  json["cycles"] = result.cycles;
  json["enterprises_in_cycles"] = result.in_cycles;
  json["single_source_inputs"] = result.single_inputs;
  json["ranking"] = Json::array();
  for (std::size_t k = 0; k < std::min(top, result.order.size()); ++k) {
    const EnterpriseId id(result.order[k]);
    json["ranking"].push_back({{"rank", k + 1},
                               {"enterprise", named.key(id)},
                               {"name", named.name(id)},
                               {"importance", result.importance[id.index()]},
                               {"suppliers", network.in_degree(id)},
                               {"customers", network.out_degree(id)},
                               {"only_supplier_of", result.only_supplier[id.index()]},
                               {"cuts_off", result.cuts_off[id.index()]},
                               {"joint", static_cast<bool>(result.joint[id.index()])}});
  }
  return json;
}

Table ranking_table(const Session& session, const NamedNetwork& named, const Ranking& result, std::size_t top) {
  const auto say = [&](std::string_view zh, std::string_view en) { return std::string(session.say(zh, en)); };
  const Network& network = named.network();
  const bool staged = !network.stage().empty();
  const bool segmented = !network.segment().empty();
  Table table;
  table.column("#", Align::right);
  table.column(say("企业", "enterprise"), Align::left, true);
  if (staged) table.column(say("阶段", "stage"));
  if (segmented) table.column(say("环节", "segment"), Align::left, true);
  table.column(say("供方", "suppliers"), Align::right);
  table.column(say("客户", "customers"), Align::right);
  table.column(say("独供", "sole source"), Align::right);
  table.column(say("断供", "cuts off"), Align::right);
  table.column(say("枢纽", "joint"));
  table.column(say("重要度", "importance"), Align::right);
  table.column("");
  const double most = result.order.empty() ? 0 : result.importance[result.order.front()];
  const auto count = [](std::uint64_t number) { return number == 0 ? std::string("·") : grouped(number); };
  for (std::size_t k = 0; k < std::min(top, result.order.size()); ++k) {
    const EnterpriseId id(result.order[k]);
    const double importance = result.importance[id.index()];
    std::vector<Table::Cell> cells{std::to_string(k + 1), named.name(id)};
    if (staged) cells.emplace_back(named.stage_name(id));
    if (segmented) cells.emplace_back(named.segment_name(network.segment()[id.index()]));
    cells.emplace_back(count(network.in_degree(id)));
    cells.emplace_back(count(network.out_degree(id)));
    cells.emplace_back(count(result.only_supplier[id.index()]));
    cells.emplace_back(count(result.cuts_off[id.index()]));
    cells.emplace_back(result.joint[id.index()] ? "●" : "");
    cells.emplace_back(percent(importance));
    cells.emplace_back(bar(most > 0 ? importance / most : 0, 12), Ink::cyan);
    table.row(std::move(cells));
  }
  return table;
}

int run_rank(Session& session, const TypedRank& typed) {
  require_given("CHAIN", typed.path);
  require_one_of("--direction", typed.direction, {"downstream", "upstream"});
  const std::size_t top = top_option(typed.top);
  const NamedNetwork named(session, typed.path, typed.read);
  const Network& network = named.network();
  const Ranking result = ranked(session, network, *value_named<Along>(typed.direction));
  if (session.json) {
    print_json(session, as_json(session, named, result, top));
    return exit_done;
  }
  const auto say = [&](std::string_view zh, std::string_view en) { return std::string(session.say(zh, en)); };
  const auto sentence = [&](const std::string& text) {
    session.print("  " + wrapped(text, session.text_width(), "  ", 2) + "\n");
  };
  session.print(ranking_table(session, named, result, top).text(session.ink(), session.width()) + "\n");
  sentence(say("重要度：这家企业单独停产时全链损失的份额（不封顶，",
               "importance: share of the chain lost if it alone stopped (uncapped, ") +
           std::string(label_of(*value_named<Along>(typed.direction), session.language)) + say("）。", ")."));
  sentence(say("独供：只此一家供应的他人投入数；断供：没有它就断了来源的企业数；枢纽：去掉它链就断开。",
               "sole source: inputs of others that it alone supplies; cuts off: enterprises that no supply reaches "
               "without it; joint: without it the chain falls apart."));
  sentence(say("全链：", "In the chain: ") + grouped(network.enterprises()) + say(" 家企业，", " enterprises, ") +
           grouped(network.links()) + say(" 条联系，", " links, ") + grouped(result.single_inputs) +
           say(" 个单一来源的投入，", " single-source inputs, ") + grouped(result.cycles) +
           say(" 处循环（", " cycles (") + grouped(result.in_cycles) + say(" 家企业）。", " enterprises)."));
  return exit_done;
}

}  // namespace

void add_rank(CommandLine& line) {
  Session& session = line.session();
  auto typed = std::make_shared<TypedRank>();
  auto& app =
      line.command("rank",
                   {"按重要度给企业排名：单独停产时全链的损失，以及结构上的要害",
                    "rank enterprises by what the chain loses without them, and by their place in its structure"},
                   {"chainqual rank my_chain", "chainqual rank my_chain --direction upstream --top 0",
                    "chainqual rank large.cqn --json"},
                   [&session, typed] { return run_rank(session, *typed); });
  option(app, session, "CHAIN", typed->path, "",
         {"链文件夹、.json、联系表 .csv 或 .cqn", "chain folder, .json, table of links (.csv) or .cqn"});
  option(app, session, "--direction", typed->direction, "downstream|upstream",
         {"损失的去向，默认 downstream", "which way losses travel; default downstream"});
  option(app, session, "--top", typed->top, "N",
         {"显示前 N 家，默认 20，0 为全部", "how many to show; default 20, 0 for all"});
  add_read_flags(app, session, typed->read);
}

}  // namespace chainqual::cli
