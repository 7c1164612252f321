#pragma once

// Groups of enterprises (segments, stages, products) and their losses.

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/impact/assess.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

using Members = std::vector<std::uint32_t>;

/// A product and who delivers it.
struct Product {
  std::string name;
  Members members;
};

/// Who belongs where. Members ascend.
struct Groups {
  std::vector<Members> segments;        ///< by SegmentId: who lists it
  std::array<Members, 3> stages;        ///< by Stage
  std::vector<Product> final_products;  ///< by name
  Members final_members;                ///< who delivers any of them
  bool final_assumed = false;           ///< no segment is marked final
};

inline void sort_unique(Members& members) {
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
}

/// Segments that deliver the chain's end product; where none is marked, those of the last stage with enterprises.
inline std::vector<bool> final_segments(const Chain& chain, const Groups& groups, bool& assumed) {
  const auto& segments = chain.segments();
  std::vector<bool> is_final(segments.size());
  bool any = false;
  for (std::size_t s = 0; s < segments.size(); ++s) {
    is_final[s] = segments[s].final_product;
    any = any || is_final[s];
  }
  assumed = !any && !segments.empty();
  if (any) return is_final;
  Stage last = Stage::upstream;
  for (std::size_t s = 0; s < segments.size(); ++s) {
    if (!groups.segments[s].empty()) last = std::max(last, segments[s].stage);
  }
  for (std::size_t s = 0; s < segments.size(); ++s) is_final[s] = segments[s].stage == last;
  return is_final;
}

inline Groups make_groups(const Chain& chain) {
  Groups groups;
  groups.segments.resize(chain.segments().size());
  for (std::uint32_t v = 0; v < chain.enterprises(); ++v) {
    const Enterprise& enterprise = chain.enterprise(EnterpriseId{v});
    for (const auto& id : enterprise.segments) {
      const auto segment = chain.find_segment(id);
      if (!segment) continue;
      Members& members = groups.segments[segment->index()];
      if (members.empty() || members.back() != v) members.push_back(v);  // it may list a segment twice
    }
    groups.stages[static_cast<std::size_t>(enterprise.stage)].push_back(v);
  }
  const auto is_final = final_segments(chain, groups, groups.final_assumed);
  std::vector<std::pair<std::string, std::uint32_t>> delivered;
  for (std::size_t s = 0; s < is_final.size(); ++s) {
    if (!is_final[s]) continue;
    for (const std::uint32_t v : groups.segments[s]) {
      groups.final_members.push_back(v);
      const auto& products = chain.enterprise(EnterpriseId{v}).products;
      for (const auto& product : products) delivered.emplace_back(product, v);
      if (products.empty()) delivered.emplace_back(chain.segments()[s].name, v);
    }
  }
  std::sort(delivered.begin(), delivered.end());
  for (const auto& [name, member] : delivered) {
    if (groups.final_products.empty() || groups.final_products.back().name != name) {
      groups.final_products.push_back({name, {}});
    }
    auto& members = groups.final_products.back().members;
    if (members.empty() || members.back() != member) members.push_back(member);
  }
  sort_unique(groups.final_members);
  return groups;
}

/// Losses of both directions and together, borrowed.
struct Losses {
  std::span<const double> downstream;
  std::span<const double> upstream;
  std::span<const double> combined;
  explicit Losses(const Propagation& run) noexcept
      : downstream(run.downstream), upstream(run.upstream), combined(run.combined) {}
  [[nodiscard]] std::span<const double> of(LossKind kind) const noexcept {
    return kind == LossKind::downstream ? downstream : kind == LossKind::upstream ? upstream : combined;
  }
  [[nodiscard]] double of(LossKind kind, std::size_t v) const noexcept { return of(kind)[v]; }
};

/// Weighted mean over members for which `counts` holds; the plain mean where they weigh nothing; 0 for nobody.
template <class Value, class Counts>
double group_mean(const Members& members, std::span<const double> weight, Value&& value, Counts&& counts) {
  double weights = 0;
  double sum = 0;
  double plain = 0;
  std::size_t count = 0;
  for (const std::uint32_t v : members) {
    if (!counts(v)) continue;
    const double x = value(v);
    weights += weight[v];
    sum += weight[v] * x;
    plain += x;
    ++count;
  }
  if (count == 0) return 0;
  // Rounding must not carry the mean of losses of 1 past 1.
  return std::min(weights > 0 ? sum / weights : plain / static_cast<double>(count), 1.0);
}

template <class Counts>
GroupLoss group_loss(const Members& members, std::span<const double> weight, const Losses& losses, Counts&& counts) {
  const auto mean = [&](LossKind kind) {
    return group_mean(
        members, weight, [&](std::uint32_t v) { return losses.of(kind, v); }, counts);
  };
  return {mean(LossKind::downstream), mean(LossKind::upstream), mean(LossKind::combined)};
}

inline GroupLoss group_loss(const Members& members, std::span<const double> weight, const Losses& losses) {
  return group_loss(members, weight, losses, [](std::uint32_t) { return true; });
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
