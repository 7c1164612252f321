// The tables of the consortium's office, through every format and back.

#include <gtest/gtest.h>

#include "chainqual/io/chain_folder.hpp"
#include "unit/register/office.hpp"
#include "unit/tableio/workspace.hpp"

namespace chainqual::testing {
namespace {

/// Every field of every table filled.
Dossier full_office() {
  Dossier d = office();
  for (const char* id : {"owner", "maker"}) {
    Enterprise enterprise;
    enterprise.id = id;
    enterprise.name = std::string(id) + " Ltd";
    enterprise.segments = {"cells"};
    d.chain.add_enterprise(enterprise);
  }
  Institution lab;
  lab.id = "lab";
  lab.name = "检测中心";
  d.chain.add_institution(lab);
  d.problems.front().name = "杂质";
  d.results.front().name = "提纯";
  d.results.front().kind = ResultKind::know_how;
  d.results.front().level = SharingLevel::directed;
  d.results.front().terms = SharingTerms::paid;
  d.results.front().directed_to = {"maker", "甲；乙"};
  d.results.front().opinion = "同意入库";
  d.results.front().status = ResultStatus::under_review;
  d.consortium = Consortium{"动力电池产业链质量创新联合体",
                            "动力电池",
                            "王",
                            "022-1",
                            "李",
                            "022-2",
                            "合格率 99.5%",
                            "三年",
                            "理事会",
                            "共享设备",
                            "共有",
                            "按贡献",
                            "理事会批准",
                            ConsortiumStatus::district_agreed};
  d.members.front().credit_code = "91350100M000100Y43";
  d.members.front().kind = UnitKind::chain_owner;
  d.members.front().region = "120000";
  d.members.front().contact = "李";
  d.members.front().phone = "022-2";
  d.members.back().left = "2025-06-01";
  d.members.back().reason = "转产";
  d.scopes.push_back({"lab", "cathode", "capacity", "GB/T 24533", Mark::both, "2026-06-30"});
  d.changes.push_back({"J1", "C1", ChangeKind::leader, "王", "李", "调离", "2025-03-01", "owner", Decision::approved,
                       "2025-03-05", "管理机构"});
  d.risks.push_back({"J1", "K1", "2025-02-26", "缺矿", true, "第二来源", "2025-05-01"});
  d.reports.push_back({"J1", "2025-04-08", Decimal::from_string("0.25"), Decimal::from_string("120.50"), "按期", "王"});
  d.documents.push_back({"J1", DocumentKind::task_book, "任务书", "2025-01-07", "柜 3"});
  Licence& licence = d.licences.front();
  licence.kind = LicenceKind::sole;
  licence.territory = "天津市";
  licence.field = "乘用车";
  licence.fee = Decimal::from_string("30.5");
  licence.payment = "一次付清";
  licence.duties = "保密";
  licence.breach = "赔偿";
  licence.disputes = "仲裁";
  licence.status = LicenceStatus::in_force;
  licence.signed_on = "2025-12-01";
  d.events.push_back({"E1",
                      "2025-02-20",
                      WatchDimension::certification,
                      "=新规",
                      "新的认证",
                      {"cells"},
                      {"owner"},
                      {"J1"},
                      true,
                      "公报"});
  d.reviews.push_back({ReviewSubject::map, "2025-02-21", "管理机构", "已更新"});
  d.facts.push_back({"P1", "2025-02-21", "linear", "9f2c", "3.95", Grade::important, "0.125", "4"});
  d.history.push_back(
      {"problem", "P1", "analyse", "identified", "analysing", "2025-01-05", Actor::reporter, "王", "首次"});
  d.problems.front().status = ProblemStatus::analysing;
  return d;
}

TEST(OfficeTables, EveryFieldReadsBackInEveryFormatAndLanguage) {
  const Workspace workspace;
  const Dossier dossier = full_office();
  write_chain(dossier, workspace.path("en"), {Language::en});
  write_chain(dossier, workspace.path("zh"), {Language::zh});
  write_chain(dossier, workspace.path("twin.json"));
  for (const char* name : {"en", "zh", "twin.json"}) {
    EXPECT_TRUE(same_content(read_chain(workspace.path(name)).dossier, dossier)) << name;
  }
  EXPECT_NE(bytes_of(workspace.path("zh/members.csv")).find("统一社会信用代码"), std::string::npos);
  EXPECT_NE(bytes_of(workspace.path("zh/history.csv")).find("填报单位"), std::string::npos) << "words in Chinese, too";
}

TEST(OfficeTables, SameContentSeesEachOfThem) {
  const Dossier dossier = full_office();
  const auto differs = [&](auto change) {
    Dossier other = dossier;
    change(other);
    return !same_content(dossier, other);
  };
  EXPECT_TRUE(same_content(dossier, full_office()));
  EXPECT_TRUE(differs([](Dossier& d) { d.consortium->profit = "x"; }));
  EXPECT_TRUE(differs([](Dossier& d) { d.consortium.reset(); }));
  EXPECT_TRUE(differs([](Dossier& d) { d.members.front().lead = false; }));
  EXPECT_TRUE(differs([](Dossier& d) { d.scopes.front().mark = Mark::cma; }));
  EXPECT_TRUE(differs([](Dossier& d) { d.changes.front().decision = Decision::refused; }));
  EXPECT_TRUE(differs([](Dossier& d) { d.risks.front().grave = false; }));
  EXPECT_TRUE(differs([](Dossier& d) { d.reports.front().spent.reset(); }));
  EXPECT_TRUE(differs([](Dossier& d) { d.documents.front().kind = DocumentKind::other; }));
  EXPECT_TRUE(differs([](Dossier& d) { d.licences.front().fee.reset(); }));
  EXPECT_TRUE(differs([](Dossier& d) { d.events.front().trigger = false; }));
  EXPECT_TRUE(differs([](Dossier& d) { d.reviews.clear(); }));
  EXPECT_TRUE(differs([](Dossier& d) { d.facts.front().grade = Grade::critical; }));
  EXPECT_TRUE(differs([](Dossier& d) { d.history.clear(); }));
}

TEST(OfficeTablesBadInput, WhatTheyReferToMustBeThereAndEverythingIsToldAtOnce) {
  const Workspace workspace;
  workspace.put("enterprises.csv", "id,name,stage\nE1,甲,upstream\n");
  workspace.put("consortium.csv", "name\nfirst\nsecond\n");
  workspace.put("members.csv", "unit,kind,entered\nE1,club,2025-02-30\n");
  workspace.put("changes.csv", "project,kind\nJ9,goal\n");
  workspace.put("licences.csv", "number,result,fee\nL1,R9,-3\n");
  try {
    static_cast<void>(read_chain(workspace.path()));
    FAIL() << "taken";
  } catch (const Error& error) {
    std::string all;
    for (const Finding& finding : error.findings().kept()) all += to_string(finding, Language::en) + "\n";
    for (const char* words : {"chain's consortium", "column 'kind'", "column 'entered'", "column 'project'",
                              "column 'result'", "column 'fee'"}) {
      EXPECT_NE(all.find(words), std::string::npos) << words << " in\n" << all;
    }
    EXPECT_EQ(error.findings().count(FindingLevel::error), 6U) << all;
  }
}

}  // namespace
}  // namespace chainqual::testing
