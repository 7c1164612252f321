#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chainqual/core/date.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/impact/assess.hpp"
#include "chainqual/register/dossier.hpp"
#include "chainqual/register/due.hpp"

// The living map (5.3.7): versions, what changed between two of them, and when the next one is due.
namespace chainqual {
inline namespace v1 {

/// Which content a map shows.
struct MapVersion {
  std::string date;     ///< of the content, ISO 8601, or empty
  std::string version;  ///< as the chain states it, or empty
  std::string hash;     ///< 16 hexadecimal digits: equal for equal content, whatever the order of its rows
  friend bool operator==(const MapVersion&, const MapVersion&) = default;
};

/// What a map consists of.
enum class MapPart : std::uint8_t { segment, enterprise, link, institution, problem, project, result };

template <>
struct Names<MapPart> {
  static constexpr std::array<Name<MapPart>, 7> table{{
      {MapPart::segment, "segment", "环节", "segment"},
      {MapPart::enterprise, "enterprise", "企业", "enterprise"},
      {MapPart::link, "link", "供货关系", "supply link"},
      {MapPart::institution, "institution", "质量技术机构", "quality institution"},
      {MapPart::problem, "problem", "质量问题", "quality problem"},
      {MapPart::project, "project", "攻关项目", "breakthrough project"},
      {MapPart::result, "result", "共享成果", "shared result"},
  }};
};

enum class MapChangeKind : std::uint8_t { added, gone, changed };

template <>
struct Names<MapChangeKind> {
  static constexpr std::array<Name<MapChangeKind>, 3> table{{
      {MapChangeKind::added, "added", "新增", "added"},
      {MapChangeKind::gone, "gone", "消失", "gone"},
      {MapChangeKind::changed, "changed", "变化", "changed"},
  }};
};

/// One row of a difference: a thing that came or went, or one field of one that stayed.
struct MapChange {
  MapChangeKind kind = MapChangeKind::added;
  MapPart part = MapPart::enterprise;
  std::string key;     ///< its id or number; of a link "supplier → customer", with its product where it has one
  Text name;           ///< as the newer version has it, where it has it
  std::string field;   ///< heading of the chain folder's table; empty where the whole thing came or went
  std::string before;  ///< as the table would state it
  std::string after;
  friend bool operator==(const MapChange&, const MapChange&) = default;
};

/// What became of an enterprise's mean loss; no value in a version that lacks it.
struct MapImpact {
  std::string enterprise;  ///< id
  std::optional<double> before;
  std::optional<double> after;
  friend bool operator==(const MapImpact&, const MapImpact&) = default;
};

struct MapDifference {
  MapVersion before;
  MapVersion after;
  std::vector<MapChange> changes;    ///< by part, then key, then field in the table's order
  std::vector<MapImpact> impacts{};  ///< of enterprises whose loss differs, by id; empty until `add_impacts`

  /// Things of a part, each once, that changed in this way.
  [[nodiscard]] std::size_t count(MapPart part, MapChangeKind kind) const noexcept;
};

/// The version that a chain's map shows: date, version, and a hash of all rows that `compare_maps` looks at.
///
/// @param dossier  the chain with its registers.
/// @throws std::bad_alloc.
/// @complexity O(bytes of the rows), no memory.
/// @numerics   Sum of the rows' FNV-1a hashes, 64 bits: names content, is no protection against malice.
/// @threads    Reads only.
/// @source     Fowler, Noll, Vo, 1991 (hash).
/// @since 0.1, experimental.
[[nodiscard]] MapVersion map_version(const Dossier& dossier);

/// What changed on the map from one version of a chain to another: enterprises and segments by id, links by their ends
/// and product, institutions by id, problems, projects and results by number.
///
/// Applied to `before`, the changes give `after`; comparing a chain with itself gives none. Links that occur several
/// times with the same ends and product are one, their values and the largest of their shares taken together.
///
/// @param before  the older version.
/// @param after   the newer one.
/// @throws std::bad_alloc.
/// @complexity O(rows · log rows).
/// @numerics   Numbers are compared as texts that read back as the same number.
/// @threads    Reads only.
/// @source     T/GQDA implementation guide, 5.3.7; the method is ours.
/// @since 0.1, experimental.
[[nodiscard]] MapDifference compare_maps(const Dossier& before, const Dossier& after);

/// Adds what became of the impact: of every enterprise whose mean loss under one problem alone differs by 0.0005 or
/// more between the two assessments, or that one version lacks.
///
/// @param difference     of the two versions; its impacts are replaced.
/// @param before         the older version.
/// @param before_report  its assessment.
/// @param after          the newer version.
/// @param after_report   its assessment, under the same options.
/// @throws Error{shape_mismatch} a report was made from another chain.
/// @complexity O(n log n).
/// @numerics   none.
/// @threads    Reads but `difference`.
/// @source     Definition, no paper.
/// @since 0.1, experimental.
void add_impacts(MapDifference& difference, const Dossier& before, const AssessReport& before_report,
                 const Dossier& after, const AssessReport& after_report);

/// A difference as one JSON object: "format": "chainqual-map-difference", "format_version": 1, "before" and "after"
/// {date, version, hash}, "counts" {part: {added, gone, changed}}, "changes": [{kind, part, key, name {zh, en}, field
/// or null, before, after}], "impacts": [{key, before, after}] (mean losses or null). Equal inputs give equal bytes;
/// '<' and '>' are escaped, as in `map_json`.
[[nodiscard]] std::string difference_json(const MapDifference& difference);

/// Both versions in one: the newer one, with what is gone of segments, enterprises, links and problems beside it. What
/// a difference is drawn on.
///
/// @throws Error as `Chain::add_enterprise` and its kin, for chains that were not made by readers.
/// @complexity, @threads as `compare_maps`. @since 0.1, experimental.
[[nodiscard]] Dossier merged_versions(const Dossier& before, const Dossier& after);

/// Events of one of the nine watched dimensions since the map was last drawn.
struct WatchedDimension {
  WatchDimension dimension = WatchDimension::technology;
  std::size_t events = 0;
  std::size_t triggers = 0;  ///< of them: so grave that the map is to be drawn anew
  std::optional<Date> last;
};

/// When the next map is due, and why.
struct MapUpdate {
  std::optional<Date> drawn;     ///< last review of the map, else the date of the content
  int cycle_months = 12;         ///< the chain's review cycle
  std::optional<Date> due;       ///< the earliest reason's day
  std::vector<DueItem> reasons;  ///< the review and every trigger since, by day; `overdue_days` by the day asked for
  std::array<WatchedDimension, 9> watched{};  ///< in the standard's order
};

/// The state of a living map on a day. The reasons are those of `due_items` that concern the map.
///
/// @param dossier  the chain with its registers.
/// @param today    the day asked for; events after it are not counted.
/// @throws Error{invalid_value} a day in the registers that is no date.
/// @complexity As `due_items`.
/// @numerics   none.
/// @threads    Reads only.
/// @source     T/GQDA implementation guide, 5.3.7.
/// @since 0.1, experimental.
[[nodiscard]] MapUpdate map_update(const Dossier& dossier, Date today);

}  // namespace v1
}  // namespace chainqual
