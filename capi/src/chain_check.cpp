#include <string>
#include <vector>

#include "chain.hpp"
#include "chainqual/chain/network_of.hpp"
#include "chainqual/chain/validate.hpp"
#include "control.hpp"
#include "handles.hpp"
#include "network.hpp"
#include "options.hpp"

using namespace chainqual;

chainqual_status chainqual_validate(const chainqual_chain* chain, const chainqual_validate_options* options,
                                    const chainqual_control* control, chainqual_findings* findings,
                                    chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const auto own = capi::settled(options);
    ValidateOptions settled;
    settled.missing_codes = own.no_missing_codes == 0;
    settled.similar_names = own.no_similar_names == 0;
    settled.structure = own.no_structure == 0;
    settled.limit = static_cast<std::size_t>(capi::given_or(own.limit, settled.limit));
    Findings found = validate(capi::share(chain)->chain, settled, capi::control_of(control));
    capi::required(findings, "findings").findings = std::move(found);
  });
}

chainqual_status chainqual_network_of(const chainqual_chain* chain, int32_t keep_self_supply,
                                      const chainqual_control* control, chainqual_network** network,
                                      chainqual_error* error) {
  return capi::guarded(error, control, [&] {
    const auto content = capi::share(chain);
    Network net = network_of(content->chain, BuildOptions{keep_self_supply != 0}, capi::control_of(control));
    std::vector<std::string> keys;
    keys.reserve(net.enterprises());
    for (std::uint32_t i = 0; i < net.enterprises(); ++i) keys.push_back(content->chain.enterprise(EnterpriseId{i}).id);
    capi::make_handle(network, "network", std::move(net), KeyTable::of(keys));
  });
}
