#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "chainqual/core/error.hpp"
#include "chainqual/register/consortium.hpp"
#include "chainqual/register/licence.hpp"
#include "chainqual/register/problem.hpp"
#include "chainqual/register/project.hpp"
#include "chainqual/register/result.hpp"

// The legal steps of every register, as tables: from, to, who may take it, whether a reason is asked for, and what must
// hold. What is not in a table is refused.

namespace chainqual {
inline namespace v1 {

/// In what capacity a step is taken.
enum class Actor : std::uint8_t { reporter, lead, participant, experts, office, district, city, contributor, party };

template <>
struct Names<Actor> {
  static constexpr std::array<Name<Actor>, 9> table{{
      {Actor::reporter, "reporter", "填报单位", "reporting unit", "填报人"},
      {Actor::lead, "lead", "牵头单位", "lead unit"},
      {Actor::participant, "participant", "参与单位", "participant"},
      {Actor::experts, "experts", "专家组", "experts", "专家"},
      {Actor::office, "office", "管理机构", "managing body", "办公室"},
      {Actor::district, "district", "区质量强区工作领导小组办公室", "district office", "区办公室"},
      {Actor::city, "city", "市质量强市工作领导小组办公室", "city office", "市办公室"},
      {Actor::contributor, "contributor", "成果贡献方", "contributor", "贡献方"},
      {Actor::party, "party", "协议一方", "party to the agreement"},
  }};
};

/// What must hold before a step besides its table row; `unmet` (guards.hpp) looks it up in the registers.
enum class Guard : std::uint8_t {
  none,
  task_book,          ///< the project has problems, lead, period, what is expected, a target and a milestone
  running_project,    ///< a project that runs is to solve the problem
  accepted_project,   ///< a project that was to solve the problem is accepted
  acceptance_papers,  ///< the application for acceptance is handed in
  milestones_done,    ///< no milestone is open
  archive_papers,     ///< technical results and summary report are handed in
  approved_end,       ///< an application to end the project is approved
  pledge,             ///< the contributor has pledged, and the project it comes from is accepted
  sharing_stated,     ///< a directed result names whom it is directed to, one for payment says what is paid
  shared_result,      ///< the licensed result is shared and the licensor contributed or owns it
  no_conflict,        ///< no licence in force excludes this one
  period_over,        ///< the licence's last day has passed
  one_lead,           ///< the consortium has exactly one lead unit, which has a name
  application,        ///< the application to change a project says who applies, when, why and for what
};

inline constexpr Actor no_actor = static_cast<Actor>(255);

/// One row of a table of legal steps.
template <class State>
struct LegalStep {
  State from;
  State to;
  std::string_view key;  ///< written to histories
  std::string_view zh;
  std::string_view en;
  std::array<Actor, 3> who{no_actor, no_actor, no_actor};
  bool reason = false;  ///< a reason must be given
  std::array<Guard, 2> guards{Guard::none, Guard::none};

  [[nodiscard]] constexpr bool may(Actor actor) const noexcept {
    return actor == who[0] || actor == who[1] || actor == who[2];
  }
};

/// Specialised for each status: `key` of its register, the first status, and `steps`.
template <class State>
struct Lifecycle;

template <>
struct Lifecycle<ProblemStatus> {
  using S = ProblemStatus;
  using A = Actor;
  static constexpr std::string_view key = "problem";
  static constexpr S first = S::identified;
  static constexpr std::array<LegalStep<S>, 7> steps{{
      {S::identified, S::analysing, "analyse", "开始分析", "begin to analyse", {A::reporter, A::lead, A::office}},
      {S::analysing, S::identified, "set_back", "退回", "set back", {A::lead, A::office, no_actor}, true},
      {S::analysing,
       S::in_breakthrough,
       "attack",
       "开始攻关",
       "begin the breakthrough",
       {A::lead, A::office, no_actor},
       false,
       {Guard::running_project}},
      {S::in_breakthrough,
       S::analysing,
       "give_up",
       "中止攻关",
       "give the breakthrough up",
       {A::lead, A::office, no_actor},
       true},
      {S::in_breakthrough,
       S::solved,
       "confirm",
       "确认解决",
       "confirm as solved",
       {A::experts, A::office, no_actor},
       false,
       {Guard::accepted_project}},
      {S::solved,
       S::in_breakthrough,
       "attack_again",
       "再次攻关",
       "attack again",
       {A::lead, A::office, no_actor},
       true,
       {Guard::running_project}},
      {S::solved, S::analysing, "reopen", "重新分析", "reopen", {A::reporter, A::lead, A::office}, true},
  }};
};

template <>
struct Lifecycle<ProjectStatus> {
  using S = ProjectStatus;
  using A = Actor;
  static constexpr std::string_view key = "project";
  static constexpr S first = S::proposed;
  static constexpr std::array<LegalStep<S>, 16> steps{{
      {S::proposed,
       S::approved,
       "approve",
       "批准立项",
       "approve",
       {A::office, A::experts, no_actor},
       false,
       {Guard::task_book}},
      {S::proposed, S::archived, "decline", "不予立项", "decline", {A::office, no_actor, no_actor}, true},
      {S::approved, S::running, "start", "启动", "start", {A::lead, no_actor, no_actor}},
      {S::approved, S::archived, "cancel", "取消", "cancel", {A::office, no_actor, no_actor}, true},
      {S::running, S::mid_term_check, "check", "中期检查", "check at mid-term", {A::office, A::experts, no_actor}},
      {S::mid_term_check, S::running, "pass", "中期检查通过", "pass the check", {A::office, A::experts, no_actor}},
      {S::mid_term_check,
       S::rectification,
       "demand",
       "要求整改",
       "demand rectification",
       {A::office, A::experts, no_actor},
       true},
      {S::rectification,
       S::mid_term_check,
       "check_again",
       "申请复查",
       "have it checked again",
       {A::lead, no_actor, no_actor},
       true},
      {S::running,
       S::acceptance_applied,
       "apply",
       "申请验收",
       "apply for acceptance",
       {A::lead, no_actor, no_actor},
       false,
       {Guard::acceptance_papers}},
      {S::acceptance_applied,
       S::accepted,
       "accept",
       "通过验收",
       "accept",
       {A::office, A::experts, no_actor},
       false,
       {Guard::milestones_done}},
      {S::acceptance_applied, S::refused, "refuse", "不通过验收", "refuse", {A::office, A::experts, no_actor}, true},
      {S::refused, S::running, "resume", "继续实施", "resume", {A::lead, A::office, no_actor}, true},
      {S::accepted,
       S::archived,
       "archive",
       "归档",
       "archive",
       {A::office, A::lead, no_actor},
       false,
       {Guard::archive_papers}},
      {S::refused, S::archived, "close", "结题归档", "close", {A::office, no_actor, no_actor}, true},
      {S::running,
       S::archived,
       "stop",
       "终止项目",
       "stop",
       {A::office, no_actor, no_actor},
       true,
       {Guard::approved_end}},
      {S::rectification,
       S::archived,
       "stop",
       "终止项目",
       "stop",
       {A::office, no_actor, no_actor},
       true,
       {Guard::approved_end}},
  }};
};

template <>
struct Lifecycle<ResultStatus> {
  using S = ResultStatus;
  using A = Actor;
  static constexpr std::string_view key = "result";
  static constexpr S first = S::submitted;
  static constexpr std::array<LegalStep<S>, 6> steps{{
      {S::submitted,
       S::under_review,
       "review",
       "开始审核",
       "take up the review",
       {A::lead, A::office, no_actor},
       false,
       {Guard::pledge}},
      {S::under_review,
       S::submitted,
       "return",
       "退回补正",
       "return for completion",
       {A::lead, A::office, no_actor},
       true},
      {S::under_review,
       S::shared,
       "share",
       "入库共享",
       "share",
       {A::lead, A::office, no_actor},
       false,
       {Guard::sharing_stated}},
      {S::under_review, S::withdrawn, "reject", "不予入库", "reject", {A::lead, A::office, no_actor}, true},
      {S::shared, S::withdrawn, "withdraw", "下架", "withdraw", {A::lead, A::office, A::contributor}, true},
      {S::withdrawn,
       S::submitted,
       "submit_again",
       "重新提交",
       "submit again",
       {A::contributor, no_actor, no_actor},
       true},
  }};
};

template <>
struct Lifecycle<LicenceStatus> {
  using S = LicenceStatus;
  using A = Actor;
  static constexpr std::string_view key = "licence";
  static constexpr S first = S::drafted;
  static constexpr std::array<LegalStep<S>, 4> steps{{
      {S::drafted,
       S::in_force,
       "sign",
       "签订",
       "sign",
       {A::party, no_actor, no_actor},
       false,
       {Guard::shared_result, Guard::no_conflict}},
      {S::drafted, S::terminated, "drop", "放弃", "drop", {A::party, no_actor, no_actor}, true},
      {S::in_force,
       S::expired,
       "expire",
       "到期",
       "expire",
       {A::party, A::lead, A::office},
       false,
       {Guard::period_over}},
      {S::in_force, S::terminated, "terminate", "终止", "terminate", {A::party, A::office, no_actor}, true},
  }};
};

template <>
struct Lifecycle<ConsortiumStatus> {
  using S = ConsortiumStatus;
  using A = Actor;
  static constexpr std::string_view key = "consortium";
  static constexpr S first = S::drafted;
  static constexpr std::array<LegalStep<S>, 7> steps{{
      {S::drafted,
       S::lead_agreed,
       "lead_agrees",
       "牵头单位同意",
       "agreed by the lead unit",
       {A::lead, no_actor, no_actor},
       false,
       {Guard::one_lead}},
      {S::lead_agreed,
       S::district_agreed,
       "district_agrees",
       "区级审核同意",
       "agreed by the district office",
       {A::district, no_actor, no_actor}},
      {S::district_agreed,
       S::established,
       "city_agrees",
       "市级审核同意",
       "agreed by the city office",
       {A::city, no_actor, no_actor}},
      {S::lead_agreed,
       S::drafted,
       "district_returns",
       "区级退回",
       "returned by the district office",
       {A::district, no_actor, no_actor},
       true},
      {S::district_agreed,
       S::drafted,
       "city_returns",
       "市级退回",
       "returned by the city office",
       {A::city, no_actor, no_actor},
       true},
      {S::established, S::dissolved, "dissolve", "解散", "dissolve", {A::lead, A::city, no_actor}, true},
      {S::dissolved, S::drafted, "found_again", "重新组建", "found again", {A::lead, no_actor, no_actor}, true},
  }};
};

/// The step between two states, or null when there is none.
template <class State>
[[nodiscard]] constexpr const LegalStep<State>* find_step(State from, State to) noexcept {
  for (const auto& step : Lifecycle<State>::steps) {
    if (step.from == from && step.to == to) return &step;
  }
  return nullptr;
}

/// The steps that lead out of a state, in the table's order.
template <class State>
[[nodiscard]] std::vector<LegalStep<State>> steps_from(State from) {
  std::vector<LegalStep<State>> legal;
  for (const auto& step : Lifecycle<State>::steps) {
    if (step.from == from) legal.push_back(step);
  }
  return legal;
}

/// The step between two states.
///
/// @param from  the state now.
/// @param to    the state wanted.
/// @throws Error{illegal_step} the table has no such step; the message names those that lead out of `from`.
/// @complexity O(steps of the table).
/// @numerics none.
/// @threads  Pure.
/// @source  5.4.2 g, 5.5.4, 5.5.5, 5.6 and appendix A of the standard; steps back and ends are ours.
/// @since 0.1, experimental.
template <class State>
[[nodiscard]] const LegalStep<State>& legal_step(State from, State to);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/register/lifecycle-inl.hpp"
