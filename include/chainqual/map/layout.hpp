#pragma once

#include "chainqual/impact/assess.hpp"
#include "chainqual/map/options.hpp"
#include "chainqual/map/scene.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// Lays the quality map of a chain out: what `chain_svg` draws, before it is text.
///
/// No two texts overlap, and each lies within its frame: long ones are wrapped or cut with "…".
///
/// @param dossier  the chain with its registers.
/// @param report   the assessment shown as heat, or nullptr.
/// @param options  language, title and parts shown.
/// @throws Error{shape_mismatch} the report was made from another chain (numbers of enterprises or problems differ).
/// @complexity  O(n log n + m log m) for n enterprises and m links.
/// @numerics    No input but the arguments; text widths from a table.
/// @threads     Reads only.
/// @source      T/GQDA implementation guide, 5.3 and appendix B (form); layout ours.
/// @since 0.1, experimental.
[[nodiscard]] Scene chain_scene(const Dossier& dossier, const AssessReport* report = nullptr,
                                const SvgOptions& options = {});

}  // namespace v1
}  // namespace chainqual
