#include "systemic_risk.hpp"

#include <algorithm>

#include "buffers.hpp"
#include "control.hpp"
#include "models.hpp"
#include "network.hpp"
#include "options.hpp"

static_assert(CHAINQUAL_METHOD_AUTOMATIC == static_cast<int>(chainqual::CascadeMethod::automatic));
static_assert(CHAINQUAL_METHOD_FRONT == static_cast<int>(chainqual::CascadeMethod::front));
static_assert(CHAINQUAL_METHOD_LANES == static_cast<int>(chainqual::CascadeMethod::lanes));

namespace chainqual::capi {

SystemicRiskOptions options_of(const chainqual_systemic_risk_options* options) {
  const auto own = settled(options);
  SystemicRiskOptions result;
  result.cascade = options_of(own.cascade);
  result.method = enumerator<CascadeMethod>(own.method, "method");
  for (const std::uint32_t id : column_of(own.enterprises, "enterprises")) {
    result.enterprises.push_back(EnterpriseId{id});
  }
  return result;
}

}  // namespace chainqual::capi

using namespace chainqual;
using capi::Bytes;

namespace {

/// The caller's result struct: checked before the run, filled after it.
class RiskOut {
 public:
  RiskOut(chainqual_systemic_risk_result* result, std::uint64_t size, std::initializer_list<Bytes> inputs)
      : result_(&capi::required(result, "result")), own_(capi::settled(result)) {
    own_.size = size;
    if (wanted() && own_.capacity < size) capi::throw_too_small(own_.capacity, size);
    capi::require_apart(
        {Bytes::of(own_.index, size), Bytes::of(own_.index_downstream, size), Bytes::of(own_.index_upstream, size),
         Bytes::of(own_.steps, size), Bytes::of(own_.converged, size)},
        inputs);
  }

  [[nodiscard]] bool wanted() const noexcept {
    return own_.index != nullptr || own_.index_downstream != nullptr || own_.index_upstream != nullptr ||
           own_.steps != nullptr || own_.converged != nullptr;
  }

  void size_only() { capi::hand_over(own_, result_); }

  void write(const SystemicRiskResult& risk) {
    const auto copy = [](const auto& column, auto* buffer) {
      if (buffer != nullptr) std::copy(column.begin(), column.end(), buffer);
    };
    copy(risk.index, own_.index);
    copy(risk.index_downstream, own_.index_downstream);
    copy(risk.index_upstream, own_.index_upstream);
    copy(risk.steps, own_.steps);
    copy(risk.converged, own_.converged);
    own_.tolerance = risk.tolerance;
    own_.sectors_from = static_cast<int32_t>(risk.sectors_from);
    own_.closed_circle = risk.closed_circle;
    own_.truncated = risk.truncated;
    own_.truncated_downstream = risk.truncated_downstream;
    own_.closed_inputs = risk.closed_inputs;
    capi::hand_over(own_, result_);
  }

 private:
  chainqual_systemic_risk_result* result_;
  chainqual_systemic_risk_result own_;
};

}  // namespace

chainqual_status chainqual_systemic_risk(const chainqual_network* network,
                                         const chainqual_systemic_risk_options* options,
                                         const chainqual_control* control, chainqual_systemic_risk_result* result,
                                         chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const Network& net = capi::network_of(network);
    const auto own = capi::settled(options);
    const Control how = capi::control_of(control);
    const std::uint64_t n = net.enterprises();
    if (own.scenario_count != 0 && n != 0 && own.scenario_count > UINT64_MAX / n) capi::throw_too_long("scenarios");
    const auto scenarios = capi::entries(own.scenarios, own.scenario_count * n, "scenarios");
    const auto upstream = own.scenarios_upstream == nullptr
                              ? scenarios
                              : capi::entries(own.scenarios_upstream, own.scenario_count * n, "scenarios_upstream");
    const auto closed = capi::column_of(own.enterprises, "enterprises");
    const std::uint64_t size = own.scenario_count != 0 ? own.scenario_count : !closed.empty() ? closed.size() : n;
    RiskOut out(result, size,
                {Bytes::of(scenarios.data(), scenarios.size()), Bytes::of(upstream.data(), upstream.size()),
                 Bytes::of(closed.data(), closed.size())});
    if (!out.wanted()) return out.size_only();
    const SystemicRiskOptions settled = capi::options_of(options);
    out.write(own.scenario_count != 0 ? systemic_risk(net, DirectedShock{scenarios, upstream}, settled, how)
                                      : systemic_risk(net, settled, how));
  });
}
