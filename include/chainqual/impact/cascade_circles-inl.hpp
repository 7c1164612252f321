#pragma once

// Groups of enterprises in which a loss goes round undiminished, so that a tolerance alone ends a cascade there.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/components-inl.hpp"
#include "chainqual/impact/rows-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Bits of `ClosedCircles::enclosed`, and of what ε cut short.
inline constexpr std::uint8_t circle_of_orders = 1;
inline constexpr std::uint8_t circle_of_inputs = 2;

/// Sums this near to 1 are whole.
inline constexpr double whole_share = 1 - 1e-9;

struct ClosedCircles {
  std::vector<std::uint8_t> enclosed;  ///< [n] bits
  std::uint32_t orders = 0;            ///< enterprises in closed circles of orders: upstream losses go round
  std::uint32_t inputs = 0;            ///< in closed circles of inputs: downstream losses do
};

/// Strongly connected, two members or more, nothing sold outside.
inline void find_circles_of_orders(const Network& net, const std::vector<double>& sold,
                                   const std::vector<double>& revenue, ClosedCircles& found) {
  const Rows rows = make_rows(net, Along::upstream, Side::effect);
  const SolveOrder order = ComponentSearch(rows).run();
  std::vector<std::uint32_t> circle(sold.size(), 0);
  std::uint32_t id = 0;
  for (const Component& part : order.cyclic) {
    ++id;
    const std::span<const std::uint32_t> members(order.nodes.data() + part.begin, part.end - part.begin);
    for (const std::uint32_t v : members) circle[v] = id;
    const bool closed = std::all_of(members.begin(), members.end(), [&](std::uint32_t v) {
      if (sold[v] < revenue[v] * whole_share) return false;
      for (auto k = rows.offsets[v]; k < rows.offsets[v + 1]; ++k) {
        if (rows.weights[k] > 0 && circle[rows.neighbours[k]] != id) return false;
      }
      return true;
    });
    if (!closed) continue;
    for (const std::uint32_t v : members) found.enclosed[v] |= circle_of_orders;
    found.orders += static_cast<std::uint32_t>(members.size());
  }
}

/// A customer's inputs that count together, entries begin … end − 1 of the suppliers.
struct WholeGroup {
  std::uint32_t owner;
  std::uint64_t begin;
  std::uint64_t end;
};

/// Strongly connected by groups of inputs that are whole (weights that sum to 1) and come from members alone. The
/// least-hit member then loses what all that supply it lose, and so does everybody: the fixed point is one loss for
/// all.
///
/// A group with a supplier outside its owner's component is dropped, and components are sought anew until none is.
/// @param groups  of ascending owners.
inline void find_circles_of_inputs(std::vector<WholeGroup> groups, const LargeArray<std::uint32_t>& suppliers,
                                   ClosedCircles& found) {
  const std::size_t n = found.enclosed.size();
  std::vector<std::uint32_t> circle(n);
  while (!groups.empty()) {
    Rows rows;
    rows.own_offsets.assign(n + 1, 0);
    for (const WholeGroup& group : groups) {
      rows.own_offsets[group.owner + std::size_t{1}] += group.end - group.begin;
      for (auto k = group.begin; k < group.end; ++k) rows.own_neighbours.push_back(suppliers[k]);
    }
    for (std::size_t v = 0; v < n; ++v) rows.own_offsets[v + 1] += rows.own_offsets[v];
    rows.weights = LargeArray<double>(rows.own_neighbours.size());
    rows.weights.fill(1);
    rows.offsets = rows.own_offsets;
    rows.neighbours = rows.own_neighbours;
    const SolveOrder order = ComponentSearch(rows).run();
    std::fill(circle.begin(), circle.end(), 0U);
    std::uint32_t id = 0;
    for (const Component& part : order.cyclic) {
      ++id;
      for (std::uint32_t k = part.begin; k < part.end; ++k) circle[order.nodes[k]] = id;
    }
    const std::size_t before = groups.size();
    std::erase_if(groups, [&](const WholeGroup& group) {
      if (circle[group.owner] == 0) return true;
      return std::any_of(suppliers.data() + group.begin, suppliers.data() + group.end,
                         [&](std::uint32_t i) { return circle[i] != circle[group.owner]; });
    });
    if (groups.size() != before) continue;
    for (std::size_t v = 0; v < n; ++v) {
      if (circle[v] == 0) continue;
      found.enclosed[v] |= circle_of_inputs;
      ++found.inputs;
    }
    return;
  }
}

/// What it means that ε cut losses short, for people. @param cut  bits; 0: nothing to say.
inline Text truncation_note(double tolerance, const ClosedCircles& circles, std::uint8_t cut) {
  Text note;
  if ((cut & circle_of_orders) != 0) {
    note = {"有 " + whole(circles.orders) +
                " 家企业的全部收入来自彼此循环供应（上游矩阵的谱半径为 "
                "1）：其中任何一家停产，向上游的真实不动点都是全部停产，现有的上游损失只是容差 " +
                number(tolerance) + " 使计算停下时的数值，随容差改变。请给出营业收入或最终需求。",
            whole(circles.orders) +
                " enterprises sell all they sell to each other in a circle (the upstream matrix has spectral radius "
                "1): once one of them closes, the true upstream fixed point is the standstill of all, and the "
                "upstream losses shown are only where the tolerance of " +
                number(tolerance) + " stopped them; they change with it. Give revenue or final demand."};
  }
  if ((cut & circle_of_inputs) != 0) {
    note.zh += "有 " + whole(circles.inputs) +
               " 家企业所需的某类投入全部来自彼此循环供应（下游矩阵的谱半径为 "
               "1）：其中任何一家停产，向下游的真实不动点都是全部停产，现有的下游损失只是容差 " +
               number(tolerance) + " 使计算停下时的数值，随容差改变。请给出成本。";
    note.en += (note.en.empty() ? "" : " ") + whole(circles.inputs) +
               " enterprises draw all of an input that they need from each other in a circle (the downstream matrix "
               "has spectral radius 1): once one of them closes, the true downstream fixed point is the standstill "
               "of all, and the downstream losses shown are only where the tolerance of " +
               number(tolerance) + " stopped them; they change with it. Give cost.";
  }
  return note;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
