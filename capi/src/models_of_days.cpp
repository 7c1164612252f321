#include "kernel.hpp"

using namespace chainqual;

chainqual_status chainqual_dynamics(const chainqual_network* network, const chainqual_disruption* disruptions,
                                    uint64_t disruption_count, const chainqual_dynamics_options* options,
                                    const chainqual_control* control, chainqual_propagation* result,
                                    chainqual_error* error) {
  return capi::run_on_disruptions(
      network, disruptions, disruption_count, options, control, result, error,
      [](const Network& net, std::span<const Disruption> given, const DynamicsOptions& settled, const Control& how) {
        return dynamics(net, given, settled, how);
      });
}

chainqual_status chainqual_inoperability(const chainqual_network* network, const chainqual_disruption* disruptions,
                                         uint64_t disruption_count, const chainqual_inoperability_options* options,
                                         const chainqual_control* control, chainqual_propagation* result,
                                         chainqual_error* error) {
  return capi::run_on_disruptions(
      network, disruptions, disruption_count, options, control, result, error,
      [](const Network& net, std::span<const Disruption> given, const InoperabilityOptions& settled,
         const Control& how) { return inoperability(net, given, settled, how); });
}
