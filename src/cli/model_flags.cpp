#include "model_flags.hpp"

#include <algorithm>
#include <initializer_list>

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
  option(app, session, "--replaceability", flags.replaceability, "none|sector|market",
         {"cascade：其他供方能否顶上：不能（默认）、同行业的能、--market 表中同一市场的能",
          "cascade: whether other suppliers step in: none (default), those of the sector, those of one market of "
          "--market"});
  option(app, session, "--market", flags.market, "FILE",
         {"cascade：企业所在的市场（CSV，列 enterprise,market）；未列出的企业无可替代",
          "cascade: markets of the enterprises (CSV: enterprise, market); nobody replaces those left out"});
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
  require_one_of("--replaceability", flags.replaceability, {"none", "sector", "market"});
  if ((flags.replaceability == "market") != !flags.market.empty()) {
    throw UsageError({"--replaceability market 与 --market 文件须同时给出。",
                      "--replaceability market and --market FILE go together: give both."});
  }
  if (!flags.tolerance.empty()) static_cast<void>(number_option("--tolerance", flags.tolerance, 0, 1));
  if (!flags.max_steps.empty()) static_cast<void>(count_option("--max-steps", flags.max_steps, 1, 1'000'000'000));
}

CascadeOptions cascade_options(const CascadeFlags& flags, const TableNames& names) {
  check(flags);
  CascadeOptions options;
  options.essentiality = is_table(flags.needs) ? read_needs(flags.needs, names.sector_count, names.sectors)
                                               : Essentiality::all(*value_named<Need>(flags.needs));
  options.replaceability = *value_named<Replaceability>(flags.replaceability);
  if (!flags.market.empty()) options.market = read_markets(flags.market, names.enterprise_count, names.enterprises);
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
  option(
      app, session, "--seed", flags.seed, "N",
      {"contagion 与 --poisson-inventory 的种子，默认 1", "seed of contagion and of --poisson-inventory; default 1"});
  option(app, session, "--variant", flags.variant, "2012|2015",
         {"distress：2012 年原式（每家只传一次）或 2015 年微分式（默认）",
          "distress: the form of 2012, in which each hands on once, or of 2015 (default)"});
  option(app, session, "--inventory-days", flags.stock_days, "N",
         {"dynamics：每种投入的目标库存天数，默认 15", "dynamics: days of use held of every input; default 15"});
  option(app, session, "--poisson-inventory", flags.poisson_floor, "FLOOR",
         {"dynamics：各企业的库存天数按泊松分布抽取，均值为 --inventory-days，不少于 FLOOR 天",
          "dynamics: days of stock drawn for each enterprise from a Poisson law of mean --inventory-days, at least "
          "FLOOR"});
  option(app, session, "--smoothing-days", flags.smoothing_days, "N",
         {"dynamics：库存缺口分几天补订（τ），默认 6",
          "dynamics: days over which a gap in stock is ordered (τ); default 6"});
  option(app, session, "--rationing", flags.rationing, "RULE",
         {"dynamics：供不应求时如何分配：proportional（默认）、households_last、lowest_relative_order_first",
          "dynamics: how shortage is shared: proportional (default), households_last, lowest_relative_order_first"});
  option(
      app, session, "--recovery-days", flags.recovery_days, "N",
      {"inoperability：企业自身恢复所需天数，默认 30", "inoperability: days in which an enterprise heals; default 30"});
  add_cascade_flags(app, session, flags.cascade);
}

namespace {

constexpr double most_days = 1e6;

/// A flag that only some models read.
struct OfModels {
  std::string_view name;
  bool typed;
  std::vector<Model> models;
};

void refuse_unread(const ModelFlags& flags, Model model) {
  const CascadeFlags standard;
  const CascadeFlags& cascade = flags.cascade;
  for (const auto& [name, typed, models] : std::initializer_list<OfModels>{
           {"--needs", cascade.needs != standard.needs, {Model::cascade}},
           {"--replaceability", cascade.replaceability != standard.replaceability, {Model::cascade}},
           {"--market", !cascade.market.empty(), {Model::cascade}},
           {"--tolerance", !cascade.tolerance.empty(), {Model::cascade}},
           {"--max-steps", !cascade.max_steps.empty(), {Model::cascade}},
           {"--accounts", !cascade.accounts.empty(), {Model::cascade, Model::dynamics}},
           {"--days", !flags.days.empty(), {Model::dynamics, Model::inoperability}},
           {"--runs", !flags.runs.empty(), {Model::contagion}},
           {"--seed", !flags.seed.empty(), {Model::contagion, Model::dynamics}},
           {"--variant", !flags.variant.empty(), {Model::distress}},
           {"--inventory-days", !flags.stock_days.empty(), {Model::dynamics}},
           {"--poisson-inventory", !flags.poisson_floor.empty(), {Model::dynamics}},
           {"--smoothing-days", !flags.smoothing_days.empty(), {Model::dynamics}},
           {"--rationing", !flags.rationing.empty(), {Model::dynamics}},
           {"--recovery-days", !flags.recovery_days.empty(), {Model::inoperability}}}) {
    if (!typed || std::find(models.begin(), models.end(), model) != models.end()) continue;
    std::string zh;
    std::string en;
    for (const Model each : models) {
      zh += (zh.empty() ? "" : " 或 ") + std::string(key_of(each));
      en += (en.empty() ? "" : " or ") + std::string(key_of(each));
    }
    throw UsageError({std::string(name) + " 只用于 --model " + zh + "。",
                      std::string(name) + " goes with --model " + en + " only."});
  }
}

/// All that needs no table. @throws UsageError a number out of its domain.
void set_numbers(const ModelFlags& flags, ModelOptions& options) {
  DynamicsOptions& dynamics = options.dynamics;
  if (!flags.days.empty()) {
    dynamics.days = static_cast<std::uint32_t>(count_option("--days", flags.days, 1, 1'000'000));
    options.inoperability.days = dynamics.days;
  }
  if (!flags.runs.empty()) options.contagion.runs = count_option("--runs", flags.runs, 1, std::uint64_t{1} << 30U);
  if (!flags.seed.empty()) {
    options.contagion.seed = count_option("--seed", flags.seed, 0, UINT64_MAX);
    dynamics.seed = options.contagion.seed;
  }
  if (flags.variant == "2012") options.distress.variant = DistressVariant::once;
  if (!flags.rationing.empty()) dynamics.rationing = *value_named<Rationing>(flags.rationing);
  const auto days = [](const std::string& name, const std::string& typed, double& into) {
    if (!typed.empty()) into = number_option(name, typed, 1, most_days);
  };
  days("--inventory-days", flags.stock_days, dynamics.stock_days);
  days("--smoothing-days", flags.smoothing_days, dynamics.smoothing_days);
  dynamics.poisson_stock = !flags.poisson_floor.empty();
  days("--poisson-inventory", flags.poisson_floor, dynamics.poisson_floor);
  days("--recovery-days", flags.recovery_days, options.inoperability.recovery_days);
}

}  // namespace

void check(const ModelFlags& flags) {
  std::vector<std::string> models;
  for (const auto& row : Names<Model>::table) models.emplace_back(row.key);
  require_one_of("--model", flags.model, models);
  if (!flags.variant.empty()) require_one_of("--variant", flags.variant, {"2012", "2015"});
  if (!flags.rationing.empty()) {
    require_one_of("--rationing", flags.rationing, {"proportional", "households_last", "lowest_relative_order_first"});
  }
  ModelOptions numbers;
  set_numbers(flags, numbers);
  check(flags.cascade);
  refuse_unread(flags, *value_named<Model>(flags.model));
  if (!flags.seed.empty() && flags.model == key_of(Model::dynamics) && flags.poisson_floor.empty()) {
    throw UsageError({"--model dynamics 只有在给出 --poisson-inventory 时才用到 --seed。",
                      "--model dynamics draws nothing at random, and reads no --seed, without --poisson-inventory."});
  }
}

ModelOptions model_options(const ModelFlags& flags, const TableNames& names) {
  check(flags);
  ModelOptions options;
  options.model = *value_named<Model>(flags.model);
  options.cascade = cascade_options(flags.cascade, names);
  options.dynamics.final_demand = options.cascade.final_demand;
  set_numbers(flags, options);
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
