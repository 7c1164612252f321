#pragma once

#include <algorithm>
#include <bit>
#include <numeric>
#include <string>

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

/// Places: those that many rows read first, in classes of doubling size, so that what is read often shares cache lines.
inline std::vector<std::uint32_t> place_by_readers(const Rows& rows) {
  const auto n = static_cast<std::uint32_t>(rows.size());
  std::vector<std::uint32_t> readers(n, 0);
  for (const std::uint32_t u : rows.neighbours) ++readers[u];
  const auto order =
      counting_order(n, 33, [&](std::uint32_t v) { return static_cast<std::size_t>(32 - std::bit_width(readers[v])); });
  std::vector<std::uint32_t> places(n);
  for (std::uint32_t k = 0; k < n; ++k) places[order[k]] = k;
  return places;
}

/// Rows in the order of the slices, cut into groups that begin a slice of their own.
struct RowPlan {
  std::vector<std::uint32_t> rows;  ///< enterprises
  std::vector<std::size_t> groups;  ///< first position of each group, and the end
  bool single_levels = true;        ///< no group holds two levels
};

inline RowPlan plan_rows(const Rows& rows, const SolveOrder& order, const std::vector<std::uint32_t>& places) {
  constexpr std::size_t least_group = LinearPlan::slice_rows;
  constexpr std::size_t window = 32'768;
  const auto n = static_cast<std::uint32_t>(rows.size());
  const std::vector<std::uint32_t> level = row_levels(rows, order);
  std::vector<std::uint32_t> by_place(n);
  for (std::uint32_t v = 0; v < n; ++v) by_place[places[v]] = v;
  const std::size_t levels = n == 0 ? 0 : *std::max_element(level.begin(), level.end()) + std::size_t{1};
  const auto positions = counting_order(n, levels, [&](std::uint32_t k) { return level[by_place[k]]; });
  RowPlan plan;
  plan.rows.resize(n);
  for (std::uint32_t k = 0; k < n; ++k) plan.rows[k] = by_place[positions[k]];
  plan.groups.push_back(0);
  for (std::size_t k = 1; k <= n; ++k) {
    const bool level_ends = k == n || level[plan.rows[k]] != level[plan.rows[k - 1]];
    if (!level_ends) continue;
    // Levels of few rows share slices, or a long thin chain would be mostly padding.
    if (k - plan.groups.back() >= least_group || k == n) {
      plan.single_levels = plan.single_levels && level[plan.rows[plan.groups.back()]] == level[plan.rows[k - 1]];
      plan.groups.push_back(k);
    }
  }
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

/// The kernels that a machine runs.
struct SweepKernels {
  void (*one)(const Slice&, const float*, double*) noexcept = sum_one_baseline;
  void (*sixteen)(const Slice&, const Slice&, const float*, double*) noexcept = sum_sixteen_baseline;
};

inline SweepKernels sweep_kernels(Lanes lanes, std::uint32_t enterprises) {
  if (!supports(lanes)) {
    const auto& name = names_of(lanes);
    throw Error(ErrorCode::invalid_argument,
                {"本机不支持 " + std::string(name.zh) + " 指令。请改用自动选择。",
                 "this machine lacks " + std::string(name.en) + ". Choose automatic instructions."});
  }
#if defined(CHAINQUAL_X86)
  const bool any = lanes == Lanes::automatic;
  // The gather of AVX-512 takes signed indices.
  const bool gatherable = enterprises < 0x7FFFFFFFU;
  if (lanes == Lanes::avx512 || (any && supports(Lanes::avx512))) {
    return {gatherable ? sum_one_avx512 : sum_one_avx2, sum_sixteen_avx512};
  }
  if (lanes == Lanes::avx2 || (any && supports(Lanes::avx2))) return {sum_one_avx2, sum_sixteen_avx2};
#else
  static_cast<void>(enterprises);
#endif
  return {};
}

}  // namespace impact_detail

/// What the solver and the builder of a plan see of it.
struct PlanAccess {
  static void fill(LinearPlan& plan, const impact_detail::Rows& rows, const impact_detail::RowPlan& order);

  const LinearPlan& plan;
  [[nodiscard]] std::size_t slices() const noexcept { return plan.slices_.size() - 1; }
  [[nodiscard]] impact_detail::Slice slice(std::size_t s) const noexcept {
    const std::size_t first = 16 * plan.slices_[s];
    return {plan.ids_.data() + first, plan.weights_.data() + first, plan.slices_[s + 1] - plan.slices_[s]};
  }
  [[nodiscard]] impact_detail::Slice slice_after(std::size_t s) const noexcept {
    return s + 1 < slices() ? slice(s + 1) : impact_detail::Slice{nullptr, nullptr, 0};
  }
  [[nodiscard]] const std::uint32_t* rows(std::size_t s) const noexcept { return plan.rows_.data() + 16 * s; }
  [[nodiscard]] const std::vector<double>& self() const noexcept { return plan.self_; }
};

inline bool supports(Lanes lanes) noexcept {
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

inline void PlanAccess::fill(LinearPlan& plan, const impact_detail::Rows& rows, const impact_detail::RowPlan& order) {
  const auto kept = [&](std::uint64_t k, std::uint32_t v) {
    return rows.neighbours[k] != v && static_cast<float>(rows.weights[k]) != 0;
  };
  const auto length = [&](std::uint32_t v) {
    std::uint64_t count = 0;
    for (auto k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) count += kept(k, v) ? 1U : 0U;
    return count;
  };
  std::vector<std::uint32_t> lines;
  plan.slices_.assign(1, 0);
  for (std::size_t g = 0; g + 1 < order.groups.size(); ++g) {
    for (std::size_t first = order.groups[g]; first < order.groups[g + 1]; first += 16) {
      const std::size_t last = std::min(first + 16, order.groups[g + 1]);
      std::uint64_t columns = 0;
      for (std::size_t k = first; k < last; ++k) columns = std::max(columns, length(order.rows[k]));
      plan.slices_.push_back(plan.slices_.back() + columns);
      lines.insert(lines.end(), order.rows.begin() + static_cast<std::ptrdiff_t>(first),
                   order.rows.begin() + static_cast<std::ptrdiff_t>(last));
      lines.resize(16 * (plan.slices_.size() - 1), plan.enterprises_);
    }
  }
  plan.rows_ = LargeArray<std::uint32_t>(lines.size());
  plan.ids_ = LargeArray<std::uint32_t>(16 * plan.slices_.back());
  plan.weights_ = LargeArray<float>(16 * plan.slices_.back());
  plan.ids_.fill(0);
  plan.weights_.fill(0);
  for (std::size_t line = 0; line < lines.size(); ++line) {
    const std::uint32_t v = lines[line];
    plan.rows_[line] = v == plan.enterprises_ ? v : plan.places_[v];
    if (v == plan.enterprises_) continue;
    std::size_t at = 16 * plan.slices_[line / 16] + line % 16;
    for (auto k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
      if (rows.neighbours[k] == v) {
        if (plan.self_.empty()) plan.self_.assign(plan.enterprises_, 0.0);
        plan.self_[plan.places_[v]] = rows.weights[k];
      }
      if (!kept(k, v)) continue;
      plan.ids_[at] = plan.places_[rows.neighbours[k]];
      plan.weights_[at] = static_cast<float>(rows.weights[k]);
      at += 16;
    }
  }
}

inline LinearPlan::LinearPlan(const Network& net, Along along, const Control& control)
    : enterprises_(net.enterprises()), links_(net.links()), along_(along) {
  impact_detail::check_links(net);
  throw_if_cancelled(control);
  const impact_detail::Rows rows = impact_detail::make_rows(net, along, impact_detail::Side::effect);
  throw_if_cancelled(control);
  const impact_detail::SolveOrder order = impact_detail::solve_order(rows);
  throw_if_cancelled(control);
  places_ = impact_detail::place_by_readers(rows);
  const impact_detail::RowPlan planned = impact_detail::plan_rows(rows, order, places_);
  settles_at_once_ = order.cyclic.empty() && planned.single_levels;
  throw_if_cancelled(control);
  PlanAccess::fill(*this, rows, planned);
}

inline std::size_t LinearPlan::memory() const noexcept {
  return places_.size() * sizeof(std::uint32_t) + slices_.size() * sizeof(std::uint64_t) +
         rows_.size() * sizeof(std::uint32_t) + ids_.size() * sizeof(std::uint32_t) + weights_.size() * sizeof(float) +
         self_.size() * sizeof(double);
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

}  // namespace impact_detail

inline void LinearPlan::sweep(std::span<const float> x, std::span<float> y, const Control& control, Lanes lanes) const {
  impact_detail::check_sweep(x.size(), y.size(), std::size_t{enterprises_} + 1);
  const auto kernels = impact_detail::sweep_kernels(lanes, enterprises_);
  const PlanAccess access{*this};
  for_chunks(control, access.slices(), impact_detail::slices_per_chunk,
             [&](std::size_t begin, std::size_t end, std::size_t) {
               alignas(64) double sums[16];
               for (std::size_t s = begin; s < end; ++s) {
                 kernels.one(access.slice(s), x.data(), sums);
                 const std::uint32_t* rows = access.rows(s);
                 for (std::size_t r = 0; r < 16; ++r) {
                   const std::uint32_t row = rows[r];
                   if (row == enterprises_) continue;
                   if (!self_.empty()) sums[r] += self_[row] * static_cast<double>(x[row]);
                   y[row] = static_cast<float>(sums[r]);
                 }
               }
             });
}

inline void LinearPlan::sweep16(std::span<const float> x, std::span<float> y, const Control& control,
                                Lanes lanes) const {
  impact_detail::check_sweep(x.size(), y.size(), 16 * (std::size_t{enterprises_} + 1));
  const auto kernels = impact_detail::sweep_kernels(lanes, enterprises_);
  const PlanAccess access{*this};
  for_chunks(control, access.slices(), impact_detail::slices_per_chunk,
             [&](std::size_t begin, std::size_t end, std::size_t) {
               alignas(64) double sums[256];
               for (std::size_t s = begin; s < end; ++s) {
                 kernels.sixteen(access.slice(s), access.slice_after(s), x.data(), sums);
                 const std::uint32_t* rows = access.rows(s);
                 for (std::size_t r = 0; r < 16; ++r) {
                   if (rows[r] == enterprises_) continue;
                   const std::size_t row = 16 * std::size_t{rows[r]};
                   const double self = self_.empty() ? 0 : self_[rows[r]];
                   for (std::size_t lane = 0; lane < 16; ++lane) {
                     double sum = sums[16 * r + lane];
                     if (self != 0) sum += self * static_cast<double>(x[row + lane]);
                     y[row + lane] = static_cast<float>(sum);
                   }
                 }
               }
             });
}

}  // namespace v1
}  // namespace chainqual

#include "chainqual/impact/linear_batch-inl.hpp"
