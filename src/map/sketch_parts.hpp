#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "chainqual/map/sketch.hpp"

// What a sketch of a network and the page of a large chain choose by.
namespace chainqual {
inline namespace v1 {
namespace page {

inline constexpr std::uint32_t left_out = 0xFFFFFFFF;

/// `most` places shared out among groups of these sizes: evenly, and what a small group does not need goes to the
/// others; what does not divide goes to the first ones.
[[nodiscard]] std::vector<std::size_t> shared_room(const std::vector<std::uint64_t>& sizes, std::size_t most);

/// Of each group the `room` first ones by `before`, in that order; groups one after another.
/// @param group  by EnterpriseId, below the number of groups.
[[nodiscard]] std::vector<EnterpriseId> best_of_groups(const std::vector<std::uint32_t>& group,
                                                       const std::vector<std::size_t>& room,
                                                       const std::function<bool(std::uint32_t, std::uint32_t)>& before);

struct Partner {
  std::uint32_t id = 0;
  double value = 0;
};

/// What is left out of these partners, `most` of it by name.
/// @param partners  in any order; several entries of one enterprise are added up.
/// @param at        by EnterpriseId: `left_out`, or a place in what is drawn.
/// @param group     by EnterpriseId.
[[nodiscard]] SketchTies ties_of(std::vector<Partner> partners, const std::vector<std::uint32_t>& at,
                                 const std::vector<std::uint32_t>& group, std::size_t most,
                                 const std::function<std::string(EnterpriseId)>& id);

}  // namespace page
}  // namespace v1
}  // namespace chainqual
