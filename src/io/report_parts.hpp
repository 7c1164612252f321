#pragma once

#include <algorithm>
#include <vector>

#include "chainqual/impact/assess.hpp"
#include "chainqual/register/dossier.hpp"

/// What the writers of a report share.
namespace chainqual {
inline namespace v1 {
namespace reporting {

/// @throws Error{shape_mismatch} the report was made from another dossier.
void check_same(const Dossier& dossier, const AssessReport& report);

/// Rows by rank, best first.
[[nodiscard]] std::vector<const GroupRow*> by_rank(const std::vector<GroupRow>& rows);

}  // namespace reporting
}  // namespace v1
}  // namespace chainqual
