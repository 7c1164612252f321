#pragma once

#include <cstdint>
#include <vector>

#include "chainqual/impact/assess.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {
namespace page {

/// By EnterpriseId: its home segment, or the number of segments + its stage.
[[nodiscard]] std::vector<std::uint32_t> groups_of(const Chain& chain);

/// The enterprises that a page carries, segment by segment in the order that lets few links cross; of more than `most`
/// those of each segment that weigh most (with a report: lose most, then weigh most), room shared out evenly.
[[nodiscard]] std::vector<EnterpriseId> drawing_order(const Dossier& dossier, const AssessReport* report,
                                                      std::size_t most);

}  // namespace page
}  // namespace v1
}  // namespace chainqual
