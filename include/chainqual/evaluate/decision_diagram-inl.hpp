#pragma once

// Reduced ordered decision diagrams over monotone functions, and zero-suppressed ones over families of sets, in one
// table.
//
// Encoding: nodes 0 and 1 are the constants; node k > 1 asks for the variable variable(k) and leads to high(k) when it
// holds and low(k) when not. Children stand before their parents in the table, and variables grow along every path.
// A family of sets uses the same nodes with the other reduction rule: a node whose high is 0 is its low.

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "chainqual/core/error.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

using NodeId = std::uint32_t;

class Diagram {
 public:
  struct Node {
    std::uint32_t variable;
    NodeId high;
    NodeId low;
  };

  Diagram(std::uint32_t variables, std::uint64_t most) : most_(std::min<std::uint64_t>(most, 0xFFFFFFFE)) {
    nodes_.push_back({variables, 0, 0});  // constants ask for no variable: one beyond the last
    nodes_.push_back({variables, 1, 1});
  }

  [[nodiscard]] const Node& operator[](NodeId node) const noexcept { return nodes_[node]; }
  [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }

  /// The function "if variable then high else low".
  NodeId choose(std::uint32_t variable, NodeId high, NodeId low) {
    return high == low ? high : unique(variable, high, low);
  }
  /// The family of low's sets and of high's sets with `variable` added.
  NodeId family(std::uint32_t variable, NodeId high, NodeId low) {
    return high == 0 ? low : unique(variable, high, low);
  }

  NodeId either(NodeId a, NodeId b) {
    if (a == 1 || b == 1) return 1;
    if (a == 0 || a == b) return b;
    if (b == 0) return a;
    return combine(Kind::either, std::min(a, b), std::max(a, b));
  }
  NodeId both(NodeId a, NodeId b) {
    if (a == 0 || b == 0) return 0;
    if (a == 1 || a == b) return b;
    if (b == 1) return a;
    return combine(Kind::both, std::min(a, b), std::max(a, b));
  }

  /// The minimal sets that make a monotone function true, as a family.
  NodeId minimal(NodeId f) {
    if (f < 2) return f;
    return remembered(Kind::minimal, f, 0, [&] {
      const Node node = nodes_[f];
      const NodeId high = minimal(node.high);
      const NodeId low = minimal(node.low);
      return family(node.variable, without(high, low), low);
    });
  }

  /// The sets of `a` that hold no set of `b`.
  NodeId without(NodeId a, NodeId b) {
    if (a == 0 || b == 1) return 0;
    if (b == 0 || a == 1) return a;
    return remembered(Kind::without, a, b, [&] {
      const Node left = nodes_[a];
      const Node right = nodes_[b];
      if (left.variable < right.variable) {
        const NodeId high = without(left.high, b);
        return family(left.variable, high, without(left.low, b));
      }
      if (left.variable > right.variable) return without(a, right.low);
      const NodeId high = without(without(left.high, right.high), right.low);
      return family(left.variable, high, without(left.low, right.low));
    });
  }

  /// The sets of a family that hold a variable.
  NodeId holding(NodeId sets, std::uint32_t variable) {
    const Node node = nodes_[sets];
    if (node.variable > variable) return 0;
    if (node.variable == variable) return family(variable, node.high, 0);
    return remembered(Kind::holding, sets, variable, [&] {
      const NodeId high = holding(node.high, variable);
      return family(node.variable, high, holding(node.low, variable));
    });
  }

  /// The function that is true where every member of some set of the family holds.
  NodeId some_complete(NodeId sets) {
    if (sets < 2) return sets;
    return remembered(Kind::some_complete, sets, 0, [&] {
      const Node node = nodes_[sets];
      const NodeId low = some_complete(node.low);
      // Where the variable holds, the sets without it serve as well.
      return choose(node.variable, either(some_complete(node.high), low), low);
    });
  }

 private:
  enum class Kind : std::uint8_t { node, either, both, minimal, without, holding, some_complete };
  struct Key {
    std::uint32_t a, b, c;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const noexcept {
      std::uint64_t h = key.a * 0x9E3779B97F4A7C15ULL;
      h = (h ^ (h >> 29) ^ key.b) * 0xBF58476D1CE4E5B9ULL;
      h = (h ^ (h >> 32) ^ key.c) * 0x94D049BB133111EBULL;
      return static_cast<std::size_t>(h ^ (h >> 31));
    }
  };

  NodeId unique(std::uint32_t variable, NodeId high, NodeId low) {
    const auto [at, fresh] = table_.try_emplace({variable, high, low}, static_cast<NodeId>(nodes_.size()));
    if (fresh) {
      if (nodes_.size() > most_) {
        throw Error(ErrorCode::limit_exceeded,
                    {"故障树的判定图超过 " + std::to_string(most_) + " 个节点。请调高上限，或拆分故障树。",
                     "The fault tree's diagram has more than " + std::to_string(most_) +
                         " nodes. Raise the limit, or split the tree."});
      }
      nodes_.push_back({variable, high, low});
    }
    return at->second;
  }

  template <class Work>
  NodeId remembered(Kind kind, NodeId a, NodeId b, Work&& work) {
    const Key key{a, b, static_cast<std::uint32_t>(kind)};
    if (const auto at = memory_.find(key); at != memory_.end()) return at->second;
    const NodeId result = work();
    memory_.emplace(key, result);
    return result;
  }

  NodeId combine(Kind kind, NodeId a, NodeId b) {
    return remembered(kind, a, b, [&] {
      const Node left = nodes_[a];
      const Node right = nodes_[b];
      const std::uint32_t variable = std::min(left.variable, right.variable);
      const auto side = [&](const Node& node, NodeId whole, bool high) {
        return node.variable != variable ? whole : high ? node.high : node.low;
      };
      const auto apply = [&](NodeId p, NodeId q) { return kind == Kind::either ? either(p, q) : both(p, q); };
      const NodeId high = apply(side(left, a, true), side(right, b, true));
      const NodeId low = apply(side(left, a, false), side(right, b, false));
      return choose(variable, high, low);
    });
  }

  std::uint64_t most_;
  std::vector<Node> nodes_;
  std::unordered_map<Key, NodeId, Hash> table_;   // (variable, high, low) → node
  std::unordered_map<Key, NodeId, Hash> memory_;  // (a, b, kind) → result
};

}  // namespace evaluate_detail
}  // namespace v1
}  // namespace chainqual
