#include "sketch_parts.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace chainqual {
inline namespace v1 {
namespace page {

std::vector<std::size_t> shared_room(const std::vector<std::uint64_t>& sizes, std::size_t most) {
  std::vector<std::size_t> room(sizes.size(), 0);
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sizes[a] < sizes[b]; });
  // Smallest first: each takes what it needs, at most an even part of what is left.
  std::size_t left = most;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const std::size_t others = order.size() - k;
    const std::size_t part = left / others;
    room[order[k]] = static_cast<std::size_t>(std::min<std::uint64_t>(sizes[order[k]], part));
    left -= room[order[k]];
  }
  for (std::size_t k = 0; k < room.size() && left > 0; ++k) {
    if (room[k] >= sizes[k]) continue;
    ++room[k];
    --left;
  }
  return room;
}

std::vector<EnterpriseId> best_of_groups(const std::vector<std::uint32_t>& group, const std::vector<std::size_t>& room,
                                         const std::function<bool(std::uint32_t, std::uint32_t)>& before) {
  std::vector<std::size_t> begin(room.size() + 1, 0);
  for (const std::uint32_t g : group) ++begin[g + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::uint32_t> members(group.size());
  std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
  for (std::uint32_t i = 0; i < group.size(); ++i) members[next[group[i]]++] = i;
  std::vector<EnterpriseId> best;
  for (std::size_t g = 0; g < room.size(); ++g) {
    const auto first = members.begin() + static_cast<std::ptrdiff_t>(begin[g]);
    const auto kept = first + static_cast<std::ptrdiff_t>(room[g]);
    std::partial_sort(first, kept, members.begin() + static_cast<std::ptrdiff_t>(begin[g + 1]), before);
    for (auto each = first; each != kept; ++each) best.emplace_back(*each);
  }
  return best;
}

SketchTies ties_of(std::vector<Partner> partners, const std::vector<std::uint32_t>& at,
                   const std::vector<std::uint32_t>& group, std::size_t most,
                   const std::function<std::string(EnterpriseId)>& id) {
  std::sort(partners.begin(), partners.end(), [](const Partner& a, const Partner& b) { return a.id < b.id; });
  std::size_t distinct = 0;
  for (const Partner& each : partners) {
    if (distinct > 0 && partners[distinct - 1].id == each.id) {
      partners[distinct - 1].value += each.value;
    } else {
      partners[distinct++] = each;
    }
  }
  partners.resize(distinct);
  SketchTies ties;
  ties.partners = static_cast<std::uint32_t>(distinct);
  std::erase_if(partners, [&](const Partner& each) { return at[each.id] != left_out; });
  std::map<std::uint32_t, std::uint32_t> counts;
  for (const Partner& each : partners) ++counts[group[each.id]];
  ties.left_out.assign(counts.begin(), counts.end());
  const auto kept = static_cast<std::ptrdiff_t>(std::min(most, partners.size()));
  std::partial_sort(partners.begin(), partners.begin() + kept, partners.end(), [](const Partner& a, const Partner& b) {
    return a.value != b.value ? a.value > b.value : a.id < b.id;
  });
  for (std::ptrdiff_t k = 0; k < kept; ++k) {
    const std::uint32_t partner = partners[static_cast<std::size_t>(k)].id;
    ties.largest.emplace_back(id(EnterpriseId{partner}), group[partner]);
  }
  return ties;
}

}  // namespace page
}  // namespace v1
}  // namespace chainqual
