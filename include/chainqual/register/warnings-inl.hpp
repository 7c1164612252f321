#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "chainqual/core/decimal.hpp"

namespace chainqual {
inline namespace v1 {
namespace register_detail {

class WarningList {
 public:
  WarningList(const Dossier& dossier, Date today) : dossier_(dossier), today_(today) {}

  void look_at(const Project& project) {
    slipped(project);
    targets(project);
    members(project);
    events(project);
    risks(project);
    if (const auto end = last_day(project.end);
        end && *end < today_ && project.status != ProjectStatus::acceptance_applied) {
      add(WarningKind::period_over, project, end->plus_days(1),
          {"项目周期已过，尚未申请验收", "its period is over and acceptance is not applied for"});
    }
  }

  std::vector<ProjectWarning> warnings;

 private:
  void add(WarningKind kind, const Project& project, Date since, Text what) {
    warnings.push_back({kind, project.number, since, std::move(what)});
  }

  void slipped(const Project& project) {
    for (const Milestone& milestone : dossier_.milestones) {
      const auto due = last_day(milestone.due);
      if (milestone.project != project.number || !milestone.done.empty() || !due || *due >= today_) continue;
      add(WarningKind::milestone_slipped, project, due->plus_days(1),
          {quoted(milestone.name, Language::zh) + "应于 " + milestone.due + " 完成",
           quoted(milestone.name, Language::en) + " was due by " + milestone.due});
    }
  }

  void targets(const Project& project) {
    const auto start = day(project.start);
    const auto end = last_day(project.end);
    if (!start || !end || *end <= *start || today_ <= *start) return;
    const int whole = end->days_since(*start);
    const int passed = std::min(whole, today_.days_since(*start));
    if (2 * passed < whole) return;
    for (const IndicatorRow& row : dossier_.indicators) {
      if (row.project != project.number || !row.baseline || !row.target || !row.value) continue;
      const Rational way = row.target->to_rational() - row.baseline->to_rational();
      if (way == Rational(0)) continue;
      const Rational gone = (row.value->to_rational() - row.baseline->to_rational()) / way;
      if (gone * Rational(2 * whole) >= Rational(passed)) continue;
      add(WarningKind::target_unlikely, project, today_,
          {quoted(row.name, Language::zh) + "从 " + row.baseline->to_string() + " 到 " + row.target->to_string() +
               "，现为 " + row.value->to_string() + "，周期已过 " + std::to_string(100 * passed / whole) + "%",
           quoted(row.name_en.empty() ? row.name : row.name_en, Language::en) + " is to go from " +
               row.baseline->to_string() + " to " + row.target->to_string() + " and stands at " +
               row.value->to_string() + " after " + std::to_string(100 * passed / whole) + "% of the period"});
    }
  }

  void members(const Project& project) {
    std::vector<std::string> units{project.lead};
    units.insert(units.end(), project.participants.begin(), project.participants.end());
    for (const std::string& unit : units) {
      if (member_on(dossier_, unit, today_) != nullptr) continue;
      std::optional<Date> left;
      for (const Member& member : dossier_.members) {
        if (is_called(member, unit)) keep_later(left, day(member.left));
      }
      if (!left || *left > today_) continue;
      add(WarningKind::member_left, project, *left,
          {quoted(unit, Language::zh) + "已退出联合体", quoted(unit, Language::en) + " has left the consortium"});
    }
  }

  /// Whether an event names the project, a unit of it, or a place where one of its problems sits.
  [[nodiscard]] bool touches(const ChainEvent& event, const Project& project) const {
    if (lists(event.projects, project.number)) return true;
    const auto works = [&](const std::string& enterprise) {
      return same_unit(dossier_, enterprise, project.lead) ||
             std::any_of(project.participants.begin(), project.participants.end(),
                         [&](const std::string& unit) { return same_unit(dossier_, enterprise, unit); });
    };
    if (std::any_of(event.enterprises.begin(), event.enterprises.end(), works)) return true;
    return std::any_of(project.problems.begin(), project.problems.end(), [&](const std::string& number) {
      const Problem* problem = find_row(dossier_.problems, number);
      return problem != nullptr && at_problem(event, *problem);
    });
  }

  /// A problem that names enterprises sits at them (and in the segments that it names, else in theirs); one that names
  /// segments alone, at all their enterprises; one that names neither, in its whole stage.
  [[nodiscard]] bool at_problem(const ChainEvent& event, const Problem& problem) const {
    const Chain& chain = dossier_.chain;
    const auto segments_of = [&](const std::string& id) {
      const auto found = chain.find(id);
      return found ? chain.enterprise(*found).segments : std::vector<std::string>();
    };
    const auto in_segment = [&](const std::string& id) {
      if (!problem.segments.empty()) return lists(problem.segments, id);
      if (!problem.enterprises.empty()) {
        return std::any_of(problem.enterprises.begin(), problem.enterprises.end(),
                           [&](const std::string& enterprise) { return lists(segments_of(enterprise), id); });
      }
      const auto segment = chain.find_segment(id);
      return segment && chain.segment(*segment).stage == problem.stage;
    };
    const auto at_enterprise = [&](const std::string& id) {
      if (!problem.enterprises.empty()) return lists(problem.enterprises, id);
      const auto found = chain.find(id);
      if (!found) return false;
      if (problem.segments.empty()) return chain.enterprise(*found).stage == problem.stage;
      const auto segments = segments_of(id);
      return std::any_of(segments.begin(), segments.end(), in_segment);
    };
    return std::any_of(event.segments.begin(), event.segments.end(), in_segment) ||
           std::any_of(event.enterprises.begin(), event.enterprises.end(), at_enterprise);
  }

  void events(const Project& project) {
    const auto since = last_report(dossier_, project);
    for (const ChainEvent& event : dossier_.events) {
      const auto happened = day(event.date);
      if (!happened || *happened > today_ || (since && *happened < *since) || !touches(event, project)) continue;
      add(WarningKind::event, project, *happened,
          {std::string(label_of(event.dimension, Language::zh)) + "：" + shown_value(event.name),
           std::string(label_of(event.dimension, Language::en)) + ": " + shown_value(event.name)});
    }
  }

  void risks(const Project& project) {
    for (const ProjectRisk& risk : dossier_.risks) {
      if (risk.project != project.number || !risk.grave || !risk.closed.empty()) continue;
      const std::string words = shown_value(risk.description);
      add(WarningKind::grave_risk, project, day(risk.raised).value_or(today_), {words, words});
    }
  }

  const Dossier& dossier_;
  Date today_;
};

}  // namespace register_detail

inline std::vector<ProjectWarning> project_warnings(const Dossier& dossier, Date today) {
  register_detail::WarningList list(dossier, today);
  for (const Project& project : dossier.projects) {
    if (!register_detail::is_running(project.status)) continue;
    const std::size_t first = list.warnings.size();
    list.look_at(project);
    std::stable_sort(list.warnings.begin() + static_cast<std::ptrdiff_t>(first), list.warnings.end(),
                     [](const ProjectWarning& a, const ProjectWarning& b) { return a.kind < b.kind; });
  }
  return std::move(list.warnings);
}

}  // namespace v1
}  // namespace chainqual
