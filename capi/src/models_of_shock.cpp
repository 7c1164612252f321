#include "kernel.hpp"

using namespace chainqual;

chainqual_status chainqual_cascade(const chainqual_network* network, const double* shock, uint64_t shock_count,
                                   const chainqual_cascade_options* options, const chainqual_control* control,
                                   chainqual_propagation* result, chainqual_error* error) {
  return capi::run_on_shock(network, shock, shock_count, options, control, result, error,
                            [](const Network& net, std::span<const double> given, const CascadeOptions& settled,
                               const Control& how) { return cascade(net, given, settled, how); });
}

chainqual_status chainqual_contagion(const chainqual_network* network, const double* start, uint64_t start_count,
                                     const chainqual_contagion_options* options, const chainqual_control* control,
                                     chainqual_propagation* result, chainqual_error* error) {
  return capi::run_on_shock(network, start, start_count, options, control, result, error,
                            [](const Network& net, std::span<const double> given, const ContagionOptions& settled,
                               const Control& how) { return contagion(net, given, settled, how); });
}

chainqual_status chainqual_distress(const chainqual_network* network, const double* shock, uint64_t shock_count,
                                    const chainqual_distress_options* options, const chainqual_control* control,
                                    chainqual_propagation* result, chainqual_error* error) {
  return capi::run_on_shock(network, shock, shock_count, options, control, result, error,
                            [](const Network& net, std::span<const double> given, const DistressOptions& settled,
                               const Control& how) { return distress(net, given, settled, how); });
}
