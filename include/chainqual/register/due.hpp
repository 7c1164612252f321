#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// What falls due.
enum class DueKind : std::uint8_t {
  review,
  map_trigger,
  progress_report,
  milestone,
  project_end,
  confirmation,
  licence_end
};

template <>
struct Names<DueKind> {
  static constexpr std::array<Name<DueKind>, 7> table{{
      {DueKind::review, "review", "定期评审", "review"},
      {DueKind::map_trigger, "map_trigger", "图谱触发更新", "map update triggered"},
      {DueKind::progress_report, "progress_report", "项目进度填报", "progress report"},
      {DueKind::milestone, "milestone", "里程碑", "milestone"},
      {DueKind::project_end, "project_end", "项目到期", "end of a project"},
      {DueKind::confirmation, "confirmation", "确认问题解决", "confirmation that a problem is solved"},
      {DueKind::licence_end, "licence_end", "许可到期", "end of a licence"},
  }};
};

struct DueItem {
  DueKind kind = DueKind::review;
  std::string number;  ///< of the record; the key of the subject for reviews
  Date due;
  int overdue_days = 0;  ///< by the day asked for; 0 or less: not yet due
  Text what;
};

struct DueOptions {
  std::optional<int> report_months = {};  ///< another cycle of progress reports than `info.report_cycle_months`
  int ahead_days = 30;                    ///< also what falls due within so many days
  /// From when reviews count where none was held and the chain has no date; else from the registers' first dated step,
  /// problem or member. A store gives the day on which its first record was entered.
  std::optional<Date> begun = {};
};

/// What is due or overdue on a day, by day, then in the order of DueKind.
///
/// Reviews of problem library, map, results library and consortium come `info.review_cycle_months` after the last one,
/// or after `info.date` where none was held, or after `begun`; a grave event asks for a new map at once. Progress
/// reports come every `info.report_cycle_months` (or `report_months`) after the last one, or after the project's start.
/// A problem in breakthrough of which a project was accepted waits for confirmation from the day of acceptance.
///
/// @param dossier  the registers.
/// @param today    the day asked for.
/// @param options  cycles.
/// @throws Error{invalid_value}    a day in the registers that is no date.
/// @throws Error{invalid_argument} a cycle below one month.
/// @complexity O(rows · log rows), history times projects aside.
/// @numerics none.
/// @threads  Reads only.
/// @source  5.3.7, 5.4.5, 5.5.4 a and 5.6.4 of the standard.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<DueItem> due_items(const Dossier& dossier, Date today, const DueOptions& options = {});

/// What threatens a project.
enum class WarningKind : std::uint8_t {
  milestone_slipped,
  target_unlikely,
  member_left,
  event,
  grave_risk,
  period_over
};

template <>
struct Names<WarningKind> {
  static constexpr std::array<Name<WarningKind>, 6> table{{
      {WarningKind::milestone_slipped, "milestone_slipped", "里程碑延误", "milestone slipped"},
      {WarningKind::target_unlikely, "target_unlikely", "目标难以达成", "target unlikely"},
      {WarningKind::member_left, "member_left", "成员退出", "member left"},
      {WarningKind::event, "event", "链上事件", "event on the chain"},
      {WarningKind::grave_risk, "grave_risk", "重大风险", "grave risk"},
      {WarningKind::period_over, "period_over", "超期未验收", "past its period"},
  }};
};

struct ProjectWarning {
  WarningKind kind = WarningKind::milestone_slipped;
  std::string project;
  Date since;
  Text what;
};

/// Warnings for running projects on a day, by project in the table's order, then by kind.
///
/// A target is called unlikely when half of the period or more has passed and the indicator has gone less than half as
/// far from baseline to target as the period has run. A member left: the lead unit or a participant was a member and is
/// none on that day. An event since the project's last report (or its start) touches a project that it names, one whose
/// lead unit or participant it names, and one with a problem at a segment or enterprise that it names: a problem sits
/// at its enterprises, else at all enterprises of its segments, else in its whole stage.
///
/// @param dossier  the registers.
/// @param today    the day asked for.
/// @throws Error{invalid_value} a day in the registers that is no date.
/// @complexity O(projects · (milestones + indicators + members + events + problems)).
/// @numerics none.
/// @threads  Reads only.
/// @source  5.5.4 d of the standard; the rule for targets is ours.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<ProjectWarning> project_warnings(const Dossier& dossier, Date today);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/register/due-inl.hpp"
#include "chainqual/register/warnings-inl.hpp"
