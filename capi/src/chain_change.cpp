#include <iterator>
#include <vector>

#include "buffers.hpp"
#include "chain.hpp"
#include "options.hpp"
#include "records.hpp"

using namespace chainqual;

namespace {

/// The link at a place in the order of adding. @throws Error{out_of_range}
Chain::Edge link_at(const Chain& chain, std::uint64_t place) {
  capi::require_index(place, chain.links());
  return *std::next(edges(chain.graph()).first, static_cast<std::ptrdiff_t>(place));
}

/// All links from one enterprise to another, of `product` where it is not null. @throws Error{out_of_range} an id.
std::vector<Chain::Edge> links_between(const Chain& chain, std::uint32_t supplier, std::uint32_t customer,
                                       const char* product) {
  static_cast<void>(chain.enterprise(EnterpriseId{supplier}));
  static_cast<void>(chain.enterprise(EnterpriseId{customer}));
  std::vector<Chain::Edge> found;
  const auto [begin, end] = out_edges(supplier, chain.graph());
  for (auto edge = begin; edge != end; ++edge) {
    const bool meant = product == nullptr || chain.link(*edge).product == product;
    if (meant && chain.customer(*edge).value == customer) found.push_back(*edge);
  }
  return found;
}

}  // namespace

chainqual_status chainqual_chain_get_link(const chainqual_chain* chain, uint64_t place, uint32_t* supplier,
                                          uint32_t* customer, chainqual_link* link, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const Chain& own = capi::content_of(chain).chain;
    const Chain::Edge edge = link_at(own, place);
    if (link != nullptr) {
      const Link& found = own.link(edge);
      chainqual_link out = CHAINQUAL_LINK_INIT;
      out.evidence = static_cast<int32_t>(found.evidence);
      out.product = found.product.c_str();
      out.value = capi::borrowed(found.value);
      out.dependency = capi::borrowed(found.dependency);
      out.escape = capi::borrowed(found.escape);
      out.kind = found.kind.c_str();
      out.source = found.source.c_str();
      out.product_en = found.product_en.c_str();
      capi::hand_over(out, link);
    }
    if (supplier != nullptr) *supplier = own.supplier(edge).value;
    if (customer != nullptr) *customer = own.customer(edge).value;
  });
}

chainqual_status chainqual_chain_replace_link(chainqual_chain* chain, uint64_t place, const chainqual_link* link,
                                              chainqual_error* error) {
  return capi::guarded(error, [&] {
    Link made = capi::link_of(link);
    capi::require_index(place, capi::content_of(chain).chain.links());
    Chain& own = capi::editable(chain).chain;
    Link& old = own.link(link_at(own, place));
    if (!capi::has(link, &chainqual_link::product_en) && made.product == old.product) made.product_en = old.product_en;
    old = std::move(made);
  });
}

chainqual_status chainqual_chain_remove_link(chainqual_chain* chain, uint64_t place, chainqual_error* error) {
  return capi::guarded(error, [&] {
    capi::require_index(place, capi::content_of(chain).chain.links());
    Chain& own = capi::editable(chain).chain;
    own.remove_link(link_at(own, place));
  });
}

chainqual_status chainqual_chain_remove_links(chainqual_chain* chain, uint32_t supplier, uint32_t customer,
                                              const char* product, uint64_t* removed, chainqual_error* error) {
  return capi::guarded(error, [&] {
    const bool any = !links_between(capi::content_of(chain).chain, supplier, customer, product).empty();
    if (!any) {
      throw Error(ErrorCode::not_found, {"从企业 " + std::to_string(supplier) + " 到企业 " + std::to_string(customer) +
                                             " 没有这样的供应关系。",
                                         "There is no such link from enterprise " + std::to_string(supplier) +
                                             " to enterprise " + std::to_string(customer) + "."});
    }
    Chain& own = capi::editable(chain).chain;  // a copy of the content has edges of its own
    const auto found = links_between(own, supplier, customer, product);
    for (const Chain::Edge& edge : found) own.remove_link(edge);
    if (removed != nullptr) *removed = found.size();
  });
}

chainqual_status chainqual_chain_replace_enterprise(chainqual_chain* chain, uint32_t id,
                                                    const chainqual_enterprise* enterprise, chainqual_error* error) {
  return capi::guarded(error, [&] {
    Enterprise made = capi::enterprise_of(enterprise);
    const Enterprise& old = capi::content_of(chain).chain.enterprise(EnterpriseId{id});
    if (!capi::has(enterprise, &chainqual_enterprise::size)) made.size = old.size;
    if (!capi::has(enterprise, &chainqual_enterprise::products_en) && made.products == old.products) {
      made.products_en = old.products_en;
    }
    capi::editable(chain).chain.replace_enterprise(EnterpriseId{id}, std::move(made));
  });
}
