#include "chainqual/impact/linear.hpp"

#include "control.hpp"
#include "models.hpp"
#include "network.hpp"
#include "propagation.hpp"

static_assert(CHAINQUAL_ALONG_DOWNSTREAM == static_cast<int>(chainqual::Along::downstream));
static_assert(CHAINQUAL_ALONG_UPSTREAM == static_cast<int>(chainqual::Along::upstream));

namespace chainqual::capi {

LinearOptions options_of(const chainqual_linear_options* options) {
  const auto own = settled(options);
  const Directions directions = directions_of(own.directions);
  LinearOptions result;
  result.downstream = directions.downstream;
  result.upstream = directions.upstream;
  result.capped = own.uncapped == 0;
  result.tolerance = given_or(own.tolerance, result.tolerance);
  result.max_sweeps = given_or(own.max_sweeps, result.max_sweeps);
  return result;
}

}  // namespace chainqual::capi

using namespace chainqual;

chainqual_status chainqual_linear(const chainqual_network* network, const double* shock, uint64_t shock_count,
                                  const chainqual_linear_options* options, const chainqual_control* control,
                                  chainqual_propagation* result, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const Network& net = capi::network_of(network);
    const auto given = capi::entries(shock, shock_count, "shock");
    const LinearOptions settled = capi::options_of(options);
    capi::PropagationOut out(result, net.enterprises(), {capi::Bytes::of(shock, shock_count)});
    if (!out.wants_losses()) return out.size_only();
    out.write(linear(net, given, settled, capi::control_of(control)));
  });
}
