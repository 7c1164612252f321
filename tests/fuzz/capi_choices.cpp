// Any bytes as a program of calls on a small chain: registers filled, links replaced and removed, grades and weights
// varied, ensembles run, measures listed and chosen. What must hold is what capi.cpp says.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "capi_program.hpp"
#include "chainqual.h"

namespace {

using fuzz::Bytes;
using fuzz::require;
using fuzz::size_of;

constexpr std::array<const char*, 6> names{"a", "b", "c", "d", "P", "J"};

/// A run of a host's own that does what its byte says.
struct Host {
  std::uint8_t byte = 0;
};

chainqual_status run_host(void* user, std::uint64_t sample, const chainqual_control*, chainqual_propagation* losses,
                          chainqual_error* error) {
  const Host& host = *static_cast<const Host*>(user);
  require(losses->capacity == 3);
  for (std::size_t k = 0; k < 3; ++k) losses->combined[k] = static_cast<double>(host.byte + sample) / 250;
  losses->index = losses->combined[0];
  if (host.byte < 230) return CHAINQUAL_OK;
  error->message[0] = static_cast<char>(host.byte);
  return static_cast<chainqual_status>(host.byte) - 235;
}

class Machine {
 public:
  explicit Machine(Bytes bytes) : bytes_(bytes) {
    require(check(chainqual_findings_create(&findings_, &error_)));
    require(check(chainqual_thread_pool_create(1, 0, &executor_, &error_)));
    require(check(chainqual_chain_create(&chain_, &error_)));
    require(check(chainqual_measures_create(&measures_, &error_)));
    control_.executor = executor_;
    control_.findings = findings_;
    for (std::size_t k = 0; k < 4; ++k) {
      chainqual_enterprise one = CHAINQUAL_ENTERPRISE_INIT;
      one.id = names[k];
      require(check(chainqual_chain_add_enterprise(chain_, &one, nullptr, &error_)));
    }
    for (const auto& [supplier, customer] : {std::pair{0U, 1U}, {0U, 2U}, {1U, 3U}, {2U, 3U}}) {
      require(check(chainqual_chain_add_link(chain_, supplier, customer, nullptr, &error_)));
    }
    chainqual_problem problem = CHAINQUAL_PROBLEM_INIT;
    problem.number = "P";
    problem.enterprises = {names.data(), 1};
    problem.declared = CHAINQUAL_GRADE_CRITICAL;
    require(check(chainqual_chain_add_problem(chain_, &problem, &error_)));
  }
  ~Machine() {
    chainqual_ensemble_result_free(ensemble_);
    chainqual_mitigation_free(mitigation_);
    chainqual_measures_free(measures_);
    chainqual_chain_free(chain_);
    chainqual_executor_free(executor_);
    chainqual_findings_free(findings_);
  }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  void run() {
    for (int steps = 0; steps < 40 && !bytes_.empty(); ++steps) step();
    mitigate();
  }

 private:
  bool check(chainqual_status status) { return fuzz::check(status, error_, findings_); }
  const char* name() { return names[bytes_.byte() % names.size()]; }
  chainqual_rational rational() {
    const std::int64_t numerator = bytes_.byte();
    const std::int64_t denominator = bytes_.byte() % 8;
    return {bytes_.byte() < 250 ? numerator / 16 : numerator * 0x7FFFFFFFFFFFFF, denominator};
  }
  chainqual_score score() { return {rational(), rational(), rational()}; }

  void step() {
    switch (bytes_.byte() % 10) {
      case 0:
        return change_links();
      case 1:
        return add_project();
      case 2:
        return add_others();
      case 3:
        return add_panel();
      case 4:
        return vary();
      case 5:
        return run_ensemble();
      case 6:
        return run_host_ensemble();
      case 7:
        return add_measure();
      case 8:
        return read_measures();
      default:
        return mitigate();
    }
  }

  void change_links() {
    const std::string product = bytes_.text();
    const double value = bytes_.share();
    chainqual_link link = CHAINQUAL_LINK_INIT;
    link.struct_size = size_of(bytes_, sizeof link);
    link.product = product.c_str();
    link.value = link.dependency = &value;
    link.evidence = bytes_.enumerator();
    check(chainqual_chain_replace_link(chain_, bytes_.number(), &link, &error_));
    std::uint32_t supplier = 77;
    if (check(chainqual_chain_get_link(chain_, bytes_.number(), &supplier, nullptr, nullptr, &error_))) {
      require(supplier < chainqual_chain_count(chain_, CHAINQUAL_TABLE_ENTERPRISES));
    } else {
      require(supplier == 77);
    }
    const std::uint64_t before = chainqual_chain_count(chain_, CHAINQUAL_TABLE_LINKS);
    std::uint64_t removed = 0;
    const bool all = bytes_.byte() % 2 == 0;
    if (bytes_.byte() % 4 != 0) {
      check(chainqual_chain_add_link(chain_, bytes_.number(), bytes_.number(), nullptr, &error_));
    } else if (check(chainqual_chain_remove_links(chain_, bytes_.number(), bytes_.number(),
                                                  all ? nullptr : product.c_str(), &removed, &error_))) {
      require(removed > 0 && chainqual_chain_count(chain_, CHAINQUAL_TABLE_LINKS) == before - removed);
    }
    chainqual_enterprise enterprise = CHAINQUAL_ENTERPRISE_INIT;
    enterprise.id = bytes_.byte() % 2 == 0 ? nullptr : name();
    enterprise.stage = bytes_.enumerator();
    check(chainqual_chain_replace_enterprise(chain_, bytes_.number(), &enterprise, &error_));
  }

  void add_project() {
    const std::string number = bytes_.text(), budget = bytes_.text();
    chainqual_project one = CHAINQUAL_PROJECT_INIT;
    one.struct_size = size_of(bytes_, sizeof one);
    one.number = bytes_.byte() % 2 == 0 ? "J" : number.c_str();
    one.kind = bytes_.enumerator();
    one.status = bytes_.enumerator();
    one.problems = {names.data() + bytes_.byte() % 5, bytes_.byte() % 2U};
    one.budget = budget.c_str();
    check(chainqual_chain_add_project(chain_, &one, &error_));
  }

  void add_others() {
    const std::string text = bytes_.text(), value = bytes_.text();
    chainqual_result result = CHAINQUAL_RESULT_INIT;
    result.number = text.c_str();
    result.kind = bytes_.enumerator();
    result.level = bytes_.enumerator();
    result.terms = bytes_.enumerator();
    result.status = bytes_.enumerator();
    check(chainqual_chain_add_result(chain_, &result, &error_));
    chainqual_policy_tool tool = CHAINQUAL_POLICY_TOOL_INIT;
    tool.struct_size = size_of(bytes_, sizeof tool);
    tool.number = text.c_str();
    check(chainqual_chain_add_policy_tool(chain_, &tool, &error_));
    chainqual_indicator indicator = CHAINQUAL_INDICATOR_INIT;
    indicator.name = text.c_str();
    indicator.value = value.c_str();
    indicator.direction = bytes_.enumerator();
    check(chainqual_chain_add_indicator(chain_, &indicator, &error_));
    chainqual_milestone milestone = CHAINQUAL_MILESTONE_INIT;
    milestone.project = value.c_str();
    check(chainqual_chain_add_milestone(chain_, &milestone, &error_));
  }

  void add_panel() {
    std::array<chainqual_expert_score, 3> rows;
    for (auto& row : rows) row = {name(), name(), score()};
    const std::uint64_t count = bytes_.byte() % 4;
    const std::uint64_t before = chainqual_chain_count(chain_, CHAINQUAL_TABLE_SCORES);
    const bool done = check(chainqual_chain_add_panel(chain_, rows.data(), count, &control_, &error_));
    require(chainqual_chain_count(chain_, CHAINQUAL_TABLE_SCORES) == before + (done ? count : 0));
  }

  void vary() {
    const chainqual_score one = score();
    std::array<chainqual_flip, 6> flips;
    check(chainqual_score_flips(nullptr, &one, flips.data(), bytes_.byte() % 7U, nullptr, &error_));
    std::array<chainqual_score, 3> scores;
    for (auto& each : scores) each = score();
    chainqual_weight_study study = CHAINQUAL_WEIGHT_STUDY_INIT;
    study.struct_size = size_of(bytes_, sizeof study);
    study.concentration = bytes_.share() * 100;
    study.draws = 1 + bytes_.byte();
    if (study.struct_size < sizeof study) study.struct_size = 16;  // the draws are read: they bound the work
    std::array<chainqual_problem_stability, 3> found{};
    chainqual_kept_share all{};
    const std::uint64_t count = bytes_.byte() % 4;
    if (check(chainqual_weight_stability(nullptr, scores.data(), count, &study, &control_, found.data(),
                                         bytes_.byte() % 4U, nullptr, &all, &error_))) {
      require(all.kept <= all.draws && all.draws == study.draws);
    }
  }

  void run_ensemble() {
    std::array<double, 4> shock;
    for (double& one : shock) one = bytes_.share();
    chainqual_network* network = nullptr;
    chainqual_placed_scenario* placed = nullptr;
    check(chainqual_network_of(chain_, 0, &control_, &network, &error_));
    check(chainqual_lasting(shock.data(), bytes_.byte() % 5U, &placed, &error_));
    const std::array<const chainqual_placed_scenario*, 3> scenarios{placed, placed, placed};
    const double share = bytes_.share();
    chainqual_ensemble_options options = CHAINQUAL_ENSEMBLE_OPTIONS_INIT;
    options.struct_size = size_of(bytes_, sizeof options);
    options.no_enterprises = bytes_.byte() % 2;
    options.quantiles = {&share, nullptr, bytes_.byte() % 2U};
    chainqual_model_options model = CHAINQUAL_MODEL_OPTIONS_INIT;
    chainqual_dynamics_options dynamics = CHAINQUAL_DYNAMICS_OPTIONS_INIT;
    chainqual_inoperability_options inoperability = CHAINQUAL_INOPERABILITY_OPTIONS_INIT;
    chainqual_contagion_options contagion = CHAINQUAL_CONTAGION_OPTIONS_INIT;
    model.model = bytes_.enumerator();
    dynamics.days = inoperability.days = 9;
    contagion.runs = 64;
    model.dynamics = &dynamics;
    model.inoperability = &inoperability;
    model.contagion = &contagion;
    chainqual_ensemble_result_free(std::exchange(ensemble_, nullptr));
    check(chainqual_ensemble_of_scenarios(network, scenarios.data(), bytes_.byte() % 4U, &model, &options, &control_,
                                          &ensemble_, &error_));
    read_ensemble();
    chainqual_placed_scenario_free(placed);
    chainqual_network_free(network);
  }

  void run_host_ensemble() {
    Host host{bytes_.byte()};
    chainqual_ensemble_callbacks callbacks = CHAINQUAL_ENSEMBLE_CALLBACKS_INIT;
    callbacks.run = run_host;
    callbacks.user = &host;
    chainqual_ensemble_result_free(std::exchange(ensemble_, nullptr));
    check(chainqual_ensemble(3, bytes_.byte() % 9U, &callbacks, nullptr, &control_, &ensemble_, &error_));
    read_ensemble();
    chainqual_uncertain_parameter parameter{names[0],       bytes_.enumerator(), 0,
                                            bytes_.share(), bytes_.share(),      bytes_.share()};
    std::array<double, 8> values;
    values.fill(-7);
    const std::uint64_t samples = bytes_.number();
    const std::uint64_t capacity = bytes_.byte() % 9U;
    const bool drawn = check(
        chainqual_latin_hypercube(&parameter, 1, samples, bytes_.byte(), values.data(), capacity, nullptr, &error_));
    for (std::size_t k = drawn ? samples : 0; k < values.size(); ++k) require(values[k] == -7);
  }

  void read_ensemble() {
    std::array<double, 64> column;
    const std::int32_t which = bytes_.enumerator();
    std::uint64_t size = 0;
    if (check(chainqual_ensemble_result_f64(ensemble_, which, column.data(), column.size(), &size, &error_))) {
      for (std::size_t k = 0; k < size; ++k) require(column[k] >= 0);
    }
  }

  void add_measure() {
    const std::string text = bytes_.text();
    const double number = bytes_.share(), cost = bytes_.share() * 10;
    chainqual_measure one = CHAINQUAL_MEASURE_INIT;
    one.struct_size = size_of(bytes_, sizeof one);
    one.kind = bytes_.enumerator();
    one.customer = name();
    one.supplier = name();
    one.alternate = bytes_.byte() < 200 ? name() : text.c_str();
    one.share = one.days = number;
    one.enterprise = name();
    one.project = name();
    one.problems = {names.data() + bytes_.byte() % 5, bytes_.byte() % 2U};
    if (bytes_.byte() % 2 == 0) one.effect = one.escape = &number;
    if (bytes_.byte() % 4 != 0) one.cost = &cost;
    check(chainqual_measures_add(measures_, &one, &error_));
  }

  void read_measures() {
    std::uint64_t size = 0;
    if (check(chainqual_measures_to_json(measures_, nullptr, 0, &size, &error_))) {
      std::vector<char> text(size + 1, 'x');
      require(check(chainqual_measures_to_json(measures_, text.data(), size, nullptr, &error_)));
      require(text[size - 1] == '\0' && text[size] == 'x');
    }
    chainqual_suggest_options options = CHAINQUAL_SUGGEST_OPTIONS_INIT;
    options.share = bytes_.share();
    options.stock_days = bytes_.share();
    options.any_product = bytes_.byte() % 2;
    chainqual_measures* found = nullptr;
    const bool suggested = bytes_.byte() % 2 == 0;
    if (check(suggested ? chainqual_suggest_measures(chain_, &options, &control_, &found, &error_)
                        : read_text(&found))) {
      chainqual_measures_free(std::exchange(measures_, found));
    }
    chainqual_measure measure = CHAINQUAL_MEASURE_INIT;
    check(chainqual_measures_get(measures_, bytes_.number(), &measure, &error_));
  }

  chainqual_status read_text(chainqual_measures** found) {
    const std::string text = bytes_.rest();
    return chainqual_measures_from_json(text.data(), text.size(), nullptr, &control_, found, &error_);
  }

  void mitigate() {
    const double cost = bytes_.share();
    chainqual_mitigation_options options = CHAINQUAL_MITIGATION_OPTIONS_INIT;
    options.budget = bytes_.share() * 20;
    options.counted = bytes_.byte() % 5U;
    options.method = bytes_.enumerator();
    options.exact_runs = 64;
    if (bytes_.byte() % 2 == 0) options.cost_alternate = options.cost_stock_day = &cost;
    chainqual_mitigation_free(std::exchange(mitigation_, nullptr));
    if (chainqual_measures_size(measures_) > 9) return;
    if (!check(chainqual_mitigate(chain_, measures_, nullptr, &options, &control_, &mitigation_, &error_))) return;
    chainqual_mitigation_figures figures = CHAINQUAL_MITIGATION_FIGURES_INIT;
    std::array<chainqual_measure_outcome, 9> outcomes;
    std::uint64_t size = 0;
    require(check(chainqual_mitigation_get_figures(mitigation_, &figures, &error_)));
    require(check(chainqual_mitigation_outcomes(mitigation_, outcomes.data(), 9, &size, &error_)));
    require(size == chainqual_measures_size(measures_) && figures.chosen <= size && figures.avoided >= 0);
    require(figures.spent <= figures.budget * (1 + 1e-9));
  }

  Bytes bytes_;
  chainqual_error error_ = CHAINQUAL_ERROR_INIT;
  chainqual_control control_ = CHAINQUAL_CONTROL_INIT;
  chainqual_findings* findings_ = nullptr;
  chainqual_executor* executor_ = nullptr;
  chainqual_chain* chain_ = nullptr;
  chainqual_measures* measures_ = nullptr;
  chainqual_mitigation* mitigation_ = nullptr;
  chainqual_ensemble_result* ensemble_ = nullptr;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Machine(Bytes(data, size)).run();
  return 0;
}
