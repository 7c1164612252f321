#pragma once

// What one set of shocks does to the chain: impact on the four places of 5.4.4, and evidence for diffusion.

#include <algorithm>
#include <vector>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/assess_groups-inl.hpp"
#include "chainqual/impact/assess_run-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// A supply link of the chain (parallel ones apart) and whether a loss can run over it.
struct EvidencedLink {
  std::uint32_t supplier;
  std::uint32_t customer;
  Evidence evidence;
  bool downstream;  ///< weight above 0 towards the customer
  bool upstream;    ///< weight above 0 towards the supplier
};

/// Everything about a chain that all problems share.
struct AssessScope {
  const Dossier& dossier;
  const AssessOptions& options;
  const Network& net;
  Runner run;
  Groups groups;
  Members everybody;
  std::vector<double> weight;
  std::vector<EvidencedLink> links;
};

inline std::vector<EvidencedLink> evidenced_links(const Chain& chain, const Network& net) {
  const LinkWeight downstream(net, Along::downstream);
  const LinkWeight upstream(net, Along::upstream);
  std::vector<EvidencedLink> links;
  links.reserve(chain.links());
  const auto all = boost::edges(chain.graph());
  for (auto edge = all.first; edge != all.second; ++edge) {
    const EnterpriseId supplier = chain.supplier(*edge);
    const EnterpriseId customer = chain.customer(*edge);
    const auto link = net.find_link(supplier, customer);
    links.push_back({supplier.value, customer.value, chain.link(*edge).evidence,
                     link && downstream(link->value, supplier.value) > 0,
                     link && upstream(link->value, supplier.value) > 0});
  }
  return links;
}

/// Segments where a problem sits: those it names; else the homes of the enterprises it names; else its whole stage's.
inline std::vector<bool> own_segments(const Chain& chain, const Problem& problem) {
  std::vector<bool> own(chain.segments().size(), false);
  for (const auto& id : problem.segments) {
    if (const auto segment = chain.find_segment(id)) own[segment->index()] = true;
  }
  if (!problem.segments.empty()) return own;
  for (const auto& key : problem.enterprises) {
    const auto id = chain.find(key);
    const SegmentId home = id ? chain.home_segment(*id) : SegmentId::none();
    if (!home.is_none()) own[home.index()] = true;
  }
  if (!problem.enterprises.empty()) return own;
  for (std::size_t s = 0; s < own.size(); ++s) own[s] = chain.segments()[s].stage == problem.stage;
  return own;
}

/// Marks everybody whom goods reach from the marked enterprises.
inline void spread_along_links(const Network& net, std::vector<bool>& reached) {
  Members front;
  for (std::uint32_t v = 0; v < net.enterprises(); ++v) {
    if (reached[v]) front.push_back(v);
  }
  while (!front.empty()) {
    const std::uint32_t v = front.back();
    front.pop_back();
    for (const std::uint32_t u : net.customers(EnterpriseId{v})) {
      if (reached[u]) continue;
      reached[u] = true;
      front.push_back(u);
    }
  }
}

/// Later than the earliest stage in which the problem sits, or reached from it along links; its own segments aside.
inline std::vector<bool> segments_downstream(const AssessScope& in, Stage stage, const std::vector<bool>& own,
                                             const std::vector<bool>& placed) {
  const auto& segments = in.dossier.chain.segments();
  Stage earliest = Stage::downstream;
  bool sits = false;
  for (std::size_t s = 0; s < own.size(); ++s) {
    if (!own[s]) continue;
    earliest = sits ? std::min(earliest, segments[s].stage) : segments[s].stage;
    sits = true;
  }
  if (!sits) earliest = stage;
  std::vector<bool> reached = placed;
  spread_along_links(in.net, reached);
  std::vector<bool> downstream(segments.size(), false);
  for (std::size_t s = 0; s < segments.size(); ++s) {
    if (own[s]) continue;
    const Members& members = in.groups.segments[s];
    downstream[s] = segments[s].stage > earliest || std::any_of(members.begin(), members.end(), [&](std::uint32_t v) {
                      return reached[v] && !placed[v];
                    });
  }
  return downstream;
}

/// The enterprises of a problem's own segments; of its stage where it names neither segment nor enterprise, as `locate`
/// has it: an enterprise of another stage that lists one of the stage's segments is not among them.
inline void add_own_members(const AssessScope& in, const Problem& problem, const std::vector<bool>& own,
                            Members& into) {
  const auto add = [&](const Members& members) { into.insert(into.end(), members.begin(), members.end()); };
  if (problem.segments.empty() && problem.enterprises.empty()) {
    return add(in.groups.stages[static_cast<std::size_t>(problem.stage)]);
  }
  for (std::size_t s = 0; s < own.size(); ++s) {
    if (own[s]) add(in.groups.segments[s]);
  }
}

inline ImpactFigures impact_figures(const AssessScope& in, const Losses& losses, Members own_members,
                                    const std::vector<bool>& downstream, const std::vector<bool>& placed) {
  Members downstream_members;
  for (std::size_t s = 0; s < downstream.size(); ++s) {
    if (!downstream[s]) continue;
    for (const std::uint32_t v : in.groups.segments[s]) {
      if (!placed[v]) downstream_members.push_back(v);
    }
  }
  for (const std::uint32_t v : in.everybody) {
    if (placed[v]) own_members.push_back(v);
  }
  sort_unique(own_members);
  sort_unique(downstream_members);
  return {group_loss(own_members, in.weight, losses), group_loss(downstream_members, in.weight, losses),
          group_loss(in.groups.final_members, in.weight, losses), group_loss(in.everybody, in.weight, losses)};
}

inline double share_of(std::uint32_t part, std::uint32_t whole_count) noexcept {
  return whole_count == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole_count);
}

inline DiffusionEvidence diffusion_evidence(const AssessScope& in, const Losses& losses,
                                            const std::vector<bool>& downstream, const std::vector<bool>& placed) {
  const double least = in.options.diffusion.least_loss;
  const LossKind measure = in.options.measure;
  const auto value = [&](std::uint32_t v) { return losses.of(measure, v); };
  const auto elsewhere = [&](std::uint32_t v) { return !placed[v]; };
  DiffusionEvidence found;
  for (std::size_t s = 0; s < downstream.size(); ++s) {
    const Members& members = in.groups.segments[s];
    if (!downstream[s] || std::none_of(members.begin(), members.end(), elsewhere)) continue;
    ++found.downstream_segments;
    if (group_mean(members, in.weight, value, elsewhere) >= least) ++found.downstream_segments_hit;
  }
  for (const Product& product : in.groups.final_products) {
    ++found.final_products;
    const double loss = group_mean(product.members, in.weight, value, [](std::uint32_t) { return true; });
    if (loss >= least) ++found.final_products_hit;
  }
  for (const std::uint32_t v : in.everybody) {
    ++found.enterprises;
    if (value(v) < least) continue;
    ++found.enterprises_hit;
    if (!placed[v]) ++found.other_enterprises_hit;
  }
  found.segments_share = share_of(found.downstream_segments_hit, found.downstream_segments);
  found.products_share = share_of(found.final_products_hit, found.final_products);
  found.enterprises_share = share_of(found.enterprises_hit, found.enterprises);
  found.suggested = suggest_diffusion(found, in.options.diffusion);
  return found;
}

/// Links over which a loss of the measured kind runs, by evidence.
struct UsedLinks {
  std::uint64_t documented = 0;
  std::uint64_t inferred = 0;
};

inline UsedLinks used_links(const AssessScope& in, const Losses& losses) {
  const bool down = in.options.measure != LossKind::upstream;
  const bool up = in.options.measure != LossKind::downstream;
  UsedLinks used;
  for (const EvidencedLink& link : in.links) {
    const bool runs =
        link.supplier != link.customer && ((down && link.downstream && losses.downstream[link.supplier] > 0) ||
                                           (up && link.upstream && losses.upstream[link.customer] > 0));
    if (runs) ++(link.evidence == Evidence::documented ? used.documented : used.inferred);
  }
  return used;
}

}  // namespace impact_detail

CHAINQUAL_KERNEL int suggest_diffusion(const DiffusionEvidence& evidence,
                                       const DiffusionThresholds& thresholds) noexcept {
  const double segments = evidence.segments_share;
  const double products = evidence.products_share;
  if (segments >= thresholds.segments_systemic || evidence.enterprises_share >= thresholds.enterprises_systemic)
    return 5;
  if (segments >= thresholds.segments_major || products >= thresholds.products_major) return 4;
  if (segments > 0 && products > 0) return 3;
  return evidence.other_enterprises_hit > 0 ? 2 : 1;
}

}  // namespace v1
}  // namespace chainqual
