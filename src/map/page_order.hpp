#pragma once

#include <vector>

#include "chainqual/impact/assess.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {
namespace page {

/// The enterprises that a page carries, segment by segment in the order that lets few links cross; of more than `most`
/// those that weigh most (with a report: lose most, then weigh most).
[[nodiscard]] std::vector<EnterpriseId> drawing_order(const Dossier& dossier, const AssessReport* report,
                                                      std::size_t most);

}  // namespace page
}  // namespace v1
}  // namespace chainqual
