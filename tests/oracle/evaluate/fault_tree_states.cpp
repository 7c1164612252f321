// Fault trees of thirteen to twenty events against tables of all states of their events.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <unordered_map>

#include "chainqual/evaluate/fault_tree.hpp"

namespace chainqual::testing {
namespace {

/// By state: whether something has happened.
using States = std::vector<char>;

FaultTree wide_tree(std::mt19937& random, std::uint32_t events) {
  const auto below = [&](std::size_t n) { return static_cast<std::uint32_t>(random() % n); };
  FaultTree tree;
  std::vector<std::string> open;  // what no gate has taken yet
  for (std::uint32_t e = 0; e < events; ++e) {
    tree.events.push_back({"e" + std::to_string(e), below(1000) / 1000.0});
    open.push_back(tree.events.back().name);
  }
  // Gates take what is open, and now and then an event a second time, until one thing is left.
  while (open.size() > 1) {
    std::shuffle(open.begin(), open.end(), random);
    const std::size_t inputs = std::min<std::size_t>(open.size(), 2 + below(4));
    Gate gate{"g" + std::to_string(tree.gates.size()), static_cast<GateKind>(below(3)), {}, 0};
    gate.inputs.assign(open.end() - static_cast<std::ptrdiff_t>(inputs), open.end());
    open.resize(open.size() - inputs);
    const std::string& again = tree.events[below(events)].name;
    if (below(2) == 0 && std::find(gate.inputs.begin(), gate.inputs.end(), again) == gate.inputs.end()) {
      gate.inputs.push_back(again);
    }
    if (gate.kind == GateKind::at_least) gate.k = 1 + below(gate.inputs.size());
    open.push_back(gate.name);
    tree.gates.push_back(std::move(gate));
  }
  tree.top = open.front();
  return tree;
}

/// Tables of all gates; they were made inputs first.
States top_states(const FaultTree& tree) {
  const std::size_t states = std::size_t{1} << tree.events.size();
  std::unordered_map<std::string, States> tables;
  for (std::size_t e = 0; e < tree.events.size(); ++e) {
    States table(states);
    for (std::size_t s = 0; s < states; ++s) table[s] = static_cast<char>(s >> e & 1U);
    tables[tree.events[e].name] = std::move(table);
  }
  for (const Gate& gate : tree.gates) {
    States count(states, 0);
    for (const std::string& input : gate.inputs) {
      const States& table = tables.at(input);
      for (std::size_t s = 0; s < states; ++s) count[s] = static_cast<char>(count[s] + table[s]);
    }
    const std::size_t least = gate.kind == GateKind::any ? 1 : gate.kind == GateKind::all ? gate.inputs.size() : gate.k;
    for (char& each : count) each = static_cast<std::size_t>(each) >= least ? 1 : 0;
    tables[gate.name] = std::move(count);
  }
  return tables.at(tree.top);
}

/// The chance of every state, event by event.
std::vector<double> chances(const FaultTree& tree) {
  std::vector<double> chance{1};
  for (const BasicEvent& event : tree.events) {
    const std::size_t half = chance.size();
    chance.resize(2 * half);
    for (std::size_t s = 0; s < half; ++s) {
      chance[half + s] = chance[s] * event.probability;
      chance[s] *= 1 - event.probability;
    }
  }
  return chance;
}

TEST(FaultTreeOracle, UpToTwentyEventsEqualTheTableOfAllStates) {
  std::mt19937 random(13'20);
  for (std::uint32_t events = 13; events <= 20; ++events) {
    const FaultTree tree = wide_tree(random, events);
    const States top = top_states(tree);
    const std::vector<double> chance = chances(tree);
    const std::size_t states = top.size();
    double probability = 0;
    std::size_t minimal = 0;
    std::vector<double> with(events, 0);  // P(top and the event)
    States complete(states, 0);           // a minimal cut set with event 0 is complete
    for (std::size_t s = 0; s < states; ++s) {
      if (top[s] == 0) continue;
      probability += chance[s];
      bool least = true;
      for (std::uint32_t e = 0; e < events; ++e) {
        if ((s >> e & 1U) == 0) continue;
        with[e] += chance[s];
        least = least && top[s ^ (std::size_t{1} << e)] == 0;
      }
      if (!least) continue;
      ++minimal;
      complete[s] = static_cast<char>(s & 1U);
    }
    // States above a complete one are complete too.
    for (std::uint32_t e = 0; e < events; ++e) {
      const std::size_t bit = std::size_t{1} << e;
      for (std::size_t s = 0; s < states; ++s) {
        if ((s & bit) != 0 && complete[s ^ bit] != 0) complete[s] = 1;
      }
    }
    double first = 0;
    for (std::size_t s = 0; s < states; ++s) first += complete[s] != 0 ? chance[s] : 0;
    const FaultTreeResult found = analyse(tree);
    ASSERT_NEAR(found.probability, probability, 1e-11) << events << " events";
    ASSERT_EQ(found.cut_set_count, static_cast<double>(minimal)) << events << " events";
    ASSERT_NEAR(*found.importance[0].fussell_vesely * probability, first, 1e-11) << events << " events";
    for (std::uint32_t e = 0; e < events; ++e) {
      const double p = tree.events[e].probability;
      if (p == 0 || p == 1) continue;
      const double birnbaum = with[e] / p - (probability - with[e]) / (1 - p);
      ASSERT_NEAR(found.importance[e].birnbaum, birnbaum, 1e-7) << events << " events, event " << e;
    }
  }
}

}  // namespace
}  // namespace chainqual::testing
