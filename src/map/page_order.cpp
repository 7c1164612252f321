#include "page_order.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>

#include "chart_model.hpp"
#include "sketch_parts.hpp"

namespace chainqual {
inline namespace v1 {
namespace page {
namespace {

/// Chains up to so many enterprises are sorted against crossings: as the SVG is.
constexpr std::size_t sorted_up_to = 5'000;

std::vector<EnterpriseId> without_crossings(const Dossier& dossier, const AssessReport* report) {
  SvgOptions all;
  all.detail_up_to = all.aggregate_above = dossier.chain.enterprises();
  all.institutions = all.problems = false;
  std::vector<EnterpriseId> order;
  for (const auto& column : chart::make_chart(dossier, report, all).columns) {
    for (const auto& lane : column.lanes) {
      for (const auto& card : lane.cards) order.push_back(card.id);
    }
  }
  return order;
}

}  // namespace

std::vector<std::uint32_t> groups_of(const Chain& chain) {
  const auto segments = static_cast<std::uint32_t>(chain.segments().size());
  std::vector<std::uint32_t> groups;
  groups.reserve(chain.enterprises());
  for (std::uint32_t i = 0; i < chain.enterprises(); ++i) {
    const SegmentId home = chain.home_segment(EnterpriseId{i});
    const auto stage = static_cast<std::uint32_t>(chain.enterprise(EnterpriseId{i}).stage);
    groups.push_back(home.is_none() ? segments + stage : home.value);
  }
  return groups;
}

std::vector<EnterpriseId> drawing_order(const Dossier& dossier, const AssessReport* report, std::size_t most) {
  const Chain& chain = dossier.chain;
  const auto n = chain.enterprises();
  if (n <= std::min(most, sorted_up_to)) return without_crossings(dossier, report);
  std::vector<double> weight(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto links = boost::out_degree(i, chain.graph()) + boost::in_degree(i, chain.graph());
    weight[i] = report != nullptr ? report->enterprise_rows[i].weight
                                  : chain.enterprise(EnterpriseId{i}).weight.value_or(static_cast<double>(links));
  }
  const auto heavier = [&](std::uint32_t a, std::uint32_t b) {
    if (report != nullptr) {
      const double first = report->enterprise_rows[a].mean_loss;
      const double second = report->enterprise_rows[b].mean_loss;
      if (first != second) return first > second;
    }
    return weight[a] != weight[b] ? weight[a] > weight[b] : a < b;
  };
  const std::vector<std::uint32_t> groups = groups_of(chain);
  std::vector<std::uint64_t> sizes(chain.segments().size() + 3, 0);
  for (const std::uint32_t group : groups) ++sizes[group];
  return best_of_groups(groups, shared_room(sizes, most), heavier);
}

}  // namespace page
}  // namespace v1
}  // namespace chainqual
