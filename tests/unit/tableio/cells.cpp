#include <gtest/gtest.h>

#include "workspace.hpp"

// Rules of headings and cells, as the tables of a chain apply them.

namespace chainqual {
namespace {

using testing::expect_errors;
using testing::Workspace;

TEST(Headings, TwiceIsAnErrorAndUnknownAWarningWithTheNearest) {
  const Workspace workspace;
  workspace.put("enterprises.csv", "id,name,nmae,stage,stage\nE1,a,b,upstream,upstream\n");
  const Error error = testing::error_of_reading(workspace.path());
  EXPECT_EQ(error.code(), ErrorCode::duplicate);
  EXPECT_EQ(
      testing::lines_of(error.findings(), FindingLevel::warning, Language::en),
      std::vector<std::string>{
          "enterprises.csv:1: column 'nmae': value «nmae»: the column is unknown and not read. Fix: is 'name' meant?"});
}

TEST(Headings, RequiredOnesMissingAreNamedInBothLanguages) {
  expect_errors(
      {{"enterprises.csv", "id,region\nE1,天津\n"}, {"links.csv", "supplier,customer\nE1,E2\n"}},
      {{"enterprises.csv:1: the required column 'name' (企业名称) is missing. Fix: add a column headed 'name' or "
        "'企业名称'.",
        "enterprises.csv:1：缺少必需的列“企业名称”（name）。修改办法：请加上列名为“企业名称”或“name”的一列。"},
       {"enterprises.csv:1: the required column 'stage' (产业链位置) is missing. Fix: add a column headed 'stage' or "
        "'产业链位置'.",
        "enterprises.csv:1：缺少必需的列“产业链位置”（stage）。修改办法：请加上列名为“产业链位置”或“stage”的一列。"}});
}

TEST(Headings, EmptyTablesAreDefinedAndWarned) {
  for (const char* text : {"", "id,name,stage\n"}) {
    const Workspace workspace;
    workspace.put("enterprises.csv", text);
    const ChainFile file = read_chain(workspace.path());
    EXPECT_EQ(file.dossier.chain.enterprises(), 0U);
    EXPECT_EQ(file.findings.count(FindingLevel::warning), 1U);
    EXPECT_EQ(file.tables, (std::vector<TableCount>{{"enterprises", 0, 0, 0}}));
  }
}

TEST(Headings, TheFormsOfTheStandardAreRead) {
  const Workspace workspace;
  workspace.put("segments.csv", "编号,环节,位置\nS1,硅片,上游\n");
  workspace.put("enterprises.csv",
                "序号,主要企业名称,产业链位置（上/中/下游）,\"地理\n分布\"\n1,甲公司,上游产业,天津市\n");
  workspace.put(
      "problems.csv",
      "编号,产业名称,位置 (上/ 中/下 游),填 报 人 "
      "及单位,质量问题描述,影响范围与程度,原因初步分析,关联问题,初步改进建议,问题状态,质量问题 分类,质量问题分 级\n"
      "001,示例,上游-硅片,某协会,均匀性不足,下游良率,热场设计,无,联合攻关,已识别,质量技术问题,***\n");
  workspace.put("projects.csv",
                "序号,攻关项目名称,拟解决的产业链质量问题,项目牵头和参与机构,预期成效\n1,提升均匀性,均匀性不足,某单位,"
                "合格率达 99%\n");
  workspace.put("results.csv",
                "编号,成果名称,成果贡献方,成果类型,成果简介,解决的质量问题,技术指标/"
                "性能,应用场景与范围,知识产权类型,权利状态,证书编号,专利权人/著作权人,共享级别,共享条件,联系方式\n"
                "R1,控制技术,某单位,专利,简介,001,指标,范围,发明专利,已授权,ZL1,某单位,open,free,张三\n");
  const ChainFile file = read_chain(workspace.path());
  const Problem& problem = file.dossier.problems.at(0);
  EXPECT_EQ(problem.stage, Stage::upstream);
  EXPECT_EQ(problem.segments, std::vector<std::string>{"S1"});
  EXPECT_EQ(problem.category, Category::technology);
  EXPECT_EQ(problem.declared, Grade::critical);
  EXPECT_EQ(problem.status, ProblemStatus::identified);
  EXPECT_TRUE(problem.related.empty());
  EXPECT_EQ(problem.reporter, "某协会");
  EXPECT_EQ(problem.technical_causes, "热场设计");
  EXPECT_EQ(file.dossier.chain.graph()[0].region, "120000");
  EXPECT_EQ(file.dossier.projects.at(0).expected, "合格率达 99%");
  EXPECT_EQ(file.dossier.results.at(0).certificate, "ZL1");
  for (const auto& finding : file.findings.kept())
    EXPECT_NE(finding.code, ErrorCode::unknown_column) << to_string(finding, Language::en);
}

TEST(Cells, UnknownStageRegionAndMissingStageListWhatIsKnown) {
  expect_errors({{"enterprises.csv", "id,name,stage,region\nE1,甲,sidestream,天津\nE2,乙,upstream,天金\nE3,丙,,\n"}},
                {{"enterprises.csv:2: column 'stage' (record 1): value «sidestream»: the word is none of those known. "
                  "Fix: is 'midstream' meant? Else use one of: upstream, midstream, "
                  "downstream.",
                  "enterprises.csv:2：“stage”列（第 1 条记录）：值 "
                  "«sidestream»：不认识的取值。修改办法：是否指“midstream”？可用的值：上游、中游、下游。"},
                 {"enterprises.csv:3: column 'region' (record 2): value «天金»: this is no province-level region of "
                  "China. Fix: nearest: «天津»; write a province's name, short name or GB/T "
                  "2260 code: 北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 "
                  "湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 台湾 香港 澳门.",
                  "enterprises.csv:3：“region”列（第 2 条记录）：值 "
                  "«天金»：不是中国的省级行政区。修改办法：相近的有：«天津»；可填省级行政区名称、简称或 GB/T 2260 "
                  "代码：北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 "
                  "上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 "
                  "青海 宁夏 新疆 台湾 香港 澳门。"},
                 {"enterprises.csv:4: column 'stage' (record 3): 'stage' is required, but the cell is empty. Fix: fill "
                  "it in, or delete the row.",
                  "enterprises.csv:4：“stage”列（第 3 "
                  "条记录）：“产业链位置”（stage）必填，此格为空。修改办法：填写“产业链位置”，或删除这一行。"}});
}

TEST(Cells, ProvincesAreReadByNameShortNameAndCode) {
  const Workspace workspace;
  workspace.put("enterprises.csv",
                "id,name,stage,region\nE1,a,upstream,天津市\nE2,b,upstream,天津\nE3,c,upstream,120000\nE4,d,upstream,"
                "120116\nE5,e,upstream,\n");
  const ChainFile file = read_chain(workspace.path());
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(file.dossier.chain.graph()[i].region, "120000");
  EXPECT_EQ(file.dossier.chain.graph()[4].region, "");
}

TEST(Cells, EverySpellingOfAGradeIsOneGrade) {
  const Workspace workspace;
  testing::put_base(workspace);
  std::string rows = "number,stage,declared\n";
  const std::vector<std::string> spellings{"★★", "**", "II", "2级", "重要", "2", "important", "二级"};
  for (const auto& spelling : spellings) rows += "P" + std::to_string(rows.size()) + ",upstream," + spelling + "\n";
  workspace.put("problems.csv", rows);
  const auto problems = read_chain(workspace.path()).dossier.problems;
  ASSERT_EQ(problems.size(), spellings.size());
  for (const auto& problem : problems) EXPECT_EQ(problem.declared, Grade::important);
  workspace.put("problems.csv", "number,stage,declared\nP1,upstream,4\n");
  EXPECT_EQ(
      testing::lines_of(testing::error_of_reading(workspace.path()).findings(), FindingLevel::error, Language::en),
      std::vector<std::string>{"problems.csv:2: column 'declared' (record 1): value «4»: the word is none of those "
                               "known. Fix: use one of: ungraded, general, important, critical."});
}

TEST(Cells, ScoresSharesAndValuesKeepToTheirRanges) {
  expect_errors(
      {{"problems.csv", "number,stage\nP1,upstream\n"},
       {"scores.csv", "problem,expert,impact,diffusion,urgency\nP1,A,0,6,-1\nP1,B,NaN,3月4日,4\n"},
       {"links.csv", "supplier,customer,value,dependency\nE1,E2,-1,1.5\n"}},
      {{"links.csv:2: column 'value' (record 1): value «-1»: must not be negative. Fix: mend the number, or leave the "
        "cell empty.",
        "links.csv:2：“value”列（第 1 条记录）：值 «-1»：不能为负。修改办法：请改正数值；没有值请留空。"},
       {"links.csv:2: column 'dependency' (record 1): value «1.5»: must lie between 0 and 1. Fix: give a decimal from "
        "0 to 1, or per cent with its sign.",
        "links.csv:2：“dependency”列（第 1 条记录）：值 «1.5»：应在 0 到 1 之间。修改办法：请填 0 到 1 的小数，或带 % "
        "的百分数。"},
       {"scores.csv:2: column 'impact' (record 1): value «0»: must lie between 1 and 5. Fix: mend the number, or leave "
        "the cell empty.",
        "scores.csv:2：“impact”列（第 1 条记录）：值 «0»：应在 1 到 5 之间。修改办法：请改正数值；没有值请留空。"},
       {"scores.csv:2: column 'diffusion' (record 1): value «6»: must lie between 1 and 5. Fix: mend the number, or "
        "leave the cell empty.",
        "scores.csv:2：“diffusion”列（第 1 条记录）：值 «6»：应在 1 到 5 之间。修改办法：请改正数值；没有值请留空。"},
       {"scores.csv:2: column 'urgency' (record 1): value «-1»: must lie between 1 and 5. Fix: mend the number, or "
        "leave the cell empty.",
        "scores.csv:2：“urgency”列（第 1 条记录）：值 «-1»：应在 1 到 5 之间。修改办法：请改正数值；没有值请留空。"},
       {"scores.csv:3: column 'impact' (record 2): value «NaN»: not a finite number. Fix: leave the cell empty where "
        "there is no value.",
        "scores.csv:3：“impact”列（第 2 条记录）：值 «NaN»：不是有限的数。修改办法：没有值请留空。"},
       {"scores.csv:3: column 'diffusion' (record 2): value «3月4日»: date in a score. Fix: spreadsheets turn 3-4 into "
        "a date; give one number.",
        "scores.csv:3：“diffusion”列（第 2 条记录）：值 «3月4日»：评分里是日期。修改办法：电子表格会把 3-4 "
        "改成日期；请填一个数。"}});
}

TEST(Cells, ErrorsOfExcelAreNoText) {
  expect_errors({{"links.csv", "supplier,customer,product\nE1,E2,#REF!\n"}},
                {{"links.csv:2: column 'product' (record 1): value «#REF!»: this is an error of Excel, not data. Fix: "
                  "mend the formula in Excel and export again, or empty the cell.",
                  "links.csv:2：“product”列（第 1 条记录）：值 «#REF!»：这是 Excel 的错误值，不是数据。修改办法：在 "
                  "Excel 中修正公式后重新导出，或清空此格。"}});
}

TEST(Cells, FullWidthNumbersAreErrorsUnlessRepairIsAskedFor) {
  const Workspace workspace;
  testing::put_base(workspace);
  workspace.put("links.csv", "supplier,customer,value\nE1,E2,４．５\n");
  EXPECT_EQ(
      testing::lines_of(testing::error_of_reading(workspace.path()).findings(), FindingLevel::error, Language::en),
      std::vector<std::string>{"links.csv:2: column 'value' (record 1): value «４．５»: full-width characters. Fix: "
                               "write '4.5', or ask for repair."});
  ReadOptions options;
  options.repair = true;
  const ChainFile file = read_chain(workspace.path(), options);
  EXPECT_EQ(file.dossier.chain.link(*boost::edges(file.dossier.chain.graph()).first).value, 4.5);
  EXPECT_EQ(file.findings.count(FindingLevel::info), 1U);
}

TEST(Cells, FreeTextMaySayNothingButANameMayNot) {
  const Workspace workspace;
  testing::put_base(workspace);
  workspace.put("problems.csv", "number,stage,description\nP1,upstream,无\n");
  EXPECT_EQ(read_chain(workspace.path()).dossier.problems.at(0).description, "无");
  workspace.put("enterprises.csv", "id,name,stage\nE1,待定,upstream\n");
  EXPECT_EQ(testing::error_of_reading(workspace.path()).code(), ErrorCode::missing_value);
}

TEST(Errors, AllOfAllFilesComeAtOnceAndAfterTheLimitTheyAreCounted) {
  const Workspace workspace;
  testing::put_base(workspace);
  std::string links = "supplier,customer,value\n";
  for (int i = 0; i < 700; ++i) links += "E1,E2,x\n";
  std::string scores = "problem,expert,impact,diffusion,urgency\n";
  for (int i = 0; i < 700; ++i) scores += "P1,A" + std::to_string(i) + ",9,3,3\n";
  workspace.put("links.csv", links);
  workspace.put("problems.csv", "number,stage\nP1,upstream\n");
  workspace.put("scores.csv", scores);
  workspace.put("chain.json", "{\"date\": \"2025-02-30\"}");
  const Error error = testing::error_of_reading(workspace.path());
  EXPECT_EQ(error.findings().kept().size(), 1000U);
  EXPECT_EQ(error.findings().count(FindingLevel::error), 1401U);
  EXPECT_EQ(error.message().en.substr(0, 23), "1401 errors, the first:");
}

TEST(Errors, WarningsInTheirThousandsDoNotPushErrorsOut) {
  const Workspace workspace;
  std::string rows = "id,credit_code,name,stage\n";
  for (int i = 0; i < 1500; ++i) rows += "E" + std::to_string(i) + ",,a" + std::to_string(i) + ",upstream\n";
  rows += "E1,,b,upstream\n";
  workspace.put("enterprises.csv", rows);
  EXPECT_EQ(testing::error_of_reading(workspace.path()).code(), ErrorCode::duplicate);
}

TEST(Paths, WhatIsNoChainIsToldApart) {
  const Workspace workspace;
  EXPECT_EQ(testing::error_of_reading(workspace.path("absent")).code(), ErrorCode::not_found);
  EXPECT_EQ(testing::error_of_reading(workspace.path()).code(), ErrorCode::not_found);
  EXPECT_EQ(testing::error_of_reading(workspace.put("chain.xlsx", "PK")).code(), ErrorCode::wrong_format);
}

TEST(Paths, AMisspeltTableIsPointedAt) {
  const Workspace workspace;
  testing::put_base(workspace);
  workspace.put("problem.csv", "number,stage\n");
  const auto warnings = testing::lines_of(read_chain(workspace.path()).findings, FindingLevel::warning, Language::en);
  ASSERT_EQ(warnings.size(), 2U);
  EXPECT_EQ(warnings[0], "problem.csv: not a table of a chain folder: not read. Fix: should it be 'problems'?");
}

}  // namespace
}  // namespace chainqual
