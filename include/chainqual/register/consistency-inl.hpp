#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "chainqual/register/conflicts.hpp"
#include "chainqual/register/due.hpp"
#include "chainqual/register/guards.hpp"
#include "chainqual/register/roster.hpp"

namespace chainqual {
inline namespace v1 {
namespace register_detail {

class Consistency {
 public:
  Consistency(const Dossier& dossier, Date today) : dossier_(dossier), today_(today) {}

  Findings findings;

  void problems() {
    for (const Problem& problem : dossier_.problems) {
      bool running = false;
      bool accepted = false;
      for (const Project& project : dossier_.projects) {
        if (!lists(project.problems, problem.number)) continue;
        running = running || is_running(project.status);
        accepted = accepted || was_accepted(dossier_, project);
      }
      if (problem.status == ProblemStatus::in_breakthrough && !running && !accepted) {
        add(FindingLevel::error, "problems", problem.number,
            {"攻关中的问题没有正在实施或已验收的项目",
             "it is in breakthrough, but no project for it is running or accepted"},
            {"启动项目，或把问题退回分析", "start a project, or set the problem back to analysis"});
      }
      if (problem.status == ProblemStatus::solved && !accepted) {
        add(FindingLevel::warning, "problems", problem.number,
            {"已解决的问题没有已验收的项目", "it is solved, but no project for it is accepted"},
            {"核对状态，或登记项目", "check the status, or enter the project"});
      }
      follows("problems", problem.number, problem.status);
    }
    for (const Project& project : dossier_.projects) follows("projects", project.number, project.status);
  }

  void results() {
    for (const SharedResult& result : dossier_.results) {
      follows("results", result.number, result.status);
      const Project* project = find_row(dossier_.projects, result.project);
      if (result.status != ResultStatus::shared || project == nullptr || was_accepted(dossier_, *project)) continue;
      add(FindingLevel::error, "results", result.number,
          {"已共享，但来源项目" + quoted(result.project, Language::zh) + "未通过验收",
           "it is shared, but its project " + quoted(result.project, Language::en) + " is not accepted"},
          {"下架该成果，或先验收项目", "withdraw it, or have the project accepted first"});
    }
  }

  void licences() {
    for (std::size_t k = 0; k < dossier_.licences.size(); ++k) {
      const Licence& licence = dossier_.licences[k];
      follows("licences", licence.number, licence.status);
      if (licence.status != LicenceStatus::in_force) continue;
      for (std::size_t other = 0; other < k; ++other) {
        const Licence& earlier = dossier_.licences[other];
        if (earlier.status != LicenceStatus::in_force || !exclude_each_other(dossier_, licence, earlier)) continue;
        add(FindingLevel::error, "licences", licence.number,
            {"与协议" + quoted(earlier.number, Language::zh) + "互相排斥",
             "it and licence " + quoted(earlier.number, Language::en) + " exclude each other"},
            {"终止其一，或改期限、地域、领域", "end one, or change days, territory or field"});
      }
      if (days_of(licence).last < today_) {
        add(FindingLevel::warning, "licences", licence.number,
            {"许可期限已过，状态仍为已签订", "its last day is over and it still stands as signed"},
            {"办理到期", "let it expire"});
      }
    }
  }

  /// A correction takes back a step that stands, the last one.
  void history() {
    const auto by = taken_back_by(dossier_.history);
    std::vector<std::size_t> takes(by.size(), SIZE_MAX);
    for (std::size_t k = 0; k < by.size(); ++k) {
      if (by[k] != k) takes[by[k]] = k;
    }
    for (std::size_t k = 0; k < by.size(); ++k) {
      const StepRecord& row = dossier_.history[k];
      if (row.corrects.empty()) continue;
      const StepRecord* step = takes[k] == SIZE_MAX ? nullptr : &dossier_.history[takes[k]];
      if (step != nullptr && step->step == row.corrects && step->from == row.to && step->to == row.from) continue;
      add(FindingLevel::error, "history", row.number,
          {"更正所指的步骤“" + shown_value(row.corrects) + "”不是此前最后一个有效步骤",
           "it corrects '" + shown_value(row.corrects) + "', which is not the last step that stood before it"},
          {"核对 corrects、from、to 各列", "check its columns corrects, from and to"});
    }
  }

  void members() {
    std::size_t leads = 0;
    for (const Member& member : dossier_.members) {
      const auto entered = day(member.entered);
      const auto left = day(member.left);
      if (entered && left && *left < *entered) {
        add(FindingLevel::error, "members", member.unit, {"退出日期早于加入日期", "it left before it entered"},
            {"核对两个日期", "check both days"});
        continue;
      }
      leads += member.lead && belongs(member, today_) ? 1U : 0U;
    }
    if (leads > 1) {
      add(FindingLevel::error, "members", {},
          {"同一日有 " + std::to_string(leads) + " 个牵头单位", std::to_string(leads) + " lead units on one day"},
          {"只保留一个", "keep one"});
    }
    if (!dossier_.consortium) return;
    follows("consortium", {}, dossier_.consortium->status);
    if (leads == 0 && dossier_.consortium->status == ConsortiumStatus::established) {
      add(FindingLevel::warning, "members", {}, {"联合体没有牵头单位", "the consortium has no lead unit"},
          {"标明牵头单位", "mark the lead unit"});
    }
  }

 private:
  void add(FindingLevel level, std::string table, std::string number, Text rule, Text fix) {
    const ErrorCode code = level == FindingLevel::error ? ErrorCode::invalid_value : ErrorCode::suspicious;
    findings.add({level, code, {std::move(table), 0, 0, {}, 0}, shown_value(number), std::move(rule), std::move(fix)});
  }

  /// The status must be the one that the history leads to, where it tells of the record.
  template <class State>
  void follows(const char* table, const std::string& number, State status) {
    const StepRecord* last = last_step(dossier_.history, Lifecycle<State>::key, number);
    if (last == nullptr || last->to == key_of(status)) return;
    add(FindingLevel::error, table, number,
        {"状态与历史记录不符：历史到“" + shown_value(last->to) + "”",
         "its status differs from its history, which leads to '" + shown_value(last->to) + "'"},
        {"通过办理步骤来改变状态", "change the status by taking steps"});
  }

  const Dossier& dossier_;
  Date today_;
};

}  // namespace register_detail

inline Findings check_registers(const Dossier& dossier, Date today) {
  register_detail::Consistency check(dossier, today);
  check.problems();
  check.results();
  check.licences();
  check.members();
  check.history();
  return std::move(check.findings);
}

}  // namespace v1
}  // namespace chainqual
