// Scenarios from JSON: every form of a shock, and what is wrong told with line, place and fix.

#include "chainqual/io/scenario_json.hpp"

#include <gtest/gtest.h>

#include "workspace.hpp"

namespace chainqual::scenario_json_test {
namespace {

std::vector<std::string> errors_of(const std::string& text, Language language = Language::en) {
  try {
    static_cast<void>(scenarios_from_json(text, "s.json"));
  } catch (const Error& error) {
    return testing::lines_of(error.findings(), FindingLevel::error, language);
  }
  ADD_FAILURE() << "no error: " << text;
  return {};
}

using Lines = std::vector<std::string>;

TEST(ScenarioJson, ReadsEveryFormOfAShock) {
  const auto scenarios = scenarios_from_json(R"({"scenarios": [
    {"name": "停产", "name_en": "standstill", "note": "n", "shocks": [
      {"enterprise": "E1", "magnitude": "60%", "start": 3, "duration": 30,
       "recovery": {"kind": "linear", "days": 20}},
      {"link": {"supplier": "a", "customer": "b"}, "duration": "permanent"},
      {"region": "天津", "magnitude": 0.25, "recovery": {"kind": "exponential", "half_life": 10}}]},
    {"shocks": [{"problem": "Q1", "recovery": {"kind": "逐日给定", "table": [0.5, "25%"]}}]}]})");
  ASSERT_EQ(scenarios.size(), 2U);
  const auto& first = scenarios[0].shocks;
  ASSERT_EQ(first.size(), 3U);
  EXPECT_EQ(scenarios[0].name, "停产");
  EXPECT_EQ(first[0].magnitude, 0.6);
  EXPECT_EQ(first[0].start, 3U);
  EXPECT_EQ(first[0].duration, 30U);
  EXPECT_EQ(first[0].recovery, (Recovery{RecoveryKind::linear, 20, {}}));
  EXPECT_EQ(first[0].where.line, 3U);
  EXPECT_EQ(first[1].kind, TargetKind::link);
  EXPECT_EQ(first[1].target + ">" + first[1].customer, "a>b");
  EXPECT_EQ(first[1].duration, Disruption::permanent);
  EXPECT_FALSE(first[1].magnitude);
  EXPECT_EQ(first[2].recovery, exponential_with_half_life(10));
  EXPECT_EQ(scenarios[1].shocks[0].recovery, (Recovery{RecoveryKind::table, 0, {0.5, 0.25}}));
}

TEST(ScenarioJson, MagnitudesMayDifferByDirection) {
  const std::string text = R"({"shocks": [{"enterprise": "a", "magnitude": 0.5, "magnitude_upstream": "20%"},
                                          {"enterprise": "b", "magnitude_downstream": 1}]})";
  const auto scenarios = scenarios_from_json(text);
  const auto& shocks = scenarios[0].shocks;
  EXPECT_EQ(shocks[0].magnitude, 0.5);
  EXPECT_EQ(shocks[0].magnitude_upstream, 0.2);
  EXPECT_FALSE(shocks[0].magnitude_downstream);
  EXPECT_TRUE(shocks[0].directed() && shocks[1].directed());
  EXPECT_EQ(shocks[1].magnitude_downstream, 1.0);
  const std::string written = scenarios_to_json(scenarios);
  EXPECT_EQ(scenarios_to_json(scenarios_from_json(written)), written);
  EXPECT_NE(written.find("\"magnitude_upstream\": 0.2"), std::string::npos) << written;
}

TEST(ScenarioJsonBadInput, DirectionsAreSharesAndTheirKeysAreSuggested) {
  const auto share = errors_of(R"({"shocks": [{"enterprise": "a", "magnitude_upstream": 1.5}]})");
  ASSERT_EQ(share.size(), 1U);
  EXPECT_NE(share[0].find("/shocks/0/magnitude_upstream"), std::string::npos) << share[0];
  const auto key = errors_of(R"({"shocks": [{"enterprise": "a", "magnitude_upsteam": 0.5}]})");
  ASSERT_EQ(key.size(), 1U);
  EXPECT_NE(key[0].find("magnitude_upstream"), std::string::npos) << key[0];
}

TEST(ScenarioJson, WritesWhatReadsBackTheSame) {
  auto scenarios = scenarios_from_json(R"({"name": "一", "shocks": [
      {"segment": "s", "magnitude": 0.1, "duration": 9, "recovery": {"kind": "s_curve", "days": 2.5}},
      {"link": {"supplier": "a\"b", "customer": "c"}, "start": 2}, {"sector": "x", "duration": "permanent"}]})");
  const std::string written = scenarios_to_json(scenarios);
  auto again = scenarios_from_json(written);
  for (auto* list : {&scenarios, &again}) {
    for (auto& scenario : *list) {
      for (auto& shock : scenario.shocks) shock.where = {};
    }
  }
  EXPECT_EQ(again, scenarios);
  EXPECT_EQ(scenarios_to_json(again), written);
}

TEST(ScenarioJson, AnUnknownKeyIsAnErrorThatNamesTheNearest) {
  EXPECT_EQ(errors_of("{\"shocks\": [\n{\"enterprise\": \"E1\", \"magnitud\": 0.5}]}"),
            (Lines{"s.json:2: column '/shocks/0/magnitud': unknown key 'magnitud': not read. Fix: should it be "
                   "'magnitude'?"}));
  EXPECT_EQ(errors_of(R"({"shocks": [{"enterprise": "a", "strength": 1}]})").at(0),
            "s.json:1: column '/shocks/0/strength': unknown key 'strength': not read. Fix: remove it, or use a known "
            "key: enterprise, link, product, segment, sector, stage, region, problem, magnitude, magnitude_downstream, "
            "magnitude_upstream, start, duration, recovery.");
  EXPECT_NE(errors_of(R"({"scenarois": []})").at(1).find("'scenarios'?"), std::string::npos);
}

TEST(ScenarioJsonBadInput, NotANumberIsToldAsWhatJsonHasNot) {
  for (const std::string word : {"NaN", "Infinity", "-Infinity", "None"}) {
    const auto lines = errors_of(R"({"shocks": [{"enterprise": "a", "magnitude": )" + word + "}]}");
    ASSERT_EQ(lines.size(), 1U) << word;
    EXPECT_NE(lines[0].find("JSON has no NaN, Infinity or None"), std::string::npos) << lines[0];
  }
  EXPECT_NE(errors_of(R"({"shocks": [{"enterprise": "a",, }]})").at(0).find("commas"), std::string::npos);
}

TEST(ScenarioJson, WhatIsMissingTwiceOrOutOfRangeIsToldAllAtOnce) {
  const auto lines = errors_of(R"({"shocks": [
    {"magnitude": 0.5},
    {"enterprise": "a", "region": "b"},
    {"enterprise": "a", "magnitude": 1.5},
    {"enterprise": "a", "duration": 0},
    {"link": {"supplier": "a"}},
    {"enterprise": "a", "recovery": {"kind": "linear"}},
    {"enterprise": "a", "recovery": {"days": 3}},
    {"enterprise": "a", "recovery": {"kind": "table"}},
    {"enterprise": "a", "recovery": {"kind": "linear", "days": 2, "half_life": 3}},
    {"enterprise": ["a"]},
    7]})");
  ASSERT_EQ(lines.size(), 11U);
  EXPECT_EQ(lines[0],
            "s.json:2: column '/shocks/0': the shock names no target. Fix: give exactly one of: enterprise, link, "
            "product, segment, sector, stage, region, problem.");
  EXPECT_NE(lines[1].find("more than one target"), std::string::npos);
  EXPECT_NE(lines[2].find("/shocks/2/magnitude"), std::string::npos);
  EXPECT_NE(lines[4].find("'customer' is missing"), std::string::npos);
  EXPECT_NE(lines[5].find("'days' is missing"), std::string::npos);
  EXPECT_NE(lines[10].find("must be an object"), std::string::npos);
}

TEST(ScenarioJson, EmptyDocumentsAndBrokenOnesAreErrors) {
  EXPECT_EQ(errors_of("{}").size(), 1U);
  EXPECT_NE(errors_of(R"({"scenarios": []})").at(0).find("write one scenario at least"), std::string::npos);
  EXPECT_EQ(errors_of(R"({"shocks": []})").size(), 1U);
  EXPECT_FALSE(errors_of("{\"shocks\": [").empty());
  EXPECT_FALSE(errors_of("[]").empty());
  EXPECT_EQ(errors_of("{}", Language::zh),
            (Lines{"s.json:1：“/shocks”列：缺少 shocks。修改办法：参照 scenario.json 的格式。"}));
}

TEST(ScenarioJson, ReadsAFileAndSaysWhichIsMissing) {
  const testing::Workspace workspace;
  const auto file = workspace.put("s.json", "\xEF\xBB\xBF{\"shocks\": [{\"stage\": \"upstream\"}]}");
  EXPECT_EQ(read_scenarios(file)[0].shocks[0].kind, TargetKind::stage);
  EXPECT_THROW(static_cast<void>(read_scenarios(workspace.path("none.json"))), Error);
}

}  // namespace
}  // namespace chainqual::scenario_json_test
