#pragma once

#include <string>

#include "unit/register/office.hpp"

namespace chainqual::testing {

/// Every field of every table filled.
inline Dossier full_office() {
  Dossier d = office();
  for (const char* id : {"owner", "maker"}) {
    Enterprise enterprise;
    enterprise.id = id;
    enterprise.name = std::string(id) + " Ltd";
    enterprise.segments = {"cells"};
    enterprise.size = d.chain.enterprises() == 0 ? EnterpriseSize::large : EnterpriseSize::micro;
    d.chain.add_enterprise(enterprise);
  }
  Institution lab;
  lab.id = "lab";
  lab.name = "检测中心";
  d.chain.add_institution(lab);
  d.problems.front().name = "杂质";
  d.problems.front().products_en = {"cathode", "a;b"};
  d.results.front().name = "提纯";
  d.results.front().kind = ResultKind::know_how;
  d.results.front().level = SharingLevel::directed;
  d.results.front().terms = SharingTerms::paid;
  d.results.front().terms_note = "按产量计价";
  d.results.front().directed_to = {"maker", "甲；乙"};
  d.projects.front().route = "先小试，后中试";
  d.projects.front().resources = "洁净间一处";
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
  IndicatorRow satisfaction;
  satisfaction.project = "J1";
  satisfaction.name = "用户评价";
  satisfaction.name_en = "judgement of users";
  satisfaction.category = "social";
  satisfaction.unit = "分";
  satisfaction.baseline = Decimal::from_string("3");
  satisfaction.target = Decimal::from_string("4");
  satisfaction.value = Decimal::from_string("3.5");
  satisfaction.period = "2025";
  satisfaction.evidence = "expert_review";
  satisfaction.source = "访谈";
  satisfaction.steps = {"王=4", "李；张=3"};
  satisfaction.date = "2025-12-10";
  satisfaction.action = "上门回访";
  satisfaction.owner = "owner";
  satisfaction.due = "2026-03-31";
  d.indicators.push_back(satisfaction);
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
  d.history.push_back(
      {"problem", "P1", "set_back", "analysing", "identified", "2025-01-06", Actor::lead, "王", "退回"});
  d.history.push_back(
      {"problem", "P1", "correct", "identified", "analysing", "2025-01-07", Actor::office, "李", "误登", "set_back"});
  d.partners.push_back({"J1", "owner", "王", "总体；正极"});
  d.partners.push_back({"J1", "maker", "李", "中试"});
  d.info.report_cycle_months = 4;
  d.problems.front().status = ProblemStatus::analysing;
  return d;
}

}  // namespace chainqual::testing
