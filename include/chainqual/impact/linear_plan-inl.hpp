#pragma once

#include <algorithm>
#include <bit>
#include <numeric>
#include <string>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/components-inl.hpp"
#include "chainqual/impact/linear-inl.hpp"
#include "chainqual/impact/linear_plan.hpp"
#include "chainqual/impact/sweep_kernels-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Longest way from a row that draws on no other: rows of one level do not read each other, unless they are of one
/// cyclic component.
inline std::vector<std::uint32_t> row_levels(const Rows& rows, const SolveOrder& order) {
  std::vector<std::uint32_t> level(rows.size(), 0);
  const auto after_inputs = [&](std::uint32_t v) {
    std::uint32_t highest = 0;
    for (auto k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
      if (rows.neighbours[k] != v) highest = std::max(highest, level[rows.neighbours[k]] + 1);
    }
    return highest;
  };
  std::uint32_t at = 0;
  const auto singles_until = [&](std::uint32_t end) {
    for (; at < end; ++at) level[order.nodes[at]] = after_inputs(order.nodes[at]);
  };
  for (const Component& part : order.cyclic) {
    singles_until(part.begin);
    // Members still have level 0 here, so each adds at most 1 to what lies outside.
    std::uint32_t highest = 0;
    for (auto k = part.begin; k < part.end; ++k) highest = std::max(highest, after_inputs(order.nodes[k]));
    for (; at < part.end; ++at) level[order.nodes[at]] = highest;
  }
  singles_until(static_cast<std::uint32_t>(order.nodes.size()));
  return level;
}

/// Positions 0 … n − 1 by ascending key, equal keys in their order. Keys are below `keys`.
template <class Key>
std::vector<std::uint32_t> counting_order(std::uint32_t n, std::size_t keys, Key&& key) {
  std::vector<std::uint32_t> first(keys + 1, 0);
  for (std::uint32_t v = 0; v < n; ++v) ++first[key(v) + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<std::uint32_t> order(n);
  for (std::uint32_t v = 0; v < n; ++v) order[first[key(v)]++] = v;
  return order;
}

/// Rows in the order of the slices, cut into groups that begin a slice of their own.
struct RowPlan {
  std::vector<std::uint32_t> rows;  ///< enterprises
  std::vector<std::size_t> groups;  ///< first position of each group, and the end
  bool single_levels = true;        ///< no group holds two levels
};

/// Cuts `plan.rows`, which ascend by level, into groups. Levels of few rows share slices, or a long thin chain would be
/// mostly padding.
inline void cut_groups(RowPlan& plan, const std::vector<std::uint32_t>& level) {
  const std::size_t n = plan.rows.size();
  plan.groups.push_back(0);
  for (std::size_t k = 1; k <= n; ++k) {
    const bool level_ends = k == n || level[plan.rows[k]] != level[plan.rows[k - 1]];
    if (!level_ends || (k - plan.groups.back() < LinearPlan::slice_rows && k != n)) continue;
    plan.single_levels = plan.single_levels && level[plan.rows[plan.groups.back()]] == level[plan.rows[k - 1]];
    plan.groups.push_back(k);
  }
}

/// Levels first; in a level those that many rows read first, in classes of doubling size, so that what is read often
/// shares cache lines; then by length inside windows small enough to keep what locality the chain's own order had.
inline RowPlan plan_rows(const Rows& rows, const SolveOrder& order) {
  constexpr std::size_t window = 16384;
  constexpr std::size_t classes = 33;
  const auto n = static_cast<std::uint32_t>(rows.size());
  const std::vector<std::uint32_t> level = row_levels(rows, order);
  std::vector<std::uint32_t> readers(n, 0);
  for (const std::uint32_t u : rows.neighbours) ++readers[u];
  const auto by_readers = counting_order(
      n, classes, [&](std::uint32_t v) { return static_cast<std::size_t>(32 - std::bit_width(readers[v])); });
  const std::size_t levels = n == 0 ? 0 : *std::max_element(level.begin(), level.end()) + std::size_t{1};
  const auto positions = counting_order(n, levels, [&](std::uint32_t k) { return level[by_readers[k]]; });
  RowPlan plan;
  plan.rows.resize(n);
  for (std::uint32_t k = 0; k < n; ++k) plan.rows[k] = by_readers[positions[k]];
  cut_groups(plan, level);
  const auto length = [&](std::uint32_t v) { return rows.offsets[v + 1] - rows.offsets[v]; };
  for (std::size_t g = 0; g + 1 < plan.groups.size(); ++g) {
    for (std::size_t first = plan.groups[g]; first < plan.groups[g + 1]; first += window) {
      const std::size_t last = std::min(first + window, plan.groups[g + 1]);
      std::stable_sort(plan.rows.begin() + static_cast<std::ptrdiff_t>(first),
                       plan.rows.begin() + static_cast<std::ptrdiff_t>(last),
                       [&](std::uint32_t a, std::uint32_t b) { return length(a) > length(b); });
    }
  }
  return plan;
}

/// The instructions to run for what was asked. @throws Error{invalid_argument} the machine lacks them.
inline Lanes usable_lanes(Lanes asked, std::size_t places) {
  if (!supports(asked)) {
    const auto& name = names_of(asked);
    throw Error(ErrorCode::invalid_argument,
                {"本机不支持 " + std::string(name.zh) + " 指令。请改用自动选择。",
                 "this machine lacks " + std::string(name.en) + ". Choose automatic instructions."});
  }
  if (asked == Lanes::automatic) {
    asked = supports(Lanes::avx512) ? Lanes::avx512 : supports(Lanes::avx2) ? Lanes::avx2 : Lanes::baseline;
  }
  // The gather of AVX-512 takes signed indices.
  constexpr std::size_t gatherable = 0x80000000U;
  return asked == Lanes::avx512 && places > gatherable ? Lanes::avx2 : asked;
}

}  // namespace impact_detail

/// What the solver and the builder of a plan see of it.
struct PlanAccess {
  static void fill(LinearPlan& plan, const impact_detail::Rows& rows, const impact_detail::RowPlan& order);

  const LinearPlan& plan;
  [[nodiscard]] impact_detail::Slices slices() const noexcept {
    return {plan.slices_.data(), plan.ids_.data(), plan.weights_.data(), plan.slices_.size() - 1};
  }
  [[nodiscard]] const std::vector<float>& self() const noexcept { return plan.self_; }
};

CHAINQUAL_KERNEL bool supports(Lanes lanes) noexcept {
  switch (lanes) {
    case Lanes::automatic:
    case Lanes::baseline:
      return true;
#if defined(CHAINQUAL_X86)
    case Lanes::avx2:
      return __builtin_cpu_supports("avx2") != 0;
    case Lanes::avx512:
      return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx2") != 0;
#else
    case Lanes::avx2:
    case Lanes::avx512:
      return false;
#endif
  }
  return false;
}

CHAINQUAL_KERNEL void PlanAccess::fill(LinearPlan& plan, const impact_detail::Rows& rows,
                                       const impact_detail::RowPlan& order) {
  const auto kept = [&](std::uint64_t k, std::uint32_t v) {
    return rows.neighbours[k] != v && static_cast<float>(rows.weights[k]) != 0;
  };
  const auto length = [&](std::uint32_t v) {
    std::uint64_t count = 0;
    for (auto k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) count += kept(k, v) ? 1U : 0U;
    return count;
  };
  plan.places_.resize(plan.enterprises_);
  plan.slices_.assign(1, 0);
  for (std::size_t g = 0; g + 1 < order.groups.size(); ++g) {
    for (std::size_t first = order.groups[g]; first < order.groups[g + 1]; first += 16) {
      const std::size_t last = std::min(first + 16, order.groups[g + 1]);
      const std::size_t slice = plan.slices_.size() - 1;
      std::uint64_t columns = 0;
      for (std::size_t k = first; k < last; ++k) {
        plan.places_[order.rows[k]] = static_cast<std::uint32_t>(16 * slice + (k - first));
        columns = std::max(columns, length(order.rows[k]));
      }
      plan.slices_.push_back(plan.slices_.back() + columns);
    }
  }
  plan.ids_ = LargeArray<std::uint32_t>(16 * plan.slices_.back());
  plan.weights_ = LargeArray<float>(16 * plan.slices_.back());
  plan.ids_.fill(0);
  plan.weights_.fill(0);
  for (const std::uint32_t v : order.rows) {
    const std::uint32_t place = plan.places_[v];
    std::size_t at = 16 * plan.slices_[place / 16] + place % 16;
    for (auto k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
      if (rows.neighbours[k] == v) {
        if (plan.self_.empty()) plan.self_.assign(plan.size(), 0.0F);
        plan.self_[place] = static_cast<float>(rows.weights[k]);
      }
      if (!kept(k, v)) continue;
      plan.ids_[at] = plan.places_[rows.neighbours[k]];
      plan.weights_[at] = static_cast<float>(rows.weights[k]);
      at += 16;
    }
  }
}

CHAINQUAL_KERNEL LinearPlan::LinearPlan(const Network& net, Along along, const Control& control)
    : enterprises_(net.enterprises()), links_(net.links()), along_(along) {
  impact_detail::check_links(net);
  throw_if_cancelled(control);
  const impact_detail::Rows rows = impact_detail::make_rows(net, along, impact_detail::Side::effect);
  throw_if_cancelled(control);
  const impact_detail::SolveOrder order = impact_detail::solve_order(rows);
  throw_if_cancelled(control);
  const impact_detail::RowPlan planned = impact_detail::plan_rows(rows, order);
  settles_at_once_ = order.cyclic.empty() && planned.single_levels;
  throw_if_cancelled(control);
  PlanAccess::fill(*this, rows, planned);
}

CHAINQUAL_KERNEL std::size_t LinearPlan::memory() const noexcept {
  return places_.size() * sizeof(std::uint32_t) + slices_.size() * sizeof(std::uint64_t) +
         ids_.size() * sizeof(std::uint32_t) + weights_.size() * sizeof(float) + self_.size() * sizeof(float);
}

namespace impact_detail {

inline void check_sweep(std::size_t x, std::size_t y, std::size_t wanted) {
  for (const std::size_t given : {x, y}) {
    if (given == wanted) continue;
    throw Error(ErrorCode::shape_mismatch,
                {"扫描的向量长度为 " + whole(given) + "，应为 " + whole(wanted) + "。",
                 "a vector of the sweep has " + whole(given) + " entries; it needs " + whole(wanted) + "."});
  }
}

inline constexpr std::size_t slices_per_chunk = 256;

template <std::size_t Width>
void sweep(const PlanAccess& access, std::span<const float> x, std::span<float> y, const Control& control,
           Lanes lanes) {
  check_sweep(x.size(), y.size(), Width * access.plan.size());
  lanes = usable_lanes(lanes, access.plan.size());
  const Slices slices = access.slices();
  const float* const from = x.data();
  const auto run = [&](const auto& finish) {
    for_chunks(control, slices.count, slices_per_chunk, [&](std::size_t begin, std::size_t end, std::size_t) {
      sum_slices<Width>(lanes, slices, begin, end, from, finish);
    });
  };
  if (access.self().empty()) return run(StoreSums{y.data()});
  const float* const self = access.self().data();
  float* const to = y.data();
  run([=](std::size_t s, double* sums) {
    const std::size_t first = 16 * Width * s;
    for (std::size_t k = 0; k < 16 * Width; ++k) {
      sums[k] += static_cast<double>(self[16 * s + k / Width]) * static_cast<double>(from[first + k]);
      to[first + k] = static_cast<float>(sums[k]);
    }
  });
}

}  // namespace impact_detail

CHAINQUAL_KERNEL void LinearPlan::sweep(std::span<const float> x, std::span<float> y, const Control& control,
                                        Lanes lanes) const {
  impact_detail::sweep<1>({*this}, x, y, control, lanes);
}

CHAINQUAL_KERNEL void LinearPlan::sweep16(std::span<const float> x, std::span<float> y, const Control& control,
                                          Lanes lanes) const {
  impact_detail::sweep<16>({*this}, x, y, control, lanes);
}

}  // namespace v1
}  // namespace chainqual

#include "chainqual/impact/linear_batch-inl.hpp"
