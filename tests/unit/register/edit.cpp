// What a clerk may change by hand, and what asks for an approved application or a step.

#include "chainqual/register/edit.hpp"

#include <gtest/gtest.h>

#include "unit/register/office.hpp"

namespace chainqual::testing {
namespace {

constexpr ProjectStatus every_status[] = {
    ProjectStatus::proposed,       ProjectStatus::approved,      ProjectStatus::running,
    ProjectStatus::mid_term_check, ProjectStatus::rectification, ProjectStatus::acceptance_applied,
    ProjectStatus::accepted,       ProjectStatus::refused,       ProjectStatus::archived};

/// The office with a project that the register itself brought to a status.
Dossier at(ProjectStatus status) {
  Dossier d = office();
  d.projects.front().status = status;
  d.history.push_back({"project", "J1", "approve", "proposed", "approved", "2025-01-08", Actor::office, "Li", ""});
  return d;
}

void apply(Dossier& d, ChangeKind kind, const std::string& after, Decision decision = Decision::approved) {
  d.changes.push_back({"J1", "C" + std::to_string(d.changes.size() + 1), kind, "", after, "why", "2025-03-01", "owner",
                       decision, "2025-03-05", "Li"});
}

struct Edit {
  ChangeKind kind;
  std::string after;  ///< of the application
  void (*make)(Project&);
};

const std::vector<Edit>& edits() {
  static const std::vector<Edit> all{
      {ChangeKind::leader, "lead unit: maker", [](Project& p) { p.lead = "maker"; }},
      {ChangeKind::period, "to 2026-06-30", [](Project& p) { p.end = "2026-06-30"; }},
      {ChangeKind::period, "from 2025-02-01", [](Project& p) { p.start = "2025-02-01"; }},
      {ChangeKind::goal, "99.9 %", [](Project& p) { p.expected = "99.9 %"; }},
      {ChangeKind::goal, "P2 too", [](Project& p) { p.problems.push_back("P2"); }},
      {ChangeKind::content, "another way", [](Project& p) { p.content = "another way"; }},
      {ChangeKind::content, "third", [](Project& p) { p.participants.push_back("third"); }},
      {ChangeKind::content, "more", [](Project& p) { p.budget = Decimal::from_string("7"); }},
      {ChangeKind::content, "name", [](Project& p) { p.name = "other"; }},
      {ChangeKind::content, "kind", [](Project& p) { p.kind = ProjectKind::service; }},
  };
  return all;
}

bool taken(const Dossier& d, const Edit& edit) {
  Project after = d.projects.front();
  edit.make(after);
  return against_edit(d, &d.projects.front(), &after).empty();
}

TEST(Edit, AProjectChangesOnlyThroughAnApprovedApplicationOfItsKind) {
  for (const ProjectStatus status : every_status) {
    const bool free = status == ProjectStatus::proposed;
    const bool over = status == ProjectStatus::accepted || status == ProjectStatus::archived;
    for (const Edit& edit : edits()) {
      EXPECT_EQ(taken(at(status), edit), free) << key_of(status) << " " << edit.after;
      for (const auto& kind : Names<ChangeKind>::table) {
        for (const auto& decision : Names<Decision>::table) {
          Dossier d = at(status);
          apply(d, kind.value, edit.after, decision.value);
          const bool opens = kind.value == edit.kind && decision.value == Decision::approved && !over;
          EXPECT_EQ(taken(d, edit), free || opens)
              << key_of(status) << " " << edit.after << " by " << kind.key << " " << decision.key;
        }
      }
    }
  }
}

TEST(Edit, LeadAndDaysBecomeWhatWasApprovedAndNothingElse) {
  Dossier d = at(ProjectStatus::running);
  apply(d, ChangeKind::leader, "third");
  apply(d, ChangeKind::period, "2026-12-31");
  EXPECT_FALSE(taken(d, edits()[0])) << "maker was not approved";
  EXPECT_FALSE(taken(d, edits()[1])) << "2026-06-30 was not approved";
  apply(d, ChangeKind::leader, "maker");
  EXPECT_TRUE(taken(d, edits()[0])) << "one of two approved applications names it";
  d.changes.back().project = "J2";
  EXPECT_FALSE(taken(d, edits()[0])) << "another project's application";
}

TEST(Edit, AllThatIsRefusedIsToldAtOnceByField) {
  const Dossier d = at(ProjectStatus::running);
  Project after = d.projects.front();
  after.lead = "maker";
  after.end = "2026-12-31";
  after.expected = "else";
  const Findings findings = against_edit(d, &d.projects.front(), &after);
  ASSERT_EQ(findings.kept().size(), 3U);
  EXPECT_EQ(findings.kept()[0].where.column, "lead");
  EXPECT_EQ(findings.kept()[1].where.column, "end");
  EXPECT_EQ(findings.kept()[2].where.column, "expected");
}

TEST(Edit, BlanksOfAProjectTakenOverAreFilledIn) {
  Dossier d = at(ProjectStatus::running);
  d.history.clear();
  d.projects.front().lead.clear();
  Project after = d.projects.front();
  after.lead = "maker";
  EXPECT_TRUE(against_edit(d, &d.projects.front(), &after).empty());
  after.end = "2027-01-01";
  EXPECT_EQ(against_edit(d, &d.projects.front(), &after).kept().size(), 1U) << "what stands is changed by application";
  d.projects.front().status = ProjectStatus::archived;
  EXPECT_EQ(against_edit(d, &d.projects.front(), &after).kept().size(), 2U);
}

TEST(Edit, MilestonesAndTargetsFollowTheirProject) {
  Dossier d = at(ProjectStatus::running);
  const Milestone was{"J1", "1", "pilot", "", "2025-06-30", "", ""};
  Milestone is = was;
  is.done = "2025-06-20";
  EXPECT_TRUE(against_edit(d, &was, &is).empty()) << "what is done is entered freely";
  is = was;
  is.due = "2025-09-30";
  EXPECT_FALSE(against_edit(d, &was, &is).empty());
  const Milestone* none = nullptr;
  EXPECT_FALSE(against_edit(d, none, &was).empty());
  EXPECT_FALSE(against_edit(d, &was, none).empty());
  apply(d, ChangeKind::period, "milestone 1 by 2025-09-30");
  EXPECT_TRUE(against_edit(d, &was, &is).empty());
  apply(d, ChangeKind::content, "no pilot");
  EXPECT_TRUE(against_edit(d, &was, none).empty());

  IndicatorRow before;
  before.project = "J1";
  before.name = "pass rate";
  before.target = Decimal::from_string("99");
  IndicatorRow after = before;
  after.value = Decimal::from_string("97");
  EXPECT_TRUE(against_edit(d, &before, &after).empty()) << "what is measured is entered freely";
  after.target = Decimal::from_string("95");
  EXPECT_FALSE(against_edit(d, &before, &after).empty());
  after = before;
  after.project.clear();
  EXPECT_FALSE(against_edit(d, &before, &after).empty()) << "a target is not taken away by handing it to the chain";
  before.project.clear();
  EXPECT_TRUE(against_edit(d, &before, &after).empty()) << "the chain's own";
  after.project = "J1";
  apply(d, ChangeKind::goal, "one target more");
  EXPECT_TRUE(against_edit(d, &before, &after).empty());
}

TEST(Edit, AnApplicationIsDecidedByStepsAndThenStays) {
  Dossier d = at(ProjectStatus::running);
  const Change* none = nullptr;
  Change wrong{"J1", "", ChangeKind::goal, "", "", "", "", "", Decision::approved, "2025-03-05", "Li"};
  EXPECT_EQ(against_edit(d, none, &wrong).kept().size(), 4U) << "decision, its day, by whom, no number";
  const Change right{"J1", "C1", ChangeKind::leader, "", "maker", "", "", "", Decision::pending, "", ""};
  EXPECT_TRUE(against_edit(d, none, &right).empty());
  d.changes.push_back(right);
  EXPECT_FALSE(against_edit(d, none, &right).empty()) << "the number is taken";
  Change complete = right;
  complete.by = "owner";
  EXPECT_TRUE(against_edit(d, &right, &complete).empty());
  EXPECT_TRUE(tells(refusal(d, "J1/C1", Decision::approved, "2025-03-05", Actor::office), "lacks: applicant, day"));
  complete.applied = "2025-03-01";
  complete.reason = "moved";
  d.changes.front() = complete;
  go(d, "J1/C1", Decision::approved, "2025-03-05", Actor::office);
  EXPECT_EQ(d.changes.front().decided, "2025-03-05");
  EXPECT_EQ(d.changes.front().decided_by, "Li");
  EXPECT_TRUE(taken(d, edits()[0]));
  Change rewritten = d.changes.front();
  rewritten.after = "third";
  EXPECT_FALSE(against_edit(d, &d.changes.front(), &rewritten).empty());
  EXPECT_FALSE(against_edit(d, &d.changes.front(), none).empty());
  go(d, "J1/C1", Decision::carried_out, "2025-03-06", Actor::lead);
  EXPECT_EQ(d.changes.front().decided, "2025-03-05") << "the day of the decision stays";
  EXPECT_FALSE(taken(d, edits()[0])) << "carried out: it opens nothing more";
  EXPECT_EQ(refusal(d, "J1/C9", Decision::approved, "2025-03-05", Actor::office).code(), ErrorCode::not_found);
}

TEST(Edit, ASignedLicenceStaysAsItWasSigned) {
  const Dossier d = office();
  Licence was = d.licences.front();
  Licence is = was;
  is.kind = LicenceKind::exclusive;
  is.duties = "keep secret";
  EXPECT_TRUE(against_edit(d, &was, &is).empty()) << "a draft";
  for (const LicenceStatus status : {LicenceStatus::in_force, LicenceStatus::expired, LicenceStatus::terminated}) {
    was.status = is.status = status;
    ASSERT_EQ(against_edit(d, &was, &is).kept().size(), 1U) << "a blank text may be filled in";
    EXPECT_EQ(against_edit(d, &was, &is).kept().front().where.column, "kind");
    EXPECT_FALSE(against_edit(d, &was, static_cast<const Licence*>(nullptr)).empty());
  }
  is = was;
  is.licensee = "third";
  is.territory = "Tianjin";
  is.end = "2030-01-01";
  is.fee = Decimal::from_string("1");
  EXPECT_EQ(against_edit(d, &was, &is).kept().size(), 4U);
}

TEST(Edit, ASharedResultIsNotSharedMoreWidelyByHand) {
  const Dossier d = office();
  SharedResult was = d.results.front();
  was.status = ResultStatus::shared;
  SharedResult is = was;
  is.summary = "better told";
  is.rights_status = "granted";
  EXPECT_TRUE(against_edit(d, &was, &is).empty());
  is.level = SharingLevel::open;
  is.terms = SharingTerms::free;
  is.pledged = false;
  is.directed_to = {"third"};
  is.owner = "third";
  EXPECT_EQ(against_edit(d, &was, &is).kept().size(), 5U);
  was.status = is.status = ResultStatus::withdrawn;
  EXPECT_TRUE(against_edit(d, &was, &is).empty()) << "withdrawn, it is handed in anew";
}

}  // namespace
}  // namespace chainqual::testing
