// What is uncertain of a scenario, from JSON.

#include "chainqual/io/study_json.hpp"

#include <gtest/gtest.h>

#include "workspace.hpp"

namespace chainqual::study_json_test {
namespace {

std::vector<std::string> errors_of(const std::string& text) {
  try {
    static_cast<void>(study_from_json(text, "e.json"));
  } catch (const Error& error) {
    EXPECT_EQ(testing::lines_of(error.findings(), FindingLevel::error, Language::zh).size(),
              testing::lines_of(error.findings(), FindingLevel::error, Language::en).size());
    return testing::lines_of(error.findings(), FindingLevel::error, Language::en);
  }
  ADD_FAILURE() << "no error: " << text;
  return {};
}

TEST(StudyJson, ReadsSamplesSeedQuantilesAndSettings) {
  const Study study = study_from_json(R"({"samples": 60, "seed": 7, "quantiles": ["10%", 0.9], "uncertain": [
      {"setting": "magnitude_factor", "shock": 2, "low": 0.2, "high": 1, "spreading": "triangular", "mode": 0.5},
      {"setting": "stock_days", "low": 5, "high": 30, "spreading": "log_uniform"}]})");
  EXPECT_EQ(study.samples, 60U);
  EXPECT_EQ(study.seed, 7U);
  EXPECT_EQ(study.quantiles, (std::vector<double>{0.1, 0.9}));
  ASSERT_EQ(study.uncertain.size(), 2U);
  EXPECT_EQ(study.uncertain[0],
            (UncertainSetting{Setting::magnitude_factor, 2, {"", 0.2, 1, Spreading::triangular, 0.5}}));
  EXPECT_EQ(study.uncertain[1], (UncertainSetting{Setting::stock_days, 0, {"", 5, 30, Spreading::log_uniform, 0}}));
}

TEST(StudyJson, WhatIsNotSaidIsStandard) {
  const Study study = study_from_json(R"({"uncertain": [{"setting": "start", "low": 0, "high": 9}]})");
  Study standard;
  standard.uncertain = {{Setting::start, 0, {"", 0, 9, Spreading::uniform, 0}}};
  EXPECT_EQ(study, standard);
}

TEST(StudyJsonBadInput, EveryErrorIsToldWithItsPlaceAndFix) {
  const auto told = errors_of(R"({"sample": 5, "quantiles": [1.5], "uncertain": [
      {"seting": "start", "low": 0, "high": 9}, {"setting": "starts", "low": -1, "high": 9},
      {"setting": "start", "low": 0, "high": 9, "spreading": "triangular"}, 3]})");
  std::string all;
  for (const std::string& line : told) all += line + "\n";
  for (const char* words : {"'sample'", "samples", "1.5", "/uncertain/0", "'setting' is missing", "'seting'", "starts",
                            "/uncertain/1/low", "'mode' is missing", "must be an object"}) {
    EXPECT_NE(all.find(words), std::string::npos) << words << "\n" << all;
  }
}

TEST(StudyJsonBadInput, AStudyWithoutUncertainSettingsIsNone) {
  EXPECT_EQ(errors_of("{}").size(), 1U);
  EXPECT_EQ(errors_of(R"({"uncertain": []})").size(), 1U);
  EXPECT_EQ(errors_of(R"({"samples": 0, "uncertain": [{"setting": "start", "low": 0, "high": 9}]})").size(), 1U);
}

}  // namespace
}  // namespace chainqual::study_json_test
