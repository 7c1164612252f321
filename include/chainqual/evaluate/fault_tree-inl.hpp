#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "chainqual/evaluate/decision_diagram-inl.hpp"
#include "chainqual/evaluate/fault_tree_read-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

/// Events in the order in which a walk down from the top meets them, inputs from left to right.
inline std::vector<std::uint32_t> events_in_order(const NumberedTree& tree, std::uint32_t events) {
  std::vector<std::uint32_t> order;
  std::vector<char> met(events + tree.inputs.size(), 0);
  std::vector<std::uint32_t> waiting{tree.top};
  while (!waiting.empty()) {
    const std::uint32_t number = waiting.back();
    waiting.pop_back();
    if (met[number] != 0) continue;
    met[number] = 1;
    if (number < events) {
      order.push_back(number);
    } else {
      const auto& inputs = tree.inputs[number - events];
      waiting.insert(waiting.end(), inputs.rbegin(), inputs.rend());
    }
  }
  return order;
}

class TreeAnalysis {
 public:
  TreeAnalysis(const FaultTree& tree, const FaultTreeOptions& options)
      : tree_(tree),
        options_(options),
        numbered_(TreeReader(tree).read()),
        events_(static_cast<std::uint32_t>(tree.events.size())),
        order_(events_in_order(numbered_, events_)),
        diagram_(static_cast<std::uint32_t>(order_.size()), options.most_nodes) {}

  FaultTreeResult run() {
    const NodeId top = build();
    FaultTreeResult result;
    result.findings = numbered_.findings;
    result.nodes = diagram_.size() - 2;
    const std::vector<double> chance = chances();
    result.probability = chance[top];
    result.importance.resize(events_);
    const NodeId sets = diagram_.minimal(top);
    count(sets, result);
    list(sets, result);
    measure(top, chance, result);
    fussell_vesely(sets, result);
    return result;
  }

 private:
  [[nodiscard]] double probability(std::uint32_t variable) const { return tree_.events[order_[variable]].probability; }

  NodeId build() {
    std::vector<std::uint32_t> place(events_, 0);
    for (std::uint32_t v = 0; v < order_.size(); ++v) place[order_[v]] = v;
    std::vector<NodeId> gates(numbered_.inputs.size(), 0);
    const auto function = [&](std::uint32_t number) {
      return number < events_ ? diagram_.choose(place[number], 1, 0) : gates[number - events_];
    };
    for (const std::uint32_t g : numbered_.bottom_up) {
      std::vector<NodeId> inputs;
      for (const std::uint32_t input : numbered_.inputs[g]) inputs.push_back(function(input));
      const Gate& gate = tree_.gates[g];
      const auto n = static_cast<std::uint32_t>(inputs.size());
      gates[g] = at_least(inputs, gate.kind == GateKind::any ? 1 : gate.kind == GateKind::all ? n : gate.k);
    }
    return function(numbered_.top);
  }

  /// k of the inputs or more: with `some[j]` for "j of those looked at or more", from the last input to the first.
  NodeId at_least(const std::vector<NodeId>& inputs, std::uint32_t k) {
    std::vector<NodeId> some(k + std::size_t{1}, 0);
    some[0] = 1;
    for (auto input = inputs.rbegin(); input != inputs.rend(); ++input) {
      for (std::uint32_t j = k; j > 0; --j) some[j] = diagram_.either(some[j], diagram_.both(*input, some[j - 1]));
    }
    return some[k];
  }

  /// P of every node: children stand before their parents.
  [[nodiscard]] std::vector<double> chances() const {
    std::vector<double> chance(diagram_.size(), 0);
    chance[1] = 1;
    for (NodeId k = 2; k < diagram_.size(); ++k) {
      const auto& node = diagram_[k];
      const double p = probability(node.variable);
      chance[k] = p * chance[node.high] + (1 - p) * chance[node.low];
    }
    return chance;
  }

  void measure(NodeId top, const std::vector<double>& chance, FaultTreeResult& result) const {
    // reach[k]: the chance that a walk from the top by what happens passes node k.
    std::vector<double> reach(chance.size(), 0);
    reach[top] = 1;
    for (NodeId k = top; k > 1; --k) {
      if (reach[k] == 0) continue;
      const auto& node = diagram_[k];
      const double p = probability(node.variable);
      reach[node.high] += p * reach[k];
      reach[node.low] += (1 - p) * reach[k];
      result.importance[order_[node.variable]].birnbaum += reach[k] * (chance[node.high] - chance[node.low]);
    }
    const double whole = result.probability;
    for (std::uint32_t v = 0; v < order_.size(); ++v) {
      EventImportance& event = result.importance[order_[v]];
      const double p = probability(v);
      if (whole == 0) continue;
      event.criticality = event.birnbaum * p / whole;
      event.achievement_worth = (whole + (1 - p) * event.birnbaum) / whole;
      const double left = whole - p * event.birnbaum;
      event.reduction_worth = left > 0 ? whole / left : std::numeric_limits<double>::infinity();
    }
  }

  void count(NodeId sets, FaultTreeResult& result) const {
    std::vector<double> number(diagram_.size(), 0);
    number[1] = 1;
    for (NodeId k = 2; k <= sets; ++k) number[k] = number[diagram_[k].high] + number[diagram_[k].low];
    result.cut_set_count = number[sets];
  }

  void list(NodeId sets, FaultTreeResult& result) const {
    std::vector<std::uint32_t> chosen;
    const auto visit = [&](const auto& self, NodeId node) -> void {
      if (node == 0 || !result.all_listed) return;
      if (node == 1) {
        result.all_listed = result.cut_sets.size() < options_.most_cut_sets;
        if (result.all_listed) result.cut_sets.emplace_back(chosen);
        return;
      }
      chosen.push_back(order_[diagram_[node].variable]);
      self(self, diagram_[node].high);
      chosen.pop_back();
      self(self, diagram_[node].low);
    };
    visit(visit, sets);
    for (auto& set : result.cut_sets) std::sort(set.begin(), set.end());
    std::sort(result.cut_sets.begin(), result.cut_sets.end(),
              [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
  }

  /// By the cut sets that hold the event, a family within the diagram, as a function of the events. Where those
  /// functions grow beyond the limit the measure stays absent: all else is known by then.
  void fussell_vesely(NodeId sets, FaultTreeResult& result) {
    std::vector<NodeId> with(events_, 0);
    try {
      for (std::uint32_t v = 0; v < order_.size(); ++v) {
        with[order_[v]] = diagram_.some_complete(diagram_.holding(sets, v));
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::limit_exceeded) throw;
      return;
    }
    const std::vector<double> chance = chances();
    for (std::uint32_t event = 0; event < events_; ++event) {
      result.importance[event].fussell_vesely = result.probability == 0 ? 0 : chance[with[event]] / result.probability;
    }
  }

  const FaultTree& tree_;
  FaultTreeOptions options_;
  NumberedTree numbered_;
  std::uint32_t events_;
  std::vector<std::uint32_t> order_;  // event of each variable
  Diagram diagram_;
};

}  // namespace evaluate_detail

inline FaultTreeResult analyse(const FaultTree& tree, const FaultTreeOptions& options) {
  return evaluate_detail::TreeAnalysis(tree, options).run();
}

}  // namespace v1
}  // namespace chainqual
