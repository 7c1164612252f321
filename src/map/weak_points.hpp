#pragma once

#include <cstdint>
#include <vector>

#include "chainqual/chain/chain.hpp"

// Where a chain is weakest: single points of failure, bottlenecks, sole suppliers.
namespace chainqual {
inline namespace v1 {
namespace chart {

/// By EnterpriseId.
struct WeakPoints {
  std::vector<std::uint32_t> cut;        ///< others that no supply would reach without it: those it dominates
  std::vector<std::uint32_t> final_cut;  ///< those of them that make final products
  std::vector<std::uint32_t> above;      ///< its immediate dominator, or Network::none
  std::vector<bool> joint;               ///< without it its part of the chain would fall apart, whichever way one looks
  std::vector<bool> sole;                ///< alone supplies a product to all who use it
};

/// Final products are made by the segments that the chain marks so; where it marks none, by stage downstream.
[[nodiscard]] WeakPoints weak_points(const Chain& chain);

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
