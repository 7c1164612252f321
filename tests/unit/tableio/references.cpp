#include <gtest/gtest.h>

#include "workspace.hpp"

// Rules between rows and tables: ids given once, references known, stages that agree, panels complete.

namespace chainqual {
namespace {

using testing::expect_errors;
using testing::Workspace;

TEST(References, LinkToAnUnknownEnterpriseNamesTheNearestIds) {
  expect_errors({{"links.csv", "supplier,customer,product\nE1,E3,x\nEE1,E2,y\nzzzz,E2,z\n"}},
                {{"links.csv:3: column 'supplier' (record 2): value «EE1»: table enterprises holds no such id. Fix: "
                  "nearest known ids: «E1».",
                  "links.csv:3：“supplier”列（第 2 条记录）：值 "
                  "«EE1»：“企业”表（enterprises）中没有此编号。修改办法：相近的编号：«E1»。"},
                 {"links.csv:4: column 'supplier' (record 3): value «zzzz»: table enterprises holds no such id. Fix: "
                  "add it to table enterprises, or correct it here.",
                  "links.csv:4：“supplier”列（第 3 条记录）：值 "
                  "«zzzz»：“企业”表（enterprises）中没有此编号。修改办法：在 enterprises 表中添加该编号，或更正此处。"},
                 {"links.csv:2: column 'customer' (record 1): value «E3»: table enterprises holds no such id. Fix: "
                  "nearest known ids: «E1», «E2».",
                  "links.csv:2：“customer”列（第 1 条记录）：值 "
                  "«E3»：“企业”表（enterprises）中没有此编号。修改办法：相近的编号：«E1»、«E2»。"}});
}

TEST(References, EveryTableThatRefersIsChecked) {
  const Workspace workspace;
  testing::put_base(workspace);
  workspace.put("institutions.csv", "id,name,segments\nI1,甲,S7\n");
  workspace.put("problems.csv", "number,stage,segments,enterprises,related\nP1,upstream,S8,E8,P8\n");
  workspace.put("scores.csv", "problem,expert\nP9,A\n");
  workspace.put("projects.csv", "number,name,problems\nJ1,a,P1;P2\n");
  workspace.put("milestones.csv", "project,name\nJ3,a\n");
  workspace.put("results.csv", "number,name,project,problems\nR1,a,J4,P4\n");
  workspace.put("policy_tools.csv", "number,problems\nT1,P5\n");
  workspace.put("indicators.csv", "project,name\nJ6,a\n,b\n");
  const Error error = testing::error_of_reading(workspace.path());
  std::vector<std::string> found;
  for (const auto& finding : error.findings().kept()) {
    if (finding.level != FindingLevel::error) continue;
    EXPECT_EQ(finding.code, ErrorCode::unknown_reference);
    found.push_back(finding.where.column + "=" + finding.value);
  }
  const std::vector<std::string> expected{"segments=S7", "segments=S8", "enterprises=E8", "related=P8",
                                          "problem=P9",  "problems=P2", "project=J3",     "project=J4",
                                          "problems=P4", "problems=P5", "project=J6"};
  EXPECT_EQ(found, expected);
}

TEST(References, WithoutTheTableTheFixAsksForIt) {
  const Workspace workspace;
  workspace.put("enterprises.csv", "id,name,stage,segments\nE1,甲,upstream,S1\n");
  const Error error = testing::error_of_reading(workspace.path());
  EXPECT_EQ(testing::lines_of(error.findings(), FindingLevel::error, Language::en),
            std::vector<std::string>{"enterprises.csv:2: column 'segments' (record 1): value «S1»: table segments "
                                     "holds no such id. Fix: give a table "
                                     "segments, or empty this cell."});
}

TEST(References, AUniqueNameOrCreditCodeStandsForItsIdAndIsReported) {
  const Workspace workspace;
  workspace.put("segments.csv", "id,name,stage\nS1,硅片,upstream\n");
  workspace.put("enterprises.csv",
                "id,credit_code,name,stage,segments\nE1,91350100M000100Y43,甲公司,upstream,硅片\nE2,,乙公司,midstream,"
                "\nE3,,同名,midstream,\nE4,,同名,midstream,\n");
  workspace.put("links.csv", "supplier,customer\n甲公司,乙公司\n91350100M000100Y43,E3\n");
  const ChainFile file = read_chain(workspace.path());
  EXPECT_TRUE(file.dossier.chain == read_chain(workspace.path()).dossier.chain);
  const auto& graph = file.dossier.chain.graph();
  for (const auto& edge : boost::make_iterator_range(boost::edges(graph)))
    EXPECT_EQ(graph[boost::source(edge, graph)].id, "E1");
  EXPECT_EQ(graph[0].segments, std::vector<std::string>{"S1"});
  const auto infos = testing::lines_of(file.findings, FindingLevel::info, Language::en);
  ASSERT_EQ(infos.size(), 3U);
  EXPECT_EQ(infos[1],
            "links.csv: column 'supplier': a name or credit code stands for an id in 2 places; each was taken for the "
            "one id that has it. "
            "Fix: write ids, so that namesakes cannot be confused.");
  workspace.put("links.csv", "supplier,customer\n同名,E1\n");
  EXPECT_EQ(testing::error_of_reading(workspace.path()).code(), ErrorCode::unknown_reference)
      << "namesakes are never chosen between";
}

TEST(Duplicates, AnIdTwiceNamesBothRows) {
  expect_errors({{"enterprises.csv", "id,name,stage\nE1,甲,upstream\nE2,\"乙\n公司\",upstream\nE1,丙,upstream\n"}},
                {{"enterprises.csv:5: column 'id' (record 3): value «E1»: record 1 (line 2) and record 3 (line 5) are "
                  "the same id, which may stand only once. "
                  "Fix: delete one of the rows, or change its number.",
                  "enterprises.csv:5：“id”列（第 3 条记录）：值 «E1»：第 1 条记录（第 2 行）与第 3 条记录（第 5 "
                  "行）重复：同一编号只能出现一次。修改办法：删除其中一行，或更改编号。"}});
}

TEST(Duplicates, AnExpertTwiceForOneProblemIsAnError) {
  expect_errors({{"problems.csv", "number,stage\nP1,upstream\nP2,upstream\n"},
                 {"scores.csv", "problem,expert,impact,diffusion,urgency\nP1,A,5,4,3\nP2,A,5,4,3\nP1,A,3,3,3\n"}},
                {{"scores.csv:4: column 'expert' (record 3): value «A»: record 1 (line 2) and record 3 (line 4) are "
                  "the same expert's scores for one problem, which "
                  "may stand only once. Fix: delete one of the rows.",
                  "scores.csv:4：“expert”列（第 3 条记录）：值 «A»：第 1 条记录（第 2 行）与第 3 条记录（第 4 "
                  "行）重复：同一专家对同一问题的评分只能出现一次。修改办法：删除其中一行。"}});
}

TEST(Duplicates, MilestoneNumbersRepeatOnlyBetweenProjects) {
  expect_errors({{"projects.csv", "number,name\nJ1,a\nJ2,b\n"},
                 {"milestones.csv", "project,number,name\nJ1,1,a\nJ2,1,b\nJ1,1,c\nJ1,,d\nJ1,,e\n"}},
                {{"milestones.csv:4: column 'number' (record 3): value «1»: record 1 (line 2) and record 3 (line 4) "
                  "are the same milestone number of one project, which "
                  "may stand only once. Fix: delete one of the rows, or change its number.",
                  "milestones.csv:4：“number”列（第 3 条记录）：值 «1»：第 1 条记录（第 2 行）与第 3 条记录（第 4 "
                  "行）重复：同一项目的里程碑编号只能出现一次。修改办法：删除其中一行，或更改编号。"}});
}

TEST(Duplicates, OneCreditCodeForTwoEnterprisesIsAnErrorThatNamesTheOther) {
  expect_errors(
      {{"enterprises.csv",
        "id,credit_code,name,stage\nE1,91350100M000100Y43,甲,upstream\nE2,91350100M000100Y43,乙,upstream\n"}},
      {{"enterprises.csv:3: column 'credit_code' (record 2): value «91350100M000100Y43»: record 1 (line 2) «甲» has "
        "the same credit code: one code stands for one "
        "enterprise. Fix: check the codes of both rows, or merge the rows.",
        "enterprises.csv:3：“credit_code”列（第 2 条记录）：值 «91350100M000100Y43»：第 1 条记录（第 2 行） «甲» "
        "已使用同一统一社会信用代码：一个代码只对应一家企业。修改办法：核对两行的代码，或合并为一行。"}});
}

TEST(Identity, AnEmptyIdBecomesTheCreditCodeElseTheName) {
  const Workspace workspace;
  workspace.put("enterprises.csv", "credit_code,name,stage\n91350100M000100Y43,甲,upstream\n,乙,midstream\n");
  const ChainFile file = read_chain(workspace.path());
  EXPECT_EQ(file.dossier.chain.graph()[0].id, "91350100M000100Y43");
  EXPECT_EQ(file.dossier.chain.graph()[1].id, "乙");
}

TEST(Identity, MissingCreditCodesAreOneWarning) {
  const Workspace workspace;
  workspace.put("enterprises.csv",
                "id,credit_code,name,stage\nE1,91350100M000100Y43,甲,upstream\nE2,,乙,midstream\nE3,-,丙,midstream\n");
  const Findings findings = read_chain(workspace.path()).findings;
  EXPECT_EQ(testing::lines_of(findings, FindingLevel::warning, Language::en),
            std::vector<std::string>{"enterprises.csv: column 'credit_code': 2 of 3 enterprises have no unified social "
                                     "credit code. Fix: fill in the 18 characters, so that "
                                     "namesakes can be told apart."});
  EXPECT_EQ(testing::lines_of(findings, FindingLevel::warning, Language::zh),
            std::vector<std::string>{"enterprises.csv：“credit_code”列：3 家企业中有 2 "
                                     "家没有统一社会信用代码。修改办法：补填 18 位代码，同名企业才能区分。"});
}

TEST(Stages, AnEnterpriseAgreesWithItsHomeSegment) {
  expect_errors({{"enterprises.csv", "id,name,stage,segments\nE1,甲,downstream,S1\nE2,乙,midstream,S2;S1\n"}},
                {{"enterprises.csv:2: column 'stage' (record 1): value «downstream»: the enterprise's home segment "
                  "«S1» is upstream, but the enterprise says downstream. Fix: "
                  "correct the stage, or list the segment it belongs to first.",
                  "enterprises.csv:2：“stage”列（第 1 条记录）：值 «downstream»：企业的首个环节 «S1» "
                  "属于上游，与企业的产业链位置“下游”不一致。修改办法：改正位置，或把所属环节列在首位。"}});
}

TEST(Panels, ScoresAreExactAndAnUnscoredRowIsLegal) {
  const Workspace workspace;
  testing::put_base(workspace);
  workspace.put("problems.csv", "number,stage\nP1,upstream\n");
  workspace.put("scores.csv", "problem,expert,impact,diffusion,urgency\nP1,A,3.5,3.67,5\nP1,B,,,\nP1,C,-,无,待定\n");
  const auto scores = read_chain(workspace.path()).dossier.scores;
  ASSERT_EQ(scores.size(), 3U);
  EXPECT_EQ(scores[0].diffusion->to_string(), "3.67");
  EXPECT_EQ(scores[1].impact, std::nullopt);
  EXPECT_EQ(scores[2].urgency, std::nullopt);
}

TEST(Panels, APartlyScoredRowIsAnErrorForEachEmptyCell) {
  const Workspace workspace;
  testing::put_base(workspace);
  workspace.put("problems.csv", "number,stage\nP1,upstream\n");
  workspace.put("scores.csv", "problem,expert,impact,diffusion,urgency\nP1,A,4,,\n");
  const Error error = testing::error_of_reading(workspace.path());
  EXPECT_EQ(error.code(), ErrorCode::missing_value);
  ASSERT_EQ(error.findings().count(FindingLevel::error), 2U);
  EXPECT_EQ(error.findings().kept()[0].where.column, "diffusion");
  EXPECT_EQ(error.findings().kept()[1].where.column, "urgency");
  EXPECT_EQ(error.findings().kept()[0].where.line, 2U);
}

}  // namespace
}  // namespace chainqual
