#include "page_order.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <numeric>

#include "chart_model.hpp"

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

std::vector<EnterpriseId> drawing_order(const Dossier& dossier, const AssessReport* report, std::size_t most) {
  const Chain& chain = dossier.chain;
  const auto n = chain.enterprises();
  if (n <= std::min(most, sorted_up_to)) return without_crossings(dossier, report);
  std::vector<EnterpriseId> order;
  std::vector<double> weight(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    order.push_back(EnterpriseId{i});
    const auto links = boost::out_degree(i, chain.graph()) + boost::in_degree(i, chain.graph());
    weight[i] = report != nullptr ? report->enterprise_rows[i].weight
                                  : chain.enterprise(EnterpriseId{i}).weight.value_or(static_cast<double>(links));
  }
  const auto heavier = [&](EnterpriseId a, EnterpriseId b) {
    if (report != nullptr) {
      const double first = report->enterprise_rows[a.index()].mean_loss;
      const double second = report->enterprise_rows[b.index()].mean_loss;
      if (first != second) return first > second;
    }
    if (weight[a.index()] != weight[b.index()]) return weight[a.index()] > weight[b.index()];
    return a.index() < b.index();
  };
  const auto kept = std::min<std::size_t>(most, n);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(), heavier);
  order.resize(kept);
  return order;
}

}  // namespace page
}  // namespace v1
}  // namespace chainqual
