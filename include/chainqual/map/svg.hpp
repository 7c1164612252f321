#pragma once

#include <string>

#include "chainqual/impact/assess.hpp"
#include "chainqual/map/options.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// The quality map of a chain as one self-contained SVG document (appendix B, static form).
///
/// Three columns, upstream, midstream and downstream; a lane for each segment; a card for each enterprise with its
/// region, key products, role and place on the quality ladder. Enterprises of the home region and of others differ by
/// colour and by the card's shape. Documented links are solid curves, inferred ones dashed. With a report, each card
/// carries its heat: its mean loss, in per cent, when one of the problems strikes alone (losses below the report's
/// least loss count as 0). Filled signs mark whom the chain cannot do without: single points of failure, found by
/// dominators, with how many others they cut off, and bottlenecks; a hollow one who alone supplies a product. The
/// heading names date, version and hash of the content, and when the next map is due. Chains beyond `detail_up_to`
/// enterprises get small cards and bundled links, beyond `aggregate_above` lanes with counts.
///
/// @param dossier  the chain with its registers; an empty chain gives a chart that says so.
/// @param report   the assessment whose impact is shown as heat; nullptr: no heat.
/// @param options  language, title and parts shown.
/// @return UTF-8 text of the SVG document; names and notes are escaped, so that hostile ones show as text.
/// @throws Error{shape_mismatch} the report was made from another chain (numbers of enterprises or problems differ).
/// @complexity  O(n log n + m log m) for n enterprises and m links; above `aggregate_above` enterprises the length of
/// the
///              text is bounded.
/// @numerics    Coordinates are rounded to 0.1 px: the same input gives the same bytes on every machine.
/// @threads     Reads only; concurrent calls are safe.
/// @source      T/GQDA implementation guide, 5.3 and appendix B (form); layout ours.
/// @since 0.1, experimental.
[[nodiscard]] std::string chain_svg(const Dossier& dossier, const AssessReport* report = nullptr,
                                    const SvgOptions& options = {});

}  // namespace v1
}  // namespace chainqual
