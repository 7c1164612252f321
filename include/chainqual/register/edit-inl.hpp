#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "chainqual/register/guards.hpp"

namespace chainqual {
inline namespace v1 {
namespace register_detail {

inline std::string word_of(const std::string& text) {
  return text;
}
inline std::string word_of(bool yes) {
  return yes ? "true" : "false";
}
inline std::string word_of(const std::optional<Decimal>& number) {
  return number ? number->to_string() : std::string();
}
inline std::string word_of(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ";") + word;
  return all;
}
template <class Word>
requires std::is_enum_v<Word> std::string word_of(Word word) {
  return std::string(key_of(word));
}

inline Finding edit_finding(std::string_view table, std::string_view column, const std::string& value, Text rule,
                            Text fix) {
  return {FindingLevel::error, ErrorCode::illegal_step, {std::string(table), 0, 0, std::string(column), 0},
          shown_value(value),  std::move(rule),         std::move(fix)};
}

/// Compares what a record was and is to be, field by field.
class Kept {
 public:
  explicit Kept(std::string_view table) : table_(table) {}

  void refuse(std::string_view column, const std::string& value, Text rule, Text fix) {
    findings.add(edit_finding(table_, column, value, std::move(rule), std::move(fix)));
  }
  template <class Value>
  void same(std::string_view column, const Value& before, const Value& after, const Text& rule, const Text& fix) {
    if (before != after) refuse(column, word_of(after), rule, fix);
  }

  Findings findings;

 protected:
  std::string_view table_;
};

/// What may change of a project and of what hangs on it.
class ProjectEdit : public Kept {
 public:
  /// Whether the value that a field becomes must stand in the application.
  enum class Tie { none, value };

  ProjectEdit(std::string_view table, const Dossier& dossier, std::string_view project)
      : Kept(table), dossier_(dossier), project_(find_row(dossier.projects, project)) {
    if (project_ == nullptr) return;
    status_ = project_->status;
    taken_over_ = status_ != ProjectStatus::proposed &&
                  last_step(dossier.history, Lifecycle<ProjectStatus>::key, project) == nullptr;
  }

  [[nodiscard]] bool archived() const noexcept { return status_ == ProjectStatus::archived; }
  [[nodiscard]] bool taken_over() const noexcept { return taken_over_; }

  template <class Value>
  void asks(ChangeKind kind, std::string_view column, const Value& before, const Value& after, Tie tie = Tie::none) {
    if (before == after) return;
    if (taken_over_ && !archived() && word_of(before).empty()) return;
    asks(kind, column, word_of(after), tie);
  }

  /// Something of the project becomes `value`.
  void asks(ChangeKind kind, std::string_view column, const std::string& value, Tie tie) {
    if (status_ == ProjectStatus::proposed) return;
    if (status_ == ProjectStatus::accepted || archived()) {
      const auto status = [&](Language language) { return std::string(label_of(status_, language)); };
      refuse(column, value,
             {"项目" + status(Language::zh) + "，内容不能再改",
              "the project is " + status(Language::en) + ", so its contents stay as they are"},
             {"保持原样", "leave it as it is"});
      return;
    }
    const Change* approved = nullptr;
    for (const Change& change : dossier_.changes) {
      if (change.project != project_->number || change.kind != kind || change.decision != Decision::approved) continue;
      approved = &change;
      if (tie == Tie::none || (!value.empty() && change.after.find(value) != std::string::npos)) return;
    }
    const std::string zh(label_of(kind, Language::zh));
    const std::string en(label_of(kind, Language::en));
    if (approved != nullptr) {
      refuse(column, value,
             {"已批准的申请" + quoted(approved->number, Language::zh) + "中变更后内容没有写明" +
                  quoted(value, Language::zh),
              "the approved application " + quoted(approved->number, Language::en) + " does not name " +
                  quoted(value, Language::en) + " in what it is to become (after)"},
             {"照批准的内容改，或另行申请", "make the change that was approved, or apply for another"});
      return;
    }
    refuse(column, value,
           {"立项后的" + zh + "须有已批准的申请",
            "once a project is approved, a change of this kind (" + en + ") needs an approved application"},
           {"先登记" + quoted(zh, Language::zh) + "申请并批准，再修改",
            "enter an application (changes, kind=" + std::string(key_of(kind)) +
                "), have it approved by a step, then make the change"});
  }

  /// Free until the project is archived.
  template <class Value>
  void until_archived(std::string_view column, const Value& before, const Value& after) {
    if (archived()) {
      same(column, before, after, {"项目已归档，不能再改", "the project is archived: nothing of it changes"},
           {"保持原样", "leave it as it is"});
    }
  }

 private:
  const Dossier& dossier_;
  const Project* project_;
  ProjectStatus status_ = ProjectStatus::proposed;
  bool taken_over_ = false;
};

/// A row that hangs on a project is added or taken out.
inline void row_asks(ProjectEdit& edit, ChangeKind kind, std::string_view column, const std::string& value,
                     bool added) {
  if (added && edit.taken_over() && !edit.archived()) return;
  edit.asks(kind, column, value, ProjectEdit::Tie::none);
}

inline Findings kept_until_withdrawn(const SharedResult& before, const SharedResult& after) {
  Kept kept("results");
  const Text rule{"成果在库共享期间，这一项不能改", "it stays as it is while the result is shared"};
  const Text fix{"先下架，由贡献方重新提交并审核",
                 "withdraw the result; let the contributor submit it again, for review"};
  kept.same("project", before.project, after.project, rule, fix);
  kept.same("contributor", before.contributor, after.contributor, rule, fix);
  kept.same("owner", before.owner, after.owner, rule, fix);
  kept.same("level", before.level, after.level, rule, fix);
  kept.same("terms", before.terms, after.terms, rule, fix);
  if (!before.terms_note.empty()) kept.same("terms_note", before.terms_note, after.terms_note, rule, fix);
  kept.same("directed_to", before.directed_to, after.directed_to, rule, fix);
  kept.same("pledged", before.pledged, after.pledged, rule, fix);
  return std::move(kept.findings);
}

}  // namespace register_detail

inline Findings against_edit(const Dossier& dossier, const Project* before, const Project* after) {
  namespace d = register_detail;
  if (before == nullptr) return Findings();
  d::ProjectEdit edit("projects", dossier, before->number);
  if (after == nullptr) {
    if (before->status != ProjectStatus::proposed) {
      edit.refuse("number", before->number, {"已立项的项目不能删除", "a project that is approved is not taken out"},
                  {"通过办理步骤结束它", "end it by a step"});
    }
    return std::move(edit.findings);
  }
  using Tie = d::ProjectEdit::Tie;
  edit.asks(ChangeKind::content, "name", before->name, after->name);
  edit.asks(ChangeKind::content, "kind", before->kind, after->kind);
  edit.asks(ChangeKind::goal, "problems", before->problems, after->problems);
  edit.asks(ChangeKind::content, "problem_text", before->problem_text, after->problem_text);
  edit.asks(ChangeKind::leader, "lead", before->lead, after->lead, Tie::value);
  edit.asks(ChangeKind::content, "participants", before->participants, after->participants);
  edit.asks(ChangeKind::period, "start", before->start, after->start, Tie::value);
  edit.asks(ChangeKind::period, "end", before->end, after->end, Tie::value);
  edit.asks(ChangeKind::content, "content", before->content, after->content);
  edit.asks(ChangeKind::content, "route", before->route, after->route);
  edit.asks(ChangeKind::content, "resources", before->resources, after->resources);
  edit.asks(ChangeKind::goal, "expected", before->expected, after->expected);
  edit.asks(ChangeKind::goal, "expected_en", before->expected_en, after->expected_en);
  edit.asks(ChangeKind::content, "budget", before->budget, after->budget);
  edit.until_archived("name_en", before->name_en, after->name_en);
  edit.until_archived("problem_text_en", before->problem_text_en, after->problem_text_en);
  edit.until_archived("source", before->source, after->source);
  return std::move(edit.findings);
}

inline Findings against_edit(const Dossier& dossier, const Milestone* before, const Milestone* after) {
  namespace d = register_detail;
  d::ProjectEdit edit("milestones", dossier, before != nullptr ? before->project : after->project);
  if (before == nullptr || after == nullptr) {
    const Milestone& row = before != nullptr ? *before : *after;
    d::row_asks(edit, ChangeKind::content, "number", row.number, before == nullptr);
    return std::move(edit.findings);
  }
  edit.asks(ChangeKind::content, "name", before->name, after->name);
  edit.asks(ChangeKind::period, "due", before->due, after->due, d::ProjectEdit::Tie::value);
  edit.until_archived("name_en", before->name_en, after->name_en);
  edit.until_archived("done", before->done, after->done);
  edit.until_archived("note", before->note, after->note);
  return std::move(edit.findings);
}

inline Findings against_edit(const Dossier& dossier, const ProjectPartner* before, const ProjectPartner* after) {
  namespace d = register_detail;
  if (before != nullptr && after != nullptr && before->project != after->project) {
    Findings both = against_edit(dossier, before, nullptr);
    both.add(against_edit(dossier, static_cast<const ProjectPartner*>(nullptr), after));
    return both;
  }
  const ProjectPartner& row = before != nullptr ? *before : *after;
  d::ProjectEdit edit("partners", dossier, row.project);
  if (before == nullptr || after == nullptr) {
    d::row_asks(edit, ChangeKind::content, "unit", row.unit, before == nullptr);
    return std::move(edit.findings);
  }
  edit.asks(ChangeKind::content, "unit", before->unit, after->unit);
  edit.asks(ChangeKind::leader, "principal", before->principal, after->principal, d::ProjectEdit::Tie::value);
  edit.asks(ChangeKind::content, "tasks", before->tasks, after->tasks);
  return std::move(edit.findings);
}

inline Findings against_edit(const Dossier& dossier, const IndicatorRow* before, const IndicatorRow* after) {
  namespace d = register_detail;
  if (before != nullptr && after != nullptr && before->project != after->project) {
    Findings both = against_edit(dossier, before, nullptr);
    both.add(against_edit(dossier, static_cast<const IndicatorRow*>(nullptr), after));
    return both;
  }
  const IndicatorRow& row = before != nullptr ? *before : *after;
  if (row.project.empty()) return Findings();  // the chain's own
  d::ProjectEdit edit("indicators", dossier, row.project);
  if (before == nullptr || after == nullptr) {
    d::row_asks(edit, ChangeKind::goal, "name", row.name, before == nullptr);
    return std::move(edit.findings);
  }
  edit.asks(ChangeKind::goal, "name", before->name, after->name);
  edit.asks(ChangeKind::goal, "unit", before->unit, after->unit);
  edit.asks(ChangeKind::goal, "direction", before->direction, after->direction);
  edit.asks(ChangeKind::goal, "baseline", before->baseline, after->baseline);
  edit.asks(ChangeKind::goal, "target", before->target, after->target);
  return std::move(edit.findings);  // what is measured may always be entered
}

inline Findings against_edit(const Dossier& dossier, const Change* before, const Change* after) {
  namespace d = register_detail;
  d::Kept kept("changes");
  if (before != nullptr && before->decision != Decision::pending) {
    if (after != nullptr && *after == *before) return Findings();
    kept.refuse("decision", std::string(key_of(before->decision)),
                {"已审批的变更申请保持原样", "an application that was decided stays as it was decided"},
                {"另行登记新的申请", "enter a new application"});
    return std::move(kept.findings);
  }
  if (after == nullptr) return Findings();
  const Text by_step{"审批结果由办理步骤写入", "the decision is written by a step"};
  const Text take{"先登记为待审批，再用步骤审批", "enter it as pending, then decide it by a step"};
  kept.same("decision", Decision::pending, after->decision, by_step, take);
  kept.same("decided", std::string(), after->decided, by_step, take);
  kept.same("decided_by", std::string(), after->decided_by, by_step, take);
  if (before != nullptr) {
    const Text named{"申请的项目和编号不能更改", "an application keeps its project and number"};
    const Text anew{"登记错的可删除后重新登记", "a wrong one is removed and entered anew"};
    kept.same("project", before->project, after->project, named, anew);
    kept.same("number", before->number, after->number, named, anew);
    return std::move(kept.findings);
  }
  if (after->number.empty()) {
    kept.refuse("number", {}, {"变更申请要有编号", "an application for change has a number"},
                {"写明编号", "give it a number"});
  } else if (d::find_change(dossier.changes, key_of_change(*after)) != nullptr) {
    kept.refuse("number", after->number,
                {"该项目已有同一编号的变更申请", "the project has an application of that number"},
                {"更改编号", "choose another number"});
  }
  const Project* project = d::find_row(dossier.projects, after->project);
  if (project != nullptr &&
      (project->status == ProjectStatus::accepted || project->status == ProjectStatus::archived)) {
    kept.refuse("project", after->project, {"项目已验收或归档，不能再变更", "the project is over and changes no more"},
                {"核对项目编号", "check the project's number"});
  }
  return std::move(kept.findings);
}

inline Findings against_edit(const Dossier&, const Licence* before, const Licence* after) {
  namespace d = register_detail;
  if (before == nullptr || before->status == LicenceStatus::drafted) return Findings();
  d::Kept kept("licences");
  const Text rule{"协议签订后保持原样", "a licence that was signed stays as it was signed"};
  const Text fix{"终止该协议，另签新的协议", "terminate it and sign another"};
  if (after == nullptr) {
    kept.refuse("number", before->number, rule, fix);
    return std::move(kept.findings);
  }
  kept.same("result", before->result, after->result, rule, fix);
  kept.same("licensor", before->licensor, after->licensor, rule, fix);
  kept.same("licensee", before->licensee, after->licensee, rule, fix);
  kept.same("kind", before->kind, after->kind, rule, fix);
  kept.same("territory", before->territory, after->territory, rule, fix);
  kept.same("field", before->field, after->field, rule, fix);
  kept.same("start", before->start, after->start, rule, fix);
  kept.same("end", before->end, after->end, rule, fix);
  kept.same("fee", before->fee, after->fee, rule, fix);
  const auto text = [&](std::string_view column, const std::string& was, const std::string& is) {
    if (!was.empty()) kept.same(column, was, is, rule, fix);  // blanks are filled in from the signed paper
  };
  text("payment", before->payment, after->payment);
  text("duties", before->duties, after->duties);
  text("breach", before->breach, after->breach);
  text("disputes", before->disputes, after->disputes);
  return std::move(kept.findings);
}

inline Findings against_edit(const Dossier&, const SharedResult* before, const SharedResult* after) {
  namespace d = register_detail;
  if (before == nullptr || before->status != ResultStatus::shared) return Findings();
  if (after != nullptr) return d::kept_until_withdrawn(*before, *after);
  d::Kept kept("results");
  kept.refuse("number", before->number, {"在库共享的成果不能删除", "a shared result is not taken out"},
              {"先下架", "withdraw it"});
  return std::move(kept.findings);
}

}  // namespace v1
}  // namespace chainqual
