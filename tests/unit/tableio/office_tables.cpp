// The tables of the consortium's office, through every format and back.

#include <gtest/gtest.h>

#include "chainqual/io/chain_folder.hpp"
#include "unit/tableio/full_office.hpp"
#include "unit/tableio/workspace.hpp"

namespace chainqual::testing {
namespace {

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
  EXPECT_TRUE(differs([](Dossier& d) { d.history.back().corrects.clear(); }));
  EXPECT_TRUE(differs([](Dossier& d) { d.partners.front().tasks.clear(); }));
  EXPECT_TRUE(differs([](Dossier& d) { d.info.report_cycle_months = 5; }));
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
