#include "chainqual/evaluate/fault_tree.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace chainqual::testing {
namespace {

Gate gate(std::string name, GateKind kind, std::vector<std::string> inputs, std::uint32_t k = 0) {
  return {std::move(name), kind, std::move(inputs), k};
}

TEST(FaultTree, TwoOutOfThreeByHand) {
  const FaultTree tree{
      {{"a", 0.1}, {"b", 0.2}, {"c", 0.3}}, {gate("top", GateKind::at_least, {"a", "b", "c"}, 2)}, "top"};
  const FaultTreeResult result = analyse(tree);
  EXPECT_NEAR(result.probability, 0.02 + 0.03 + 0.06 - 2 * 0.006, 1e-15);
  EXPECT_EQ(result.cut_sets, (std::vector<std::vector<std::uint32_t>>{{0, 1}, {0, 2}, {1, 2}}));
  EXPECT_NEAR(result.importance[0].birnbaum, 0.2 + 0.3 - 2 * 0.06, 1e-15);
}

TEST(FaultTree, SharedEventsAreCountedOnce) {
  // (a or b) and (a or c) = a or (b and c).
  const FaultTree tree{{{"a", 0.1}, {"b", 0.5}, {"c", 0.5}},
                       {gate("left", GateKind::any, {"a", "b"}), gate("right", GateKind::any, {"a", "c"}),
                        gate("top", GateKind::all, {"left", "right"})},
                       "top"};
  const FaultTreeResult result = analyse(tree);
  EXPECT_NEAR(result.probability, 0.1 + 0.9 * 0.25, 1e-15);
  EXPECT_EQ(result.cut_sets, (std::vector<std::vector<std::uint32_t>>{{0}, {1, 2}}));
}

TEST(FaultTree, AnEventOutsideTheTreeMattersNothing) {
  const FaultTreeResult result = analyse({{{"a", 0.25}, {"idle", 0.9}}, {gate("top", GateKind::any, {"a"})}, "top"});
  EXPECT_EQ(result.probability, 0.25);
  EXPECT_EQ(result.importance[1].birnbaum, 0);
  EXPECT_EQ(result.importance[1].fussell_vesely, 0.0);
  EXPECT_EQ(result.importance[1].reduction_worth, 1);
  EXPECT_EQ(result.importance[0].birnbaum, 1);
  EXPECT_EQ(result.importance[0].reduction_worth, std::numeric_limits<double>::infinity())
      << "without it nothing is left";
}

TEST(FaultTree, TheTopMayBeAnEventAndImpossibleTopsHaveNoShares) {
  EXPECT_EQ(analyse({{{"a", 0.5}}, {}, "a"}).probability, 0.5);
  const FaultTreeResult never = analyse({{{"a", 0}, {"b", 0.5}}, {gate("top", GateKind::all, {"a", "b"})}, "top"});
  EXPECT_EQ(never.probability, 0);
  EXPECT_EQ(never.importance[0].birnbaum, 0.5);
  EXPECT_EQ(never.importance[0].criticality, 0);
  EXPECT_EQ(never.cut_sets.size(), 1U);
}

TEST(FaultTree, ManyMoreCutSetsThanCouldBeListedAreCounted) {
  // Ten of twenty: 184,756 cut sets.
  FaultTree tree;
  Gate top = gate("top", GateKind::at_least, {}, 10);
  for (int e = 0; e < 20; ++e) {
    tree.events.push_back({"e" + std::to_string(e), 0.5});
    top.inputs.push_back(tree.events.back().name);
  }
  tree.gates.push_back(top);
  tree.top = "top";
  const FaultTreeResult result = analyse(tree, {1'000'000, 1000});
  EXPECT_EQ(result.cut_set_count, 184'756);
  EXPECT_EQ(result.cut_sets.size(), 1000U);
  EXPECT_FALSE(result.all_listed);
  EXPECT_TRUE(result.importance[0].fussell_vesely.has_value()) << "it needs no list";
  FaultTreeOptions tight;
  tight.most_nodes = result.nodes + 300;
  EXPECT_FALSE(analyse(tree, tight).importance[0].fussell_vesely.has_value()) << "all else is known all the same";
  EXPECT_NEAR(result.probability, 616'666.0 / 1'048'576.0, 1e-15) << "sum of binomials, exact";
  EXPECT_LT(result.nodes, 2000U);
}

TEST(FaultTreeBadInput, EveryFaultIsToldAtOnce) {
  try {
    static_cast<void>(analyse({{{"a", 1.5}, {"a", 0.1}, {"n", std::nan("")}},
                               {gate("g", GateKind::at_least, {"a", "a", "ghost"}, 4), gate("none", GateKind::any, {})},
                               "top"}));
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.findings().count(FindingLevel::error), 8U)
        << "two probabilities, a name twice, an input twice, an unknown input, k, no inputs, an unknown top";
  }
}

TEST(FaultTreeBadInput, ACycleNamesItsGates) {
  try {
    static_cast<void>(analyse({{{"a", 0.1}},
                               {gate("x", GateKind::any, {"a", "y"}), gate("y", GateKind::all, {"z"}),
                                gate("z", GateKind::any, {"x"}), gate("top", GateKind::any, {"x"})},
                               "top"}));
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_NE(error.message().en.find("'x' → 'y' → 'z' → 'x'"), std::string::npos) << error.message().en;
  }
}

TEST(FaultTreeBadInput, ATooLargeDiagramIsAnError) {
  // Pairs in the worst order: the diagram of (a1 b1) or (a2 b2) … doubles with each pair when all a's come first.
  FaultTree tree;
  Gate all_a = gate("as", GateKind::at_least, {}, 1);
  Gate pairs = gate("pairs", GateKind::any, {});
  for (int k = 0; k < 16; ++k) {
    const std::string number = std::to_string(k);
    tree.events.push_back({"a" + number, 0.1});
    tree.events.push_back({"b" + number, 0.1});
    all_a.inputs.push_back("a" + number);
    tree.gates.push_back(gate("pair" + number, GateKind::all, {"a" + number, "b" + number}));
    pairs.inputs.push_back("pair" + number);
  }
  tree.gates.push_back(all_a);
  tree.gates.push_back(pairs);
  tree.gates.push_back(gate("top", GateKind::all, {"as", "pairs"}));
  tree.top = "top";
  try {
    static_cast<void>(analyse(tree, {10'000, 1000}));
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::limit_exceeded);
  }
  EXPECT_GT(analyse(tree).nodes, 65'000U);
}

TEST(FaultTreeBadInput, ACycleBesideTheTopIsACycle) {
  FaultTree tree;
  tree.events = {{"a", 0.5}};
  tree.gates = {{"t", GateKind::any, {"a"}, 0}, {"g1", GateKind::any, {"g2"}, 0}, {"g2", GateKind::any, {"g1"}, 0}};
  tree.top = "t";
  try {
    static_cast<void>(analyse(tree));
    FAIL() << "taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_NE(error.message().en.find("g1"), std::string::npos) << error.message().en;
  }
}

TEST(FaultTree, WhatTheTopDoesNotRestOnIsTold) {
  FaultTree tree;
  tree.events = {{"a", 0.25}, {"idle", 0.5}, {"b", 0.5}};
  tree.gates = {{"t", GateKind::any, {"a"}, 0}, {"spare", GateKind::all, {"b", "a"}, 0}};
  tree.top = "t";
  const FaultTreeResult result = analyse(tree);
  EXPECT_EQ(result.probability, 0.25);
  std::string told;
  for (const Finding& finding : result.findings.kept()) told += finding.value + " ";
  EXPECT_EQ(told, "idle b spare ");
  EXPECT_FALSE(result.findings.has_errors());
  tree.top = "spare";
  tree.gates[0].inputs = {"spare"};
  EXPECT_EQ(analyse(tree).findings.kept().size(), 2U) << "a gate above the top, and the idle event";
}

TEST(FaultTree, FussellVeselyNeedsNoListOfCutSets) {
  // 7 of 14: 3432 cut sets whose union, set by set, outgrew a limit of a hundred times the diagram.
  FaultTree tree;
  Gate gate{"t", GateKind::at_least, {}, 7};
  for (int k = 0; k < 14; ++k) {
    tree.events.push_back({"e" + std::to_string(k), 0.3});
    gate.inputs.push_back("e" + std::to_string(k));
  }
  tree.gates = {gate};
  tree.top = "t";
  FaultTreeOptions few;
  few.most_nodes = 20'000;
  few.most_cut_sets = 10;
  const FaultTreeResult result = analyse(tree, few);
  EXPECT_FALSE(result.all_listed);
  EXPECT_EQ(result.cut_set_count, 3432);
  // A cut set with the event is complete when the event and six others have happened.
  double six_of_thirteen = 0;
  double ways = 1;
  for (int k = 0; k <= 13; ++k) {
    if (k >= 6) six_of_thirteen += ways * std::pow(0.3, k) * std::pow(0.7, 13 - k);
    ways = ways * (13 - k) / (k + 1);
  }
  ASSERT_TRUE(result.importance[5].fussell_vesely.has_value());
  EXPECT_NEAR(*result.importance[5].fussell_vesely, 0.3 * six_of_thirteen / result.probability, 1e-13);
}

}  // namespace
}  // namespace chainqual::testing
