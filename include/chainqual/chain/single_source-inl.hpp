#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <utility>

#include "chainqual/chain/single_source.hpp"

namespace chainqual {
inline namespace v1 {

inline std::vector<SingleSource> single_sources(const Network& network) {
  std::vector<SingleSource> found;
  std::vector<std::pair<std::uint32_t, std::size_t>> inputs;  // sector of the supplier, place in the row
  const bool sectors = !network.sector().empty();
  for (std::uint32_t j = 0; j < network.enterprises(); ++j) {
    const auto suppliers = network.suppliers(EnterpriseId{j});
    const auto values =
        network.in_values().subspan(static_cast<std::size_t>(network.in_offsets()[j]), suppliers.size());
    inputs.clear();
    double total = 0;
    for (std::size_t k = 0; k < suppliers.size(); ++k) {
      if (suppliers[k] == j) continue;
      total += static_cast<double>(values[k]);
      const std::uint32_t sector = sectors ? network.sector()[suppliers[k]] : 0;
      if (sector != Network::none) inputs.emplace_back(sector, k);
    }
    std::sort(inputs.begin(), inputs.end());
    const std::size_t before = found.size();
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      const bool alone = (k == 0 || inputs[k - 1].first != inputs[k].first) &&
                         (k + 1 == inputs.size() || inputs[k + 1].first != inputs[k].first);
      if (!alone) continue;
      const auto [sector, place] = inputs[k];
      const double share = total > 0 ? static_cast<double>(values[place]) / total : 0.0;
      found.push_back(
          {EnterpriseId{j}, EnterpriseId{suppliers[place]}, sectors ? SectorId{sector} : SectorId::none(), share});
    }
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(before), found.end(),
              [](const SingleSource& a, const SingleSource& b) { return a.supplier < b.supplier; });
  }
  return found;
}

inline std::vector<SingleSourceProduct> single_source_products(const Chain& chain) {
  struct Use {
    std::set<EnterpriseId> suppliers;
    std::set<EnterpriseId> customers;
  };
  std::map<std::string_view, Use> uses;
  const auto [begin, end] = boost::edges(chain.graph());
  for (auto edge = begin; edge != end; ++edge) {
    const std::string& product = chain.link(*edge).product;
    const auto supplier = chain.supplier(*edge);
    const auto customer = chain.customer(*edge);
    if (product.empty() || supplier == customer) continue;
    auto& use = uses[product];
    use.suppliers.insert(supplier);
    use.customers.insert(customer);
  }
  std::vector<SingleSourceProduct> found;
  for (const auto& [product, use] : uses) {
    if (use.suppliers.size() != 1) continue;
    SingleSourceProduct single{std::string(product),
                               *use.suppliers.begin(),
                               {use.customers.begin(), use.customers.end()},
                               chain.makers(product)};
    std::erase(single.makers, single.supplier);
    found.push_back(std::move(single));
  }
  return found;
}

}  // namespace v1
}  // namespace chainqual
