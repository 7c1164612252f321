#pragma once

#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/essentiality.hpp"

namespace chainqual {
inline namespace v1 {

inline void check(const Essentiality& essentiality, std::uint64_t links) {
  namespace detail = impact_detail;
  const std::uint64_t sectors = essentiality.sectors;
  const auto& table = essentiality.by_sector;
  if (table.size() != sectors * sectors) {
    throw Error(
        ErrorCode::shape_mismatch,
        {"必需程度表有 " + detail::whole(table.size()) + " 个值，而行业数为 " + detail::whole(sectors) + "，应有 " +
             detail::whole(sectors * sectors) + " 个值（供方行业 × 需方行业）。",
         "the essentiality table has " + detail::whole(table.size()) + " entries for " + detail::whole(sectors) +
             " sectors; it needs " + detail::whole(sectors * sectors) + " (supplier sector × customer sector)."});
  }
  const Text rule{"，只能是 0（可忽略）、1（一般）或 2（必需）。",
                  "; it must be 0 (negligible), 1 (ordinary) or 2 (essential)."};
  for (std::size_t k = 0; k < table.size(); ++k) {
    if (table[k] <= 2) continue;
    const std::string from = detail::whole(k / sectors);
    const std::string to = detail::whole(k % sectors);
    const std::string value = detail::whole(table[k]);
    throw Error(ErrorCode::invalid_value, {"供方行业 " + from + "、需方行业 " + to + " 的必需程度为 " + value + rule.zh,
                                           "the essentiality of supplier sector " + from + " for customer sector " +
                                               to + " is " + value + rule.en});
  }
  const auto& column = essentiality.by_link;
  if (!column.empty() && column.size() != links) {
    throw Error(ErrorCode::shape_mismatch,
                {"按供应关系给出的必需程度有 " + detail::whole(column.size()) + " 个值，而网络有 " +
                     detail::whole(links) + " 条供应关系，二者必须相等。",
                 "the essentiality by link has " + detail::whole(column.size()) + " entries for " +
                     detail::whole(links) + " links; they must agree."});
  }
  for (std::size_t l = 0; l < column.size(); ++l) {
    if (column[l] <= 2 || column[l] == Essentiality::not_given) continue;
    const std::string link = detail::whole(l + 1);
    const std::string value = detail::whole(column[l]);
    throw Error(ErrorCode::invalid_value, {"第 " + link + " 条供应关系的必需程度为 " + value + rule.zh,
                                           "the essentiality of link " + link + " is " + value + rule.en});
  }
}

}  // namespace v1
}  // namespace chainqual
