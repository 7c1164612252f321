#include "chainqual/map/sketch.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "sketch_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace {

using page::left_out;

constexpr std::uint32_t cancel_every = 0xFFFF;

/// What there is of each enterprise: its size by the first of weight, traded value, links that the network has.
struct Sizes {
  std::vector<double> of;
  SketchMeasure measure = SketchMeasure::traded_value;
};

Sizes sizes_of(const Network& net, const Control& control) {
  Sizes sizes;
  const std::uint32_t n = net.enterprises();
  sizes.of.assign(n, 0);
  if (!net.weight().empty()) {
    sizes.measure = SketchMeasure::weight;
    for (std::uint32_t i = 0; i < n; ++i) sizes.of[i] = std::isnan(net.weight()[i]) ? 0 : net.weight()[i];
    return sizes;
  }
  const bool valued = net.summary().values_assumed < net.summary().links_given || net.summary().links_given == 0;
  sizes.measure = valued ? SketchMeasure::traded_value : SketchMeasure::links;
  for (std::uint32_t i = 0; i < n; ++i) {
    if ((i & cancel_every) == 0) throw_if_cancelled(control);
    const EnterpriseId id{i};
    double& size = sizes.of[i];
    if (!valued) {
      size = static_cast<double>(net.out_degree(id) + net.in_degree(id));
      continue;
    }
    for (std::uint64_t l = net.out_offsets()[i]; l < net.out_offsets()[i + 1]; ++l) size += net.out_values()[l];
    for (std::uint64_t l = net.in_offsets()[i]; l < net.in_offsets()[i + 1]; ++l) size += net.in_values()[l];
  }
  return sizes;
}

Stage stage_of(const Network& net, std::uint32_t i) {
  return net.stage().empty() || net.stage()[i] == Network::no_stage ? Stage::midstream
                                                                    : static_cast<Stage>(net.stage()[i]);
}

/// The segments that stand by themselves, and where each enterprise belongs.
struct Groups {
  std::vector<std::uint32_t> segments;  ///< their ids, by stage and then id
  std::vector<Stage> stages;            ///< of them
  std::vector<std::uint32_t> of;        ///< by EnterpriseId
  std::vector<std::uint64_t> sizes;     ///< [k + 3]
  std::array<std::uint32_t, 3> merged{};
};

Groups groups_of(const Network& net, std::size_t most) {
  struct Found {
    std::uint32_t id = 0;
    std::uint64_t enterprises = 0;
    std::array<std::uint64_t, 3> stages{};
    [[nodiscard]] Stage stage() const {
      return static_cast<Stage>(std::max_element(stages.begin(), stages.end()) - stages.begin());
    }
  };
  const std::uint32_t n = net.enterprises();
  const auto segment = net.segment();
  std::unordered_map<std::uint32_t, Found> found;
  for (std::uint32_t i = 0; i < segment.size(); ++i) {
    if (segment[i] == Network::none) continue;
    Found& into = found[segment[i]];
    into.id = segment[i];
    ++into.enterprises;
    ++into.stages[static_cast<std::size_t>(stage_of(net, i))];
  }
  std::vector<Found> all;
  all.reserve(found.size());
  for (const auto& each : found) all.push_back(each.second);
  std::sort(all.begin(), all.end(), [](const Found& a, const Found& b) {
    return a.enterprises != b.enterprises ? a.enterprises > b.enterprises : a.id < b.id;
  });
  Groups groups;
  for (std::size_t k = most; k < all.size(); ++k) ++groups.merged[static_cast<std::size_t>(all[k].stage())];
  if (all.size() > most) all.resize(most);
  std::sort(all.begin(), all.end(), [](const Found& a, const Found& b) {
    return a.stage() != b.stage() ? a.stage() < b.stage() : a.id < b.id;
  });
  std::unordered_map<std::uint32_t, std::uint32_t> place;
  for (const Found& each : all) {
    place.emplace(each.id, static_cast<std::uint32_t>(groups.segments.size()));
    groups.segments.push_back(each.id);
    groups.stages.push_back(each.stage());
  }
  groups.sizes.assign(all.size() + 3, 0);
  groups.of.reserve(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto known = segment.empty() ? place.end() : place.find(segment[i]);
    const auto at = known != place.end()
                        ? known->second
                        : static_cast<std::uint32_t>(all.size()) + static_cast<std::uint32_t>(stage_of(net, i));
    groups.of.push_back(at);
    ++groups.sizes[at];
  }
  return groups;
}

class Sketcher {
 public:
  Sketcher(const Network& net, const SketchNames& names, std::span<const double> importance,
           const SketchOptions& options, const Control& control)
      : net_(net), names_(names), importance_(importance), options_(options), control_(control) {}

  ChainSketch make() {
    sizes_ = sizes_of(net_, control_);
    groups_ = groups_of(net_, options_.most_segments);
    sketch_.enterprises = net_.enterprises();
    sketch_.links = net_.links();
    sketch_.segment_sizes = groups_.sizes;
    sketch_.merged = groups_.merged;
    sketch_.measure = importance_.empty() ? sizes_.measure : SketchMeasure::importance;
    choose();
    cover();
    describe();
    add_enterprises();
    add_links();
    add_bundles();
    add_ties();
    return std::move(sketch_);
  }

 private:
  void choose() {
    const auto larger = [this](std::uint32_t a, std::uint32_t b) {
      if (!importance_.empty()) {
        // Unknown ones come behind all known ones.
        const double first = std::isnan(importance_[a]) ? -1 : importance_[a];
        const double second = std::isnan(importance_[b]) ? -1 : importance_[b];
        if (first != second) return first > second;
      }
      return sizes_.of[a] != sizes_.of[b] ? sizes_.of[a] > sizes_.of[b] : a < b;
    };
    sketch_.chosen =
        page::best_of_groups(groups_.of, page::shared_room(groups_.sizes, options_.most_enterprises), larger);
    at_.assign(net_.enterprises(), left_out);
    for (std::uint32_t k = 0; k < sketch_.chosen.size(); ++k) at_[sketch_.chosen[k].index()] = k;
    throw_if_cancelled(control_);
  }

  void cover() {
    const std::size_t groups = groups_.sizes.size();
    std::vector<double> whole(groups, 0);
    std::vector<double> part(groups, 0);
    for (std::uint32_t i = 0; i < net_.enterprises(); ++i) {
      whole[groups_.of[i]] += sizes_.of[i];
      if (at_[i] != left_out) part[groups_.of[i]] += sizes_.of[i];
    }
    const auto share = [](double a, double b) { return b > 0 ? std::min(1.0, a / b) : 1.0; };
    for (std::size_t g = 0; g < groups; ++g) sketch_.covered.push_back(share(part[g], whole[g]));
    sketch_.covered_all =
        share(std::accumulate(part.begin(), part.end(), 0.0), std::accumulate(whole.begin(), whole.end(), 0.0));
  }

  void describe() {
    ChainInfo& info = sketch_.dossier.info;
    info.name = options_.name;
    info.name_en = options_.name_en;
    info.date = options_.date;
    info.note = options_.note;
    info.note_en = options_.note_en;
    if (!net_.stage().empty() || net_.empty()) return;
    info.note += "网络没有给出阶段：全部企业画在中游一列。";
    info.note_en += (info.note_en.empty() ? "" : " ");
    info.note_en += "The network states no stages: every enterprise stands in the midstream column.";
  }

  [[nodiscard]] std::string id_of(EnterpriseId id) const {
    return names_.id ? names_.id(id) : std::to_string(id.index());
  }

  void add_enterprises() {
    Chain& chain = sketch_.dossier.chain;
    for (std::size_t k = 0; k < groups_.segments.size(); ++k) {
      Segment segment;
      segment.id = std::to_string(groups_.segments[k]);
      const Text name = names_.segment ? names_.segment(groups_.segments[k]) : Text{};
      segment.name = name.zh.empty() ? segment.id : name.zh;
      segment.name_en = name.en;
      segment.stage = groups_.stages[k];
      chain.add_segment(std::move(segment));
    }
    for (const EnterpriseId id : sketch_.chosen) {
      Enterprise enterprise;
      enterprise.id = id_of(id);
      const Text name = names_.name ? names_.name(id) : Text{};
      enterprise.name = name.zh.empty() ? enterprise.id : name.zh;
      enterprise.name_en = name.en;
      const std::uint32_t group = groups_.of[id.index()];
      const bool segmented = group < groups_.segments.size();
      enterprise.stage = segmented ? groups_.stages[group] : stage_of(net_, id.value);
      if (segmented) enterprise.segments.push_back(std::to_string(groups_.segments[group]));
      if (sizes_.measure == SketchMeasure::weight) enterprise.weight = sizes_.of[id.index()];
      chain.add_enterprise(std::move(enterprise));
      if (!importance_.empty()) sketch_.importance.push_back(importance_[id.index()]);
    }
  }

  void add_links() {
    struct Kept {
      std::uint64_t link;
      std::uint32_t from;
      std::uint32_t to;
    };
    std::vector<Kept> kept;
    for (std::uint32_t k = 0; k < sketch_.chosen.size(); ++k) {
      const std::size_t i = sketch_.chosen[k].index();
      for (std::uint64_t l = net_.out_offsets()[i]; l < net_.out_offsets()[i + 1]; ++l) {
        const std::uint32_t to = at_[net_.out_targets()[l]];
        if (to != left_out) kept.push_back({l, k, to});
      }
    }
    const auto values = net_.out_values();
    std::stable_sort(kept.begin(), kept.end(),
                     [&](const Kept& a, const Kept& b) { return values[a.link] > values[b.link]; });
    if (kept.size() > options_.most_links) kept.resize(options_.most_links);
    for (const Kept& each : kept) {
      Link link;
      link.value = values[each.link];
      link.evidence = Evidence::inferred;
      if (!net_.dependency().empty() && !std::isnan(net_.dependency()[each.link])) {
        link.dependency = net_.dependency()[each.link];
      }
      sketch_.dossier.chain.add_link(EnterpriseId{each.from}, EnterpriseId{each.to}, link);
    }
  }

  void add_bundles() {
    const std::size_t groups = groups_.sizes.size();
    std::vector<std::uint64_t> counts(groups * groups, 0);
    for (std::uint32_t i = 0; i < net_.enterprises(); ++i) {
      if ((i & cancel_every) == 0) throw_if_cancelled(control_);
      std::uint64_t* const row = counts.data() + groups_.of[i] * groups;
      for (const std::uint32_t j : net_.customers(EnterpriseId{i})) ++row[groups_.of[j]];
    }
    for (std::uint32_t a = 0; a < groups; ++a) {
      for (std::uint32_t b = 0; b < groups; ++b) {
        if (a != b && counts[a * groups + b] > 0) sketch_.bundles.push_back({a, b, counts[a * groups + b]});
      }
    }
    std::stable_sort(sketch_.bundles.begin(), sketch_.bundles.end(),
                     [](const SketchBundle& a, const SketchBundle& b) { return a.links > b.links; });
    if (sketch_.bundles.size() <= options_.most_bundles) return;
    sketch_.bundles_left_out = sketch_.bundles.size() - options_.most_bundles;
    sketch_.bundles.resize(options_.most_bundles);
  }

  void add_ties() {
    const auto id = [this](EnterpriseId each) { return id_of(each); };
    std::vector<page::Partner> partners;
    const auto side = [&](std::span<const std::uint32_t> who, std::span<const float> values) {
      partners.clear();
      for (std::size_t l = 0; l < who.size(); ++l) partners.push_back({who[l], values[l]});
      return page::ties_of(partners, at_, groups_.of, options_.most_partners, id);
    };
    for (const EnterpriseId each : sketch_.chosen) {
      const std::size_t i = each.index();
      sketch_.suppliers.push_back(
          side(net_.suppliers(each), net_.in_values().subspan(net_.in_offsets()[i], net_.in_degree(each))));
      sketch_.customers.push_back(
          side(net_.customers(each), net_.out_values().subspan(net_.out_offsets()[i], net_.out_degree(each))));
    }
  }

  const Network& net_;
  const SketchNames& names_;
  std::span<const double> importance_;
  const SketchOptions& options_;
  const Control& control_;
  Sizes sizes_;
  Groups groups_;
  std::vector<std::uint32_t> at_;  ///< by EnterpriseId: place among the chosen, or left_out
  ChainSketch sketch_;
};

}  // namespace

ChainSketch sketch_chain(const Network& net, const SketchNames& names, std::span<const double> importance,
                         const SketchOptions& options, const Control& control) {
  if (!importance.empty() && importance.size() != net.enterprises()) {
    const std::string given = std::to_string(importance.size());
    const std::string wanted = std::to_string(net.enterprises());
    throw Error(ErrorCode::shape_mismatch,
                {"重要度有 " + given + " 个，网络有 " + wanted + " 家企业。请给每家企业一个，或不给",
                 "there are " + given + " values of importance for " + wanted +
                     " enterprises. Give one for each enterprise, or none"});
  }
  for (std::size_t i = 0; i < importance.size(); ++i) {
    if (!(importance[i] < 0)) continue;
    throw Error(ErrorCode::invalid_value,
                {"第 " + std::to_string(i) + " 家企业的重要度是负数。请给不小于 0 的数，未知的给 NaN",
                 "the importance of enterprise " + std::to_string(i) +
                     " is negative. Give numbers of 0 or more, NaN where it is not known"});
  }
  return Sketcher(net, names, importance, options, control).make();
}

std::vector<EnterpriseId> sketch_candidates(const Network& net, std::size_t most, const Control& control) {
  const Sizes sizes = sizes_of(net, control);
  const Groups groups = groups_of(net, SketchOptions{}.most_segments);
  return page::best_of_groups(groups.of, page::shared_room(groups.sizes, most), [&](std::uint32_t a, std::uint32_t b) {
    return sizes.of[a] != sizes.of[b] ? sizes.of[a] > sizes.of[b] : a < b;
  });
}

}  // namespace v1
}  // namespace chainqual
