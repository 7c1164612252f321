// Inputs of the quality methods from CSV and JSON: what is read, and what is wrong told at once.

#include "chainqual/io/method_files.hpp"

#include <gtest/gtest.h>

#include "workspace.hpp"

namespace chainqual::method_files_test {
namespace {

template <class Read>
auto of_text(Read&& read, const std::string& text) {
  Findings findings;
  TextFile file = decode_text(FileBytes::of(text), "m.csv", std::nullopt, findings);
  return read(std::move(file), std::move(findings));
}

template <class Read>
std::vector<std::string> errors_of(Read&& read) {
  try {
    static_cast<void>(read());
  } catch (const Error& error) {
    return testing::lines_of(error.findings(), FindingLevel::error, Language::en);
  }
  ADD_FAILURE() << "no error";
  return {};
}

TEST(FailureModeTable, ReadsModesInBothLanguages) {
  const auto modes = of_text(failure_modes_from_table, "失效模式,严重度,频度,探测度\n虚焊,8,5,6\nscratch,3,5,2\n");
  EXPECT_EQ(modes, (std::vector<FailureMode>{{"虚焊", 8, 5, 6}, {"scratch", 3, 5, 2}}));
}

TEST(FailureModeTable, TellsEveryFaultAtOnce) {
  const auto errors = errors_of(
      [] { return of_text(failure_modes_from_table, "name,severity,occurrence,detection\n,11,x,\nb,1,1,1.5\n"); });
  EXPECT_EQ(errors.size(), 5U);
  EXPECT_EQ(errors_of([] { return of_text(failure_modes_from_table, "name,severity,occurrence,detection\n"); }).size(),
            1U);
}

TEST(PriorityTableFile, EmptyBoundsAreTheWholeRange) {
  const auto rules = of_text(priority_rules_from_table, "priority,severity_from,severity_to\nlow,,8\n高,9,\n");
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(PriorityTable(rules).of(9, 1, 1), ActionPriority::high);
  EXPECT_EQ(PriorityTable(rules).of(8, 10, 10), ActionPriority::low);
}

TEST(MeasurementTable, SamplesKeepTheOrderOfTheirFirstRow) {
  const auto found = of_text(measurements_from_table, "测量值,组\n10.2,晚班\n9.98,早班\n10.4,晚班\n");
  EXPECT_EQ(found.names, (std::vector<std::string>{"晚班", "早班"}));
  EXPECT_EQ(found.samples, (std::vector<std::vector<double>>{{10.2, 10.4}, {9.98}}));
  EXPECT_EQ(found.in_order, (std::vector<double>{10.2, 9.98, 10.4}))
      << "charts of single values keep the order in time";
  EXPECT_TRUE(found.second_names.empty());
  EXPECT_EQ(of_text(measurements_from_table, "value\n1\n2\n").samples, (std::vector<std::vector<double>>{{1, 2}}));
  EXPECT_EQ(errors_of([] { return of_text(measurements_from_table, "value,sample\n1,\n,a\n1e400,a\n"); }).size(), 3U);
}

TEST(CountTable, SizesAreOptional) {
  const auto found = of_text(counts_from_table, "count,size\n3,100\n0,120\n");
  EXPECT_EQ(found.counts, (std::vector<double>{3, 0}));
  EXPECT_EQ(found.sizes, (std::vector<double>{100, 120}));
  EXPECT_TRUE(of_text(counts_from_table, "count\n3\n").sizes.empty());
  EXPECT_EQ(errors_of([] { return of_text(counts_from_table, "count,size\n-1,100\n2,\n"); }).size(), 2U);
}

const char* const tree = R"({"top": "stop",
  "gates": [{"name": "stop", "kind": "or", "inputs": ["fan", "both"]},
            {"name": "both", "kind": "at_least", "k": 2, "inputs": ["a", "b", "c"]}],
  "events": [{"name": "fan", "probability": 0.01}, {"name": "a", "probability": "10%"},
             {"name": "b", "probability": 0.1}, {"name": "c", "probability": 0.1}]})";

TEST(FaultTreeJson, ReadsGatesAndEvents) {
  const FaultTree found = fault_tree_from_json(tree);
  EXPECT_EQ(found.gates[1].kind, GateKind::at_least);
  EXPECT_EQ(found.gates[1].k, 2U);
  // 0.028 is 3 · 0.1² · 0.9 + 0.1³: two or three of three.
  EXPECT_NEAR(analyse(found).probability, 1 - 0.99 * (1 - 0.028), 1e-12);
}

TEST(FaultTreeJson, TellsEveryFaultWithItsPlace) {
  const auto errors = errors_of([] {
    return fault_tree_from_json(R"({"gates": [{"name": "a", "kind": "xor", "inputs": [[2], ""]}, 7,
      {"kind": "at_least", "inptus": []}], "events": [{"name": "b", "probability": 1.5}, {}]})",
                                "t.json");
  });
  std::string all;
  for (const auto& line : errors) all += line + "\n";
  for (const char* part : {"'top' is missing", "/gates/0/kind", "/gates/0/inputs", "/gates/1", "'k' is missing",
                           "should it be 'inputs'", "/events/0/probability", "/events/1/name", "t.json"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << "\n" << all;
  }
}

TEST(MeasurementTable, ASecondFactorMakesCells) {
  const auto found = of_text(measurements_from_table, "value,group,second\n1,a,x\n2,b,y\n3,a,x\n4,b,x\n");
  EXPECT_EQ(found.second_names, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(found.cells, (std::vector<std::vector<double>>{{1, 3}, {}, {4}, {2}}));
  EXPECT_EQ(errors_of([] { return of_text(measurements_from_table, "value,group,second\n1,a,\n"); }).size(), 1U);
}

}  // namespace
}  // namespace chainqual::method_files_test
