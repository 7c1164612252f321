#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "chainqual/chain/chain.hpp"
#include "chainqual/chain/network.hpp"

namespace chainqual {
inline namespace v1 {

/// The Herfindahl–Hirschman index: Σ of squared shares, in [1/k, 1] for k amounts; 1 when one amount is all, 0 when all
/// amounts are 0 or none is given.
///
/// @param amounts  finite, ≥ 0.
/// @complexity O(k).
/// @numerics Double, in the given order; scaling all amounts by a power of two changes nothing.
/// @threads Reads only.
/// @source Hirschman 1945; Herfindahl 1950.
/// @since 0.1, experimental.
[[nodiscard]] double herfindahl(std::span<const double> amounts) noexcept;

/// How a customer's purchases from one sector are spread over its suppliers there.
struct InputConcentration {
  EnterpriseId customer;
  SectorId sector;  ///< none() where sectors are not given, or the suppliers have none
  std::uint32_t suppliers = 0;
  double herfindahl = 0;     ///< by value
  EnterpriseId largest;      ///< the supplier of the largest value; the first of equals
  double largest_share = 0;  ///< its share of this input
  double input_share = 0;    ///< this input's share of all that the customer buys
  friend bool operator==(const InputConcentration&, const InputConcentration&) = default;
};

/// Supplier concentration per customer and input sector. Self-supply is no purchase.
///
/// @param network  n enterprises, m links.
/// @returns by customer, then sector (none() last).
/// @throws std::bad_alloc.
/// @complexity O(n + Σ d log d), d = suppliers of a customer.
/// @numerics Double, suppliers in ascending order.
/// @threads Reads only.
/// @source as herfindahl.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<InputConcentration> supplier_concentration(const Network& network);

/// Enterprises and weight of one region within one segment, or within the whole chain.
struct RegionShare {
  std::string region;  ///< GB/T 2260 province code as in the chain; empty: not given
  std::uint32_t enterprises = 0;
  double share = 0;  ///< of the segment's weight
  friend bool operator==(const RegionShare&, const RegionShare&) = default;
};

struct RegionConcentration {
  SegmentId segment;                ///< none(): the whole chain
  double herfindahl = 0;            ///< of the regions' shares; regions not given count as one
  std::vector<RegionShare> shares;  ///< largest share first, then by code
  friend bool operator==(const RegionConcentration&, const RegionConcentration&) = default;
};

/// How far the chain, and each of its segments that has enterprises, sits in few regions. An enterprise counts in its
/// home segment, with its weight where every enterprise of the chain has one, else with 1.
///
/// @param chain  any chain.
/// @returns the whole chain first, then segments in order.
/// @throws std::bad_alloc.
/// @complexity O(n log n).
/// @numerics Double, enterprises in order.
/// @threads Reads only.
/// @source as herfindahl.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<RegionConcentration> region_concentration(const Chain& chain);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/chain/concentration-inl.hpp"
