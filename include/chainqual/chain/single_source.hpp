#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chainqual/chain/chain.hpp"
#include "chainqual/chain/network.hpp"

namespace chainqual {
inline namespace v1 {

/// An input that a customer has from one supplier only.
struct SingleSource {
  EnterpriseId customer;
  EnterpriseId supplier;
  SectorId sector;   ///< of the supplier; none() where sectors are not given
  double share = 0;  ///< of the customer's inputs by value; 0 when it buys nothing
  friend bool operator==(const SingleSource&, const SingleSource&) = default;
};

/// For every customer, the sectors from which exactly one enterprise supplies it. Where the network has no sectors, all
/// suppliers count as one sector; suppliers without a sector are left out. Self-supply is no source.
///
/// @param network  n enterprises, m links.
/// @returns by customer, then supplier.
/// @throws std::bad_alloc.
/// @complexity O(n + Σ d log d), d = suppliers of a customer.
/// @numerics Shares in double from values in single precision.
/// @threads Reads only.
/// @source Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<SingleSource> single_sources(const Network& network);

/// A product that one enterprise alone supplies to all who use it.
struct SingleSourceProduct {
  std::string product;
  EnterpriseId supplier;
  std::vector<EnterpriseId> customers;  ///< ascending
  std::vector<EnterpriseId> makers;     ///< others that list the product but supply it to nobody: who could stand in
  friend bool operator==(const SingleSourceProduct&, const SingleSourceProduct&) = default;
};

/// The products of a chain's links that have one supplier. Links without a product are left out; self-supply is no
/// source.
///
/// @param chain  any chain.
/// @returns by product, in byte order.
/// @throws std::bad_alloc.
/// @complexity O(m log m).
/// @numerics None.
/// @threads Reads only.
/// @source Definition, no paper.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<SingleSourceProduct> single_source_products(const Chain& chain);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/single_source-inl.hpp"
