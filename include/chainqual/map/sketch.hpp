#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "chainqual/chain/network.hpp"
#include "chainqual/core/executor.hpp"
#include "chainqual/core/text.hpp"
#include "chainqual/map/html.hpp"
#include "chainqual/map/options.hpp"
#include "chainqual/map/scene.hpp"
#include "chainqual/register/dossier.hpp"

namespace chainqual {
inline namespace v1 {

/// Links between two segments of a chain, taken together.
struct SketchBundle {
  std::uint32_t from = 0;  ///< as ChainSketch::segment_sizes
  std::uint32_t to = 0;
  std::uint64_t links = 0;
  friend bool operator==(const SketchBundle&, const SketchBundle&) = default;
};

/// What a sketch leaves out round one of its enterprises, on one side of it.
struct SketchTies {
  std::uint32_t partners = 0;  ///< suppliers, or customers, in the whole chain
  /// Of partners that the sketch leaves out: (segment, how many), ascending.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> left_out;
  /// The largest of them by the links' value: (id, segment).
  std::vector<std::pair<std::string, std::uint32_t>> largest;
  friend bool operator==(const SketchTies&, const SketchTies&) = default;
};

/// By what a sketch chooses enterprises.
enum class SketchMeasure : std::uint8_t { traded_value, weight, links, importance, loss };

template <>
struct Names<SketchMeasure> {
  static constexpr std::array<Name<SketchMeasure>, 5> table{{
      {SketchMeasure::traded_value, "traded_value", "交易额", "traded value"},
      {SketchMeasure::weight, "weight", "权重", "weight"},
      {SketchMeasure::links, "links", "供货关系数", "number of links"},
      {SketchMeasure::importance, "importance", "重要度", "importance"},
      {SketchMeasure::loss, "loss", "平均损失", "mean loss"},
  }};
};

/// A chain too large to be drawn, drawn down to what a reader can look at: the most important enterprises of each
/// segment with the links among them as a chain of their own, and the counts of everything.
///
/// Segments of `dossier.chain` come first in all arrays by segment, then one for each stage of what belongs to none of
/// them: k segments, k + 3 entries.
struct ChainSketch {
  Dossier dossier;  ///< an enterprise's place in it is not its EnterpriseId in the network
  std::uint64_t enterprises = 0;
  std::uint64_t links = 0;
  std::vector<EnterpriseId> chosen;          ///< by EnterpriseId in `dossier`: its id in the network
  std::vector<std::uint64_t> segment_sizes;  ///< [k + 3] enterprises of the whole chain
  std::vector<double> covered;               ///< [k + 3] share of the segment's measure that the chosen ones have
  double covered_all = 1;                    ///< the same of the whole chain
  std::array<std::uint32_t, 3> merged{};     ///< by stage: segments too many to stand by themselves
  std::vector<SketchBundle> bundles;         ///< largest first
  std::uint64_t bundles_left_out = 0;
  std::vector<SketchTies> suppliers;  ///< by EnterpriseId in `dossier`
  std::vector<SketchTies> customers;
  std::vector<double> importance;  ///< by EnterpriseId in `dossier`; empty where none was given, NaN where unknown
  SketchMeasure measure = SketchMeasure::traded_value;
};

struct SketchOptions {
  std::size_t most_enterprises = 2'000;
  std::size_t most_segments = 300;  ///< those of most enterprises; the rest are taken together by stage
  std::size_t most_links = 12'000;  ///< among chosen enterprises, the largest
  std::size_t most_bundles = 3'000;
  std::size_t most_partners = 5;  ///< named on each side of a chosen enterprise, beside the chosen ones
  std::string name;
  std::string name_en;
  std::string date;  ///< ISO 8601 day of the content
  std::string note;
  std::string note_en;
};

/// What a network does not know of itself.
struct SketchNames {
  std::function<std::string(EnterpriseId)> id;         ///< empty: the number
  std::function<Text(EnterpriseId)> name;              ///< empty: as `id`
  std::function<Text(std::uint32_t segment)> segment;  ///< empty: the number
};

/// The sketch of a network.
///
/// Room is shared out evenly among segments; what a small one does not need goes to the others. In a segment the most
/// important are chosen: by `importance` where it is given, else by weight where the network has weights, else by the
/// value they buy and sell, else by their links. Ties go to the lower id. A segment's stage is that of most of its
/// enterprises; without a stage column everything stands midstream, and the note says so.
///
/// @param net         n enterprises, m links.
/// @param names       what things are called.
/// @param importance  [n] or empty: any measure >= 0, NaN where it is not known (ranked last, by size).
/// @param options     limits.
/// @param control     cancel.
/// @throws Error{shape_mismatch}  importance is neither empty nor of length n.
/// @throws Error{invalid_value}   importance is negative.
/// @throws Error{cancelled}
/// @complexity  O(n log n + m) time; 20 n bytes and, for s drawn segments, 8 (s + 3)² beside the result.
/// @numerics    Sums in order of ids; the same for any thread count.
/// @threads     Reads only.
/// @source      T/GQDA implementation guide, 5.3.4 c (layers); the choice is ours.
/// @since 0.1, experimental.
[[nodiscard]] ChainSketch sketch_chain(const Network& net, const SketchNames& names = {},
                                       std::span<const double> importance = {}, const SketchOptions& options = {},
                                       const Control& control = {});

/// The enterprises that `sketch_chain` would choose without an `importance`, `most` of them: those worth measuring.
/// @throws Error{cancelled} @complexity O(n log n + m).
[[nodiscard]] std::vector<EnterpriseId> sketch_candidates(const Network& net, std::size_t most,
                                                          const Control& control = {});

/// `map_json` of a sketch: its format, with the counts of the whole chain and what is left out (keys "ties", "carried"
/// and "chosen_by").
/// @throws, @complexity, @numerics, @threads, @source as `map_json`. @since 0.1, experimental.
[[nodiscard]] std::string map_json(const ChainSketch& sketch, const HtmlOptions& options = {});

/// `chain_html` of a sketch: about 2 MB for a million enterprises.
/// @throws, @complexity, @numerics, @threads, @source as `chain_html`. @since 0.1, experimental.
[[nodiscard]] std::string chain_html(const ChainSketch& sketch, const HtmlOptions& options = {});

/// `chain_scene` of a sketch: lanes with counts and their most important enterprises, at most 2,000 items.
/// @throws, @complexity, @numerics, @threads, @source as `chain_scene`. @since 0.1, experimental.
[[nodiscard]] Scene chain_scene(const ChainSketch& sketch, const SvgOptions& options = {});

}  // namespace v1
}  // namespace chainqual
