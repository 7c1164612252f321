#include "chainqual/io/report.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "chainqual/io/chain_folder.hpp"
#include "chainqual/io/csv.hpp"
#include "chainqual/io/text.hpp"
#include "unit/tableio/workspace.hpp"

namespace chainqual::testing {
namespace {

/// Two stages, a hostile name, thirds in the scores: nothing that a short decimal would hold.
Dossier dossier() {
  Dossier result;
  result.info.name = "试验链";
  result.info.date = "2026-02-03";
  const auto segment = [&](std::string id, std::string name, Stage stage) {
    Segment made;
    made.id = std::move(id);
    made.name = std::move(name);
    made.stage = stage;
    made.final_product = stage == Stage::downstream;
    result.chain.add_segment(std::move(made));
  };
  const auto enterprise = [&](std::string id, std::string name, Stage stage, std::string home, std::string product) {
    Enterprise made;
    made.id = std::move(id);
    made.name = std::move(name);
    made.stage = stage;
    made.segments = {std::move(home)};
    made.region = "120000";
    if (!product.empty()) made.products = {std::move(product)};
    return result.chain.add_enterprise(std::move(made));
  };
  segment("s1", "=料", Stage::upstream);
  segment("s2", "整机", Stage::downstream);
  const auto a = enterprise("a", "+甲,\"乙\"\n厂", Stage::upstream, "s1", "料");
  const auto b = enterprise("b", "丙", Stage::downstream, "s2", "机");
  const auto c = enterprise("c", "丁", Stage::upstream, "s1", "");
  Link documented;
  documented.value = 1.0 / 3;
  documented.escape = 0.7;
  result.chain.add_link(a, b, documented);
  Link inferred;
  inferred.value = 0.1;
  inferred.evidence = Evidence::inferred;
  result.chain.add_link(c, b, inferred);
  Problem first;
  first.number = "P1";
  first.name = "-裂纹";
  first.segments = {"s1"};
  first.declared = Grade::important;
  Problem second;
  second.number = "P2";
  second.name = "未评";
  second.stage = Stage::downstream;
  result.problems = {first, second};
  for (const auto& [expert, points] : {std::pair{"E1", "5"}, {"E2", "4"}, {"E3", "4"}}) {
    result.scores.push_back({"P1", expert, Decimal::parse(points), Decimal::parse("4"), Decimal::parse("4"), ""});
  }
  return result;
}

struct Csv {
  std::vector<std::string> headings;
  std::vector<std::vector<std::string>> rows;

  [[nodiscard]] const std::string& at(std::size_t row, const std::string& heading) const {
    const auto found = std::find(headings.begin(), headings.end(), heading);
    EXPECT_NE(found, headings.end()) << heading;
    return rows.at(row).at(static_cast<std::size_t>(found - headings.begin()));
  }
};

Csv read_back(const std::filesystem::path& path) {
  Findings findings;
  CsvReader reader(read_text(path, findings), {}, findings);
  Csv csv{reader.headings(), {}};
  CsvRecord record;
  while (reader.next(record)) csv.rows.emplace_back(record.cells.begin(), record.cells.end());
  EXPECT_FALSE(findings.has_errors()) << path;
  return csv;
}

class Report : public ::testing::Test {
 protected:
  Report() { write_report(dossier_, report_, workspace_.path()); }
  [[nodiscard]] Csv csv(const std::string& name) const { return read_back(workspace_.path(name + ".csv")); }
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(bytes_of(workspace_.path("report.json"))); }

  Workspace workspace_;
  Dossier dossier_ = dossier();
  AssessReport report_ = assess(dossier_);
};

TEST_F(Report, FilesAreThoseItNames) {
  std::set<std::string> names;
  for (const auto& [name, bytes] : snapshot(workspace_.path())) names.insert(name);
  EXPECT_EQ(names, std::set<std::string>(report_files().begin(), report_files().end()));
}

TEST_F(Report, EveryNumberInCsvReadsBackToTheSameBits) {
  const Csv enterprises = csv("impact_by_enterprise");
  ASSERT_EQ(enterprises.rows.size(), report_.enterprise_ranking.size());
  for (std::size_t k = 0; k < enterprises.rows.size(); ++k) {
    const EnterpriseRow& row = report_.enterprise_rows[report_.enterprise_ranking[k].index()];
    EXPECT_EQ(enterprises.at(k, "enterprise"), dossier_.chain.enterprise(row.enterprise).id);
    EXPECT_EQ(std::stod(enterprises.at(k, "mean_loss")), row.mean_loss);
    EXPECT_EQ(std::stod(enterprises.at(k, "shock")), row.shock);
    EXPECT_EQ(std::stod(enterprises.at(k, "downstream")), row.downstream);
    EXPECT_EQ(std::stod(enterprises.at(k, "upstream")), row.upstream);
    EXPECT_EQ(std::stod(enterprises.at(k, "combined")), row.combined);
    EXPECT_EQ(std::stod(enterprises.at(k, "weight")), row.weight);
  }
  const Csv problems = csv("graded_problems");
  for (std::size_t k = 0; k < problems.rows.size(); ++k) {
    const auto& found = report_.problems[report_.problem_ranking[k]];
    EXPECT_EQ(problems.at(k, "number"), found.number);
    EXPECT_EQ(std::stod(problems.at(k, "magnitude")), found.magnitude);
    EXPECT_EQ(std::stod(problems.at(k, "whole_chain_downstream")), found.impact.whole_chain.downstream);
    EXPECT_EQ(std::stod(problems.at(k, "final_products_upstream")), found.impact.final_products.upstream);
    EXPECT_EQ(std::stod(problems.at(k, "cost_loss")), found.aspect_loss[0].downstream);
  }
}

TEST_F(Report, GroupsHoldTheReportsFigures) {
  const auto compare = [&](const std::string& name, const std::string& key, const std::vector<GroupRow>& groups) {
    const Csv table = csv(name);
    ASSERT_EQ(table.rows.size(), groups.size()) << name;
    for (std::size_t k = 0; k < table.rows.size(); ++k) {
      const auto row =
          std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.key == table.at(k, key); });
      ASSERT_NE(row, groups.end()) << table.at(k, key);
      EXPECT_EQ(table.at(k, "rank"), std::to_string(row->rank));
      EXPECT_EQ(table.at(k, "hit"), std::to_string(row->hit));
      EXPECT_EQ(std::stod(table.at(k, "mean_loss")), row->mean_loss);
      EXPECT_EQ(std::stod(table.at(k, "weight")), row->weight);
      EXPECT_EQ(std::stod(table.at(k, "downstream")), row->loss.downstream);
      EXPECT_EQ(std::stod(table.at(k, "combined")), row->loss.combined);
      EXPECT_EQ(table.at(k, "problems"), std::to_string(row->problems));
      EXPECT_EQ(table.at(k, "final_product"), row->final_product ? "true" : "false");
    }
  };
  compare("impact_by_segment", "segment", report_.segments);
  compare("impact_by_product", "product", report_.products);
  compare("impact_by_stage", "stage", report_.stages);
  const Csv aspects = csv("impact_by_aspect");
  ASSERT_EQ(aspects.rows.size(), 5U);
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_EQ(aspects.at(k, "aspect"), key_of(report_.aspects[k].aspect));
    EXPECT_EQ(std::stod(aspects.at(k, "share")), report_.aspects[k].share);
  }
}

TEST_F(Report, TotalsAreExactWhereTheyEndAndTheNearestDoubleElse) {
  const Csv problems = csv("graded_problems");
  EXPECT_EQ(problems.at(0, "number"), "P1");
  EXPECT_EQ(std::stod(problems.at(0, "impact")), 13.0 / 3);
  EXPECT_EQ(std::stod(problems.at(0, "total")), Rational(62, 15).to_double());
  EXPECT_EQ(problems.at(0, "diffusion"), "4");
  EXPECT_EQ(json().at("problems")[0].at("total"), "62/15");
  EXPECT_EQ(json().at("problems")[0].at("score").at("impact"), "13/3");
  EXPECT_EQ(problems.at(1, "total"), "");
  EXPECT_TRUE(json().at("problems")[1].at("total").is_null());
}

TEST_F(Report, DeclaredAndComputedGradesStandSideBySide) {
  const Csv problems = csv("graded_problems");
  EXPECT_EQ(problems.at(0, "declared"), "important");
  EXPECT_EQ(problems.at(0, "computed"), "critical");
  EXPECT_EQ(problems.at(0, "differs"), "true");
  EXPECT_EQ(problems.at(1, "declared"), "ungraded");
  EXPECT_EQ(problems.at(1, "grade"), "ungraded");
}

TEST_F(Report, FormulasAreNeutralisedAndComeBackAsTheyWere) {
  const std::string problems = bytes_of(workspace_.path("graded_problems.csv"));
  EXPECT_NE(problems.find("\"'-裂纹\","), std::string::npos) << problems;
  const std::string enterprises = bytes_of(workspace_.path("impact_by_enterprise.csv"));
  EXPECT_NE(enterprises.find("\"'+甲,\"\"乙\"\"\n厂\""), std::string::npos) << enterprises;
  EXPECT_NE(bytes_of(workspace_.path("impact_by_segment.csv")).find("\"'=料\","), std::string::npos);
  const Csv read = csv("impact_by_enterprise");
  std::set<std::string> names;
  for (std::size_t k = 0; k < read.rows.size(); ++k) names.insert(read.at(k, "name"));
  EXPECT_EQ(names, (std::set<std::string>{"+甲,\"乙\"\n厂", "丙", "丁"}));
}

TEST_F(Report, AHeadingThatSaysTotalStandsAsItIs) {
  const std::string problems = bytes_of(workspace_.path("graded_problems.csv"));
  EXPECT_NE(problems.find(",grade,total,impact,"), std::string::npos) << problems;
}

TEST_F(Report, CsvBeginsWithTheMarkThatSpreadsheetsNeed) {
  for (const auto& name : report_files()) {
    if (name.ends_with(".csv")) {
      EXPECT_TRUE(bytes_of(workspace_.path(name)).starts_with("\xEF\xBB\xBF")) << name;
    }
  }
}

TEST_F(Report, JsonHoldsTheDocumentedKeysAndTheReportsFigures) {
  const auto report = json();
  EXPECT_EQ(report.at("format"), "chainqual-report");
  EXPECT_EQ(report.at("format_version"), report_format_version);
  for (const char* key : {"chain",       "severity_model", "options",        "problems", "problem_ranking",
                          "enterprises", "segments",       "products",       "stages",   "aspects",
                          "impact",      "experts",        "agreement",      "runs",     "link_weights",
                          "ungraded",    "without_shock",  "without_output", "isolated", "assumptions"}) {
    EXPECT_TRUE(report.contains(key)) << key;
  }
  EXPECT_EQ(report.at("chain").at("links_inferred"), 1);
  EXPECT_EQ(report.at("severity_model").at("weights").at("impact"), "0.4");
  EXPECT_EQ(report.at("impact").at("whole_chain").at("downstream"), report_.impact.whole_chain.downstream);
  const EnterpriseRow& worst = report_.enterprise_rows[report_.enterprise_ranking[0].index()];
  EXPECT_GT(worst.mean_loss, 0);
  EXPECT_EQ(report.at("enterprises")[0].at("mean_loss"), worst.mean_loss);
  EXPECT_EQ(report.at("stages")[0].at("mean_loss"), report_.stages[0].mean_loss);
  EXPECT_EQ(report.at("stages")[0].at("weight"), report_.stages[0].weight);
  EXPECT_EQ(report.at("ungraded"), report_.ungraded);
  EXPECT_EQ(report.at("problems")[0].at("placed").size(), report_.problems[0].placed.size());
  EXPECT_EQ(report.at("assumptions").size(), report_.assumptions.size());
}

TEST_F(Report, EqualReportsGiveEqualBytes) {
  const Workspace again;
  write_report(dossier_, assess(dossier_), again.path());
  EXPECT_EQ(snapshot(again.path()), snapshot(workspace_.path()));
}

TEST_F(Report, WorkbooksSpeakTheirLanguageAndCsvFilesNone) {
  const auto chinese = report_tables(dossier_, report_, Language::zh);
  const auto english = report_tables(dossier_, report_, Language::en);
  const auto keys = report_tables(dossier_, report_);
  ASSERT_EQ(chinese.size(), keys.size());
  const auto stage_of = [](const ReportTable& table) {
    const auto at =
        std::find_if(table.columns.begin(), table.columns.end(), [](const auto& c) { return c.key == "stage"; });
    return std::get<std::string>(table.rows[0][static_cast<std::size_t>(at - table.columns.begin())]);
  };
  EXPECT_EQ(stage_of(chinese[0]), "上游");
  EXPECT_EQ(stage_of(english[0]), "upstream");
  EXPECT_EQ(stage_of(keys[0]), "upstream");
  for (const auto& table : keys) {
    for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.columns.size()) << table.key;
    std::set<std::string_view> headings;
    for (const auto& column : table.columns) {
      EXPECT_TRUE(headings.insert(column.key).second) << table.key << " has " << column.key << " twice";
      EXPECT_FALSE(column.zh.empty());
      EXPECT_FALSE(column.en.empty());
    }
  }
}

TEST_F(Report, AReportOfAnotherChainIsRefused) {
  Dossier other = dossier_;
  other.problems.pop_back();
  try {
    static_cast<void>(report_json(other, report_));
    FAIL() << "accepted a report of another chain";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::shape_mismatch);
  }
  EXPECT_THROW(static_cast<void>(report_tables(other, report_)), Error);
}

TEST_F(Report, AnEmptyChainGivesTablesWithoutRows) {
  const Dossier empty;
  const Workspace folder;
  write_report(empty, assess(empty), folder.path());
  EXPECT_EQ(read_back(folder.path("impact_by_stage.csv")).headings.size(), 14U);
  EXPECT_EQ(nlohmann::json::parse(bytes_of(folder.path("report.json"))).at("problems").size(), 0U);
}

TEST_F(Report, CancelledWritingStops) {
  CancelToken token;
  token.cancel();
  Control control;
  control.cancel = &token;
  const Workspace folder;
  try {
    write_report(dossier_, report_, folder.path(), Language::zh, control);
    FAIL() << "went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
  EXPECT_TRUE(snapshot(folder.path()).empty());
}

}  // namespace
}  // namespace chainqual::testing
