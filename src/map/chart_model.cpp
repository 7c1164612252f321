#include "chart_model.hpp"

#include <algorithm>
#include <cmath>

#include "chainqual/chain/region.hpp"
#include "chart_maker.hpp"
#include "chart_words.hpp"
#include "painter.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

bool same_region(const std::string& a, const std::string& b) {
  const Region* first = find_region(a);
  return first != nullptr && first == find_region(b);
}

/// "21%→24%"; with a decimal where whole per cent would show no change.
std::string impact_words(const MapImpact& impact) {
  const auto whole = [](const std::optional<double>& loss) { return loss ? percent(*loss) : std::string("–"); };
  if (!impact.before || !impact.after || whole(impact.before) != whole(impact.after)) {
    return whole(impact.before) + "→" + whole(impact.after);
  }
  const auto tenths = [](double loss) {
    const auto value = std::to_string(std::llround(loss * 1000));
    return (value.size() < 2 ? "0" : value.substr(0, value.size() - 1)) + "." + value.back() + "%";
  };
  return tenths(*impact.before) + "→" + tenths(*impact.after);
}

}  // namespace

const std::string& in_language(const std::string& zh, const std::string& en, Language language) {
  if (language == Language::zh) return zh.empty() ? en : zh;
  return en.empty() ? zh : en;
}

const std::vector<std::string>& in_language(const std::vector<std::string>& zh, const std::vector<std::string>& en,
                                            Language language) {
  if (language == Language::zh) return zh.empty() ? en : zh;
  return en.empty() ? zh : en;
}

Maker::Maker(const Dossier& dossier, const AssessReport* report, const SvgOptions& options, const ChainSketch* sketch)
    : dossier_(dossier),
      chain_(dossier.chain),
      report_(report),
      options_(options),
      sketch_(sketch),
      language_(options.language) {}

Chart Maker::make() {
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
  // Without problems nobody loses anything: a figure on every card would say nothing.
  chart_.heat = report_ != nullptr && !report_->problems.empty();
  chart_.home_known = find_region(dossier_.info.home_region) != nullptr;
  chart_.home_name = region_name(dossier_.info.home_region, language_);
  read_difference();
  if (sketch_ == nullptr && (options_.sole_suppliers || options_.weak_points)) weak_ = weak_points(chain_);
  chart_.links = options_.links;
  chart_.single_links = chart_.detail == Detail::full && chain_.links() <= most_single_links;
  lanes();
  enterprises();
  if (chart_.detail == Detail::counts && sketch_ == nullptr) name_largest();
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

void Maker::read_difference() {
  if (!options_.difference) return;
  chart_.difference = true;
  for (const MapChange& change : options_.difference->changes) {
    changes_.emplace(std::pair(change.part, change.key), change.kind);
    if (change.part == MapPart::link) chart_.changed_links.emplace(change.key, change.kind);
  }
  for (const MapImpact& impact : options_.difference->impacts) impacts_[impact.enterprise] = impact_words(impact);
}

std::optional<MapChangeKind> Maker::change_of(MapPart part, const std::string& key) const {
  const auto found = changes_.find({part, key});
  return found == changes_.end() ? std::nullopt : std::optional(found->second);
}

std::string Maker::name_of(const Enterprise& enterprise) const {
  const std::string& name = in_language(enterprise.name, enterprise.name_en, language_);
  return name.empty() ? enterprise.id : name;
}

Lane* Maker::lane_of(const std::string& segment) {
  const auto at = chain_.find_segment(segment);
  if (!at || !lane_of_segment_[at->index()]) return nullptr;
  return &lane_at(*lane_of_segment_[at->index()]);
}

void Maker::lanes() {
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
    lane.industry = language_ == Language::zh ? segment.industry : segment.industry_en;
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
Spot Maker::rest_lane(Stage stage) {
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

Card Maker::card_of(EnterpriseId id, const Enterprise& enterprise) const {
  Card card;
  card.id = id;
  card.name = name_of(enterprise);
  card.region = region_name(enterprise.region, language_);
  // Products are known in Chinese only; they are shown as they stand.
  std::vector<std::string> products;
  for (const auto& product : in_language(enterprise.products, enterprise.products_en, language_))
    products.push_back(isolated(product));
  card.products = joined(products, comma());
  card.tooltip = joined({isolated(card.name), card.region, card.products}, say(language_, "　", "  ·  "));
  card.place = place_of(enterprise);
  card.role = enterprise.role;
  card.ladder = enterprise.ladder;
  if (chart_.heat) card.heat = mean_loss(id);
  card.change = change_of(MapPart::enterprise, enterprise.id);
  if (const auto found = impacts_.find(enterprise.id); found != impacts_.end()) card.impact = found->second;
  if (weak_ && options_.weak_points) {
    card.cut = weak_->cut[id.index()];
    card.final_cut = weak_->final_cut[id.index()] != 0;
    card.joint = weak_->joint[id.index()];
  }
  card.sole = weak_ && options_.sole_suppliers && weak_->sole[id.index()];
  return card;
}

Place Maker::place_of(const Enterprise& enterprise) const {
  if (!chart_.home_known || enterprise.region.empty()) return Place::unknown;
  return same_region(enterprise.region, dossier_.info.home_region) ? Place::home : Place::outside;
}

void Maker::enterprises() {
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

void Maker::count(LaneCounts& counts, EnterpriseId id, const Enterprise& enterprise) {
  ++counts.enterprises;
  ++counts.places[static_cast<std::size_t>(place_of(enterprise))];
  ++counts.ladders[static_cast<std::size_t>(enterprise.ladder)];
  if (enterprise.role == Role::owner) ++counts.owners;
  if (weak_ && options_.weak_points) {
    counts.cut_points += weak_->cut[id.index()] != 0 ? 1 : 0;
    counts.joints += weak_->joint[id.index()] ? 1 : 0;
  }
  if (weak_ && options_.sole_suppliers) counts.sole += weak_->sole[id.index()] ? 1 : 0;
  if (chart_.heat) counts.heat_sum += mean_loss(id);
}

void Maker::add_guest(const Enterprise& enterprise, const std::string& segment) {
  Lane* lane = lane_of(segment);
  if (lane == nullptr) return;
  if (!lane->guests.empty()) lane->guests += comma();
  lane->guests += isolated(name_of(enterprise));
}

void Maker::name_largest() {
  constexpr std::size_t most_named = 3;
  const auto n = chain_.enterprises();
  bool weighed = false;
  std::vector<double> size(n);
  for (std::uint32_t i = 0; i < n; ++i) weighed = weighed || chain_.enterprise(EnterpriseId{i}).weight.value_or(1) != 1;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>>>
      named;  // by lane: owners, others
  for (std::uint32_t i = 0; i < n; ++i) {
    const Enterprise& enterprise = chain_.enterprise(EnterpriseId{i});
    const auto links = boost::out_degree(i, chain_.graph()) + boost::in_degree(i, chain_.graph());
    size[i] = weighed ? enterprise.weight.value_or(1) : static_cast<double>(links);
    auto& [owners, others] = named[{chart_.spots[i].column, chart_.spots[i].lane}];
    (enterprise.role == Role::owner ? owners : others).push_back(i);
  }
  const auto first = [&](std::vector<std::uint32_t>& all) {
    std::stable_sort(all.begin(), all.end(), [&](std::uint32_t a, std::uint32_t b) { return size[a] > size[b]; });
    std::vector<std::string> names;
    for (std::size_t k = 0; k < std::min(all.size(), most_named); ++k) {
      names.push_back(isolated(name_of(chain_.enterprise(EnterpriseId{all[k]}))));
    }
    return joined(names, comma());
  };
  for (auto& [at, groups] : named) {
    std::vector<std::string> parts;
    if (const std::string owners = first(groups.first); !owners.empty()) {
      parts.push_back(std::string(say(language_, "链主：", "Owners: ")) + owners);
    }
    if (const std::string others = first(groups.second); !others.empty()) {
      parts.push_back(std::string(weighed ? say(language_, "权重最大：", "Of most weight: ")
                                          : say(language_, "供货关系最多：", "Of most links: ")) +
                      others);
    }
    chart_.columns[at.first].lanes[at.second].largest = joined(parts, say(language_, "；", "; "));
  }
}

Chart make_chart(const Dossier& dossier, const AssessReport* report, const SvgOptions& options,
                 const ChainSketch* sketch) {
  Chart chart = Maker(dossier, report, options, sketch).make();
  if (chart.detail != Detail::counts) order_cards(chart, dossier.chain);
  return chart;
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
