#include "network.hpp"

#include "buffers.hpp"
#include "chainqual/chain/builder.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "options.hpp"

static_assert(CHAINQUAL_NONE == chainqual::Network::none && CHAINQUAL_NO_STAGE == chainqual::Network::no_stage);
static_assert(CHAINQUAL_STAGE_UPSTREAM == static_cast<int>(chainqual::Stage::upstream));
static_assert(CHAINQUAL_STAGE_MIDSTREAM == static_cast<int>(chainqual::Stage::midstream));
static_assert(CHAINQUAL_STAGE_DOWNSTREAM == static_cast<int>(chainqual::Stage::downstream));

namespace chainqual::capi {

const Network& network_of(const chainqual_network* network) {
  return required(network, "network").network;
}

RealColumn column_of(const chainqual_real_column& column, const char* parameter) {
  if (column.f64 != nullptr && column.f32 != nullptr) {
    throw Error(ErrorCode::invalid_argument,
                {std::string("列 ") + parameter + " 同时给出了两种精度。",
                 std::string("The column ") + parameter + " is given in both precisions."});
  }
  if (column.f32 != nullptr) return RealColumn(entries(column.f32, column.count, parameter));
  return RealColumn(entries(column.f64, column.count, parameter));
}

std::span<const std::uint32_t> column_of(const chainqual_u32_column& column, const char* parameter) {
  return entries(column.data, column.count, parameter);
}

std::span<const std::uint8_t> column_of(const chainqual_u8_column& column, const char* parameter) {
  return entries(column.data, column.count, parameter);
}

std::vector<double> vector_of(const chainqual_real_column& column, const char* parameter) {
  const RealColumn given = column_of(column, parameter);
  std::vector<double> result(given.size());
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = given[i];
  return result;
}

std::vector<std::uint32_t> vector_of(const chainqual_u32_column& column, const char* parameter) {
  const auto given = column_of(column, parameter);
  return {given.begin(), given.end()};
}

std::vector<std::uint8_t> vector_of(const chainqual_u8_column& column, const char* parameter) {
  const auto given = column_of(column, parameter);
  return {given.begin(), given.end()};
}

}  // namespace chainqual::capi

using namespace chainqual;

chainqual_status chainqual_network_from_arrays(const chainqual_network_columns* columns,
                                               const chainqual_control* control, chainqual_network** network,
                                               chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const auto own = capi::settled(&capi::required(columns, "columns"));
    NetworkColumns given;
    given.enterprises = own.enterprises;
    given.supplier = capi::column_of(own.supplier, "supplier");
    given.customer = capi::column_of(own.customer, "customer");
    given.value = capi::column_of(own.value, "value");
    given.dependency = capi::column_of(own.dependency, "dependency");
    given.escape = capi::column_of(own.escape, "escape");
    given.stage = capi::column_of(own.stage, "stage");
    given.segment = capi::column_of(own.segment, "segment");
    given.sector = capi::column_of(own.sector, "sector");
    given.weight = capi::column_of(own.weight, "weight");
    capi::make_handle(network, "network",
                      build_network(given, BuildOptions{own.keep_self_supply != 0}, capi::control_of(control)));
  });
}

void chainqual_network_free(chainqual_network* network) {
  delete network;
}

uint32_t chainqual_network_enterprises(const chainqual_network* network) {
  return network == nullptr ? 0 : network->network.enterprises();
}

uint64_t chainqual_network_links(const chainqual_network* network) {
  return network == nullptr ? 0 : network->network.links();
}

chainqual_status chainqual_network_get_arrays(const chainqual_network* network, chainqual_network_arrays* arrays,
                                              chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Network& net = capi::network_of(network);
    const auto data = [](const auto& column) { return column.empty() ? nullptr : column.data(); };
    chainqual_network_arrays out = CHAINQUAL_NETWORK_ARRAYS_INIT;
    out.enterprises = net.enterprises();
    out.links = net.links();
    out.out_offsets = net.out_offsets().data();
    out.out_targets = net.out_targets().data();
    out.out_values = net.out_values().data();
    out.in_offsets = net.in_offsets().data();
    out.in_sources = net.in_sources().data();
    out.in_values = net.in_values().data();
    out.dependency = data(net.dependency());
    out.escape = data(net.escape());
    out.stage = data(net.stage());
    out.segment = data(net.segment());
    out.sector = data(net.sector());
    out.weight = data(net.weight());
    out.links_given = net.summary().links_given;
    out.self_supply_dropped = net.summary().self_supply_dropped;
    out.parallel_merged = net.summary().parallel_merged;
    out.values_assumed = net.summary().values_assumed;
    capi::hand_over(out, &capi::required(arrays, "arrays"));
  });
}

chainqual_status chainqual_network_key(const chainqual_network* network, uint32_t id, char* buffer, uint64_t capacity,
                                       uint64_t* size, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto& own = capi::required(network, "network");
    capi::require_index(id, own.network.enterprises());
    if (own.keys.empty()) {
      throw Error(ErrorCode::not_found, {"这个网络没有保存企业编号。", "This network holds no keys of enterprises."});
    }
    capi::hand_over_text(own.keys.key(EnterpriseId{id}), buffer, capacity, size);
  });
}

chainqual_status chainqual_network_find(const chainqual_network* network, const char* key, uint32_t* id,
                                        chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto found = capi::required(network, "network").keys.find(&capi::required(key, "key"));
    if (!found) {
      const std::string shown = shown_value(key);
      throw Error(ErrorCode::not_found, {"网络中没有编号为 «" + shown + "» 的企业。",
                                         "No enterprise of the network has the key «" + shown + "»."});
    }
    capi::required(id, "id") = found->value;
  });
}
