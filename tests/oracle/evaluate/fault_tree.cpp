// Fault trees of up to twelve events against every state of their events.

#include "chainqual/evaluate/fault_tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace chainqual::testing {
namespace {

/// Evaluates a tree for one state of its events, by names and recursion.
class Plain {
 public:
  explicit Plain(const FaultTree& tree) : tree_(tree) {}

  [[nodiscard]] bool happens(const std::string& name, std::uint32_t state) const {
    for (std::size_t e = 0; e < tree_.events.size(); ++e) {
      if (tree_.events[e].name == name) return (state >> e & 1U) != 0;
    }
    for (const Gate& gate : tree_.gates) {
      if (gate.name != name) continue;
      std::size_t count = 0;
      for (const std::string& input : gate.inputs) count += happens(input, state) ? 1U : 0U;
      if (gate.kind == GateKind::any) return count >= 1;
      if (gate.kind == GateKind::all) return count == gate.inputs.size();
      return count >= gate.k;
    }
    return false;
  }

  [[nodiscard]] double chance_of(std::uint32_t state) const {
    double chance = 1;
    for (std::size_t e = 0; e < tree_.events.size(); ++e) {
      const double p = tree_.events[e].probability;
      chance *= (state >> e & 1U) != 0 ? p : 1 - p;
    }
    return chance;
  }

 private:
  const FaultTree& tree_;
};

FaultTree random_tree(std::mt19937& random) {
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  FaultTree tree;
  const std::uint32_t events = 1 + below(12);
  for (std::uint32_t e = 0; e < events; ++e) {
    const double p = below(10) == 0 ? below(2) : below(1000) / 1000.0;
    tree.events.push_back({"e" + std::to_string(e), p});
  }
  const std::uint32_t gates = 1 + below(8);
  for (std::uint32_t g = 0; g < gates; ++g) {
    Gate gate;
    gate.name = "g" + std::to_string(g);
    std::vector<std::string> pool;
    for (const BasicEvent& event : tree.events) pool.push_back(event.name);
    for (const Gate& earlier : tree.gates) pool.push_back(earlier.name);
    std::shuffle(pool.begin(), pool.end(), random);
    const std::size_t inputs = 1 + below(std::min<std::uint32_t>(5, static_cast<std::uint32_t>(pool.size())));
    gate.inputs.assign(pool.begin(), pool.begin() + static_cast<std::ptrdiff_t>(inputs));
    gate.kind = static_cast<GateKind>(below(3));
    if (gate.kind == GateKind::at_least) gate.k = 1 + below(static_cast<std::uint32_t>(inputs));
    tree.gates.push_back(gate);
  }
  tree.top = tree.gates.back().name;
  std::shuffle(tree.gates.begin(), tree.gates.end(), random);
  return tree;
}

TEST(FaultTreeOracle, EveryFigureEqualsThatOfAllStates) {
  std::mt19937 random(20261121);
  for (int round = 0; round < 400; ++round) {
    const FaultTree tree = random_tree(random);
    const Plain plain(tree);
    const auto events = static_cast<std::uint32_t>(tree.events.size());
    const std::uint32_t states = 1U << events;
    std::vector<char> top(states);
    double probability = 0;
    for (std::uint32_t state = 0; state < states; ++state) {
      top[state] = plain.happens(tree.top, state) ? 1 : 0;
      if (top[state] != 0) probability += plain.chance_of(state);
    }
    std::vector<std::uint32_t> minimal;
    for (std::uint32_t state = 0; state < states; ++state) {
      bool least = top[state] != 0;
      for (std::uint32_t e = 0; e < events && least; ++e) {
        if ((state >> e & 1U) != 0 && top[state & ~(1U << e)] != 0) least = false;
      }
      if (least) minimal.push_back(state);
    }
    const FaultTreeResult result = analyse(tree);
    ASSERT_NEAR(result.probability, probability, 1e-13) << "round " << round;
    ASSERT_TRUE(result.all_listed);
    std::vector<std::uint32_t> listed;
    for (std::size_t k = 0; k < result.cut_sets.size(); ++k) {
      const auto& set = result.cut_sets[k];
      std::uint32_t state = 0;
      for (const std::uint32_t event : set) state |= 1U << event;
      listed.push_back(state);
      ASSERT_TRUE(std::is_sorted(set.begin(), set.end()));
      ASSERT_LE(result.cut_sets[k == 0 ? 0 : k - 1].size(), set.size());
    }
    std::sort(listed.begin(), listed.end());
    ASSERT_EQ(listed, minimal) << "round " << round;
    ASSERT_EQ(result.cut_set_count, static_cast<double>(minimal.size()));
    for (std::uint32_t e = 0; e < events; ++e) {
      double certain = 0;
      double never = 0;
      double union_of_its_sets = 0;
      for (std::uint32_t state = 0; state < states; ++state) {
        const bool on = (state >> e & 1U) != 0;
        const double p = tree.events[e].probability;
        // The chance of the other events' states, whatever this one's.
        const double others = [&] {
          double chance = 1;
          for (std::uint32_t other = 0; other < events; ++other) {
            if (other == e) continue;
            const double q = tree.events[other].probability;
            chance *= (state >> other & 1U) != 0 ? q : 1 - q;
          }
          return chance;
        }();
        if (top[state] != 0) (on ? certain : never) += others;
        const bool complete = std::any_of(minimal.begin(), minimal.end(), [&](std::uint32_t set) {
          return (set >> e & 1U) != 0 && (state & set) == set;
        });
        if (complete) union_of_its_sets += others * (on ? p : 1 - p);
      }
      const EventImportance& event = result.importance[e];
      ASSERT_NEAR(event.birnbaum, certain - never, 1e-12) << "round " << round << " event " << e;
      if (probability == 0) {
        ASSERT_EQ(event.criticality, 0);
        ASSERT_EQ(event.fussell_vesely, 0.0);
        ASSERT_EQ(event.achievement_worth, 1);
        continue;
      }
      ASSERT_NEAR(event.criticality, (certain - never) * tree.events[e].probability / probability, 1e-10);
      ASSERT_NEAR(*event.fussell_vesely, union_of_its_sets / probability, 1e-10);
      ASSERT_NEAR(event.achievement_worth, certain / probability, 1e-9 * certain / probability + 1e-10);
      if (never > 1e-9) {
        ASSERT_NEAR(event.reduction_worth * never / probability, 1, 1e-6);
      }
    }
  }
}

}  // namespace
}  // namespace chainqual::testing
