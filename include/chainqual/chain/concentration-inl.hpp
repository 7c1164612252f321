#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "chainqual/chain/concentration.hpp"

namespace chainqual {
inline namespace v1 {

inline double herfindahl(std::span<const double> amounts) noexcept {
  double total = 0;
  for (const double amount : amounts) total += amount;
  if (!(total > 0)) return 0;
  double index = 0;
  for (const double amount : amounts) index += (amount / total) * (amount / total);
  return std::min(index, 1.0);
}

inline std::vector<InputConcentration> supplier_concentration(const Network& network) {
  std::vector<InputConcentration> found;
  std::vector<std::pair<std::uint32_t, std::size_t>> inputs;  // sector of the supplier, place in the row
  std::vector<double> amounts;
  for (std::uint32_t j = 0; j < network.enterprises(); ++j) {
    const auto suppliers = network.suppliers(EnterpriseId{j});
    const auto values =
        network.in_values().subspan(static_cast<std::size_t>(network.in_offsets()[j]), suppliers.size());
    inputs.clear();
    double total = 0;
    for (std::size_t k = 0; k < suppliers.size(); ++k) {
      if (suppliers[k] == j) continue;
      inputs.emplace_back(network.sector().empty() ? Network::none : network.sector()[suppliers[k]], k);
      total += static_cast<double>(values[k]);
    }
    std::sort(inputs.begin(), inputs.end());
    for (std::size_t begin = 0; begin < inputs.size();) {
      std::size_t end = begin;
      std::size_t largest = inputs[begin].second;
      double sum = 0;
      amounts.clear();
      for (; end < inputs.size() && inputs[end].first == inputs[begin].first; ++end) {
        const std::size_t place = inputs[end].second;
        amounts.push_back(static_cast<double>(values[place]));
        sum += amounts.back();
        if (values[place] > values[largest]) largest = place;
      }
      found.push_back({EnterpriseId{j}, SectorId{inputs[begin].first}, static_cast<std::uint32_t>(end - begin),
                       herfindahl(amounts), EnterpriseId{suppliers[largest]},
                       sum > 0 ? static_cast<double>(values[largest]) / sum : 0.0, total > 0 ? sum / total : 0.0});
      begin = end;
    }
  }
  return found;
}

namespace detail {

/// Regions of some enterprises, added one after another.
class RegionTally {
 public:
  void add(const std::string& region, double weight) {
    auto& [count, sum] = tally_[region];
    ++count;
    sum += weight;
    total_ += weight;
  }
  [[nodiscard]] bool empty() const noexcept { return tally_.empty(); }
  [[nodiscard]] RegionConcentration result(SegmentId segment) const {
    RegionConcentration result{segment, 0, {}};
    std::vector<double> amounts;
    for (const auto& [region, entry] : tally_) {
      amounts.push_back(entry.second);
      result.shares.push_back({region, entry.first, total_ > 0 ? entry.second / total_ : 0.0});
    }
    result.herfindahl = herfindahl(amounts);
    std::stable_sort(result.shares.begin(), result.shares.end(),
                     [](const RegionShare& a, const RegionShare& b) { return a.share > b.share; });
    return result;
  }

 private:
  std::map<std::string, std::pair<std::uint32_t, double>> tally_;
  double total_ = 0;
};

}  // namespace detail

inline std::vector<RegionConcentration> region_concentration(const Chain& chain) {
  const auto& graph = chain.graph();
  bool weighted = true;
  for (std::uint32_t v = 0; v < chain.enterprises(); ++v) weighted = weighted && graph[v].weight.has_value();
  detail::RegionTally whole;
  std::vector<detail::RegionTally> segments(chain.segments().size());
  for (std::uint32_t v = 0; v < chain.enterprises(); ++v) {
    const double weight = weighted ? *graph[v].weight : 1.0;
    whole.add(graph[v].region, weight);
    const SegmentId home = chain.home_segment(EnterpriseId{v});
    if (!home.is_none()) segments[home.index()].add(graph[v].region, weight);
  }
  std::vector<RegionConcentration> results{whole.result(SegmentId::none())};
  for (std::size_t s = 0; s < segments.size(); ++s) {
    if (!segments[s].empty()) results.push_back(segments[s].result(SegmentId{static_cast<std::uint32_t>(s)}));
  }
  return results;
}

}  // namespace v1
}  // namespace chainqual
