#include "chainqual/impact/linear.hpp"

#include "kernel.hpp"

using namespace chainqual;

chainqual_status chainqual_linear(const chainqual_network* network, const double* shock, uint64_t shock_count,
                                  const chainqual_linear_options* options, const chainqual_control* control,
                                  chainqual_propagation* result, chainqual_error* error) {
  return capi::run_on_shock(network, shock, shock_count, options, control, result, error,
                            [](const Network& net, std::span<const double> given, const LinearOptions& settled,
                               const Control& how) { return linear(net, given, settled, how); });
}

chainqual_status chainqual_linear_importance(const chainqual_network* network, chainqual_real_column weight,
                                             int32_t along, const chainqual_linear_options* options,
                                             const chainqual_control* control, double* importance, uint64_t capacity,
                                             uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const Network& net = capi::network_of(network);
    const auto weights = capi::vector_of(weight, "weight");
    const auto direction = capi::enumerator<Along>(along, "along");
    const LinearOptions settled = capi::options_of(options);
    const Control how = capi::control_of(control);
    capi::require_apart({capi::Bytes::of(importance, net.enterprises())}, {capi::Bytes::of(weight)});
    const capi::Lazy lazy(net.enterprises(), [&] { return linear_importance(net, weights, direction, settled, how); });
    capi::hand_over(lazy, importance, capacity, size);
  });
}
