#pragma once

#include <cstddef>
#include <string>

#include "chainqual/core/text.hpp"
#include "chainqual/impact/assess.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// What the chart shows and in which language. Every default gives a complete chart.
struct SvgOptions {
  Language language = Language::zh;
  std::string title;                ///< empty: the chain's name, followed by "quality map"
  std::string date;                 ///< empty: the date of the chain's content
  bool links = true;                ///< supply links as curves
  bool institutions = true;         ///< quality institutions beside the segments they serve
  bool problems = true;             ///< counts by stars at the segments and a list under each column
  std::size_t aggregate_above = 300;  ///< more enterprises than this: lanes with counts in place of cards
};

/// The quality map of a chain as one self-contained SVG document (appendix B, static form).
///
/// Three columns, upstream, midstream and downstream; a lane for each segment; a card for each enterprise with its
/// region, key products, role and place on the quality ladder. Enterprises of the home region and of others differ by
/// colour and by the card's shape. Documented links are solid curves, inferred ones dashed. With a report, each card
/// is tinted by the loss that the chain's problems cause there, and the loss stands on it in per cent.
///
/// @param dossier  the chain with its registers; an empty chain gives a chart that says so.
/// @param report   the assessment whose impact is shown as heat; nullptr: no heat.
/// @param options  language, title and parts shown.
/// @return UTF-8 text of the SVG document; names and notes are escaped, so that hostile ones show as text.
/// @throws Error{shape_mismatch} the report was made from a chain with another number of enterprises.
/// @complexity  O(n log n + m) for n enterprises and m links; above `aggregate_above`, the size of the text depends on
///              the number of segments only.
/// @numerics    Coordinates are rounded to 0.1 px: the same input gives the same bytes on every machine.
/// @threads     Reads only; concurrent calls are safe.
/// @source      T/GQDA implementation guide, 5.3 and appendix B (form); layout ours.
/// @since 0.1, experimental.
[[nodiscard]] std::string chain_svg(const Dossier& dossier, const AssessReport* report = nullptr,
                                    const SvgOptions& options = {});

}  // namespace v1
}  // namespace chainqual
