#include "weak_points.hpp"

#include <algorithm>

#include "chainqual/chain/articulation.hpp"
#include "chainqual/chain/components.hpp"
#include "chainqual/chain/dominators.hpp"
#include "chainqual/chain/single_source.hpp"

namespace chainqual {
inline namespace v1 {
namespace chart {
namespace {

std::vector<std::uint32_t> finals_of(const Chain& chain) {
  const bool marked = std::any_of(chain.segments().begin(), chain.segments().end(),
                                  [](const Segment& segment) { return segment.final_product; });
  std::vector<std::uint32_t> finals;
  for (std::uint32_t i = 0; i < chain.enterprises(); ++i) {
    const Enterprise& enterprise = chain.enterprise(EnterpriseId{i});
    const auto makes_final = [&](const std::string& id) {
      const auto segment = chain.find_segment(id);
      return segment && chain.segment(*segment).final_product;
    };
    const bool is_final = marked ? std::any_of(enterprise.segments.begin(), enterprise.segments.end(), makes_final)
                                 : enterprise.stage == Stage::downstream;
    if (is_final) finals.push_back(i);
  }
  return finals;
}

}  // namespace

WeakPoints weak_points(const Chain& chain) {
  const auto n = chain.enterprises();
  const auto& graph = chain.graph();
  const DominatorForest forest = dominators(graph, supply_sources(graph, strong_components(graph)));
  WeakPoints points;
  points.cut.assign(n, 0);
  points.final_cut.assign(n, 0);
  points.above = forest.immediate;
  points.joint.assign(n, false);
  points.sole.assign(n, false);
  // Dominators come before those they dominate, so the reverse order sums subtrees.
  for (auto at = forest.order.rbegin(); at != forest.order.rend(); ++at) {
    const std::uint32_t above = forest.immediate[*at];
    if (above != Network::none) points.cut[above] += points.cut[*at] + 1;
  }
  for (const auto& point : single_points_of_failure(forest, finals_of(chain))) {
    points.final_cut[point.enterprise.index()] = point.final_cut;
  }
  for (const std::uint32_t point : articulation(graph).points) points.joint[point] = true;
  for (const auto& product : single_source_products(chain)) points.sole[product.supplier.index()] = true;
  return points;
}

}  // namespace chart
}  // namespace v1
}  // namespace chainqual
