#pragma once

// A cascade's links by who hands losses on.
//
// Encoding: a slot says where a push goes: below n the ordinary sum of that enterprise, below 2n the scarcest input of
// enterprise slot − n where one supplier is all there is of an essential input, else the sum of a group of suppliers.

#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include "chainqual/impact/cascade_model-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Where a loss is handed on to.
struct Push {
  double weight;
  std::uint32_t slot;
};

/// A model's links by who hands losses on, in places 0 … n − 1 of a given order.
struct FrontPlan {
  struct First {
    std::uint64_t down;
    std::uint64_t up;
  };
  std::uint32_t n = 0;
  std::vector<First> first;                 ///< [n + 1] pushes of each place
  LargeArray<Push> down;                    ///< ordinary, single, grouped
  LargeArray<Push> up;                      ///< slots below n
  std::vector<std::uint32_t> group_owner;   ///< by slot − 2n
  std::vector<double> weight;               ///< [n] v by place
  std::vector<double> sold;                 ///< [n] o by place
  std::vector<std::uint32_t> market;        ///< [n] by place, or empty
  std::vector<std::uint64_t> market_first;  ///< members of each market, ascending
  std::vector<std::uint32_t> members;

  [[nodiscard]] std::uint64_t pushes(std::uint32_t p) const noexcept {
    return first[p + 1].down - first[p].down + (first[p + 1].up - first[p].up);
  }
  [[nodiscard]] std::uint64_t pushes() const noexcept { return first[n].down + first[n].up; }
};

/// @param place  [n] of each enterprise, a permutation.
/// @param order  [n] its inverse.
inline FrontPlan make_front(const Network& net, const CascadeModel& model, std::span<const double> weight,
                            std::span<const std::uint32_t> place, std::span<const std::uint32_t> order) {
  FrontPlan plan;
  plan.n = model.n;
  const std::uint32_t n = plan.n;
  std::uint64_t grouped = 0;
  const auto for_inputs = [&](auto&& visit) {  // visit(kind, supplier, customer, entry, entries of the group)
    for (std::uint32_t p = 0; p < n; ++p) {
      const std::uint32_t j = order[p];
      for (auto k = model.first[j]; k < model.essential[j]; ++k) visit(0U, k, p, std::uint64_t{1});
      for (auto k = model.essential[j]; k < model.first[j + 1];) {
        const auto end = model.group_end(k, j);
        const auto size = end - k;
        for (; k < end; ++k) visit(size == 1 ? 1U : 2U, k, p, end - k);
      }
    }
  };
  plan.first.assign(n + std::size_t{1}, {0, 0});
  for_inputs([&](unsigned kind, std::uint64_t k, std::uint32_t, std::uint64_t left) {
    ++plan.first[place[model.suppliers[k]] + 1].down;
    grouped += kind == 2 && left == 1 ? 1U : 0U;
  });
  const auto ups = [&](auto&& visit) {
    for (std::uint32_t p = 0; p < n; ++p) {
      const std::uint32_t j = order[p];
      for (auto k = net.in_offsets()[j]; k < net.in_offsets()[j + 1]; ++k) {
        if (model.orders[k] > 0) visit(p, place[net.in_sources()[k]], model.orders[k]);
      }
    }
  };
  ups([&](std::uint32_t p, std::uint32_t, double) { ++plan.first[p + 1].up; });
  for (std::uint32_t p = 0; p < n; ++p) {
    plan.first[p + 1].down += plan.first[p].down;
    plan.first[p + 1].up += plan.first[p].up;
  }
  if (2 * std::uint64_t{n} + grouped >= std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::limit_exceeded,
                {"企业与投入组过多，级联模型无法编号（企业数的两倍与投入组数之和须小于 2^32）。",
                 "too many enterprises and groups of inputs for the cascade: twice the enterprises and the groups must "
                 "stay below 2^32."});
  }
  plan.down = LargeArray<Push>(plan.first[n].down);
  plan.up = LargeArray<Push>(plan.first[n].up);
  std::vector<FrontPlan::First> at(plan.first.begin(), plan.first.end());
  ups([&](std::uint32_t p, std::uint32_t supplier, double share) { plan.up[at[p].up++] = {share, supplier}; });
  for (unsigned wanted = 0; wanted < 3; ++wanted) {
    for_inputs([&](unsigned kind, std::uint64_t k, std::uint32_t customer, std::uint64_t left) {
      if (kind != wanted) return;
      const auto groups = static_cast<std::uint32_t>(plan.group_owner.size());
      const std::uint32_t slot = kind == 2 ? 2 * n + groups : kind * n + customer;
      plan.down[at[place[model.suppliers[k]]].down++] = {model.weights[k], slot};
      if (kind == 2 && left == 1) plan.group_owner.push_back(customer);
    });
  }
  plan.weight.resize(n);
  for (std::uint32_t p = 0; p < n; ++p) plan.weight[p] = weight[order[p]];
  if (model.market.empty()) return plan;
  plan.sold.resize(n);
  plan.market.resize(n);
  plan.market_first.assign(model.markets + std::size_t{1}, 0);
  for (std::uint32_t p = 0; p < n; ++p) {
    plan.sold[p] = model.sold[order[p]];
    plan.market[p] = model.market[order[p]];
    ++plan.market_first[plan.market[p] + 1];
  }
  std::partial_sum(plan.market_first.begin(), plan.market_first.end(), plan.market_first.begin());
  std::vector<std::uint64_t> next(plan.market_first.begin(), plan.market_first.end());
  plan.members.resize(n);
  for (std::uint32_t p = 0; p < n; ++p) plan.members[next[plan.market[p]]++] = p;
  return plan;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
