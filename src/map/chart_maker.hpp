#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "chart_model.hpp"
#include "weak_points.hpp"

// How a chart is put together from a chain: its parts stand in chart_model.cpp (lanes and cards), chart_registers.cpp,
// chart_bundles.cpp (links) and chart_titles.cpp.
namespace chainqual {
inline namespace v1 {
namespace chart {

class Maker {
 public:
  Maker(const Dossier& dossier, const AssessReport* report, const SvgOptions& options, const ChainSketch* sketch);
  Chart make();

 private:
  using LanePair = std::pair<std::array<std::uint32_t, 2>, std::array<std::uint32_t, 2>>;
  using Bundles = std::map<LanePair, LaneBundle>;

  void read_difference();
  void lanes();
  void enterprises();
  void count(LaneCounts& counts, EnterpriseId id, const Enterprise& enterprise);
  void add_guest(const Enterprise& enterprise, const std::string& segment);
  void name_largest();
  Spot rest_lane(Stage stage);
  [[nodiscard]] Card card_of(EnterpriseId id, const Enterprise& enterprise) const;
  [[nodiscard]] Place place_of(const Enterprise& enterprise) const;

  void institutions();
  void problems();
  [[nodiscard]] ProblemLine line_of(const Problem& problem, Grade grade, bool in_project) const;

  void count_links();
  void whole_chain(const ChainSketch& sketch);
  void keep_bundles(const Bundles& bundles);
  static void add_bundle(Bundles& bundles, const Spot& a, const Spot& b, std::uint64_t links, bool documented);

  void words();
  void edition();
  [[nodiscard]] std::string summary() const;

  [[nodiscard]] std::string name_of(const Enterprise& enterprise) const;
  [[nodiscard]] std::optional<MapChangeKind> change_of(MapPart part, const std::string& key) const;
  [[nodiscard]] std::string_view comma() const { return say(language_, "、", ", "); }
  /// Under all problems at once nearly every loss is 1 in a chain with many problems, which would tell nothing apart.
  [[nodiscard]] double mean_loss(EnterpriseId id) const { return report_->enterprise_rows[id.index()].mean_loss; }
  Column& column(Stage stage) { return chart_.columns[static_cast<std::size_t>(stage)]; }
  Lane& lane_at(const Spot& spot) { return chart_.columns[spot.column].lanes[spot.lane]; }
  /// The lane of a segment, or nullptr where there is none of that id or it found no room.
  Lane* lane_of(const std::string& segment);

  const Dossier& dossier_;
  const Chain& chain_;
  const AssessReport* report_;
  const SvgOptions& options_;
  const ChainSketch* sketch_;
  Language language_;
  Chart chart_;
  std::optional<WeakPoints> weak_;  ///< not of a sketch, which lacks enterprises that others may be supplied by
  std::uint64_t bundles_left_out_ = 0;
  std::map<std::pair<MapPart, std::string>, MapChangeKind> changes_;
  std::map<std::string, std::string> impacts_;          ///< words by the enterprise's id
  std::set<std::array<std::uint32_t, 2>> whole_lanes_;  ///< those whose counts are the whole chain's
  std::vector<std::optional<Spot>> lane_of_segment_;    ///< by SegmentId
  std::array<std::optional<std::uint32_t>, 3> rest_;
};

/// In the language asked for, or in the other where there is nothing in it.
[[nodiscard]] const std::string& in_language(const std::string& zh, const std::string& en, Language language);
[[nodiscard]] const std::vector<std::string>& in_language(const std::vector<std::string>& zh,
                                                          const std::vector<std::string>& en, Language language);

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
