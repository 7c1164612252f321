#include "chainqual/register/access.hpp"

#include "unit/register/office.hpp"

namespace chainqual::testing {
namespace {

Dossier shared(SharingLevel level, SharingTerms terms) {
  Dossier d = office();
  d.results.front().status = ResultStatus::shared;
  d.results.front().level = level;
  d.results.front().terms = terms;
  return d;
}

Access asked(const Dossier& d, const char* unit, const char* day = "2026-03-01") {
  return access_to(d, d.results.front(), unit, on(day));
}

TEST(Access, OpenAndFreeIsForEverybody) {
  const Dossier d = shared(SharingLevel::open, SharingTerms::free);
  for (const char* unit : {"", "stranger", "maker", "Owner Ltd"}) {
    EXPECT_TRUE(asked(d, unit).see && asked(d, unit).use) << unit;
  }
}

TEST(Access, AmongMembersItFollowsMembershipOnThatDay) {
  Dossier d = shared(SharingLevel::members, SharingTerms::free);
  d.members.back().left = "2026-03-01";
  EXPECT_TRUE(asked(d, "maker", "2026-02-28").use) << "the day before it left";
  EXPECT_FALSE(asked(d, "maker", "2026-03-01").see) << "the day it left";
  EXPECT_FALSE(asked(d, "maker", "2025-01-01").see) << "the day before it entered";
  EXPECT_TRUE(asked(d, "Maker Ltd", "2025-01-02").see) << "by its name, the day it entered";
  EXPECT_FALSE(asked(d, "stranger").see);
  EXPECT_NE(asked(d, "stranger").reason.en.find("the unit is none on that day"), std::string::npos);
  Member back = d.members.back();
  back.entered = "2026-05-01";
  back.left.clear();
  d.members.push_back(back);
  EXPECT_TRUE(asked(d, "maker", "2026-05-01").use) << "it came back";
}

TEST(Access, DirectedIsForThoseNamed) {
  Dossier d = shared(SharingLevel::directed, SharingTerms::free);
  d.results.front().directed_to = {"Maker Ltd"};
  EXPECT_TRUE(asked(d, "maker").use) << "id and name are one unit";
  EXPECT_FALSE(asked(d, "stranger").see);
  EXPECT_FALSE(asked(d, "").see);
}

TEST(Access, PaidAndByAgreementNeedALicenceInForce) {
  for (const SharingTerms terms : {SharingTerms::paid, SharingTerms::agreement}) {
    Dossier d = shared(SharingLevel::members, terms);
    EXPECT_TRUE(asked(d, "maker").see);
    EXPECT_FALSE(asked(d, "maker").use) << "drafted only";
    d.licences.front().status = LicenceStatus::in_force;
    EXPECT_TRUE(asked(d, "maker", "2026-01-01").use);
    EXPECT_TRUE(asked(d, "maker", "2026-12-31").use);
    EXPECT_FALSE(asked(d, "maker", "2025-12-31").use);
    EXPECT_FALSE(asked(d, "maker", "2027-01-01").use);
    d.licences.front().status = LicenceStatus::terminated;
    EXPECT_FALSE(asked(d, "maker").use);
  }
}

TEST(Access, SoleAndExclusiveLicencesKeepOthersOut) {
  Dossier d = shared(SharingLevel::open, SharingTerms::free);
  d.licences.front().status = LicenceStatus::in_force;
  EXPECT_TRUE(asked(d, "stranger").use) << "an ordinary licence keeps nobody out";
  d.licences.front().kind = LicenceKind::sole;
  EXPECT_FALSE(asked(d, "stranger").use);
  EXPECT_TRUE(asked(d, "owner").use) << "sole: the contributor may";
  EXPECT_TRUE(asked(d, "maker").use);
  d.licences.front().kind = LicenceKind::exclusive;
  EXPECT_FALSE(asked(d, "owner").use) << "exclusive: nor the contributor";
  EXPECT_TRUE(asked(d, "owner").see);
  d.licences.front().territory = "Tianjin";
  EXPECT_TRUE(asked(d, "stranger").use) << "elsewhere it is free";
  EXPECT_NE(asked(d, "stranger").reason.en.find("not within 'Tianjin', where licence 'L1'"), std::string::npos);
  EXPECT_NE(asked(d, "owner").reason.en.find("not within 'Tianjin'"), std::string::npos);
  d.licences.front().kind = LicenceKind::sole;
  EXPECT_EQ(asked(d, "owner").reason.en.find("Tianjin"), std::string::npos) << "sole: the contributor may";
}

TEST(Access, WhatIsNotSharedIsSeenByContributorOwnerAndLeadAlone) {
  Dossier d = shared(SharingLevel::open, SharingTerms::free);
  d.results.front().contributor = "maker";
  d.results.front().owner = "institute";
  for (const ResultStatus status : {ResultStatus::submitted, ResultStatus::under_review, ResultStatus::withdrawn}) {
    d.results.front().status = status;
    EXPECT_TRUE(asked(d, "maker").see);
    EXPECT_TRUE(asked(d, "institute").use);
    EXPECT_TRUE(asked(d, "owner").see && !asked(d, "owner").use) << "the lead unit keeps the library";
    EXPECT_FALSE(asked(d, "stranger").see);
  }
}

TEST(Access, ContributorsOfPaidResultsComeFirst) {
  Dossier d = office();
  Project second = d.projects.front();
  second.number = "J2";
  second.lead = "Maker Ltd";
  d.projects.push_back(second);
  d.results.front().status = ResultStatus::shared;
  d.results.front().terms = SharingTerms::paid;
  d.results.front().contributor = "maker";
  const auto ranks = ranked_proposals(d);
  ASSERT_EQ(ranks.size(), 2U);
  EXPECT_EQ(ranks[0].project->number, "J2");
  EXPECT_EQ(ranks[0].contributed, 1U);
  EXPECT_EQ(ranks[1].contributed, 0U);
  d.results.front().terms = SharingTerms::free;
  EXPECT_EQ(ranked_proposals(d)[0].project->number, "J1") << "none paid: the table's order";
}

}  // namespace
}  // namespace chainqual::testing
