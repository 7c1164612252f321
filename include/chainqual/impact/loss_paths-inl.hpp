#pragma once

// The k simple paths that carry most loss: Yen's algorithm over Dijkstra's on products of weights in [0, 1], which may
// be those of any model.
//
// Encoding: paths run backwards, from the explained enterprise to a source; a virtual end is joined to every source by
// a "link" whose weight is the source's shock. Weights at most 1 take the part of lengths at least 0.

#include <algorithm>
#include <cstdint>
#include <queue>
#include <set>
#include <span>
#include <vector>

#include "chainqual/impact/rows-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// A path backwards: enterprises from the target to a source, and shock × product of weights.
struct BackwardPath {
  std::vector<std::uint32_t> nodes;
  double passed = 1;  ///< product of the link weights
  double loss = 0;    ///< passed × the last one's shock
};

class PathSearch {
 public:
  PathSearch(const Rows& rows, std::span<const double> shock, std::uint32_t target)
      : rows_(rows),
        shock_(shock),
        target_(target),
        best_(rows.size(), 0.0),
        from_(rows.size(), 0),
        barred_(rows.size()) {}

  /// At most `count` paths, most loss first; equal ones shorter first, then by their enterprises.
  std::vector<BackwardPath> run(std::uint32_t count, const Control& control) {
    std::vector<BackwardPath> found;
    std::set<BackwardPath, Before> candidates;
    const auto propose = [&](BackwardPath path) {
      if (path.loss > 0) candidates.insert(std::move(path));
    };
    if (count == 0) return found;
    propose(extend({{target_}, 1.0, 0.0}, {}));
    while (found.size() < count && !candidates.empty()) {
      throw_if_cancelled(control);
      found.push_back(*candidates.begin());
      candidates.erase(candidates.begin());
      if (found.size() == count) break;
      const std::vector<std::uint32_t> last = found.back().nodes;
      BackwardPath root{{}, 1.0, 0.0};
      for (std::size_t spur = 0; spur < last.size(); ++spur) {
        if (spur > 0) root.passed *= weight_between(last[spur - 1], last[spur]);
        root.nodes.push_back(last[spur]);
        propose(extend(root, continuations(found, root.nodes)));
      }
    }
    return found;
  }

  /// [rows] the largest product of weights over paths from each to the target; 0 where none leads there.
  [[nodiscard]] std::vector<double> carried() const {
    std::vector<double> best(rows_.size(), 0.0);
    std::priority_queue<Reach> queue;
    best[target_] = 1;
    queue.push({1.0, target_});
    while (!queue.empty()) {
      const Reach top = queue.top();
      queue.pop();
      if (top.passed < best[top.node]) continue;
      for (auto k = rows_.offsets[top.node]; k < rows_.offsets[top.node + 1]; ++k) {
        const double passed = top.passed * rows_.weights[k];
        if (!(passed > best[rows_.neighbours[k]])) continue;
        best[rows_.neighbours[k]] = passed;
        queue.push({passed, rows_.neighbours[k]});
      }
    }
    return best;
  }

 private:
  static constexpr std::uint32_t ending = 0xFFFFFFFFU;

  struct Before {
    bool operator()(const BackwardPath& a, const BackwardPath& b) const {
      if (a.loss != b.loss) return a.loss > b.loss;
      if (a.nodes.size() != b.nodes.size()) return a.nodes.size() < b.nodes.size();
      return a.nodes < b.nodes;
    }
  };

  [[nodiscard]] double weight_between(std::uint32_t v, std::uint32_t input) const {
    for (auto k = rows_.offsets[v]; k < rows_.offsets[v + 1]; ++k) {
      if (rows_.neighbours[k] == input) return rows_.weights[k];
    }
    return 0;
  }

  /// Where the paths found so far that begin with `root` went next; `ending` for one that stopped there.
  static std::vector<std::uint32_t> continuations(const std::vector<BackwardPath>& found,
                                                  const std::vector<std::uint32_t>& root) {
    std::vector<std::uint32_t> next;
    for (const BackwardPath& path : found) {
      if (path.nodes.size() < root.size() || !std::equal(root.begin(), root.end(), path.nodes.begin())) continue;
      next.push_back(path.nodes.size() == root.size() ? ending : path.nodes[root.size()]);
    }
    return next;
  }

  /// The best simple path that begins with `root` and goes on by none of `barred`; loss 0 when there is none.
  BackwardPath extend(const BackwardPath& root, const std::vector<std::uint32_t>& barred) {
    const std::uint32_t spur = root.nodes.back();
    const auto is_barred = [&](std::uint32_t next) {
      return std::find(barred.begin(), barred.end(), next) != barred.end();
    };
    for (const auto v : root.nodes) barred_[v] = true;
    std::priority_queue<Reach> queue;
    const auto reach = [&](std::uint32_t v, double passed, std::uint32_t from) {
      if (passed > best_[v]) {
        if (best_[v] == 0) touched_.push_back(v);
        best_[v] = passed;
        from_[v] = from;
        queue.push({passed, v});
      }
    };
    double best_loss = is_barred(ending) ? 0 : root.passed * shock_[spur];
    std::uint32_t last = spur;
    const auto expand = [&](std::uint32_t v, double passed) {
      for (auto k = rows_.offsets[v]; k < rows_.offsets[v + 1]; ++k) {
        const std::uint32_t u = rows_.neighbours[k];
        if (!barred_[u] && !(v == spur && is_barred(u))) reach(u, passed * rows_.weights[k], v);
      }
    };
    expand(spur, root.passed);
    while (!queue.empty() && queue.top().passed > best_loss) {  // no shock exceeds 1, so nothing better can follow
      const Reach top = queue.top();
      queue.pop();
      if (top.passed < best_[top.node]) continue;
      const double loss = top.passed * shock_[top.node];
      if (loss > best_loss) {
        best_loss = loss;
        last = top.node;
      }
      expand(top.node, top.passed);
    }
    BackwardPath path = root;
    path.loss = best_loss;
    if (last != spur) {
      path.passed = best_[last];
      std::vector<std::uint32_t> tail;
      for (std::uint32_t v = last; v != spur; v = from_[v]) tail.push_back(v);
      path.nodes.insert(path.nodes.end(), tail.rbegin(), tail.rend());
    }
    for (const auto v : touched_) best_[v] = 0;
    touched_.clear();
    for (const auto v : root.nodes) barred_[v] = false;
    return path;
  }

  struct Reach {
    double passed;
    std::uint32_t node;
    bool operator<(const Reach& other) const noexcept {
      return passed != other.passed ? passed < other.passed : node > other.node;
    }
  };

  const Rows& rows_;
  std::span<const double> shock_;
  std::uint32_t target_;
  std::vector<double> best_;  // 0 outside extend
  std::vector<std::uint32_t> from_;
  std::vector<bool> barred_;  // false outside extend
  std::vector<std::uint32_t> touched_;
};

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
