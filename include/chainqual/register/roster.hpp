#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// Whether a member's time in the consortium covers the day: from the day it entered (always, where no day is given)
/// to the day before it left.
///
/// @throws Error{invalid_value} a day that is no date.
/// @complexity O(1).
/// @numerics none.
/// @threads  Pure.
/// @source  5.2.3 and appendix A of the standard.
/// @since 0.1, experimental.
[[nodiscard]] inline bool belongs(const Member& member, Date on) {
  const bool entered = member.entered.empty() || date_from(member.entered, "加入日期", "The day of entry") <= on;
  return entered && (member.left.empty() || on < date_from(member.left, "退出日期", "The day of exit"));
}

/// Whether `unit` names this member: by id, name or credit code.
[[nodiscard]] inline bool is_called(const Member& member, std::string_view unit) noexcept {
  return !unit.empty() && (unit == member.unit || unit == member.name || unit == member.credit_code);
}
[[nodiscard]] inline bool is_called(const Institution& one, std::string_view unit) noexcept {
  return !unit.empty() && (unit == one.id || unit == one.name || unit == one.credit_code);
}

/// The member that a unit is on a day, or null.
///
/// @param dossier  the registers.
/// @param unit     id, name or credit code.
/// @throws Error{invalid_value} a day of a member that is no date.
/// @complexity O(members).
/// @numerics none.
/// @threads  Reads only.
/// @source  As belongs.
/// @since 0.1, experimental.
[[nodiscard]] inline const Member* member_on(const Dossier& dossier, std::string_view unit, Date on) {
  for (const Member& member : dossier.members) {
    if (is_called(member, unit) && belongs(member, on)) return &member;
  }
  return nullptr;
}

/// Whether two words name one unit: the same word, or two names (id, name, credit code) of one member, enterprise or
/// institution.
[[nodiscard]] inline bool same_unit(const Dossier& dossier, std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return false;
  if (a == b) return true;
  for (const Member& member : dossier.members) {
    if (is_called(member, a) && is_called(member, b)) return true;
  }
  const auto enterprise = dossier.chain.resolve(a);
  if (enterprise && enterprise == dossier.chain.resolve(b)) return true;
  for (const Institution& institution : dossier.chain.institutions()) {
    if (is_called(institution, a) && is_called(institution, b)) return true;
  }
  return false;
}

/// Whether a word names a member (of any day), enterprise or institution of the registers.
[[nodiscard]] inline bool is_known_unit(const Dossier& dossier, std::string_view unit) {
  const auto called = [&](const auto& one) { return is_called(one, unit); };
  return std::any_of(dossier.members.begin(), dossier.members.end(), called) || dossier.chain.resolve(unit) ||
         std::any_of(dossier.chain.institutions().begin(), dossier.chain.institutions().end(), called);
}

/// The members of a day, the lead unit first, else in the order of the table.
[[nodiscard]] inline std::vector<const Member*> roster(const Dossier& dossier, Date on) {
  std::vector<const Member*> members;
  for (const bool lead : {true, false}) {
    for (const Member& member : dossier.members) {
      if (member.lead == lead && belongs(member, on)) members.push_back(&member);
    }
  }
  return members;
}

}  // namespace v1
}  // namespace chainqual
