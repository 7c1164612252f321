#include "chainqual/chain/structure.hpp"

#include <algorithm>

#include "buffers.hpp"
#include "chain.hpp"
#include "control.hpp"
#include "network.hpp"
#include "options.hpp"

using namespace chainqual;
using capi::Bytes;
using capi::hand_over;
using capi::Lazy;

namespace {

std::vector<std::uint32_t> sources_of(const Network& net, const chainqual_u32_column& given) {
  const auto sources = capi::column_of(given, "sources");
  if (!sources.empty()) return {sources.begin(), sources.end()};
  return supply_sources(net, strong_components(net));
}

}  // namespace

chainqual_status chainqual_strong_components(const chainqual_network* network, uint32_t* component, uint64_t capacity,
                                             uint64_t* size, uint64_t* count, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Network& net = capi::network_of(network);
    if (component == nullptr && count == nullptr) {
      capi::required(size, "size") = net.enterprises();
      return;
    }
    const StrongComponents found = strong_components(net);
    if (component != nullptr || size != nullptr) hand_over(found.component, component, capacity, size);
    if (count != nullptr) *count = found.count();
  });
}

chainqual_status chainqual_topological_order(const chainqual_network* network, uint32_t* order, uint64_t capacity,
                                             uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto found = topological_order(capi::network_of(network));
    if (!found) {
      throw Error(ErrorCode::no_solution,
                  {"链中有环，没有先供方后用户的次序。", "The chain has a cycle, so no order puts suppliers first."});
    }
    hand_over(*found, order, capacity, size);
  });
}

chainqual_status chainqual_supply_sources(const chainqual_network* network, uint32_t* sources, uint64_t capacity,
                                          uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] { hand_over(sources_of(capi::network_of(network), {}), sources, capacity, size); });
}

chainqual_status chainqual_final_enterprises(const chainqual_network* network, uint32_t* finals, uint64_t capacity,
                                             uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] { hand_over(final_enterprises(capi::network_of(network)), finals, capacity, size); });
}

chainqual_status chainqual_dominators(const chainqual_network* network, chainqual_u32_column sources,
                                      uint32_t* immediate, uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Network& net = capi::network_of(network);
    static_cast<void>(capi::column_of(sources, "sources"));
    capi::require_apart({Bytes::of(immediate, net.enterprises())}, {Bytes::of(sources)});
    const Lazy lazy(net.enterprises(), [&] { return dominators(net, sources_of(net, sources)).immediate; });
    hand_over(lazy, immediate, capacity, size);
  });
}

chainqual_status chainqual_single_points_of_failure(const chainqual_network* network, chainqual_u32_column sources,
                                                    chainqual_u32_column finals, chainqual_single_point* points,
                                                    uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Network& net = capi::network_of(network);
    const auto given = capi::column_of(finals, "finals");
    const auto ends = given.empty() ? final_enterprises(net) : std::vector<std::uint32_t>(given.begin(), given.end());
    std::vector<chainqual_single_point> out;
    for (const auto& one : single_points_of_failure(dominators(net, sources_of(net, sources)), ends)) {
      out.push_back({one.enterprise.value, one.cut, one.final_cut});
    }
    capi::require_apart({Bytes::of(points, out.size())}, {Bytes::of(sources), Bytes::of(finals)});
    hand_over(out, points, capacity, size);
  });
}

chainqual_status chainqual_articulation_points(const chainqual_network* network, uint32_t* points, uint64_t capacity,
                                               uint64_t* size, chainqual_error* error) {
  return capi::guarded(error,
                       [&] { hand_over(articulation(capi::network_of(network)).points, points, capacity, size); });
}

chainqual_status chainqual_bridges(const chainqual_network* network, chainqual_relation* bridges, uint64_t capacity,
                                   uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    std::vector<chainqual_relation> out;
    for (const Relation& one : articulation(capi::network_of(network)).bridges) out.push_back({one.first, one.second});
    hand_over(out, bridges, capacity, size);
  });
}

chainqual_status chainqual_betweenness(const chainqual_network* network, const chainqual_control* control,
                                       double* values, uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const Network& net = capi::network_of(network);
    const Control how = capi::control_of(control);
    hand_over(Lazy(net.enterprises(), [&] { return betweenness(net, how); }), values, capacity, size);
  });
}

chainqual_status chainqual_sampled_betweenness(const chainqual_network* network, const chainqual_control* control,
                                               chainqual_sampling* sampling, double* values, uint64_t capacity,
                                               uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const Network& net = capi::network_of(network);
    auto own = capi::settled(sampling);
    BetweennessSampling settled;
    settled.error = capi::given_or(own.error, settled.error);
    settled.failure = capi::given_or(own.failure, settled.failure);
    settled.seed = capi::given_or(own.seed, settled.seed);
    const Control how = capi::control_of(control);
    SampledBetweenness found;
    const Lazy lazy(net.enterprises(), [&]() -> const std::vector<double>& {
      found = sampled_betweenness(net, settled, how);
      return found.values;
    });
    hand_over(lazy, values, capacity, size);
    if (values == nullptr || sampling == nullptr) return;
    own.error = found.error;
    own.samples = found.samples;
    hand_over(own, sampling);
  });
}

chainqual_status chainqual_single_sources(const chainqual_network* network, chainqual_single_source* sources,
                                          uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    std::vector<chainqual_single_source> out;
    for (const SingleSource& one : single_sources(capi::network_of(network))) {
      out.push_back({one.customer.value, one.supplier.value, one.sector.value, 0, one.share});
    }
    hand_over(out, sources, capacity, size);
  });
}

chainqual_status chainqual_supplier_concentration(const chainqual_network* network, chainqual_concentration* inputs,
                                                  uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    std::vector<chainqual_concentration> out;
    for (const InputConcentration& one : supplier_concentration(capi::network_of(network))) {
      out.push_back({one.customer.value, one.sector.value, one.suppliers, 0, one.herfindahl});
    }
    hand_over(out, inputs, capacity, size);
  });
}

chainqual_status chainqual_region_concentration(const chainqual_chain* chain, chainqual_region_share* shares,
                                                uint64_t capacity, uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    std::vector<chainqual_region_share> out;
    for (const RegionConcentration& group : region_concentration(capi::content_of(chain).chain)) {
      for (const RegionShare& one : group.shares) {
        chainqual_region_share row{group.segment.value, one.enterprises, one.share, group.herfindahl, {}};
        one.region.copy(row.region, sizeof row.region - 1);
        out.push_back(row);
      }
    }
    hand_over(out, shares, capacity, size);
  });
}
