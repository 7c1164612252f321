#pragma once

#include <algorithm>

#include "chainqual/register/roster.hpp"

namespace chainqual {
inline namespace v1 {
namespace register_detail {

/// First and last day; an end left open lies far off.
struct Days {
  Date first;
  Date last;
};

inline Days days_of(const Licence& licence) {
  constexpr Date never = Date(std::chrono::sys_days(std::chrono::year(9999) / 12 / 31));
  Days days{Date(std::chrono::sys_days(std::chrono::year(1) / 1 / 1)), never};
  if (!licence.start.empty()) days.first = date_from(licence.start, "许可开始日期", "The licence's first day");
  if (!licence.end.empty()) {
    static_cast<void>(date_from(licence.end, "许可结束日期", "The licence's last day"));
    days.last = *Date::parse_last(licence.end);
  }
  return days;
}

inline bool meet(const std::string& a, const std::string& b) noexcept {
  return a.empty() || b.empty() || a == b;
}

}  // namespace register_detail

inline bool exclude_each_other(const Dossier& dossier, const Licence& a, const Licence& b) {
  if (a.result != b.result || same_unit(dossier, a.licensee, b.licensee)) return false;
  if (a.kind == LicenceKind::ordinary && b.kind == LicenceKind::ordinary) return false;
  const auto first = register_detail::days_of(a);
  const auto second = register_detail::days_of(b);
  return first.first <= second.last && second.first <= first.last && register_detail::meet(a.territory, b.territory) &&
         register_detail::meet(a.field, b.field);
}

inline std::vector<const Licence*> conflicts_of(const Dossier& dossier, const Licence& licence) {
  std::vector<const Licence*> found;
  for (const Licence& other : dossier.licences) {
    if (other.number == licence.number || other.status != LicenceStatus::in_force) continue;
    if (exclude_each_other(dossier, licence, other)) found.push_back(&other);
  }
  return found;
}

inline bool in_force(const Licence& licence, Date on) {
  if (licence.status != LicenceStatus::in_force) return false;
  const auto days = register_detail::days_of(licence);
  return days.first <= on && on <= days.last;
}

}  // namespace v1
}  // namespace chainqual
