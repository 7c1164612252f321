#pragma once

// A number by link, given by the caller or taken from the network's own weights, in the order of either end's rows.

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/chain/network.hpp"
#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/linear.hpp"
#include "chainqual/impact/rows-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline void check_links_length(std::size_t given, std::uint64_t wanted, const Text& what) {
  if (given == wanted) return;
  throw Error(ErrorCode::shape_mismatch,
              {what.zh + "有 " + whole(given) + " 个值，而网络有 " + whole(wanted) + " 条供应关系，二者必须相等。",
               what.en + " has " + whole(given) + " entries for " + whole(wanted) + " links; they must agree."});
}

/// Calls use(link, value) for every link in ascending order: the given value, or the network's weight in direction
/// `along`. The network must have passed `check_links`.
template <class Use>
void for_link_values(const Network& net, Along along, std::span<const double> given, Use&& use) {
  const auto offsets = net.out_offsets();
  if (!given.empty()) {
    for (std::uint64_t l = 0; l < given.size(); ++l) use(l, given[l]);
    return;
  }
  if (net.links() == 0) return;
  const LinkWeight weight(net, along);
  for (std::uint32_t i = 0; i < net.enterprises(); ++i) {
    for (auto l = offsets[i]; l < offsets[i + 1]; ++l) use(l, weight(l, i));
  }
}

/// Calls use(link, place) for every link in ascending order, `place` being its position in customer order.
template <class Use>
void for_places_of_customers(const Network& net, Use&& use) {
  // Suppliers ascend in every in-row, so walking links in supplier order fills each row from its start.
  const auto targets = net.out_targets();
  std::vector<std::uint64_t> next(net.in_offsets().begin(), net.in_offsets().end());
  for (std::uint64_t l = 0; l < targets.size(); ++l) use(l, next[targets[l]]++);
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
