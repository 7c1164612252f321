#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "chainqual/core/kernel.hpp"
#include "chainqual/impact/cascade.hpp"
#include "chainqual/impact/cascade_front-inl.hpp"

namespace chainqual {
inline namespace v1 {
namespace impact_detail {

inline void check_lost_capacity(std::span<const double> shock, std::size_t enterprises) {
  check_length(shock.size(), enterprises, {"冲击", "the shock"});
  for (std::size_t v = 0; v < shock.size(); ++v) {
    if (!is_share(shock[v])) {
      reject_enterprise(v, shock[v], {"冲击", "shock"}, {"必须在 0 到 1 之间", "must lie between 0 and 1"});
    }
  }
}

inline std::vector<SectorLoss> losses_by_sector(const CascadeModel& model, const CascadeResult& result,
                                                const std::vector<double>& weight) {
  std::map<std::uint32_t, SectorLoss> sectors;
  std::map<std::uint32_t, SectorLoss> unweighted;
  for (std::size_t v = 0; v < model.sector.size(); ++v) {
    if (model.sector[v] == Network::none) continue;
    const auto add = [&](SectorLoss& to, double w) {
      to.sector = model.sector[v];
      ++to.enterprises;
      to.weight += w;
      to.downstream += w * result.downstream[v];
      to.upstream += w * result.upstream[v];
      to.combined += w * result.combined[v];
    };
    add(sectors[model.sector[v]], weight[v]);
    add(unweighted[model.sector[v]], 1);
  }
  std::vector<SectorLoss> list;
  for (auto& [sector, loss] : sectors) {
    // A sector of which nobody weighs anything still has a loss: the plain mean.
    const SectorLoss& sums = loss.weight > 0 ? loss : unweighted[sector];
    const double total = sums.weight;
    list.push_back(
        {sector, loss.enterprises, loss.weight, sums.downstream / total, sums.upstream / total, sums.combined / total});
  }
  return list;
}

/// Share σ of what a supplier lacks that nobody steps in for, by EnterpriseId; empty where nothing is replaceable.
inline std::vector<double> unreplaced(const CascadeModel& model, const std::vector<double>& loss) {
  if (model.market.empty()) return {};
  std::vector<double> left(model.markets, 0.0);
  for (std::uint32_t v = 0; v < model.n; ++v) left[model.market[v]] += model.sold[v] * (1 - loss[v]);
  std::vector<double> share(model.n);
  for (std::uint32_t v = 0; v < model.n; ++v) {
    const double total = left[model.market[v]];
    share[v] = total > model.sold[v] ? model.sold[v] / total : 1;
  }
  return share;
}

inline Binding binding_of(const CascadeModel& model, std::uint32_t j, double shock, const std::vector<double>& loss,
                          const std::vector<double>& unreplaced_share) {
  Binding best;
  if (loss[j] == 0) return best;
  const auto part = [&](std::uint64_t k) {
    const std::uint32_t i = model.suppliers[k];
    return model.weights[k] * loss[i] * (unreplaced_share.empty() ? 1 : unreplaced_share[i]);
  };
  const auto offer = [&](Bound bound, std::uint64_t begin, std::uint64_t end) {
    double lack = 0;
    double most = 0;
    std::uint32_t supplier = 0;
    for (auto k = begin; k < end; ++k) {
      lack += part(k);
      if (part(k) > most) {
        most = part(k);
        supplier = model.suppliers[k];
      }
    }
    if (!(lack > best.lack)) return;
    const bool named = bound == Bound::essential && !model.sector.empty();
    best = {bound, named ? model.sector[supplier] : Network::none, EnterpriseId{supplier}, std::min(lack, 1.0)};
  };
  for (auto k = model.essential[j]; k < model.first[j + 1];) {
    const auto end = model.group_end(k, j);
    offer(Bound::essential, k, end);
    k = end;
  }
  offer(Bound::ordinary, model.first[j], model.essential[j]);
  if (shock >= best.lack) best = {Bound::own_shock, Network::none, {}, shock};
  return best;
}

inline std::vector<std::uint32_t> own_order(std::uint32_t n) {
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  return order;
}

inline void run_cascade(const Network& net, const CascadeModel& model, const DirectedShock& shock,
                        const CascadeOptions& options, const std::vector<double>& weight, const Control& control,
                        CascadeResult& result) {
  const std::uint32_t n = model.n;
  const auto order = own_order(n);
  const auto plan = make_front(net, model, weight, order, order);
  Front front(plan, true);
  front.begin();
  for (std::uint32_t v = 0; v < n; ++v) {
    if (shock.downstream[v] != 0 || shock.upstream[v] != 0) front.shock(v, shock.downstream[v], shock.upstream[v]);
  }
  Progress progress(control, settling_units, 0.5, 1);  // the plan costs as much as many steps
  progress.add(0);
  Settling settling(progress, settling_units, options.tolerance, options.max_steps);
  front.run({options.tolerance, options.max_steps}, std::numeric_limits<std::uint64_t>::max(), control, &settling);
  progress.finish();
  result.steps = front.steps();
  result.last_change = front.last_change();
  result.converged = front.converged();
  result.downstream.resize(n);
  result.upstream.resize(n);
  result.combined.resize(n);
  for (std::uint32_t v = 0; v < n; ++v) {
    result.downstream[v] = front.down(v);
    result.upstream[v] = front.up(v);
    result.combined[v] = std::max(front.down(v), front.up(v));
  }
  const std::uint8_t cut = front.under_way(model.circles.enclosed);
  result.truncated = (cut & circle_of_orders) != 0;
  result.truncated_downstream = (cut & circle_of_inputs) != 0;
  result.note = truncation_note(options.tolerance, model.circles, cut);
}

}  // namespace impact_detail

CHAINQUAL_KERNEL CascadeResult cascade(const Network& net, const DirectedShock& shock, const CascadeOptions& options,
                                       const Control& control) {
  namespace detail = impact_detail;
  detail::check_lost_capacity(shock.downstream, net.enterprises());
  detail::check_lost_capacity(shock.upstream, net.enterprises());
  const detail::CascadeModel model = detail::make_cascade(net, options, control);
  const std::vector<double> weight = weights_in_totals(net, options.weight);
  CascadeResult result;
  result.tolerance = options.tolerance;
  result.sectors_from = model.sectors_from;
  result.closed_circle = model.circles.orders;
  result.closed_inputs = model.circles.inputs;
  if (model.n == 0) return result;
  detail::run_cascade(net, model, shock, options, weight, control, result);
  result.index_downstream = weighted_mean_loss(result.downstream, weight);
  result.index_upstream = weighted_mean_loss(result.upstream, weight);
  result.index = weighted_mean_loss(result.combined, weight);
  result.sectors = detail::losses_by_sector(model, result, weight);
  const std::vector<double> share = detail::unreplaced(model, result.downstream);
  result.binding.resize(model.n);
  for (std::uint32_t v = 0; v < model.n; ++v) {
    result.binding[v] = detail::binding_of(model, v, shock.downstream[v], result.downstream, share);
  }
  return result;
}

CHAINQUAL_KERNEL CascadeResult cascade(const Network& net, std::span<const double> shock, const CascadeOptions& options,
                                       const Control& control) {
  return cascade(net, DirectedShock{shock, shock}, options, control);
}

}  // namespace v1
}  // namespace chainqual
