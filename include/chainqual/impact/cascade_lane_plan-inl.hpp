#pragma once

// A cascade's rows as the lanes sum over them.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "chainqual/impact/cascade_front-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

struct LaneEntry {
  std::uint32_t place;
  float weight;
};

/// A row's shape; its entries follow those of the row before it, ordinary, single, and group by group.
struct LaneInputs {
  std::uint32_t place;
  std::uint32_t ordinary;
  std::uint32_t single;
  std::uint32_t groups;
};

struct LaneOrders {
  std::uint32_t place;
  std::uint32_t count;
};

/// A model as rows to sum over. Rows of one shape stand together within windows, so that their loops end where the
/// machine expects it.
struct LanePlan {
  static constexpr std::size_t ahead = 24;  ///< entries between a request for a line and its use
  /// From here on lines are asked for ahead: fewer lie near enough for the machine to find them in time by itself.
  static constexpr std::uint32_t least_to_fetch = 16'384;
  std::uint32_t n = 0;
  std::vector<LaneInputs> input_rows;
  LargeArray<LaneEntry> inputs;
  std::vector<std::uint32_t> group_sizes;
  std::vector<LaneOrders> order_rows;
  LargeArray<LaneEntry> orders;
  std::vector<double> weight;  ///< [n] v by place to 29 bits: times a float it is exact in double
};

/// The nearest number of 29 significant bits.
inline double to_29_bits(double value) noexcept {
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  return std::ldexp(std::nearbyint(std::ldexp(fraction, 29)), exponent - 29);
}

template <class Row, class Shape>
void sort_rows(std::vector<Row>& rows, Shape&& shape) {
  constexpr std::size_t window = 2048;
  for (std::size_t begin = 0; begin < rows.size(); begin += window) {
    const std::size_t end = std::min(begin + window, rows.size());
    std::stable_sort(rows.begin() + static_cast<std::ptrdiff_t>(begin), rows.begin() + static_cast<std::ptrdiff_t>(end),
                     [&](const Row& a, const Row& b) { return shape(a) < shape(b); });
  }
}

inline LanePlan make_lanes(const Network& net, const CascadeModel& model, std::span<const double> weight,
                           std::span<const std::uint32_t> place, std::span<const std::uint32_t> order) {
  LanePlan plan;
  plan.n = model.n;
  const auto for_groups = [&](std::uint32_t j, auto&& visit) {
    for (auto k = model.essential[j]; k < model.first[j + 1];) {
      const auto end = model.group_end(k, j);
      visit(k, end);
      k = end;
    }
  };
  plan.weight.resize(plan.n);
  plan.input_rows.resize(plan.n);
  plan.order_rows.resize(plan.n);
  for (std::uint32_t p = 0; p < plan.n; ++p) {
    const std::uint32_t j = order[p];
    plan.weight[p] = to_29_bits(weight[j]);
    LaneInputs& row = plan.input_rows[p];
    row = {p, static_cast<std::uint32_t>(model.essential[j] - model.first[j]), 0, 0};
    for_groups(j, [&](std::uint64_t k, std::uint64_t end) { ++(end - k == 1 ? row.single : row.groups); });
    plan.order_rows[p] = {p, 0};
  }
  sort_rows(plan.input_rows, [](const LaneInputs& r) { return std::array{r.groups, r.single, r.ordinary}; });
  plan.inputs = LargeArray<LaneEntry>(model.entries() + LanePlan::ahead);
  std::uint64_t at = 0;
  const auto put = [&](std::uint64_t k) { plan.inputs[at++] = {place[model.suppliers[k]], model.weights_single[k]}; };
  for (const LaneInputs& row : plan.input_rows) {
    const std::uint32_t j = order[row.place];
    for (auto k = model.first[j]; k < model.essential[j]; ++k) put(k);
    for_groups(j, [&](std::uint64_t k, std::uint64_t end) {
      if (end - k == 1) put(k);
    });
    for_groups(j, [&](std::uint64_t k, std::uint64_t end) {
      if (end - k == 1) return;
      plan.group_sizes.push_back(static_cast<std::uint32_t>(end - k));
      for (; k < end; ++k) put(k);
    });
  }
  for (; at < plan.inputs.size(); ++at) plan.inputs[at] = {0, 0};
  std::vector<std::uint64_t> first(plan.n + std::size_t{1}, 0);
  for (std::uint64_t k = 0; k < net.links(); ++k) first[place[net.in_sources()[k]]] += model.orders[k] > 0 ? 1U : 0U;
  for (std::uint32_t p = 0; p < plan.n; ++p) plan.order_rows[p].count = static_cast<std::uint32_t>(first[p]);
  sort_rows(plan.order_rows, [](const LaneOrders& r) { return r.count; });
  std::uint64_t total = 0;
  for (const LaneOrders& row : plan.order_rows) {
    first[row.place] = total;
    total += row.count;
  }
  plan.orders = LargeArray<LaneEntry>(total + LanePlan::ahead);
  for (std::uint32_t p = 0; p < plan.n; ++p) {
    for (auto k = net.in_offsets()[order[p]]; k < net.in_offsets()[order[p] + 1]; ++k) {
      if (model.orders[k] > 0) {
        plan.orders[first[place[net.in_sources()[k]]]++] = {p, model.orders_single[k]};
      }
    }
  }
  for (at = total; at < plan.orders.size(); ++at) plan.orders[at] = {0, 0};
  return plan;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
