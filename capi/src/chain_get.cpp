#include <string>
#include <vector>

#include "buffers.hpp"
#include "chain.hpp"
#include "options.hpp"

using namespace chainqual;

namespace {

const Chain& chain_of(const chainqual_chain* chain) {
  return capi::content_of(chain).chain;
}

}  // namespace

chainqual_status chainqual_chain_find(const chainqual_chain* chain, const char* key, uint32_t* id,
                                      chainqual_error* error) {
  return capi::guarded(error, [&] {
    const EnterpriseId found = chain_of(chain).at(&capi::required(key, "key"));
    capi::required(id, "id") = found.value;
  });
}

chainqual_status chainqual_chain_resolve(const chainqual_chain* chain, const char* text, uint32_t* id,
                                         chainqual_error* error) {
  return capi::guarded(error, [&] {
    const auto found = chain_of(chain).resolve(&capi::required(text, "text"));
    if (!found) {
      const std::string shown = shown_value(text);
      throw Error(ErrorCode::not_found,
                  {"没有或不止一家企业的编号、信用代码或名称是 «" + shown + "»。",
                   "No enterprise, or more than one, has the id, credit code or name «" + shown + "»."});
    }
    capi::required(id, "id") = found->value;
  });
}

chainqual_status chainqual_chain_get_enterprise(const chainqual_chain* chain, uint32_t id,
                                                chainqual_enterprise* enterprise, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Enterprise& own = chain_of(chain).enterprise(EnterpriseId{id});
    chainqual_enterprise out = CHAINQUAL_ENTERPRISE_INIT;
    out.stage = static_cast<int32_t>(own.stage);
    out.id = own.id.c_str();
    out.credit_code = own.credit_code.c_str();
    out.name = own.name.c_str();
    out.name_en = own.name_en.c_str();
    out.segments.count = own.segments.size();
    out.products.count = own.products.size();
    out.region = own.region.c_str();
    out.city = own.city.c_str();
    out.role = static_cast<int32_t>(own.role);
    out.ladder = static_cast<int32_t>(own.ladder);
    out.weight = own.weight ? &*own.weight : nullptr;
    out.source = own.source.c_str();
    out.size = static_cast<int32_t>(own.size);
    out.products_en.count = own.products_en.size();
    capi::hand_over(out, &capi::required(enterprise, "enterprise"));
  });
}

chainqual_status chainqual_chain_get_item(const chainqual_chain* chain, uint32_t id, int32_t list, uint64_t index,
                                          const char** item, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Enterprise& own = chain_of(chain).enterprise(EnterpriseId{id});
    const std::vector<std::string>* items = nullptr;
    switch (list) {
      case CHAINQUAL_LIST_SEGMENTS:
        items = &own.segments;
        break;
      case CHAINQUAL_LIST_PRODUCTS:
        items = &own.products;
        break;
      case CHAINQUAL_LIST_PRODUCTS_EN:
        items = &own.products_en;
        break;
      default:
        capi::throw_unknown_number(list, "list");
    }
    capi::require_index(index, items->size());
    capi::required(item, "item") = (*items)[static_cast<std::size_t>(index)].c_str();
  });
}
