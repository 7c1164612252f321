// Measures from JSON: every kind, and what is wrong told with line, place and fix.

#include "chainqual/io/measures_json.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "workspace.hpp"

namespace chainqual::measures_json_test {
namespace {

std::vector<std::string> errors_of(const std::string& text, Language language = Language::en) {
  try {
    static_cast<void>(measures_from_json(text, "m.json"));
  } catch (const Error& error) {
    return testing::lines_of(error.findings(), FindingLevel::error, language);
  }
  ADD_FAILURE() << "no error: " << text;
  return {};
}

using Lines = std::vector<std::string>;

TEST(MeasuresJson, ReadsEveryKindOfMeasure) {
  const auto measures = measures_from_json(R"({"measures": [
    {"alternate": {"customer": "甲", "supplier": "b", "alternate": "c", "share": "60%", "escape": 0.5}, "cost": 120,
     "name": "第二供方", "name_en": "second source", "note": "n"},
    {"stock": {"enterprise": "E1", "days": 10}, "cost": "3.5"},
    {"project": {"number": "P1"}},
    {"project": {"problems": ["Q1", " Q2"], "effect": 0.25}, "cost": 0}]})");
  ASSERT_EQ(measures.size(), 4U);
  EXPECT_EQ(measures[0].kind, MeasureKind::alternate);
  EXPECT_EQ(measures[0].alternate, (Alternate{"甲", "b", "c", 0.6, 0.5}));
  EXPECT_EQ(measures[0].cost, 120);
  EXPECT_EQ(measures[0].name + measures[0].name_en + measures[0].note, "第二供方second sourcen");
  EXPECT_EQ(measures[0].where.line, 2U);
  EXPECT_EQ(measures[0].where.column, "/measures/0");
  EXPECT_EQ(measures[1].stock, (ExtraStock{"E1", 10}));
  EXPECT_EQ(measures[1].cost, 3.5);
  EXPECT_EQ(measures[2].project, (Breakthrough{"P1", {}, 1}));
  EXPECT_FALSE(measures[2].cost);
  EXPECT_EQ(measures[3].project, (Breakthrough{"", {"Q1", "Q2"}, 0.25}));
  EXPECT_EQ(measures[3].cost, 0);
}

TEST(MeasuresJson, WritesWhatReadsBackTheSame) {
  auto measures = measures_from_json(R"({"measures": [
    {"alternate": {"customer": "a\"b", "supplier": "b", "alternate": "c", "share": 0.1}},
    {"stock": {"enterprise": "甲", "days": 2.5}, "cost": 1e-7, "note": "备注"},
    {"project": {"number": "P1", "problems": ["Q1"], "effect": 0.3}}]})");
  const std::string written = measures_to_json(measures);
  auto again = measures_from_json(written);
  for (auto* list : {&measures, &again}) {
    for (auto& measure : *list) measure.where = {};
  }
  EXPECT_EQ(again, measures);
  EXPECT_EQ(measures_to_json(again), written);
  EXPECT_NE(written.find("备注"), std::string::npos);
}

TEST(MeasuresJson, AnUnknownKeyIsAnErrorThatNamesTheNearest) {
  EXPECT_EQ(
      errors_of("{\"measures\": [\n{\"stock\": {\"enterprise\": \"a\", \"days\": 1, \"day\": 2}, \"costs\": 3}]}"),
      (Lines{"m.json:2: column '/measures/0/stock/day': unknown key 'day': not read. Fix: should it be 'days'?",
             "m.json:2: column '/measures/0/costs': unknown key 'costs': not read. Fix: should it be 'cost'?"}));
}

TEST(MeasuresJson, WhatIsMissingTwiceOrOutOfRangeIsToldAllAtOnce) {
  const auto lines = errors_of(R"({"measures": [
    {"cost": 1},
    {"stock": {"enterprise": "a", "days": 1}, "project": {"number": "P"}},
    {"stock": {"enterprise": "a", "days": -1}},
    {"stock": {"days": 1}},
    {"stock": {"enterprise": "a"}},
    {"alternate": {"customer": "a", "supplier": "b", "alternate": "c", "share": 1.5}},
    {"alternate": {"customer": "a", "supplier": "b", "share": 0.5, "escape": 2}},
    {"project": {"effect": 0.5}},
    {"project": {"problems": []}},
    {"project": {"problems": [{}]}},
    {"project": {"number": "P"}, "cost": -3},
    {"stock": 5},
    7]})");
  ASSERT_EQ(lines.size(), 14U);
  EXPECT_EQ(lines[0],
            "m.json:2: column '/measures/0': the measure does not say what is done. Fix: give exactly one of: "
            "alternate, stock, project.");
  EXPECT_NE(lines[1].find("more than one thing"), std::string::npos);
  EXPECT_NE(lines[2].find("/measures/2/stock/days"), std::string::npos);
  EXPECT_NE(lines[3].find("'enterprise' is missing"), std::string::npos);
  EXPECT_NE(lines[4].find("'days' is missing"), std::string::npos);
  EXPECT_NE(lines[5].find("/measures/5/alternate/share"), std::string::npos);
  EXPECT_NE(lines[6].find("'alternate' is missing"), std::string::npos);
  EXPECT_NE(lines[7].find("/measures/6/alternate/escape"), std::string::npos);
  EXPECT_NE(lines[8].find("'number' is missing"), std::string::npos);
  EXPECT_NE(lines[9].find("'number' is missing"), std::string::npos);
  EXPECT_NE(lines[10].find("must be the number of a problem"), std::string::npos);
  EXPECT_NE(lines[11].find("/measures/10/cost"), std::string::npos);
  EXPECT_NE(lines[12].find("/measures/11/stock"), std::string::npos);
  EXPECT_NE(lines[13].find("must be an object"), std::string::npos);
}

TEST(MeasuresJson, EmptyDocumentsAndBrokenOnesAreErrors) {
  EXPECT_EQ(errors_of("{}").size(), 1U);
  EXPECT_EQ(errors_of(R"({"measures": []})").size(), 1U);
  EXPECT_EQ(errors_of(R"({"measures": 3})").size(), 1U);
  EXPECT_FALSE(errors_of("{\"measures\": [").empty());
  EXPECT_FALSE(errors_of("[]").empty());
  EXPECT_EQ(errors_of("{}", Language::zh),
            (Lines{"m.json:1：“/measures”列：缺少 measures。修改办法：参照 measures.json 的格式。"}));
}

TEST(MeasuresJson, WhatJsonCannotHoldIsRefused) {
  Measure measure;
  measure.kind = MeasureKind::stock;
  measure.stock = {"a", std::numeric_limits<double>::infinity()};
  EXPECT_THROW(static_cast<void>(measures_to_json(std::span(&measure, 1))), Error);
  measure.stock = {"a\xFF", 1};
  EXPECT_THROW(static_cast<void>(measures_to_json(std::span(&measure, 1))), Error);
}

TEST(MeasuresJson, ReadsAFileAndSaysWhichIsMissing) {
  const testing::Workspace workspace;
  const auto file =
      workspace.put("m.json", "\xEF\xBB\xBF{\"measures\": [{\"stock\": {\"enterprise\": \"a\", \"days\": 3}}]}");
  EXPECT_EQ(read_measures(file)[0].stock.days, 3);
  EXPECT_THROW(static_cast<void>(read_measures(workspace.path("none.json"))), Error);
}

}  // namespace
}  // namespace chainqual::measures_json_test
