#include "chart_model.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "chainqual/chain/region.hpp"
#include "chainqual/chain/single_source.hpp"
#include "chart_words.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

const std::string& in_language(const std::string& zh, const std::string& en, Language language) {
  if (language == Language::zh) return zh.empty() ? en : zh;
  return en.empty() ? zh : en;
}

bool same_region(const std::string& a, const std::string& b) {
  const Region* first = find_region(a);
  return first != nullptr && first == find_region(b);
}

class Maker {
 public:
  Maker(const Dossier& dossier, const AssessReport* report, const SvgOptions& options, const ChainSketch* sketch)
      : dossier_(dossier),
        chain_(dossier.chain),
        report_(report),
        options_(options),
        sketch_(sketch),
        language_(options.language) {}

  Chart make() {
    const auto n = chain_.enterprises();
    if (report_ != nullptr &&
        (report_->enterprise_rows.size() != n || report_->problems.size() != dossier_.problems.size())) {
      throw Error(ErrorCode::shape_mismatch, {"评估结果与产业链不符：企业数或问题数不同。请用同一条链重新评估",
                                              "the report does not belong to this chain: the numbers of enterprises or "
                                              "problems differ. Assess this chain again"});
    }
    chart_.language = language_;
    chart_.enterprises = sketch_ != nullptr ? sketch_->enterprises : n;
    // A sketch lacks enterprises that cards would have to stand for.
    chart_.detail = sketch_ != nullptr || n > options_.aggregate_above ? Detail::counts
                    : n > options_.detail_up_to                        ? Detail::small
                                                                       : Detail::full;
    chart_.heat = report_ != nullptr;
    chart_.home_known = find_region(dossier_.info.home_region) != nullptr;
    chart_.home_name = region_name(dossier_.info.home_region, language_);
    read_difference();
    lanes();
    enterprises();
    if (options_.sole_suppliers && chart_.detail != Detail::counts) sole_suppliers();
    if (options_.institutions) institutions();
    if (options_.problems) problems();
    if (sketch_ != nullptr) {
      whole_chain(*sketch_);
    } else {
      count_links();
    }
    words();
    return std::move(chart_);
  }

 private:
  [[nodiscard]] std::string_view comma() const { return say(language_, "、", ", "); }

  /// Under all problems at once nearly every loss is 1 in a chain with many problems, which would tell nothing apart.
  [[nodiscard]] double mean_loss(EnterpriseId id) const { return report_->enterprise_rows[id.index()].mean_loss; }

  void read_difference() {
    if (!options_.difference) return;
    chart_.difference = true;
    for (const MapChange& change : options_.difference->changes) {
      changes_.emplace(std::pair(change.part, change.key), change.kind);
      if (change.part == MapPart::link) chart_.changed_links.emplace(change.key, change.kind);
    }
  }

  [[nodiscard]] std::optional<MapChangeKind> change_of(MapPart part, const std::string& key) const {
    const auto found = changes_.find({part, key});
    return found == changes_.end() ? std::nullopt : std::optional(found->second);
  }

  Column& column(Stage stage) { return chart_.columns[static_cast<std::size_t>(stage)]; }

  void lanes() {
    const Stage stages[] = {Stage::upstream, Stage::midstream, Stage::downstream};
    for (const Stage stage : stages) column(stage).stage = stage;
    std::array<std::set<std::string>, 3> regions;
    for (const auto& segment : chain_.segments()) {
      regions[static_cast<std::size_t>(segment.stage)].insert(listed_regions(segment.regions, language_));
    }
    for (const auto& segment : chain_.segments()) {
      const auto stage = static_cast<std::uint32_t>(segment.stage);
      Column& into = chart_.columns[stage];
      if (into.lanes.size() >= most_lanes) {
        lane_of_segment_.push_back(std::nullopt);
        ++into.lanes_left_out;
        continue;
      }
      Lane lane;
      lane.name = in_language(segment.name, segment.name_en, language_);
      if (lane.name.empty()) lane.name = segment.id;
      if (language_ == Language::zh) lane.industry = segment.industry;
      lane.final_product = segment.final_product;
      lane.change = change_of(MapPart::segment, segment.id);
      const std::string where = listed_regions(segment.regions, language_);
      // A region list that all segments of a stage share is said once, in the column's heading.
      if (regions[stage].size() == 1) {
        into.regions = where;
      } else {
        lane.regions = where;
      }
      lane_of_segment_.push_back(Spot{stage, static_cast<std::uint32_t>(into.lanes.size()), std::nullopt});
      into.lanes.push_back(std::move(lane));
    }
  }

  /// The lane of those that name no known segment, or one that found no room.
  Spot rest_lane(Stage stage) {
    const auto at = static_cast<std::size_t>(stage);
    if (!rest_[at]) {
      Column& into = chart_.columns[at];
      Lane lane;
      lane.name = into.lanes.empty() && into.lanes_left_out == 0 ? say(language_, "未分环节", "No segment stated")
                                                                 : say(language_, "其他环节", "Other segments");
      rest_[at] = static_cast<std::uint32_t>(into.lanes.size());
      into.lanes.push_back(std::move(lane));
    }
    return {static_cast<std::uint32_t>(at), *rest_[at], std::nullopt};
  }

  Card card_of(EnterpriseId id, const Enterprise& enterprise) {
    Card card;
    card.id = id;
    card.name = in_language(enterprise.name, enterprise.name_en, language_);
    if (card.name.empty()) card.name = enterprise.id;
    card.region = region_name(enterprise.region, language_);
    // Products are known in Chinese only; they are shown as they stand.
    card.products = joined(enterprise.products, comma());
    card.tooltip = joined({card.name, card.region, card.products}, say(language_, "　", "  ·  "));
    card.place = place_of(enterprise);
    card.role = enterprise.role;
    card.ladder = enterprise.ladder;
    if (report_ != nullptr) card.heat = mean_loss(id);
    card.change = change_of(MapPart::enterprise, enterprise.id);
    return card;
  }

  [[nodiscard]] Place place_of(const Enterprise& enterprise) const {
    if (!chart_.home_known || enterprise.region.empty()) return Place::unknown;
    return same_region(enterprise.region, dossier_.info.home_region) ? Place::home : Place::outside;
  }

  void enterprises() {
    const auto n = chain_.enterprises();
    chart_.spots.reserve(n);
    for (std::uint32_t i = 0; i < n; ++i) {
      const EnterpriseId id{i};
      const Enterprise& enterprise = chain_.enterprise(id);
      const SegmentId home = chain_.home_segment(id);
      Spot spot;
      if (!home.is_none() && lane_of_segment_[home.index()]) {
        spot = *lane_of_segment_[home.index()];
      } else {
        spot = rest_lane(home.is_none() ? enterprise.stage : chain_.segment(home).stage);
      }
      Column& into = chart_.columns[spot.column];
      ++into.enterprises;
      Lane& lane = into.lanes[spot.lane];
      count(lane.counts, id, enterprise);
      if (chart_.detail != Detail::counts) {
        spot.card = static_cast<std::uint32_t>(lane.cards.size());
        lane.cards.push_back(card_of(id, enterprise));
        for (std::size_t k = 1; k < enterprise.segments.size(); ++k) add_guest(enterprise, enterprise.segments[k]);
      }
      chart_.spots.push_back(spot);
    }
  }

  void sole_suppliers() {
    for (const auto& product : single_source_products(chain_)) {
      const Spot& spot = chart_.spots[product.supplier.index()];
      if (!spot.card) continue;
      chart_.columns[spot.column].lanes[spot.lane].cards[*spot.card].sole = chart_.sole = true;
    }
  }

  void count(LaneCounts& counts, EnterpriseId id, const Enterprise& enterprise) {
    ++counts.enterprises;
    ++counts.places[static_cast<std::size_t>(place_of(enterprise))];
    ++counts.ladders[static_cast<std::size_t>(enterprise.ladder)];
    if (enterprise.role == Role::owner) ++counts.owners;
    if (report_ != nullptr) counts.heat_sum += mean_loss(id);
  }

  void add_guest(const Enterprise& enterprise, const std::string& segment) {
    const auto at = chain_.find_segment(segment);
    if (!at || !lane_of_segment_[at->index()]) return;
    const Spot& spot = *lane_of_segment_[at->index()];
    std::string& guests = chart_.columns[spot.column].lanes[spot.lane].guests;
    if (!guests.empty()) guests += comma();
    guests += in_language(enterprise.name, enterprise.name_en, language_);
  }

  void institutions() {
    for (const auto& institution : chain_.institutions()) {
      std::string name = in_language(institution.name, institution.name_en, language_);
      if (institution.cma || institution.cnas) {
        name += institution.cma && institution.cnas ? " [CMA/CNAS]" : institution.cma ? " [CMA]" : " [CNAS]";
      }
      for (const auto& segment : institution.segments) {
        const auto at = chain_.find_segment(segment);
        if (!at || !lane_of_segment_[at->index()]) continue;
        const Spot& spot = *lane_of_segment_[at->index()];
        std::string& list = chart_.columns[spot.column].lanes[spot.lane].institutions;
        if (!list.empty()) list += say(language_, "；", "; ");
        list += name;
      }
    }
  }

  void problems() {
    std::set<std::string> in_projects;
    for (const auto& project : dossier_.projects) in_projects.insert(project.problems.begin(), project.problems.end());
    for (std::size_t i = 0; i < dossier_.problems.size(); ++i) {
      const Problem& problem = dossier_.problems[i];
      const Grade grade = report_ != nullptr ? report_->problems[i].grade : problem.declared;
      const auto stars_count = static_cast<std::size_t>(grade);
      Column& into = column(problem.stage);
      ++into.problems[stars_count];
      ++chart_.problems[stars_count];
      std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
      for (const auto& segment : problem.segments) {
        const auto at = chain_.find_segment(segment);
        if (!at || !lane_of_segment_[at->index()]) continue;
        const Spot& spot = *lane_of_segment_[at->index()];
        if (seen.emplace(spot.column, spot.lane).second) {
          ++chart_.columns[spot.column].lanes[spot.lane].problems[stars_count];
        }
      }
      ProblemLine line;
      line.grade = grade;
      line.number = problem.number;
      line.name = in_language(problem.name, problem.name_en, language_);
      if (line.name.empty()) line.name = in_language(problem.description, problem.description_en, language_);
      if (const auto change = change_of(MapPart::problem, problem.number)) {
        line.name = std::string(say(language_, "【", "[")) + std::string(label_of(*change, language_)) +
                    std::string(say(language_, "】", "] ")) + line.name;
      }
      line.category = label_of(problem.category, language_);
      line.tooltip = in_language(problem.description, problem.description_en, language_);
      line.in_project = in_projects.count(problem.number) != 0;
      into.lines.push_back(std::move(line));
    }
    for (auto& each : chart_.columns) {
      std::stable_sort(each.lines.begin(), each.lines.end(),
                       [](const ProblemLine& a, const ProblemLine& b) { return a.grade > b.grade; });
      if (each.lines.size() > most_problem_lines) {
        each.lines_left_out = static_cast<std::uint32_t>(each.lines.size() - most_problem_lines);
        each.lines.resize(most_problem_lines);
      }
    }
  }

  void count_links() {
    std::map<LanePair, LaneBundle> bundles;
    const auto [first, last] = boost::edges(chain_.graph());
    for (auto edge = first; edge != last; ++edge) {
      const bool documented = chain_.link(*edge).evidence == Evidence::documented;
      ++(documented ? chart_.documented : chart_.inferred);
      add_bundle(bundles, chart_.spots[chain_.supplier(*edge).index()], chart_.spots[chain_.customer(*edge).index()], 1,
                 documented);
    }
    keep_bundles(bundles);
  }

  using LanePair = std::pair<std::array<std::uint32_t, 2>, std::array<std::uint32_t, 2>>;
  static void add_bundle(std::map<LanePair, LaneBundle>& bundles, const Spot& a, const Spot& b, std::uint64_t links,
                         bool documented) {
    if (a.column == b.column && a.lane == b.lane) return;
    const LanePair ends{{a.column, a.lane}, {b.column, b.lane}};
    LaneBundle& into = bundles[ends];
    into.from = ends.first;
    into.to = ends.second;
    into.links += links;
    into.documented = into.documented || documented;
  }

  /// The largest; what is left out is said in the note.
  void keep_bundles(const std::map<LanePair, LaneBundle>& bundles) {
    for (const auto& each : bundles) chart_.bundles.push_back(each.second);
    if (chart_.bundles.size() <= most_lane_bundles) return;
    bundles_left_out_ = chart_.bundles.size() - most_lane_bundles;
    std::stable_sort(chart_.bundles.begin(), chart_.bundles.end(),
                     [](const LaneBundle& a, const LaneBundle& b) { return a.links > b.links; });
    chart_.bundles.resize(most_lane_bundles);
  }

  /// Counts of the whole chain in place of those of its sketch.
  void whole_chain(const ChainSketch& sketch) {
    std::vector<Spot> spots;
    const std::size_t segments = chain_.segments().size();
    std::vector<std::vector<std::string>> names(sketch.segment_sizes.size());
    for (std::uint32_t i = 0; i < chain_.enterprises(); ++i) {
      const SegmentId home = chain_.home_segment(EnterpriseId{i});
      const Enterprise& enterprise = chain_.enterprise(EnterpriseId{i});
      const std::size_t k = home.is_none() ? segments + static_cast<std::size_t>(enterprise.stage) : home.index();
      if (names[k].size() < 3) names[k].push_back(in_language(enterprise.name, enterprise.name_en, language_));
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
    std::map<LanePair, LaneBundle> bundles;
    for (const auto& each : sketch.bundles) add_bundle(bundles, spots[each.from], spots[each.to], each.links, false);
    keep_bundles(bundles);
  }

  void words() {
    const ChainInfo& info = dossier_.info;
    const std::string& name = in_language(info.name, info.name_en, language_);
    chart_.title = options_.title;
    if (chart_.title.empty()) {
      chart_.title =
          language_ == Language::zh ? name + "质量图谱" : (name.empty() ? "Quality map" : name + ": quality map");
    }
    chart_.date = options_.date.empty() ? info.date : options_.date;
    chart_.sources = info.sources;
    chart_.note = in_language(info.note, info.note_en, language_);
    const bool zh = language_ == Language::zh;
    if (bundles_left_out_ != 0) {
      const std::string left = count_text(bundles_left_out_);
      chart_.note +=
          zh ? "环节之间的供货只画最粗的 " + count_text(most_lane_bundles) + " 束，另有 " + left + " 束未画。"
             : (chart_.note.empty() ? "" : " ") +
                   ("Of the bundles of links between segments the largest " + count_text(most_lane_bundles) +
                    " are drawn; " + left + " are left out.");
    }
    if (options_.difference) {
      chart_.summary = difference_words(*options_.difference, language_);
      return;
    }
    if (sketch_ != nullptr) {
      chart_.summary =
          zh ? count_text(chart_.enterprises) + " 家企业　" + count_text(chart_.inferred) + " 条供货关系"
             : count_text(chart_.enterprises) + " enterprises  ·  " + count_text(chart_.inferred) + " supply links";
      return;
    }
    chart_.summary =
        zh ? count_text(chart_.enterprises) + " 家企业　" : count_text(chart_.enterprises) + " enterprises  ·  ";
    const std::uint64_t links = chart_.documented + chart_.inferred;
    chart_.summary += zh ? count_text(links) + " 条供货关系（有据 " + count_text(chart_.documented) + "，推断 " +
                               count_text(chart_.inferred) + "）　"
                         : count_text(links) + " supply links (" + count_text(chart_.documented) + " documented, " +
                               count_text(chart_.inferred) + " inferred)  ·  ";
    chart_.summary += zh ? count_text(dossier_.problems.size()) + " 个质量问题　" +
                               count_text(dossier_.projects.size()) + " 个攻关项目"
                         : count_text(dossier_.problems.size()) + " quality problems  ·  " +
                               count_text(dossier_.projects.size()) + " breakthrough projects";
  }

  const Dossier& dossier_;
  const Chain& chain_;
  const AssessReport* report_;
  const SvgOptions& options_;
  const ChainSketch* sketch_;
  Language language_;
  Chart chart_;
  std::uint64_t bundles_left_out_ = 0;
  std::map<std::pair<MapPart, std::string>, MapChangeKind> changes_;
  std::set<std::array<std::uint32_t, 2>> whole_lanes_;  ///< those whose counts are the whole chain's
  std::vector<std::optional<Spot>> lane_of_segment_;    ///< by SegmentId
  std::array<std::optional<std::uint32_t>, 3> rest_;
};

}  // namespace

Chart make_chart(const Dossier& dossier, const AssessReport* report, const SvgOptions& options,
                 const ChainSketch* sketch) {
  Chart chart = Maker(dossier, report, options, sketch).make();
  if (chart.detail != Detail::counts) order_cards(chart, dossier.chain);
  return chart;
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
