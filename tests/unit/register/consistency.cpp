#include "chainqual/register/consistency.hpp"

#include <algorithm>

#include "chainqual/register/coverage.hpp"
#include "unit/register/office.hpp"

namespace chainqual::testing {
namespace {

bool found(const Dossier& d, FindingLevel level, const std::string& words, const char* day = "2026-03-01") {
  const Findings findings = check_registers(d, on(day));
  return std::any_of(findings.kept().begin(), findings.kept().end(), [&](const Finding& finding) {
    return finding.level == level && finding.rule.en.find(words) != std::string::npos;
  });
}

TEST(Consistency, ASoundOfficeHasNoFindings) {
  EXPECT_TRUE(check_registers(office(), on("2025-03-01")).empty());
}

TEST(Consistency, ProblemsAndProjectsMustFit) {
  Dossier d = office();
  d.problems.front().status = ProblemStatus::in_breakthrough;
  EXPECT_TRUE(found(d, FindingLevel::error, "no project for it is running or accepted"));
  d.projects.front().status = ProjectStatus::rectification;
  EXPECT_FALSE(found(d, FindingLevel::error, "no project for it"));
  d.problems.front().status = ProblemStatus::solved;
  EXPECT_TRUE(found(d, FindingLevel::warning, "no project for it is accepted"));
  d.results.front().status = ResultStatus::shared;
  EXPECT_TRUE(found(d, FindingLevel::error, "is not accepted"));
}

TEST(Consistency, AStatusThatTheHistoryDoesNotLeadToIsToldInEveryRegister) {
  Dossier d = office();
  plan(d);
  go(d, "P1", ProblemStatus::analysing, "2025-01-05", Actor::reporter);
  go(d, "J1", ProjectStatus::approved, "2025-01-08", Actor::office);
  go(d, "", ConsortiumStatus::lead_agreed, "2025-01-08", Actor::lead);
  EXPECT_FALSE(found(d, FindingLevel::error, "differs from its history"));
  d.problems.front().status = ProblemStatus::solved;
  d.projects.front().status = ProjectStatus::accepted;
  d.consortium->status = ConsortiumStatus::established;
  const Findings findings = check_registers(d, on("2026-01-01"));
  EXPECT_EQ(findings.count(FindingLevel::error), 3U);
}

TEST(Consistency, LicencesAndMembers) {
  Dossier d = office();
  d.licences.front().status = LicenceStatus::in_force;
  EXPECT_TRUE(found(d, FindingLevel::warning, "last day is over", "2027-01-01"));
  EXPECT_FALSE(found(d, FindingLevel::warning, "last day is over", "2026-12-31"));
  Licence other = d.licences.front();
  other.number = "L2";
  other.licensee = "third";
  d.licences.push_back(other);
  EXPECT_FALSE(found(d, FindingLevel::error, "exclude each other")) << "both ordinary";
  d.licences.front().kind = LicenceKind::sole;
  EXPECT_TRUE(found(d, FindingLevel::error, "exclude each other"));
  d.members.back().lead = true;
  EXPECT_TRUE(found(d, FindingLevel::error, "2 lead units"));
  d.members.back().left = "2024-01-01";
  EXPECT_TRUE(found(d, FindingLevel::error, "left before it entered"));
}

TEST(Conflicts, TwoLicencesExcludeEachOtherOnlyWhereAllMeets) {
  Licence a;
  a.result = "R1";
  a.licensee = "x";
  a.kind = LicenceKind::exclusive;
  a.start = "2025-01-01";
  a.end = "2025-06-30";
  Licence b = a;
  b.licensee = "y";
  b.kind = LicenceKind::ordinary;
  b.start = "2025-06-30";
  b.end = "";
  Dossier d = office();
  const auto both = [&](const Licence& p, const Licence& q) {
    EXPECT_EQ(exclude_each_other(d, p, q), exclude_each_other(d, q, p)) << "it goes both ways";
    return exclude_each_other(d, p, q);
  };
  EXPECT_TRUE(both(a, b)) << "one day in common";
  b.start = "2025-07-01";
  EXPECT_FALSE(both(a, b));
  b.start = "";
  EXPECT_TRUE(both(a, b)) << "no first day: since ever";
  a.territory = "Tianjin";
  EXPECT_TRUE(both(a, b)) << "everywhere holds Tianjin";
  b.territory = "Hebei";
  EXPECT_FALSE(both(a, b));
  b.territory = a.territory;
  a.field = "cars";
  b.field = "ships";
  EXPECT_FALSE(both(a, b));
  b.field = "cars";
  b.licensee = "x";
  EXPECT_FALSE(both(a, b)) << "one licensee";
  a.licensee = "maker";
  b.licensee = "Maker Ltd";
  EXPECT_FALSE(both(a, b)) << "one licensee by two names";
  b.licensee = "y";
  b.result = "R2";
  EXPECT_FALSE(both(a, b));
}

TEST(Coverage, NamesInstitutionsMarksAndProductsThatNobodyTests) {
  Dossier d = office();
  Enterprise maker;
  maker.id = "maker";
  maker.segments = {"cells", "packs"};
  maker.products = {"cathode", "anode"};
  d.chain.add_enterprise(maker);
  Institution lab;
  lab.id = "lab";
  lab.name = "lab";
  lab.segments = {"cells"};
  lab.products = {"cathode"};
  lab.cnas = true;
  d.chain.add_institution(lab);
  auto rows = coverage(d, on("2025-03-01"));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].institutions, std::vector<std::string>{"lab"});
  EXPECT_TRUE(rows[0].cnas && !rows[0].cma);
  EXPECT_EQ(rows[0].untested, std::vector<std::string>{"anode"});
  EXPECT_TRUE(rows[1].institutions.empty());
  EXPECT_EQ(rows[1].untested, (std::vector<std::string>{"cathode", "anode"}));
  d.scopes.push_back({"lab", "anode", "capacity", "GB/T 24533", Mark::cnas, "2025-06"});
  EXPECT_TRUE(coverage(d, on("2025-06-30"))[0].untested.empty());
  EXPECT_EQ(coverage(d, on("2025-07-01"))[0].untested, std::vector<std::string>{"anode"}) << "the scope has run out";
}

TEST(Coverage, GapsAreToldByProductParameterAndMark) {
  Dossier d = office();
  Enterprise maker;
  maker.id = "maker";
  maker.segments = {"cells"};
  maker.products = {"cathode", "anode"};
  d.chain.add_enterprise(maker);
  for (const char* id : {"near", "far", "plain"}) {
    Institution lab;
    lab.id = lab.name = id;
    lab.segments = {std::string(id) == "far" ? "packs" : "cells"};
    d.chain.add_institution(lab);
  }
  d.scopes = {{"near", "cathode", "capacity", "GB/T 24533", Mark::cma, ""},
              {"near", "cathode", "purity", "GB/T 1", Mark::cnas, "2025-06"},
              {"far", "cathode", "purity", "GB/T 1", Mark::both, ""},
              {"plain", "anode", "", "", Mark::none, ""}};
  const auto items = coverage(d, on("2025-07-01"))[0].items;
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0].parameter, "capacity");
  EXPECT_FALSE(items[0].gap());
  EXPECT_EQ(items[0].mark, Mark::cma);
  EXPECT_EQ(items[0].methods, std::vector<std::string>{"GB/T 24533"});
  EXPECT_EQ(items[1].parameter, "purity");
  EXPECT_TRUE(items[1].gap()) << "the scope ran out, the other institution serves another segment";
  EXPECT_EQ(items[1].lapsed, "2025-06");
  EXPECT_EQ(items[1].elsewhere, std::vector<std::string>{"far"});
  EXPECT_TRUE(items[2].gap()) << "tested, but under no mark";
  EXPECT_EQ(items[2].unmarked, std::vector<std::string>{"plain"});
  EXPECT_EQ(coverage(d, on("2025-07-01"))[0].untested, (std::vector<std::string>{"cathode", "anode"}));
  EXPECT_FALSE(coverage(d, on("2025-06-30"))[0].items[1].gap());
  EXPECT_EQ(coverage(d, on("2025-06-30"))[0].items[1].mark, Mark::cnas);
}

}  // namespace
}  // namespace chainqual::testing
