#pragma once

// A fault tree's names become numbers, and its faults are told.

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace chainqual {
inline namespace v1 {
namespace evaluate_detail {

/// A tree whose names have become numbers: events 0 … E−1, gates E … E+G−1.
struct NumberedTree {
  std::vector<std::vector<std::uint32_t>> inputs;  ///< by gate
  std::uint32_t top = 0;
  std::vector<std::uint32_t> bottom_up;  ///< gates under the top, inputs before their gates
  Findings findings;                     ///< warnings
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

  /// Orders the gates under the top, inputs first, without recursion: a chain of gates may be long. Then goes through
  /// all others: a cycle is a fault wherever it is, and what the top does not reach is told.
  void walk() {
    const auto events = static_cast<std::uint32_t>(tree_.events.size());
    enum class Seen : std::uint8_t { no, open, done };
    std::vector<Seen> seen(tree_.gates.size(), Seen::no);
    std::vector<char> reached(tree_.events.size(), 0);
    std::vector<std::pair<std::uint32_t, std::size_t>> path;  // gate and its next input
    const auto enter = [&](std::uint32_t number) {
      if (number < events) {
        reached[number] = 1;
        return;
      }
      const std::uint32_t gate = number - events;
      if (seen[gate] == Seen::done) return;
      if (seen[gate] == Seen::open) throw cycle(path, gate);
      seen[gate] = Seen::open;
      path.emplace_back(gate, 0);
    };
    const auto go_down = [&](std::uint32_t from) {
      enter(from);
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
    };
    go_down(made_.top);
    const std::size_t under_top = made_.bottom_up.size();
    for (std::uint32_t event = 0; event < events; ++event) {
      if (reached[event] == 0) tell_unreached(tree_.events[event].name);
    }
    for (std::uint32_t gate = 0; gate < tree_.gates.size(); ++gate) {
      if (seen[gate] == Seen::no) go_down(events + gate);
    }
    for (std::size_t k = under_top; k < made_.bottom_up.size(); ++k) {
      tell_unreached(tree_.gates[made_.bottom_up[k]].name);
    }
    made_.bottom_up.resize(under_top);
    made_.findings = std::move(findings_);
  }

  void tell_unreached(const std::string& name) {
    findings_.add({FindingLevel::warning,
                   ErrorCode::unknown_reference,
                   {{}, 0, 0, name, 0},
                   shown_value(name),
                   {"顶事件“" + shown_value(tree_.top) + "”达不到它，未参与计算",
                    "the top '" + shown_value(tree_.top) + "' does not rest on it: it is not counted"},
                   {"接到树上，或删去", "join it to the tree, or leave it out"}});
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

}  // namespace evaluate_detail
}  // namespace v1
}  // namespace chainqual
