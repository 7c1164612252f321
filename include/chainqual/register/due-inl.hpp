#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "chainqual/register/guards.hpp"

namespace chainqual {
inline namespace v1 {
namespace register_detail {

/// A day that may be left out.
inline std::optional<Date> day(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return date_from(text, "登记的日期", "A day in the registers");
}

inline std::optional<Date> last_day(const std::string& text) {
  if (!day(text)) return std::nullopt;
  return Date::parse_last(text);
}

inline void keep_later(std::optional<Date>& latest, std::optional<Date> other) {
  if (other && (!latest || *latest < *other)) latest = other;
}

class DueList {
 public:
  DueList(Date today, int ahead) : today_(today), horizon_(today.plus_days(ahead)) {}

  void add(DueKind kind, std::string number, Date due, Text what) {
    if (due > horizon_) return;
    items_.push_back({kind, std::move(number), due, today_.days_since(due), std::move(what)});
  }

  [[nodiscard]] std::vector<DueItem> sorted() && {
    std::stable_sort(items_.begin(), items_.end(), [](const DueItem& a, const DueItem& b) {
      return std::tuple(a.due, a.kind) < std::tuple(b.due, b.kind);
    });
    return std::move(items_);
  }

 private:
  Date today_;
  Date horizon_;
  std::vector<DueItem> items_;
};

/// The first day that the registers tell of: of a step, a problem, a member that entered.
inline std::optional<Date> first_day(const Dossier& dossier) {
  std::optional<Date> first;
  const auto keep_earlier = [&](const std::string& text) {
    const auto date = day(text);
    if (date && (!first || *date < *first)) first = date;
  };
  for (const StepRecord& row : dossier.history) keep_earlier(row.date);
  for (const Problem& problem : dossier.problems) keep_earlier(problem.date);
  for (const Member& member : dossier.members) keep_earlier(member.entered);
  return first;
}

inline std::optional<Date> last_review(const Dossier& dossier, ReviewSubject subject) {
  std::optional<Date> last;
  for (const Review& review : dossier.reviews) {
    if (review.subject == subject) keep_later(last, day(review.date));
  }
  return last ? last : day(dossier.info.date);
}

inline void reviews_due(const Dossier& dossier, const DueOptions& options, DueList& list) {
  for (const auto& subject : Names<ReviewSubject>::table) {
    if (subject.value == ReviewSubject::results_library && dossier.results.empty()) continue;
    if (subject.value == ReviewSubject::consortium && !dossier.consortium) continue;
    if (const auto last = last_review(dossier, subject.value)) {
      list.add(DueKind::review, std::string(subject.key), last->plus_months(dossier.info.review_cycle_months),
               {"评审" + std::string(subject.zh) + "，上次 " + last->to_string(),
                "review of the " + std::string(subject.en) + ", last " + last->to_string()});
      continue;
    }
    const auto begun = options.begun ? options.begun : first_day(dossier);
    if (!begun) continue;  // nothing is entered
    list.add(DueKind::review, std::string(subject.key), begun->plus_months(dossier.info.review_cycle_months),
             {"评审" + std::string(subject.zh) + "，尚未评审过，自 " + begun->to_string() + " 起计",
              "review of the " + std::string(subject.en) + ", never held, counted from " + begun->to_string()});
  }
  const auto drawn = last_review(dossier, ReviewSubject::map);
  for (const ChainEvent& event : dossier.events) {
    const auto happened = day(event.date);
    if (!event.trigger || !happened || (drawn && *happened <= *drawn)) continue;
    list.add(DueKind::map_trigger, event.number, *happened,
             {"事件" + quoted(event.name, Language::zh) + "之后图谱未更新",
              "the map was not drawn anew after " + quoted(event.name, Language::en)});
  }
}

inline std::optional<Date> last_report(const Dossier& dossier, const Project& project) {
  std::optional<Date> last = day(project.start);
  for (const ProgressReport& report : dossier.reports) {
    if (report.project == project.number) keep_later(last, day(report.date));
  }
  return last;
}

inline void projects_due(const Dossier& dossier, const DueOptions& options, DueList& list) {
  for (const Project& project : dossier.projects) {
    if (!is_running(project.status)) continue;
    if (const auto last = last_report(dossier, project)) {
      list.add(DueKind::progress_report, project.number,
               last->plus_months(options.report_months.value_or(dossier.info.report_cycle_months)),
               {"填报" + quoted(project.name, Language::zh) + "的进度，上次 " + last->to_string(),
                "report on " + quoted(project.name, Language::en) + ", last " + last->to_string()});
    }
    if (const auto end = last_day(project.end); end && project.status != ProjectStatus::acceptance_applied) {
      list.add(DueKind::project_end, project.number, *end,
               {quoted(project.name, Language::zh) + "到期，应申请验收",
                quoted(project.name, Language::en) + " ends: apply for acceptance"});
    }
  }
  for (const Milestone& milestone : dossier.milestones) {
    const Project* project = find_row(dossier.projects, milestone.project);
    const auto due = last_day(milestone.due);
    if (project == nullptr || !is_running(project->status) || !due || !milestone.done.empty()) continue;
    list.add(DueKind::milestone, milestone.project, *due,
             {"里程碑" + quoted(milestone.name, Language::zh), "milestone " + quoted(milestone.name, Language::en)});
  }
}

inline void confirmations_due(const Dossier& dossier, Date today, DueList& list) {
  for (const Problem& problem : dossier.problems) {
    if (problem.status != ProblemStatus::in_breakthrough) continue;
    for (const Project& project : dossier.projects) {
      if (!lists(project.problems, problem.number) || !was_accepted(dossier, project)) continue;
      Date accepted = today;
      const auto stands = standing(dossier.history);
      for (std::size_t k = 0; k < stands.size(); ++k) {
        const StepRecord& row = dossier.history[k];
        const bool that = stands[k] && row.table == Lifecycle<ProjectStatus>::key && row.number == project.number &&
                          row.to == key_of(ProjectStatus::accepted);
        if (that) accepted = day(row.date).value_or(today);
      }
      list.add(DueKind::confirmation, problem.number, accepted,
               {"项目" + quoted(project.name, Language::zh) + "已验收，待确认问题解决",
                "project " + quoted(project.name, Language::en) + " is accepted: confirm that the problem is solved"});
      break;
    }
  }
}

}  // namespace register_detail

inline std::vector<DueItem> due_items(const Dossier& dossier, Date today, const DueOptions& options) {
  if (options.report_months.value_or(dossier.info.report_cycle_months) < 1 || dossier.info.review_cycle_months < 1) {
    throw Error(ErrorCode::invalid_argument,
                {"填报周期和评审周期至少为 1 个月。请更正周期。",
                 "Cycles of reports and reviews are one month at least. Correct the cycle."});
  }
  register_detail::DueList list(today, options.ahead_days);
  register_detail::reviews_due(dossier, options, list);
  register_detail::projects_due(dossier, options, list);
  register_detail::confirmations_due(dossier, today, list);
  for (const Licence& licence : dossier.licences) {
    const auto end = register_detail::last_day(licence.end);
    if (licence.status != LicenceStatus::in_force || !end) continue;
    list.add(DueKind::licence_end, licence.number, end->plus_days(1),
             {"许可协议" + register_detail::quoted(licence.number, Language::zh) + "到期",
              "licence " + register_detail::quoted(licence.number, Language::en) + " has come to its end"});
  }
  return std::move(list).sorted();
}

}  // namespace v1
}  // namespace chainqual
