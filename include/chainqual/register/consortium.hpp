#pragma once

#include <array>
#include <string>
#include <vector>

#include "chainqual/core/text.hpp"

namespace chainqual {
inline namespace v1 {

/// How far a consortium's application has come (appendix A, sections 3 to 5).
enum class ConsortiumStatus : std::uint8_t { drafted, lead_agreed, district_agreed, established, dissolved };

template <>
struct Names<ConsortiumStatus> {
  static constexpr std::array<Name<ConsortiumStatus>, 5> table{{
      {ConsortiumStatus::drafted, "drafted", "拟组建", "drafted"},
      {ConsortiumStatus::lead_agreed, "lead_agreed", "牵头单位已同意", "agreed by the lead unit"},
      {ConsortiumStatus::district_agreed, "district_agreed", "区级已审核", "agreed by the district office"},
      {ConsortiumStatus::established, "established", "已组建", "established"},
      {ConsortiumStatus::dissolved, "dissolved", "已解散", "dissolved"},
  }};
};

/// What a unit of the consortium is (5.2.1).
enum class UnitKind : std::uint8_t { chain_owner, enterprise, institution, association, institute, university, other };

template <>
struct Names<UnitKind> {
  static constexpr std::array<Name<UnitKind>, 7> table{{
      {UnitKind::chain_owner, "chain_owner", "链主企业", "chain owner"},
      {UnitKind::enterprise, "enterprise", "骨干企业", "enterprise", "企业"},
      {UnitKind::institution, "institution", "质量技术机构", "quality institution", "技术机构"},
      {UnitKind::association, "association", "行业协会", "association", "协会"},
      {UnitKind::institute, "institute", "科研院所", "research institute", "科研机构"},
      {UnitKind::university, "university", "高等院校", "university", "高校"},
      {UnitKind::other, "other", "其他", "other"},
  }};
};

/// A quality innovation consortium (5.2, appendix A): one a chain; the row of `consortium.csv`. Its units are rows of
/// `members.csv`.
struct Consortium {
  std::string name;   ///< "… quality innovation consortium"
  std::string field;  ///< the chain it works in
  std::string principal;
  std::string principal_phone;
  std::string contact;
  std::string contact_phone;
  std::string goals;
  std::string plan;
  std::string structure;  ///< charter (5.2.3): bodies and how they decide,
  std::string rights;     ///< rights and duties of members,
  std::string ownership;  ///< to whom results belong,
  std::string profit;     ///< how profit is shared,
  std::string entry;      ///< entry and exit of members
  ConsortiumStatus status = ConsortiumStatus::drafted;
  friend bool operator==(const Consortium&, const Consortium&) = default;
};

/// A unit's time in the consortium; a row of `members.csv`. A unit that comes back has two rows.
struct Member {
  std::string unit;         ///< its id: that of the enterprise or institution where the chain has it
  std::string credit_code;  ///< unified social credit code (GB 32100-2015)
  std::string name;
  UnitKind kind = UnitKind::enterprise;
  bool lead = false;
  std::string region;  ///< GB/T 2260 province code, or empty
  std::string contact;
  std::string phone;
  std::string entered;  ///< ISO 8601
  std::string left;     ///< ISO 8601: the first day it is no member; empty while it is one
  std::string reason;   ///< why it left
  friend bool operator==(const Member&, const Member&) = default;
};

}  // namespace v1
}  // namespace chainqual
