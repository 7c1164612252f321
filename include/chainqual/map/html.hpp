#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "chainqual/core/executor.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/impact/assess.hpp"
#include "chainqual/map/living.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// What the interactive map carries, and in which language it opens. A reader can change the language in the page.
struct HtmlOptions {
  Language language = Language::zh;
  std::string title;                     ///< empty: the chain's name, followed by "quality map"
  std::string date;                      ///< empty: the date of the chain's content
  std::size_t most_enterprises = 4'000;  ///< of larger chains the heaviest of each segment; counts cover all
  std::size_t most_links = 20'000;       ///< between carried enterprises, in the chain's order
  std::size_t most_hit = 400;            ///< of each problem, the hardest hit
  std::size_t explained = 300;           ///< up to this many enterprises: paths of loss to each (linear model)
  std::uint32_t paths = 3;               ///< to each
  /// What changed since an older version: the map opens coloured by it. Give `map_json` `merged_versions`, so that what
  /// is gone has its place.
  std::optional<MapDifference> difference;
};

/// Version of the keys of `map_json`. Keys are only added within one version.
inline constexpr int map_format_version = 1;

/// What the interactive map shows, as one JSON object; equal inputs give equal bytes.
///
/// A *text* below is {zh, en}, either of which may be empty; a *share* is a number in [0, 1]; an *index* points into
/// the array named. What does not exist is null.
/// - "format": "chainqual-map", "format_version": 1, "language": "zh" or "en"
/// - "chain": name, title, home (texts; home null where unknown), date, version, note (text), sources, sources_en,
///   enterprises, links, documented, inferred (counts of the whole chain), carried {enterprises, links}, chosen_by
///   (key: by what the carried enterprises were chosen; null where all are carried), covered (share of the chain's size
///   that they have, or null), bundles_left_out, assessed (truth: there is a report, and a problem), measure and model
///   (keys, else null)
/// - "words": the names {key: text} of stage, role, ladder, size, category, status, project_status, project_kind,
///   result_kind, level, terms, model, measure, chosen_by,
///   dimension, due, part, change
/// - "segments": in the chain's order, then one for each stage of those that name no segment; id (null there), name
///   (text), stage (0 … 2), industry, industry_en, regions, regions_en (their provinces, in one line), final, note,
///   enterprises, home, outside, unknown, owners, leaders, followers (counts), covered (as of the chain), cut_points,
///   joints, sole (how many enterprises are so; null in a sketch), loss (mean share)
/// - "enterprises": in drawing order, so that few links cross; id, name (text), segment (index), also (indices),
///   region (text), city, place ("home", "outside", "unknown"), role, ladder, size, products, products_en, loss (mean
///   share under one problem alone), all (share under all at once), importance (share of the chain's weight lost
///   without it), rank, sole (products that it alone supplies), cut: null, or {enterprises (others that no supply would
///   reach without it), finals (of them that make final products), whom (indices of the first 50 carried)}, joint
///   (truth: without it its part of the chain would fall apart; null in a sketch, where cut is not known either), ties:
///   null where all are carried, else {suppliers, customers}, each [partners in the whole chain, [[segment, partners
///   not carried], …], the largest of those: [[id, segment], …]]
/// - "links": [supplier, customer (indices of enterprises), dependency or null, 1 documented or 0 inferred, product]
/// - "bundles": links of the whole chain between segments: [from, to (indices of segments), links, documented]
/// - "products_en": [product, what links call it in English] for those of links that have such a name
/// - "institutions": name, region (texts), kind, cma, cnas, segments (indices), products, products_en, parameters,
///   methods
/// - "problems": number, name, description (texts), stage, segments (indices), enterprises (indices), products,
///   products_en, category, status, stars (0 … 3), declared (0 … 3), total (exact text or null), rank, common, related
///   (indices), technical_causes, managerial_causes, ideas, scope; and from the report, else null: impact {own_segment,
///   downstream_segments, final_products, whole_chain}, aspects (five shares, by Aspect), suggested, why_not (text),
///   placed and hit: [[enterprise, share], …], hit_count
/// - "projects": number, name, problem, expected (texts), kind, status, problems (indices), lead, participants, start,
///   end, budget (text or null), milestones: {name, due, done}
/// - "results": number, name (text), kind, status, level, terms, project (index or null), problems (indices), summary
/// - "why": for explained enterprises {enterprise (index), sentence (text), sources: [[enterprise, share], …], paths:
///   [{enterprises (indices, source first), loss}, …]}, all problems at once
/// - "version": {date, version, hash}, as `map_version`
/// - "update": as `map_update` with every registered event: {drawn, due (days, or null), cycle_months, reasons: [{kind,
///   due, what (text)}], watched: [{dimension, events, triggers, last}]}; null where the chain has no date
/// - "difference": null, or {before, after (versions), changes and impacts as in `difference_json`}
///
/// @param dossier  the chain with its registers.
/// @param report   its assessment, or nullptr: then nothing about impact.
/// @param options  limits and language.
/// @param control  cancel and progress of the explanations.
/// @returns the document, UTF-8 on one line; '<' and '>' and U+2028, U+2029 escaped, so that it may stand in a page.
/// @throws Error{shape_mismatch} the report was made from another chain (numbers of enterprises or problems differ).
/// @throws Error{cancelled}
/// @complexity  O(n log n + m log m); the explanations a few solves a source of each explained enterprise.
/// @numerics    Shares are rounded to 1e-6.
/// @threads     Reads only.
/// @source      T/GQDA implementation guide, 5.3 and appendix B (content); format ours.
/// @since 0.1, experimental.
[[nodiscard]] std::string map_json(const Dossier& dossier, const AssessReport* report = nullptr,
                                   const HtmlOptions& options = {}, const Control& control = {});

/// The interactive quality map (appendix B, forms b and c): one page that holds all it needs and asks no network.
///
/// Search, filters, layers, drilling down from the chain to one enterprise and its problems, following a problem along
/// the chain, paths of loss, export of what is shown as SVG and CSV; by mouse, touch and keyboard, in Chinese and
/// English. The page forbids itself every request (Content-Security-Policy) and runs no script but its own, whose hash
/// it names.
///
/// @param dossier, report, options, control  as for `map_json`.
/// @returns the HTML document, UTF-8.
/// @throws as `map_json`.
/// @complexity  As `map_json`, plus the script's length.
/// @numerics    As `map_json`.
/// @threads     Reads only.
/// @source      As `map_json`.
/// @since 0.1, experimental.
[[nodiscard]] std::string chain_html(const Dossier& dossier, const AssessReport* report = nullptr,
                                     const HtmlOptions& options = {}, const Control& control = {});

}  // namespace v1
}  // namespace chainqual
