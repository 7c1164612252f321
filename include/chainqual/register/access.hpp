#pragma once

#include <string_view>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// What somebody may do with a result, and why.
struct Access {
  bool see = false;  ///< read what the library holds of it
  bool use = false;
  Text reason;
};

/// What a unit may do with a shared result on a day (5.6.2).
///
/// Its contributor and owner may see it always, and use it unless an exclusive licence is in force. Others see it once
/// it is shared: everybody when it is open, members of that day when it is shared among members, units that it names
/// when it is directed. Who sees it may use it when it is free; else with a licence in force, which nobody else's sole
/// or exclusive licence excludes; where such a licence is limited to a territory or field, the reason says so. A result
/// that is not shared is seen by its contributor, owner and the lead unit alone.
///
/// @param dossier  the registers.
/// @param result   one of its results.
/// @param unit     id, name or credit code of who asks; empty: the public.
/// @param on       the day.
/// @throws Error{invalid_value} a day of a member or licence that is no date.
/// @complexity O(members + licences).
/// @numerics none.
/// @threads  Reads only.
/// @source  5.6.2, table G.1 and appendix H of the standard.
/// @since 0.1, experimental.
[[nodiscard]] Access access_to(const Dossier& dossier, const SharedResult& result, std::string_view unit, Date on);

/// A proposed project and how often its lead unit has contributed a paid result.
struct ProposalRank {
  const Project* project = nullptr;
  std::size_t contributed = 0;  ///< shared results with paid terms
};

/// Proposals in the order in which they are due to be considered: whose lead unit contributed paid results first, the
/// more the earlier (5.6.3), else as the table has them.
///
/// @param dossier  the registers.
/// @throws std::bad_alloc only.
/// @complexity O(projects · results · members).
/// @numerics none.
/// @threads  Reads only.
/// @source  5.6.3 of the standard.
/// @since 0.1, experimental.
[[nodiscard]] std::vector<ProposalRank> ranked_proposals(const Dossier& dossier);

}  // namespace v1
}  // namespace chainqual

#include "chainqual/register/access-inl.hpp"
