// Lifecycles taken through a store: the guards of register/step.hpp, a history that is only added to, days past.

#include "chainqual/io/chain_json.hpp"
#include "unit/store/databases.hpp"
#include "unit/tableio/full_office.hpp"

namespace chainqual::testing {
namespace {

/// The office before any step, with enterprises so that it can be written.
Dossier fresh_office() {
  Dossier dossier = full_office();
  dossier.problems.front().status = ProblemStatus::identified;
  dossier.projects.front().status = ProjectStatus::proposed;
  dossier.results.front().status = ResultStatus::submitted;
  dossier.licences.front().status = LicenceStatus::drafted;
  dossier.licences.front().signed_on.clear();
  dossier.consortium->status = ConsortiumStatus::drafted;
  dossier.history.clear();
  dossier.members.back().left.clear();
  hand_everything_in(dossier);
  return dossier;
}

template <class State>
StepRecord take(Store& store, std::string number, State to, const char* day, Actor who, std::string reason = {}) {
  return store.step(StepRequest<State>{std::move(number), to, day, who, "王", std::move(reason)});
}

/// A project, its problem, result and licence from the first step to the last.
void whole_life(Store& store) {
  take(store, "", ConsortiumStatus::lead_agreed, "2025-01-03", Actor::lead);
  take(store, "P1", ProblemStatus::analysing, "2025-01-05", Actor::reporter);
  take(store, "J1", ProjectStatus::approved, "2025-01-08", Actor::office);
  take(store, "J1", ProjectStatus::running, "2025-01-10", Actor::lead);
  take(store, "P1", ProblemStatus::in_breakthrough, "2025-01-11", Actor::lead);
  take(store, "J1", ProjectStatus::mid_term_check, "2025-06-01", Actor::office);
  take(store, "J1", ProjectStatus::rectification, "2025-06-02", Actor::experts, "进度");
  take(store, "J1", ProjectStatus::mid_term_check, "2025-07-01", Actor::lead, "整改完成");
  take(store, "J1", ProjectStatus::running, "2025-07-02", Actor::office);
  take(store, "J1", ProjectStatus::acceptance_applied, "2025-11-01", Actor::lead);
  take(store, "J1", ProjectStatus::accepted, "2025-11-20", Actor::experts);
  take(store, "P1", ProblemStatus::solved, "2025-11-21", Actor::experts);
  take(store, "J1", ProjectStatus::archived, "2025-12-01", Actor::office);
  take(store, "R1", ResultStatus::under_review, "2025-12-02", Actor::office);
  take(store, "R1", ResultStatus::shared, "2025-12-03", Actor::office);
  take(store, "L1", LicenceStatus::in_force, "2025-12-04", Actor::party);
}

TEST_P(EveryStore, TakesAProjectThroughItsWholeLife) {
  Store store = open();
  store.fill(fresh_office());
  whole_life(store);
  const Dossier now = store.content();
  EXPECT_EQ(now.problems.front().status, ProblemStatus::solved);
  EXPECT_EQ(now.projects.front().status, ProjectStatus::archived);
  EXPECT_EQ(now.results.front().status, ResultStatus::shared);
  EXPECT_EQ(now.licences.front().status, LicenceStatus::in_force);
  EXPECT_EQ(now.licences.front().signed_on, "2025-12-04");
  EXPECT_EQ(now.consortium->status, ConsortiumStatus::lead_agreed);
  EXPECT_EQ(now.history.size(), 16U);
  EXPECT_EQ(store.history("project", "J1").size(), 9U);
  EXPECT_EQ(store.history("project", "J1")[2].step, "check");
  EXPECT_EQ(store.find<Project>("J1")->version, 10);
  EXPECT_FALSE(store.consistency(on("2025-12-05")).has_errors());
  EXPECT_TRUE(store.check().empty());
}

TEST_P(EveryStore, TakesBackAStepEnteredByMistake) {
  Store store = open();
  store.fill(fresh_office());
  whole_life(store);
  const auto back = [&](const char* lifecycle, const char* number, const char* step, const char* reason) {
    return store.correct(PlainCorrection{lifecycle, number, step, "2025-12-05", "office", "李", reason});
  };
  EXPECT_TRUE(says(error_of([&] { back("result", "R1", "share", "误登"); }), "not shared")) << "L1 stands on it";
  EXPECT_TRUE(says(error_of([&] { back("licence", "L1", "sign", ""); }), "reason"));
  EXPECT_TRUE(says(error_of([&] { back("licences", "L1", "sign", "x"); }), "licence"));
  const StepRecord row = back("licence", "L1", "签订", "误登");
  EXPECT_EQ(row.corrects, "sign");
  EXPECT_EQ(store.find<Licence>("L1")->record.status, LicenceStatus::drafted);
  EXPECT_EQ(store.find<Licence>("L1")->record.signed_on, "");
  EXPECT_EQ(store.history("licence", "L1").back(), row);
  EXPECT_EQ(store.as_of(on("2025-12-04")).licences.front().status, LicenceStatus::drafted);
  EXPECT_EQ(store.as_of(on("2025-12-06")).history.size(), 17U) << "sixteen steps and the correction";
  back("result", "R1", "share", "误登");
  EXPECT_FALSE(store.consistency(on("2025-12-06")).has_errors());
  EXPECT_TRUE(store.check().empty());
  const std::int64_t old = store.find<SharedResult>("R1")->version - 1;
  const PlainCorrection more{"result", "R1", "review", "2025-12-06", "office", "李", "误登"};
  EXPECT_EQ(error_of([&] { store.correct(more, old); }).code(), ErrorCode::conflict);
  const Dossier all = store.content();
  EXPECT_TRUE(same_content(chain_from_json(chain_to_json(all), "twin").dossier, all));
}

/// A store's step agrees with the step of the same registers in memory, for every pair of states of one record: taken
/// or refused, and the same row of history.
template <class State>
void all_pairs(Store& store, const std::string& number, const char* day) {
  for (const auto& target : Names<State>::table) {
    for (const Actor who : {Actor::lead, Actor::office, Actor::experts}) {
      Dossier memory = store.content();
      const StepRequest<State> request{number, target.value, day, who, "王", "原因"};
      std::string in_memory;
      try {
        in_memory = take_step(memory, request).step;
      } catch (const Error& error) {
        const Error refused = error_of([&] { store.step(request); });
        EXPECT_EQ(refused.code(), error.code()) << error.what();
        EXPECT_EQ(refused.message(), error.message());
        continue;
      }
      EXPECT_EQ(store.step(request).step, in_memory);
      EXPECT_TRUE(same_content(store.content(), memory));
    }
  }
}

TEST_P(EveryStore, StepsAsTheRegistersDoForEveryPairOfStates) {
  Store store = open();
  Dossier office = fresh_office();
  office.changes.push_back(
      {"J1", "C2", ChangeKind::goal, "", "99.9 %", "更严", "2025-03-01", "owner", Decision::pending, "", ""});
  store.fill(office);
  for (int round = 0; round < 4; ++round) {
    all_pairs<ProblemStatus>(store, "P1", "2025-12-20");
    all_pairs<ProjectStatus>(store, "J1", "2025-12-20");
    all_pairs<ResultStatus>(store, "R1", "2025-12-20");
    all_pairs<LicenceStatus>(store, "L1", "2025-12-20");
    all_pairs<ConsortiumStatus>(store, "", "2025-12-20");
    all_pairs<Decision>(store, "J1/C2", "2025-12-20");
  }
}

TEST_P(EveryStore, AStepFromAnOldVersionIsAConflict) {
  Store store = open();
  store.fill(fresh_office());
  const Entry<Problem> seen = *store.find<Problem>("P1");
  const StepRequest<ProblemStatus> request{"P1", ProblemStatus::analysing, "2025-01-05", Actor::reporter, "李", ""};
  store.step(request, seen.version);
  EXPECT_EQ(error_of([&] { store.step(request, seen.version); }).code(), ErrorCode::conflict);
  EXPECT_EQ(error_of([&] { store.step(request); }).code(), ErrorCode::illegal_step);
  EXPECT_EQ(error_of([&] {
              store.step(StepRequest<ProblemStatus>{"P9", ProblemStatus::analysing, "2025-01-05", Actor::lead, "", ""});
            }).code(),
            ErrorCode::not_found);
  EXPECT_EQ(store.history("problem", "P1").size(), 1U);
}

TEST_P(EveryStore, TheDatabaseItselfKeepsTheHistory) {
  Store store = open();
  store.fill(fresh_office());
  take(store, "P1", ProblemStatus::analysing, "2025-01-05", Actor::reporter);
  for (const char* attempt : {"UPDATE \"history\" SET \"to\" = 'solved'", "DELETE FROM \"history\"",
                              "DELETE FROM \"revisions\"", "UPDATE \"revisions\" SET \"changed_by\" = 'x'"}) {
    EXPECT_NE(sql(attempt).find("added, never changed"), std::string::npos) << attempt;
  }
  if (GetParam() == Database::postgresql) {
    EXPECT_NE(sql("TRUNCATE \"history\"").find("never changed"), std::string::npos);
  }
  EXPECT_EQ(store.history("problem", "P1").size(), 1U);
}

TEST_P(EveryStore, ShowsTheRegistersOfAnyDay) {
  Store store = open();
  store.fill(fresh_office());
  whole_life(store);
  const auto then = [&](const char* day) { return store.as_of(on(day)); };
  EXPECT_EQ(then("2025-01-01").problems.front().status, ProblemStatus::identified);
  EXPECT_EQ(then("2025-01-05").problems.front().status, ProblemStatus::analysing);
  EXPECT_EQ(then("2025-06-30").projects.front().status, ProjectStatus::rectification);
  EXPECT_EQ(then("2025-06-30").history.size(), 7U);
  EXPECT_TRUE(then("2025-12-03").licences.empty()) << "neither signed nor begun";
  EXPECT_EQ(then("2025-12-04").licences.front().signed_on, "2025-12-04");
  EXPECT_TRUE(then("2025-01-01").projects.empty());
  EXPECT_TRUE(same_content(then("2030-01-01"), store.content()));
}

TEST_P(EveryStore, TellsWhatIsDueAndWhatThreatens) {
  Store store = open();
  store.fill(fresh_office());
  take(store, "J1", ProjectStatus::approved, "2025-01-08", Actor::office);
  take(store, "J1", ProjectStatus::running, "2025-01-10", Actor::lead);
  const Dossier dossier = store.content();
  const auto due = store.due(on("2026-02-01"));
  ASSERT_EQ(due.size(), due_items(dossier, on("2026-02-01")).size());
  EXPECT_FALSE(due.empty());
  const auto warnings = store.warnings(on("2026-02-01"));
  EXPECT_EQ(warnings.size(), project_warnings(dossier, on("2026-02-01")).size());
  EXPECT_FALSE(warnings.empty());
}

}  // namespace
}  // namespace chainqual::testing
