#pragma once

#include <algorithm>
#include <string_view>
#include <utility>

#include "chainqual/register/guards.hpp"

namespace chainqual {
inline namespace v1 {
namespace register_detail {

inline Mark both_marks(Mark a, Mark b) noexcept {
  if (a == b || b == Mark::none) return a;
  return a == Mark::none ? b : Mark::both;
}
inline Mark mark_of(const Institution& institution) noexcept {
  return both_marks(institution.cma ? Mark::cma : Mark::none, institution.cnas ? Mark::cnas : Mark::none);
}

inline bool is_valid(const Scope& scope, Date on) {
  if (scope.until.empty()) return true;
  static_cast<void>(date_from(scope.until, "资质有效期", "The last day of a scope"));
  return on <= *Date::parse_last(scope.until);
}

inline void add_once(std::vector<std::string>& words, const std::string& word) {
  if (!word.empty() && !lists(words, word)) words.push_back(word);
}

/// The parameters of a product that some scope names, in the table's order; one empty where none does.
inline std::vector<std::string> parameters_of(const Dossier& dossier, const std::string& product) {
  std::vector<std::string> parameters;
  for (const Scope& scope : dossier.scopes) {
    if (scope.product == product) add_once(parameters, scope.parameter);
  }
  if (parameters.empty()) parameters.emplace_back();
  return parameters;
}

/// Takes what one institution may do with an item into it.
inline void take_in(const Dossier& dossier, const Institution& institution, bool serves, Date on, TestedItem& item) {
  bool tests = false;
  Mark mark = Mark::none;
  std::vector<std::string> methods;
  for (const Scope& scope : dossier.scopes) {
    if (scope.institution != institution.id || scope.product != item.product) continue;
    if (!scope.parameter.empty() && scope.parameter != item.parameter) continue;  // a scope without one holds for all
    if (!is_valid(scope, on)) {
      if (serves) item.lapsed = std::max(item.lapsed, scope.until);
      continue;
    }
    tests = true;
    mark = both_marks(mark, scope.mark != Mark::none ? scope.mark : mark_of(institution));
    add_once(methods, scope.method);
  }
  if (lists(institution.products, item.product) &&
      (item.parameter.empty() || institution.parameters.empty() || lists(institution.parameters, item.parameter))) {
    tests = true;
    mark = both_marks(mark, mark_of(institution));
  }
  if (!tests) return;
  if (mark == Mark::none) {
    if (serves) item.unmarked.push_back(institution.id);
  } else if (!serves) {
    item.elsewhere.push_back(institution.id);
  } else {
    item.institutions.push_back(institution.id);
    item.mark = both_marks(item.mark, mark);
    for (const std::string& method : methods) add_once(item.methods, method);
  }
}

inline TestedItem tested_item(const Dossier& dossier, const std::string& segment, std::string product,
                              std::string parameter, Date on) {
  TestedItem item;
  item.product = std::move(product);
  item.parameter = std::move(parameter);
  for (const Institution& institution : dossier.chain.institutions()) {
    take_in(dossier, institution, lists(institution.segments, segment), on, item);
  }
  if (!item.gap()) {
    item.elsewhere.clear();
    item.lapsed.clear();
  }
  return item;
}

}  // namespace register_detail

inline std::vector<SegmentCoverage> coverage(const Dossier& dossier, Date on) {
  namespace d = register_detail;
  std::vector<SegmentCoverage> rows;
  for (const Segment& segment : dossier.chain.segments()) {
    SegmentCoverage row;
    row.segment = segment.id;
    for (const Institution& institution : dossier.chain.institutions()) {
      if (!d::lists(institution.segments, segment.id)) continue;
      row.institutions.push_back(institution.id);
      row.cma = row.cma || institution.cma;
      row.cnas = row.cnas || institution.cnas;
    }
    std::vector<std::string> products;
    for (std::uint32_t v = 0; v < dossier.chain.enterprises(); ++v) {
      const Enterprise& enterprise = dossier.chain.enterprise(EnterpriseId(v));
      if (!d::lists(enterprise.segments, segment.id)) continue;
      for (const std::string& product : enterprise.products) d::add_once(products, product);
    }
    for (const std::string& product : products) {
      for (std::string& parameter : d::parameters_of(dossier, product)) {
        row.items.push_back(d::tested_item(dossier, segment.id, product, std::move(parameter), on));
        if (row.items.back().gap()) d::add_once(row.untested, product);
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace v1
}  // namespace chainqual
