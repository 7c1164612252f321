#pragma once

#include <algorithm>
#include <string_view>

#include "chainqual/register/guards.hpp"

namespace chainqual {
inline namespace v1 {
namespace register_detail {

/// Whether an institution may test a product on a day.
inline bool tests(const Dossier& dossier, const Institution& institution, std::string_view product, Date on) {
  if (lists(institution.products, product)) return true;
  return std::any_of(dossier.scopes.begin(), dossier.scopes.end(), [&](const Scope& scope) {
    if (scope.institution != institution.id || scope.product != product) return false;
    if (scope.until.empty()) return true;
    static_cast<void>(date_from(scope.until, "资质有效期", "The last day of a scope"));
    return on <= *Date::parse_last(scope.until);
  });
}

}  // namespace register_detail

inline std::vector<SegmentCoverage> coverage(const Dossier& dossier, Date on) {
  namespace d = register_detail;
  std::vector<SegmentCoverage> rows;
  for (const Segment& segment : dossier.chain.segments()) {
    SegmentCoverage row;
    row.segment = segment.id;
    std::vector<const Institution*> serving;
    for (const Institution& institution : dossier.chain.institutions()) {
      if (!d::lists(institution.segments, segment.id)) continue;
      serving.push_back(&institution);
      row.institutions.push_back(institution.id);
      row.cma = row.cma || institution.cma;
      row.cnas = row.cnas || institution.cnas;
    }
    for (std::uint32_t v = 0; v < dossier.chain.enterprises(); ++v) {
      const Enterprise& enterprise = dossier.chain.enterprise(EnterpriseId(v));
      if (!d::lists(enterprise.segments, segment.id)) continue;
      for (const std::string& product : enterprise.products) {
        if (d::lists(row.untested, product)) continue;
        const bool tested = std::any_of(serving.begin(), serving.end(), [&](const Institution* institution) {
          return d::tests(dossier, *institution, product, on);
        });
        if (!tested) row.untested.push_back(product);
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace v1
}  // namespace chainqual
