#include "chainqual/chain/generate.hpp"

#include <algorithm>

#include "buffers.hpp"
#include "chainqual/impact/propagation.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "network.hpp"
#include "options.hpp"

static_assert(CHAINQUAL_LAYOUT_RANDOM_ORDER == static_cast<int>(chainqual::Layout::random_order));
static_assert(CHAINQUAL_LAYOUT_LOCAL == static_cast<int>(chainqual::Layout::local));

using namespace chainqual;

namespace {

GenerateOptions options_of(const chainqual_generate_options* options) {
  const auto own = capi::settled(options);
  const auto above_zero = [](double value, double otherwise) {
    return value < 0 ? 0.0 : capi::given_or(value, otherwise);
  };
  GenerateOptions result;
  result.enterprises = capi::given_or(own.enterprises, result.enterprises);
  result.mean_degree = capi::given_or(own.mean_degree, result.mean_degree);
  result.exponent = capi::given_or(own.exponent, result.exponent);
  result.degree_cap = capi::given_or(own.degree_cap, result.degree_cap);
  result.preference = above_zero(own.preference, result.preference);
  result.layout = capi::enumerator<Layout>(own.layout, "layout");
  result.tiers = capi::given_or(own.tiers, result.tiers);
  result.cyclic_share = own.cyclic_share;
  result.segments = capi::given_or(own.segments, result.segments);
  result.sectors = capi::given_or(own.sectors, result.sectors);
  result.value_median = capi::given_or(own.value_median, result.value_median);
  result.value_spread = above_zero(own.value_spread, result.value_spread);
  result.seed = capi::given_or(own.seed, result.seed);
  return result;
}

}  // namespace

chainqual_status chainqual_generate_network(const chainqual_generate_options* options, const chainqual_control* control,
                                            chainqual_network** network, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const GenerateOptions settled = options_of(options);
    capi::make_handle(network, "network", generate_network(settled, capi::control_of(control)));
  });
}

chainqual_status chainqual_default_weight(const chainqual_network* network, double* weight, uint64_t capacity,
                                          uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Network& net = capi::network_of(network);
    capi::hand_over(capi::Lazy(net.enterprises(), [&] { return default_weight(net); }), weight, capacity, size);
  });
}
