#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chainqual/impact/assess.hpp"
#include "chainqual/map/options.hpp"
#include "chainqual/map/scene.hpp"
#include "chainqual/map/sketch.hpp"
#include "chainqual/register/dossier.hpp"

// What the chart says, in the words of one language, before anything has a place on the page.
namespace chainqual {
inline namespace v1 {
namespace chart {

/// How much of each enterprise is drawn.
enum class Detail : std::uint8_t { full, small, counts };

/// Whether an enterprise is inside the home province. Unknown, too, where the chain states no home.
enum class Place : std::uint8_t { home, outside, unknown };

/// Problems by grade; the index is the number of stars.
using StarCounts = std::array<std::uint32_t, 4>;
/// Problems by Category.
using CategoryCounts = std::array<std::uint32_t, Names<Category>::table.size()>;

struct Card {
  EnterpriseId id;
  std::string name;
  std::string region;
  std::string products;
  std::string tooltip;
  Place place = Place::unknown;
  Role role = Role::member;
  Ladder ladder = Ladder::unstated;
  std::optional<double> heat;  ///< in [0, 1]
  std::optional<MapChangeKind> change;
  std::string impact;              ///< on a map of changes: mean loss before and after, or empty
  std::uint32_t cut = 0;           ///< others that no supply would reach without it
  bool final_cut = false;          ///< makers of final products among them
  bool joint = false;              ///< without it the chain would fall apart
  bool sole = false;               ///< alone supplies a product
  std::vector<std::string> lines;  ///< the name, broken
  std::vector<std::string> product_lines;
  Box box;
};

/// What stands in a lane instead of cards, and what its heading counts.
struct LaneCounts {
  std::array<std::uint64_t, 3> places{};   ///< by Place
  std::array<std::uint32_t, 3> ladders{};  ///< by Ladder
  std::uint32_t owners = 0;
  std::uint32_t cut_points = 0;
  std::uint32_t joints = 0;
  std::uint32_t sole = 0;
  std::uint64_t enterprises = 0;
  double heat_sum = 0;
};

struct Lane {
  std::string name;
  std::string industry;
  std::string regions;                    ///< empty where the column's heading says it
  std::vector<std::string> institutions;  ///< by name
  std::string guests;                     ///< enterprises of other lanes that also work here
  std::string largest;                    ///< where enterprises are counted: the owners and the largest of them
  bool final_product = false;
  std::optional<MapChangeKind> change;
  StarCounts problems{};
  CategoryCounts categories{};
  LaneCounts counts;
  std::vector<Card> cards;
  // Broken into lines, for the width that the lane has.
  std::vector<std::string> name_lines;
  std::vector<std::string> detail_lines;
  std::vector<std::string> count_lines;
  std::vector<std::string> institution_lines;
  Box box;
};

struct ProblemLine {
  Grade grade = Grade::ungraded;
  std::string number;
  std::string name;
  std::string category;
  std::string where;  ///< names of its segments
  std::string tooltip;
  bool in_project = false;
  std::vector<std::string> lines;  ///< the name, broken
};

struct Column {
  Stage stage = Stage::upstream;
  std::vector<Lane> lanes;
  std::uint32_t lanes_left_out = 0;
  std::uint64_t enterprises = 0;
  std::string regions;
  StarCounts problems{};
  CategoryCounts categories{};
  std::vector<ProblemLine> lines;
  std::uint32_t lines_left_out = 0;
  std::vector<std::string> head_lines;  ///< what stands under the heading, broken
  double list_height = 0;               ///< of the list of problems
  Box box;
};

/// Where an enterprise stands: column, lane, and card (none in a lane of counts or one left out).
struct Spot {
  std::uint32_t column = 0;
  std::uint32_t lane = 0;
  std::optional<std::uint32_t> card;
};

/// Links between two lanes, taken together.
struct LaneBundle {
  std::array<std::uint32_t, 2> from{};  ///< column, lane
  std::array<std::uint32_t, 2> to{};
  std::uint64_t links = 0;
  bool documented = false;  ///< any of them
};

struct Chart {
  Detail detail = Detail::full;
  Language language = Language::zh;
  bool heat = false;
  bool home_known = false;
  bool links = true;
  bool single_links = false;  ///< each link a curve of its own
  std::array<Column, 3> columns;
  std::vector<std::string> institutions;  ///< by name: those that serve no segment but the whole chain
  std::vector<std::string> institution_lines;
  std::vector<Spot> spots;                             ///< by EnterpriseId
  std::vector<LaneBundle> bundles;                     ///< where links are not drawn one by one
  bool difference = false;                             ///< coloured by what changed
  std::map<std::string, MapChangeKind> changed_links;  ///< by the key of the change
  std::string title;
  std::string edition;  ///< date, version and hash of the content
  std::string due;      ///< when the next map is due, or empty
  std::string summary;
  std::string home_name;
  std::vector<std::string> sources;
  std::string note;
  std::uint64_t enterprises = 0;
  std::uint64_t documented = 0;
  std::uint64_t inferred = 0;
  StarCounts problems{};
  CategoryCounts categories{};
  std::vector<std::string> title_lines;
  std::vector<std::string> summary_lines;
  std::size_t cut_texts = 0;  ///< names that found no room even on their last line, by the last measuring
};

/// At most so many lanes and listed problems stand in a column; further ones are counted.
inline constexpr std::size_t most_lanes = 24;
inline constexpr std::size_t most_problem_lines = 24;
/// So many links are drawn one by one, and so many bundles of them.
inline constexpr std::size_t most_single_links = 400;
inline constexpr std::size_t most_lane_bundles = 300;

/// @param sketch  whose dossier this is, or nullptr.
[[nodiscard]] Chart make_chart(const Dossier& dossier, const AssessReport* report, const SvgOptions& options,
                               const ChainSketch* sketch = nullptr);

/// `zh` or `en`, by the chart's language.
[[nodiscard]] inline std::string_view say(Language language, std::string_view zh, std::string_view en) noexcept {
  return language == Language::zh ? zh : en;
}

/// Puts the cards of each lane into an order that lets few links cross: never more than in the order they came in.
/// Lanes keep the order of the segments, which is the authors'.
void order_cards(Chart& chart, const Chain& chain);

/// Pairs of links between the same two columns that cross when cards stand in the chart's order.
[[nodiscard]] std::uint64_t crossings(const Chart& chart, const Chain& chain);

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
