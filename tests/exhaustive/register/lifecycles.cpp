// Every pair of states of every lifecycle, by every actor, with and without a reason: taken exactly when the tables
// below, written from the standard and not from the library's tables, allow it.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "unit/register/office.hpp"

namespace chainqual::testing {
namespace {

struct Allowed {
  std::string from;
  std::string to;
  std::set<std::string> who;
  bool reason;
};

const std::vector<Allowed> problem_steps{
    {"identified", "analysing", {"reporter", "lead", "office"}, false},
    {"analysing", "identified", {"lead", "office"}, true},
    {"analysing", "in_breakthrough", {"lead", "office"}, false},
    {"in_breakthrough", "analysing", {"lead", "office"}, true},
    {"in_breakthrough", "solved", {"experts", "office"}, false},
    {"solved", "in_breakthrough", {"lead", "office"}, true},
    {"solved", "analysing", {"reporter", "lead", "office"}, true},
};
const std::vector<Allowed> project_steps{
    {"proposed", "approved", {"office", "experts"}, false},
    {"proposed", "archived", {"office"}, true},
    {"approved", "running", {"lead"}, false},
    {"approved", "archived", {"office"}, true},
    {"running", "mid_term_check", {"office", "experts"}, false},
    {"mid_term_check", "running", {"office", "experts"}, false},
    {"mid_term_check", "rectification", {"office", "experts"}, true},
    {"rectification", "mid_term_check", {"lead"}, true},
    {"running", "acceptance_applied", {"lead"}, false},
    {"acceptance_applied", "accepted", {"office", "experts"}, false},
    {"acceptance_applied", "refused", {"office", "experts"}, true},
    {"refused", "running", {"lead", "office"}, true},
    {"accepted", "archived", {"office", "lead"}, false},
    {"refused", "archived", {"office"}, true},
    {"running", "archived", {"office"}, true},
    {"rectification", "archived", {"office"}, true},
};
const std::vector<Allowed> result_steps{
    {"submitted", "under_review", {"lead", "office"}, false},
    {"under_review", "submitted", {"lead", "office"}, true},
    {"under_review", "shared", {"lead", "office"}, false},
    {"under_review", "withdrawn", {"lead", "office"}, true},
    {"shared", "withdrawn", {"lead", "office", "contributor"}, true},
    {"withdrawn", "submitted", {"contributor"}, true},
};
const std::vector<Allowed> licence_steps{
    {"drafted", "signed", {"party"}, false},
    {"drafted", "terminated", {"party"}, true},
    {"signed", "expired", {"party", "lead", "office"}, false},
    {"signed", "terminated", {"party", "office"}, true},
};
const std::vector<Allowed> consortium_steps{
    {"drafted", "lead_agreed", {"lead"}, false},
    {"lead_agreed", "district_agreed", {"district"}, false},
    {"district_agreed", "established", {"city"}, false},
    {"lead_agreed", "drafted", {"district"}, true},
    {"district_agreed", "drafted", {"city"}, true},
    {"established", "dissolved", {"lead", "city"}, true},
    {"dissolved", "drafted", {"lead"}, true},
};

const std::vector<Allowed> change_steps{
    {"pending", "approved", {"office", "experts"}, false},
    {"pending", "refused", {"office", "experts"}, true},
    {"approved", "carried_out", {"lead", "office"}, false},
    {"approved", "refused", {"office"}, true},
};

/// A dossier where every guard holds: the problem has one project that runs and one that is accepted.
Dossier permissive() {
  Dossier d = office();
  hand_everything_in(d);
  Project running = d.projects.front();
  running.number = "J2";
  running.status = ProjectStatus::running;
  Project accepted = running;
  accepted.number = "J3";
  accepted.status = ProjectStatus::accepted;
  d.projects.push_back(running);
  d.projects.push_back(accepted);
  d.results.front().project = "J3";
  d.results.front().status = ResultStatus::shared;
  d.changes.push_back(
      {"J1", "C1", ChangeKind::leader, "owner", "maker", "moved", "2026-03-01", "owner", Decision::pending, "", ""});
  return d;
}

template <class State>
void try_all(const std::vector<Allowed>& table, const std::string& number) {
  std::size_t taken = 0;
  std::size_t may_be_taken = 0;
  for (const Allowed& row : table) may_be_taken += row.who.size() * (row.reason ? 1U : 2U);
  for (const auto& from : Names<State>::table) {
    for (const auto& to : Names<State>::table) {
      for (const auto& who : Names<Actor>::table) {
        for (const std::string& reason : {std::string(), std::string("because")}) {
          Dossier d = permissive();
          status_of(d, number, State{}) = from.value;
          const auto row = std::find_if(table.begin(), table.end(), [&](const Allowed& each) {
            return each.from == from.key && each.to == to.key;
          });
          const bool allowed =
              row != table.end() && row->who.count(std::string(who.key)) != 0 && (!row->reason || !reason.empty());
          const std::string name = std::string(from.key) + " → " + std::string(to.key) + " by " + std::string(who.key);
          bool done = true;
          try {
            const StepRecord step =
                take_step(d, StepRequest<State>{number, to.value, "2027-01-01", who.value, "Li", reason});
            EXPECT_EQ(step.from, from.key);
            EXPECT_EQ(step.to, to.key);
          } catch (const Error& error) {
            done = false;
            EXPECT_TRUE(error.code() == ErrorCode::illegal_step || error.code() == ErrorCode::missing_value) << name;
            EXPECT_EQ(status_of(d, number, State{}), from.value) << "a refused step changes nothing";
            EXPECT_TRUE(d.history.empty());
            if (row == table.end()) {
              for (const Allowed& legal : table) {
                if (legal.from != from.key) continue;
                const auto target = std::string(label_of(*value_named<State>(legal.to), Language::en));
                EXPECT_NE(error.message().en.find("'" + target + "'"), std::string::npos)
                    << name << " must name " << target;
              }
            }
          }
          EXPECT_EQ(done, allowed) << name << (reason.empty() ? "" : " with a reason");
          if (done) {
            ++taken;
            EXPECT_EQ(status_of(d, number, State{}), to.value);
            EXPECT_EQ(d.history.size(), 1U);
          }
        }
      }
    }
  }
  EXPECT_EQ(taken, may_be_taken);
}

TEST(Lifecycles, ProblemsTakeExactlyTheLegalSteps) {
  try_all<ProblemStatus>(problem_steps, "P1");
}
TEST(Lifecycles, ProjectsTakeExactlyTheLegalSteps) {
  try_all<ProjectStatus>(project_steps, "J1");
}
TEST(Lifecycles, ResultsTakeExactlyTheLegalSteps) {
  try_all<ResultStatus>(result_steps, "R1");
}
TEST(Lifecycles, LicencesTakeExactlyTheLegalSteps) {
  try_all<LicenceStatus>(licence_steps, "L1");
}
TEST(Lifecycles, ChangesTakeExactlyTheLegalSteps) {
  try_all<Decision>(change_steps, "J1/C1");
}
TEST(Lifecycles, ConsortiaTakeExactlyTheLegalSteps) {
  try_all<ConsortiumStatus>(consortium_steps, "");
}

}  // namespace
}  // namespace chainqual::testing
