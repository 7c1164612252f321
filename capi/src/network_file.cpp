#include "chainqual/io/network_file.hpp"

#include "control.hpp"
#include "handles.hpp"
#include "network.hpp"

using namespace chainqual;

namespace {

Verify verify_of(int32_t verify) {
  switch (verify) {
    case CHAINQUAL_VERIFY_FULL:
      return Verify::full;
    case CHAINQUAL_VERIFY_HEADER:
      return Verify::header;
    case CHAINQUAL_VERIFY_CHECKSUM:
      return Verify::checksum;
    default:
      capi::throw_wrong_use("verify 的取值没有定义。", "verify is none of CHAINQUAL_VERIFY_....");
  }
}

}  // namespace

chainqual_status chainqual_open_network(const char* path, int32_t verify, const chainqual_control* control,
                                        chainqual_network** network, chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    StoredNetwork stored = open_network(&capi::required(path, "path"), verify_of(verify), capi::control_of(control));
    capi::make_handle(network, "network", std::move(stored.network), std::move(stored.keys));
  });
}

chainqual_status chainqual_write_network(const chainqual_network* network, const char* path,
                                         const chainqual_control* control, uint64_t* content_hash,
                                         chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    StoredNetwork stored;
    stored.network = capi::network_of(network);
    stored.keys = network->keys;
    const auto hash = write_network(&capi::required(path, "path"), stored, capi::control_of(control));
    if (content_hash != nullptr) *content_hash = hash;
  });
}
