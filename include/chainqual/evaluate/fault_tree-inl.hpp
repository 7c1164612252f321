#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "chainqual/evaluate/decision_diagram-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

/// A tree whose names have become numbers: events 0 … E−1, gates E … E+G−1.
struct NumberedTree {
  std::vector<std::vector<std::uint32_t>> inputs;  ///< by gate
  std::uint32_t top = 0;
  std::vector<std::uint32_t> bottom_up;  ///< gates under the top, inputs before their gates
};

inline Text in_quotes(const std::string& name) {
  return {"“" + shown_value(name) + "”", "'" + shown_value(name) + "'"};
}

/// Diagrams are walked by recursion, a frame an event.
inline constexpr std::size_t most_events = 10'000;

class TreeReader {
 public:
  explicit TreeReader(const FaultTree& tree) : tree_(tree) {}

  NumberedTree read() {
    name_all();
    for (const Gate& gate : tree_.gates) read_gate(gate);
    const auto top = numbers_.find(tree_.top);
    if (top == numbers_.end()) {
      add(ErrorCode::unknown_reference, "top", tree_.top, {"没有这个事件或门", "there is no such event or gate"},
          {"写出一个门或事件的名称", "name a gate or an event"});
    } else {
      made_.top = top->second;
    }
    throw_if_errors(findings_);
    if (tree_.events.size() > most_events) {
      throw Error(ErrorCode::limit_exceeded,
                  {"基本事件多于 " + std::to_string(most_events) + " 个。请拆分故障树。",
                   "There are more than " + std::to_string(most_events) + " basic events. Split the tree."});
    }
    walk();
    return std::move(made_);
  }

 private:
  void add(ErrorCode code, const std::string& where, const std::string& value, Text rule, Text fix) {
    findings_.add(
        {FindingLevel::error, code, {{}, 0, 0, where, 0}, shown_value(value), std::move(rule), std::move(fix)});
  }

  void name_all() {
    std::uint32_t number = 0;
    const auto name = [&](const std::string& text) {
      if (!numbers_.emplace(text, number++).second) {
        add(ErrorCode::duplicate, text, text, {"名称重复", "the name stands twice"},
            {"改用不同的名称", "choose another name"});
      }
    };
    for (const BasicEvent& event : tree_.events) {
      name(event.name);
      if (!(event.probability >= 0 && event.probability <= 1)) {
        add(ErrorCode::invalid_value, event.name, std::to_string(event.probability),
            {"概率应在 0 到 1 之间", "a probability lies within 0 … 1"}, {"更正概率", "correct it"});
      }
    }
    for (const Gate& gate : tree_.gates) name(gate.name);
  }

  void read_gate(const Gate& gate) {
    std::vector<std::uint32_t> inputs;
    for (const std::string& input : gate.inputs) {
      const auto at = numbers_.find(input);
      if (at == numbers_.end()) {
        add(ErrorCode::unknown_reference, gate.name, input, {"没有这个事件或门", "there is no such event or gate"},
            {"更正名称，或补上该事件", "correct the name, or add the event"});
      } else if (std::find(inputs.begin(), inputs.end(), at->second) != inputs.end()) {
        add(ErrorCode::duplicate, gate.name, input, {"同一个门里输入重复", "it is an input of this gate twice"},
            {"只写一次", "name it once"});
      } else {
        inputs.push_back(at->second);
      }
    }
    if (gate.inputs.empty()) {
      add(ErrorCode::invalid_value, gate.name, {}, {"门没有输入", "the gate has no inputs"},
          {"写出输入", "give its inputs"});
    }
    if (gate.kind == GateKind::at_least && (gate.k < 1 || gate.k > gate.inputs.size())) {
      add(ErrorCode::invalid_value, gate.name, std::to_string(gate.k),
          {"表决数应在 1 到输入个数之间", "k lies within 1 and the number of inputs"}, {"更正 k", "correct k"});
    }
    made_.inputs.push_back(std::move(inputs));
  }

  /// Orders the gates under the top, inputs first, without recursion: a chain of gates may be long.
  void walk() {
    const auto events = static_cast<std::uint32_t>(tree_.events.size());
    enum class Seen : std::uint8_t { no, open, done };
    std::vector<Seen> seen(tree_.gates.size(), Seen::no);
    std::vector<std::pair<std::uint32_t, std::size_t>> path;  // gate and its next input
    const auto enter = [&](std::uint32_t number) {
      if (number < events) return;
      const std::uint32_t gate = number - events;
      if (seen[gate] == Seen::done) return;
      if (seen[gate] == Seen::open) throw cycle(path, gate);
      seen[gate] = Seen::open;
      path.emplace_back(gate, 0);
    };
    enter(made_.top);
    while (!path.empty()) {
      auto& [gate, next] = path.back();
      if (next < made_.inputs[gate].size()) {
        enter(made_.inputs[gate][next++]);  // `gate` and `next` are not used after this: the path may have moved
        continue;
      }
      seen[gate] = Seen::done;
      made_.bottom_up.push_back(gate);
      path.pop_back();
    }
  }

  [[nodiscard]] Error cycle(const std::vector<std::pair<std::uint32_t, std::size_t>>& path, std::uint32_t gate) const {
    Text names;
    bool inside = false;
    for (const auto& [each, next] : path) {
      inside = inside || each == gate;
      if (!inside) continue;
      const Text name = in_quotes(tree_.gates[each].name);
      names.zh += name.zh + " → ";
      names.en += name.en + " → ";
    }
    const Text name = in_quotes(tree_.gates[gate].name);
    return {ErrorCode::invalid_argument,
            {"故障树有回路：" + names.zh + name.zh + "。请断开其中一处。",
             "The fault tree has a cycle: " + names.en + name.en + ". Break it at one place."}};
  }

  const FaultTree& tree_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  NumberedTree made_;
  Findings findings_;
};

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
    result.nodes = diagram_.size() - 2;
    const std::vector<double> chance = chances();
    result.probability = chance[top];
    result.importance.resize(events_);
    const NodeId sets = diagram_.minimal(top);
    count(sets, result);
    list(sets, result);
    measure(top, chance, result);
    fussell_vesely(result);
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

  /// By the union of the cut sets that hold the event, each as a function of its own.
  void fussell_vesely(FaultTreeResult& result) {
    if (!result.all_listed) return;
    for (EventImportance& event : result.importance) event.fussell_vesely = 0;
    if (result.probability == 0) return;
    std::vector<std::uint32_t> place(events_, 0);
    for (std::uint32_t v = 0; v < order_.size(); ++v) place[order_[v]] = v;
    std::vector<NodeId> with(events_, 0);
    for (const auto& set : result.cut_sets) {
      std::vector<std::uint32_t> variables;
      for (const std::uint32_t event : set) variables.push_back(place[event]);
      std::sort(variables.rbegin(), variables.rend());
      NodeId complete = 1;
      for (const std::uint32_t variable : variables) complete = diagram_.choose(variable, complete, 0);
      for (const std::uint32_t event : set) with[event] = diagram_.either(with[event], complete);
    }
    const std::vector<double> chance = chances();
    for (std::uint32_t event = 0; event < events_; ++event) {
      result.importance[event].fussell_vesely = chance[with[event]] / result.probability;
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
