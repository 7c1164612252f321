#pragma once

#include "control.hpp"
#include "models.hpp"
#include "network.hpp"
#include "propagation.hpp"

// One body for the models that take a share for each enterprise, one for those that take disruptions.

namespace chainqual::capi {

template <class Options, class Run>
chainqual_status run_on_shock(const chainqual_network* network, const double* shock, std::uint64_t count,
                              const Options* options, const chainqual_control* control, chainqual_propagation* result,
                              chainqual_error* error, Run run) noexcept {
  return guarded(error, control, [&] {
    const Network& net = network_of(network);
    const auto given = entries(shock, count, "shock");
    const auto settled = options_of(options);
    const Control how = control_of(control);
    PropagationOut out(result, net.enterprises(), {Bytes::of(shock, count)});
    if (!out.wants_losses()) return out.size_only();
    out.write(run(net, given, settled, how));
  });
}

template <class Options, class Run>
chainqual_status run_on_disruptions(const chainqual_network* network, const chainqual_disruption* disruptions,
                                    std::uint64_t count, const Options* options, const chainqual_control* control,
                                    chainqual_propagation* result, chainqual_error* error, Run run) noexcept {
  return guarded(error, control, [&] {
    const Network& net = network_of(network);
    const auto given = disruptions_of(disruptions, count);
    const auto settled = options_of(options);
    const Control how = control_of(control);
    PropagationOut out(result, net.enterprises(), {Bytes::of(disruptions, count)});
    if (!out.wants_losses()) return out.size_only();
    out.write(run(net, given, settled, how));
  });
}

}  // namespace chainqual::capi
