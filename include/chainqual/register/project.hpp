#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chainqual/core/decimal.hpp"
#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// The five kinds of breakthrough project (5.5).
enum class ProjectKind : std::uint8_t { design, supply_chain, production, service, infrastructure };

enum class ProjectStatus : std::uint8_t {
  proposed,
  approved,
  running,
  mid_term_check,
  rectification,
  acceptance_applied,
  accepted,
  refused,
  archived
};

template <>
struct Names<ProjectKind> {
  static constexpr std::array<Name<ProjectKind>, 5> table{{
      {ProjectKind::design, "design", "设计开发质量", "design and development quality"},
      {ProjectKind::supply_chain, "supply_chain", "供应链质量管控", "supply-chain quality control"},
      {ProjectKind::production, "production", "生产敏捷精益", "production agility and leanness"},
      {ProjectKind::service, "service", "服务质量", "service quality"},
      {ProjectKind::infrastructure, "infrastructure", "质量基础设施", "quality infrastructure"},
  }};
};

template <>
struct Names<ProjectStatus> {
  static constexpr std::array<Name<ProjectStatus>, 9> table{{
      {ProjectStatus::proposed, "proposed", "已提出", "proposed"},
      {ProjectStatus::approved, "approved", "已立项", "approved"},
      {ProjectStatus::running, "running", "实施中", "running"},
      {ProjectStatus::mid_term_check, "mid_term_check", "中期检查", "mid-term check"},
      {ProjectStatus::rectification, "rectification", "整改中", "in rectification"},
      {ProjectStatus::acceptance_applied, "acceptance_applied", "申请验收", "acceptance applied for"},
      {ProjectStatus::accepted, "accepted", "已验收", "accepted"},
      {ProjectStatus::refused, "refused", "未通过验收", "refused"},
      {ProjectStatus::archived, "archived", "已归档", "archived"},
  }};
};

/// A breakthrough project (appendices E and F); a row of `projects.csv`.
struct Project {
  std::string number;
  std::string name;
  std::string name_en;
  ProjectKind kind = ProjectKind::design;
  std::vector<std::string> problems;  ///< numbers of the problems it is to solve
  std::string problem_text;           ///< the problem as the project states it, in our words
  std::string problem_text_en;
  std::string lead;
  std::vector<std::string> participants;
  std::string start;  ///< ISO 8601, or empty
  std::string end;
  std::string content;
  std::string route;      ///< technical route
  std::string resources;  ///< people, equipment, data and else that it needs
  std::string expected;   ///< expected results, in our words
  std::string expected_en;
  std::optional<Decimal> budget;  ///< 10 000 yuan
  ProjectStatus status = ProjectStatus::proposed;
  std::string source;
  friend bool operator==(const Project&, const Project&) = default;
};

/// What one unit does in a project (appendix F, section 4); a row of `partners.csv`. The project itself says who leads
/// and who takes part; these rows say who answers for a unit's share of the work, and what that is.
struct ProjectPartner {
  std::string project;
  std::string unit;       ///< as the project names it: id, name or credit code
  std::string principal;  ///< the person in charge there
  std::string tasks;      ///< its main tasks
  friend bool operator==(const ProjectPartner&, const ProjectPartner&) = default;
};

/// A step of a project's schedule; a row of `milestones.csv`.
struct Milestone {
  std::string project;
  std::string number;
  std::string name;
  std::string name_en;
  std::string due;   ///< ISO 8601
  std::string done;  ///< ISO 8601, empty while open
  std::string note;
  friend bool operator==(const Milestone&, const Milestone&) = default;
};

enum class Direction : std::uint8_t { higher_is_better, lower_is_better };

template <>
struct Names<Direction> {
  static constexpr std::array<Name<Direction>, 2> table{{
      {Direction::higher_is_better, "higher", "越高越好", "higher is better"},
      {Direction::lower_is_better, "lower", "越低越好", "lower is better"},
  }};
};

/// A measured aim of the chain or of one project (table K.1, task book targets); a row of `indicators.csv`.
struct IndicatorRow {
  std::string project;  ///< number of the project whose target it is; empty: the chain's
  std::string name;
  std::string name_en;
  std::string category;  ///< quality, innovation, coordination, economic, social, organisation
  std::string unit;
  Direction direction = Direction::higher_is_better;
  std::optional<Decimal> baseline;
  std::optional<Decimal> target;
  std::optional<Decimal> value;
  std::string period;
  std::string evidence;  ///< document, visit, expert review
  std::string source;
  std::vector<std::string> steps;  ///< of a qualitative one, each reviewer's own: "reviewer=4"; steps are 1 … 5
  std::string date;                ///< ISO 8601: when it was measured or judged
  std::string action;              ///< what is to be done where it falls short
  std::string owner;               ///< who does it
  std::string due;                 ///< ISO 8601
  friend bool operator==(const IndicatorRow&, const IndicatorRow&) = default;
};

}  // namespace v1
}  // namespace chainqual
