#pragma once

#include <algorithm>
#include <string>

#include "chainqual/register/conflicts.hpp"
#include "chainqual/register/roster.hpp"

namespace chainqual {
inline namespace v1 {
namespace register_detail {

/// The row that carries a number, or null.
template <class Row>
[[nodiscard]] Row* find_row(std::vector<Row>& rows, std::string_view number) noexcept {
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.number == number; });
  return at == rows.end() ? nullptr : &*at;
}
template <class Row>
[[nodiscard]] const Row* find_row(const std::vector<Row>& rows, std::string_view number) noexcept {
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.number == number; });
  return at == rows.end() ? nullptr : &*at;
}

inline bool lists(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Whether a project's work is under way: started and not yet applied for, accepted, refused or put away.
inline bool is_running(ProjectStatus status) noexcept {
  return status == ProjectStatus::running || status == ProjectStatus::mid_term_check ||
         status == ProjectStatus::rectification || status == ProjectStatus::acceptance_applied;
}

/// Whether a project was accepted, be it filed by now: the only way into the archive that asks for no reason.
inline bool was_accepted(const Dossier& dossier, const Project& project) {
  if (project.status == ProjectStatus::accepted) return true;
  if (project.status != ProjectStatus::archived) return false;
  const StepRecord* last = last_step(dossier.history, Lifecycle<ProjectStatus>::key, project.number);
  return last != nullptr && last->from == key_of(ProjectStatus::accepted);
}

inline std::string quoted(const std::string& word, Language language) {
  return language == Language::zh ? "“" + shown_value(word) + "”" : "'" + shown_value(word) + "'";
}

inline bool has_document(const Dossier& dossier, std::string_view project, DocumentKind kind) {
  return std::any_of(dossier.documents.begin(), dossier.documents.end(),
                     [&](const ProjectDocument& paper) { return paper.project == project && paper.kind == kind; });
}

inline std::optional<Unmet> unmet_paper(const Dossier& dossier, std::string_view project, DocumentKind kind) {
  if (has_document(dossier, project, kind)) return std::nullopt;
  const std::string zh(label_of(kind, Language::zh));
  const std::string en(label_of(kind, Language::en));
  return Unmet{{"没有提交" + zh, "the " + en + " is not handed in"},
               {"先登记" + zh + "，再办理这一步", "enter the " + en + " among the project's documents first"}};
}

inline std::optional<Unmet> unmet_task_book(const Dossier& dossier, const Project& project) {
  Text lacks;
  const auto lack = [&](bool missing, std::string_view zh, std::string_view en) {
    if (!missing) return;
    lacks.zh += (lacks.zh.empty() ? "" : "、") + std::string(zh);
    lacks.en += (lacks.en.empty() ? "" : ", ") + std::string(en);
  };
  lack(project.problems.empty(), "来源问题编号", "source problems");
  lack(project.lead.empty(), "牵头单位", "lead unit");
  lack(project.start.empty() || project.end.empty(), "项目周期", "period");
  lack(project.expected.empty() && project.expected_en.empty(), "预期成效", "expected results");
  lack(std::none_of(dossier.indicators.begin(), dossier.indicators.end(),
                    [&](const IndicatorRow& row) { return row.project == project.number && row.target; }),
       "考核指标（至少一项目标值）", "targets (an indicator with a target)");
  lack(std::none_of(dossier.milestones.begin(), dossier.milestones.end(),
                    [&](const Milestone& row) { return row.project == project.number && !row.due.empty(); }),
       "里程碑（至少一项计划日期）", "milestones (one with a due day)");
  if (lacks.zh.empty()) return std::nullopt;
  return Unmet{{"任务书缺少：" + lacks.zh, "the task book lacks: " + lacks.en},
               {"补全后再批准立项", "complete it, then approve the project"}};
}

inline std::optional<Unmet> unmet_milestones(const Dossier& dossier, std::string_view project) {
  std::size_t open = 0;
  const Milestone* first = nullptr;
  for (const Milestone& milestone : dossier.milestones) {
    if (milestone.project != project || !milestone.done.empty()) continue;
    if (first == nullptr) first = &milestone;
    ++open;
  }
  if (open == 0) return std::nullopt;
  const std::string& name = first->name;
  return Unmet{{"还有 " + std::to_string(open) + " 个里程碑没有完成，如" + quoted(name, Language::zh),
                std::to_string(open) + " milestone" + (open == 1 ? " is" : "s are") + " open, " +
                    quoted(name, Language::en) + " the first"},
               {"填写完成日期，或经批准变更项目内容", "enter the day each was done, or have the project changed"}};
}

inline std::optional<Unmet> unmet_pledge(const Dossier& dossier, const SharedResult& result) {
  if (!result.pledged) {
    return Unmet{{"贡献方没有作出承诺", "the contributor has not pledged that rights are clear"},
                 {"请贡献方签署承诺", "have the contributor sign the pledge"}};
  }
  if (result.project.empty()) return std::nullopt;  // handed in without a project of this library
  const Project* project = find_row(dossier.projects, result.project);
  if (project != nullptr && was_accepted(dossier, *project)) return std::nullopt;
  return Unmet{{"来源项目" + quoted(result.project, Language::zh) + "尚未通过验收",
                "the project it comes from, " + quoted(result.project, Language::en) + ", is not accepted"},
               {"待项目验收后再审核", "review it once the project is accepted"}};
}

inline std::optional<Unmet> unmet_shared_result(const Dossier& dossier, const Licence& licence) {
  const SharedResult* result = find_row(dossier.results, licence.result);
  if (result == nullptr || result->status != ResultStatus::shared) {
    return Unmet{{"成果" + quoted(licence.result, Language::zh) + "没有在库共享",
                  "the result " + quoted(licence.result, Language::en) + " is not shared"},
                 {"只能许可在库共享的成果", "license a result that the library shares"}};
  }
  if (same_unit(dossier, licence.licensor, result->contributor) ||
      same_unit(dossier, licence.licensor, result->owner)) {
    return std::nullopt;
  }
  return Unmet{{"许可方" + quoted(licence.licensor, Language::zh) + "既不是贡献方也不是权利人",
                "the licensor " + quoted(licence.licensor, Language::en) + " neither contributed nor owns the result"},
               {"由贡献方或权利人许可", "have the contributor or the owner license it"}};
}

inline std::optional<Unmet> unmet_conflict(const Dossier& dossier, const Licence& licence) {
  const auto others = conflicts_of(dossier, licence);
  if (others.empty()) return std::nullopt;
  const Licence& other = *others.front();
  const auto kind = [&](Language language) { return std::string(label_of(other.kind, language)); };
  return Unmet{{"与协议" + quoted(other.number, Language::zh) + "（" + kind(Language::zh) + "，被许可方" +
                    quoted(other.licensee, Language::zh) + "）冲突",
                "it conflicts with licence " + quoted(other.number, Language::en) + " (" + kind(Language::en) +
                    ", to " + quoted(other.licensee, Language::en) + ")"},
               {"改为不重叠的期限、地域或领域，或先终止该协议",
                "choose days, a territory or a field that do not overlap, or end that licence first"}};
}

/// What everybody who sees the result may use for nothing cannot be one licensee's alone.
inline std::optional<Unmet> unmet_exclusiveness(const Dossier& dossier, const Licence& licence) {
  const SharedResult* result = find_row(dossier.results, licence.result);
  if (licence.kind == LicenceKind::ordinary || result == nullptr || result->terms != SharingTerms::free) {
    return std::nullopt;
  }
  const auto kind = [&](Language language) { return std::string(label_of(licence.kind, language)); };
  const auto level = [&](Language language) { return std::string(label_of(result->level, language)); };
  return Unmet{{"成果" + quoted(result->number, Language::zh) + "为" + level(Language::zh) + "、免费使用，不能再作" +
                    kind(Language::zh),
                "the result " + quoted(result->number, Language::en) + " is shared (" + level(Language::en) +
                    ") for free use, so no licence for it can be " + kind(Language::en)},
               {"改为普通实施许可，或先下架成果，改共享条件后重新入库",
                "license it as ordinary, or withdraw the result and share it anew on other terms"}};
}

inline std::optional<Unmet> unmet_application(const Change& change) {
  Text lacks;
  const auto lack = [&](bool missing, std::string_view zh, std::string_view en) {
    if (!missing) return;
    lacks.zh += (lacks.zh.empty() ? "" : "、") + std::string(zh);
    lacks.en += (lacks.en.empty() ? "" : ", ") + std::string(en);
  };
  lack(change.by.empty(), "申请人", "applicant");
  lack(change.applied.empty(), "申请日期", "day");
  lack(change.reason.empty(), "变更原因", "reason");
  lack(change.after.empty() && change.kind != ChangeKind::end, "变更后内容", "what it is to become (after)");
  if (lacks.zh.empty()) return std::nullopt;
  return Unmet{{"变更申请缺少：" + lacks.zh, "the application lacks: " + lacks.en},
               {"补全后再批准", "complete it, then approve it"}};
}

inline const Change* find_change(const std::vector<Change>& changes, std::string_view key) {
  const auto at =
      std::find_if(changes.begin(), changes.end(), [&](const Change& change) { return key_of_change(change) == key; });
  return at == changes.end() ? nullptr : &*at;
}

inline std::optional<Unmet> unmet_lead(const Dossier& dossier, Date on) {
  std::size_t leads = 0;
  for (const Member& member : dossier.members) leads += member.lead && belongs(member, on) ? 1U : 0U;
  if (leads == 1) return std::nullopt;
  return Unmet{{"牵头单位应恰有一个，现有 " + std::to_string(leads) + " 个",
                "there must be one lead unit, not " + std::to_string(leads)},
               {"在成员名单中标明一个牵头单位", "mark one member as lead"}};
}

inline std::optional<Unmet> unmet_end(const Dossier& dossier, std::string_view project) {
  const bool approved = std::any_of(dossier.changes.begin(), dossier.changes.end(), [&](const Change& change) {
    return change.project == project && change.kind == ChangeKind::end &&
           (change.decision == Decision::approved || change.decision == Decision::carried_out);
  });
  if (approved) return std::nullopt;
  return Unmet{{"没有批准终止项目的申请", "no application to end the project is approved"},
               {"先提出并批准终止申请", "apply for the end and have it approved first"}};
}

inline std::optional<Unmet> unmet_project(const Dossier& dossier, std::string_view problem, bool accepted) {
  for (const Project& project : dossier.projects) {
    if (!lists(project.problems, problem)) continue;
    if (accepted ? was_accepted(dossier, project) : is_running(project.status)) return std::nullopt;
  }
  if (accepted) {
    return Unmet{{"针对该问题的项目都没有通过验收", "no project that was to solve it is accepted"},
                 {"待项目验收后再确认解决", "confirm it once such a project is accepted"}};
  }
  return Unmet{{"没有正在实施的项目针对该问题", "no project that is to solve it is running"},
               {"先立项并启动项目", "approve and start such a project first"}};
}

inline Unmet no_such(std::string_view number) {
  const std::string word(number);
  return {{"没有编号为" + quoted(word, Language::zh) + "的记录", "there is no record " + quoted(word, Language::en)},
          {"核对编号", "check the number"}};
}

template <class Row, class Check>
std::optional<Unmet> of_row(const std::vector<Row>& rows, std::string_view number, Check&& check) {
  const Row* row = find_row(rows, number);
  return row == nullptr ? std::optional<Unmet>(no_such(number)) : check(*row);
}

}  // namespace register_detail

inline std::optional<Unmet> unmet(Guard guard, const Dossier& dossier, std::string_view number, Date on) {
  namespace d = register_detail;
  switch (guard) {
    case Guard::none:
      return std::nullopt;
    case Guard::task_book:
      return d::of_row(dossier.projects, number,
                       [&](const Project& project) { return d::unmet_task_book(dossier, project); });
    case Guard::running_project:
      return d::unmet_project(dossier, number, false);
    case Guard::accepted_project:
      return d::unmet_project(dossier, number, true);
    case Guard::acceptance_papers:
      return d::unmet_paper(dossier, number, DocumentKind::acceptance);
    case Guard::milestones_done:
      return d::unmet_milestones(dossier, number);
    case Guard::archive_papers:
      if (auto missing = d::unmet_paper(dossier, number, DocumentKind::result)) return missing;
      return d::unmet_paper(dossier, number, DocumentKind::summary);
    case Guard::approved_end:
      return d::unmet_end(dossier, number);
    case Guard::pledge:
      return d::of_row(dossier.results, number,
                       [&](const SharedResult& result) { return d::unmet_pledge(dossier, result); });
    case Guard::sharing_stated:
      return d::of_row(dossier.results, number, [](const SharedResult& result) -> std::optional<Unmet> {
        if (result.terms == SharingTerms::paid && result.terms_note.empty()) {
          return Unmet{{"有偿使用没有说明", "its use is paid, but what is to be paid is not said"},
                       {"在共享条件说明中写明价格或计价方式", "say the price, or how it is set, in the note on terms"}};
        }
        if (result.level != SharingLevel::directed || !result.directed_to.empty()) return std::nullopt;
        return Unmet{{"定向共享没有写明对象", "it is directed, but to whom is not said"},
                     {"写明贡献方同意的单位", "name the units that the contributor consented to"}};
      });
    case Guard::shared_result:
      return d::of_row(dossier.licences, number,
                       [&](const Licence& licence) { return d::unmet_shared_result(dossier, licence); });
    case Guard::no_conflict:
      return d::of_row(dossier.licences, number, [&](const Licence& licence) -> std::optional<Unmet> {
        if (auto missing = d::unmet_exclusiveness(dossier, licence)) return missing;
        return d::unmet_conflict(dossier, licence);
      });
    case Guard::period_over:
      return d::of_row(dossier.licences, number, [&](const Licence& licence) -> std::optional<Unmet> {
        if (!licence.end.empty() && d::days_of(licence).last < on) return std::nullopt;
        return Unmet{{"许可期限未满", "the licence has not come to its last day"},
                     {"期满后办理，或按终止办理", "wait for its end, or terminate it"}};
      });
    case Guard::one_lead:
      return d::unmet_lead(dossier, on);
    case Guard::application: {
      const Change* change = d::find_change(dossier.changes, number);
      return change == nullptr ? std::optional<Unmet>(d::no_such(number)) : d::unmet_application(*change);
    }
  }
  return std::nullopt;
}

}  // namespace v1
}  // namespace chainqual
