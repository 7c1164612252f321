#include <gtest/gtest.h>

#include <clocale>

#include "chainqual/io/chain_json.hpp"
#include "workspace.hpp"

// The JSON twin and chain.json: digits as they stand, places of every error, limits, unknown keys.

namespace chainqual {
namespace {

using testing::Workspace;

Error error_of(const std::string& text, const ReadOptions& options = {}) {
  try {
    (void)chain_from_json(text, "c.json", options);
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error: " << text;
  return Error(ErrorCode::ok, {});
}

std::vector<std::string> errors_of(const std::string& text, Language language = Language::en) {
  return testing::lines_of(error_of(text).findings(), FindingLevel::error, language);
}

const std::string enterprise = R"({"id": "E1", "name": "a", "stage": "upstream"})";
using Lines = std::vector<std::string>;

TEST(Json, DecimalsKeepTheirDigitsWhetherNumbersOrStrings) {
  const ChainFile file =
      chain_from_json(R"({"enterprises": [)" + enterprise + R"(], "problems": [{"number": 1, "stage": "upstream"}],
    "scores": [{"problem": "1", "expert": "A", "impact": 3.670, "diffusion": "2.10", "urgency": 5}]})");
  const ScoreRow& row = file.dossier.scores.at(0);
  EXPECT_EQ(row.impact->to_string(), "3.670");
  EXPECT_EQ(row.diffusion->to_string(), "2.10");
  EXPECT_EQ(row.urgency->to_string(), "5");
  EXPECT_NE(chain_to_json(file.dossier).find("\"impact\": \"3.670\""), std::string::npos);
}

TEST(Json, ADecimalThatNoDoubleHoldsStaysExact) {
  const std::string digits = "0.123456789012345678";
  const ChainFile file = chain_from_json(R"({"enterprises": [)" + enterprise +
                                         R"(], "indicators": [{"name": "x", "target": )" + digits + "}]}");
  EXPECT_EQ(file.dossier.indicators.at(0).target->to_string(), digits);
}

TEST(Json, NumbersDoNotDependOnTheLocale) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  const bool comma =
      std::setlocale(LC_ALL, "de_DE.UTF-8") != nullptr || std::setlocale(LC_ALL, "fr_FR.UTF-8") != nullptr;
  const ChainFile file = chain_from_json(R"({"enterprises": [{"name": "a", "stage": "upstream", "weight": 2.5e-3}]})");
  const std::string written = chain_to_json(file.dossier);
  std::setlocale(LC_ALL, before.c_str());
  EXPECT_EQ(file.dossier.chain.graph()[0].weight, 0.0025) << (comma ? "with a decimal comma" : "no such locale here");
  EXPECT_NE(written.find("\"weight\": 0.0025"), std::string::npos);
}

TEST(Json, EveryErrorHasItsLineAndPointer) {
  EXPECT_EQ(
      errors_of("{\"enterprises\": [\n " + enterprise +
                ",\n {\"name\": \"b\",\n  \"stage\": \"up\"}, 7,\n {\"name\": [\"c\"]}], \"links\": {}}"),
      (Lines{
          "c.json:4: column '/enterprises/1/stage' (record 2): value «up»: the word is none of those known. Fix: is "
          "'upstream' meant? Else use one of: upstream, "
          "midstream, downstream.",
          "c.json:4: column '/enterprises/2' (record 3): value «7»: every row of a table must be an object ({ … }). "
          "Fix: write {\"key\": \"value\"}.",
          "c.json:5: column '/enterprises/3/name' (record 4): must be a text or a number. Fix: take the brackets away.",
          "c.json:5: column '/enterprises/3' (record 4): 'stage' is required, but the cell is empty. Fix: fill it in, "
          "or delete the row.",
          "c.json:5: column '/links': a table must be an array of objects ([{ … }, …]). Fix: see a file that "
          "`chainqual convert` writes."}));
}

TEST(Json, WhatBreaksTheSyntaxIsShownAfterTheErrorsBeforeIt) {
  EXPECT_EQ(errors_of("{\"enterprises\": [\n{\"id\": \"E1\", \"id\": \"E2\", \"name\": \"a\", \"stage\": "
                      "\"upstream\"},\n{\"id\" \"E4\"}]}"),
            (Lines{"c.json:2 (byte 35): value «id»: the key stands twice in one object. Fix: keep one of them.",
                   "c.json:3 (byte 88): value «{\"id\" \"E4\"»: not JSON from here on. Fix: look at the commas, quotes "
                   "and brackets before this place."}));
  EXPECT_EQ(errors_of("{\"enterprises\": [", Language::zh),
            (Lines{"c.json:1（第 17 字节）：JSON "
                   "在此中断：对象、数组或字符串没有结束。修改办法：检查文件是否完整，括号和引号是否成对。"}));
  EXPECT_EQ(errors_of(""), (Lines{"c.json:1: the JSON breaks off here: an object, array or string is not closed. Fix: "
                                  "check that the file is complete and that brackets and "
                                  "quotes come in pairs."}));
  EXPECT_EQ(error_of("[1]").code(), ErrorCode::wrong_format);
  EXPECT_EQ(error_of("{\"enterprises\": [" + enterprise + "]} x").code(), ErrorCode::bad_syntax);
}

TEST(Json, LimitsAndNulAreErrors) {
  EXPECT_EQ(errors_of("{\"x\": " + std::string(100, '[') + std::string(100, ']') + "}"),
            (Lines{"c.json:1 (byte 38): nested deeper than 32 levels. Fix: a chain needs four levels: check whether "
                   "the file is damaged."}));
  ReadOptions options;
  options.limits.cell_bytes = 10;
  EXPECT_EQ(error_of(R"({"enterprises": [{"name": "12345678901", "stage": "upstream"}]})", options).code(),
            ErrorCode::limit_exceeded);
  options.limits.row_fields = 2;
  EXPECT_EQ(error_of("{\"enterprises\": [" + enterprise + "]}", options).code(), ErrorCode::limit_exceeded);
  EXPECT_EQ(error_of(R"({"enterprises": [{"name": "a\u0000b", "stage": "upstream"}]})").code(),
            ErrorCode::bad_encoding);
  EXPECT_EQ(error_of(R"({"enterprises": [{"name": "a", "stage": "upstream", "weight": 1e999}]})").code(),
            ErrorCode::invalid_value);
  EXPECT_EQ(error_of("{\"enterprises\": [{\"name\": \"\xFF\", \"stage\": \"upstream\"}]}").code(),
            ErrorCode::bad_encoding);
}

TEST(Json, AnotherFormatOrANewerVersionIsRefused) {
  EXPECT_EQ(error_of(R"({"format": "geojson", "enterprises": []})").code(), ErrorCode::wrong_format);
  EXPECT_EQ(error_of(R"({"format_version": 2, "enterprises": []})").code(), ErrorCode::version_mismatch);
  EXPECT_EQ(error_of("{}").code(), ErrorCode::not_found);
  EXPECT_EQ(error_of(R"({"enterprises": [], "enterprises": []})").code(), ErrorCode::duplicate);
}

TEST(Json, UnknownKeysAreWarningsWithTheNearestOnceATable) {
  const ChainFile file = chain_from_json(
      R"({"problms": [], "chain": {"nmae": 1}, "enterprises": [{"name": "a", "stage": "上游", "regoin": "x"}, {"name": "b", "stage": "中游", "regoin": "y"}]})",
      "c.json");
  const auto warnings = testing::lines_of(file.findings, FindingLevel::warning, Language::en);
  ASSERT_EQ(warnings.size(), 4U);
  EXPECT_EQ(warnings[0], "c.json:1: column '/problms': unknown key 'problms': not read. Fix: should it be 'problems'?");
  EXPECT_EQ(warnings[1], "c.json:1: column '/chain/nmae': unknown key 'nmae': not read. Fix: should it be 'name'?");
  EXPECT_EQ(warnings[2],
            "c.json:1: column '/enterprises/0/regoin': unknown key 'regoin': not read. Fix: should it be 'region'?");
}

TEST(Json, Gb18030AndAByteOrderMarkAreRead) {
  const std::string zh =
      "{\"enterprises\": [{\"name\": \"\xCC\xEC\xBD\xF2\xBA\xA3\xB9\xE2\xD0\xC5\xCF\xA2\", \"stage\": "
      "\"\xC9\xCF\xD3\xCE\"}]}";
  EXPECT_EQ(chain_from_json(zh).dossier.chain.graph()[0].name, "天津海光信息");
  EXPECT_EQ(chain_from_json("\xEF\xBB\xBF{\"enterprises\": [" + enterprise + "]}").dossier.chain.enterprises(), 1U);
}

TEST(ChainJson, WeightsAndThresholdsAreCheckedExactly) {
  const auto lines = [](const std::string& severity) {
    return errors_of(R"({"chain": {"severity": )" + severity + R"(}, "enterprises": []})");
  };
  EXPECT_EQ(
      lines(
          R"({"weights": {"impact": "0.5", "diffusion": 0.3, "urgency": 0.3}, "thresholds": {"critical": 2, "important": 2.5}})"),
      (Lines{"c.json:1: column '/chain/severity/weights': value «1.1»: the three weights sum to exactly 100 %. Fix: "
             "adjust them, for example 40 %, 30 %, 30 %, or 0.4, 0.3, "
             "0.3.",
             "c.json:1: column '/chain/severity/thresholds': value «2.5, 2»: the threshold of 'important' is below "
             "that of 'critical'. Fix: enter them in ascending order, for "
             "example 2.5 and 4.0."}));
  EXPECT_EQ(lines(R"({"weights": {"impact": "a", "diffusion": "30%"}})"),
            (Lines{"c.json:1: column '/chain/severity/weights/impact': value «a»: not a number. Fix: write it as 0.4, "
                   "40% or 2/5.",
                   "c.json:1: column '/chain/severity/weights/urgency': 'urgency' is missing. Fix: give all of them, "
                   "or leave the whole group out for the standard's values."}));
  EXPECT_EQ(lines(R"({"weights": {"impact": -40, "diffusion": 70, "urgency": 70}})").size(), 1U);
}

TEST(ChainJson, PercentagesSharesAndFractionsAreOneModel) {
  const auto model = [](const std::string& weights) {
    return chain_from_json(R"({"chain": {"severity": {"weights": )" + weights +
                           R"(, "rounding": "tenth"}}, "enterprises": []})")
        .dossier.info.severity;
  };
  const SeverityModel expected(Weights{}, Thresholds{}, Rounding::tenth);
  EXPECT_EQ(model(R"({"impact": 40, "diffusion": 30, "urgency": 30})"), expected);
  EXPECT_EQ(model(R"({"impact": "40 %", "diffusion": "30%", "urgency": "3/10"})"), expected);
  EXPECT_EQ(model(R"({"impact": 0.4, "diffusion": 0.3, "urgency": 0.3})"), expected);
}

TEST(ChainJson, FaultsOfAFoldersOwnFileAreFoundWithItsTables) {
  const Workspace workspace;
  testing::put_base(workspace);
  workspace.put("chain.json",
                "{\"name\": \"x\",\n\"home_region\": \"天金\",\n\"review_cycle_months\": 0,\n\"sources\": \"x\", "
                "\"severity\": {\"rounding\": \"tens\"}}");
  workspace.put("links.csv", "supplier,customer\nE1,E9\n");
  const Error error = testing::error_of_reading(workspace.path());
  std::vector<std::string> places;
  for (const auto& finding : error.findings().kept()) {
    if (finding.level == FindingLevel::error)
      places.push_back(finding.where.column + ":" + std::to_string(finding.where.line));
  }
  EXPECT_EQ(places,
            (Lines{"/home_region:2", "/review_cycle_months:3", "/severity/rounding:4", "/sources:4", "customer:2"}));
}

}  // namespace
}  // namespace chainqual
