#pragma once

#include <array>
#include <optional>
#include <string>

#include "chainqual/core/decimal.hpp"
#include "chainqual/core/text.hpp"

// What a project gathers while it runs (5.5.4, 5.5.5): one struct a table.

namespace chainqual {
inline namespace v1 {

/// What may change only on an approved application (5.5.4 c).
enum class ChangeKind : std::uint8_t { goal, content, leader, period, end };

template <>
struct Names<ChangeKind> {
  static constexpr std::array<Name<ChangeKind>, 5> table{{
      {ChangeKind::goal, "goal", "目标变更", "goal", "目标"},
      {ChangeKind::content, "content", "内容变更", "content", "内容"},
      {ChangeKind::leader, "leader", "负责人变更", "leader", "负责人|牵头单位变更"},
      {ChangeKind::period, "period", "周期变更", "period", "周期"},
      {ChangeKind::end, "end", "终止项目", "end of the project", "终止"},
  }};
};

/// How far an application to change a project has come. An approved one lets the project be changed until it is carried
/// out.
enum class Decision : std::uint8_t { pending, approved, refused, carried_out };

template <>
struct Names<Decision> {
  static constexpr std::array<Name<Decision>, 4> table{{
      {Decision::pending, "pending", "待审批", "pending", "待定"},
      {Decision::approved, "approved", "已批准", "approved", "批准|同意|通过"},
      {Decision::refused, "refused", "未批准", "refused", "不批准|不同意"},
      {Decision::carried_out, "carried_out", "已落实", "carried out", "已执行"},
  }};
};

/// An application to change a project; a row of `changes.csv`.
struct Change {
  std::string project;
  std::string number;
  ChangeKind kind = ChangeKind::goal;
  std::string before;
  std::string after;
  std::string reason;
  std::string applied;  ///< ISO 8601
  std::string by;
  Decision decision = Decision::pending;
  std::string decided;  ///< ISO 8601, empty while pending
  std::string decided_by;
  friend bool operator==(const Change&, const Change&) = default;
};

/// A danger to a project that its group reports (5.5.4 d); a row of `risks.csv`.
struct ProjectRisk {
  std::string project;
  std::string number;
  std::string raised;  ///< ISO 8601
  std::string description;
  bool grave = false;  ///< may make the project fail
  std::string measure;
  std::string closed;  ///< ISO 8601, empty while open
  friend bool operator==(const ProjectRisk&, const ProjectRisk&) = default;
};

/// A report of progress (5.5.4 a); a row of `reports.csv`.
struct ProgressReport {
  std::string project;
  std::string date;                   ///< ISO 8601
  std::optional<Decimal> done_share;  ///< of the work, 0 … 1
  std::optional<Decimal> spent;       ///< 10 000 yuan since the start
  std::string text;
  std::string by;
  friend bool operator==(const ProgressReport&, const ProgressReport&) = default;
};

/// A paper of a project: task book, acceptance papers, archive (5.5.3, 5.5.5); a row of `documents.csv`.
enum class DocumentKind : std::uint8_t { task_book, acceptance, result, summary, other };

template <>
struct Names<DocumentKind> {
  static constexpr std::array<Name<DocumentKind>, 5> table{{
      {DocumentKind::task_book, "task_book", "任务书", "task book"},
      {DocumentKind::acceptance, "acceptance", "验收申请材料", "application for acceptance", "验收材料"},
      {DocumentKind::result, "result", "技术成果", "technical results"},
      {DocumentKind::summary, "summary", "总结报告", "summary report"},
      {DocumentKind::other, "other", "其他", "other"},
  }};
};

struct ProjectDocument {
  std::string project;
  DocumentKind kind = DocumentKind::other;
  std::string name;
  std::string date;   ///< ISO 8601: when it was handed in
  std::string place;  ///< where it is kept
  friend bool operator==(const ProjectDocument&, const ProjectDocument&) = default;
};

}  // namespace v1
}  // namespace chainqual
