#pragma once

#include <algorithm>
#include <string>

#include "chainqual/register/conflicts.hpp"
#include "chainqual/register/guards.hpp"
#include "chainqual/register/roster.hpp"

namespace chainqual {
inline namespace v1 {
namespace register_detail {

/// Who sees a result that is shared, without its contributor and owner.
inline Access seen_by(const Dossier& dossier, const SharedResult& result, std::string_view unit, Date on) {
  switch (result.level) {
    case SharingLevel::open:
      return {true, false, {"成果完全公开", "it is open to all"}};
    case SharingLevel::members:
      if (member_on(dossier, unit, on) != nullptr) {
        return {true, false, {"当日是联合体成员", "the unit is a member on that day"}};
      }
      return {false,
              false,
              {"只在联合体成员内共享，当日不是成员", "it is shared among members, and the unit is none on that day"}};
    case SharingLevel::directed:
      break;
  }
  const bool named = std::any_of(result.directed_to.begin(), result.directed_to.end(),
                                 [&](const std::string& other) { return same_unit(dossier, other, unit); });
  if (named)
    return {true, false, {"贡献方同意定向共享给该单位", "it is directed to the unit with the contributor's consent"}};
  return {false, false, {"定向共享，对象中没有该单位", "it is directed to others"}};
}

inline const Licence* licence_of(const Dossier& dossier, const SharedResult& result, std::string_view unit, Date on) {
  for (const Licence& licence : dossier.licences) {
    if (licence.result == result.number && in_force(licence, on) && same_unit(dossier, licence.licensee, unit)) {
      return &licence;
    }
  }
  return nullptr;
}

/// A licence of that day which keeps `unit`, no licensee of it, from the use of the result everywhere.
inline const Licence* excluding(const Dossier& dossier, const SharedResult& result, bool contributor, Date on) {
  for (const Licence& licence : dossier.licences) {
    if (licence.result != result.number || !in_force(licence, on)) continue;
    const bool whole = licence.territory.empty() && licence.field.empty();
    if (whole && (licence.kind == LicenceKind::exclusive || (licence.kind == LicenceKind::sole && !contributor))) {
      return &licence;
    }
  }
  return nullptr;
}

inline void exclude(Access& access, const Licence& licence) {
  access.use = false;
  access.reason.zh += "；" + quoted(licence.number, Language::zh) + "号协议" +
                      std::string(label_of(licence.kind, Language::zh)) + "排除他人使用";
  access.reason.en += "; licence " + quoted(licence.number, Language::en) + " (" +
                      std::string(label_of(licence.kind, Language::en)) + ") keeps others from its use";
}

/// Licences of that day which keep others out within a territory or field alone: said, for the use ends there.
inline void name_limits(Access& access, const Dossier& dossier, const SharedResult& result, bool contributor, Date on) {
  for (const Licence& licence : dossier.licences) {
    if (licence.result != result.number || !in_force(licence, on)) continue;
    if (licence.territory.empty() && licence.field.empty()) continue;
    if (licence.kind == LicenceKind::ordinary || (licence.kind == LicenceKind::sole && contributor)) continue;
    Text limit;
    for (const std::string& words : {licence.territory, licence.field}) {
      if (words.empty()) continue;
      limit.zh += (limit.zh.empty() ? "" : "、") + quoted(words, Language::zh);
      limit.en += (limit.en.empty() ? "" : ", ") + quoted(words, Language::en);
    }
    access.reason.zh += "；但" + limit.zh + "内由" + quoted(licence.number, Language::zh) + "号协议（" +
                        std::string(label_of(licence.kind, Language::zh)) + "）排除他人使用";
    access.reason.en += "; but not within " + limit.en + ", where licence " + quoted(licence.number, Language::en) +
                        " (" + std::string(label_of(licence.kind, Language::en)) + ") keeps others from its use";
  }
}

}  // namespace register_detail

inline Access access_to(const Dossier& dossier, const SharedResult& result, std::string_view unit, Date on) {
  namespace d = register_detail;
  if (same_unit(dossier, result.contributor, unit) || same_unit(dossier, result.owner, unit)) {
    Access access{true, true, {"该单位是贡献方或权利人", "the unit contributed or owns it"}};
    if (const Licence* licence = d::excluding(dossier, result, true, on)) {
      d::exclude(access, *licence);
    } else {
      d::name_limits(access, dossier, result, true, on);
    }
    return access;
  }
  if (result.status != ResultStatus::shared) {
    const Member* member = member_on(dossier, unit, on);
    if (member != nullptr && member->lead) {
      return {true,
              false,
              {"牵头单位管理成果库，该成果未在库共享", "the lead unit keeps the library; the result is not shared"}};
    }
    return {false, false, {"该成果未在库共享", "the result is not shared"}};
  }
  Access access = d::seen_by(dossier, result, unit, on);
  if (!access.see) return access;
  if (const Licence* licence = d::licence_of(dossier, result, unit, on)) {
    access.use = true;
    access.reason.zh += "；持有" + d::quoted(licence->number, Language::zh) + "号许可协议";
    access.reason.en += "; it holds licence " + d::quoted(licence->number, Language::en);
    return access;
  }
  if (const Licence* licence = d::excluding(dossier, result, false, on)) {
    d::exclude(access, *licence);
  } else if (result.terms == SharingTerms::free) {
    access.use = true;
    access.reason.zh += "；免费使用";
    access.reason.en += "; its use is free";
    d::name_limits(access, dossier, result, false, on);
  } else {
    const bool paid = result.terms == SharingTerms::paid;
    access.reason.zh += paid ? "；有偿使用，须先签订许可协议" : "；须先签订许可协议";
    access.reason.en += paid ? "; its use is paid and needs a licence" : "; its use needs a licence";
  }
  return access;
}

inline std::vector<ProposalRank> ranked_proposals(const Dossier& dossier) {
  std::vector<ProposalRank> ranks;
  for (const Project& project : dossier.projects) {
    if (project.status != ProjectStatus::proposed) continue;
    const auto count = std::count_if(dossier.results.begin(), dossier.results.end(), [&](const SharedResult& result) {
      return result.terms == SharingTerms::paid && result.status == ResultStatus::shared &&
             same_unit(dossier, result.contributor, project.lead);
    });
    ranks.push_back({&project, static_cast<std::size_t>(count)});
  }
  std::stable_sort(ranks.begin(), ranks.end(),
                   [](const ProposalRank& a, const ProposalRank& b) { return a.contributed > b.contributed; });
  return ranks;
}

}  // namespace v1
}  // namespace chainqual
