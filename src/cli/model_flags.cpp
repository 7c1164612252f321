#include "model_flags.hpp"

#include "chainqual/impact/place.hpp"
#include "chainqual/io/scenario_json.hpp"

namespace chainqual::cli {

void add_model_flags(CLI::App& app, const Session& session, ModelFlags& flags, Model standard) {
  flags.model = std::string(key_of(standard));
  option(app, session, "--model", flags.model, "linear|cascade|contagion|distress|dynamics|inoperability",
         {"传导模型，默认 " + flags.model, "the propagation model; default " + flags.model});
  option(app, session, "--days", flags.days, "N",
         {"dynamics 与 inoperability 的天数，默认 365", "days of dynamics and inoperability; default 365"});
  option(app, session, "--runs", flags.runs, "N",
         {"contagion 的模拟次数，默认 1024", "runs of contagion; default 1024"});
  option(app, session, "--seed", flags.seed, "N", {"contagion 的种子，默认 1", "seed of contagion; default 1"});
}

ModelOptions model_options(const ModelFlags& flags) {
  std::vector<std::string> models;
  for (const auto& row : Names<Model>::table) models.emplace_back(row.key);
  require_one_of("--model", flags.model, models);
  ModelOptions options;
  options.model = *value_named<Model>(flags.model);
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
