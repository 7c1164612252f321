#include <algorithm>

#include "chart_maker.hpp"
#include "chart_words.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {

void Maker::add_bundle(Bundles& bundles, const Spot& a, const Spot& b, std::uint64_t links, bool documented) {
  if (a.column == b.column && a.lane == b.lane) return;
  const LanePair ends{{a.column, a.lane}, {b.column, b.lane}};
  LaneBundle& into = bundles[ends];
  into.from = ends.first;
  into.to = ends.second;
  into.links += links;
  into.documented = into.documented || documented;
}

/// The largest; what is left out is said in the note.
void Maker::keep_bundles(const Bundles& bundles) {
  for (const auto& each : bundles) chart_.bundles.push_back(each.second);
  if (chart_.bundles.size() <= most_lane_bundles) return;
  bundles_left_out_ = chart_.bundles.size() - most_lane_bundles;
  std::stable_sort(chart_.bundles.begin(), chart_.bundles.end(),
                   [](const LaneBundle& a, const LaneBundle& b) { return a.links > b.links; });
  chart_.bundles.resize(most_lane_bundles);
}

void Maker::count_links() {
  Bundles bundles;
  const auto [first, last] = boost::edges(chain_.graph());
  for (auto edge = first; edge != last; ++edge) {
    const bool documented = chain_.link(*edge).evidence == Evidence::documented;
    ++(documented ? chart_.documented : chart_.inferred);
    add_bundle(bundles, chart_.spots[chain_.supplier(*edge).index()], chart_.spots[chain_.customer(*edge).index()], 1,
               documented);
  }
  keep_bundles(bundles);
}

/// Counts of the whole chain in place of those of its sketch.
void Maker::whole_chain(const ChainSketch& sketch) {
  std::vector<Spot> spots;
  const std::size_t segments = chain_.segments().size();
  std::vector<std::vector<std::string>> names(sketch.segment_sizes.size());
  for (std::uint32_t i = 0; i < chain_.enterprises(); ++i) {
    const SegmentId home = chain_.home_segment(EnterpriseId{i});
    const Enterprise& enterprise = chain_.enterprise(EnterpriseId{i});
    const std::size_t k = home.is_none() ? segments + static_cast<std::size_t>(enterprise.stage) : home.index();
    if (names[k].size() < 3) names[k].push_back(isolated(name_of(enterprise)));
  }
  for (auto& column : chart_.columns) column.enterprises = 0;
  for (std::size_t k = 0; k < sketch.segment_sizes.size(); ++k) {
    const bool real = k < segments;
    const Stage stage =
        real ? chain_.segment(SegmentId(static_cast<std::uint32_t>(k))).stage : static_cast<Stage>(k - segments);
    const std::uint64_t size = sketch.segment_sizes[k];
    const bool own = real && lane_of_segment_[k];
    if (!own && size == 0) {
      spots.push_back({});
      continue;
    }
    spots.push_back(own ? *lane_of_segment_[k] : rest_lane(stage));
    Column& column = chart_.columns[spots[k].column];
    Lane& lane = column.lanes[spots[k].lane];
    column.enterprises += size;
    if (whole_lanes_.insert({spots[k].column, spots[k].lane}).second) lane.counts = {};
    lane.counts.enterprises += size;
    lane.counts.places[static_cast<std::size_t>(Place::unknown)] += size;
    if (lane.largest.empty() && !names[k].empty()) {
      lane.largest =
          (language_ == Language::zh ? std::string(label_of(sketch.measure, language_)) + "最大："
                                     : "Largest by " + std::string(label_of(sketch.measure, language_)) + ": ") +
          joined(names[k], comma());
    }
  }
  chart_.inferred = sketch.links;
  Bundles bundles;
  for (const auto& each : sketch.bundles) add_bundle(bundles, spots[each.from], spots[each.to], each.links, false);
  keep_bundles(bundles);
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
