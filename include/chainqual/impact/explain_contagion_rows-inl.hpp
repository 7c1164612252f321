#pragma once

// The links over which a contagion can come to one enterprise, forwards and backwards.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "chainqual/impact/contagion_search-inl.hpp"
#include "chainqual/impact/explain_parts-inl.hpp"
#include "chainqual/impact/link_column-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Rows of chances that hold their own offsets and neighbours.
struct OwnChanceRows {
  std::vector<std::uint64_t> offsets{0};
  std::vector<std::uint32_t> neighbours;
  ChanceRows rows;
};

/// Enterprises that lie on a way of possible links from one that may start hit to the target, which is always there.
/// Places are those in `nodes`. The target tries nobody in `forward`: what it hits is no cause of its being hit.
struct ContagionOrigin {
  struct Input {
    std::uint32_t neighbour;
    std::uint64_t link;
    std::uint64_t likely;
  };

  std::vector<std::uint32_t> nodes;  ///< ascending
  std::uint32_t target = 0;
  OwnChanceRows forward;
  OwnChanceRows backward;
  std::vector<double> probability;  ///< by place in `backward`
  std::vector<Input> inputs_of_target;

  [[nodiscard]] std::uint64_t links() const noexcept { return backward.neighbours.size(); }
  [[nodiscard]] std::span<const Input> inputs() const noexcept { return inputs_of_target; }
  [[nodiscard]] std::uint32_t place(std::uint32_t enterprise) const {
    return static_cast<std::uint32_t>(std::lower_bound(nodes.begin(), nodes.end(), enterprise) - nodes.begin());
  }

  /// Probabilities as rows to look for paths in.
  [[nodiscard]] Origin for_paths(std::span<const double> start) const {
    Origin out;
    out.nodes = nodes;
    out.target = target;
    for (const std::uint32_t v : nodes) out.shock.push_back(start[v]);
    RowsMaker made;
    for (std::size_t v = 0; v < nodes.size(); ++v) {
      for (auto k = backward.offsets[v]; k < backward.offsets[v + 1]; ++k) {
        made.add(backward.neighbours[k], probability[k]);
      }
      made.end_row();
    }
    out.rows = made.take();
    return out;
  }
};

/// A direction's links as rows of those who try (`from`) or of those who are tried.
class TryRows {
 public:
  TryRows(const Network& net, Along along, std::span<const double> given) : net_(net), probability_(net.links()) {
    for_link_values(net, along, given, [&](std::uint64_t l, double p) { probability_[l] = p; });
    link_at_.resize(net.links());
    for_places_of_customers(net, [&](std::uint64_t l, std::uint64_t place) { link_at_[place] = l; });
    by_supplier_is_from_ = along == Along::downstream;
  }

  /// Calls use(other end, link, probability) for every possible link that `v` tries over, or is tried over.
  template <class Use>
  void for_each(std::uint32_t v, bool from, Use&& use) const {
    const bool out = from == by_supplier_is_from_;
    const auto offsets = out ? net_.out_offsets() : net_.in_offsets();
    const auto ends = out ? net_.out_targets() : net_.in_sources();
    for (auto k = offsets[v]; k < offsets[v + std::size_t{1}]; ++k) {
      const std::uint64_t link = out ? k : link_at_[k];
      if (probability_[link] > 0) use(ends[k], link, probability_[link]);
    }
  }

  /// Who can be reached from `found` over possible links, itself included.
  [[nodiscard]] std::vector<std::uint8_t> reach(std::vector<std::uint32_t> found, bool from) const {
    std::vector<std::uint8_t> reached(net_.enterprises(), 0);
    for (const std::uint32_t v : found) reached[v] = 1;
    for (std::size_t next = 0; next < found.size(); ++next) {
      for_each(found[next], from, [&](std::uint32_t to, std::uint64_t, double) {
        if (reached[to] != 0) return;
        reached[to] = 1;
        found.push_back(to);
      });
    }
    return reached;
  }

 private:
  const Network& net_;
  std::vector<double> probability_;     // [m] by LinkId
  std::vector<std::uint64_t> link_at_;  // [m] LinkId by place in customer order
  bool by_supplier_is_from_;
};

inline ContagionOrigin contagion_origin(const Network& net, Along along, std::span<const double> given,
                                        std::span<const double> start, std::uint32_t target) {
  const TryRows tries(net, along, given);
  std::vector<std::uint32_t> starts;
  for (std::uint32_t v = 0; v < net.enterprises(); ++v) {
    if (start[v] > 0) starts.push_back(v);
  }
  const auto after = tries.reach(std::move(starts), true);
  const auto before = tries.reach({target}, false);
  constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> place(net.enterprises(), nowhere);
  ContagionOrigin origin;
  for (std::uint32_t v = 0; v < net.enterprises(); ++v) {
    if (v != target && (after[v] == 0 || before[v] == 0)) continue;
    place[v] = static_cast<std::uint32_t>(origin.nodes.size());
    origin.nodes.push_back(v);
  }
  origin.target = place[target];
  const auto fill = [&](OwnChanceRows& own, bool from) {
    std::vector<std::uint64_t> chances;
    std::vector<std::uint64_t> links;
    for (const std::uint32_t v : origin.nodes) {
      tries.for_each(v, from, [&](std::uint32_t to, std::uint64_t link, double p) {
        if (place[to] == nowhere || (from ? v : to) == target) return;
        own.neighbours.push_back(place[to]);
        chances.push_back(chance(p));
        links.push_back(link);
        if (from) return;
        origin.probability.push_back(p);
        if (v == target) origin.inputs_of_target.push_back({place[to], link, chances.back()});
      });
      own.offsets.push_back(own.neighbours.size());
    }
    own.rows.offsets = own.offsets;
    own.rows.neighbours = own.neighbours;
    own.rows.chances = LargeArray<std::uint64_t>(chances.size());
    own.rows.links = LargeArray<std::uint64_t>(links.size());
    std::copy(chances.begin(), chances.end(), own.rows.chances.data());
    std::copy(links.begin(), links.end(), own.rows.links.data());
  };
  fill(origin.forward, true);
  fill(origin.backward, false);
  return origin;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
