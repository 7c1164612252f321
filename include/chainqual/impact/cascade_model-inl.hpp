#pragma once

// A cascade's options checked and worked into weights: who needs what from whom, and whose orders keep whom busy.

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "chainqual/chain/large_array.hpp"
#include "chainqual/impact/cascade.hpp"
#include "chainqual/impact/cascade_circles-inl.hpp"
#include "chainqual/impact/checks-inl.hpp"
#include "chainqual/impact/linear_plan.hpp"
#include "chainqual/impact/rows-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

/// Weights of one cascade in double precision.
///
/// Encoding: the inputs of customer j are entries first[j] … first[j + 1] − 1; ordinary ones come before essential[j],
/// from there on essential ones, those of one kind of goods together. Links of no effect are left out. An upstream
/// weight belongs to each link in the order of the network's in-rows; 0 has no effect.
struct CascadeModel {
  std::uint32_t n = 0;
  std::vector<double> sold;    ///< o
  std::vector<double> bought;  ///< u
  SectorSource sectors_from = SectorSource::given;
  std::vector<std::uint32_t> sector;  ///< [n] or empty: each its own
  std::vector<std::uint32_t> goods;   ///< [n] label: equal for enterprises of one sector only
  std::vector<std::uint64_t> first;
  std::vector<std::uint64_t> essential;
  LargeArray<std::uint32_t> suppliers;
  LargeArray<double> weights;
  LargeArray<double> orders;         ///< [m] Λᵘ by in-row
  LargeArray<float> weights_single;  ///< both once more in single precision, where asked for: see `round_weights`
  LargeArray<float> orders_single;
  std::vector<std::uint32_t> market;  ///< [n] label 0 …; empty: nothing is replaceable
  std::uint32_t markets = 0;
  ClosedCircles circles;

  [[nodiscard]] std::uint64_t entries() const noexcept { return first.empty() ? 0 : first.back(); }
  /// End of the group of one kind of goods that begins at entry k of customer j.
  [[nodiscard]] std::uint64_t group_end(std::uint64_t k, std::uint32_t j) const noexcept {
    const std::uint32_t kind = goods[suppliers[k]];
    while (k < first[j + 1] && goods[suppliers[k]] == kind) ++k;
    return k;
  }
};

inline void check_cascade(const CascadeOptions& options) {
  if (!(options.tolerance >= 0 && options.tolerance < 1)) {
    throw Error(
        ErrorCode::invalid_argument,
        {"级联模型的容差为 " + number(options.tolerance) + "，必须不小于 0 且小于 1。",
         "the tolerance of the cascade is " + number(options.tolerance) + "; it must not be negative and be below 1."});
  }
  if (options.max_steps == 0) {
    throw Error(ErrorCode::invalid_argument,
                {"级联模型的最多步数为 0，至少为 1。", "the cascade needs at least one step, not 0."});
  }
  if (!options.revenue.empty() && !options.final_demand.empty()) {
    throw Error(ErrorCode::invalid_argument,
                {"营业收入与最终需求只能给出其中之一。", "give revenue or final demand, not both."});
  }
  if ((options.replaceability == Replaceability::market) == options.market.empty()) {
    throw Error(
        ErrorCode::invalid_argument,
        {"“同市场可替代”须给出每家企业的市场，其他设置下不得给出市场。",
         "replaceability within the market needs the market of every enterprise, and no other setting takes one."});
  }
}

/// Labels 0 … count − 1 for equal ids; `Network::none` gets a label of its own each time. Returns the count.
inline std::uint32_t label(std::span<const std::uint32_t> ids, std::vector<std::uint32_t>& labels) {
  std::vector<std::uint32_t> known(ids.begin(), ids.end());
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  if (!known.empty() && known.back() == Network::none) known.pop_back();
  auto count = static_cast<std::uint32_t>(known.size());
  labels.resize(ids.size());
  for (std::size_t v = 0; v < ids.size(); ++v) {
    labels[v] = ids[v] == Network::none
                    ? count++
                    : static_cast<std::uint32_t>(std::lower_bound(known.begin(), known.end(), ids[v]) - known.begin());
  }
  return count;
}

inline void read_sectors(const Network& net, const CascadeOptions& options, CascadeModel& model) {
  const auto take = [&](std::span<const std::uint32_t> ids, SectorSource source) {
    model.sector.assign(ids.begin(), ids.end());
    model.sectors_from = source;
  };
  if (!options.sectors.empty()) {
    check_length(options.sectors.size(), model.n, {"行业", "the sectors"});
    take(options.sectors, SectorSource::given);
  } else if (!net.sector().empty()) {
    take(net.sector(), SectorSource::sector_column);
  } else if (!net.segment().empty()) {
    take(net.segment(), SectorSource::segment_column);
  } else {
    model.sectors_from = SectorSource::each_its_own;
  }
  const std::uint32_t known = options.essentiality.sectors;
  for (std::uint32_t v = 0; known != 0 && v < model.n; ++v) {
    const std::uint32_t sector = model.sector.empty() ? Network::none : model.sector[v];
    if (sector < known) continue;
    const std::string name = whole(v + std::uint64_t{1});
    if (sector == Network::none) {
      throw Error(ErrorCode::out_of_range,
                  {"企业 " + name + " 没有行业，无法查必需程度表。请补充行业，或按供应关系给出必需程度。",
                   "enterprise " + name +
                       " has no sector to look up in the essentiality table; give its sector, or needs by link."});
    }
    throw Error(ErrorCode::out_of_range, {"企业 " + name + " 的行业编号为 " + whole(sector) + "，而必需程度表只有 " +
                                              whole(known) + " 个行业（编号从 0 起）。",
                                          "enterprise " + name + ": sector " + whole(sector) + " is beyond the " +
                                              whole(known) + " sectors of the essentiality table (counted from 0)."});
  }
  if (model.sector.empty()) {
    model.goods.resize(model.n);
    std::iota(model.goods.begin(), model.goods.end(), 0U);
  } else {
    label(model.sector, model.goods);
  }
}

/// A total that must cover what the chain itself says, with leave for rounding. NaN stands for the chain's own sum.
inline std::vector<double> whole_sums(const std::vector<double>& given, const std::vector<double>& in_chain,
                                      const Text& what, const Text& rule) {
  if (given.empty()) return in_chain;
  check_length(given.size(), in_chain.size(), what);
  std::vector<double> sums = in_chain;
  for (std::size_t v = 0; v < given.size(); ++v) {
    if (std::isnan(given[v])) continue;
    if (!(given[v] >= in_chain[v] * (1 - 1e-6) && std::isfinite(given[v]))) {
      reject_enterprise(v, given[v], what,
                        {"必须是不小于其链内" + rule.zh + " " + number(in_chain[v]) + " 的有限数",
                         "must be finite and not below its " + rule.en + " inside the chain, " + number(in_chain[v])});
    }
    sums[v] = std::max(given[v], in_chain[v]);
  }
  return sums;
}

inline std::vector<double> revenues(const CascadeOptions& options, const std::vector<double>& sold) {
  if (options.final_demand.empty())
    return whole_sums(options.revenue, sold, {"营业收入", "revenue"}, {"销售额", "sales"});
  check_length(options.final_demand.size(), sold.size(), {"最终需求", "the final demand"});
  std::vector<double> sums = sold;
  for (std::size_t v = 0; v < sold.size(); ++v) {
    const double demand = options.final_demand[v];
    if (!(demand >= 0 && std::isfinite(demand))) {
      reject_enterprise(v, demand, {"最终需求", "final demand"},
                        {"必须是不小于 0 的有限数", "must be finite and not negative"});
    }
    sums[v] += demand;
  }
  return sums;
}

/// The need behind every link, in the order of the in-rows.
inline std::vector<std::uint8_t> needs(const Network& net, const Essentiality& essentiality,
                                       const CascadeModel& model) {
  std::vector<std::uint8_t> need(net.links(), static_cast<std::uint8_t>(essentiality.otherwise));
  std::vector<std::uint64_t> at(net.in_offsets().begin(), net.in_offsets().end());
  for (std::uint32_t i = 0; i < model.n; ++i) {
    for (auto l = net.out_offsets()[i]; l < net.out_offsets()[i + 1]; ++l) {
      const std::uint32_t j = net.out_targets()[l];
      std::uint8_t& entry = need[at[j]++];
      if (essentiality.sectors != 0) {
        const auto row = static_cast<std::size_t>(model.sector[i]) * essentiality.sectors;
        entry = essentiality.by_sector[row + model.sector[j]];
      }
      if (essentiality.by_link.empty() || essentiality.by_link[l] == Essentiality::not_given) continue;
      entry = essentiality.by_link[l];
    }
  }
  return need;
}

inline void weigh_inputs(const Network& net, const std::vector<std::uint8_t>& need, const std::vector<double>& cost,
                         CascadeModel& model) {
  struct Input {
    std::uint32_t goods;
    std::uint32_t supplier;
    double value;
    std::uint8_t need;
  };
  std::vector<Input> inputs;
  model.first.assign(model.n + std::size_t{1}, 0);
  model.essential.assign(model.n, 0);
  model.suppliers = LargeArray<std::uint32_t>(net.links());
  model.weights = LargeArray<double>(net.links());
  std::uint64_t end = 0;
  for (std::uint32_t j = 0; j < model.n; ++j) {
    inputs.clear();
    const auto put = [&](const Input& input, double weight) {
      model.suppliers[end] = input.supplier;
      model.weights[end++] = weight;
    };
    for (auto k = net.in_offsets()[j]; k < net.in_offsets()[j + 1]; ++k) {
      const std::uint32_t i = net.in_sources()[k];
      const Input input{model.goods[i], i, static_cast<double>(net.in_values()[k]), need[k]};
      if (input.value == 0) continue;
      if (need[k] == 1) put(input, input.value / cost[j]);
      inputs.push_back(input);
    }
    model.essential[j] = end;
    std::stable_sort(inputs.begin(), inputs.end(), [](const Input& a, const Input& b) { return a.goods < b.goods; });
    const double scale = model.bought[j] == cost[j] ? 1 : model.bought[j] / cost[j];
    for (std::size_t k = 0; k < inputs.size();) {
      std::size_t last = k;
      double sum = 0;
      for (; last < inputs.size() && inputs[last].goods == inputs[k].goods; ++last) sum += inputs[last].value;
      for (; k < last; ++k) {
        if (inputs[k].need == 2) put(inputs[k], inputs[k].value / sum * scale);
      }
    }
    model.first[j + 1] = end;
  }
}

/// A customer's groups of inputs whose weights sum to 1: the ordinary ones together, essential ones by kind of goods.
inline std::vector<WholeGroup> whole_groups(const CascadeModel& model) {
  std::vector<WholeGroup> groups;
  const auto offer = [&](std::uint32_t j, std::uint64_t begin, std::uint64_t end) {
    double sum = 0;
    for (auto k = begin; k < end; ++k) sum += model.weights[k];
    if (sum >= whole_share) groups.push_back({j, begin, end});
  };
  for (std::uint32_t j = 0; j < model.n; ++j) {
    offer(j, model.first[j], model.essential[j]);
    for (auto k = model.essential[j]; k < model.first[j + std::size_t{1}];) {
      const auto end = model.group_end(k, j);
      offer(j, k, end);
      k = end;
    }
  }
  return groups;
}

/// Weights in single precision. What one loses in rounding the next of its sum gets, so that sums stay what they are:
/// it is they that errors grow with from step to step.
inline void round_weights(const Network& net, CascadeModel& model) {
  model.weights_single = LargeArray<float>(model.entries());
  const auto round = [](double weight, double& lost) {
    const auto rounded = static_cast<float>(weight + lost);
    lost += weight - static_cast<double>(rounded);
    return std::max(rounded, 0.0F);
  };
  for (std::uint32_t j = 0; j < model.n; ++j) {
    for (auto k = model.first[j]; k < model.first[j + 1];) {
      const auto end = k < model.essential[j] ? model.essential[j] : model.group_end(k, j);
      for (double lost = 0; k < end; ++k) model.weights_single[k] = round(model.weights[k], lost);
    }
  }
  model.orders_single = LargeArray<float>(net.links());
  std::vector<double> lost(model.n, 0.0);
  for (std::uint64_t k = 0; k < net.links(); ++k) {
    model.orders_single[k] = model.orders[k] > 0 ? round(model.orders[k], lost[net.in_sources()[k]]) : 0.0F;
  }
}

/// Checks everything and works it into a model.
inline CascadeModel make_cascade(const Network& net, const CascadeOptions& options, const Control& control) {
  check_cascade(options);
  chainqual::check(options.essentiality, net.links());
  check_links(net);
  CascadeModel model;
  model.n = net.enterprises();
  model.sold = row_sums(net.out_offsets(), net.out_values());
  model.bought = row_sums(net.in_offsets(), net.in_values());
  read_sectors(net, options, model);
  const std::vector<double> revenue = revenues(options, model.sold);
  const std::vector<double> cost = whole_sums(options.cost, model.bought, {"成本", "cost"}, {"采购额", "purchases"});
  if (options.replaceability == Replaceability::sector) {
    model.market = model.goods;
    model.markets = model.n == 0 ? 0 : *std::max_element(model.goods.begin(), model.goods.end()) + 1;
  } else if (options.replaceability == Replaceability::market) {
    check_length(options.market.size(), model.n, {"市场", "the markets"});
    model.markets = label(options.market, model.market);
  }
  throw_if_cancelled(control);
  weigh_inputs(net, needs(net, options.essentiality, model), cost, model);
  throw_if_cancelled(control);
  model.orders = LargeArray<double>(net.links());
  for (std::uint64_t k = 0; k < net.links(); ++k) {
    model.orders[k] = quotient(static_cast<double>(net.in_values()[k]), revenue[net.in_sources()[k]]);
  }
  throw_if_cancelled(control);
  model.circles.enclosed.assign(model.n, 0);
  find_circles_of_orders(net, model.sold, revenue, model.circles);
  find_circles_of_inputs(whole_groups(model), model.suppliers, model.circles);
  return model;
}

}  // namespace impact_detail
}  // namespace v1
}  // namespace chainqual
