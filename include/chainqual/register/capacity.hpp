#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chainqual/register/guards.hpp"
#include "chainqual/register/roster.hpp"

namespace chainqual {
inline namespace v1 {

/// @{ The units that may act in a capacity for one record, as the registers name them. Empty: the registers do not say
/// (offices and experts are no units of theirs, and a record may leave its parties out).
///
/// @param dossier  the registers.
/// @param number   of the record.
/// @param who      the capacity.
/// @param on       the day, for the consortium's lead unit.
/// @throws Error{invalid_value} a day of a member that is no date.
/// @complexity O(members + records of the register).
/// @numerics none.
/// @threads  Reads only.
/// @source  5.2, 5.5 and 5.6 of the standard, as the lifecycles read it.
/// @since 0.1, experimental.
[[nodiscard]] inline std::vector<std::string> lead_units(const Dossier& dossier, Date on) {
  std::vector<std::string> units;
  for (const Member& member : dossier.members) {
    if (member.lead && belongs(member, on)) units.push_back(member.unit);
  }
  return units;
}
[[nodiscard]] inline std::vector<std::string> entitled(const Dossier& dossier, ProblemStatus, std::string_view number,
                                                       Actor who, Date on) {
  std::vector<std::string> units;
  const auto add = [&](const std::string& unit) {
    if (!unit.empty()) units.push_back(unit);
  };
  if (who == Actor::lead) {
    units = lead_units(dossier, on);
    for (const Project& project : dossier.projects) {
      if (register_detail::lists(project.problems, number)) add(project.lead);
    }
  } else if (who == Actor::reporter) {
    const Problem* problem = register_detail::find_row(dossier.problems, number);
    if (problem != nullptr) add(problem->unit);
  }
  return units;
}
[[nodiscard]] inline std::vector<std::string> entitled(const Dossier& dossier, ProjectStatus, std::string_view number,
                                                       Actor who, Date) {
  const Project* project = register_detail::find_row(dossier.projects, number);
  if (who != Actor::lead || project == nullptr || project->lead.empty()) return {};
  return {project->lead};
}
[[nodiscard]] inline std::vector<std::string> entitled(const Dossier& dossier, Decision, std::string_view number,
                                                       Actor who, Date on) {
  const Change* change = register_detail::find_change(dossier.changes, number);
  if (change == nullptr) return {};
  return entitled(dossier, ProjectStatus{}, change->project, who, on);
}
[[nodiscard]] inline std::vector<std::string> entitled(const Dossier& dossier, ResultStatus, std::string_view number,
                                                       Actor who, Date on) {
  if (who == Actor::lead) return lead_units(dossier, on);
  const SharedResult* result = register_detail::find_row(dossier.results, number);
  if (who != Actor::contributor || result == nullptr || result->contributor.empty()) return {};
  return {result->contributor};
}
[[nodiscard]] inline std::vector<std::string> entitled(const Dossier& dossier, LicenceStatus, std::string_view number,
                                                       Actor who, Date on) {
  if (who == Actor::lead) return lead_units(dossier, on);
  const Licence* licence = register_detail::find_row(dossier.licences, number);
  if (who != Actor::party || licence == nullptr || licence->licensor.empty() || licence->licensee.empty()) return {};
  return {licence->licensor, licence->licensee};
}
[[nodiscard]] inline std::vector<std::string> entitled(const Dossier& dossier, ConsortiumStatus, std::string_view,
                                                       Actor who, Date on) {
  return who == Actor::lead ? lead_units(dossier, on) : std::vector<std::string>();
}
/// @}

}  // namespace v1
}  // namespace chainqual
