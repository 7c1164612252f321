#pragma once

// Strongly connected components of the rows, each after all those that it draws on.

#include <cstdint>
#include <limits>
#include <vector>

#include "chainqual/impact/rows-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Positions begin … end − 1 of `SolveOrder::nodes`.
struct Component {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// In which order to solve. Enterprises outside `cyclic` are components of their own.
struct SolveOrder {
  std::vector<std::uint32_t> nodes;
  std::vector<Component> cyclic;  ///< of two enterprises or more, ascending
};

/// Tarjan's algorithm without recursion. A component is completed only after all components that its rows name, so
/// the order of completion is the order to solve in.
///
/// Encoding: `mark[v]` is 0 before v is met, then its number in order of discovery (the lowest number reachable, as far
/// as known), then `done`. `open_` holds those whose row is finished but whose component is not, in order of finishing:
/// inputs before what draws on them, which is also a good order for Gauss–Seidel.
///
/// Source: Tarjan 1972, doi:10.1137/0201010; one number instead of two after Pearce 2016,
/// doi:10.1016/j.ipl.2015.08.010.
class ComponentSearch {
 public:
  explicit ComponentSearch(const Rows& rows) : rows_(&rows), mark_(rows.size(), 0) {
    order_.nodes.reserve(rows.size());
  }

  SolveOrder run() {
    for (std::uint32_t v = 0; v < rows_->size(); ++v) {
      if (mark_[v] == 0) walk(v);
    }
    return std::move(order_);
  }

 private:
  static constexpr std::uint32_t done = std::numeric_limits<std::uint32_t>::max();
  struct Call {
    std::uint32_t node;
    std::uint32_t found;  ///< its own number
    std::uint64_t next;   ///< position of the next entry of its row
  };

  void enter(std::uint32_t v) {
    mark_[v] = ++count_;
    calls_.push_back({v, count_, rows_->offsets[v]});
  }

  void walk(std::uint32_t root) {
    enter(root);
    while (!calls_.empty()) {
      Call& call = calls_.back();
      const std::uint32_t v = call.node;
      if (call.next < rows_->offsets[v + 1]) {
        if (rows_->weights[call.next] == 0) {  // hands on nothing, so it ties nobody together
          ++call.next;
          continue;
        }
        const std::uint32_t u = rows_->neighbours[call.next++];
        if (mark_[u] == 0) {
          enter(u);  // `call` is invalid from here on
        } else if (mark_[u] < mark_[v]) {
          mark_[v] = mark_[u];
        }
        continue;
      }
      const bool root_of_component = mark_[v] == call.found;
      const std::uint32_t low = mark_[v];
      calls_.pop_back();
      if (root_of_component) {
        close(v, low);
      } else {
        open_.push_back(v);
      }
      if (!calls_.empty() && mark_[v] < mark_[calls_.back().node]) mark_[calls_.back().node] = mark_[v];
    }
  }

  /// Everything still open with a number of at least `low` was discovered after the root and belongs to it.
  void close(std::uint32_t root, std::uint32_t low) {
    const auto begin = static_cast<std::uint32_t>(order_.nodes.size());
    std::size_t first = open_.size();
    while (first > 0 && mark_[open_[first - 1]] >= low) --first;
    for (std::size_t k = first; k < open_.size(); ++k) {
      mark_[open_[k]] = done;
      order_.nodes.push_back(open_[k]);
    }
    open_.resize(first);
    mark_[root] = done;
    order_.nodes.push_back(root);
    const auto end = static_cast<std::uint32_t>(order_.nodes.size());
    if (end - begin > 1) order_.cyclic.push_back({begin, end});
  }

  const Rows* rows_;
  std::vector<std::uint32_t> mark_;
  std::vector<std::uint32_t> open_;
  std::vector<Call> calls_;
  std::uint32_t count_ = 0;
  SolveOrder order_;
};

inline SolveOrder solve_order(const Rows& rows) {
  return ComponentSearch(rows).run();
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
