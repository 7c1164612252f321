#include "model_flags.hpp"

#include "chainqual/impact/place.hpp"
#include "chainqual/io/scenario_json.hpp"

namespace chainqual::cli {

TableNames table_names(const NamedNetwork& named) {
  return {named.enterprise_names(), named.network().enterprises(), named.sector_names(), named.sectors()};
}

TableNames table_names(const Chain& chain) {
  return {enterprise_names_of(chain), static_cast<std::uint32_t>(chain.enterprises()), sector_names_of(chain),
          static_cast<std::uint32_t>(chain.segments().size())};
}

void add_cascade_flags(CLI::App& app, const Session& session, CascadeFlags& flags) {
  option(app, session, "--needs", flags.needs, "essential|ordinary|FILE",
         {"cascade：投入都是必需的（默认），都按份额影响，或按 CSV 表（supplier,customer,need 列，* 为任何环节或行业）",
          "cascade: every input is essential (default), counts by its share, or as a CSV table says: columns supplier, "
          "customer, need, by segment or sector, * for any"});
  option(app, session, "--accounts", flags.accounts, "FILE",
         {"企业的 revenue、final_demand、cost（CSV，与供应额同单位）；不给时视链内销售为全部营业收入",
          "revenue, final_demand, cost by enterprise (CSV, in the unit of the links' values); else sales inside the "
          "chain are taken for all revenue"});
  option(
      app, session, "--replaceability", flags.replaceability, "none|sector",
      {"cascade：同行业的其他供方能否顶上，默认 none", "cascade: whether others of the sector step in; default none"});
  option(app, session, "--tolerance", flags.tolerance, "ε",
         {"cascade：一步之内跌幅都不超过它就停，默认 0.01",
          "cascade: stop when nothing falls by more in a step; default 0.01"});
  option(app, session, "--max-steps", flags.max_steps, "N",
         {"cascade：步数上限，默认 10000", "cascade: most steps; default 10000"});
}

namespace {

bool is_table(const std::string& needs) {
  return needs != "essential" && needs != "ordinary" && needs.find_first_of("./\\") != std::string::npos;
}

}  // namespace

void check(const CascadeFlags& flags) {
  if (!is_table(flags.needs)) require_one_of("--needs", flags.needs, {"essential", "ordinary", "FILE.csv"});
  require_one_of("--replaceability", flags.replaceability, {"none", "sector"});
  if (!flags.tolerance.empty()) static_cast<void>(number_option("--tolerance", flags.tolerance, 0, 1));
  if (!flags.max_steps.empty()) static_cast<void>(count_option("--max-steps", flags.max_steps, 1, 1'000'000'000));
}

CascadeOptions cascade_options(const CascadeFlags& flags, const TableNames& names) {
  check(flags);
  CascadeOptions options;
  options.essentiality = is_table(flags.needs) ? read_needs(flags.needs, names.sector_count, names.sectors)
                                               : Essentiality::all(*value_named<Need>(flags.needs));
  options.replaceability = *value_named<Replaceability>(flags.replaceability);
  if (!flags.tolerance.empty()) options.tolerance = number_option("--tolerance", flags.tolerance, 0, 1);
  if (!flags.max_steps.empty()) {
    options.max_steps = static_cast<std::uint32_t>(count_option("--max-steps", flags.max_steps, 1, 1'000'000'000));
  }
  if (!flags.accounts.empty()) {
    Accounts accounts = read_accounts(flags.accounts, names.enterprise_count, names.enterprises);
    options.revenue = std::move(accounts.revenue);
    options.final_demand = std::move(accounts.final_demand);
    options.cost = std::move(accounts.cost);
  }
  return options;
}

std::string needs_in_words(const Session& session, const CascadeFlags& flags) {
  if (is_table(flags.needs)) {
    return std::string(session.say("按 ", "as ")) + screen_safe(flags.needs) + std::string(session.say(" 表", " says"));
  }
  return std::string(label_of(*value_named<Need>(flags.needs), session.language));
}

std::string revenue_in_words(const Session& session, const CascadeFlags& flags) {
  if (!flags.accounts.empty()) {
    return std::string(session.say("营业收入与成本取自 ", "revenue and cost: from ")) + screen_safe(flags.accounts) +
           std::string(session.say("。", "."));
  }
  return std::string(
      session.say("没有给出营业收入：链内销售视为全部收入，因此向上游的数字可能偏高（--accounts 可给出）。",
                  "no revenue is given: sales inside the chain are taken for all of it, so figures upstream may be too "
                  "high (--accounts gives it)."));
}

void add_model_flags(CLI::App& app, const Session& session, ModelFlags& flags, Model standard) {
  flags.model = std::string(key_of(standard));
  option(app, session, "--model", flags.model, "linear|cascade|contagion|distress|dynamics|inoperability",
         {"传导模型，默认 " + flags.model, "the propagation model; default " + flags.model});
  option(app, session, "--days", flags.days, "N",
         {"dynamics 与 inoperability 的天数，默认 365", "days of dynamics and inoperability; default 365"});
  option(app, session, "--runs", flags.runs, "N",
         {"contagion 的模拟次数，默认 1024", "runs of contagion; default 1024"});
  option(app, session, "--seed", flags.seed, "N", {"contagion 的种子，默认 1", "seed of contagion; default 1"});
  add_cascade_flags(app, session, flags.cascade);
}

void check(const ModelFlags& flags) {
  std::vector<std::string> models;
  for (const auto& row : Names<Model>::table) models.emplace_back(row.key);
  require_one_of("--model", flags.model, models);
  if (!flags.days.empty()) static_cast<void>(count_option("--days", flags.days, 1, 1'000'000));
  if (!flags.runs.empty()) static_cast<void>(count_option("--runs", flags.runs, 1, std::uint64_t{1} << 30U));
  if (!flags.seed.empty()) static_cast<void>(count_option("--seed", flags.seed, 0, UINT64_MAX));
  check(flags.cascade);
  const bool cascade = flags.model == key_of(Model::cascade);
  const CascadeFlags standard;
  const CascadeFlags& given = flags.cascade;
  const std::string_view unused = cascade                                           ? ""
                                  : given.needs != standard.needs                   ? "--needs"
                                  : given.replaceability != standard.replaceability ? "--replaceability"
                                  : !given.tolerance.empty()                        ? "--tolerance"
                                  : !given.max_steps.empty()                        ? "--max-steps"
                                  : !given.accounts.empty() && flags.model != key_of(Model::dynamics) ? "--accounts"
                                                                                                      : "";
  if (unused.empty()) return;
  const std::string name(unused);
  const bool accounts = unused == "--accounts";
  throw UsageError({name + " 只用于 --model cascade" + (accounts ? " 或 dynamics" : "") + "。",
                    name + " goes with --model cascade" + (accounts ? " or dynamics" : "") + " only."});
}

ModelOptions model_options(const ModelFlags& flags, const TableNames& names) {
  check(flags);
  ModelOptions options;
  options.model = *value_named<Model>(flags.model);
  options.cascade = cascade_options(flags.cascade, names);
  options.dynamics.final_demand = options.cascade.final_demand;
  if (!flags.days.empty()) {
    options.dynamics.days = static_cast<std::uint32_t>(count_option("--days", flags.days, 1, 1'000'000));
    options.inoperability.days = options.dynamics.days;
  }
  if (!flags.runs.empty()) options.contagion.runs = count_option("--runs", flags.runs, 1, std::uint64_t{1} << 30U);
  if (!flags.seed.empty()) options.contagion.seed = count_option("--seed", flags.seed, 0, UINT64_MAX);
  return options;
}

std::vector<NamedScenario> named_scenarios(Session& session, const NamedNetwork& named, const std::string& file,
                                           const std::vector<std::string>& at) {
  if (file.empty() == at.empty()) {
    throw UsageError({"请给出 --scenario 文件或 --at 企业=份额，二者取一。",
                      "Give either --scenario FILE or --at ENTERPRISE=SHARE."});
  }
  std::vector<NamedScenario> scenarios;
  if (file.empty()) {
    scenarios.push_back({std::string(session.say("给定冲击", "given shocks")), lasting(shocks_at(named, at))});
    return scenarios;
  }
  const ChainFile* chain = named.chain_file();
  if (chain == nullptr) {
    throw UsageError({"--scenario 需要链文件夹或 .json，联系表和 .cqn 里没有环节、产品和问题。请改用 --at。",
                      "--scenario needs a chain folder or .json: tables of links and .cqn hold no segments, products "
                      "or problems. Use --at instead."});
  }
  for (const Scenario& scenario : read_scenarios(file)) {
    std::string name = name_in(scenario, session.language);
    if (name.empty()) name = std::string(session.say("情景 ", "scenario ")) + std::to_string(scenarios.size() + 1);
    scenarios.push_back({std::move(name), place(chain->dossier, scenario, {}, session.control())});
  }
  return scenarios;
}

}  // namespace chainqual::cli
