#pragma once

#include <cmath>

#include "chainqual/impact/apart-inl.hpp"
#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/propagation.hpp"

namespace chainqual {
inline namespace v1 {

inline std::vector<double> default_weight(const Network& net) {
  impact_detail::check_links(net);
  std::vector<double> weight = impact_detail::row_sums(net.out_offsets(), net.out_values());
  const auto given = net.weight();
  for (std::size_t v = 0; v < given.size(); ++v) {
    if (std::isnan(given[v])) continue;
    if (!(given[v] >= 0 && std::isfinite(given[v]))) {
      impact_detail::reject_enterprise(v, given[v], {"权重", "weight"},
                                       {"必须是不小于 0 的有限数", "must be finite and not negative"});
    }
    weight[v] = given[v];
  }
  return weight;
}

inline std::vector<double> weights_in_totals(const Network& net, std::span<const double> weight) {
  if (weight.empty()) return default_weight(net);
  impact_detail::check_length(weight.size(), net.enterprises(), {"权重", "the weight"});
  for (std::size_t v = 0; v < weight.size(); ++v) {
    if (weight[v] >= 0 && std::isfinite(weight[v])) continue;
    impact_detail::reject_enterprise(v, weight[v], {"权重", "weight"},
                                     {"必须是不小于 0 的有限数", "must be finite and not negative"});
  }
  return {weight.begin(), weight.end()};
}

inline double weighted_mean_loss(std::span<const double> loss, std::span<const double> weight) {
  impact_detail::check_length(weight.size(), loss.size(), {"权重", "the weight"});
  double total = 0;
  double lost = 0;
  for (std::size_t v = 0; v < loss.size(); ++v) {
    total += weight[v];
    lost += impact_detail::apart(weight[v] * loss[v]);
  }
  return total > 0 ? lost / total : 0;
}

}  // namespace v1
}  // namespace chainqual
