// Any bytes as a program of calls to the C interface: wrong ids, sizes, enumerators, texts and numbers. Whatever is
// called, it ends in a known status with a message, writes nothing beyond a buffer, and leaves handles that can be
// freed.

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

class Machine {
 public:
  explicit Machine(Bytes bytes) : bytes_(bytes) {
    check(chainqual_chain_create(&chain_, &error_));
    check(chainqual_findings_create(&findings_, &error_));
    check(chainqual_thread_pool_create(1, 0, &executor_, &error_));
    control_.executor = executor_;
    control_.findings = findings_;
  }
  ~Machine() {
    chainqual_report_free(report_);
    chainqual_explanation_free(why_);
    chainqual_model_run_free(run_);
    chainqual_placed_scenario_free(placed_);
    chainqual_network_free(network_);
    chainqual_chain_free(chain_);
    chainqual_findings_free(findings_);
    chainqual_executor_free(executor_);
  }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  void run() {
    for (int steps = 0; steps < 60 && !bytes_.empty(); ++steps) step();
    read_all();
  }

 private:
  bool check(chainqual_status status) { return fuzz::check(status, error_, findings_); }

  void step() {
    switch (bytes_.byte() % 12) {
      case 0:
        return add_enterprise();
      case 1:
        return add_segment();
      case 2:
        check(chainqual_chain_add_link(chain_, bytes_.number(), bytes_.number(), nullptr, &error_));
        return;
      case 3:
        return add_link();
      case 4:
        return add_problem();
      case 5:
        return add_score();
      case 6:
        chainqual_network_free(std::exchange(network_, nullptr));
        check(chainqual_network_of(chain_, bytes_.enumerator(), &control_, &network_, &error_));
        return;
      case 7:
        return network_from_arrays();
      case 8:
        return propagate();
      case 9:
        return systemic_risk();
      case 10:
        return grade();
      default:
        return read_json();
    }
  }

  void add_enterprise() {
    const std::string id = bytes_.text(), name = bytes_.text(), segment = bytes_.text();
    const char* const segments[] = {segment.c_str(), nullptr};
    const double weight = bytes_.share();
    chainqual_enterprise one = CHAINQUAL_ENTERPRISE_INIT;
    one.struct_size = size_of(bytes_, sizeof one);
    one.id = id.c_str();
    one.name = name.c_str();
    one.stage = bytes_.enumerator();
    one.segments = {segments, bytes_.byte() % 3U};
    one.products = one.segments;
    one.role = bytes_.enumerator();
    if (bytes_.byte() % 2 == 0) one.weight = &weight;
    check(chainqual_chain_add_enterprise(chain_, &one, nullptr, &error_));
  }

  void add_segment() {
    const std::string id = bytes_.text();
    chainqual_segment one = CHAINQUAL_SEGMENT_INIT;
    one.struct_size = size_of(bytes_, sizeof one);
    one.id = id.c_str();
    one.stage = bytes_.enumerator();
    one.final_product = bytes_.enumerator();
    check(chainqual_chain_add_segment(chain_, &one, nullptr, &error_));
  }

  void add_link() {
    const std::string supplier = bytes_.text(), customer = bytes_.text(), product = bytes_.text();
    const double value = bytes_.share() * 100, dependency = bytes_.share(), escape = bytes_.share();
    chainqual_link one = CHAINQUAL_LINK_INIT;
    one.product = product.c_str();
    one.value = &value;
    one.dependency = &dependency;
    one.escape = &escape;
    one.evidence = bytes_.enumerator();
    check(chainqual_chain_add_link_by_keys(chain_, supplier.c_str(), customer.c_str(), &one, &error_));
  }

  void add_problem() {
    const std::string number = bytes_.text(), place = bytes_.text(), aspect = bytes_.text();
    const char* const places[] = {place.c_str()};
    chainqual_problem one = CHAINQUAL_PROBLEM_INIT;
    one.struct_size = size_of(bytes_, sizeof one);
    one.number = number.c_str();
    one.stage = bytes_.enumerator();
    (bytes_.byte() % 2 == 0 ? one.segments : one.enterprises) = {places, bytes_.byte() % 2U};
    one.aspect_shares[bytes_.byte() % 5] = aspect.c_str();
    one.declared = bytes_.enumerator();
    check(chainqual_chain_add_problem(chain_, &one, &error_));
  }

  void add_score() {
    const std::string problem = bytes_.text(), expert = bytes_.text();
    const std::string impact = bytes_.text(), diffusion = bytes_.text(), urgency = bytes_.text();
    chainqual_score_row one = CHAINQUAL_SCORE_ROW_INIT;
    one.problem = problem.c_str();
    one.expert = expert.c_str();
    one.impact = impact.c_str();
    one.diffusion = diffusion.c_str();
    one.urgency = urgency.c_str();
    check(chainqual_chain_add_score(chain_, &one, &error_));
  }

  void network_from_arrays() {
    std::array<std::uint32_t, 16> ends;
    std::array<double, 8> values;
    for (auto& end : ends) end = bytes_.number();
    for (auto& value : values) value = bytes_.share();
    chainqual_network_columns columns = CHAINQUAL_NETWORK_COLUMNS_INIT;
    columns.struct_size = size_of(bytes_, sizeof columns);
    columns.enterprises = bytes_.byte() % 20U;
    const std::uint64_t links = bytes_.byte() % 9U;
    columns.supplier = {ends.data(), links};
    columns.customer = {ends.data() + 8, bytes_.byte() < 250 ? links : bytes_.byte() % 9U};
    columns.value = {values.data(), nullptr, links};
    if (bytes_.byte() % 2 == 0) columns.dependency = columns.value;
    chainqual_network_free(std::exchange(network_, nullptr));
    check(chainqual_network_from_arrays(&columns, &control_, &network_, &error_));
  }

  void propagate() {
    std::array<double, 16> shock;
    for (auto& one : shock) one = bytes_.share();
    chainqual_placed_scenario_free(std::exchange(placed_, nullptr));
    check(chainqual_lasting(shock.data(), bytes_.byte() % 17U, &placed_, &error_));
    chainqual_dynamics_options dynamics = CHAINQUAL_DYNAMICS_OPTIONS_INIT;
    chainqual_inoperability_options inoperability = CHAINQUAL_INOPERABILITY_OPTIONS_INIT;
    chainqual_contagion_options contagion = CHAINQUAL_CONTAGION_OPTIONS_INIT;
    dynamics.days = inoperability.days = 1 + bytes_.byte() % 20U;
    contagion.runs = 64;
    chainqual_model_options options = CHAINQUAL_MODEL_OPTIONS_INIT;
    options.model = bytes_.enumerator();
    options.dynamics = &dynamics;
    options.inoperability = &inoperability;
    options.contagion = &contagion;
    chainqual_model_run_free(std::exchange(run_, nullptr));
    check(chainqual_propagate(network_, placed_, &options, &control_, &run_, &error_));
    const bool named = bytes_.byte() % 2 == 0;
    chainqual_explanation_free(std::exchange(why_, nullptr));
    check(chainqual_why(network_, placed_, bytes_.number(), &options, nullptr, named ? chain_ : nullptr, &control_,
                        &why_, &error_));
  }

  void systemic_risk() {
    std::array<double, 24> index;
    index.fill(-7);
    chainqual_systemic_risk_result result = CHAINQUAL_SYSTEMIC_RISK_RESULT_INIT;
    result.index = index.data();
    result.capacity = bytes_.byte() % 21U;
    chainqual_cascade_options cascade = CHAINQUAL_CASCADE_OPTIONS_INIT;
    cascade.need = bytes_.enumerator();
    cascade.replaceability = bytes_.enumerator();
    cascade.tolerance = bytes_.share();
    chainqual_systemic_risk_options options = CHAINQUAL_SYSTEMIC_RISK_OPTIONS_INIT;
    options.struct_size = size_of(bytes_, sizeof options);
    options.cascade = &cascade;
    options.method = bytes_.enumerator();
    const bool done = check(chainqual_systemic_risk(network_, &options, &control_, &result, &error_));
    for (std::size_t k = done ? result.size : 0; k < index.size(); ++k) require(index[k] == -7);
  }

  void grade() {
    std::array<std::uint8_t, 32> bytes;
    for (auto& one : bytes) one = bytes_.byte() % 7;
    std::array<std::uint16_t, 8> total{};
    const auto place = [&] { return bytes.data() + bytes_.byte() % 25U; };  // outputs may lie on inputs
    check(chainqual_grade_whole_scores(nullptr, place(), place(), place(), bytes_.byte() % 9U, &control_, place(),
                                       total.data(), 8, &error_));
  }

  void read_json() {
    const std::string text = bytes_.rest();
    chainqual_chain* read = nullptr;
    if (check(chainqual_chain_from_json(text.data(), text.size(), nullptr, nullptr, &control_, &read, &error_))) {
      chainqual_chain_free(std::exchange(chain_, read));
    }
  }

  void read_all() {
    check(chainqual_validate(chain_, nullptr, nullptr, findings_, &error_));
    chainqual_assess_options options = CHAINQUAL_ASSESS_OPTIONS_INIT;
    options.stability_draws = 16;
    if (check(chainqual_assess(chain_, &options, &control_, &report_, &error_))) {
      std::uint64_t size = 0;
      if (check(chainqual_report_json(report_, nullptr, 0, &size, &error_))) {
        std::vector<char> text(size + 1, 'x');
        require(check(chainqual_report_json(report_, text.data(), size, nullptr, &error_)));
        require(text[size - 1] == '\0' && text[size] == 'x');
      }
    }
    if (why_ != nullptr) {
      std::uint64_t size = 0;
      require(check(chainqual_why_json(why_, nullptr, 0, &size, &error_)) && size > 2);
    }
  }

  Bytes bytes_;
  chainqual_error error_ = CHAINQUAL_ERROR_INIT;
  chainqual_control control_ = CHAINQUAL_CONTROL_INIT;
  chainqual_chain* chain_ = nullptr;
  chainqual_findings* findings_ = nullptr;
  chainqual_executor* executor_ = nullptr;
  chainqual_network* network_ = nullptr;
  chainqual_placed_scenario* placed_ = nullptr;
  chainqual_model_run* run_ = nullptr;
  chainqual_explanation* why_ = nullptr;
  chainqual_report* report_ = nullptr;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Machine(Bytes(data, size)).run();
  return 0;
}
