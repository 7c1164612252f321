#pragma once

#include <vector>

#include "chainqual/core/executor.hpp"
#include "chainqual/impact/assess.hpp"
#include "chainqual/impact/explain.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {
namespace page {

/// Why each enterprise that loses anything loses it, all problems at once; empty for models beside the linear one,
/// whose paths would need a run a source.
[[nodiscard]] std::vector<Why> explanations(const Dossier& dossier, const AssessReport& report, std::uint32_t paths,
                                            const Control& control);

}  // namespace page
}  // namespace v1
}  // namespace chainqual
